"""What the contract says about the value at a path, gathered from all its alternatives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from hookproof.schema.documented_fields import listed_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hookproof.contract import Callback
    from hookproof.payload.scan import Path

# The contract's own titles of what counts seconds or milliseconds since 1970.
_MOMENTS: Final = re.compile(r"Unix(Seconds|Milliseconds)(String)?")
_LISTS: Final = ("allOf", "anyOf", "oneOf")
_SINGLE: Final = ("if", "then", "else", "not")
_LIMITS: Final = ("minLength", "maxLength", "x-max-bytes")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_SET: Final = re.compile(r"\[[^\]]*\]")
# A pattern that one of these fits, and no word does, is that of a moment.
_A_MOMENT: Final = ("2001-02-03 04:05:06", "2001-02-03T04:05:06Z", "2001-02-03T04:05:06.789Z")
_NAMES_OF_TYPES: Final = {int: "integer", float: "number", str: "string"}
# An item of a list, whichever.
ITEM: Final = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the values at a path.

    `values` are those that a schema names, conditions included. `moment` tells that seconds or
    milliseconds since 1970 are wanted, `moments` are the patterns of written ones. `limits` are
    the bounds of a text's length by keyword. `words` stand in the patterns. `json` tells that a
    text is to hold JSON.
    """

    documented: bool
    kinds: frozenset[str]
    values: tuple[Any, ...]
    moment: bool
    moments: tuple[str, ...]
    limits: tuple[tuple[str, int], ...]
    words: frozenset[str]
    json: bool

    def is_moment(self, text: str) -> bool:
        """Whether a text is a date and a time, written as the contract wants them."""
        return any(re.search(pattern, text) for pattern in self.moments)


class Places:
    """The facts of one callback, by path; a path leads into nested JSON as findings' do."""

    def __init__(self, callback: Callback) -> None:
        seen = [quirk.seen for quirk in callback.quirks]
        self._roots = [*_spread(callback.schema), *(s for one in seen for s in _spread(one))]
        self._sent_at = callback.sent_at.field if callback.sent_at else None
        self._known = lru_cache(4096)(self._gather)
        self._members = lru_cache(4096)(self._gather_members)

    def at(self, path: Path) -> Facts:
        """What is known of a path."""
        return self._known(tuple(ITEM if isinstance(part, int) else part for part in path))

    def names(self, path: Path) -> bool:
        """Whether the contract names the member that a path leads to."""
        *above, name = (ITEM if isinstance(part, int) else part for part in path)
        return name in self._members(tuple(above))

    def _gather_members(self, path: Path) -> frozenset[str]:
        """The names of the members of a value, be it a text that holds JSON."""
        schemas = self._at(path)
        inner = [s["contentSchema"] for s in schemas if "contentSchema" in s]
        schemas += [one for content in inner for one in _spread(content)]
        return frozenset(name for schema in schemas for name in schema.get("properties", {}))

    def _at(self, path: Path) -> list[dict[str, Any]]:
        schemas = list(self._roots)
        for part in path:
            schemas = [s for schema in schemas for s in _below(schema, part)]
        return schemas

    def _gather(self, path: Path) -> Facts:
        schemas = self._at(path)
        patterns = [s["pattern"] for s in schemas if isinstance(s.get("pattern"), str)]
        titles = (str(schema.get("title", "")) for schema in schemas)
        return Facts(
            documented=bool(schemas),
            kinds=frozenset(kind for schema in schemas for kind in _kinds(schema)),
            values=tuple(value for schema in schemas for value in listed_values(schema)),
            moment=path == (self._sent_at,) or any(map(_MOMENTS.fullmatch, titles)),
            moments=tuple(filter(_of_moments, patterns)),
            limits=tuple((k, s[k]) for s in schemas for k in _LIMITS if isinstance(s.get(k), int)),
            words=frozenset(w for p in patterns for w in _WORD.findall(_SET.sub("", p))),
            json=any("contentSchema" in schema for schema in schemas),
        )


def _of_moments(pattern: str) -> bool:
    return any(re.search(pattern, one) for one in _A_MOMENT) and not re.search(pattern, "word")


def bounds_of(callbacks: Iterable[Callback], *, least: int) -> set[int]:
    """The first numbers beyond what the schemas of some callbacks allow, from `least` on."""
    found: set[int] = set()
    rest: list[Any] = [callback.schema for callback in callbacks]
    while rest:
        node = rest.pop()
        if isinstance(node, list):
            rest += node
        elif isinstance(node, dict):
            for keyword in _BEYOND.keys() & node.keys():
                if isinstance(node[keyword], (int, float)):
                    found.add(int(node[keyword]) + _BEYOND[keyword])
            rest += node.values()
    return {bound for bound in found if bound >= least}


_BEYOND: Final = {"minimum": 0, "exclusiveMaximum": 0, "maximum": 1, "exclusiveMinimum": 1}


def _spread(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and all that apply to the same value, be it on a condition."""
    if not isinstance(schema, dict):
        # true allows everything; the place is documented.
        if schema is True:
            yield {}
        return
    yield schema
    inner = [one for key in _LISTS for one in schema.get(key, ())]
    inner += [schema[key] for key in _SINGLE if key in schema]
    inner += schema.get("dependentSchemas", {}).values()
    for one in inner:
        yield from _spread(one)


def _below(schema: dict[str, Any], part: str | int) -> Iterator[dict[str, Any]]:
    """The schemas of a member or an item; a text's member is that of the JSON in it."""
    below = _item(schema) if isinstance(part, int) else _member(schema, part)
    for one in below:
        yield from _spread(one)
    if "contentSchema" in schema:
        for content in _spread(schema["contentSchema"]):
            yield from _below(content, part)


def _member(schema: dict[str, Any], name: str) -> Iterator[Any]:
    patterns = schema.get("patternProperties", {})
    matching = [sub for pattern, sub in patterns.items() if re.search(pattern, name)]
    yield from matching
    if name in schema.get("properties", {}):
        yield schema["properties"][name]
    elif not matching and isinstance(schema.get("additionalProperties"), dict):
        yield schema["additionalProperties"]


def _item(schema: dict[str, Any]) -> Iterator[Any]:
    yield from schema.get("prefixItems", ())
    for key in ("items", "contains"):
        if key in schema:
            yield schema[key]


def _kinds(schema: dict[str, Any]) -> list[str]:
    """The types that a schema allows, by its word for them or by the values that it lists."""
    kinds = schema.get("type", [])
    listed = [type(value) for value in listed_values(schema)]
    of_values = [name for kind, name in _NAMES_OF_TYPES.items() if kind in listed]
    return [*([kinds] if isinstance(kinds, str) else kinds), *of_values]
