"""HP503: every `$ref` leads to a schema of the contract, and never in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hookproof.contract_proof.checks.links import Fault, LinkGraph, resolve
from hookproof.errors import ContractError
from hookproof.payload.pointer import from_pointer, member_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract_proof.checks.model import Model, SourceFile
    from hookproof.contract_proof.checks.problem import ContractProblem
    from hookproof.payload.scan import Path as PayloadPath

_OTHER_REFERENCES: Final = ("$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef")
# Values in an OpenAPI document in which "$ref" would be a mere word.
_DATA: Final = frozenset({"example", "examples", "default", "const", "enum"})


def check_schema_references(model: Model) -> Iterator[ContractProblem]:
    """All references of the schemas that cannot be followed, or lead back to themselves."""
    problems = [*_unresolved(model), *_circles(model)]
    yield from problems
    if not problems and not model.broken:
        yield from _too_large(model)


def check_document_references(model: Model) -> Iterator[ContractProblem]:
    """The same for the references of the OpenAPI documents."""
    for document in model.documents:
        for path, ref in _document_references(document.value, ()):
            fault = _document_fault(model, document, ref)
            if fault is not None:
                yield document.problem("HP503", path, fault.message, hint=fault.hint)


def local_target(document: dict[str, Any], ref: str) -> Any:
    """What a reference `#/…` of a document points to; None where it points to nothing."""
    return member_at(document, from_pointer(ref.partition("#")[2]))


def _unresolved(model: Model) -> Iterator[ContractProblem]:
    for file, site in model.objects():
        for keyword in _OTHER_REFERENCES:
            if keyword in site.schema:
                path = (*site.path, keyword)
                hint = "use $ref with a path: #/$defs/Name"
                yield file.problem("HP503", path, f"{keyword} is not followed here", hint=hint)
        ref = site.schema.get("$ref")
        fault = resolve(model, file.path, ref) if isinstance(ref, str) else None
        if isinstance(fault, Fault):
            yield file.problem("HP503", (*site.path, "$ref"), fault.message, hint=fault.hint)


def _circles(model: Model) -> Iterator[ContractProblem]:
    graph = LinkGraph(model)
    files = {file.label: file for file in model.schemas}
    for link in graph.links:
        if graph.is_circular(link):
            yield files[link.file].problem(
                "HP503",
                (*link.path, "$ref"),
                "this $ref leads back to itself",
                hint="a payload schema may not be recursive: say how deep it goes",
            )


def _too_large(model: Model) -> Iterator[ContractProblem]:
    """A last word from the code that replaces references, on what the above cannot foresee."""
    for file in model.schemas:
        unfolded = model.unfolded(file)
        if isinstance(unfolded, ContractError):
            yield file.problem("HP503", (), unfolded.problem, hint="refer to fewer pieces")


def _document_references(node: Any, path: PayloadPath) -> Iterator[tuple[PayloadPath, str]]:
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _document_references(item, (*path, index))
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                yield (*path, key), value
            elif not key.startswith("x-") and key not in _DATA:
                yield from _document_references(value, (*path, key))


def _document_fault(model: Model, document: SourceFile, ref: str) -> Fault | None:
    if not ref.startswith("#"):
        found = resolve(model, document.path, ref)
        return found if isinstance(found, Fault) else None
    seen = set()
    while ref not in seen:
        seen.add(ref)
        target = local_target(document.value, ref)
        if target is None:
            hint = "mend the pointer, or add what it names"
            return Fault(f"$ref {ref!r} points to nothing", hint)
        inner = target.get("$ref") if isinstance(target, dict) else None
        if not isinstance(inner, str) or not inner.startswith("#"):
            return None
        ref = inner
    return Fault(f"$ref {ref!r} leads back to itself", "point to the thing itself")
