"""All files of a contract, read once, for the checks to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.files import COMMON
from hookproof.contract_proof.checks.problem import ContractProblem, Severity
from hookproof.errors import ContractError
from hookproof.payload.pointer import to_pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.contract.files import ContractFiles
    from hookproof.contract.references import References
    from hookproof.contract_proof.checks.sites import Site
    from hookproof.payload.scan import Path as PayloadPath

METHOD: Final = "post"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One readable file, and every schema that stands in it.

    `area` is "common" for shared pieces; `event` is "" for a document.
    """

    path: Path
    label: str
    area: str
    event: str
    value: dict[str, Any]
    sites: tuple[Site, ...]
    line_of: Callable[[PayloadPath], int]

    @property
    def is_callback(self) -> bool:
        """Whether it is the schema of a callback."""
        return bool(self.event) and self.area != COMMON

    def line(self, path: PayloadPath) -> int:
        """The line of a value, or of the nearest one above it."""
        return self.line_of(_as_written(self.value, path))

    def problem(
        self,
        code: str,
        path: PayloadPath,
        message: str,
        *,
        hint: str,
        severity: Severity = "error",
    ) -> ContractProblem:
        """A problem at a place of this file."""
        where = to_pointer(path)
        return ContractProblem(code, severity, self.label, self.line(path), where, message, hint)


@dataclass(frozen=True, slots=True)
class Operation:
    """One webhook of a document: `<area>/<event>` and what is POSTed."""

    document: SourceFile
    key: str
    value: dict[str, Any]

    @property
    def path(self) -> PayloadPath:
        """Where it stands in the document."""
        return ("webhooks", self.key, METHOD)

    @property
    def event(self) -> str:
        """The event's name; "" where the key is not of this area."""
        area, _, event = self.key.partition("/")
        return event if area == self.document.area else ""

    def member(self, name: str, kind: type) -> Any:
        """A member of the operation, or an empty value where it is missing or of another type."""
        value = self.value.get(name)
        return value if isinstance(value, kind) else kind()

    def settled(self, word: str) -> tuple[PayloadPath, Any]:
        """A word of this operation, or of its document where it has none, and where it stands."""
        if self.value.get(word) is not None:
            return (*self.path, word), self.value[word]
        return (word,), self.document.value.get(word)

    def problem(
        self,
        code: str,
        path: PayloadPath,
        message: str,
        *,
        hint: str,
        severity: Severity = "error",
    ) -> ContractProblem:
        """A problem at a place of this operation."""
        return self.document.problem(
            code, (*self.path, *path), message, hint=hint, severity=severity
        )


@dataclass(slots=True)
class Model:
    """What a contract's files hold.

    `broken` are the files that could not be read; `complete` is False where even one of
    the two folders could not.
    """

    files: ContractFiles
    references: References
    schemas: list[SourceFile] = field(default_factory=list)
    documents: list[SourceFile] = field(default_factory=list)
    broken: set[Path] = field(default_factory=set)
    problems: list[ContractProblem] = field(default_factory=list)
    complete: bool = True
    _by_path: dict[Path, SourceFile] = field(default_factory=dict)
    _unfolded: dict[Path, Any] = field(default_factory=dict)

    def sites(self) -> Iterator[tuple[SourceFile, Site]]:
        """Every schema that stands in a file of schemas, with the file."""
        return ((file, site) for file in self.schemas for site in file.sites)

    def objects(self) -> Iterator[tuple[SourceFile, Site]]:
        """Those of them that are objects, as all but `true` and `false` are."""
        return ((file, site) for file, site in self.sites() if isinstance(site.schema, dict))

    def holders(self) -> Iterator[tuple[SourceFile, PayloadPath, dict[str, Any]]]:
        """What may say a word for a whole document or for one webhook, with its place."""
        yield from ((document, (), document.value) for document in self.documents)
        yield from ((one.document, one.path, one.value) for one in self.operations())

    def about(self, path: Path, code: str, message: str, hint: str) -> ContractProblem:
        """A problem of a file or a folder as a whole."""
        return ContractProblem(code, "error", self.files.label(path), None, "", message, hint)

    def callbacks(self) -> Iterator[SourceFile]:
        """The schema files of callbacks."""
        return (file for file in self.schemas if file.is_callback)

    def schema_at(self, path: Path) -> SourceFile | None:
        """The readable schema file that lies at a normal path."""
        if len(self._by_path) != len(self.schemas):
            self._by_path = {Path(normpath(file.path)): file for file in self.schemas}
        return self._by_path.get(path)

    def schema_of(self, operation: Operation) -> SourceFile | None:
        """The readable schema file of a webhook."""
        wanted = (operation.document.area, operation.event)
        return next((file for file in self.callbacks() if (file.area, file.event) == wanted), None)

    def expanded(self, file: SourceFile) -> dict[str, Any] | None:
        """A schema with its references replaced; None where they cannot be."""
        unfolded = self.unfolded(file)
        return None if isinstance(unfolded, ContractError) else unfolded

    def unfolded(self, file: SourceFile) -> dict[str, Any] | ContractError:
        """The same, or the reason why not."""
        if file.path not in self._unfolded:
            try:
                self._unfolded[file.path] = self.references.expand(file.path)
            except ContractError as error:
                self._unfolded[file.path] = error
        value: dict[str, Any] | ContractError = self._unfolded[file.path]
        return value

    def expanded_node(self, node: Any, file: SourceFile) -> Any:
        """A schema that stands in a file, with its references replaced; None as above."""
        try:
            return self.references.expand_node(node, file.path)
        except ContractError:
            return None

    def operations(self) -> Iterator[Operation]:
        """The webhooks of all documents, as far as they have the form of one."""
        for document in self.documents:
            for key, item in as_dict(document.value.get("webhooks")).items():
                value = as_dict(item).get(METHOD)
                if isinstance(value, dict):
                    yield Operation(document, key, value)


def as_dict(value: Any) -> dict[str, Any]:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """The value where it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def lazily(
    build: Callable[[Path], Callable[[PayloadPath], int]], file: Path
) -> Callable[[PayloadPath], int]:
    """The line finder of a file, built when the first line is asked for."""
    finder = cache(build)

    def line(path: PayloadPath) -> int:
        return finder(file)(path)

    return line


def _as_written(value: Any, path: PayloadPath) -> PayloadPath:
    """Validators give back the key "200" as the number 200; a file has the text."""
    written: list[str | int] = []
    for part in path:
        known = isinstance(value, dict)
        written.append(str(part) if known else part)
        value = value.get(str(part)) if known else _element(value, part)
    return tuple(written)


def _element(value: Any, part: str | int) -> Any:
    inside = isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value)
    return value[part] if inside else None
