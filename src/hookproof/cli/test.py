"""`hookproof test`: a live receiver against the contract."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hookproof.cli import completed
from hookproof.cli.exits import Exit, exit_for
from hookproof.cli.given import (
    check_signature_is_ours,
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
    format_options,
    may_write,
    open_contract,
    open_corpus,
    open_secrets,
    quiet_option,
    schema_option,
    secret_options,
    secrets_of,
    show_report,
    time_limit_option,
    timeout_option,
    verbose_option,
)
from hookproof.cli.targets import NamedUrl, Urls, open_target, read_urls
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hookproof.cli.play import Played
    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.conformance.running.run import Plan
    from hookproof.contract import Callback, Contract
    from hookproof.http.target import Target
    from hookproof.signature.secrets import Secrets


def _encodings(_: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    """Body encodings, divided by commas."""
    wanted = tuple(part.strip() for part in value.split(","))
    unknown = [part for part in wanted if part not in _ENCODINGS]
    if unknown:
        known = ", ".join(_ENCODINGS)
        raise click.BadParameter(
            f"{unknown[0]!r} is no body encoding; known are {known}", param=param
        )
    return wanted


_ENCODINGS: Final = ("json", "form", "percent-json")


@click.command(
    name="test",
    epilog=calls(
        "hookproof test http://127.0.0.1:8000/callbacks --callback AREA/EVENT",
        "hookproof test http://127.0.0.1:8000/callbacks --area AREA --report json=report.json",
        page="docs/testing.md",
    ),
)
@click.argument("url", required=False)
@click.option(
    "--url",
    "urls",
    type=NamedUrl(),
    multiple=True,
    help="Where a callback, or the callbacks of an area, are sent, if not to URL; repeatable.",
)
@click.option(
    "--callback",
    "names",
    shell_complete=completed.callbacks,
    metavar="NAME",
    multiple=True,
    help="Test this callback; repeatable.",
)
@completed.area_option(
    "Only callbacks of this product; repeatable.  [default: those with a HOOKPROOF_SECRET_<AREA>]"
)
@secret_options
@header_options
@payload_options
@click.option(
    "--max-cases",
    type=click.IntRange(min=1),
    default=300,
    show_default=True,
    help="Requests for each callback, at most.",
)
@time_limit_option
@timeout_option
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Connections that send generated payloads, to a receiver that serves as many at once; "
    "the requests are the same for any number.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="The same seed sends the same payloads.",
)
@click.option(
    "--signature-encoding",
    type=click.Choice(["hex", "base64"]),
    help="How to write a signature where the page leaves it open.",
)
@click.option(
    "--policy",
    type=click.Choice(["strict", "lenient", "ack-all"]),
    default="lenient",
    show_default=True,
    help="What a malformed payload gets: 4xx, anything but a crash, or 2XX like everything.",
)
@click.option(
    "--encodings",
    callback=_encodings,
    default="json",
    show_default=True,
    metavar="LIST",
    help="Body encodings that must be read where documented: json, form, percent-json; "
    "refusing the others is a warning.",
)
@allow_host_option
@format_options
@verbose_option
@click.option(
    "--no-cache", is_flag=True, help="Generate payloads anew, and keep none for later runs."
)
@click.option(
    "--case-header",
    is_flag=True,
    help="Send each request with a number in X-Hookproof-Case, which findings name too: so a "
    "receiver's log tells which is which.",
)
@click.option(
    "--scenario",
    "scenarios",
    metavar="NAME|FILE",
    multiple=True,
    help="Play it as well, each callback with its retries and what goes wrong; repeatable. Whether "
    "all orders lead to one state is for `hookproof play --probe`.",
)
@quiet_option
@contract_option
@fail_on_option
@schema_option("test")
def command(
    url: str | None,
    urls: tuple[tuple[str, str], ...],
    names: tuple[str, ...],
    areas: tuple[str, ...],
    secret_env: str | None,
    secret_file: Path | None,
    plain_headers: tuple[str, ...],
    secret_headers: tuple[str, ...],
    settings: tuple[str, ...],
    samples: tuple[Path, ...],
    max_cases: int,
    time_limit: float,
    timeout: float,
    workers: int,
    seed: int,
    signature_encoding: str | None,
    policy: str,
    encodings: tuple[str, ...],
    allowed: tuple[str, ...],
    output: str,
    reports: tuple[tuple[str, Path], ...],
    verbose: bool,
    no_cache: bool,
    case_header: bool,
    scenarios: tuple[str, ...],
    quiet: bool,
    contract_dir: Path | None,
    fail_on: str,
) -> int:
    """Test a receiver at URL, in any language, over HTTP.

    Sends each callback as the vendor would, then odd, broken and forged ones, and judges
    the answers. The secret must be the one that the receiver verifies with.
    """
    from functools import partial

    from hookproof.cli.progress import progress_of
    from hookproof.conformance.policy import Policy
    from hookproof.conformance.running.run import Plan, Surroundings, run_tests

    may_write("reports", *(path for _, path in reports))
    contract = open_contract(contract_dir)
    places = read_urls(url, urls, contract, areas)
    headers = open_headers(plain_headers, secret_headers)
    opened = {one: replace(open_target(one, allowed), headers=headers) for one in places.all}
    at_hand = open_secrets(secret_env, secret_file)
    callbacks, secrets, untested = _select(contract, names, areas, at_hand, places)
    check_signature_is_ours(callbacks, headers)
    callbacks, objects = with_samples(callbacks, samples)
    targets: dict[Target, list[Callback]] = {}
    for callback in callbacks:
        targets.setdefault(opened[places.of(callback.path) or ""], []).append(callback)
    plan = Plan(
        callbacks,
        secrets,
        max_cases,
        time_limit,
        timeout,
        seed,
        encoding=signature_encoding,
        policy=Policy(policy),
        workers=workers,
        body_encodings=encodings,
        other_secrets=at_hand.others(b""),
        neighbours=lambda area: contract.callbacks(area).values(),
        sources={c.area: at_hand.source(c.area, vendor=c.vendor) for c in callbacks},
        case_header=case_header,
        settings=open_settings(settings, callbacks),
        objects=objects,
        tokens={c.area: token for c in callbacks if (token := at_hand.token(c))},
    )
    paths = [callback.path for callback in callbacks]
    # Read before, so that a wrong one costs no run.
    plays = _plays(scenarios, plan, contract, places, opened, at_hand)
    with progress_of(paths, each=max_cases, quiet=quiet) as progress:
        around = Surroundings(progress=progress, corpus={} if no_cache else open_corpus())
        report = run_tests(targets, plan, surroundings=around)
    report.untested, report.contract = untested, contract.files.digest()
    code = _exit(report, fail_on)
    # What is for a program stays whole.
    show = partial(click.echo, err=output != "text")
    try:
        for one in () if code is Exit.UNREACHABLE else plays:
            report.scenarios.append(one.play(show))
    finally:
        # Whatever comes of a scenario must not cost what was found before.
        tell(report, reports, output=output, verbose=verbose)
    return Exit.FINDINGS if any(one["lost"] for one in report.scenarios) else code


def _plays(
    names: Sequence[str],
    plan: Plan,
    contract: Contract,
    places: Urls,
    opened: Mapping[str, Target],
    secrets: Secrets,
) -> list[Played]:
    """The scenarios of some names, each to be played where its callbacks go."""
    from hookproof.cli.play import open_play

    def target_of(callback: Callback) -> Target | None:
        return opened.get(places.of(callback.path) or "")

    given, timeout = plan.settings, plan.timeout
    return [
        open_play(one, contract, target_of, secrets=secrets, settings=given, timeout=timeout)
        for one in names
    ]


def tell(
    report: ReceiverReport,
    reports: Sequence[tuple[str, Path]],
    *,
    output: str = "text",
    verbose: bool = False,
) -> None:
    """Show a report, and write it to files; raises UsageError where one cannot be written."""
    from hookproof.report.of_receiver import Beside, receiver_report
    from hookproof.report.writers import bodies_beside, save

    bodies = bodies_beside(path for _, path in reports)
    json = next((str(path) for kind, path in reports if kind == "json"), "")
    told = receiver_report(report, beside=Beside(bodies, json))
    # Shown first: a report that cannot be written must not cost what was found.
    show_report(told, output, verbose=verbose)
    save(told, reports, bodies=bodies)


def _select(
    contract: Contract,
    names: tuple[str, ...],
    areas: tuple[str, ...],
    secrets: Secrets,
    urls: Urls,
) -> tuple[list[Callback], dict[str, bytes], dict[str, str]]:
    """The callbacks to test, the secrets of their areas, and what is left out, with a reason.

    What was asked for by name needs its secret and its URL. Where nothing was, a URL or a secret
    may say by its name what is meant: a URL most often serves one product, and many share a
    secret.
    """
    own = urls.names(contract, areas)
    if names or areas:
        chosen = contract.chosen(names, areas)
    elif own and urls.for_the_rest is None:
        chosen = own
    elif urls.for_the_rest is None:
        hint = "give one, or --url NAME=URL for a callback or an area"
        raise UsageError("there is no URL to send callbacks to", hint=hint)
    else:
        return _with_secret(contract, secrets, also=own)
    nowhere = [path for path in chosen if not urls.of(path)]
    if nowhere and (names or len(nowhere) == len(chosen)):
        hint = f"give a URL for all, or --url {nowhere[0]}=URL"
        raise UsageError(f"there is no URL to send {nowhere[0]} to", hint=hint)
    callbacks = [contract.callback(path) for path in chosen if path not in nowhere]
    untested = {path: f"no URL: add --url {path}=URL" for path in nowhere}
    return callbacks, secrets_of(callbacks, secrets), untested


def _with_secret(
    contract: Contract, secrets: Secrets, *, also: tuple[str, ...]
) -> tuple[list[Callback], dict[str, bytes], dict[str, str]]:
    """Those of the areas that have a secret of their own, and those that have a URL."""
    listed = contract.listings()
    vendors = {one.area: one.vendor for one in listed}
    found = {area: secrets.find(area, vendor=vendor) for area, vendor in vendors.items()}
    unsigned = {one.area for one in listed} - {one.area for one in listed if not one.is_unsigned}
    if unsigned == vendors.keys():
        # Of a contract of senders that sign nothing, all is meant.
        found = dict.fromkeys(vendors, b"")
    signed = {area: secret for area, secret in found.items() if secret is not None}
    named = [area for area in signed if secrets.names(area)]
    if not named and not also:
        named = list(signed)
        _check_one_is_meant(named, secrets)
    paths = dict.fromkeys((*(contract.names(named) if named else ()), *also))
    callbacks = [contract.callback(path) for path in paths]
    tested = {callback.area for callback in callbacks}
    untested = {
        area: f"not asked for: add --area {area}"
        if area in signed or area in unsigned
        else f"no secret: set HOOKPROOF_SECRET_{area.upper()}"
        for area in vendors
        if area not in tested
    }
    return callbacks, secrets_of(callbacks, secrets), untested


def _check_one_is_meant(areas: list[str], secrets: Secrets) -> None:
    """Raise UsageError where no secret is at hand, or it leaves open which product is meant."""
    if not areas:
        raise UsageError(
            "no secret is at hand, so nothing can be signed and nothing proved",
            hint="set HOOKPROOF_SECRET, or give --secret-env NAME or --secret-file FILE",
        )
    if len(areas) > 1 and not all(map(secrets.names, areas)):
        raise UsageError(
            f"which product calls this URL? The secret may be that of any of {len(areas)}",
            hint=f"say --area AREA (repeatable) or --callback NAME; areas: {', '.join(areas)}",
        )


def _exit(report: ReceiverReport, fail_on: str) -> Exit:
    if report.verdict == "unreachable":
        return Exit.UNREACHABLE
    code = exit_for(report.findings, fail_on=fail_on)
    if code is Exit.CLEAN and report.verdict == "incomplete":
        return Exit.INCOMPLETE
    return code
