"""Values: equality, repr, pickling, and what happens to a field of another type."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, replace
from datetime import datetime, timedelta, timezone
from typing import Any

import medledger
import pytest
from conftest import code_of
from medledger import Actor, Coding, Criteria, Effect, Interval, MedledgerError, Period, Terms

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=timezone.utc)


def terms() -> Terms:
    role = Coding("309343006", system="http://snomed.info/sct")
    return Terms(
        period=Period(NOW, NOW + timedelta(days=1)),
        effect=Effect.PERMIT,
        criteria=Criteria(actors=(Actor(role=role),)),
        directive=False,
        uses=2**53 + 1,
    )


def test_values_are_equal_by_their_fields_and_can_be_kept() -> None:
    one = terms()
    assert one == terms() and one is not terms() and hash(one) == hash(terms())
    assert one != replace(one, uses=None)
    for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert again == one
    assert "309343006" in repr(one)
    with pytest.raises(FrozenInstanceError):
        one.uses = 3  # type: ignore[misc]


def test_values_come_back_as_they_went() -> None:
    one = terms()
    assert medledger.terms_from_bytes(medledger.terms_to_bytes(one)) == one


def test_words_are_texts() -> None:
    text: str = Effect.PERMIT
    assert Effect("permit") is Effect.PERMIT and text == "permit" and str(Effect.PERMIT) == "permit"
    assert pickle.loads(pickle.dumps(Effect.DENY)) is Effect.DENY
    word: Any = "permit"
    assert medledger.terms_to_bytes(replace(terms(), effect=word)) == medledger.terms_to_bytes(terms())


def test_lists_may_be_lists() -> None:
    codings: Any = [Coding("1", system="a")]
    criteria = Criteria(categories=codings)
    assert medledger.terms_from_bytes(medledger.terms_to_bytes(replace(terms(), criteria=criteria))).criteria == (
        Criteria(categories=(Coding("1", system="a"),))
    )


@pytest.mark.parametrize(
    ("field", "value", "code", "place"),
    [
        ("effect", 1, "API-001", "terms.effect"),
        ("effect", "perhaps", "API-002", "terms"),
        ("directive", 1, "API-001", "terms.directive"),
        ("directive", None, "API-001", "terms.directive"),
        ("uses", "2", "API-001", "terms.uses"),
        ("uses", True, "API-001", "terms.uses"),
        ("uses", 1.0, "API-001", "terms.uses"),
        ("uses", -1, "API-004", "terms.uses"),
        ("uses", 2**64, "API-004", "terms.uses"),
        ("period", None, "API-001", "terms.period"),
        ("period", Interval(), "API-001", "terms.period"),
        ("criteria", "all", "API-001", "terms.criteria"),
        ("criteria", Criteria(types="ab"), "API-001", "terms.criteria.types"),  # type: ignore[arg-type]
        ("criteria", Criteria(types=(b"ab",)), "API-001", "terms.criteria.types[0]"),  # type: ignore[arg-type]
        ("criteria", Criteria(types=("\ud800",)), "API-001", "terms.criteria.types[0]"),
        ("obligations", {"a"}, "API-001", "terms.obligations"),
        ("rules", (None,), "API-001", "terms.rules[0]"),
    ],
)
def test_a_field_of_another_type_is_named(field: str, value: Any, code: str, place: str) -> None:
    wrong = replace(terms(), **{field: value})
    with pytest.raises(medledger.InvalidArgument) as caught:
        medledger.terms_to_bytes(wrong)
    assert (caught.value.code, caught.value.fields["argument"]) == (code, place)


def test_an_object_without_its_fields_is_no_value() -> None:
    assert code_of(lambda: medledger.terms_to_bytes(object.__new__(Terms))) == "API-001"


def test_errors_can_be_kept_and_are_of_their_kind() -> None:
    with pytest.raises(MedledgerError) as caught:
        medledger.key_id(b"short")
    error = caught.value
    assert isinstance(error, ValueError) and error.kind is medledger.ErrorKind.ARGUMENT
    assert error.fields == {"argument": "public_key", "actual": "5", "expected": "32"}
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.code, again.fields) == (type(error), error.code, error.fields)
    kinds = {kind.__name__: kind.kind for kind in MedledgerError.__subclasses__()}
    assert set(kinds.values()) == set(medledger.ErrorKind) and len(kinds) == len(medledger.ErrorKind)


def test_a_value_has_its_fields_documented_and_typed() -> None:
    for name in medledger.values.__all__:
        of: Any = getattr(medledger, name)
        assert of.__doc__ and not of.__doc__.startswith(f"{name}(")
        assert issubclass(of, str) or fields(of)
