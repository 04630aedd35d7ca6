"""JSON Web Tokens as signatures: a head, claims with the body's digest, and a keyed hash of both.

What comes from strangers is read without raising; a text that is no token has no claims.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from hookproof.contract.model import SignatureFacts

# No vendor's token comes near it; longer ones are not looked into.
_LONGEST: Final = 16_384
_PARTS: Final = 3


def base64url(raw: bytes) -> str:
    """Bytes as a token writes them: the alphabet of URLs, without padding."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def algorithm(facts: SignatureFacts) -> str:
    """The name of the keyed hash in a token's head: HS256 of sha256."""
    return f"HS{facts.hash.removeprefix('sha')}"


def head_of(facts: SignatureFacts) -> dict[str, str]:
    """The head of a token as the vendor writes it."""
    return {"alg": algorithm(facts), "typ": "JWT"}


def claims_of(text: str) -> dict[str, Any]:
    """The claims of a token, signed or not yet; none where the text is no token."""
    parts = text.split(".")
    return _opened(parts[1]) if len(parts) >= _PARTS - 1 else {}


def with_claim(facts: SignatureFacts, draft: str, name: str, value: str | int) -> str:
    """A token that is not signed yet with one more claim; "" is one without any."""
    return _joined(head_of(facts), {**claims_of(draft), name: value})


def signed_part(facts: SignatureFacts, text: str, body: bytes) -> str:
    """What of a token is signed: its head and claims, the claim of the body's digest put right.

    Where that claim is right already they are those of the text, character by character.
    """
    head, _, rest = text.partition(".")
    claims = claims_of(text)
    if claims and holds_body(facts, text, body):
        return f"{head}.{rest.partition('.')[0]}"
    right = {facts.body_claim.name: body_digest(facts, body)}
    return _joined(_opened(head) or head_of(facts), claims | right)


def holds_body(facts: SignatureFacts, text: str, body: bytes) -> bool:
    """Whether the claim of the body's digest is that of this body."""
    return claims_of(text).get(facts.body_claim.name) == body_digest(facts, body)


def body_digest(facts: SignatureFacts, body: bytes) -> str:
    """The digest of a body as its claim holds it."""
    raw = hashlib.new(facts.body_claim.digest, body, usedforsecurity=False).digest()
    return raw.hex() if facts.body_claim.encoding == "hex" else b64encode(raw).decode()


def why_no_token(facts: SignatureFacts, text: str) -> str:
    """Why a text is no token that could hold, "" where it may be one."""
    head = _opened(text.partition(".")[0])
    if text.count(".") != _PARTS - 1 or not head or not claims_of(text):
        return "it is no JSON Web Token: three parts with dots between them"
    if head.get("alg") != algorithm(facts):
        return f"the alg of the token is {str(head.get('alg'))[:20]!r}, not {algorithm(facts)}"
    return ""


def without_signature(text: str) -> str:
    """The token of somebody who hopes that its head is believed: alg is none, nothing is signed."""
    return f"{_joined({'alg': 'none', 'typ': 'JWT'}, claims_of(text))}."


def _joined(head: dict[str, Any], claims: dict[str, Any]) -> str:
    return ".".join(
        base64url(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims)
    )


def _opened(part: str) -> dict[str, Any]:
    """The object that a part of a token holds, empty where it holds none."""
    if len(part) > _LONGEST:
        return {}
    try:
        value = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
