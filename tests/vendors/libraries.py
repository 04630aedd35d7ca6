"""The vendors' own libraries, in an environment of their own: they verify, sign and receive.

`libraries.py verify VENDOR` says for each request on its input, a line of JSON, whether the library
takes it. `sign VENDOR` makes headers for a body, `serve VENDOR PORT` is a receiver.
"""

from __future__ import annotations

import hmac
import json
import os
import sys
import time
from base64 import b64encode
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import standardwebhooks
import stripe
from slack_sdk.signature import SignatureVerifier
from twilio.request_validator import RequestValidator

SECRET = os.environ["HOOKPROOF_SECRET"]


def _is_hmac(given: str | None, right: str) -> bool:
    return hmac.compare_digest((given or "").encode("utf-8", "replace"), right.encode())


def _github(body: bytes) -> str:
    return "sha256=" + hmac.new(SECRET.encode(), body, "sha256").hexdigest()


def _shopify(body: bytes) -> str:
    return b64encode(hmac.new(SECRET.encode(), body, "sha256").digest()).decode()


def _stripe(headers: dict[str, str], body: bytes) -> bool:
    given = headers.get("stripe-signature", "")
    try:
        # construct_event does the same and falls over a signed body that is null.
        return stripe.WebhookSignature.verify_header(body.decode(), given, SECRET, 300)
    except (stripe.SignatureVerificationError, TypeError, UnicodeDecodeError):
        # The second for a header that is not ASCII.
        return False


def _standard_webhooks(headers: dict[str, str], body: bytes) -> bool:
    try:
        standardwebhooks.Webhook(SECRET).verify(body, headers)
    except Exception:  # noqa: BLE001 - it raises more than its own for odd headers
        return False
    return True


def _slack(headers: dict[str, str], body: bytes) -> bool:
    try:
        return SignatureVerifier(SECRET).is_valid_request(body, headers)
    except (ValueError, TypeError):
        return False


def _twilio(headers: dict[str, str], body: bytes, url: str) -> bool:
    pairs = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    given = headers.get("x-twilio-signature", "")
    return given.isascii() and RequestValidator(SECRET).validate(url, pairs, given)


def verify(vendor: str, url: str, headers: dict[str, str], body: bytes) -> bool:
    """Whether the vendor's library takes a request for genuine; names of headers in lower case."""
    if vendor == "twilio":
        return _twilio(headers, body, url)
    if vendor == "github":
        return _is_hmac(headers.get("x-hub-signature-256"), _github(body))
    if vendor == "shopify":
        return _is_hmac(headers.get("x-shopify-hmac-sha256"), _shopify(body))
    by_library = {
        "stripe": _stripe,
        "standard_webhooks": _standard_webhooks,
        "slack": _slack,
    }
    return by_library[vendor](headers, body)


def sign(vendor: str, url: str, body: bytes) -> dict[str, str]:
    """The headers that the vendor's library, or its own rule, makes for a body."""
    now = int(time.time())
    match vendor:
        case "stripe":
            mac = stripe.WebhookSignature._compute_signature(f"{now}.{body.decode()}", SECRET)
            return {"Stripe-Signature": f"t={now},v1={mac}"}
        case "standard_webhooks":
            made = standardwebhooks.Webhook(SECRET).sign(
                "msg_1", datetime.fromtimestamp(now, UTC), body.decode()
            )
            return {
                "webhook-id": "msg_1",
                "webhook-timestamp": str(now),
                "webhook-signature": made,
            }
        case "slack":
            made = SignatureVerifier(SECRET).generate_signature(timestamp=str(now), body=body)
            return {"X-Slack-Request-Timestamp": str(now), "X-Slack-Signature": made or ""}
        case "twilio":
            pairs = dict(parse_qsl(body.decode(), keep_blank_values=True))
            return {"X-Twilio-Signature": RequestValidator(SECRET).compute_signature(url, pairs)}
        case "github":
            return {"X-Hub-Signature-256": _github(body)}
        case _:
            return {"X-Shopify-Hmac-Sha256": _shopify(body)}


class Handler(BaseHTTPRequestHandler):
    """A correct receiver, or with UNVERIFIED set one that takes whatever comes."""

    protocol_version = "HTTP/1.1"
    vendor = ""
    port = 0

    def do_POST(self) -> None:
        """Verify first, then read."""
        body = self._body()
        headers = {name.lower(): value for name, value in self.headers.items()}
        url = f"http://127.0.0.1:{self.port}{self.path}"
        if not os.environ.get("UNVERIFIED") and not verify(self.vendor, url, headers, body):
            return self._answer(401, b"signature")
        try:
            read: Any = dict(parse_qsl(body.decode())) if self.vendor == "twilio" else None
            read = json.loads(body) if read is None else read
        except (ValueError, RecursionError):
            return self._answer(400, b"body")
        if self.vendor == "slack" and isinstance(read, dict) and "challenge" in read:
            return self._answer(200, json.dumps({"challenge": read["challenge"]}).encode())
        return self._answer(200 if isinstance(read, dict) else 400, b"")

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Do what the command line says."""
    what, vendor, *rest = sys.argv[1:]
    if what == "serve":
        Handler.vendor, Handler.port = vendor, int(rest[0])
        ThreadingHTTPServer(("127.0.0.1", Handler.port), Handler).serve_forever()
    for line in sys.stdin:
        given = json.loads(line)
        body = given["body"].encode("latin-1")
        if what == "verify":
            headers = {name.lower(): value for name, value in given["headers"]}
            print(json.dumps(verify(vendor, given["url"], headers, body)))
        else:
            print(json.dumps(sign(vendor, given["url"], body)))


main()
