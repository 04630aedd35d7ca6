"""`hookproof play`: callbacks that belong together, what goes wrong, and the state after it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hookproof.cli.exits import Exit
from hookproof.cli.given import (
    check_signature_is_ours,
    header_options,
    open_headers,
    open_settings,
)
from hookproof.cli.options import (
    ReportPath,
    Seconds,
    allow_host_option,
    calls,
    contract_option,
    format_option,
    may_write,
    open_contract,
    open_secrets,
    schema_option,
    secret_options,
    secrets_of,
    time_limit_option,
    time_scale_option,
    timeout_option,
)
from hookproof.cli.targets import open_target
from hookproof.errors import TargetUnreachable, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hookproof.conformance.cases.constants import Setting
    from hookproof.contract import Callback, Contract
    from hookproof.http.answer import Answer
    from hookproof.http.target import GivenHeader, Target
    from hookproof.scenarios.model import Scenario
    from hookproof.scenarios.probe import Call
    from hookproof.scenarios.proof import Proof
    from hookproof.scenarios.stage import Stage
    from hookproof.signature.secrets import Secrets


_FORMATS = ("text", "json", "junit", "html")


@click.command(
    name="play",
    epilog=calls(
        "hookproof play SCENARIO --url http://127.0.0.1:8000/callbacks --time-scale 10",
        "hookproof play SCENARIO --url … --reset './reset.sh' --probe http://127.0.0.1:8000/state",
        page="docs/scenarios.md",
    ),
)
@click.argument("name", metavar="SCENARIO")
@click.option("--url", required=True, help="The receiver.")
@click.option(
    "--probe",
    metavar="CMD|URL",
    help="How to read the receiver's state, as JSON or lines: then all orders, duplicates and "
    "lost answers must lead to one. {NAME} in it is a value of the scenario's cast.",
)
@click.option("--reset", metavar="CMD|URL", help="How it begins anew; a URL is sent a POST.")
@click.option(
    "--restart",
    metavar="CMD",
    help="How it is killed and started again in the background: crashes are tried, too.",
)
@click.option(
    "--settle",
    type=Seconds(min=0, max=600),
    default=0.1,
    show_default=True,
    metavar="SECONDS",
    help="For so long a state must not change before it counts.",
)
@click.option(
    "--max-plays",
    type=click.IntRange(min=1),
    default=500,
    show_default=True,
    help="Where there are more ways of delivering, so many are drawn.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@time_scale_option
@format_option(*_FORMATS)
@click.option(
    "--report",
    "reports",
    type=ReportPath(_FORMATS),
    multiple=True,
    help="Write a report to a file too; repeatable. `hookproof compare` reads JSON.",
)
@click.option(
    "--set",
    "settings",
    metavar="POINTER=VALUE",
    multiple=True,
    help="A value that a field always has, such as /appid=1234567890; repeatable.",
)
@secret_options
@header_options
@time_limit_option
@timeout_option
@allow_host_option
@contract_option
@schema_option("play")
def command(**given: Any) -> int:
    """Play a SCENARIO: a file, or one that is shipped (docs/scenarios.md), with its faults.

    With --probe each way in which the vendor may deliver its callbacks is tried, and must lead to
    one state. Exits with 1 where a callback is lost or a state differs, with 4 where nothing was
    proved, with 3 where nobody listens.
    """
    wish = _Wish(**given)
    may_write("reports", *(path for _, path in wish.reports))
    if (wish.reset or wish.restart) and not wish.probe:
        raise UsageError("there is no --probe", hint="--reset and --restart are for a proof by one")
    contract = open_contract(wish.contract_dir)
    headers = open_headers(wish.plain_headers, wish.secret_headers)
    target = replace(open_target(wish.url, wish.allowed), headers=headers)
    played = open_play(
        wish.name,
        contract,
        lambda _: target,
        secrets=open_secrets(wish.secret_env, wish.secret_file),
        settings=wish.settings,
        timeout=wish.timeout,
        time_scale=wish.time_scale,
    )
    started = time.time()
    if wish.probe:
        return _prove(played.stage, target, wish, started)
    lines: list[str] = []

    def show(line: str) -> None:
        lines.append(line)
        if wish.output == "text":
            click.echo(line)

    found = played.play(show)
    _write(found, wish, lines, lead=f"{lines[-1].capitalize()}.", started=started)
    return Exit.FINDINGS if found["lost"] else Exit.CLEAN


def open_play(
    name: str,
    contract: Contract,
    target_of: Callable[[Callback], Target | None],
    *,
    secrets: Secrets,
    settings: Sequence[str | Setting],
    timeout: float,
    time_scale: float = 1.0,
) -> Played:
    """The scenario of a name or in a file, ready to be played at the one place of its callbacks.

    Raises UsageError where it cannot be played there.
    """
    import random

    from hookproof.scenarios.model import read_scenario
    from hookproof.scenarios.stage import Means, Stage

    scenario = read_scenario(name, contract)
    callbacks = [step.callback for step in scenario.steps]
    targets = {target_of(callback) for callback in callbacks}
    target = targets.pop()
    if target is None or targets:
        message = f"the callbacks of the scenario {scenario.name} have no URL in common"
        raise UsageError(message, hint="a scenario is played at one; give --url for all of them")
    check_signature_is_ours(callbacks, target.headers)
    keys = secrets_of(callbacks, secrets)
    texts = [one for one in settings if isinstance(one, str)]
    given = (*open_settings(texts, callbacks), *(s for s in settings if not isinstance(s, str)))
    chance = random.Random(time.time_ns())  # noqa: S311 - nonces, no secrets
    stage = Stage(scenario, Means(keys, time.time, chance, target.url, given, target.headers))
    stage.check()
    return Played(stage, target, keys, target.headers, timeout, time_scale)


@dataclass(frozen=True)
class _Wish:
    """The options, by the names of their parameters."""

    name: str
    url: str
    probe: str | None
    reset: str | None
    restart: str | None
    settle: float
    max_plays: int
    seed: int
    time_scale: float
    output: str
    reports: tuple[tuple[str, Path], ...]
    settings: tuple[str, ...]
    secret_env: str | None
    secret_file: Path | None
    plain_headers: tuple[str, ...]
    secret_headers: tuple[str, ...]
    time_limit: float
    timeout: float
    allowed: tuple[str, ...]
    contract_dir: Path | None


@dataclass(frozen=True)
class Played:
    """Plays a scenario once, with the faults of its file."""

    stage: Stage
    target: Target
    secrets: dict[str, bytes]
    headers: Sequence[GivenHeader]
    timeout: float
    time_scale: float = 1.0

    def play(self, show: Callable[[str], object]) -> dict[str, Any]:
        """Tell each attempt as it happens; what came of it, as the report has it."""
        from hookproof.http.answer import Outcome
        from hookproof.http.transport import Transport
        from hookproof.scenarios.report import line_of, lost_steps, played_as_json
        from hookproof.scenarios.timeline import play

        scenario = self.stage.scenario
        show(f"{scenario.title} -> {self.target.url}")
        told = []
        with Transport(self.target, timeout=self.timeout) as transport:
            send = self._sender(transport)
            speed = self.time_scale
            for one in play(
                scenario, send, clock=time.monotonic, sleep=time.sleep, time_scale=speed
            ):
                told.append(one)
                show(line_of(scenario, one))
        if not any(one.answer and one.answer.outcome is not Outcome.REFUSED for one in told):
            raise TargetUnreachable(self.target.url, "nobody was there at any attempt")
        lost = lost_steps(scenario, told)
        show(f"lost: {', '.join(lost)}" if lost else "all received")
        return {**_about(scenario, self.target), "verdict": "fail" if lost else "pass"} | {
            **played_as_json(scenario, told),
            "proof": None,
        }

    def _sender(self, transport: Any) -> Callable[[int], Answer]:
        from hookproof.conformance.evidence.redaction import discreet
        from hookproof.http.answer import Outcome

        events = self.stage.events(self.stage.scenario.cast_for(time.time_ns() // 1_000_000))
        hidden = [header.value for header in self.headers if header.variable]

        def send(step: int) -> Answer:
            request = self.stage.write(step, events[step])
            answer: Answer = transport.send_request(request)
            if answer.outcome in {Outcome.UNREACHABLE, Outcome.TLS}:
                raise TargetUnreachable(self.target.url, answer.detail)
            callback = self.stage.scenario.steps[step].callback
            secret = self.secrets[callback.area]
            return discreet(answer, request, callback.signature, secret=secret, given=hidden)

        return send


def _about(scenario: Scenario, target: Target) -> dict[str, Any]:
    return {"scenario": scenario.name, "title": scenario.title, "target": target.url}


def _prove(stage: Stage, target: Target, wish: _Wish, started: float) -> Exit:
    """Try all ways of delivering, and tell what came of it."""
    import random
    from itertools import count

    from hookproof.scenarios.probe import Probe
    from hookproof.scenarios.proof import prove
    from hookproof.scenarios.report import lead_of, proof_as_json, proof_as_text
    from hookproof.scenarios.runs import Runs

    cast = stage.scenario.cast
    probe, reset, restart = (_call(one, wish) for one in (wish.probe, wish.reset, wish.restart))
    if probe is None or not (reset or probe.names(cast)):
        message = "runs cannot be told apart: the state of one would hold that of those before"
        names = ", ".join(f"{{{name}}}" for name in cast)
        hint = f"give --reset, or a --probe that asks for one of {names}"
        raise UsageError(message, hint=hint)
    reading = Probe(probe, wish.settle, dict(os.environ), time.monotonic, time.sleep)
    # Thousands apart, for a cast takes several numbers that follow.
    serials = count(time.time_ns() // 1_000_000, 1000)
    runs = Runs(stage, target, reading, wish.timeout, serials.__next__, reset, restart)
    end = time.monotonic() + wish.time_limit
    proof: Proof = prove(
        runs,
        most=wish.max_plays,
        seed=wish.seed,
        chance=random.Random(wish.seed),  # noqa: S311 - repeatable by its seed
        time_is_up=lambda: time.monotonic() > end,
    )
    about = {**_about(stage.scenario, target), "verdict": proof.verdict}
    found = {**about, "attempts": [], "lost": [], "proof": proof_as_json(stage.scenario, proof)}
    lines = [*proof_as_text(stage.scenario, proof)]
    if wish.output == "text":
        click.echo("\n".join(lines))
    _write(found, wish, lines, lead=lead_of(proof), started=started)
    return {"pass": Exit.CLEAN, "fail": Exit.FINDINGS}.get(proof.verdict, Exit.INCOMPLETE)


def _call(text: str | None, wish: _Wish) -> Call | None:
    """What was given to ask the receiver; a URL must be ours to ask."""
    from hookproof.scenarios.probe import Call

    if not text:
        return None
    call = Call(text)
    if call.is_url:
        # The values of the cast stand in its path, so the host is known before.
        open_target(text.replace("{", "").replace("}", ""), wish.allowed)
    return call


def _write(
    found: dict[str, Any], wish: _Wish, lines: list[str], *, lead: str, started: float
) -> None:
    """Print and save what came of it, in the formats that were asked for; `lines` are its text."""
    from hookproof.report.as_json import dump
    from hookproof.report.of_play import play_report
    from hookproof.report.writers import write, write_atomically

    seconds, crashes = time.time() - started, bool(wish.restart)
    report = play_report(found, lead=lead, started=started, seconds=seconds, crashes=crashes)

    def written(kind: str) -> str:
        if kind == "text":
            return "\n".join([*lines, ""])
        return dump(found) if kind == "json" else write(report, kind)

    if wish.output != "text":
        click.echo(written(wish.output), nl=False)
    for kind, path in wish.reports:
        write_atomically(written(kind), path)
