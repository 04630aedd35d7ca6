"""`hookproof validate`: captured payloads against the contract."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hookproof.cli.exits import exit_for
from hookproof.cli.options import (
    contract_option,
    fail_on_option,
    ink_for_stdout,
    open_contract,
    open_secrets,
    schema_option,
    secret_options,
)


@click.command(name="validate")
@click.argument("captures", nargs=-1, required=True, metavar="CAPTURE...")
@click.option("--callback", metavar="NAME", help="Take every capture for this callback.")
@click.option(
    "--area",
    "areas",
    metavar="AREA",
    multiple=True,
    help="Only the callbacks of this area; repeatable.",
)
@click.option(
    "--body-form",
    type=click.Choice(["json", "form", "percent-json", "print_r"]),
    help="How the bodies are written.  [default: told by content]",
)
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@secret_options
@contract_option
@fail_on_option
@schema_option("validate")
def command(
    captures: tuple[str, ...],
    callback: str | None,
    areas: tuple[str, ...],
    body_form: str | None,
    output: str,
    secret_env: str | None,
    secret_file: Path | None,
    contract_dir: Path | None,
    fail_on: str,
) -> int:
    """Validate captured payloads: files, folders, globs, or - for standard input.

    A capture is one body as it came: JSON, form, percent-encoded JSON, or a dump of PHP's
    print_r. The signature is verified when a secret is at hand.
    """
    from hookproof.capture import read_captures, validate_captures
    from hookproof.payload.body import BodyForm
    from hookproof.report.as_json import captures_as_json, dump
    from hookproof.report.capture_text import render_captures
    from hookproof.validation.validator import Validator

    validator = Validator(
        open_contract(contract_dir),
        areas=areas,
        callback=callback,
        secrets=open_secrets(secret_env, secret_file),
    )
    form = BodyForm(body_form) if body_form else None
    # A daemon's child may have no standard input at all.
    stdin = sys.stdin.buffer if sys.stdin else None
    report = validate_captures(read_captures(captures, stdin=stdin), validator, form=form)
    text = (
        dump(captures_as_json(report))
        if output == "json"
        else render_captures(report, ink=ink_for_stdout())
    )
    click.echo(text, nl=False)
    return exit_for(report.findings, fail_on=fail_on)
