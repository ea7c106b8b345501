"""Handles: closing, threads, memory, and calls out of a signer or a progress function."""

from __future__ import annotations

import gc
import pickle
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import medledger
import pytest
from conftest import code_of
from medledger import Draft, InvalidArgument, Key, Ledger, SignerError
from test_values import terms


def test_what_is_closed_is_used_up() -> None:
    key = Key.draw()
    with key as same:
        assert same is key and len(key.id()) == 64
    for call in (key.id, key.seed, key.public_key, lambda: key.sign(b""), key.__enter__().id):
        assert code_of(call) == "API-005"
    key.close()


def test_a_closed_handle_is_refused_as_an_argument(story: dict[str, Any]) -> None:
    draft: Draft = story["revoke_consent"](story["sender"](story["patient"]), story["consent"])
    key = story["patient"].device()
    key.close()
    assert code_of(lambda: draft.sign(key)) == "API-005"


def test_handles_are_no_values() -> None:
    key = Key.draw()
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(TypeError):
        type("Mine", (Key,), {})
    assert key.seed().hex() not in repr(key)
    assert key != Key.from_seed(key.seed())


class Counting:
    """A signer of one's own."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.asked = 0

    def public_key(self) -> bytes:
        return self.key.public_key()

    def sign(self, message: bytes, /) -> bytes:
        self.asked += 1
        return self.key.sign(message)


def draft_of(story: dict[str, Any]) -> Draft:
    draft = story["revoke_consent"](story["sender"](story["patient"]), story["consent"])
    assert isinstance(draft, Draft)
    return draft


def test_a_signer_of_ones_own_signs(story: dict[str, Any]) -> None:
    signer = Counting(story["patient"].device())
    assert draft_of(story).sign_with(signer) == draft_of(story).sign(signer.key) and signer.asked == 1


def test_what_a_signer_does_wrong_is_told(story: dict[str, Any]) -> None:
    draft, device = draft_of(story), story["patient"].device()

    class Wrong(Counting):
        def __init__(self, given: Any) -> None:
            super().__init__(device)
            self.given = given

        def sign(self, message: bytes, /) -> bytes:
            if isinstance(self.given, BaseException):
                raise self.given
            return self.given  # type: ignore[no-any-return]

    said_no, broken = medledger.SignerCancelled("not now"), OSError("the card is gone")
    for given, code, cause in [
        (said_no, "WAL-050", said_no),
        (broken, "WAL-051", broken),
        (b"short", "WAL-051", None),
        (bytes(64), "WAL-053", None),
        (Key.draw().sign(b"other"), "WAL-053", None),
    ]:
        with pytest.raises(SignerError) as caught:
            draft.sign_with(Wrong(given))
        assert (caught.value.code, caught.value.__cause__) == (code, cause), given
    with pytest.raises(SignerError) as caught:
        draft.sign_with(Wrong("text"))
    assert caught.value.code == "WAL-051" and isinstance(caught.value.__cause__, InvalidArgument)
    with pytest.raises(SignerError) as caught:
        draft.sign_with(Counting(Key.draw()))
    assert caught.value.code == "WAL-052"
    with pytest.raises(KeyboardInterrupt):
        draft.sign_with(Wrong(KeyboardInterrupt()))
    with pytest.raises(SystemExit):
        draft.sign_with(Wrong(SystemExit()))
    none: Any = object()
    assert code_of(lambda: draft.sign_with(none)) == "API-001"
    assert draft.sign_with(device).id == draft.sign(device).id


def test_a_signer_does_not_touch_what_called_it(story: dict[str, Any]) -> None:
    """It may read what is read; what would wait for its own caller is refused at once."""
    draft, key = draft_of(story), Key.draw()
    codes: list[str] = []

    class Meddling(Counting):
        def sign(self, message: bytes, /) -> bytes:
            for call in (lambda: draft.approve(key), draft.close):
                codes.append(code_of(call))
            return super().sign(message)

    draft.approve_with(Meddling(key))
    assert codes == ["API-006", "API-006"] and draft.approved_by() == (key.id(),)


def test_progress_is_told_stops_and_raises(story: dict[str, Any]) -> None:
    saved, now = story["ledger"].to_bytes(), story["now"]
    steps: list[tuple[int, int]] = []
    Ledger.open(saved, now, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 2), (2, 2)]
    assert code_of(lambda: Ledger.open(saved, now, progress=lambda *_: False)) == "API-009"
    # Nothing but False stops.
    for going in (None, 0, "", True):
        assert Ledger.open(saved, now, progress=lambda *_: going).status().height == 2

    def raising(done: int, total: int) -> None:
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        Ledger.open(saved, now, progress=raising)
    with pytest.raises(TypeError):
        Ledger.open(saved, now, progress=lambda: True)  # type: ignore[misc, arg-type]
    no: Any = 5
    assert code_of(lambda: Ledger.open(saved, now, progress=no)) == "API-001"


def test_eight_threads_at_once(story: dict[str, Any]) -> None:
    ledger, consent, now = story["ledger"], story["consent"], story["now"]
    key, start = Key.draw(), threading.Barrier(8)
    saved, chain = ledger.to_bytes(), ledger.status().chain

    def work(number: int) -> list[object]:
        start.wait()
        found: list[object] = []
        for round in range(20):
            message = bytes([round])
            medledger.verify_signature(key.public_key(), message, key.sign(message))
            found.append(ledger.consent(consent, now).status)
            found.append(medledger.terms_from_bytes(medledger.terms_to_bytes(terms())) == terms())
        found.append(Ledger.open(saved, now).status().chain == chain)
        own = Key.draw()
        draft = draft_of(story)
        draft.approve(own)
        found.append(draft.approved_by() == (own.id(),))
        return found

    with ThreadPoolExecutor(8) as pool:
        every = list(pool.map(work, range(8)))
    assert len(every) == 8 and all(found == every[0] for found in every)
    assert all(every[0][1::2])


def test_one_handle_is_changed_by_eight_threads() -> None:
    log, start = medledger.MerkleLog(), threading.Barrier(8)

    def work(number: int) -> None:
        start.wait()
        for _ in range(200):
            log.append(bytes([number]) * 32)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert log.size() == 1600


def resident() -> int:
    """Pages in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_hundred_thousand_objects_leave_nothing_behind(story: dict[str, Any]) -> None:
    seed, saved, request = bytes(32), medledger.terms_to_bytes(terms()), terms()

    def make(count: int) -> None:
        for number in range(count):
            key = Key.from_seed(seed)
            if number % 2:
                key.close()
            medledger.terms_from_bytes(saved)
            medledger.terms_to_bytes(request)
            try:
                medledger.key_id(b"short")
            except InvalidArgument:
                pass

    make(5_000)
    gc.collect()
    before = resident()
    make(100_000)
    gc.collect()
    # A megabyte and a half: leaking 16 bytes each time would be more.
    assert resident() - before < 384
