"""Whatever is given to an operation: an exception with a code, and never a panic."""

from __future__ import annotations

import ast
import inspect
import random
from dataclasses import fields
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import medledger
import pytest
from conftest import run
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
    """Operations, constructors, and the methods of one handle of each class."""
    found = [*OPERATIONS]
    for handle in handles(story).values():
        found.extend(getattr(handle, name) for name in dir(handle) if not name.startswith("_") and name != "close")
    return found


def handles(story: dict[str, Any]) -> dict[str, Any]:
    """One handle of each class."""
    ledger, patient, now = story["ledger"], story["patient"], story["now"]
    client = medledger.LightClient(ledger.genesis(), now)
    facts = medledger.Facts(reference="Basic/1", resource_type="Basic")
    form = medledger.ContentForm.AS_IT_STANDS
    sealed = medledger.seal_record(b"content", form, facts)
    measure, done = (medledger.ContentMeasure(form, 1, facts) for _ in range(2))
    done.feed(b"a")
    first, second = (medledger.Sheet.draw() for _ in range(2))
    keys = first.keys("")
    visit = dict(story)
    run(medledger.ReleasedRecord.__doc__ or "", "ReleasedRecord", visit)
    made = [
        *(visit[name] for name in ("requester", "session", "held", "gateway", "released")),
        ledger, patient, client, sealed, measure, done.seal(), first, keys, sealed.key(), medledger.Key.draw(),
        medledger.AgreementKey.draw(), medledger.MerkleLog(), medledger.Batch(),
        medledger.Opener(sealed.key(), sealed.commitments()), sealed.open(sealed.key(), sealed.commitments()),
        second.confirm(second.words(), ""), keys.relationship(0, "00" * 32, medledger.IdentityKind.PATIENT),
        medledger.Keystore(client.chain(), []), client.read_state(ledger.prove_identity(patient.did())),
        story["revoke_consent"](story["sender"](patient), story["consent"]),
        ledger.propose(story["validator"].public_key(), now),
    ]
    return {type(handle).__name__: handle for handle in made}


def test_there_is_a_handle_of_each_class(story: dict[str, Any]) -> None:
    assert set(handles(story)) == {of.__name__ for of in CLASSES}


def stubs() -> dict[str, list[tuple[str, str]]]:
    """The arguments of each operation and method, `Class.method`, with their types, as the stubs say."""
    text = Path(str(_medledger.__file__)).with_name("_medledger.pyi").read_text(encoding="utf-8")
    found = {}

    def signature(owner: str, function: ast.FunctionDef) -> None:
        own = function.args.args[1:] if owner else function.args.args
        found[f"{owner}{function.name}"] = [(one.arg, ast.unparse(one.annotation)) for one in own if one.annotation]

    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            signature("", node)
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and (inner.name == "__new__" or not inner.name.startswith("_")):
                    signature(f"{node.name}.", inner)
    return found


def sample(kind: str, all_handles: dict[str, Any]) -> Any:
    """Something of a type."""
    plain: dict[str, Any] = {"int": 1, "str": "a", "bool": True, "bytes": b"a", "bytes | bytearray": b"a", "datetime": NOW}
    if kind in plain:
        return plain[kind]
    if kind.endswith("| None"):
        return None
    if kind.startswith(("Sequence", "tuple")):
        return ()
    if kind in all_handles:
        return all_handles[kind]
    if kind == "Signer":
        return all_handles["Key"]
    of: Any = getattr(medledger, kind)
    if issubclass(of, str):
        return next(iter(of))
    types = {field.name: str(field.type).replace("builtins.", "") for field in fields(of)}
    return of(**{name: sample(inner, all_handles) for name, inner in types.items()})


def test_each_argument_of_another_type_is_named(story: dict[str, Any]) -> None:
    """All arguments of their types but one: the error names that one."""
    all_handles = handles(story)
    asked = 0
    for name, arguments in stubs().items():
        owner, _, method = name.rpartition(".")
        of: Any = all_handles[owner] if owner else _medledger
        call = type(of) if method == "__new__" else getattr(of, method)
        good = [sample(kind, all_handles) for _, kind in arguments]
        for place, (argument, kind) in enumerate(arguments):
            for wrong in [object(), *([] if "None" in kind else [None])]:
                with pytest.raises(medledger.InvalidArgument) as caught:
                    call(*good[:place], wrong, *good[place + 1 :])
                assert (caught.value.code, caught.value.fields["argument"]) == ("API-001", argument), name
                asked += 1
    assert asked > 200


def test_wrong_types_get_a_code(story: dict[str, Any]) -> None:
    """Each argument is everything once, the others of their types."""
    all_handles = handles(story)
    asked = 0
    for name, arguments in stubs().items():
        owner, _, method = name.rpartition(".")
        of: Any = all_handles[owner] if owner else _medledger
        call = type(of) if method == "__new__" else getattr(of, method)
        good = [sample(kind, all_handles) for _, kind in arguments]
        for place in range(len(arguments)) if method != "close" else []:
            for thing in THINGS:
                ask(call, [*good[:place], thing, *good[place + 1 :]])
                asked += 1
    assert asked > 3_000


def test_anything_gets_a_code(story: dict[str, Any]) -> None:
    dice = random.Random(7)
    every = [(call, count) for call in callables(story) if (count := len(inspect.signature(call).parameters))]
    codes = set()
    for _ in range(6_000):
        call, count = dice.choice(every)
        codes.add(ask(call, [dice.choice(THINGS) for _ in range(count)]))
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
            medledger.Keystore(chain, []).seal("x", medledger.PassphraseCost(memory=19456, passes=2, lanes=1)),
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
