"""Sending alone: our transport beside a loop over requests.Session and one over http.client.

python benchmarks/sending.py [--requests 3000] [--rounds 5]
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import importlib
import multiprocessing
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

from hookproof.contract import Contract
from hookproof.http.request import Request, Sending, write_request
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    Work = Callable[[], Any]

OK = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"code":0}'
BAR = 5


class Answerer(asyncio.Protocol):
    """Answers each request with the same bytes, as fast as this language can."""

    def connection_made(self, transport: Any) -> None:
        """Keep the way back."""
        self.transport = transport
        self.seen = b""

    def data_received(self, data: bytes) -> None:
        """Answer once the request is whole; a head and its body may come apart."""
        self.seen += data
        head, end, body = self.seen.partition(b"\r\n\r\n")
        if end and len(body) >= int(head.lower().partition(b"content-length: ")[2].split(b"\r")[0]):
            self.seen = b""
            self.transport.write(OK)


def serve(pipe: Connection) -> None:
    """Serve on a free port of loopback, and tell it."""

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Answerer, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def main() -> None:
    """Print requests per second, and leave with 1 where the bar is not kept."""
    options = argparse.ArgumentParser()
    options.add_argument("--requests", type=int, default=3000)
    options.add_argument("--rounds", type=int, default=5)
    wish = options.parse_args()
    ours, theirs = multiprocessing.Pipe()
    multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True).start()
    port = ours.recv()
    contract = Contract()
    callback = contract.callback(contract.names()[0])
    request = write_request(
        callback, callback.examples[0].payload, secret=b"secret", sending=Sending()
    )
    url = f"http://127.0.0.1:{port}/callback"
    works = {
        "requests.Session": with_requests(url, request, wish.requests),
        "http.client": with_http_client(port, request, wish.requests),
        "hookproof": with_hookproof(url, request, wish.requests),
    }
    rates: dict[str, list[float]] = {name: [] for name, work in works.items() if work}
    for _ in range(wish.rounds):
        for name, work in works.items():
            if work:
                start = time.perf_counter()
                work()
                rates[name].append(wish.requests / (time.perf_counter() - start))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    for name, rate in medians.items():
        print(f"{name:<20} {rate:>10,.0f} requests/s")
    if "requests.Session" not in medians:
        print("requests is not installed, so there is nothing to compare with")
        return
    ratio = medians["hookproof"] / medians["requests.Session"]
    verdict = "ok" if ratio >= BAR else "under"
    print(f"hookproof: {ratio:.1f}x a requests.Session loop, bar {BAR}x: {verdict}")
    sys.exit(ratio < BAR)


def with_hookproof(url: str, request: Request, count: int) -> Work:
    """Our transport, one connection."""
    transport = Transport(resolve_target(url), timeout=5)

    def work() -> None:
        for _ in range(count):
            answer = transport.send(request.body, headers=request.headers)
            assert answer.body

    return work


def with_requests(url: str, request: Request, count: int) -> Work | None:
    """A session of requests; None where it is not installed."""
    try:
        requests = importlib.import_module("requests")
    except ImportError:
        return None
    session = requests.Session()
    session.trust_env = False

    def work() -> None:
        for _ in range(count):
            answer = session.post(url, data=request.body, headers=dict(request.headers), timeout=5)
            assert answer.content

    return work


def with_http_client(port: int, request: Request, count: int) -> Work:
    """The standard library's client, one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)

    def work() -> None:
        for _ in range(count):
            connection.request("POST", "/callback", request.body, dict(request.headers))
            assert connection.getresponse().read()

    return work


if __name__ == "__main__":
    main()
