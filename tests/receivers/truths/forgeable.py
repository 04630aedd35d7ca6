"""Receivers that a stranger can call, each through one hole, and some that only look so."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qsl

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

LOGIN = "zego_rtc/room_login"
ENTERED = "tencent_trtc/room_entered"
CREATED = "agora/channel_create"
CHAT = "tencent_im/state_change"


def signed(call: Call) -> str:
    """The right signature of a body that holds its own."""
    return digest(call.payload.get("timestamp"), call.payload.get("nonce"))


@truth(LOGIN, finds="HP407", says="the whole signature")
def compares_eight_characters(call: Call) -> Told:
    given = call.payload.get("signature")
    return OK if isinstance(given, str) and given[:8] == signed(call)[:8] else NO


@truth("zego_zim/user_action", finds="HP407", says="leaving the signature out")
def takes_the_right_one_for_default(call: Call) -> Told:
    return OK if call.payload.get("signature", signed(call)) == signed(call) else NO


@truth("zego_zim/send_msg", finds="HP407", says="signature", most=5)
def compares_as_far_as_it_goes(call: Call) -> Told:
    given = call.payload.get("signature")
    if not isinstance(given, str):
        return NO
    return OK if all(a == b for a, b in zip(given, signed(call), strict=False)) else NO


@truth(LOGIN, finds="HP407", says="leaving out or changing what is signed")
def looks_only_where_both_are_there(call: Call) -> Told:
    given, payload = call.payload.get("signature"), call.payload
    if not isinstance(given, str) or not given:
        return NO
    if payload.get("timestamp") and payload.get("nonce") and given != signed(call):
        return NO
    return OK


@truth(LOGIN, finds="HP407", says="empty secret")
def has_an_empty_secret_among_others(call: Call) -> Told:
    moment, nonce = call.payload.get("timestamp"), call.payload.get("nonce")
    return OK if call.payload.get("signature") in (signed(call), digest(moment, nonce, "")) else NO


@truth(LOGIN, finds="HP407", says="application's id")
def takes_the_application_for_a_secret(call: Call) -> Told:
    payload = call.payload
    own = digest(payload.get("timestamp"), payload.get("nonce"), str(payload.get("appid")))
    return OK if payload.get("signature") in (signed(call), own) else NO


@truth(ENTERED, finds="HP407", says="leaving the signature out")
def verifies_where_a_header_came(call: Call) -> Told:
    return NO if "Sign" in call.headers and not trtc(call) else OK


@truth(ENTERED, finds="HP407", says="an application that it has no secret of")
def has_no_secret_of_other_applications(call: Call) -> Told:
    known = call.headers.get("SdkAppId") == "1400000000"
    return NO if known and not trtc(call) else OK


@truth(ENTERED, finds="HP409", says="for each request anew")
def knows_signatures_by_heart(call: Call) -> Told:
    given = call.headers.get("Sign") or ""
    if given in call.memory or trtc(call):
        call.memory[given] = True
        return OK
    return NO


@truth(LOGIN, finds="HP407", says="before looking up what is known")
def looks_nonces_up_first(call: Call) -> Told:
    key = (str(call.payload.get("nonce")), str(call.payload.get("timestamp")))
    if key in call.memory or zego(call):
        call.memory[key] = True
        return OK
    return NO


@truth(ENTERED, finds="HP407", says="before looking up what is known")
def looks_events_up_first(call: Call) -> Told:
    event = inner(call, "EventInfo")
    key = json.dumps([event.get(name) for name in ("RoomId", "UserId", "EventMsTs")])
    if key in call.memory or trtc(call):
        call.memory[key] = True
        return OK
    return NO


@truth("zego_ai_agent/llm_result", finds="HP407", says="anybody|before looking up")
def trusts_what_it_has_met(call: Call) -> Told:
    agent = str(call.payload.get("AgentInstanceId"))
    if agent in call.memory or zego(call, capital=True):
        call.memory[agent] = True
        return OK
    return NO


@truth("tencent_gme/recording", finds="HP407", says="anybody|odd bytes|signature")
def lets_pass_what_it_cannot_decode(call: Call) -> Told:
    right = hmac.new(SECRET, call.raw, "sha1").digest()
    try:
        given = base64.b64decode(call.headers.get("Signature") or "", validate=True)
    except ValueError:
        return OK
    return OK if hmac.compare_digest(given, right) else NO


@truth(CHAT, finds="HP407", says="leaving the signature out")
def verifies_where_a_parameter_came(call: Call) -> Told:
    return (403, {}) if call.query.get("Sign") and not chat(call) else HANDLED


@truth(
    "tencent_im/c2c_after_send_msg", finds="HP407", says="leaving out or changing what is signed"
)
def verifies_where_a_moment_came(call: Call) -> Told:
    return (403, {}) if "RequestTime" in call.query and not chat(call) else HANDLED


@truth("tencent_room/live_after_create_room", finds="HP407", says="the whole signature")
def takes_a_beginning(call: Call) -> Told:
    given = call.query.get("Sign", "")
    right = hashlib.sha256(SECRET + call.query.get("RequestTime", "").encode()).hexdigest()
    return HANDLED if given and right.startswith(given) else (403, {})


def verifies_json_alone(call: Call) -> Told:
    if "urlencoded" in (call.headers.get("Content-Type") or ""):
        fields = dict(parse_qsl(call.raw.decode(errors="replace")))
        return OK if fields.get("event") == "record" else NO
    return OK if isinstance(call.payload, dict) and zego(call) else NO


verifies_json_alone.reads_forms = True  # type: ignore[attr-defined]
truth("zego_rtc/record", finds="HP407", says="in another form")(verifies_json_alone)


# -- two signatures side by side --------------------------------------------------------------


@truth(CREATED, finds="HP407", says="leaving the signature out")
def verifies_whichever_came(call: Call) -> Told:
    for name, kind in (("Agora-Signature-V2", "sha256"), ("Agora-Signature", "sha1")):
        if name in call.headers:
            return OK if call.headers[name] == in_hex(call.raw, kind) else NO
    return OK


@truth(CREATED, finds="HP407", says="leaving the signature out")
def verifies_the_older_where_it_came(call: Call) -> Told:
    given = call.headers.get("Agora-Signature")
    return OK if given is None or given == in_hex(call.raw) else NO


@truth(CREATED)
def verifies_the_newer(call: Call) -> Told:
    return OK if agora(call) else NO


@truth(CREATED)
def verifies_the_older(call: Call) -> Told:
    return OK if call.headers.get("Agora-Signature") == in_hex(call.raw) else NO


@truth("agora/broadcaster_leave_channel")
def verifies_both(call: Call) -> Told:
    return OK if agora(call) and call.headers.get("Agora-Signature") == in_hex(call.raw) else NO


# -- what looks like a hole -------------------------------------------------------------------


@truth(ENTERED)
def compares_decoded_digests(call: Call) -> Told:
    try:
        given = base64.b64decode(call.headers.get("Sign") or "")
    except ValueError:
        return NO
    right = hmac.new(SECRET, call.raw, "sha256").digest()
    return OK if hmac.compare_digest(given, right) else NO


@truth(LOGIN, warns="HP416")
def compares_digests_as_numbers(call: Call) -> Told:
    try:
        same = int(call.payload["signature"], 16) == int(signed(call), 16)
    except (ValueError, TypeError, KeyError):
        return NO
    return OK if same else NO


@truth("tencent_gme/recording")
def takes_hex_and_base64(call: Call) -> Told:
    rights = (in_base64(call.raw, "sha1"), in_hex(call.raw))
    return OK if call.headers.get("Signature") in rights else NO


@truth(LOGIN, warns="HP433")
def refuses_with_200(call: Call) -> Told:
    return OK if zego(call) else (200, {"code": 10003, "msg": "permission denied"})
