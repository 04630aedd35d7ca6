"""The values of a form as the numbers that they stand for: a form itself knows texts alone."""

from __future__ import annotations

import re
from typing import Any, Final

from hookproof.schema.documented_fields import listed_values, named_types

_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,99})")
_WORDS: Final = {"true": True, "false": False}


def typed(schema: dict[str, Any], payload: dict[str, Any]) -> dict[str, Any]:
    """A payload in which texts are numbers where a number, and no text, is documented."""
    properties = schema.get("properties", {})
    return {name: _typed(properties.get(name), value) for name, value in payload.items()}


def _typed(schema: Any, value: Any) -> Any:
    kinds = kinds_of(schema)
    if not isinstance(value, str) or "string" in kinds:
        return value
    if kinds & {"integer", "number"} and _NUMBER.fullmatch(value):
        return int(value)
    return _WORDS.get(value, value) if "boolean" in kinds else value


def kinds_of(schema: Any) -> set[str]:
    """The types that a schema names, those of its alternatives too."""
    if not isinstance(schema, dict):
        return set()
    kinds = named_types(schema)
    for value in listed_values(schema):
        kinds |= {"string"} if isinstance(value, str) else {"integer"}
    for key in ("anyOf", "oneOf", "allOf"):
        kinds = kinds.union(*map(kinds_of, schema.get(key, ())))
    return kinds
