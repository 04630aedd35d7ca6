"""What speaks for a 2XX to a forgery: that it is none, or that it was refused in words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.answer_body import ENOUGH_ANSWERS
from hookproof.conformance.judging.ground_truth import proves_sender
from hookproof.conformance.judging.response_class import Reaction

if TYPE_CHECKING:
    from hookproof.conformance.running.case_runner import Trial
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request

REFUSING: Final = frozenset({Check.REFUSES_FORGED, Check.REFUSES_TAMPERED})


class Excuse(StrEnum):
    """Why a forgery that got a 2XX was not let in.

    proves-sender: it holds the right digest, written otherwise. says-no: a genuine callback gets
    another answer.
    """

    PROVES_SENDER = "proves-sender"
    SAYS_NO = "says-no"


def excuse_for(trial: Trial, case: Case, request: Request, answer: Answer) -> Excuse | None:
    """What speaks for the answer, None where nothing does or it needs nothing."""
    if case.check not in REFUSING or trial.reaction(answer) is not Reaction.ACCEPTED:
        return None
    if answers_otherwise(trial, answer):
        return Excuse.SAYS_NO
    proved = proves_sender(request, trial.compiled, secret=trial.sender.secret)
    return Excuse.PROVES_SENDER if proved else None


def answers_otherwise(trial: Trial, answer: Answer) -> bool:
    """Whether a genuine callback gets another answer than this one.

    Further genuine ones are sent first, until it is known what varies in their answers.
    """
    known = trial.acknowledgements
    while not known.has_like(answer) and known.count < ENOUGH_ANSWERS and trial.left > 1:
        case = Case(Check.ACCEPTS_GENUINE, "the genuine callback, to compare", trial.control)
        genuine = trial.exchange(trial.sender.write(case))
        if trial.reaction(genuine) is not Reaction.ACCEPTED:
            break
        known.learn(genuine)
    return not known.has_like(answer)
