"""What `hookproof serve` prints as captures come: some of each second, and how many more."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import click

from hookproof.report.ink import plural, safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.report.ink import Ink
    from hookproof.serve.store import Stored
    from hookproof.signature.veil import Veil

# Captures that are shown of each second: nobody reads more, and printing takes longer than storing.
_A_SECOND: Final = 20
_FINDINGS: Final = 3


class Live:
    """Prints a line for each capture, and one for each of its first findings.

    `later` calls something after so many seconds, which tells how many captures were left out.
    """

    def __init__(
        self,
        ink: Ink,
        veil: Veil,
        *,
        later: Callable[[float, Callable[[], None]], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ink, self._veil, self._later, self._clock = ink, veil, later, clock
        self._begun, self._shown, self._left = clock(), 0, 0

    def tell(self, rows: list[Stored]) -> None:
        """Take captures; those beyond the first of a second are counted."""
        now = self._clock()
        if now - self._begun >= 1 and not self._left:
            self._begun, self._shown = now, 0
        room = max(0, _A_SECOND - self._shown)
        if shown := rows[:room]:
            self._shown += len(shown)
            lines = [line for row in shown for line in self._lines(row)]
            click.echo(self._veil.over_text("\n".join(lines)))
        if len(rows) > room and not self._left:
            self._later(max(0.0, self._begun + 1 - now), self.sum_up)
        self._left += len(rows) - len(shown)

    def sum_up(self) -> None:
        """Say how many were not shown, and begin anew."""
        if self._left:
            click.echo(f"          … {plural(self._left, 'more capture')}, on the page")
        self._begun, self._shown, self._left = self._clock(), 0, 0

    def _lines(self, row: Stored) -> list[str]:
        ink = self._ink
        status = "none" if row.status is None else str(row.status)
        style = "green" if status[0] == "2" else "yellow" if status[0] == "4" else "red"
        at = time.strftime("%H:%M:%S", time.localtime(row.received_at))
        name = row.callback or f"{row.method} {row.url}"
        about = f"  {row.answer}" if row.answer else ""
        lead = f"{ink.paint(at, 'dim')}  #{row.id}  {ink.paint(status, style)}"
        name = ink.paint(safe(name)[:200], "bold")
        lines = [f"{lead}  {name}  {row.signature}{safe(about)}"]
        for one in row.findings[:_FINDINGS]:
            where = f"{one.where}: " if one.where else ""
            text = f"{ink.severity(one.severity)} {one.code}  {safe(f'{where}{one.message}')[:300]}"
            lines.append(f"          {text}")
        if len(row.findings) > _FINDINGS:
            lines.append(f"          and {len(row.findings) - _FINDINGS} more, on the page")
        return lines
