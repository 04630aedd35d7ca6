"""Reads every file of a contract; what cannot be read is a problem and hides nothing else."""

from __future__ import annotations

from math import isfinite
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hookproof.contract.documents import json_lines
from hookproof.contract.files import COMMON
from hookproof.contract.references import References
from hookproof.contract.yaml_documents import read_yaml, yaml_lines
from hookproof.contract_proof.checks.model import Model, SourceFile, lazily
from hookproof.contract_proof.checks.problem import ContractProblem
from hookproof.contract_proof.checks.sites import sites
from hookproof.errors import ContractError
from hookproof.payload.decode import decode
from hookproof.payload.pointer import to_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract.files import ContractFiles
    from hookproof.payload.scan import Path as PayloadPath


def read_model(files: ContractFiles) -> Model:
    """All that can be read of a contract, and the problems of what cannot."""
    model = Model(files, References(label=files.label))
    unlisted = [folder for folder in (files.schemas, files.openapi) if not _listed(model, folder)]
    model.complete = not unlisted
    if files.schemas not in unlisted:
        for path in sorted(files.schemas.iterdir()):
            if path.is_dir():
                _listed(model, path)
        for path in sorted(files.schemas.rglob("*.json")):
            _read_schema(model, path)
    # Without schemas there is nothing that a document could be held to.
    for path in sorted(files.openapi.iterdir()) if model.complete else ():
        _read_document(model, path)
    return model


def _listed(model: Model, folder: Path) -> bool:
    """Whether a folder can be listed; a problem of the model where it cannot."""
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        hint = "a contract is a folder that holds schemas/ and openapi/, both readable"
        message = f"cannot be read: {error.strerror}"
        model.problems.append(model.about(folder, "HP501", message, hint))
        return False
    return True


def _read_schema(model: Model, path: Path) -> None:
    folder = path.relative_to(model.files.schemas).parts[:-1]
    area = folder[0] if folder else ""
    if area.startswith((".", "_")):
        return
    if area != COMMON and len(folder) != 1:
        hint = "move it to schemas/<area>/<event>.json or schemas/common/"
        message = "nothing reads this file: it lies in no area's folder"
        model.problems.append(model.about(path, "HP510", message, hint))
        return
    _add(model, path, area=area, event=path.stem)


def _add(model: Model, path: Path, *, area: str, event: str) -> None:
    label = model.files.label(path)
    value, problems = _read_json(path, label) if event else _read_yaml(path, label)
    model.problems.extend(problems)
    if not isinstance(value, dict):
        if not problems:
            code, what = ("HP502", "a schema") if event else ("HP509", "an OpenAPI document")
            message, hint = "the file holds no object", f"{what} is an object: keys and values"
            model.problems.append(ContractProblem(code, "error", label, 1, "", message, hint))
        model.broken.add(Path(normpath(path)))
        return
    lines = lazily(json_lines if event else yaml_lines, path)
    walked = tuple(sites(value)) if event else ()
    if not event:
        model.references.know(path, value)
    file = SourceFile(path, label, area, event, value, walked, lines)
    (model.schemas if event else model.documents).append(file)


def _read_json(path: Path, label: str) -> tuple[Any, list[ContractProblem]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        hint = "is it a file, and may you read it?"
        return None, [ContractProblem("HP501", "error", label, None, "", message, hint)]
    hint = "mend the JSON"
    if not raw.strip():
        return None, [ContractProblem("HP501", "error", label, 1, "", "the file is empty", hint)]
    reading = decode(raw)
    places = [(reading.position(problem).line, problem.message) for problem in reading.problems]
    return reading.value, [
        ContractProblem("HP501", "error", label, line, "", message, hint)
        for line, message in places
    ]


def _read_document(model: Model, path: Path) -> None:
    if path.suffix in {".yml", ".json"}:
        message = "nothing reads this file: a document is named openapi/<area>.yaml"
        hint = "rename it, or move it out of the contract"
        model.problems.append(model.about(path, "HP510", message, hint))
    if path.suffix != ".yaml" or path.name.startswith("."):
        return
    _add(model, path, area=path.stem, event="")


def _read_yaml(path: Path, label: str) -> tuple[Any, list[ContractProblem]]:
    try:
        value = read_yaml(path, label=label)
    except ContractError as error:
        found = ContractProblem("HP501", "error", label, error.line, "", error.problem, error.hint)
        return None, [found]
    line = lazily(yaml_lines, path)
    problems = [
        ContractProblem("HP501", "error", label, line(at), to_pointer(at), message, hint)
        for at, message, hint in _beyond_json(value, ())
    ]
    return (None if problems else value), problems


def _beyond_json(value: Any, path: PayloadPath) -> Iterator[tuple[PayloadPath, str, str]]:
    """What YAML can say and JSON cannot: keys that are no text, sets, bytes, infinities."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                message = f"the key {key!r} is read as {type(key).__name__}, not as text"
                yield (*path, str(key)), message, "write the key in quotes"
            yield from _beyond_json(inner, (*path, str(key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _beyond_json(inner, (*path, index))
    elif not isinstance(value, str | int | None) and not (
        isinstance(value, float) and isfinite(value)
    ):
        yield path, f"{value!r} is no JSON value", "write it in quotes"
