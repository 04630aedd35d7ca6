"""A receiver that trusts the signature and nothing else, and closes each connection.

What is signed right and not older than five minutes is acknowledged, whatever it says: it goes
into a queue, and the worker behind it decides. All else is 403.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

FIVE_MINUTES = 300


def fields_of(raw: bytes, content_type: str) -> dict[str, Any]:
    """The fields of a body, names in lower case; none where it cannot be read."""
    try:
        text = raw.decode("utf-8")
        if "form" in content_type:
            found: Any = dict(parse_qsl(text, keep_blank_values=True))
        else:
            found = json.loads(unquote_plus(text) if text.startswith("%7B") else text)
    except (ValueError, RecursionError):
        return {}
    return {name.lower(): value for name, value in found.items()} if isinstance(found, dict) else {}


def is_genuine(fields: dict[str, Any], secret: str, now: float) -> bool:
    """Whether the signature is right and the moment recent."""
    parts = [fields.get(name) for name in ("signature", "timestamp", "nonce")]
    if not all(isinstance(part, str) and part.isascii() for part in parts):
        return False
    signature, timestamp, nonce = map(str, parts)
    if not timestamp.isdigit() or abs(now - int(timestamp[:12])) > FIVE_MINUTES:
        return False
    joined = "".join(sorted([timestamp, nonce, secret]))
    expected = hashlib.sha1(joined.encode()).hexdigest()  # noqa: S324 - the vendor's
    return hmac.compare_digest(signature, expected)


class Handler(BaseHTTPRequestHandler):
    """HTTP/1.0, as the standard library has it by default."""

    def do_POST(self) -> None:
        """Answer one callback."""
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fields = fields_of(raw, self.headers.get("Content-Type", ""))
        genuine = is_genuine(fields, os.environ["CALLBACK_SECRET"], time.time())
        self.send_response(200 if genuine else 403)
        self.end_headers()
        self.wfile.write(b"1" if genuine else b"")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Stay quiet."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
