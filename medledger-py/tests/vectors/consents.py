"""Terms, and what they answer."""

from __future__ import annotations

import medledger
from medledger import Ground, MedledgerError, NamedTerms, Reach, Request

from .read import Given, codings, interval, maybe, numbers, raw, texts, time


def request(given: Given) -> Request:
    reach = given["reach"]
    return Request(
        requester=given["requester"],
        organisation=given.get("organisation"),
        roles=codings(given.get("roles")),
        action=given["action"],
        purpose=given["purpose"],
        reach=Reach(
            set=reach["set"],
            types=maybe(reach.get("types"), texts),
            categories=maybe(reach.get("categories"), codings),
            codes=maybe(reach.get("codes"), codings),
            labels=maybe(reach.get("labels"), codings),
            records=maybe(reach.get("records"), texts),
            authors=maybe(reach.get("authors"), texts),
            related=maybe(reach.get("related"), texts),
            period=maybe(reach.get("period"), interval),
        ),
    )


def terms(given: Given) -> Given:
    kept = raw(given["bytes"])
    terms = medledger.terms_from_bytes(kept)
    assert medledger.terms_to_bytes(terms) == kept
    try:
        medledger.check_terms(terms)
    except MedledgerError as error:
        return {"open": error.code}
    return {"open": None}


def decide(given: Given) -> Given:
    terms = medledger.terms_from_bytes(raw(given["terms"]))
    decision = medledger.decide(terms, request(given["request"]), time(given["at"]))
    return {
        "effect": decision.effect,
        "reason": decision.reason,
        "path": numbers(decision.path),
        "obligations": decision.obligations,
    }


def decide_all(given: Given) -> Given:
    consents = [
        NamedTerms(of["consent"], medledger.terms_from_bytes(raw(of["terms"]))) for of in given["consents"]
    ]
    asked, at = request(given["request"]), time(given["at"])
    if given.get("basis") is None:
        ground = Ground(overrides_deny=given["overrides_deny"])
        answer = medledger.decide_by_ground(consents, ground, asked, at)
    else:
        answer = medledger.decide_by_consent(consents, given["basis"], asked, at)
    return {
        "effect": answer.effect,
        "reason": answer.reason,
        "consent": answer.consent,
        "path": numbers(answer.path),
        "obligations": answer.obligations,
    }
