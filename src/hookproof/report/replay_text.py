"""What became of findings that were tried again, as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.conformance.replaying.replay import Replayed, Standing
from hookproof.findings import CODES
from hookproof.report.ink import Ink, plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hookproof.conformance.replaying.replay import ReplayReport

_COLOURS: Final = {Standing.HOLDS: "red", Standing.MENDED: "green", Standing.UNPROVED: "yellow"}


def render_replay(
    report: ReplayReport, *, causes: Mapping[int, int] | None = None, ink: Ink | None = None
) -> str:
    """A block for each finding under the number of its cause, then how many stand how."""
    ink, numbers = ink or Ink(), causes or {}
    lines = [
        line
        for one in report.done
        for line in _block(one, numbers.get(one.number, one.number), ink)
    ]
    counts = [f"{len(report.of(standing))} {standing.value}" for standing in Standing]
    why = report.unreachable or report.incomplete
    lines.append(
        f"{plural(len(report.done), 'finding')} tried again: {', '.join(counts)}"
        + (f"; {safe(why)}" if why else "")
    )
    return "\n".join(lines) + "\n"


def _block(one: Replayed, number: int, ink: Ink) -> Iterator[str]:
    finding = one.finding
    title = CODES[finding.code].title if finding.code in CODES else ""
    head = ink.paint(f"{finding.code}  {title}".rstrip(), "bold")
    yield f"{number:>3}  {ink.severity(finding.severity)} {head}"
    rows = {
        "callback": finding.callback,
        "at": finding.where,
        "then": finding.message,
        "now": one.told,
    }
    shown = ((key, value) for key, value in rows.items() if value)
    yield from (line for key, value in shown for line in ink.labelled(key, value, indent=5))
    yield "     " + ink.paint(one.standing.value, _COLOURS[one.standing], "bold")
    yield ""
