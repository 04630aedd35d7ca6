"""`send --rate` as a load tool, beside a loop over requests.Session and wrk with the same corpus.

python benchmarks/load.py [--requests 5000] [--rounds 5]

Each sender has one core, the answering server the other. Ours writes and signs each event when it
is sent; the others send a corpus that was written before. The bar is held to the time of the core
that an event takes, for events a second tell more of what else runs here.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from sending import serve

from hookproof.conformance.cases.constants import Constants
from hookproof.contract import Contract
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport
from hookproof.sending.corpus import write_corpus
from hookproof.sending.events import Events
from hookproof.sending.load import Engine

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from hookproof.http.request import Request

BAR = 10


def serve_on_the_last_core(pipe: Connection) -> None:
    """The server of the other benchmark, out of the senders' way."""
    on_core(-1)
    serve(pipe)


def main() -> None:
    """Print events a second, and leave with 1 where the bar is not kept."""
    options = argparse.ArgumentParser()
    options.add_argument("--requests", type=int, default=5000)
    options.add_argument("--rounds", type=int, default=5)
    wish = options.parse_args()
    ours, theirs = multiprocessing.Pipe()
    spawn = multiprocessing.get_context("spawn")
    spawn.Process(target=serve_on_the_last_core, args=(theirs,), daemon=True).start()
    url = f"http://127.0.0.1:{ours.recv()}/callback"
    on_core(0)
    callback = Contract().callback(Contract().names(["zego_rtc"])[0])
    events = Events(Constants(callback), b"secret", time.time, random.Random(1))
    payload = callback.examples[0].payload
    corpus = list(islice(events.many([payload]), 1000))
    rates: dict[str, list[float]] = {}
    work: dict[str, list[float]] = {}
    for _ in range(wish.rounds):
        for name, run in {
            "requests.Session": lambda: with_requests(url, corpus, wish.requests // 5),
            "hookproof send": lambda: with_hookproof(url, events, payload, wish.requests),
            "wrk": lambda: with_wrk(url, corpus),
        }.items():
            used = time.process_time()
            done = run()
            if done:
                rates.setdefault(name, []).append(done[0])
                work.setdefault(name, []).append((time.process_time() - used) / done[1] * 1e6)
    medians = {name: statistics.median(found) for name, found in rates.items()}
    for name, rate in medians.items():
        busy = f"{statistics.median(work[name]):>8.0f} us of the core each" if name != "wrk" else ""
        print(f"{name:<20} {rate:>10,.0f} events/s {busy}")
    if "requests.Session" not in medians:
        print("requests is not installed, so there is nothing to compare with")
        return
    by_the_clock = medians["hookproof send"] / medians["requests.Session"]
    theirs_each, ours_each = (
        statistics.median(work[n]) for n in ("requests.Session", "hookproof send")
    )
    ratio = theirs_each / ours_each
    verdict = "ok" if ratio >= BAR else "under"
    print(f"hookproof: {ratio:.1f}x a requests.Session loop on one core, bar {BAR}x: {verdict}")
    print(f"           {by_the_clock:.1f}x by the clock of this run")
    sys.exit(ratio < BAR)


def on_core(number: int) -> None:
    """Keep this process on one core, where the system knows how."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[number]})


def with_hookproof(url: str, events: Events, payload: dict, count: int) -> tuple[float, int]:
    """What `send --count` does, over eight connections."""
    target = resolve_target(url)
    connect = Transport(target, timeout=5).connect
    engine = Engine(target, connect, lambda a: a.status == 200, time.monotonic, 5, 8)
    load = engine.run(events.many([payload]), count=count)
    assert load.received == count
    return count / load.seconds, count


def with_requests(url: str, corpus: list[Request], count: int) -> tuple[float, int] | None:
    """A session of requests; None where it is not installed."""
    try:
        requests = importlib.import_module("requests")
    except ImportError:
        return None
    session = requests.Session()
    session.trust_env = False
    start = time.perf_counter()
    for number in range(count):
        one = corpus[number % len(corpus)]
        answer = session.post(url, data=one.body, headers=dict(one.headers), timeout=5)
        assert answer.status_code == 200
    return count / (time.perf_counter() - start), count


def with_wrk(url: str, corpus: list[Request]) -> tuple[float, int] | None:
    """One thread of wrk on this core; None where it is not installed."""
    if not shutil.which("wrk"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "corpus.lua"
        script.write_text("".join(write_corpus(corpus, url=url, name="wrk")), encoding="utf-8")
        command = ["wrk", "-t1", "-c8", "-d2s", "-s", str(script), url]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([0-9.]+)", told)
    assert found, told
    assert "Non-2xx" not in told, told
    return float(found[1]), 1


if __name__ == "__main__":
    main()
