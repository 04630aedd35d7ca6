"""Archives of files, tar and zip: each member is a file of its own, named `archive!member`.

Of what Fiddler saves (a zip of sessions) the requests are members, the answers are left out.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from hookproof.captures.capture import Origin, ReadOptions, Unreadable
from hookproof.captures.formats.format import Format
from hookproof.captures.stream import (
    MAX_RATIO,
    MAX_UNPACKED,
    START_SIZE,
    Start,
    StreamBroken,
    open_stream,
    seekable,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.captures.formats.format import Found

    Recognise = Callable[[bytes, ReadOptions], Format]

# The mark of POSIX and GNU stands at a fixed place of the first head.
_TAR_AT: Final = 257
_TAR: Final = b"ustar"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
# An archive within an archive is opened, one within that is not.
_DEEPEST: Final = 2
_MOST_MEMBERS: Final = 100_000
# A session that Fiddler saved: answers and what it notes of them are no captures.
_SESSION: Final = re.compile(r"raw/[0-9]+_[cs]\.txt$")
_NO_REQUEST: Final = re.compile(r"raw/[0-9]+_[^c][^/]*$|_index\.htm$|\[Content_Types\]\.xml$")


def _is_tar(start: Start, _: ReadOptions) -> bool:
    return start.text[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR


def _is_zip(start: Start, _: ReadOptions) -> bool:
    return start.text.startswith(_ZIP)


def _read_tar(
    recognise: Recognise, stream: io.BufferedReader, file: str, options: ReadOptions
) -> Found:
    import tarfile  # noqa: PLC0415 - slow to import, and rarely needed

    damages = (tarfile.TarError, EOFError, ValueError, LookupError, _Damaged)
    opened = _Opened(recognise, file, options, damages=damages)
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isreg() else None
                if content is not None and opened.wants(member.name):
                    yield from opened.read(member.name, cast("BinaryIO", content), member.size)
    except damages as error:
        yield opened.broken("tar", error)


def _read_zip(
    recognise: Recognise, stream: io.BufferedReader, file: str, options: ReadOptions
) -> Found:
    import tempfile  # noqa: PLC0415 - as above
    import zipfile  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    of_zip = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, RuntimeError)
    damages = (*of_zip, _Damaged)
    opened = _Opened(recognise, file, options, damages=damages)
    try:
        with tempfile.TemporaryFile() as spool:
            source = seekable(stream, cast("BinaryIO", spool))
            with zipfile.ZipFile(source) as archive:
                yield from _members(archive, opened)
    except damages as error:
        yield opened.broken("zip", error)


def _members(archive: Any, opened: _Opened) -> Found:
    names = [info.filename for info in archive.infolist()]
    if "xl/workbook.xml" in names or "content.xml" in names:
        yield opened.document()
        return
    of_fiddler = any(map(_SESSION.search, names))
    for info in archive.infolist():
        name = info.filename
        if info.is_dir() or not opened.wants(name) or (of_fiddler and _NO_REQUEST.search(name)):
            continue
        if info.flag_bits & 1:
            yield opened.unread(name, "it is encrypted", "unpack it with its password first")
            continue
        try:
            with archive.open(info) as content:
                yield from opened.read(name, content, info.compress_size)
        except NotImplementedError:
            yield opened.unread(name, "its compression is not known here", "unpack it first")
        except opened.damages as error:
            yield opened.unread(name, f"it is damaged: {error}", "is the copy whole?")


class _Opened:
    """An archive that is being read: names its members, and bounds what they unpack to.

    `recognise` tells the format of a member, `damages` are what its reader raises of damaged bytes.
    """

    def __init__(
        self,
        recognise: Recognise,
        file: str,
        options: ReadOptions,
        *,
        damages: tuple[type[Exception], ...],
    ) -> None:
        self._recognise = recognise
        self._file = file
        self.damages = damages
        self._options = replace(options, depth=options.depth + 1)
        self._members = 0
        self._bytes = 0

    def wants(self, name: str) -> bool:
        """Whether a member is read: hidden ones are not, as in a folder."""
        parts = PurePosixPath(name).parts
        return not any(part.startswith(".") and part != "." for part in parts) and (
            "__MACOSX" not in parts
        )

    def read(self, name: str, content: BinaryIO, packed: int) -> Found:
        """What a member holds."""
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise StreamBroken(
                f"the archive holds more than {_MOST_MEMBERS:,} files, so the rest was not read",
                hint="unpack it, and give the folder",
            )
        stream = open_stream(cast("BinaryIO", io.BufferedReader(_Forward(self, content, packed))))
        start = stream.peek(START_SIZE)[:START_SIZE]
        form = self._recognise(start, self._options)
        if form.name in {"tar", "zip"} and self._options.depth >= _DEEPEST:
            yield self.unread(name, "it is an archive in an archive", "unpack it first")
            return
        yield from form.read(stream, file=self._named(name), options=self._options)

    def took(self, size: int, packed: int) -> None:
        """Count what was unpacked; raises StreamBroken where it grows without end."""
        self._bytes += size
        if self._bytes > MAX_UNPACKED and self._bytes > MAX_RATIO * max(packed, 1):
            raise StreamBroken(
                f"the archive unpacks to more than {MAX_RATIO} times its size",
                hint="is this a bomb? if it is not, unpack it first",
            )

    def unread(self, name: str, why: str, hint: str) -> Unreadable:
        """What is told of a member that cannot be read."""
        return Unreadable(Origin(self._named(name)), "HP120", f"not read: {why}", hint)

    def document(self) -> Unreadable:
        """What is told of a spreadsheet, whose cells are scattered over its files."""
        message = "not read: this is a spreadsheet or a document of an office program"
        return Unreadable(Origin(self._file), "HP120", message, "save it as CSV (UTF-8)")

    def broken(self, kind: str, error: Exception) -> Unreadable:
        """What is told of an archive that cannot be read on."""
        reason = str(error) or type(error).__name__
        message = f"the {kind} archive cannot be read on: {reason}"
        return Unreadable(Origin(self._file), "HP100", message, "is the copy whole?")

    def _named(self, name: str) -> str:
        return f"{self._file}!{name}"


class _Damaged(StreamBroken):
    """A member cannot be read to its end; others may be whole."""


class _Forward(io.RawIOBase):
    """A member's bytes, which can only be read on."""

    def __init__(self, opened: _Opened, content: BinaryIO, packed: int) -> None:
        self._opened = opened
        self._content = content
        self._packed = packed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        try:
            piece = self._content.read(len(buffer))
        except self._opened.damages as error:
            raise _Damaged(str(error)) from None
        self._opened.took(len(piece), self._packed)
        buffer[: len(piece)] = piece
        return len(piece)


def archives(recognise: Recognise) -> tuple[Format, Format]:
    """Tar and zip, of which each member is of a format that `recognise` tells."""
    tar, of_zip = partial(_read_tar, recognise), partial(_read_zip, recognise)
    return (
        Format("tar", _is_tar, tar, "no file is in this tar archive", text=False),
        Format("zip", _is_zip, of_zip, "no file is in this zip archive", text=False),
    )
