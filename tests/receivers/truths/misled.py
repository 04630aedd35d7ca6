"""Receivers that refuse what is genuine, each for a reason that a report has to name."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import time

from receivers.truths.host import (
    HANDLED,
    NO,
    OK,
    SECRET,
    Call,
    Told,
    agora,
    chat,
    digest,
    in_base64,
    in_hex,
    inner,
    trtc,
    truth,
    zego,
)

ENTERED = "tencent_trtc/room_entered"
STARTED = "tencent_trtc/audio_started"
LOGIN = "zego_rtc/room_login"


def over(call: Call, body: bytes) -> Told:
    """The answer of who takes the HMAC over another body."""
    return OK if call.headers.get("Sign") == in_base64(body) else NO


@truth(ENTERED, finds="HP401", says="names sorted", never="verifies with another")
def sorts_before_hashing(call: Call) -> Told:
    text = json.dumps(call.payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return over(call, text.encode())


@truth(STARTED, finds="HP401", says="its EventInfo alone", never="verifies with another")
def signs_a_part(call: Call) -> Told:
    text = json.dumps(inner(call, "EventInfo"), separators=(",", ":"), ensure_ascii=False)
    return over(call, text.encode())


@truth(ENTERED, finds="HP401", says="raw body before anything else", never="verifies with another")
def never_gets_the_body(call: Call) -> Told:
    return over(call, b"")


@truth(ENTERED, STARTED, finds="HP402 HP409", never="in seconds|accept it", most=4, cases=300)
def writes_the_body_anew(call: Call) -> Told:
    def rounded(text: str) -> int:
        return int(text) if abs(int(text)) <= 2**53 else int(float(text))

    try:
        known = json.loads(call.raw, parse_int=rounded)
    except RecursionError:
        return NO
    text = json.dumps(known, separators=(",", ":"), ensure_ascii=False)
    return over(call, text.encode("utf-8", "replace"))


@truth(ENTERED, finds="HP401", says="SHA-1 was taken", never="verifies with another")
def takes_another_hash(call: Call) -> Told:
    return OK if call.headers.get("Sign") == in_base64(call.raw, "sha1") else NO


@truth(
    "agora/channel_create", finds="HP401", says="in the header Agora-Signature-V2. SHA-1 was taken"
)
def takes_the_hash_of_the_other_header(call: Call) -> Told:
    return OK if call.headers.get("Agora-Signature-V2") == in_hex(call.raw) else NO


@truth("agora/channel_create", finds="HP401", says="upper-case hex", never="verifies with another")
def wants_capitals(call: Call) -> Told:
    given = call.headers.get("Agora-Signature-V2")
    return OK if given == in_hex(call.raw, "sha256").upper() else NO


@truth(ENTERED, finds="HP401", says="no letter case", never="verifies with another")
def reads_headers_in_small_letters(call: Call) -> Told:
    return OK if dict(call.headers.items()).get("sign") == in_base64(call.raw) else NO


@truth("tencent_im/state_change", finds="HP401", says="RequestTime \\+ <secret>")
def joins_in_the_other_order(call: Call) -> Told:
    said = call.query.get("RequestTime", "").encode() + SECRET
    return HANDLED if call.query.get("Sign") == hashlib.sha256(said).hexdigest() else (403, {})


@truth("zego_rtc/stream_close", finds="HP401", says="line end", never="verifies with another")
def has_a_line_end_in_its_secret(call: Call) -> Told:
    moment, nonce = call.payload.get("timestamp"), call.payload.get("nonce")
    right = digest(moment, nonce, f"{SECRET.decode()}\n")
    return OK if call.payload.get("signature") == right else NO


@truth(LOGIN, "zego_rtc/transcode_start", finds="HP401", says="letter case counts", cases=250)
def reads_names_in_small_letters(call: Call) -> Told:
    return OK if zego(call) else (401, {})


@truth(LOGIN, "zego_rtc/room_create", finds="HP401 HP407", never="verifies with another", cases=250)
def wants_a_field_and_no_signature(call: Call) -> Told:
    known = isinstance(call.payload.get("user_account"), str)
    return (200, {}) if known else (400, {"error": "validation"})


# -- moments ----------------------------------------------------------------------------------


def near(seconds: float) -> bool:
    """Whether a moment is of the last minutes."""
    return abs(time.time() - seconds) < 300


@truth(ENTERED, finds="HP401", says="in seconds: the vendor sends milliseconds")
def takes_milliseconds_for_seconds(call: Call) -> Told:
    if not trtc(call):
        return NO
    return OK if near(call.payload.get("CallbackTs", 0)) else (401, {"error": "expired"})


@truth(LOGIN, finds="HP401", says="8 h later", never="verifies with another")
def lives_in_another_time_zone(call: Call) -> Told:
    if not zego(call):
        return NO
    fine = near(int(call.payload["timestamp"]) - 8 * 3600)
    return OK if fine else (401, {"error": "timestamp expired"})


@truth(ENTERED, finds="HP404", says="in seconds: the vendor sends milliseconds", most=1)
def makes_a_date_of_milliseconds(call: Call) -> Told:
    if not trtc(call):
        return NO
    dt.datetime.fromtimestamp(call.payload["CallbackTs"], dt.UTC)
    return OK


# -- accounts ---------------------------------------------------------------------------------


@truth(ENTERED, finds="HP401", says="header SdkAppId", never="verifies with another")
def wants_its_own_application_in_a_header(call: Call) -> Told:
    known = call.headers.get("SdkAppId") == "1400000001"
    return OK if known and trtc(call) else (403, {})


@truth("tencent_im/state_change", finds="HP401", says="SdkAppid=… in the URL")
def wants_its_own_application_in_the_query(call: Call) -> Told:
    known = call.query.get("SdkAppid") == "1400001111"
    return HANDLED if known and chat(call) else (403, {})


@truth("zego_rtc/room_logout", finds="HP401", says="--set /appid=", never="verifies with another")
def wants_its_own_application_in_the_body(call: Call) -> Told:
    known = call.payload.get("appid") == "987654321"
    return OK if known and zego(call) else (403, {})


# -- what the payload says --------------------------------------------------------------------


@truth("tencent_call/after_end_call", finds="HP401", says="with /CallRecord/AcceptTime 1")
def wants_calls_to_be_accepted(call: Call) -> Told:
    if not chat(call):
        return 403, {}
    never = inner(call, "CallRecord").get("AcceptTime") == 0
    return (400, {"error": "never accepted"}) if never else HANDLED


@truth(ENTERED, finds="HP401", says="/EventInfo/RoomId as text", never="does not have")
def wants_text_within(call: Call) -> Told:
    if not trtc(call):
        return NO
    fine = isinstance(inner(call, "EventInfo").get("RoomId"), str)
    return OK if fine else (400, {"error": "invalid payload"})


@truth("zego_rtc/record", finds="HP401", says="/extra_params/FileID as a number")
def wants_a_number_within_text(call: Call) -> Told:
    if not zego(call):
        return NO
    fine = isinstance(json.loads(call.payload["extra_params"]).get("FileID"), int)
    return OK if fine else (400, {"error": "invalid payload"})


@truth(ENTERED, finds="HP401", says="/EventInfo/RoomId as text", never="does not have")
def names_what_it_dislikes_within(call: Call) -> Told:
    if not trtc(call):
        return NO
    fine = isinstance(inner(call, "EventInfo").get("RoomId"), str)
    detail = [{"loc": ["body", "EventInfo", "RoomId"], "msg": "Input should be a valid string"}]
    return OK if fine else (422, {"detail": detail})


@truth("zego_rtc/stream_close", finds="HP401", says="redirects to /hook/cb/")
def moves_to_another_path(call: Call) -> Told:
    if call.path.endswith("/cb/"):
        return OK if zego(call) else NO
    return 308, b"", {"Location": f"{call.path}/cb/"}


@truth("agora/channel_create", finds="HP401", says="password")
def stands_behind_a_password(call: Call) -> Told:
    if "Authorization" in call.headers:
        return OK if agora(call) else NO
    return 401, b"who?", {"WWW-Authenticate": 'Basic realm="staging"'}
