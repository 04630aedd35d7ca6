"""Reports as JSON, in the shapes that the schemas in this package describe, and cut into lines."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from hookproof.findings import ReceiverFinding, Severity
from hookproof.report.model import kind_of
from hookproof.version import __version__

if TYPE_CHECKING:
    from hookproof.report.model import Cause, Report, Sighting


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain data; its shape is `schemas/test.json` or `schemas/validate.json`.

    Findings stand in the order of their causes, whose `number` they have.
    """
    counts = {severity.value: 0 for severity in Severity}
    for cause, sighting in report.sightings:
        # Of captures all findings are counted; of a receiver those that differ.
        counts[cause.severity] += 1 if report.tested else sighting.count
    return {
        "verdict": report.verdict,
        **report.data,
        "run": {
            "started": report.run.moment,
            "seconds": report.run.seconds,
            "tool": f"hookproof {__version__}",
            "contract": report.run.contract,
            "options": dict(report.run.options),
        },
        "totals": {f"{report.unit}s": report.count, "causes": len(report.causes), **counts},
        "causes": [_cause(cause) for cause in report.causes],
        "findings": [_finding(cause, sighting) for cause, sighting in report.sightings],
    }


def as_json(report: Report) -> str:
    """The same as text."""
    return dump(as_data(report))


def as_ndjson(report: Report) -> str:
    """The same cut into lines, in ASCII.

    A line holds one item of `findings`; the last one holds all the rest under `summary`.
    """
    data = as_data(report)
    findings = data.pop("findings")
    return "".join(json.dumps(line) + "\n" for line in (*findings, {"summary": data}))


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "number": cause.number,
        "severity": cause.severity,
        "code": cause.code,
        "title": cause.title,
        "what": cause.summary(),
        "callbacks": cause.callbacks,
        "count": cause.count,
        "next": cause.hint,
        "pages": cause.pages,
    }


def _finding(cause: Cause, sighting: Sighting) -> dict[str, Any]:
    finding = sighting.finding
    parts: dict[str, Any] = {"number": cause.number, **asdict(finding)}
    if isinstance(finding, ReceiverFinding):
        del parts["attached"]
        return {**parts, "reproduce": sighting.recipe}
    last = sighting.last or sighting.places[-1]
    parts |= {"places": [asdict(place) for place in sighting.places], "last": asdict(last)}
    return {**parts, "kind": kind_of(finding.code).value, "count": sighting.count}


def dump(report: dict[str, Any]) -> str:
    """A report as text, in ASCII: any terminal, pipe and odd file name can do with that."""
    return json.dumps(report, indent=2) + "\n"


def output_schema(command: str) -> str:
    """The JSON Schema of a command's JSON output, as text."""
    return (files(__package__) / "schemas" / f"{command}.json").read_text(encoding="utf-8")
