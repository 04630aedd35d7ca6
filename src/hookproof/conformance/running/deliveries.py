"""Delivers a case as the vendor would: after what comes before it, and as often at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hookproof.conformance.cases.cases import Before, Case
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.protocol_findings import spoils_the_next
from hookproof.conformance.judging.response_class import Reaction
from hookproof.conformance.running.sight import Sight

if TYPE_CHECKING:
    from hookproof.conformance.running.sight import Observer
    from hookproof.conformance.sending.sender import Sender
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request

# Seconds after which an impatient sender hangs up; a receiver that is quick is not cut off.
_GIVES_UP_AFTER: Final = 0.3


def deliver(trial: Observer, case: Case, sender: Sender) -> Sight:
    """Send a case, after all that comes before it, over connections of its own."""
    if case.followed:
        return _with_the_next(trial, case, sender)
    case, request = _with_its_past(trial, case, sender)
    for before in case.before:
        if before is Before.SAME:
            trial.count(trial.session.send_alone(request, chunked=case.chunked))
        elif before is Before.GIVEN_UP:
            trial.beside(request, lambda aside: [aside.give_up(request, after=_GIVES_UP_AFTER)])
    if case.together > 1:
        answer = worst_at_once(trial, [request] * case.together)
    else:
        answer = trial.session.send_alone(request, chunked=case.chunked)
        trial.count(answer)
        answer = trial.veiled(request, answer)
    return trial.observe(case, request, answer)


def _with_the_next(trial: Observer, case: Case, sender: Sender) -> Sight:
    """Send a case and then the genuine callback on its connection, which is what is judged."""
    next_one = Case(Check.ACCEPTS_GENUINE, "the genuine callback", trial.control)
    request, genuine = sender.write(case), sender.write(next_one)
    first, then = trial.session.send_in_a_row(request, genuine, chunked=case.chunked)
    trial.count(first, then)
    first, then = trial.veiled(request, first), trial.veiled(genuine, then)
    found = spoils_the_next(trial.compiled.callback, case, first, then)
    told = (trial.shown(found, case, request, then),) if found else ()
    return Sight(case, request, then, told)


def deliver_others_at_once(trial: Observer, case: Case, sender: Sender) -> Sight:
    """As many different events at once as the case is delivered."""
    requests = [sender.write(case) for _ in range(case.together)]
    return trial.observe(case, requests[0], worst_at_once(trial, requests))


def worst_at_once(trial: Observer, requests: list[Request]) -> Answer:
    """Send requests at once; the first of the answers that is no acknowledgement, if any is not."""
    answers = trial.beside(requests[0], lambda aside: aside.send_together(requests))
    refused = (a for a in answers if trial.reaction(a) is not Reaction.ACCEPTED)
    return next(refused, answers[0])


def _with_its_past(trial: Observer, case: Case, sender: Sender) -> tuple[Case, Request]:
    """The case with its request, once an event that it tells of again was delivered."""
    if Before.GENUINE not in case.before:
        return case, sender.write(case)
    genuine = sender.write(Case(Check.ACCEPTS_GENUINE, case.label, trial.control))
    trial.count(trial.session.send_alone(genuine))
    case = replace(case, payload=genuine.payload, verbatim=True)
    return case, sender.write(case)
