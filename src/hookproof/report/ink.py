"""Colour and width of terminals, and text that is safe to print there."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from hookproof.findings import Severity
from hookproof.text import escaped

_CODES: Final = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_OF_SEVERITY: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
# What is narrower has no room for a label and its text.
_NARROWEST: Final = 40


@dataclass(frozen=True, slots=True)
class Ink:
    """Paints text where colour is wanted and leaves it alone elsewhere; no line is wider."""

    colour: bool = False
    width: int = 100

    def paint(self, text: str, *styles: str) -> str:
        """The text in some styles (bold, dim, red, green, yellow, cyan)."""
        if not self.colour or not styles:
            return text
        codes = ";".join(_CODES[style] for style in styles)
        return f"\x1b[{codes}m{text}\x1b[0m"

    def severity(self, severity: Severity) -> str:
        """The word of a severity in its colour, padded to one width."""
        return self.paint(f"{severity.value:<7}", _OF_SEVERITY[severity], "bold")

    def wrapped(self, text: str, *, indent: int) -> list[str]:
        """The text in lines that leave room for an indent, which they do not have themselves."""
        width = max(self.width, _NARROWEST) - indent
        return wrap(text, width, break_on_hyphens=False, drop_whitespace=True) or [""]

    def labelled(self, label: str, text: str, *, indent: int = 0) -> list[str]:
        """Lines with a label before the first of them; safe for a terminal."""
        first = indent + 11
        lines = self.wrapped(safe(text), indent=first)
        heads = [" " * indent + self.paint(f"{label:<10} ", "dim"), *[" " * first] * len(lines)]
        return [head + line for head, line in zip(heads, lines, strict=False)]


def safe(text: str) -> str:
    """The text with control characters and lone surrogates escaped; line ends too."""
    return "".join(map(escaped, text))


def plural(count: int, noun: str) -> str:
    """`1 error`, `3 errors`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
