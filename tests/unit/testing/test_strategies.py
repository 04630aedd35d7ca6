"""What hypothesis draws of a callback: it keeps the contract or breaks it, and it shrinks."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, find, given, seed, settings
from hypothesis.internal.conjecture import providers

from hookproof.contract import Contract
from hookproof.errors import UsageError
from hookproof.receiver import Receiver
from hookproof.testing import Callbacks, SignedPayload, callbacks
from hookproof.validation.compiled_callback import CompiledCallback

if TYPE_CHECKING:
    from collections.abc import Callable

CONTRACT = Contract()
# One callback for each way of signing and writing, and those whose schemas have conditions.
TRIED = (
    *("zego_rtc/record", "zego_rtc/procedure", "zego_rtc/censor_video_v2_img_result"),
    *("zego_zim/send_msg", "tencent_gme/recording", "tencent_trtc/ai_metric", "agora/rtc_channel"),
)
QUICK = settings(
    max_examples=12, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
ROOM = callbacks("tencent_room/room_after_destroy_room", contract=CONTRACT)
CHAT = callbacks("tencent_im/c2c_after_msg_with_draw", contract=CONTRACT)
TOPIC = callbacks("tencent_im/group_after_topic_destroyed", contract=CONTRACT)
# All required fields, each as small as it may be.
LEAST_ROOM = {
    "CallbackCommand": "Room.CallbackAfterDestroyRoom",
    "Operator_Account": "0",
    "RoomId": "0",
    "EventTime": 0,
}
LEAST_CHAT = {
    "CallbackCommand": "C2C.CallbackAfterMsgWithDraw",
    "From_Account": "0",
    "To_Account": "0",
    "MsgKey": "0",
    "UnreadMsgNum": 0,
}
LEAST_TOPIC = {
    "CallbackCommand": "Group.CallbackAfterTopicDestroyed",
    "GroupId": "0",
    "Type": "Community",
    "TopicIdList": ["0", "0"],
}
# What is drawn, a receiver's mistake as the payloads that it fails on, and the least of these.
PROPERTIES: list[tuple[Any, Callable[[dict[str, Any]], bool], dict[str, Any]]] = [
    (ROOM, lambda p: len(p["RoomId"]) > 2, LEAST_ROOM | {"RoomId": "000"}),
    (ROOM, lambda p: p["EventTime"] > 1000, LEAST_ROOM | {"EventTime": 1001}),
    (ROOM, lambda p: p["EventTime"] % 2 == 1, LEAST_ROOM | {"EventTime": 1}),
    (ROOM, lambda p: '"' in p["Operator_Account"], LEAST_ROOM | {"Operator_Account": '"'}),
    (CHAT, lambda p: p["UnreadMsgNum"] >= 300, LEAST_CHAT | {"UnreadMsgNum": 300}),
    (CHAT, lambda p: p["From_Account"] != p["To_Account"], LEAST_CHAT | {"To_Account": "00"}),
    (CHAT, lambda p: len(p["MsgKey"]) > 3, LEAST_CHAT | {"MsgKey": "0000"}),
    (TOPIC, lambda p: len(p["TopicIdList"]) > 1, LEAST_TOPIC),
    (ROOM.nonconforming, lambda p: p.get("RoomId", "") is None, LEAST_ROOM | {"RoomId": None}),
    (
        ROOM.nonconforming,
        lambda p: "EventTime" not in p,
        {name: value for name, value in LEAST_ROOM.items() if name != "EventTime"},
    ),
]

# Callbacks as large as they come: with digests, numbers of twenty digits, and nested JSON.
RECORD = callbacks("zego_rtc/record", contract=CONTRACT)
COMPOSE = callbacks("zego_rtc/compose", contract=CONTRACT)
PROCEDURE = callbacks("zego_rtc/procedure", contract=CONTRACT)
STOP = callbacks("zego_rtc/transcode_stop", contract=CONTRACT)
VOICE = callbacks("tencent_gme/recording", contract=CONTRACT)
LEAST_COMPOSE = {
    "appid": "0",
    "event": "compose",
    "replay_url": "https://example.com/0",
    "task_id": "0",
    "timestamp": "0",
    "nonce": "0",
    "signature": "0" * 40,
}
LEAST_RECORD = {
    **{name: value for name, value in LEAST_COMPOSE.items() if name != "task_id"},
    "event": "record",
    "stream_alias": "",
    "begin_time": "0",
    "end_time": "0",
    "extra_params": '{"PersistentId":"","Duration":0}',
}
LEAST_PROCEDURE = {
    **{name: value for name, value in LEAST_COMPOSE.items() if name != "replay_url"},
    "event": "procedure",
    "status": "FAILED",
    "fileId": "0",
}
LEAST_STOP = {
    "Event": "transcode_stop",
    "Appid": "0",
    "Timestamp": "0",
    "Nonce": "0",
    "Signature": "0" * 40,
    "TaskId": "0",
    "UserId": "",
    "Sequence": 0,
    "Status": "TranscodeStopped",
    "StopReason": 0,
}
LEAST_VOICE: dict[str, Any] = {
    "BizID": 0,
    "RoomID": "",
    "UserID": "",
    "RecordMode": 0,
    "Timestamp": 0,
    "TaskID": 0,
    "EventType": 1,
    "Detail": {"SeqNo": 0, "FileName": "0"},
}
PROPERTIES += [
    (
        RECORD,
        lambda p: json.loads(p["extra_params"]).get("FileSize", 0) > 1000,
        LEAST_RECORD | {"extra_params": '{"Duration":0,"ObsObject":"","FileSize":1001}'},
    ),
    (
        RECORD,
        lambda p: int(p["end_time"]) < int(p["begin_time"]),
        LEAST_RECORD | {"begin_time": "1"},
    ),
    (RECORD, lambda p: "/" in p["stream_alias"], LEAST_RECORD | {"stream_alias": "/"}),
    (COMPOSE, lambda p: len(p["task_id"]) > 3, LEAST_COMPOSE | {"task_id": "0000"}),
    (COMPOSE, lambda p: p.get("code", "0") != "0", LEAST_COMPOSE | {"code": "40000"}),
    (PROCEDURE, lambda p: len(p["task_id"]) > 3, LEAST_PROCEDURE | {"task_id": "0000"}),
    (STOP, lambda p: int(p["Nonce"]) > 2**53, LEAST_STOP | {"Nonce": str(2**53 + 1)}),
    (VOICE, lambda p: p["TaskID"] > 2**53, LEAST_VOICE | {"TaskID": 2**53 + 1}),
    (
        VOICE,
        lambda p: p["Detail"]["SeqNo"] % 7 == 3,
        LEAST_VOICE | {"Detail": {"SeqNo": 3, "FileName": "0"}},
    ),
    (
        RECORD.nonconforming,
        lambda p: "end_time" not in p,
        {name: value for name, value in LEAST_RECORD.items() if name != "end_time"},
    ),
    (VOICE.nonconforming, lambda p: p.get("RoomID", "") is None, LEAST_VOICE | {"RoomID": None}),
]


@pytest.mark.parametrize("number", range(len(PROPERTIES)))
def test_it_shrinks_to_the_least_that_fails(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown is the mistake alone: all else is as small as it may be."""
    # What hypothesis tries first are constants of all modules that other tests have loaded, and of
    # some of them there are more steps to the least than it takes.
    monkeypatch.setattr(providers, "_get_local_constants", providers.Constants, raising=False)
    drawn, fails, least = PROPERTIES[number]
    found = find(
        drawn,
        fails,
        settings=settings(QUICK, max_examples=3_000),
        random=random.Random(1),
    )
    assert found == least


@pytest.mark.parametrize("name", [n for n in TRIED if n in CONTRACT.names()])
def test_what_is_drawn_keeps_the_contract_or_breaks_it(name: str) -> None:
    """Conforming ones are valid; the others are not, and still name the callback."""
    callback = CONTRACT.callback(name)
    accepts = CompiledCallback(callback).accepts
    drawn = Callbacks(callback, b"a secret")

    @seed(1)
    @QUICK
    @given(drawn, drawn.nonconforming)
    def holds(conforming: dict[str, Any], broken: dict[str, Any]) -> None:
        assert accepts(conforming)
        assert not accepts(broken)
        for field, values in callback.naming_fields.items():
            assert broken[field] in values

    holds()


@pytest.mark.parametrize("name", ["zego_rtc/record", "tencent_gme/recording"])
def test_requests_are_what_a_receiver_takes(name: str) -> None:
    """Signed now, whatever the payload."""
    hooks = Receiver(name.split("/", maxsplit=1)[0], secret="a secret", window=60)
    drawn = callbacks(name, secret=b"a secret", contract=CONTRACT)

    @seed(1)
    @QUICK
    @given(drawn.requests)
    def holds(request: SignedPayload) -> None:
        url = f"/hook?{request.query}"
        event = hooks.receive(headers=request.headers, body=request.body, url=url)
        assert event.callback == name
        assert event.value == request.payload

    holds()


def test_a_name_that_is_none_is_told() -> None:
    """As everywhere."""
    with pytest.raises(UsageError, match="recrd"):
        callbacks("recrd")
