"""What is answered before it is read spoils the next request: the one before is blamed."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from unit.conformance.parts import SECRET, callback, contract

from hookproof.conformance.replaying.replay import Standing, replay_findings
from hookproof.conformance.running.run import Plan, Surroundings, run_test
from hookproof.findings import Severity
from hookproof.http.target import resolve_target
from hookproof.testing import Incoming, Receiver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hookproof.conformance.running.report import ReceiverReport

    Early = Callable[[Mapping[str, str]], int | None]

RECORD, ENTERED = "zego_rtc/record", "tencent_trtc/room_entered"
AROUND = Surroundings(sleep=lambda _: None)


@contextmanager
def served(name: str, early: Early) -> Iterator[str]:
    """A correct receiver that answers by the headers alone where `early` gives a status."""
    area = callback(name).area
    receiver = Receiver(contract(), secrets={area: SECRET})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            """Answer before reading, or as a correct receiver."""
            if status := early(self.headers):
                self.answer(status, b"early")
                return
            headers = tuple(self.headers.items())
            reply = receiver.handle(Incoming(self.whole(), headers, self.path))
            self.answer(reply.status, reply.body)

        def whole(self) -> bytes:
            """The body, in chunks or not."""
            if "chunked" not in self.headers.get("Transfer-Encoding", ""):
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()


def plan(name: str) -> Plan:
    """A run on one callback."""
    return Plan([callback(name)], {callback(name).area: SECRET}, max_cases=250)


def errors(report: ReceiverReport) -> set[str]:
    """The codes of a report's errors."""
    return {one.code for one in report.findings if one.severity is Severity.ERROR}


EARLY: dict[str, tuple[str, Early, str]] = {
    "by content type": (
        RECORD,
        lambda h: None if h.get("Content-Type") == "application/json" else 415,
        "415",
    ),
    "by length": (RECORD, lambda h: 413 if int(h.get("Content-Length", 0)) > 9000 else None, "413"),
    "without a length": (RECORD, lambda h: None if "Content-Length" in h else 411, "in chunks"),
    "chunks left unread": (RECORD, lambda h: None if "Content-Length" in h else 200, "in chunks"),
    "without a signature": (ENTERED, lambda h: None if h.get("Sign") else 401, "a signature that"),
}


@pytest.mark.parametrize("way", EARLY)
def test_the_request_that_was_not_read_is_blamed(way: str) -> None:
    """One finding names it, none the request after it, and replay finds the same again."""
    name, early, words = EARLY[way]
    with served(name, early) as url:
        target = resolve_target(url)
        report = run_test(target, plan(name), surroundings=AROUND)
        found = dict(enumerate(report.findings, start=1))
        again = replay_findings(target, plan(name), found, surroundings=AROUND)
    [spoilt] = [one for one in report.findings if one.code == "HP435"]
    assert spoilt.severity is Severity.WARNING
    assert words in spoilt.message
    assert "on the same connection" in spoilt.message or "the next request" in spoilt.message
    assert "read the whole body" in spoilt.hint
    assert errors(report) == ({"HP402"} if way == "by length" else set())
    assert not {"HP430", "HP432"} & {one.code for one in report.findings}
    assert report.callbacks[name].requests == 250
    held = {one.finding.code: one.standing for one in again.done}
    assert held["HP435"] is Standing.HOLDS
    assert Standing.MENDED not in held.values()


def test_a_receiver_that_reads_everything_is_asked_little() -> None:
    """Of a correct one few requests are sent in a row with another, and nothing is found."""
    seen: list[str] = []

    def early(headers: Mapping[str, str]) -> None:
        seen.append(headers.get("Content-Type", ""))

    with served(RECORD, early) as url:
        report = run_test(resolve_target(url), plan(RECORD), surroundings=AROUND)
    assert not errors(report)
    assert not {"HP430", "HP432", "HP435"} & {one.code for one in report.findings}
    assert len(seen) == 250
