"""A JSON Web Token that holds the body's digest signs and verifies as its vendor's library does."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from typing import Any

from hookproof.contract.model import BodyClaim, Place, SignatureFacts, Source
from hookproof.signature import sign, verify
from hookproof.signature.doctor import diagnose, holds_right_digest
from hookproof.signature.tokens import claims_of, with_claim, without_signature

PLACE = Place("header", "Authorization")
TOKEN = SignatureFacts(
    "jwt",
    "sha256",
    PLACE,
    (PLACE,),
    ("base64url",),
    ("body",),
    required=True,
    source=Source("https://example.com", "2026-01-01"),
    body_claim=BodyClaim("sha256", "sha256", "base64"),
)
# Body, key, secret and digest stand in the test of the vendor's library for JavaScript.
BODY = (
    b'{"event":"room_started", "room":{"sid":"RM_TkVjUvAqgzKz", "name":"mytestroom", '
    b'"emptyTimeout":300, "creationTime":"1628545903", "turnPassword":'
    b'"ICkSr2rEeslkN6e9bXL4Ji5zzMD5Z7zzr6ulOaxMj6N", "enabledCodecs":[{"mime":"audio/opus"}, '
    b'{"mime":"video/VP8"}]}}'
)
SECRET = b"abababa"
DIGEST = "CoEQz1chqJ9bnZRcORddjplkvpjmPujmLTR42DbefYI="
# What that vendor's library for Python makes of the same key, secret and digest.
MADE = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzaGEyNTYiOiJDb0VRejFjaHFKOWJuWlJjT1JkZGp"
    "wbGt2cGptUHVqbUxUUjQyRGJlZllJPSIsInN1YiI6IiIsImlzcyI6ImFiY2RlZmciLCJuYmYiOjE3OTU"
    "5Njg4ODcsImV4cCI6MTc5NTk2OTE4N30.NwhKY8x4whPcISQFPWyv3YZx-YX1QkUrhyzoIqUbOcY"
)


def by_hand(claims: dict[str, Any], secret: bytes = SECRET, alg: str = "HS256") -> str:
    """A token as its standard says, by none of our code."""
    parts = [{"alg": alg, "typ": "JWT"}, claims]
    signed = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    mac = hmac.new(secret, signed, hashlib.sha256).digest()
    return (signed + b"." + urlsafe_b64encode(mac).rstrip(b"=")).decode()


def state(token: str, body: bytes = BODY, secret: bytes = SECRET) -> str:
    """What a token is taken for."""
    headers = (("authorization", token),)
    verdict = verify(TOKEN, secret, payload=None, body=body, headers=headers)
    return f"{verdict.state.value}: {verdict.reason}".removesuffix(": ")


def test_a_token_of_the_vendors_library() -> None:
    """It holds for its body and secret, and for no other."""
    assert state(MADE) == "valid"
    assert claims_of(MADE)["sha256"] == DIGEST
    assert state(MADE, secret=b"abababb") == "wrong: it does not match"
    changed = "wrong: its claim sha256 is not the digest of this body"
    assert state(MADE, body=BODY.replace(b"300", b"301")) == changed


def test_a_token_is_made_with_the_claims_that_stand_in_its_place() -> None:
    """Signing keeps the claims of a draft, and adds the digest of the body."""
    draft = with_claim(TOKEN, with_claim(TOKEN, "", "iss", "abcdefg"), "exp", 1700000300)
    made = sign(TOKEN, SECRET, payload=None, body=BODY, headers=(("Authorization", draft),))
    assert claims_of(made) == {"iss": "abcdefg", "exp": 1700000300, "sha256": DIGEST}
    assert made == by_hand_compact(claims_of(made))
    assert state(made) == "valid"


def by_hand_compact(claims: dict[str, Any]) -> str:
    """The same token with no blanks in its parts."""
    signed = b".".join(
        urlsafe_b64encode(json.dumps(part, separators=(",", ":")).encode()).rstrip(b"=")
        for part in ({"alg": "HS256", "typ": "JWT"}, claims)
    )
    mac = hmac.new(SECRET, signed, hashlib.sha256).digest()
    return (signed + b"." + urlsafe_b64encode(mac).rstrip(b"=")).decode()


def test_forged_tokens() -> None:
    """Nothing but the right signature over the very claims that came proves the sender."""
    genuine = by_hand({"iss": "a", "exp": 1, "sha256": DIGEST})
    head, claims, mac = genuine.split(".")
    assert state(genuine) == "valid"
    assert state(without_signature(genuine)).startswith(
        "unreadable: the alg of the token is 'none'"
    )
    assert state(by_hand({"sha256": DIGEST}, alg="HS512")).startswith("unreadable: the alg")
    for forged in (f"{head}.{claims}.", f"{head}.{claims}.{mac[::-1]}", f"{head}.{claims}.{mac}A"):
        assert state(forged) == "wrong: it does not match"
    other = by_hand({"iss": "b", "exp": 1, "sha256": DIGEST}).split(".")[1]
    assert state(f"{head}.{other}.{mac}") == "wrong: it does not match"
    # A claim that is put right must not make the signature of another token hold.
    opened = json.loads(urlsafe_b64decode(claims + "=="))
    spoiled = urlsafe_b64encode(json.dumps(opened | {"sha256": "x"}).encode()).decode().rstrip("=")
    assert state(f"{head}.{spoiled}.{mac}").startswith("wrong: its claim sha256")
    assert not holds_right_digest(
        TOKEN, SECRET, payload=None, body=BODY, headers=(("Authorization", f"{head}.{claims}."),)
    )


def test_texts_that_are_no_tokens() -> None:
    """Whatever a stranger sends is answered, and never raises."""
    texts = [
        "a",
        "a.b.c",
        "..",
        "é.é.é",
        "." * 70000,
        "[]",
        "e30.e30.e30",
        "W10.W10.x",
        "\udc80.a.b",
    ]
    deep = urlsafe_b64encode(b"[" * 9000).decode()
    for text in [*texts, f"{deep}.{deep}.x"]:
        assert (
            state(text) == "unreadable: it is no JSON Web Token: three parts with dots between them"
        )
    assert state("") == "unreadable: it is no text but empty"


def test_what_the_doctor_says() -> None:
    """It names the secret that was wrong, and the body that was written anew before hashing."""
    told = {}
    other = json.dumps(json.loads(BODY), separators=(",", ":")).encode()
    digest = b64encode(hashlib.sha256(other).digest()).decode()
    for name, token in {
        "secret": by_hand({"sha256": DIGEST}, secret=SECRET + b"\n"),
        "layout": by_hand_compact({"iss": "a", "sha256": digest}),
        "nobody": by_hand({"sha256": DIGEST}, secret=b"x"),
    }.items():
        headers = (("Authorization", token),)
        payload = json.loads(BODY)
        found = diagnose(TOKEN, SECRET, payload=payload, body=BODY, headers=headers)
        told[name] = found.mistake
        assert SECRET.decode() not in found.explanation + found.string_to_sign
        assert "sha256 of the body (253 bytes)" in found.string_to_sign
    assert told["secret"] == "secret-line-end"
    assert told["layout"] == "reserialised-compact"
    assert told["nobody"] == ""


def test_another_hash_and_the_digest_in_hex() -> None:
    """The words of the recipe are carried out, each by itself."""
    facts = replace(TOKEN, digest="sha512", body_claim=BodyClaim("hash", "md5", "hex"))
    made = sign(facts, SECRET, payload=None, body=BODY)
    head, claims, mac = made.split(".")
    assert json.loads(urlsafe_b64decode(head + "==")) == {"alg": "HS512", "typ": "JWT"}
    assert claims_of(made) == {"hash": hashlib.md5(BODY, usedforsecurity=False).hexdigest()}
    right = hmac.new(SECRET, f"{head}.{claims}".encode(), hashlib.sha512).digest()
    assert urlsafe_b64decode(mac + "==") == right
