"""Values in the notations of programming languages: what a program prints of a body it has parsed.

Dicts of Python, hashes of Ruby, objects as JavaScript inspects them, arrays of PHP, maps of
Elixir and Clojure, dumps of Perl, values of Rust and Swift: strings are quoted in them, so nothing
is lost but the blanks. They are written anew as JSON, numbers with the digits that stand there.
Maps of Go and Java quote nothing, and are not read.
"""

from __future__ import annotations

import json
import re
from typing import Final, NamedTuple

_OPENS: Final = re.compile(r"\s*(%?\{|(?:Array ?)?\[|\(|[Aa]rray\s*\(|<QueryDict:|\w{1,40}\s*\{)")
# A value that says of which type it is: String("a") of Rust, Long("1") of MongoDB.
_TYPED: Final = re.compile(r"\s*((?:[a-z_]\w{0,20}\.)+\w{1,20}|[A-Z]\w{1,20})\(")
_ARGUMENTS: Final = re.compile(r"([\w\s,.=+\-:'\"]{0,200})\)")
_MOMENT: Final = re.compile(
    r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9:.]{5,18}(?: ?(?:Z|UTC|[+-][0-9:]{4,5}))?)?)(?![\w-])"
)
_OF_NUMBERS: Final = re.compile("Number|Long|Decimal|Int|BigInt")
_STRING: Final = re.compile(
    r"\s*[bu]?(?:'((?:[^'\\]|\\.)*+)'|\"((?:[^\"\\]|\\.)*+)\"|`((?:[^`\\]|\\.)*+)`)", re.DOTALL
)
_NUMBER: Final = re.compile(r"\s*(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)[nL]?(?!\w)")
_WORD: Final = re.compile(r"\s*(:?[A-Za-z_$][\w$]*)")
_BETWEEN: Final = re.compile(r"\s*(?:=>|:|=)")
# Clojure has nothing but a blank between a name and its value.
_KEYWORD: Final = re.compile(r"\s*(?::[A-Za-z_]\w*|\"\w+\")(?=\s)")
_CLOSED: Final = re.compile(r"\s*\)")
_COMMA: Final = re.compile(r"\s*[,;]")
_ENDS: Final = {"{": "}", "[": "]", "(": ")", ":": ">"}
_WORDS: Final = {
    **dict.fromkeys(("true", "True", "TRUE"), "true"),
    **dict.fromkeys(("false", "False", "FALSE"), "false"),
    **dict.fromkeys(("null", "None", "nil", "NULL", "Null", "undefined"), "null"),
}
_ESCAPE: Final = re.compile(
    r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|.)", re.DOTALL
)
_PLAIN: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_MAX_DEPTH: Final = 24
# Where such a value may begin.
START: Final = re.compile(
    r"%?\{\s*(?:[bu]?['\"]|:?[A-Za-z_$])|\b[Aa]rray\s*\(\s*['\"]|<QueryDict:|\[\s*['\"]\w+['\"]\s*(?:=>|:)"
)


class Literal(NamedTuple):
    """A value written anew as JSON, and where in the text it ends."""

    written: str
    end: int


def read(text: str, start: int) -> Literal | None:
    """The value that begins at a place; None where there is none that can be read."""
    try:
        return _value(text, start, 0)
    except (_NotOne, ValueError):
        return None


class _NotOne(Exception):
    """What stands there is no value."""


def _value(text: str, at: int, depth: int) -> Literal:
    if depth > _MAX_DEPTH:
        raise _NotOne
    if string := _STRING.match(text, at):
        return Literal(json.dumps(_unescaped(string), ensure_ascii=False), string.end())
    if bare := _MOMENT.match(text, at) or _NUMBER.match(text, at):
        return Literal(json.dumps(bare[1]) if bare.re is _MOMENT else bare[1], bare.end())
    if (typed := _TYPED.match(text, at)) and not text.startswith("Array", typed.start(1)):
        return _typed(text, typed, depth)
    if opened := _OPENS.match(text, at):
        return _members(text, opened.end(), opened[1][-1], depth + 1)
    if (word := _WORD.match(text, at)) is None:
        raise _NotOne
    if word[1] in _WORDS:
        return Literal(_WORDS[word[1]], word.end())
    if word[1].startswith(":"):
        return Literal(json.dumps(word[1][1:]), word.end())
    raise _NotOne


def _typed(text: str, typed: re.Match[str], depth: int) -> Literal:
    inner = _value(text, typed.end(), depth + 1)
    if not _CLOSED.match(text, inner.end) and (several := _ARGUMENTS.match(text, typed.end())):
        return Literal(json.dumps(several[1]), several.end())
    end = _end(_CLOSED, text, inner.end)
    digits = inner.written.strip('"') if _OF_NUMBERS.match(typed[1]) else ""
    return Literal(digits if _NUMBER.fullmatch(digits) else inner.written, end)


def _members(text: str, at: int, opened: str, depth: int) -> Literal:
    """What stands between brackets: a list, or an object where its values have names."""
    end = re.compile(rf"\s*{re.escape(_ENDS[opened])}")
    if opened == ":":
        # What a form is to Django has each value in a list.
        inner = _value(text, at, depth)
        value = {name: one[0] if len(one) == 1 else one for name, one in _pairs(inner)}
        return Literal(json.dumps(value, ensure_ascii=False), _end(end, text, inner.end))
    names: list[str] = []
    values: list[str] = []
    while not (closed := end.match(text, at)):
        begun = at
        first = _name(text, at) if opened == "{" else _value(text, at, depth)
        at = first.end
        between = _BETWEEN.match(text, at)
        keyword = None if between or opened != "{" else _KEYWORD.match(text, begun)
        if keyword or (between and (opened == "{" or between[0].strip() in {"=>", ":"})):
            second = _value(text, between.end() if between else at, depth)
            name = first.written if first.written.startswith('"') else json.dumps(first.written)
            names.append(name)
            first, at = second, second.end
        elif opened == "{":
            raise _NotOne
        values.append(first.written)
        comma = _COMMA.match(text, at)
        if not comma and not end.match(text, at):
            raise _NotOne
        at = comma.end() if comma else at
    if names and len(names) != len(values):
        raise _NotOne
    if names or opened == "{":
        pairs = ",".join(f"{name}:{value}" for name, value in zip(names, values, strict=True))
        return Literal(f"{{{pairs}}}", closed.end())
    return Literal(f"[{','.join(values)}]", closed.end())


def _name(text: str, at: int) -> Literal:
    """The name of a member: quoted, a word, or a symbol of Ruby."""
    word = _WORD.match(text, at)
    if word and not _STRING.match(text, at):
        return Literal(json.dumps(word[1].removeprefix(":")), word.end())
    return _value(text, at, _MAX_DEPTH)


def _pairs(inner: Literal) -> list[tuple[str, list[str]]]:
    value = json.loads(inner.written)
    if not isinstance(value, dict) or not all(isinstance(one, list) for one in value.values()):
        raise _NotOne
    return list(value.items())


def _end(end: re.Pattern[str], text: str, at: int) -> int:
    closed = end.match(text, at)
    if closed is None:
        raise _NotOne
    return closed.end()


def _unescaped(string: re.Match[str]) -> str:
    body = next(part for part in string.groups() if part is not None)
    if "\\" not in body:
        return body
    text = _ESCAPE.sub(_character, body)
    if string[0].lstrip().startswith(("b'", 'b"')):
        # Each escape of bytes is one of the bytes of a character.
        return text.encode("latin-1", "strict").decode("utf-8", "strict")
    return text


def _character(escape: re.Match[str]) -> str:
    inner = escape[1]
    if inner[0] in "xu" and len(inner) > 1:
        return chr(int(inner[1:].strip("{}"), 16))
    return _PLAIN.get(inner, inner)
