"""The differences of two schemas, inside nested JSON too.

A receiver reads what a schema describes, and captures are held to it. So a value that is new
breaks the one, a value that is no longer admitted the other; only a field that nobody has to
know is compatible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.payload.pointer import to_pointer
from hookproof.schema.documented_fields import is_among, listed_values
from hookproof.text import describe, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.payload.scan import Path

_LOWER: Final = {
    "minimum": "smallest value",
    "exclusiveMinimum": "lower bound",
    "minLength": "smallest length",
    "minItems": "smallest number of elements",
    "minProperties": "smallest number of fields",
}
_UPPER: Final = {
    "maximum": "largest value",
    "exclusiveMaximum": "upper bound",
    "maxLength": "largest length",
    "x-max-bytes": "largest number of bytes",
    "maxItems": "largest number of elements",
    "maxProperties": "largest number of fields",
}
_OTHER_LIMITS: Final = ("pattern", "multipleOf", "uniqueItems", "additionalProperties")
_CONDITIONS: Final = ("allOf", "if", "then", "else", "not", "dependentRequired", "contains")
_CHOICES: Final = ("anyOf", "oneOf")
# What a value is the name or the moment of, which says nothing about what it may be.
_MARKS: Final = {
    "x-account": "account",
    "x-object": "object",
    "x-moment": "moment",
    "x-large": "usual length",
}
_SAY_NOTHING: Final = frozenset(
    {"description", "examples", "deprecated", "format", "default", "x-basis", *_MARKS}
)


class Difference(NamedTuple):
    """What differs at a place of a value."""

    where: str
    kind: str
    breaking: bool
    message: str


def compare_schemas(old: Any, new: Any, path: Path = ()) -> Iterator[Difference]:
    """All differences of two schemas without references; none where only words differ."""
    before, after = _alternatives(old), _alternatives(new)
    pairs = list(_pairs(before, after))
    yield from _types(path, before, after)
    for one, other in pairs:
        if not {"properties", "contentSchema"} & one.keys() and one.get("title") != other.get(
            "title"
        ):
            told = f"was {describe(one)}; is {describe(other)}"
            yield _at(path, "type-changed", told)
            continue
        yield from _values(path, one, other)
        yield from _limits(path, one, other)
        yield from _marks(path, one, other)
        yield from _conditions(path, one, other)
        yield from _model(path, one, other)
        yield from _fields(path, one, other)
        yield from _inside(path, one, other)


def _types(path: Path, gone: list[Any], come: list[Any]) -> Iterator[Difference]:
    """What is left of the alternatives when all that have a counterpart are paired."""
    was, now = (" or ".join(map(describe, left)) for left in (gone, come))
    if gone and come:
        yield _at(path, "type-changed", f"was {was}; is {now}")
    elif gone:
        yield _at(path, "type-narrowed", f"is no longer {was}")
    elif come:
        yield _at(path, "type-widened", f"may also be {now}")


def _values(path: Path, old: Any, new: Any) -> Iterator[Difference]:
    before, after = listed_values(old), listed_values(new)
    for value in after:
        if not is_among(value, before):
            yield _at(path, "value-added", f"{show(value)} is a new value")
    for value in before:
        if not is_among(value, after):
            yield _at(path, "value-removed", f"{show(value)} is no value any more")


def _limits(path: Path, old: Any, new: Any) -> Iterator[Difference]:
    for keyword, name in (_LOWER | _UPPER).items():
        before, after = old.get(keyword), new.get(keyword)
        if before == after:
            continue
        wider = after is None or (
            before is not None and (after < before if keyword in _LOWER else after > before)
        )
        kind = "limit-widened" if wider else "limit-narrowed"
        told = f"the {name} was {_limit(before)}, is {_limit(after)}"
        yield _at(path, kind, told)
    for keyword in _OTHER_LIMITS:
        if old.get(keyword) != new.get(keyword):
            before, after = show(old.get(keyword)), show(new.get(keyword))
            told = f"{keyword} was {before}, is {after}"
            yield _at(path, "limit-changed", told)


def _marks(path: Path, old: Any, new: Any) -> Iterator[Difference]:
    for keyword, name in _MARKS.items():
        before, after = old.get(keyword), new.get(keyword)
        if before != after:
            told = f"its {name} was {before or 'not told'}, is {after or 'not told'}"
            yield _at(path, "mark-changed", told, breaking=False)


def _limit(value: Any) -> str:
    return "open" if value is None else str(value)


def _conditions(path: Path, old: Any, new: Any) -> Iterator[Difference]:
    changed = [
        keyword
        for keyword in (*_CONDITIONS, *_CHOICES)
        if _plain(old.get(keyword)) != _plain(new.get(keyword))
    ]
    if changed:
        told = f"the conditions on its fields changed ({', '.join(changed)}): compare them by eye"
        yield _at(path, "condition-changed", told)


def _model(path: Path, old: Any, new: Any) -> Iterator[Difference]:
    before, after = old.get("title"), new.get("title")
    if before != after and "properties" in old and "properties" in new:
        told = f"its model was {before}, is {after}"
        yield _at(path, "model-renamed", told)


def _fields(path: Path, old: Any, new: Any) -> Iterator[Difference]:
    before, after = old.get("properties", {}), new.get("properties", {})
    needed_before, needed = set(old.get("required", ())), set(new.get("required", ()))
    for name in after.keys() - before.keys() - needed:
        yield _at((*path, name), "field-added", "is new, and may be missing", breaking=False)
    for name in (needed - needed_before) & after.keys():
        is_new = "is new, and " if name not in before else ""
        told = f"{is_new}is always there; payloads from before may lack it"
        yield _at((*path, name), "field-required", told)
    for name in before.keys() - after.keys():
        yield _at((*path, name), "field-removed", "is documented no more")
    for name in (needed_before - needed) & after.keys():
        yield _at((*path, name), "field-optional", "was always there, may be missing")
    for name in before.keys() & after.keys():
        yield from compare_schemas(before[name], after[name], (*path, name))


def _inside(path: Path, old: Any, new: Any) -> Iterator[Difference]:
    """Elements of a list, and what JSON text holds."""
    if "items" in old or "items" in new:
        yield from compare_schemas(old.get("items", {}), new.get("items", {}), (*path, "*"))
    if "contentSchema" in old and "contentSchema" in new:
        yield from compare_schemas(old["contentSchema"], new["contentSchema"], path)


def _at(path: Path, kind: str, message: str, *, breaking: bool = True) -> Difference:
    return Difference(to_pointer(path), kind, breaking, message)


def _alternatives(schema: Any) -> list[Any]:
    """The single types that a value can have, each with its own keywords."""
    if not isinstance(schema, dict):
        return [{}] if schema else [{"not": {}}]
    for keyword in _CHOICES:
        if keyword in schema and "properties" not in schema:
            beside = {
                key: value
                for key, value in schema.items()
                if key not in {*_CHOICES, *_SAY_NOTHING, "title"} - _MARKS.keys()
            }
            return [
                {**beside, **one} for branch in schema[keyword] for one in _alternatives(branch)
            ]
    if isinstance(schema.get("type"), list):
        return [{**schema, "type": kind} for kind in schema["type"]]
    return [schema]


def _pairs(before: list[Any], after: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Counterparts: equal ones, then those of one kind and name, then of one kind.

    What is paired is taken out of the lists, so what remains there has no counterpart.
    """
    for same in (_plain, _named_kind, _kind):
        for one in list(before):
            other = next((each for each in after if same(each) == same(one)), None)
            if other is not None:
                before.remove(one)
                after.remove(other)
                yield one, other


def _named_kind(schema: Any) -> tuple[str, Any]:
    inner = schema.get("contentSchema")
    title = inner.get("title") if isinstance(inner, dict) else schema.get("title")
    return _kind(schema), title


def _kind(schema: Any) -> str:
    if "contentSchema" in schema:
        return "JSON text"
    if listed_values(schema):
        return "values"
    return str(schema.get("type", "object" if "properties" in schema else "anything"))


def _plain(node: Any) -> Any:
    """A schema without what says nothing about values; comparable, and unlike for 1 and true."""
    if isinstance(node, dict):
        return {
            key: _plain(value)
            for key, value in node.items()
            if key not in _SAY_NOTHING or not isinstance(value, str | list | bool)
        }
    if isinstance(node, list):
        return [_plain(item) for item in node]
    return (type(node).__name__, node)
