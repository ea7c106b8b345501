"""What no vector reaches is executed as a user does: the examples of the package's documentation, each told from the beginning."""

from __future__ import annotations

import doctest
import inspect
from typing import Any

import medledger
from medledger import _medledger

OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def run(text: str, name: str, names: dict[str, Any]) -> int:
    """Runs the examples of a docstring, which leave their names behind; how many there were."""
    test = doctest.DocTestParser().get_doctest(text.replace("…", "..."), names, name, None, None)
    said: list[str] = []
    test.globs = names
    result = doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=said.append, clear_globs=False)
    assert result.failed == 0, "".join(said)
    return result.attempted


def begun() -> dict[str, Any]:
    """The names after the example of the package itself: a ledger, a hospital, a patient, a consent."""
    names: dict[str, Any] = {}
    assert medledger.__doc__ is not None
    assert run(medledger.__doc__, "medledger", names) > 10
    return names


def examples() -> list[tuple[str, str]]:
    """The examples of all operations and handles, by name."""
    found = []
    for name in sorted(name for name in dir(_medledger) if not name.startswith("_")):
        of = getattr(medledger, name)
        found.append((name, of.__doc__ or ""))
        for member, method in inspect.getmembers(of) if inspect.isclass(of) else []:
            if not member.startswith("_"):
                found.append((f"{name}.{member}", method.__doc__ or ""))
    return [(name, text) for name, text in found if ">>> " in text]
