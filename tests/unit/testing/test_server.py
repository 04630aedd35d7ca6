"""The server of the embedded receivers: what a receiver replies is what goes over the wire."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from hookproof.contract import Contract
from hookproof.http.answer import Answer, Outcome
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport
from hookproof.testing import Incoming, Receiver, Reply, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

BIG = 16 * 1024 * 1024


class Prepared(Receiver):
    """Replies what it was told, and keeps what it got."""

    def __init__(self, reply: Reply | Exception) -> None:
        super().__init__(Contract(), secrets={})
        self.reply = reply
        self.got: list[Incoming] = []

    def handle(self, incoming: Incoming) -> Reply:
        """Keep the request; reply or raise."""
        self.got.append(incoming)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply


@contextmanager
def served(reply: Reply | Exception, timeout: float = 2.0) -> Iterator[tuple[Prepared, Transport]]:
    """A receiver with one reply, and a transport to it."""
    receiver = Prepared(reply)
    with serve(receiver) as url, Transport(resolve_target(url), timeout=timeout) as transport:
        yield receiver, transport


def answer(reply: Reply | Exception, timeout: float = 2.0) -> Answer:
    """What comes back of a reply."""
    with served(reply, timeout) as (_, transport):
        return transport.send(b"{}")


def test_a_reply_is_sent_as_it_is() -> None:
    """Status, headers and body arrive."""
    got = answer(Reply(202, b"\x00ok", (("X-One", "1"), ("X-One", "2"))))
    assert (got.outcome, got.status, got.body) == (Outcome.ANSWERED, 202, b"\x00ok")
    assert [value for name, value in got.headers if name == "X-One"] == ["1", "2"]


def test_a_request_arrives_as_it_is() -> None:
    """Body, headers, path and query reach the receiver."""
    receiver = Prepared(Reply())
    with serve(receiver) as url, Transport(resolve_target(f"{url}a/b?c=%2F"), timeout=2) as one:
        one.send(b"\xff\x00body", headers=[("X-Test", "yes")])
    [incoming] = receiver.got
    assert (incoming.body, incoming.path) == (b"\xff\x00body", "/a/b?c=%2F")
    assert ("X-Test", "yes") in incoming.headers


def test_an_exception_is_a_500() -> None:
    """A receiver that raises answers as it would behind any framework, and tells no secret."""
    got = answer(KeyError("the secret"))
    assert (got.status, got.body) == (500, b"KeyError")


def test_no_answer_is_a_closed_connection() -> None:
    """Empty raw bytes close the connection without an answer."""
    assert answer(Reply(raw=b"")).outcome is Outcome.CLOSED


def test_raw_bytes_take_the_place_of_an_answer() -> None:
    """What is no HTTP is sent as it is."""
    assert answer(Reply(raw=b"220 mail ESMTP\r\n")).outcome is Outcome.NOT_HTTP
    raw = b"HTTP/1.1 299 Fine\r\nContent-Length: 0\r\n\r\n"
    assert answer(Reply(raw=raw)).status == 299


def test_a_delay_holds_the_answer_back() -> None:
    """The answer comes after its delay."""
    got = answer(Reply(delay=0.2))
    assert got.status == 200
    assert got.elapsed >= 0.2


@pytest.mark.parametrize("reply", [Reply(silent=True), Reply(delay=600)])
def test_a_silent_receiver_stops_with_its_block(reply: Reply) -> None:
    """Neither silence nor a long delay keeps the server alive once its block is left."""
    started = time.monotonic()
    assert answer(reply, timeout=0.2).outcome is Outcome.TIMEOUT
    assert time.monotonic() - started < 5


def test_a_kept_connection_does_not_keep_the_server() -> None:
    """An idle connection is dropped when the block is left."""
    started = time.monotonic()
    with served(Reply()) as (_, transport):
        transport.send(b"{}")
        place = urlsplit(transport._target.url)
        idle = socket.create_connection((str(place.hostname), int(place.port or 0)))
        transport.send(b"{}")
    assert time.monotonic() - started < 5
    # One that was not yet accepted is dropped with a reset.
    with idle, contextlib.suppress(ConnectionResetError):
        assert idle.recv(1) == b""


def test_connections_are_served_side_by_side() -> None:
    """A slow answer to one sender does not hold up another."""
    with serve(Prepared(Reply(delay=0.3))) as url:
        target, answers = resolve_target(url), []

        def send() -> None:
            with Transport(target, timeout=5) as transport:
                answers.append(transport.send(b"{}"))

        threads = [threading.Thread(target=send) for _ in range(5)]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - started
    assert [one.status for one in answers] == [200] * 5
    assert took < 5 * 0.3


def test_one_connection_carries_many_requests() -> None:
    """Connections are kept, so a run needs one."""
    with served(Reply(200, b"1")) as (receiver, transport):
        assert {transport.send(b"{}").status for _ in range(20)} == {200}
    assert len(receiver.got) == 20


@pytest.mark.parametrize(
    "headers",
    [
        "X-One:  a: b \t\r\nX-one: \u00fc\r\nX-Empty:\r\n",
        "X-One: folded\r\n  over lines\r\n",
        "X-One: a\r\nExpect: 100-continue\r\n",
        "".join(f"X-{number}: {number}\r\n" for number in range(60)),
    ],
    ids=["plain", "folded", "expecting", "many"],
)
def test_a_head_in_pieces_is_read_like_a_whole_one(headers: str) -> None:
    """However it comes, a head says the same."""
    receiver = Prepared(Reply())
    head = f"POST /a?b=1 HTTP/1.1\r\nHost: x\r\n{headers}Connection: close\r\n"
    with serve(receiver) as url:
        for pause in (0, 0.1):
            got = exchange(url, head, "Content-Length: 2\r\n\r\n{}", pause=pause)
            assert b"HTTP/1.1 200 " in got
    whole, pieces = receiver.got
    assert whole == pieces
    assert whole.body == b"{}"


@pytest.mark.parametrize("length", ["x", "-1", str(BIG + 1)])
def test_a_length_that_is_none_or_too_large_is_refused(length: str) -> None:
    """A body that is not to be read is answered with 413 before it comes."""
    receiver = Prepared(Reply())
    with serve(receiver) as url:
        got = exchange(url, f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 413 ")
    assert receiver.got == []


def test_other_methods_are_refused() -> None:
    """Callbacks are posted; nothing else reaches the receiver."""
    receiver = Prepared(Reply())
    with serve(receiver) as url:
        for method, status in (("GET", b" 405 "), ("PUT", b" 501 ")):
            got = exchange(url, f"{method} / HTTP/1.0\r\n\r\n")
            assert status in got.split(b"\r\n")[0]
    assert receiver.got == []


def exchange(url: str, *parts: str, pause: float = 0) -> bytes:
    """Send a request, at once or in parts, and read what comes until the connection ends."""
    sent = parts if pause else ("".join(parts),)
    place = urlsplit(url)
    with socket.create_connection((str(place.hostname), int(place.port or 0)), 5) as connection:
        for number, part in enumerate(sent):
            time.sleep(pause if number else 0)
            connection.sendall(part.encode("latin-1"))
        pieces: list[Any] = []
        while piece := connection.recv(65536):
            pieces.append(piece)
    return b"".join(pieces)
