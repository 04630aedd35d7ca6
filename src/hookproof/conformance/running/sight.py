"""What is seen of a receiver: a case as it was sent, the answer, and what that is blamed for."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.cases import Case, Serials
from hookproof.conformance.checks import Check
from hookproof.conformance.evidence.curl_script import shell_lines
from hookproof.conformance.evidence.redaction import discreet
from hookproof.conformance.evidence.stored_request import store
from hookproof.conformance.judging.answer_body import (
    ENOUGH_ANSWERS,
    Acknowledgements,
    acknowledgement,
    challenge_faults,
    lie,
    otherwise_acknowledged,
)
from hookproof.conformance.judging.ground_truth import place_of_fault, proves_sender
from hookproof.conformance.judging.protocol_findings import odd_answer, too_large
from hookproof.conformance.judging.response_class import Excuse, Reaction, as_shown, react
from hookproof.conformance.judging.tally import FindingTally
from hookproof.conformance.judging.verdicts import judge_answer, lateness
from hookproof.conformance.policy import Policy
from hookproof.conformance.running.report import CallbackResult
from hookproof.conformance.sending.sender import Sender, case_number
from hookproof.findings import Severity
from hookproof.http.transport import nothing
from hookproof.signature.secrets import SecretSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.conformance.sending.session import Session
    from hookproof.conformance.sending.side_connections import Aside
    from hookproof.findings import ReceiverFinding
    from hookproof.findings.finding import StoredRequest
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request
    from hookproof.validation.compiled_callback import CompiledCallback

    # Check, code, status, kind and place of a finding.
    Key = tuple[str, str, int | None, str, str]

# Findings on how an answer was given, whatever it says of the case.
ON_HOW_IT_ANSWERS: Final = frozenset(
    {"HP413", "HP414", "HP418", "HP420", "HP430", "HP431", "HP434", "HP435"}
)
GONE: Final = "HP431"


@dataclass(frozen=True, slots=True)
class Sight:
    """A case as it was sent, the answer, and what that is blamed for; `proved` once it repeated."""

    case: Case
    request: Request
    answer: Answer
    findings: tuple[ReceiverFinding, ...] = ()
    proved: bool = False

    @property
    def fault(self) -> ReceiverFinding | None:
        """What is wrong with the answer to this case, how it was given left aside."""
        return next((one for one in self.findings if one.code not in ON_HOW_IT_ANSWERS), None)

    def keys(self) -> set[Key]:
        """What tells its findings apart, but for those that blame nobody."""
        return {key_of(one) for one in self.findings if _blames(one)}

    def blamed_for(self, keys: set[Key]) -> Sight:
        """The same with these findings and those that blame nobody."""
        kept = (f for f in self.findings if not _blames(f) or key_of(f) in keys)
        return replace(self, findings=tuple(kept))


def _blames(finding: ReceiverFinding) -> bool:
    """Whether a finding blames a request, so that it must repeat."""
    return finding.severity is not Severity.NOTE and finding.code != GONE


def key_of(finding: ReceiverFinding) -> Key:
    """What tells a finding from others of one callback."""
    return finding.check, finding.code, finding.status, finding.kind, finding.where


REFUSING: Final = frozenset({Check.REFUSES_FORGED, Check.REFUSES_TAMPERED})
ACCEPTING: Final = frozenset(
    {
        Check.ACCEPTS_GENUINE,
        Check.ACCEPTS_CONFORMING,
        Check.ACCEPTS_DOCUMENTED_VARIANTS,
        Check.ACCEPTS_REDELIVERY,
    }
)


@dataclass(slots=True)
class Observer:
    """Sends to the receiver of one callback, and tells what an answer would be blamed for.

    `control` is the payload of the genuine callback, once accepted; `acknowledgements` tell how
    genuine callbacks are answered. `token` is the word that the vendor was told for confirming the
    address. What is found is kept by others.
    """

    compiled: CompiledCallback
    sender: Sender
    session: Session
    url: str
    timeout: float
    max_cases: int
    progress: Callable[[int], None]
    policy: Policy = Policy.LENIENT
    secret_source: SecretSource = field(default_factory=SecretSource)
    token: str | None = field(default=None, repr=False)
    tally: FindingTally = field(default_factory=FindingTally)
    result: CallbackResult = field(default_factory=CallbackResult)
    control: dict[str, Any] = field(default_factory=dict)
    acknowledgements: Acknowledgements = field(default_factory=Acknowledgements)
    _looks: int = 0
    _serials: Serials = field(default_factory=lambda: Serials(odd=True))

    @property
    def left(self) -> int:
        """How many requests may still be sent."""
        return self.max_cases - self.result.requests

    def exchange(
        self,
        request: Request,
        *,
        chunked: bool = False,
        meanwhile: Callable[[], object] = nothing,
    ) -> Answer:
        """Send a request over the run's connection, or over its own where it is chunked."""
        if chunked:
            answer = self.session.send_alone(request, chunked=True)
        else:
            answer = self.session.send(request, meanwhile=meanwhile)
        self.count(answer)
        return self.veiled(request, answer)

    def beside(self, request: Request, deliver: Callable[[Aside], list[Answer]]) -> list[Answer]:
        """Deliver over connections of their own, under the same rules as any request."""
        self.session.check_time()
        # A receiver that serves one connection at a time would wait for ours to say more.
        self.session.transport.close()
        answers = deliver(self.session.aside)
        self.count(*answers)
        for answer in answers:
            self.session.heed(answer)
        return [self.veiled(request, answer) for answer in answers]

    def veiled(self, request: Request, answer: Answer) -> Answer:
        """An answer fit to be shown."""
        facts = self.sender.callback.signature
        given = [h.value for h in self.session.aside.target.headers if h.variable]
        return discreet(answer, request, facts, secret=self.sender.secret, given=given)

    def count(self, *answers: Answer) -> None:
        """Enter answers into the books."""
        self.result.requests += len(answers)
        heard = [answer.elapsed for answer in answers if answer.status is not None]
        self.result.latencies += heard
        self.session.heard = self.session.heard or bool(heard)
        self.session.steadiness.requests += len(answers)
        self.session.steadiness.accepted += sum(self.is_accepted(answer) for answer in answers)
        self.progress(self.result.requests)

    def observe(self, case: Case, request: Request, answer: Answer) -> Sight:
        """All that an answer would be blamed for; nothing is kept of it."""
        callback = self.compiled.callback
        found = [self.finding(case, request, answer), odd_answer(callback, answer)]
        if found[0] is None and case.check in ACCEPTING and self.is_accepted(answer):
            otherwise = not self.acknowledgements.has_like(answer)
            found += [
                lateness(callback, answer, timeout=self.timeout),
                too_large(callback, answer),
                lie(callback, answer, otherwise=otherwise),
                *(otherwise_acknowledged(callback, case, answer) if otherwise else ()),
            ]
        if case.check is Check.ACCEPTS_GENUINE and not case.advice and self.is_accepted(answer):
            found += acknowledgement(callback, answer)
            found += challenge_faults(callback, request.payload, answer, secret=self.sender.secret)
        told = (self.shown(one, case, request, answer) for one in found if one)
        return Sight(case, request, answer, tuple(told))

    def is_accepted(self, answer: Answer) -> bool:
        """Whether the vendor takes a callback for received."""
        return self.reaction(answer) is Reaction.ACCEPTED

    def finding(self, case: Case, request: Request, answer: Answer) -> ReceiverFinding | None:
        """What is wrong with an answer to a case, None where nothing is."""
        # Telling the place costs more than a request does, and most give rise to no finding.
        callback = self.compiled.callback
        where = partial(place_of_fault, case, callback, self.sender.signature, self.control)
        excuse = self._excuse(case, request, answer)
        return judge_answer(callback, case, answer, where=where, policy=self.policy, excuse=excuse)

    def _excuse(self, case: Case, request: Request, answer: Answer) -> Excuse | None:
        """What speaks for a 2XX to a forgery, None where nothing does or it needs nothing."""
        if case.check not in REFUSING or not self.is_accepted(answer):
            return None
        if self.answers_otherwise(answer):
            return Excuse.SAYS_NO
        proved = proves_sender(request, self.compiled, secret=self.sender.secret)
        return Excuse.PROVES_SENDER if proved else None

    def answers_otherwise(self, answer: Answer) -> bool:
        """Whether a genuine callback gets another answer than this one.

        Further genuine ones are sent first, until it is known what varies in their answers.
        """
        known = self.acknowledgements
        while not known.has_like(answer) and known.count < ENOUGH_ANSWERS and self.left > 1:
            case = Case(Check.ACCEPTS_GENUINE, "the genuine callback, to compare", self.control)
            genuine = self.exchange(self.sender.write(case))
            if not self.is_accepted(genuine):
                break
            known.learn(genuine)
        return not known.has_like(answer)

    def fresh_sender(self) -> Sender:
        """A sender with chance of its own: what else is sent must not depend on a second look."""
        self._looks += 1
        path = self.sender.callback.path
        chance = random.Random(f"{path} {self._looks}")  # noqa: S311 - nonces of a test
        return replace(self.sender, chance=chance, serials=self._serials)

    def shown(
        self, finding: ReceiverFinding, case: Case, request: Request, answer: Answer
    ) -> ReceiverFinding:
        """A finding with the request that shows it, how to send that again, and the answer."""
        stored = self._stored(case, request, answer)
        lines = self._lines(request, stored, genuine=case.is_genuine)
        number = case_number(request)
        variants = tuple(replace(one, case=number) for one in finding.variants)
        shown = replace(finding, case=number, variants=variants, answer=as_shown(answer))
        return replace(shown, **lines, request=stored)

    def _lines(self, request: Request, stored: StoredRequest, *, genuine: bool) -> dict[str, Any]:
        """What a finding holds of how to send its request again."""
        recipe = shell_lines(
            self.url,
            request,
            self.sender.callback,
            genuine=genuine,
            stored=stored,
            secret=self.secret_source,
            given=self.session.aside.target.headers,
        )
        return {"reproduce": recipe.lines, "attached": recipe.body}

    def _stored(self, case: Case, request: Request, answer: Answer) -> StoredRequest:
        sender = self.sender
        return store(
            request,
            case=case,
            callback=sender.as_chosen,
            secret=sender.secret,
            now=sender.clock() - answer.elapsed,
            reaction=self.reaction(answer).value,
        )

    def reaction(self, answer: Answer) -> Reaction:
        """What an answer means to the vendor."""
        return react(answer, self.compiled.callback.deliveries[0].success)
