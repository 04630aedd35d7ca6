"""What all callbacks of a run share: the connection, the clock, and when to give up."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.checks import Check
from hookproof.conformance.judging.steadiness import Steadiness
from hookproof.http.answer import Outcome
from hookproof.http.symptom import Symptom
from hookproof.http.transport import Transport, nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from hookproof.conformance.cases.constants import Names
    from hookproof.conformance.sending.side_connections import Aside
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request
    from hookproof.http.target import Target


class Crew:
    """Sends requests at the same time; the answers come in the order of the requests."""

    def __init__(self, transports: Sequence[Transport], pool: ThreadPoolExecutor) -> None:
        self._transports = transports
        self._pool = pool
        self._idle: SimpleQueue[Transport] = SimpleQueue()
        for transport in transports:
            self._idle.put(transport)

    def send(self, requests: Sequence[Request]) -> list[Answer]:
        """Send all of them, as many at a time as there are connections."""
        return list(self._pool.map(self._send, requests))

    def rest(self) -> None:
        """Close all connections: a receiver may serve no other while they are open."""
        for transport in self._transports:
            transport.close()

    def _send(self, request: Request) -> Answer:
        transport = self._idle.get()
        try:
            return transport.send_request(request)
        finally:
            self._idle.put(transport)


@contextmanager
def open_crew(target: Target, *, timeout: float, workers: int) -> Iterator[Crew | None]:
    """A crew of so many connections, each exchange within `timeout` seconds; None for one."""
    if workers == 1:
        yield None
        return
    with ExitStack() as stack:
        transports = [
            stack.enter_context(Transport(target, timeout=timeout)) for _ in range(workers)
        ]
        yield Crew(transports, stack.enter_context(ThreadPoolExecutor(max_workers=workers)))


# Seconds: the first distance between requests, the longest, and what they may cost a run together.
_FIRST: Final = 0.02
_LONGEST: Final = 0.64
_MOST: Final = 60.0


@dataclass(slots=True)
class Pace:
    """The distance between the beginnings of two requests, in seconds; none at first."""

    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    between: float = 0.0
    _last: float = field(default=float("-inf"))
    _spent: float = 0.0

    def keep(self) -> None:
        """Wait until the next request may begin."""
        if not self.between:
            return
        now = self.monotonic()
        wait = self._last + self.between - now
        if wait > 0 and self._spent + wait <= _MOST:
            self._spent += wait
            self.sleep(wait)
            now += wait
        self._last = now

    def slow_down(self) -> None:
        """Double the distance: a request that should be accepted was one too many."""
        self.between = min(max(self.between * 2, _FIRST), _LONGEST)


_NOBODY_THERE: Final = frozenset({Outcome.REFUSED, Outcome.UNREACHABLE, Outcome.TLS})
# Seconds to wait after a refusal; the fifth in a row is the end. A process that is started
# anew has most often begun to listen by then.
_PAUSES: Final = (0.1, 0.2, 0.4, 0.8)
# Seconds: the first pause before one more try where the receiver names none, the longest that it
# may name, and what all such pauses of a run may take together.
_FIRST_PAUSE: Final = 0.25
_LONGEST_PAUSE: Final = 10.0
_MOST_PAUSED: Final = 20.0
_TOO_MANY: Final = 429


class TimeIsUp(Exception):
    """The time that a callback may take has passed."""


class TargetGone(Exception):
    """Nobody has answered at the target for some requests in a row."""


@dataclass(slots=True)
class Knowledge:
    """What a run has shown of areas, each with the callback that showed it.

    `secret_is_right` where a callback was accepted and its forgeries were not, `open` where any
    signature is. `accepted` has the payload that the receiver took.
    """

    secret_is_right: dict[str, str] = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)
    accepted: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a callback of an area is refused: the treatment that is accepted, "" for none of all.

    `path` is the callback that it was found with, `check` what was refused of it.
    """

    path: str
    key: str = ""
    check: Check = Check.ACCEPTS_GENUINE

    def is_of(self, key: str) -> bool:
        """Whether a treatment is the same, or another body written in that same layout."""
        if OF_ITS_OWN in key and OF_ITS_OWN not in self.key:
            return False
        own, other = (_OF_A_LAYOUT.search(one) for one in (self.key, key))
        return key == self.key or bool(own and other and own[1] == other[1])


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was `told` of a refusal of an area while nothing of its secret was known.

    `same` is what stays true when something is.
    """

    area: str
    told: str
    same: str


# What was parsed into an object and written with the fields that its type has, and no others.
OF_ITS_OWN: Final = "with the fields of a type of its own"
# A signature over the body as it was written again, and where that puts its blanks.
_OF_A_LAYOUT: Final = re.compile(r"reserialised-\S+ \S+ ([^,]+)")


@dataclass(slots=True)
class Session:
    """Sends the requests of a run.

    `aside` is for what does not go over the one kept connection, `crew` has several of those.
    `causes` keeps why genuine callbacks are refused, for what refuses one may refuse others, and
    `knowledge` what the callbacks before have shown; `doubts` are told otherwise where later ones
    show more.
    `ends_at` is a reading of `monotonic` in seconds; `sleep` waits for some. `heard` tells whether
    anything was ever answered, `gave_up` whether a genuine callback was waited for in vain, and
    `steadiness` what was answered in two ways. `numbers` are those that cases are sent with where
    the receiver is to be told them. `account` has the values of the account and of what the caller
    has named, which are the same for all callbacks. A `spoilt` one keeps no connection, since the
    receiver was seen to leave the rest of one request on it for the next.
    """

    transport: Transport
    monotonic: Callable[[], float]
    aside: Aside
    sleep: Callable[[float], None]
    crew: Crew | None = None
    causes: dict[Hashable, list[Cause]] = field(default_factory=dict)
    knowledge: Knowledge = field(default_factory=Knowledge)
    doubts: list[Doubt] = field(default_factory=list)
    ends_at: float = float("inf")
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    account: Names = field(default_factory=dict)
    heard: bool = False
    gave_up: bool = False
    steadiness: Steadiness = field(default_factory=Steadiness)
    spoilt: bool = False
    pace: Pace = field(init=False)
    _paused: float = 0.0
    # A target that never was there needs no second try; one that was may come back.
    _was_there: bool = False
    _refusals: int = 0

    def __post_init__(self) -> None:
        """Keep a pace by the clock of the session."""
        self.pace = Pace(self.monotonic, self.sleep)

    def send(
        self,
        request: Request,
        *,
        chunked: bool = False,
        meanwhile: Callable[[], object] = nothing,
    ) -> Answer:
        """Send a request; raises TimeIsUp before it, TargetGone after one refusal too many.

        A request that was refused a connection has not arrived, so it is sent again. `meanwhile`
        is done, once at most, while the answer is awaited.
        """
        if self.spoilt:
            self.transport.close()
        answer = self._try(request, chunked=chunked, meanwhile=meanwhile)
        if answer.outcome not in _NOBODY_THERE:
            self._was_there, self._refusals = True, 0
            return answer
        if not self._was_there:
            raise TargetGone(answer.detail or answer.outcome.value)
        return self._wait_for_return(request, answer, chunked=chunked)

    def send_alone(self, request: Request, *, chunked: bool = False) -> Answer:
        """Send a request over a connection of its own, by the same rules."""
        self.transport.close()
        try:
            return self.send(request, chunked=chunked)
        finally:
            self.transport.close()

    def send_in_a_row(
        self, first: Request, second: Request, *, chunked: bool = False
    ) -> tuple[Answer, Answer]:
        """Send two requests over one connection of their own; `chunked` is the first of them."""
        self.transport.close()
        try:
            return self._try(first, chunked=chunked), self._try(second)
        finally:
            self.transport.close()

    def pause(self, answer: Answer, *, tries: int) -> bool:
        """Wait before one more try, as long as the answer asks for or a bit longer each time.

        False, and no pause, where it asks for more than a run can wait or enough was waited.
        """
        seconds = _asked_for(answer)
        if seconds is None:
            seconds = _FIRST_PAUSE * 2**tries
        if seconds > _LONGEST_PAUSE or self._paused + seconds > _MOST_PAUSED:
            return False
        if answer.status == _TOO_MANY:
            self.pace.slow_down()
        self._paused += seconds
        self.sleep(seconds)
        return True

    def _try(
        self,
        request: Request,
        *,
        chunked: bool = False,
        meanwhile: Callable[[], object] = nothing,
    ) -> Answer:
        self.check_time()
        self.pace.keep()
        return self.transport.send_request(request, chunked=chunked, meanwhile=meanwhile)

    def _wait_for_return(self, request: Request, refusal: Answer, *, chunked: bool) -> Answer:
        for refusals, pause in enumerate(_PAUSES, start=1):
            self.sleep(pause)
            answer = self._try(request, chunked=chunked)
            if answer.outcome not in _NOBODY_THERE:
                times = f"{refusals} time{'s' if refusals > 1 else ''} in a row"
                detail = f"nobody listened {times}, and then it was back"
                return replace(answer, symptom=answer.symptom or Symptom.CAME_BACK, detail=detail)
        reason = refusal.detail or refusal.outcome.value
        raise TargetGone(f"{reason}, {len(_PAUSES) + 1} times in a row")

    def send_all(self, requests: Sequence[Request]) -> list[Answer]:
        """Send requests at the same time, by the same rules as one."""
        if self.crew is None or len(requests) == 1 or self.pace.between:
            return [self.send(request) for request in requests]
        self.check_time()
        self.transport.close()
        answers = self.crew.send(requests)
        self.crew.rest()
        for number, answer in enumerate(answers):
            if answer.outcome in _NOBODY_THERE:
                answers[number] = self.send(requests[number])
            else:
                self._was_there = True
        return answers

    def heed(self, answer: Answer) -> None:
        """Note of a delivery aside whether anybody was there, as of any other.

        Raises TargetGone after one refusal too many.
        """
        if answer.outcome not in _NOBODY_THERE:
            self._was_there, self._refusals = True, 0
            return
        self._refusals += 1
        if not self._was_there or self._refusals > len(_PAUSES):
            raise TargetGone(answer.detail or answer.outcome.value)

    def check_time(self) -> None:
        """Raise TimeIsUp where the time has passed."""
        if self.monotonic() >= self.ends_at:
            raise TimeIsUp


def _asked_for(answer: Answer) -> float | None:
    """The seconds in a Retry-After, None where there is none or it names a date."""
    told = (answer.header("retry-after") or "").strip()
    return float(told) if told.isascii() and told.isdigit() else None
