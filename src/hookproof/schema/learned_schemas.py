"""Schemas that hold for payloads like one that is known.

Months of captures are nearly all alike: a callback comes with the same fields each time, in the
same one of its documented shapes. Of what is like a payload that was judged exactly, one call
into compiled code tells the same as that judgement did, sooner than the whole schema would.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hookproof.schema.compiled_schema import compile_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What asserts nothing, or nothing of what was opened and shortened before.
_IDLE: Final = frozenset(
    {"$schema", "$defs", "$comment", "title", "description", "examples", "default"}
    | {"format", "contentMediaType"}
)
# What two schemas of one value may both say, and one can say for them.
_LEAST: Final = frozenset({"minProperties", "minItems", "minLength", "minimum"})
_MOST: Final = frozenset({"maxProperties", "maxItems", "maxLength", "maximum"})
_JOINED: Final = (
    _LEAST | _MOST | {"type", "required", "properties", "additionalProperties", "items"}
)
_KINDS: Final = frozenset({"string", "integer", "number", "boolean", "object", "array", "null"})
# What speaks of the fields that the same schema does not name.
_BESIDE: Final = frozenset({"additionalProperties", "patternProperties", "unevaluatedProperties"})
# What means something else beside the keywords of another schema.
_BOUND: Final = frozenset(
    {"patternProperties", "unevaluatedProperties", "unevaluatedItems", "prefixItems"}
    | {"contains", "minContains", "maxContains", "if", "then", "else"}
)


def likeness_of(
    payloads: Sequence[dict[str, Any]], schema: Any, *, asked: Iterable[Any]
) -> dict[str, Any]:
    """What is asked, and likened to payloads that fit it all: a schema, and some more of them."""
    like = likened(schema, payloads)
    asked = [settled(each, like) for each in asked]
    # They come first, for they tell soonest that it is another payload.
    return {"allOf": [*(each for each in asked if each is not True), like]}


def likened(schema: Any, values: Sequence[Any]) -> Any:
    """A schema that values fit, if they fit this one, and that only fits what fits this one.

    It asks for the fields that all of them have, and for the shapes that they have where there
    are several. Of what they have besides, where no other fields are allowed, it asks that it
    be there.
    """
    if not isinstance(schema, dict):
        return schema
    made = {k: sub for k, sub in schema.items() if k not in _IDLE and not k.startswith("x-")}
    parts = [(part, values) for part in made.pop("allOf", ())]
    parts += [(part, values) for part in _chosen(made, values)]
    objects = [value for value in values if isinstance(value, dict)]
    lists = [value for value in values if isinstance(value, list)]
    if "properties" in made and len(objects) == len(values):
        _liken_fields(made, objects)
    if "items" in made and "prefixItems" not in made and lists and all(lists):
        made["items"] = likened(made["items"], [item for value in lists for item in value])
        made["minItems"] = max(1, made.get("minItems", 1))
    for part, of in parts:
        made = _both(made, likened(part, of))
    return _exact(made, objects) if len(objects) == len(values) else made


def settled(schema: Any, like: Any) -> Any:
    """What is left of a schema for a value of which it is known that it fits another one."""
    if not isinstance(schema, dict) or not isinstance(like, dict):
        return schema
    if _is_ruled_out(schema, like):
        return False
    made = dict(schema)
    if "type" in made and made["type"] == like.get("type"):
        del made["type"]
    parts = [settled(part, like) for part in made.pop("allOf", ())]
    if like.get("type") == "object" and not made.keys() & _BESIDE:
        parts.append(_settled_fields(made, like))
    if "not" in made:
        left = settled(made.pop("not"), like)
        parts.append({True: False, False: True}[left] if isinstance(left, bool) else {"not": left})
    if any(part is False for part in parts):
        return False
    parts = [part for part in (made, *parts) if part not in (True, {})]
    return {"allOf": parts} if len(parts) > 1 else parts[0] if parts else True


def _settled_fields(made: dict[str, Any], like: dict[str, Any]) -> Any:
    """Takes what is asked of an object's fields out of a schema; gives what is left of it."""
    fields, required = like.get("properties", {}), {*like.get("required", ())}
    closed = _is_closed(like)
    always = {*required, *fields} if closed and _has_all(like) else required
    missing = [name for name in made.pop("required", ()) if name not in always]
    asked = {
        name: settled(sub, fields.get(name, True))
        for name, sub in made.pop("properties", {}).items()
        if name in fields or not closed
    }
    if any(sub is False and name in always for name, sub in asked.items()):
        return False
    if closed and not fields.keys() >= set(missing):
        return False
    left = {name: sub for name, sub in asked.items() if sub is not True}
    return {**({"required": missing} if missing else {}), **({"properties": left} if left else {})}


def _is_ruled_out(schema: dict[str, Any], like: dict[str, Any]) -> bool:
    """Whether it is plain that nothing fits two schemas."""
    kinds = {str(one["type"]) for one in (schema, like) if "type" in one}
    if len(kinds) == 2 and kinds <= _KINDS and kinds != {"integer", "number"}:
        return True
    if "const" in schema and type(text := schema["const"]) is str:
        if text not in like.get("enum", [text]) or like.get("const", text) != text:
            return True
        return not like.get("minLength", 0) <= len(text) <= like.get("maxLength", len(text))
    # One item at least has to fit.
    sub = schema.get("contains") if "minContains" not in schema else None
    of_items = like.get("type") == "array" and "prefixItems" not in like
    return of_items and sub is not None and settled(sub, like.get("items", True)) is False


def _chosen(made: dict[str, Any], values: Sequence[Any]) -> list[Any]:
    """Takes the alternatives out of a schema; gives what they ask of values like these."""
    chosen = []
    if "anyOf" in made:
        shapes = made.pop("anyOf")
        fitted = [next((n for n, s in enumerate(shapes) if _fits(s, v)), -1) for v in values]
        of_shape = {n: [v for at, v in zip(fitted, values, strict=True) if at == n] for n in fitted}
        if -1 in of_shape:
            made["anyOf"] = shapes
        elif len(of_shape) == 1:
            chosen.append(shapes[fitted[0]])
        else:
            made["anyOf"] = [likened(shapes[n], alike) for n, alike in sorted(of_shape.items())]
    if "if" in made:
        met = {_fits(made["if"], value) for value in values}
        if len(met) == 1:
            condition, then, other = made.pop("if"), made.pop("then", True), made.pop("else", True)
            chosen += [condition, then] if met == {True} else [{"not": condition}, other]
    return chosen


def _fits(schema: Any, value: Any) -> bool:
    return bool(compile_schema(schema).is_valid(value))


def _liken_fields(made: dict[str, Any], values: Sequence[dict[str, Any]]) -> None:
    properties = made["properties"]
    there = {name: [v[name] for v in values if name in v] for name in properties}
    made["properties"] = {
        name: likened(sub, there[name]) if there[name] else sub for name, sub in properties.items()
    }
    always = [name for name, found in there.items() if len(found) == len(values)]
    made["required"] = list(dict.fromkeys([*made.get("required", ()), *always]))


def _exact(made: dict[str, Any], values: Sequence[dict[str, Any]]) -> Any:
    """Where no other fields are allowed, those of the values alone are."""
    if not _is_closed(made):
        return made
    properties = made.get("properties", {})
    names = {name for value in values for name in value}
    always = [name for name in values[0] if all(name in value for value in values)]
    if not names <= {*properties, *always}:
        # An undocumented field is to be told of, so it cannot be there or not.
        return False
    made["properties"] = {name: properties.get(name, True) for name in sorted(names)}
    made["minProperties"] = len(always)
    made["required"] = list(dict.fromkeys([*made.get("required", ()), *always]))
    _drop_required(made)
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
    made |= {key: max(one[key], other[key]) for key in shared & _LEAST}
    made |= {key: min(one[key], other[key]) for key in shared & _MOST}
    if "items" in shared:
        made["items"] = _both(one["items"], other["items"])
    if "properties" in made:
        made["properties"] = _fields_of_both(one, other)
        _drop_required(made)
    return made


def _has_all(schema: dict[str, Any]) -> bool:
    """Whether an object has each of the fields that a schema names, where no others are allowed."""
    return bool(schema.get("minProperties") == len(schema.get("properties", ())))


def _drop_required(made: dict[str, Any]) -> None:
    """Of so many fields none is missing, where no other ones are allowed."""
    properties = made["properties"].keys()
    if _is_closed(made) and _has_all(made):
        left = [name for name in made.pop("required", ()) if name not in properties]
        made |= {"required": left} if left else {}


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
