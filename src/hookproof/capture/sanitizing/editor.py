"""Replaces the values of one body: keeps what may stay, fits what must not grow or shrink."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hookproof.capture.sanitizing.edits import Edit, apply
from hookproof.capture.sanitizing.refusal import RefusedError, telling_name
from hookproof.capture.sanitizing.words import HOST, Style, number_edits, text_edits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.capture.sanitizing.keeping import Keeping
    from hookproof.capture.sanitizing.places import Facts
    from hookproof.capture.sanitizing.pseudonyms import Pseudonyms
    from hookproof.payload.scan import Path

# A number of so many digits may be an id.
LONG_NUMBER: Final = re.compile(r"[0-9]{7,}")
_SCALAR: Final = re.compile(
    r"\s*(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)\s*", re.ASCII
)


@dataclass(slots=True)
class BodyEditor:
    """The editor of one body.

    The text at `signature_at` becomes `signature`, or stays while there is none yet.
    """

    keeping: Keeping
    pseudonyms: Pseudonyms
    signature_at: Path | None = None
    signature: str | None = None
    replaced: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

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
            return number_edits(text, self.pseudonyms)
        self.replaced.add(text)
        edits = text_edits(text, self.pseudonyms, style=Style(facts.words))
        if _broken(text, facts) == _broken(apply(text, edits), facts):
            return edits
        narrow = text_edits(text, self.pseudonyms, style=Style(facts.words, narrow=True))
        if _broken(text, facts) == _broken(apply(text, narrow), facts):
            return narrow
        return _resized(text, edits, facts)

    def number(self, path: Path, literal: str) -> list[Edit]:
        """The edits in a number."""
        if self.keeping.keeps_number(path, literal):
            return []
        self.replaced.add(literal)
        return number_edits(literal, self.pseudonyms)

    def name(self, path: Path) -> None:
        """Take note of a name that the contract neither knows nor shows in an example."""
        name = path[-1]
        if not isinstance(name, str) or name in self.keeping.shown:
            return
        if not self.keeping.places.at(path).documented:
            self.names.add(name)

    def check_names(self) -> None:
        """Raise RefusedError for a name that is a replaced value, or holds a long number."""
        for name in sorted(self.names):
            if name in self.replaced or LONG_NUMBER.search(name):
                raise RefusedError(telling_name(name))


@dataclass(frozen=True, slots=True)
class UnknownEditor:
    """The editor of what no contract describes: everything in it is replaced."""

    pseudonyms: Pseudonyms

    def text(self, path: Path, text: str) -> list[Edit]:
        """The edits in a text."""
        del path
        return text_edits(text, self.pseudonyms)

    def number(self, path: Path, literal: str) -> list[Edit]:
        """The edits in a number."""
        del path
        return number_edits(literal, self.pseudonyms)

    def name(self, path: Path) -> None:
        """Names stay, so one that may be an id is refused by a RefusedError."""
        name = str(path[-1])
        if LONG_NUMBER.search(name):
            raise RefusedError(telling_name(name))


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
