"""The schemes give the digests of published and hand-made vectors."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.signature.recipes import recipe
from unit.source import ROOT

from hookproof.contract import Contract
from hookproof.signature import SignatureState, sign, verify
from hookproof.signature.schemes import ENCODINGS, digest_of

WYCHEPROOF = ROOT / "tests/vectors/wycheproof/hmac_sha1_test.json"

# Secret, timestamp, nonce, and the digest. The first one is the vendor's own; it does not tell
# sorting as strings from sorting as numbers, the others do.
SORTED_SHA1 = [
    ("secret", "1470820198", "123412", "5bd59fd62953a8059fb7eaba95720f66d19e4517"),
    ("secret", "1499676978", "350176", "264b7f500b4935a082fef1da1760769245880d7c"),
    ("secret", "1481597358", "158273", "284ab8ee0bea09677148e517b1ef42f7120b73f4"),
    (
        "0123456789abcdef0123456789abcdef",
        "1745502313000",
        "7450395512627324902",
        "e2209266026027ac6d4a0658eb399969a0c8b13a",
    ),
    (
        "9193cc662a4c0ec135ec71fb57194b38",
        "1689834748",
        "7257784982359218206",
        "97ff6136237bc305ed7b2f9c3b6dbe5c5bf0b188",
    ),
    ("1500", "1499676978", "15", "602aab10de02d87a1b46685637c2d76b5e8d1152"),
]

SORTED = recipe("sorted-sha1", inputs=[{"in": "body", "field": f} for f in ("moment", "nonce")])

COMPACT = (
    b'{"BizID":1400000000,"RoomID":"100","UserID":"999","TaskID":446946705284000000,'
    b'"RecordMode":1,"Timestamp":1675930605,"EventType":1,"Detail":{"SeqNo":0,'
    b'"FileName":"1400000000_100_999/2023-02-09-16-16-45_446946705284000000_audio.mp3"}}'
)
PRINTED = COMPACT.replace(b'{"', b'{\n"').replace(b',"', b',\n"').replace(b"}}", b"\n}\n}")
# Body, hex, Base64; the secret is "secret". The page prints no vector: these are our own.
HMAC_BODY = [
    (COMPACT, "76d38a670b9869599334c2a2b4cce74c3762276a", "dtOKZwuYaVmTNMKitMznTDdiJ2o="),
    (PRINTED, "0d83da8bfca65c5358ae4edeef67dae622ce4042", "DYPai/ymXFNYrk7e72fa5iLOQEI="),
]


@pytest.mark.parametrize(("secret", "timestamp", "nonce", "digest"), SORTED_SHA1)
def test_sorted_sha1_gives_the_vectors(
    secret: str, timestamp: str, nonce: str, digest: str
) -> None:
    """Secret, timestamp and nonce are sorted as strings, joined and hashed."""
    for inputs in ([timestamp, nonce], [nonce, timestamp]):
        octets = [value.encode() for value in inputs]
        raw = digest_of(SORTED, secret.encode(), inputs=octets, body=b"ignored")
        assert raw.hex() == digest


def test_the_vectors_tell_string_order_from_others() -> None:
    """Sorted as numbers, or in one fixed order, a vector other than the vendor's own fails."""

    def in_order(secret: str, *values: str) -> str:
        joined = "".join([*values, secret]).encode()
        return hashlib.sha1(joined).hexdigest()  # noqa: S324 - the vendor's choice

    by_number = [
        in_order(secret, *sorted((timestamp, nonce), key=int)) == digest
        for secret, timestamp, nonce, digest in SORTED_SHA1
    ]
    fixed = [in_order(secret, n, t) == digest for secret, t, n, digest in SORTED_SHA1]
    assert by_number[0]
    assert fixed[0]
    assert not all(by_number[1:])
    assert not any(fixed[1:])


@pytest.mark.parametrize(("secret", "timestamp", "nonce", "digest"), SORTED_SHA1)
@pytest.mark.parametrize("name", ["compose", "record", "procedure"])
def test_the_vectors_hold_through_the_contract(
    name: str, secret: str, timestamp: str, nonce: str, digest: str
) -> None:
    """What the contract says of these callbacks gives the vectors, to sign and to verify."""
    facts = Contract().callback(f"zego_rtc/{name}").signature
    payload = {"timestamp": timestamp, "nonce": nonce, "signature": digest}
    assert sign(facts, secret.encode(), payload=payload, body=b"") == digest
    assert verify(facts, secret.encode(), payload=payload, body=b"").valid


@pytest.mark.parametrize(("secret", "timestamp", "nonce", "digest"), SORTED_SHA1)
def test_the_vectors_hold_in_pascal_case(
    secret: str, timestamp: str, nonce: str, digest: str
) -> None:
    """The same scheme reads the fields of another casing where the contract says so."""
    facts = Contract().callback("zego_rtc/transcode_stop").signature
    payload = {"Timestamp": timestamp, "Nonce": nonce, "Signature": digest}
    assert verify(facts, secret.encode(), payload=payload, body=b"").valid
    lower = {key.lower(): value for key, value in payload.items()}
    verdict = verify(facts, secret.encode(), payload=lower, body=b"")
    assert verdict.state is SignatureState.MISSING


@pytest.mark.parametrize("timestamp", [1470820198, "1470820198"])
def test_a_number_is_signed_by_its_digits(timestamp: int | str) -> None:
    """A timestamp that is a JSON number is signed as its plain decimal digits."""
    facts = Contract().callback("zego_rtc/record").signature
    payload = {"timestamp": timestamp, "nonce": "123412"}
    assert sign(facts, b"secret", payload=payload, body=b"") == SORTED_SHA1[0][3]


@pytest.mark.parametrize(("body", "hexadecimal", "base64"), HMAC_BODY)
def test_hmac_body_gives_the_vectors(body: bytes, hexadecimal: str, base64: str) -> None:
    """The body bytes are signed with HMAC-SHA1, and both ways of writing it verify."""
    assert len(body) in {232, 244}
    facts = Contract().callback("tencent_gme/recording").signature
    assert sign(facts, b"secret", payload=None, body=body) == base64
    for encoding, text in {"hex": hexadecimal, "base64": base64}.items():
        assert sign(facts, b"secret", payload=None, body=body, encoding=encoding) == text
        verdict = verify(facts, b"secret", payload=None, body=body, headers=[("Signature", text)])
        assert verdict.valid
        assert verdict.encoding == encoding


def test_hmac_body_covers_every_byte() -> None:
    """The same JSON in another layout has another signature."""
    facts = Contract().callback("tencent_gme/recording").signature
    assert json.loads(COMPACT) == json.loads(PRINTED)
    headers = [("Signature", HMAC_BODY[0][2])]
    assert not verify(facts, b"secret", payload=None, body=PRINTED, headers=headers).valid


def test_hmac_with_sha256_gives_a_published_vector() -> None:
    """HMAC-SHA256 of the body gives the vector that a vendor's manual prints."""
    fields = (
        '{\n\t"EventGroupId":\t2,\n\t"EventType":\t204,\n\t"CallbackTs":\t1664209748188,\n'
        '\t"EventInfo":\t{\n\t\t"RoomId":\t8489,\n\t\t"EventTs":\t1664209748,\n'
        '\t\t"EventMsTs":\t1664209748180,\n\t\t"UserId":\t"user_85034614",\n'
        '\t\t"Reason":\t0\n\t}\n}'
    )
    raw = digest_of(
        recipe("hmac-body", digest="sha256"), b"123654", inputs=(), body=fields.encode()
    )
    assert b64encode(raw) == b"kkoFeO3Oh2ZHnjtg8tEAQhtXK16/KI05W3BQff8IvGA="


def test_two_signatures_side_by_side_give_the_printed_vectors() -> None:
    """The two digests that one vendor prints of a body are those of its two signatures."""
    body = (
        b'{"eventMs":1560408533119,"eventType":10,"noticeId":"4eb720f0-8da7-11e9-a43e-53f411c2761f",'
        b'"notifyMs":1560408533119,"payload":{"a":"1","b":2},"productId":1}'
    )
    facts = Contract().callback("agora/channel_create").signature
    printed = {
        "Agora-Signature": "033c62f40f687675f17f0f41f91a40c71c0f134c",
        "Agora-Signature-V2": "6d3320c60b11101395b7fc8f9068748808a0aa1bfa064438e39d1bc2c7d74d99",
    }
    signed = {
        one.place.field: sign(one, b"secret", payload=None, body=body)
        for one in (facts, *facts.together)
    }
    assert signed == printed


def test_hmac_body_passes_wycheproof() -> None:
    """Every valid tag of the Wycheproof vectors comes out, no invalid one does."""
    vectors = json.loads(WYCHEPROOF.read_text(encoding="utf-8"))
    wrong = [
        test["tcId"]
        for group in vectors["testGroups"]
        for test in group["tests"]
        if tag_is_right(test, group["tagSize"]) is not (test["result"] == "valid")
    ]
    assert wrong == []
    assert sum(len(group["tests"]) for group in vectors["testGroups"]) >= 170


def tag_is_right(test: dict[str, Any], bits: int) -> bool:
    """Whether our tag, cut to its length, is the one of a test."""
    key, message = bytes.fromhex(test["key"]), bytes.fromhex(test["msg"])
    tag = digest_of(recipe("hmac-body", digest="sha1"), key, inputs=(), body=message)
    return tag[: bits // 8].hex() == test["tag"]


def test_hmac_body_with_sha256_passes_the_vectors_of_rfc_4231() -> None:
    """The tags of the standard's first two cases come out."""
    facts = recipe("hmac-body", digest="sha256")
    assert digest_of(facts, b"\x0b" * 20, inputs=(), body=b"Hi There").hex() == (
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    )
    said = b"what do ya want for nothing?"
    assert digest_of(facts, b"Jefe", inputs=(), body=said).hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


@given(st.binary(min_size=20, max_size=20))
@settings(max_examples=100, derandomize=True, database=None, deadline=None)
def test_encodings_are_the_standard_ones(raw: bytes) -> None:
    """Hex is in lower case, Base64 is the standard alphabet with padding."""
    assert bytes.fromhex(ENCODINGS["hex"](raw)) == raw
    assert ENCODINGS["hex"](raw) == ENCODINGS["hex"](raw).lower()
    assert b64decode(ENCODINGS["base64"](raw), validate=True) == raw
