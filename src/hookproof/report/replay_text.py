"""What became of findings that were tried again, as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.finding import CODES
from hookproof.receiver.replay import Replayed, Standing
from hookproof.report.ink import Ink, plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.receiver.replay import ReplayReport

_COLOURS: Final = {Standing.HOLDS: "red", Standing.MENDED: "green", Standing.UNPROVED: "yellow"}


def render_replay(report: ReplayReport, *, ink: Ink | None = None) -> str:
    """A block for each finding, then how many stand how."""
    ink = ink or Ink()
    lines = [line for one in report.done for line in _block(one, ink)]
    counts = [f"{len(report.of(standing))} {standing.value}" for standing in Standing]
    why = report.unreachable or report.incomplete
    lines.append(
        f"{plural(len(report.done), 'finding')} tried again: {', '.join(counts)}"
        + (f"; {safe(why)}" if why else "")
    )
    return "\n".join(lines) + "\n"


def _block(one: Replayed, ink: Ink) -> Iterator[str]:
    finding = one.finding
    title = CODES[finding.code].title if finding.code in CODES else ""
    head = ink.paint(f"{finding.code}  {title}".rstrip(), "bold")
    yield f"{one.number:>3}  {ink.severity(finding.severity)} {head}"
    rows = {
        "callback": finding.callback,
        "at": finding.where,
        "then": finding.message,
        "now": one.told,
    }
    yield from (f"     {key:<9} {safe(value)}" for key, value in rows.items() if value)
    yield "     " + ink.paint(one.standing.value, _COLOURS[one.standing], "bold")
    yield ""
