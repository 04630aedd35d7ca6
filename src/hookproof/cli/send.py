"""`hookproof send`: one callback as the vendor would send it, its retries, or many at a rate."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hookproof.cli import completed
from hookproof.cli.exits import Exit
from hookproof.cli.given import header_options, payload_options
from hookproof.cli.occasion import SOMEWHERE, SendOptions, open_occasion
from hookproof.cli.options import (
    Seconds,
    allow_host_option,
    as_of_option,
    calls,
    contract_option,
    open_contract,
    secret_options,
    time_scale_option,
    timeout_option,
)
from hookproof.cli.targets import open_target
from hookproof.errors import TargetUnreachable, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.cli.occasion import Occasion
    from hookproof.contract import Callback
    from hookproof.contract.model import Delivery
    from hookproof.delivery.deliver import Sent
    from hookproof.http.answer import Answer
    from hookproof.http.target import Target
    from hookproof.sending.load import Load

_FORGERIES = (
    *("wrong", "none", "empty", "truncated", "too-long", "zeros", "twice"),
    *("other-secret", "empty-secret"),
)


@click.command(
    name="send",
    epilog=calls(
        "hookproof send EVENT --url http://127.0.0.1:8000/callbacks",
        "hookproof send AREA/EVENT --url http://127.0.0.1:8000/callbacks --deliver",
        "hookproof send EVENT --url … --rate 200 --threshold 'p99<300ms'",
        page="docs/sending.md",
    ),
)
@click.argument("name", shell_complete=completed.callbacks)
@click.option("--url", help="The receiver.")
@click.option("--variant", metavar="NAME", help="Which example.  [default: the first]")
@completed.area_option("Where EVENT is of several.")
@click.option(
    "--body",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help="A payload of your own, as JSON; - is the standard input. It stays as it is, but for "
    "the moment of sending, nonces and the signature.",
)
@click.option("--random", "generated", is_flag=True, help="Generated payloads in the place of it.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option(
    "--add",
    "added",
    metavar="POINTER=VALUE",
    multiple=True,
    help="Put a value where the contract knows of none, too; /list/- is behind the last one; "
    "repeatable.",
)
@click.option(
    "--remove", "removed", metavar="POINTER", multiple=True, help="Leave it out; repeatable."
)
@click.option(
    "--forge",
    type=click.Choice(_FORGERIES),
    help="Sign as somebody who has no secret; exits with 1 where that is received.",
)
@click.option("--force", is_flag=True, help="Send what breaks the contract, too.")
@click.option(
    "--print",
    "shown",
    type=click.Choice(["curl", "http", "json"]),
    help="Write the request in the place of sending it; json is its body.",
)
@click.option(
    "--deliver", "retries", is_flag=True, help="Try again as the vendor documents, to the end."
)
@as_of_option
@time_scale_option
@click.option(
    "--count",
    type=click.IntRange(min=1),
    help="So many different events.  [default: 1; with --rate those of ten seconds]",
)
@click.option(
    "--rate",
    type=Seconds(min=0.01, max=1e6),
    metavar="N",
    help="Events a second, whatever becomes of those before.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(1, 1000),
    help="Connections at most.  [default: 1; with --rate 64]",
)
@click.option(
    "--threshold",
    "thresholds",
    metavar="FIGURE",
    multiple=True,
    help="What --count and --rate are held to: 'p99<200ms' (p50, p90, p99, max), 'failed<1%', "
    "'rate>900'; repeatable.  [default: failed<=0]",
)
@secret_options
@header_options
@payload_options
@timeout_option
@allow_host_option
@contract_option
def command(**given: Any) -> int:
    """Send a callback: AREA/EVENT, or EVENT where one area has it, signed and of now.

    Says what was answered, how long it took and whether the vendor would count it as received.
    Exits with 0 where it would, with 1 where not or where a threshold is not kept, with 3 where
    nobody listens.
    """
    wish = SendOptions(**given)
    if wish.shown and wish.count:
        hint = "`hookproof example --signed --count N --format ndjson` writes many"
        raise UsageError("--print writes one request", hint=hint)
    if not wish.url and not wish.shown:
        raise UsageError("there is no URL to send to", hint="give --url, or --print curl")
    if wish.thresholds and not wish.is_load:
        raise UsageError("--threshold is about many events", hint="give --count or --rate")
    if wish.retries and (wish.is_load or wish.forge):
        raise UsageError("--deliver follows one genuine event", hint="leave one of the two out")
    contract = open_contract(wish.contract_dir)
    occasion = open_occasion(wish, contract)
    if wish.shown:
        return _print(occasion, wish.shown, wish.url or SOMEWHERE)
    target = replace(open_target(wish.url or "", wish.allowed), headers=occasion.headers)
    if wish.is_load:
        return _load(occasion, wish, target)
    return _deliver(occasion, wish, target)


def _print(occasion: Occasion, shown: str, url: str) -> Exit:
    from hookproof.describe import example as examples

    request = occasion.events.write(occasion.event())
    if shown == "http":
        sys.stdout.buffer.write(examples.as_http(request, url=url))
    elif shown == "curl":
        click.echo(examples.as_curl(request, url=url, given=occasion.headers), nl=False)
    else:
        click.echo(request.body.decode(errors="backslashreplace"))
    return Exit.CLEAN


# -- one event --------------------------------------------------------------------------------


def _deliver(occasion: Occasion, wish: SendOptions, target: Target) -> Exit:
    """Send one event, and again as the vendor does where that is asked for."""
    import time

    from hookproof.delivery.deliver import deliver
    from hookproof.delivery.policy import is_documented
    from hookproof.http.transport import Transport

    callback, delivery = occasion.callback, occasion.delivery
    if wish.retries and not is_documented(delivery):
        message = f"the page of {callback.path} does not say when it tries again"
        hint = f"see `hookproof show {callback.path}`, and send without --deliver"
        raise UsageError(message, hint=hint)
    click.echo(f"{callback.path} -> {target.url}, by the page of {delivery.source.date}")
    policy = delivery if wish.retries else replace(delivery, retry_after=())
    with Transport(target, timeout=delivery.timeout or wish.timeout) as transport:
        send = _sender(occasion, transport.send, target, may_be_down=wish.retries)
        speed = wish.time_scale
        runs = deliver(policy, send, clock=time.monotonic, sleep=time.sleep, time_scale=speed)
        number, last = 0, None
        for number, last in enumerate(runs, start=1):
            click.echo(_line(number, last, callback, delivery))
    return _outcome(number, last, wish)


def _sender(
    occasion: Occasion, send: Callable[..., Answer], target: Target, *, may_be_down: bool
) -> Callable[[], Answer]:
    """What makes one attempt; raises TargetUnreachable where nobody is there, unless he may be."""
    from hookproof.conformance.evidence.redaction import discreet
    from hookproof.http.answer import Outcome
    from hookproof.text import cut

    gone = {Outcome.UNREACHABLE, Outcome.TLS} | (set() if may_be_down else {Outcome.REFUSED})
    event, events = occasion.event(), occasion.events
    secrets = [header.value for header in occasion.headers if header.variable]
    told: list[str] = []

    def attempt() -> Answer:
        request = events.write(event)
        if not told:
            # The start of a body, which no signature begins with.
            start = request.body[:60].decode(errors="backslashreplace")
            told.append(f"  {len(request.body):,} bytes: {cut(start)}")
            click.echo(told[0])
        answer = send(request.body, headers=request.headers, query=request.query)
        if answer.outcome in gone:
            raise TargetUnreachable(target.url, answer.detail)
        facts = occasion.callback.signature
        return discreet(answer, request, facts, secret=events.secret, given=secrets)

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
    at = f"after {round(sent.after, 2):g} s" if number > 1 else "first"
    took = "" if answer.status is None else f"  in {answer.elapsed * 1000:.0f} ms"
    return f"  {number:>2}. {at:<14} {tell(answer)}{took}  {meaning}"


def _outcome(number: int, last: Sent | None, wish: SendOptions) -> Exit:
    from hookproof.delivery.deliver import is_delivered

    times = "1 attempt" if number == 1 else f"{number} attempts"
    received = last is not None and is_delivered(last)
    if wish.forge:
        status = last.answer.status if last else None
        refused = not received and status is not None and status < 500
        told = "the forgery was refused" if refused else "the forgery was neither refused nor taken"
        click.echo("a forged callback was received" if received else told)
        return Exit.CLEAN if refused else Exit.FINDINGS
    if received:
        click.echo(f"delivered after {times}")
        return Exit.CLEAN
    lost = f"lost after {times}"
    click.echo(lost if wish.retries else "the vendor would not count it as received")
    return Exit.FINDINGS


# -- many events ------------------------------------------------------------------------------


def _load(occasion: Occasion, wish: SendOptions, target: Target) -> Exit:
    """Send many events, tell the figures, and hold them to the thresholds."""
    import time
    from functools import partial

    from hookproof.delivery.deliver import is_received
    from hookproof.http.connection import ConnectFailed
    from hookproof.http.transport import Transport
    from hookproof.sending.load import Engine, Threshold

    default = "failed>=1" if wish.forge else "failed<=0"
    thresholds = [Threshold.read(text) for text in wish.thresholds or (default,)]
    delivery = occasion.delivery
    patience = delivery.timeout or wish.timeout

    if not isinstance(occasion.payloads[0], dict):
        raise UsageError("only objects are sent many times", hint="leave out --count and --rate")
    connections = wish.concurrency or (64 if wish.rate else 1)
    opener = Transport(target, timeout=patience)
    engine = Engine(
        target,
        opener.connect,
        partial(is_received, delivery),
        time.monotonic,
        patience,
        connections,
        wish.rate,
    )
    count = wish.count or (max(int(wish.rate * 10), 1) if wish.rate else connections)
    many = occasion.events.many(occasion.payloads, kept=occasion.kept)
    try:
        load = engine.run(many, count=count)
    except ConnectFailed as failure:
        raise TargetUnreachable(target.url, failure.detail) from failure
    click.echo(f"{occasion.callback.path} -> {target.url}, by the page of {delivery.source.date}")
    click.echo(_told(load, wish))
    missed = [one for one in thresholds if not one.holds(load)]
    for one in missed:
        click.echo(f"not kept: {one.text}")
    return Exit.FINDINGS if missed else Exit.CLEAN


def _told(load: Load, wish: SendOptions) -> str:
    """The figures of a load, for a person."""
    figures = load.figures()
    others = ", ".join(f"{n:,} times {what}" for what, n in load.otherwise.most_common(5))
    wanted = f" of {wish.rate:g} wanted" if wish.rate else ""
    times = ", ".join(f"{n} {figures[n] * 1000:.1f} ms" for n in ("p50", "p90", "p99", "max"))
    lines = [
        f"  {load.sent:,} events in {load.seconds:.2f} s, {figures['rate']:,.0f} a second{wanted}",
        f"  received {load.received:,}" + (f"; not received: {others}" if others else ""),
        f"  answered within {times}" if load.times else "  no answers",
    ]
    if load.late:
        lines.append(f"  {load.late:,} began more than 10 ms late: the sender could not keep up")
    return "\n".join(lines)
