"""`hookproof diff`: what a change of a contract means to a receiver."""

from __future__ import annotations

from pathlib import Path

import click

from hookproof.cli.exits import Exit
from hookproof.cli.options import calls, format_option, ink_for_stdout


@click.command(
    name="diff",
    epilog=calls(
        "hookproof diff v1 my-contract",
        "hookproof diff HEAD~1 HEAD --format markdown",
        page="README.md",
    ),
)
@click.argument("old")
@click.argument("new")
@format_option("text", "json", "markdown")
def command(old: str, new: str, output: str) -> int:
    """Compare two contracts: folders, or revisions of this git repository (REV or REV:FOLDER).

    A new field that may be missing is compatible. What a receiver does not expect, or a capture
    from before does not have, is breaking: exit code 1.
    """
    from hookproof.diff.contracts import compare_contracts
    from hookproof.diff.render import changes_as_json, changes_as_markdown, render_changes
    from hookproof.diff.revision import opened

    here = Path.cwd()
    with opened(old, within=here) as before, opened(new, within=here) as after:
        changes = compare_contracts(before, after)
    if output == "json":
        click.echo(changes_as_json(changes), nl=False)
    elif output == "markdown":
        click.echo(changes_as_markdown(changes), nl=False)
    else:
        click.echo(render_changes(changes, ink=ink_for_stdout()), nl=False)
    return Exit.FINDINGS if any(change.breaking for change in changes) else Exit.CLEAN
