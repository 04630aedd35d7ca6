"""Follows the `$ref`s of a contract's schemas without replacing them."""

from __future__ import annotations

from dataclasses import dataclass
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hookproof.payload.pointer import from_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract_proof.checks.model import Model, SourceFile
    from hookproof.contract_proof.checks.sites import Site
    from hookproof.payload.scan import Path as PayloadPath


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a reference leads nowhere."""

    message: str
    hint: str


class Target(NamedTuple):
    """A schema that a reference leads to: the label of its file, and its path there."""

    file: str
    path: PayloadPath


class Link(NamedTuple):
    """A reference that can be followed: where it stands, and where it leads."""

    file: str
    path: PayloadPath
    target: Target


def resolve(model: Model, base: Path, ref: str) -> Target | Fault | None:
    """Where a `$ref` that stands in the file `base` leads; None where that file is broken."""
    name, _, fragment = ref.partition("#")
    if fragment and not fragment.startswith("/"):
        hint = "point to the schema by its path: #/$defs/Name"
        return Fault(f"$ref {ref!r} names an anchor", hint)
    if ":" in name or name.startswith("/") or "\x00" in name:
        hint = "refer to a file of the contract by a relative path; nothing is fetched"
        return Fault(f"$ref {ref!r} leaves the contract", hint)
    path = Path(normpath(base.parent / name)) if name else base
    file = model.schema_at(path)
    if file is None:
        return None if path in model.broken else _nowhere(model, path, ref)
    return _point(file, from_pointer(fragment), ref)


def _nowhere(model: Model, path: Path, ref: str) -> Fault:
    if not path.is_relative_to(Path(normpath(model.files.schemas))):
        return Fault(f"$ref {ref!r} leaves the contract", "refer to a file under schemas/")
    return Fault(f"$ref {ref!r}: there is no such file", "mend the path, or add the file")


def _point(file: SourceFile, parts: tuple[str, ...], ref: str) -> Target | Fault:
    node: Any = file.value
    for part in parts:
        if not isinstance(node, dict) or part not in node:
            hint = f"{file.label} has no {part!r} there; shared pieces stand under $defs"
            return Fault(f"$ref {ref!r} points to nothing", hint)
        node = node[part]
    if not any(site.path == parts for site in file.sites):
        hint = "point to a schema: #/$defs/Name, or the file as a whole"
        return Fault(f"$ref {ref!r} points to something that is no schema", hint)
    return Target(file.label, parts)


class LinkGraph:
    """Which schema leads to which, over all schema files of a contract."""

    def __init__(self, model: Model) -> None:
        self._sites = {file.label: file.sites for file in model.schemas}
        self.links = list(_links(model))
        self._inner: dict[Target, list[Link]] = {}
        self._reach: dict[Target, set[Target]] = {}

    def sites(self, target: Target) -> Iterator[Site]:
        """The schemas in a target, those of its own `$defs` left aside: they are only named."""
        depth = len(target.path)
        for site in self._sites.get(target.file, ()):
            if site.path[:depth] == target.path and "$defs" not in site.path[depth:]:
                yield site

    def reach(self, target: Target) -> set[Target]:
        """All targets that are met on the way from one, itself included."""
        if target not in self._reach:
            met: set[Target] = set()
            ahead = [target]
            while ahead:
                one = ahead.pop()
                if one not in met:
                    met.add(one)
                    ahead.extend(link.target for link in self.inner(one))
            self._reach[target] = met
        return self._reach[target]

    def inner(self, target: Target) -> list[Link]:
        """The links that stand in a target."""
        if target not in self._inner:
            paths = {site.path for site in self.sites(target)}
            self._inner[target] = [
                link for link in self.links if link.file == target.file and link.path in paths
            ]
        return self._inner[target]

    def is_circular(self, link: Link) -> bool:
        """Whether following a link leads to the link again."""
        return any(link in self.inner(target) for target in self.reach(link.target))

    def files(self, label: str) -> set[str]:
        """The labels of all files that a file is made of, itself included."""
        starts = {link.target for link in self.links if link.file == label}
        return {label} | {target.file for start in starts for target in self.reach(start)}


def _links(model: Model) -> Iterator[Link]:
    for file, site in model.objects():
        ref = site.schema.get("$ref")
        target = resolve(model, file.path, ref) if isinstance(ref, str) else None
        if isinstance(target, Target):
            yield Link(file.label, site.path, target)
