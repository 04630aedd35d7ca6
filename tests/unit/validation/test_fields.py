"""Undocumented fields are found at any depth, and a value of another kind is no trap."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hookproof.contract import Contract
from hookproof.payload.body import read_body
from hookproof.validation.fields import Documented
from hookproof.validation.validator import Validator

CALLBACK = Contract().callback("procedure")
ITEM = {"code": "0", "message": "", "replay_url": "", "size": 1, "duration": 1}


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        ({"media": {"transcode": [ITEM]}}, []),
        ({"media": {"transcode": [{**ITEM, "new": 1}]}}, ["/extra_params/media/transcode/*/new"]),
        ({"media": {"transcode": [], "a/b": 1}}, ["/extra_params/media/a~1b"]),
        ({"media": {"transcode": 0.5}}, []),
        ({"media": {"transcode": True}}, []),
        ({"media": {"transcode": "text"}}, []),
        ({"media": [1]}, []),
        ([1], []),
    ],
)
def test_nested_fields(extra: Any, found: list[str]) -> None:
    """Fields in nested JSON are told by pointer; what is no object or list has none."""
    payload = {**CALLBACK.examples[0].payload, "extra_params": json.dumps(extra)}
    assert Documented(CALLBACK.schema).unknown(payload) == found
    Validator(Contract()).judge(read_body(json.dumps(payload).encode()), file="capture")


def test_fields_at_the_top() -> None:
    """A field that no page knows is a note, and the capture stays valid."""
    payload = {**CALLBACK.examples[1].payload, "x_new": 1}
    verdict = Validator(Contract()).judge(read_body(json.dumps(payload).encode()), file="capture")
    assert [(f.code, f.where, f.severity.value) for f in verdict.findings] == [
        ("HP240", "/x_new", "note")
    ]
