"""How a JSON document is told that holds captures: one request over several lines, or a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hookproof.capture.formats.format import Format, ReadOptions, Start
from hookproof.capture.formats.ndjson import decoded
from hookproof.capture.formats.request_lines import is_request, keys_in

if TYPE_CHECKING:
    import io

    from hookproof.capture.formats.format import Found

# A list of objects, or of texts that hold some; of anything else there is nothing to be had.
_LIST: Final = re.compile(rb'\[\s*(?:\{|"\s*\{)')


def _looks(start: Start, options: ReadOptions) -> bool:
    if _LIST.match(start.head):
        return True
    if not start.head.startswith(b"{") or not _may_hold(start, options):
        return False
    whole = None if start.cut else decoded(start.text)
    return is_request(whole or keys_in(start), options)


def _may_hold(start: Start, options: ReadOptions) -> bool:
    """Whether the name of a body's field is there at all, which spares bodies a closer look."""
    names = (options.body, options.body_base64)
    return any(name.rpartition(".")[2].encode() in start.text for name in names)


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    from hookproof.capture.formats.json_items import read  # noqa: PLC0415 - for such files only

    return read(stream, file, options)


JSON = Format("json", _looks, _read, "the list is empty, or its requests carry nothing")
