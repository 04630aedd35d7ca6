"""HAR 1.2, what the network tab of a browser saves: the POST requests of its log."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote_plus

from hookproof.capture.capture import Capture, Origin, Unreadable
from hookproof.capture.formats.fields import as_bytes, from_base64, headers_of, moment_of
from hookproof.capture.formats.format import (
    ReadOptions,
    Refused,
    too_large,
)
from hookproof.capture.formats.har_log import MAX_ENTRY, HarLog
from hookproof.capture.formats.window import Window

if TYPE_CHECKING:
    import io

    from hookproof.capture.formats.format import Found
    from hookproof.payload.scan import Path

_POST_DATA: Final = ("request", "postData")
# An encoded value needs no escape; of a decoded one with such a character nobody can tell.
_ESCAPED: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_ENCODED: Final = re.compile(r"[A-Za-z0-9\-._~*+%!'()]*")


def read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    """Yield the POST requests of a HAR, and what cannot be read of it."""
    har = HarLog(Window(stream), file)
    record = 0
    try:
        for entry, text, line, column in har.entries():
            origin = Origin(file, record + 1, line, column, text)
            try:
                found = _capture(entry, origin, options)
            except Refused as refused:
                found = refused.at(origin)
            if found:
                record += 1
                yield found
    except Refused as damaged:
        if not har.window.broken:
            found = damaged.at(Origin(file))
            yield replace(found, origin=replace(found.origin, record=record + 1))
    if har.window.broken:
        raise har.window.broken


def _capture(entry: Any, origin: Origin, options: ReadOptions) -> Capture | Unreadable | None:
    if not origin.text:
        raise Refused(f"an entry is longer than {MAX_ENTRY:,} characters", code="HP109")
    request = entry.get("request") if isinstance(entry, dict) else None
    if not isinstance(request, dict):
        raise Refused("the entry holds no request", code="HP115")
    if str(request.get("method")).upper() != "POST":
        return None
    raw, path = _body(request)
    if len(raw) > options.max_body:
        return too_large(origin, "the body", options)
    return Capture(
        Origin(origin.file, origin.record, origin.line, origin.column, origin.text, path),
        raw,
        headers_of(request.get("headers")),
        moment_of(entry.get("startedDateTime")),
        str(request.get("url") or ""),
    )


def _body(request: dict[str, Any]) -> tuple[bytes, Path]:
    """The body's bytes, and where in the entry they are from."""
    data = request.get("postData")
    if data is None and str(request.get("bodySize")) == "0":
        return b"", ("request",)
    if not isinstance(data, dict):
        raise Refused(
            "the request has a body, but it was not saved",
            hint="save the HAR with content, and soon: browsers forget bodies",
        )
    text, params = data.get("text"), data.get("params")
    if isinstance(params, list) and params and not text:
        return _form(params), (*_POST_DATA, "params")
    if not isinstance(text, str):
        raise Refused("postData holds neither a text nor params", code="HP102")
    how = (data.get("encoding"), data.get("_encoding"), data.get("comment"))
    if any(isinstance(word, str) and word.lower() == "base64" for word in how):
        return from_base64(text), (*_POST_DATA, "text")
    return as_bytes(text), (*_POST_DATA, "text")


def _form(params: list[Any]) -> bytes:
    """The form that the fields come from; some tools list them encoded and some decoded."""
    pairs = [
        (str(field.get("name") or ""), str(field.get("value") or ""))
        for field in params
        if isinstance(field, dict)
    ]
    words = [word for pair in pairs for word in pair]
    encoded = all(map(_ENCODED.fullmatch, words)) and any(map(_ESCAPED.search, words))
    write = str if encoded else lambda word: quote_plus(word, errors="surrogatepass")
    return as_bytes("&".join(f"{write(name)}={write(value)}" for name, value in pairs))
