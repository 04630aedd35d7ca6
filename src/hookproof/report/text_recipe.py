"""Lines of a shell made as narrow as a terminal; pasted, they are the same command."""

from __future__ import annotations

import re
from typing import Final

from hookproof.report.ink import safe

# A word of a shell: what is quoted in one way or the other, and what is not.
_WORD: Final = re.compile(r"""(?:'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"])+""", re.DOTALL)
_FURTHER: Final = "  "


def wrap_recipe(recipe: str, *, width: int) -> list[str]:
    """The lines broken between words, where a backslash says that they go on; safe to print."""
    return [part for line in recipe.split("\n") for part in _wrapped(safe(line), width)]


def _wrapped(line: str, width: int) -> list[str]:
    lines, now = [], ""
    for word in _WORD.findall(line):
        longer = f"{now} {word}" if now.strip() else now + word
        # Two more for the blank and the backslash.
        if now.strip() and len(longer) + 2 > width:
            lines.append(f"{now} \\")
            now = _FURTHER + word
        else:
            now = longer
    return [*lines, now]
