"""Flow files of mitmproxy, read by mitmproxy itself where it is installed."""

from __future__ import annotations

import importlib
import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hookproof.captures.capture import Capture, Origin, ReadOptions, Unreadable
from hookproof.captures.formats.format import OPAQUE, Format, Refused, guarded, too_large

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from hookproof.captures.formats.format import Found
    from hookproof.captures.stream import Start

# A flow is a netstring: its length, and in it the length and the name of its first field.
_LOOKS: Final = re.compile(rb"[0-9]{2,12}:[0-9]{1,2}:[a-z_]+[;,]")

# What its reader lets out on a damaged file, beside its own exception.
_FAULTS: Final = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)


def _looks(start: Start, _: ReadOptions) -> bool:
    return _LOOKS.match(start.text) is not None


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    try:
        flows = importlib.import_module("mitmproxy.io")
        http = importlib.import_module("mitmproxy.http")
        exceptions = importlib.import_module("mitmproxy.exceptions")
    except ImportError:
        yield Unreadable(
            Origin(file),
            "HP100",
            "this is a flow file of mitmproxy, which is not installed",
            "pip install mitmproxy, or save the flows as HAR: mitmdump -nr FLOWS --set hardump=OUT",
        )
        return
    record = 0
    try:
        for flow in _flows(flows.FlowReader(stream), (exceptions.FlowReadException, *_FAULTS)):
            if not isinstance(flow, http.HTTPFlow):
                continue
            origin = Origin(file, record + 1, text=OPAQUE)
            for found in guarded(partial(_captures, flow.request, origin, options), origin):
                record += 1
                yield found
    except Refused as refused:
        yield refused.at(Origin(file, record + 1))


def _flows(reader: Any, faults: tuple[type[Exception], ...]) -> Iterator[Any]:
    try:
        yield from reader.stream()
    except faults as fault:
        message = f"the flow file cannot be read on: {fault}"
        raise Refused(message, hint="is the copy whole?") from None


def _captures(request: Any, origin: Origin, options: ReadOptions) -> Found:
    """The request of a flow, if it carries anything."""
    body: bytes | None = request.get_content(strict=False)
    if not body and request.method.upper() != "POST":
        return
    if body is None:
        hint = "record it again without --set stream_large_bodies"
        yield Unreadable(origin, "HP100", "the body was streamed and not saved", hint)
        return
    if len(body) > options.max_body:
        yield too_large(origin, "the body", options)
        return
    headers = tuple(request.headers.items(multi=True))
    yield Capture(origin, body, headers, request.timestamp_start, request.pretty_url)


MITMPROXY = Format("mitmproxy", _looks, _read, "no flow in this file is a POST", text=False)
