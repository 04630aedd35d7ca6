"""Receivers as strangers wrote them, and as no verdict was told of before."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from receivers.truths.host import NO, OK, SECRET, Call, Reset, Told, in_base64, inner, truth, zego

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
