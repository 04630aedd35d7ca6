"""Finds the entries in the log of a HAR, which may be larger than the memory there is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from hookproof.capture.capture import Origin
from hookproof.capture.formats.format import Refused
from hookproof.capture.formats.json_values import pass_over
from hookproof.payload.problem import position_at
from hookproof.payload.scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.capture.formats.window import Window

# Only where entries begin and end is asked for here; bodies are judged by the strict decoder.
_FRAME: Final = json.JSONDecoder(strict=False, parse_int=str)
# As much may be missing of a word or an escape at the end of a window.
_LONGEST_WORD: Final = len(r"\ud83d\ude00") + 4
# An entry holds the answer too. One this large, in characters, is no callback's.
MAX_ENTRY: Final = 32 * 1024 * 1024
_WHOLE: Final = "is the copy whole?"


class HarLog:
    """Finds the entries of a HAR one after the other, and holds one at a time."""

    def __init__(self, window: Window, file: str) -> None:
        self.window = window
        self._file = file

    def entries(self) -> Iterator[tuple[Any, str, int, int]]:
        """Each entry, its text, and the line and column where it begins.

        The text is empty where the entry is too long to be held.
        """
        self._open("{")
        for name in self._members():
            if name != "log":
                self._pass_over()
                continue
            self._open("{")
            for inner in self._members():
                if inner == "entries":
                    self._open("[")
                    yield from self._items()
                    return
                self._pass_over()
        raise self._damaged("HP115", "there are no entries in a log", "is this a HAR file?")

    def _items(self) -> Iterator[tuple[Any, str, int, int]]:
        while self.window.peek() != "]":
            place = (self.window.line, self.window.column)
            value, text = self._value()
            yield value, text, *place
            if self.window.peek() == ",":
                self._skip()

    def _members(self) -> Iterator[str]:
        while self.window.peek() != "}":
            name, _ = self._value()
            self._open(":")
            yield name if isinstance(name, str) else ""
            if self.window.peek() == ",":
                self._skip()
        self._skip()

    def _open(self, char: str) -> None:
        found = self.window.peek()
        if found != char:
            came = f'"{found}" came' if found else "the file ends"
            raise self._damaged("HP103", f'"{char}" was expected, {came}')
        self._skip()

    def _skip(self) -> None:
        self.window.advance(self.window.at + 1)

    def _value(self) -> tuple[Any, str]:
        """The value that begins here, and its text; none of one that is too long."""
        self._expect_value()
        window = self.window
        while len(window.text) - window.at <= MAX_ENTRY:
            try:
                value, end = _FRAME.raw_decode(window.text, window.at)
            except json.JSONDecodeError as error:
                if not self._cut(error) or not window.more():
                    raise self._faulty() from None
                continue
            except RecursionError:
                raise self._damaged("HP108", "nested too deep") from None
            if end < len(window.text) or not window.more():
                text = window.text[window.at : end]
                window.advance(end)
                return value, text
        self._pass_over()
        return None, ""

    def _pass_over(self) -> None:
        """Pass over the value that begins here without holding it."""
        self._expect_value()
        window = self.window
        if window.text[window.at] not in '"{[':
            self._value()
            return
        if not pass_over(window):
            raise self._damaged("HP103", "the file ends within a value", _WHOLE)

    def _expect_value(self) -> None:
        if not self.window.peek():
            raise self._damaged("HP103", "the file ends before the log does", _WHOLE)

    def _cut(self, error: json.JSONDecodeError) -> bool:
        """Whether a value cannot be read because the window ends in it."""
        unclosed = error.msg.startswith("Unterminated")
        return unclosed or error.pos > len(self.window.text) - _LONGEST_WORD

    def _faulty(self) -> Refused:
        """Why the value that begins here cannot be read, and where exactly."""
        text = self.window.text[self.window.at :]
        for fault in scan(text).problems[-1:]:
            place = position_at(text, fault.offset)
            column = place.column + (self.window.column - 1 if place.line == 1 else 0)
            line = self.window.line + place.line - 1
            origin = Origin(self._file, 0, line, column)
            return Refused(fault.message, hint=fault.hint, code=fault.code, origin=origin)
        return self._damaged("HP103", "this cannot be read")

    def _damaged(self, code: str, message: str, hint: str = "") -> Refused:
        origin = Origin(self._file, 0, self.window.line, self.window.column)
        return Refused(message, hint=hint, code=code, origin=origin)
