"""Requests at a rate that no answer slows down, or over some connections as fast as they go."""

from __future__ import annotations

import re
import selectors
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.running.report import percentiles
from hookproof.errors import UsageError
from hookproof.http.answer import Answer, Outcome
from hookproof.http.connection import ConnectFailed, Deadline
from hookproof.http.exchange import Exchange, Known
from hookproof.http.http1 import AnswerReader, encode_request
from hookproof.http.target import with_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.http.connection import Connection
    from hookproof.http.request import Request
    from hookproof.http.target import Target

_THRESHOLD: Final = re.compile(r"(p50|p90|p99|max|failed|rate)(<=|<|>=|>)([0-9.]+)(ms|s|%|)")
# Seconds that a sender may be behind its rate without a word.
_CLOSE: Final = 0.01
_FACTORS: Final = {"ms": 0.001, "s": 1.0, "%": 0.01, "": 1.0}
_UNITS: Final = {"rate": {""}, "failed": {"%", ""}}


@dataclass
class Load:
    """What became of the requests: how many were received, the others by what came instead.

    `times` are seconds from when a request was due to its answer, so that one which had to wait
    for those before it counts its waiting. `late` began more than a hundredth of a second after
    they were due, which is as close as the sender came to its rate.
    """

    sent: int = 0
    received: int = 0
    late: int = 0
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    otherwise: Counter[str] = field(default_factory=Counter)

    def figures(self) -> dict[str, float]:
        """What thresholds are about: seconds, the share that failed, requests a second."""
        times = percentiles(self.times) or dict.fromkeys(("p50", "p90", "p99", "max"), 0.0)
        failed = (self.sent - self.received) / self.sent if self.sent else 1.0
        return {
            **times,
            "failed": failed,
            "rate": self.sent / self.seconds if self.seconds else 0.0,
        }


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure that a load is held to, such as p99<200ms."""

    text: str
    figure: str
    sign: str
    limit: float

    @classmethod
    def read(cls, text: str) -> Threshold:
        """Take one apart; raises UsageError where it is none."""
        match = _THRESHOLD.fullmatch(text.replace(" ", ""))
        if not match or match[4] not in _UNITS.get(match[1], {"ms", "s"}):
            hint = "as in p99<200ms (p50, p90, p99, max), failed<1% or rate>900"
            raise UsageError(f"{text!a} is no threshold", hint=hint)
        return cls(text, match[1], match[2], float(match[3]) * _FACTORS[match[4]])

    def holds(self, load: Load) -> bool:
        """Whether a load kept it; a load without an answer has no times to keep one with."""
        value = load.figures()[self.figure]
        if self.figure not in _UNITS and not load.times:
            return False
        if self.sign.startswith("<"):
            return value < self.limit or (self.sign == "<=" and value == self.limit)
        return value > self.limit or (self.sign == ">=" and value == self.limit)


@dataclass(slots=True, eq=False)
class _Line:
    """A connection, and what is under way on it; `used` where an answer came over it before."""

    connection: Connection
    exchange: Exchange | None = None
    wire: bytes = b""
    since: float = 0.0
    used: bool = False
    writing: bool = False


@dataclass
class Engine:
    """Sends requests over several connections from one thread, which waits for all at once.

    `connect` opens a connection or raises ConnectFailed; `is_received` tells of an answer whether
    the vendor counts it; `timeout` is for one exchange, in seconds. With a `rate` a request is due
    each so often, whatever becomes of those before; without one, as soon as a connection is free.
    """

    target: Target
    connect: Callable[[], Connection]
    is_received: Callable[[Answer], bool]
    clock: Callable[[], float]
    timeout: float
    connections: int
    rate: float | None = None

    def run(self, requests: Iterator[Request], *, count: int) -> Load:
        """Send so many; raises ConnectFailed where the very first finds nobody."""
        self._load, self._requests, self._count = Load(), requests, count
        self._selector, self._waiting = selectors.DefaultSelector(), deque[float]()
        self._idle, self._lines, self._noticed = deque[_Line](), set[_Line](), 0
        self._heads: dict[Any, bytes] = {}
        self._known = Known()
        self._looked = 0.0
        self._rest(self._open())
        start = self.clock()
        try:
            while self._load.sent < count:
                self._begin_what_is_due(start)
                self._take_what_comes(start)
        finally:
            for line in self._lines:
                line.connection.close()
            self._selector.close()
        self._load.seconds = self.clock() - start
        return self._load

    # -- when -------------------------------------------------------------------------------------

    def _begin_what_is_due(self, start: float) -> None:
        """Send what is due while connections are free; what has to wait is measured from now on."""
        while self._waiting and self._is_free():
            self._begin(self._waiting.popleft())
        while self._noticed < self._count:
            now = self.clock()
            due = start + self._noticed / self.rate if self.rate else now
            if due > now or not (self.rate or self._is_free()):
                return
            self._noticed += 1
            self._load.late += now - due > _CLOSE
            if self._is_free():
                self._begin(now)
            else:
                self._waiting.append(now)

    def _take_what_comes(self, start: float) -> None:
        """Wait until something comes or is due, and take the answers."""
        pause = self.timeout / 4
        if self.rate and self._noticed < self._count:
            due = start + self._noticed / self.rate
            pause = max(min(pause, due - self.clock()), 0.0)
        for key, _ in self._selector.select(pause):
            line: _Line = key.data
            if line.exchange is None:
                self._drop(line)
            else:
                self._advance(line)
        now = self.clock()
        if now - self._looked > self.timeout / 4:
            self._looked = now
            for line in [one for one in self._lines if one.exchange]:
                self._advance(line)

    # -- one exchange -----------------------------------------------------------------------------

    def _is_free(self) -> bool:
        return bool(self._idle) or len(self._lines) < self.connections

    def _begin(self, since: float) -> None:
        """Write the next request and send it; `since` is what its time counts from."""
        wire = self._wire(next(self._requests))
        if self._idle:
            line = self._idle.pop()
        else:
            try:
                line = self._open()
            except ConnectFailed as failure:
                self._count_answer(Answer(failure.outcome, detail=failure.detail), since)
                return
        line.wire, line.since = wire, since
        self._send(line)

    def _wire(self, request: Request) -> bytes:
        """The bytes that travel; most requests of a load have the head of one before."""
        about = (request.headers, request.query, len(request.body))
        if about not in self._heads:
            whole = encode_request(
                request.body,
                method="POST",
                path=with_query(self.target.path, request.query),
                authority=self.target.host_header,
                headers=self.target.with_given(request.headers),
            )
            self._heads = {about: whole[: len(whole) - len(request.body)]}
        return self._heads[about] + request.body

    def _send(self, line: _Line) -> None:
        deadline = Deadline(self.clock, self.clock(), self.timeout)
        line.exchange = Exchange(
            line.connection,
            line.wire,
            reader=AnswerReader(),
            deadline=deadline,
            known=self._known,
        )
        line.exchange.begin()
        if line.exchange.has_more_to_send:
            self._watch(line, writing=True)

    def _advance(self, line: _Line) -> None:
        exchange = line.exchange
        answer = exchange.advance() if exchange else None
        if exchange is None or answer is None:
            self._watch(line, writing=bool(exchange and exchange.has_more_to_send))
            return
        line.exchange = None
        gone = answer.outcome in {Outcome.CLOSED, Outcome.RESET} and exchange.met_a_dead_end
        if exchange.left_reusable:
            line.used = True
            self._rest(line)
        else:
            self._drop(line)
        if gone and line.used:
            # A kept connection that was being closed has not taken it: the vendor sends it again.
            self._again(line)
        else:
            self._count_answer(answer, line.since)

    def _again(self, old: _Line) -> None:
        try:
            line = self._open()
        except ConnectFailed as failure:
            self._count_answer(Answer(failure.outcome, detail=failure.detail), old.since)
            return
        line.wire, line.since = old.wire, old.since
        self._send(line)

    def _count_answer(self, answer: Answer, since: float) -> None:
        load = self._load
        load.sent += 1
        if answer.outcome is Outcome.ANSWERED:
            load.times.append(self.clock() - since)
        if self.is_received(answer):
            load.received += 1
        else:
            load.otherwise[str(answer.status or answer.outcome.value)] += 1

    # -- connections ------------------------------------------------------------------------------

    def _open(self) -> _Line:
        line = _Line(self.connect())
        self._lines.add(line)
        self._selector.register(line.connection, selectors.EVENT_READ, line)
        return line

    def _rest(self, line: _Line) -> None:
        self._watch(line, writing=False)
        self._idle.append(line)

    def _watch(self, line: _Line, *, writing: bool) -> None:
        if line.writing != writing:
            interest = selectors.EVENT_READ | (selectors.EVENT_WRITE if writing else 0)
            self._selector.modify(line.connection, interest, line)
            line.writing = writing

    def _drop(self, line: _Line) -> None:
        self._selector.unregister(line.connection)
        line.connection.close()
        self._lines.discard(line)
        if line in self._idle:
            self._idle.remove(line)
