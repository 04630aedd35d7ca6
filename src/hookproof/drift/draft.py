"""A schema file that is widened step by step, each step as small as it can be.

The text is edited where it stands, so that a patch shows what is new and nothing else. What lies
in another file is copied to where it is used before it is changed: its other users keep it.
"""

from __future__ import annotations

import json
import re
from difflib import unified_diff
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.references import References
from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import from_pointer
from hookproof.payload.scan import scan
from hookproof.schema.compiled_schema import CompiledSchema
from hookproof.schema.documented_fields import Documented

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as File

    from hookproof.payload.scan import Path

_WIDTH: Final = 88
_PLAIN: Final = {type(None): "null", bool: "boolean", int: "integer", float: "number"}
# A whole number written as text.
DECIMAL: Final = r"^(0|-?[1-9][0-9]*)$"
_BESIDE: Final = frozenset({"description", "title", "examples", "default", "deprecated"})
_SHAPES: Final = ("anyOf", "oneOf", "allOf")


class Document:
    """A file of a contract that changes; `file` is where it lies, `label` its name there.

    One that `is_new` is not in the contract yet.
    """

    def __init__(self, file: File, text: str, *, label: str, is_new: bool = False) -> None:
        self.file, self.label, self.is_new = file, label, is_new
        self.before = "" if is_new else text
        self.text = text

    def patch(self, before: str | None = None) -> str:
        """What has changed since the text was like this, or since the beginning, as a diff."""
        old = self.before if before is None else before
        source = f"a/{self.label}" if old else "/dev/null"
        lines = unified_diff(
            old.splitlines(keepends=True),
            self.text.splitlines(keepends=True),
            source,
            f"b/{self.label}",
        )
        return "".join(lines)


class Draft(Document):
    """The schema of one callback."""

    def __init__(self, file: File, text: str, *, label: str, is_new: bool = False) -> None:
        super().__init__(file, text, label=label, is_new=is_new)
        self.document: Any = json.loads(text)

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The schema with every reference replaced, as callbacks are judged by."""
        references = References()
        references.know(self.file, self.document)
        return references.expand(self.file)

    @cached_property
    def judge(self) -> CompiledSchema:
        """It, compiled."""
        return CompiledSchema(self.schema, label=self.label)

    @cached_property
    def _documented(self) -> Documented:
        return Documented(self.schema)

    def unknown(self, value: dict[str, Any]) -> list[str]:
        """Pointers to the fields that it does not know."""
        return self._documented.unknown(value)

    def knows(self, value: dict[str, Any]) -> bool:
        """Whether a payload keeps to it and shows nothing that it does not know."""
        return self.judge.accepts(value) and not self.unknown(value)

    def add_type(self, way: Path, new: dict[str, Any]) -> None:
        """Let a value be of another shape, too; `way` leads to the schema of it."""
        at = self._source(way)
        node = self._node(at)
        beside = {k: v for k, v in node.items() if k in _BESIDE or k.startswith("x-")}
        rest = {k: v for k, v in node.items() if k not in beside}
        shapes = rest["anyOf"] if rest.keys() == {"anyOf"} else [rest]
        self._set(at, {**beside, "anyOf": [*shapes, new]})

    def add_value(self, way: Path, value: Any) -> None:
        """Let a field have one more value."""
        at = self._source(way)
        node = self._node(at)
        if "enum" in node:
            self._set((*at, "enum"), [*node["enum"], value])
        elif "const" in node:
            changed = {("enum" if k == "const" else k): v for k, v in node.items()}
            self._set(at, {**changed, "enum": [node["const"], value]})
        else:
            self.add_type(way, {"const": value})

    def add_field(self, way: Path, name: str, new: dict[str, Any]) -> None:
        """Let an object have one more field; `way` leads to the schema of the object."""
        at, node = self._object(way)
        if "properties" in node:
            self._insert((*at, "properties"), name, new)
        else:
            self._insert(at, "properties", {name: new})

    def call(self, place: tuple[str, ...], name: Any, value: Any) -> None:
        """Let what stands at a place of a payload be this name, and nothing else."""
        at = self._source((*self.object_at(place[:-1], value), "properties"))
        if place[-1] in self._node(at):
            self._set((*at, place[-1]), {"description": "Names the callback.", "const": name})

    def relax(self, way: Path, name: str) -> None:
        """Let a field be missing."""
        at, node = self._object(way)
        self._set((*at, "required"), [one for one in node["required"] if one != name])

    def object_at(self, pointer: Path, value: Any) -> Path:
        """The way to the schema that describes an object of a payload."""
        way: tuple[str | int, ...] = ()
        node: Any = self.schema
        for part in pointer:
            way, node = next(_fields(node, way, value, str(part)), (way, node))
            value = _within(value, part)
            if isinstance(value, str) and value[:1] in {"{", "["}:
                value = decode_text(value).value
        return next(_objects(node, way, value), way)

    def _object(self, way: Path) -> tuple[Path, Any]:
        """The schema that a way leads to, or what it refers to, and where that stands."""
        at = self._source(way)
        node = self._node(at)
        return self._entered(at, node) if "$ref" in node else (at, node)

    def _source(self, way: Path) -> Path:
        """Where in the file the schema stands that a way leads to through replaced references."""
        at: tuple[str | int, ...] = ()
        for part in way:
            node = self._node(at)
            if isinstance(node, dict) and "$ref" in node:
                at, node = self._entered(at, node)
            at = (*at, part)
        return at

    def _entered(self, at: Path, node: dict[str, Any]) -> tuple[Path, Any]:
        """What a reference points to: in this file where it stands, else a copy in its place."""
        ref = node["$ref"]
        if ref.startswith("#/") and node.keys() - {"$ref"} <= _BESIDE:
            at = from_pointer(ref[1:])
            found = self._node(at)
            if "$ref" not in found:
                return at, found
            return self._entered(at, found)
        references = References()
        references.know(self.file, self.document)
        self._set(at, references.expand_node(node, self.file))
        return at, self._node(at)

    def _node(self, at: Path) -> Any:
        node = self.document
        for part in at:
            node = node[part]
        return node

    def _set(self, at: Path, value: Any) -> None:
        start, end = scan(self.text).values[tuple(at)]
        written = _written(value, self._indent(start))
        self._change(self.text[:start] + written + self.text[end:])

    def _insert(self, at: Path, name: str, value: Any) -> None:
        """Add a member to an object, after its last one."""
        known = scan(self.text)
        inner = [end for path, (_, end) in known.values.items() if path[:-1] == tuple(at) and path]
        if not inner:
            self._set(at, {**self._node(at), name: value})
            return
        key = next(start for path, (start, _) in known.keys.items() if path[:-1] == tuple(at))
        indent = self._indent(key)
        member = f",\n{indent}{json.dumps(name, ensure_ascii=False)}: {_written(value, indent)}"
        self._change(self.text[: max(inner)] + member + self.text[max(inner) :])

    def _indent(self, offset: int) -> str:
        """The blanks with which the line of a place begins."""
        line = self.text[self.text.rfind("\n", 0, offset) + 1 :]
        return line[: len(line) - len(line.lstrip(" "))]

    def _change(self, text: str) -> None:
        self.text = text
        self.document = json.loads(text)
        for name in ("schema", "judge", "_documented"):
            self.__dict__.pop(name, None)


def _written(value: Any, indent: str) -> str:
    """A value as JSON: on a line where it fits, else with each member on its own."""
    short = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(short) <= _WIDTH or not value or not isinstance(value, dict | list):
        return short
    deeper = f"{indent}  "
    if isinstance(value, dict):
        parts = [
            f"{json.dumps(name, ensure_ascii=False)}: {_written(one, deeper)}"
            for name, one in value.items()
        ]
    else:
        parts = [_written(one, deeper) for one in value]
    inner = f",\n{deeper}".join(parts)
    first, last = "{}" if isinstance(value, dict) else "[]"
    return f"{first}\n{deeper}{inner}\n{indent}{last}"


def written(value: Any) -> str:
    """A whole document in the layout of the contract's files."""
    return f"{_written(value, '')}\n"


def _within(value: Any, part: str | int) -> Any:
    if isinstance(value, list):
        return value[int(part)] if str(part).isdigit() and int(part) < len(value) else None
    return value.get(part) if isinstance(value, dict) else None


def _fields(node: Any, way: Path, value: Any, part: str) -> Iterator[tuple[Path, Any]]:
    """The schemas of a member, those first in shapes that the value has."""
    if not isinstance(node, dict):
        return
    if part in node.get("properties", {}):
        yield (*way, "properties", part), node["properties"][part]
    if isinstance(value, list) and "items" in node:
        yield (*way, "items"), node["items"]
    for step, branch in _branches(node, value):
        yield from _fields(branch, (*way, *step), value, part)


def _objects(node: Any, way: Path, value: Any) -> Iterator[Path]:
    """The ways to schemas that name the fields of a value, the nearest first."""
    if not isinstance(node, dict):
        return
    if "properties" in node:
        yield way
    for step, branch in _branches(node, value):
        yield from _objects(branch, (*way, *step), value)


def _branches(node: dict[str, Any], value: Any) -> list[tuple[Path, Any]]:
    """The schemas that stand in for one, those first that a value fits."""
    found: list[tuple[Path, Any]] = []
    if "contentSchema" in node:
        found.append((("contentSchema",), node["contentSchema"]))
    for key in _SHAPES:
        shapes = [((key, number), one) for number, one in enumerate(node.get(key, ()))]
        found += sorted(shapes, key=lambda shape: not CompiledSchema(shape[1]).accepts(value))
    return found


def shape_of(value: Any) -> dict[str, Any]:
    """The narrowest schema of values like one."""
    if isinstance(value, str):
        return _shape_of_text(value)
    if isinstance(value, dict):
        properties = {str(name): shape_of(one) for name, one in value.items()}
        return {"type": "object", "properties": properties}
    if isinstance(value, list):
        shapes = list({json.dumps(one): one for one in map(shape_of, value)}.values())
        items = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
        return {"type": "array", "items": items} if shapes else {"type": "array"}
    return {"type": _PLAIN[type(value)]}


def _shape_of_text(text: str) -> dict[str, Any]:
    if re.fullmatch(DECIMAL, text):
        return {"type": "string", "pattern": DECIMAL}
    if text[:1] in {"{", "["}:
        reading = decode_text(text)
        if reading.complete and not reading.problems:
            content = shape_of(reading.value)
            return {
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": content,
            }
    return {"type": "string"}
