"""`hookproof show`: one callback as a person reads it."""

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
    name="show",
    epilog=calls(
        "hookproof show EVENT",
        "hookproof show AREA/EVENT --format json",
        "hookproof show AREA/EVENT --format schema",
        page="docs/testing.md",
    ),
)
@click.argument("name", shell_complete=completed.callbacks)
@format_option(
    "text", "json", "schema", help="`schema` is the JSON Schema of its payload, for editors."
)
@contract_option
def command(name: str, output: str, contract_dir: Path | None) -> int:
    """Show all that is known of a callback: AREA/EVENT, or EVENT where one area has it.

    Its fields on the wire and in Python, nested JSON included; how it is signed, delivered and
    retried; what the pages contradict and what they leave open; an example.
    """
    from hookproof.describe.as_json import callback_as_json, schema_as_json
    from hookproof.describe.page import render_callback

    callback = open_contract(contract_dir).callback(name)
    if output == "json":
        click.echo(callback_as_json(callback), nl=False)
    elif output == "schema":
        click.echo(schema_as_json(callback), nl=False)
    else:
        click.echo(render_callback(callback, ink=ink_for_stdout()), nl=False)
    return Exit.CLEAN
