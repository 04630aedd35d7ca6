"""The transport against receivers that each misbehave in one way."""

from __future__ import annotations

import contextlib
import errno
import gzip
import socket
import threading
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from unit.http.receivers import OK, Receiver, answers, drips, floods, keeps_alive, reset

from hookproof import __version__
from hookproof.http.answer import Answer, Outcome
from hookproof.http.connection import Deadline
from hookproof.http.exchange import Exchange, Known
from hookproof.http.http1 import AnswerReader
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TIMEOUT = 0.5
GRACE = 0.5
BIG = bytes(32 * 1024 * 1024)


@contextlib.contextmanager
def in_time(exchanges: int = 1) -> Iterator[None]:
    """Hold what is done inside to the deadline, generously."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < exchanges * (TIMEOUT + GRACE)


def send(
    handle: Callable[[Receiver, socket.socket], None],
    body: bytes = b"{}",
    *,
    method: str = "POST",
) -> Answer:
    """Send one request to a receiver of this kind."""
    with Receiver(handle) as receiver:
        target = resolve_target(receiver.url)
        with Transport(target, timeout=TIMEOUT) as transport, in_time():
            answer = transport.send(body, method=method)
    assert answer.elapsed < TIMEOUT + GRACE
    assert answer.detail.isascii()
    assert len(answer.body) <= 64 * 1024
    return answer


def test_a_request_is_sent_exactly() -> None:
    """Method, path with query, Host with port, headers and body arrive as they were given."""
    with Receiver(keeps_alive) as receiver:
        target = resolve_target(receiver.url)
        with Transport(target, timeout=TIMEOUT) as transport:
            answer = transport.send(b'{"a": 1}', headers=[("X-One", "1"), ("X-One", "\xe4 ")])
    assert receiver.requests == [
        b"POST /callback?a=1 HTTP/1.1\r\n"
        b"Host: 127.0.0.1:%d\r\nConnection: keep-alive\r\n"
        b"User-Agent: hookproof/%b\r\nAccept: */*\r\nX-One: 1\r\nX-One: \xe4 \r\n"
        b'Content-Length: 8\r\n\r\n{"a": 1}' % (target.port, __version__.encode())
    ]
    assert (answer.outcome, answer.status, answer.body) == (Outcome.ANSWERED, 200, b"ok")
    assert answer.body_complete
    assert not answer.detail
    assert answer.headers == (("Content-Length", "2"),)


def test_a_connection_is_used_again() -> None:
    """A hundred requests to a receiver that keeps its connections alive go over one of them."""
    with Receiver(keeps_alive) as receiver:
        with Transport(resolve_target(receiver.url), timeout=TIMEOUT) as transport:
            answers = [transport.send(b"%d" % number) for number in range(100)]
        assert receiver.connections == 1
    assert {answer.status for answer in answers} == {200}
    assert not any(answer.resent for answer in answers)
    assert [raw.partition(b"\r\n\r\n")[2] for raw in receiver.requests] == [
        b"%d" % number for number in range(100)
    ]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: Close\r\n\r\nok", id="close"
        ),
        pytest.param(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", id="http-1.0"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more", id="bytes-after"),
        pytest.param(b"HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n", id="204-with-length"),
    ],
)
def test_a_doubtful_connection_is_not_used_again(raw: bytes) -> None:
    """After an answer that ends the connection, or whose end is in doubt, a new one is opened."""
    with Receiver(answers(raw, hold=True)) as receiver:
        with Transport(resolve_target(receiver.url), timeout=TIMEOUT) as transport:
            statuses = [transport.send(b"{}").status_class for _ in range(3)]
        assert receiver.connections == 3
    assert statuses == [2, 2, 2]


def test_a_stray_answer_is_never_taken_for_the_next_one() -> None:
    """An answer that arrives unasked between two requests is thrown away with its connection."""

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        receiver.read(connection)
        connection.sendall(OK)
        time.sleep(0.05)
        connection.sendall(b"HTTP/1.1 500 Stray\r\nContent-Length: 0\r\n\r\n")
        receiver.over.wait(3)

    with Receiver(handle) as receiver:
        with Transport(resolve_target(receiver.url), timeout=TIMEOUT) as transport:
            first = transport.send(b"{}")
            time.sleep(0.15)
            second = transport.send(b"{}")
        assert receiver.connections == 2
    assert (first.status, second.status, second.resent) == (200, 200, False)


def test_a_connection_closed_between_requests_is_replaced_unnoticed() -> None:
    """A kept connection that was closed before the next request costs nothing but a new one."""
    with Receiver(answers(OK)) as receiver:
        with Transport(resolve_target(receiver.url), timeout=TIMEOUT) as transport:
            first = transport.send(b"{}")
            time.sleep(0.1)
            second = transport.send(b"{}")
        assert receiver.connections == 2
    assert (first.status, second.status, second.resent) == (200, 200, False)
    assert len(receiver.requests) == 2


@pytest.mark.parametrize("end", [socket.socket.close, reset], ids=["close", "reset"])
def test_a_kept_connection_that_fails_is_tried_again_once(
    end: Callable[[socket.socket], None],
) -> None:
    """A request that a kept connection took without an answer goes out again, and it is said."""

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        receiver.read(connection)
        connection.sendall(OK)
        receiver.read(connection)
        end(connection)

    with Receiver(handle) as receiver:
        with Transport(resolve_target(receiver.url), timeout=TIMEOUT) as transport:
            transport.send(b"1")
            second = transport.send(b"2")
        assert receiver.connections == 2
    assert (second.outcome, second.status, second.resent) == (Outcome.ANSWERED, 200, True)
    assert "sent again" in second.detail
    assert len(receiver.requests) == 3


def test_what_is_done_meanwhile_is_done_while_the_receiver_works() -> None:
    """Once for each request, after it is sent and before its answer is there."""
    begun, done = threading.Event(), threading.Event()

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        while receiver.read(connection):
            begun.set()
            assert done.wait(3)
            connection.sendall(OK)

    def work() -> None:
        assert begun.wait(3)
        done.set()
        times.append(1)

    times: list[int] = []
    with (
        Receiver(handle) as receiver,
        Transport(resolve_target(receiver.url), timeout=TIMEOUT) as transport,
    ):
        for number in (1, 2):
            assert transport.send(b"{}", meanwhile=work).status == 200
            assert len(times) == number


def test_what_is_done_meanwhile_is_not_done_again_with_a_second_try() -> None:
    """A request that goes out twice is still one, and one that reaches nobody is none."""
    times: list[int] = []

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        receiver.read(connection)
        connection.sendall(OK)
        receiver.read(connection)

    with (
        Receiver(handle) as receiver,
        Transport(resolve_target(receiver.url), timeout=TIMEOUT) as transport,
    ):
        transport.send(b"1")
        assert transport.send(b"2", meanwhile=lambda: times.append(1)).resent
    with Transport(resolve_target(receiver.url), timeout=TIMEOUT) as transport:
        assert transport.send(b"3", meanwhile=lambda: times.append(3)).status is None
    assert times == [1]


def test_a_receiver_that_dies_of_a_request_does_not_hide_it() -> None:
    """When the second try ends without an answer too, that is the outcome."""

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        while not receiver.read(connection).endswith(b"die"):
            connection.sendall(OK)

    with Receiver(handle) as receiver:
        with Transport(resolve_target(receiver.url), timeout=TIMEOUT) as transport:
            transport.send(b"{}")
            answer = transport.send(b"die")
            after = transport.send(b"{}")
        assert receiver.connections == 3
    assert (answer.outcome, answer.status, answer.resent) == (Outcome.CLOSED, None, True)
    assert after.status == 200


def test_nobody_listens() -> None:
    """A port on which nobody listens refuses."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with Transport(resolve_target(url), timeout=TIMEOUT) as transport:
        answer = transport.send(b"{}")
    assert (answer.outcome, answer.status) == (Outcome.REFUSED, None)


def test_nobody_accepts() -> None:
    """A listener whose queue is full, or that never accepts, ends in a timeout."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)  # noqa: FBT003 - the name of the argument is not in its API
            filler.connect_ex(listener.getsockname())
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with Transport(resolve_target(url), timeout=TIMEOUT) as transport, in_time():
            answer = transport.send(b"{}")
    assert (answer.outcome, answer.status) == (Outcome.TIMEOUT, None)


def test_no_answer_at_all() -> None:
    """A receiver that reads and never answers is timed out."""
    answer = send(answers(b"", hold=True))
    assert (answer.outcome, answer.detail) == (Outcome.TIMEOUT, "no answer within 0.5 s")
    assert answer.elapsed >= TIMEOUT


def test_a_request_that_is_never_read() -> None:
    """A receiver that accepts and reads nothing is timed out while the request is being sent."""
    answer = send(lambda receiver, _: receiver.over.wait(3) and None, BIG)
    assert answer.outcome is Outcome.TIMEOUT
    assert answer.detail.startswith("the request was not read within 0.5 s (")


def test_a_request_that_is_read_slowly() -> None:
    """A receiver that reads a little now and then does not extend the deadline."""

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        while not receiver.over.wait(0.02):
            connection.recv(1024)

    assert send(handle, BIG).outcome is Outcome.TIMEOUT


@pytest.mark.parametrize(
    ("beginning", "drip"),
    [
        pytest.param(b"", b"H", id="status-line"),
        pytest.param(b"HTTP/1.1 200 O", b"K", id="reason"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX-Drip: ", b"x", id="header"),
        pytest.param(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", id="headers"),
        pytest.param(b"", b"HTTP/1.1 100 Continue\r\n", id="interim"),
    ],
)
def test_a_dripping_head_is_timed_out(beginning: bytes, drip: bytes) -> None:
    """Bytes that keep coming before the headers are complete do not extend the deadline."""
    answer = send(drips(beginning, drip, 0.1 if drip.startswith(b"HTTP") else 0.02))
    assert (answer.outcome, answer.status) in {(Outcome.TIMEOUT, None), (Outcome.NOT_HTTP, None)}
    if beginning:
        assert answer.outcome is Outcome.TIMEOUT
        assert "headers of the answer were not complete" in answer.detail


@pytest.mark.parametrize(
    ("beginning", "drip"),
    [
        pytest.param(b"Content-Length: 1000\r\n\r\n", b"x", id="length"),
        pytest.param(b"\r\n", b"x", id="to-the-end"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", id="chunks"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\n1", b"0", id="chunk-line"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n", id="trailers"),
    ],
)
def test_a_dripping_body_keeps_its_status(beginning: bytes, drip: bytes) -> None:
    """A body that is not complete at the deadline is an answer with its status, and marked."""
    answer = send(drips(b"HTTP/1.1 201 Created\r\n" + beginning, drip))
    assert (answer.outcome, answer.status, answer.body_complete) == (Outcome.ANSWERED, 201, False)
    assert answer.detail


@pytest.mark.parametrize(
    ("beginning", "piece"),
    [
        pytest.param(b"\r\n", b"x" * 65536, id="to-the-end"),
        pytest.param(b"Content-Length: 10737418240\r\n\r\n", b"x" * 65536, id="10-GB"),
        pytest.param(b"Content-Length: 9999999999999999999\r\n\r\n", b"x" * 65536, id="10^19"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\n", b"8\r\nxxxxxxxx\r\n" * 9, id="chunks"),
        pytest.param(
            b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n", b"x" * 65536, id="one-chunk"
        ),
    ],
)
def test_an_endless_body_is_cut(beginning: bytes, piece: bytes) -> None:
    """An answer without an end gives its status and the first 64 KiB."""
    answer = send(floods(b"HTTP/1.1 200 OK\r\n" + beginning, piece))
    assert (answer.outcome, answer.status, answer.body_complete) == (Outcome.ANSWERED, 200, False)
    assert answer.body == b"x" * 64 * 1024
    assert "longer than 64 KiB" in answer.detail


@pytest.mark.parametrize(
    ("beginning", "piece", "detail"),
    [
        pytest.param(
            b"", b"HTTP/1.1 100 Continue\r\n\r\n", "more than five interim answers", id="interim"
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", "more than 100 headers", id="headers"),
        pytest.param(b"HTTP/1.1 200 ", b"x" * 999, "headers are longer", id="reason"),
        pytest.param(b"", b"\x00" * 999, "the status line is not HTTP", id="binary"),
    ],
)
def test_an_endless_head_is_not_http(beginning: bytes, piece: bytes, detail: str) -> None:
    """A flood of interim answers, headers or noise is given up."""
    answer = send(floods(beginning, piece))
    assert (answer.outcome, answer.status) == (Outcome.NOT_HTTP, None)
    assert detail in answer.detail


def test_noise_is_told_at_once() -> None:
    """What cannot become a status line is not waited for, and is shown."""
    answer = send(answers(b"hello", hold=True))
    assert answer.outcome is Outcome.NOT_HTTP
    assert answer.detail == "the status line is not HTTP: 'hello'"
    assert answer.elapsed < TIMEOUT


def test_a_negative_length_is_not_http() -> None:
    """A Content-Length that is not a number is never taken for a length."""
    answer = send(answers(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"))
    assert (answer.outcome, answer.status) == (Outcome.NOT_HTTP, None)
    assert answer.detail == "Content-Length is not a number: '-5'"


def test_a_reset_before_the_answer() -> None:
    """A connection that is reset after the request was read has no answer."""

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        receiver.read(connection)
        reset(connection)

    answer = send(handle)
    assert (answer.outcome, answer.status, answer.resent) == (Outcome.RESET, None, False)


def test_a_reset_at_once() -> None:
    """A connection that is reset as soon as it stands has no answer."""
    answer = send(lambda _, connection: reset(connection))
    assert (answer.outcome, answer.status) == (Outcome.RESET, None)


def test_a_close_before_the_answer() -> None:
    """A connection that is closed after the request was read has no answer."""
    answer = send(answers(b""))
    assert (answer.outcome, answer.status) == (Outcome.CLOSED, None)
    assert answer.detail == "the connection was closed without an answer"


def test_a_close_in_the_headers() -> None:
    """A status line whose headers never end is no answer."""
    answer = send(answers(b"HTTP/1.1 200 OK\r\nContent-Le"))
    assert (answer.outcome, answer.status) == (Outcome.CLOSED, None)
    assert answer.detail == "the connection was closed in the middle of the headers"


def test_a_close_in_the_body() -> None:
    """A body shorter than its length is an answer with its status, and marked."""
    answer = send(answers(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"))
    assert (answer.outcome, answer.status, answer.body) == (Outcome.ANSWERED, 200, b"short")
    assert not answer.body_complete
    assert "closed in the middle of the body (5 bytes of it came)" in answer.detail


def test_a_reset_in_the_body() -> None:
    """A body cut off by a reset is an answer with its status, and marked."""

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        receiver.read(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nshort")
        time.sleep(0.1)
        reset(connection)

    answer = send(handle)
    assert (answer.outcome, answer.status, answer.body) == (Outcome.ANSWERED, 200, b"short")
    assert not answer.body_complete
    assert "cut off" in answer.detail


def test_a_body_up_to_the_close() -> None:
    """Without a length the body ends with the connection, and is whole."""
    answer = send(answers(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 64 * 1024))
    assert (answer.status, answer.body_complete) == (200, True)
    assert len(answer.body) == 64 * 1024


def test_a_redirect_is_not_followed() -> None:
    """A redirect is the answer; nothing is sent to where it points."""
    with Receiver(keeps_alive) as elsewhere:
        location = elsewhere.url.encode()
        raw = b"HTTP/1.1 307 There\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % location
        answer = send(answers(raw))
        assert elsewhere.connections == 0
    assert (answer.outcome, answer.status, answer.status_class) == (Outcome.ANSWERED, 307, 3)
    assert answer.header("location") == elsewhere.url


def test_no_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's proxies are not asked."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert send(answers(OK)).status == 200


def test_a_chunked_body_is_put_together() -> None:
    """Chunks, their extensions and the trailers are taken off; the connection lives on."""
    raw = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
        b"3;a=b\r\nabc\r\n00A\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\n"
    )

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        while receiver.read(connection):
            connection.sendall(raw)

    with Receiver(handle) as receiver:
        with Transport(resolve_target(receiver.url), timeout=TIMEOUT) as transport:
            got = [transport.send(b"{}") for _ in range(2)]
        assert receiver.connections == 1
    assert [answer.body for answer in got] == [b"abc0123456789"] * 2
    assert all(answer.body_complete for answer in got)


def test_a_bad_chunk_keeps_the_status() -> None:
    """A chunk without a size ends the body, not the answer."""
    answer = send(
        answers(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n-1\r\n", hold=True
        )
    )
    assert (answer.outcome, answer.status, answer.body) == (Outcome.ANSWERED, 200, b"ok")
    assert not answer.body_complete
    assert answer.elapsed < TIMEOUT


def test_a_compressed_body_is_left_as_it_came() -> None:
    """Nothing is decompressed, so a small answer stays small."""
    packed = gzip.compress(bytes(10_000_000))[: 60 * 1024]
    raw = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    answer = send(answers(raw + packed))
    assert (answer.body, answer.body_complete) == (packed, True)


@pytest.mark.parametrize("status", [204, 304])
def test_a_status_without_a_body(status: int) -> None:
    """After 204 and 304 no body is waited for."""
    answer = send(answers(b"HTTP/1.1 %d X\r\nContent-Length: 5\r\n\r\n" % status, hold=True))
    assert (answer.outcome, answer.status, answer.body) == (Outcome.ANSWERED, status, b"")
    assert answer.body_complete
    assert answer.elapsed < TIMEOUT


def test_head_has_no_body() -> None:
    """After HEAD no body is waited for, whatever the length says."""
    answer = send(answers(b"HTTP/1.1 200 X\r\nContent-Length: 5\r\n\r\n", hold=True), method="HEAD")
    assert (answer.status, answer.body_complete) == (200, True)
    assert answer.elapsed < TIMEOUT


def test_an_answer_before_the_request() -> None:
    """A receiver that answers without reading is heard."""

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        connection.sendall(OK)
        receiver.over.wait(3)

    answer = send(handle)
    assert (answer.outcome, answer.status) == (Outcome.ANSWERED, 200)


@pytest.mark.parametrize("hold", [True, False], ids=["hold", "close"])
def test_an_early_refusal_of_a_large_request(*, hold: bool) -> None:
    """A 413 that comes while the request is still being sent is read, even when a reset follows."""

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        connection.recv(1024)
        connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno")
        if hold:
            receiver.over.wait(3)

    answer = send(handle, BIG)
    assert (answer.outcome, answer.status, answer.body) == (Outcome.ANSWERED, 413, b"no")
    assert answer.elapsed < TIMEOUT


def test_a_large_request_arrives_whole() -> None:
    """A request larger than every buffer is sent while the receiver reads it."""
    with Receiver(keeps_alive) as receiver:
        body = bytes(range(256)) * 4096 * 4
        with Transport(resolve_target(receiver.url), timeout=5) as transport:
            assert transport.send(body).status == 200
            assert transport.send(b"{}").status == 200
        assert receiver.connections == 1
    assert receiver.requests[0].endswith(b"\r\n\r\n" + body)


def test_interim_answers_are_passed_over() -> None:
    """Up to five interim answers may come before the one that counts."""
    answer = send(answers(b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" * 5 + OK))
    assert (answer.status, answer.headers) == (200, (("Content-Length", "2"),))


@pytest.mark.parametrize(
    "header",
    [
        ("X", "a\r\nY: b"),
        ("X", "a\n"),
        ("X", "a\0"),
        ("X\r\nY", "a"),
        ("X Y", "a"),
        ("", "a"),
        ("X:", "a"),
        ("X", "\u2713"),
        ("content-length", "1"),
        ("Host", "elsewhere"),
    ],
)
def test_a_header_that_cannot_be_sent_is_refused(header: tuple[str, str]) -> None:
    """A header that would change the request's framing is the caller's mistake."""
    target = resolve_target("http://127.0.0.1:9/")
    with Transport(target, timeout=TIMEOUT) as transport, pytest.raises(ValueError, match=r"."):
        transport.send(b"", headers=[header])


def test_a_method_that_cannot_be_sent_is_refused() -> None:
    """A method is one word."""
    target = resolve_target("http://127.0.0.1:9/")
    with Transport(target, timeout=TIMEOUT) as transport, pytest.raises(ValueError, match="method"):
        transport.send(b"", method="GET / HTTP/1.1\r\nX:")


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), 1e9])
def test_a_timeout_that_is_none_is_refused(timeout: float) -> None:
    """There is no exchange without a deadline."""
    with pytest.raises(ValueError, match="timeout"):
        Transport(resolve_target("http://127.0.0.1:9/"), timeout=timeout)


@pytest.mark.parametrize("moment", range(1, 11))
def test_an_interrupted_exchange_leaves_no_answer_behind(moment: int) -> None:
    """After an exception from outside, the next request does not meet the answer to the last."""

    class InterruptionError(Exception):
        pass

    ticks = iter(range(1000))

    def clock() -> float:
        if next(ticks) == moment:
            raise InterruptionError
        return time.monotonic()

    def echo(receiver: Receiver, connection: socket.socket) -> None:
        while request := receiver.read(connection):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + request[-1:])

    with Receiver(echo) as receiver:
        target = resolve_target(receiver.url)
        with Transport(target, timeout=TIMEOUT, clock=clock) as transport:
            bodies = [b"%d" % number for number in range(6)]
            got = []
            for body in bodies:
                with contextlib.suppress(InterruptionError):
                    got.append((body, transport.send(body).body))
    assert len(got) == 5
    assert all(sent == echoed for sent, echoed in got)


@pytest.mark.parametrize("what", ["socket.socket", "selectors.DefaultSelector"])
def test_a_system_without_descriptors(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """When this machine has no descriptor left, the target is unreachable, with the reason."""

    def exhausted(*_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    with Receiver(keeps_alive) as receiver:
        transport = Transport(resolve_target(receiver.url), timeout=TIMEOUT)
        with monkeypatch.context() as patch:
            patch.setattr(what, exhausted)
            answer = transport.send(b"{}")
        with transport:
            assert transport.send(b"{}").status == 200
    assert answer.outcome is Outcome.UNREACHABLE
    assert answer.detail == "no connection: Too many open files"


@pytest.mark.parametrize(("heard", "dripping"), [(0.0, False), (2.4, False), (2.6, True)])
def test_who_was_heard_in_the_second_half_of_the_time_drips(heard: float, dripping: bool) -> None:  # noqa: FBT001
    """What came early and then nothing has stalled; what still comes late drips."""
    deadline = cast("Any", SimpleNamespace(timeout=5.0))
    exchange = Exchange(cast("Any", None), b"", reader=cast("Any", None), deadline=deadline)
    exchange._last_heard = heard
    assert exchange._still_dripping is dripping


class Pieces:
    """A connection that takes all, and gives an answer in pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces, self.acknowledged = list(pieces), 0

    def send(self, data: memoryview) -> int:
        """Take all."""
        return len(data)

    def receive(self) -> bytes | None:
        """The next piece."""
        return self.pieces.pop(0) if self.pieces else None

    def acknowledge(self) -> None:
        """Count it."""
        self.acknowledged += 1


def exchanged(known: Known | None, *pieces: bytes) -> tuple[Answer | None, bool, int]:
    """The answer, whether another may follow, and how often a piece was acknowledged at once."""
    connection = Pieces(*pieces)
    deadline = Deadline(time.monotonic, time.monotonic(), 5)
    exchange = Exchange(
        cast("Any", connection), b"{}", reader=AnswerReader(), deadline=deadline, known=known
    )
    exchange.begin()
    answer = exchange.advance(waiting=False) or exchange.advance(waiting=False)
    return answer, exchange.left_reusable, connection.acknowledged


def test_only_a_part_of_an_answer_is_acknowledged_at_once() -> None:
    """A receiver may wait for that before it sends the rest; a whole one needs no packet more."""
    assert exchanged(None, OK)[1:] == (True, 0)
    assert exchanged(None, OK[:20], OK[20:])[1:] == (True, 1)


def test_an_answer_that_is_known_is_not_read_again() -> None:
    """One that came in one piece and left nothing open; any other is read as it comes."""
    known = Known()
    first, _, _ = exchanged(known, OK[:20], OK[20:])
    assert known.answer is None
    first, _, _ = exchanged(known, OK)
    assert first is known.answer
    assert exchanged(known, OK)[:2] == (first, True)
    other = OK.replace(b"200", b"503")
    answer, _, _ = exchanged(known, OK[:20], other[20:])
    assert answer is not first
    answer, _, _ = exchanged(known, other)
    assert answer is not None
    assert answer.status == 503
    closing = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    for _ in range(2):
        assert exchanged(known, closing)[1] is False
    assert known.answer is answer
