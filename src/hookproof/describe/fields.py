"""The fields of a payload as a tree: types on the wire and in Python, shapes inside of shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.model import Source
from hookproof.generation.naming import class_name
from hookproof.generation.shapes import wire_type
from hookproof.schema.documented_fields import listed_values
from hookproof.text import describe, inferred_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    Schema = dict[str, Any]

_OF_TYPE: Final = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "array": "list",
    "object": "dict",
}
_CHOICES: Final = ("anyOf", "oneOf")


@dataclass(frozen=True, slots=True)
class Field:
    """A field, or one of several shapes that a field can have (`shape`).

    `wire` and `python` are types in words and in code; `inner` are the fields of the object
    that it is, or that its JSON text holds, or that each of its elements is. `source` is the page
    of this fact, None where it is that of the callback.
    """

    name: str
    wire: str
    python: str
    description: str
    required: bool = False
    shape: bool = False
    inner: tuple[Field, ...] = ()
    source: Source | None = None


def fields_of(schema: Schema) -> tuple[Field, ...]:
    """The documented fields of a schema without references, in the order of the page."""
    title = schema.get("title", "")
    required = frozenset(schema.get("required", ()))
    return tuple(
        _field(name, sub, f"{title}{class_name(name)}", required=name in required)
        for name, sub in schema.get("properties", {}).items()
    )


def python_type(schema: Any, *, name: str = "") -> str:
    """The type of a value in Python, as a generated model gives it.

    `name` is that of the class where an object has no title of its own.
    """
    if not isinstance(schema, dict):
        return "Any"
    schema = _whole(schema)
    wire = wire_type(schema)
    if wire:
        return "int" if wire == "DecimalString" else "datetime"
    if listed_values(schema):
        listed = _literal(listed_values(schema))
        return f"{listed} | {_plain_type(schema, name)}" if schema.get("x-open") else listed
    branches = _branches(schema)
    if branches:
        return " | ".join(dict.fromkeys(python_type(one, name=name) for one in branches))
    if "contentSchema" in schema:
        return f"JsonText[{python_type(schema['contentSchema'], name=name)}]"
    return _plain_type(schema, name)


def _plain_type(schema: Schema, name: str) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        return " | ".join(python_type({**schema, "type": one}, name=name) for one in kind)
    if kind == "array":
        return f"list[{python_type(schema.get('items'), name=f'{name}Item')}]"
    if schema.get("properties"):
        return class_name(schema.get("title", name or "object"))
    return _OF_TYPE.get(str(kind), "Any")


def _literal(values: list[Any]) -> str:
    plain = [value for value in values if value is not None]
    if not plain:
        return "None"
    literal = f"Literal[{', '.join(map(repr, plain))}]"
    return literal if len(plain) == len(values) else f"{literal} | None"


def _field(name: str, schema: Any, own: str, *, required: bool) -> Field:
    if not isinstance(schema, dict):
        return Field(name, "any JSON value", "Any", "", required=required)
    schema = _whole(schema)
    return Field(
        name,
        wire=_wire(schema),
        python=python_type(schema, name=own),
        description=_description(schema),
        required=required,
        inner=_inner(schema),
        source=Source(**schema["x-source"]) if "x-source" in schema else None,
    )


def _whole(schema: Schema) -> Schema:
    """A schema with what it refers to beside words of its own, as one."""
    parts = [one for one in schema.get("allOf", ()) if isinstance(one, dict) and "type" in one]
    whole: Schema = {}
    for one in (*parts, schema):
        whole |= one
    return whole


def _description(schema: Schema) -> str:
    told: str = schema.get("description", "")
    own = "The same in all that one account gets." if "x-account" in schema else ""
    return " ".join(filter(None, (told, own)))


def _wire(schema: Any) -> str:
    schema = _whole(schema) if isinstance(schema, dict) else schema
    if not isinstance(schema, dict) or all(
        key in {"title", "description"} or key.startswith("x-") for key in schema
    ):
        return "any JSON value"
    if schema.get("type") == "array":
        return f"a list, each one {_wire(schema['items'])}" if "items" in schema else "a list"
    branches = _branches(schema)
    if branches:
        return " or ".join(dict.fromkeys(map(_wire, branches)))
    # The name of a shared scalar says what its pattern says, and bytes are the real limit.
    known = {"pattern", "minimum", "maximum"} if wire_type(schema) else set()
    bounded = {"maxLength"} if "x-max-bytes" in schema else set()
    filled = {"minLength"} if schema.get("minLength") == 1 else set()
    words = describe({k: v for k, v in schema.items() if k not in known | bounded | filled})
    return f"{words}, not empty{inferred_mark(schema, 'minLength')}" if filled else words


def _inner(schema: Schema) -> tuple[Field, ...]:
    """The fields inside; where there are several shapes, these with their fields."""
    found = list(_shapes(schema))
    # One or a list of them is the same shape.
    shapes = [one for n, one in enumerate(found) if one not in found[:n]]
    if len(shapes) == 1:
        return fields_of(shapes[0])
    return tuple(
        Field(
            one.get("title") or f"shape {number}",
            wire="an object",
            python=class_name(one["title"]) if "title" in one else "dict",
            description=one.get("description", ""),
            shape=True,
            inner=fields_of(one),
        )
        for number, one in enumerate(shapes, 1)
    )


def _shapes(schema: Any) -> Iterator[Schema]:
    """The objects that a value is, holds as JSON text, or has as elements."""
    if not isinstance(schema, dict):
        return
    if schema.get("properties"):
        yield schema
        return
    for branch in (*_branches(schema), schema.get("items"), schema.get("contentSchema")):
        yield from _shapes(branch)


def _branches(schema: Schema) -> list[Any]:
    if schema.get("properties"):
        return []  # what follows asks for some of them, and is no shape
    return next((schema[keyword] for keyword in _CHOICES if keyword in schema), [])
