"""`hookproof vectors`: requests with what has to come out of them, for readers in any language."""

from __future__ import annotations

from pathlib import Path

import click

from hookproof.cli import completed
from hookproof.cli.exits import Exit
from hookproof.cli.options import calls, contract_option, open_contract


@click.command(
    name="vectors",
    epilog=calls(
        "hookproof vectors build/vectors",
        "hookproof vectors build/vectors --area AREA",
        page="docs/languages.md",
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@completed.area_option("Only the vectors of this area; repeatable.")
@contract_option
def command(folder: Path, areas: tuple[str, ...], contract_dir: Path | None) -> int:
    """Write vectors into DIR: genuine, forged and hostile requests, and what comes out of each.

    They are the same each time. DIR/index.json names the files, DIR/vectors.schema.json
    describes them, DIR/rules.json is the contract as a reader in another language needs it.
    """
    from hookproof.languages.pack import write_pack

    contract = open_contract(contract_dir)
    for area in areas:
        contract.check_area(area)
    counts = write_pack(folder, contract, areas)
    for area, count in counts.items():
        click.echo(f"{count:6,}  {area}")
    areas_said = "1 area" if len(counts) == 1 else f"{len(counts)} areas"
    click.echo(f"{sum(counts.values()):6,} vectors of {areas_said} in {folder}")
    return Exit.CLEAN
