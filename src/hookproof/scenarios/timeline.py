"""A scenario played as its file says: what happens when, what goes wrong, what is retried."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from hookproof.delivery.policy import Attempt, Ending, ending_of, next_attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.http.answer import Answer
    from hookproof.scenarios.model import Scenario

    # Sends an attempt to tell of the event of a step.
    Send = Callable[[int], Answer]


@dataclass(frozen=True, slots=True)
class Told:
    """An attempt: of which step and copy, when by the scenario's clock, and what became of it.

    `answer` is None in an outage, in which nobody is reached. `lost` where the answer came and did
    not reach the vendor. `again` is when the vendor tries next, None where he does not.
    """

    step: int
    copy: int
    number: int
    at: float
    answer: Answer | None
    ending: Ending
    lost: bool
    again: float | None


def times_of(scenario: Scenario) -> list[tuple[float, int, int]]:
    """When each step is first delivered, with its position and the number of its copy."""
    at = {position: step.at for position, step in enumerate(scenario.steps)}
    for fault in scenario.faults:
        if fault.word == "reorder":
            moments = sorted(at[step] for step in fault.steps)
            at |= dict(zip(fault.steps, moments, strict=True))
        elif fault.word == "delay":
            at[fault.steps[0]] += fault.numbers[0]
    copies = [
        (at[fault.steps[0]] + fault.numbers[0], fault.steps[0], 1)
        for fault in scenario.faults
        if fault.word == "duplicate"
    ]
    dropped = {fault.steps[0] for fault in scenario.faults if fault.word == "drop"}
    firsts = [(moment, step, 0) for step, moment in at.items()]
    # Of two at the same moment the one that was put first in a reorder goes first.
    reorders = [fault.steps for fault in scenario.faults if fault.word == "reorder"]
    ranks = {step: rank for steps in reorders for rank, step in enumerate(steps)}
    ordered = sorted([*firsts, *copies], key=lambda one: (one[0], ranks.get(one[1], one[1])))
    return [one for one in ordered if one[1] not in dropped]


def play(
    scenario: Scenario,
    send: Send,
    *,
    clock: Callable[[], float],
    sleep: Callable[[float], object],
    time_scale: float = 1.0,
) -> Iterator[Told]:
    """Attempt after attempt, with the retries that the pages document, until none is left.

    Waiting is divided by `time_scale`; a deadline never is.
    """
    down = [fault.numbers for fault in scenario.faults if fault.word == "outage"]
    deaf = {f.steps[0]: int(f.numbers[0]) for f in scenario.faults if f.word == "loseAnswer"}
    order = count()
    due = [(at, next(order), step, copy) for at, step, copy in times_of(scenario)]
    heapq.heapify(due)
    histories: dict[tuple[int, int], list[Attempt]] = {}
    now = 0.0
    while due:
        at, _, step, copy = heapq.heappop(due)
        sleep(max(at - now, 0.0) / time_scale)
        now = max(now, at)
        history = histories.setdefault((step, copy), [])
        delivery = scenario.steps[step].callback.deliveries[0]
        answer, lost = None, False
        if not any(start <= at < end for start, end in down):
            began = clock()
            answer = send(step)
            now += clock() - began
            lost = copy == 0 and len(history) < deaf.get(step, 0)
        status = answer.whole_status if answer is not None and not lost else None
        ending = ending_of(delivery, status=status, body=answer.body if answer else b"")
        history.append(Attempt(at, max(now, at), ending, status))
        again = next_attempt(delivery, history)
        if again is not None:
            heapq.heappush(due, (again, next(order), step, copy))
        yield Told(step, copy, len(history), at, answer, ending, lost, again)
