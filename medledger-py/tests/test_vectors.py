"""The whole of spec/vectors through the public interface; then, of what no vector reaches, the examples. What was executed is noted."""

from __future__ import annotations

import inspect
from typing import Any

import medledger
from conftest import run as run_example
from medledger import _medledger
from vectors.record import recording
from vectors.run import run


def examples() -> list[tuple[str, str]]:
    """The examples of all operations and handles, by name."""
    found = []
    for name in sorted(name for name in dir(_medledger) if not name.startswith("_")):
        of = getattr(medledger, name)
        found.append((name, of.__doc__ or ""))
        for member, method in inspect.getmembers(of) if inspect.isclass(of) else []:
            if not member.startswith("_"):
                found.append((f"{name}.{member}", method.__doc__ or ""))
    return found


def test_all_vectors() -> None:
    told = examples()
    with recording() as record:
        record.doing = "vectors"
        report = run()
        record.doing = "story"
        try:
            for name, text in told:
                # Each from the beginning: examples change the ledger that they go on from.
                story: dict[str, Any] = {}
                run_example(medledger.__doc__ or "", "medledger", story)
                run_example(text, name, story)
        finally:
            report.write(record.of("vectors"), record.of("story"))
    assert not report.failures, "\n".join(report.failures[:50])
    assert report.executed == report.manifest > 5000
