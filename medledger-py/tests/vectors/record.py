"""Which operations were executed: every public callable of the package, wrapped."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import medledger
from medledger import _medledger

# What every handle has, and no operation.
ENDING = "close"


class Record:
    """The names of the operations that have returned, by what was being done."""

    def __init__(self) -> None:
        self.names: dict[str, set[str]] = {}
        self.doing = ""

    def wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, which is noted once it has returned: what only refuses was not executed."""

        @functools.wraps(call)
        def noted(*arguments: Any, **named: Any) -> Any:
            answer = call(*arguments, **named)
            self.names.setdefault(self.doing, set()).add(name)
            return answer

        return noted

    def of(self, doing: str) -> list[str]:
        """What was executed meanwhile."""
        return sorted(self.names.get(doing, ()))


def members(handle: type) -> Iterator[tuple[str, Callable[..., Any], bool]]:
    """A handle's methods and constructors by name, and whether each is called without an object."""
    for name, member in list(vars(handle).items()):
        if not name.startswith("_") and name != ENDING:
            alone = type(member).__name__ in ("classmethod_descriptor", "classmethod", "staticmethod")
            yield name, getattr(handle, name) if alone else member, alone


@contextmanager
def recording() -> Iterator[Record]:
    """Notes what is called of the package, however it is imported from now on."""
    record = Record()
    undo: list[Callable[[], None]] = []

    def replace(of: Any, name: str, by: Any) -> None:
        undo.append(functools.partial(setattr, of, name, vars(of)[name]))
        setattr(of, name, by)

    def construct(handle: Any) -> None:
        # A native `__new__` can't be replaced. What is called after it, on the new object, can.
        noted = record.wrapped(f"{handle.__name__}.new", lambda *_, **__: None)
        handle.__init__ = noted
        undo.append(functools.partial(delattr, handle, "__init__"))

    for name in dir(_medledger):
        public = getattr(_medledger, name)
        if name.startswith("_"):
            continue
        if isinstance(public, type):
            for member, call, alone in members(public):
                noted = record.wrapped(f"{name}.{member}", call)
                replace(public, member, staticmethod(noted) if alone else noted)
            if "__new__" in vars(public):
                construct(public)
        else:
            replace(medledger, name, record.wrapped(name, public))
    try:
        yield record
    finally:
        for again in reversed(undo):
            again()
