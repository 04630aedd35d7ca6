"""Tries cases on a receiver and keeps the books: what was sent, what was found, what it took."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from hookproof.delivery.transport import nothing
from hookproof.receiver.ahead import Ahead
from hookproof.receiver.cases import Case
from hookproof.receiver.checks import Check
from hookproof.receiver.discretion import discreet
from hookproof.receiver.nature import first_fault, nature_of, only_difference
from hookproof.receiver.oddities import changed_its_mind, odd_answer
from hookproof.receiver.policy import Policy
from hookproof.receiver.reaction import Reaction, as_shown, react
from hookproof.receiver.report import CallbackResult
from hookproof.receiver.reproduce import shell_lines
from hookproof.receiver.sender import case_number, unnumbered
from hookproof.receiver.storage import Signer, store
from hookproof.receiver.verdicts import Exhibit, Tally, judge_answer, lateness, lie
from hookproof.signature.secrets import SecretSource

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from hookproof.delivery.answer import Answer
    from hookproof.delivery.request import Request
    from hookproof.finding import ReceiverFinding
    from hookproof.finding.stored import StoredRequest
    from hookproof.receiver.aside import Aside
    from hookproof.receiver.sender import Sender
    from hookproof.receiver.session import Session
    from hookproof.validation.validator import CompiledCallback

# Each unanswered request costs a whole deadline, and two prove it.
_SILENCES_TO_LEAVE: Final = 2
# Requests that are settled before the answer to the first of them is judged.
_BATCH: Final = 16
# A case, and the genuine callback twice where a payload is to be blamed.
MOST_AT_ONCE: Final = 3


class ChangedItsMind(Exception):
    """The receiver no longer accepts what it accepted, so nothing more can be proved."""


@dataclass(slots=True)
class Trial:
    """One callback on trial.

    `control` is the payload of the genuine callback, once accepted; `known_good` are the other
    documented ones that the receiver has accepted. `genuine` is what shows findings on how the
    genuine callback is acknowledged.
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
    tally: Tally = field(default_factory=Tally)
    result: CallbackResult = field(default_factory=CallbackResult)
    control: dict[str, Any] = field(default_factory=dict)
    sent: set[Check] = field(default_factory=set)
    accepted: Counter[Check] = field(default_factory=Counter)
    known_good: list[dict[str, Any]] = field(default_factory=list)
    genuine: dict[str, Any] = field(default_factory=dict)
    _seen: set[Hashable] = field(default_factory=set)
    _silences: Counter[Check] = field(default_factory=Counter)
    _sure_of: set[Hashable] = field(default_factory=set)

    @property
    def left(self) -> int:
        """How many requests may still be sent."""
        return self.max_cases - self.result.requests

    def attempt(self, case: Case) -> None:
        """Send a case and judge the answer, unless it would prove nothing."""
        for ready, request in self.ready(case):
            self.try_out(ready, request)

    def try_out(
        self, case: Case, request: Request, *, meanwhile: Callable[[], object] = nothing
    ) -> None:
        """Send a case that is ready and judge the answer, unless its check was left since.

        `meanwhile` is done while the answer is awaited. MOST_AT_ONCE requests are sent at most.
        """
        if not self._is_left(case.check):
            answer = self.exchange(request, chunked=case.chunked, meanwhile=meanwhile)
            self.judge(case, request, answer)

    def attempt_all(self, cases: Iterator[Case], *, until: int) -> None:
        """Attempt cases until so many requests were sent, several at a time.

        What a batch holds depends on no answer to it and not on the number of connections, and
        answers are judged in the order of the requests: so any number sends the same bytes.
        Only silence leaves out what was not yet sent.
        """
        while self.result.requests < until:
            batch = Ahead(self._batch(cases, min(_BATCH, until - self.result.requests)))
            if not batch.look():
                return
            if self.session.crew is None:
                for case, request in batch:
                    self.try_out(case, request, meanwhile=batch.look)
            else:
                self._send_together(list(batch))

    def _send_together(self, batch: list[tuple[Case, Request]]) -> None:
        answers = self.session.send_all([request for _, request in batch])
        self.count(*answers)
        for (case, request), answer in zip(batch, answers, strict=True):
            self.judge(case, request, self._heard(request, answer))

    def _batch(self, cases: Iterator[Case], size: int) -> Iterator[tuple[Case, Request]]:
        """So many cases that are ready; which these are is settled before the first is sent."""
        left = self._left
        ready = (one for case in cases for one in self.ready(case, left=left))
        return islice(ready, size)

    def ready(
        self, case: Case, *, left: frozenset[Check] | None = None
    ) -> Iterator[tuple[Case, Request]]:
        """The case with its request, unless it would prove nothing.

        `left` are the checks that nothing is sent for any more, those of now unless given.
        """
        left = self._left if left is None else left
        if case.check in left:
            return
        if case.check in _GENERATED and self.repeated(_gist(case)):
            return
        request = self.sender.write(case)
        fitting = self._fitting(case, request, left)
        # Bytes that were sent before would be a redelivery, which is another check.
        if fitting and not self.repeated(_wire(case, request)):
            yield fitting, request

    def exchange(
        self,
        request: Request,
        *,
        chunked: bool = False,
        meanwhile: Callable[[], object] = nothing,
    ) -> Answer:
        """Send a request over the run's connection, or over its own where it is chunked."""
        if not chunked:
            answer = self.session.send(request, meanwhile=meanwhile)
            self.count(answer)
            return self._heard(request, answer)
        return self.beside(request, lambda aside: [aside.send(request, chunked=True)])[0]

    def beside(self, request: Request, deliver: Callable[[Aside], list[Answer]]) -> list[Answer]:
        """Deliver over connections of their own, under the same rules as any request."""
        self.session.check_time()
        # A receiver that serves one connection at a time would wait for ours to say more.
        self.session.transport.close()
        answers = deliver(self.session.aside)
        self.count(*answers)
        for answer in answers:
            self.session.heed(answer)
        return [self._heard(request, answer) for answer in answers]

    def _heard(self, request: Request, answer: Answer) -> Answer:
        """An answer fit to be shown; what is odd about it is kept."""
        facts = self.sender.callback.signature
        answer = discreet(answer, request, facts, secret=self.sender.secret)
        odd = odd_answer(self.compiled.callback, answer)
        if odd:
            stored = self._stored(request, answer)
            shown = replace(odd, request=stored, answer=as_shown(answer))
            self.tally.add(shown, size=len(request.body))
        return answer

    def count(self, *answers: Answer) -> None:
        """Enter answers into the books."""
        self.result.requests += len(answers)
        self.result.latencies += [a.elapsed for a in answers if a.status is not None]
        self.progress(self.result.requests)

    def judge(self, case: Case, request: Request, answer: Answer) -> ReceiverFinding | None:
        """Judge an answer and keep what was found."""
        self.sent.add(case.check)
        finding = self.finding(case, request, answer)
        reaction = self.reaction(answer)
        if reaction is Reaction.ACCEPTED and case.check in _EXERCISING and not case.may_refuse:
            self.result.coverage.see(request)
        if finding:
            if case.check in _REFUSABLE and reaction is not Reaction.ACCEPTED and not case.advice:
                self._make_sure(finding)
            self.tally.add(finding, size=len(request.body), exhibit=Exhibit(case, request))
        elif case.check in _ACCEPTING:
            self._acknowledged(case, answer)
        self._silences[case.check] += reaction is Reaction.NO_ANSWER
        return finding

    def _make_sure(self, finding: ReceiverFinding) -> None:
        """Blame a payload only where the genuine callback is still accepted after it.

        Raises ChangedItsMind where it is not.
        """
        kind = (finding.check, finding.code, finding.status)
        if kind not in self._sure_of:
            self._sure_of.add(kind)
            self._insist()

    def _insist(self) -> None:
        """Send the genuine callback once more.

        A new event is sent, for the known one may be refused for that; then the known one, for
        the new one's number may be what is refused. Either is another fault than this.
        """
        # Chance of its own: what else is sent must not depend on when this is.
        chance = random.Random(f"{self.sender.callback.path} {len(self._sure_of)}")  # noqa: S311 - for nonces
        sender = replace(self.sender, chance=chance)
        for verbatim in (False, True):
            if self.left <= 1:
                return
            label = "the genuine callback, once more"
            case = Case(Check.ACCEPTS_GENUINE, label, self.control, verbatim=verbatim)
            request = sender.write(case)
            answer = self.exchange(request)
            if self.reaction(answer) is Reaction.ACCEPTED:
                return
        found = changed_its_mind(self.compiled.callback, answer, after=self.result.requests)
        stored = self._stored(request, answer)
        lines = self._lines(request, stored, genuine=True)
        shown = replace(found, **lines, request=stored, answer=as_shown(answer))
        self.tally.add(shown)
        raise ChangedItsMind

    def finding(self, case: Case, request: Request, answer: Answer) -> ReceiverFinding | None:
        """What is wrong with an answer, and how to see it again; nothing is kept of it."""
        callback = self.compiled.callback
        # Telling the place costs more than a request does, and most give rise to no finding.
        where = partial(self._where, case, request)
        finding = judge_answer(callback, case, answer, where=where, policy=self.policy)
        if finding is None:
            return None
        stored = self._stored(request, answer, chunked=case.chunked, before=_before(case))
        stored = replace(stored, together=case.together)
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
        )
        return {"reproduce": recipe.lines, "attached": recipe.body}

    def keep_genuine(self, request: Request, answer: Answer) -> None:
        """Keep the accepted genuine callback, which shows findings on its acknowledgement."""
        stored = self._stored(request, answer)
        lines = self._lines(request, stored, genuine=True)
        self.genuine = {**lines, "request": stored, "answer": as_shown(answer)}

    def _stored(
        self, request: Request, answer: Answer, *, chunked: bool = False, before: str = "nothing"
    ) -> StoredRequest:
        sender = self.sender
        return store(
            request,
            Signer(sender.as_chosen, sender.secret, sender.encoding),
            now=sender.clock() - answer.elapsed,
            chunked=chunked,
            before=before,
            reaction=self.reaction(answer).value,
        )

    def reaction(self, answer: Answer) -> Reaction:
        """What an answer means to the vendor."""
        return react(answer, self.compiled.callback.deliveries[0].success)

    def time(self, answer: Answer) -> None:
        """Tell of an answer that came late."""
        late = lateness(self.compiled.callback, answer, timeout=self.timeout)
        self.sent.add(Check.ANSWERS_IN_TIME)
        if late:
            self.tally.add(late)

    def repeated(self, what: Hashable) -> bool:
        """Whether something was met before."""
        known = what in self._seen
        self._seen.add(what)
        return known

    def fits(self, case: Case, request: Request) -> Check | None:
        """The check that a request is evidence for, judged from its bytes."""
        nature = nature_of(request, self.compiled, secret=self.sender.secret)
        if case.may_refuse:
            return case.check if nature.genuine else None
        if case.check is Check.ACCEPTS_CONFORMING and not nature.serves(case.check):
            return Check.SURVIVES_MALFORMED if not nature.conforming else None
        return case.check if nature.serves(case.check) else None

    def _fitting(self, case: Case, request: Request, left: frozenset[Check]) -> Case | None:
        check = self.fits(case, request)
        if check is None or check in left:
            return None
        return case if check is case.check else replace(case, check=check)

    def _is_left(self, check: Check) -> bool:
        return check in self._left

    @property
    def _left(self) -> frozenset[Check]:
        """The checks that nothing is sent for any more, for want of an answer."""
        silences = self._silences.items()
        return frozenset(check for check, count in silences if count >= _SILENCES_TO_LEAVE)

    def _acknowledged(self, case: Case, answer: Answer) -> None:
        self.accepted[case.check] += 1
        if case.check is Check.ACCEPTS_DOCUMENTED_VARIANTS and case.verbatim:
            self.known_good.append(case.payload)
        self.time(answer)
        told = lie(self.compiled.callback, answer)
        if told:
            self.tally.add(told)

    def _where(self, case: Case, request: Request) -> str:
        callback = self.compiled.callback
        if case.where:
            return case.where
        if case.check is Check.REFUSES_FORGED:
            return f"/{callback.signature.place.field}" if callback.signature.place.in_body else ""
        if case.check is Check.SURVIVES_MALFORMED:
            return first_fault(request, callback)
        if case.check not in _PLACED or not self.control:
            return ""
        return only_difference(case.payload, self.control, ignored=self._refreshed(case))

    def _refreshed(self, case: Case) -> frozenset[str]:
        facts = self.sender.signature
        sent_at = self.compiled.callback.sent_at
        names = {place.field for place in (facts.place, *facts.inputs) if place.in_body}
        return frozenset(names | ({sent_at.field} if sent_at else set())) - case.kept


_ACCEPTING: Final = frozenset(
    {
        Check.ACCEPTS_GENUINE,
        Check.ACCEPTS_CONFORMING,
        Check.ACCEPTS_DOCUMENTED_VARIANTS,
        Check.ACCEPTS_REDELIVERY,
    }
)
# Checks whose findings say that something is refused which belongs accepted, or crashes it.
_REFUSABLE: Final = (_ACCEPTING - {Check.ACCEPTS_GENUINE}) | {
    Check.TOLERATES_UNKNOWN_FIELDS,
    Check.TOLERATES_DISORDER,
    Check.SURVIVES_MALFORMED,
}
# What is evidence for these is rightly signed and keeps the contract.
_EXERCISING: Final = _ACCEPTING | {Check.TOLERATES_UNKNOWN_FIELDS, Check.TOLERATES_DISORDER}
_PLACED: Final = frozenset(
    {Check.ACCEPTS_CONFORMING, Check.ACCEPTS_DOCUMENTED_VARIANTS, Check.ACCEPTS_GENUINE}
)
_GENERATED: Final = frozenset({Check.ACCEPTS_CONFORMING, Check.SURVIVES_MALFORMED})


def _wire(case: Case, request: Request) -> Hashable:
    return request.body, unnumbered(request), request.query, case.chunked


def _before(case: Case) -> str:
    """What the receiver knows when it gets a case."""
    if case.check is Check.ACCEPTS_REDELIVERY:
        return "same"
    # Nothing in it is new, so it was delivered before.
    is_known = isinstance(case.payload, dict) and case.kept >= case.payload.keys()
    return "genuine" if is_known and not case.is_genuine else "nothing"


def _gist(case: Case) -> Hashable:
    return case.layout, case.rewrite, repr(case.payload)
