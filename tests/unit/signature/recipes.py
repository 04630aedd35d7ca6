"""Signatures as a contract says them: the named schemes, and those of other vendors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hookproof.contract.parser import signature_of

if TYPE_CHECKING:
    from hookproof.contract.model import SignatureFacts

SOURCE = {"page": "https://example.com/callbacks", "date": "2026-01-02"}


def recipe(scheme: str, *, at: str = "header Signature", **more: Any) -> SignatureFacts:
    """A signature of one scheme; `at` says where it sits, everything else is as in a contract."""
    within, field = at.split(" ")
    base = {"encodings": ["hex"], "required": True, "source": SOURCE}
    place = {"in": within, "field": field, **more.pop("signature", {})}
    return signature_of({**base, "scheme": scheme, "signature": place, **more})


def header(field: str, **more: str) -> dict[str, str]:
    """A value in a header, as a part of a message."""
    return {"in": "header", "field": field, **more}


STRIPE = recipe(
    "hmac",
    at="header Stripe-Signature",
    digest="sha256",
    message=[header("Stripe-Signature", pair="t"), {"literal": "."}, "body"],
    signature={"pair": "v1"},
)
SLACK = recipe(
    "hmac",
    at="header X-Slack-Signature",
    digest="sha256",
    message=[{"literal": "v0:"}, header("X-Slack-Request-Timestamp"), {"literal": ":"}, "body"],
    signature={"prefix": "v0="},
)
STANDARD = recipe(
    "hmac",
    at="header webhook-signature",
    digest="sha256",
    message=[header("webhook-id"), header("webhook-timestamp"), "body"],
    separator=".",
    signature={"prefix": "v1,", "several": " "},
    secret={"encoding": "base64", "prefix": "whsec_"},
    encodings=["base64"],
)
GITHUB = recipe(
    "hmac",
    at="header X-Hub-Signature-256",
    digest="sha256",
    message=["body"],
    signature={"prefix": "sha256="},
)
TWILIO = recipe(
    "hmac",
    at="header X-Twilio-Signature",
    digest="sha1",
    message=["url", "form"],
    encodings=["base64"],
)
TOKEN_AND_TIME = recipe(
    "hash",
    at="query Sign",
    digest="sha256",
    message=["secret", {"in": "query", "field": "RequestTime"}],
)
SORTED_SHA256 = recipe(
    "hash",
    at="body Signature",
    digest="sha256",
    message=["secret", {"in": "body", "field": "a"}, {"in": "body", "field": "b"}],
    order="sorted",
)
