"""Requests to one receiver, which may be broken or hostile: no answer hangs it or misleads it.

Nothing is followed, decompressed, remembered or taken from the environment: no redirects,
no proxies, no netrc, no cookies.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from hookproof.http.answer import Answer, Outcome
from hookproof.http.connection import ConnectFailed, Connection, Deadline, open_socket
from hookproof.http.exchange import Exchange
from hookproof.http.http1 import AnswerReader, encode_request
from hookproof.http.in_process import AppConnection
from hookproof.http.oddity import redirection
from hookproof.http.target import with_query

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from hookproof.http.request import Request
    from hookproof.http.target import Target

LONGEST_TIMEOUT = 24 * 60 * 60.0


def nothing() -> None:
    """What is done while an answer is awaited, unless there is something to do."""


class Transport:
    """Sends requests to one target, one at a time over a kept connection, each under one deadline.

    timeout: seconds over connecting, the TLS handshake, sending and the whole answer.
    clock: seconds that never go back.

    Raises ValueError for a timeout that is not more than 0 and at most a day.
    """

    def __init__(
        self, target: Target, *, timeout: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if not 0 < timeout <= LONGEST_TIMEOUT:
            message = f"not a timeout in seconds: {timeout!r}"
            raise ValueError(message)
        self._target = target
        self._timeout = timeout
        self._clock = clock
        self._kept: Connection | AppConnection | None = None
        self._tls = _tls_context() if target.scheme == "https" else None

    def send(
        self,
        body: bytes,
        *,
        headers: Sequence[tuple[str, str]] = (),
        method: str = "POST",
        chunked: bool = False,
        query: str = "",
        meanwhile: Callable[[], object] = nothing,
    ) -> Answer:
        """Send one request and wait for what comes of it; nothing a receiver does raises.

        `query` is added to the query that the target has, as it is. `meanwhile` is called once
        at most, while the receiver is at work; an answer that is there sooner waits for it.
        Raises ValueError for a method or a header that cannot be sent: a name that is no
        token, CR, LF or NUL, and Host, Connection, Content-Length and Transfer-Encoding.
        """
        target = self._target
        wire = encode_request(
            body,
            method=method,
            path=with_query(target.path, query),
            authority=target.host_header,
            headers=target.with_given(headers),
            chunked=chunked,
        )
        if target.application is not None:
            # In one process nothing is won by doing both at once: threads only get in the way.
            meanwhile()
            meanwhile = nothing
        deadline = Deadline(self._clock, self._clock(), self._timeout)
        bodiless = method == "HEAD"
        kept, strayed = self._take_kept()
        if kept is None:
            answer = self._send_afresh(wire, deadline, bodiless=bodiless, meanwhile=meanwhile)
            return replace(answer, strayed=strayed)
        answer, dead_end = self._exchange(
            kept, wire, deadline, bodiless=bodiless, meanwhile=meanwhile
        )
        if dead_end and answer.outcome in {Outcome.CLOSED, Outcome.RESET}:
            return self._send_again(wire, deadline, bodiless=bodiless)
        return answer

    def send_request(
        self,
        request: Request,
        *,
        chunked: bool = False,
        meanwhile: Callable[[], object] = nothing,
    ) -> Answer:
        """Send a request as it was written; see `send`."""
        return self.send(
            request.body,
            headers=request.headers,
            query=request.query,
            chunked=chunked,
            meanwhile=meanwhile,
        )

    def connect(self) -> Connection:
        """A new connection, for whoever waits for several at once; raises ConnectFailed."""
        return self._open(Deadline(self._clock, self._clock(), self._timeout))

    def close(self) -> None:
        """Close the kept connection, if there is one."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def __enter__(self) -> Self:
        """Itself, to be closed on the way out."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the kept connection."""
        self.close()

    def _take_kept(self) -> tuple[Connection | AppConnection | None, bool]:
        """The kept connection when it can still be used, and whether anything came unasked."""
        kept, self._kept = self._kept, None
        came = kept.unasked() if kept else None
        if kept and came is not None:
            # What came since the last answer would pass for the answer to the next request.
            kept.close()
            kept = None
        return kept, bool(came)

    def _send_afresh(
        self,
        wire: bytes,
        deadline: Deadline,
        *,
        bodiless: bool,
        meanwhile: Callable[[], object] = nothing,
    ) -> Answer:
        """Send over a new connection."""
        try:
            connection = self._connect(deadline)
        except ConnectFailed as failure:
            return Answer(
                failure.outcome,
                elapsed=deadline.elapsed(),
                detail=failure.detail,
                symptom=failure.symptom,
            )
        return self._exchange(connection, wire, deadline, bodiless=bodiless, meanwhile=meanwhile)[0]

    def _send_again(self, wire: bytes, deadline: Deadline, *, bodiless: bool) -> Answer:
        """Send what a kept connection took without an answer, and say so."""
        answer = self._send_afresh(wire, deadline, bodiless=bodiless)
        note = "sent again, because the kept connection was closed without an answer"
        detail = f"{note}; {answer.detail}" if answer.detail else note
        return replace(answer, resent=True, detail=detail)

    def _connect(self, deadline: Deadline) -> Connection | AppConnection:
        if self._target.application is not None:
            return AppConnection(self._target.application)
        return self._open(deadline)

    def _open(self, deadline: Deadline) -> Connection:
        if self._tls is None:
            return Connection(open_socket(self._target, deadline))
        from hookproof.http.tls import open_tls  # noqa: PLC0415 - only https pays for it

        return open_tls(self._target, deadline, self._tls)

    def _exchange(
        self,
        connection: Connection | AppConnection,
        wire: bytes,
        deadline: Deadline,
        *,
        bodiless: bool,
        meanwhile: Callable[[], object],
    ) -> tuple[Answer, bool]:
        """One exchange, and whether the connection ended before a byte of an answer came."""
        reader = AnswerReader(bodiless=bodiless)
        exchange = Exchange(connection, wire, reader=reader, deadline=deadline)
        keep = False
        try:
            answer = exchange.run(meanwhile)
            keep = exchange.left_reusable
        finally:
            if keep:
                self._kept = connection
            else:
                connection.close()
        if answer.status_class == 3 and answer.symptom is None:
            symptom = redirection(answer.header("location"), self._target)
            answer = replace(answer, symptom=symptom)
        return answer, exchange.met_a_dead_end


def _tls_context() -> ssl.SSLContext:
    from hookproof.http.tls import tls_context  # noqa: PLC0415 - only https pays for it

    return tls_context()
