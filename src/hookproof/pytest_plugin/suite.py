"""The test of a receiver as tests of pytest: one for each callback and check."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pytest

from hookproof.conformance.checks import Check, Control, State
from hookproof.conformance.generation.cache import CachedCorpus
from hookproof.conformance.policy import Policy
from hookproof.conformance.running.run import Plan, Surroundings, run_test
from hookproof.errors import HookproofError, UsageError
from hookproof.findings import Severity
from hookproof.pytest_plugin.receiver import named_receiver, target_of
from hookproof.pytest_plugin.settings import settings_of, usage
from hookproof.report.of_receiver import receiver_report
from hookproof.report.text import as_text
from hookproof.user_cache import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest._code.code import ExceptionInfo, TerminalRepr

    from hookproof.conformance.generation.corpus import Corpus
    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.contract import Callback
    from hookproof.findings import ReceiverFinding
    from hookproof.http.target import Target
    from hookproof.pytest_plugin.settings import Settings

_NAME: Final = "hookproof"
# Lines of a traceback, from its end, that are shown of a crash.
_LINES: Final = 12
_TRACEBACKS: Final = 2


def _corpus() -> Corpus:
    """What keeps generated payloads: the user's cache, or memory where there is none."""
    folder = cache_folder(os.environ, platform=sys.platform)
    return CachedCorpus(folder) if folder else {}


@dataclass
class Bench:
    """What the tests of a run share: the receiver, and the ids that were asked for by name."""

    ids: list[str] = field(default_factory=list)
    open: ExitStack = field(default_factory=ExitStack)
    receiver: Any = None
    target: Target | None = None
    corpus: Corpus = field(default_factory=_corpus)
    told: list[str] = field(default_factory=list)
    # Who answers nothing is told once, and not asked for every other callback; and each error.
    is_unreachable: bool = False
    errors: set[str] = field(default_factory=set)


_BENCH = pytest.StashKey[Bench]()


def take_ids(config: pytest.Config) -> None:
    """Take what names tests of the suite out of the arguments, which pytest takes for files."""
    bench = config.stash.setdefault(_BENCH, Bench())
    bench.ids = [arg for arg in config.args if arg.split("::")[0] == _NAME]
    config.args[:] = [arg for arg in config.args if arg not in bench.ids]
    config.add_cleanup(bench.open.close)


def suite_of(session: pytest.Session) -> Iterator[pytest.Item]:
    """The tests of the suite; raises pytest.UsageError where an option is wrong."""
    config = session.config
    suite = Suite.from_parent(session, name=_NAME, nodeid=_NAME)
    try:
        tested = settings_of(config).callbacks
    except HookproofError as error:
        raise usage(error) from error
    bench = config.stash[_BENCH]
    # Now, so that one that cannot be imported is told once.
    bench.receiver = named_receiver(config)
    for callback in tested:
        node = Tested.of(suite, callback)
        for check in Check:
            item = CheckItem.from_parent(node, name=check.value)
            item.check = check
            # A node is asked for by its own id, or by that of what it stands in.
            if not bench.ids or any(f"{item.nodeid}::".startswith(f"{one}::") for one in bench.ids):
                yield item


def asides_of(config: pytest.Config) -> list[str]:
    """What is told at the end: findings that failed no test."""
    told = config.stash[_BENCH].told
    return [f"hookproof: {line}" for line in dict.fromkeys(told)]


class Suite(pytest.Collector):
    """All callbacks."""

    def collect(self) -> list[pytest.Item]:
        """Nothing by itself; `suite_of` makes the tests."""
        return []


class Tested(pytest.Collector):
    """One callback, whose test runs once, when the first of its checks is asked for."""

    tested: Callback

    @classmethod
    def of(cls, suite: Suite, callback: Callback) -> Tested:
        """The node of a callback."""
        node: Tested = cls.from_parent(suite, name=callback.path)
        node.tested = callback
        return node

    def collect(self) -> list[pytest.Item]:
        """Nothing by itself; `suite_of` makes the tests."""
        return []

    @cached_property
    def report(self) -> ReceiverReport:
        """What the test of the callback found."""
        settings, bench = settings_of(self.config), self.config.stash[_BENCH]
        if bench.target is None:
            bench.target = bench.open.enter_context(target_of(bench.receiver, self.config))
        around = Surroundings(corpus=bench.corpus)
        return run_test(bench.target, _plan(self.tested, settings), surroundings=around)

    @property
    def is_here(self) -> bool:
        """Whether an application in this process answers."""
        target = self.config.stash[_BENCH].target
        return target is not None and target.application is not None

    @cached_property
    def crashes(self) -> list[str]:
        """The tracebacks of what an application in this process raised meanwhile."""
        self.report  # noqa: B018 - it has to have run
        target = self.config.stash[_BENCH].target
        kept = getattr(target.application, "crashes", None) if target else None
        return kept.take() if kept else []


def _plan(callback: Callback, settings: Settings) -> Plan:
    contract = settings.contract
    return Plan(
        [callback],
        {callback.area: settings.secret(callback)},
        max_cases=int(settings.number("max-cases", 300)),
        timeout=settings.number("timeout", 5.0),
        seed=int(settings.number("seed", 1)),
        policy=_policy(settings.get("policy", Policy.LENIENT.value)),
        neighbours=lambda area: contract.callbacks(area).values(),
        sources={callback.area: settings.secrets.source(callback.area, vendor=callback.vendor)},
    )


def _policy(name: str) -> Policy:
    try:
        return Policy(name)
    except ValueError:
        known = ", ".join(policy.value for policy in Policy)
        raise UsageError(f"{name!r} is no policy", hint=f"known are {known}") from None


class CheckFailed(Exception):
    """A check has failed, or there is no evidence for it; its text is what pytest shows."""


class CheckItem(pytest.Item):
    """One check of one callback."""

    check: Check
    parent: Tested

    def runtest(self) -> None:
        """Fail where the receiver does, skip where there is nothing to test."""
        bench = self.config.stash[_BENCH]
        if bench.is_unreachable:
            pytest.skip("not tried: the receiver is unreachable, as was told before")
        try:
            report = self.parent.report
        except HookproofError as error:
            if str(error) in bench.errors:
                pytest.skip(f"not tried: {error.describe()}")
            bench.errors.add(str(error))
            raise CheckFailed(str(error)) from error
        if report.unreachable:
            bench.is_unreachable = True
            raise CheckFailed(f"{report.target} is unreachable: {report.unreachable}")
        [result] = report.callbacks.values()
        found = [one for one in report.findings if _belongs(one, self.check)]
        weighs = [one for one in found if one.severity.weight >= self._least.weight]
        if weighs:
            raise CheckFailed(self._told(report, weighs))
        self._keep(found)
        state = result.checks[self.check]
        if state is State.SKIPPED:
            pytest.skip("there is nothing to test")
        if state is State.INCONCLUSIVE:
            self._without_evidence(report, result.control)

    def _without_evidence(self, report: ReceiverReport, control: Control | None) -> None:
        """Not knowing is no pass; it is told once, by the test of the genuine callback."""
        path = self.parent.name
        if control is not Control.ACCEPTED and self.check is not Check.ACCEPTS_GENUINE:
            asked = {item.nodeid for item in self.session.items}
            if f"{_NAME}::{path}::{Check.ACCEPTS_GENUINE.value}" in asked:
                pytest.skip("no evidence: the genuine callback was not accepted")
        why = report.incomplete or (
            "the genuine callback was not accepted"
            if control is not Control.ACCEPTED
            else "no request that proves it was sent; does --hookproof-max-cases suffice?"
        )
        raise CheckFailed(f"INCOMPLETE  {path} {self.check.value}: no evidence, for {why}")

    @property
    def _least(self) -> Severity:
        """The severity that fails a test."""
        return Severity(settings_of(self.config).get("fail-on", Severity.ERROR.value))

    def _keep(self, found: list[ReceiverFinding]) -> None:
        told = self.config.stash[_BENCH].told
        for one in found:
            if one.severity is Severity.WARNING:
                told.append(f"{one.severity.value} {one.code} in {one.callback}: {one.message}")

    def _told(self, report: ReceiverReport, weighs: list[ReceiverFinding]) -> str:
        """The report of these findings alone, and where an application in this process broke."""
        if self.parent.is_here:
            # Nobody listens where its recipe would send; this test is how to see it again.
            weighs = [replace(one, reproduce="", attached=b"") for one in weighs]
        part = receiver_report(replace(report, findings=weighs))
        titles = [f"{cause.code} {cause.title}" for cause in part.causes]
        _, _, told = as_text(part).partition("\n\n")
        told, _, _ = told.partition("\nchecks  ")
        pieces = [f"{', '.join(dict.fromkeys(titles))} ({self.parent.name})", told.strip("\n")]
        if self.parent.is_here and any(one.status in _NOWHERE for one in weighs):
            path = settings_of(self.config).get("path", "/")
            pieces += [f"callbacks were sent to {path}; --hookproof-path says another path"]
        if any(one.status == _CRASHED for one in weighs):
            pieces += map(_end_of, self.parent.crashes[:_TRACEBACKS])
        return "\n\n".join(pieces)

    def repr_failure(
        self,
        excinfo: ExceptionInfo[BaseException],
        style: Any = None,
    ) -> str | TerminalRepr:
        """The findings as the command tells them; a traceback for a fault of ours alone."""
        if isinstance(excinfo.value, CheckFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[str, None, str]:
        """What pytest calls it."""
        return _NAME, None, f"{self.parent.name} {self.check.value}"


_CRASHED: Final = 500
_NOWHERE: Final = (404, 405)


def _belongs(finding: ReceiverFinding, check: Check) -> bool:
    """Whether a check failed by a finding; what is of none is told with the genuine callback."""
    if finding.check in {one.value for one in Check}:
        return check.value in {finding.check, *finding.also_fails}
    return check is Check.ACCEPTS_GENUINE


def _end_of(traceback: str) -> str:
    lines = traceback.rstrip().splitlines()
    shown = lines if len(lines) <= _LINES else ["  …", *lines[-_LINES:]]
    return "\n".join(["the application raised:", *shown])
