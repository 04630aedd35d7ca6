"""Changes of a contract as text, as JSON, and as Markdown for a release's notes."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from hookproof.report.ink import plural, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.diff.contracts import Change
    from hookproof.report.ink import Ink

_NOTHING: Final = "nothing that a receiver or a test could notice"


def render_changes(changes: Sequence[Change], *, ink: Ink) -> str:
    """The changes by callback, each in a line, and what they amount to."""
    lines = []
    for callback, group in groupby(changes, key=attrgetter("callback")):
        lines.append(ink.paint(callback, "bold"))
        for change in group:
            word = f"{'breaking' if change.breaking else 'compatible':<10}"
            painted = ink.paint(word, "red" if change.breaking else "green")
            lines.append(f"  {painted}  {_place(change)}{safe(change.message)}")
    return "\n".join([*lines, *([""] if lines else []), summary(changes)]) + "\n"


def changes_as_json(changes: Sequence[Change]) -> str:
    """`{"breaking": 1, "compatible": 2, "changes": [{callback, subject, where, …}]}`."""
    breaking = sum(change.breaking for change in changes)
    value = {
        "breaking": breaking,
        "compatible": len(changes) - breaking,
        "changes": [asdict(change) for change in changes],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def changes_as_markdown(changes: Sequence[Change]) -> str:
    """A list for each callback, the breaking changes marked."""
    lines = [f"**{summary(changes)}**"]
    for callback, group in groupby(changes, key=attrgetter("callback")):
        lines += ["", f"### `{callback}`", ""]
        for change in group:
            word = "**breaking**" if change.breaking else "compatible"
            where = f"`{change.where}` " if change.where else ""
            subject = "" if change.subject in {"payload", "callback"} else f"{change.subject}: "
            text = safe(change.message).replace("<", "\\<").replace("*", "\\*")
            lines.append(f"- {word}: {subject}{where}{text}")
    return "\n".join(lines) + "\n"


def summary(changes: Sequence[Change]) -> str:
    """How many changes of which weight there are."""
    breaking = sum(change.breaking for change in changes)
    if not changes:
        return f"No change: {_NOTHING}."
    compatible = len(changes) - breaking
    return f"{plural(breaking, 'breaking change')}, {plural(compatible, 'compatible one')}"


def _place(change: Change) -> str:
    subject = "" if change.subject in {"payload", "callback"} else f"{change.subject}: "
    return f"{subject}{safe(change.where)}  " if change.where else subject
