"""What playing a scenario came to, as text for a person and as JSON for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hookproof.conformance.judging.response_class import tell
from hookproof.delivery.policy import Ending
from hookproof.scenarios.plays import deliveries
from hookproof.scenarios.state import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.contract import Callback
    from hookproof.scenarios.model import Scenario
    from hookproof.scenarios.proof import Cause, Proof
    from hookproof.scenarios.timeline import Told


def lost_steps(scenario: Scenario, told: Sequence[Told]) -> list[str]:
    """The steps that were told of and never received."""
    received = {one.step for one in told if one.ending is Ending.DELIVERED}
    tried = dict.fromkeys(one.step for one in told)
    return [scenario.steps[step].name for step in tried if step not in received]


def line_of(scenario: Scenario, one: Told) -> str:
    """An attempt as a line: when, which, what came, and what the vendor makes of it."""
    step = scenario.steps[one.step]
    name = f"{step.name} (again)" if one.copy else step.name
    if one.number > 1:
        name += f", attempt {one.number}"
    came = "nobody is reached" if one.answer is None else tell(one.answer)
    if one.ending is Ending.DELIVERED:
        meaning = "received"
    else:
        why = "answer lost" if one.lost else "not received"
        meaning = why if one.again is None else f"{why}; again at {one.again:g} s"
    return f"  {one.at:>7g} s  {name:<28} {came}  {meaning}"


def played_as_json(scenario: Scenario, told: Sequence[Told]) -> dict[str, Any]:
    """The attempts, and the steps that were lost."""
    attempts = [
        {
            "step": scenario.steps[one.step].name,
            "callback": scenario.steps[one.step].callback.path,
            "copy": one.copy,
            "attempt": one.number,
            "at": one.at,
            "status": one.answer.status if one.answer else None,
            "came": "nobody is reached" if one.answer is None else tell(one.answer),
            "received": one.ending is Ending.DELIVERED,
            "again": one.again,
        }
        for one in told
    ]
    return {"attempts": attempts, "lost": lost_steps(scenario, told)}


def proof_as_text(scenario: Scenario, proof: Proof) -> Iterator[str]:
    """The verdict, then each cause with what is wrong with the state."""
    yield {
        "pass": f"PASS  {scenario.title}: one state",
        "fail": f"FAIL  {scenario.title}: {_ways(proof)} to another state",
        "incomplete": f"NOT CHECKED  {scenario.title}",
    }[proof.verdict]
    if proof.not_checked:
        yield f"  {proof.not_checked}"
    if proof.chosen:
        yield f"  {_how_many(proof)}"
    if proof.ended:
        yield f"  it ended there: {proof.ended}"
    for number, cause in enumerate(proof.causes, start=1):
        yield ""
        yield from _told(number, cause, scenario)
    if proof.unsteady:
        yield f"  {proof.unsteady} led to another state once and not again: look for a race"
    if proof.not_compared:
        yield f"  not compared, for it differs between equal runs: {', '.join(proof.not_compared)}"


def lead_of(proof: Proof) -> str:
    """The verdict as a sentence, with how much was tried."""
    told = {
        "pass": "All that was tried leads to one state",
        "fail": f"{_ways(proof).capitalize()} to another state",
        "incomplete": "Nothing is proved",
    }[proof.verdict]
    return f"{told}; {_how_many(proof)}." if proof.chosen else f"{told}."


def _ways(proof: Proof) -> str:
    return f"{len(proof.causes)} way{'s' if len(proof.causes) != 1 else ''}"


def _how_many(proof: Proof) -> str:
    there_are = f"{proof.there_are:,}" if proof.exact else f"at most {proof.there_are:,}"
    if proof.exact and proof.tried == proof.there_are:
        return f"all {there_are} ways of delivering were tried"
    return f"{proof.tried:,} of {there_are} ways of delivering were tried (--seed {proof.seed})"


def next_step(cause: Cause, scenario: Scenario) -> str:
    """What to do about a cause, by what the contract knows of its callbacks."""
    events = dict.fromkeys(one for play in cause.plays for act in play for one in act.events)
    callbacks = {scenario.steps[one].callback.path: scenario.steps[one].callback for one in events}
    match cause.fault:
        case Fault.STALE:
            told = [
                f"{name} by {', '.join(one.ordering)}{_mark(one, 'x-ordering')}"
                for name, one in callbacks.items()
                if one.ordering
            ]
            if told:
                return f"overwrite nothing by what happened before it: order {'; '.join(told)}"
            return "no page orders these: take nothing that comes last for what happened last"
        case Fault.DOUBLED:
            told = [f"{name} by {_identity(one)}" for name, one in callbacks.items()]
            return f"keep which events you have had, with what they led to: {'; '.join(told)}"
        case Fault.MISSING:
            return "keep what comes early or beside another, or answer so that it comes again"
        case Fault.EXTRA:
            told = [f"{name} by {_identity(one)}" for name, one in callbacks.items()]
            return f"make no row up for what has not come yet; know each again: {'; '.join(told)}"
        case Fault.TORN:
            return "write all that an event leads to at one stroke, and answer after that"


def _identity(callback: Callback) -> str:
    return ", ".join(callback.dedupe_key) + _mark(callback, "x-dedupe-key")


def _mark(callback: Callback, word: str) -> str:
    return " (inferred)" if callback.is_inferred(word) else ""


def _told(number: int, cause: Cause, scenario: Scenario) -> Iterator[str]:
    size = deliveries(cause.plays[0])
    yield f"  {number}  {cause.fault.value.upper():<8} {cause.told[0]}"
    for other in cause.told[1:]:
        yield f"              or {other}"
    yield f"              {size} deliveries are enough; {cause.count:,} of what was tried has it"
    for one in cause.differences[:4]:
        yield f"              {one}"
    if len(cause.differences) > 4:
        yield f"              and {len(cause.differences) - 4} more differences"
    for said in cause.refused:
        yield f"              never received: {said}"
    yield f"              next: {next_step(cause, scenario)}"


def proof_as_json(scenario: Scenario, proof: Proof) -> dict[str, Any]:
    """All of a proof."""
    return {
        "seed": proof.seed,
        "there_are": proof.there_are,
        "exact": proof.exact,
        "chosen": proof.chosen,
        "tried": proof.tried,
        "runs": proof.runs,
        "unsteady": proof.unsteady,
        "not_checked": proof.not_checked,
        "ended": proof.ended,
        "not_compared": proof.not_compared,
        "causes": [
            {
                "fault": cause.fault.value,
                "plays": list(cause.told),
                "deliveries": max(map(deliveries, cause.plays)),
                "count": cause.count,
                "refused": list(cause.refused),
                "next": next_step(cause, scenario),
                "differences": [
                    {"where": "/" + "/".join(d.way), "wanted": d.wanted, "found": d.found}
                    for d in cause.differences
                ],
            }
            for cause in proof.causes
        ],
    }
