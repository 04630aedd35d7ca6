"""Models read the moments of the pages' own samples as what they were."""

from __future__ import annotations

import datetime as dt
import json
from importlib import import_module
from typing import Any

from hookproof.contract import Contract

# No product of the contract, and no made-up moment of a page, is older.
BEGIN = dt.datetime(2009, 1, 1, tzinfo=dt.UTC)
# Samples that print a number which is no moment of any unit: nine digits, or 123.
KNOWN = {
    *((f"zego_rtc/{event}", "timestamp") for event in ("procedure", "snapshot", "transcode_stop")),
    *(("agora/agent_history", field) for field in ("start_ts", "stop_ts")),
    ("agora/agent_metrics", "start_ts"),
}


def test_no_sample_is_of_1970() -> None:
    """A unit that pages contradict each other on is told by the number of digits."""
    contract, wrong = Contract(), set()
    for name in contract.names():
        callback = contract.callback(name)
        module = import_module(f"hookproof_models.{callback.area}.{callback.event}")
        model: Any = getattr(module, callback.title)
        for example in callback.examples:
            value = model.model_validate_json(json.dumps(example.payload))
            wrong |= {(name, field) for field, at in _moments(value) if at < BEGIN}
    assert wrong <= KNOWN, wrong


def _moments(value: Any, name: str = "") -> list[tuple[str, dt.datetime]]:
    if isinstance(value, dt.datetime):
        return [(name, value)] if value.timestamp() else []
    if isinstance(value, list):
        return [found for item in value for found in _moments(item, name)]
    fields = getattr(type(value), "model_fields", {})
    return [found for field in fields for found in _moments(getattr(value, field), field)]
