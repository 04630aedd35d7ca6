"""How raw HTTP requests are told; `http_messages` reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hookproof.capture.formats.format import Format, ReadOptions, Start

if TYPE_CHECKING:
    import io

    from hookproof.capture.formats.format import Found

METHODS: Final = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE"
# A few blanks in the target are for h11 to complain of.
REQUEST_LINE: Final = (
    rf'(?:{METHODS}) [^\s"]{{1,8000}}(?: [^\s"]{{1,99}}){{0,3}} HTTP/[0-9](?:\.[0-9])?[ \t]*\r?\n'
)
STATUS_LINE: Final = r"HTTP/[0-9](?:\.[0-9])? [0-9]{3}[ \r\n]"
_STARTS: Final = rf"\s*(?:(?:{METHODS}) [^\r\n]+ HTTP/[0-9]|{STATUS_LINE})".encode()
_WITHIN: Final = REQUEST_LINE.encode() + rb"[A-Za-z][A-Za-z0-9\-]*:"


def _looks(start: Start, options: ReadOptions) -> bool:
    del options
    # These are compiled only where a file is not told before.
    return bool(re.match(_STARTS, start.text) or re.search(_WITHIN, start.text))


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    from hookproof.capture.formats.http_messages import read  # noqa: PLC0415 - many patterns

    return read(stream, file, options)


HTTP = Format("http", _looks, _read, "no HTTP request with a body stands here")
