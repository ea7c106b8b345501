"""From a vector's JSON to what the package takes, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar

from medledger import Coding, Commitments, CommitmentHash, Facts, Interval

Given = dict[str, Any]
"""What a vector gives to its operation."""

T = TypeVar("T")

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MILLISECOND = timedelta(milliseconds=1)
# Beyond it, JavaScript has not every integer: there they are texts.
EXACT = 2**53


def number(value: Any) -> int:
    """A number, or the text of one."""
    return int(value)


def shown(number: int) -> int | str:
    """A number as vectors have it."""
    return number if abs(number) <= EXACT else str(number)


def numbers(numbers: tuple[int, ...]) -> list[int | str]:
    """Numbers as vectors have them."""
    return [shown(number) for number in numbers]


def time(value: Any) -> datetime:
    """A time."""
    return EPOCH + int(value) * MILLISECOND


def shown_time(time: datetime) -> int | str:
    """A time as vectors have it."""
    milliseconds, rest = divmod(time - EPOCH, MILLISECOND)
    assert not rest
    return shown(milliseconds)


def raw(value: Any) -> bytes:
    """Bytes: hex, or parts of it with how often each is repeated."""
    if isinstance(value, str):
        return bytes.fromhex(value)
    return b"".join(bytes.fromhex(part) * int(times) for part, times in value)


def maybe(value: Any, read: Callable[[Any], T]) -> T | None:
    """None for what is null or not there."""
    return None if value is None else read(value)


def texts(value: Any) -> tuple[str, ...]:
    """Texts."""
    return tuple(value or ())


def codings(value: Any) -> tuple[Coding, ...]:
    """Codes with their systems."""
    return tuple(Coding(of["code"], system=of.get("system")) for of in value or ())


def interval(value: Given) -> Interval:
    """An interval, open where an end is null."""
    return Interval(start=maybe(value["start"], time), end=maybe(value["end"], time))


def shown_interval(interval: Interval) -> Given:
    """An interval as vectors have it."""
    return {"start": maybe(interval.start, shown_time), "end": maybe(interval.end, shown_time)}


def facts(value: Given) -> Facts:
    """The facts of a record."""
    return Facts(
        reference=value["reference"],
        resource_type=value["resource_type"],
        category=codings(value["category"]),
        codes=codings(value["codes"]),
        labels=maybe(value["labels"], codings),
        authors=texts(value["authors"]),
        related=texts(value["related"]),
        clinical=maybe(value["clinical"], interval),
    )


def shown_coding(of: Coding) -> Given:
    """A code as vectors have it."""
    return {"code": of.code} if of.system is None else {"system": of.system, "code": of.code}


def shown_facts(facts: Facts) -> Given:
    """Facts as vectors have them."""
    return {
        "reference": facts.reference,
        "resource_type": facts.resource_type,
        "category": [shown_coding(of) for of in facts.category],
        "codes": [shown_coding(of) for of in facts.codes],
        "labels": None if facts.labels is None else [shown_coding(of) for of in facts.labels],
        "authors": facts.authors,
        "related": facts.related,
        "clinical": maybe(facts.clinical, shown_interval),
    }


def commitments(value: Given) -> Commitments:
    """What a record commits to."""
    return Commitments(CommitmentHash.SHA3_256, content=value["content"], facts=value["facts"])
