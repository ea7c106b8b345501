"""FHIR, commitments, sealed records."""

from __future__ import annotations

import medledger
from medledger import AgreementKey, ConsentOptions, ConsentQuestion, RecordKey, SealedRecord

from .read import (
    Given,
    codings,
    commitments,
    facts,
    interval,
    maybe,
    raw,
    shown_facts,
    shown_interval,
    texts,
    time,
)


def fhir(given: Given) -> Given:
    return {"canonical": medledger.canonical_fhir(raw(given["json"])).decode()}


def date(given: Given) -> Given:
    return shown_interval(medledger.fhir_interval(given["date"], given.get("zone")))


def commit(given: Given) -> Given:
    made = medledger.commit(
        raw(given["content"]), raw(given["content_salt"]), facts(given["facts"]), raw(given["facts_salt"])
    )
    return {"content": made.content, "facts": made.facts}


def bundle(given: Given) -> Given:
    entries = [
        {
            "resource_type": entry.resource_type,
            "id": entry.id,
            "facts": shown_facts(entry.facts),
            "canonical": medledger.tagged_hash("ml1 content", entry.canonical).hex(),
        }
        for entry in medledger.read_bundle(given["bundle"].encode())
    ]
    return {"entries": entries}


def consent(given: Given) -> Given:
    asked = given["question"]
    question = ConsentQuestion(
        at=time(asked["at"]),
        purpose=asked["purpose"],
        action=asked["action"],
        resource_type=asked["resource_type"],
        actors=texts(asked.get("actors")),
        roles=codings(asked.get("roles")),
        codes=maybe(asked.get("codes"), codings),
        labels=maybe(asked.get("labels"), codings),
        record=asked.get("record"),
        authors=maybe(asked.get("authors"), texts),
        related=maybe(asked.get("related"), texts),
        data_period=maybe(asked.get("data_period"), interval),
        custodian=asked.get("custodian"),
        zone=asked.get("zone"),
    )
    answer = medledger.check_consent(given["consent"].encode(), question)
    return {
        "effect": answer.effect,
        "reason": answer.reason,
        "path": answer.path,
        "unmatched": answer.unmatched,
    }


def consent_terms(given: Given) -> Given:
    reading = medledger.read_consent(given["consent"].encode(), ConsentOptions(zone=given.get("zone")))
    return {"terms": medledger.terms_to_bytes(reading.terms).hex(), "unmatched": reading.unmatched}


def sealed(given: Given) -> Given:
    key = RecordKey.from_secret(raw(given["key"]))
    record = SealedRecord.from_container(raw(given["container"]))
    opened = record.open(key, commitments(given["commitments"]))
    return {
        "original": opened.original().hex(),
        "content": opened.content().hex(),
        "form": record.header().form,
        "reference": opened.facts().reference,
        "key_commitment": key.commitment(),
    }


def wrap(given: Given) -> Given:
    secret = AgreementKey.from_secret(raw(given["secret"]))
    key = medledger.unwrap_key(raw(given["wrap"]), secret, given["chain"], commitments(given["commitments"]))
    return {"key": key.secret().hex()}
