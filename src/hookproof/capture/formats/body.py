"""A file that is one body, and what every file is taken for that is nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hookproof.capture.capture import Capture, Origin
from hookproof.capture.formats.format import Format, ReadOptions, Start, too_large

if TYPE_CHECKING:
    import io

    from hookproof.capture.formats.format import Found


def _looks(start: Start, options: ReadOptions) -> bool:
    del start, options
    return True


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    raw = stream.read(options.max_body + 1)
    if len(raw) > options.max_body:
        yield too_large(Origin(file), "the body", options)
    else:
        yield Capture(Origin(file), raw)


# The decoder itself tells of a mark before the text.
BODY = Format("body", _looks, _read, text=False)
