"""Lists of values that their pages say will grow: `x-open` beside `enum`.

What is listed is what a vendor sends today, so examples, models and the test of receivers are made
of it; no other value of the same type is refused.
"""

from __future__ import annotations

from typing import Any, Final

_NAMES: Final = frozenset({"properties", "$defs", "dependentSchemas", "patternProperties"})
_VALUES: Final = frozenset({"enum", "const", "default", "examples"})


def without_open_lists(schema: Any) -> Any:
    """A schema that refuses no value for not being in a list that grows; the same without any."""
    if isinstance(schema, list):
        return _changed(schema, [without_open_lists(part) for part in schema])
    if not isinstance(schema, dict):
        return schema
    kept = {k: v for k, v in schema.items() if k != "enum" or schema.get("x-open") is not True}
    return _changed(schema, {key: _member(key, value) for key, value in kept.items()})


def plain_schema(schema: Any) -> Any:
    """A schema without the words that are ours alone, and without its dialect."""
    if isinstance(schema, list):
        return [plain_schema(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: {field: plain_schema(sub) for field, sub in value.items()}
        if name in _NAMES
        else value
        if name in _VALUES
        else plain_schema(value)
        for name, value in schema.items()
        if not name.startswith("x-") and name not in {"$schema", "$defs"}
    }


def _member(key: str, value: Any) -> Any:
    if key in _VALUES:
        return value
    if key in _NAMES and isinstance(value, dict):
        return _changed(value, {name: without_open_lists(sub) for name, sub in value.items()})
    return without_open_lists(value)


def _changed(before: Any, after: Any) -> Any:
    """What it became; itself where nothing in it changed."""
    parts = zip(
        before.values() if isinstance(before, dict) else before,
        after.values() if isinstance(after, dict) else after,
        strict=False,
    )
    same = len(before) == len(after) and all(one is other for one, other in parts)
    return before if same else after
