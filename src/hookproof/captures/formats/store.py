"""The captures that `hookproof serve` keeps: an SQLite database, read while it is written to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from hookproof.captures.capture import Capture, Origin, ReadOptions, Unreadable
from hookproof.captures.formats.format import Format

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from hookproof.captures.formats.format import Found
    from hookproof.captures.stream import Start

# What stands at offset 68 of such a file, so that no other database is taken for one.
APPLICATION_ID: Final = 0x686B7066
_MAGIC: Final = b"SQLite format 3\x00"
_ROWS: Final = "SELECT id, received_at, url, headers, body FROM captures ORDER BY id"


def is_store(start: bytes) -> bool:
    """Whether a file that begins like this is a store of captures."""
    return start.startswith(_MAGIC) and start[68:72] == APPLICATION_ID.to_bytes(4, "big")


def opened(file: Path) -> sqlite3.Connection:
    """A connection that only reads; what is still in the log beside the file is seen as well."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _looks(start: Start, _: ReadOptions) -> bool:
    return is_store(start.text)


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    del options
    try:
        with closing(_connected(stream, file)) as connection:
            yield from _rows(connection, file)
    except sqlite3.Error as error:
        message = f"the store cannot be read on: {error}"
        yield Unreadable(Origin(file), "HP100", message, "is it whole?")


def _connected(stream: io.BufferedReader, file: str) -> sqlite3.Connection:
    """The store where it lies on the disk as it is, else what came of it, in memory."""
    if stream.seekable() and Path(file).is_file():
        return opened(Path(file))
    copy = bytearray(stream.read())
    # A copy has no log beside it, and may not ask for one.
    copy[18:20] = b"\x01\x01"
    connection = sqlite3.connect(":memory:")
    connection.deserialize(bytes(copy))
    return connection


def _rows(connection: sqlite3.Connection, file: str) -> Iterator[Capture]:
    rows: Iterator[tuple[int, float, str, bytes, bytes]] = connection.execute(_ROWS)
    for number, received_at, url, headers, body in rows:
        pairs: Any = orjson.loads(headers)
        kept = tuple((str(name), str(value)) for name, value in pairs)
        yield Capture(Origin(file, number), body, kept, received_at, url)


STORE: Final = Format("store", _looks, _read, "nothing was captured yet", text=False)
