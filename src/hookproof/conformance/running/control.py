"""Finds a genuine callback that the receiver accepts: without one no refusal proves anything."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.cases.forgeries import forgeries
from hookproof.conformance.checks import Check, Control, State
from hookproof.conformance.judging.answer_body import Acknowledgements, lie, proves_nothing
from hookproof.conformance.judging.hidden_errors import hidden_error, reads_like_refusal
from hookproof.conformance.judging.plain_signs import is_of_a_guard
from hookproof.conformance.judging.response_class import Reaction, is_put_off
from hookproof.conformance.sending.sender import unnumbered
from hookproof.findings import CODES, ReceiverFinding
from hookproof.http.answer import Outcome
from hookproof.signature.forms import documented, written

if TYPE_CHECKING:
    from hookproof.conformance.running.case_runner import Trial
    from hookproof.conformance.running.sight import Sight
    from hookproof.contract.model import Callback, Example
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request

# How often more the genuine callback is tried: after a failure, as the vendor does, and else.
_TRIES: Final = 3
_TRIES_OF_SILENCE: Final = 2
_TRIES_OF_WHAT_IS_REFUSED: Final = 3
# A path that is not there, a redirect, a password: that is no whim.
_TRIES_OF_WHAT_IS_PLAIN: Final = 1
_REDIRECTS: Final = 3
_CONTROL_OF: Final = {
    Reaction.ACCEPTED: Control.ACCEPTED,
    Reaction.REFUSED: Control.REFUSED,
    Reaction.CRASHED: Control.CRASHED,
    Reaction.NO_ANSWER: Control.NO_ANSWER,
}


def find_control(trial: Trial) -> Request | None:
    """The request of a documented reading that is accepted; the first refusal is what is told."""
    first: Sight | None = None
    unclear: ReceiverFinding | None = None
    for example, form, encoding in _readings(trial):
        trial.sender.form, trial.sender.encoding = form, encoding
        label = "the genuine callback"
        seen = _patiently(trial, Case(Check.ACCEPTS_GENUINE, label, example.payload))
        reaction = trial.reaction(seen.answer)
        trial.result.control = trial.result.control or _CONTROL_OF[reaction]
        if reaction is Reaction.ACCEPTED and (said := _says_no_to_all(trial, example, seen)):
            told = proves_nothing(trial.compiled.callback, seen.answer, said)
            shown = trial.shown(told, seen.case, seen.request, seen.answer)
            unclear = unclear or shown
            continue
        if reaction is Reaction.ACCEPTED:
            _accept(trial, example, seen)
            return seen.request
        first = first or seen
        if reaction is Reaction.NO_ANSWER or not trial.left:
            break
    if unclear:
        trial.result.control = Control.UNCLEAR
        trial.tally.add(unclear)
        return None
    if first:
        trial.keep(first)
    trial.result.checks[Check.ACCEPTS_GENUINE] = State.FAIL
    return None


def _patiently(trial: Trial, case: Case) -> Sight:
    """The genuine callback as the vendor sends it: again after a failure, and not for ever.

    What is refused each time is refused. Where nobody has answered yet in the whole run, one
    silence is as good as two.
    """
    first = seen = _sent(trial, case)
    session, tries = trial.session, 0
    while trial.left and _is_tried_again(trial, seen.answer, tries):
        tries += 1
        seen = _sent(trial, case)
    if seen is not first and trial.reaction(seen.answer) is Reaction.ACCEPTED:
        trial.look.note(first, seen)
    session.gave_up = session.gave_up or seen.answer.status is None
    return seen


def _is_tried_again(trial: Trial, answer: Answer, tries: int) -> bool:
    """Whether a genuine callback is sent once more, now that it was waited for that."""
    session = trial.session
    if trial.reaction(answer) is Reaction.ACCEPTED:
        return False
    if not is_put_off(answer):
        plain = is_of_a_guard(answer) or answer.status_class == _REDIRECTS
        return tries < (_TRIES_OF_WHAT_IS_PLAIN if plain else _TRIES_OF_WHAT_IS_REFUSED)
    if answer.status is None and session.gave_up and not session.heard:
        return False
    most = _TRIES_OF_SILENCE if answer.outcome is Outcome.TIMEOUT else _TRIES
    return tries < most and session.pause(answer, tries=tries)


def _sent(trial: Trial, case: Case) -> Sight:
    request = trial.sender.write_telling(case)
    return trial.observe(case, request, trial.exchange(request))


def _says_no_to_all(trial: Trial, example: Example, seen: Sight) -> str:
    """What reads like a refusal in the answer to genuine and forged alike, "" where nothing does.

    One and the same for both proves neither that it accepts nor that it refuses.
    """
    callback = trial.compiled.callback
    said = _refusal_in(callback, seen.answer)
    if not trial.left or not said:
        return ""
    trial.acknowledgements = Acknowledgements()
    trial.acknowledgements.learn(seen.answer)
    trial.control = example.payload
    forged = next(forgeries(callback, example.payload), None)
    if forged is None:
        trial.control = {}
        return ""
    answer = trial.exchange(trial.sender.write(forged))
    same = trial.reaction(answer) is Reaction.ACCEPTED and not trial.answers_otherwise(answer)
    trial.control = {}
    return said if same else ""


def _refusal_in(callback: Callback, answer: Answer) -> str:
    """What in a body may be a refusal; where the vendor reads decisions, only what must be one."""
    if callback.answer:
        return hidden_error(answer.body)
    doubtful = lie(callback, answer, otherwise=True) is not None
    return reads_like_refusal(answer.body) if doubtful else ""


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


def _accept(trial: Trial, example: Example, seen: Sight) -> None:
    """Take an accepted reading for the control, and tell what is wrong with how it was accepted."""
    callback, sender = trial.compiled.callback, trial.sender
    request = seen.request
    trial.repeated((request.body, unnumbered(request), request.query, False))
    trial.result.coverage.see(seen.request)
    trial.kept.accept(request)
    trial.result.control = Control.ACCEPTED
    trial.result.checks[Check.ACCEPTS_GENUINE] = State.PASS
    trial.sent |= {
        Check.ACCEPTS_GENUINE,
        Check.ACKNOWLEDGES_AS_DOCUMENTED,
        Check.ANSWERS_IN_TIME,
    }
    trial.acknowledgements = Acknowledgements()
    trial.keep(trial.look.settle(seen))
    trial.control = example.payload
    if (sender.form, sender.encoding) != (0, callback.signature.encodings[0]):
        told = _one_writing_only(trial)
        trial.tally.add(trial.shown(told, seen.case, seen.request, seen.answer))


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
