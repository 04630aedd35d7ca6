"""`hookproof demo`: the whole loop on payloads and receivers of our own."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hookproof.cli.exits import Exit
from hookproof.cli.options import calls, ink_for_stdout, may_write
from hookproof.cli.progress import progress_of
from hookproof.cli.test import tell as tell_test
from hookproof.errors import DependencyMissing

if TYPE_CHECKING:
    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.conformance.running.run import Surroundings
    from hookproof.contract import Callback, Contract
    from hookproof.testing import Receiver

# The secret with which the vendors' documentation signs; it protects nothing.
_SECRET = b"secret"
_CASES = 150
# In seconds: a slow machine is no reason to see less.
_TIME_LIMIT = 3600


@click.command(
    name="demo",
    epilog=calls(
        "hookproof demo --out build/demo",
        page="README.md",
    ),
)
@click.option(
    "--out",
    metavar="DIR",
    default="build/demo",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the JSON reports are written.",
)
def command(out: Path) -> int:
    """Validate the vendors' own samples, then test a correct receiver and a faulty one."""
    from hookproof.conformance.running.run import Surroundings
    from hookproof.contract import Contract
    from hookproof.testing import Receiver, ThreeFaults

    if find_spec("schemathesis") is None:
        # Told before anything is shown, for half a demonstration shows nothing.
        raise DependencyMissing("schemathesis", extra="test")
    may_write("out", out / "correct.json", out / "faulty.json")
    contract = Contract()
    # One of each product: all of them take minutes, and pages to tell of.
    first = {callback.area: callback for callback in reversed(_clear(contract))}
    some = [first[area] for area in sorted(first)]
    samples_hold = _validate_samples(some)
    around = Surroundings()
    passed = _test(contract, some, Receiver, out / "correct.json", around)
    failed = _test(contract, some, ThreeFaults, out / "faulty.json", around)
    found = {finding.check for finding in failed.findings if finding.severity.value == "error"}
    just_these = found == ThreeFaults.finds
    click.echo(f"\nreports: {out / 'correct.json'}  {out / 'faulty.json'}")
    word = "all found, and nothing else" if just_these else "NOT JUST THESE WERE FOUND"
    click.echo(f"the three faults: {', '.join(sorted(ThreeFaults.finds))}: {word}")
    return Exit.CLEAN if samples_hold and passed.verdict == "pass" and just_these else Exit.FINDINGS


def _clear(contract: Contract) -> list[Callback]:
    """The callbacks that are told apart without being told the product."""
    from hookproof.validation.identify import Directory

    directory = Directory(contract.listings(), load=contract.callback)
    callbacks = [contract.callback(name) for name in contract.names()]
    return [one for one in callbacks if len(directory.paths(one.examples[0].payload)) == 1]


def _validate_samples(callbacks: list[Callback]) -> bool:
    from hookproof.http.request import Layout, write_json
    from hookproof.report.ink import plural
    from hookproof.signature.secrets import Secrets
    from hookproof.validation_run import Task, validate

    _title("The vendors' own samples, placeholders made real")
    with tempfile.TemporaryDirectory() as folder:
        for callback in callbacks:
            sample = callback.examples[0].payload
            file = Path(folder, callback.path.replace("/", ".") + ".json")
            file.write_text(write_json(sample, layout=Layout.PRINTED), encoding="utf-8")
        tally = validate([folder], Task(secrets=Secrets({}, _SECRET)))
    quirks = plural(sum(one.code == "HP230" for one in tally.findings), "known contradiction")
    click.echo(
        f"{tally.verdict.upper()}  {plural(len(callbacks), 'sample')}, with {quirks} of a page"
    )
    click.echo(
        "what each is: `hookproof example NAME > sample.json`, `hookproof validate sample.json`"
    )
    return tally.verdict == "pass"


def _test(
    contract: Contract,
    callbacks: list[Callback],
    receiver: type[Receiver],
    path: Path,
    around: Surroundings,
) -> ReceiverReport:
    from hookproof.conformance.running.run import Plan, run_test
    from hookproof.http.target import resolve_target
    from hookproof.testing import serve

    _title(f"Testing a receiver. {(receiver.__doc__ or '').splitlines()[0]}")
    secrets = dict.fromkeys(contract.areas, _SECRET)
    plan = Plan(callbacks, secrets, max_cases=_CASES, time_limit=_TIME_LIMIT)
    paths = [callback.path for callback in callbacks]
    with (
        serve(receiver(contract, secrets=secrets)) as url,
        progress_of(paths, each=_CASES, quiet=False) as progress,
    ):
        around = replace(around, progress=progress)
        report = run_test(resolve_target(url), plan, surroundings=around)
    tell_test(report, [("json", path)])
    return report


def _title(text: str) -> None:
    click.echo("\n" + ink_for_stdout().paint(f"== {text}", "bold"))
