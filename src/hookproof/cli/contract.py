"""`hookproof contract check`: the proof that a contract holds."""

from __future__ import annotations

from pathlib import Path

import click

from hookproof.cli.exits import Exit
from hookproof.cli.options import contract_option


@click.group(name="contract")
def command() -> None:
    """Look after a contract: a folder with schemas/ and openapi/."""


@command.command(name="check")
@contract_option
def check(contract_dir: Path | None) -> int:
    """Prove that a contract holds, and say for each problem the file, the line, the way out."""
    from hookproof.contract import ContractFiles, shipped_contract
    from hookproof.contract.check import check_contract, sorted_problems
    from hookproof.report.ink import plural, safe
    from hookproof.validation.contract_examples import check_examples

    # A missing folder is one more problem here, where other commands cannot go on.
    files = (
        ContractFiles(contract_dir / "schemas", contract_dir / "openapi")
        if contract_dir
        else shipped_contract()
    )
    problems = sorted_problems([*check_contract(files), *check_examples(files)])
    for problem in problems:
        place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
        where = f" at {problem.where}" if problem.where else ""
        click.echo(
            f"{safe(place)}: {problem.severity} {problem.code}: {safe(problem.message + where)}"
        )
        if problem.hint:
            click.echo(f"  hint: {safe(problem.hint)}")
    errors = sum(problem.severity == "error" for problem in problems)
    counts = f"{plural(errors, 'error')}, {plural(len(problems) - errors, 'warning')}"
    present = files.areas() if files.schemas.is_dir() else ()
    areas = {area: len(files.events(area)) for area in present}
    click.echo(
        f"{plural(sum(areas.values()), 'callback')} in {plural(len(areas), 'area')}: {counts}"
    )
    # A broken contract is what exit code 2 stands for in every command.
    return Exit.USAGE if errors else Exit.CLEAN
