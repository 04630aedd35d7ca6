"""The request behind a finding, kept so that it can be shown, and made and sent again."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

# Stands in a body, a header or a query for the signature, which is never kept.
SIGNATURE_MARK = "@@signature@@"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRequest:
    """What a request was made of, and its bytes as they are shown, less the signature.

    body: text, or Base64 where `base64` is true, with SIGNATURE_MARK for the signature.
    query: what the URL's query holds besides the receiver's own.
    chunked: whether it goes without its length.
    moment: seconds between now and the moment of sending that the body names, None where the
        moment stays as it is. nonces: the fields that get a new nonce.
    reaction: what the receiver did.
    case: what the request was made of, as JSON text, from which it is made again.
    """

    body: str
    base64: bool
    headers: tuple[tuple[str, str], ...]
    reaction: str
    chunked: bool = False
    moment: int | None = None
    nonces: tuple[str, ...] = ()
    query: str = ""
    case: str = ""


def as_stored_text(body: bytes) -> tuple[bool, str]:
    """A body as text, or as Base64 (then True) where it is no printable text."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = "\0"
    if text.replace("\n", "").replace("\t", "").isprintable():
        return False, text
    return True, b64encode(body).decode()
