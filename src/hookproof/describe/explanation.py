"""Codes for people: a list of all, one with its texts, and the vendor's pages of a callback."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from hookproof.findings import CODES
from hookproof.findings.explanation import explain
from hookproof.report.ink import Ink, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.contract import Callback

_WIDTH: Final = 80
_GROUPS: Final = {
    "HP1": "Reading a body",
    "HP2": "The payload against the contract",
    "HP3": "The signature of a capture",
    "HP4": "The receiver test",
}


def render_codes(callback: Callback | None = None, *, ink: Ink | None = None) -> str:
    """All codes with their titles and severities, in groups."""
    ink = ink or Ink()
    lines = []
    for start, title in _GROUPS.items():
        lines += [ink.paint(title, "bold")]
        codes = ((name, code) for name, code in CODES.items() if name.startswith(start))
        lines += [f"  {name}  {ink.severity(code.severity)}  {code.title}" for name, code in codes]
        lines += [""]
    lines += ["hookproof explain CODE tells more of one.", *_pages_in_lines(callback, ink)]
    return "\n".join(lines) + "\n"


def render_code(name: str, callback: Callback | None = None, *, ink: Ink | None = None) -> str:
    """One code with its texts; raises KeyError for one that is not in CODES."""
    ink = ink or Ink()
    code, told = CODES[name], explain(name)
    lines = [f"{ink.severity(code.severity)} {ink.paint(f'{name}  {code.title}', 'bold')}"]
    parts = {
        "What it means": told.means,
        "Why it matters": told.matters,
        "How to mend it": told.mend,
        "For example": told.example,
    }
    for label, sentences in parts.items():
        lines += ["", ink.paint(label, "dim"), *_wrapped(sentences)]
    return "\n".join([*lines, *_pages_in_lines(callback, ink)]) + "\n"


def explanation_as_json(codes: Sequence[str], callback: Callback | None = None) -> str:
    """The same as JSON: of the given codes, or of all where none is given."""
    found: dict[str, Any] = {
        name: {
            "title": CODES[name].title,
            "severity": CODES[name].severity.value,
            **asdict(explain(name)),
            "pages": list(_pages(callback)) if callback else [],
        }
        for name in codes or CODES
    }
    return json.dumps(found, indent=2) + "\n"


def _wrapped(sentences: str) -> list[str]:
    indent = "  "
    return textwrap.wrap(sentences, _WIDTH, initial_indent=indent, subsequent_indent=indent)


def _pages_in_lines(callback: Callback | None, ink: Ink) -> list[str]:
    if callback is None:
        return []
    head = ink.paint(f"Pages on {callback.path}", "dim")
    return ["", head, *(f"  {safe(page)}" for page in _pages(callback))]


def _pages(callback: Callback) -> Iterator[str]:
    """The pages on the callback, on its signature and on its delivery, each once."""
    sources = (
        *callback.sources,
        callback.signature.source,
        *(delivery.source for delivery in callback.deliveries),
    )
    yield from dict.fromkeys(map(str, sources))
