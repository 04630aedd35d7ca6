"""`hookproof example`: an example of a callback, as it is or freshly signed."""

from __future__ import annotations

from pathlib import Path

import click

from hookproof.cli import completed
from hookproof.cli.exits import Exit
from hookproof.cli.given import (
    check_signature_is_ours,
    header_options,
    open_headers,
    open_settings,
    payload_options,
    with_samples,
)
from hookproof.cli.options import (
    calls,
    contract_option,
    format_option,
    open_contract,
    open_secrets,
    secret_options,
    secrets_of,
)
from hookproof.errors import UsageError

_CORPORA = ("ndjson", "wrk", "k6", "vegeta")
_URL = "http://127.0.0.1:8000/callbacks"


@click.command(
    name="example",
    epilog=calls(
        "hookproof example EVENT > event.json",
        "hookproof example AREA/EVENT --signed --format curl | sh",
        "hookproof example EVENT --signed --count 1000 --format wrk > corpus.lua",
        page="docs/testing.md",
    ),
)
@click.argument("name", shell_complete=completed.callbacks)
@click.option(
    "--variant",
    metavar="NAME",
    help="Which example, as `hookproof show` names them.  [default: the first]",
)
@completed.area_option("Only callbacks of this area, where several have the name; repeatable.")
@click.option("--signed", is_flag=True, help="As if sent now, signed with your secret.")
@format_option(
    *("json", "curl", "http", *_CORPORA),
    help="The last four are for many signed ones: for programs, and for the load testers of "
    "these names.",
)
@click.option(
    "--count", type=click.IntRange(1, 1_000_000), help="So many different events, in those four."
)
@click.option(
    "--url",
    default=_URL,
    show_default=True,
    help="Where it is sent, in the curl line and the raw request.",
)
@secret_options
@header_options
@payload_options
@contract_option
def command(
    name: str,
    variant: str | None,
    areas: tuple[str, ...],
    signed: bool,
    output: str,
    count: int | None,
    url: str,
    secret_env: str | None,
    secret_file: Path | None,
    plain_headers: tuple[str, ...],
    secret_headers: tuple[str, ...],
    settings: tuple[str, ...],
    samples: tuple[Path, ...],
    contract_dir: Path | None,
) -> int:
    """Write an example of a callback: AREA/EVENT, or EVENT where one area has it.

    Without --signed it is the page's own sample; a signature in it was made with the secret
    that the documentation uses.
    """
    import random
    import sys
    import time
    from itertools import islice

    from hookproof.conformance.cases.constants import for_callback, given_account
    from hookproof.describe import example as examples
    from hookproof.sending.corpus import write_corpus
    from hookproof.sending.events import Events

    [callback], objects = with_samples([open_contract(contract_dir).callback(name, areas)], samples)
    headers = open_headers(plain_headers, secret_headers)
    check_signature_is_ours([callback], headers)
    given = open_settings(settings, [callback])
    account = given_account([callback], settings=given, headers=headers)
    constants = for_callback(callback, account, objects, given)
    chosen = examples.find_example(callback, variant)
    if (count or output in _CORPORA) and not (signed and output in _CORPORA):
        hint = f"--signed --count N --format {'|'.join(_CORPORA)}"
        raise UsageError("many are written signed, in a format for many", hint=hint)
    if signed and output in _CORPORA:
        secret = secrets_of([callback], open_secrets(secret_env, secret_file))[callback.area]
        events = Events(constants, secret, time.time, random.SystemRandom(), url)
        requests = islice(events.many([chosen.payload]), count or 1)
        given_headers = tuple((one.name, one.value) for one in headers)
        for piece in write_corpus(requests, url=url, name=output, given=given_headers):
            click.echo(piece, nl=False)
        return Exit.CLEAN
    if signed:
        secrets = open_secrets(secret_env, secret_file)
        secret = secrets_of([callback], secrets)[callback.area]
        chance = random.SystemRandom()
        request = examples.signed(
            constants, chosen, secret=secret, clock=time.time, chance=chance, url=url
        )
    else:
        request = examples.unsigned(constants, chosen)
    if output == "curl":
        click.echo(examples.as_curl(request, url=url, given=headers), nl=False)
        return Exit.CLEAN
    if output == "http":
        sys.stdout.buffer.write(examples.as_http(request, url=url))
        return Exit.CLEAN
    click.echo(examples.as_json(request, callback), nl=False)
    beside = examples.outside_the_body(request, callback)
    if beside:
        # Piped, the body stays what was signed.
        click.echo(f"\n{beside}", err=True)
    return Exit.CLEAN
