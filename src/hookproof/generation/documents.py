"""The schema files that models are made from, and the way along their references."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from hookproof.errors import ContractError
from hookproof.payload.pointer import from_pointer

if TYPE_CHECKING:
    from pathlib import Path


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
