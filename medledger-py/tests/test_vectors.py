"""The whole of spec/vectors through the public interface; and the runner itself: what it notices, and what it notes."""

from __future__ import annotations

import json
from typing import Any

import medledger
import pytest
from conftest import code_of
from medledger import Key, MerkleLog
from vectors import run
from vectors.record import recording


def test_all_vectors() -> None:
    report = run.run()
    assert not report.failures, "\n".join(report.failures[:50])
    assert report.executed == report.manifest > 5000
    manifest = json.loads((run.VECTORS / "manifest.json").read_text(encoding="utf-8"))
    assert set(run.OPERATIONS) == set(manifest["kinds"])


def test_an_answer_is_equal_in_every_field_and_type() -> None:
    def fault(vector: dict[str, Any], answer: dict[str, Any]) -> str | None:
        return run.fault(vector, lambda _: answer, {})

    assert fault({"out": {"a": 1, "b": None}}, {"b": None, "a": 1}) is None
    for other in ({"a": 2}, {"a": 1, "b": 2}, {}, {"a": True}, {"a": "1"}):
        assert fault({"out": {"a": 1}}, other) is not None, other
    assert fault({"rule": "COD-001"}, {}) is not None


def test_a_refusal_is_by_its_rule() -> None:
    def short(_: dict[str, Any]) -> dict[str, Any]:
        return {"id": medledger.key_id(b"short")}

    def broken(_: dict[str, Any]) -> dict[str, Any]:
        raise LookupError("API-003")

    assert run.fault({"rule": "API-003"}, short, {}) is None
    for vector in ({"rule": "API-002"}, {"out": {"id": ""}}):
        assert run.fault(vector, short, {}) is not None
    assert run.fault({"rule": "API-003"}, broken, {}) is not None


def test_what_is_missing_is_noticed(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = json.loads((run.VECTORS / "manifest.json").read_text(encoding="utf-8"))
    for path in ("valid/counter.json", "valid/hash.json"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes((run.VECTORS / path).read_bytes())
    files = {path: of for path, of in manifest["files"].items() if path in ("valid/counter.json", "valid/key.json")}
    counts = manifest["kinds"]["counter"]
    few = {"artifacts": {"full": 1}, "files": files, "kinds": {"hash": {"valid": 0, "invalid": 0}, "counter": counts}}
    (tmp_path / "manifest.json").write_text(json.dumps(few), encoding="utf-8")
    monkeypatch.setattr(run, "VECTORS", tmp_path)
    wrong = run.run().failures
    assert any("valid/key.json is missing" in line for line in wrong)
    assert any("valid/hash.json is not listed" in line for line in wrong)
    assert any(line.startswith("counter: ") for line in wrong)


def test_what_returns_is_noted_and_what_only_refuses_is_not() -> None:
    before = medledger.key_id
    with recording() as record:
        record.doing = "this"
        code_of(lambda: medledger.key_id(b"short"))
        key = Key.from_seed(bytes(32))
        key.id()
        log = MerkleLog()
        assert isinstance(key, Key) and log.size() == 0
        record.doing = "that"
        medledger.key_id(key.public_key())
    assert record.of("this") == ["Key.from_seed", "Key.id", "MerkleLog.new", "MerkleLog.size"]
    assert record.of("that") == ["Key.public_key", "key_id"]
    assert medledger.key_id is before and not hasattr(Key.id, "__wrapped__")
    MerkleLog()
    assert len(record.of("this")) == 4
