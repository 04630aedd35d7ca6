"""Reads a payload as the model of its page where the vendor sends more than the page has yet."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import SchemaValidator

if TYPE_CHECKING:
    from pydantic import BaseModel

# What a vendor widens without notice, as `hookproof generate --mode lenient` leaves out.
_LIMITS: Final = frozenset(
    {"ge", "le", "gt", "lt", "multiple_of", "min_length", "max_length", "pattern"}
)
_LIMITED: Final = frozenset({"int", "float", "str", "list"})
_KINDS: Final = {str: "str", int: "int"}
# These hold functions and values, which may look like a schema.
_OPAQUE: Final = frozenset({"metadata", "serialization", "config", "expected"})


@cache
def widened(model: type[BaseModel]) -> SchemaValidator:
    """A reader of the same class, nested ones too, without limits, lengths and lists of values.

    Types, required fields and constants stay, as branches are told apart by them. What it makes
    may hold values that no annotation names.
    """
    schema = _widened(model.__pydantic_core_schema__)
    # A class has a reader of its own, which would be taken otherwise.
    return SchemaValidator(schema, _use_prebuilt=False)


def _widened(node: Any) -> Any:
    if isinstance(node, list):
        return [_widened(one) for one in node]
    if not isinstance(node, dict):
        return node
    inner = _instead(node)
    if inner is not node:
        # Others may refer to it.
        return inner | {"ref": node["ref"]} if "ref" in node else inner
    limits = _LIMITS if node["type"] in _LIMITED else frozenset()
    return {key: _member(key, value) for key, value in node.items() if key not in limits}


def _member(key: str, value: Any) -> Any:
    if key == "fields":
        return {name: _widened(field) for name, field in value.items()}
    return value if key in _OPAQUE else _widened(value)


def _instead(node: Any) -> Any:
    """What takes the place of a list of values, of what checks one, and of a bound; or itself."""
    inner = node.get("schema")
    match node["type"]:
        case "literal" if len(node["expected"]) > 1:
            kinds = {_KINDS.get(type(value)) for value in node["expected"]}
            return {"type": kinds.pop(), "strict": True} if len(kinds) == 1 else node
        # What a literal is checked for besides, a strict type looks at by itself.
        case "function-before" if inner["type"] == "literal" and _instead(inner) is not inner:
            return _instead(inner)
        case "function-after" if _is_limit(node["function"]["function"]):
            return _widened(inner)
    return node


def _is_limit(function: Any) -> bool:
    """Whether pydantic itself made it of a bound, as it does around a union of numbers."""
    made = getattr(function, "func", function)
    return bool(made.__module__.startswith("pydantic."))
