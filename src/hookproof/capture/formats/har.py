"""How HAR 1.2 is told, what the network tab of a browser saves; `har_requests` reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hookproof.capture.formats.format import Format, ReadOptions, Start

if TYPE_CHECKING:
    import io

    from hookproof.capture.formats.format import Found

_LOOKS: Final = re.compile(
    rb'\{\s*"log"\s*:\s*\{\s*"(?:version|creator|browser|pages|entries|comment)"'
)


def _looks(start: Start, options: ReadOptions) -> bool:
    del options
    return _LOOKS.match(start.head) is not None


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    from hookproof.capture.formats.har_requests import read  # noqa: PLC0415 - many patterns

    return read(stream, file, options)


HAR = Format("har", _looks, _read, "no request in this HAR is a POST")
