"""A scenario is played as its file says, on a clock that the tests move."""

from __future__ import annotations

import pytest
import yaml

from hookproof.contract import Contract
from hookproof.errors import UsageError
from hookproof.http.answer import Answer, Outcome
from hookproof.scenarios.model import read_scenario, shipped_names
from hookproof.scenarios.timeline import play

CONTRACT = Contract()
STEPS = [
    {"stepId": "start", "callback": "zego_rtc/transcode_start", "replacements": {"/TaskId": "a"}},
    {
        "stepId": "stop",
        "callback": "zego_rtc/transcode_stop",
        "replacements": {"/TaskId": "a", "/Sequence": 2},
        "at": 5,
    },
]


def scenario(tmp_path, *faults, **changes):
    """A scenario of two steps with these faults."""
    said = {"scenario": "1.0", "info": {"title": "two"}, "steps": STEPS, "faults": [*faults]}
    file = tmp_path / "two.yaml"
    file.write_text(yaml.safe_dump({**said, **changes}))
    return read_scenario(str(file), CONTRACT)


def told(of, status=200):
    """When which step was told of, by an answer or a list of them, and whether it was received."""
    now, answers = [0.0], iter(status) if isinstance(status, list) else None

    def sleep(seconds: float) -> None:
        now[0] += seconds

    def send(_: int) -> Answer:
        return Answer(Outcome.ANSWERED, status=next(answers) if answers else status)

    runs = play(of, send, clock=lambda: now[0], sleep=sleep)
    return [(one.at, of.steps[one.step].name, one.ending.value) for one in runs]


OK, NONE = "delivered", "no-response"


@pytest.mark.parametrize(
    ("fault", "wanted"),
    [
        ({"duplicate": "start", "after": 3}, [(0, "start", OK), (3, "start", OK), (5, "stop", OK)]),
        ({"reorder": ["stop", "start"]}, [(0, "stop", OK), (5, "start", OK)]),
        ({"drop": "start"}, [(5, "stop", OK)]),
        ({"delay": "start", "by": 9}, [(5, "stop", OK), (9, "start", OK)]),
        ({"loseAnswer": "start"}, [(0, "start", NONE), (2, "start", OK), (5, "stop", OK)]),
        (
            {"outage": [0, 3]},
            [(0, "start", NONE), (2, "start", NONE), (5, "stop", OK), (6, "start", OK)],
        ),
    ],
)
def test_each_fault_does_what_its_word_says(tmp_path, fault, wanted) -> None:
    """With the retries that the page documents."""
    assert told(scenario(tmp_path, fault)) == wanted


def test_retries_end_as_documented(tmp_path) -> None:
    """Six attempts of each, at the page's moments."""
    attempts = told(scenario(tmp_path), status=503)
    assert [at for at, name, _ in attempts if name == "start"] == [0, 2, 6, 14, 30, 62]
    assert [at for at, name, _ in attempts if name == "stop"] == [5, 7, 11, 19, 35, 67]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"steps": [STEPS[0], STEPS[0]]}, "two steps"),
        ({"steps": [{**STEPS[0], "callback": "recrod"}]}, r"yaml:\d+: there is no callback"),
        ({"faults": [{"outage": [9, 3]}]}, "an outage from 9 to 3 is none"),
        ({"cast": {"A": "text"}}, "a name is not as it must be"),
        ({"steps": [{**STEPS[0], "dependsOn": ["none"]}]}, "no step"),
        ({"steps": [{**STEPS[0], "dependsOn": ["start"]}]}, "later"),
        ({"steps": [{**STEPS[0], "replacements": {"/TaskId": "$cast.x"}}]}, "names x"),
        ({"steps": [{**STEPS[0], "example": "none"}]}, "no example"),
        ({"faults": [{"drop": "none"}]}, "no step"),
        ({"faults": [{"explode": "start"}]}, "/faults/0 has no word explode"),
        ({"steps": []}, "/steps"),
        ({"unknown": 1}, "has no word unknown"),
    ],
)
def test_what_cannot_be_carried_out_is_refused(tmp_path, changes, word) -> None:
    """With the file and the place."""
    with pytest.raises(UsageError, match=word):
        scenario(tmp_path, **changes)


def test_what_is_wrong_is_told_with_its_line(tmp_path) -> None:
    """Of the word itself, where there is one too many."""
    file = tmp_path / "mine.yaml"
    steps = "steps:\n  - stepId: a\n    callback: record\n    replacement: {}\n"
    file.write_text(f'scenario: "1.0"\ninfo: {{title: x}}\n{steps}', encoding="utf-8")
    with pytest.raises(UsageError, match=r"^mine.yaml:6: /steps/0 has no word replacement\n"):
        read_scenario(str(file), CONTRACT)


def test_there_is_no_such_scenario() -> None:
    """The shipped ones are named."""
    with pytest.raises(UsageError, match="nothing_such"):
        read_scenario("nothing_such", CONTRACT)
    assert len(shipped_names()) == 7
