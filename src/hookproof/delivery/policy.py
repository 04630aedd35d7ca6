"""When a vendor tries again, by one dated version of its page: arithmetic without a clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.contract import Callback
    from hookproof.contract.model import Delivery


_DATE: Final = re.compile(r"\d{4}-[01]\d-[0-3]\d", re.ASCII)


class Ending(StrEnum):
    """What became of one attempt, as the vendor sees it."""

    DELIVERED = "delivered"
    NO_RESPONSE = "no-response"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: when it began and ended, in seconds of one clock, and what became of it.

    `status` is that of the answer, None where there was none in time.
    """

    began: float
    ended: float
    ending: Ending
    status: int | None = None


def next_attempt(delivery: Delivery, history: Sequence[Attempt]) -> float | None:
    """When the next attempt begins, on the clock of the history; None where there is none.

    The pages count from the attempt before, which has ended before the next one begins. Where a
    page is silent about retries, or names no times, nothing is known and none is made.
    """
    if not history or history[-1].ending is Ending.DELIVERED or not delivery.retry_after:
        return None
    last = history[-1]
    if len(history) > len(delivery.retry_after):
        return None
    if not any(_leads_to_another(word, last) for word in delivery.retry_when):
        return None
    return max(last.began + delivery.retry_after[len(history) - 1], last.ended)


def _leads_to_another(word: str, attempt: Attempt) -> bool:
    """Whether a word of the page speaks of what became of an attempt."""
    status = attempt.status
    match word:
        case "no-response":
            return attempt.ending is Ending.NO_RESPONSE
        case "non-2XX":
            return status is not None and status // 100 != 2
        case "non-200":
            return status is not None and status != 200
        case _:
            return False


def ending_of(delivery: Delivery, *, status: int | None, body: bytes = b"") -> Ending:
    """What an answer means by one version of the page; None is no answer in time."""
    if status is None:
        return Ending.NO_RESPONSE
    success = delivery.success
    right_body = success.body is None or body.decode(errors="replace").strip() == success.body
    return Ending.DELIVERED if success.accepts_status(status) and right_body else Ending.REFUSED


def offsets(
    delivery: Delivery, *, status: int | None = None, hanging: bool = False
) -> tuple[float, ...]:
    """When the attempts begin, in seconds from the first, where none succeeds.

    Each fails at once, with a `status` or without an answer; or, `hanging`, nothing is answered
    and the documented patience passes.
    """
    spent = (delivery.timeout or 0.0) if hanging else 0.0
    ending = ending_of(delivery, status=status)
    history = [Attempt(0.0, spent, ending, status)]
    while (at := next_attempt(delivery, history)) is not None:
        history.append(Attempt(at, at + spent, ending, status))
    return tuple(attempt.began for attempt in history)


def delivery_as_of(callback: Callback, date: str | None) -> Delivery:
    """What the page said on a date (YYYY-MM-DD), or says now.

    Raises UsageError for what is no date, and where no version of it is that old.
    """
    if date is not None and not _DATE.fullmatch(date):
        raise UsageError(f"{date!a} is no date", hint="as in 2026-01-31")
    known = [one for one in callback.deliveries if date is None or one.source.date <= date]
    if not known:
        dates = ", ".join(one.source.date for one in callback.deliveries)
        message = f"no page of {callback.path} is as old as {date}"
        raise UsageError(message, hint=f"there are {dates}")
    return known[0]


def is_documented(delivery: Delivery) -> bool:
    """Whether the page says when it tries again, or that it never does."""
    return delivery.retry_after is not None
