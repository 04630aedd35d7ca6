"""A pack of vectors as files: the rules, the vectors of each area, an index, and their schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hookproof.errors import UsageError
from hookproof.languages.rules import rules_of
from hookproof.languages.vectors import MOMENT, secrets_of, vectors_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.contract import Contract

SCHEMA: Final = "vectors.schema.json"
_ABOUT: Final = (
    "Requests, and what a reader has to make of each. The secrets are published: never use them."
)


def write_pack(folder: Path, contract: Contract, areas: Sequence[str] = ()) -> dict[str, int]:
    """Write the pack of some areas, or of all, into a folder; how many vectors each area has.

    `index.json` names the files; `rules.json` is what a reader needs to know. Raises UsageError
    where the folder cannot be written.
    """
    chosen = list(areas) or list(contract.areas)
    files: dict[str, Any] = {"rules.json": rules_of(contract, chosen)}
    counts: dict[str, int] = {}
    for area in chosen:
        vectors = list(vectors_of(contract, area))
        counts[area] = len(vectors)
        secrets = secrets_of(contract, area)
        files[f"{area}.json"] = {"area": area, "secrets": secrets, "vectors": vectors}
    listed = [{"file": f"{area}.json", "vectors": count} for area, count in counts.items()]
    index = {"about": _ABOUT, "format": 1, "moment": MOMENT, "rules": "rules.json", "areas": listed}
    files["index.json"] = index
    files[SCHEMA] = pack_schema()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            known = content if name == SCHEMA else {"$schema": SCHEMA, **content}
            text = json.dumps(known, indent=1) + "\n"
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as problem:
        raise UsageError(f"cannot write {problem.filename}: {problem.strerror}") from problem
    return counts


def pack_schema() -> dict[str, Any]:
    """The JSON Schema of the pack's files."""
    schema: dict[str, Any] = json.loads(Path(__file__).with_name(SCHEMA).read_text("utf-8"))
    return schema
