"""Two reports are compared by what they have evidence of."""

from __future__ import annotations

import json

import pytest

from hookproof.errors import UsageError
from hookproof.report.comparison import Standing, compared, read_report

FINDING = {"severity": "error", "code": "HP407", "message": "m", "hint": "", "kind": "any"}


def report(findings=(), *, checks=None, **changes):
    """A report of `test` with findings by callback, check and place."""
    ones = [{**FINDING, "callback": c, "check": k, "where": w} for c, k, w in findings]
    states = {"a/b": {"checks": checks or {"refuses_forged": "pass", "accepts": "pass"}}}
    said = {"target": "x", "findings": ones, "callbacks": states, **changes}
    return read_report(json.dumps(said), "report.json")


A, B = ("a/b", "refuses_forged", "/x"), ("a/b", "accepts", "")


def counts(old, new) -> list[int]:
    """How many are new, mended, unchanged, not looked at again."""
    found = compared(old, new)
    return [len(found[standing]) for standing in Standing]


def test_each_finding_has_one_standing() -> None:
    """By its callback, check, code, place and kind, whatever its words are."""
    assert counts(report([A, B]), report([A])) == [0, 1, 1, 0]
    assert counts(report([A]), report([A, B])) == [1, 0, 1, 0]


@pytest.mark.parametrize("state", ["inconclusive", "skipped"])
def test_what_was_not_looked_at_is_not_mended(state) -> None:
    """A check without evidence says nothing, and neither does a callback that was left out."""
    silent = report(checks={"refuses_forged": state, "accepts": "pass"})
    assert counts(report([A, B]), silent) == [0, 1, 0, 1]
    assert counts(report([A]), report(callbacks={})) == [0, 0, 0, 1]


def play(causes=(), **changes):
    """A report of `play` with a probe."""
    ones = [
        {"fault": fault, "plays": ["x"], "differences": [{"where": where}]}
        for fault, where in causes
    ]
    proof = {"tried": 9, "there_are": 9, "seed": 1, "chosen": 9, "not_checked": "", "ended": ""}
    said = {"scenario": "s", "verdict": "fail", "lost": [], "proof": {**proof, "causes": ones}}
    said["proof"] |= changes
    return read_report(json.dumps(said), "play.json")


def test_causes_of_another_state_are_known_by_their_places() -> None:
    """The same fault at another place is another one."""
    old = play([("stale", "/a"), ("doubled", "/b")])
    assert counts(old, play([("stale", "/a"), ("stale", "/c")])) == [1, 1, 1, 0]


@pytest.mark.parametrize("changes", [{"ended": "time"}, {"not_checked": "404"}, {"tried": 5}])
def test_a_proof_of_less_mends_nothing(changes) -> None:
    """Where not all was tried, or other ways than before, a fault may be there still."""
    assert counts(play([("stale", "/a")]), play(**changes)) == [0, 0, 0, 1]


def test_the_same_sample_is_looked_at_again() -> None:
    """By the same seed the same ways are drawn."""
    sample = {"tried": 5, "chosen": 5}
    assert counts(play([("stale", "/a")], **sample), play(**sample)) == [0, 1, 0, 0]


def test_losses_are_compared_by_their_steps() -> None:
    """Of a scenario that was played without a probe."""
    said = {"scenario": "s", "proof": None, "verdict": "fail"}
    old = read_report(json.dumps({**said, "lost": ["a", "b"]}), "o")
    new = read_report(json.dumps({**said, "lost": ["b", "c"]}), "n")
    assert counts(old, new) == [1, 1, 1, 0]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"proof": 1}', '{"findings": []}', "7"])
def test_anything_else_is_refused(text) -> None:
    """With the way to a report."""
    with pytest.raises(UsageError, match="no report"):
        read_report(text, "x.json")


def test_two_kinds_are_not_compared() -> None:
    """They tell of different things."""
    with pytest.raises(UsageError, match="one report is of"):
        compared(report(), play())
