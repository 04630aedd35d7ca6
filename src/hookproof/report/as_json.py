"""The reports as JSON, in the shapes that the schemas in this package describe."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from hookproof.finding import Severity
from hookproof.report.groups import count_kinds, in_order, kind_of, places, totals_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.capture.tally import Group, Tally
    from hookproof.finding import Finding
    from hookproof.receiver.report import ReceiverReport


def captures_as_json(tally: Tally) -> dict[str, Any]:
    """The report on captures; its shape is `schemas/validate.json`."""
    return {
        "verdict": tally.verdict,
        "stopped": tally.stopped,
        "totals": {"captures": tally.captures, **totals_of(tally)},
        "kinds": {kind.value: count for kind, count in count_kinds(tally).items()},
        "callbacks": {
            name: {
                "captures": counts.captures,
                "failed": counts.failed,
                "signatures": dict(sorted(counts.signatures.items())),
            }
            for name, counts in sorted(tally.callbacks.items())
        },
        "findings": [_group_as_json(group) for group in in_order(tally)],
    }


def captures_as_json_text(tally: Tally) -> str:
    """The same as text."""
    return dump(captures_as_json(tally))


def _group_as_json(group: Group) -> dict[str, Any]:
    return {
        **asdict(group.finding),
        "kind": kind_of(group).value,
        "count": group.count,
        "places": [asdict(place) for place in places(group)],
        "last": asdict(group.last),
    }


def test_as_json(report: ReceiverReport) -> dict[str, Any]:
    """The report of a receiver test; its shape is `schemas/test.json`."""
    return {
        "verdict": report.verdict,
        "target": report.target,
        "seed": report.seed,
        "totals": {"requests": report.requests, **totals(report.findings)},
        "callbacks": {
            name: {
                "control": result.control.value if result.control else None,
                "requests": result.requests,
                "latency": result.latency,
                "checks": {check.value: state.value for check, state in result.checks.items()},
            }
            for name, result in report.callbacks.items()
        },
        "findings": [asdict(finding) for finding in report.findings],
        "untested": report.untested,
        "reason": report.unreachable or report.incomplete,
    }


def totals(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity."""
    counts = {severity.value: 0 for severity in Severity}
    for finding in findings:
        counts[finding.severity.value] += 1
    return counts


def dump(report: dict[str, Any]) -> str:
    """A report as text, in ASCII: any terminal, pipe and odd file name can do with that."""
    return json.dumps(report, indent=2) + "\n"


def output_schema(command: str) -> str:
    """The JSON Schema of a command's JSON output, as text."""
    return (files(__package__) / "schemas" / f"{command}.json").read_text(encoding="utf-8")
