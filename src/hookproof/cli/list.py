"""`hookproof list`: the callbacks of a contract."""

from __future__ import annotations

from pathlib import Path

import click

from hookproof.cli import completed
from hookproof.cli.exits import Exit
from hookproof.cli.options import (
    calls,
    contract_option,
    format_option,
    ink_for_stdout,
    open_contract,
)


@click.command(
    name="list",
    epilog=calls(
        "hookproof list",
        "hookproof list --area AREA",
        page="docs/testing.md",
    ),
)
@completed.area_option("Only the callbacks of this area; repeatable.")
@format_option("text", "json")
@contract_option
def command(areas: tuple[str, ...], output: str, contract_dir: Path | None) -> int:
    """List the callbacks: their names, and the fields and values that tell them apart."""
    from hookproof.describe.as_json import listing_as_json
    from hookproof.describe.page import render_list

    listings = open_contract(contract_dir).listings(dict.fromkeys(areas))
    if output == "json":
        click.echo(listing_as_json(listings), nl=False)
    else:
        click.echo(render_list(listings, ink=ink_for_stdout()), nl=False)
    return Exit.CLEAN
