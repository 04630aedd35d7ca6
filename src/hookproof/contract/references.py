"""Replaces every `$ref` by what it points to, so that each schema stands alone.

Inlined schemas compile once, validate faster, and cannot lose a custom keyword behind a
`$ref` whose target carries its own `$schema` (jsonschema then falls back silently).
"""

from __future__ import annotations

from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.documents import read_json
from hookproof.errors import ContractError
from hookproof.payload.pointer import from_pointer

if TYPE_CHECKING:
    from collections.abc import Callable

# Say something about a value without judging it, so they may stand beside a `$ref`.
_ANNOTATIONS: Final = frozenset(
    {"title", "description", "examples", "default", "deprecated"}
    | {"x-account", "x-object", "x-moment", "x-large", "x-source"}
)
_DROPPED: Final = frozenset({"$schema", "$defs", "$comment"})
# Hold data, in which "$ref" would be a mere word.
_DATA: Final = frozenset({"const", "enum", "examples", "default", "x-examples"})
_NAMED: Final = frozenset({"properties", "patternProperties", "dependentSchemas"})
# References can fan out: ten definitions that each refer ten times to the next are 10^10 nodes.
_MAX_NODES: Final = 50_000


class References:
    """Resolves the references of one contract; each file is read once."""

    def __init__(self, *, label: Callable[[Path], str] = str) -> None:
        self._label = label
        self._documents: dict[Path, Any] = {}
        self._nodes = 0

    def know(self, file: Path, document: Any) -> None:
        """Take a document for what a file holds, for references within it; it is not read."""
        self._documents[file] = document

    def expand(self, file: Path) -> dict[str, Any]:
        """A schema file with its references replaced; raises ContractError naming the file."""
        expanded = self.expand_node(self._document(file), file)
        if not isinstance(expanded, dict):
            raise ContractError(self._label(file), "a schema is a JSON object")
        return expanded

    def expand_node(self, node: Any, file: Path) -> Any:
        """The same for one schema that stands in a file."""
        self._nodes = 0
        try:
            return self._walk(node, file, ())
        except RecursionError:
            raise ContractError(self._label(file), "$refs and schemas nest too deep") from None

    def _walk(self, node: Any, file: Path, trail: tuple[str, ...]) -> Any:
        if isinstance(node, list):
            return [self._walk(item, file, trail) for item in node]
        if not isinstance(node, dict):
            return node
        self._nodes += 1
        if self._nodes > _MAX_NODES:
            raise ContractError(
                self._label(file), f"its $refs unfold to more than {_MAX_NODES:,} schemas"
            )
        if isinstance(node.get("$ref"), str):
            return self._replace(node, file, trail)
        return {
            key: self._member(key, value, file, trail)
            for key, value in node.items()
            if key not in _DROPPED
        }

    def _member(self, key: str, value: Any, file: Path, trail: tuple[str, ...]) -> Any:
        if key in _DATA:
            return value
        if key in _NAMED and isinstance(value, dict):
            # The keys of these are names of the payload, whatever keyword they look like.
            return {name: self._walk(schema, file, trail) for name, schema in value.items()}
        return self._walk(value, file, trail)

    def _replace(self, node: dict[str, Any], file: Path, trail: tuple[str, ...]) -> Any:
        ref = node["$ref"]
        target_file, fragment = self._target(ref, file)
        step = f"{target_file}#{fragment}"
        if step in trail:
            raise ContractError(
                self._label(file),
                f"$ref {ref!r} leads back to itself",
                hint="a payload schema may not be recursive",
            )
        target = self._point(self._document(target_file), fragment, ref, file)
        resolved = self._walk(target, target_file, (*trail, step))
        beside = {
            key: self._member(key, value, file, trail)
            for key, value in node.items()
            if key != "$ref" and key not in _DROPPED
        }
        if resolved is True:
            return beside or True
        if not beside or not isinstance(resolved, dict):
            return resolved
        if beside.keys() <= _ANNOTATIONS:
            return {**resolved, **beside}
        return {**beside, "allOf": [*beside.get("allOf", []), resolved]}

    def _target(self, ref: str, file: Path) -> tuple[Path, str]:
        name, _, fragment = ref.partition("#")
        if fragment and not fragment.startswith("/"):
            raise ContractError(
                self._label(file),
                f"$ref {ref!r} names an anchor",
                hint="point to the schema by its path: #/$defs/Name",
            )
        if "://" in name or name.startswith("/") or "\x00" in name:
            raise ContractError(
                self._label(file),
                f"$ref {ref!r} leaves the contract",
                hint="refer to a file of the contract by a relative path; nothing is fetched",
            )
        # Not resolve(): labels stay relative, and a loop of symbolic links stays a read error.
        return (Path(normpath(file.parent / name)) if name else file), fragment

    def _point(self, document: Any, fragment: str, ref: str, file: Path) -> Any:
        node = document
        for part in from_pointer(fragment):
            known = isinstance(node, dict) and part in node
            if not known:
                raise ContractError(
                    self._label(file), f"$ref {ref!r} points to nothing ({part!r} is not there)"
                )
            node = node[part]
        return node

    def _document(self, file: Path) -> Any:
        if file not in self._documents:
            self._documents[file] = read_json(file, label=self._label(file))
        return self._documents[file]
