"""What a call costs from Python: nanoseconds, as one object. Usage: crossing.py FOLDER, the vectors."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter_ns
from typing import Any

from medledger import Key, LightClient, SignatureClaim, decide, terms_from_bytes, verify_signatures

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
from vectors.consents import request  # noqa: E402
from vectors.read import raw, time  # noqa: E402

WARM_UP = 1_000_000_000
ROUNDS = 15
ROUND = 100_000_000


def calls(call: Callable[[], object], span: int) -> tuple[float, int]:
    """Nanoseconds a call, and how many there were."""
    count, start = 0, perf_counter_ns()
    while True:
        call()
        count += 1
        spent = perf_counter_ns() - start
        if spent >= span:
            return spent / count, count


def cost(call: Callable[[], object]) -> tuple[float, int]:
    """The median of some rounds, after warming up; and the calls in all of them."""
    calls(call, WARM_UP)
    rounds = [calls(call, ROUND) for _ in range(ROUNDS)]
    return median(nanoseconds for nanoseconds, _ in rounds), sum(count for _, count in rounds)


def vector(folder: Path, kind: str) -> dict[str, Any]:
    """What the first valid vector of a kind gives."""
    file = json.loads((folder / "valid" / f"{kind}.json").read_text(encoding="utf-8"))
    return {**file.get("in", {}), **file["vectors"][0]["in"]}


def main() -> None:
    """Measures."""
    folder = Path(sys.argv[1])
    given = vector(folder, "decide")
    terms, asked, at = terms_from_bytes(raw(given["terms"])), request(given["request"]), time(given["at"])
    given = vector(folder, "receipt")
    client, receipt = LightClient(raw(given["genesis"]), time(given["now"])), raw(given["receipt"])
    key = Key.draw()
    messages = [bytes((byte + number) & 255 for byte in range(300)) for number in range(1_000)]
    claims = [SignatureClaim(key.public_key(), message, key.sign(message)) for message in messages]
    costs = {
        "decide": cost(lambda: decide(terms, asked, at)),
        "receipt": cost(lambda: client.read_receipt(receipt)),
        "signatures": cost(lambda: verify_signatures(claims)),
    }
    assert verify_signatures(claims) == ()
    told: dict[str, Any] = {name: nanoseconds for name, (nanoseconds, _) in costs.items()}
    print(json.dumps({**told, "calls": {name: count for name, (_, count) in costs.items()}}))


if __name__ == "__main__":
    main()
