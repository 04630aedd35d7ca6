"""Integers that are written as fractions: `1.0`, `1e3`. JSON Schema takes them, many do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hookproof.payload.decode import decode_text
from hookproof.schema.documented_fields import alternatives
from hookproof.validation.untyped import kinds_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.payload.scan import Path


def fractions_in(schema: Any, value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths at which an integer is documented and a number with a fraction stands."""
    if not isinstance(schema, dict):
        return
    if type(value) is float:
        kinds = kinds_of(schema)
        if value.is_integer() and "integer" in kinds and "number" not in kinds:
            yield path
        return
    for part in (schema, *alternatives(schema)):
        yield from _inside(part, value, path)


def _inside(schema: Any, value: Any, path: Path) -> Iterator[Path]:
    """The same of the members, the items, or the JSON that is text."""
    if isinstance(value, dict):
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from fractions_in(inner, value[name], (*path, name))
    elif isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            yield from fractions_in(schema["items"], item, (*path, number))
    elif isinstance(value, str) and "contentSchema" in schema:
        yield from fractions_in(schema["contentSchema"], decode_text(value).value, path)
