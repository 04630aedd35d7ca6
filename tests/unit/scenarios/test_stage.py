"""The events of every shipped scenario are genuine: valid, signed, and one for each step."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest
import yaml

from hookproof.contract import Contract
from hookproof.errors import UsageError
from hookproof.payload.body import read_body
from hookproof.scenarios.model import read_scenario, shipped_names
from hookproof.scenarios.stage import Means, Stage
from hookproof.signature import verify
from hookproof.validation.compiled_callback import CompiledCallback

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = Contract()
SECRETS = dict.fromkeys(CONTRACT.areas, b"secret of no worth")


def stage_of(name: str) -> Stage:
    """The stage of a scenario."""
    return Stage(read_scenario(name, CONTRACT), Means(SECRETS, time.time, random.Random(1)))


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_scenarios_could_happen(name: str) -> None:
    """Each step is what the vendor could send, with the values of its cast in each run."""
    stage = stage_of(name)
    stage.check()
    casts = [stage.scenario.cast_for(serial) for serial in (1_700_000_000_000, 1_700_000_001_000)]
    for first, second in zip(*map(stage.events, casts), strict=True):
        assert first.payload != second.payload
    for at, (step, event) in enumerate(
        zip(stage.scenario.steps, stage.events(casts[0]), strict=True)
    ):
        request = stage.write(at, event)
        payload = read_body(request.body, form=request.form).value
        assert CompiledCallback(step.callback).accepts(payload)
        facts, secret = step.callback.signature, SECRETS["zego_rtc"]
        sought = {"payload": payload, "body": request.body, "headers": request.headers}
        assert verify(facts, secret, **sought).valid


def test_what_happens_later_has_later_moments() -> None:
    """A receiver may order by them, and would be right to."""
    stage = stage_of("room_with_users")
    events = stage.events(stage.scenario.cast_for(1_700_000_000_000))
    at = {s.name: e.payload for s, e in zip(stage.scenario.steps, events, strict=True)}
    logins = [int(at[name]["login_time"]) for name in ("ann_in", "bob_in")]
    assert 18_000 < logins[1] - logins[0] < 21_000
    assert int(at["bob_out"]["logout_time"]) > int(at["ann_out"]["logout_time"])


def test_two_steps_of_one_event_are_told(tmp_path: Path) -> None:
    """They would be a duplicate, which no step is meant to be."""
    step = {"callback": "zego_rtc/transcode_start", "replacements": {"/TaskId": "a"}}
    said = {"scenario": "1.0", "info": {"title": "twice"}}
    said["steps"] = [{"stepId": name, **step} for name in ("one", "two")]
    (tmp_path / "s.yaml").write_text(yaml.safe_dump(said))
    with pytest.raises(UsageError, match="one and two tell of one event"):
        stage_of(str(tmp_path / "s.yaml")).check()
    said["steps"] = [{"stepId": "one", **step, "replacements": {"/Status": "Exploded"}}]
    (tmp_path / "s.yaml").write_text(yaml.safe_dump(said))
    with pytest.raises(UsageError, match="/Status"):
        stage_of(str(tmp_path / "s.yaml")).check()
