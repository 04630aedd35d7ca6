"""Runs the test of a receiver: each callback in turn, under one time limit."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.constants import account_of, for_callback
from hookproof.conformance.checks import Control
from hookproof.conformance.coverage.coverage import coverage_of
from hookproof.conformance.generation.corpus import payloads_of
from hookproof.conformance.policy import Policy
from hookproof.conformance.running.callback_run import CallbackRun
from hookproof.conformance.running.case_runner import Trial
from hookproof.conformance.running.report import CallbackResult, ReceiverReport
from hookproof.conformance.running.unexplained import settle
from hookproof.conformance.sending.sender import Sender
from hookproof.conformance.sending.session import Session, TargetGone, TimeIsUp, open_crew
from hookproof.conformance.sending.side_connections import Aside
from hookproof.http.transport import Transport
from hookproof.payload.body import BodyForm
from hookproof.signals import obeyed
from hookproof.signature.secrets import SecretSource
from hookproof.validation.compiled_callback import CompiledCallback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from hookproof.conformance.cases.constants import Names, Setting
    from hookproof.conformance.generation.corpus import Corpus
    from hookproof.conformance.generation.fuzzer import Generated
    from hookproof.contract import Callback
    from hookproof.http.target import Target

# Beyond the limit an answer is late; up to this many times the limit it is waited for, so
# that late and never can be told apart.
_PATIENCE: Final = 1.5
_SILENT_CONTROLS_TO_STOP: Final = 3
# What one callback may have of the time that the others will leave over.
_SPARED: Final = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """What to test and how hard. Times are in seconds.

    `max_cases` counts requests for each callback, `time_limit` the whole run, `timeout` one
    exchange. `encoding` chooses how a signature is written where the page leaves it open,
    `policy` what a malformed payload may be answered, `body_encodings` which encodings must be
    read where they are documented (the first of them is what all is written in, unless JSON is
    among them), `workers` how many connections send generated payloads. `other_secrets` are
    further ones, by names that may be shown. `sources` says where the secret of an area was read.
    With `case_header` requests tell their number, which findings name too. `settings` are values
    that the caller gives to places of payloads, `objects` the values of what he has, by vendor and
    name. `tokens` are the words that vendors were told for confirming the address, by area.
    """

    callbacks: Sequence[Callback]
    secrets: dict[str, bytes] = field(repr=False)
    max_cases: int = 300
    time_limit: float = 300.0
    timeout: float = 5.0
    seed: int = 1
    encoding: str | None = None
    policy: Policy = Policy.LENIENT
    workers: int = 1
    body_encodings: tuple[str, ...] = ("json",)
    other_secrets: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    neighbours: Callable[[str], Iterable[Callback]] = lambda _: ()
    sources: Mapping[str, SecretSource] = field(default_factory=dict)
    case_header: bool = False
    settings: tuple[Setting, ...] = ()
    objects: Names = field(default_factory=dict)
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def options(self) -> dict[str, str | int | float | bool]:
        """What tells this run from another on the same callbacks, as the command calls it."""
        return {
            "policy": self.policy.value,
            "seed": self.seed,
            "max-cases": self.max_cases,
            "time-limit": self.time_limit,
            "timeout": self.timeout,
            "encodings": ",".join(self.body_encodings),
            "signature-encoding": self.encoding or "as documented",
            "workers": self.workers,
            "case-header": self.case_header,
        }


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a run takes from outside: the wall clock, a steady clock, sleep, an ear for progress.

    `progress` is called with the callback's name and the requests sent for it so far.
    `corpus` keeps generated payloads for the runs that share it.
    """

    clock: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    progress: Callable[[str, int], None] = lambda _, __: None
    corpus: Corpus = field(default_factory=dict[Any, Any])


def run_test(
    target: Target, plan: Plan, *, surroundings: Surroundings | None = None
) -> ReceiverReport:
    """Test a receiver; never raises for anything that a receiver does.

    Raises KeyboardInterrupt after Ctrl-C, where this is the main thread of a process that has no
    way of its own with it.
    """
    around = surroundings or Surroundings()
    begun = around.monotonic()
    report = ReceiverReport(target.url, plan.seed, started=around.clock(), options=plan.options)
    report.callbacks = {
        callback.path: CallbackResult(coverage=coverage_of(callback), target=target.url)
        for callback in plan.callbacks
    }
    with obeyed(), open_session(target, plan, around) as session:
        _run_callbacks(plan, session, report, around)
        _tell_of_stray_answers(session, plan, report)
    report.findings = [settle(session, finding) for finding in report.findings]
    report.findings.sort(key=lambda finding: -finding.severity.weight)
    report.seconds = around.monotonic() - begun
    return report


def run_tests(
    targets: Mapping[Target, Sequence[Callback]],
    plan: Plan,
    *,
    surroundings: Surroundings | None = None,
) -> ReceiverReport:
    """Test callbacks that have URLs of their own one after the other, into one report.

    Each target's are tested as `run_test` does, and all together are those of the plan.
    A target that cannot be reached costs the callbacks of the others nothing. Each gets of the
    time limit what is its share of the callbacks that are left.
    """
    around = surroundings or Surroundings()
    end = around.monotonic() + plan.time_limit
    left, reports = len(plan.callbacks), []
    for target, callbacks in targets.items():
        share = plan.time_limit
        if len(callbacks) < len(plan.callbacks):
            # Told to people, so without the microseconds that have gone.
            share = round((end - around.monotonic()) * len(callbacks) / left, 2)
        mine = replace(plan, callbacks=callbacks, time_limit=share)
        reports.append(run_test(target, mine, surroundings=around))
        left -= len(callbacks)
    return reports[0] if len(reports) == 1 else _joined(reports, plan)


def _joined(reports: Sequence[ReceiverReport], plan: Plan) -> ReceiverReport:
    together = {name: result for one in reports for name, result in one.callbacks.items()}
    findings = [finding for one in reports for finding in one.findings]
    reasons = [(one.target, one.unreachable or one.incomplete) for one in reports]
    why = "; ".join(f"{url}: {reason}" for url, reason in reasons if reason)
    unreachable = all(one.unreachable for one in reports)
    return replace(
        reports[0],
        target=", ".join(one.target for one in reports),
        callbacks={one.path: together[one.path] for one in plan.callbacks},
        findings=sorted(findings, key=lambda finding: -finding.severity.weight),
        unreachable=why if unreachable else "",
        incomplete="" if unreachable else why,
        seconds=sum(one.seconds for one in reports),
        options=plan.options,
    )


@contextmanager
def open_session(target: Target, plan: Plan, around: Surroundings) -> Iterator[Session]:
    """The connection of a run, patient enough to tell late from never."""
    limits = [delivery.timeout or 0 for c in plan.callbacks for delivery in c.deliveries]
    patience = max(plan.timeout, *limits) * _PATIENCE
    with (
        Transport(target, timeout=patience) as transport,
        open_crew(target, timeout=patience, workers=plan.workers) as crew,
    ):
        aside = Aside(target, patience)
        account = account_of(plan.callbacks, settings=plan.settings, headers=target.headers)
        yield Session(
            transport, around.monotonic, aside, sleep=around.sleep, crew=crew, account=account
        )


def _run_callbacks(
    plan: Plan, session: Session, report: ReceiverReport, around: Surroundings
) -> None:
    silent, cut_short = 0, 0
    end = around.monotonic() + plan.time_limit
    # The first is taken to need a part of its share.
    spent = [plan.time_limit / max(len(plan.callbacks), 1) / _SPARED]
    for left, callback in zip(range(len(plan.callbacks), 0, -1), plan.callbacks, strict=True):
        if silent == _SILENT_CONTROLS_TO_STOP:
            report.incomplete = f"{silent} genuine callbacks in a row got no answer"
            return
        now = around.monotonic()
        session.ends_at = now + _share(end - now, left, sum(spent) / len(spent))
        trial = prepare_trial(
            callback, plan, session, around=around, result=report.callbacks[callback.path]
        )
        test = CallbackRun(trial, required=plan.body_encodings, others=plan.other_secrets)
        try:
            test.run(partial(_payloads, callback, plan.seed, session, around.corpus))
        except TimeIsUp:
            cut_short += 1
            report.incomplete = _too_long(plan, cut_short)
        except TargetGone as gone:
            report.unreachable = str(gone)
            return
        finally:
            report.findings += test.trial.tally.findings
            spent.append(around.monotonic() - now)
        silent = silent + 1 if test.trial.result.control is Control.NO_ANSWER else 0


def _share(time_left: float, callbacks: int, usual: float) -> float:
    """How long one of the callbacks that are left may take, in seconds.

    That is its part of the time, and some of what the others leave over where they take as long
    as is usual: none can use up the whole, and one that is slow once is not cut short in vain.
    """
    spare = time_left - usual * (callbacks - 1)
    return max(time_left / callbacks, spare / _SPARED)


def _too_long(plan: Plan, cut_short: int) -> str:
    """That the time did not suffice, and for how many where it did for others."""
    told = f"the time limit of {plan.time_limit:g} s did not suffice"
    total = len(plan.callbacks)
    share = f"for {cut_short} of {total} callbacks, each of which has its share"
    return told if cut_short == total else f"{told} {share}"


def _tell_of_stray_answers(session: Session, plan: Plan, report: ReceiverReport) -> None:
    """One finding for the whole run on what was answered in two ways."""
    source = str(plan.callbacks[0].deliveries[0].source) if plan.callbacks else ""
    told = session.steadiness.finding(source)
    if told:
        report.findings.append(told)


def prepare_trial(
    callback: Callback,
    plan: Plan,
    session: Session,
    *,
    around: Surroundings,
    result: CallbackResult,
) -> Trial:
    """What tries requests on a receiver for one callback, as the plan wants it signed."""
    if plan.encoding in callback.signature.encodings:
        facts = replace(callback.signature, encodings=(plan.encoding,), alternatives=())
        callback = replace(callback, signature=facts)
    # One source of chance for each callback: leaving one out changes no other.
    chance = random.Random(f"{plan.seed} {callback.path}")  # noqa: S311 - nonces of a test
    sender = Sender(
        callback,
        plan.secrets[callback.area],
        around.clock,
        chance,
        callback.signature.encodings[0],
        _base_form(callback, plan),
        numbers=session.numbers if plan.case_header else None,
        constants=for_callback(callback, session.account, plan.objects, plan.settings),
        address=session.aside.target.url,
    )
    return Trial(
        compiled=CompiledCallback(callback),
        sender=sender,
        session=session,
        url=session.aside.target.url,
        timeout=plan.timeout,
        max_cases=plan.max_cases,
        progress=partial(around.progress, callback.path),
        policy=plan.policy,
        neighbours=partial(plan.neighbours, callback.area),
        secret_source=plan.sources.get(callback.area, SecretSource()),
        token=plan.tokens.get(callback.area),
        result=result,
    )


def _base_form(callback: Callback, plan: Plan) -> BodyForm:
    """How bodies are written where a case does not say."""
    documented = [facts.encoding for facts in callback.encodings]
    # Where a page knows none of them it knows others: what it does not have no vendor sends.
    wanted = [one for one in plan.body_encodings if one in documented] or documented
    plain = BodyForm.JSON.value
    return BodyForm(plain if plain in wanted or not wanted else wanted[0])


def _payloads(
    callback: Callback, seed: int, session: Session, corpus: Corpus, conforming: int, broken: int
) -> list[Generated]:
    """Generated payloads, as many as half of the time that is left suffices for."""
    within = (session.ends_at - session.monotonic()) / 2
    return payloads_of(
        callback, seed=seed, conforming=conforming, broken=broken, corpus=corpus, within=within
    )
