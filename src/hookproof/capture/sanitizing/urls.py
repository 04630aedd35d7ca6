"""Sanitises the URL that a capture came to, in whose query its signature may sit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from hookproof.capture.sanitizing.edits import Edit, shift
from hookproof.capture.sanitizing.leaves import text_edits

if TYPE_CHECKING:
    from hookproof.capture.sanitizing.editor import UnknownEditor


def url_edits(
    url: str, *, unknown: UnknownEditor, signature: tuple[str, str] | None = None
) -> list[Edit]:
    """The edits in a URL: all that may tell somebody's identity, and the new signature.

    `signature` is the name of the signature's parameter, which stays, and its new value, which
    is escaped where the old one was.
    """
    span = _parameter(url, signature[0]) if signature else None
    if signature is None or span is None:
        return text_edits((), url, unknown)
    start, end = span
    value_at = start + len("".join(url[start:end].partition("=")[:2]))
    # Without the parameter the rest is taken apart as it stands: no word goes over its border.
    rest = text_edits((), url[:start] + url[end:], unknown)
    before = [edit for edit in rest if edit.end <= start]
    after = [edit for edit in rest if edit.end > start]
    old = url[value_at:end]
    new = quote(signature[1], safe="") if quote(unquote(old), safe="") == old else signature[1]
    return [*before, Edit(value_at, end, new), *shift(after, end - start)]


def _parameter(url: str, name: str) -> tuple[int, int] | None:
    """Where the first parameter of a name stands in a URL, name and value; None without one."""
    head, mark, query = url.partition("#")[0].partition("?")
    at = len(head) + len(mark)
    for pair in query.split("&"):
        if unquote(pair.partition("=")[0]) == name:
            return at, at + len(pair)
        at += len(pair) + 1
    return None
