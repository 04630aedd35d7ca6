"""What a user writes who holds his receiver to mypy --strict and pyright; never run."""

from __future__ import annotations

from datetime import datetime
from typing import Any, assert_type

from hookproof import Event, InvalidSignature, Malformed, Receiver, UnknownCallback
from hookproof.receiver import Acknowledgement, InMemory, Rejected, Result, SignedRequest
from hookproof.receiver.asgi import CallbackApp
from hookproof_models.tencent_gme.recording import GmeRecordingCallback
from hookproof_models.zego_rtc.record import RecordCallback

hooks = Receiver(
    "zego_rtc",
    "tencent_gme",
    secret={"zego_rtc": ["new", b"old"], "tencent_gme": "one"},
    window=300,
    memory=InMemory(most=1_000),
    clock=lambda: 0.0,
)


def received(headers: dict[str, str], body: bytes) -> str:
    """Take a callback, or say why not."""
    try:
        event = hooks.receive(headers=headers, body=body, url="/callbacks")
    except (InvalidSignature, Malformed, UnknownCallback) as refusal:
        assert_type(refusal.status, int)
        return refusal.reason
    assert_type(event, Event)
    assert_type(event.dedupe_key, str)
    assert_type(event.verified_at, datetime)
    assert_type(event.value, dict[str, Any])
    assert_type(event.quirks, tuple[str, ...])
    assert_type(event.acknowledgement, Acknowledgement)
    return told(event)


def told(event: Event) -> str:
    """The payload narrows to its model, and its fields have types of their own."""
    match event.payload:
        case RecordCallback(stream_alias=alias) as record:
            assert_type(record, RecordCallback)
            assert_type(alias, str)
            assert_type(record.begin_time, datetime)
            return alias
        case GmeRecordingCallback() as recording:
            assert_type(recording.task_id, int)
            return str(recording.task_id)
        case other:
            return repr(other)


def checked(body: bytes) -> Rejected | None:
    """The same without raising; headers may be pairs of bytes."""
    result = hooks.check(headers=[(b"Signature", b"x")], body=body)
    assert_type(result, Result)
    assert_type(result.event, Event | None)
    return result.rejection


def signed() -> bytes:
    """For tests of one's own."""
    sent = hooks.sign("record", {"event": "record"})
    assert_type(sent, SignedRequest)
    return sent.body


async def take(event: Event) -> None:
    """A handler may be a coroutine."""
    told(event)


app = CallbackApp(hooks, take)
