"""Sends the requests behind findings again, freshly signed, and says whether each still holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING, Final

from hookproof.errors import UsageError
from hookproof.receiver.answer_body import acknowledgement, lie
from hookproof.receiver.checks import Check
from hookproof.receiver.control import find_control
from hookproof.receiver.reaction import Reaction, tell
from hookproof.receiver.report import CallbackResult
from hookproof.receiver.run import Surroundings, open_session, prepare_trial
from hookproof.receiver.session import TargetGone, TimeIsUp
from hookproof.receiver.storage import Signer, revive
from hookproof.receiver.verdicts import lateness
from hookproof.signature.verify import find_signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hookproof.delivery.answer import Answer
    from hookproof.delivery.request import Request
    from hookproof.delivery.target import Target
    from hookproof.finding import ReceiverFinding
    from hookproof.finding.stored import StoredRequest
    from hookproof.receiver.run import Plan
    from hookproof.receiver.trial import Trial


class Standing(StrEnum):
    """What became of a finding."""

    HOLDS = "still holds"
    MENDED = "no longer holds"
    UNPROVED = "not proved"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A finding tried again: its number in the report, what came back, and how it stands."""

    number: int
    finding: ReceiverFinding
    standing: Standing
    told: str


@dataclass(slots=True)
class ReplayReport:
    """What became of findings; `unreachable` and `incomplete` say why there are no more."""

    done: list[Replayed] = field(default_factory=list)
    unreachable: str = ""
    incomplete: str = ""

    def of(self, standing: Standing) -> list[ReceiverFinding]:
        """The findings that stand so."""
        return [one.finding for one in self.done if one.standing is standing]

    def add(self, other: ReplayReport) -> None:
        """Take over what became of the findings on another receiver."""
        self.done = sorted([*self.done, *other.done], key=lambda one: one.number)
        self.unreachable = self.unreachable or other.unreachable
        self.incomplete = self.incomplete or other.incomplete


def replay_findings(
    target: Target,
    plan: Plan,
    findings: Mapping[int, ReceiverFinding],
    *,
    surroundings: Surroundings | None = None,
) -> ReplayReport:
    """Try findings again, those of one callback after its control.

    The plan has their callbacks. Raises UsageError for a stored request that cannot be sent,
    and nothing for what a receiver does.
    """
    around, report = surroundings or Surroundings(), ReplayReport()
    with open_session(target, plan, around) as session:
        session.ends_at = around.monotonic() + plan.time_limit
        for callback in plan.callbacks:
            mine = {n: one for n, one in findings.items() if one.callback == callback.path}
            trial = prepare_trial(callback, plan, session, around=around, result=CallbackResult())
            try:
                _Replay(trial, report.done).run(mine)
            except TimeIsUp:
                report.incomplete = f"the time limit of {plan.time_limit:g} s did not suffice"
            except TargetGone as gone:
                report.unreachable = str(gone)
                break
    report.done.sort(key=lambda one: one.number)
    return report


@dataclass(slots=True)
class _Replay:
    """Tries the findings of one callback again, after its control.

    `trial` sends; TimeIsUp and TargetGone pass through, what was tried until then is in `done`.
    """

    trial: Trial
    done: list[Replayed]
    _accepted: str = ""

    def run(self, findings: Mapping[int, ReceiverFinding]) -> None:
        """Send the genuine callback, then each request; raises UsageError for an odd one."""
        request = find_control(self.trial)
        control = request is not None
        if request:
            place = self.trial.sender.signature.place
            query = f"?{request.query}"
            _, accepted = find_signature(place, request.payload, request.headers, url=query)
            self._accepted = str(accepted or "")
        for number, finding in findings.items():
            stored = finding.request
            if stored is None:
                standing, told = Standing.UNPROVED, "no request shows it"
            else:
                standing, told = self._again(finding, stored, control=control)
            self.done.append(Replayed(number, finding, standing, told))

    def _again(
        self, finding: ReceiverFinding, stored: StoredRequest, *, control: bool
    ) -> tuple[Standing, str]:
        answer = self._send(stored)
        told = f"got {tell(answer)}"
        if self._holds(finding, stored, answer):
            return Standing.HOLDS, told
        if finding.code in _BY_WHAT_CAME_BEFORE:
            return Standing.UNPROVED, f"{told}; but it takes the requests that came before it"
        refused = self.trial.reaction(answer) is not Reaction.ACCEPTED
        if refused and not control:
            return Standing.UNPROVED, f"{told}; but the genuine callback is refused as well"
        return Standing.MENDED, told

    def _send(self, stored: StoredRequest) -> Answer:
        sender = self.trial.sender
        signer = Signer(sender.as_chosen, sender.secret, sender.encoding)
        try:
            *first, last = self._revived(stored, signer)
            for request in first:
                self.trial.exchange(request, chunked=stored.chunked)
            return self._last(last, stored)
        except (ValueError, KeyError) as error:
            message = f"a request of the report cannot be sent ({error})"
            raise UsageError(message, hint="was the report changed by hand?") from error

    def _last(self, request: Request, stored: StoredRequest) -> Answer:
        """The answer that counts: of several at once the first that is no acknowledgement."""
        if stored.together == 1:
            return self.trial.exchange(request, chunked=stored.chunked)
        answers = self.trial.beside(
            request, lambda aside: aside.send_together([request] * stored.together)
        )
        accepted = Reaction.ACCEPTED
        return next((a for a in answers if self.trial.reaction(a) is not accepted), answers[0])

    def _revived(self, stored: StoredRequest, signer: Signer) -> Iterator[Request]:
        """What the receiver is sent first, and the request itself: of one moment and nonce."""
        now, seed = self.trial.sender.clock(), self.trial.sender.chance.getrandbits(64)
        ways = {"same": [stored.signature], "genuine": ["right"]}.get(stored.before, [])
        for way in (*ways, stored.signature):
            chance = Random(seed)  # noqa: S311 - for nonces
            one = replace(stored, signature=way)
            yield revive(one, signer, now=now, chance=chance, other=self._accepted)

    def _holds(self, finding: ReceiverFinding, stored: StoredRequest, answer: Answer) -> bool:
        callback = self.trial.compiled.callback
        if finding.code == "HP413":
            return lateness(callback, answer, timeout=self.trial.timeout) is not None
        if finding.code == "HP414":
            return bool(acknowledgement(callback, answer))
        if finding.code == "HP420":
            return lie(callback, answer) is not None
        if finding.code == "HP418":
            return self.trial.sender.encoding != callback.signature.encodings[0]
        if finding.code in _BY_SYMPTOM:
            return answer.symptom == finding.symptom
        return _reacts_as_before(finding, Reaction(stored.reaction), self.trial.reaction(answer))


_BY_WHAT_CAME_BEFORE: Final = frozenset({"HP423", "HP427", "HP431"})
_BY_SYMPTOM: Final = frozenset({"HP430", "HP431"})
# Checks whose requests belong accepted.
_ACCEPTS: Final = frozenset(
    {
        Check.ACCEPTS_GENUINE,
        Check.ACCEPTS_CONFORMING,
        Check.ACCEPTS_DOCUMENTED_VARIANTS,
        Check.ACCEPTS_REDELIVERY,
        Check.TOLERATES_UNKNOWN_FIELDS,
        Check.TOLERATES_DISORDER,
    }
)


def _reacts_as_before(finding: ReceiverFinding, then: Reaction, now: Reaction) -> bool:
    """Whether the receiver still does what was found fault with, or another wrong thing."""
    if then is Reaction.ACCEPTED:
        return now is Reaction.ACCEPTED
    if then is Reaction.REFUSED or finding.check in _ACCEPTS:
        return now is not Reaction.ACCEPTED
    return now in {Reaction.CRASHED, Reaction.NO_ANSWER}
