"""Why a capture is not copied."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a capture is not copied; line and column count in it, 0 where they mean nothing."""

    code: str
    message: str
    hint: str = ""
    line: int = 0
    column: int = 0


class RefusedError(Exception):
    """Something stands in a capture that can neither be replaced nor published."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def our_fault(problem: str) -> Refusal:
    """The refusal of what we could not do right."""
    hint = "this is our fault, please report it; --keep POINTER leaves a field as it is"
    return Refusal("HP199", problem, hint)


def dump_unclear() -> Refusal:
    """The refusal of a dump with lines that its reader passes over."""
    return Refusal(
        "HP107",
        "text stands between the entries of the dump",
        "give the dump alone, from Array to its last parenthesis, each field once",
    )
