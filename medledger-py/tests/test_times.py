"""Times: zones, years before 1970, what a datetime can't hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import medledger
import pytest
from conftest import code_of
from medledger import Criteria, Interval, Period
from test_values import NOW, terms


def back(when: Interval) -> Interval:
    """An interval after its way through Rust and its bytes."""
    kept = replace(terms(), criteria=Criteria(data_period=when))
    found = medledger.terms_from_bytes(medledger.terms_to_bytes(kept)).criteria.data_period
    assert found is not None
    return found


@pytest.mark.parametrize(
    "at",
    [
        datetime(1963, 8, 28, 12, 0, tzinfo=timezone.utc),
        datetime(1, 1, 1, tzinfo=timezone.utc),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=-5))),
        datetime(9999, 12, 31, 23, 59, 59, 998000, tzinfo=timezone.utc),
        datetime(1969, 12, 31, 23, 59, 59, 999000, tzinfo=timezone.utc),
        datetime(2026, 3, 29, 1, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo("Europe/Berlin")),
    ],
)
def test_a_moment_is_the_same_moment(at: datetime) -> None:
    found = back(Interval(start=at, end=at + timedelta(milliseconds=1))).start
    assert found == at and found is not None and found.tzinfo is timezone.utc


def test_what_is_finer_than_milliseconds_is_cut_off() -> None:
    for at in (NOW, datetime(1963, 1, 1, tzinfo=timezone.utc)):
        found = back(Interval(start=at + timedelta(microseconds=1999), end=at + timedelta(seconds=1))).start
        assert found == at + timedelta(milliseconds=1)


def test_an_end_that_is_not_known_stays_so() -> None:
    assert back(Interval(start=NOW)) == Interval(start=NOW, end=None)


class Strange(tzinfo):
    def utcoffset(self, _: datetime | None) -> timedelta | None:
        return None

    def tzname(self, _: datetime | None) -> str | None:
        return None

    def dst(self, _: datetime | None) -> timedelta | None:
        return None


@pytest.mark.parametrize("at", [NOW.replace(tzinfo=None), NOW.replace(tzinfo=Strange()), date(2026, 3, 2), 0, "2026", None])
def test_a_time_without_a_zone_is_none(at: Any) -> None:
    period = Period(at, NOW)
    with pytest.raises(medledger.InvalidArgument) as caught:
        medledger.check_terms(replace(terms(), period=period))
    assert (caught.value.code, caught.value.fields["argument"]) == ("API-001", "terms.period.from_")


def test_a_ledger_has_no_time_before_1970() -> None:
    early = datetime(1969, 12, 31, 23, 59, 59, 999000, tzinfo=timezone.utc)
    period = Period(early, NOW)
    assert code_of(lambda: medledger.check_terms(replace(terms(), period=period))) == "API-004"
