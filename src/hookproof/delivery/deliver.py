"""Delivers one event to a receiver as the vendor would, to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hookproof.delivery.policy import Attempt, Ending, ending_of, next_attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.contract.model import Delivery
    from hookproof.http.answer import Answer


@dataclass(frozen=True, slots=True)
class Sent:
    """An attempt with its answer, and seconds from the first attempt to it as the vendor counts."""

    attempt: Attempt
    answer: Answer
    after: float


def deliver(
    delivery: Delivery,
    send: Callable[[], Answer],
    *,
    clock: Callable[[], float],
    sleep: Callable[[float], object],
    time_scale: float = 1.0,
) -> Iterator[Sent]:
    """Attempt after attempt, each as soon as it is over, until one is received or none is left.

    `send` signs anew and sends; `clock` gives seconds that never go back. Waiting is divided by
    `time_scale`, a deadline never is.
    """
    history: list[Attempt] = []
    began: float | None = 0.0
    while began is not None:
        start = clock()
        answer = send()
        took = clock() - start
        ending = ending_of(delivery, status=answer.whole_status, body=answer.body)
        history.append(Attempt(began, began + took, ending, answer.whole_status))
        yield Sent(history[-1], answer, began)
        began = next_attempt(delivery, history)
        if began is not None:
            sleep(max(began - history[-1].ended, 0.0) / time_scale)


def is_received(delivery: Delivery, answer: Answer) -> bool:
    """Whether the vendor takes this answer for an acknowledgement."""
    ending = ending_of(delivery, status=answer.whole_status, body=answer.body)
    return ending is Ending.DELIVERED


def is_delivered(sent: Sent) -> bool:
    """Whether the vendor would count an attempt as received."""
    return sent.attempt.ending is Ending.DELIVERED
