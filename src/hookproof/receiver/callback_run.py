"""Tests one callback: the control first, for without it no refusal proves anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain, product
from typing import TYPE_CHECKING, Any, Final

from hookproof.finding import CODES, ReceiverFinding
from hookproof.receiver import cases
from hookproof.receiver.cases import Case
from hookproof.receiver.checks import Check, Control, State
from hookproof.receiver.discretion import discreet
from hookproof.receiver.nature import first_fault, nature_of, only_difference
from hookproof.receiver.oddities import changed_its_mind, odd_answer
from hookproof.receiver.reaction import Reaction, react
from hookproof.receiver.report import CallbackResult
from hookproof.receiver.reproduce import shell_lines
from hookproof.receiver.verdicts import Tally, acknowledgement, judge_answer, lateness, vendor_note
from hookproof.signature.verify import find_signature

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from hookproof.contract.facts import Example
    from hookproof.delivery.answer import Answer
    from hookproof.delivery.request import Request
    from hookproof.receiver.generate import Generated
    from hookproof.receiver.sender import Sender
    from hookproof.receiver.session import Session
    from hookproof.validation.validator import CompiledCallback

_CONTROL_OF: Final = {
    Reaction.ACCEPTED: Control.ACCEPTED,
    Reaction.REFUSED: Control.REFUSED,
    Reaction.CRASHED: Control.CRASHED,
    Reaction.NO_ANSWER: Control.NO_ANSWER,
}
# Each unanswered request costs a whole deadline, and two prove it.
_SILENCES_TO_LEAVE: Final = 2
_REDELIVERIES: Final = 3


class _ChangedItsMind(Exception):
    """The receiver no longer accepts what it accepted, so nothing more can be proved."""


@dataclass(slots=True)
class CallbackRun:
    """The test of one callback; `run` fills `result` and `tally`, also when it is cut short."""

    compiled: CompiledCallback
    sender: Sender
    session: Session
    url: str
    timeout: float
    max_cases: int
    progress: Callable[[int], None]
    tally: Tally = field(default_factory=Tally)
    result: CallbackResult = field(default_factory=CallbackResult)
    _control: dict[str, Any] = field(default_factory=dict)
    _sent: set[Check] = field(default_factory=set)
    _seen: set[Hashable] = field(default_factory=set)
    _silences: Counter[Check] = field(default_factory=Counter)
    _steady: bool = True
    _sure_of: set[Hashable] = field(default_factory=set)

    def run(self, generate: Callable[[int, int], list[Generated]]) -> None:
        """Send everything, at most `max_cases` requests.

        `generate` is asked last, for so many conforming and so many broken payloads. TimeIsUp
        and TargetGone pass through; what was found until then stands.
        """
        request = self._genuine()
        if request is None:
            return
        try:
            for lane in self._lanes(request):
                self._lane(lane)
            self._fuzz(generate)
            self._insist()
        except _ChangedItsMind:
            self._steady = False
        finally:
            self._conclude()

    def _fuzz(self, generate: Callable[[int, int], list[Generated]]) -> None:
        left = self._most - self.result.requests
        if left <= 0:
            return
        payloads = generate(self.max_cases // 2, self.max_cases // 2)
        half = self.result.requests + left // 2
        self._lane(self._generated(p for p in payloads if not p.breaks), until=half)
        self._lane(self._generated(p for p in payloads if p.breaks))

    @property
    def _most(self) -> int:
        """How many requests there may be before the last, which is genuine as the first was."""
        return max(1, self.max_cases - 1)

    def _make_sure(self, finding: ReceiverFinding) -> None:
        """Blame a payload only where the genuine callback is still accepted after it."""
        kind = (finding.check, finding.code, finding.status)
        if kind not in self._sure_of:
            self._sure_of.add(kind)
            self._insist()

    def _insist(self) -> None:
        """Send the genuine callback once more; raises _ChangedItsMind where it is refused now.

        A new event is sent, for the known one may be refused for that; then the known one, for
        the new one's number may be what is refused. Either is another fault than this.
        """
        for verbatim in (False, True):
            if self.result.requests >= self.max_cases:
                return
            label = "the genuine callback, once more"
            case = Case(Check.ACCEPTS_GENUINE, label, self._control, verbatim=verbatim)
            answer = self._exchange(self.sender.write(case))
            if react(answer, self.sender.callback.deliveries[0].success) is Reaction.ACCEPTED:
                return
        after = self.result.requests
        self.tally.add(changed_its_mind(self.compiled.callback, answer, after=after))
        raise _ChangedItsMind

    def _genuine(self) -> Request | None:
        """Find a documented reading that is accepted; the first refusal is what is told."""
        first: ReceiverFinding | None = None
        for example, encoding in self._readings():
            self.sender.encoding = encoding
            label = "the genuine callback"
            case = Case(Check.ACCEPTS_GENUINE, label, example.payload, verbatim=True)
            request = self.sender.write(case)
            answer = self._exchange(request)
            reaction = react(answer, self.sender.callback.deliveries[0].success)
            self.result.control = self.result.control or _CONTROL_OF[reaction]
            if reaction is Reaction.ACCEPTED:
                self._time(answer)
                self._repeated((request.body, request.headers))
                self._accept(example, encoding, answer)
                return request
            first = first or self._finding(case, request, answer)
            if reaction is Reaction.NO_ANSWER or self.result.requests >= self.max_cases:
                break
        if first:
            self.tally.add(first)
        self.result.checks[Check.ACCEPTS_GENUINE] = State.FAIL
        return None

    def _readings(self) -> list[tuple[Example, str]]:
        """What a genuine callback may be: the reading of the table before that of the sample."""
        callback = self.compiled.callback
        plain = [e for e in callback.examples if not self.compiled.quirks_in(e.payload)]
        quirky = [e for e in callback.examples if e not in plain]
        examples = [*plain[:1], *quirky[:1]]
        return [(e, encoding) for encoding, e in product(callback.signature.encodings, examples)]

    def _accept(self, example: Example, encoding: str, answer: Answer) -> None:
        self.result.control = Control.ACCEPTED
        self.result.checks[Check.ACCEPTS_GENUINE] = State.PASS
        self._control = example.payload
        callback = self.compiled.callback
        for finding in acknowledgement(callback, answer):
            self.tally.add(finding)
        if encoding != callback.signature.encodings[0]:
            self.tally.add(self._one_encoding_only(encoding))
        self._sent |= {Check.ACCEPTS_GENUINE, Check.ACKNOWLEDGES_AS_DOCUMENTED}

    def _one_encoding_only(self, encoding: str) -> ReceiverFinding:
        facts = self.compiled.callback.signature
        return ReceiverFinding(
            code="HP418",
            severity=CODES["HP418"].severity,
            callback=self.compiled.callback.path,
            where="",
            message=f"only signatures written as {encoding} are accepted; the page allows "
            f"{' and '.join(facts.encodings)}",
            hint=CODES["HP418"].hint,
            source=str(facts.source),
            check=Check.ACCEPTS_GENUINE.value,
        )

    def _lanes(self, genuine: Request) -> Iterator[Iterable[Case | Request]]:
        callback, payload = self.compiled.callback, self._control
        place = callback.signature.place
        _, accepted = find_signature(place, genuine.payload, genuine.headers)
        yield chain(
            cases.documented_variants(callback), cases.documented_encodings(callback, payload)
        )
        yield cases.conforming_probes(callback, payload)
        yield cases.unknown_fields(payload)
        yield cases.forgeries(callback, payload)
        yield cases.tampered(callback, payload, accepted=accepted)
        yield [genuine] * _REDELIVERIES
        yield cases.malformed_probes(callback, payload)

    def _generated(self, generated: Iterable[Generated]) -> Iterator[Case]:
        for payload in generated:
            check = Check.SURVIVES_MALFORMED if payload.breaks else Check.ACCEPTS_CONFORMING
            yield Case(check, payload.description, payload.payload, verbatim=True)

    def _lane(self, lane: Iterable[Case | Request], *, until: int | None = None) -> None:
        most = self._most if until is None else until
        for item in lane:
            if self.result.requests >= most:
                return
            if isinstance(item, Case):
                self._try(item)
            else:
                case = Case(Check.ACCEPTS_REDELIVERY, "the same bytes once more", item.payload)
                self._judge(case, item)

    def _try(self, case: Case) -> None:
        if case.check in _GENERATED and self._repeated(f"{case.layout} {case.payload!r}"):
            return
        request = self.sender.write(case)
        nature = nature_of(request, self.compiled, secret=self.sender.secret)
        if not nature.serves(case.check):
            case = replace(case, check=_other_check(case.check))
        # Bytes that were sent before would be a redelivery, which is another check.
        if nature.serves(case.check) and not self._repeated((request.body, request.headers)):
            self._judge(case, request)

    def _judge(self, case: Case, request: Request) -> None:
        if self._silences[case.check] >= _SILENCES_TO_LEAVE:
            return
        answer = self._exchange(request)
        self._sent.add(case.check)
        reaction = react(answer, self.compiled.callback.deliveries[0].success)
        finding = self._finding(case, request, answer)
        if finding:
            if case.check in _REFUSABLE and reaction is not Reaction.ACCEPTED:
                self._make_sure(finding)
            self.tally.add(finding, size=len(request.body))
        elif case.check in _ACCEPTING:
            self._time(answer)
        self._silences[case.check] += reaction is Reaction.NO_ANSWER

    def _exchange(self, request: Request) -> Answer:
        facts, secret = self.sender.callback.signature, self.sender.secret
        answer = discreet(self.session.send(request), request, facts, secret=secret)
        self.result.requests += 1
        self.progress(self.result.requests)
        odd = odd_answer(self.compiled.callback, answer)
        if odd:
            self.tally.add(odd)
        return answer

    def _time(self, answer: Answer) -> None:
        late = lateness(self.compiled.callback, answer, timeout=self.timeout)
        self._sent.add(Check.ANSWERS_IN_TIME)
        if late:
            self.tally.add(late)

    def _repeated(self, what: Hashable) -> bool:
        known = what in self._seen
        self._seen.add(what)
        return known

    def _finding(self, case: Case, request: Request, answer: Answer) -> ReceiverFinding | None:
        finding = judge_answer(self.compiled.callback, case, answer, where="")
        if finding is None:
            return None
        genuine = case.forge is None and case.tamper is None and not case.other_secret
        return replace(
            finding,
            where=self._where(case, request),
            reproduce=shell_lines(self.url, request, self.sender.callback, genuine=genuine),
        )

    def _where(self, case: Case, request: Request) -> str:
        callback = self.compiled.callback
        if case.check is Check.REFUSES_FORGED:
            return f"/{callback.signature.place.field}" if callback.signature.place.in_body else ""
        if case.check is Check.SURVIVES_MALFORMED:
            return first_fault(request, callback)
        if case.check not in _PLACED or not self._control:
            return ""
        return only_difference(case.payload, self._control, ignored=self._refreshed(case))

    def _refreshed(self, case: Case) -> frozenset[str]:
        facts = self.compiled.callback.signature
        sent_at = self.compiled.callback.sent_at
        names = {place.field for place in (facts.place, *facts.inputs) if place.in_body}
        return frozenset(names | ({sent_at.field} if sent_at else set())) - case.kept

    def _conclude(self) -> None:
        """Give each check its state, now that all was sent."""
        callback = self.compiled.callback
        if Check.SURVIVES_MALFORMED in self._sent:
            self._sent.add(Check.REFUSES_MALFORMED)
        for check in Check:
            proved = check in self._sent and (self._steady or check not in _REFUSING)
            state = State.PASS if proved else State.INCONCLUSIVE
            self.result.checks[check] = State.FAIL if self.tally.failed(check) else state
        if not callback.signature.covers_body:
            self.result.checks[Check.REFUSES_TAMPERED] = State.SKIPPED
            self.tally.add(vendor_note(callback))


_ACCEPTING: Final = frozenset(
    {Check.ACCEPTS_CONFORMING, Check.ACCEPTS_DOCUMENTED_VARIANTS, Check.ACCEPTS_REDELIVERY}
)
# Checks whose findings say that something is refused which belongs accepted, or crashes it.
_REFUSABLE: Final = _ACCEPTING | {Check.TOLERATES_UNKNOWN_FIELDS, Check.SURVIVES_MALFORMED}
# Checks that a receiver passes by refusing: one that refuses everything proves nothing.
_REFUSING: Final = frozenset(
    {Check.REFUSES_FORGED, Check.REFUSES_TAMPERED, Check.REFUSES_MALFORMED}
)
_PLACED: Final = frozenset(
    {Check.ACCEPTS_CONFORMING, Check.ACCEPTS_DOCUMENTED_VARIANTS, Check.ACCEPTS_GENUINE}
)
_GENERATED: Final = frozenset({Check.ACCEPTS_CONFORMING, Check.SURVIVES_MALFORMED})


def _other_check(check: Check) -> Check:
    """What a generated payload serves when it is not what it was made for."""
    if check is Check.ACCEPTS_CONFORMING:
        return Check.SURVIVES_MALFORMED
    return check
