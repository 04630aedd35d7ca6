"""`hookproof explain`: what a code means, why it matters, and how to mend it."""

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
from hookproof.errors import UsageError


@click.command(
    name="explain",
    epilog=calls(
        "hookproof explain HP407",
        "hookproof explain HP407 --callback AREA/EVENT",
        page="docs/testing.md",
    ),
)
@click.argument("code", required=False, shell_complete=completed.codes)
@click.option(
    "--callback",
    "name",
    shell_complete=completed.callbacks,
    metavar="NAME",
    help="Name the pages of this callback too.",
)
@format_option("text", "json")
@contract_option
def command(code: str | None, name: str | None, output: str, contract_dir: Path | None) -> int:
    """Explain the CODE of a finding, as HP301; without one, list all codes.

    What it means, why it matters and how to mend it. With --callback the vendor's pages on
    that callback are named.
    """
    from hookproof.describe.explanation import explanation_as_json, render_code, render_codes

    codes = [_known(code)] if code else []
    callback = open_contract(contract_dir).callback(name) if name else None
    if output == "json":
        click.echo(explanation_as_json(codes, callback), nl=False)
    elif codes:
        click.echo(render_code(codes[0], callback, ink=ink_for_stdout()), nl=False)
    else:
        click.echo(render_codes(callback, ink=ink_for_stdout()), nl=False)
    return Exit.CLEAN


def _known(code: str) -> str:
    from hookproof.findings import CODES
    from hookproof.findings.explanation import likely_code

    written = code.upper()
    if written in CODES:
        return written
    likely = likely_code(code)
    hint = f"did you mean {likely}?" if likely else "`hookproof explain` lists all codes"
    raise UsageError(f"there is no code {code!a}", hint=hint)
