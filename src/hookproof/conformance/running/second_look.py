"""Sends again what is about to be blamed: only what repeats becomes a finding.

A single answer proves nothing: a proxy without a free process, a pause, a cold start look like a
fault of whatever was sent just then. So the same case goes out again, signed anew, over a
connection of its own, after the genuine callback was seen to be accepted still.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.cases.forgeries import Hole
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.protocol_findings import changed_its_mind
from hookproof.conformance.judging.response_class import Reaction, is_put_off, tell
from hookproof.conformance.judging.steadiness import Change
from hookproof.conformance.running.deliveries import deliver, deliver_others_at_once
from hookproof.conformance.running.sight import GONE, Sight, key_of
from hookproof.conformance.sending.session import TimeIsUp
from hookproof.findings import Severity
from hookproof.http.symptom import Symptom

if TYPE_CHECKING:
    from hookproof.conformance.running.kept_connection import KeptConnection
    from hookproof.conformance.running.sight import Key, Observer
    from hookproof.findings import ReceiverFinding

# What was seen so often of one kind, by a receiver that never wavered, needs one repeat alone.
_KNOWN_KIND: Final = 3
_SHOWN_TWICE: Final = 2
# What of a key makes a kind, and where in it the status is.
_KIND: Final = 3
_STATUS: Final = 2
# For so many requests of a run a receiver that has not wavered is asked once more.
_REQUESTS_A_REPEAT: Final = 75
# A race does not show each time; so often it is provoked before it counts as not repeated.
_TRIES_AT_A_RACE: Final = 6
# Stray answers are failures and refusals: nobody takes a forgery by chance, or answers oddly.
_OF_WHAT_IS_ACCEPTED: Final = 2
# From this share of stray answers on they may be what shows in a race, too.
_STEADY_ENOUGH: Final = 0.02
# How often the genuine callback is waited for besides.
_TRIES: Final = 4


class ChangedItsMind(Exception):
    """The receiver no longer accepts what it accepted, so nothing more can be proved."""


@dataclass(slots=True)
class SecondLook:
    """Looks again for one callback; what was sure once is not looked at again."""

    trial: Observer
    kept: KeptConnection
    sure: set[Key] = field(default_factory=set)
    _kinds: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def settle(self, seen: Sight) -> Sight:
        """The sight as it repeats, or another one that takes its place.

        Raises ChangedItsMind where the genuine callback is no longer accepted.
        """
        self.sure |= {key for key in seen.keys() - self.sure if self._is_of_an_open_door(key)}
        if seen.answer.symptom is Symptom.MORE_BYTES and self.kept.explains(seen):
            seen = replace(seen, findings=tuple(f for f in seen.findings if f.code != "HP430"))
        if self._is_known_alone(seen):
            return seen.blamed_for(set())
        doubted = seen.keys() - self.sure
        if not doubted:
            return seen
        try:
            settled = self._race(seen) if seen.case.together > 1 else self._settle(seen, doubted)
        except TimeIsUp:
            self._leave_open(seen)
            raise
        # That nobody was there for a moment is so, though it does not come again.
        told = settled.findings
        gone = (one for one in seen.findings if one.code == GONE and one not in told)
        return replace(settled, findings=(*told, *gone))

    def _is_known_alone(self, seen: Sight) -> bool:
        """Whether a receiver that fails at what it knows passes the same as another event."""
        case, fails = seen.case, Check.ACCEPTS_REDELIVERY
        if not seen.keys() or not _may_be_known(case) or not self.trial.tally.failed(fails):
            return False
        if self.trial.left < 1:
            return False
        anew = deliver(self.trial, replace(case, verbatim=False), self.trial.fresh_sender())
        return not seen.keys() & anew.keys()

    def _is_of_an_open_door(self, key: Key) -> bool:
        """Whether a forgery passes where it is sure that any signature does."""
        sure = ((one[:_KIND], one[_KIND]) for one in self.sure)
        return key[0] == Check.REFUSES_FORGED and (key[:_KIND], Hole.ANY) in sure

    def _settle(self, seen: Sight, doubted: set[Key]) -> Sight:
        """Look until one fault has shown often enough, or none shows.

        Another fault in between neither proves nor disproves the first: a proxy may say 503 to
        what otherwise crashes.
        """
        shown, first = Counter(doubted), seen
        proved: set[Key] = set()
        wanted = 1 + self._repeats(seen)
        knows_control = False
        for _ in range(2 * wanted):
            # What is refused now may be all that comes, even if the first was accepted.
            if not knows_control and self._needs_control(seen, wanted):
                knows_control = True
                self.insist()
            if self.trial.left < seen.case.deliveries:
                return self._leave_open(first)
            seen = self._again(seen)
            doubted = seen.keys() - self.sure
            # What comes and goes by itself counts in a row alone.
            for key in [key for key in shown.keys() - doubted if self._may_be_stray(key)]:
                del shown[key]
            shown.update(doubted)
            proved = {key for key in doubted if shown[key] >= wanted}
            if not doubted or proved:
                break
        if not first.keys() & seen.keys() and not self.kept.explains(first):
            self.note(first, seen)
        return self._proved(seen, proved) if proved else seen.blamed_for(self.sure)

    def _race(self, seen: Sight) -> Sight:
        """Of deliveries at once, where chance decides what shows: provoked some times.

        The control are as many different events at once: what shows on those as well is no race
        of one event with itself.
        """
        trial, doubted = self.trial, seen.keys() - self.sure
        shown, calm, steadiness = 1, seen, trial.session.steadiness
        # What is slow or silent by chance needs no race, where there is no room to provoke one.
        few = is_put_off(seen.answer) and trial.left < 2 * seen.case.together
        if (few or _is_late(doubted)) and trial.left >= seen.case.together:
            calm = deliver(trial, seen.case, self.trial.fresh_sender())
            if not doubted & calm.keys():
                self.note(seen, calm)
                return calm.blamed_for(self.sure)
        for _ in range(_TRIES_AT_A_RACE - 1):
            if trial.left < 2 * seen.case.together:
                return self._leave_open(seen)
            others = deliver_others_at_once(trial, seen.case, self.trial.fresh_sender())
            if doubted & others.keys() and steadiness.share > _STEADY_ENOUGH:
                self.note(seen, others)
                return others.blamed_for(self.sure)
            again = deliver(trial, seen.case, self.trial.fresh_sender())
            if doubted & again.keys():
                seen, shown = again, shown + 1
            else:
                calm = again
            if shown > steadiness.in_a_row:
                return self._proved(seen, doubted & seen.keys())
        self.note(seen, calm)
        return calm.blamed_for(self.sure)

    def _again(self, seen: Sight) -> Sight:
        """The case once more; as another event where it passes now, for this one is known."""
        trial, case = self.trial, seen.case
        again = deliver(trial, case, self.trial.fresh_sender())
        if not _may_be_known(case) or seen.keys() & again.keys() or trial.left < 1:
            return again
        anew = deliver(trial, replace(case, verbatim=False), self.trial.fresh_sender())
        return anew if seen.keys() & anew.keys() else again

    def _needs_control(self, seen: Sight, wanted: int) -> bool:
        """Whether the genuine callback must be seen to be accepted still: something else is not."""
        trial = self.trial
        is_refused = trial.reaction(seen.answer) is not Reaction.ACCEPTED
        is_control = not trial.control or seen.case.check is Check.ACCEPTS_GENUINE
        return is_refused and not is_control and (wanted > _SHOWN_TWICE or is_put_off(seen.answer))

    def insist(self) -> None:
        """Send the genuine callback until it is accepted; raises ChangedItsMind where it is not.

        A new event is sent, for the known one may be refused for that; then the known one, for
        the new one's number may be what is refused. Either is another fault than this.
        """
        trial, first, refusals = self.trial, None, 0
        last_word = 1 + trial.session.steadiness.repeats
        for tries in range(_TRIES + last_word):
            if trial.left <= 1:
                return
            label = "the genuine callback, once more"
            verbatim = refusals == 1
            case = Case(Check.ACCEPTS_GENUINE, label, trial.control, verbatim=verbatim)
            seen = deliver(trial, case, self.trial.fresh_sender())
            if trial.reaction(seen.answer) is Reaction.ACCEPTED:
                if first:
                    self.note(first, seen)
                return
            first = first or seen
            put_off = is_put_off(seen.answer) and trial.session.pause(seen.answer, tries=tries)
            refusals += not put_off
            if refusals == last_word:
                break
        if first:
            self._has_changed(seen)

    def _has_changed(self, seen: Sight) -> None:
        found = changed_its_mind(
            self.trial.compiled.callback, seen.answer, after=self.trial.result.requests
        )
        self.trial.tally.add(self.trial.shown(found, seen.case, seen.request, seen.answer))
        raise ChangedItsMind

    def _repeats(self, seen: Sight) -> int:
        """How often it must show again."""
        steadiness = self.trial.session.steadiness
        if self.trial.reaction(seen.answer) is Reaction.ACCEPTED:
            return min(steadiness.repeats, _OF_WHAT_IS_ACCEPTED)
        known = all(self._kinds[key[:_KIND]] >= _KNOWN_KIND for key in seen.keys() - self.sure)
        if steadiness.changes:
            return steadiness.repeats
        if not any(one.severity is Severity.ERROR for one in seen.findings):
            return 1 if known else steadiness.in_a_row
        # A short run cannot wait until a receiver is known, and it has not wavered yet.
        most = max(self.trial.max_cases // _REQUESTS_A_REPEAT, steadiness.in_a_row)
        return 1 if known else min(steadiness.repeats, most)

    def _may_be_stray(self, key: Key) -> bool:
        return self.trial.session.steadiness.may_be_stray(key[_STATUS])

    def _proved(self, seen: Sight, keys: set[Key]) -> Sight:
        self.sure |= keys
        self._kinds.update(key[:_KIND] for key in keys)
        return replace(seen.blamed_for(self.sure), proved=True)

    def forget(self, finding: ReceiverFinding) -> None:
        """Doubt a finding again that was taken out of the books."""
        self.sure.discard(key_of(finding))

    def note(self, seen: Sight, again: Sight) -> None:
        """Keep that a request was answered in two ways."""
        self.trial.session.steadiness.changes.append(self._change(seen, tell(again.answer)))

    def _leave_open(self, seen: Sight) -> Sight:
        """The sight without what could not be seen again; that of the control alone stands.

        An answer that was late has come, so its case is proved all the same.
        """
        if not self.trial.control:
            return seen
        if not _is_late(seen.keys() - self.sure):
            self.trial.result.untried.add(seen.case.check)
        self.trial.session.steadiness.untried.append(self._change(seen, ""))
        return seen.blamed_for(self.sure)

    def _change(self, seen: Sight, then: str) -> Change:
        path = self.trial.compiled.callback.path
        told = f"got {tell(seen.answer)}"
        return Change(path, seen.case.label, told, then, seen.answer.status)


def _is_late(keys: set[Key]) -> bool:
    """Whether nothing is to be blamed but how long an answer took, as on a busy machine."""
    return all(code == "HP413" for _, code, *_ in keys)


def _may_be_known(case: Case) -> bool:
    """Whether a payload is sent under the identity that it has, which another one may have had."""
    return case.verbatim and not case.before and isinstance(case.payload, dict)
