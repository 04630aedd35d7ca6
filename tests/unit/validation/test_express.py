"""A fast lane tells of a capture what judging it exactly tells, or doubts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from hookproof.contract import Contract
from hookproof.validation import fast_path as express
from hookproof.validation.fast_path import DOUBT, Express, Seen

if TYPE_CHECKING:
    from hookproof.contract import Callback

NAME = "zego_rtc/record"


def write(payload: dict[str, Any]) -> bytes:
    return json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode()


def look(lane: Express, payload: dict[str, Any]) -> Seen | None:
    raw = write(payload)
    return lane.look(raw, orjson.loads(raw))


@pytest.fixture
def callback() -> Callback:
    """A callback with a nested JSON and limits in bytes."""
    return Contract().callback(NAME)


def sample(callback: Callback) -> dict[str, Any]:
    return dict(callback.examples[0].payload)


def test_the_first_of_its_like_is_judged_exactly(callback: Callback) -> None:
    """A look doubts until a key was asked for, and then tells the same as that."""
    lane, payload = Express(callback), sample(callback)
    assert look(lane, payload) is DOUBT
    seen = lane.key(write(payload))
    assert look(lane, {**payload, "nonce": "77"}) is seen
    assert isinstance(seen, Seen)
    assert not seen


@pytest.mark.parametrize("texts", ['{"a":1,"a":1}', "no json", '{"TaskId":5}', "[" * 300])
def test_wrong_nested_json_is_doubted(callback: Callback, texts: str) -> None:
    """Nothing in a text passes that the contract does not let pass."""
    lane, payload = Express(callback), sample(callback)
    lane.key(write(payload))
    assert look(lane, {**payload, "extra_params": texts}) is DOUBT


def test_undocumented_fields_are_learned_by_name(callback: Callback) -> None:
    """A payload with the same new field tells of it; with another one, or none, it is new."""
    lane, payload = Express(callback), sample(callback)
    seen = lane.key(write({**payload, "x": 1}))
    assert isinstance(seen, Seen)
    assert seen.told == (("field", "/x"),)
    assert look(lane, {**payload, "x": [{}]}) is seen
    assert look(lane, {**payload, "y": 1}) is DOUBT
    assert look(lane, {**payload, "x": 1, "y": 1}) is DOUBT
    assert look(lane, payload) is DOUBT


def test_undocumented_fields_are_no_way_to_nest_too_deep(callback: Callback) -> None:
    """Once a new field is known, what it holds is still looked at."""
    lane, payload = Express(callback), sample(callback)
    lane.key(write({**payload, "x": 1}))
    deep = write(payload)[:-1] + b',"x":' + b"[" * 200 + b"]" * 200 + b"}"
    assert lane.look(deep, orjson.loads(deep)) is DOUBT
    assert lane.key(deep) is DOUBT


def test_undocumented_fields_in_nested_json_are_learned(callback: Callback) -> None:
    """They are never overlooked, and cost no more than others once they were met."""
    lane, payload = Express(callback), sample(callback)
    lane.key(write(payload))
    inside = orjson.loads(payload["extra_params"])
    new = {**payload, "extra_params": write({**inside, "x": 1}).decode()}
    assert look(lane, new) is DOUBT
    seen = lane.key(write(new))
    assert isinstance(seen, Seen)
    assert seen.told == (("field", "/extra_params/x"),)
    assert look(lane, new) is seen
    assert look(lane, payload) is not seen
    other = {**payload, "extra_params": write({**inside, "y": 1}).decode()}
    assert look(lane, other) is DOUBT


def test_what_is_learned_has_an_end(callback: Callback) -> None:
    """Ever new fields fill no memory: their payloads are told by keys."""
    lane, payload = Express(callback), sample(callback)
    for number in range(40):
        assert lane.key(write({**payload, f"x{number}": 1})) is not DOUBT
    known = sum(look(lane, {**payload, f"x{number}": 1}) is not DOUBT for number in range(40))
    assert 8 <= known <= 16


def test_what_is_remembered_has_an_end(callback: Callback, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond it a payload is in doubt, and those that are remembered are told as before."""
    monkeypatch.setattr(express, "_MOST_SEEN", 3)
    lane, payload = Express(callback), sample(callback)
    keys = [lane.key(write({**payload, f"x{number}": 1})) for number in range(5)]
    assert [key is DOUBT for key in keys] == [False, False, False, True, True]
    assert lane.key(write({**payload, "x1": 2})) is keys[1]


def test_long_texts_keep_their_limits_in_bytes(callback: Callback) -> None:
    """A text of few characters and many bytes is refused, alone and beside another fault."""
    lane, payload = Express(callback), sample(callback)
    lane.key(write(payload))
    good = {**payload, "stream_alias": "直" * 85}
    assert look(lane, good) in {DOUBT, lane.key(write(good))}
    assert isinstance(lane.key(write(good)), Seen)
    assert look(lane, {**payload, "stream_alias": "直" * 86}) is DOUBT
    other = {**payload, "nonce": ""}
    assert lane.key(write(other)) != lane.key(write({**other, "stream_alias": "直" * 86}))


def test_limits_of_list_items_are_part_of_a_key(callback: Callback) -> None:
    """Two faults are not taken for one, wherever the limit in bytes stands."""
    schema = dict(callback.schema)
    items = {"type": "array", "items": {"type": "string", "x-max-bytes": 3}}
    schema["properties"] = {**schema["properties"], "list": items}
    lane, payload = Express(replace(callback, schema=schema)), {**sample(callback), "nonce": ""}
    assert lane.key(write({**payload, "list": ["a"]})) != lane.key(
        write({**payload, "list": ["直直"]})
    )


@pytest.mark.parametrize(
    "more",
    [
        {"not": {"properties": {"stream_alias": {"type": "string", "x-max-bytes": 2}}}},
        {"properties": {"l": {"type": "array", "items": {"contentSchema": {}}}}},
    ],
)
def test_out_of_reach_everything_is_looked_at_whole(
    callback: Callback, more: dict[str, Any]
) -> None:
    """Where compiled code cannot assert all, the judges that can are asked each time."""
    lane = Express(replace(callback, schema={**callback.schema, **more}))
    payload = sample(callback)
    seen = look(lane, payload)
    assert isinstance(seen, Seen)
    assert lane.key(write(payload)) is DOUBT
    assert look(lane, {**payload, "stream_alias": "a"}) is (DOUBT if "not" in more else seen)


@pytest.mark.parametrize("written", [b"1e3", b"1.0", b"4e17", b"4E+17", b"-0.0", b"1000.00"])
@pytest.mark.parametrize("name", ["tencent_gme/recording", "zego_rtc/procedure"])
def test_an_integer_written_as_a_fraction_is_never_told_as_clean(name: str, written: bytes) -> None:
    """However large, on its own and in nested JSON: orjson writes large ones with an exponent."""
    callback = Contract().callback(name)
    lane = Express(callback)
    lane.expect_valid()
    raw = write(sample(callback))
    assert lane.look(raw, orjson.loads(raw)) is not DOUBT
    field = b'"TaskID":' if name.startswith("tencent") else b'\\"size\\":'
    before, found, after = raw.partition(field)
    assert found
    rest = after.lstrip(b"0123456789")
    odd = before + field + written + rest
    assert lane.look(odd, orjson.loads(odd)) is DOUBT


@pytest.mark.parametrize("written", ["5.0", "1e3", "4294967295.0", "{}", "5"])
def test_a_look_that_keeps_its_value_doubts_the_same(written: str) -> None:
    """A receiver's look at one text takes a way of its own, and asks few members each by itself."""
    callback = Contract().callback("zego_rtc/record")
    looks = [Express(callback, keeps=keeps) for keeps in (False, True)]
    for lane in looks:
        lane.expect_valid()
    text = '{"ObsObject":"a","FileSize":' + written + ',"Duration":1.5}'
    raw = write({**sample(callback), "extra_params": text})
    value = orjson.loads(raw)
    seen = [lane.look(raw, orjson.loads(raw), raw) for lane in looks]
    assert [one is DOUBT for one in seen] == [written != "5"] * 2
    looks[1].look(raw, value, raw)
    assert value == orjson.loads(raw)


@pytest.mark.parametrize("odd", [10**20, "\ud800"])
def test_an_example_that_orjson_does_not_write_is_no_obstacle(callback: Callback, odd: Any) -> None:
    """A contract of one's own may have one; what is like it is judged exactly."""
    [first, *rest] = callback.examples
    example = first._replace(payload={**first.payload, "x_new": odd})
    lane = Express(replace(callback, examples=(example, *rest)))
    lane.expect_valid()
    assert look(lane, sample(callback)) is not DOUBT
