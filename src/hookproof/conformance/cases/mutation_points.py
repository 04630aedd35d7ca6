"""The places in a payload where a value can be put, into nested JSON too, each with its schema."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hookproof.http.request import write_json
from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import to_pointer
from hookproof.payload.scan import scan
from hookproof.schema.documented_fields import with_alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hookproof.payload.scan import Path

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """One place: the payload it is in, the way to it, the value there, and what may stand there.

    The way leads through JSON text as if it were the object that it holds.
    """

    payload: dict[str, Any]
    path: Path
    value: Any
    schemas: tuple[Schema, ...]

    @property
    def pointer(self) -> str:
        """The place as a JSON pointer."""
        return to_pointer(self.path)

    @property
    def field(self) -> str:
        """The field of the payload that it is in."""
        return str(self.path[0])

    @property
    def is_text_of_json(self) -> bool:
        """Whether JSON text stands there."""
        return any("contentSchema" in schema for schema in self.schemas)

    def holding(self, value: Any) -> dict[str, Any]:
        """The payload with another value there."""
        changed: dict[str, Any] = put(self.payload, self.path, value)
        return changed

    def removed(self) -> dict[str, Any]:
        """The payload with nothing there; only for members of objects."""
        changed: dict[str, Any] = without(self.payload, self.path)
        return changed


def sites_of(schema: Schema, payloads: Iterable[dict[str, Any]]) -> list[Site]:
    """All places of some payloads, each once: in the first payload that has it."""
    found: dict[str, Site] = {}
    for payload in payloads:
        for path, value, schemas in _walk(payload, (schema,), ()):
            site = Site(payload, path, value, schemas)
            if path:
                found.setdefault(site.pointer, site)
    return list(found.values())


def put(value: Any, path: Path, new: Any) -> Any:
    """A copy of a value with something else at the end of a way, whose last member may be new."""
    if not path:
        return new
    if isinstance(value, str):
        return _put_into_text(value, path, new)
    if isinstance(value, list):
        at = int(path[0])
        return [*value[:at], put(value[at], path[1:], new), *value[at + 1 :]]
    return {**value, path[0]: put(value.get(path[0]), path[1:], new)}


def _put_into_text(text: str, path: Path, new: Any) -> str:
    """JSON text with another value in it, and all else laid out as it is."""
    span = scan(text).values.get(path)
    if span is None:  # it leads through text that is in this one
        return write_json(put(json.loads(text), path, new))
    return text[: span[0]] + write_json(new) + text[span[1] :]


def without(value: Any, path: Path) -> Any:
    """A copy of a value without what is at the end of a way."""
    if isinstance(value, str):
        return write_json(without(json.loads(value), path))
    if len(path) > 1:
        inner = value[int(path[0])] if isinstance(value, list) else value[path[0]]
        return put(value, path[:1], without(inner, path[1:]))
    if isinstance(value, list):
        return [*value[: int(path[0])], *value[int(path[0]) + 1 :]]
    return {name: item for name, item in value.items() if name != path[0]}


def _walk(
    value: Any, schemas: tuple[Schema, ...], path: Path
) -> Iterator[tuple[Path, Any, tuple[Schema, ...]]]:
    choices = tuple(choice for schema in schemas for choice in with_alternatives(schema))
    yield path, value, choices
    contents = tuple(c["contentSchema"] for c in choices if "contentSchema" in c)
    if contents and isinstance(value, str):
        inner = decode_text(value).value
        if isinstance(inner, (dict, list)):
            # What holds the text has been told of; now for what is in it.
            yield from list(_walk(inner, contents, path))[1:]
    elif isinstance(value, dict):
        for name, item in value.items():
            known = tuple(c["properties"][name] for c in choices if name in c.get("properties", ()))
            yield from _walk(item, known, (*path, name))
    elif isinstance(value, list) and value:
        items = tuple(c["items"] for c in choices if isinstance(c.get("items"), dict))
        yield from _walk(value[0], items, (*path, 0))
