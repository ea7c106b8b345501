"""What everything stands on."""

from __future__ import annotations

import medledger
from medledger import MedledgerError, MerkleLog, ReplayWindow, SignatureClaim, StateAnswer

from .read import Given, number, raw, shown, shown_time


def wire(given: Given) -> Given:
    return {"json": medledger.inspect(given["type"], raw(given["bytes"]))}


def hash(given: Given) -> Given:
    return {"hash": medledger.tagged_hash(given["tag"], raw(given["data"])).hex()}


def key(given: Given) -> Given:
    public_key = raw(given["public_key"])
    return {
        "id": medledger.key_id(public_key),
        "successor_digest": medledger.successor_digest(public_key),
        "did_key": medledger.did_key(public_key),
    }


def log(given: Given) -> Given:
    leaves = [raw(leaf) for leaf in given["leaves"]]
    root = medledger.log_root(leaves)
    log = MerkleLog()
    for leaf in leaves:
        log.append(leaf)
    # Leaf by leaf it is the same log, whose own proofs hold.
    size = log.size()
    assert (log.root(), size) == (root, len(leaves))
    for index, leaf in enumerate(leaves):
        medledger.check_inclusion(root, size, index, leaf, log.inclusion(index, size))
        proof = log.consistency(index, size)
        medledger.check_consistency(log.root_at(index), index, root, size, proof)
    return {"root": root}


def inclusion(given: Given) -> Given:
    size, index = number(given["size"]), number(given["index"])
    medledger.check_inclusion(given["root"], size, index, raw(given["leaf"]), raw(given["proof"]))
    return {}


def consistency(given: Given) -> Given:
    old, new = number(given["old_size"]), number(given["new_size"])
    medledger.check_consistency(given["old_root"], old, given["new_root"], new, raw(given["proof"]))
    return {}


def answers(answers: tuple[StateAnswer, ...]) -> Given:
    return {
        "answers": [
            {"key": of.key, "standing": of.standing, "value": None if of.value is None else of.value.hex()}
            for of in answers
        ]
    }


def state(given: Given) -> Given:
    return answers(medledger.check_state_proof(given["root"], raw(given["proof"]), given["keys"]))


def state_keys(given: Given) -> Given:
    return answers(medledger.check_state_keys(given["root"], raw(given["proof"]), given["keys"]))


def signature(given: Given) -> Given:
    medledger.verify_signature(raw(given["public_key"]), raw(given["message"]), raw(given["signature"]))
    return {}


def code_of(claim: SignatureClaim) -> str | None:
    """What refuses one claim."""
    try:
        medledger.verify_signature(claim.public_key, claim.message, claim.signature)
    except MedledgerError as error:
        return error.code
    return None


def signatures(given: Given) -> Given:
    claims = [
        SignatureClaim(raw(of["public_key"]), raw(of["message"]), raw(of["signature"]))
        for of in given["claims"]
    ]
    bad = [
        {"index": shown(of.index), "rule": of.fault.code} for of in medledger.verify_signatures(claims)
    ]
    # One by one they have the same answers.
    codes = [(index, code_of(claim)) for index, claim in enumerate(claims)]
    assert bad == [{"index": index, "rule": code} for index, code in codes if code is not None]
    return {"bad": bad}


def counter(given: Given) -> Given:
    window = ReplayWindow(base=number(given["base"]), used=number(given["used"]))
    after = medledger.check_counter(window, number(given["counter"]))
    return {"base": shown(after.base), "used": shown(after.used)}


def transaction(given: Given) -> Given:
    view = medledger.read_transaction(raw(given["bytes"]), given["chain"])
    signed = [(view.signed, view.signature), *((of.signed, of.signature) for of in view.approvals)]
    for public_key, (message, signature) in zip(given.get("keys") or (), signed):
        medledger.verify_signature(raw(public_key), message, signature)
    return {
        "id": view.id,
        "hash": view.hash,
        "signer": view.signer,
        "key": view.key,
        "counter": shown(view.counter),
        "signed_at": shown_time(view.signed_at),
        "valid_until": shown_time(view.valid_until),
        "operation": view.operation,
        "operation_code": shown(view.operation_code),
        "body_hash": view.body_hash,
        "signed": view.signed.hex(),
        "signature": view.signature.hex(),
        "approvals": [
            {"key": of.key, "signed": of.signed.hex(), "signature": of.signature.hex()}
            for of in view.approvals
        ],
    }
