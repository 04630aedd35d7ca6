"""Bodies whose values are made unreadable, so that an example can be shown to anybody.

Keys, structure, punctuation and lengths stay; every letter becomes x and every digit 0. An
example then still shows a text where a number belongs, or a separator that is missing.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from hookproof.payload import form as wire_form
from hookproof.payload.body import BodyForm, read_body
from hookproof.payload.decode import decode_text
from hookproof.payload.percent import percent_decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_SHOWN: Final = 2000
# Every further level of JSON text in JSON text doubles its escapes; vendors use one.
_MOST_LEVELS: Final = 4

_JSON_TOKEN: Final = re.compile(
    r'"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|(true|false|null)|-?[0-9][-+.0-9Ee]*'
)
_PRINT_R_ENTRY: Final = re.compile(r"([ \t]*\[[^\]\n]*\] => ?)(.*)", re.DOTALL)
_PRINT_R_MARKS: Final = frozenset({"Array", "(", ")"})
_MASKED_BYTES: Final = bytes(
    48 if 48 <= byte <= 57 else 120 if byte >= 128 or chr(byte).isalpha() else byte
    for byte in range(256)
)


def mask_body(raw: bytes, *, form: BodyForm | None = None) -> str:
    """A body with its values masked, at most 2,000 characters of it; never raises.

    The form is told by content where it is not given. A percent-encoded body is shown decoded,
    a form with a line for each field. Of a body that cannot be read, keys are masked too.
    """
    body = read_body(raw, form=form)
    if not body.reading.complete:
        return _cut([raw[: MAX_SHOWN + 1].translate(_MASKED_BYTES).decode("ascii")])
    return _cut(_MASKS[body.form](raw.decode().strip()))


def mask_text(text: str) -> str:
    """A text with letters made x and digits 0, at most 2,000 characters of it.

    A text that is JSON keeps its keys and structure.
    """
    return _mask_text(text, _MOST_LEVELS)


def _mask_text(text: str, levels: int) -> str:
    if levels and text.lstrip()[:1] in {"{", "["} and decode_text(text).complete:
        return _cut(_mask_json(text, levels - 1))
    return _cut(map(_mask_character, text))


def _mask_json(text: str, levels: int = _MOST_LEVELS) -> Iterator[str]:
    """The pieces of a JSON text that was read without a fault, masked."""
    done = 0
    for token in _JSON_TOKEN.finditer(text):
        yield text[done : token.start()]
        done = token.end()
        content, is_key, word = token.groups()
        if is_key or word:
            yield token[0]
        elif content is not None:
            masked = _mask_text(json.loads(token[0], strict=False), levels)
            yield json.dumps(masked, ensure_ascii=False)
        else:
            yield re.sub("[0-9]", "0", token[0])
    yield text[done:]


def _mask_form(text: str) -> Iterator[str]:
    for number, field in enumerate(wire_form.fields(text)):
        value, _ = percent_decode(field.written)
        yield "\n&" if number else ""
        yield f"{field.name}={mask_text(value)}"


def _mask_print_r(text: str) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        entry = _PRINT_R_ENTRY.match(line)
        head, value = entry.groups() if entry else ("", line)
        yield head + (value if value.strip() in _PRINT_R_MARKS else mask_text(value))


def _mask_character(char: str) -> str:
    if char.isdigit():
        return "0"
    return char if char.isascii() and not char.isalpha() else "x"


def _cut(pieces: Iterable[str]) -> str:
    """The first 2,000 characters; nothing is worked out beyond them."""
    characters = (char for piece in pieces for char in piece)
    text = "".join(islice(characters, MAX_SHOWN + 1))
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


_MASKS: Final[dict[BodyForm, Callable[[str], Iterator[str]]]] = {
    BodyForm.JSON: _mask_json,
    BodyForm.FORM: _mask_form,
    BodyForm.PERCENT_JSON: lambda text: _mask_json(percent_decode(text)[0]),
    BodyForm.PRINT_R: _mask_print_r,
}
