"""Sanitises the headers that a capture came with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.capture.sanitizing.edits import apply
from hookproof.capture.sanitizing.leaves import text_edits
from hookproof.capture.sanitizing.words import HOST

if TYPE_CHECKING:
    from hookproof.capture.sanitizing.editor import UnknownEditor

    Headers = tuple[tuple[str, str], ...]

# What they say concerns the message and not who sends or receives it.
_KEPT: Final = frozenset(
    [
        "accept",
        "accept-charset",
        "accept-encoding",
        "cache-control",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "date",
        "expect",
        "pragma",
        "te",
        "trailer",
        "transfer-encoding",
        "user-agent",
    ]
)


def sanitize_headers(
    headers: Headers,
    *,
    unknown: UnknownEditor,
    signature: tuple[str, str] | None,
    length: tuple[int, int],
) -> Headers:
    """The headers with their values replaced, names and order kept.

    `signature` is the name of the signature's header and its new value, `length` the length of
    the body before and after.
    """
    return tuple(
        (name, _value(name.lower(), value, unknown, signature, length)) for name, value in headers
    )


def _value(
    name: str,
    value: str,
    unknown: UnknownEditor,
    signature: tuple[str, str] | None,
    length: tuple[int, int],
) -> str:
    if signature and name == signature[0].lower():
        return signature[1]
    if name == "host":
        return HOST
    if name == "content-length" and value.strip() == str(length[0]):
        return str(length[1])
    return value if name in _KEPT else apply(value, text_edits((), value, unknown))
