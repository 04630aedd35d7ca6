"""Replacing parts of a text, also of a text that is written within another one.

Only what is replaced changes: every blank, escape, key and spelling beside it stays as it was
captured. A place in a decoded text is led out, layer by layer, to the text it came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Edit(NamedTuple):
    """What comes in the place of the characters from start up to end."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with its parts replaced; the parts do not overlap."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)


def shift(edits: Iterable[Edit], offset: int) -> list[Edit]:
    """The same edits in a text in which this one begins at an offset."""
    return [Edit(edit.start + offset, edit.end + offset, edit.text) for edit in edits]


def lift(
    edits: Iterable[Edit], origins: Sequence[int], *, end: int, write: Callable[[str], str]
) -> list[Edit]:
    """The edits in the text that was decoded to this one.

    `origins` holds for each decoded character where it began, `end` is where the last one
    ended, and `write` encodes what comes in.
    """
    places = [*origins, end]
    return [Edit(places[edit.start], places[edit.end], write(edit.text)) for edit in edits]
