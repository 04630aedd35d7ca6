"""Reads captures out of bytes, as the command does of a file."""

from __future__ import annotations

import importlib
import io
from typing import TYPE_CHECKING, Any

import pytest

from hookproof.captures.capture import Capture, Remark, Unreadable
from hookproof.captures.formats import ReadOptions, formats, recognise
from hookproof.captures.stream import START_SIZE, open_stream

if TYPE_CHECKING:
    from hookproof.captures.formats import Format

BY_NAME = {form.name: form for form in formats()}
MARK = "¦"


def as_bytes(content: str | bytes) -> bytes:
    """Text as UTF-8."""
    return content.encode() if isinstance(content, str) else content


def told(content: str | bytes, **options: Any) -> str:
    """The name of the format that a file with this content is taken for."""
    start = open_stream(io.BytesIO(as_bytes(content))).peek(START_SIZE)[:START_SIZE]
    return recognise(start, options=ReadOptions(**options)).name


def everything(
    content: str | bytes, form: str = "", **options: Any
) -> list[Capture | Unreadable | Remark]:
    """What a file with this content holds, in the format that is named or told."""
    given = ReadOptions(**options)
    stream = open_stream(io.BytesIO(as_bytes(content)))
    start = stream.peek(START_SIZE)[:START_SIZE]
    chosen: Format = BY_NAME[form] if form else recognise(start, options=given)
    return list(chosen.read(stream, file="f", options=given))


def read(content: str | bytes, form: str = "", **options: Any) -> list[Capture | Unreadable]:
    """The same without what is only remarked."""
    found = everything(content, form, **options)
    return [item for item in found if not isinstance(item, Remark)]


def remarks(content: str | bytes, form: str = "", **options: Any) -> list[tuple[str, int]]:
    """What is remarked, and how often."""
    found = everything(content, form, **options)
    return [(item.text, item.count) for item in found if isinstance(item, Remark)]


def captures(content: str | bytes, form: str = "", **options: Any) -> list[Capture]:
    """The captures, of which all are to be readable."""
    found = read(content, form, **options)
    assert all(isinstance(item, Capture) for item in found), found
    return [item for item in found if isinstance(item, Capture)]


def bodies(content: str | bytes, form: str = "", **options: Any) -> list[str]:
    """The bodies; in place of one that cannot be read its code."""
    return [
        item.code if isinstance(item, Unreadable) else item.body.decode(errors="backslashreplace")
        for item in read(content, form, **options)
        if not isinstance(item, Remark)
    ]


def places(content: str | bytes, form: str = "", **options: Any) -> list[tuple[int, int, int]]:
    """Record, line and column of everything found."""
    found = [item.origin for item in read(content, form, **options)]
    return [(origin.record, origin.line, origin.column) for origin in found]


def marked(text: str) -> tuple[str, tuple[int, int]]:
    """The text without its mark, and line and column where it stood."""
    before, after = text.split(MARK)
    lines = before.split("\n")
    return before + after, (len(lines), len(lines[-1]) + 1)


def zstd(text: bytes) -> bytes:
    """A zstd frame, made by whichever package is there."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        packed: bytes = module.compress(text)
        return packed
    package = pytest.importorskip("zstandard")
    whole: bytes = package.ZstdCompressor().compress(text)
    return whole
