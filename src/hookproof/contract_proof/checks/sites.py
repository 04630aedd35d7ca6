"""Walks over a schema: every place where a schema stands, told apart from mere data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.payload.scan import Path

ONE: Final = (
    "not",
    "if",
    "then",
    "else",
    "items",
    "contains",
    "additionalProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
)
LISTED: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
NAMED: Final = ("properties", "patternProperties", "dependentSchemas", "$defs")


class Site(NamedTuple):
    """A schema and the way to it; `keywords` are the keywords on that way, from the root."""

    path: Path
    schema: Any
    keywords: tuple[str, ...]

    @property
    def in_quirk(self) -> bool:
        """Whether it is the `seen` of a quirk: a question to a payload, not a part of it."""
        return "x-quirks" in self.keywords


def sites(schema: Any, path: Path = (), keywords: tuple[str, ...] = ()) -> Iterator[Site]:
    """The schema itself and all schemas in it, `seen` of the quirks included."""
    yield Site(path, schema, keywords)
    if isinstance(schema, dict):
        for keyword, steps, inner in _children(schema):
            yield from sites(inner, (*path, *steps), (*keywords, keyword))


def _children(schema: dict[str, Any]) -> Iterator[tuple[str, Path, Any]]:
    for keyword, value in schema.items():
        if keyword in ONE:
            yield keyword, (keyword,), value
        elif keyword in LISTED and isinstance(value, list):
            yield from ((keyword, (keyword, index), item) for index, item in enumerate(value))
        elif keyword in NAMED and isinstance(value, dict):
            yield from ((keyword, (keyword, name), item) for name, item in value.items())
        elif keyword == "x-quirks" and isinstance(value, list):
            yield from _seen(value)
        elif keyword == "x-editions" and isinstance(value, list):
            yield from _editions(value)


def _seen(quirks: list[Any]) -> Iterator[tuple[str, Path, Any]]:
    for index, quirk in enumerate(quirks):
        if isinstance(quirk, dict) and "seen" in quirk:
            yield "x-quirks", ("x-quirks", index, "seen"), quirk["seen"]


def _editions(editions: list[Any]) -> Iterator[tuple[str, Path, Any]]:
    for index, edition in enumerate(editions):
        properties = edition.get("properties") if isinstance(edition, dict) else None
        if isinstance(properties, dict):
            for name, schema in properties.items():
                yield "x-editions", ("x-editions", index, "properties", name), schema
