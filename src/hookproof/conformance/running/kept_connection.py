"""Requests that are answered before they are read: what is left of one spoils the next.

A receiver that looks at the headers, refuses and keeps the connection takes the rest of the body
for the next request. Whether that shows on the next one by chance is left to nobody: requests that
differ from the genuine one in their head are never followed by another case, and those that were
refused, or came in chunks, are sent once more with the genuine callback after them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.response_class import Reaction, is_put_off
from hookproof.conformance.running.deliveries import deliver
from hookproof.conformance.sending.sender import unnumbered
from hookproof.http.symptom import Symptom

if TYPE_CHECKING:
    from collections.abc import Hashable

    from hookproof.conformance.running.sight import Observer, Sight
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request

_MOST_TRIED: Final = 6
# Bytes from which on a receiver may refuse a body for its length alone.
_LARGE: Final = 4096


@dataclass(slots=True)
class KeptConnection:
    """Finds out for one callback which requests spoil their connection.

    `usual` is the head of the genuine callback, `before` the case that was sent last.
    """

    trial: Observer
    usual: Hashable = None
    before: Case | None = None
    _doubted: dict[Hashable, Case] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    def heed(self, case: Case, request: Request, answer: Answer) -> None:
        """Note what was sent; after what may not have been read, use another connection."""
        self.before = case
        alike = _head(request) == self.usual and not case.chunked
        if alike or case.together > 1 or answer.status is None or is_put_off(answer):
            return
        self.trial.session.transport.close()
        if case.chunked or self.trial.reaction(answer) is not Reaction.ACCEPTED:
            self._doubted.setdefault((answer.status, case.chunked, _head(request)), case)

    def accept(self, genuine: Request) -> None:
        """Take the head of the genuine callback for the usual one."""
        self.usual = _head(genuine)

    def look(self) -> None:
        """Send each of the doubted with the genuine callback after it."""
        for case in list(self._doubted.values())[:_MOST_TRIED]:
            if self.trial.session.spoilt or self.is_spoilt_by(case):
                return
            self._asked.add(case.label)

    def explains(self, seen: Sight) -> bool:
        """Whether an odd answer is one to what was left of the request before."""
        more = seen.answer.symptom is Symptom.MORE_BYTES
        if self.trial.session.spoilt:
            return more
        case = seen.case if more else self.before
        if case is None or case.label in self._asked or len(self._asked) >= _MOST_TRIED:
            return False
        if is_put_off(seen.answer) and not more:
            return False
        self._asked.add(case.label)
        return self.is_spoilt_by(case)

    def is_spoilt_by(self, case: Case) -> bool:
        """Whether a case spoils its connection: each time, and where the genuine one does not.

        What any callback does is told of the genuine one. No connection is kept from then on.
        """
        trial = self.trial
        if not trial.control or not self._shown(case):
            return False
        genuine = Case(Check.ACCEPTS_GENUINE, "the genuine callback", trial.control)
        control = self._shown(genuine)
        # Where something follows every answer, nothing was left of a request: that is told as odd.
        if control and trial.reaction(control.answer) is Reaction.ACCEPTED:
            return False
        one, times = (genuine if control else case), trial.session.steadiness.in_a_row
        shown = [seen for _ in range(times) if (seen := self._shown(one))]
        if len(shown) < times:
            return False
        trial.session.spoilt = True
        for finding in shown[0].findings:
            trial.tally.add(finding, size=len(shown[0].request.body))
        return True

    def _shown(self, case: Case) -> Sight | None:
        """The case with the genuine callback after it, None where that is understood."""
        if self.trial.left <= 1 + 1:
            return None
        alone = replace(case, followed=True, before=(), together=1)
        seen = deliver(self.trial, alone, self.trial.fresh_sender())
        return seen if seen.findings else None


def _head(request: Request) -> Hashable:
    """What a receiver may go by before it reads a body."""
    headers = unnumbered(request)
    names = frozenset(name.lower() for name, _ in headers)
    types = tuple(value for name, value in headers if name.lower() == "content-type")
    parameters = frozenset(name for name, _ in parse_qsl(request.query, keep_blank_values=True))
    return names, types, parameters, len(request.body) > _LARGE
