"""Receivers that are neither plainly right nor plainly open: most of what they get they take."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from receivers.truths.host import NO, OK, SECRET, Call, Told, inner, trtc, truth, zego

ROOM, LOGIN = "livekit/room_started", "zego_rtc/room_login"
UPLOAD, PUSHED = "tencent_vod/new_file_upload", "tencent_css/stream_pushed"
ENTERED = "tencent_trtc/room_entered"


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def claims(call: Call) -> dict[str, Any]:
    """The claims of a token that is rightly signed, none of any other."""
    said, _, given = (call.headers.get("Authorization") or "").rpartition(".")
    right = base64.urlsafe_b64encode(hmac.digest(SECRET, said.encode(), "sha256")).decode()
    if not hmac.compare_digest(right.rstrip("=").encode(), given.encode("utf-8", "replace")):
        return {}
    told: dict[str, Any] = json.loads(decoded(said.partition(".")[2]))
    return told if time.time() < told.get("exp", 0) + 10 else {}


def held_to(call: Call, body: bytes) -> Told:
    told = claims(call)
    if not told:
        return 401, {"error": "invalid token"}
    right = base64.b64encode(hashlib.sha256(body).digest()).decode()
    return OK if told.get("sha256") == right else (401, {"error": "sha256 mismatch"})


# -- the body that a token speaks of ----------------------------------------------------------


@truth(ROOM, finds="HP401", says="claim sha256.*another layout", never="sample stands|payload;")
def holds_the_claim_to_what_it_writes_itself(call: Call) -> Told:
    return held_to(call, json.dumps(call.payload).encode())


@truth(ROOM, finds="HP401", says="with the Content-Type application/json", never="sample stands")
def reads_plain_json_alone(call: Call) -> Told:
    known = (call.headers.get("Content-Type") or "").startswith("application/json")
    return held_to(call, call.raw if known else b"")


@truth(ROOM, finds="HP401", says="digest over the bytes as they came", never="sample stands")
def holds_the_claim_to_a_body_of_its_own(call: Call) -> Told:
    return held_to(call, f"{call.payload.get('id')} {call.payload.get('event')}".encode())


@truth(ROOM)
def holds_the_claim_to_the_bytes(call: Call) -> Told:
    return held_to(call, call.raw)


# -- the end of validity ----------------------------------------------------------------------


def told_by(call: Call) -> int:
    moment = call.payload.get("t")
    said = SECRET + str(moment).encode()
    right = hashlib.md5(said, usedforsecurity=False).hexdigest()
    given = call.payload.get("sign")
    return moment if isinstance(moment, int) and given == right else 0


@truth(PUSHED, finds="HP401", says="the end of its validity", never="another secret")
def takes_the_end_for_the_moment(call: Call) -> Told:
    moment = call.payload.get("t")
    if not isinstance(moment, int) or abs(moment - time.time()) > 300:
        return 403, {"error": "request expired"}
    return OK if told_by(call) else (403, {"error": "bad sign"})


@truth(PUSHED)
def refuses_what_is_over(call: Call) -> Told:
    return OK if told_by(call) > time.time() else (403, {"error": "bad sign"})


# -- bytes, letters and signs -----------------------------------------------------------------


@truth(
    "agora/channel_create",
    finds="HP402",
    says="as text written in Latin-1",
    never="accept it",
    most=1,
    cases=300,
)
def signs_letters_of_latin_1(call: Call) -> Told:
    text = call.raw.decode("utf-8", "replace").encode("latin-1", "replace")
    right = hmac.new(SECRET, text, "sha256").hexdigest()
    return OK if call.headers.get("Agora-Signature-V2") == right else NO


# -- what says more than it should ------------------------------------------------------------


@truth(UPLOAD, finds="HP404", where="^/FileUploadEvent/MediaBasicInfo", never="signature")
def lowers_tags_that_are_not_there(call: Call) -> Told:
    info = inner(call, "FileUploadEvent").get("MediaBasicInfo")
    if not isinstance(info, dict):
        return 400, {"error": "no MediaBasicInfo"}
    if not isinstance(info.get("TagSet"), list):
        return 500, {"error": "TypeErrorCannotReadPropertiesOfUndefined(map)"}
    return OK


@truth(LOGIN, finds="HP408", says="NaN is no JSON", most=1, cases=300)
def repeats_what_it_refuses(call: Call) -> Told:
    moment = call.payload.get("timestamp")
    if not isinstance(moment, str):
        return 422, json.dumps({"input": moment}, allow_nan=False).encode()
    return OK if zego(call) else NO


# -- what is within, and may be left out ------------------------------------------------------


def within(call: Call) -> Any:
    return inner(call, "EventInfo").get("EventMsTs")


@truth(ENTERED, finds="HP404", where="^/EventInfo(/EventMsTs)?$", most=2)
def takes_a_moment_within_for_granted(call: Call) -> Told:
    if not trtc(call):
        return NO
    inner(call, "EventInfo")["EventMsTs"]
    return OK


OPTIONAL = "asks for EventMsTs, which the vendor may leave out"


@truth(ENTERED, finds="HP403", where="^/EventInfo/EventMsTs$", says=OPTIONAL, most=1)
def requires_a_moment_within(call: Call) -> Told:
    if not trtc(call):
        return NO
    said = [{"type": "missing", "loc": ["body", "EventInfo", "EventMsTs"]}]
    return OK if within(call) is not None else (422, {"detail": said})


@truth(ENTERED, finds="HP403", where="^/EventInfo/EventMsTs$", says=OPTIONAL, most=1)
def requires_a_moment_within_in_words(call: Call) -> Told:
    if not trtc(call):
        return NO
    said = {"field": "EventInfo.EventMsTs", "message": "required"}
    return OK if within(call) is not None else (400, {"errors": [said]})
