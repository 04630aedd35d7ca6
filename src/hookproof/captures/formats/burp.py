"""Items as Burp Suite saves them: XML with each request whole, most often in Base64."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from hookproof.captures.capture import Origin, ReadOptions
from hookproof.captures.formats.conversations import Conversation, Piece
from hookproof.captures.formats.fields import as_bytes, from_base64
from hookproof.captures.formats.format import Format, Refused
from hookproof.captures.formats.http_messages import read_conversations

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from hookproof.captures.formats.format import Found
    from hookproof.captures.stream import Start

_LOOKS: Final = rb"(?s)<\?xml[^>]*\?>\s*(?:<!DOCTYPE items.*?\]>\s*)?<items[\s>]"
_PIECE: Final = 256 * 1024


def _looks(start: Start, _: ReadOptions) -> bool:
    return start.head.startswith(b"<?xml") and re.match(_LOOKS, start.head) is not None


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    reader = _Items()
    try:
        yield from read_conversations(reader.conversations(stream), file, options)
    except Refused as refused:
        yield refused.at(Origin(file))


class _Items:
    """Collects the requests of the items while the file is parsed, piece by piece."""

    def __init__(self) -> None:
        # Read only where there is XML to read.
        from xml.parsers import expat  # noqa: PLC0415

        self._expat: Any = expat
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.EntityDeclHandler = self._entity
        self._text: list[str] | None = None
        self._base64 = False
        self._line = 1
        self._found: list[Conversation | Refused] = []

    def conversations(self, stream: io.BufferedReader) -> Iterator[Conversation | Refused]:
        """The requests. Raises Refused where the XML is broken, after what was before."""
        while True:
            piece = stream.read(_PIECE)
            try:
                self._parser.Parse(piece, not piece)
            except self._expat.ExpatError as error:
                yield from self._found
                raise Refused(
                    f"the XML cannot be read on: {error}", code="HP103", hint="is the copy whole?"
                ) from None
            yield from self._found
            self._found = []
            if not piece:
                return

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "request":
            self._text = []
            self._base64 = attributes.get("base64") == "true"
            self._line = self._parser.CurrentLineNumber

    def _data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name != "request" or self._text is None:
            return
        text, self._text = "".join(self._text), None
        try:
            raw = from_base64(text) if self._base64 else as_bytes(text)
            piece = Piece(raw.decode("latin-1"), self._line, 1, plain=False)
            self._found.append(Conversation([piece]))
        except Refused as refused:
            refused.origin = Origin("", 0, self._line)
            self._found.append(refused)

    def _entity(self, *_: object) -> None:
        raise Refused("the XML declares entities, which no tool needs", hint="is this a bomb?")


BURP = Format("burp", _looks, _read, "no item holds a request with a body")
