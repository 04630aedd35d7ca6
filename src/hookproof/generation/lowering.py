"""A schema file of a contract, rewritten for the model generator.

The generator knows plain JSON Schema and `x-python-type`. What it would take
for something else is said in those words here: shared scalars, JSON text,
numbers, literals of numbers. What only a validator can hold is left out.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from hookproof.errors import ContractError
from hookproof.generation.naming import attribute_names, class_name
from hookproof.generation.shapes import (
    BOUNDS,
    KEPT,
    LIMITS,
    is_constrained,
    is_numeric,
    marked_types,
    moments_in_order,
    only_refines,
    split_types,
    wire_type,
)
from hookproof.payload.pointer import from_pointer
from hookproof.schema.documented_fields import listed_values

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.generation.shapes import Schema


@dataclass(frozen=True, slots=True)
class Documents:
    """The JSON files under one folder, each read once; `file` is a path below `root`."""

    root: Path
    _read: dict[Path, dict[str, Any]] = field(default_factory=dict)

    def files(self) -> list[Path]:
        """Return the paths of all schema files, sorted."""
        return sorted(path.relative_to(self.root) for path in self.root.rglob("*.json"))

    def document(self, file: Path) -> dict[str, Any]:
        """Return the schema in a file; raises ContractError when there is none to read."""
        if file not in self._read:
            self._read[file] = self._load(file)
        return self._read[file]

    def _load(self, file: Path) -> dict[str, Any]:
        try:
            document = json.loads((self.root / file).read_text(encoding="utf-8"))
        except OSError as problem:
            raise ContractError(str(file), problem.strerror or "cannot be read") from problem
        except json.JSONDecodeError as problem:
            raise ContractError(
                str(file), f"not JSON: {problem.msg}", line=problem.lineno
            ) from None
        except UnicodeDecodeError:
            raise ContractError(str(file), "not UTF-8") from None
        if not isinstance(document, dict):
            raise ContractError(str(file), "a schema file holds one JSON object")
        return document

    def target(self, reference: str, *, at: Path) -> Target:
        """Follow a `$ref` that stands in the file `at`; raises ContractError for a broken one."""
        path, _, fragment = unquote(reference).partition("#")
        file = self._beside(at, path) if path else at
        keys = from_pointer(fragment)
        node: Any = self.document(file) if file is not None else None
        for key in keys:
            node = node.get(key) if isinstance(node, dict) else None
        if file is None or not isinstance(node, dict):
            raise ContractError(str(at), f"the $ref {reference!r} leads nowhere")
        return Target(file=file, keys=keys, schema=node)

    def _beside(self, at: Path, path: str) -> Path | None:
        full = (self.root / at).parent.joinpath(path).resolve()
        root = self.root.resolve()
        return full.relative_to(root) if full.is_relative_to(root) and full.is_file() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a reference leads: the file, the keys inside it, and the schema there."""

    file: Path
    keys: tuple[str, ...]
    schema: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowering:
    """The rewriting of one file; `aliases` maps `Class.field` to an attribute name.

    `lenient` leaves out what a vendor may widen: lists of values, lengths, bounds, patterns.
    """

    documents: Documents
    file: Path
    package: str
    lenient: bool = False
    aliases: dict[str, str] = field(default_factory=dict)
    _hoisted: dict[str, Schema] = field(default_factory=dict)

    def document(self) -> Schema | None:
        """Rewrite the file; None for a shared scalar, which has a hand-written type."""
        source = self.documents.document(self.file)
        if wire_type(source):
            return None
        lowered = self._named(source, class_name(source.get("title", self.file.stem)))
        if self._hoisted:
            lowered["$defs"] = lowered.get("$defs", {}) | self._hoisted
        return lowered

    def _named(self, node: object, name: str) -> Schema:
        return self._schema(node, name) | {"title": name}

    def _schema(self, node: object, name: str) -> Schema:
        """Rewrite one schema; `name` is for the class, should it make one."""
        if not isinstance(node, dict):
            return {}
        python_type = self._python_type(node, name)
        if python_type:
            return _typed(python_type, self._widened(node))
        if listed_values(node):
            return self._literal(node, name)
        if isinstance(node.get("type"), list):
            return self._schema(split_types(node), name)
        return self._plain(node, name)

    def _python_type(self, node: Schema, name: str) -> str:
        """Return the hand-written type for a schema, or "" for one that has none."""
        wire = wire_type(self._resolved(node))
        if wire or listed_values(node):
            return wire
        match node:
            case {"type": "string", "contentMediaType": "application/json", "contentSchema": inner}:
                return f"JsonText[{self._inner(inner, name)}]"
            case {"type": "number"}:
                return "JsonNumber"
            case _:
                return ""

    def _plain(self, node: Schema, name: str) -> Schema:
        fields = frozenset(node.get("properties", ()))
        self.aliases.update(
            (f"{name}.{wire}", attribute)
            for wire, attribute in attribute_names(fields).items()
            if attribute != wire
        )
        lowered = {
            keyword: rewritten
            for keyword, value in node.items()
            if keyword in KEPT - ({"title"} | LIMITS if self.lenient else {"title"})
            and (rewritten := self._keyword(keyword, value, name, fields)) is not None
        }
        return lowered | {"title": name} if fields or "allOf" in lowered else lowered

    def _keyword(self, keyword: str, value: Any, name: str, fields: frozenset[str]) -> object:
        """Rewrite what a keyword holds; None where the type can do without it."""
        rewritten: object = value
        match keyword:
            case "properties":
                rewritten = {k: self._schema(sub, name + class_name(k)) for k, sub in value.items()}
            case "$defs":
                rewritten = self._definitions(value)
            case "items":
                rewritten = self._part(value, f"{name}Item")
            case "additionalProperties":
                rewritten = value and (self._part(value, f"{name}Value") or None)
            case "anyOf" | "oneOf":
                refines = all(only_refines(member, fields) for member in value)
                rewritten = None if refines else self._choices(value, name)
            case "allOf":
                kept = [member for member in value if not only_refines(member, fields)]
                rewritten = [self._schema(member, name) for member in kept] or None
        return rewritten

    def _definitions(self, definitions: dict[str, Schema]) -> dict[str, Schema]:
        return {
            key: self._named(sub, class_name(sub.get("title", key)))
            for key, sub in definitions.items()
            if not wire_type(sub)
        }

    def _choices(self, members: list[Any], name: str) -> list[Schema]:
        """Rewrite the choices of a union, so that each of its values is written as it came."""
        targets = [wire_type(self._resolved(member)) for member in members]
        marked = marked_types(targets)
        if any(is_numeric(self._resolved(member)) for member in members):
            marked["DecimalString"] = "TextInteger"
        lowered = [
            _typed(marked[target], member) if target in marked else self._part(member, own)
            for member, target, own in zip(
                members, targets, _choice_names(members, name), strict=True
            )
        ]
        return [lowered[at] for at in moments_in_order(targets)]

    def _part(self, node: object, name: str) -> Schema:
        """Rewrite a schema that is not a field's own, where limits make a type with a name."""
        own = class_name(node.get("title", name)) if isinstance(node, dict) else name
        lowered = self._schema(node, own)
        return lowered | {"title": own} if is_constrained(lowered) else lowered

    def _literal(self, node: Schema, name: str) -> Schema:
        values = listed_values(node)
        known = [value for value in values if isinstance(value, str | int) or value is None]
        if len(known) < len(values):
            return self._schema({k: v for k, v in node.items() if k not in {"enum", "const"}}, name)
        kind = self._kind_of_more(node, values)
        if kind:
            parts = [_listed(values), self._schema({"type": kind}, name)]
            return _described({"anyOf": parts}, node)
        return _described(_listed(values), node)

    def _widened(self, node: Schema) -> Schema:
        return {k: v for k, v in node.items() if k not in BOUNDS} if self.lenient else node

    def _kind_of_more(self, node: Schema, values: list[Any]) -> str:
        """The type of the values that may come beside those that are listed, "" where none may."""
        if node.get("x-open"):
            return str(node["type"])
        kinds = {type(value) for value in values}
        if not self.lenient or "enum" not in node or len(kinds) > 1:
            return ""
        return {str: "string", int: "integer"}.get(kinds.pop(), "")

    def _inner(self, schema: object, name: str) -> str:
        """Return the Python type of what JSON text holds."""
        if not isinstance(schema, dict) or not schema:
            return "typing.Any"
        wire = wire_type(self._resolved(schema))
        if wire:
            return f"hookproof.models.{wire}"
        if "$ref" in schema:
            return self._referred(schema["$ref"])
        own = class_name(schema.get("title", name))
        self._hoisted[own] = self._named(schema, own)
        return own

    def _referred(self, reference: str) -> str:
        target = self.documents.target(reference, at=self.file)
        own = class_name(target.schema.get("title", [target.file.stem, *target.keys][-1]))
        if target.file == self.file:
            return own
        modules = [re.sub(r"\W", "_", part) for part in target.file.with_suffix("").parts]
        return ".".join([self.package, *modules, own])

    def _resolved(self, node: object) -> object:
        """Follow the references of a schema to the first that is not one."""
        seen, at = set(), self.file
        while isinstance(node, dict) and "$ref" in node and (at, node["$ref"]) not in seen:
            seen.add((at, node["$ref"]))
            target = self.documents.target(node["$ref"], at=at)
            node, at = target.schema, target.file
        return node


def _listed(values: list[Any]) -> Schema:
    """The type of just these values."""
    if not any(isinstance(value, int) for value in values):
        return {"enum": values} if values != [None] else {"type": "null"}
    numbers = ", ".join(repr(value) for value in values if value is not None)
    exact = _typed(f"Exact[typing.Literal[{numbers}]]", {})
    return {"anyOf": [exact, {"type": "null"}]} if None in values else exact


def _choice_names(members: list[Any], name: str) -> list[str]:
    kinds = [
        class_name(str(member.get("type", "choice")) if isinstance(member, dict) else "any")
        for member in members
    ]
    earlier = [kinds[:at].count(kind) for at, kind in enumerate(kinds)]
    return [f"{name}{kind}{n + 1 if n else ''}" for kind, n in zip(kinds, earlier, strict=True)]


def _typed(python_type: str, node: Schema) -> Schema:
    typed = {"type": "string", "x-python-type": f"hookproof.models.{python_type}"}
    if python_type == "JsonNumber":
        typed |= {"type": "number"} | {key: node[key] for key in BOUNDS if key in node}
    return _described(typed, node)


def _described(lowered: Schema, node: Schema) -> Schema:
    return lowered | {key: node[key] for key in ("description",) if key in node}


def prepare(schemas: Path, *, into: Path, package: str, lenient: bool = False) -> dict[str, str]:
    """Write the rewritten schemas of a contract into an empty folder.

    Returns the attribute names that differ from the wire's, by `Class.field`.
    `package` is the import package that the models will lie in; with `lenient` they take what a
    vendor may widen. Raises
    ContractError for a file that is no schema and for a broken reference.
    """
    documents = Documents(schemas)
    aliases: dict[str, str] = {}
    for file in documents.files():
        lowering = Lowering(documents=documents, file=file, package=package, lenient=lenient)
        try:
            document = lowering.document()
        except (AttributeError, TypeError, KeyError) as problem:
            raise ContractError(str(file), "not a valid JSON Schema") from problem
        aliases |= lowering.aliases
        if document is not None:
            (into / file).parent.mkdir(parents=True, exist_ok=True)
            (into / file).write_text(json.dumps(document), encoding="utf-8")
    return aliases
