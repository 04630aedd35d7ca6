"""The report of a receiver test as JSON, in the shape that a schema in this package describes."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from hookproof.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.finding import Finding
    from hookproof.receiver.coverage import Coverage
    from hookproof.receiver.report import ReceiverReport


def test_as_json(report: ReceiverReport) -> dict[str, Any]:
    """The report of a receiver test; its shape is `schemas/test.json`."""
    return {
        "verdict": report.verdict,
        "target": report.target,
        "seed": report.seed,
        "totals": {"requests": report.requests, **totals(report.findings)},
        "callbacks": {
            name: {
                # Where all went to one URL, that is told once.
                **({"target": result.target} if result.target not in {"", report.target} else {}),
                "control": result.control.value if result.control else None,
                "requests": result.requests,
                "latency": result.latency,
                "checks": {check.value: state.value for check, state in result.checks.items()},
                "coverage": _coverage(result.coverage),
            }
            for name, result in report.callbacks.items()
        },
        "coverage": {name: asdict(share) for name, share in report.coverage.items()},
        "findings": [
            {name: part for name, part in asdict(finding).items() if name != "attached"}
            for finding in report.findings
        ],
        "untested": report.untested,
        "reason": report.unreachable or report.incomplete,
    }


def test_as_json_text(report: ReceiverReport) -> str:
    """The same as text."""
    return dump(test_as_json(report))


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        aspect.value: {**asdict(coverage.share(aspect)), "missed": list(missed)}
        for aspect, missed in coverage.missed.items()
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
