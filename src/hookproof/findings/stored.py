"""The request behind a finding, kept so that it can be signed and sent again."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass

# Stands in a body, a header or a query for the signature, which is never kept.
SIGNATURE_MARK = "@@signature@@"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRequest:
    """The bytes of a request, and what has to be made anew in them.

    body: text, or Base64 where `base64` is true, with SIGNATURE_MARK for the signature.
    signed: the body that the signature is made over where another one travels, written alike.
    form: how the body is written, a value of BodyForm.
    chunked: whether it goes without its length.
    signature: how the one to send follows from the right one; "none" where none is made.
    encoding: how the right one is written.
    query: what the URL's query holds besides the receiver's own.
    moment: seconds between now and the moment of sending that the body names, None where the
        moment stays as it is. nonces: the fields that get a new nonce.
    before: what the receiver is sent first: "nothing", the "same" bytes, or the same request
        "genuine", that is rightly signed. together: how often it is sent at once.
    reaction: what the receiver did.
    case: what the request was made of, as JSON text, from which it is made again.
    """

    body: str
    base64: bool
    headers: tuple[tuple[str, str], ...]
    form: str
    signature: str
    encoding: str
    reaction: str
    signed: str | None = None
    chunked: bool = False
    moment: int | None = None
    nonces: tuple[str, ...] = ()
    query: str = ""
    before: str = "nothing"
    together: int = 1
    case: str = ""

    @property
    def raw_body(self) -> bytes:
        """The body as bytes; raises ValueError where it is not what it says."""
        return _bytes_of(self.body, base64=self.base64)

    @property
    def raw_signed(self) -> bytes:
        """The body that the signature is made over."""
        return _bytes_of(self.body if self.signed is None else self.signed, base64=self.base64)


def as_stored_text(body: bytes, *others: bytes) -> tuple[bool, list[str]]:
    """Bodies as text, or all of them as Base64 (then True) where one is no printable text."""
    bodies = [body, *others]
    try:
        texts = [one.decode() for one in bodies]
    except UnicodeDecodeError:
        texts = ["\0"]
    if all(text.replace("\n", "").replace("\t", "").isprintable() for text in texts):
        return False, texts
    return True, [b64encode(one).decode() for one in bodies]


def _bytes_of(text: str, *, base64: bool) -> bytes:
    return b64decode(text, validate=True) if base64 else text.encode()
