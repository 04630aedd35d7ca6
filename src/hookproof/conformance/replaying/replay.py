"""Sends the requests behind findings again, freshly signed, and says whether each still holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hookproof.conformance.cases.cases import Before
from hookproof.conformance.checks import Check
from hookproof.conformance.evidence.stored_case import UnknownCase, by_name, case_in
from hookproof.conformance.judging.response_class import Reaction, tell
from hookproof.conformance.running.callback_run import CallbackRun
from hookproof.conformance.running.control import find_control
from hookproof.conformance.running.deliveries import deliver
from hookproof.conformance.running.report import CallbackResult
from hookproof.conformance.running.run import Surroundings, open_session, prepare_trial
from hookproof.conformance.running.sight import ON_HOW_IT_ANSWERS
from hookproof.conformance.sending.session import TargetGone, TimeIsUp
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hookproof.conformance.cases.cases import Case
    from hookproof.conformance.running.case_runner import Trial
    from hookproof.conformance.running.run import Plan
    from hookproof.conformance.running.sight import Sight
    from hookproof.findings import ReceiverFinding
    from hookproof.findings.finding import StoredRequest
    from hookproof.http.target import Target


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
    _control: bool = False
    _known: Mapping[tuple[str, str, str], Case] = field(default_factory=dict)

    def run(self, findings: Mapping[int, ReceiverFinding]) -> None:
        """Send the genuine callback, then each case; raises UsageError for an odd one."""
        request = find_control(self.trial)
        self._control = request is not None
        if request:
            self._known = by_name(CallbackRun(self.trial).named_cases(request))
        for number, finding in findings.items():
            if finding.request is None:
                standing, told = Standing.UNPROVED, "no request shows it"
            else:
                standing, told = self._again(finding, finding.request)
            self.done.append(Replayed(number, finding, standing, told))

    def _again(self, finding: ReceiverFinding, stored: StoredRequest) -> tuple[Standing, str]:
        try:
            case = case_in(stored.case, self._known)
            if (Before.GENUINE in case.before or case.followed) and not self._control:
                return Standing.UNPROVED, _NEEDS_THE_CONTROL
            return self._tried(finding, stored, case)
        except UnknownCase:
            return Standing.UNPROVED, _UNKNOWN if self._control else _NEEDS_THE_CONTROL
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            message = f"a request of the report cannot be sent ({type(error).__name__})"
            raise UsageError(message, hint="was the report changed by hand?") from error

    def _tried(
        self, finding: ReceiverFinding, stored: StoredRequest, case: Case
    ) -> tuple[Standing, str]:
        # What shows now and then holds all the same, so once is enough for that.
        for _ in range(_TRIES_AT_A_RACE if case.together > 1 else _TRIES):
            for one in _as_known_and_new(case):
                seen = deliver(self.trial, one, self.trial.sender)
                told = f"got {tell(seen.answer)}"
                if self._holds(finding, stored, seen):
                    return Standing.HOLDS, told
        if finding.code in _BY_WHAT_CAME_BEFORE:
            return Standing.UNPROVED, f"{told}; but it takes the requests that came before it"
        refused = self.trial.reaction(seen.answer) is not Reaction.ACCEPTED
        if refused and not self._control:
            return Standing.UNPROVED, f"{told}; but the genuine callback is refused as well"
        return Standing.MENDED, told

    def _holds(self, finding: ReceiverFinding, stored: StoredRequest, seen: Sight) -> bool:
        """Whether the case is blamed for the same now, or was for what it still does."""
        if any(one.code == finding.code for one in seen.findings):
            return True
        if finding.code == "HP418":
            first = self.trial.compiled.callback.signature.encodings[0]
            return (self.trial.sender.form, self.trial.sender.encoding) != (0, first)
        if finding.code in ON_HOW_IT_ANSWERS:
            return False
        return _reacts_as_before(
            finding, Reaction(stored.reaction), self.trial.reaction(seen.answer)
        )


def _as_known_and_new(case: Case) -> Iterator[Case]:
    """The case as it was; then as another event, for the receiver may know this one by now."""
    yield case
    if case.verbatim and not case.before and isinstance(case.payload, dict):
        yield replace(case, verbatim=False)


_UNKNOWN: Final = "this version of hookproof has no case of that name; test again"
_NEEDS_THE_CONTROL: Final = "not sent, for the genuine callback is refused as well"
_TRIES: Final = 3
_TRIES_AT_A_RACE: Final = 6
_BY_WHAT_CAME_BEFORE: Final = frozenset({"HP423", "HP427", "HP431"})
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
