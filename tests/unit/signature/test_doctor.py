"""The signature doctor names the mistake in a signature, and gives nothing away."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
import re
import time
from base64 import b64encode
from dataclasses import astuple, replace
from typing import Any

import pytest
from each import each
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.signature.signing_mistakes import (
    ALL_SIGNED,
    BODY,
    HMAC,
    MOMENT,
    NONCE,
    OTHERS,
    PAYLOAD,
    RIGHT,
    RIGHT_MAC,
    SECRET,
    SORTED,
    STAGING,
    Signed,
)

from hookproof.signature import sign, verify
from hookproof.signature.doctor import MISTAKES, Diagnosis, diagnose
from hookproof.signature.mistakes.attempt import DIGEST_SIZES, Attempt
from hookproof.signature.mistakes.explain import guesses
from hookproof.signature.mistakes.ordering import _by_size

LOOP: list[Any] = []
LOOP.append(LOOP)
DEEP: list[Any] = []
for _ in range(5000):
    DEEP = [DEEP]

HOSTILE = {
    "none": None,
    "empty": "",
    "list": [RIGHT],
    "dict": {"a": RIGHT},
    "number": 284,
    "huge-number": 10**5000,
    "huge-float": 1e300,
    "nan": float("nan"),
    "infinity": math.inf,
    "true": True,
    "bytes": RIGHT.encode(),
    "object": object(),
    "loop": LOOP,
    "deep": DEEP,
    "keys": {1: 2, "a": 3, None: 4},
    "other-digest": "0" * 40,
    "fullwidth-digits": "".join(chr(ord(c) + 0xFEE0) for c in RIGHT),
    "not-ascii": "ä" * 40,
    "nul": "\x00" * 40,
    "terminal": "\x1b[2J\x9b31m\u202e\x7f",
    "braces": "{detail}{0}%s%(a)s",
    "percent": "%ff%zz%",
    "only-padding": "====",
    "blanks": " \t\r\n\u00a0",
    "lone-surrogate": "\ud800" + RIGHT[1:],
    "surrogate-escape": RIGHT[:-1] + "\udcff",
    "exponent": "1e99",
    "many-digits": "9" * 39,
    "thousands-of-digits": "9" * 6000,
    "megabyte": "0123456789abcdef" * 65_536,
    "megabyte-of-escapes": "%41" * 350_000,
}
hostile = pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())


def diagnosed(case: Signed, **changed: Any) -> Diagnosis:
    """What the doctor says of a case."""
    given = {
        "payload": case.payload,
        "body": case.body,
        "headers": case.headers,
        "other_secrets": OTHERS,
    }
    return diagnose(case.facts, case.secret, **(given | changed))


def written(diagnosis: Diagnosis) -> str:
    """All texts of a diagnosis, and what a crash would print of it."""
    return "\n".join([*astuple(diagnosis), repr(diagnosis)])


@each("case", ALL_SIGNED)
def test_a_mistake_is_named(case: Signed) -> None:
    """A signature made with one mistake does not verify, and the mistake is named."""
    given = {"payload": case.payload, "body": case.body, "headers": case.headers}
    assert not verify(case.facts, case.secret, **given).valid
    diagnosis = diagnosed(case)
    assert diagnosis.mistake == case.mistake
    assert case.says in diagnosis.explanation


@each("case", ALL_SIGNED)
def test_no_secret_and_no_right_signature_is_told(case: Signed) -> None:
    """Neither the secrets nor the right signature are in what is said of any mistake."""
    text = written(diagnosed(case)).lower()
    right = [
        sign(case.facts, case.secret, payload=case.payload, body=case.body, encoding=encoding)
        for encoding in ("hex", "base64")
    ]
    bare = case.secret.strip(b"\n\"'").decode()
    for told in (*right, bare, STAGING.decode(), case.secret.hex()):
        assert told.lower() not in text
        assert told[:8].lower() not in text


def test_names_that_were_sorted_since_are_named() -> None:
    """A database keeps objects with sorted names; the sender's order is that of the page."""
    sample = {"b": 1, "a": [{"d": 1, "c": 2}], "e": None}
    came = b'{"a": [{"c": 4, "d": 3}, {"c": 6, "d": 5, "x": 7}], "b": 2, "z": 8}'
    signed = b'{"b":2,"a":[{"d":3,"c":4},{"d":5,"c":6,"x":7}],"z":8}'
    headers = (("Signature", b64encode(hmac.digest(SECRET, signed, "sha1")).decode()),)
    given = {"payload": json.loads(came), "body": came, "headers": headers}
    assert diagnose(HMAC, SECRET, **given).mistake == ""
    diagnosis = diagnose(HMAC, SECRET, **given, sample=sample)
    assert diagnosis.mistake == "reserialised-compact"
    assert "names in the documented order" in diagnosis.explanation


def test_every_mistake_has_a_case_and_a_sentence() -> None:
    """All mistakes are documented in a sentence of their own kind, and proved by a case."""
    assert {case.mistake for case in ALL_SIGNED} == MISTAKES.keys()
    for mistake, sentence in MISTAKES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", mistake)
        assert re.fullmatch(r"[A-Z{].+; .+\.", sentence), "what was done; what to do."
        assert set(re.findall(r"{(\w*)}", sentence)) <= {"detail", "used", "wanted"}


def is_layout(mistake: str) -> bool:
    """Whether a mistake differs from another one in the layout of JSON alone."""
    return mistake in {"reserialised-blanks", "reserialised-indented"}


def test_no_sentence_is_given_twice() -> None:
    """Two mistakes are told in two sentences, unless they are layouts of one rewriting."""
    sentences = [text for mistake, text in MISTAKES.items() if not is_layout(mistake)]
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(
    "signature", ["0" * 40, "f" * 64, b64encode(b"\x07" * 20).decode(), RIGHT[::-1], "a" * 32]
)
@pytest.mark.parametrize("facts", [SORTED, HMAC], ids=["sorted", "hmac"])
def test_a_random_signature_matches_nothing(facts: Any, signature: str) -> None:
    """What no mistake explains gets no mistake's name, but a word on its form."""
    payload = {**PAYLOAD, "timestamp": "1481597358", "nonce": "158273", "signature": signature}
    headers = [("Signature", signature)]
    diagnosis = diagnose(facts, SECRET, payload=payload, body=BODY, headers=headers)
    assert diagnosis.mistake == ""
    assert "right form" in diagnosis.explanation or "bytes" in diagnosis.explanation


@pytest.mark.parametrize("signature", [RIGHT[:15], "XXXXXXX", "12345678987654321", "abc", "ä" * 40])
def test_what_is_no_digest_is_called_so(signature: str) -> None:
    """A placeholder is no digest, and the first few right characters count for nothing."""
    payload = {"timestamp": "1481597358", "nonce": "158273", "signature": signature}
    diagnosis = diagnose(SORTED, SECRET, payload=payload, body=b"")
    assert diagnosis.mistake == ""
    assert "SHA-1 has 40 characters of hex" in diagnosis.explanation


def test_a_right_signature_has_no_mistake() -> None:
    """A signature that verifies is not explained."""
    payload = {"timestamp": "1481597358", "nonce": "158273", "signature": RIGHT}
    told = diagnose(SORTED, SECRET, payload=payload, body=b"")
    assert (told.mistake, told.explanation) == ("", "")


@pytest.mark.parametrize("signature", [..., "", None, 5])
def test_where_there_is_no_signature_only_the_string_is_told(signature: Any) -> None:
    """Without a signature anywhere there is no mistake, but still what is to be signed."""
    payload = {"timestamp": 1481597358, "signature": signature}
    payload = {key: value for key, value in payload.items() if value is not ...}
    assert diagnose(SORTED, SECRET, payload=payload, body=b"") == Diagnosis(
        'sorted and joined: "" (nonce) + "1481597358" + <secret>'
    )


def test_the_string_over_sorted_values() -> None:
    """Values stand in the order in which they are signed, the secret masked among them."""
    payload = {"timestamp": MOMENT.decode(), "nonce": NONCE.decode(), "signature": "0" * 40}
    diagnosis = diagnose(SORTED, SECRET, payload=payload, body=b"")
    assert diagnosis.string_to_sign == 'sorted and joined: "1481597358" + "158273" + <secret>'
    diagnosis = diagnose(SORTED, b"15", payload=payload | {"nonce": 27}, body=b"")
    assert diagnosis.string_to_sign == (
        'sorted and joined: <a value that holds a secret> + <secret> + "27"'
    )


def test_the_string_over_a_body() -> None:
    """Of a body its size and beginning are told, escaped."""
    body = b'{\n"BizID":1400000000,"x":"\x1b[2J"}'
    assert diagnose(HMAC, SECRET, payload=None, body=body).string_to_sign == (
        f'HMAC-SHA1 over the {len(body)} body bytes, beginning {{\\n"BizID":140000…'
    )
    assert diagnose(HMAC, SECRET, payload=None, body=b"").string_to_sign == (
        "HMAC-SHA1 over the empty body"
    )


@pytest.mark.parametrize("sent", [SECRET, b"a" + SECRET.upper(), STAGING, b"x" * 30 + SECRET])
def test_a_secret_that_is_sent_is_not_shown(sent: bytes) -> None:
    """A secret that stands in a value, a body or a header's name is masked there too."""
    text = sent.decode()
    payload = {"timestamp": "1", "nonce": text, "signature": "0" * 40, text: RIGHT}
    for facts in (SORTED, HMAC):
        diagnosis = diagnose(
            facts,
            SECRET,
            payload=payload,
            body=sent[-len(SECRET) - 4 :] + b"{}",
            headers=[(text, b64encode(RIGHT_MAC).decode()), ("Signature", text)],
            other_secrets={"STAGING": STAGING},
        )
        assert SECRET.decode().lower() not in written(diagnosis).lower()
        assert STAGING.decode() not in written(diagnosis)


def test_what_is_shown_is_safe_to_print() -> None:
    """Control characters and what turns text around are escaped, long values are cut."""
    for name, value in HOSTILE.items():
        payload = {"timestamp": value, "nonce": value, "signature": "0" * 40}
        told = written(diagnose(SORTED, SECRET, payload=payload, body=b"", headers=()))
        assert told.replace("\n", "").replace("…", "").isascii(), name
        assert told.replace("\n", "").replace("…", "").isprintable(), name
        assert len(told) < 2000, name


@hostile
def test_nothing_raises_over_sorted_values(value: Any) -> None:
    """Whatever stands in the signature, a signed field or the whole payload, it is told."""
    signed = {"timestamp": MOMENT.decode(), "nonce": NONCE.decode(), "signature": "0" * 40}
    payloads = [value, *({**signed, name: value} for name in ("signature", "nonce", "Signature"))]
    for payload in payloads:
        for signature in ("0" * 40, ...):
            given = payload
            if isinstance(payload, dict) and signature is ... and "signature" in payload:
                given = {key: item for key, item in payload.items() if key != "signature"}
            diagnosis = diagnose(SORTED, SECRET, payload=given, body=BODY, other_secrets=OTHERS)
            assert diagnosis.mistake in {"", *MISTAKES}


@hostile
def test_nothing_raises_over_a_body(value: Any) -> None:
    """Whatever the payload, the header or its name is, it is told."""
    for payload, headers in (
        (value, [("Signature", "0" * 40)]),
        ({"a": value}, [("Signature", b64encode(bytes(20)).decode())]),
        (PAYLOAD, [("Signature", value)]),
        (PAYLOAD, [(value if isinstance(value, str) else "Sign", "0" * 40)]),
    ):
        diagnosis = diagnose(HMAC, SECRET, payload=payload, body=BODY, headers=headers)
        assert diagnosis.mistake in {"", *MISTAKES}


@given(st.binary(max_size=60), st.text(max_size=60), st.binary(max_size=30))
@settings(max_examples=200, derandomize=True, database=None, deadline=None)
def test_nothing_raises_on_any_bytes(body: bytes, signature: str, secret: bytes) -> None:
    """Any body, signature and secret give a diagnosis."""
    payload = {"timestamp": signature, "nonce": "1", "signature": signature, "x": [signature]}
    for facts in (SORTED, HMAC):
        for sent in (signature, "0" * 40):
            diagnosis = diagnose(
                facts,
                secret,
                payload={**payload, "signature": sent},
                body=body,
                headers=[("Signature", sent)],
            )
            assert diagnosis.mistake in {"", *MISTAKES}


def test_large_bodies_are_not_written_anew() -> None:
    """Of a body of megabytes only the secret, the digest and the writing are tried, in time."""
    body = b'{"a":"' + b"x/" * 4_000_000 + b'"}'
    payload = {"a": "x/" * 4_000_000}
    started = time.monotonic()
    sent = sign(HMAC, SECRET + b"\n", payload=None, body=body)
    told = diagnose(HMAC, SECRET, payload=payload, body=body, headers=[("Signature", sent)])
    assert told.mistake == "secret-line-end"
    sent = sign(HMAC, SECRET, payload=None, body=body.replace(b"/", b"\\/"))
    told = diagnose(HMAC, SECRET, payload=payload, body=body, headers=[("Signature", sent)])
    assert told.mistake == ""
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("digest", DIGEST_SIZES)
@pytest.mark.parametrize("facts", [SORTED, HMAC], ids=["sorted", "hmac"])
def test_the_work_is_bounded(facts: Any, digest: str) -> None:
    """A payload with all that can be written in two ways takes some hundred digests."""
    attempt = Attempt(
        facts,
        SECRET,
        values=(MOMENT, NONCE) if facts is SORTED else (),
        payload=PAYLOAD,
        body=BODY,
        others=OTHERS,
        digests=(digest,),
    )
    made = list(guesses(attempt))
    assert 100 < len(made) < 1000
    assert {guess.mistake for guess in made} <= MISTAKES.keys()
    assert all(len(guess.raw) == DIGEST_SIZES[digest] for guess in made)


@pytest.mark.parametrize("count", [1, 3, 5])
def test_any_number_of_signed_fields_is_diagnosed(count: int) -> None:
    """Schemes over fewer or more values are guessed at too."""
    places = tuple(replace(SORTED.inputs[0], field=f"f{i}") for i in range(count))
    facts = replace(SORTED, inputs=places)
    payload = {f"f{i}": str(9 - i) for i in range(count)}
    right = sign(facts, SECRET + b" ", payload=payload, body=b"")
    told = diagnose(facts, SECRET, payload={**payload, "signature": right}, body=b"")
    assert told.mistake == "secret-blanks"
    wrong = hashlib.sha256("".join([*payload.values(), SECRET.decode()]).encode()).hexdigest()
    told = diagnose(facts, SECRET, payload={**payload, "signature": wrong}, body=b"")
    assert told.mistake in {"fixed-order", "other-digest"}


def test_values_that_are_sorted_as_texts_are_not_sorted_as_numbers() -> None:
    """Only an order that no sorting of texts gives shows that numbers were compared."""
    assert not _by_size([("a", b"1481597358"), ("b", b"2582730000")])
    assert not _by_size([("a", b"9"), ("b", b"10"), ("c", b"8")])
    assert not _by_size([("a", b"9"), ("b", b"x10")])
    assert _by_size([("a", b"9"), ("b", b"10")])
