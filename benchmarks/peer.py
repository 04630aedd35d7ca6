"""The receiver test beside `schemathesis run`: what each finds, whom it blames, how long it takes.

    python benchmarks/peer.py [--cases 300] [--only NAME ...] [--quick] [--limit 60]

The peer gets a document derived from the contract's webhooks (a path for each, nested JSON opened,
the signature left to a hook), statuses that suit a webhook, and about as many cases. A fault counts
as found by it where it fails something that it does not fail on the plain correct receiver. A
receiver that answers late or never keeps it for hours, so it is interrupted after a while: what it
tells then counts as well, and the table says that it did not end.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from cast import CAST, Faulty

from hookproof.conformance.policy import Policy
from hookproof.conformance.running.run import Plan, Surroundings, run_test
from hookproof.contract import Callback, Contract
from hookproof.findings import Severity
from hookproof.http.target import resolve_target
from hookproof.testing import CORRECT, Receiver, serve

if TYPE_CHECKING:
    from collections.abc import Sequence

# Seconds that an interrupted peer has for its report.
PARTING = 10.0
SECRET = b"9193cc662a4c0ec135ec71fb57194b38"
CALLBACKS = (
    "tencent_gme/recording",
    "zego_rtc/compose",
    "zego_rtc/procedure",
    "zego_rtc/record",
    "zego_rtc/transcode_stop",
)
# Faults that only a stricter policy makes one.
STRICT = {"AcknowledgesBrokenPayloads", "RedirectsBrokenPayloads"}
CONTRACT = Contract()
SETTINGS = """
warnings = false
[cache]
enabled = false
[generation]
database = "none"
allow-x00 = false
[phases.coverage]
unexpected-methods = []
[phases.stateful]
enabled = false
[checks.positive_data_acceptance]
expected-statuses = ["2xx"]
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "413", "415", "422"]
[checks.unsupported_method]
enabled = false
"""


@dataclass(slots=True)
class Outcome:
    """What a run told, by callback and name; how many requests it took, and seconds.

    `cpu` are the seconds that its process was working, the receiver's aside. `ended` is whether
    it came to its end by itself.
    """

    told: set[tuple[str, str]] = field(default_factory=set)
    requests: int = 0
    seconds: float = 0.0
    error: str = ""
    cpu: float = 0.0
    ended: bool = True


def main() -> None:
    """Print a table for each question."""
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=int, default=300, help="for each callback")
    options.add_argument("--only", nargs="*", default=list(CAST), help="members of the cast")
    options.add_argument("--quick", action="store_true", help="the times alone, in a minute")
    options.add_argument(
        "--rounds", type=int, default=3, help="of the times; the quickest of each is told"
    )
    options.add_argument("--limit", type=float, default=60.0, help="seconds of one peer's run")
    wish = options.parse_args()
    time_table(wish.cases, wish.rounds)
    if not wish.quick:
        cast_table(wish.cases, wish.only, wish.limit)
        correct_table(wish.cases, wish.limit)


def time_table(cases: int, rounds: int) -> None:
    """Five callbacks of a correct receiver, whole processes, the default settings of ours."""
    runs: list[tuple[Outcome, Outcome, Outcome]] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            around = {"HOOKPROOF_SECRET": SECRET.decode(), "XDG_CACHE_HOME": folder}
            first = command(around)
            # It is over so soon that a moment's disturbance shows, so it is tried more often.
            second = quickest([command(around) for _ in range(3)])
        runs.append((first, second, peer(Receiver, CALLBACKS, cases)))
    first, second, other = map(quickest, zip(*runs, strict=True))
    share = first.requests / max(other.requests, 1)
    scaled = Outcome(set(), first.requests, other.seconds * share, cpu=other.cpu * share)
    print(f"five callbacks, whole processes\n{'':<42}{'requests':>9}{'seconds':>9}{'cpu':>9}")
    rows = {
        "schemathesis run": other,
        "schemathesis run, for as many requests": scaled,
        "hookproof test": first,
        "hookproof test again, from the cache": second,
    }
    for name, one in rows.items():
        print(f"{name:<42}{one.requests:>9}{one.seconds:>9.2f}{one.cpu:>9.2f}")
    bar("hookproof of the time of schemathesis", first.seconds / scaled.seconds, 1 / 3)
    bar("  of its work", first.cpu / scaled.cpu, 1 / 3)
    bar("the second run, times as fast as the first", first.seconds / second.seconds, 5, least=True)
    bar("  by its work", first.cpu / second.cpu, 5, least=True)


def quickest(outcomes: Sequence[Outcome]) -> Outcome:
    """The one that was disturbed least by what else the machine does."""
    return min(outcomes, key=lambda one: one.seconds)


def cast_table(cases: int, names: list[str], limit: float) -> None:
    """Every faulty receiver, on two callbacks that its fault concerns."""
    known = peer(Receiver, CALLBACKS, cases)
    unended = 0
    around, totals, found = Surroundings(), (Outcome(), Outcome()), [0, 0]
    print(f"\n{'faulty receiver':<34}{'hookproof':>12}{'schemathesis':>14}")
    for name in names:
        fault = CAST[name]
        chosen = concerned(fault)
        outcomes = (ours(fault, chosen, cases, around), peer(fault, chosen, cases, limit))
        unended += not outcomes[1].ended
        seen = (bool(outcomes[0].told), bool(outcomes[1].told - known.told))
        for place, (outcome, total) in enumerate(zip(outcomes, totals, strict=True)):
            found[place] += seen[place]
            total.requests += outcome.requests
            total.seconds += outcome.seconds
        words = ["found" if one else "-" for one in seen]
        error = "  " + outcomes[1].error
        print(f"{name:<34}{words[0]:>12}{words[1]:>14}{error.rstrip()}", flush=True)
    for what, values in (
        (f"found, of {len(names)}", found),
        ("requests", [total.requests for total in totals]),
        ("seconds", [round(total.seconds) for total in totals]),
    ):
        print(f"{what:<34}{values[0]:>12}{values[1]:>14}{values[0] / max(values[1], 1):>9.2f}x")
    print(f"{'did not end':<34}{0:>12}{unended:>14}")


def correct_table(cases: int, limit: float) -> None:
    """Every correct receiver: the errors of ours, the failures of the peer.

    What the derived document cannot say (a condition on nested JSON) is blamed on all of them, the
    plain one too, so it is counted by itself.
    """
    around, blamed = Surroundings(), [0, 0, 0]
    plain: set[tuple[str, str]] = set()
    print(f"\n{'correct receiver':<34}{'hookproof':>12}{'schemathesis':>14}{'beyond plain':>14}")
    receivers: dict[str, type[Receiver]] = {"Receiver": Receiver, **CORRECT}
    for name, receiver in receivers.items():
        mine = ours(receiver, CALLBACKS, cases, around)
        other = peer(receiver, CALLBACKS, cases, limit)
        plain = plain or other.told
        seen = [bool(mine.told), bool(other.told), bool(other.told - plain)]
        blamed = [total + one for total, one in zip(blamed, seen, strict=True)]
        words = ["blamed" if one else "-" for one in seen]
        kinds = ", ".join(sorted(f"{what} {place}" for place, what in other.told - plain))
        print(f"{name:<34}{words[0]:>12}{words[1]:>14}{words[2]:>14}  {kinds}".rstrip(), flush=True)
    total = f"blamed, of {len(receivers)}"
    print(f"{total:<34}{blamed[0]:>12}{blamed[1]:>14}{blamed[2]:>14}")


def concerned(fault: type[Faulty]) -> tuple[str, ...]:
    """Two callbacks that a fault concerns, of two areas where it can be."""
    names = [name for name in CALLBACKS if fault.concerns(CONTRACT.callback(name))]
    return (names[0], names[-1]) if len(names) > 1 else tuple(names)


def ours(
    receiver: type[Receiver],
    names: tuple[str, ...],
    cases: int,
    around: Surroundings,
) -> Outcome:
    """Our own run; a fault of the cast has to be told by a check that is made for it."""
    callbacks = [CONTRACT.callback(name) for name in names]
    policy = Policy.STRICT if receiver.__name__ in STRICT else Policy.LENIENT
    secrets = secrets_of(names)
    # A receiver that is slow each time is found out soon, and would take hours.
    plan = Plan(callbacks, secrets, cases, 60.0, timeout=1.0, policy=policy)
    start = time.perf_counter()
    with serve(receiver(CONTRACT, secrets=secrets)) as url:
        report = run_test(resolve_target(url), plan, surroundings=around)
    seconds = time.perf_counter() - start
    wanted = getattr(receiver, "finds", None)
    weight = Severity.WARNING if getattr(receiver, "warns", False) else Severity.ERROR
    told = {
        (finding.callback, finding.code)
        for finding in report.findings
        if finding.severity is weight and (wanted is None or finding.check in wanted)
    }
    return Outcome(told, report.requests, seconds)


def command(around: dict[str, str]) -> Outcome:
    """Our command as a process of its own, with its default settings."""
    chosen = [word for name in CALLBACKS for word in ("--callback", name)]
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Receiver(CONTRACT, secrets=secrets_of(CALLBACKS))) as url,
    ):
        report = Path(folder, "report.json")
        words = ["hookproof", "test", url, *chosen, "--quiet", "--report", f"json={report}"]
        seconds, cpu, _ = timed(words, {**os.environ, **around}, folder)
        requests = json.loads(report.read_bytes())["totals"]["requests"]
    return Outcome(set(), requests, seconds, cpu=cpu)


def peer(
    receiver: type[Receiver], names: tuple[str, ...], cases: int, limit: float = inf
) -> Outcome:
    """`schemathesis run` on the derived document, in a folder of its own."""
    here = str(Path(__file__).parent)
    path = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
    around = {**os.environ, "SCHEMATHESIS_HOOKS": "peer_hooks", "PYTHONPATH": path}
    # Its coverage phase takes about half of the cases, whatever is asked for.
    options = [f"--max-examples={max(cases // 2, 1)}", "--seed=1", "--request-timeout=1"]
    options += ["--continue-on-failure", "--report=json", "--report-json-path=report.json"]
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(receiver(CONTRACT, secrets=secrets_of(names))) as url,
    ):
        Path(folder, "derived.json").write_text(json.dumps(derived(names)), encoding="utf-8")
        Path(folder, "schemathesis.toml").write_text(SETTINGS, encoding="utf-8")
        words = ["schemathesis.cli", "run", "derived.json", "-u", url, *options]
        seconds, cpu, ended = timed(words, around, folder, limit)
        report = read_report(Path(folder, "report.json"))
    told = {(place, one["type"]) for one in report["failures"] for place in one["operations"]}
    # A receiver that hangs or breaks off is told as an error of the run, not as a failure.
    told |= {("", one["title"]) for one in report["errors"]}
    errors = [one["title"] for one in report["errors"]]
    errors += [] if ended else [f"did not end within {limit:g} s"]
    requests = report["test_cases"]["generated"]
    return Outcome(told, requests, seconds, ", ".join(errors), cpu, ended)


def read_report(path: Path) -> dict[str, Any]:
    """The peer's report; an empty one where it was ended before it wrote any."""
    if not path.exists():
        return {"failures": [], "errors": [], "test_cases": {"generated": 0}}
    report: dict[str, Any] = json.loads(path.read_bytes())
    return report


def timed(
    words: list[str], around: dict[str, str], folder: str, limit: float = inf
) -> tuple[float, float, bool]:
    """Run a module as a process of its own.

    Gives the seconds it took, those it was working, and whether it ended by itself within the
    limit. It keeps its bytecode, as an installed one does.
    """
    around = {name: text for name, text in around.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start, before = time.perf_counter(), os.times()
    with Path(folder, "output").open("wb") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=folder, env=around, stdout=output, stderr=output
        )
        ended = within(child, limit)
        if not ended:
            # Interrupted, it still writes its report.
            child.send_signal(signal.SIGINT)
            if not within(child, PARTING):
                child.kill()
                child.wait()
    seconds, after = time.perf_counter() - start, os.times()
    cpu = after.children_user - before.children_user
    return seconds, cpu + after.children_system - before.children_system, ended


def within(child: subprocess.Popen[bytes], limit: float) -> bool:
    """Wait for a process; False where it runs on after so many seconds."""
    try:
        child.wait(None if limit == inf else limit)
    except subprocess.TimeoutExpired:
        return False
    return True


def secrets_of(names: tuple[str, ...]) -> dict[str, bytes]:
    """The one secret, for the areas that are tested."""
    return dict.fromkeys([name.split("/")[0] for name in names], SECRET)


def derived(names: tuple[str, ...]) -> dict[str, Any]:
    """A document with a path for each webhook, which is all that schemathesis looks at."""
    answers = {"2XX": {"description": "taken"}, "default": {"description": "refused"}}
    paths = {}
    for name in names:
        content = {"application/json": {"schema": schema_of(CONTRACT.callback(name))}}
        body = {"required": True, "content": content}
        paths[f"/{name}"] = {"post": {"requestBody": body, "responses": answers}}
    info = {"title": "derived from webhooks", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": paths}


def schema_of(callback: Callback) -> dict[str, Any]:
    """The schema without the signature, and with what nested JSON holds in place of its text."""
    schema: dict[str, Any] = opened(callback.schema)
    place = callback.signature.place
    if place.in_body:
        schema["properties"].pop(place.field)
        schema["required"] = [name for name in schema["required"] if name != place.field]
    return schema


def opened(node: Any) -> Any:
    """A schema with nested JSON opened.

    Conditions go, for they speak of its text, and formats, for which nothing is refused.
    """
    if isinstance(node, list):
        return [opened(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "contentSchema" in node:
        return opened(node["contentSchema"])
    left = {"if", "then", "else", "examples", "format"}
    kept = {
        key: opened(value)
        for key, value in node.items()
        if key not in left and not key.startswith("x-")
    }
    if kept.get("type") == "string" and "anyOf" in kept:
        del kept["type"]
    return kept


def bar(what: str, value: float, limit: float, *, least: bool = False) -> None:
    """Print how a figure stands to its bar."""
    kept = value >= limit if least else value <= limit
    how = "at least" if least else "at most"
    print(f"  {what}: {value:.2f}, bar {how} {limit:.2f}: {'ok' if kept else 'missed'}")


if __name__ == "__main__":
    main()
