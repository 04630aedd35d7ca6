"""Undocumented fields are found at any depth, and a value of another kind is no trap."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from hookproof.contract import Contract
from hookproof.payload.body import read_body
from hookproof.schema.documented_fields import Documented
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
        ([{"new": 1}], []),
    ],
)
def test_nested_fields(extra: Any, found: list[str]) -> None:
    """Fields in nested JSON are told by pointer; what is no object or list has none."""
    payload = {**CALLBACK.examples[0].payload, "extra_params": json.dumps(extra)}
    assert Documented(CALLBACK.schema).unknown(payload) == found
    Validator(Contract()).judge(read_body(json.dumps(payload).encode()), file="capture")


PICTURES = [{"url": "https://example.com/1.jpg", "new": 1}, {"url": "https://example.com/2.jpg"}]


@pytest.mark.parametrize("pictures", [PICTURES, json.dumps(PICTURES)], ids=["list", "text"])
def test_fields_in_a_list_or_its_text(pictures: Any) -> None:
    """A list is looked into where it is one of several readings, and where a text holds it."""
    callback = Contract().callback("snapshot")
    payload = {**callback.examples[0].payload, "snapshot_pic_list": pictures}
    assert Documented(callback.schema).unknown(payload) == ["/snapshot_pic_list/*/new"]


def test_fields_in_a_list_that_may_be_null() -> None:
    """A list is looked into where null may stand for an empty one, at any depth."""
    callback = Contract().callback("censor_audio_v2_result")
    payload = copy.deepcopy(callback.examples[0].payload)
    payload["Detail"]["RiskInfoList"][1]["RiskDetail"]["MatchedLists"] = [{"Name": "a", "new": 1}]
    assert Documented(callback.schema).unknown(payload) == [
        "/Detail/RiskInfoList/*/RiskDetail/MatchedLists/*/new"
    ]


def test_fields_at_the_top() -> None:
    """A field that no page knows is a note, and the capture stays valid."""
    payload = {**CALLBACK.examples[1].payload, "x_new": 1}
    verdict = Validator(Contract()).judge(read_body(json.dumps(payload).encode()), file="capture")
    assert [(f.code, f.where, f.severity.value) for f in verdict.findings] == [
        ("HP240", "/x_new", "note")
    ]
