"""What a code means, why that matters, and how to mend it: a few sentences for each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from hookproof.findings.codes import CODES


@dataclass(frozen=True, slots=True)
class Explanation:
    """The texts on one code, each of whole sentences; the example has bytes between backticks."""

    means: str
    matters: str
    mend: str
    example: str


def explain(code: str) -> Explanation:
    """The texts on a code; raises KeyError for one that is not in CODES."""
    return Explanation(**_texts()[code])


def likely_code(word: str) -> str:
    """The code that was probably meant, "" where none is near; case and HP may be off."""
    written = word.strip().upper()
    digits = "".join(char for char in written if char in "0123456789")
    for tried in (written, f"HP{digits}"):
        if tried in CODES:
            return tried
    # One digit is near to any code.
    close = get_close_matches(f"HP{digits}", CODES, n=1) if len(digits) > 1 else []
    return close[0] if close else ""


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = (files(__package__) / "explanations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
