"""`hookproof replay`: the requests behind findings, or captures, sent again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from hookproof.cli import completed
from hookproof.cli.capture_options import INPUT_FORMAT
from hookproof.cli.exits import Exit, exit_for
from hookproof.cli.given import (
    header_options,
    open_headers,
    open_settings,
    payload_options,
    with_samples,
)
from hookproof.cli.options import (
    allow_host_option,
    calls,
    contract_option,
    fail_on_option,
    ink_for_stdout,
    open_contract,
    open_secrets,
    report_text,
    secret_options,
    secrets_of,
    time_limit_option,
    timeout_option,
)
from hookproof.cli.targets import NamedUrl, open_recorded_target, open_target, read_urls
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from hookproof.conformance.replaying.replay import ReplayReport
    from hookproof.contract import Callback
    from hookproof.http.target import Target


@click.command(
    name="replay",
    epilog=calls(
        "hookproof replay report.json 3 --url http://127.0.0.1:8000/callbacks",
        "hookproof replay .hookproof/captures.db 12 --url http://127.0.0.1:8000/callbacks",
        "hookproof replay access.log --url http://127.0.0.1:8000/callbacks --speed 10",
        page="docs/testing.md",
    ),
)
@click.argument("report", metavar="REPORT|CAPTURES", type=click.Path(path_type=Path))
@click.argument("finding", required=False)
@click.option(
    "--url",
    "urls",
    type=NamedUrl(),
    multiple=True,
    help="Send to this receiver, or what is of a callback or an area; repeatable.  "
    "[default: the report's, if it is on this machine]",
)
@click.option(
    "--callback",
    "names",
    shell_complete=completed.callbacks,
    metavar="NAME",
    multiple=True,
    help="Only findings of this; repeatable.",
)
@completed.area_option("Only findings of callbacks of this product; repeatable.")
@click.option("--as-captured", is_flag=True, help="Captures byte by byte, not signed anew.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0, max=1e6),
    default=0.0,
    metavar="N",
    help="Captures N times faster than they came; 1 is their own pace.  [default: at once]",
)
@click.option("--step", is_flag=True, help="Captures one by one: Enter sends the next.")
@click.option("--input-format", type=INPUT_FORMAT, metavar="FORMAT", help="What the captures are.")
@secret_options
@header_options
@payload_options
@timeout_option
@time_limit_option
@allow_host_option
@contract_option
@fail_on_option
def command(
    report: Path,
    finding: str | None,
    urls: tuple[tuple[str, str], ...],
    names: tuple[str, ...],
    areas: tuple[str, ...],
    as_captured: bool,
    speed: float,
    step: bool,
    input_format: str | None,
    secret_env: str | None,
    secret_file: Path | None,
    plain_headers: tuple[str, ...],
    secret_headers: tuple[str, ...],
    settings: tuple[str, ...],
    samples: tuple[Path, ...],
    timeout: float,
    time_limit: float,
    allowed: tuple[str, ...],
    contract_dir: Path | None,
    fail_on: str,
) -> int:
    """Send the requests behind the findings of a JSON REPORT again, or CAPTURES.

    FINDING is the number of one, counted from 1, or a code as HP407; without it all are tried.
    Each request goes out with the moment of now, new nonces and a new signature, after the
    genuine callback. Exits with 1 where a finding still holds, with 4 where one is not proved.

    Of CAPTURES, the store of `hookproof serve` or whatever `hookproof validate` reads, FINDING is
    a number or a range of them, as 3..7. They stay the same events, and are signed anew where a
    secret is at hand. Exits with 1 where the vendor would count one as not received.
    """
    import time

    from hookproof.conformance.replaying.replay import ReplayReport, replay_findings
    from hookproof.conformance.replaying.report_reader import choose, recall
    from hookproof.conformance.running.run import Plan
    from hookproof.report.replay_text import render_replay

    if input_format or not _is_report(report):
        from hookproof.cli.replay_captures import Given, replay

        if settings or samples:
            message = "--set and --sample are for the findings of a report"
            raise UsageError(message, hint="captures are sent as they are, but for the signature")
        given_here = Given(
            str(report), finding or "", urls, names, areas, as_captured, speed, step, input_format
        )
        return replay(
            given_here,
            open_contract(contract_dir),
            open_secrets(secret_env, secret_file),
            open_headers(plain_headers, secret_headers),
            allowed,
            timeout,
        )
    recalled = recall(report_text(report), name=str(report))
    contract, at_hand = open_contract(contract_dir), open_secrets(secret_env, secret_file)
    wanted = contract.chosen(names, areas) if names or areas else ()
    chosen = choose(recalled, finding, callbacks=wanted)
    places = read_urls(None, urls, contract, areas)
    headers = open_headers(plain_headers, secret_headers)
    by_target: dict[Target, list[Callback]] = {}
    for name in dict.fromkeys(one.callback for one in chosen.values()):
        callback, url = contract.callback(name), places.of(name)
        recorded = recalled.targets.get(name, recalled.target)
        target = open_target(url, allowed) if url else open_recorded_target(recorded, allowed)
        by_target.setdefault(replace(target, headers=headers), []).append(callback)
    # What was late by the run's own limit is late by that.
    source = click.get_current_context().get_parameter_source("timeout")
    if source is ParameterSource.DEFAULT:
        timeout = recalled.timeout
    done = ReplayReport()
    given = open_settings(settings, [one for some in by_target.values() for one in some])
    for target, chosen_here in by_target.items():
        callbacks, objects = with_samples(chosen_here, samples)
        secrets = secrets_of(callbacks, at_hand)
        # Another seed each time: a receiver may remember the nonces of the last one.
        seed = time.time_ns()
        plan = Plan(
            callbacks,
            secrets,
            time_limit=time_limit,
            timeout=timeout,
            seed=seed,
            settings=given,
            objects=objects,
        )
        done.add(replay_findings(target, plan, chosen))
    click.echo(render_replay(done, causes=recalled.causes, ink=ink_for_stdout()), nl=False)
    return _exit(done, fail_on)


def _is_report(file: Path) -> bool:
    """Whether a file is a report of ours, whole or damaged, and no capture."""
    try:
        with file.open("rb") as opened:
            start = opened.read(2000).lstrip()
    except (OSError, ValueError):
        # Of a folder, a glob or standard input the readers of captures know more.
        return str(file) != "-" and not file.is_dir() and not set("*?[") & set(str(file))
    return not start or (start[:1] == b"{" and (b'"verdict"' in start or b'"findings"' in start))


def _exit(done: ReplayReport, fail_on: str) -> Exit:
    from hookproof.conformance.replaying.replay import Standing

    if done.unreachable:
        return Exit.UNREACHABLE
    code = exit_for(done.of(Standing.HOLDS), fail_on=fail_on)
    unproved = done.incomplete or exit_for(done.of(Standing.UNPROVED), fail_on=fail_on)
    return Exit.INCOMPLETE if code is Exit.CLEAN and unproved else code
