"""The documented forms of a signature in words, for findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hookproof.contract.model import SignatureFacts


def written(facts: SignatureFacts, form: int, encoding: str) -> str:
    """How one form is made and written, by its position; as much as tells it from the others."""
    if not facts.alternatives:
        return f"written as {encoding}"
    one = facts.forms[form]
    digest = f" with {one.digest}" if one.digest else ""
    return f"made by {one.scheme}{digest}, in the {one.place}, written as {encoding}"


def documented(facts: SignatureFacts) -> str:
    """All documented ways, the one that is sent first."""
    if not facts.alternatives:
        return " and ".join(facts.encodings)
    forms = enumerate(facts.forms)
    return "; ".join(written(facts, number, " or ".join(f.encodings)) for number, f in forms)
