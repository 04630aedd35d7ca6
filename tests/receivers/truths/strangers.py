"""Receivers as strangers wrote them, and as no verdict was told of before."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qsl

from receivers.truths.host import (
    NO,
    OK,
    SECRET,
    Call,
    Reset,
    Told,
    digest,
    in_base64,
    inner,
    truth,
    zego,
)

from hookproof.contract import Contract

CONTRACT = Contract()

ROOM, ENTERED, LEFT = "livekit/room_started", "tencent_trtc/room_entered", "tencent_trtc/room_left"


def mac(raw: bytes) -> bytes:
    return hmac.new(SECRET, raw, "sha256").digest()


# -- the writing of a digest ------------------------------------------------------------------


@truth(ENTERED, finds="HP401", says="base64url.*; base64 is sent", never="moment|in two ways")
def writes_base64_for_urls(call: Call) -> Told:
    right = base64.urlsafe_b64encode(mac(call.raw)).decode()
    return OK if call.headers.get("Sign") == right else NO


@truth(ROOM, finds="HP401", says="as base64 without.*; base64url is sent", never="moment|two ways")
def reads_tokens_in_plain_base64(call: Call) -> Told:
    said, _, given = (call.headers.get("Authorization") or "").rpartition(".")
    right = base64.b64encode(mac(said.encode())).decode().rstrip("=")
    return OK if given == right else NO


# -- the order of what is signed --------------------------------------------------------------


@truth("zego_rtc/room_login", finds="HP402", says="sort them as texts", never="take each field")
def joins_in_one_order_and_names_the_signature(call: Call) -> Told:
    said = f"{call.payload.get('timestamp')}{call.payload.get('nonce')}{SECRET.decode()}"
    right = hashlib.sha1(said.encode(), usedforsecurity=False).hexdigest()
    return OK if call.payload.get("signature") == right else (400, {"error": "invalid signature"})


# -- what raises on what is genuine -----------------------------------------------------------


@truth("zego_rtc/record", finds="HP404", says="accepts the same callback as a form", most=1)
def reads_forms_and_dies_of_json(call: Call) -> Told:
    fields = dict(parse_qsl(call.raw.decode("utf-8", "replace")))
    given = fields["signature"]
    return OK if given == digest(fields.get("timestamp"), fields.get("nonce")) else NO


reads_forms_and_dies_of_json.reads_forms = True


@truth("zego_rtc/room_login", "zego_rtc/transcode_start", finds="HP404 HP408", says="letter case")
def dies_of_names_with_capitals(call: Call) -> Told:
    given, signed = call.payload["signature"], (call.payload["timestamp"], call.payload["nonce"])
    return OK if given == digest(*signed) else NO


@truth("zego_rtc/record", finds="HP408", says="has the length of a right one", most=1, cases=300)
def raises_in_words_of_many_kinds(call: Call) -> Told:
    given = call.payload.get("signature")
    right = digest(call.payload.get("timestamp"), call.payload.get("nonce"))
    if not isinstance(given, str):
        return 500, f"TypeError: must be text, got {type(given).__name__}".encode()
    if len(given) != len(right):
        return 500, b"RangeError: Input buffers must have the same byte length"
    return OK if given == right else NO


# -- models of what comes ---------------------------------------------------------------------


MODEL = ["stream_alias", "replay_url", "begin_time", "end_time"]


@truth(
    *("zego_rtc/room_login", "zego_rtc/record"),
    finds="HP401",
    says="the address of another callback",
    never="another secret",
    most=1,
)
def has_the_model_of_another_callback(call: Call) -> Told:
    missing = [name for name in MODEL if name not in call.payload]
    if missing:
        said = [
            {"type": "missing", "loc": ["body", name], "input": call.payload} for name in missing
        ]
        return 422, {"detail": said}
    return OK if zego(call) else NO


@truth("zego_rtc/room_login", finds="HP412", says="ignore what you do not know", most=1)
def forbids_what_its_model_does_not_have(call: Call) -> Told:
    known = CONTRACT.callback("zego_rtc/room_login").schema["required"]
    extra = [name for name in call.payload if name not in known]
    if extra:
        said = [{"type": "extra_forbidden", "loc": ["body", name]} for name in extra]
        return 422, {"detail": said}
    return OK if zego(call) else NO


@truth(
    *("zego_rtc/room_login", "zego_rtc/record"),
    finds="HP401",
    says="the secret is right, for zego_rtc/record",
    never="another secret",
    most=1,
)
def takes_a_later_callback_alone(call: Call) -> Told:
    if "stream_alias" not in call.payload:
        return 400, {"error": f"{len(call.payload)} fields are the wrong ones"}
    return OK if zego(call) else NO


@truth("zego_rtc/record", finds="HP401", says="timestamp as a number and appid as a number")
def has_a_type_with_two_numbers(call: Call) -> Told:
    for name in ("timestamp", "appid"):
        if not isinstance(call.payload.get(name), int):
            return 400, f"json: cannot unmarshal string into Go struct field T.{name}".encode()
    if not isinstance(call.payload.get("nonce"), str):
        return 400, b"json: cannot unmarshal number into Go struct field T.nonce"
    return OK if zego(call) else NO


@truth(ENTERED, finds="HP401", says="whether it signs the bytes as they came")
def signs_a_body_of_its_own(call: Call) -> Told:
    said = {"type": call.payload.get("EventType"), "event": call.payload.get("EventInfo")}
    right = base64.b64encode(mac(json.dumps(said, sort_keys=True).encode())).decode()
    return OK if call.headers.get("Sign") == right else NO


@truth(ENTERED, finds="HP401", says="no line end after its Base64")
def ends_its_base64_with_a_line(call: Call) -> Told:
    return OK if call.headers.get("Sign") == f"{in_base64(call.raw)}\n" else NO


def as_php_does(value: str) -> float:
    """Integers of 64 bits, and floating-point numbers beyond."""
    return number if -(2**63) <= (number := int(value)) < 2**63 else float(number)


@truth(ENTERED, finds="HP402 HP409", says="as they came", most=2, cases=300)
def writes_json_as_php_does(call: Call) -> Told:
    try:
        value = json.loads(call.raw, parse_int=as_php_does)
    except ValueError:
        return 400, {"error": "no JSON"}
    again = json.dumps(value, separators=(",", ":")).replace("/", "\\/").encode()
    right = base64.b64encode(mac(again)).decode()
    return OK if call.headers.get("Sign") == right else NO


# -- what is known already --------------------------------------------------------------------


@truth("zego_rtc/room_login", finds="HP404", says="sends an event again", most=1, cases=300)
def inserts_sessions_twice(call: Call) -> Told:
    if not zego(call):
        return NO
    key = call.payload.get("session_id"), str(call.payload.get("login_time"))
    if key in call.memory:
        raise KeyError("UNIQUE constraint failed")
    call.memory[key] = True
    return OK


@truth("zego_rtc/room_login", finds="HP427", says="a new event for one that it knows", most=1)
def tells_events_apart_by_their_rooms(call: Call) -> Told:
    if not zego(call):
        return NO
    room = str(call.payload.get("room_id"))
    if room in call.memory:
        return 409, {"error": "already processed"}
    call.memory[room] = True
    return OK


@truth(
    "zego_rtc/room_login",
    "zego_rtc/room_logout",
    finds="HP401",
    says="does not know this event",
    most=1,
)
def knows_one_event(call: Call) -> Told:
    if not zego(call):
        return NO
    event = call.payload.get("event")
    return OK if event == "room_login" else (400, {"error": f"unknown event {event}"})


@truth(ENTERED, finds="HP405", says="panic", where="^(/EventInfo.*)?$", cases=300)
def dies_of_what_is_no_object(call: Call) -> Told:
    if call.headers.get("Sign") != in_base64(call.raw):
        return NO
    event = call.payload.get("EventInfo") if isinstance(call.payload, dict) else None
    if not isinstance(event, dict) or not isinstance(event.get("UserId"), str):
        raise Reset
    return OK


# -- the body as a type writes it -------------------------------------------------------------


NAMES = ["RoomId", "EventTs", "EventMsTs", "UserId", "Role", "TerminalType", "UserType", "Reason"]


def typed(call: Call, absent: Any) -> bytes:
    """The body as an object of these fields writes it, `absent` in place of what is not there."""
    event = inner(call, "EventInfo")
    inside = {name: event.get(name, absent) for name in NAMES}
    if absent == 0:
        inside["UserId"] = inside["UserId"] or ""
    outer = {name: call.payload.get(name) for name in ("EventGroupId", "EventType", "CallbackTs")}
    text = json.dumps({**outer, "EventInfo": inside}, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "replace")


def over(call: Call, absent: Any) -> Told:
    return OK if call.headers.get("Sign") == in_base64(typed(call, absent)) else NO


@truth(
    ENTERED,
    LEFT,
    finds="HP401 HP402 HP409",
    says="fields of a type of its own, and zeros",
    never="accept it|usual mistakes",
    cases=300,
)
def signs_what_a_struct_writes(call: Call) -> Told:
    return over(call, 0)


@truth(
    ENTERED,
    LEFT,
    finds="HP401 HP402 HP409",
    says="fields of a type of its own, and null",
    never="accept it|usual mistakes",
    cases=300,
)
def signs_what_a_model_writes(call: Call) -> Told:
    return over(call, None)
