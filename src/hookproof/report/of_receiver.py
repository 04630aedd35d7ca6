"""The report of a receiver test as the model that all formats are written from."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.checks import Check, State
from hookproof.conformance.evidence.curl_script import BODY_FILE
from hookproof.conformance.judging.plain_signs import OF_THE_REQUEST
from hookproof.conformance.running.treatments import ACCEPTS
from hookproof.findings import Severity
from hookproof.report.ink import plural
from hookproof.report.model import Cause, Report, Run, Sighting, Way, gist, gravity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.conformance.coverage.coverage import Coverage
    from hookproof.conformance.running.report import CallbackResult, ReceiverReport
    from hookproof.findings import ReceiverFinding
    from hookproof.findings.finding import StoredRequest

# The name of a callback, as a hint says that it is with this one as with that one.
_NAME: Final = re.compile(r"[a-z0-9_]+/[a-z0-9_]+")

_AS_ELSEWHERE: Final = "as with {}: "
_NO_RECIPE: Final = 2**31


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside a report: the folder for long bodies and the JSON report, "" for neither."""

    bodies: str = ""
    json: str = ""


def receiver_report(report: ReceiverReport, *, beside: Beside | None = None) -> Report:
    """The model of a receiver test; `beside` is where its recipes find what does not fit in."""
    groups = sorted(_by_cause(report.findings), key=_gravity)
    causes = tuple(
        _cause(number, group, beside or Beside()) for number, group in enumerate(groups, start=1)
    )
    return Report(
        subject="receiver",
        verdict=report.verdict,
        reason=_reason(report),
        lead=_lead(report),
        unit="request",
        count=report.requests,
        run=Run(
            target=report.target,
            started=report.started,
            seconds=report.seconds if report.started is not None else None,
            contract=report.contract,
            options=report.options,
        ),
        causes=causes,
        data=_data(report),
        asides=tuple(_asides(report)),
        tested=report.callbacks,
        coverage=report.coverage,
        latency=report.latency,
    )


def fingerprint(finding: ReceiverFinding) -> str:
    """What tells a finding from others over many runs: 64 hexadecimal digits."""
    key = (finding.callback, finding.check, finding.code, finding.status, finding.where)
    return sha256(json.dumps(key).encode()).hexdigest()


def _by_cause(findings: list[ReceiverFinding]) -> list[list[ReceiverFinding]]:
    """Findings that say the same: one check, one place, one answer, one thing to do next."""
    groups: dict[tuple[object, ...], list[ReceiverFinding]] = {}
    for finding in findings:
        # A refusal says why; what a crash or an acknowledgement says differs without meaning.
        refused = finding.status is not None and finding.status // 100 == 4
        anywhere = _is_of_no_place(finding)
        key = (
            *(finding.severity, finding.code, finding.check),
            *(() if anywhere else (_place(finding), finding.kind)),
            *(finding.status, finding.symptom, finding.wanted),
            gist(_got(finding)) if refused else "",
            _advice(finding.hint),
            # Without any ways its words are all that there is.
            "" if finding.variants else gist(_NAME.sub("", finding.message)),
        )
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def _place(finding: ReceiverFinding) -> str:
    """The place that tells a cause from others; of a forgery its kind does."""
    if finding.check == Check.REFUSES_FORGED and finding.kind:
        return ""
    # Some callbacks of a vendor write the same field with a capital.
    return finding.where.lower()


def _is_of_no_place(finding: ReceiverFinding) -> bool:
    """Whether it was found out, or is plain by the status, that the place is no matter."""
    return ACCEPTS in finding.hint or finding.status in OF_THE_REQUEST


def _advice(hint: str) -> str:
    """What to do next, without how often something was tried and where it was found out."""
    return re.sub("[0-9]+", "#", _NAME.sub("", hint).removeprefix(_AS_ELSEWHERE.format("")))


def _gravity(group: list[ReceiverFinding]) -> tuple[int, int, int]:
    shown = group[0]
    is_genuine, loses = shown.check == Check.ACCEPTS_GENUINE, shown.check in _LOSSES
    callbacks = len({finding.callback for finding in group})
    return gravity(shown, callbacks, is_genuine=is_genuine, loses=loses)


# What fails them is an event that the vendor takes for undelivered.
_LOSSES: Final = frozenset(
    {
        Check.ACCEPTS_CONFORMING,
        Check.ACCEPTS_DOCUMENTED_VARIANTS,
        Check.ACCEPTS_REDELIVERY,
        Check.TOLERATES_UNKNOWN_FIELDS,
        Check.TOLERATES_DISORDER,
    }
)


def _cause(number: int, group: list[ReceiverFinding], beside: Beside) -> Cause:
    # The shortest of them is quickest read and sent again.
    shown = min(group, key=_readability)
    group = [shown, *(finding for finding in group if finding is not shown)]
    also = dict.fromkeys(check for finding in group for check in finding.also_fails)
    facts = {"symptom": shown.symptom, "also fails": ", ".join(also)}
    return Cause(
        number=number,
        severity=shown.severity,
        code=shown.code,
        check=shown.check,
        wanted=shown.wanted.removeprefix("wanted "),
        got=_got(shown),
        case=shown.case,
        facts={label: told for label, told in facts.items() if told},
        sightings=tuple(
            _sighting(finding, f"{number}.{index}", beside) for index, finding in enumerate(group)
        ),
    )


def _readability(finding: ReceiverFinding) -> tuple[bool, bool, int]:
    """What the finding that shows a cause is chosen by: what it says by itself, and is short."""
    elsewhere = finding.hint.startswith(_AS_ELSEWHERE.partition("{")[0])
    return elsewhere, bool(finding.attached), len(finding.reproduce) or _NO_RECIPE


def _got(finding: ReceiverFinding) -> str:
    """The answer to the request that shows a finding, in a few words."""
    whats = finding.variants
    own = (one.got for one in whats if finding.message.startswith(f"{one.what}: "))
    return next(own, whats[0].got if whats else "")


def _sighting(finding: ReceiverFinding, name: str, beside: Beside) -> Sighting:
    recipe, bodies = finding.reproduce, {}
    where = shlex.quote(beside.json or "report.json")
    made = "" if beside.json else "  # made by --report json=report.json"
    replay = f"hookproof replay {where} {name.partition('.')[0]}{made}"
    if finding.attached and beside.bodies:
        bodies = {f"{name}.body": finding.attached}
        recipe = recipe.replace(BODY_FILE, shlex.quote(f"{beside.bodies}/{name}.body"))
    elif finding.attached:
        recipe = replay
    return Sighting(
        finding=finding,
        fingerprint=fingerprint(finding),
        count=finding.count,
        ways=tuple(Way(one.what, one.got, one.count, one.case) for one in finding.variants),
        sent=_as_sent(finding.request) if finding.request else "",
        answer=finding.answer,
        recipe=recipe,
        replay=replay,
        bodies=bodies,
        also_fails=finding.also_fails,
    )


def _as_sent(stored: StoredRequest) -> str:
    """Headers and body; of the signature there is a mark."""
    query = f"?{stored.query}" if stored.query else ""
    headers = "\n".join(f"{name}: {value}" for name, value in stored.headers)
    coded = "(the body is written as Base64)\n" if stored.base64 else ""
    return f"POST {query}\n{headers}\n\n{coded}{stored.body}"


def _reason(report: ReceiverReport) -> str:
    """Why a run proves less than was asked for, empty where it does not."""
    if report.unreachable:
        return f"the target cannot be reached: {report.unreachable}"
    if report.incomplete:
        return f"ended early: {report.incomplete}"
    if report.verdict == "incomplete":
        return _open_checks(report) if report.requests else "no request was sent"
    return ""


def _open_checks(report: ReceiverReport) -> str:
    found: dict[bool, dict[str, None]] = {False: {}, True: {}}
    for result in report.callbacks.values():
        for check, state in result.checks.items():
            if state is State.INCONCLUSIVE:
                found[check in result.untried][check.replace("_", " ")] = None
    told = [f"no evidence on {', '.join(found[False])}"] if found[False] else []
    if found[True]:
        # What was seen is in the note on answers that differ.
        told.append(
            f"{', '.join(found[True])} failed once, with no request left to try it again: raise "
            "--max-cases"
        )
    return "; ".join(told)


def _lead(report: ReceiverReport) -> str:
    if report.unreachable:
        return f"Nothing more was proved: {_reason(report)}."
    more = f" Not everything was proved: {_reason(report)}." if _reason(report) else ""
    blamed = {f.callback for f in report.findings if f.severity is Severity.ERROR}
    if not blamed:
        return f"No callback has an error.{more}"
    have = "has" if len(blamed) == 1 else "have"
    return f"{len(blamed):,} of {plural(len(report.callbacks), 'callback')} {have} an error.{more}"


def _asides(report: ReceiverReport) -> Iterator[tuple[str, str]]:
    by_url: dict[str, list[str]] = {}
    for name, result in report.callbacks.items():
        by_url.setdefault(result.target, []).append(name)
    for url, names in by_url.items() if len(by_url) > 1 else ():
        yield "sent to", f"{url} ({', '.join(names)})"
    shares = report.coverage.items()
    if report.requests:
        told = (f"{share.seen:,} of {share.documented:,} {name}" for name, share in shares)
        yield "covered", ", ".join(told)
    reasons: dict[str, list[str]] = {}
    for area, why in report.untested.items():
        # What to do about it names the area itself, and is the same with all others.
        alike = why.replace(area.upper(), "<AREA>").replace(area, "AREA")
        reasons.setdefault(alike, []).append(area)
    for why, areas in reasons.items():
        yield "not tested", f"{', '.join(areas)} ({why})"


def _data(report: ReceiverReport) -> dict[str, Any]:
    """What the JSON has of its own."""
    return {
        "target": report.target,
        "seed": report.seed,
        "callbacks": {
            # Where all went to one URL, that is told once.
            name: ({"target": one.target} if one.target not in {"", report.target} else {})
            | _callback(one)
            for name, one in report.callbacks.items()
        },
        "coverage": {name: asdict(share) for name, share in report.coverage.items()},
        "untested": report.untested,
        "reason": report.unreachable or report.incomplete,
        **({"scenarios": report.scenarios} if report.scenarios else {}),
    }


def _callback(result: CallbackResult) -> dict[str, Any]:
    return {
        "control": result.control.value if result.control else None,
        "requests": result.requests,
        "latency": result.latency,
        "checks": {check.value: state.value for check, state in result.checks.items()},
        "coverage": _coverage(result.coverage),
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        aspect.value: {**asdict(coverage.share(aspect)), "missed": list(missed)}
        for aspect, missed in coverage.missed.items()
    }
