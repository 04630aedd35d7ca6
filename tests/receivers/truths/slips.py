"""Receivers with a slip that people make: in computing, in reading, in answering, in deploying."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from receivers.truths.host import (
    NO,
    OK,
    SECRET,
    Call,
    Reset,
    Told,
    agora,
    digest,
    in_base64,
    in_hex,
    inner,
    trtc,
    truth,
    zego,
)

LOGIN, RECORD = "zego_rtc/room_login", "zego_rtc/record"
ENTERED, STARTED = "tencent_trtc/room_entered", "tencent_trtc/audio_started"
GME, AGORA = "tencent_gme/recording", "agora/channel_create"
ROOM = "livekit/room_started"
NEVER = "verifies with another"


def given(call: Call, name: str = "Sign") -> str:
    """What stands in a header, "" where it is not."""
    return str(call.headers.get(name) or "")


def same(is_right: object) -> Told:
    """What is answered where nothing but the signature decides."""
    return OK if is_right else NO


def mac(raw: bytes, name: str = "sha256") -> bytes:
    return hmac.new(SECRET, raw, name).digest()


def hashed(call: Call, name: str, *, by: str = "", secret: bytes = SECRET) -> str:
    """A digest over the three texts, sorted, with something between them."""
    parts = sorted([secret.decode(), str(call.payload["timestamp"]), str(call.payload["nonce"])])
    return hashlib.new(name, by.join(parts).encode()).hexdigest()


# -- computed otherwise -----------------------------------------------------------------------


@truth(ENTERED, finds="HP401", says="hex", never=NEVER)
def writes_hex_for_base64(call: Call) -> Told:
    return same(given(call) == mac(call.raw).hex())


@truth(ENTERED, finds="HP401", says="without the = at its end", never=NEVER)
def writes_base64_without_its_end(call: Call) -> Told:
    return same(given(call) == in_base64(call.raw).rstrip("="))


@truth(GME, finds="HP401", says="hex text of the digest in Base64", never=NEVER)
def writes_base64_of_hex(call: Call) -> Told:
    text = base64.b64encode(mac(call.raw, "sha1").hex().encode()).decode()
    return same(given(call, "Signature") == text)


@truth(GME, finds="HP401", says="hash(ed)? (of|over)|HMAC|without", never=NEVER)
def puts_the_secret_before_the_body(call: Call) -> Told:
    text = base64.b64encode(hashlib.sha1(SECRET + call.raw, usedforsecurity=False).digest())
    return same(given(call, "Signature") == text.decode())


@truth(STARTED, finds="HP401", says="body", never=NEVER)
def swaps_key_and_body(call: Call) -> Told:
    text = base64.b64encode(hmac.new(call.raw, SECRET, "sha256").digest()).decode()
    return same(given(call) == text)


@truth(LOGIN, finds="HP401", says="MD5", never=NEVER)
def takes_md5(call: Call) -> Told:
    return same(call.payload["signature"] == hashed(call, "md5"))


@truth("zego_zim/user_action", finds="HP401", says="SHA-256", never=NEVER)
def takes_sha256(call: Call) -> Told:
    return same(call.payload["signature"] == hashed(call, "sha256"))


@truth(LOGIN, finds="HP401", says="between|&", never=NEVER)
def joins_with_ampersands(call: Call) -> Told:
    return same(call.payload["signature"] == hashed(call, "sha1", by="&"))


@truth(RECORD, finds="HP401", says="quot", never=NEVER)
def has_quotes_around_its_secret(call: Call) -> Told:
    right = hashed(call, "sha1", secret=b'"' + SECRET + b'"')
    return same(call.payload["signature"] == right)


@truth(RECORD, finds="HP401", says="nonce", never=NEVER)
def leaves_the_nonce_out(call: Call) -> Told:
    parts = sorted([SECRET.decode(), str(call.payload["timestamp"])])
    right = hashlib.sha1("".join(parts).encode(), usedforsecurity=False).hexdigest()
    return same(call.payload["signature"] == right)


@truth(RECORD, finds="HP401", says="sort them as texts", never=NEVER)
def sorts_nothing_and_refuses_with_400(call: Call) -> Told:
    parts = [SECRET.decode(), str(call.payload["timestamp"]), str(call.payload["nonce"])]
    right = hashlib.sha1("".join(parts).encode(), usedforsecurity=False).hexdigest()
    return OK if call.payload["signature"] == right else (400, {"error": "invalid signature"})


@truth("agora/broadcaster_leave_channel", finds="HP401", says="as base64", never=NEVER)
def writes_base64_for_hex(call: Call) -> Told:
    return same(given(call, "Agora-Signature-V2") == in_base64(call.raw))


# -- the bytes as they came? ------------------------------------------------------------------


@truth(ENTERED, finds="HP402 HP409", says="as they came")
def trims_the_body(call: Call) -> Told:
    return same(given(call) == in_base64(call.raw.strip()))


@truth(ENTERED, finds="HP402", says="UTF-8 taken for Latin-1", never="accept it", cases=250)
def reads_the_body_as_latin_letters(call: Call) -> Told:
    return same(given(call) == in_base64(call.raw.decode("latin-1").encode()))


@truth(AGORA, finds="HP402", says="not its beginning alone", never="accept it")
def signs_the_first_kilobyte(call: Call) -> Told:
    return same(given(call, "Agora-Signature-V2") == in_hex(call.raw[:1024], "sha256"))


@truth(LOGIN, finds="HP401", says="nonce as a", never=NEVER)
def has_nonces_of_a_double(call: Call) -> Told:
    right = digest(call.payload.get("timestamp"), int(float(call.payload.get("nonce", "0"))))
    return same(call.payload.get("signature") == right)


# -- what is compared -------------------------------------------------------------------------


@truth(RECORD, finds="HP407", says="an exception is swallowed", most=1, cases=300)
def swallows_all_that_is_raised(call: Call) -> Told:
    try:
        if call.payload["signature"] != hashed(call, "sha1"):
            return NO
    except Exception:  # noqa: BLE001, S110 - that is its fault
        pass
    return OK


swallows_all_that_is_raised.reads_forms = True


@truth(LOGIN, finds="HP407", says="leaving the signature out", most=2)
def swallows_what_is_raised(call: Call) -> Told:
    try:
        if call.payload["signature"] != hashed(call, "sha1"):
            return NO
    except Exception:  # noqa: BLE001, S110 - that is its fault
        pass
    return OK


@truth(LOGIN, finds="HP407", says="is no text", cases=300)
def compares_as_php_does(call: Call) -> Told:
    sent = call.payload.get("signature")
    return same(sent is True or (isinstance(sent, str) and zego(call)))


@truth(RECORD, finds="HP407", says="a part is compared")
def looks_whether_it_is_in_it(call: Call) -> Told:
    sent = call.payload.get("signature")
    right = digest(call.payload.get("timestamp"), call.payload.get("nonce"))
    return same(isinstance(sent, str) and sent != "" and sent in right)


@truth(ENTERED, finds="HP407", says="letter case")
def compares_without_letter_case(call: Call) -> Told:
    return same(given(call).lower() == in_base64(call.raw).lower())


@truth(LOGIN, warns="HP416")
def compares_hex_without_letter_case(call: Call) -> Told:
    sent = call.payload.get("signature")
    right = digest(call.payload.get("timestamp"), call.payload.get("nonce"))
    return same(isinstance(sent, str) and sent.lower() == right)


@truth(ENTERED)
def trims_the_signature(call: Call) -> Told:
    return same(given(call).rstrip("=") == in_base64(call.raw).rstrip("="))


@truth(LOGIN, "zego_rtc/room_logout", finds="HP407", says="anybody can call")
def verifies_one_event_alone(call: Call) -> Told:
    return same(call.payload.get("event") == "room_logout" or zego(call))


@truth(ENTERED, finds="HP408", says="is there|catch")
def dies_without_a_signature(call: Call) -> Told:
    return same(base64.b64decode(call.headers["Sign"].encode()) == mac(call.raw))


@truth(RECORD, finds="HP408", says="has the length of a right one", most=1, cases=300)
def compares_bytes_of_one_length(call: Call) -> Told:
    right = digest(call.payload.get("timestamp"), call.payload.get("nonce"))
    given = call.payload.get("signature")
    if not isinstance(given, str) or len(given.encode("utf-8", "replace")) != len(right):
        return 500, b"Internal Server Error"
    return same(given == right)


@truth(ENTERED, finds="HP408", says="has the length of a right one", most=1, cases=300)
def compares_headers_of_one_length(call: Call) -> Told:
    # Some servers hand two headers over as one.
    if len(", ".join(call.headers.get_all("Sign") or [""])) != len(in_base64(call.raw)):
        return 500, b"Input buffers must have the same byte length"
    return same(trtc(call))


@truth(RECORD, finds="HP407", says="leaving the signature out", most=1, cases=300)
def skips_what_counts_for_nothing(call: Call) -> Told:
    return same(not call.payload.get("signature") or zego(call))


def dies_of_what_is_no_json(call: Call) -> Told:
    if not isinstance(call.payload, dict) or "signature" not in call.payload:
        return 500, b"Internal Server Error"
    return same(zego(call))


dies_of_what_is_no_json.reads_forms = True  # type: ignore[attr-defined]
truth(RECORD, finds="HP404 HP408", says="that the signature is there", cases=300)(
    dies_of_what_is_no_json
)


# -- tokens -----------------------------------------------------------------------------------


def token(call: Call) -> dict[str, Any] | None:
    """The claims of a token whose signature is right."""
    head, _, rest = given(call, "Authorization").removeprefix("Bearer ").partition(".")
    claims, _, signature = rest.partition(".")
    right = base64.urlsafe_b64encode(mac(f"{head}.{claims}".encode())).rstrip(b"=").decode()
    if not claims or signature != right:
        return None
    value = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    return value if isinstance(value, dict) else None


def body_of(call: Call) -> str:
    return base64.b64encode(hashlib.sha256(call.raw).digest()).decode()


@truth(ROOM)
def verifies_token_and_body(call: Call) -> Told:
    claims = token(call)
    return same(claims is not None and claims.get("sha256") == body_of(call))


@truth(ROOM, finds="HP409", says="claim sha256")
def verifies_the_token_alone(call: Call) -> Told:
    return same(token(call) is not None)


@truth(ROOM, finds="HP407 HP408", says="anybody can call")
def verifies_the_body_alone(call: Call) -> Told:
    parts = given(call, "Authorization").split(".")
    claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=="))
    return same(claims.get("sha256") == body_of(call))


@truth(ROOM, finds="HP401", says="sha256 in hex", never=NEVER)
def expects_the_digest_in_hex(call: Call) -> Told:
    claims = token(call)
    return same(claims is not None and claims.get("sha256") == hashlib.sha256(call.raw).hexdigest())


@truth(ROOM, finds="HP401", says="Bearer", never=NEVER)
def expects_a_bearer(call: Call) -> Told:
    return same(given(call, "Authorization").startswith("Bearer ") and token(call) is not None)


# -- what it makes of the payload -------------------------------------------------------------


@truth(RECORD, finds="HP404", says="log", where="extra_params|^$")
def takes_text_for_an_object(call: Call) -> Told:
    if not zego(call):
        return NO
    call.payload["extra_params"]["Duration"]
    return OK


@truth(ENTERED, finds="HP401", says="EventMsTs|CallbackTs|32 bits|range", never=NEVER)
def has_moments_of_32_bits(call: Call) -> Told:
    if not trtc(call):
        return NO
    fine = all(value < 2**31 for value in (call.payload["CallbackTs"],))
    return OK if fine else (400, {"error": "out of range"})


@truth(LOGIN, finds="HP404", where="user_nickname|user_account|room_name", cases=300)
def builds_sql_of_text(call: Call) -> Told:
    if not zego(call):
        return NO
    if "'" in str(call.payload.get("user_nickname")):
        raise ValueError("syntax error")
    return OK


@truth(LOGIN, finds="HP403", where="callback_data", cases=300)
def wants_text_that_is_not_empty(call: Call) -> Told:
    if not zego(call):
        return NO
    empty = call.payload.get("callback_data") == ""
    return (422, {"error": "callback_data: too short"}) if empty else OK


@truth(LOGIN, finds="HP402", where="user_nickname", cases=300)
def knows_characters_of_three_bytes(call: Call) -> Told:
    if not zego(call):
        return NO
    name = call.payload.get("user_nickname")
    four = isinstance(name, str) and any(ord(letter) > 0xFFFF for letter in name)
    return (400, {"error": "Incorrect string value"}) if four else OK


# -- how it answers ---------------------------------------------------------------------------


@truth(STARTED, finds="HP414", says="exactly 200")
def says_202(call: Call) -> Told:
    return (202, {"code": 0}) if trtc(call) else NO


@truth(LOGIN, finds="HP408")
def refuses_with_500(call: Call) -> Told:
    return OK if zego(call) else (500, {"error": "invalid signature"})


@truth(LOGIN, warns="HP433")
def refuses_with_204(call: Call) -> Told:
    return OK if zego(call) else (204, b"")


@truth(LOGIN)
def hides_from_strangers(call: Call) -> Told:
    return OK if zego(call) else (404, {"error": "not found"})


@truth(LOGIN, finds="HP411", says="known event|redeliver|first time")
def takes_a_nonce_once(call: Call) -> Told:
    if not zego(call):
        return NO
    nonce = str(call.payload["nonce"])
    if nonce in call.memory:
        return 401, {"error": "replay"}
    call.memory[nonce] = True
    return OK


@truth(ENTERED, finds="HP404", says="sends an event again")
def inserts_what_it_knows(call: Call) -> Told:
    if not trtc(call):
        return NO
    key = json.dumps([call.payload.get("EventType"), inner(call, "EventInfo")], sort_keys=True)
    if key in call.memory:
        raise KeyError("duplicate key value violates unique constraint")
    call.memory[key] = True
    return OK


# -- how it is deployed -----------------------------------------------------------------------


@truth(AGORA, finds="HP401", says="/login", never=NEVER)
def sends_to_a_login(call: Call) -> Told:
    if "Cookie" in call.headers:
        return same(agora(call))
    return 302, b"", {"Location": "/login?next=/hook"}


@truth(LOGIN, finds="HP401", says="asks for X-Api-Key", never=f"{NEVER}|/appid")
def wants_a_key_of_the_gateway(call: Call) -> Told:
    if "X-Api-Key" not in call.headers:
        return 403, {"message": "Missing API key in request header X-Api-Key"}
    return same(zego(call))


@truth(AGORA, finds="HP401", says="Content-Type", never=NEVER)
def wants_a_charset(call: Call) -> Told:
    if "charset=utf-8" not in given(call, "Content-Type").lower():
        return 415, {"error": "charset"}
    return same(agora(call))


@truth(LOGIN, warns="HP421")
def takes_no_chunks(call: Call) -> Told:
    if "Transfer-Encoding" in call.headers:
        return 411, {"error": "length required"}
    return same(zego(call))


@truth(ENTERED)
def takes_the_last_of_two_headers(call: Call) -> Told:
    return same((call.headers.get_all("Sign") or [""])[-1] == in_base64(call.raw))


@truth(LOGIN, finds="HP405", says="answer 401", most=1)
def hangs_up_on_strangers(call: Call) -> Told:
    if not zego(call):
        raise Reset
    return OK
