"""What several tests stand on: the story that the package's examples are told in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import medledger
import pytest
from vectors.story import begun, run

__all__ = ["code_of", "run", "story"]


@pytest.fixture
def story() -> dict[str, Any]:
    """The names after the example of the package itself: a ledger, a hospital, a patient, a consent."""
    return begun()


def code_of(call: Callable[[], object]) -> str:
    """The code of the error that a call raises."""
    with pytest.raises(medledger.MedledgerError) as caught:
        call()
    assert caught.value.message and str(caught.value).startswith(caught.value.code)
    return caught.value.code
