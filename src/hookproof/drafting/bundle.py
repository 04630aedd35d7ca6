"""One OpenAPI document of an area that needs no other file, for tools that take one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hookproof.contract.compiled import read_document
from hookproof.schema.open_lists import without_open_lists

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.contract import Contract


def bundle(contract: Contract, area: str) -> dict[str, Any]:
    """The document of an area with all schemas in it.

    A list that its page says will grow is left open, for other tools do not know `x-open`.
    """
    contract.check_area(area)
    file = contract.files.document(area)
    document = read_document(contract.files, area)
    contract.references.know(file, document)
    whole: dict[str, Any] = without_open_lists(_inlined(document, contract, file))
    return whole


def _inlined(node: Any, contract: Contract, file: Path) -> Any:
    """A part of the document; what is referred to within it stays where it is."""
    if isinstance(node, list):
        return [_inlined(item, contract, file) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str) and not node["$ref"].startswith("#"):
        return contract.references.expand_node(node, file)
    return {key: _inlined(value, contract, file) for key, value in node.items()}
