"""Receivers that fail at some of what a vendor may send, and correct ones that are particular."""

from __future__ import annotations

import hashlib
import json
import random
import time
from typing import Any

from receivers.truths.host import (
    HANDLED,
    NO,
    OK,
    Call,
    Reset,
    Told,
    agora,
    chat,
    inner,
    trtc,
    truth,
    zego,
)

LOGIN = "zego_rtc/room_login"
LOGOUT = "zego_rtc/room_logout"
ENTERED = "tencent_trtc/room_entered"
STARTED = "tencent_trtc/audio_started"
MESSAGE = "zego_zim/send_msg"


# -- what it cannot take ----------------------------------------------------------------------


@truth(ENTERED, warns="HP421")
def compares_the_content_type_whole(call: Call) -> Told:
    if call.headers.get("Content-Type") != "application/json":
        return 415, {"error": "content type"}
    return OK if trtc(call) else NO


@truth(ENTERED, finds="HP412", says="ignore what you do not know")
def knows_all_fields(call: Call) -> Told:
    if not trtc(call):
        return NO
    unknown = set(call.payload) - {"EventGroupId", "EventType", "CallbackTs", "EventInfo"}
    return (400, {"error": "unknown fields", "fields": sorted(unknown)}) if unknown else OK


@truth(STARTED, finds="HP402", where="RoomId", cases=250)
def has_rooms_of_32_bits(call: Call) -> Told:
    if not trtc(call):
        return NO
    room = inner(call, "EventInfo").get("RoomId")
    return (400, {"error": "range"}) if isinstance(room, int) and room >= 2**31 else OK


@truth(LOGIN, finds="HP404", where="user_nickname", cases=250)
def writes_latin_letters(call: Call) -> Told:
    if not zego(call):
        return NO
    name = call.payload.get("user_nickname")
    if isinstance(name, str):
        name.encode("latin-1")
    return OK


@truth("zego_asr/asr_result", finds="HP402", where="/Data/Text", cases=250)
def has_room_for_255_letters(call: Call) -> Told:
    if not zego(call, capital=True):
        return NO
    text = inner(call, "Data").get("Text")
    return (400, {"error": "too long"}) if isinstance(text, str) and len(text) > 255 else OK


@truth("zego_ai_agent/user_audio_data", finds="HP402", says="limit of bodies", cases=250)
def limits_bodies_to_4_kilobytes(call: Call) -> Told:
    if len(call.raw) > 4096:
        return 413, {}
    return (200, {}) if zego(call, capital=True) else NO


@truth("zego_rtc/record", finds="HP404", where="extra_params", cases=300)
def takes_one_kind_of_record_for_granted(call: Call) -> Told:
    if not zego(call):
        return NO
    json.loads(call.payload["extra_params"])["TaskId"]
    return OK


@truth("zego_cloud_recording/recording_completed", finds="HP404", where="/detail$", cases=300)
def takes_an_object_for_granted(call: Call) -> Told:
    if not zego(call):
        return NO
    call.payload.get("detail").get("file_info")
    return OK


@truth("zego_cloud_recording/file_upload_status", finds="HP404", where="/detail", most=4, cases=300)
def takes_a_first_file_for_granted(call: Call) -> Told:
    if not zego(call):
        return NO
    call.payload["detail"]["file_info"][0]["file_url"]
    return OK


@truth(MESSAGE, finds="HP404", cases=300)
def fails_in_one_branch(call: Call) -> Told:
    if not zego(call):
        return NO
    if call.payload.get("conv_type") == 0:
        call.payload["conv_id"][0]
    return OK


@truth(LOGIN, LOGOUT, finds="HP404", where="user_nickname|user_account", cases=300)
def misses_another_field_in_each(call: Call) -> Told:
    if not zego(call):
        return NO
    call.payload["user_nickname" if call.payload.get("event") == "room_login" else "user_account"]
    return OK


# -- how it answers ---------------------------------------------------------------------------


@truth("zego_zim/user_action", finds="HP411", says="redeliver|again|lost")
def refuses_what_it_knows(call: Call) -> Told:
    if not zego(call):
        return NO
    names = ("appid", "action", "login_time", "session_id", "user_id")
    key = json.dumps([call.payload.get(name) for name in names])
    if key in call.memory:
        return 409, {"error": "duplicate"}
    call.memory[key] = True
    return OK


@truth(ENTERED, finds="HP414", says="answer exactly 200")
def says_208_to_what_it_knows(call: Call) -> Told:
    if not trtc(call):
        return NO
    key = hashlib.sha256(call.raw).hexdigest()
    known = key in call.memory
    call.memory[key] = True
    return (208, {"code": 0}) if known else OK


@truth(STARTED, finds="HP414", says="answer exactly 200")
def says_204(call: Call) -> Told:
    return (204, b"") if trtc(call) else NO


@truth("tencent_im/c2c_before_send_msg", finds="HP414", says="ErrorCode")
def says_ok_where_json_is_read(call: Call) -> Told:
    return (200, b"OK") if chat(call) else (403, {})


@truth(STARTED, finds="HP434")
def answers_with_a_page(call: Call) -> Told:
    return (200, {"code": 0, "echo": "x" * 5000}) if trtc(call) else NO


@truth(LOGIN, finds="HP404", says="at once|log", cases=150)
def looks_and_then_inserts(call: Call) -> Told:
    if not zego(call):
        return NO
    key = str(call.payload.get("nonce"))
    if key in call.memory:
        return OK
    time.sleep(0.04)
    with call.memory["lock"]:
        if key in call.memory:
            raise KeyError("unique constraint")
        call.memory[key] = True
    return OK


# -- particular, and right --------------------------------------------------------------------


@truth("tencent_im/c2c_before_send_msg")
def answers_as_documented(call: Call) -> Told:
    return HANDLED if chat(call) else (403, {})


@truth(LOGOUT, cases=250)
def keeps_a_window_of_minutes(call: Call) -> Told:
    if not zego(call):
        return NO
    moment = call.payload.get("timestamp")
    fine = isinstance(moment, str) and moment.isdigit() and abs(time.time() - int(moment)) < 300
    return OK if fine else (401, {"error": "stale"})


@truth(ENTERED, cases=250)
def refuses_old_events(call: Call) -> Told:
    if not trtc(call):
        return NO
    sent, happened = call.payload.get("CallbackTs"), inner(call, "EventInfo").get("EventMsTs")
    if not isinstance(sent, int):
        return 400, {}
    stale = isinstance(happened, int) and happened and abs(sent - happened) > 86_400_000
    return (400, {"error": "stale event"}) if stale else OK


@truth(ENTERED, cases=250)
def holds_two_moments_to_each_other(call: Call) -> Told:
    if not trtc(call):
        return NO
    event = inner(call, "EventInfo")
    seconds, thousandths = event.get("EventTs"), event.get("EventMsTs")
    both = isinstance(seconds, int) and isinstance(thousandths, int) and seconds and thousandths
    apart = both and abs(thousandths // 1000 - seconds) > 2
    return (422, {"error": "moments disagree"}) if apart else OK


@truth(LOGOUT, cases=250)
def wants_people_to_come_before_they_leave(call: Call) -> Told:
    if not zego(call):
        return NO
    try:
        came, left = int(call.payload["login_time"]), int(call.payload["logout_time"])
    except (KeyError, ValueError, TypeError):
        return OK
    return OK if came <= left else (422, {"error": "left before it came"})


@truth("zego_rtc/stream_close", cases=250)
def wants_every_moment_near_now(call: Call) -> Told:
    if not zego(call):
        return NO
    for name, value in call.payload.items():
        if "time" in name and isinstance(value, str) and value.isdigit():
            seconds = int(value) / (1000 if len(value) > 11 else 1)
            if not 1.4e9 < seconds < time.time() + 2 * 86_400:
                return 422, {"error": name}
    return OK


@truth(LOGIN)
def knows_its_application(call: Call) -> Told:
    if not zego(call):
        return NO
    return OK if str(call.payload.get("appid")) == "1" else (403, {"error": "unknown app"})


@truth("agora/channel_create")
def remembers_what_was_said(call: Call) -> Told:
    notice, said = call.payload.get("noticeId"), json.dumps(call.payload.get("payload"))
    if not agora(call):
        return NO
    if not isinstance(notice, str):
        return 400, {}
    same = call.memory.setdefault(notice, said) == said
    return OK if same else (409, {"error": "another notice of this id"})


@truth(LOGIN, cases=250)
def remembers_nonces(call: Call) -> Told:
    if not zego(call):
        return NO
    known = call.memory.setdefault(str(call.payload["nonce"]), call.raw)
    return OK if known == call.raw else (401, {"error": "nonce used for another body"})


# -- unsteady, and right ----------------------------------------------------------------------


def chance(call: Call, share: float) -> bool:
    """Whether it happens this time, the same for each run."""
    source: Any = call.memory.setdefault("chance", random.Random(7))
    return bool(source.random() < share)


@truth(LOGIN, cases=250)
def is_behind_a_busy_proxy(call: Call) -> Told:
    if chance(call, 0.01):
        return 503, {"error": "upstream"}
    return OK if zego(call) else NO


@truth(MESSAGE, cases=250)
def is_behind_a_busier_proxy(call: Call) -> Told:
    if chance(call, 0.02):
        return 502, b"<html><title>502 Bad Gateway</title></html>"
    return OK if zego(call) else NO


@truth(LOGIN, cases=250)
def loses_connections(call: Call) -> Told:
    if chance(call, 0.01):
        raise Reset
    return OK if zego(call) else NO


@truth(LOGIN, slow=True, cases=300)
def starts_cold(call: Call) -> Told:
    if "warm" not in call.memory:
        call.memory["warm"] = True
        time.sleep(8)
    return OK if zego(call) else NO
