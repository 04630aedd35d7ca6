"""Measures hookproof beside its peers, in one run; ratios count, times depend on the machine.

make bench
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import jsonschema_rs
import orjson

from hookproof.contract import Contract
from hookproof.delivery.request import write_json
from hookproof.payload.decode import decode
from hookproof.validation.keywords import ContractValidator
from hookproof.validation.validator import CompiledCallback

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.contract import Callback

ROUNDS = 7


def main() -> None:
    """Print one table for each question."""
    callbacks = [contract.callback(name) for contract in [Contract()] for name in contract.names()]
    table("a valid payload from raw bytes, all callbacks", payload_peers(callbacks))
    table("a whole process", process_peers())


def table(title: str, peers: dict[str, Callable[[], Any]]) -> None:
    """Time all peers in turn, round by round, and print medians and ratios to the first."""
    times: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(ROUNDS):
        for name, work in peers.items():
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(rounds) for name, rounds in times.items()}
    floor = next(iter(medians.values()))
    print(f"\n{title}\n{'':<44} {'median ms':>10} {'x first':>8}")
    for name, median in medians.items():
        print(f"{name:<44} {median * 1000:>10.2f} {median / floor:>8.1f}")


def payload_peers(callbacks: list[Callback]) -> dict[str, Callable[[], Any]]:
    """The ways to judge the samples of all callbacks, 200 times each."""
    raws = [(c, write_json(c.examples[0].payload).encode()) for c in callbacks]
    ours = [(CompiledCallback(c), raw) for c, raw in raws]
    rs = [(jsonschema_rs.Draft202012Validator(c.schema), raw) for c, raw in raws]
    plain = [(jsonschema.Draft202012Validator(c.schema), raw) for c, raw in raws]
    exact = [(ContractValidator(c.schema), raw) for c, raw in raws]
    for compiled, raw in ours:
        assert compiled.accepts(decode(raw).value)

    def floor() -> None:
        for _ in range(200):
            for _, raw in raws:
                value = orjson.loads(raw)
                if value.get("extra_params"):
                    orjson.loads(value["extra_params"])

    def each(judges: list[tuple[Any, bytes]], load: Callable[[bytes], Any], times: int) -> None:
        for _ in range(times):
            for judge, raw in judges:
                judge.is_valid(load(raw))

    def hookproof() -> None:
        for _ in range(200):
            for compiled, raw in ours:
                compiled.accepts(decode(raw).value)

    return {
        "orjson decoding both texts (the floor)": floor,
        "hookproof, nested JSON and bytes included": hookproof,
        "jsonschema-rs, nested JSON ignored": lambda: each(rs, orjson.loads, 200),
        "jsonschema, nested JSON ignored": lambda: each(plain, json.loads, 200),
        "jsonschema with our keywords": lambda: each(exact, json.loads, 200),
    }


def process_peers() -> dict[str, Callable[[], Any]]:
    """The start of the command beside a bare interpreter."""
    folder = Path(tempfile.mkdtemp())
    payload = Contract().callback("compose").examples[0].payload
    (folder / "one.json").write_text(json.dumps(payload), encoding="utf-8")

    def process(*words: str) -> Callable[[], Any]:
        command = [sys.executable, *words]
        return lambda: subprocess.run(command, check=True, capture_output=True)

    return {
        "python -c pass": process("-c", "pass"),
        "hookproof --help": process("-m", "hookproof", "--help"),
        "hookproof validate one.json": process(
            "-m", "hookproof", "validate", str(folder / "one.json")
        ),
    }


if __name__ == "__main__":
    main()
