"""Captures sent again by `hookproof replay`: which, how fast, and what came of each."""

from __future__ import annotations

import random
import re
import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import click

from hookproof.cli.exits import Exit
from hookproof.cli.options import ink_for_stdout
from hookproof.cli.targets import open_target
from hookproof.errors import TargetUnreachable, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.captures.capture import Capture
    from hookproof.contract import Contract
    from hookproof.http.target import GivenHeader
    from hookproof.serve.resend import Replayed
    from hookproof.signature.secrets import Secrets
    from hookproof.validation.validator import Validator

_RANGE: Final = re.compile(r"([0-9]{1,15})(?:\.\.([0-9]{1,15})?)?")


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says of captures that are to be sent again."""

    name: str
    which: str
    urls: tuple[tuple[str, str], ...]
    callbacks: tuple[str, ...]
    areas: tuple[str, ...]
    as_captured: bool
    speed: float
    step: bool
    input_format: str | None


def replay(
    given: Given,
    contract: Contract,
    secrets: Secrets,
    headers: Sequence[GivenHeader],
    allowed: tuple[str, ...],
    timeout: float,
) -> Exit:
    """Send the captures that are asked for, and tell what came of each."""
    from hookproof.http.transport import Transport
    from hookproof.serve.resend import GONE, Pace, Resender, replay_captures
    from hookproof.validation.validator import Validator

    if len(given.urls) != 1 or given.urls[0][0]:
        raise UsageError(
            f"{given.name} is no report of a receiver test, and captures need one receiver",
            hint="say which with --url URL",
        )
    target = replace(open_target(given.urls[0][1], allowed), headers=tuple(headers))
    validator = Validator(contract, areas=given.areas)
    resender = Resender(validator, secrets, time.time, random.SystemRandom())
    wanted = set(contract.chosen(given.callbacks, given.areas)) if given.callbacks else set()
    chosen = _chosen(given, validator, wanted)
    wait = _enter if given.step else lambda: True
    pace = Pace(time.monotonic, time.sleep, given.speed, wait)
    lost = count = 0
    with Transport(target, timeout=timeout) as transport:
        for one in replay_captures(
            chosen,
            resender,
            transport,
            url=target.url,
            pace=pace,
            as_captured=given.as_captured,
        ):
            if one.answer.outcome in GONE:
                raise TargetUnreachable(target.url, one.answer.detail)
            click.echo(_line(one))
            count, lost = count + 1, lost + (not one.received)
    if not count:
        raise UsageError(f"no such capture was found in {given.name}", hint=_looked_for(given))
    became = f"{lost:,} of them not received, as the vendor counts" if lost else "all received"
    click.echo(f"{count:,} sent, {became}")
    return Exit.FINDINGS if lost else Exit.CLEAN


def _chosen(given: Given, validator: Validator, wanted: set[str]) -> Iterator[tuple[int, Capture]]:
    """The captures that are asked for, each with its number."""
    from hookproof.captures.capture import Capture
    from hookproof.captures.formats import ReadOptions
    from hookproof.report.ink import safe
    from hookproof.validation_run.chunks import NoFile, captures_in, find_files
    from hookproof.validation_run.fast_path_router import reading_of

    least, most = _bounds(given.which)
    options = ReadOptions(sought=validator.sought)
    number = 0
    for file in find_files([given.name]):
        if isinstance(file, NoFile):
            raise UsageError(f"{file.name}: {file.why}", hint="is the path right?")
        stdin = sys.stdin.buffer if sys.stdin else None
        for one in captures_in(file, options=options, format=given.input_format or "", stdin=stdin):
            if not isinstance(one, Capture):
                text = one.text if hasattr(one, "text") else one.message
                click.echo(f"passed over: {safe(text)}", err=True)
                continue
            # The number of a capture in a store is its own, and stays when older ones go.
            number = one.origin.record or number + 1
            value = reading_of(one.body, one.headers).value
            named = validator.identify(value, headers=one.headers, url=one.url)
            fits = not wanted or any(each.path in wanted for each in named)
            fits = fits and not (given.areas and not named)
            if fits and least <= number <= most:
                yield number, one


def _bounds(which: str) -> tuple[int, float]:
    """The first and the last number that is asked for."""
    if not which:
        return 0, float("inf")
    match = _RANGE.fullmatch(which)
    if not match:
        raise UsageError(f"{which!a} is no number of a capture", hint="as in 3, 3..7 or 3..")
    last = float(match[2]) if match[2] else float("inf") if ".." in which else float(match[1])
    return int(match[1]), last


def _enter() -> bool:
    """Wait for Enter; the end of the input ends the replay."""
    click.echo("  Enter sends the next one, Ctrl-D ends it ", nl=False)
    line = sys.stdin.readline() if sys.stdin else ""
    return bool(line)


def _looked_for(given: Given) -> str:
    """What to do where nothing was sent."""
    if given.which or given.callbacks or given.areas:
        return "leave out the number, --callback or --area to send all of them"
    return f"`hookproof validate {given.name}` says what it is"


def _line(one: Replayed) -> str:
    from hookproof.conformance.judging.response_class import tell
    from hookproof.report.ink import safe

    meaning = "received" if one.received else "not received"
    name = one.resent.callback or "no callback"
    line = f"  {one.number}. {name}  {one.resent.how}  {tell(one.answer)}"
    line = f"{safe(line)}  in {one.answer.elapsed * 1000:.0f} ms  "
    style = "green" if one.received else "red"
    return line + ink_for_stdout().paint(meaning, style)
