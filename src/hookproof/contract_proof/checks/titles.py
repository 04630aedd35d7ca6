"""HP505, HP506: titles name the generated classes; examples are there and described."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract_proof.checks.model import Model, SourceFile
    from hookproof.contract_proof.checks.problem import ContractProblem
    from hookproof.contract_proof.checks.sites import Site
    from hookproof.payload.scan import Path

_CLASS_NAME: Final = re.compile(r"[A-Z][A-Za-z0-9]*")


def check_titles(model: Model) -> Iterator[ContractProblem]:
    """HP506: files and definitions have a title, in PascalCase, unlike all others."""
    first: dict[str, tuple[SourceFile, Path]] = {}
    for file, site in model.objects():
        if not site.in_quirk:
            yield from _title(file, site, first)


def _title(
    file: SourceFile, site: Site, first: dict[str, tuple[SourceFile, Path]]
) -> Iterator[ContractProblem]:
    title = site.schema.get("title")
    path = (*site.path, "title")
    if title is None and (not site.path or site.keywords[-1] == "$defs"):
        hint = "add a title in PascalCase: it becomes the name of the class"
        yield file.problem("HP506", site.path, "the schema has no title", hint=hint)
    if not isinstance(title, str):
        return
    if not _CLASS_NAME.fullmatch(title):
        hint = "letters and digits, each word with a capital: RecordCallback"
        yield file.problem("HP506", path, f"the title {title!r} is not PascalCase", hint=hint)
    elif title in first:
        other, at = first[title]
        message = f"the title {title!r} is taken, by {other.label}:{other.line(at)}"
        hint = "titles become class names and must differ over the whole contract"
        yield file.problem("HP506", path, message, hint=hint)
    else:
        # Lines take a scan of the file, so the first title's is worked out where another is alike.
        first[title] = (file, path)


def check_examples_listed(model: Model) -> Iterator[ContractProblem]:
    """HP505: each callback and shared file has examples, and each example is described."""
    for file in model.schemas:
        examples = file.value.get("examples", [])
        if examples == []:
            hint = "add at least one, from the vendor's page"
            yield file.problem("HP505", ("examples",), "there are no examples", hint=hint)
        elif file.is_callback and isinstance(examples, list):
            yield from _described(file, examples)


def _described(file: SourceFile, examples: list[Any]) -> Iterator[ContractProblem]:
    entries = file.value.get("x-examples")
    if not isinstance(entries, list):
        return
    if len(entries) != len(examples):
        message = f"{len(entries)} entries for {len(examples)} examples"
        hint = "x-examples says of each entry of examples, in order, where it comes from"
        yield file.problem("HP505", ("x-examples",), message, hint=hint)
    for index, payload in enumerate(examples):
        if not isinstance(payload, dict):
            hint = "the payload of a callback is an object"
            message = "the example is not an object"
            yield file.problem("HP505", ("examples", index), message, hint=hint)
    yield from repeated(file, entries, "x-examples", "name", "HP505")


def check_quirk_ids(model: Model) -> Iterator[ContractProblem]:
    """HP514: the quirks of a callback have different ids."""
    for file in model.callbacks():
        quirks = file.value.get("x-quirks")
        yield from repeated(file, quirks, "x-quirks", "id", "HP514")


def repeated(
    file: SourceFile, entries: Any, keyword: str, member: str, code: str
) -> Iterator[ContractProblem]:
    """A problem for each entry of a list whose name an earlier one has."""
    known: set[str] = set()
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        name = entry.get(member) if isinstance(entry, dict) else None
        if not isinstance(name, str):
            continue
        if name in known:
            path: Path = (keyword, index, member)
            message = f"the {member} {name!r} stands twice in {keyword}"
            yield file.problem(code, path, message, hint="give it a name of its own")
        known.add(name)
