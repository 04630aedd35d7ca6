"""Reports as JUnit XML, which build servers show as tests.

A suite is a callback. What was found there with an error is a failed case each; what weighs
less is told in the output of a case that passes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from hookproof.finding import CODES, Severity
from hookproof.report.groups import fingerprint, in_order, places, spot, words_and_places
from hookproof.report.ink import plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hookproof.capture.tally import CallbackTally, Group, Tally

# What XML 1.0 cannot hold, not even as a character reference.
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RUN: Final = "hookproof"


@dataclass(frozen=True, slots=True)
class Case:
    """A test case; `failure`, `error` and `skipped` are one line, `type` is the failure's kind.

    All three are empty where it passed.
    """

    name: str
    failure: str = ""
    error: str = ""
    type: str = ""
    details: str = ""
    output: str = ""
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Suite:
    """The test cases of a callback."""

    name: str
    cases: tuple[Case, ...]


def captures_as_junit(tally: Tally) -> str:
    """The report on captures; a run that was stopped is an error of its own."""
    suites = [_suite(tally, name) for name in sorted(tally.callbacks)]
    if tally.stopped:
        error = f"stopped: {safe(tally.stopped)}"
        suites.append(Suite(_RUN, (Case("the run is complete", error=error, type="stopped"),)))
    return as_junit(suites)


def as_junit(suites: Iterable[Suite]) -> str:
    """Suites as a document, in ASCII; a character that XML cannot hold becomes U+FFFD."""
    root = Element("testsuites", name=_RUN)
    total: Counter[str] = Counter(tests=0, failures=0, errors=0)
    for suite in suites:
        counts = _counts(suite)
        total.update(counts)
        # Some readers want a time; what a case took means nothing here.
        element = SubElement(root, "testsuite", name=_legal(suite.name), time="0")
        element.attrib.update(_texts(counts))
        element.set("skipped", str(sum(bool(case.skipped) for case in suite.cases)))
        element.extend(_case(case, suite.name) for case in suite.cases)
    root.attrib.update(_texts(total))
    indent(root)
    document: bytes = tostring(root, encoding="us-ascii", xml_declaration=True)
    return document.decode() + "\n"


def _suite(tally: Tally, callback: str) -> Suite:
    groups = [group for group in in_order(tally) if group.finding.callback == callback]
    failed = [group for group in groups if group.finding.severity is Severity.ERROR]
    rest = [group for group in groups if group.finding.severity is not Severity.ERROR]
    taken = Counter(map(_name, failed))
    captures = Case("captures", output=_output(tally.callbacks[callback], rest))
    cases = (_failed(group, alone=taken[_name(group)] == 1) for group in failed)
    return Suite(callback or "(not recognised)", (captures, *cases))


def _failed(group: Group, *, alone: bool) -> Case:
    finding = group.finding
    # Build servers follow a case over many runs by its name, so that may not count.
    name = _name(group) if alone else f"{_name(group)} [{fingerprint(group)[:8]}]"
    message = f"{finding.message}, {plural(group.count, 'time')}"
    details = "\n".join(_details(group))
    return Case(name, failure=safe(message), type=finding.code, details=details)


def _name(group: Group) -> str:
    finding = group.finding
    where = f" at {safe(finding.where)}" if finding.where else ""
    return f"{finding.code} {CODES[finding.code].title}{where}"


def _output(counts: CallbackTally, groups: list[Group]) -> str:
    lines = [f"{plural(counts.captures, 'capture')}, {counts.failed:,} failed"]
    for group in groups:
        head = f"{group.finding.severity.value}: {_name(group)}, {plural(group.count, 'time')}"
        lines += ["", head, *_details(group)]
    return "\n".join(lines)


def _details(group: Group) -> Iterator[str]:
    yield f"seen: {spot(places(group)[0])}"
    yield from (f"{label}: {line}" for label, line in words_and_places(group))


def _counts(suite: Suite) -> dict[str, int]:
    return {
        "tests": len(suite.cases),
        "failures": sum(bool(case.failure) for case in suite.cases),
        "errors": sum(bool(case.error) for case in suite.cases),
    }


def _case(case: Case, suite: str) -> Element:
    element = Element("testcase", name=_legal(case.name), classname=_legal(suite), time="0")
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
