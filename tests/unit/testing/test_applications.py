"""Applications in this process: what they are handed and what comes back are those of a server."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from hookproof.errors import UsageError
from hookproof.http.answer import Outcome
from hookproof.http.transport import Transport
from hookproof.testing import Incoming, Receiver, Reply
from hookproof.testing.applications import in_process, is_asgi


def wsgi(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Tell what came."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start_response("200 Fine", [("X-Told", environ["HTTP_X_TOLD"])])
    told = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']} "
    return [told.encode(), environ["CONTENT_TYPE"].encode(), b" ", body]


async def asgi(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Tell what came; without a lifespan, as many are."""
    assert scope["type"] == "http"
    body = (await receive())["body"]
    headers = dict(scope["headers"])
    told = f"{scope['method']} {scope['path']}?{scope['query_string'].decode()} "
    start = {"type": "http.response.start", "status": 200}
    await send({**start, "headers": [(b"x-told", headers[b"x-told"])]})
    more = {"type": "http.response.body", "body": told.encode(), "more_body": True}
    await send(more)
    await send({"type": "http.response.body", "body": headers[b"content-type"] + b" " + body})


def sent(app: Any, body: bytes = b"{}", *, timeout: float = 5, **more: Any) -> Any:
    """What an application answers to a request."""
    headers = [("Content-Type", "application/json"), ("X-Told", "\xe9")]
    with (
        in_process(app, path="/a%20b?x=1") as target,
        Transport(target, timeout=timeout) as transport,
    ):
        answers = [transport.send(body, headers=headers, **more) for _ in range(2)]
        crashes = target.application.crashes.take()  # type: ignore[union-attr]
        return answers[1], crashes


@pytest.mark.parametrize("app", [wsgi, asgi])
@pytest.mark.parametrize("chunked", [False, True])
def test_an_application_is_handed_what_a_server_hands_it(app: Any, *, chunked: bool) -> None:
    """Path decoded, query as it is, headers as Latin-1, the body whole, over one connection."""
    answer, crashes = sent(app, b'{"a":1}', query="y=%2F", chunked=chunked)
    assert (answer.outcome, answer.status, crashes) == (Outcome.ANSWERED, 200, [])
    assert answer.body == b'POST /a b?x=1&y=%2F application/json {"a":1}'
    assert answer.header("x-told") == "\xe9"


async def crashing_asgi(*_: Any) -> None:
    """Break."""
    raise ValueError("no such thing")


def crashing_wsgi(*_: Any) -> list[bytes]:
    """Break."""
    raise ValueError("no such thing")


@pytest.mark.parametrize("app", [crashing_asgi, crashing_wsgi])
def test_a_crash_is_a_500_whose_traceback_is_kept(app: Any) -> None:
    """A sender sees what a server shows; a person may see where it broke."""
    answer, crashes = sent(app)
    assert (answer.status, answer.body) == (500, b"Internal Server Error")
    assert "ValueError: no such thing" in crashes[-1]


def test_an_application_that_hangs_is_given_up() -> None:
    """At the deadline, as over HTTP; the next request is answered by another thread."""
    held = threading.Event()

    class Hangs(Receiver):
        def handle(self, incoming: Incoming) -> Reply:
            return Reply(silent=True) if incoming.body == b"hang" else Reply(204)

    def waits(environ: Any, start_response: Any) -> list[bytes]:
        held.wait()
        return []

    async def sleeps(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        await asyncio.sleep(3600)

    for app in (waits, sleeps):
        assert sent(app, timeout=0.05)[0].outcome is Outcome.TIMEOUT
    held.set()
    receiver = Hangs.__new__(Hangs)
    with in_process(receiver) as target, Transport(target, timeout=0.1) as transport:
        assert transport.send(b"hang").outcome is Outcome.TIMEOUT
        assert transport.send(b"").status == 204


def test_odd_answers_are_odd_here_too() -> None:
    """Bytes that are no HTTP, a closed connection, a body that never ends whole."""

    class Odd(Receiver):
        def handle(self, incoming: Incoming) -> Reply:
            return Reply(raw=incoming.body)

    receiver = Odd.__new__(Odd)
    with in_process(receiver) as target, Transport(target, timeout=1) as transport:
        assert transport.send(b"SSH-2.0\r\n").outcome is Outcome.NOT_HTTP
        assert transport.send(b"").outcome is Outcome.CLOSED
        short = transport.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
        assert not short.body_complete

    async def broken_off(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"abc", "more_body": True})
        raise RuntimeError

    assert not sent(broken_off)[0].body_complete


def test_a_lifespan_is_lived() -> None:
    """It starts before the first request and ends with the block; one that fails is told."""
    told: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            told.append(scope["state"]["name"])
            await asgi(scope, receive, send)
            return
        scope["state"]["name"] = "served"
        for step in ("startup", "shutdown"):
            assert (await receive())["type"] == f"lifespan.{step}"
            told.append(step)
            await send({"type": f"lifespan.{step}.complete"})

    assert sent(app)[0].status == 200
    assert told == ["startup", "served", "served", "shutdown"]

    async def fails(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "lifespan.startup.failed", "message": "no database"})

    with pytest.raises(UsageError, match="no database"), in_process(fails):
        pytest.fail("it does not start")


def test_requests_at_once_are_served_at_once() -> None:
    """Parallel deliveries meet in the application as they would in a server."""
    both = threading.Barrier(2, timeout=5)

    def meets(environ: Any, start_response: Any) -> list[bytes]:
        both.wait()
        start_response("200 OK", [])
        return [b"met"]

    found: list[bytes] = []
    with in_process(meets) as target:

        def one() -> None:
            with Transport(target, timeout=5) as transport:
                found.append(transport.send(b"").body)

        threads = [threading.Thread(target=one) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [b"met", b"met"]


class Called:
    """An object that is an ASGI application."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Do nothing."""


@pytest.mark.parametrize(
    ("app", "which"),
    [(asgi, True), (Called(), True), (wsgi, False), (lambda *, a: a, False), (dict, False)],
)
def test_which_kind_an_application_is_shows(app: Any, *, which: bool) -> None:
    """By what it is called with."""
    assert is_asgi(app) is which


def test_what_is_no_application_is_told() -> None:
    """In words, before anything is sent."""
    with pytest.raises(UsageError, match="neither an ASGI nor a WSGI"), in_process(7):
        pytest.fail("it is a number")


def test_the_next_request_hears_nothing_of_one_that_was_given_up() -> None:
    """An answer that comes late is that of its own connection, and of nobody else."""
    late = threading.Event()

    class Late(Receiver):
        """Answers the first request when the second one is there."""

        def __init__(self) -> None:
            self.count = 0

        def handle(self, incoming: Incoming) -> Reply:
            """Tell which one it was."""
            del incoming
            self.count += 1
            mine = self.count
            (late.wait if mine == 1 else late.set)()
            return Reply(200, str(mine).encode())

    with in_process(Late()) as target, Transport(target, timeout=0.1) as transport:
        assert transport.send(b"{}").outcome is Outcome.TIMEOUT
        assert [transport.send(b"{}").body for _ in range(3)] == [b"2", b"3", b"4"]
