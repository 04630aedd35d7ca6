"""Tests one callback: the control first, then the named cases, then generated ones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from hookproof.conformance.cases import boundary_cases as boundaries
from hookproof.conformance.cases import cases
from hookproof.conformance.cases.cases import Case
from hookproof.conformance.cases.forgeries import forgeries, signatures_of
from hookproof.conformance.cases.malformed import malformed_probes
from hookproof.conformance.checks import Check, State
from hookproof.conformance.judging.response_class import Reaction, is_put_off
from hookproof.conformance.judging.verdicts import vendor_note
from hookproof.conformance.policy import Policy
from hookproof.conformance.running.branches import Branch, branches
from hookproof.conformance.running.case_runner import MOST_AT_ONCE, Ahead, Trial
from hookproof.conformance.running.confirmation import confirm_address
from hookproof.conformance.running.control import find_control
from hookproof.conformance.running.diagnosis import explain_refusals, join_rewritten
from hookproof.conformance.running.redeliveries import disordered, has_order, redeliveries
from hookproof.conformance.running.schedule import Lane, first_of, in_turns, rest_of
from hookproof.conformance.running.second_look import ChangedItsMind
from hookproof.conformance.running.shrink import shrink_findings
from hookproof.http.transport import nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hookproof.conformance.generation.fuzzer import Generated
    from hookproof.conformance.running.schedule import Step
    from hookproof.http.request import Request

    Generate = Callable[[int, int], list[Generated]]
    # A case with its request, or what sends something by itself.
    Ready = tuple[Case, Request] | Callable[[], None]

# With fewer requests than this in all there are none to spare for a second look.
_FEW: Final = 20
_ENOUGH_TO_GENERATE: Final = 100
_ROOM_FOR_ALL: Final = 300
_SHARE_OF_A_CAUSE: Final = 8
# What texts as usual and the case take, and a second look at that.
_SPARE: Final = 4
# Of what may be sent, named cases get so much, and shrinking what is left of so much.
_NAMED: Final = 0.8
_SENT_BEFORE_SHRINKING: Final = 0.9


@dataclass(slots=True)
class CallbackRun:
    """The test of one callback; `run` fills the trial's books, also when it is cut short.

    `required` are the encodings that the receiver must read, `others` further secrets by
    names that may be shown.
    """

    trial: Trial
    required: tuple[str, ...] = ("json",)
    others: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def run(self, generate: Generate) -> None:
        """Send everything, at most `max_cases` requests.

        `generate` is asked last, for so many conforming and so many broken payloads. TimeIsUp
        and TargetGone pass through; what was found until then stands.
        """
        trial = self.trial
        request = find_control(trial)
        if request is None:
            explain_refusals(trial, others=self.others)
            return
        try:
            lanes = list(self._lanes(request))
            confirm_address(trial, request)
            self._steps(self._ahead(first_of(lanes)), until=self._most)
            lanes += self._edges()
            rest = self._ahead(rest_of(lanes))
            self._steps(rest, until=self._named)
            explain_refusals(trial, others=self.others)
            self._fuzz(generate)
            self._steps(rest, until=self._most)
            join_rewritten(trial)
            self._close()
        except ChangedItsMind:
            return
        finally:
            self._conclude()

    def named_cases(self, genuine: Request) -> Iterator[Case]:
        """All cases with a name of their own, once the genuine request was accepted."""
        for lane in self._lanes(genuine):
            yield from (step for step in lane.steps if isinstance(step, Case))

    @property
    def _most(self) -> int:
        """All but the one request that the end needs, and those to ask what is of one cause."""
        most = self.trial.max_cases
        if self.trial.tally.rewritten:
            most -= most // _SHARE_OF_A_CAUSE
        return most - 1 if most >= _FEW else most

    @property
    def _named(self) -> int:
        """How many requests come before generated ones, which cost more time than they are sent."""
        most = self.trial.max_cases
        return int(most * _NAMED) if most >= _ENOUGH_TO_GENERATE else self._most

    def _lanes(self, genuine: Request) -> Iterator[Lane]:
        trial, callback, payload = self.trial, self.trial.compiled.callback, self.trial.control
        form = trial.sender.body_form
        # A hole weighs most: where there is room for all else, two forgeries have each turn.
        forged, turns = tuple(self._forged(genuine)), 2 if trial.max_cases >= _ROOM_FOR_ALL else 1
        yield Lane(forged[:4] + forged[4::turns], 4)
        yield from (Lane(forged[4 + start :: turns], 0) for start in range(1, turns))
        accepted = signatures_of(trial.sender.signature, genuine)
        yield self._lane(cases.tampered(callback, payload, accepted=accepted), 4)
        yield self._lane(cases.documented_variants(callback), 12)
        yield Lane(tuple(redeliveries(trial, genuine)), 7)
        yield self._lane(cases.conforming_probes(callback, payload), 3)
        yield self._lane(cases.unknown_fields(payload), 2)
        yield self._lane(malformed_probes(callback, payload), 3)
        yield self._lane(cases.freshness_probes(callback, payload), 2)
        yield self._lane(disordered(callback, trial.sender.another_event(payload)), 3)
        others = [*cases.documented_encodings(callback, payload, base=form, required=self.required)]
        taken: set[str] = set()
        yield Lane(tuple(partial(self._try_form, case, taken) for case in others), 2)
        yield Lane(tuple(self._full_of_signs(others, taken)), 0)
        yield self._lane(cases.header_variants(callback, payload, base=form), 2)

    def _try_form(self, case: Case, taken: set[str]) -> None:
        """Try another form, and keep what it is called where it is taken."""
        before = self.trial.accepted[case.check]
        self.trial.attempt(case)
        if self.trial.accepted[case.check] > before:
            taken.add(case.label)

    def _full_of_signs(self, forms: Iterable[Case], taken: set[str]) -> Iterator[Step]:
        """The payload in each of these forms, with signs in its texts that have to be encoded."""
        trial, constants = self.trial, self.trial.sender.constants
        signs = boundaries.full_of_signs(trial.compiled, trial.control, constants=constants)
        for case in forms if signs else ():
            label = f"{case.label}, with & + % and quotes in its texts"
            full = replace(case, label=label, payload=signs, kind=cases.FORM_OF_SIGNS)
            yield partial(self._try_full, case.label, full, taken)

    def _try_full(self, form: str, full: Case, taken: set[str]) -> None:
        """Try texts full of signs in a form that was taken, where they are as usual."""
        trial = self.trial
        if form in taken and trial.left > _SPARE:
            as_usual = trial.sender.write(replace(full, form=None))
            if trial.reaction(trial.exchange(as_usual)) is Reaction.ACCEPTED:
                trial.attempt(full)

    def _edges(self) -> list[Lane]:
        """What differs in one field from a payload that was accepted: else it proves nothing."""
        trial, compiled = self.trial, self.trial.compiled
        bases = [trial.control, *trial.known_good]
        takes_more = not trial.tally.failed(Check.TOLERATES_UNKNOWN_FIELDS)
        at_edges = boundaries.boundary_probes(compiled, bases, constants=trial.sender.constants)
        beyond = (boundaries.odd_probes(compiled, bases), boundaries.broken_probes(compiled, bases))
        # Of these there are many, and they tell most: they have several turns each.
        often = (
            (tuple(at_edges), 3),
            (tuple(self._in_branches(list(branches(compiled, bases)))), 2),
        )
        return [
            self._lane(boundaries.large_probes(compiled, bases, padded=takes_more), 0),
            Lane(tuple(in_turns(beyond)), 0),
            *(Lane(steps[start::turns], 0) for steps, turns in often for start in range(turns)),
        ]

    def _in_branches(self, found: list[Branch]) -> Iterator[Step]:
        """The cases of each branch whose opening is accepted; else they would prove nothing.

        All fields of all branches come once, before any comes in another way.
        """
        opened: set[str] = set()
        for half in range(2):
            for branch in found:
                if not half:
                    yield partial(self._open, branch, opened)
                for case in branch.cases[half]:
                    yield partial(self._try_in, branch, case, opened)

    def _open(self, branch: Branch, opened: set[str]) -> None:
        accepted = self.trial.accepted
        before = accepted[Check.ACCEPTS_CONFORMING]
        self.trial.attempt(branch.opening)
        if accepted[Check.ACCEPTS_CONFORMING] > before:
            opened.add(branch.label)

    def _try_in(self, branch: Branch, case: Case, opened: set[str]) -> None:
        if branch.label in opened:
            self.trial.attempt(case)

    def _forged(self, genuine: Request) -> Iterator[Case]:
        known = genuine.payload if isinstance(genuine.payload, dict) else None
        trial, base = self.trial, self.trial.sender.body_form
        return forgeries(trial.compiled.callback, trial.control, known=known, base=base)

    def _lane(self, items: Iterable[Case], first: int) -> Lane:
        return Lane(tuple(items), first)

    def _ahead(self, steps: list[Step]) -> Ahead[Ready]:
        """The steps, each case with its request, which is written when it is its turn."""
        return Ahead(
            item
            for step in steps
            for item in (self.trial.ready(step) if isinstance(step, Case) else [step])
        )

    def _steps(self, steps: Ahead[Ready], *, until: int) -> None:
        # Looked at before the next step is taken, for what is taken is not there later.
        while self.trial.result.requests < until:
            step = next(steps, None)
            if step is None:
                return
            if not isinstance(step, tuple):
                step()
                continue
            # A request that is written must be sent soon, for its moment is of now.
            soon = self.trial.result.requests + MOST_AT_ONCE < until
            self.trial.try_out(*step, meanwhile=steps.look if soon else nothing)

    def _fuzz(self, generate: Generate) -> None:
        trial, most = self.trial, self._most
        if trial.result.requests >= most:
            return
        each = _wanted_of_each(most - trial.result.requests, trial.max_cases)
        payloads = generate(each, each)
        kinds = [self._generated(payloads, breaks=breaks) for breaks in (False, True)]
        early = max(int(most * _SENT_BEFORE_SHRINKING), trial.result.requests)
        half = trial.result.requests + (early - trial.result.requests) // 2
        conforming, broken = kinds
        trial.attempt_all(conforming, until=half)
        trial.kept.look()
        trial.attempt_all(broken, until=early)
        shrink_findings(trial, until=most)
        for generated in kinds:
            trial.attempt_all(generated, until=most)
        # With nothing left to send: what has a known cause is counted with it.
        shrink_findings(trial, until=trial.result.requests)

    def _generated(self, payloads: list[Generated], *, breaks: bool) -> Iterator[Case]:
        check = Check.SURVIVES_MALFORMED if breaks else Check.ACCEPTS_CONFORMING
        for one in payloads:
            if one.breaks is breaks:
                # What conforms tells of an event of its own.
                yield Case(check, one.description, one.payload, verbatim=breaks)

    def _close(self) -> None:
        """A second control: what changed on the way may be why later requests were refused."""
        trial = self.trial
        if not trial.left or not trial.accepted[Check.ACCEPTS_CONFORMING]:
            return
        label = "a genuine callback at the end of the run"
        case = Case(Check.ACCEPTS_GENUINE, label, trial.control, advice="HP427")
        request = trial.sender.write(case)
        answer = trial.exchange(request)
        # The vendor sends it again after a 502: with no request left for that it tells nothing.
        if trial.left or not is_put_off(answer):
            trial.judge(case, request, answer)

    def _conclude(self) -> None:
        """Give each check its state, now that all was sent."""
        trial, states = self.trial, self.trial.result.checks
        callback = trial.compiled.callback
        trial.tally.settle_crashes(callback)
        if Check.SURVIVES_MALFORMED in trial.sent:
            trial.sent.add(Check.REFUSES_MALFORMED)
        for check in Check:
            state = State.PASS if check in trial.sent else State.INCONCLUSIVE
            if check in trial.result.untried:
                state = State.INCONCLUSIVE
            states[check] = State.FAIL if trial.tally.failed(check) else state
        if not callback.signature.covers_body:
            states[Check.REFUSES_TAMPERED] = State.SKIPPED
            trial.tally.add(vendor_note(callback))
        if callback.signature.is_unsigned:
            states[Check.REFUSES_FORGED] = State.SKIPPED
        trial.tally.settle_forgeries()
        trial.tally.settle_unknown_fields()
        trial.tally.settle_places()
        trial.tally.settle_lateness()
        self._remember()
        self._leave_open(states)

    def _remember(self) -> None:
        """What this callback has shown of its area, for the diagnosis of the next ones."""
        trial, known = self.trial, self.trial.session.knowledge
        callback = trial.compiled.callback
        if Check.REFUSES_FORGED in trial.sent:
            shown = known.open if trial.tally.has("HP407") else known.secret_is_right
            shown.setdefault(callback.area, callback.path)
            known.accepted.setdefault(callback.area, trial.control)

    def _leave_open(self, states: dict[Check, State]) -> None:
        """The checks of which neither outcome is wrong, or no answer tells the outcome."""
        trial, callback = self.trial, self.trial.compiled.callback
        if trial.tally.has("HP422") or not callback.tells_moment:
            _unless_failed(states, Check.CHECKS_FRESHNESS, State.SKIPPED)
        if not has_order(callback, self.trial.control):
            states[Check.TOLERATES_DISORDER] = State.SKIPPED
        if trial.policy is Policy.ACK_ALL or trial.tally.has("HP406"):
            _unless_failed(states, Check.REFUSES_MALFORMED, State.SKIPPED)
        for check in (Check.REFUSES_FORGED, Check.REFUSES_TAMPERED):
            hidden = trial.tally.has("HP426") and states[check] is State.PASS
            if hidden or (trial.tally.has("HP427") and states[check] is State.PASS):
                states[check] = State.INCONCLUSIVE


def _wanted_of_each(left: int, most: int) -> int:
    """How many payloads of each kind to ask for, where so many requests are left of `most`.

    More than half of them, for some repeat others, and by quarters of `most`: receivers that
    leave about as many share what is generated.
    """
    quarters = -(-left * 4 // most)
    return max(most * quarters // 5, 1)


def _unless_failed(states: dict[Check, State], check: Check, state: State) -> None:
    if states[check] is not State.FAIL:
        states[check] = state
