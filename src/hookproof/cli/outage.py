"""`hookproof outage`: how long a receiver may be down without losing an event."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from hookproof.cli import completed
from hookproof.cli.exits import Exit
from hookproof.cli.options import calls, contract_option, open_contract
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from hookproof.delivery.outage import Interval

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@click.command(
    name="outage",
    epilog=calls(
        "hookproof outage EVENT",
        "hookproof outage --down 0..90s --down 10m..11m",
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
    help="When the receiver is down, in s, m, h or d from one moment on: 0..90s; repeatable.",
)
@click.option("--as-of", metavar="DATE", help="By the page of that day (YYYY-MM-DD).")
@click.option("--format", "output", type=click.Choice(["text", "json", "html"]), default="text")
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
    outages = [_interval(text) for text in downs]
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
        if outages:
            row["lost"] = lost(delivery, outages)
        rows.append(row)
    if output == "json":
        click.echo(json.dumps({"outages": rows}, indent=2))
    elif output == "html":
        from hookproof.report.outage_page import outage_page

        click.echo(outage_page([*_groups(rows).items()], outages), nl=False)
    else:
        click.echo(_as_text(rows))
    return Exit.FINDINGS if any(row.get("lost") for row in rows) else Exit.CLEAN


def _interval(text: str) -> Interval:
    start, sign, end = text.partition("..")
    try:
        found = _seconds(start), _seconds(end)
    except ValueError:
        found = 0.0, 0.0
    if not sign or found[0] >= found[1]:
        raise UsageError(f"--down {text!a} is no stretch of time", hint="as in --down 0..90s")
    return found


def _seconds(text: str) -> float:
    unit = _UNITS.get(text[-1:], 0)
    return float(text[:-1]) * unit if unit else float(text)


def _as_text(rows: list[dict[str, Any]]) -> str:
    """A line for each group of callbacks of which the same is to be said."""
    lines = []
    for words, alike in _groups(rows).items():
        lines.append(words)
        lines += [f"    {row['callback']}" for row in alike]
    return "\n".join(lines)


def _groups(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(_words(row), []).append(row)
    return groups


def _words(row: dict[str, Any]) -> str:
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
        *most, last = [f"{start:.10g} to {end:.10g} s" for start, end in row["lost"]]
        said += f" Lost are the events of {', '.join(most)}{' and ' if most else ''}{last}."
    if "lost" in row and not row["lost"]:
        said += " Nothing is lost."
    return said
