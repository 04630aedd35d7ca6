"""Recipes give the signatures that vendors print, or that their own rules give by hand."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from unit.signature.recipes import (
    GITHUB,
    SLACK,
    SORTED_SHA256,
    STANDARD,
    STRIPE,
    TOKEN_AND_TIME,
    TWILIO,
)

from hookproof.signature import SignatureState, sign, verify
from hookproof.signature.verify import claimed, is_in_sight, written

if TYPE_CHECKING:
    from hookproof.contract.model import SignatureFacts

BODY = b'{"a":1}'


def state(facts: SignatureFacts, secret: bytes, *headers: tuple[str, str], **more: object) -> str:
    """What a signature is taken for."""
    given = {"payload": None, "body": BODY, "headers": headers, **more}
    return verify(facts, secret, **given).state.value  # type: ignore[arg-type]


def test_the_vector_of_slack() -> None:
    """The vendor's page prints this secret, moment, body and signature."""
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id="
        b"G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2F"
        b"webhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J"
        b"%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121."
        b"803a0bc887a14d10d2c447fce8b6703c"
    )
    secret = b"8f742231b10e8888abcd99yyyzzz85a5"
    right = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    moment = ("X-Slack-Request-Timestamp", "1531420618")
    assert state(SLACK, secret, ("X-Slack-Signature", right), moment, body=body) == "valid"
    later = ("X-Slack-Request-Timestamp", "1531420619")
    assert state(SLACK, secret, ("X-Slack-Signature", right), later, body=body) == "wrong"


def test_the_vector_of_github() -> None:
    """The vendor's page prints this secret, body and signature."""
    right = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    carried = ("X-Hub-Signature-256", right)
    assert state(GITHUB, b"It's a Secret to Everybody", carried, body=b"Hello, World!") == "valid"
    bare = ("X-Hub-Signature-256", right.removeprefix("sha256="))
    assert state(GITHUB, b"It's a Secret to Everybody", bare, body=b"Hello, World!") == "wrong"


def test_the_vector_of_standard_webhooks() -> None:
    """The specification's libraries test this secret, identifier, moment and body."""
    secret, body = b"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    sent = (("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", "1614265330"))
    right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    for given in (right, f"v1,AAAA {right}", f"{right} v2,zzzz"):
        assert state(STANDARD, secret, ("webhook-signature", given), *sent, body=body) == "valid"
    for given in (right.replace("v1", "v1a"), right[:-4], "v1,", f"v1,{right}"):
        assert state(STANDARD, secret, ("webhook-signature", given), *sent, body=body) == "wrong"


def test_pairs_in_one_header() -> None:
    """Moment and signatures stand in one header; one right signature among several is enough."""
    mac = hmac.new(b"whsec_x", b"1492774577." + BODY, "sha256").hexdigest()
    right = f"t=1492774577,v1={mac}"
    for given in (right, f"t=1492774577,v1={'0' * 64},v1={mac},v0=1", f"v1={mac}, t=1492774577"):
        assert state(STRIPE, b"whsec_x", ("stripe-signature", given)) == "valid"
    assert state(STRIPE, b"whsec_x", ("Stripe-Signature", right.replace("t=1", "t=2"))) == "wrong"
    assert state(STRIPE, b"whsec_x", ("Stripe-Signature", f"t=1492774577,v0={mac}")) == "missing"
    assert state(STRIPE, b"whsec_x", ("Stripe-Signature", f"v1={mac}")) == "unreadable"


def test_the_url_and_the_sorted_fields_of_a_form() -> None:
    """The vendor's page signs the address and each name with its value, sorted by name."""
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    body = b"CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To="
    body += b"%2B18005551212"
    carried = ("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    assert state(TWILIO, b"12345", carried, body=body, url=url) == "valid"
    assert state(TWILIO, b"12345", carried, body=body, url=f"{url}&x=1") == "wrong"


def test_a_token_and_a_moment_in_the_query() -> None:
    """The vendor's page prints this digest of token and moment."""
    right = hashlib.sha256(b"xxxxyyyy1669872112").hexdigest()
    assert right.startswith("17773bc3")
    url = f"?Sign={right}&RequestTime=1669872112"
    assert state(TOKEN_AND_TIME, b"xxxxyyyy", url=url) == "valid"
    assert state(TOKEN_AND_TIME, b"xxxxyyyy", url=url.replace("112", "113")) == "wrong"
    assert not is_in_sight(TOKEN_AND_TIME, headers=(), url="")


def test_sorted_values_with_another_hash() -> None:
    """The order is that of texts, and the hash is the one that the contract names."""
    payload = {"a": "99", "b": "100"}
    right = hashlib.sha256(b"10099secret").hexdigest()
    assert sign(SORTED_SHA256, b"secret", payload=payload, body=b"") == right


@pytest.mark.parametrize("facts", [STRIPE, SLACK, STANDARD, GITHUB])
def test_what_is_written_is_read_again(facts: SignatureFacts) -> None:
    """A signature with all that stands around it verifies, and its digest is found in it."""
    values = {place.field: "1492774577" for place in facts.inputs}
    moment = "t=1492774577" if facts.place.pair else ""
    headers = [*values.items()] if not moment else [(facts.place.field, moment)]
    secret = b"whsec_" + b64encode(b"0" * 24)
    right = sign(facts, secret, payload=None, body=BODY, headers=headers)
    text = written(facts, right, beside=moment)
    carried = [pair for pair in headers if pair[0] != facts.place.field]
    assert state(facts, secret, (facts.place.field, text), *carried) == SignatureState.VALID
    assert moment or claimed(facts, text) == [right]
