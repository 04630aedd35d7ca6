"""HP509, HP511: the documents are OpenAPI 3.1, with one name for each operation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract_proof.checks.form import SHOWN
from hookproof.contract_proof.checks.links import Target, resolve
from hookproof.contract_proof.checks.model import METHOD, as_dict
from hookproof.contract_proof.checks.references import check_document_references
from hookproof.errors import DependencyMissing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract_proof.checks.model import Model, SourceFile
    from hookproof.contract_proof.checks.problem import ContractProblem
    from hookproof.payload.scan import Path

_VERSION: Final = re.compile(r"3\.1\.[0-9]+")
_OTHER_METHODS: Final = frozenset({"get", "put", "delete", "options", "head", "patch", "trace"})


def require_validator() -> Any:
    """The OpenAPI 3.1 validator; raises DependencyMissing where it is not installed."""
    try:
        from openapi_spec_validator import OpenAPIV31SpecValidator  # noqa: PLC0415 - 200 ms, optional
    except ImportError:
        raise DependencyMissing("openapi-spec-validator", extra="contract") from None
    return OpenAPIV31SpecValidator


def check_openapi(model: Model, *, sound: frozenset[str]) -> Iterator[ContractProblem]:
    """HP509 for what openapi-spec-validator finds.

    `sound` are the labels of the schema files that it may look into. It gets a document
    that needs no other file: it would fetch what a `$ref` names, from the network too.
    """
    unresolved = {problem.file for problem in check_document_references(model)}
    for document in model.documents:
        version = document.value.get("openapi")
        if not isinstance(version, str) or not _VERSION.fullmatch(version):
            message = f"the version of OpenAPI is {version!r}"
            yield document.problem("HP509", ("openapi",), message, hint="write openapi: 3.1.0")
        elif document.label not in unresolved:
            yield from _validated(document, _self_contained(model, document, sound))


def check_webhooks(model: Model) -> Iterator[ContractProblem]:
    """HP509, HP516: a document holds webhooks, each POSTed, and nothing else."""
    for document in model.documents:
        webhooks = document.value.get("webhooks")
        if not webhooks:
            hint = "add one webhook for each schema of the area"
            yield document.problem("HP509", (), "the document has no webhooks", hint=hint)
        if "paths" in document.value:
            message, hint = "the document has paths", "describe callbacks under webhooks only"
            yield document.problem("HP516", ("paths",), message, hint=hint, severity="warning")
        for key, item in as_dict(webhooks).items():
            yield from _posted(document, ("webhooks", key), as_dict(item))


def check_operation_ids(model: Model) -> Iterator[ContractProblem]:
    """HP511: every operation has an id, unlike those of all documents."""
    first: dict[str, str] = {}
    for operation in model.operations():
        name = operation.value.get("operationId")
        if name is None:
            hint = f"operationId: {operation.key.replace('/', '_')}"
            yield operation.problem("HP511", (), "the webhook has no operationId", hint=hint)
        elif isinstance(name, str) and name in first:
            message = f"the operationId {name!r} is taken, by {first[name]}"
            hint = "give each webhook its own, over all documents"
            yield operation.problem("HP511", ("operationId",), message, hint=hint)
        elif isinstance(name, str):
            line = operation.document.line((*operation.path, "operationId"))
            first[name] = f"{operation.document.label}:{line}"


_NO_POST: Final = (
    "say the callbacks that are POSTed, under post; how an address is confirmed by a GET with a "
    "challenge in its query is x-confirmation, at the top of the document"
)


def _posted(document: SourceFile, path: Path, item: dict[str, Any]) -> Iterator[ContractProblem]:
    if METHOD not in item:
        hint = "vendors POST their callbacks: webhooks/<area>/<event>/post"
        yield document.problem("HP509", path, "the webhook has no post", hint=hint)
    for method in sorted(item.keys() & _OTHER_METHODS):
        message = f"the webhook has a {method} operation, which nothing reads"
        yield document.problem("HP509", (*path, method), message, hint=_NO_POST)


def _validated(document: SourceFile, value: dict[str, Any]) -> Iterator[ContractProblem]:
    hint = "see the OpenAPI 3.1 specification on this object"
    errors, gave_up = errors_of(value)
    for path, message in errors:
        yield document.problem("HP509", path, message, hint=hint)
    if gave_up:
        yield document.problem("HP509", (), gave_up, hint="mend the other problems first")


def errors_of(value: dict[str, Any]) -> tuple[list[tuple[Path, str]], str]:
    """What openapi-spec-validator finds, each with its place, and why it gave up if it did."""
    # Both come with the validator.
    from jsonschema_path.paths import SchemaPath  # noqa: PLC0415
    from referencing.exceptions import Unresolvable  # noqa: PLC0415

    validator = require_validator()(SchemaPath.from_dict(value, handlers={}))
    found: list[tuple[Path, str]] = []
    try:
        for error in validator.iter_errors():
            message = error.message.partition("\n")[0][:SHOWN]
            found.append((tuple(error.absolute_path), message))
    except (
        Unresolvable,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        AssertionError,
        RecursionError,
    ) as error:
        return found, f"the OpenAPI validator gave up: {error!r}"[:SHOWN]
    return found, ""


def _self_contained(model: Model, document: SourceFile, sound: frozenset[str]) -> Any:
    def copy(node: Any) -> Any:
        if isinstance(node, list):
            return [copy(item) for item in node]
        if not isinstance(node, dict):
            return node
        ref = node.get("$ref")
        if isinstance(ref, str) and not ref.startswith("#"):
            return _schema(model, document, ref, sound)
        return {key: copy(value) for key, value in node.items()}

    return copy(document.value)


def _schema(model: Model, document: SourceFile, ref: str, sound: frozenset[str]) -> Any:
    """The schema that a document refers to; a schema of anything where it has its own problems."""
    target = resolve(model, document.path, ref)
    if not isinstance(target, Target) or target.path or target.file not in sound:
        return {}
    file = next(file for file in model.schemas if file.label == target.file)
    return model.expanded(file) or {}
