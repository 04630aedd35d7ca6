"""Measures hookproof beside its peers, in one run; ratios count, times depend on the machine.

make bench, or: python benchmarks/run.py [--lines 1000000]
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import jsonschema_rs
import orjson
import referencing
from corpus import Corpus

from hookproof.contract import Contract
from hookproof.contract.yaml_documents import read_yaml
from hookproof.http.request import write_json
from hookproof.payload.decode import decode
from hookproof.schema.nested_json import texts_of
from hookproof.schema.reference import ReferenceValidator
from hookproof.validation.compiled_callback import CompiledCallback
from hookproof.validation.fast_path import Express
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hookproof.contract import Callback

    Work = Callable[[], Any]

ROUNDS = 5
# Callbacks judged in a round of a peer.
JUDGED = 2_000
# What the bars were set by: five pages, each callback as its page's own sample has it, for a
# vendor's server writes a callback in one way. All samples of all callbacks stand below.
FIVE = Corpus(
    ("tencent_gme", "zego_rtc"),
    (
        "zego_rtc/record",
        "zego_rtc/compose",
        "zego_rtc/procedure",
        "zego_rtc/transcode_stop",
        "tencent_gme/recording",
    ),
    samples=1,
)

# Runs in a process of its own, whose peak of memory is then that of the run.
_VALIDATE = """
import resource, sys
from hookproof.validation_run import Task, RunOptions, validate
task = Task(areas=tuple(sys.argv[3:]))
tally = validate([sys.argv[1]], task, options=RunOptions(jobs=int(sys.argv[2])))
print(tally.captures, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
# Nested JSON is decoded too where the second argument names its fields.
_DECODE = """
import sys, orjson
nested = sys.argv[2].split()
with open(sys.argv[1], "rb") as file:
    for line in file:
        try:
            value = orjson.loads(line)
            for name in nested:
                if name in value and value[name]:
                    orjson.loads(value[name])
        except (orjson.JSONDecodeError, TypeError):
            pass
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """What a row is held to: `what` against the row `beside`, at most or at least `limit`."""

    row: str
    beside: str
    limit: float
    at_least: bool = False

    def verdict(self, medians: dict[str, float]) -> str:
        """How the row stands; at least: how many times longer the other one takes."""
        if self.row not in medians or self.beside not in medians:
            return ""
        ratio = medians[self.row] / medians[self.beside]
        value = 1 / ratio if self.at_least else ratio
        kept = value >= self.limit if self.at_least else value <= self.limit
        how = "faster, bar at least" if self.at_least else "of the time, bar at most"
        return (
            f"  {self.row}: {value:.2f}x {how} {self.limit}x of {self.beside}: "
            f"{'ok' if kept else 'over'}"
        )


def main() -> None:
    """Print one table for each question."""
    options = argparse.ArgumentParser()
    options.add_argument("--lines", type=int, default=1_000_000)
    wish = options.parse_args()
    contract = Contract()
    five, all_ = [
        [contract.callback(name) for name in names] for names in (FIVE.names, contract.names())
    ]
    with tempfile.TemporaryDirectory() as folder:
        contract_table(contract)
        # Before gigabytes of lines are written, for the system writes on long after that.
        process_table(Path(folder), five[0])
        payload_table("the five callbacks", five)
        payload_table("all callbacks in turn, more than the processor's caches hold", all_)
        lines_table(Path(folder), wish.lines, "the five callbacks", FIVE)
        lines_table(Path(folder), wish.lines, "all callbacks", Corpus())


def table(
    title: str,
    peers: dict[str, Work | None],
    bars: Iterable[Bar],
    *,
    clock: Callable[[], float] = time.perf_counter,
    rounds: int = ROUNDS,
) -> None:
    """Time all peers in turn, round by round; print medians, ratios to the first, and bars."""
    there = {name: work for name, work in peers.items() if work}
    times: dict[str, list[float]] = {name: [] for name in there}
    for _ in range(rounds):
        for name, work in there.items():
            start = clock()
            work()
            times[name].append(clock() - start)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    floor = next(iter(medians.values()))
    print(f"\n{title}\n{'':<44} {'median ms':>10} {'x first':>8}")
    for name in peers:
        if name in medians:
            print(f"{name:<44} {medians[name] * 1000:>10.2f} {medians[name] / floor:>8.2f}")
        else:
            print(f"{name:<44} {'not installed':>19}")
    for bar in bars:
        print(bar.verdict(medians))


def contract_table(contract: Contract) -> None:
    """From nothing to knowing which callback a payload is, over all areas and one of them."""
    area = max(contract.areas, key=lambda name: len(contract.files.events(name)))
    document = contract.files.document(area)
    payload = contract.callback(contract.names([area])[0]).examples[0].payload

    def ready(*areas: str) -> None:
        Validator(Contract(), areas=areas).identify(payload)

    table(
        "a contract made ready to tell callbacks apart, and one callback read",
        {
            "one area": lambda: ready(area),
            "all areas": ready,
            "one area's document as YAML": lambda: read_yaml(document),
        },
        [Bar("all areas", "one area's document as YAML", 2.0)],
    )


def payload_table(which: str, callbacks: list[Callback]) -> None:
    """The ways to judge the samples of some callbacks."""
    raws = [write_json(c.examples[0].payload).encode() for c in callbacks]
    floor, express = "orjson decoding both texts", "hookproof, the loop of lines"
    plain, fast, typed = "jsonschema as written", "fastjsonschema", "pydantic models"
    peers: dict[str, Work | None] = {
        floor: floor_of(callbacks, raws),
        express: express_of(callbacks, raws),
        "hookproof, the exact decoder and judge": exact_of(callbacks, raws),
        "jsonschema-rs plain, nested JSON ignored": with_schemas(
            callbacks, raws, lambda schema: jsonschema_rs.Draft202012Validator(schema).is_valid
        ),
        plain: as_written(callbacks, raws),
        "jsonschema, inlined, with our keywords": with_schemas(
            callbacks, raws, lambda schema: ReferenceValidator(schema).is_valid
        ),
        fast: fastjsonschema_of(callbacks, raws),
        typed: models_of(callbacks, raws),
    }
    bars = [
        Bar(express, floor, 3),
        Bar(express, plain, 50, at_least=True),
        Bar(express, fast, 1, at_least=True),
        Bar(express, typed, 1, at_least=True),
    ]
    table(f"a valid payload from raw bytes, {which}", peers, bars)


def nested_fields(callback: Callback) -> list[str]:
    """The fields that hold JSON text."""
    return [place[0] for place in sorted(texts_of(callback.schema)) if len(place) == 1]


def floor_of(callbacks: list[Callback], raws: list[bytes]) -> Work:
    """Decode all bodies and the JSON inside them."""
    bodies = [(raw, nested_fields(c)) for c, raw in zip(callbacks, raws, strict=True)]

    def work() -> None:
        for _ in range(JUDGED // len(bodies)):
            for raw, names in bodies:
                value = orjson.loads(raw)
                for name in names:
                    if isinstance(value.get(name), str) and value[name][:1] in "{[":
                        orjson.loads(value[name])

    return work


def express_of(callbacks: list[Callback], raws: list[bytes]) -> Work:
    """Decode and look, as the loop does for each line."""
    lanes = []
    for callback, raw in zip(callbacks, raws, strict=True):
        lane = Express(callback)
        # The first one of its like is judged exactly.
        assert lane.key(raw) is not None
        assert lane.look(raw, orjson.loads(raw)) is not None
        lanes.append((lane.look, raw))

    def work() -> None:
        loads = orjson.loads
        for _ in range(JUDGED // len(lanes)):
            for look, raw in lanes:
                look(raw, loads(raw))

    return work


def exact_of(callbacks: list[Callback], raws: list[bytes]) -> Work:
    """Decode with places and problems, then judge."""
    judges = [(CompiledCallback(c).accepts, raw) for c, raw in zip(callbacks, raws, strict=True)]
    return repeated(judges, lambda raw: decode(raw).value)


def with_schemas(callbacks: list[Callback], raws: list[bytes], compile_: Any) -> Work:
    """Decode with orjson and judge with what `compile_` makes of each schema."""
    judges = [(compile_(c.schema), raw) for c, raw in zip(callbacks, raws, strict=True)]
    return repeated(judges, orjson.loads)


def as_written(callbacks: list[Callback], raws: list[bytes]) -> Work:
    """The files judged by jsonschema as they are, with their references; nested JSON ignored."""
    folder = Path(__file__).parents[1] / "schemas"
    base = "file:///schemas/"
    files = {
        base + path.relative_to(folder).as_posix(): json.loads(path.read_bytes())
        for path in sorted(folder.rglob("*.json"))
    }
    registry: Any = referencing.Registry().with_contents(files.items())

    def judge(callback: Callback) -> Any:
        reference = {"$ref": f"{base}{callback.path}.json"}
        return jsonschema.Draft202012Validator(reference, registry=registry).is_valid

    judges = [(judge(callback), raw) for callback, raw in zip(callbacks, raws, strict=True)]
    return repeated(judges, json.loads)


def fastjsonschema_of(callbacks: list[Callback], raws: list[bytes]) -> Work | None:
    """fastjsonschema, which knows drafts up to 7; None where it is not installed."""
    try:
        peer = importlib.import_module("fastjsonschema")
    except ImportError:
        return None
    compile_ = peer.compile
    draft = "http://json-schema.org/draft-07/schema#"
    return with_schemas(callbacks, raws, lambda s: compile_({**s, "$schema": draft}))


def models_of(callbacks: list[Callback], raws: list[bytes]) -> Work | None:
    """The generated pydantic models, nested JSON included; None where they are not there."""
    judges = []
    for callback, raw in zip(callbacks, raws, strict=True):
        area, _, name = callback.path.partition("/")
        try:
            module = importlib.import_module(f"hookproof_models.{area}.{name}")
        except ImportError:
            return None
        model = getattr(module, callback.title)
        judges.append((model.model_validate_json, raw))
    return repeated(judges, lambda raw: raw)


def repeated(judges: list[tuple[Any, bytes]], load: Callable[[bytes], Any]) -> Work:
    """Judge each body so many times, decoding it each time."""

    def work() -> None:
        for _ in range(JUDGED // len(judges)):
            for judge, raw in judges:
                judge(load(raw))

    return work


def lines_table(folder: Path, count: int, which: str, corpus: Corpus) -> None:
    """A file of lines: by the share that fails, by processes, and its peak of memory."""
    files = {share: folder / f"failing{share}.ndjson" for share in (0, 1, 10)}
    for share, path in files.items():
        corpus.write_lines(path, count, failing=share / 100)
    floor, one = "reading and orjson-decoding both texts", "1 % failing"
    peaks: dict[str, int] = {}
    contract = Contract()
    callbacks = map(contract.callback, corpus.names or contract.names(corpus.areas))
    names = " ".join(sorted({name for callback in callbacks for name in nested_fields(callback)}))
    peers: dict[str, Work | None] = {
        floor: python(_DECODE, str(files[1]), names),
        "reading and decoding, nested JSON as text": python(_DECODE, str(files[1]), ""),
    }
    judged = [(f"{share} % failing", path, 1) for share, path in files.items()]
    for name, path, jobs in [*judged, (f"{one}, jobs 2", files[1], 2)]:
        peers[name] = validation(path, jobs, corpus.areas, peaks, name)
    bars = [
        Bar(one, floor, 3.5),
        Bar("10 % failing", "0 % failing", 2),
        Bar("1 % failing, jobs 2", one, 1.6, at_least=True),
    ]
    table(
        f"{count:,} lines of {which}, findings grouped, starts of processes included", peers, bars
    )
    peak = peaks[one] / 1024
    print(f"  peak of memory: {peak:.0f} MiB, bar 150 MiB: {'ok' if peak < 150 else 'over'}")


def validation(
    path: Path, jobs: int, areas: tuple[str, ...], peaks: dict[str, int], name: str
) -> Work:
    """Validate a file in a process of its own, and keep its peak of memory in KiB."""
    run = python(_VALIDATE, str(path), str(jobs), *areas)

    def work() -> None:
        peaks[name] = max(peaks.get(name, 0), int(run().split()[1]))

    return work


def python(code: str, *args: str) -> Callable[[], str]:
    """Run code in a new interpreter; what it prints."""
    return process("-c", code, *args)


def process(*words: str) -> Callable[[], str]:
    """Run a new interpreter, which keeps its bytecode as an installed one has it."""
    around = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, *words]

    def work() -> str:
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=around)
        return done.stdout

    return work


def process_table(folder: Path, callback: Callback) -> None:
    """The start of the command beside a bare interpreter."""
    path = folder / "one.json"
    path.write_text(json.dumps(callback.examples[0].payload), encoding="utf-8")
    bare, help_, one = "python -c pass", "hookproof --help", "hookproof validate one.json"
    several: dict[str, Work | None] = {
        bare: ten(process("-c", "pass")),
        help_: ten(process("-m", "hookproof", "--help")),
        one: ten(process("-m", "hookproof", "validate", str(path))),
    }
    schema = folder / "schema.json"
    schema.write_text(json.dumps(callback.schema), encoding="utf-8")
    several["check-jsonschema one.json"] = (
        ten(process("-m", "check_jsonschema", "--schemafile", str(schema), str(path)))
        if importlib.util.find_spec("check_jsonschema")
        else None
    )
    table("a whole process, ten times", several, [Bar(help_, bare, 6), Bar(one, bare, 12)])


def ten(work: Work) -> Work:
    """The same, ten times."""

    def many() -> None:
        for _ in range(10):
            work()

    return many


if __name__ == "__main__":
    main()
