"""Verdicts are held to receivers of which it is known what is true, over many kinds."""

from __future__ import annotations

import json

import pytest
from acceptance.receiver_runs import SHARED, contract
from receivers.truths import between, forgeable, intolerant, misled, slips, strangers
from receivers.truths.held import untrue
from receivers.truths.host import SECRET, TRUTHS, Truth, serving

from hookproof.conformance.running.run import Plan, run_test
from hookproof.http.target import resolve_target
from hookproof.report.as_json import as_json
from hookproof.report.of_receiver import receiver_report
from hookproof.report.text import as_text

QUICK = [one for one in TRUTHS.values() if not one.slow]


@pytest.mark.parametrize("truth", QUICK, ids=lambda truth: truth.name)
def test_the_verdict_is_true(truth: Truth) -> None:
    """Its errors are those that it has, where they lie, with the step that mends them.

    All that is told of one fault fits on a screen.
    """
    tested = [contract().callback(name) for name in truth.callbacks]
    secrets = {callback.area: SECRET for callback in tested}
    plan = Plan(tested, secrets, max_cases=truth.cases)
    with serving(truth.handle) as url:
        report = receiver_report(run_test(resolve_target(url), plan, surroundings=SHARED))
    found = json.loads(as_json(report))
    text = as_text(report)
    wrong = untrue(truth, found["findings"], verdict=report.verdict, text=text)
    assert wrong == [], f"{truth.name} on {', '.join(truth.callbacks)}"
    assert text.count("\n") <= 40


def test_receivers_of_every_kind_are_there() -> None:
    """Forgeable, misled and intolerant ones, slips, and correct ones that are particular."""
    assert len(TRUTHS) >= 120
    modules = [forgeable, misled, intolerant, slips]
    assert strangers.__doc__
    assert between.__doc__
    counts = [sum(hasattr(module, name) for name in TRUTHS) for module in modules]
    assert min(counts) >= 18
    assert sum(not one.finds for one in TRUTHS.values()) >= 18
