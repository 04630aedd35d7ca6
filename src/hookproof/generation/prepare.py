"""A copy of a contract's schemas that the model generator understands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hookproof.errors import ContractError
from hookproof.generation.documents import Documents
from hookproof.generation.lowering import Lowering

if TYPE_CHECKING:
    from pathlib import Path


def prepare(schemas: Path, *, into: Path, package: str, lenient: bool = False) -> dict[str, str]:
    """Write the rewritten schemas of a contract into an empty folder.

    Returns the attribute names that differ from the wire's, by `Class.field`.
    `package` is the import package that the models will lie in; with `lenient` they take what a
    vendor may widen. Raises
    ContractError for a file that is no schema and for a broken reference.
    """
    documents = Documents(schemas)
    aliases: dict[str, str] = {}
    for file in documents.files():
        lowering = Lowering(documents=documents, file=file, package=package, lenient=lenient)
        try:
            document = lowering.document()
        except (AttributeError, TypeError, KeyError) as problem:
            raise ContractError(str(file), "not a valid JSON Schema") from problem
        aliases |= lowering.aliases
        if document is not None:
            (into / file).parent.mkdir(parents=True, exist_ok=True)
            (into / file).write_text(json.dumps(document), encoding="utf-8")
    return aliases
