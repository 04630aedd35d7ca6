"""Tries cases on a receiver and keeps the books: what was sent, what was found, what it took."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar

from hookproof.conformance.checks import Check
from hookproof.conformance.judging.ground_truth import nature_of
from hookproof.conformance.judging.tally import Exhibit
from hookproof.conformance.running.kept_connection import KeptConnection
from hookproof.conformance.running.second_look import SecondLook
from hookproof.conformance.running.sight import ACCEPTING, REFUSING, Observer, Sight
from hookproof.conformance.sending.sender import unnumbered
from hookproof.findings import Severity
from hookproof.http.answer import Outcome
from hookproof.http.transport import nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from hookproof.conformance.cases.cases import Case
    from hookproof.contract import Callback
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request


Item = TypeVar("Item")


class Ahead(Generic[Item]):
    """An iterator whose next item can be made before it is asked for."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items
        self._made: list[Item] = []

    def look(self) -> bool:
        """Make the next item now; False where there is none. What making it raises passes."""
        if not self._made:
            self._made.extend(islice(self._items, 1))
        return bool(self._made)

    def __iter__(self) -> Self:
        """Itself."""
        return self

    def __next__(self) -> Item:
        """The item that was made, or the one that is made now."""
        return self._made.pop() if self._made else next(self._items)


# Each unanswered request costs a whole deadline, and it was looked at again already.
_SILENCES_TO_LEAVE: Final = 1
NEVER_SHOWN: Final = 2**62
# Requests that are settled before the answer to the first of them is judged.
_BATCH: Final = 16
# A case, and the genuine callback and the case again where it is to be blamed.
MOST_AT_ONCE: Final = 4


@dataclass(slots=True)
class Trial(Observer):
    """One callback on trial.

    `known_good` are the other documented payloads that the receiver has accepted. `look` sends
    again what is to be blamed, `kept` what may spoil its connection, and `neighbours` gives the
    callbacks of the same area.
    """

    neighbours: Callable[[], Iterable[Callback]] = tuple
    sent: set[Check] = field(default_factory=set)
    accepted: Counter[Check] = field(default_factory=Counter)
    known_good: list[dict[str, Any]] = field(default_factory=list)
    _seen: set[Hashable] = field(default_factory=set)
    _silences: Counter[Check] = field(default_factory=Counter)
    look: SecondLook = field(init=False)
    kept: KeptConnection = field(init=False)

    def __post_init__(self) -> None:
        """Have what is looked at again sent by itself."""
        self.kept = KeptConnection(self)
        self.look = SecondLook(self, self.kept)

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
                    # Second looks may have used up what was left when the batch was made.
                    if self.left > 1:
                        self.try_out(case, request, meanwhile=batch.look)
            else:
                self._send_together(list(batch))

    def _send_together(self, batch: list[tuple[Case, Request]]) -> None:
        answers = self.session.send_all([request for _, request in batch])
        self.count(*answers)
        silent = [answer.outcome is Outcome.TIMEOUT for answer in answers]
        if any(silent) and not all(silent):
            # It may serve one connection at a time, and then all others wait in vain.
            self.session.crew = None
        for (case, request), answer in zip(batch, answers, strict=True):
            self.judge(case, request, self.veiled(request, answer))

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
        if case.check in _GENERATED and self.repeated(
            (case.layout, case.rewrite, case.nonce, repr(case.payload))
        ):
            return
        request = self.sender.write(case)
        fitting = self._fitting(case, request, left)
        # Bytes that were sent before would be a redelivery, which is another check.
        sent = (request.body, unnumbered(request), request.query, case.chunked)
        if fitting and not self.repeated(sent):
            yield fitting, request

    def judge(self, case: Case, request: Request, answer: Answer) -> None:
        """Judge an answer, and keep what was found where it shows again."""
        self.sent.add(case.check)
        self.result.spent[case.check] += answer.elapsed
        seen = self.look.settle(self.observe(case, request, answer))
        self.kept.heed(case, request, answer)
        self.keep(seen)

    def keep(self, seen: Sight) -> None:
        """Enter a sight into the books, with what was found."""
        case, answer, fault = seen.case, seen.answer, seen.fault
        if self.is_accepted(answer) and case.check in _EXERCISING and not case.may_refuse:
            self.result.coverage.see(seen.request)
        if case.check in ACCEPTING and fault is None and self.is_accepted(answer):
            self.accepted[case.check] += 1
            if not any(one.code == "HP420" for one in seen.findings):
                self.acknowledgements.learn(answer)
            self.sent.add(Check.ANSWERS_IN_TIME)
            new = case.payload not in [self.control, *self.known_good]
            if case.check is Check.ACCEPTS_DOCUMENTED_VARIANTS and new:
                self.known_good.append(case.payload)
        for one in seen.findings:
            # What is shown of a finding is what has repeated; all else is counted with it.
            shows = seen.proved or one.severity is Severity.NOTE or not self.control
            exhibit = Exhibit(case, seen.request, answer) if one is fault else None
            size = len(seen.request.body) if shows else NEVER_SHOWN
            self.tally.add(one, size=size, exhibit=exhibit)
        silent = fault is not None and answer.outcome is Outcome.TIMEOUT
        self._silences[case.check] += silent

    def repeated(self, what: Hashable) -> bool:
        """Whether something was met before."""
        known = what in self._seen
        self._seen.add(what)
        return known

    def fits(self, case: Case, request: Request) -> Check | None:
        """The check that a request is evidence for, judged from its bytes."""
        nature = nature_of(request, self.compiled, secret=self.sender.secret)
        if case.may_refuse and case.check in REFUSING:
            return case.check
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


# What is evidence for these is rightly signed and keeps the contract.
_EXERCISING: Final = ACCEPTING | {Check.TOLERATES_UNKNOWN_FIELDS, Check.TOLERATES_DISORDER}
_GENERATED: Final = frozenset({Check.ACCEPTS_CONFORMING, Check.SURVIVES_MALFORMED})
