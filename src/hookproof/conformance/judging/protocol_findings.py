"""Findings on how a receiver speaks, whatever it says: odd answers, absences, changes of mind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hookproof.conformance.checks import Check
from hookproof.conformance.judging.plain_signs import plain_sign, says_it_is_known
from hookproof.conformance.judging.response_class import Reaction, react, tell
from hookproof.findings import CODES, ReceiverFinding
from hookproof.http.symptom import Symptom

if TYPE_CHECKING:
    from hookproof.conformance.cases.cases import Case
    from hookproof.contract import Callback
    from hookproof.http.answer import Answer

# What is a finding of its own, or says no more than the status does.
_TOLD_BY_STATUS: Final = frozenset(
    {
        Symptom.ODD_STATUS,
        Symptom.REDIRECT,
        Symptom.REDIRECT_LOOP,
        Symptom.REDIRECT_AWAY,
        Symptom.REDIRECT_NOWHERE,
    }
)


def odd_answer(callback: Callback, answer: Answer) -> ReceiverFinding | None:
    """The finding that an answer is odd although it counts, None where it is not."""
    symptom = answer.symptom
    if symptom is None or symptom in _TOLD_BY_STATUS:
        return None
    if symptom is Symptom.CAME_BACK:
        message = f"{answer.detail}: a request before it may have ended its process"
        return _finding("HP431", callback, answer, message, symptom=symptom)
    if react(answer, callback.deliveries[0].success) is not Reaction.ACCEPTED:
        return None  # how something is refused is up to the receiver
    message = f"{symptom.told}: got {tell(answer)}"
    return _finding("HP430", callback, answer, message, symptom=symptom)


def too_large(callback: Callback, answer: Answer) -> ReceiverFinding | None:
    """The finding that an acknowledgement is larger than the vendor takes."""
    delivery = callback.deliveries[0]
    limit = delivery.answer_max_bytes
    if limit is None or answer.size <= limit:
        return None
    if react(answer, delivery.success) is not Reaction.ACCEPTED:
        return None
    message = (
        f"wanted at most {limit} bytes with the headers, got {answer.size}: "
        f"{len(answer.body)} of them are the body"
    )
    return _finding("HP434", callback, answer, message)


def spoils_the_next(
    callback: Callback, case: Case, first: Answer, then: Answer
) -> ReceiverFinding | None:
    """The finding that a case is not read whole, so that what follows it is not understood.

    `then` is the answer to the genuine callback on the same connection.
    """
    refused = react(then, callback.deliveries[0].success) is not Reaction.ACCEPTED
    more = then.strayed or first.symptom is Symptom.MORE_BYTES
    if not refused and not more:
        return None
    genuine = (
        f"the genuine callback after it on the same connection got {tell(then)}"
        if refused
        else "then came more, which passes for the answer to the next request on the connection"
    )
    message = f"{case.label}: got {tell(first)}, and {genuine}"
    return _finding("HP435", callback, then if refused else first, message)


def changed_its_mind(callback: Callback, answer: Answer, *, after: int) -> ReceiverFinding:
    """The finding that the genuine callback is no longer accepted, `after` so many requests."""
    message = (
        f"{Symptom.CHANGED.told}: after {after} requests wanted an acknowledgement, "
        f"got {tell(answer)}"
    )
    # How it refuses now, where that is odd, says more than that it does.
    found = _finding("HP427", callback, answer, message, symptom=answer.symptom or Symptom.CHANGED)
    hint = plain_sign(answer, payload=None) or found.hint
    if says_it_is_known(answer):
        key = " and ".join(callback.dedupe_key) or "its whole body"
        hint = (
            "it takes a new event for one that it knows: tell events of this callback apart by "
            f"{key}, and answer a known one as the first time"
        )
    return replace(found, hint=hint)


def _finding(
    code: str,
    callback: Callback,
    answer: Answer,
    message: str,
    *,
    symptom: Symptom | None = None,
) -> ReceiverFinding:
    check = Check.ACCEPTS_GENUINE if code == "HP427" else Check.ACKNOWLEDGES_AS_DOCUMENTED
    return ReceiverFinding(
        code=code,
        severity=CODES[code].severity,
        callback=callback.path,
        where="",
        message=message,
        hint=CODES[code].hint,
        source=str(callback.deliveries[0].source),
        check=check.value,
        status=answer.status,
        symptom=symptom or "",
    )
