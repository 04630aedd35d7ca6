"""The capture server: beside a bare one that stores nothing, under SIGKILL, and its page.

python benchmarks/serving.py [--rounds 5] [--seconds 3] [--kills 20] [--connections 64]

Leaves with 1 where it serves less than 0.2 of the requests of a bare asyncio server in one run,
where a request that was answered 2XX is not on disk after a SIGKILL, or where the page's list of
10,000 captures takes more than a second to paint (where Chromium and playwright are installed).
What a request takes of a core is told beside it, and how long a sync of this disk takes: where
others use it, it has most of the time, and a bare server waits for none.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import re
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sending import OK, serve

from hookproof.contract import Contract
from hookproof.receiver import Receiver

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

SECRET = "secret"  # noqa: S105 - of no worth
BAR, PAINTED = 0.2, 1000


async def stream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer each request with the same bytes, by the streams of asyncio."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = head.lower().partition(b"content-length: ")[2].split(b"\r")[0]
            await reader.readexactly(int(length))
            writer.write(OK)
            await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        writer.close()


def serve_streams(pipe: Connection) -> None:
    """Serve on a free port of loopback, and tell it."""

    async def run() -> None:
        server = await asyncio.start_server(stream, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def start(folder: Path) -> tuple[subprocess.Popen[str], int, int]:
    """`hookproof serve` on free ports: the process, its port, and that of its page."""
    process = subprocess.Popen(
        [sys.executable, "-m", "hookproof", "serve", "--port", "0", "--page-port", "0", "--quiet"],
        cwd=folder,
        env={**os.environ, "HOOKPROOF_SECRET": SECRET},
        stdout=subprocess.PIPE,
        text=True,
    )
    said = ""
    while "Ctrl-C" not in said:
        said += process.stdout.readline()
    ports = [int(port) for port in re.findall(r"http://127\.0\.0\.1:(\d+)/\n", said)]
    return process, ports[0], ports[1]


def request(number: int, vendor: Receiver, payload: dict[str, Any], port: int) -> tuple[str, bytes]:
    """A signed callback as bytes, and the word that tells it from all others."""
    word = f"kept-{number}"
    sent = vendor.sign("record", {**payload, "stream_alias": word})
    head = [f"POST /hook HTTP/1.1\r\nHost: 127.0.0.1:{port}", f"Content-Length: {len(sent.body)}"]
    head += [f"{name}: {value}" for name, value in sent.headers]
    return word, "\r\n".join([*head, "", ""]).encode() + sent.body


async def load(
    port: int, connections: int, requests: list[tuple[str, bytes]], seconds: float, kill: Any = None
) -> list[str]:
    """Send requests over so many connections for a while; gives the words that got a 2XX."""
    answered: list[str] = []
    waiting = iter(requests)
    end = time.monotonic() + seconds

    async def one() -> None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            while time.monotonic() < end and (item := next(waiting, None)):
                writer.write(item[1])
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
                await reader.readexactly(length)
                if head.startswith(b"HTTP/1.1 2"):
                    answered.append(item[0])
            writer.close()
        except (OSError, asyncio.IncompleteReadError):
            return

    tasks = [asyncio.create_task(one()) for _ in range(connections)]
    if kill:
        # In the midst of it, however fast it goes.
        while len(answered) < len(requests) / 2 and time.monotonic() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        kill()
    await asyncio.gather(*tasks)
    return answered


def throughput(wish: argparse.Namespace, vendor: Receiver, payload: dict[str, Any]) -> float:
    """The share of the bare server's requests that ours serves, all in turns."""
    ours, theirs = multiprocessing.Pipe()
    spawn, bare_ports, ids = multiprocessing.get_context("spawn"), [], []
    for work in (serve, serve_streams):
        bare = spawn.Process(target=work, args=(theirs,), daemon=True)
        bare.start()
        ids.append(bare.pid)
        bare_ports.append(ours.recv())
    shares, of_streams, of_core = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        process, port, _ = start(Path(folder))
        script = Path(folder) / "post.lua"
        _, whole = request(0, vendor, payload, port)
        body = whole.partition(b"\r\n\r\n")[2].decode()
        script.write_text(
            f'wrk.method="POST"\nwrk.body={json.dumps(body)}\n'
            'wrk.headers["Content-Type"]="application/json"\n',
            encoding="utf-8",
        )
        print(f"a sync of this disk: {1000 * sync_time(Path(folder)):.1f} ms", flush=True)
        for number in range(wish.rounds):
            rates, work_each = [], []
            for pid, at in zip((*ids, process.pid), (*bare_ports, port), strict=True):
                used = core_time(pid)
                if shutil.which("wrk"):
                    rates.append(with_wrk(at, wish, script))
                else:
                    many = [("", whole)] * 200_000
                    begun = time.monotonic()
                    done = asyncio.run(load(at, wish.connections, many, wish.seconds))
                    rates.append(len(done) / (time.monotonic() - begun))
                work_each.append((core_time(pid) - used) / rates[-1] / wish.seconds)
            shares.append(rates[2] / rates[0])
            of_streams.append(rates[2] / rates[1])
            of_core.append(work_each[0] / (work_each[2] or 1))
            told = "bare {:,.0f}/s, bare with streams {:,.0f}/s, serve {:,.0f}/s".format(*rates)
            print(f"round {number + 1}: {told}", flush=True)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
    print(f"share of the bare one with streams: {statistics.median(of_streams):.2f}", flush=True)
    print(
        f"share by the time of a core that each takes: {statistics.median(of_core):.2f}", flush=True
    )
    return statistics.median(shares)


def sync_time(folder: Path) -> float:
    """Seconds until what a group of requests writes is on this disk, the median of a hundred."""
    times = []
    with (folder / "synced").open("w+b", buffering=0) as file:
        for _ in range(100):
            file.seek(0)
            file.write(os.urandom(1 << 16))
            begun = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - begun)
    return statistics.median(times)


def core_time(pid: int) -> float:
    """Seconds of a core that a process has used; 0 where the system does not tell."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def with_wrk(port: int, wish: argparse.Namespace, script: Path) -> float:
    """Requests per second that wrk sees answered; none may be anything but 2XX."""
    done = subprocess.run(
        [
            *("wrk", "-t1", f"-c{wish.connections}", f"-d{wish.seconds:g}s", "-s", script),
            f"http://127.0.0.1:{port}/hook",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Non-2xx" not in done.stdout, done.stdout
    return float(re.search(r"Requests/sec:\s+([0-9.]+)", done.stdout)[1])


def kills(wish: argparse.Namespace, vendor: Receiver, payload: dict[str, Any]) -> int:
    """How many requests that were answered 2XX are not on disk, over all kills."""
    lost = answered = number = 0
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(wish.kills):
            process, port, _ = start(Path(folder))
            several = [request(number + n, vendor, payload, port) for n in range(4000)]
            number += len(several)
            got = asyncio.run(load(port, wish.connections, several, 20.0, process.kill))
            assert len(got) < len(several), "it was over before the kill"
            process.wait()
            store = Path(folder) / ".hookproof" / "captures.db"
            with sqlite3.connect(store) as db:
                assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                bodies = [json.loads(row[0]) for row in db.execute("SELECT body FROM captures")]
            held = {body["stream_alias"] for body in bodies}
            lost += len(set(got) - held)
            answered += len(got)
            with sqlite3.connect(store) as db:
                db.execute("DELETE FROM captures")
    print(f"SIGKILL: {wish.kills} times, {answered:,} answered 2XX, {lost} lost", flush=True)
    return lost


def painted(vendor: Receiver, payload: dict[str, Any]) -> float | None:
    """Milliseconds until the list of 10,000 captures is painted; None without a browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser_path:
        return None
    with tempfile.TemporaryDirectory() as folder:
        process, port, page_port = start(Path(folder))
        several = [request(n, vendor, payload, port) for n in range(10_000)]
        asyncio.run(load(port, 64, several, 300))
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            page = browser.new_page()
            times = []
            for _ in range(5):
                page.goto(f"http://127.0.0.1:{page_port}/")
                page.wait_for_selector(".row")
                times.append(page.evaluate("performance.now()"))
            page.wait_for_selector('#count:text-is("10,000")')
            whole = page.evaluate("performance.now()")
            browser.close()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
    shown = f"painted after {sorted(round(t) for t in times)} ms, all there after {whole:.0f} ms"
    print(f"page: 10,000 captures, {shown}", flush=True)
    return statistics.median(times)


def main() -> None:
    """Print the figures, and leave with 1 where a bar is not kept."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=3)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--connections", type=int, default=64)
    wish = options.parse_args()
    payload = dict(Contract().callback("zego_rtc/record").examples[0].payload)
    vendor = Receiver("zego_rtc", secret=SECRET)
    share = throughput(wish, vendor, payload) if wish.rounds else BAR
    print(f"share of the bare server: {share:.2f} (bar {BAR})", flush=True)
    lost = kills(wish, vendor, payload)
    late = painted(vendor, payload)
    sys.exit(share < BAR or lost > 0 or (late is not None and late > PAINTED))


if __name__ == "__main__":
    main()
