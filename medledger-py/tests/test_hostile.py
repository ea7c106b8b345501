"""Whatever is given to an operation: an exception with a code, and never a panic."""

from __future__ import annotations

import inspect
import random
from datetime import datetime, timezone
from typing import Any

import medledger
import pytest
from medledger import MedledgerError, _medledger
from test_values import NOW, terms

NATIVE = [getattr(_medledger, name) for name in dir(_medledger) if not name.startswith("_")]
OPERATIONS = [one for one in NATIVE if not inspect.isclass(one)]
CLASSES = [one for one in NATIVE if inspect.isclass(one)]

#: One of everything: what an argument may be, and what it may not.
THINGS: list[Any] = [
    None, True, 0, -1, 2**63, 2**64, 2**100, 1.5, float("nan"), "", "a", "\ud800", "\0", "00" * 32, b"", b"\xff", bytes(32),
    bytearray(64), bytes(100_000), [], (), [b""], ["a"], [1], [None], {}, set(), object(), int, NOW, NOW.replace(tzinfo=None),
    datetime.max.replace(tzinfo=timezone.utc), datetime.min.replace(tzinfo=timezone.utc), terms(), terms().period,
    medledger.Effect.PERMIT, medledger.Coding("a"), medledger.Reach(set=True), lambda *_: True, memoryview(b"a"),
    *range(2, 6),
]


def parameters(of: Any) -> int:
    return len(inspect.signature(of).parameters)


def ask(call: Any, arguments: list[Any]) -> str | None:
    """The code that a call gives; None when it succeeded."""
    try:
        call(*arguments)
    except MedledgerError as error:
        assert len(error.code) == 7 and error.code[3] == "-", error
        assert str(error) and error.kind in medledger.ErrorKind
        return error.code
    # A PanicException is no Exception: it is not caught here, and fails the test.
    return None


def callables(story: dict[str, Any]) -> list[Any]:
    """Operations, constructors, and the methods of the story's handles."""
    found = list(OPERATIONS)
    for of in CLASSES:
        found.extend(
            getattr(of, name) for name, kind in vars(of).items() if isinstance(kind, classmethod) or inspect.isbuiltin(getattr(of, name))
            if not name.startswith("_")
        )
    handles = [story["ledger"], story["patient"], story["validator"], medledger.MerkleLog(), medledger.Batch(), medledger.Sheet.draw()]
    for handle in handles:
        names = [name for name in dir(handle) if not name.startswith("_") and name != "close"]
        found.extend(getattr(handle, name) for name in names)
    return found


def test_wrong_types_get_a_code(story: dict[str, Any]) -> None:
    asked = 0
    codes = set()
    for call in callables(story):
        count = parameters(call)
        for place in range(count):
            for thing in THINGS:
                arguments: list[Any] = [THINGS[0]] * count
                arguments[place] = thing
                codes.add(ask(call, arguments))
                asked += 1
    assert asked > 3_000 and "API-001" in codes


def test_anything_gets_a_code(story: dict[str, Any]) -> None:
    dice = random.Random(7)
    every = callables(story)
    codes = set()
    for _ in range(30_000):
        call = dice.choice(every)
        codes.add(ask(call, [dice.choice(THINGS) for _ in range(parameters(call))]))
    assert {"API-001", "API-002", "API-003", "API-004"} <= codes, codes


@pytest.mark.parametrize("name", ["ledger", "genesis", "transaction", "log", "receipt", "terms", "keystore", "sealed", "header"])
def test_altered_bytes_are_refused_or_read(name: str, story: dict[str, Any]) -> None:
    ledger, now, patient = story["ledger"], story["now"], story["patient"]
    client = medledger.LightClient(ledger.genesis(), now)
    chain = client.chain()
    facts = medledger.Facts(reference="Basic/1", resource_type="Basic")
    readers: dict[str, tuple[bytes, Any]] = {
        "ledger": (ledger.to_bytes(), lambda b: medledger.Ledger.open(b, now)),
        "genesis": (ledger.genesis(), medledger.Ledger),
        "transaction": (ledger.transaction(story["granted"].transaction), lambda b: medledger.read_transaction(b, chain)),
        "log": (ledger.prove_log(patient.did(), medledger.LogKind.AUTHORITY), client.read_authority_log),
        "receipt": (ledger.receipt(story["granted"].transaction, patient.did()), client.read_receipt),
        "terms": (medledger.terms_to_bytes(terms()), medledger.terms_from_bytes),
        "keystore": (
            medledger.Keystore(chain, []).seal("x", medledger.PassphraseCost(memory=8192, passes=1, lanes=1)),
            medledger.read_keystore,
        ),
        "sealed": (
            medledger.seal_record(b"content", medledger.ContentForm.AS_IT_STANDS, facts).to_bytes(),
            medledger.SealedRecord.from_bytes,
        ),
        "header": (ledger.header(2), client.trust),
    }
    good, read = readers[name]
    dice = random.Random(1)
    refused = 0
    for _ in range(400):
        bad = bytearray(good)
        match dice.randrange(4):
            case 0:
                bad[dice.randrange(len(bad))] ^= 1 << dice.randrange(8)
            case 1:
                del bad[dice.randrange(len(bad)) :]
            case 2:
                bad += dice.randbytes(dice.randrange(1, 9))
            case _:
                at = dice.randrange(len(bad))
                bad[at : at + dice.randrange(9)] = dice.randbytes(dice.randrange(9))
        refused += ask(read, [bad]) is not None
    assert refused > 50
