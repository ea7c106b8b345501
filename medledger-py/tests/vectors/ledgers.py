"""Whole ledgers, and what a reader checks of one with nothing but its genesis."""

from __future__ import annotations

from typing import Any

import medledger
from medledger import Ledger, LightClient, ProofKind

from .read import Given, maybe, raw, shown, shown_time, time


def genesis(given: Given) -> Given:
    summary = medledger.read_genesis(raw(given["genesis"]))
    return {
        "chain": summary.chain,
        "name": summary.name,
        "time": shown_time(summary.time),
        "founders": summary.founders,
        "validators": [key.hex() for key in summary.validators],
    }


def ledger(given: Given) -> Given:
    ledger = Ledger.open(raw(given["ledger"]), time(given["now"]))
    status = ledger.status()
    blocks: list[Given] = []
    for height in range(1, status.height + 1):
        block = ledger.block_summary(height)
        runs: list[list[Any]] = []
        for result in block.results:
            if runs and runs[-1][0] == result.rule:
                runs[-1][1] += 1
            else:
                runs.append([result.rule, 1])
        blocks.append({"app_root": block.app_root, "results": runs})
    return {
        "chain": status.chain,
        "height": shown(status.height),
        "time": shown_time(status.time),
        "app_root": status.app_root,
        "blocks": blocks,
    }


def reader(given: Given, seen: Any) -> LightClient:
    """A reader with the genesis and the time of a vector, who has seen a header where the vector has one."""
    client = LightClient(raw(given["genesis"]), time(given["now"]))
    if seen is not None:
        client.trust(raw(seen))
    return client


def header(given: Given) -> Given:
    client = reader(given, None)
    for header in given["headers"]:
        last = client.trust(raw(header))
    assert client.newest() == last
    return {
        "height": shown(last.height),
        "time": shown_time(last.time),
        "app_root": last.app_root,
        "state_root": last.state_root,
    }


def receipt(given: Given) -> Given:
    summary = reader(given, given.get("seen")).read_receipt(raw(given["receipt"]))
    return {
        "subject": summary.subject,
        "log": summary.log,
        "position": shown(summary.position),
        "transaction": summary.transaction,
        "height": shown(summary.height),
        "time": shown_time(summary.time),
        "rule": summary.rule,
        "vouched": shown(summary.vouched),
    }


def subject_log(given: Given) -> Given:
    client, proof = reader(given, given.get("seen")), raw(given["proof"])
    shows: Given
    if given["log"] == "access":
        access = client.read_access_log(proof)
        shows = {"complete": access.complete, "transactions": None}
        return {"subject": access.subject, "height": shown(access.height), **shows}
    log = client.read_authority_log(proof) if given["log"] == "authority" else client.read_timeline(proof)
    shows = {"complete": None, "transactions": [entry.transaction for entry in log.entries]}
    return {"subject": log.subject, "height": shown(log.height), **shows}


def proven_state(given: Given) -> Given:
    state = reader(given, None).read_state(raw(given["proof"]))
    keys = consents = None
    if given["asks"] == "consents":
        consents = [consent.consent for consent in state.consents(given["did"], time(given["now"]))]
    else:
        identity = state.identity(given["did"])
        keys = None if identity is None else [key.id for key in identity.keys]
    return {"height": shown(state.header().height), "keys": keys, "consents": consents}


def proof_file(given: Given) -> Given:
    file, at_least = raw(given["file"]), maybe(given.get("at_least"), raw)
    report = medledger.check_proof(file, raw(given["genesis"]), time(given["now"]), at_least)
    # The reader with a memory says the same, and shows what the file holds.
    client = reader(given, given.get("at_least"))
    assert client.check_file(file) == report
    record = export = None
    if report.kind is ProofKind.EXPORT:
        whole = client.read_export(file)
        export = {
            "subject": whole.subject,
            "claim": whole.claim,
            "timeline": shown(whole.timeline),
            "records": shown(whole.records),
            "access_log": shown(whole.access_log),
            "authority_log": shown(whole.authority_log),
            "consents": shown(whole.consents),
            "transactions": shown(whole.transactions),
            "unclosed": [session.session for session in whole.unclosed],
        }
    else:
        one = client.read_record(file)
        record = {
            "subject": one.subject,
            "record": one.record,
            "version": shown(one.version),
            "opened": one.opened,
            "height": shown(one.height),
            "recorded": shown_time(one.recorded),
        }
    assert report.valid and report.fault is None
    return {
        "height": maybe(report.height, shown),
        "complete": report.complete,
        "record": record,
        "export": export,
    }
