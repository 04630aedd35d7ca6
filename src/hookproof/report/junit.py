"""Reports as JUnit XML, which build servers show as tests.

A suite is a callback. Of a receiver its cases are the checks; of captures each cause with an
error is one, and what weighs less is told in the output of a case that passes. A scenario is a
suite of what should be true after it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from hookproof.conformance.checks import State
from hookproof.findings import Severity
from hookproof.report.ink import plural, safe
from hookproof.report.model import spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.conformance.checks import Check
    from hookproof.conformance.running.report import CallbackResult
    from hookproof.report.model import Cause, Report, Sighting
    from hookproof.validation_run.summary import CallbackTally

    Found = list[tuple[Cause, Sighting]]

# What XML 1.0 cannot hold, not even as a character reference.
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RUN: Final = "hookproof"
_WHY_SKIPPED: Final = {
    State.INCONCLUSIVE: "inconclusive: there was no evidence",
    State.SKIPPED: "nothing to test, or neither way is wrong",
}


@dataclass(frozen=True, slots=True)
class _Case:
    """A test case; `failure`, `error` and `skipped` are one line, `type` is the failure's kind.

    All three are empty where it passed. `seconds` are those that its answers took.
    """

    name: str
    failure: str = ""
    error: str = ""
    type: str = ""
    details: str = ""
    output: str = ""
    skipped: str = ""
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class _Suite:
    name: str
    cases: tuple[_Case, ...]
    seconds: float | None = None


def as_junit(report: Report) -> str:
    """The report as a document, in ASCII; a character that XML cannot hold becomes U+FFFD.

    A run that proves less than was asked for is an error of its own.
    """
    suites = [_tested(report, name, result) for name, result in report.tested.items()]
    suites += [_captured(report, name, report.captured[name]) for name in sorted(report.captured)]
    if report.wanted:
        suites.append(_played(report))
    if report.reason:
        name = "the run proves all that was asked"
        case = _Case(name, error=safe(report.reason), type=report.verdict)
        suites.append(_Suite(_RUN, (case,)))
    return _document(suites, report)


def _tested(report: Report, name: str, result: CallbackResult) -> _Suite:
    cases = (
        _check(check, state, _found(report, name, check), seconds=result.spent.get(check, 0.0))
        for check, state in result.checks.items()
    )
    return _Suite(name, tuple(cases), sum(result.latencies))


def _played(report: Report) -> _Suite:
    """Where not all was tried, what was not seen to be wrong is not known to be right."""
    cases = []
    for name in report.wanted:
        found = [one for one in report.sightings if one[0].check == name]
        told = "\n\n".join("\n".join(_lines(*one)) for one in found)
        if found:
            failure = _title(*found[0])
            cases.append(_Case(name, failure=failure, type=found[0][0].code, details=told))
        else:
            cases.append(_Case(name, skipped=safe(report.reason)))
    return _Suite(report.data["scenario"], tuple(cases))


def _found(report: Report, callback: str, check: str = "") -> Found:
    return [
        (cause, sighting)
        for cause, sighting in report.sightings
        if sighting.callback == callback and (cause.check == check or check in sighting.also_fails)
    ]


def _check(check: Check, state: State, found: Found, *, seconds: float) -> _Case:
    """A case, named by the check alone: build servers follow it over many runs by its name."""
    told = "\n\n".join("\n".join(_lines(cause, sighting)) for cause, sighting in found)
    errors = [one for one in found if one[0].severity is Severity.ERROR]
    if state is State.FAIL or errors:
        first = next(iter([*errors, *found]), None)
        failure = _title(*first) if first else "by a finding that is told with another check"
        kind = first[0].code if first else ""
        return _Case(check, failure=failure, type=kind, details=told, seconds=seconds)
    return _Case(check, output=told, skipped=_WHY_SKIPPED.get(state, ""), seconds=seconds)


def _captured(report: Report, name: str, counts: CallbackTally) -> _Suite:
    found = _found(report, name)
    failed = [one for one in found if one[0].severity is Severity.ERROR]
    rest = [one for one in found if one[0].severity is not Severity.ERROR]
    taken = Counter(_name(cause) for cause, _ in failed)
    told = f"{plural(counts.captures, 'capture')}, {counts.failed:,} failed"
    output = "\n\n".join([told, *("\n".join(_lines(*one)) for one in rest)])
    cases = (_failed(*one, alone=taken[_name(one[0])] == 1) for one in failed)
    return _Suite(name or "(not recognised)", (_Case("captures", output=output), *cases))


def _failed(cause: Cause, sighting: Sighting, *, alone: bool) -> _Case:
    # Build servers follow a case over many runs by its name, so its number may not count.
    name = _name(cause) if alone else f"{_name(cause)} [{sighting.fingerprint[:8]}]"
    details = "\n".join(_lines(cause, sighting))
    failure = f"{safe(sighting.finding.message)}, {plural(sighting.count, 'time')}"
    return _Case(name, failure=failure, type=cause.code, details=details)


def _name(cause: Cause) -> str:
    where = f" at {safe(cause.where)}" if cause.where else ""
    return f"{cause.code} {cause.title}{where}"


def _title(cause: Cause, sighting: Sighting) -> str:
    times = f", {plural(sighting.count, 'time')}" if sighting.count > 1 else ""
    return f"{cause.code} {cause.title}: {safe(sighting.finding.message)}{times}"


def _lines(cause: Cause, sighting: Sighting) -> Iterator[str]:
    finding = sighting.finding
    yield f"{cause.severity.value}: {cause.number}. {_title(cause, sighting)}"
    yield from (f"also: {safe(message)}" for message in sighting.messages[1:])
    facts = {
        **cause.facts,
        "at": finding.where,
        "expected": getattr(finding, "expected", ""),
        "found": getattr(finding, "found", ""),
        "page": finding.source,
        "next": finding.hint,
    }
    yield from (f"seen: {spot(place)}" for place in sighting.places)
    if sighting.last:
        yield f"last: {spot(sighting.last)}"
    yield from (f"{label}: {safe(value)}" for label, value in facts.items() if value)
    for number, line in enumerate(sighting.recipe.splitlines()):
        yield f"{'       ' if number else 'again: '}{safe(line)}"


def _document(suites: list[_Suite], report: Report) -> str:
    root = Element("testsuites", name=_RUN)
    if report.run.seconds is not None:
        root.set("time", f"{report.run.seconds:.3f}")
    total: Counter[str] = Counter(tests=0, failures=0, errors=0)
    for suite in suites:
        counts = _counts(suite)
        total.update(counts)
        names = {"name": _legal(suite.name)}
        element = SubElement(root, "testsuite", names | _time(suite.seconds))
        if report.run.moment:
            element.set("timestamp", report.run.moment.removesuffix("+00:00"))
        element.attrib.update(_texts(counts))
        element.set("skipped", str(sum(bool(case.skipped) for case in suite.cases)))
        element.extend(_case(case, suite.name) for case in suite.cases)
    root.attrib.update(_texts(total))
    indent(root)
    document: bytes = tostring(root, encoding="us-ascii", xml_declaration=True)
    return document.decode() + "\n"


def _time(seconds: float | None) -> dict[str, str]:
    """What is not known is left out, for 0 would be a claim."""
    return {} if seconds is None else {"time": f"{seconds:.3f}"}


def _counts(suite: _Suite) -> dict[str, int]:
    return {
        "tests": len(suite.cases),
        "failures": sum(bool(case.failure) for case in suite.cases),
        "errors": sum(bool(case.error) for case in suite.cases),
    }


def _case(case: _Case, suite: str) -> Element:
    names = {"name": _legal(case.name), "classname": _legal(suite)}
    element = Element("testcase", names | _time(case.seconds))
    for tag, message in (("failure", case.failure), ("error", case.error)):
        if message:
            told = SubElement(element, tag, message=_legal(message), type=_legal(case.type))
            told.text = _legal(case.details)
    if case.skipped:
        SubElement(element, "skipped", message=_legal(case.skipped))
    if case.output:
        SubElement(element, "system-out").text = _legal(case.output)
    return element


def _texts(counts: dict[str, int]) -> dict[str, str]:
    return {name: str(count) for name, count in counts.items()}


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
