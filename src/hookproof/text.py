"""How a schema and a value are told to a person, each in one short line."""

from __future__ import annotations

import json
from typing import Any, Final

SHOWN: Final = 80

_KINDS: Final = {
    "string": "text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
    "object": "an object",
    "array": "a list",
}


def show(value: Any) -> str:
    """A value as JSON, cut at 80 characters, safe for a terminal."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except ValueError:
        return "a number of more than 4300 digits"
    return cut(text)


def cut(text: str) -> str:
    """At most 80 characters, control characters and lone surrogates escaped."""
    shown = [escaped(char) for char in text[: SHOWN + 1]]
    if sum(map(len, shown)) <= SHOWN:
        return "".join(shown)
    # Cut between characters: half an escape would read as other text.
    while sum(map(len, shown)) > SHOWN - 1:
        shown.pop()
    return "".join(shown) + "…"


def escaped(char: str) -> str:
    """A character as a terminal may have it: itself, or its escape."""
    return char if char.isprintable() else char.encode("unicode_escape").decode()


def describe(schema: Any) -> str:
    """What a schema wants: `an integer, at least 0`, `one of "SUCCESS", "FAILED"`."""
    if not isinstance(schema, dict):
        return "a value"
    if "const" in schema:
        return f"exactly {show(schema['const'])}"
    if "enum" in schema:
        values = [show(value) for value in schema["enum"]]
        more = ", or one that is new" if schema.get("x-open") else ""
        many = len(values) > 1 or more
        return f"one of {', '.join(values)}{more}" if many else f"exactly {values[0]}"
    for alternatives in ("anyOf", "oneOf"):
        # Beside properties they ask for some of these, and are no types.
        if alternatives in schema and "properties" not in schema:
            return " or ".join(describe(branch) for branch in schema[alternatives])
    kind = _kind(schema) if "type" in schema else _all_of(schema) or _kind(schema)
    return ", ".join([kind, *_limits(schema), *_some_of_its_fields(schema)])


def _all_of(schema: dict[str, Any]) -> str:
    """What the parts of a schema that is put together want; "" where they say nothing."""
    parts = dict.fromkeys(describe(part) for part in schema.get("allOf", ()))
    return " and ".join(part.removeprefix("a value, ") for part in parts if part != "a value")


def _some_of_its_fields(schema: dict[str, Any]) -> list[str]:
    branches = schema.get("anyOf", schema.get("oneOf", ()))
    asked = [branch.get("required", ()) for branch in branches if isinstance(branch, dict)]
    return (
        [f"with {' or '.join(' and '.join(names) for names in asked)}"]
        if all(asked) and asked
        else []
    )


def _kind(schema: dict[str, Any]) -> str:
    if schema.get("contentMediaType") == "application/json":
        content = schema.get("contentSchema")
        shape = content.get("title", "") if isinstance(content, dict) else ""
        return f"JSON text ({shape})" if shape else "JSON text"
    kinds = schema.get("type", "")
    names = [kinds] if isinstance(kinds, str) else kinds
    kind = " or ".join(_KINDS.get(name, "a value") for name in names)
    title = schema.get("title", "")
    return f"{kind} ({title})" if title else kind


def _limits(schema: dict[str, Any]) -> list[str]:
    words = {
        "minimum": "at least {}",
        "maximum": "at most {}",
        "exclusiveMinimum": "more than {}",
        "exclusiveMaximum": "less than {}",
        "minLength": "at least {} characters",
        "maxLength": "at most {} characters",
        "minProperties": "at least {} fields",
        "maxProperties": "at most {} fields",
        "x-max-bytes": "at most {} bytes",
        "pattern": "matching {}",
    }
    return [
        text.format(schema[key]) + inferred_mark(schema, key)
        for key, text in words.items()
        if key in schema
    ]


def is_inferred(schema: Any, keyword: str) -> bool:
    """Whether no page gives what a keyword says; `x-basis` beside it tells."""
    basis = schema.get("x-basis") if isinstance(schema, dict) else None
    return isinstance(basis, dict) and basis.get(keyword) == "inferred"


def inferred_mark(schema: Any, keyword: str) -> str:
    """What stands behind such a keyword in words: ` (inferred)`, or nothing."""
    return " (inferred)" if is_inferred(schema, keyword) else ""
