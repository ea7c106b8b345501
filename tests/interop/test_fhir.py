"""What we write as FHIR R4 is valid by the published structure, as HAPI FHIR reads it.

The AuditEvents and Provenances are those of the demonstration; each is also broken in many ways, which must be refused,
or a validator that accepts everything would pass. `hapi.validate(folder, to=other)` is how Consents are read by another
library and written by it again.
"""

import copy
import json
import os
import subprocess
from pathlib import Path

import hapi
import pytest

# What the validator does not know and we do not invent: BALP's own codes, and the taxonomy of practitioners' roles.
UNKNOWN_SYSTEMS = (
    "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType",
    "urn:oid:2.16.840.1.113883.6.101",
)

CONSENT = {
    "resourceType": "Consent",
    "id": "practice",
    "status": "active",
    "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy"}]},
    "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IDSCL"}]}],
    "patient": {"identifier": {"system": "urn:ietf:rfc:3986", "value": "did:medledger:z1"}},
    "dateTime": "2026-03-02T08:00:00+01:00",
    "policyRule": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "OPTIN"}]},
    "provision": {
        "type": "permit",
        "period": {"start": "2026-03-02", "end": "2026-06-02"},
        "provision": [
            {
                "type": "deny",
                "securityLabel": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY"}],
            }
        ],
    },
}


def first(bundle, of):
    return next(entry["resource"] for entry in bundle["entry"] if of(entry["resource"]))


def is_decision(event):
    return event["type"]["code"] == "110113"


def is_read(event):
    return event["type"]["code"] == "rest"


# Name, which resource, and what is done to it.
EVENTS = [
    ("no-time", is_read, lambda e: e.pop("recorded")),
    ("a-time-without-zone", is_read, lambda e: e.update(recorded="2026-03-02T08:00:00")),
    ("30-february", is_decision, lambda e: e.update(recorded="2026-02-30T08:00:00.000Z")),
    ("outcome", is_decision, lambda e: e.update(outcome="9")),
    ("outcome-as-number", is_decision, lambda e: e.update(outcome=0)),
    ("action", is_read, lambda e: e.update(action="X")),
    ("purpose", is_read, lambda e: e["purposeOfEvent"][0]["coding"][0].update(code="NOTACODE")),
    ("type", is_decision, lambda e: e["type"].update(code="999999")),
    ("subtype", is_read, lambda e: e["subtype"][0].update(code="reed")),
    ("no-agent", is_read, lambda e: e.pop("agent")),
    ("agent-type", is_read, lambda e: e["agent"][0]["type"]["coding"][0].update(code="110159")),
    ("requestor", is_read, lambda e: e["agent"][0].pop("requestor")),
    ("no-source", is_read, lambda e: e.pop("source")),
    ("no-observer", is_read, lambda e: e["source"].pop("observer")),
    ("detail-without-value", is_read, lambda e: e["entity"][1]["detail"][0].pop("valueString")),
    ("empty-detail", is_read, lambda e: e["entity"][1]["detail"][0].update(valueString="")),
    ("entity-role", is_decision, lambda e: e["entity"][0]["role"].update(code="99")),
    ("unknown-element", is_decision, lambda e: e.update(organisation="hospital")),
    ("absent-reason", is_read, lambda e: e["agent"][0]["network"]["extension"][0].update(valueCode="shy")),
]
PROVENANCES = [
    ("no-target", lambda p: p.pop("target")),
    ("no-recorded", lambda p: p.pop("recorded")),
    ("no-agent", lambda p: p.pop("agent")),
    ("no-who", lambda p: p["agent"][0].pop("who")),
    ("activity", lambda p: p["activity"]["coding"][0].update(code="MAKE")),
    ("entity-role", lambda p: p["entity"][0].update(role="origin")),
    ("signature-type", lambda p: p["signature"][0].pop("type")),
    ("signature-when", lambda p: p["signature"][0].update(when="2026-03-02")),
    ("signature-data", lambda p: p["signature"][0].update(data="not base64")),
    ("occurred-twice", lambda p: p.update(occurredDateTime="2026", occurredPeriod={"start": "2026"})),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The demonstration's resources, broken ones beside them, and Consents, all validated by one run."""
    folder = tmp_path_factory.mktemp("fhir")
    medledger = ["cargo", "run", "--quiet", "--locked", "-p", "medledger-node", "--bin", "medledger", "--"]

    def run(*arguments):
        subprocess.run([*medledger, *map(str, arguments)], cwd=hapi.ROOT, check=True, capture_output=True)

    ledger = folder / "ledger"
    run("demo", "--dir", ledger)
    whose = ["--dir", ledger, "--subject", "patient-1", "--fhir"]
    for name in ("good", "broken", "consents", "again"):
        (folder / name).mkdir()
    run("log", *whose, folder / "good" / "log.json")
    run("timeline", *whose, folder / "good" / "timeline.json")
    log, timeline = (read(folder / "good" / name) for name in ("log.json", "timeline.json"))
    for name, of, spoil in EVENTS:
        write(folder / "broken" / f"event-{name}.json", spoilt(first(log, of), spoil))
    for name, spoil in PROVENANCES:
        provenance = first(timeline, lambda p: p["agent"][0]["type"]["coding"][0]["code"] == "author")
        write(folder / "broken" / f"provenance-{name}.json", spoilt(provenance, spoil))
    write(folder / "broken" / "bundle-same-url.json", spoilt(log, repeat_a_url))
    write(folder / "broken" / "not-json.json", None)
    (folder / "broken" / "not-json.json").write_text("{", encoding="utf-8")
    write(folder / "consents" / "practice.json", CONSENT)
    write(folder / "broken" / "consent-status.json", spoilt(CONSENT, lambda c: c.update(status="revoked")))
    return folder


def repeat_a_url(bundle):
    bundle["entry"][1]["fullUrl"] = bundle["entry"][0]["fullUrl"]
    bundle["entry"][1]["resource"]["id"] = bundle["entry"][0]["resource"]["id"]


@pytest.fixture(scope="module")
def random_logs():
    """What the sdk's test `audit` has kept; it runs before these."""
    kept = hapi.ROOT / "target" / "tmp" / "audit"
    if not kept.is_dir():
        command = ["cargo", "test", "--quiet", "--locked", "-p", "medledger-sdk", "--test", "audit"]
        subprocess.run(command, cwd=hapi.ROOT, check=True, capture_output=True)
    return kept


@pytest.fixture(scope="module")
def written():
    """The Consents that the sdk's test `fhir_consents` has written from its table; it runs before these."""
    kept = hapi.ROOT / "target" / "tmp" / "consents"
    if not kept.is_dir():
        consents()
    return kept


def consents(*arguments, **environment):
    command = ["cargo", "test", "--quiet", "--locked", "-p", "medledger-sdk", "--test", "fhir_consents", "--"]
    environment = os.environ | environment
    subprocess.run([*command, *arguments], cwd=hapi.ROOT, env=environment, check=True, capture_output=True)


@pytest.fixture(scope="module")
def reports(folder, random_logs, written):
    folders = [folder / name for name in ("good", "broken", "consents")]
    return hapi.validate(*folders, random_logs, written, to=folder / "again")


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def write(path, resource):
    path.write_text(json.dumps(resource), encoding="utf-8")


def spoilt(resource, spoil):
    broken = copy.deepcopy(resource)
    spoil(broken)
    assert broken != resource
    return broken


def test_what_the_demonstration_writes_is_valid(folder, reports):
    log, timeline = reports[folder / "good" / "log.json"], reports[folder / "good" / "timeline.json"]
    for report in (log, timeline):
        assert report["errors"] == []
        assert [w for w in report["warnings"] if not w["what"].startswith("CodeSystem is unknown")] == []
        assert all(any(known in w["what"] for known in UNKNOWN_SYSTEMS) for w in report["warnings"])
    assert log["resources"] == {"Bundle": 1, "AuditEvent": 17}
    records = len(read(hapi.ROOT / "medledger-sdk" / "samples" / "bundle.json")["entry"])
    assert timeline["resources"] == {"Bundle": 1, "Provenance": records}


def test_random_logs_are_valid(random_logs, reports):
    of = [report for path, report in reports.items() if path.parent == random_logs]
    assert len(of) == 200
    assert [report["errors"] for report in of if report["errors"]] == []
    for kind in ("AuditEvent", "Provenance"):
        assert sum(report["resources"].get(kind, 0) for report in of) > 100


def test_what_is_broken_is_refused(folder, reports):
    broken = {path.name: report["errors"] for path, report in reports.items() if path.parent == folder / "broken"}
    assert len(broken) == len(EVENTS) + len(PROVENANCES) + 3
    assert [name for name, errors in broken.items() if not errors] == []


def test_what_another_library_read_and_wrote_again_says_the_same(folder, reports):
    for name in ("good/log.json", "good/timeline.json", "consents/practice.json"):
        path = folder / name
        assert reports[path]["errors"] == []
        assert without_ids(read(folder / "again" / path.name)) == without_ids(read(path))


def test_consents_that_another_library_read_and_wrote_again_mean_the_same(folder, written, reports):
    of = {path.name: report["errors"] for path, report in reports.items() if path.parent == written}
    assert len(of) > 90
    assert {name: errors for name, errors in of.items() if errors} == {}
    consents("--ignored", "what_another_library_wrote_again", MEDLEDGER_WRITTEN_AGAIN=str(folder / "again"))


def without_ids(resource):
    """HAPI leaves out the id that the fullUrl of a Bundle's entry says already."""
    for entry in resource.get("entry", []):
        assert entry["fullUrl"] == "urn:uuid:" + entry["resource"].pop("id", entry["fullUrl"][9:])
    return resource
