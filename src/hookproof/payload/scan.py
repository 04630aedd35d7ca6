"""A slow, exact JSON reader that remembers where everything stands.

The fast decoder answers yes or no; this one says why, with a place, keeps integers
of any length, and names what fast decoders pass over: duplicate keys, lone
surrogates, numbers that a double cannot hold. It runs on suspicion and on failure.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import Any, Final, NoReturn

from hookproof.payload.problem import ReadProblem

Path = tuple[str | int, ...]

MAX_DEPTH: Final = 128
# CPython refuses to convert longer ones (its guard against quadratic time).
MAX_INTEGER_DIGITS: Final = 4300

_BLANK = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"-?[A-Za-z_][A-Za-z0-9_]*")
_LITERALS: Final = {"true": True, "false": False, "null": None}
_NOT_FINITE: Final = ("NaN", "Infinity", "-Infinity")


@dataclass(slots=True)
class Scan:
    """What a text holds: its value, the span of each value and key, and what is wrong.

    `complete` is False where reading stopped; `value` is then None.
    Spans are half-open character offsets.
    """

    value: Any = None
    complete: bool = False
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[ReadProblem] = field(default_factory=list)


class _StopReadingError(Exception):
    def __init__(self, problem: ReadProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def scan(text: str) -> Scan:
    """Read a JSON text; never raises, whatever the text holds."""
    reader = _Reader(text)
    try:
        reader.result.value = reader.document()
        reader.result.complete = True
    except _StopReadingError as stop:
        reader.result.problems.append(stop.problem)
    return reader.result


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.result = Scan()
        self.twice: set[Path] = set()

    def document(self) -> Any:
        self.skip_blanks()
        if self.at == len(self.text):
            self.stop("HP102", "the body is empty", hint="is the capture cut off?")
        value = self.value((), 0)
        self.skip_blanks()
        if self.at < len(self.text):
            self.stop(
                "HP107",
                f"more text follows the JSON value: {self.glimpse()}",
                hint="one capture holds one JSON value; is this NDJSON or two bodies in a row?",
            )
        return value

    def value(self, path: Path, depth: int) -> Any:
        start = self.at
        char = self.text[self.at : self.at + 1]
        if char == "{":
            value: Any = self.mapping(path, self.deeper(depth))
        elif char == "[":
            value = self.sequence(path, self.deeper(depth))
        elif char == '"':
            value = self.string()
        elif char == "-" or (char.isascii() and char.isdigit()):
            value = self.number()
        else:
            value = self.literal()
        self.result.values[path] = (start, self.at)
        return value

    def deeper(self, depth: int) -> int:
        if depth >= MAX_DEPTH:
            self.stop("HP108", f"nested deeper than {MAX_DEPTH} levels")
        self.at += 1
        return depth + 1

    def mapping(self, path: Path, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        self.skip_blanks()
        if self.take("}"):
            return result
        while True:
            self.member(path, depth, result)
            if self.take("}"):
                return result
            self.expect(",", 'a comma or "}"')
            self.skip_blanks()
            if self.peek() == "}":
                self.stop("HP103", "a comma stands before the closing brace")

    def member(self, path: Path, depth: int, into: dict[str, Any]) -> None:
        start = self.at
        if self.peek() != '"':
            self.stop("HP103", f"a key in double quotes was expected, {self.found()}")
        key = self.string()
        if key in into and (*path, key) not in self.twice:
            # That it stands there a third time says no more.
            self.twice.add((*path, key))
            self.note("HP104", f"the key {json.dumps(key)[:80]} stands twice in one object", start)
        self.result.keys[(*path, key)] = (start, self.at)
        self.skip_blanks()
        self.expect(":", "a colon after the key")
        self.skip_blanks()
        into[key] = self.value((*path, key), depth)
        self.skip_blanks()

    def sequence(self, path: Path, depth: int) -> list[Any]:
        result: list[Any] = []
        self.skip_blanks()
        if self.take("]"):
            return result
        while True:
            result.append(self.value((*path, len(result)), depth))
            self.skip_blanks()
            if self.take("]"):
                return result
            self.expect(",", 'a comma or "]"')
            self.skip_blanks()
            if self.peek() == "]":
                self.stop("HP103", "a comma stands before the closing bracket")

    def string(self) -> str:
        start = self.at
        value: str
        try:
            value, self.at = scanstring(self.text, start + 1, True)  # noqa: FBT003 - its only signature
        except JSONDecodeError as error:
            self.at = error.pos
            self.stop("HP103", _string_fault(error.msg, self.text[error.pos : error.pos + 1]))
        if _SURROGATE.search(value):
            self.at = start
            self.stop(
                "HP106",
                "a lone surrogate: half of a UTF-16 pair, which is no character",
                hint="the text was cut or encoded twice before it was sent",
            )
        return value

    def number(self) -> int | float:
        match = _NUMBER.match(self.text, self.at)
        if self.text.startswith("-Infinity", self.at):
            self.literal()
        if match is None or _goes_on(self.text[match.end() : match.end() + 1]):
            self.stop("HP103", f"this is not a JSON number: {self.glimpse()}")
        literal = match.group()
        value = self.integer(literal) if literal.lstrip("-").isdigit() else self.floating(literal)
        self.at = match.end()
        return value

    def integer(self, literal: str) -> int:
        digits = len(literal.lstrip("-"))
        if digits > MAX_INTEGER_DIGITS:
            self.stop("HP110", f"an integer of {digits} digits; the limit is {MAX_INTEGER_DIGITS}")
        return int(literal)

    def floating(self, literal: str) -> float:
        value = float(literal)
        if value in {float("inf"), float("-inf")}:
            self.stop("HP110", f"the number {literal[:80]} is too large for a double")
        return value

    def literal(self) -> Any:
        match = _WORD.match(self.text, self.at)
        word = match.group() if match else ""
        if word in _NOT_FINITE:
            self.stop("HP105", f"{word} is not JSON", hint="the sender must not send such a number")
        if word not in _LITERALS:
            self.stop("HP103", f"a JSON value was expected, {self.found()}")
        self.at += len(word)
        return _LITERALS[word]

    def skip_blanks(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self, char: str) -> bool:
        if self.peek() != char:
            return False
        self.at += 1
        return True

    def expect(self, char: str, words: str) -> None:
        if not self.take(char):
            self.stop("HP103", f"{words} was expected, {self.found()}")

    def found(self) -> str:
        return f"{self.glimpse()} came" if self.at < len(self.text) else "the text ends here"

    def glimpse(self) -> str:
        return json.dumps(self.text[self.at : self.at + 20], ensure_ascii=False)

    def note(self, code: str, message: str, offset: int) -> None:
        self.result.problems.append(ReadProblem(code, message, offset))

    def stop(self, code: str, message: str, *, hint: str = "") -> NoReturn:
        raise _StopReadingError(ReadProblem(code, message, self.at, hint))


def _goes_on(char: str) -> bool:
    return char.isalnum() or char in {".", "+", "-", "_"}


def _string_fault(message: str, char: str) -> str:
    if message.startswith("Unterminated"):
        return "a string is not closed"
    if message.startswith("Invalid control character"):
        return f"an unescaped control character ({json.dumps(char)}) stands in a string"
    return "an invalid escape stands in a string"
