"""`hookproof generate`: typed Python models of the callbacks."""

from __future__ import annotations

from pathlib import Path

import click

from hookproof.cli import completed
from hookproof.cli.exits import Exit
from hookproof.cli.options import calls, contract_option, may_write, open_contract


@click.command(
    name="generate",
    epilog=calls(
        "hookproof generate --out src --area AREA",
        page="README.md",
    ),
)
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where the package of models is written.",
)
@completed.area_option("Only the models of this area; repeatable.")
@click.option(
    "--package",
    default="hookproof_models",
    show_default=True,
    metavar="NAME",
    help="Name of the package.",
)
@click.option(
    "--mode",
    type=click.Choice(["strict", "lenient"]),
    default="strict",
    show_default=True,
    help="Hold values to all that is documented, or take what a vendor may widen: lists, limits.",
)
@click.option(
    "--check", is_flag=True, help="Write nothing; exit with 1 where the models are stale."
)
@contract_option
def command(
    out: Path,
    areas: tuple[str, ...],
    package: str,
    mode: str,
    check: bool,
    contract_dir: Path | None,
) -> int:
    """Write pydantic models: one module for each callback, OUT/PACKAGE/AREA/EVENT.py."""
    from hookproof.generation.generate import check_drift, is_generated, write_models

    contract = open_contract(contract_dir)
    for area in areas:
        contract.check_area(area)
    schemas, lenient = contract.files.schemas, mode == "lenient"
    if not check:
        may_write("out", out / package, ours=lambda f: f.suffix != ".py" or is_generated(f))
        written = write_models(out, schemas=schemas, areas=areas, package=package, lenient=lenient)
        click.echo(f"{len(written)} files in {out / package}")
        return Exit.CLEAN
    differences = check_drift(out, schemas=schemas, areas=areas, package=package, lenient=lenient)
    for line in differences:
        click.echo(line)
    if differences:
        click.echo(f"the models in {out / package} are stale; run `{_command(contract_dir)}`")
        return Exit.FINDINGS
    click.echo(f"the models in {out / package} are what the contract gives")
    return Exit.CLEAN


def _command(contract_dir: Path | None) -> str:
    return "hookproof generate" if contract_dir else "make generate"
