"""Proves that a contract of somebody else can be used, before anything reads it.

It is input like any other. What its documents have to be, so that no command falls over them, is
a part of the full proof; one that has passed is remembered by its digest.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson

from hookproof.contract import Contract, contract_in
from hookproof.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract import ContractFiles
    from hookproof.contract_proof.checks.problem import ContractProblem

_ROOM: Final = "contracts"


def usable_contract(folder: Path, *, cache: Path | None = None) -> Contract:
    """The contract in a folder; raises ContractError with file and line where it cannot be used.

    `cache` is a folder that remembers what was proven, None for none.
    """
    files = contract_in(folder)
    mark = cache / _ROOM / _digest(files) if cache else None
    if mark is None or not mark.is_file():
        prove_usable(files)
        if mark is not None:
            _remember(mark)
    return Contract(files)


def prove_usable(files: ContractFiles) -> None:
    """Raise ContractError for the first thing, by file and line, that no command could use."""
    # Importing the checks takes longer than most commands do.
    from hookproof.contract_proof.check import usability_problems  # noqa: PLC0415
    from hookproof.contract_proof.checks.reading import read_model  # noqa: PLC0415
    from hookproof.contract_proof.examples import check_answers  # noqa: PLC0415

    try:
        model = read_model(files)
        problems = usability_problems(model) or check_answers(model) or list(_untrue_copies(files))
    except RecursionError:
        raise ContractError(files.label(files.schemas), "the contract nests too deep") from None
    for problem in problems:
        raise ContractError(
            problem.file,
            f"{problem.message} (at {problem.where})" if problem.where else problem.message,
            line=problem.line,
            hint=problem.hint,
        )


def _untrue_copies(files: ContractFiles) -> Iterator[ContractProblem]:
    """Compiled documents that say something else than the documents that they are said to be of."""
    from hookproof.contract.compiled import compiled_text  # noqa: PLC0415 - as above
    from hookproof.contract_proof.checks.problem import ContractProblem  # noqa: PLC0415

    for area in files.areas():
        copy, document = files.compiled(area), files.document(area)
        try:
            lines = copy.read_bytes()
            read = orjson.loads(lines.partition(b"\n")[0])
        except (OSError, orjson.JSONDecodeError):
            continue
        digest = sha256(document.read_bytes()).hexdigest()
        same = isinstance(read, dict) and read.get("sha256") == digest
        if same and lines != compiled_text(files, area):
            message = f"it is not what {files.label(document)} says"
            hint = "run `hookproof contract compile` on this contract, or remove the file"
            yield ContractProblem("HP501", "error", files.label(copy), None, "", message, hint)


def _digest(files: ContractFiles) -> str:
    """What a proof depends on: all that is read of the contract, and what the proof asks for."""
    package = Path(__file__).resolve().parents[1]
    read = [*files.schemas.rglob("*.json"), *files.openapi.rglob("*.yaml")]
    read += files.openapi.rglob("*.json")
    asked = [*package.glob("contract/**/*"), *package.glob("contract_proof/**/*")]
    whole = sha256()
    for file in sorted([*read, *(one for one in asked if one.suffix in {".py", ".json"})]):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise ContractError(files.label(file), f"cannot be read: {error.strerror}") from None
        whole.update(f"{files.label(file)} {len(content)}\n".encode("utf-8", "surrogateescape"))
        whole.update(content)
    return whole.hexdigest()


def _remember(mark: Path) -> None:
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    except OSError:
        # Where nothing can be kept, it is proven each time.
        return
