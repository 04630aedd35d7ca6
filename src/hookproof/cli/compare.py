"""`hookproof compare`: what is new, mended and unchanged between two reports."""

from __future__ import annotations

from pathlib import Path

import click

from hookproof.cli.exits import Exit
from hookproof.cli.options import calls, fail_on_option, format_option, report_text


@click.command(
    name="compare",
    epilog=calls("hookproof compare yesterday.json today.json", page="docs/scenarios.md"),
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@format_option("text", "json")
@fail_on_option
def command(old: Path, new: Path, output: str, fail_on: str) -> int:
    """Compare two JSON reports of `test`, or two of `play`.

    Exits with 1 where something is new that is as heavy as --fail-on says, with 4 where nothing is
    and something was not looked at again: that is never taken for mended.
    """
    import json

    from hookproof.findings import Severity
    from hookproof.report.comparison import Standing, compared, read_report

    found = compared(*(read_report(report_text(file), str(file)) for file in (old, new)))
    if output == "json":
        rows = {s.value: [one.as_json() for one in found[s]] for s in Standing}
        click.echo(json.dumps(rows, indent=2))
    else:
        click.echo(", ".join(f"{len(found[s])} {s.value}" for s in Standing))
        for standing in Standing:
            for one in found[standing]:
                click.echo(f"  {standing.value:<20} {one}")
    if fail_on != "never":
        least = Severity(fail_on).weight
        if any(Severity(one.severity).weight >= least for one in found[Standing.NEW]):
            return Exit.FINDINGS
    return Exit.INCOMPLETE if found[Standing.NOT_LOOKED_AT] else Exit.CLEAN
