"""A receiver of voice recordings, written from the vendor's page alone with the standard library.

The page says HMAC-SHA1 over the body and not how the digest is written, so hexadecimal and
Base64 are both taken. A wrong signature gets 401, a malformed body 400.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WHOLE = {"BizID": 2**32 - 1, "Timestamp": 2**63 - 1, "TaskID": 2**64 - 1}


def digest_in(header: str) -> bytes:
    """The digest that a header holds, in either way of writing; empty where it holds none."""
    try:
        if len(header) == 2 * hashlib.sha1().digest_size:  # noqa: S324 - the vendor's
            return binascii.unhexlify(header) if header == header.lower() else b""
        return base64.b64decode(header, validate=True)
    except ValueError:
        return b""


def is_whole(value: Any, largest: int) -> bool:
    """Whether a value is a whole number from 0 on, written as a number."""
    return type(value) is int and 0 <= value <= largest


def is_recording(event: Any) -> bool:
    """Whether the fields are those of the page."""
    if not isinstance(event, dict):
        return False
    detail = event.get("Detail")
    return (
        all(is_whole(event.get(name), largest) for name, largest in WHOLE.items())
        and all(isinstance(event.get(name), str) for name in ("RoomID", "UserID"))
        and is_whole(event.get("RecordMode"), 1)
        and is_whole(event.get("EventType"), 3)
        and event["EventType"] > 0
        and isinstance(detail, dict)
        and is_whole(detail.get("SeqNo"), 2**63 - 1)
        and isinstance(detail.get("FileName"), str)
        and detail["FileName"] != ""
    )


def answer(raw: bytes, header: str, secret: bytes) -> tuple[int, bytes]:
    """The status and the body for one callback."""
    if not hmac.compare_digest(digest_in(header), hmac.digest(secret, raw, "sha1")):
        return 401, b'{"code":1,"message":"bad signature"}'
    try:
        event = json.loads(raw)
    except (ValueError, RecursionError):
        return 400, b'{"code":2,"message":"no JSON"}'
    if not is_recording(event):
        return 400, b'{"code":3,"message":"malformed"}'
    return 200, b'{"code":0}'


class Handler(BaseHTTPRequestHandler):
    """Keeps connections open."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for head and body

    def do_POST(self) -> None:
        """Answer one callback."""
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        secret = os.environ["CALLBACK_SECRET"].encode()
        status, body = answer(raw, self.headers.get("Signature", ""), secret)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Stay quiet."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
