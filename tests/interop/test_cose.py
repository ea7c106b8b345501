"""Other vendors' COSE libraries make transactions and approvals that the ledger takes, and check ours.

The ledger is `cargo run -p medledger-sdk --example cose_interop`; the libraries are pycose and cwt, independent of each
other and of us (both use the same CBOR and the same Ed25519 library underneath, as most of Python does).

A transaction here is an *untagged* COSE_Sign1. pycose makes one when told to; cwt always tags (18), so the tag is taken
off what it made, and put onto what it is to read: both read tagged messages only.
"""

import json
import re
import subprocess
from pathlib import Path

import cbor2
import pytest
from cwt import COSE, COSEKey
from pycose.algorithms import EdDSA
from pycose.headers import KID, Algorithm
from pycose.keys import OKPKey
from pycose.keys.curves import Ed25519
from pycose.messages import Sign1Message

ROOT = Path(__file__).resolve().parents[2]
COSE_SIGN1 = 18
ALG, KID_LABEL, EDDSA = 1, 4, -8


class Ledger:
    """The example program, asked line by line."""

    def __init__(self):
        command = ["cargo", "run", "--quiet", "--locked", "-p", "medledger-sdk", "--example", "cose_interop"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer
        return answer

    def submit(self, transaction):
        return self.ask(do="submit", transaction=transaction.hex())

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(timeout=60) == 0


@pytest.fixture(scope="module")
def ledger():
    ledger = Ledger()
    yield ledger
    ledger.close()


class Pycose:
    """pycose 1.1."""

    @staticmethod
    def key(signer, private=True):
        parts = {"x": bytes.fromhex(signer["public"])}
        if private:
            parts["d"] = bytes.fromhex(signer["seed"])
        return OKPKey(crv=Ed25519, **parts)

    @classmethod
    def sign(cls, signer, aad, payload, detached=False):
        message = Sign1Message(
            phdr={Algorithm: EdDSA, KID: bytes.fromhex(signer["kid"])},
            uhdr={},
            payload=None if detached else payload,
            external_aad=aad,
            key=cls.key(signer),
        )
        return message.encode(tag=False, detached_payload=payload if detached else None)

    @classmethod
    def verify(cls, signer, aad, message, payload=None):
        """The payload; an exception when the signature is not the key's."""
        read = Sign1Message.decode(tagged(message))
        assert read.phdr[KID] == bytes.fromhex(signer["kid"])
        read.key = cls.key(signer, private=False)
        read.external_aad = aad
        if not read.verify_signature(detached_payload=payload):
            raise ValueError("the signature does not verify")
        return payload if read.payload is None else read.payload


class Cwt:
    """python-cwt 3.3."""

    @staticmethod
    def key(signer, private=True):
        parts = {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": bytes.fromhex(signer["kid"])}
        parts["x"] = bytes.fromhex(signer["public"])
        if private:
            parts["d"] = bytes.fromhex(signer["seed"])
        labels = {"kty": 1, "kid": 2, "alg": 3, "crv": -1, "x": -2, "d": -4}
        numbers = {"OKP": 1, "EdDSA": EDDSA, "Ed25519": 6}
        return COSEKey.new({labels[name]: numbers.get(value, value) if isinstance(value, str) else value
                            for name, value in parts.items()})

    @classmethod
    def sign(cls, signer, aad, payload, detached=False):
        protected = {ALG: EDDSA, KID_LABEL: bytes.fromhex(signer["kid"])}
        context = COSE.new(deterministic_header=True)
        made = context.encode(
            payload, cls.key(signer), protected=protected, unprotected={}, external_aad=aad, out="cbor2/CBORTag"
        )
        assert made.tag == COSE_SIGN1
        fields = list(made.value)
        if detached:
            # It has no call for a detached payload when it signs; what is signed is the same.
            assert fields[2] == payload
            fields[2] = None
        return cbor2.dumps(fields)

    @classmethod
    def verify(cls, signer, aad, message, payload=None):
        """The payload; an exception when the signature is not the key's."""
        key = cls.key(signer, private=False)
        return COSE.new(verify_kid=True).decode(tagged(message), key, external_aad=aad, detached_payload=payload)


LIBRARIES = [Pycose, Cwt]
OTHERS = [(one, other) for one in LIBRARIES for other in LIBRARIES]


def tagged(message):
    return cbor2.dumps(cbor2.CBORTag(COSE_SIGN1, cbor2.loads(message)))


def parts(ledger, patient):
    """What there is to sign, as bytes, and by whom."""
    asked = ledger.ask(do="prepare", patient=patient)
    read = {name: bytes.fromhex(asked[name]) for name in ("external_aad", "body", "body_hash")}
    return read, asked["signer"], asked["approving"]


def assemble(body, approvals):
    """The payload: `[body, [approvals]]`, the body's encoding as it stands."""
    return b"\x82" + body + cbor2.dumps(approvals)


def make(library, approver, ledger, patient):
    """A transaction that is made whole by other libraries, approvals included, and its payload."""
    read, signer, approving = parts(ledger, patient)
    approvals = [approver.sign(key, read["external_aad"], read["body_hash"], detached=True) for key in approving]
    payload = assemble(read["body"], approvals)
    return library.sign(signer, read["external_aad"], payload), payload


@pytest.mark.parametrize("library,approver", OTHERS)
def test_what_a_library_makes_is_accepted(ledger, library, approver):
    transaction, _ = make(library, approver, ledger, 1)
    answer = ledger.submit(transaction)
    ours = ledger.ask(do="finished", patient=1)
    assert answer == {"accepted": True, "id": ours["id"]}
    # Ed25519 is deterministic and the template leaves no choice: not one byte differs.
    assert transaction.hex() == ours["transaction"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_ours_verifies_with_a_library(ledger, library):
    read, signer, approving = parts(ledger, 2)
    ours = ledger.ask(do="finished", patient=2)
    transaction = bytes.fromhex(ours["transaction"])
    assert ledger.submit(transaction)["accepted"]
    payload = library.verify(signer, read["external_aad"], transaction)
    approvals = cbor2.loads(payload)[1]
    assert payload == assemble(read["body"], approvals)
    assert len(approvals) == len(approving) == 2
    for key, approval in zip(approving, approvals, strict=True):
        assert library.verify(key, read["external_aad"], approval, payload=read["body_hash"]) == read["body_hash"]
    assert sorted(approval.hex() for approval in approvals) == sorted(made["bytes"] for made in ours["approvals"])


def flipped(message, at):
    changed = bytearray(message)
    changed[at] ^= 1
    return bytes(changed)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_spoilt_transaction_is_refused_by_all(ledger, library):
    read, signer, _ = parts(ledger, 3)
    transaction, payload = make(library, library, ledger, 3)
    body = transaction.index(read["body"])
    for what, at, rules in [
        ("the low bits of S", len(transaction) - 32, {"CRY-008"}),
        ("the high bits of S", len(transaction) - 1, {"CRY-004", "CRY-008"}),
        ("R", len(transaction) - 64, {"CRY-007", "CRY-008"}),
        ("the last byte of what is asked", body + len(read["body"]) - 1, {"CRY-008"}),
        ("the ledger's id", body + 10, {"OPR-004"}),
        ("the key id in the header", 20, {"OPR-002"}),
    ]:
        spoilt = flipped(transaction, at)
        answer = ledger.submit(spoilt)
        assert not answer["accepted"] and answer["rule"] in rules, (what, answer)
        with pytest.raises(Exception):
            library.verify(signer, read["external_aad"], spoilt)
    # For another ledger, or none: what both sign is not only what can be seen.
    for aad in (b"", flipped(read["external_aad"], 20)):
        elsewhere = library.sign(signer, aad, payload)
        assert ledger.submit(elsewhere)["rule"] == "CRY-008"
        with pytest.raises(Exception):
            library.verify(signer, read["external_aad"], elsewhere)
    assert library.verify(signer, read["external_aad"], transaction) == payload


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_spoilt_approval_is_refused_by_all(ledger, library):
    read, signer, approving = parts(ledger, 4)
    aad, said = read["external_aad"], read["body_hash"]
    good = [library.sign(key, aad, said, detached=True) for key in approving]

    def answer_to(approvals):
        return ledger.submit(library.sign(signer, aad, assemble(read["body"], approvals)))

    assert answer_to(good)["accepted"]
    spoilt = flipped(good[0], len(good[0]) - 1)
    of_another_body = library.sign(approving[0], aad, flipped(said, 0), detached=True)
    for bad in (spoilt, of_another_body):
        assert answer_to([bad, good[1]])["rule"] == "OPR-020"
        with pytest.raises(Exception):
            library.verify(approving[0], aad, bad, payload=said)
    assert answer_to([good[1]])["rule"] == "OPR-018"
    assert answer_to([good[1], good[0]])["rule"] == "OPR-017"
    by_stranger = library.sign(signer, aad, said, detached=True)
    with_stranger = sorted([*good, by_stranger], key=lambda made: cbor2.loads(cbor2.loads(made)[0])[KID_LABEL])
    assert answer_to(with_stranger)["rule"] == "OPR-019"
    # With its payload attached it is a message, and no approval.
    attached = library.sign(approving[0], aad, said)
    assert answer_to([attached, good[1]])["rule"] == "OPR-016"


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_strays_from_the_template_is_refused(ledger, library):
    """Valid COSE, with a signature that holds, and still not an envelope of this protocol."""
    read, signer, _ = parts(ledger, 5)
    transaction, payload = make(library, library, ledger, 5)
    kid = bytes.fromhex(signer["kid"])
    assert ledger.submit(tagged(transaction))["rule"] == "OPR-001"

    headers = {
        "another order": (cbor2.dumps({KID_LABEL: kid, ALG: EDDSA}), {}),
        "kid unprotected": (cbor2.dumps({ALG: EDDSA}), {KID_LABEL: kid}),
        "a header more": (cbor2.dumps({ALG: EDDSA, KID_LABEL: kid}), {5: b"x"}),
    }
    key = Cwt.key(signer)
    for name, (protected, unprotected) in headers.items():
        signed = key.sign(cbor2.dumps(["Signature1", protected, read["external_aad"], payload]))
        strayed = cbor2.dumps([protected, unprotected, payload, signed])
        assert ledger.submit(strayed)["rule"] == "OPR-001", name


def example():
    """The bytes that the specification prints, by name."""
    page = (ROOT / "spec" / "envelope.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```hex (\w+)\n([0-9a-f\n]+)^```$", page, flags=re.MULTILINE)
    return page, {name: bytes.fromhex(digits) for name, digits in blocks}


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_example_of_the_specification_is_one(ledger, library):
    page, printed = example()
    read, signer, approving = parts(ledger, 1)
    assert printed["aad"] == read["external_aad"] and printed["body"] == read["body"]
    assert all(text in page for text in (signer["public"], signer["kid"], read["body_hash"].hex()))
    answer = ledger.submit(printed["transaction"])
    assert answer["accepted"] and answer["id"] in page
    payload = library.verify(signer, printed["aad"], printed["transaction"])
    assert payload.startswith(b"\x82" + printed["body"]) and printed["approval"] in payload
    library.verify(approving[0], printed["aad"], printed["approval"], payload=read["body_hash"])
