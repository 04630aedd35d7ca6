"""The OpenAPI documents as JSON beside them, so that few commands have to read YAML.

Each has two lines: a head, with the digest of the document that it was made from and what lists
its callbacks, and the document. It counts for nothing beside another document: what is read is
always what the document says.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import orjson

from hookproof.contract.documents import read_bytes
from hookproof.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hookproof.contract.files import ContractFiles


_HEAD: Final = ("summary", "x-discriminator", "x-signature")


def read_document(files: ContractFiles, area: str) -> Any:
    """The OpenAPI document of an area; raises ContractError where it cannot be read."""
    file, compiled = files.document(area), _compiled(files, area)
    try:
        return orjson.loads(compiled[1] if compiled else b"")
    except orjson.JSONDecodeError:
        from hookproof.contract.yaml_documents import read_yaml  # noqa: PLC0415 - a slow import

        return read_yaml(file, label=files.label(file))


def read_head(files: ContractFiles, area: str) -> Any:
    """Of the same what lists its callbacks and tells them apart; it may have more."""
    compiled = _compiled(files, area)
    return read_document(files, area) if compiled is None else compiled[0]


def _compiled(files: ContractFiles, area: str) -> tuple[Any, bytes] | None:
    """Head and document that lie beside a document and were made from it; None without them."""
    file = files.document(area)
    digest = _digest(read_bytes(file, files.label(file)))
    try:
        first, _, second = files.compiled(area).read_bytes().partition(b"\n")
        found = orjson.loads(first)
    except (OSError, orjson.JSONDecodeError):
        return None
    whole = isinstance(found, dict) and found.keys() == {"sha256", "head"}
    return (found["head"], second) if whole and found["sha256"] == digest else None


def write_compiled(files: ContractFiles) -> list[Path]:
    """Write the documents of all areas as JSON, remove those of areas that are gone.

    Returns the files. Raises ContractError for a document that says what JSON cannot.
    """
    texts = {files.compiled(area): compiled_text(files, area) for area in files.areas()}
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
    texts = {files.compiled(area): compiled_text(files, area) for area in files.areas()}
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


def compiled_text(files: ContractFiles, area: str) -> bytes:
    """What `write_compiled` writes beside the document of an area; raises ContractError as it does.

    The document has a line of its own, so that the head alone is read where that is enough.
    """
    from hookproof.contract.yaml_documents import read_yaml  # noqa: PLC0415 - a slow import

    file = files.document(area)
    label = files.label(file)
    document = read_yaml(file, label=label)
    try:
        text = orjson.dumps(document)
    except TypeError as error:
        raise _beyond_json(label, str(error)) from None
    if orjson.loads(text) != document:
        raise _beyond_json(label, "a value has no JSON form")
    head = {"sha256": _digest(read_bytes(file, label)), "head": _head(document)}
    return orjson.dumps(head, option=orjson.OPT_APPEND_NEWLINE) + text + b"\n"


def _head(document: Any) -> Any:
    webhooks = document.get("webhooks") if isinstance(document, dict) else None
    if not isinstance(webhooks, dict):
        return document
    listed = {key: _listed(item) for key, item in webhooks.items()}
    kept = {word: document[word] for word in ("x-vendor", "x-signature") if word in document}
    return {**kept, "webhooks": listed}


def _listed(item: Any) -> Any:
    operation = item.get("post") if isinstance(item, dict) else None
    if not isinstance(operation, dict):
        return item
    return {"post": {word: operation[word] for word in _HEAD if word in operation}}


def _beyond_json(label: str, problem: str) -> ContractError:
    return ContractError(label, f"cannot be written as JSON: {problem}", hint="run contract check")


def _digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()
