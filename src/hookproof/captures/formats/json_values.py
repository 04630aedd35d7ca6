"""Where the values of a long JSON text end, whether or not they are right."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from hookproof.captures.formats.window import Window

# For ends of values only: what they are has been read.
FRAME: Final = json.JSONDecoder(parse_int=str, parse_float=str)
_PIECE: Final = 2048
_LONGEST_WORD: Final = len("-Infinity")
_LOOSE: Final = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)
_MARK: Final = re.compile(r'["{}\[\]]')
_IN_STRING: Final = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)
# In JSON no text goes over a line end: with a quote too many, the next line begins outside.
_IN_LINE: Final = re.compile(r'(?:[^"\\\n]++|\\.)*+')
_DEPTH: Final = {"{": 1, "[": 1, "}": -1, "]": -1}
_WORD: Final = re.compile(r"[^\s,\[\]{}]*")


def value_at(text: str, start: int) -> tuple[Any, int | None]:
    """The value that begins at a place, None where it is broken, and its end.

    A broken value ends where its brackets are closed. The end is None where the text ends first.
    """
    # An error counts the lines of all that it is given, which for each of many broken values is
    # too much: most can be told from a piece, unless they are wrong where it is cut off.
    piece = text[start : start + _PIECE]
    try:
        value, end = FRAME.raw_decode(piece)
        if end < len(piece) - _LONGEST_WORD:
            return value, start + end
    except json.JSONDecodeError as error:
        if not error.msg.startswith("Unterminated") and error.pos < len(piece) - _LONGEST_WORD:
            return None, _closed_at(text, start)
    except RecursionError:
        return None, _closed_at(text, start)
    try:
        return FRAME.raw_decode(text, start)
    except (json.JSONDecodeError, RecursionError):
        return None, _closed_at(text, start)


def object_end(text: str, *, strict: bool = False) -> int | None:
    """Where the JSON object ends that a text begins with; None where none does.

    Unless `strict`, its strings may hold control characters as they are.
    """
    if not text.startswith("{"):
        return None
    try:
        return (FRAME if strict else _LOOSE).raw_decode(text)[1]
    except (ValueError, RecursionError):
        return None


def is_whole(raw: bytes) -> bool:
    """Whether a body is a JSON value that nothing can be lacking of, as of a number."""
    try:
        return isinstance(orjson.loads(raw), (dict, list))
    except orjson.JSONDecodeError:
        return False


def pass_over(window: Window) -> bool:
    """Read past a text, object or list without holding it; False where the stream ends in it."""
    depth, inside = 0, False
    while True:
        # A string is passed over in one go, all else from one mark to the next.
        mark = (_IN_STRING.match if inside else _MARK.search)(window.text, window.at)
        end = mark.end() if mark else len(window.text)
        window.advance(end)
        if inside and window.text[end : end + 1] == '"':
            inside = False
            window.advance(end + 1)
        elif mark and not inside:
            inside = mark[0] == '"'
            depth += _DEPTH.get(mark[0], 0)
        elif not window.more():
            return False
        if not inside and not depth:
            return True


def _closed_at(text: str, start: int) -> int | None:
    if text[start : start + 1] not in ('"', "{", "["):
        word = _WORD.match(text, start)
        # At least one character, so that whoever reads on gets on.
        end = max(word.end() if word else start, start + 1)
        return end if end < len(text) else None
    depth, at = 0, start
    while mark := _MARK.search(text, at):
        at = mark.end()
        if mark[0] == '"':
            string = _IN_LINE.match(text, at)
            at = string.end() if string else at
            if at == len(text):
                return None
            at += text[at] == '"'
        else:
            depth += _DEPTH[mark[0]]
        if not depth:
            return at
    return None
