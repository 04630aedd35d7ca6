"""A record that is a request: its body, and what it says beside that.

Headers, URL and the like are found by the names that tools usually give to them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.captures.capture import Capture, Origin, Unreadable
from hookproof.captures.formats.fields import (
    as_bytes,
    field_of,
    form_of,
    from_base64,
    headers_of,
    moment_of,
    path_of,
    span_of,
)
from hookproof.captures.formats.format import Refused
from hookproof.payload.decode import decode
from hookproof.payload.problem import position_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hookproof.captures.capture import ReadOptions
    from hookproof.payload.scan import Path

Pairs = tuple[tuple[str, str], ...]

# Names are compared as small letters without dashes; the better ones come first.
_HEADERS: Final = (
    *("headers", "multivalueheaders", "rawheaders", "requestheaders", "reqheaders"),
    *("httpheaders", "httprequestheaders"),
)
# These are headers only if they look like some, for messages of queues have attributes too.
_PERHAPS_HEADERS: Final = ("header", "messageattributes", "attributes", "properties")
_USUAL_HEADERS: Final = frozenset(
    {"host", "content-type", "content-length", "user-agent", "accept", "accept-encoding"}
    | {"connection", "x-forwarded-for", "x-real-ip", "x-forwarded-proto"}
)
_URLS: Final = (
    *("url", "fullurl", "absoluteurl", "originalurl", "rawurl", "requesturl", "requesturi"),
    *("requesttarget", "target"),
)
# These are a URL only together with a query, which they lack.
_PATHS: Final = ("rawpath", "path", "uri", "requestpath", "pathname")
_QUERIES: Final = (
    *("rawquerystring", "querystring", "multivaluequerystringparameters"),
    *("querystringparameters", "queryparameters", "queryparams", "query", "queries", "args"),
)
_METHODS: Final = ("method", "httpmethod", "requestmethod", "verb", "reqmethod")
_MOMENTS: Final = (
    *("receivedat", "timestamp", "time", "ts", "createdat", "date", "datetime", "requesttime"),
    *("realtimetimestamp", "eventtime", "ingestedat", "timereceived", "starteddatetime"),
)
# What tools call the object that holds these, where the body stands beside it.
_REQUESTS: Final = ("request", "req", "http", "httprequest", "requestcontext", "url", "event")
_ENCODINGS: Final = ("encoding", "bodyencoding", "contentencoding", "transferencoding")
_FLAGS: Final = ("isbase64encoded", "isbase64", "base64encoded", "base64")
_REQUEST_LINE: Final = re.compile(r"([A-Za-z]+) (\S+)(?: HTTP/[0-9.]+)?$")
# What headers are called that prove a sender.
_SECRET: Final = re.compile(r"sig|hmac|digest|auth|token|secret|key")
OTHER_HEADERS: Final = (
    "what is called headers has none of a request's, so headers count as not captured"
)
UNKNOWN_HEADERS: Final = "the headers stand in no known shape, so they count as not captured"


class Beside(NamedTuple):
    """What was found beside a body; None and "" stand for what is not there."""

    headers: Pairs | None
    received_at: float | None
    url: str
    method: str
    note: str = ""


def beside(around: Sequence[dict[str, Any]], options: ReadOptions) -> Beside:
    """What the objects around a body say of its request, the nearest one first."""
    objects = list(_with_requests(reversed(around)))
    headers, note = _headers(objects, options)
    line = _request_line(objects)
    method = _first_text(objects, (options.method,), _METHODS) or (line[1] if line else "")
    return Beside(
        headers,
        _moment(objects, options),
        _url(objects, options) or (line[2] if line else ""),
        method.upper(),
        note,
    )


def is_form(headers: Pairs | None, value: Any) -> bool:
    """Whether headers say that what a tool keeps as an object came as a form."""
    said = any(
        name.lower() == "content-type" and "x-www-form-urlencoded" in kind.lower()
        for name, kind in headers or ()
    )
    return said and isinstance(value, dict) and all(isinstance(v, str) for v in value.values())


def is_base64(record: dict[str, Any], name: str) -> bool:
    """Whether an object says that the text in one of its fields is Base64."""
    if "base64" in _plain(name):
        return True
    for key, value in record.items():
        plain = _plain(key).removeprefix(_plain(name))
        if plain in _FLAGS:
            return value is True or str(value).lower() in {"true", "1", "base64"}
        if plain in _ENCODINGS and isinstance(value, str) and value.lower() == "base64":
            return True
    return False


def _with_requests(around: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in around:
        yield one
        for name, value in one.items():
            if isinstance(value, dict) and _plain(name) in _REQUESTS:
                yield value
                for inner in (value.get("http"), value.get("request")):
                    if isinstance(inner, dict):
                        yield inner


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace("@", "")


def _named(
    objects: Sequence[dict[str, Any]], given: Iterable[str], usual: Sequence[str]
) -> Iterator[Any]:
    """The values under the names that were given, then under the usual ones, the nearest first."""
    for name in given:
        for one in objects:
            value = field_of(one, name)
            if value is not None:
                yield value
    for one in objects:
        by_name = {_plain(key): value for key, value in one.items() if isinstance(key, str)}
        for name in usual:
            if by_name.get(name) is not None:
                yield by_name[name]


def _headers(objects: Sequence[dict[str, Any]], options: ReadOptions) -> tuple[Pairs | None, str]:
    note = ""
    given = options.headers != "headers"
    is_http = given or any(name in _METHODS for one in objects for name in map(_plain, one))
    for value in _named(objects, (options.headers,), _HEADERS):
        try:
            found = headers_of(value)
        except Refused:
            note = UNKNOWN_HEADERS
            continue
        if found is not None and (not found or is_http or _are_of_http(found)):
            return found, ""
        note = note or (OTHER_HEADERS if found else "")
    for value in _named(objects, (), _PERHAPS_HEADERS):
        try:
            found = headers_of(value) or ()
        except Refused:
            continue
        if _are_of_http(found):
            return found, ""
    for one in objects:
        # Some tools write headers right beside the body.
        there = {name: text for name, text in one.items() if isinstance(text, str)}
        if len(_USUAL_HEADERS.intersection(map(str.lower, there))) > 1:
            return tuple(there.items()), ""
    return None, note


def _are_of_http(found: Pairs) -> bool:
    """Whether headers are those of a request, and not of a message of a queue."""
    names = [name.lower() for name, _ in found]
    return any(name in _USUAL_HEADERS or _SECRET.search(name) for name in names)


def _first_text(
    objects: Sequence[dict[str, Any]], given: Iterable[str], usual: Sequence[str]
) -> str:
    return next((v for v in _named(objects, given, usual) if isinstance(v, str) and v), "")


def _moment(objects: Sequence[dict[str, Any]], options: ReadOptions) -> float | None:
    moments = map(moment_of, _named(objects, (options.received_at,), _MOMENTS))
    return next((moment for moment in moments if moment is not None), None)


def _request_line(objects: Sequence[dict[str, Any]]) -> re.Match[str] | None:
    for one in objects:
        for name, value in one.items():
            if isinstance(value, str) and _plain(name) in {"request", "requestline"}:
                line = _REQUEST_LINE.match(value)
                if line:
                    return line
    return None


def _url(objects: Sequence[dict[str, Any]], options: ReadOptions) -> str:
    query = _query(objects)
    for value in _named(objects, (options.url,), _URLS):
        url = value
        if isinstance(url, dict):
            url = next((url[name] for name in ("raw", "full", "original") if name in url), None)
        if isinstance(url, str) and url:
            return url if "?" in url else f"{url}{query or ''}"
    path = _first_text(objects, (), _PATHS)
    return f"{path}{query}" if query is not None else ""


def _query(objects: Sequence[dict[str, Any]]) -> str | None:
    """The query that was kept by itself, None where none was."""
    known = any(_plain(name) in _QUERIES for one in objects for name in one)
    for value in _named(objects, (), _QUERIES):
        text = value.removeprefix("?") if isinstance(value, str) else _written(value)
        if text:
            return f"?{text}"
    return "" if known else None


def _written(value: Any) -> str:
    """A query that a tool took apart, written again."""
    try:
        pairs = headers_of(value) or () if isinstance(value, (dict, list)) else ()
    except Refused:
        return ""
    return form_of(pairs, r"[A-Za-z0-9\-._~*+%!'():/,@]*")


def is_request(record: Any, options: ReadOptions) -> bool:
    """Whether an object holds a body and what only a request has beside it."""
    bodies = (options.body, options.body_base64)
    beside = (options.headers, options.url, options.method, options.received_at)
    return any(path_of(record, name) for name in bodies) and any(
        path_of(record, name) for name in beside
    )


def read_request(raw: bytes, origin: Origin, options: ReadOptions) -> Capture | Unreadable | None:
    """The request that an object is, at its origin; None for one that carries nothing.

    Raises Refused where it is no request, or says something that cannot be understood.
    """
    reading = decode(raw)
    request = reading.value
    if reading.complete and not isinstance(request, dict):
        raise Refused("the line is no object", code="HP115", hint="wanted is a request on a line")
    text = raw.decode() if reading.complete else ""
    body = _body_of(request, text, options) if reading.complete else None
    faults = [fault for fault in reading.problems if not body or not body.holds(fault.offset)]
    if body is None or faults:
        fault = faults[0]
        place = origin.shift(reading.position(fault))
        origin = Origin(origin.file, origin.record, *place)
        return Unreadable(origin, fault.code, fault.message, fault.hint)
    if not body.raw and str(field_of(request, options.method) or "POST").upper() != "POST":
        return None
    place = origin.shift(position_at(text, body.start))
    said = beside([request], options)
    return Capture(
        Origin(origin.file, origin.record, *place, body.text, body.path),
        body.raw,
        said.headers,
        said.received_at,
        said.url,
        said.note,
        rewritten=body.text is None,
    )


class _Body(NamedTuple):
    """A body's bytes, and where they stand: as a string in a text, or from start to end of it."""

    raw: bytes
    text: str | None = None
    path: Path = ()
    start: int = 0
    end: int = 0

    def holds(self, offset: int) -> bool:
        """Whether a place lies in a body that stands as it is; its own reading tells of it."""
        return self.start < offset < self.end


def _body_of(request: dict[str, Any], line: str, options: ReadOptions) -> _Body:
    encoded = field_of(request, options.body_base64)
    if encoded:
        path = path_of(request, options.body_base64) or ()
        if not isinstance(encoded, str):
            raise Refused(f"the field {options.body_base64} is no text", code="HP115")
        return _Body(from_base64(encoded), line, path)
    found = path_of(request, options.body)
    if found is None:
        raise Refused(
            f"the request has no field {options.body}",
            hint="which field holds the body? name it with --body-field",
        )
    value = field_of(request, options.body)
    if isinstance(value, str) and is_base64(_holder(request, found), str(found[-1])):
        return _Body(from_base64(value), line, found)
    if value is None or isinstance(value, str):
        return _Body(as_bytes(value or ""), line, found)
    # Written anew its numbers and blanks would be others, and its signature would not hold.
    start, end = span_of(line, found)
    return _Body(line[start:end].encode(), None, (), start, end)


def _holder(request: dict[str, Any], path: Path) -> dict[str, Any]:
    """The object that a field is a member of."""
    for part in path[:-1]:
        request = request[str(part)]
    return request
