"""What clients send is taken as requests, whatever way it comes, and answered in its order."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("httptools")

from hookproof.receiver.event import Acknowledgement
from hookproof.serve import clients as under_test
from hookproof.serve.clients import PATIENCE, Clients

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.serve.clients import Client
    from hookproof.serve.store import Stored

HEAD = b"POST /in?a=1 HTTP/1.1\r\nHost: x\r\n"


class Desk:
    """Takes requests, and answers each with its own body, at once or when it is told to."""

    def __init__(self, *, waits: bool = False) -> None:
        self.taken: list[tuple[Client, Stored]] = []
        self.waits = waits
        self.time = 0.0
        self.clients = Clients(self.take, now=lambda: 5.0, clock=lambda: self.time)

    def take(self, client: Client, row: Stored) -> None:
        """Keep a request."""
        self.taken.append((client, row))
        if not self.waits:
            client.answer(Acknowledgement(200, row.body, ""))

    @property
    def bodies(self) -> list[bytes]:
        """Of all requests that were taken."""
        return [row.body for _, row in self.taken]


def told(desk: Desk, *pieces: bytes | Callable[[], Any], ends: bool = True) -> bytes:
    """Send pieces, and do what stands between them; gives all that comes back."""

    async def run() -> bytes:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(desk.clients.client, "127.0.0.1", 0)
        at = server.sockets[0].getsockname()
        reader, writer = await asyncio.open_connection(*at)
        for piece in pieces:
            if isinstance(piece, bytes):
                writer.write(piece)
                await writer.drain()
            else:
                piece()
            await asyncio.sleep(0.02)
        if ends:
            writer.write(b"GET /last HTTP/1.0\r\n\r\n")
        got = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        server.close()
        await server.wait_closed()
        return got

    return asyncio.run(run())


def test_a_request_is_taken_whole() -> None:
    """Method, target, headers in lower case, the body and when it came."""
    desk = Desk()
    got = told(desk, HEAD + b"X-Odd: \xe9\r\nContent-Length: 4\r\n\r\nab", b"cd")
    _, row = desk.taken[0]
    assert (row.method, row.url, row.body, row.received_at) == ("POST", "/in?a=1", b"abcd", 5.0)
    assert row.headers == (("host", "x"), ("x-odd", "\xe9"), ("content-length", "4"))
    assert got.startswith(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabcd")


def test_requests_without_waiting_are_answered_in_their_order() -> None:
    """Several at once: one is served at a time, and none is lost."""
    desk = Desk(waits=True)
    many = b"".join(HEAD + b"Content-Length: 1\r\n\r\n%d" % n for n in range(3))

    def answer() -> None:
        client, row = desk.taken[-1]
        client.answer(Acknowledgement(200, row.body))

    got = told(desk, many, answer, answer, answer, desk_answers(desk))
    assert desk.bodies == [b"0", b"1", b"2", b""]
    assert [piece[:1] for piece in got.split(b"\r\n\r\n")[1:4]] == [b"0", b"1", b"2"]


def test_heads_that_come_again_are_read_as_they_are() -> None:
    """With other bodies, in pieces, two at once, with more behind, and where chunks end so."""
    desk = Desk()
    sized = HEAD + b"Content-Length: 4\r\n\r\n"
    chunks = HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\n\r\n"
    like_it = HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n"
    sent = [sized + b"1111", sized + b"2222", sized, b"3333", sized + b"4444" + sized + b"5555"]
    sent += [sized + b"66", b"66", sized + b"7777" + sized[:9], sized[9:] + b"8888"]
    sent += [chunks, like_it, HEAD + b"Content-Length: 0\r\n\r\n", sized + b"9999"]
    told(desk, *sent)
    bodies = [b"%d" % n * 4 for n in range(1, 9)]
    assert desk.bodies == [*bodies, b"\r\n\r\n", b"abcd", b"", b"9999", b""]
    assert {row.headers for _, row in desk.taken[:8]} == {(("host", "x"), ("content-length", "4"))}


def test_a_head_that_asks_to_close_is_the_last_each_time() -> None:
    """It is not kept for the next."""
    closing = HEAD + b"Connection: close\r\nContent-Length: 1\r\n\r\n"
    desk = Desk()
    assert b"connection: close" in told(desk, closing + b"1", closing + b"2", ends=False)
    assert desk.bodies == [b"1"]


def desk_answers(desk: Desk) -> Callable[[], None]:
    """Have what follows answered at once."""

    def do() -> None:
        desk.waits = False

    return do


@pytest.mark.parametrize(
    "sent",
    [
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n",
        HEAD + b"Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 4\r\n\r\nabcd",
        b"POST http://x/in?a=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nabcd",
    ],
    ids=["chunks", "a wish to upgrade", "the whole address"],
)
def test_other_ways_to_write_the_same(sent: bytes) -> None:
    """The body is the same, and the connection goes on."""
    desk = Desk()
    told(desk, sent)
    assert desk.bodies == [b"abcd", b""]
    assert desk.taken[0][1].url == "/in?a=1"


def test_one_that_asks_before_it_sends() -> None:
    """It is told to go on, unless its body is too large."""
    wish = b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n"
    got = told(Desk(), HEAD + wish % 1, b"a")
    assert got.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200")
    got = told(Desk(), HEAD + wish % 99_999_999, ends=False)
    assert got.startswith(b"HTTP/1.1 413")


def test_one_that_is_refused_reads_why() -> None:
    """Even where it goes on to send what nobody reads."""
    lots = b"a" * 1_000_000
    sent = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"f4240\r\n" + lots + b"\r\n"
    got = told(Desk(), sent, *[b"f4240\r\n" + lots + b"\r\n"] * 5, ends=False)
    assert got.startswith(b"HTTP/1.1 413")


def test_no_body_where_there_is_none() -> None:
    """HEAD gets the head alone, and 204 has no length either."""
    desk = Desk(waits=True)

    def answer() -> None:
        desk.taken[-1][0].answer(Acknowledgement(200, b"abc"))

    def answer_nothing() -> None:
        desk.taken[-1][0].answer(Acknowledgement(204, b"abc", ""))

    got = told(
        desk,
        b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n",
        answer,
        HEAD + b"Content-Length: 0\r\n\r\n",
        answer_nothing,
        desk_answers(desk),
    )
    first, second, *_ = got.split(b"\r\n\r\n")
    assert b"content-length: 3" in first
    assert second == b"HTTP/1.1 204 No Content"


@pytest.mark.parametrize("sent", [b"", HEAD, HEAD + b"Content-Length: 9\r\n\r\nab"])
def test_one_that_takes_too_long_is_let_go(sent: bytes) -> None:
    """Before, in the head and in the body of a request; what comes late does not buy more time."""
    desk = Desk()

    def wait() -> None:
        desk.time += PATIENCE - 1
        desk.clients.look_at_the_clock()

    def wait_more() -> None:
        desk.time += 1
        desk.clients.look_at_the_clock()

    assert told(desk, sent, wait, b"X" if sent else b"", wait_more, ends=False) == b""
    assert desk.bodies == []
    assert desk.clients.open == set()


def test_our_own_time_is_not_the_clients() -> None:
    """While it waits for an answer it is not let go."""
    desk = Desk(waits=True)

    def wait() -> None:
        desk.time += 10 * PATIENCE
        desk.clients.look_at_the_clock()
        desk.waits = False
        desk.taken[-1][0].answer(Acknowledgement(200, b"late"))

    assert b"late" in told(desk, HEAD + b"Content-Length: 0\r\n\r\n", wait)


def test_too_many_are_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a status, not with silence."""
    monkeypatch.setattr(under_test, "MOST_CONNECTIONS", 0)
    assert told(Desk(), ends=False).startswith(b"HTTP/1.1 503")


def test_at_the_end_what_is_due_is_answered() -> None:
    """The idle go at once; the last answer says that it is the last."""
    desk = Desk(waits=True)
    ended: list[asyncio.Task[None]] = []

    def end() -> None:
        ended.append(asyncio.ensure_future(desk.clients.end()))

    def answer() -> None:
        desk.taken[-1][0].answer(Acknowledgement(200, b"done"))

    got = told(desk, HEAD + b"Content-Length: 0\r\n\r\n", end, answer, ends=False)
    assert b"connection: close" in got
    assert got.endswith(b"done")
    assert told(Desk(), end_of(Desk()), HEAD + b"Content-Length: 0\r\n\r\n") != b""


def end_of(desk: Desk) -> Callable[[], Any]:
    """The end of others."""
    return lambda: asyncio.ensure_future(desk.clients.end())
