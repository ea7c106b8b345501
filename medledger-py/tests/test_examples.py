"""Every operation and every class has an example in its docstring, and each does what it says."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import medledger
import pytest
from conftest import run
from medledger import _medledger

NATIVE = sorted(name for name in dir(_medledger) if not name.startswith("_"))


@pytest.mark.parametrize("name", NATIVE)
def test_example(name: str, story: dict[str, Any]) -> None:
    of = getattr(medledger, name)
    assert run(of.__doc__ or "", name, dict(story)) > 0, f"{name} has no example"
    for member, method in inspect.getmembers(of) if inspect.isclass(of) else []:
        if not member.startswith("_"):
            assert method.__doc__, f"{name}.{member} has no docstring"
            run(method.__doc__, f"{name}.{member}", dict(story))


def test_every_name_is_public() -> None:
    assert set(NATIVE) <= set(medledger.__all__)
    for name in medledger.__all__:
        assert hasattr(medledger, name)


def test_readme() -> None:
    text = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert sum(run(block, "README", {}) for block in blocks) >= 8
