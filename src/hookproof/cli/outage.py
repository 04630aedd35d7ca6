"""`hookproof outage`: how long a receiver may be down without losing an event."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from hookproof.cli import completed
from hookproof.cli.exits import Exit
from hookproof.cli.options import as_of_option, calls, contract_option, format_option, open_contract
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.delivery.outage import Interval

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# Of a time of day only the time counts.
_SOME_DAY: Final = date(2000, 1, 1)
_DAY: Final = timedelta(days=1)


class _Outages(NamedTuple):
    """Outages in seconds from `since` on, or, where it is None, from one moment on."""

    downs: list[Interval]
    since: datetime | None = None

    def shown(self, start: float, end: float) -> str:
        """A stretch of time, written as the outages were given."""
        if self.since is None:
            return f"{start:.10g} to {end:.10g} s"
        moments = [self.since + timedelta(seconds=at) for at in (start, end)]
        if self.since.date() == _SOME_DAY:
            return " to ".join(f"{moment:%H:%M:%S}" for moment in moments)
        return " to ".join(moment.isoformat(" ", "seconds") for moment in moments)


@click.command(
    name="outage",
    epilog=calls(
        "hookproof outage EVENT",
        "hookproof outage --down 0..90s --down 10m..11m",
        "hookproof outage EVENT --down 02:10..02:25",
        page="docs/sending.md",
    ),
)
@click.argument("names", nargs=-1, shell_complete=completed.callbacks)
@completed.area_option("All of it; repeatable.")
@click.option(
    "--down",
    "downs",
    metavar="FROM..TO",
    multiple=True,
    help="When the receiver is down: in s, m, h or d from one moment on (0..90s), by the time of "
    "day (23:50..00:10) or by dates (2026-03-01T02:10..2026-03-01T02:25); repeatable.",
)
@as_of_option
@format_option("text", "json", "html")
@contract_option
def command(
    names: tuple[str, ...],
    areas: tuple[str, ...],
    downs: tuple[str, ...],
    as_of: str | None,
    output: str,
    contract_dir: Path | None,
) -> int:
    """Say how long a receiver may be down, by what the vendor's pages promise of retries.

    With --down, say which events are lost: those whose attempts all fall into an outage, by the
    moment of their first one. Without NAMES, of all callbacks. Exits with 1 where some are lost.
    """
    from hookproof.delivery.outage import lost, tolerance
    from hookproof.delivery.policy import delivery_as_of, is_documented

    contract = open_contract(contract_dir)
    chosen = contract.chosen(names, areas) if names or areas else contract.names()
    outages = _outages(downs)
    rows: list[dict[str, Any]] = []
    for name in chosen:
        try:
            delivery = delivery_as_of(contract.callback(name), as_of)
        except UsageError as error:
            if names:
                raise
            rows.append({"callback": name, "unknown": str(error)})
            continue
        row: dict[str, Any] = {"callback": name, "page": str(delivery.source)}
        if is_documented(delivery):
            found = tolerance(delivery)
            row |= {"attempts": found.attempts, "down": found.down, "hanging": found.hanging}
            row["failing"] = found.failing
        if outages.downs:
            row["lost"] = lost(delivery, outages.downs)
        rows.append(row)
    if output == "json":
        since = {"since": outages.shown(0, 0).partition(" to ")[0]} if outages.since else {}
        click.echo(json.dumps({**since, "outages": rows}, indent=2))
    elif output == "html":
        from hookproof.report.outage_page import outage_page

        click.echo(outage_page([*_groups(rows, outages).items()], outages.downs), nl=False)
    else:
        click.echo(_as_text(rows, outages))
    return Exit.FINDINGS if any(row.get("lost") for row in rows) else Exit.CLEAN


def _outages(given: tuple[str, ...]) -> _Outages:
    """The outages of `--down`, all of one kind: seconds, times of day, or dates."""
    if not any(":" in text for text in given):
        return _Outages([_stretch(text, _seconds) for text in given])
    moments = [_stretch(text, _moment) for text in given]
    since = moments[0][0]
    if since.date() == _SOME_DAY:
        # By the time of day they come one after the other, over midnight too.
        moments = [(a + _DAY, b + _DAY) if a < since else (a, b) for a, b in moments]
    try:
        since = min(start for start, _ in moments)
        downs = [((a - since).total_seconds(), (b - since).total_seconds()) for a, b in moments]
    except TypeError:
        hint = "give each --down in the same way, with or without a zone"
        raise UsageError("the outages are of several kinds of time", hint=hint) from None
    return _Outages(downs, since)


def _stretch(text: str, read: Callable[[str], Any]) -> tuple[Any, Any]:
    start, sign, end = text.partition("..")
    try:
        first, last = read(start), read(end)
        if isinstance(last, datetime) and last <= first and first.date() == _SOME_DAY:
            last += _DAY
        is_one = bool(sign) and first < last
    except (ValueError, TypeError, OverflowError):
        is_one = False
    if not is_one:
        hint = (
            "as in --down 0..90s, --down 02:10..02:25 or --down 2026-03-01T02:10..2026-03-01T02:25"
        )
        raise UsageError(f"--down {text!a} is no stretch of time", hint=hint)
    return first, last


def _seconds(text: str) -> float:
    unit = _UNITS.get(text[-1:], 0)
    return float(text[:-1]) * unit if unit else float(text)


def _moment(text: str) -> datetime:
    """A moment of some day, or of the one that is named."""
    if len(text) < len("2026-03-01"):
        return datetime.combine(_SOME_DAY, time.fromisoformat(text))
    return datetime.fromisoformat(text)


def _as_text(rows: list[dict[str, Any]], outages: _Outages) -> str:
    """A line for each group of callbacks of which the same is to be said."""
    lines = []
    for words, alike in _groups(rows, outages).items():
        lines.append(words)
        lines += [f"    {row['callback']}" for row in alike]
    return "\n".join(lines)


def _groups(rows: list[dict[str, Any]], outages: _Outages) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(_words(row, outages), []).append(row)
    return groups


def _words(row: dict[str, Any], outages: _Outages) -> str:
    if "unknown" in row:
        return "No page is as old as that day."
    if "attempts" not in row:
        said = "The page does not say when it tries again: each failure may lose an event."
    elif len(row["attempts"]) == 1 and row["failing"] == 0:
        said = "It never tries again: each failure loses an event."
    elif len(row["attempts"]) == 1:
        said = "Where nobody answers, it never tries again: each such failure loses an event."
    else:
        at = ", ".join(f"{one:g}" for one in row["attempts"])
        said = f"May be down for {row['down']:g} s: attempts at {at} s."
        if row["hanging"] > row["down"]:
            said += f" Where requests hang, for {row['hanging']:g} s."
    if row.get("failing", row.get("down")) != row.get("down"):
        said += (
            f" Where a proxy answers 503, for {row['failing']:g} s."
            if row["failing"]
            else " Where a proxy answers 503, it does not try again: each loses an event."
        )
    if row.get("lost"):
        *most, last = [outages.shown(start, end) for start, end in row["lost"]]
        said += f" Lost are the events of {', '.join(most)}{' and ' if most else ''}{last}."
    if "lost" in row and not row["lost"]:
        said += " Nothing is lost."
    return said
