"""Sends captures again, one after the other, at whatever pace; says what came of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hookproof.conformance.evidence.redaction import discreet
from hookproof.delivery.policy import Ending, ending_of
from hookproof.http.answer import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hookproof.captures.capture import Capture
    from hookproof.http.answer import Answer
    from hookproof.http.transport import Transport
    from hookproof.serve.resend import Resender, Resent

GONE = frozenset({Outcome.UNREACHABLE, Outcome.TLS, Outcome.REFUSED})


@dataclass(frozen=True, slots=True)
class Replayed:
    """A capture that was sent again; `received` is whether its vendor would be content."""

    number: int
    capture: Capture
    resent: Resent
    answer: Answer
    received: bool


@dataclass(frozen=True, slots=True)
class Pace:
    """How captures follow each other.

    `speed` is how many times faster than they came in, 0 for at once; `wait` is called before each
    but the first, and the rest is left where it gives False. `clock` gives seconds that never go
    back.
    """

    clock: Callable[[], float]
    sleep: Callable[[float], object]
    speed: float = 0.0
    wait: Callable[[], bool] = lambda: True

    def keep(self, captures: Iterable[tuple[int, Capture]]) -> Iterator[tuple[int, Capture]]:
        """The captures, each when its time has come."""
        began, first, is_first = self.clock(), None, True
        for number, capture in captures:
            if not is_first and not self.wait():
                return
            is_first = False
            if self.speed and capture.received_at is not None:
                first = capture.received_at if first is None else first
                due = began + (capture.received_at - first) / self.speed
                self.sleep(max(due - self.clock(), 0.0))
            yield number, capture


def replay_captures(
    captures: Iterable[tuple[int, Capture]],
    resender: Resender,
    transport: Transport,
    *,
    url: str,
    pace: Pace,
    as_captured: bool,
) -> Iterator[Replayed]:
    """Send each capture, with its number, when its time has come."""
    for number, capture in pace.keep(captures):
        resent = resender.write(capture, url=url, as_captured=as_captured)
        request = resent.request
        answer = transport.send(request.body, headers=request.headers, query=request.query)
        yield _judged(number, capture, resent, answer, resender)


def _judged(
    number: int, capture: Capture, resent: Resent, answer: Answer, resender: Resender
) -> Replayed:
    """What came back, without secrets, and what it means to the vendor."""
    status = answer.status if answer.outcome is Outcome.ANSWERED and not answer.broke_off else None
    received = status is not None and 200 <= status < 300
    if resent.callback:
        callback = resender.validator.compiled(resent.callback).callback
        ending = ending_of(callback.deliveries[0], status=status, body=answer.body)
        received = ending is Ending.DELIVERED
        secret = resender.secrets.of(callback)
        if secret:
            answer = discreet(answer, resent.request, callback.signature, secret=secret)
    return Replayed(number, capture, resent, answer, received)
