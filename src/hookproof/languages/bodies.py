"""Bodies that a stranger may send: what no reader may take, and what is odd and yet right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST: Final = 128
_LONGEST: Final = 4300


def broken_bodies(body: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Names, bodies and the reasons for which they are refused, made of a JSON object's bytes."""
    inside = body[1:]
    for name, text in _NO_VALUES.items():
        yield name, b'{"x":' + text + b"," + inside, "unreadable"
    for name, text in _NO_JSON.items():
        yield name, text, "unreadable"
    for name, text in _NO_OBJECTS.items():
        yield name, text, "no-object"
    yield "byte order mark", b"\xef\xbb\xbf" + body, "unreadable"
    yield "UTF-16", body.decode().encode("utf-16-le"), "unreadable"
    yield "cut off", body[:-1], "unreadable"
    yield "cut in half", body[: len(body) // 2], "unreadable"
    yield "text after it", body + b" x", "unreadable"
    yield "twice in a row", body + body, "unreadable"
    yield "comma before the end", body[:-1] + b",}", "unreadable"
    yield "no comma", b'{"x":1 ' + inside, "unreadable"
    yield "no quotes around a key", b"{x:1," + inside, "unreadable"
    yield "single quotes", b"{'x':1," + inside, "unreadable"
    yield "comment", b"{/* x */" + inside, "unreadable"
    yield "key twice", b'{"x":1,"x":1,' + inside, "unreadable"
    yield "key twice, once escaped", b'{"x":1,"\\u0078":2,' + inside, "unreadable"
    yield "key twice deeper", b'{"x":[{"y":1,"y":1}],' + inside, "unreadable"


def odd_members() -> dict[str, str]:
    """Members, by what is odd about them, that JSON allows and every reader has to take."""
    deep = _DEEPEST - 1
    return {
        "deepest": f'"x":{"[" * deep}{"]" * deep}',
        "longest integer": f'"x":{"9" * _LONGEST}',
        "escapes": '"\\u0078":"\\u00e9\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\"\\\\\\u0000"',
        "blanks between": ' "x" :\t[ 1 ,\r\n2 ] ',
        "exponents": '"x":[1E3,1e-3,1.5E+2,0e0,0.0]',
        "names of other things": '"__proto__":{"constructor":1},"":0,"toString":null',
        "characters": '"\u00fc\u20ac":"\u0800\uffff\U00010000\U0010ffff\u007f\u2028"',
    }


def broken_forms(written: bytes) -> Iterator[tuple[str, bytes]]:
    """The same of a form."""
    first = written.split(b"&", 1)[0]
    yield "field twice", written + b"&" + first
    yield "no escape", written + b"&x=%zz"
    yield "half an escape", written + b"&x=%4"
    yield "no UTF-8 behind escapes", written + b"&x=%ff"
    yield "no UTF-8", written + b"&x=\xff"
    yield "encoded twice", written + b"&x=%257B%257D&y=%7B%7D"


def broken_percent_json(written: bytes) -> Iterator[tuple[str, bytes]]:
    """The same of JSON that is percent-encoded."""
    yield "half an escape", written[:-1]
    yield "no escape", written[:3] + b"%zz" + written[3:]
    yield "no UTF-8 behind escapes", written[:3] + b"%22x%22%3A%22%ff%22%2C" + written[3:]
    yield "cut off", written[:-3]


_NO_VALUES: Final = {
    "NaN": b"NaN",
    "Infinity": b"Infinity",
    "minus Infinity": b"-Infinity",
    "1e400": b"1e400",
    "-1e400": b"-1e400",
    "leading zero": b"01",
    "plus": b"+1",
    "hexadecimal": b"0x10",
    "no digit before the point": b".5",
    "no digit after the point": b"1.",
    "no digit in the exponent": b"1e",
    "minus alone": b"-",
    "letters": b"1a",
    "digits of another script": "\u0663".encode(),
    "True": b"True",
    "undefined": b"undefined",
    "nothing": b"",
    "integer too long": b"9" * (_LONGEST + 1),
    "too deep": b"[" * _DEEPEST + b"]" * _DEEPEST,
    "not closed": b"[" * 50_000,
    "no UTF-8": b'"\xff"',
    "overlong UTF-8": b'"\xc0\xaf"',
    "surrogate as UTF-8": b'"\xed\xa0\x80"',
    "beyond Unicode": b'"\xf4\x90\x80\x80"',
    "half a character": b'"\\ud83d"',
    "halves in the wrong order": b'"\\ude00\\ud83d"',
    "control character": b'"\x01"',
    "line end in a text": b'"\n"',
    "no such escape": b'"\\x41"',
    "half an escape": b'"\\u12"',
    "text that does not end": b'"x',
}
_NO_JSON: Final = {
    "empty": b"",
    "blanks": b" \r\n\t",
    "words": b"hello",
    "XML": b"<xml/>",
    "NUL": b"\x00\x00",
    "no-break space": "\u00a0{}".encode(),
    "100,000 brackets": b"[" * 100_000,
}
_NO_OBJECTS: Final = {
    "null": b"null",
    "a list": b"[]",
    "a number": b"12",
    "a text": b'"text"',
    "true": b"true",
}
