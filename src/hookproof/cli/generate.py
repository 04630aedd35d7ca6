"""`hookproof generate`: typed models of the callbacks, in Python or another language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from hookproof.cli import completed
from hookproof.cli.exits import Exit
from hookproof.cli.options import calls, contract_option, may_write, open_contract, out_option
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from hookproof.contract import Contract

_LANGUAGES: Final = ("typescript", "go", "java", "csharp", "kotlin", "php", "swift")


@click.command(
    name="generate",
    epilog=calls(
        "hookproof generate --out src --area AREA",
        "hookproof generate --language go --out callbacks --area AREA",
        page="docs/languages.md",
    ),
)
@out_option("DIR", "Where the package of models is written.")
@completed.area_option("Only the models of this area; repeatable.")
@click.option(
    "--language",
    type=click.Choice(("python", *_LANGUAGES)),
    default="python",
    show_default=True,
    help="Types of another language, a reader and its rules; takes a generator that you have.",
)
@click.option(
    "--package",
    default="hookproof_models",
    show_default=True,
    metavar="NAME",
    help="Name of the Python package.",
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
    language: str,
    package: str,
    mode: str,
    check: bool,
    contract_dir: Path | None,
) -> int:
    """Write pydantic models: one module for each callback, OUT/PACKAGE/AREA/EVENT.py.

    With --language OUT/types has the types of that language, OUT/reader what verifies and reads
    callbacks there, and OUT/rules.json what that has to know.
    """
    from hookproof.generation.generate import check_drift, is_generated, write_models

    contract = open_contract(contract_dir)
    for area in areas:
        contract.check_area(area)
    if language != "python":
        return _write_language(out, language, contract, areas)
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
        again = "hookproof generate" if contract_dir else "make generate"
        click.echo(f"the models in {out / package} are stale; run `{again}`")
        return Exit.FINDINGS
    click.echo(f"the models in {out / package} are what the contract gives")
    return Exit.CLEAN


def _write_language(out: Path, language: str, contract: Contract, areas: tuple[str, ...]) -> int:
    """Types, rules and reader; what is for Python alone is refused."""
    from hookproof.languages.generators import write_language

    for name in ("package", "mode", "check"):
        source = click.get_current_context().get_parameter_source(name)
        if source is ParameterSource.COMMANDLINE:
            raise UsageError(
                f"--{name} is for Python's models", hint=f"leave it out for {language}"
            )
    may_write("out", out)
    counts = write_language(out, language, contract, areas)
    for area, count in counts.items():
        click.echo(f"{count:4} files of types in {out / 'types' / area}")
    click.echo(f"     the reader in {out / 'reader'}, and {out / 'rules.json'}")
    return Exit.CLEAN
