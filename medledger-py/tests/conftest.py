"""What several tests stand on: the story that the package's examples are told in."""

from __future__ import annotations

import doctest
from collections.abc import Callable
from typing import Any

import medledger
import pytest

OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def run(text: str, name: str, names: dict[str, Any]) -> int:
    """Runs the examples of a docstring, which leave their names behind; how many there were."""
    test = doctest.DocTestParser().get_doctest(text.replace("…", "..."), names, name, None, None)
    said: list[str] = []
    test.globs = names
    result = doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=said.append, clear_globs=False)
    assert result.failed == 0, "".join(said)
    return result.attempted


@pytest.fixture
def story() -> dict[str, Any]:
    """The names after the example of the package itself: a ledger, a hospital, a patient, a consent."""
    names: dict[str, Any] = {}
    assert medledger.__doc__ is not None
    assert run(medledger.__doc__, "medledger", names) > 10
    return names


def code_of(call: Callable[[], object]) -> str:
    """The code of the error that a call raises."""
    with pytest.raises(medledger.MedledgerError) as caught:
        call()
    assert caught.value.message and str(caught.value).startswith(caught.value.code)
    return caught.value.code
