"""The files, the manifest, counting, the report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from medledger import MedledgerError

from . import consents, ground, ledgers, records, wallets
from .read import Given

ROOT = Path(__file__).resolve().parents[3]
VECTORS = ROOT / "spec" / "vectors" / "v1"
# What `cargo xtask vectors` reads; the format is explained there.
REPORT = ROOT / "target" / "vectors" / "python.json"

OPERATIONS: dict[str, Callable[[Given], Given]] = {
    "wire": ground.wire,
    "wire-full": ground.wire,
    "hash": ground.hash,
    "key": ground.key,
    "log": ground.log,
    "inclusion": ground.inclusion,
    "consistency": ground.consistency,
    "state": ground.state,
    "state-keys": ground.state_keys,
    "signature": ground.signature,
    "signatures": ground.signatures,
    "counter": ground.counter,
    "transaction": ground.transaction,
    "terms": consents.terms,
    "decide": consents.decide,
    "decide-all": consents.decide_all,
    "genesis": ledgers.genesis,
    "ledger": ledgers.ledger,
    "header": ledgers.header,
    "receipt": ledgers.receipt,
    "subject-log": ledgers.subject_log,
    "proven-state": ledgers.proven_state,
    "proof-file": ledgers.proof_file,
    "fhir": records.fhir,
    "fhir-date": records.date,
    "fhir-bundle": records.bundle,
    "fhir-consent": records.consent,
    "fhir-terms": records.consent_terms,
    "commitments": records.commit,
    "sealed": records.sealed,
    "wrap": records.wrap,
    "sheet": wallets.sheet,
    "keystore": wallets.keystore,
}
"""What checks a vector of each kind."""


@dataclass
class Report:
    """What came of all vectors."""

    manifest: int = 0
    executed: int = 0
    failures: list[str] = field(default_factory=list)
    kinds: dict[str, dict[str, int]] = field(default_factory=dict)
    seconds: float = 0.0

    def write(self, vectors: list[str], story: list[str]) -> None:
        """Writes it, with the operations that were executed, where `cargo xtask vectors` looks."""
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        shown = {
            "runner": "python",
            "executed": self.executed,
            "manifest": self.manifest,
            "failed": len(self.failures),
            "seconds": round(self.seconds, 3),
            "kinds": self.kinds,
            "operations": {"vectors": vectors, "story": story},
            "failures": self.failures[:20],
        }
        REPORT.write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")


def strict(value: Any) -> str:
    """A text that two answers share only if they are equal, types included: for Python 1 is True."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def fault(vector: Given, operation: Callable[[Given], Given], given: Given) -> str | None:
    """What is wrong with the answer to a vector; None where nothing is."""
    try:
        answer = operation(given)
    except MedledgerError as error:
        rule = vector.get("rule")
        return None if error.code == rule else f"refused by {error}, and not by {rule}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if "out" not in vector:
        return f"{vector['rule']} does not refuse it: {strict(answer)[:200]}"
    if strict(answer) == strict(vector["out"]):
        return None
    differs = [name for name in {**answer, **vector["out"]} if strict(answer.get(name)) != strict(vector["out"].get(name))]
    return f"another answer: {', '.join(differs) or 'other fields'}"


def sums(manifest: Given) -> list[str]:
    """Files that are missing, surplus, or other than the manifest says."""
    found = []
    for path, of in manifest["files"].items():
        file = VECTORS / path
        if not file.is_file():
            found.append(f"{path} is missing")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != of["sha256"]:
            found.append(f"{path} has another sum")
    known = {"manifest.json", "README.md", *manifest["files"]}
    there = (file.relative_to(VECTORS).as_posix() for file in VECTORS.rglob("*") if file.is_file())
    return found + [f"{path} is not listed" for path in sorted(there) if path not in known]


def run() -> Report:
    """Checks every vector."""
    manifest = json.loads((VECTORS / "manifest.json").read_text(encoding="utf-8"))
    report = Report(manifest=manifest["artifacts"]["full"], failures=sums(manifest))
    report.kinds = {kind: {"executed": 0, "failed": 0} for kind in manifest["kinds"]}
    start = perf_counter()
    for file in sorted(VECTORS.glob("*valid/**/*.json")):
        of_file(file, report)
    report.seconds = perf_counter() - start
    for kind, of in manifest["kinds"].items():
        executed, wanted = report.kinds[kind]["executed"], of["valid"] + of["invalid"]
        if executed != wanted:
            report.failures.append(f"{kind}: {executed} executed of {wanted}")
    return report


def of_file(path: Path, report: Report) -> None:
    """Checks the vectors of one file."""
    file = json.loads(path.read_text(encoding="utf-8"))
    operation, counts = OPERATIONS[file["kind"]], report.kinds[file["kind"]]
    for vector in file["vectors"]:
        report.executed += 1
        counts["executed"] += 1
        # What is given to all vectors of the file, and what to this one.
        wrong = fault(vector, operation, {**file.get("in", {}), **vector["in"]})
        if wrong is not None:
            counts["failed"] += 1
            report.failures.append(f"{path.relative_to(VECTORS).as_posix()}: {vector['name']}: {wrong}")
