"""How `curl` command lines are told; `curl_commands` reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hookproof.capture.formats.format import Format, ReadOptions, Start

if TYPE_CHECKING:
    import io

    from hookproof.capture.formats.format import Found

_LOOKS: Final = rb"\s*(?:#[^\n]*\n\s*)*(?:\$ +)?curl(?:\.exe)? +\S"


def _looks(start: Start, options: ReadOptions) -> bool:
    del options
    return re.match(_LOOKS, start.text) is not None


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    from hookproof.capture.formats.curl_commands import read  # noqa: PLC0415 - many patterns

    return read(stream, file, options)


CURL = Format("curl", _looks, _read, "no curl command that sends a body stands here")
