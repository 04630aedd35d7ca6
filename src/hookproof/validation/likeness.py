"""Schemas that hold for payloads like one that is known.

Months of captures are nearly all alike: a callback comes with the same fields each time, in the
same one of its documented shapes. Of what is like a payload that was judged exactly, one call
into compiled code tells the same as that judgement did, sooner than the whole schema would.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hookproof.validation.judge import compile_schema

if TYPE_CHECKING:
    from collections.abc import Iterable

# What asserts nothing, or nothing of what was opened and shortened before.
_IDLE: Final = frozenset(
    {"$schema", "$defs", "$comment", "title", "description", "examples", "default"}
    | {"format", "contentMediaType"}
)
# What two schemas of one value may both say, and one can say for them.
_JOINED: Final = frozenset(
    {"type", "required", "properties", "additionalProperties", "minProperties", "items"}
)
# What means something else beside the keywords of another schema.
_BOUND: Final = frozenset(
    {"patternProperties", "unevaluatedProperties", "unevaluatedItems", "prefixItems"}
    | {"contains", "minContains", "maxContains", "if", "then", "else"}
)


def likeness_of(value: dict[str, Any], schema: Any, *, asked: Iterable[Any]) -> dict[str, Any]:
    """What is asked, and likened to a value that fits it all: a schema, and some more of them."""
    like, names = likened(schema, value), frozenset(value)
    if _is_closed(like) and like.get("minProperties") == len(names):
        asked = [settled(each, names) for each in asked]
    # They come first, for they tell soonest that it is another value.
    return {"allOf": [*(each for each in asked if each is not True), like]}


def likened(schema: Any, value: Any) -> Any:
    """A schema that `value` fits, if it fits this one, and that only fits what fits this one.

    It asks for the fields that the value has, and for the shape that the value has where there
    are several. Of what the value has besides, where no other fields are allowed, it asks that
    it be there.
    """
    if not isinstance(schema, dict):
        return schema
    made = {k: sub for k, sub in schema.items() if k not in _IDLE and not k.startswith("x-")}
    parts = [*made.pop("allOf", ()), *_chosen(made, value)]
    if isinstance(value, dict) and "properties" in made:
        _liken_fields(made, value)
    elif isinstance(value, list) and value and "items" in made and "prefixItems" not in made:
        made["items"] = _item_of(made["items"], value)
        made["minItems"] = max(1, made.get("minItems", 1))
    for part in parts:
        made = _both(made, likened(part, value))
    return _exact(made, value) if isinstance(value, dict) else made


def settled(schema: Any, names: frozenset[str]) -> Any:
    """What is left of a schema for an object of which it is known that it has these fields."""
    if not isinstance(schema, dict):
        return schema
    made = dict(schema)
    if not names.issuperset(made.pop("required", ())):
        return False
    fields = {name: sub for name, sub in made.pop("properties", {}).items() if name in names}
    if fields:
        made["properties"] = fields
    if "not" in made:
        left = settled(made.pop("not"), names)
        if left is True:
            return False
        if left is not False:
            made["not"] = left
    return made or True


def _chosen(made: dict[str, Any], value: Any) -> list[Any]:
    """Takes the alternatives out of a schema; gives what they ask of a value like this one."""
    chosen = [shape for shape in made.get("anyOf", ()) if _fits(shape, value)][:1]
    if chosen:
        del made["anyOf"]
    if "if" in made:
        condition, then, other = made.pop("if"), made.pop("then", True), made.pop("else", True)
        met = _fits(condition, value)
        chosen += [condition, then] if met else [{"not": condition}, other]
    return chosen


def _fits(schema: Any, value: Any) -> bool:
    return bool(compile_schema(schema).is_valid(value))


def _liken_fields(made: dict[str, Any], value: dict[str, Any]) -> None:
    there = [name for name in made["properties"] if name in value]
    made["properties"] = {
        **made["properties"],
        **{name: likened(made["properties"][name], value[name]) for name in there},
    }
    made["required"] = list(dict.fromkeys([*made.get("required", ()), *there]))


def _item_of(items: Any, value: list[Any]) -> Any:
    """A schema of the items, narrower where all items of a value are alike."""
    first, *rest = [likened(items, item) for item in value]
    return first if all(each == first for each in rest) else items


def _exact(made: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """Of so many fields none is missing, where no other one is allowed."""
    if _is_closed(made):
        properties = made.get("properties", {})
        made["properties"] = {name: properties.get(name, True) for name in value}
        made["minProperties"] = len(value)
        made.pop("required", None)
    return made


def _is_closed(schema: Any) -> bool:
    if not isinstance(schema, dict):
        return False
    return schema.get("additionalProperties") is False and "patternProperties" not in schema


def _both(one: Any, other: Any) -> Any:
    """A schema for what fits two of them, in one where that is easy to say."""
    if one is True or other is True:
        return other if one is True else one
    if not _can_be_joined(one, other):
        return {"allOf": [one, other]}
    shared = one.keys() & other.keys()
    made = {**one, **other}
    if "required" in shared:
        made["required"] = list(dict.fromkeys([*one["required"], *other["required"]]))
    if "minProperties" in shared:
        made["minProperties"] = max(one["minProperties"], other["minProperties"])
    if "items" in shared:
        made["items"] = _both(one["items"], other["items"])
    if "properties" in made:
        made["properties"] = _fields_of_both(one, other)
    return made


def _can_be_joined(one: Any, other: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    both, shared = one.keys() | other.keys(), one.keys() & other.keys()
    open_or_closed = all(s.get("additionalProperties", False) is False for s in (one, other))
    same_type = "type" not in shared or one["type"] == other["type"]
    return shared <= _JOINED and not both & _BOUND and open_or_closed and same_type


def _fields_of_both(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    mine, theirs = one.get("properties", {}), other.get("properties", {})
    names = [*{**mine, **theirs}]
    for schema, properties in ((one, mine), (other, theirs)):
        if _is_closed(schema):
            names = [name for name in names if name in properties]
    return {name: _both(mine.get(name, True), theirs.get(name, True)) for name in names}
