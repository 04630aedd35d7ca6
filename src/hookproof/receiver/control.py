"""Finds a genuine callback that the receiver accepts: without one no refusal proves anything."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from hookproof.finding import CODES, ReceiverFinding
from hookproof.receiver.cases import Case
from hookproof.receiver.checks import Check, Control, State
from hookproof.receiver.reaction import Reaction
from hookproof.receiver.verdicts import Exhibit, acknowledgement, lie
from hookproof.signature.forms import documented, written

if TYPE_CHECKING:
    from hookproof.contract.facts import Example
    from hookproof.delivery.answer import Answer
    from hookproof.delivery.request import Request
    from hookproof.receiver.trial import Trial

_CONTROL_OF: Final = {
    Reaction.ACCEPTED: Control.ACCEPTED,
    Reaction.REFUSED: Control.REFUSED,
    Reaction.CRASHED: Control.CRASHED,
    Reaction.NO_ANSWER: Control.NO_ANSWER,
}


def find_control(trial: Trial) -> Request | None:
    """The request of a documented reading that is accepted; the first refusal is what is told."""
    first: tuple[ReceiverFinding, Exhibit] | None = None
    for example, form, encoding in _readings(trial):
        trial.sender.form, trial.sender.encoding = form, encoding
        case = Case(Check.ACCEPTS_GENUINE, "the genuine callback", example.payload, verbatim=True)
        request = trial.sender.write(case)
        answer = trial.exchange(request)
        reaction = trial.reaction(answer)
        trial.result.control = trial.result.control or _CONTROL_OF[reaction]
        if reaction is Reaction.ACCEPTED:
            trial.repeated((request.body, request.headers, request.query, False))
            trial.keep_genuine(request, answer)
            _accept(trial, example, answer)
            return request
        finding = trial.finding(case, request, answer)
        if finding and not first:
            first = finding, Exhibit(case, request)
        if reaction is Reaction.NO_ANSWER or not trial.left:
            break
    if first:
        trial.tally.add(first[0], exhibit=first[1])
    trial.result.checks[Check.ACCEPTS_GENUINE] = State.FAIL
    return None


def _readings(trial: Trial) -> list[tuple[Example, int, str]]:
    """What a genuine callback may be: the reading of the table before that of the sample.

    With each comes the form of its signature, by position, and how that is written.
    """
    callback = trial.compiled.callback
    plain = [e for e in callback.examples if not trial.compiled.quirks_in(e.payload)]
    quirky = [e for e in callback.examples if e not in plain]
    examples = [*plain[:1], *quirky[:1]]
    ways = [
        (number, encoding)
        for number, form in enumerate(callback.signature.forms)
        for encoding in form.encodings
    ]
    return [(example, *way) for way, example in product(ways, examples)]


def _accept(trial: Trial, example: Example, answer: Answer) -> None:
    callback = trial.compiled.callback
    trial.result.control = Control.ACCEPTED
    trial.result.checks[Check.ACCEPTS_GENUINE] = State.PASS
    trial.control = example.payload
    trial.time(answer)
    told = lie(callback, answer)
    for finding in (*acknowledgement(callback, answer), *([told] if told else [])):
        trial.tally.add(finding)
    if (trial.sender.form, trial.sender.encoding) != (0, callback.signature.encodings[0]):
        trial.tally.add(_one_writing_only(trial))
    trial.sent |= {Check.ACCEPTS_GENUINE, Check.ACKNOWLEDGES_AS_DOCUMENTED}


def _one_writing_only(trial: Trial) -> ReceiverFinding:
    facts, sender = trial.compiled.callback.signature, trial.sender
    return ReceiverFinding(
        code="HP418",
        severity=CODES["HP418"].severity,
        callback=trial.compiled.callback.path,
        where="",
        message=f"only signatures {written(facts, sender.form, sender.encoding)} "
        f"are accepted; the page allows {documented(facts)}",
        hint=CODES["HP418"].hint,
        source=str(facts.source),
        check=Check.ACCEPTS_GENUINE.value,
    )
