"""What a schema node means for the type that is made of it."""

from __future__ import annotations

from typing import Any, TypeAlias

from hookproof.schema.documented_fields import listed_values, named_types

Schema: TypeAlias = dict[str, Any]

BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_LENGTHS = ("minLength", "maxLength", "pattern")
_UNIONS = ("anyOf", "oneOf", "allOf")
_OF_TYPE = {
    "string": (*_LENGTHS, "contentMediaType", "contentSchema"),
    "integer": BOUNDS,
    "number": BOUNDS,
    "array": ("items", "minItems", "maxItems"),
    "object": ("properties", "required", "additionalProperties", *_UNIONS),
}

KEPT = frozenset({"$ref", "$defs", "title", "description", "type", "enum", "const"}).union(
    *_OF_TYPE.values()
) - {"contentMediaType", "contentSchema"}
"""The keywords that the type of a field can carry; all others are for validators."""

LIMITS = frozenset(
    {*BOUNDS, "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"}
)
"""The keywords that a vendor may widen without notice."""

_CONDITIONS = frozenset(
    {"title", "description", "$comment", "type", "required", "properties", "not", "if", "then"}
    | {"else", "dependentRequired", "dependentSchemas", "minProperties", "maxProperties", *_UNIONS}
)
_WIRE_TYPES = (
    ("DecimalString", "string"),
    ("UnixSecondsString", "string"),
    ("UnixSeconds", "integer"),
    ("UnixMillisecondsString", "string"),
    ("UnixMilliseconds", "integer"),
)

# The types of moments, with those whose values remember that form.
_MOMENTS = {
    "UnixSeconds": "SecondsMoment",
    "UnixSecondsString": "SecondsTextMoment",
    "UnixMilliseconds": "MillisecondsMoment",
    "UnixMillisecondsString": "MillisecondsTextMoment",
}


def wire_type(schema: object) -> str:
    """Return the hand-written type that reads a shared scalar, by its title, or ""."""
    if not isinstance(schema, dict):
        return ""
    pair = (schema.get("title"), schema.get("type"))
    return next((title for title, kind in _WIRE_TYPES if (title, kind) == pair), "")


def marked_types(targets: list[str]) -> dict[str, str]:
    """Return for the moments of a union, all but the first, the types that remember their form."""
    moments = list(dict.fromkeys(target for target in targets if target in _MOMENTS))
    return {target: _MOMENTS[target] for target in moments[1:]}


def moments_in_order(targets: list[str]) -> list[int]:
    """Return the order of a union's members in which seconds come before milliseconds.

    A count of at most eleven digits may be either; as milliseconds it would lie before March
    1973, so it is read as seconds, and goes back with the same digits.
    """
    ranks = list(_MOMENTS)
    places = [at for at, target in enumerate(targets) if target in _MOMENTS]
    ranked = iter(sorted(places, key=lambda at: ranks.index(targets[at])))
    return [next(ranked) if at in places else at for at in range(len(targets))]


def only_refines(schema: object, fields: frozenset[str]) -> bool:
    """Say whether a schema adds nothing to an object that has these fields but conditions."""
    if not isinstance(schema, dict):
        return True
    members = [m for key in _UNIONS for m in schema.get(key, ())]
    return (
        schema.keys() <= _CONDITIONS
        and schema.get("type", "object") == "object"
        and fields.issuperset(schema.get("properties", ()))
        and all(only_refines(member, fields) for member in members)
    )


def is_numeric(schema: object) -> bool:
    """Say whether a schema admits a JSON number."""
    if not isinstance(schema, dict):
        return False
    return bool(named_types(schema) & {"integer", "number"}) or any(
        isinstance(value, int | float) for value in listed_values(schema)
    )


def is_constrained(schema: Schema) -> bool:
    """Say whether a scalar's type carries more than its kind."""
    return (
        any(keyword in schema for keyword in (*_LENGTHS, *BOUNDS)) and "x-python-type" not in schema
    )


def split_types(schema: Schema) -> Schema:
    """Write a list of types as a choice between single types, each with what concerns it."""
    split: list[Schema] = [
        {"type": kind} | {key: schema[key] for key in _OF_TYPE.get(kind, ()) if key in schema}
        for kind in schema["type"]
    ]
    return ({"anyOf": split} if len(split) > 1 else split[0]) | {
        key: schema[key] for key in ("description", "title", "$defs") if key in schema
    }
