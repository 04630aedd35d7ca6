"""`hookproof contract`: the proof that a contract holds, and what is made from it."""

from __future__ import annotations

from pathlib import Path

import click

from hookproof.cli.exits import Exit
from hookproof.cli.options import calls, contract_option, may_write, open_contract


@click.group(name="contract")
def command() -> None:
    """Look after a contract: a folder with schemas/ and openapi/."""


@command.command(
    name="check",
    epilog=calls("hookproof contract check --contract my-contract", page="CONTRIBUTING.md"),
)
@contract_option
def check(contract_dir: Path | None) -> int:
    """Prove that a contract holds, and say for each problem the file, the line, the way out."""
    from hookproof.contract import ContractFiles, shipped_contract
    from hookproof.contract_proof.check import check_contract, sorted_problems
    from hookproof.contract_proof.examples import check_examples
    from hookproof.report.ink import plural, safe

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


_check_option = click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit with 1 where it is stale."
)


@command.command(
    name="compile",
    epilog=calls("hookproof contract compile --contract my-contract", page="CONTRIBUTING.md"),
)
@_check_option
@contract_option
def compile_documents(only_check: bool, contract_dir: Path | None) -> int:
    """Write the OpenAPI documents as JSON beside them: openapi/compiled/AREA.json.

    Commands then start without reading YAML. A file that is older than its document does no
    harm; it is passed over.
    """
    from hookproof.contract.compiled import is_compiled, stale_compiled, write_compiled

    files = open_contract(contract_dir).files
    if not only_check:
        may_write("contract_dir", files.compiled("any").parent, ours=is_compiled)
        for file in write_compiled(files):
            click.echo(f"{files.label(file)} is written")
        return Exit.CLEAN
    return _told(stale_compiled(files), "the compiled documents", "hookproof contract compile")


@command.command(
    name="table",
    epilog=calls("hookproof contract table --out docs/callbacks.md", page="CONTRIBUTING.md"),
)
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where the table is written, as Markdown.",
)
@_check_option
@contract_option
def table(out: Path, only_check: bool, contract_dir: Path | None) -> int:
    """Write where every fact comes from: pages, dates, contradictions, open questions."""
    from hookproof.describe.table import render_table

    text = render_table(open_contract(contract_dir))
    if not only_check:
        may_write("out", out)
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{out} is written")
        return Exit.CLEAN
    found = out.read_text(encoding="utf-8") if out.is_file() else None
    fault = "" if found == text else f"{out} is missing" if found is None else f"{out} differs"
    return _told([fault] if fault else [], str(out), f"hookproof contract table --out {out}")


def _told(differences: list[str], what: str, command_line: str) -> int:
    for line in differences:
        click.echo(line)
    if differences:
        click.echo(f"{what}: stale; run `{command_line}`")
        return Exit.FINDINGS
    click.echo(f"{what}: what the contract gives")
    return Exit.CLEAN
