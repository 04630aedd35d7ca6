"""What the Python receivers share: the signatures of three products, from the pages alone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from typing import Any

Answer = tuple[int, str]


def zego(body: bytes) -> Answer:
    """SHA-1 over secret, timestamp and nonce, sorted as strings; it stands in the body."""
    fields = read(body)
    if fields is None:
        return 400, "no JSON object"
    signature, inputs = fields.get("signature"), [fields.get("timestamp"), fields.get("nonce")]
    if not isinstance(signature, str) or not all(isinstance(one, (str, int)) for one in inputs):
        return 401, "not signed"
    parts = sorted([os.environ["ZEGO_SECRET"], *map(str, inputs)])
    expected = hashlib.sha1("".join(parts).encode("utf-8", "replace")).hexdigest()  # noqa: S324
    if not hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode()):
        return 401, "wrong signature"
    # The one event whose answer is read.
    return 200, '{"result":0}' if fields.get("event") == "before_send_msg" else "1"


def trtc(body: bytes, sign: bytes) -> Answer:
    """HMAC-SHA-256 over the body as it came, as Base64; it stands in the header Sign."""
    digest = hmac.new(os.environ["TRTC_SECRET"].encode(), body, "sha256").digest()
    return signed(body, sign, base64.b64encode(digest))


def agora(body: bytes, sign: bytes) -> Answer:
    """HMAC-SHA-256 over the body as it came, as hex; it stands in Agora-Signature-V2."""
    digest = hmac.new(os.environ["AGORA_SECRET"].encode(), body, "sha256").hexdigest()
    return signed(body, sign, digest.encode())


def signed(body: bytes, sign: bytes, expected: bytes) -> Answer:
    """The answer to a body whose signature stands beside it."""
    if not hmac.compare_digest(sign, expected):
        return 401, "wrong signature"
    if read(body) is None:
        return 400, "no JSON object"
    return 200, '{"code":0}'


def read(body: bytes) -> dict[str, Any] | None:
    """The JSON object in a body, None where there is none; 2,000 brackets raise too."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None
