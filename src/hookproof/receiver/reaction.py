"""What a receiver did with a request, as the vendor sees it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from hookproof.delivery.answer import Outcome
from hookproof.delivery.symptom import Symptom
from hookproof.validation.wording import cut

if TYPE_CHECKING:
    from hookproof.contract.facts import Success
    from hookproof.delivery.answer import Answer


class Reaction(StrEnum):
    """The four things that can happen."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    CRASHED = "crashed"
    NO_ANSWER = "no-answer"


def react(answer: Answer, success: Success) -> Reaction:
    """Judge an answer by the rule of the newest page.

    Any 2XX says that the receiver took the callback; where the page wants a certain one, another
    is told as an answer that is not the documented one. A 5xx is a crash, whatever it was an
    answer to. A redirect is no acknowledgement. An answer whose body never ended is none: the
    vendor would wait for it in vain.
    """
    if answer.outcome is not Outcome.ANSWERED or answer.status is None:
        return Reaction.NO_ANSWER
    if answer.status >= 500:
        return Reaction.CRASHED
    accepted = answer.status_class == 2 or success.accepts_status(answer.status)
    if not accepted:
        return Reaction.REFUSED
    return Reaction.NO_ANSWER if answer.broke_off else Reaction.ACCEPTED


def tell(answer: Answer) -> str:
    """An answer in a few words for a person."""
    if answer.outcome is Outcome.TIMEOUT and answer.symptom in {None, Symptom.SILENT}:
        return f"no answer within {answer.elapsed:.1f} s"
    detail = f" ({cut(answer.detail)})" if answer.detail else ""
    if answer.status is None:
        return f"no answer: {_word(answer).replace('-', ' ')}{detail}"
    body = cut(answer.body[:200].decode(errors="replace").strip())
    odd = f", {_word(answer)}{detail}" if answer.symptom else ""
    return f"{answer.status} {body}".rstrip() + odd


def _word(answer: Answer) -> str:
    return (answer.symptom or answer.outcome).value
