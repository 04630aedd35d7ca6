"""The OpenAPI documents as JSON beside them, so that few commands have to read YAML.

Each names the digest of the document that it was made from, and counts for nothing beside
another one: what is read is always what the document says.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson

from hookproof.contract.documents import read_bytes, read_yaml
from hookproof.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hookproof.contract.files import ContractFiles


def read_document(files: ContractFiles, area: str) -> Any:
    """The OpenAPI document of an area; raises ContractError where it cannot be read."""
    file = files.document(area)
    label = files.label(file)
    digest = _digest(read_bytes(file, label))
    try:
        compiled = orjson.loads(files.compiled(area).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        compiled = None
    if isinstance(compiled, dict) and compiled.get("sha256") == digest:
        return compiled.get("document")
    return read_yaml(file, label=label)


def write_compiled(files: ContractFiles) -> list[Path]:
    """Write the documents of all areas as JSON, remove those of areas that are gone.

    Returns the files. Raises ContractError for a document that says what JSON cannot.
    """
    texts = {files.compiled(area): _text(files, area) for area in files.areas()}
    for file, text in texts.items():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text)
    for file in _strays(files):
        file.unlink()
    return list(texts)


def is_compiled(file: Path) -> bool:
    """Whether a file begins as `write_compiled` writes them."""
    with file.open("rb") as content:
        return content.read(11) == b'{"sha256":"'


def stale_compiled(files: ContractFiles) -> list[str]:
    """A line for each file that `write_compiled` would change."""
    texts = {files.compiled(area): _text(files, area) for area in files.areas()}
    differing = [
        f"{files.label(file)} {'differs' if file.is_file() else 'is missing'}"
        for file, text in texts.items()
        if not file.is_file() or file.read_bytes() != text
    ]
    return differing + [f"{files.label(file)} belongs to no area" for file in _strays(files)]


def _strays(files: ContractFiles) -> Iterator[Path]:
    known = {files.compiled(area) for area in files.areas()}
    folder = files.compiled("any").parent
    yield from (file for file in sorted(folder.glob("*.json")) if file not in known)


def _text(files: ContractFiles, area: str) -> bytes:
    file = files.document(area)
    label = files.label(file)
    document = read_yaml(file, label=label)
    whole = {"sha256": _digest(read_bytes(file, label)), "document": document}
    try:
        text = orjson.dumps(whole, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError as error:
        raise _beyond_json(label, str(error)) from None
    if orjson.loads(text) != whole:
        raise _beyond_json(label, "a value has no JSON form")
    return text


def _beyond_json(label: str, problem: str) -> ContractError:
    return ContractError(label, f"cannot be written as JSON: {problem}", hint="run contract check")


def _digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()
