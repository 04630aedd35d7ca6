"""`hookproof validate`: captured payloads against the contract."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hookproof.cli.capture_options import capture_options, read_options
from hookproof.cli.exits import Exit, exit_for
from hookproof.cli.options import (
    calls,
    contract_option,
    fail_on_option,
    format_options,
    may_write,
    open_contract,
    open_secrets,
    quiet_option,
    schema_option,
    secret_options,
    show_report,
    verbose_option,
)
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hookproof.report.model import Run
    from hookproof.validation_run import Tally, Task


@click.command(
    name="validate",
    epilog=calls(
        "hookproof validate event.json",
        "hookproof validate captures/ 'logs/*.ndjson.gz' --report html=report.html",
        page="docs/testing.md",
    ),
)
@click.argument("captures", nargs=-1, required=True, metavar="CAPTURE...")
@capture_options
@click.option(
    "--strict", is_flag=True, help="Exit with 1, too, when something was not read or passed over."
)
@click.option(
    "--examples",
    type=click.IntRange(min=1, max=1000),
    default=5,
    show_default=True,
    help="Places to show of findings with one cause.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1, max=256),
    default=1,
    show_default=True,
    help="Processes to use.",
)
@click.option(
    "--journal",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Keep what is done in FILE, so that --resume can go on after an end by force.",
)
@click.option(
    "--propose",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write patches of the contract that accept what these captures have and it does not know.",
)
@click.option("--resume", is_flag=True, help="Go on where the --journal ends.")
@format_options
@verbose_option
@quiet_option
@secret_options
@contract_option
@fail_on_option
@schema_option("validate")
def command(
    captures: tuple[str, ...],
    callback: str | None,
    areas: tuple[str, ...],
    body_form: str | None,
    input_format: str | None,
    examples: int,
    jobs: int,
    journal: Path | None,
    propose: Path | None,
    resume: bool,
    output: str,
    reports: tuple[tuple[str, Path], ...],
    verbose: bool,
    quiet: bool,
    secret_env: str | None,
    secret_file: Path | None,
    contract_dir: Path | None,
    fail_on: str,
    strict: bool,
    **fields: str | None,
) -> int:
    """Validate captured payloads: files, folders, globs, or - for standard input.

    A capture is a body as it came (JSON, form, percent-encoded JSON, a dump of PHP's
    print_r), a body or a request on each line, a JSON list of them, a record of a cloud, a
    queue or a logger with a body anywhere in it, a log with bodies in it, a HAR, raw HTTP, also
    as packets or as tools print it, commands of curl and PowerShell, a mitmproxy flow, CSV or
    Parquet; each also packed, or in a tar or zip. What is none of these is told, and the run
    is incomplete (exit code 4) where nothing else was there. The signature is verified when a
    secret is at hand. docs/captures.md tells how to capture with each tool.
    """
    from hookproof.cli.progress import bytes_progress
    from hookproof.payload.body import BodyForm
    from hookproof.report.model import Run
    from hookproof.validation_run import RunOptions, Task, validate

    kinds = {output, *(kind for kind, _ in reports)}
    if resume and not journal:
        raise UsageError("--resume needs to know which journal", hint="add --journal FILE")
    may_write("reports", *(path for _, path in reports))
    if journal:
        from hookproof.validation_run.journal import is_journal

        may_write("journal", journal, journal.with_name(f"{journal.name}.new"), ours=is_journal)
    _keep_what_is_read(captures, [*(path for _, path in reports), *([journal] if journal else [])])
    task = Task(
        contract=str(contract_dir) if contract_dir else None,
        areas=areas,
        callback=callback,
        secrets=open_secrets(secret_env, secret_file),
        form=BodyForm(body_form) if body_form else None,
        options=read_options(**fields),
        examples=examples,
        timeline="html" in kinds,
    )
    if propose and "-" in captures:
        raise UsageError("--propose reads the captures twice", hint="give it a file, not -")
    started, begun = time.time(), time.monotonic()
    # A daemon's child may have no standard input at all.
    stdin = sys.stdin.buffer if sys.stdin else None
    if captures == ("-",) and (stdin is None or not _has_more(stdin)):
        raise UsageError("standard input is empty", hint="does the command before it write it?")
    with bytes_progress(quiet=quiet) as progress:
        options = RunOptions(jobs, input_format or "", journal, resume=resume, progress=progress)
        tally = validate(captures, task, options=options, stdin=stdin)
    given = {"callback": callback, "area": ", ".join(areas), "body-form": body_form}
    digest = open_contract(contract_dir).files.digest() if kinds != {"text"} else ""
    run = Run(
        started=started,
        seconds=time.monotonic() - begun,
        contract=digest,
        options={name: value for name, value in given.items() if value},
    )
    tell(tally, reports, run=run, output=output, verbose=verbose)
    if tally.stopped:
        return Exit.INTERRUPTED
    if propose:
        told = _propose(propose, captures, task, input_format or "")
        click.echo(told, err=output != "text")
    from hookproof.captures.faults import OUR_FAULT

    if any(finding.code == OUR_FAULT for finding in tally.findings):
        return Exit.BROKEN
    if tally.verdict == "incomplete":
        return Exit.INCOMPLETE
    if strict and tally.unread:
        return Exit.FINDINGS
    return exit_for(tally.findings, fail_on=fail_on)


def _keep_what_is_read(captures: tuple[str, ...], written: Iterable[Path]) -> None:
    """Raise UsageError where a report or a new journal would be written over a capture."""
    there = [path for path in written if path.is_file()]
    if not there:
        return
    from hookproof.validation_run.chunks import find_files
    from hookproof.validation_run.journal import is_journal

    read = {os.path.realpath(str(one)) for one in find_files(captures)}
    for path in there:
        if os.path.realpath(path) in read and not is_journal(path):
            raise UsageError(
                f"{path} is read as a capture, and would be written over",
                hint="write the report or the journal to another file",
            )


def _propose(folder: Path, captures: tuple[str, ...], task: Task, input_format: str) -> str:
    """Write what the contract would have to say; a few words on it."""
    from dataclasses import replace

    from hookproof.drift.archive import Watch, watch_files, write_proposals
    from hookproof.report.ink import plural, safe
    from hookproof.validation_run.worker import validator_of

    validator = validator_of(task)
    contract = open_contract(Path(task.contract) if task.contract else None)
    watch = Watch(contract, validator, task.secrets, task.form)
    options = replace(task.options, sought=validator.sought)
    found = list(watch_files(captures, watch, options=options, input_format=input_format))
    if not found:
        return "the contract knows all that these captures have; nothing is proposed"
    write_proposals(folder, watch, found)
    lines = [f"  {safe(one.text)[:300]}" for one in found[:20]]
    if len(found) > len(lines):
        lines.append(f"  and {len(found) - len(lines):,} more")
    where = safe(str(folder))
    said = f"{plural(len(found), 'thing')} the contract does not know; see {where}/seen.md"
    return "\n".join([said, *lines])


def _has_more(stdin: Any) -> bool:
    """Whether standard input holds a byte; what cannot tell is left to its reader."""
    peek = getattr(stdin, "peek", None)
    return peek is None or bool(peek(1))


def tell(
    tally: Tally,
    reports: Sequence[tuple[str, Path]] = (),
    *,
    run: Run | None = None,
    output: str = "text",
    verbose: bool = False,
) -> None:
    """Write the report into files, then show it; raises UsageError where one cannot be written."""
    from hookproof.report.of_captures import captures_report
    from hookproof.report.writers import save

    told = captures_report(tally, run=run)
    save(told, reports)
    show_report(told, output, verbose=verbose)
