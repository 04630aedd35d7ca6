"""HP510, HP515: schemas, webhooks and bodies name each other, in both directions."""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract_proof.checks.links import Target, resolve
from hookproof.contract_proof.checks.model import as_dict
from hookproof.contract_proof.checks.references import local_target
from hookproof.payload.pointer import from_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as FilePath

    from hookproof.contract_proof.checks.model import Model, Operation, SourceFile
    from hookproof.contract_proof.checks.problem import ContractProblem
    from hookproof.payload.scan import Path

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_COMPONENTS: Final = "#/components/schemas/"
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"
_MEDIA_TYPE: Final = {"json": _JSON, "form": _FORM}


def check_folders(model: Model) -> Iterator[ContractProblem]:
    """HP510: each area is a folder with schemas and a document, both of the same name."""
    files = model.files
    if not model.complete:
        return
    areas = set(files.areas())
    documents = {path.stem for path in files.openapi.glob("*.yaml") if path.name[0] != "."}
    if not areas and not documents:
        message = "the contract describes no callback"
        yield model.about(files.schemas, "HP510", message, "add schemas/<area>/<event>.json")
    for area in sorted(areas):
        folder = files.schemas / area
        if area not in documents:
            message = f"the area has no document {files.label(files.document(area))}"
            yield model.about(folder, "HP510", message, "add it, with one webhook for each schema")
        if not files.events(area):
            message, hint = "the area has no schemas", "add one, or remove the folder"
            yield model.about(folder, "HP510", message, hint)
        yield from _bad_names(model, folder, area)
    for area in sorted(documents - areas):
        message = f"the document has no folder {files.label(files.schemas / area)}"
        yield model.about(files.document(area), "HP510", message, "add the schemas of its webhooks")


def check_pairs(model: Model) -> Iterator[ContractProblem]:
    """HP510: each webhook is a schema file, and each schema file a webhook."""
    for document in model.documents:
        webhooks = as_dict(document.value.get("webhooks"))
        events = model.files.events(document.area)
        known = {f"{document.area}/{event}" for event in events}
        if not known:
            continue
        for key in webhooks:
            if key not in known:
                message = f"the webhook {key!r} has no schema file"
                hint = f"name it after a file: {document.area}/<event>"
                yield document.problem("HP510", ("webhooks", key), message, hint=hint)
        for key in sorted(known - webhooks.keys()):
            file = model.files.schemas / f"{key}.json"
            message = f"{document.label} has no webhook {key}"
            yield model.about(file, "HP510", message, "add it, or remove the schema")


def check_names(model: Model) -> Iterator[ContractProblem]:
    """HP510: the names of events can name modules."""
    for area in model.files.areas() if model.complete else ():
        for event in model.files.events(area):
            yield from _bad_names(model, model.files.schema(area, event), event)


def check_bodies(model: Model) -> Iterator[ContractProblem]:
    """HP510, HP515: a webhook's body is its schema, in the media types of its encodings."""
    for operation in model.operations():
        body = operation.value.get("requestBody", {"content": {}})
        content = as_dict(body).get("content")
        if content == {}:
            hint = "requestBody: {content: {application/json: {schema: {$ref: …}}}}"
            path: Path = ("requestBody",)
            yield operation.problem("HP510", path, "the webhook has no body", hint=hint)
        if not isinstance(content, dict) or not content:
            continue
        for media_type, entry in content.items():
            yield from _body_schema(model, operation, media_type, as_dict(entry).get("schema"))
        yield from _encodings(operation, set(content))


def _body_schema(
    model: Model, operation: Operation, media_type: str, schema: Any
) -> Iterator[ContractProblem]:
    path = ("requestBody", "content", media_type, "schema")
    ref = as_dict(schema).get("$ref")
    if not isinstance(ref, str) or not ref.startswith(_COMPONENTS):
        hint = f'schema: {{$ref: "{_COMPONENTS}<title>"}}'
        message = "the body's schema does not refer to a component"
        yield operation.problem("HP510", path, message, hint=hint)
        return
    component = local_target(operation.document.value, ref)
    wanted = model.schema_of(operation)
    if component is not None and wanted is not None:
        yield from _component(model, operation.document, from_pointer(ref[1:]), component, wanted)


def _component(
    model: Model, document: SourceFile, path: Path, component: Any, wanted: SourceFile
) -> Iterator[ContractProblem]:
    ref = as_dict(component).get("$ref")
    target = resolve(model, document.path, ref) if isinstance(ref, str) else Target("", ())
    if isinstance(target, Target) and target != (wanted.label, ()):
        hint = f"{path[-1]}: {{$ref: ../{wanted.label}}}"
        message = f"the component {path[-1]!r} is not {wanted.label}"
        yield document.problem("HP510", path, message, hint=hint)
    title = wanted.value.get("title")
    if isinstance(title, str) and title != path[-1]:
        hint = "a component is named after the title of its schema"
        message = f"the component {path[-1]!r} is titled {title!r} in {wanted.label}"
        yield document.problem("HP510", path, message, hint=hint)


def _encodings(operation: Operation, media_types: set[str]) -> Iterator[ContractProblem]:
    entries = operation.member("x-encodings", list)
    encodings = [as_dict(entry).get("encoding") for entry in entries]
    if not all(isinstance(encoding, str) for encoding in encodings) or not encodings:
        return
    named = [as_dict(entry).get("media-type") for entry in entries]
    wanted = {
        name or _MEDIA_TYPE[encoding]
        for name, encoding in zip(named, encodings, strict=True)
        if encoding in _MEDIA_TYPE
    }
    # Percent-encoded JSON has no media type; alone, it is described as the JSON it becomes.
    allowed = wanted or {_JSON}
    for index, encoding in enumerate(encodings):
        if encoding in encodings[:index]:
            hint = "name each encoding once"
            message = f"the encoding {encoding!r} stands twice"
            yield operation.problem("HP515", ("x-encodings", index), message, hint=hint)
    for media_type in sorted(wanted - media_types):
        message = f"x-encodings asks for {media_type}, the body does not have it"
        hint = "add it under requestBody/content, or remove the encoding"
        yield operation.problem("HP515", ("requestBody", "content"), message, hint=hint)
    for media_type in sorted(media_types - allowed):
        message = f"the body has {media_type}, no entry of x-encodings does"
        hint = "name it as media-type of its encoding; json is application/json without one"
        path = ("requestBody", "content", media_type)
        yield operation.problem("HP515", path, message, hint=hint)


def _bad_names(model: Model, file: FilePath, name: str) -> Iterator[ContractProblem]:
    if not _NAME.fullmatch(name) or iskeyword(name):
        message = f"{name!r} cannot name a Python module, and the models need one"
        hint = "use lower-case letters, digits and _, and no word of Python's own"
        yield model.about(file, "HP510", message, hint)
