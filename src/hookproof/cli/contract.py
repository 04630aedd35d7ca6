"""`hookproof contract`: the proof that a contract holds, and what is made from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hookproof.cli import completed
from hookproof.cli.exits import Exit
from hookproof.cli.options import calls, contract_option, may_write, open_contract, out_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.drafting.skeleton import Beginning


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
        where = f" at {problem.where}" if problem.where else ""
        told = f"{problem.severity} {problem.code}: {safe(problem.message + where)}"
        click.echo(f"{safe(problem.place)}: {told}")
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
@out_option("FILE", "Where the table is written, as Markdown.")
@_check_option
@contract_option
def table(out: Path, only_check: bool, contract_dir: Path | None) -> int:
    """Write where every fact comes from: pages, dates, contradictions, open questions."""
    from hookproof.describe.table import render_table
    from hookproof.report.writers import write_atomically

    text = render_table(open_contract(contract_dir))
    if not only_check:
        may_write("out", out)
        write_atomically(text, out, what="the table")
        click.echo(f"{out} is written")
        return Exit.CLEAN
    found = out.read_text(encoding="utf-8") if out.is_file() else None
    fault = "" if found == text else f"{out} is missing" if found is None else f"{out} differs"
    return _told([fault] if fault else [], str(out), f"hookproof contract table --out {out}")


def _beginning_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What has to be known of a callback before its contract is written."""
    for option in (
        click.option(
            "--told-by",
            metavar="FIELD=VALUE",
            help="The field and the value that name it.  [default: event=EVENT]",
        ),
        click.option("--page", metavar="URL", help="The page that documents it."),
        click.option("--callback", metavar="AREA/EVENT", help="What it is called."),
    ):
        command = option(command)
    return command


@command.command(
    name="init",
    epilog=calls(
        "hookproof contract init my-contract --callback shop/order_paid "
        "--page https://shop.example/webhooks",
        page="docs/your-own-contract.md",
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@_beginning_options
@click.option(
    "--same-event",
    default="id",
    show_default=True,
    metavar="FIELD",
    help="The field that is the same whenever one event is sent again.",
)
@click.option(
    "--signature",
    metavar="HEADER",
    help="The header that an HMAC-SHA256 of the body sits in; none where nothing is signed. "
    "Of a new document.  [default: X-Signature]",
)
def init(
    folder: Path,
    callback: str | None,
    page: str | None,
    told_by: str | None,
    same_event: str,
    signature: str | None,
) -> int:
    """Begin a contract in DIR, or add a callback to one. What no option says is asked for."""
    from dataclasses import replace

    from hookproof.drafting.skeleton import write_skeleton

    beginning = _beginning(callback, page, told_by)
    beginning = replace(beginning, same_event=same_event, header=signature)
    for file in write_skeleton(folder, beginning):
        click.echo(f"{file} is written")
    click.echo(f"next: edit both, then run `hookproof contract check --contract {folder}`")
    return Exit.CLEAN


@command.command(
    name="infer",
    epilog=calls(
        "hookproof contract infer captures.ndjson --callback shop/order_paid "
        "--page https://shop.example/webhooks > order_paid.json",
        page="docs/your-own-contract.md",
    ),
)
@click.argument(
    "captures", metavar="CAPTURES...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@_beginning_options
def infer(
    captures: tuple[Path, ...], callback: str | None, page: str | None, told_by: str | None
) -> int:
    """Propose the schema of a callback, from captures in any format that `validate` reads.

    It is a draft: what was not seen is not in it, and what is there in all captures need not
    always be. Needs the extra [infer].
    """
    import json

    from hookproof.drafting.infer import infer as inferred
    from hookproof.report.ink import plural

    draft = inferred(captures, _beginning(callback, page, told_by))
    click.echo(json.dumps(draft.schema, indent=2, ensure_ascii=False))
    told = f"made of {plural(draft.used, 'capture')}"
    left = [
        f"{plural(count, 'capture')} {why}"
        for count, why in ((draft.others, "with another name"), (draft.unread, "not read"))
        if count
    ]
    click.echo(f"{told}{'; left out: ' if left else ''}{', '.join(left)}", err=True)
    return Exit.CLEAN


@command.command(
    name="bundle",
    epilog=calls("hookproof contract bundle --out build", page="docs/your-own-contract.md"),
)
@out_option("DIR", "Where the documents are written: DIR/AREA.openapi.json.")
@completed.area_option("Only this area; repeatable.")
@contract_option
def bundle(out: Path, areas: tuple[str, ...], contract_dir: Path | None) -> int:
    """Write one OpenAPI document for each area that needs no other file."""
    import json

    from hookproof.drafting.bundle import bundle as bundled
    from hookproof.report.writers import write_atomically

    contract = open_contract(contract_dir)
    documents = {
        out / f"{area}.openapi.json": bundled(contract, area) for area in areas or contract.areas
    }
    may_write("out", *documents)
    for file, document in documents.items():
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        write_atomically(text, file, what="the document")
        click.echo(f"{file} is written")
    return Exit.CLEAN


def _beginning(callback: str | None, page: str | None, told_by: str | None) -> Beginning:
    """What the options say of a callback, asked for where they do not."""
    import datetime as dt
    import re

    from hookproof.drafting.skeleton import Beginning
    from hookproof.errors import UsageError

    name = _asked(callback, "--callback", "the callback, as AREA/EVENT")
    if not re.fullmatch(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*", name):
        hint = "such as shop/order_paid: lower case, digits and _"
        raise UsageError(f"{name!r} is not AREA/EVENT", hint=hint)
    area, event = name.split("/")
    url = _asked(page, "--page", "the page that documents it")
    field, equals, value = (told_by or f"event={event}").partition("=")
    if not (field and equals and value):
        raise UsageError(f"{told_by!r} is not FIELD=VALUE", hint="such as event=order_paid")
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return Beginning(area, event, url, today, (field, value), "id")


def _asked(given: str | None, option: str, what: str) -> str:
    """What an option says, or what somebody at a terminal answers."""
    import sys

    from hookproof.errors import UsageError

    if given:
        return given
    if sys.stdin and sys.stdin.isatty():
        return str(click.prompt(what[0].upper() + what[1:], err=True))
    raise UsageError(f"nothing says {what}", hint=f"say {option}")


def _told(differences: list[str], what: str, command_line: str) -> int:
    for line in differences:
        click.echo(line)
    if differences:
        click.echo(f"{what}: stale; run `{command_line}`")
        return Exit.FINDINGS
    click.echo(f"{what}: what the contract gives")
    return Exit.CLEAN
