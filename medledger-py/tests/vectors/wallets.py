"""Sheets and keystores."""

from __future__ import annotations

from medledger import Keystore, Sheet

from .read import Given, number, raw, shown


def sheet(given: Given) -> Given:
    keys = Sheet.from_words(given["words"]).keys(given["passphrase"])
    identity, device = number(given["identity"]), number(given["device"])
    return {
        "device": keys.device(identity, device).public_key().hex(),
        "agreement": keys.agreement(identity, device).public_key().hex(),
        "controller": keys.controller(identity).public_key().hex(),
        "successor_digest": keys.successor_digest(identity),
    }


def keystore(given: Given) -> Given:
    keystore = Keystore.open(raw(given["file"]), given["passphrase"])
    identities = []
    for kept in keystore.identities():
        key = keystore.signing_key(kept.did).id()
        assert key == kept.key
        identities.append(
            {
                "identity": shown(kept.identity),
                "did": kept.did,
                "relationship": kept.relationship,
                "device": shown(kept.device),
                "key": key,
                "agreement": keystore.agreement_key(kept.did).public_key().hex(),
            }
        )
    return {"identities": identities}
