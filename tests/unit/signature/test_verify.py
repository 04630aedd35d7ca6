"""Verifying takes whatever a stranger sends, answers, and is never fooled."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from each import each
from hypothesis import given, settings
from hypothesis import strategies as st

from hookproof.contract import Contract
from hookproof.signature import SignatureState, sign, verify
from hookproof.signature.doctor import diagnose
from hookproof.signature.prover import prover

SECRET = b"secret"
IN_BODY = Contract().callback("zego_rtc/record").signature
IN_HEADER = Contract().callback("tencent_gme/recording").signature
GOOD = "284ab8ee0bea09677148e517b1ef42f7120b73f4"
SIGNED = {"timestamp": "1481597358", "nonce": "158273", "signature": GOOD}
BODY = b'{"a":1}'
GOOD_HEADER = sign(IN_HEADER, SECRET, payload=None, body=BODY)

LOOP: list[Any] = []
LOOP.append(LOOP)

HOSTILE = {
    "none": None,
    "empty": "",
    "list": [GOOD],
    "dict": {"a": GOOD},
    "zero": 0,
    "number": 284,
    "huge-number": 10**5000,
    "float": 1.5,
    "nan": float("nan"),
    "true": True,
    "bytes": GOOD.encode(),
    "bytearray": bytearray(GOOD.encode()),
    "memoryview": memoryview(GOOD.encode()),
    "object": object(),
    "loop": LOOP,
    "upper-case": GOOD.upper(),
    "blank-after": GOOD + " ",
    "line-end-after": GOOD + "\n",
    "nul-after": GOOD + "\x00",
    "cut": GOOD[:-1],
    "first-byte": GOOD[:2],
    "longer": GOOD + "0",
    "twice": GOOD * 2,
    "other-digest": "0" * 40,
    "fullwidth-digits": "".join(chr(ord(c) + 0xFEE0) for c in GOOD),
    "not-ascii": "ä" * 40,
    "nul": "\x00" * 40,
    "lone-surrogate": "\ud800" + GOOD[1:],
    "surrogate-escape": GOOD[:-1] + "\udcff",
    "megabyte": GOOD * 26_000,
}
hostile = pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())


class TestSideBySide:
    """Of two signatures that go with each request either is enough, and neither may be wrong."""

    facts = Contract().callback("agora/channel_create").signature

    @pytest.mark.parametrize(
        ("first", "second", "state", "why"),
        [
            ("right", "right", "valid", ""),
            ("right", "missing", "valid", ""),
            ("missing", "right", "valid", ""),
            ("missing", "missing", "missing", "no header Agora-Signature"),
            ("right", "wrong", "wrong", "header Agora-Signature-V2: it does not match"),
            ("wrong", "right", "wrong", "it does not match"),
            ("missing", "wrong", "wrong", "header Agora-Signature-V2: it does not match"),
            ("right", "empty", "unreadable", "header Agora-Signature-V2: it is no text but empty"),
            ("empty", "right", "unreadable", "it is no text but empty"),
        ],
    )
    def test_each_pair(self, first: str, second: str, state: str, why: str) -> None:
        """The verdict, the quick way and the one who explains agree."""
        headers = []
        for one, how in zip(self.facts.sent, (first, second), strict=True):
            right = sign(one, SECRET, payload=None, body=BODY)
            texts = {"right": right, "wrong": right[::-1], "empty": ""}
            headers += [(one.place.field, texts[how])] if how in texts else []
        request = SimpleNamespace(body=BODY, headers=tuple(headers), url="")
        verdict = verify(self.facts, SECRET, payload={}, body=BODY, headers=headers)
        assert (verdict.state.value, verdict.reason) == (state, why)
        assert not prover(self.facts, [SECRET])({}, request) or verdict.valid
        assert prover(self.facts, [SECRET])({}, request) == ((first, second) == ("right", "right"))
        told = diagnose(self.facts, SECRET, payload={}, body=BODY, headers=headers)
        assert verdict.valid or ("SHA256" in told.string_to_sign) == ("V2" in why)


def test_the_genuine_signatures_are_valid() -> None:
    """The signatures that all else here is compared with are valid."""
    assert verify(IN_BODY, SECRET, payload=SIGNED, body=b"").valid
    headers = [("Signature", GOOD_HEADER)]
    assert verify(IN_HEADER, SECRET, payload=None, body=BODY, headers=headers).valid


@hostile
def test_no_signature_in_the_body_passes_but_the_right_one(value: Any) -> None:
    """Any other value of the field is invalid, and none of them raises."""
    verdict = verify(IN_BODY, SECRET, payload={**SIGNED, "signature": value}, body=b"")
    assert not verdict.valid
    wanted = SignatureState.WRONG if isinstance(value, str) and value else None
    assert verdict.state is (wanted or SignatureState.UNREADABLE)
    assert verdict.reason


@hostile
def test_no_signature_in_a_header_passes_but_the_right_one(value: Any) -> None:
    """Any other value of the header is invalid, and none of them raises."""
    headers = [("Signature", value)]
    assert not verify(IN_HEADER, SECRET, payload=None, body=BODY, headers=headers).valid


@hostile
@each("field", ["timestamp", "nonce"])
def test_no_signed_field_passes_but_the_right_one(field: str, value: Any) -> None:
    """Any other value of a signed field is invalid, and none of them raises."""
    assert not verify(IN_BODY, SECRET, payload={**SIGNED, field: value}, body=b"").valid


@hostile
def test_no_payload_raises(value: Any) -> None:
    """A payload that is no object at all has no signature."""
    verdict = verify(IN_BODY, SECRET, payload=value, body=b"")
    assert verdict.state is SignatureState.MISSING


@hostile
@each("field", ["timestamp", "nonce"])
def test_any_field_can_be_signed(field: str, value: Any) -> None:
    """Signing never raises: payloads that are wrong on purpose are signed too."""
    signature = sign(IN_BODY, SECRET, payload={**SIGNED, field: value}, body=b"")
    assert len(signature) == 40


@pytest.mark.parametrize("payload", [{}, {"timestamp": "1", "nonce": "2"}, {"Signature": GOOD}])
def test_a_signature_that_is_not_there_is_missing(payload: dict[str, str]) -> None:
    """Without its field a signature is missing, which is another thing than wrong."""
    assert verify(IN_BODY, SECRET, payload=payload, body=b"").state is SignatureState.MISSING


@pytest.mark.parametrize("field", ["timestamp", "nonce"])
def test_a_signed_field_that_is_missing_is_unreadable(field: str) -> None:
    """Without what was signed nothing can be verified, not even by a fitting digest."""
    payload = {key: value for key, value in SIGNED.items() if key != field}
    payload["signature"] = sign(IN_BODY, SECRET, payload=payload, body=b"")
    verdict = verify(IN_BODY, SECRET, payload=payload, body=b"")
    assert verdict.state is SignatureState.UNREADABLE
    assert field in verdict.reason


@pytest.mark.parametrize("name", ["Signature", "signature", "SIGNATURE"])
def test_header_names_have_no_case(name: str) -> None:
    """A header is found in any letter case, among others."""
    headers = [("Host", "x"), (name, GOOD_HEADER)]
    assert verify(IN_HEADER, SECRET, payload=None, body=BODY, headers=headers).valid


def test_a_missing_header_is_missing() -> None:
    """Without its header a signature is missing."""
    headers = [("X-Signature", GOOD_HEADER)]
    verdict = verify(IN_HEADER, SECRET, payload=None, body=BODY, headers=headers)
    assert verdict.state is SignatureState.MISSING
    assert verdict.reason == "no header Signature"


@pytest.mark.parametrize("secret", [b"", b"Secret", b"secret ", b"secret\n", b"\xff"])
def test_another_secret_proves_nothing(secret: bytes) -> None:
    """A signature made with another secret is wrong."""
    assert not verify(IN_BODY, secret, payload=SIGNED, body=b"").valid
    headers = [("Signature", GOOD_HEADER)]
    assert not verify(IN_HEADER, secret, payload=None, body=BODY, headers=headers).valid


def test_the_body_counts_only_where_it_is_covered() -> None:
    """A scheme over fields leaves the rest of the body open; one over the body does not."""
    assert verify(IN_BODY, SECRET, payload={**SIGNED, "event": "changed"}, body=b"any").valid
    headers = [("Signature", GOOD_HEADER)]
    assert not verify(IN_HEADER, SECRET, payload=None, body=BODY + b" ", headers=headers).valid
    assert IN_HEADER.covers_body
    assert not IN_BODY.covers_body


def test_swapped_fields_sign_alike() -> None:
    """Sorting makes the scheme blind to which field holds which value: a limit of the vendor's."""
    swapped = {**SIGNED, "timestamp": SIGNED["nonce"], "nonce": SIGNED["timestamp"]}
    assert verify(IN_BODY, SECRET, payload=swapped, body=b"").valid


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=5,
    ),
    st.sampled_from(["timestamp", "nonce", "signature", None]),
)
@settings(max_examples=500, derandomize=True, database=None, deadline=None)
def test_nothing_raises_and_nothing_passes(value: Any, field: str | None) -> None:
    """Whatever stands in whichever field, the answer is a state, and it is not valid."""
    payload = value if field is None else {**SIGNED, field: value}
    for facts in (IN_BODY, IN_HEADER):
        verdict = verify(facts, SECRET, payload=payload, body=b"", headers=[("Signature", value)])
        assert not verdict.valid or payload == SIGNED
        assert sign(facts, SECRET, payload=payload, body=b"")
