"""Walks the names and values of a body in any of its forms, and of the JSON that is text in them.

An editor says what is to be replaced in each; what it says of an inner text is led out to the
body. Of a key that stands twice both values are shown, which a decoder would not do.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol
from urllib.parse import quote

from hookproof.payload import print_r
from hookproof.payload.body import Body, BodyForm
from hookproof.payload.decode import decode_text
from hookproof.payload.form import fields as form_fields
from hookproof.payload.locate import string_origins
from hookproof.payload.percent import percent_decode, percent_origins, still_encoded
from hookproof.sanitize.edits import Edit, lift, shift
from hookproof.sanitize.refusal import RefusedError, dump_unclear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.payload.scan import Path

_MAX_LAYERS: Final = 8
_JSON_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')
_DUMP_LINE: Final = re.compile(r"\s*(?:Array\s*\(?|\(|\)|\[[^\]\n]*\] =>[ ]?(?:Array)?)?\s*")


class Editor(Protocol):
    """Says what is to be replaced in a value or a name that stands at a path."""

    def text(self, path: Path, text: str) -> list[Edit]:
        """The edits in a text; places count in the text as decoded."""
        ...  # pragma: no cover

    def number(self, path: Path, literal: str) -> list[Edit]:
        """The edits in a number as it is written."""
        ...  # pragma: no cover

    def name(self, path: Path) -> list[Edit]:
        """The edits in a field's name, the last part of the path."""
        ...  # pragma: no cover


def body_edits(body: Body, editor: Editor) -> list[Edit]:
    """The edits in the text of a body that was read whole; raises RefusedError."""
    return list(_OF_FORM[body.form](body.raw.decode(), editor))


def _text_edits(path: Path, text: str, editor: Editor, *, layers: int = 0) -> list[Edit]:
    """The edits in a text, which may hold JSON, as it is or percent-encoded once more."""
    if layers < _MAX_LAYERS:
        if _holds_json(text):
            return _json_edits(text, editor, path=path, layers=layers + 1)
        if still_encoded(text) and not percent_decode(text)[1]:
            decoded, origins = percent_origins(text)
            inner = _text_edits(path, decoded, editor, layers=layers + 1)
            return lift(inner, origins, end=len(text), write=_quoted)
    return editor.text(path, text)


def _json_edits(text: str, editor: Editor, *, path: Path = (), layers: int = 0) -> list[Edit]:
    """The edits in a JSON text that was read whole."""
    found: list[Edit] = []
    for token in _json_tokens(text):
        where, literal = (*path, *token.path), token.literal
        if literal.startswith('"'):
            inner = json.loads(literal, strict=False)
            edits = (
                editor.name(where)
                if token.is_name
                else _text_edits(where, inner, editor, layers=layers)
            )
            if edits:
                origins, end = string_origins(literal), len(literal) - 1
                found += shift(lift(edits, origins, end=end, write=_escaped), token.start)
        elif token.literal[0] in "-0123456789":
            found += shift(editor.number(where, token.literal), token.start)
    return found


class _Token(NamedTuple):
    """A name or a single value in a JSON text: the path to it, where it begins, how it reads."""

    path: Path
    start: int
    literal: str
    is_name: bool


def _json_tokens(text: str) -> Iterator[_Token]:
    """All names and single values of a JSON text, the text being right."""
    path: list[str | int] = []
    expects_name = False
    for match in _JSON_TOKEN.finditer(text):
        literal = match.group()
        if literal in ("{", "["):
            expects_name = literal == "{"
            path.append("" if expects_name else 0)
        elif literal in ("}", "]"):
            path.pop()
            expects_name = False
        elif literal == ",":
            expects_name = isinstance(path[-1], str)
            path[-1] = path[-1] if isinstance(path[-1], str) else path[-1] + 1
        elif literal != ":":
            if expects_name:
                path[-1] = json.loads(literal, strict=False)
            yield _Token(tuple(path), match.start(), literal, expects_name)
            expects_name = False


def _holds_json(text: str) -> bool:
    return text.lstrip(" \t\r\n")[:1] in ("{", "[", '"') and decode_text(text).complete


def _of_percent_json(text: str, editor: Editor) -> list[Edit]:
    encoded = text.strip()
    decoded, origins = percent_origins(encoded)
    inner = lift(_json_edits(decoded, editor), origins, end=len(encoded), write=_quoted)
    return shift(inner, len(text) - len(text.lstrip()))


def _of_form(text: str, editor: Editor) -> Iterator[Edit]:
    def led_out(edits: list[Edit], written: str, at: int) -> list[Edit]:
        _, origins = percent_origins(written)
        return shift(lift(edits, origins, end=len(written), write=_quoted), at)

    for field in form_fields(text):
        name = text[field.name_at : field.value_at].removesuffix("=")
        yield from led_out(editor.name((field.name,)), name, field.name_at)
        decoded, _ = percent_origins(field.written)
        inner = _text_edits((field.name,), decoded, editor)
        yield from led_out(inner, field.written, field.value_at)


def _of_dump(text: str, editor: Editor) -> Iterator[Edit]:
    spans = print_r.spans(text)
    inner = {path[:-1] for path in spans}
    # The head of a list without entries stands like a value.
    values = {
        path: span
        for path, span in spans.items()
        if path not in inner and text[slice(*span)].strip() != "Array"
    }
    _check_dump(text, list(values.values()))
    for path, (start, _) in spans.items():
        name_at = text.index("[", text.rfind("\n", 0, start) + 1) + 1
        yield from shift(editor.name(path), name_at)
    for path, (start, end) in values.items():
        yield from shift(_text_edits(path, text[start:end], editor), start)


def _check_dump(text: str, values: list[tuple[int, int]]) -> None:
    """A dump's reader passes over lines that it does not know; nothing of them may be copied."""
    at, around = 0, []
    for start, end in sorted(values):
        around.append(text[at:start])
        at = max(at, end)
    lines = "".join([*around, text[at:]]).split("\n")
    if not all(map(_DUMP_LINE.fullmatch, lines)):
        raise RefusedError(dump_unclear())


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _escaped(text: str) -> str:
    return json.dumps(text)[1:-1]


_OF_FORM: Final[dict[BodyForm, Callable[[str, Editor], list[Edit] | Iterator[Edit]]]] = {
    BodyForm.JSON: _json_edits,
    BodyForm.PERCENT_JSON: _of_percent_json,
    BodyForm.FORM: _of_form,
    BodyForm.PRINT_R: _of_dump,
}
