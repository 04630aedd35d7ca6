"""`hookproof send`: one callback as the vendor would send it, and its retries if you like."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

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
    allow_host_option,
    calls,
    contract_option,
    open_contract,
    open_secrets,
    secret_options,
    timeout_option,
)
from hookproof.cli.targets import open_target
from hookproof.errors import TargetUnreachable, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.contract import Callback
    from hookproof.contract.model import Delivery
    from hookproof.delivery.deliver import Sent
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request
    from hookproof.http.target import Target


@click.command(
    name="send",
    epilog=calls(
        "hookproof send EVENT --url http://127.0.0.1:8000/callbacks",
        "hookproof send AREA/EVENT --url http://127.0.0.1:8000/callbacks --deliver",
        page="docs/sending.md",
    ),
)
@click.argument("name")
@click.option("--url", required=True, help="The receiver.")
@click.option("--variant", metavar="NAME", help="Which example.  [default: the first]")
@click.option("--area", "areas", metavar="AREA", multiple=True, help="Where EVENT is of several.")
@click.option(
    "--deliver", "retries", is_flag=True, help="Try again as the vendor documents, to the end."
)
@click.option("--as-of", metavar="DATE", help="By the page of that day (YYYY-MM-DD).")
@click.option(
    "--time-scale",
    type=click.FloatRange(min=1e-3, max=1e6),
    default=1.0,
    show_default=True,
    help="How many times faster the waiting passes; deadlines stay.",
)
@click.option("--force", is_flag=True, help="Send what breaks the contract, too.")
@secret_options
@header_options
@payload_options
@timeout_option
@allow_host_option
@contract_option
def command(
    name: str,
    url: str,
    variant: str | None,
    areas: tuple[str, ...],
    retries: bool,
    as_of: str | None,
    time_scale: float,
    force: bool,
    secret_env: str | None,
    secret_file: Path | None,
    plain_headers: tuple[str, ...],
    secret_headers: tuple[str, ...],
    settings: tuple[str, ...],
    samples: tuple[Path, ...],
    timeout: float,
    allowed: tuple[str, ...],
    contract_dir: Path | None,
) -> int:
    """Send a callback: AREA/EVENT, or EVENT where one area has it, signed and of now.

    Says what was answered, how long it took and whether the vendor would count it as received.
    Exits with 0 where it would, with 1 where not, with 3 where nobody listens.
    """
    import random
    import time
    from dataclasses import replace

    from hookproof.conformance.cases.constants import for_callback, given_account
    from hookproof.delivery.deliver import deliver
    from hookproof.delivery.policy import delivery_as_of, is_documented
    from hookproof.describe import example as examples
    from hookproof.http.transport import Transport
    from hookproof.validation.compiled_callback import CompiledCallback

    [callback], objects = with_samples([open_contract(contract_dir).callback(name, areas)], samples)
    headers = open_headers(plain_headers, secret_headers)
    check_signature_is_ours([callback], headers)
    given = open_settings(settings, [callback])
    account = given_account([callback], settings=given, headers=headers)
    constants = for_callback(callback, account, objects, given)
    chosen = examples.find_example(callback, variant)
    if not force and not CompiledCallback(callback).accepts(chosen.payload):
        raise UsageError(f"{chosen.name} breaks the contract", hint="--force sends it all the same")
    delivery = delivery_as_of(callback, as_of)
    if retries and not is_documented(delivery):
        message = f"the page of {callback.path} does not say when it tries again"
        hint = f"see `hookproof show {callback.path}`, and send without --deliver"
        raise UsageError(message, hint=hint)
    secret = open_secrets(secret_env, secret_file).require(callback.area, vendor=callback.vendor)
    target = replace(open_target(url, allowed), headers=headers)
    patience = delivery.timeout or timeout

    def write() -> Request:
        return examples.signed(
            constants,
            chosen,
            secret=secret,
            clock=time.time,
            chance=random.SystemRandom(),
            url=target.url,
        )

    click.echo(f"{callback.path} -> {target.url}, by the page of {delivery.source.date}")
    policy = delivery if retries else replace(delivery, retry_after=())
    with Transport(target, timeout=patience) as transport:
        send = _sender(write, transport.send, target, may_be_down=retries)
        runs = deliver(policy, send, clock=time.monotonic, sleep=time.sleep, time_scale=time_scale)
        number, last = 0, None
        for number, last in enumerate(runs, start=1):
            click.echo(_line(number, last, callback, delivery))
    return _outcome(number, last, retries=retries)


def _sender(
    write: Callable[[], Request], send: Callable[..., Answer], target: Target, *, may_be_down: bool
) -> Callable[[], Answer]:
    """What makes one attempt; raises TargetUnreachable where nobody is there, unless he may be."""
    from hookproof.http.answer import Outcome

    gone = {Outcome.UNREACHABLE, Outcome.TLS} | (set() if may_be_down else {Outcome.REFUSED})

    def attempt() -> Answer:
        request = write()
        answer = send(request.body, headers=request.headers, query=request.query)
        if answer.outcome in gone:
            raise TargetUnreachable(target.url, answer.detail)
        return answer

    return attempt


def _line(number: int, sent: Sent, callback: Callback, delivery: Delivery) -> str:
    """One attempt: when, what came, how long it took, and what it means to the vendor."""
    from hookproof.conformance.judging.response_class import tell
    from hookproof.delivery.deliver import is_delivered

    answer, wanted = sent.answer, delivery.success
    meaning = "received" if is_delivered(sent) else "not received"
    if sent.answer.status is not None and not is_delivered(sent):
        body = f" and the body {wanted.body}" if wanted.body else ""
        meaning += f": {callback.path} wants {wanted.status}{body}"
    at = f"after {sent.after:g} s" if number > 1 else "first"
    return f"  {number}. {at:<14} {tell(answer)}  in {answer.elapsed * 1000:.0f} ms  {meaning}"


def _outcome(number: int, last: Sent | None, *, retries: bool) -> Exit:
    from hookproof.delivery.deliver import is_delivered

    times = "1 attempt" if number == 1 else f"{number} attempts"
    if last is not None and is_delivered(last):
        click.echo(f"delivered after {times}")
        return Exit.CLEAN
    click.echo(f"lost after {times}" if retries else "the vendor would not count it as received")
    return Exit.FINDINGS
