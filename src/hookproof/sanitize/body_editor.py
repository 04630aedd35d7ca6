"""Replaces the names and values of one body: keeps what may stay, fits what must not grow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hookproof.sanitize.edits import Edit, apply
from hookproof.sanitize.free_text import HOST, Style
from hookproof.sanitize.keeping import looks_like_an_identifier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.payload.scan import Path
    from hookproof.sanitize.free_text import FreeText
    from hookproof.sanitize.keeping import Keeping
    from hookproof.sanitize.places import Facts

_SCALAR: Final = re.compile(
    r"\s*(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)\s*", re.ASCII
)
# So often another pseudonym is tried where one happens to be a value that the contract lists.
_TRIES: Final = 20


@dataclass(slots=True)
class BodyEditor:
    """The editor of one body.

    The text at `signature_at` becomes `signature`, or stays while there is none yet. `replaced`
    are the texts that went, `renamed` the names by what they became, `stayed` the paths of names
    that the contract does not know and that stayed.
    """

    keeping: Keeping
    free_text: FreeText
    signature_at: Path | None = None
    signature: str | None = None
    replaced: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
    stayed: set[Path] = field(default_factory=set)

    def text(self, path: Path, text: str) -> list[Edit]:
        """The edits in a text."""
        if path == self.signature_at and text:
            # Where the one that counts is empty, another one of the same name goes as well.
            return [] if self.signature is None else [Edit(0, len(text), self.signature)]
        if self.keeping.keeps_text(path, text):
            return []
        facts = self.keeping.places.at(path)
        if facts.json and _SCALAR.fullmatch(text):
            # Not what is wanted there, but JSON all the same.
            return self.free_text.number_edits(text)
        self.replaced.add(text)
        edits = self.free_text.edits(text, style=Style(facts.words))
        if _broken(text, facts) != _broken(apply(text, edits), facts):
            narrow = self.free_text.edits(text, style=Style(facts.words, narrow=True))
            fits = _broken(text, facts) == _broken(apply(text, narrow), facts)
            edits = narrow if fits else _resized(text, edits, facts)
        return self._not_listed(text, edits, facts)

    def _not_listed(self, text: str, edits: list[Edit], facts: Facts) -> list[Edit]:
        """The edits, or others where these make one of the values that the contract lists."""
        new = apply(text, edits)
        for _ in range(_TRIES):
            if new not in facts.values:
                break
            new = self.free_text.replaced(new)
            edits = [Edit(0, len(text), new)]
        return edits

    def number(self, path: Path, literal: str) -> list[Edit]:
        """The edits in a number."""
        if self.keeping.keeps_number(path, literal):
            return []
        return self.free_text.number_edits(literal)

    def name(self, path: Path) -> list[Edit]:
        """The edits in a name: none where the contract knows it, or it tells of nobody."""
        name = path[-1]
        if not isinstance(name, str) or self.keeping.keeps_name(path):
            return []
        if looks_like_an_identifier(name) and not self.free_text.known.betrayed_by(name):
            self.stayed.add(path)
            return []
        edits = self.free_text.edits(name)
        self.renamed[name] = apply(name, edits)
        return edits


def _broken(text: str, facts: Facts) -> list[str]:
    """The limits of a text's length that it breaks; the one in bytes is told before the others."""
    size, length = len(text.encode("utf-8", "surrogatepass")), len(text)
    breaks = {
        "x-max-bytes": lambda limit: size > limit,
        "minLength": lambda limit: length < limit,
        "maxLength": lambda limit: length > limit,
    }
    broken = [keyword for keyword, limit in facts.limits if breaks[keyword](limit)]
    return ["x-max-bytes"] if "x-max-bytes" in broken else broken


def _resized(text: str, edits: list[Edit], facts: Facts) -> list[Edit]:
    """The edits with the longest pseudonym cut or drawn out, so that a limit is kept or broken.

    A host of another length is why this is needed, at the very limit.
    """
    wanted = _broken(text, facts)
    for length in _targets(text, facts):
        for edit in _longest(edits):
            missing = length - len(apply(text, edits))
            words = edit.text[:missing] if missing < 0 else edit.text + "x" * missing
            others = [other for other in edits if other != edit]
            fitted = [*others, edit._replace(text=words)]
            if words and _broken(apply(text, fitted), facts) == wanted:
                return fitted
    return edits


def _targets(text: str, facts: Facts) -> Iterable[int]:
    """Lengths to try: that of the text, in characters and in bytes, and those of the limits."""
    yield len(text)
    yield len(text.encode("utf-8", "surrogatepass"))
    yield from (limit for _, limit in facts.limits)


def _longest(edits: list[Edit]) -> list[Edit]:
    """The edits to try, a host last: a part of one could be somebody's."""
    return sorted(edits, key=lambda edit: (edit.text == HOST, -len(edit.text)))[:2]
