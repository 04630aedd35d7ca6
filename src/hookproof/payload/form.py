"""Reads `application/x-www-form-urlencoded` bodies, and knows where each field stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hookproof.payload.decode import Reading
from hookproof.payload.percent import percent_decode, still_encoded
from hookproof.payload.problem import ReadProblem

if TYPE_CHECKING:
    from collections.abc import Iterator


class Field(NamedTuple):
    """One field: its decoded name, its value as it is written, and where both begin."""

    name: str
    written: str
    name_at: int
    value_at: int


def read(text: str) -> Reading:
    """Read a form into a mapping of texts; of a field that stands twice the last one counts."""
    line = text.rstrip("\r\n")
    _, problems = percent_decode(line)
    if problems:
        return Reading(None, complete=False, problems=problems, text=text)
    values: dict[str, str] = {}
    found: list[ReadProblem] = []
    twice: set[str] = set()
    for field in fields(text):
        value, _ = percent_decode(field.written)
        known = field.name in values
        # That it stands there a third time says no more.
        found += _problems(field, value, known=known and field.name not in twice)
        if known:
            twice.add(field.name)
        values[field.name] = value
    return Reading(values, complete=True, problems=tuple(found), text=text)


def fields(text: str) -> Iterator[Field]:
    """The fields of a form in order; a field without "=" has an empty value."""
    at = 0
    for part in text.rstrip("\r\n").split("&"):
        name, equals, written = part.partition("=")
        if part:
            decoded, _ = percent_decode(name)
            yield Field(decoded, written, at, at + len(name) + len(equals))
        at += len(part) + 1


def _problems(field: Field, value: str, *, known: bool) -> Iterator[ReadProblem]:
    name = field.name[:80]
    if known:
        yield ReadProblem("HP104", f'the field "{name}" stands twice in the form', field.name_at)
    if still_encoded(value):
        yield ReadProblem(
            "HP113",
            f'the field "{name}" is still percent-encoded after decoding once',
            field.name_at,
            hint="the sender encoded it twice",
        )
