"""Reports as SARIF 2.1.0, which code hosts and editors show beside the files.

A result is a cause in one callback. Captures have files and lines, a receiver its URL, and each
of its results the request with its answer.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hookproof.findings import CODES, CaptureFinding, ReceiverFinding
from hookproof.findings.explanation import explain
from hookproof.report.ink import plural, safe
from hookproof.report.model import MEANINGS, kind_of, link_in
from hookproof.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.findings.finding import StoredRequest
    from hookproof.report.model import Cause, Report, Sighting
    from hookproof.validation_run.summary import Place

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(report: Report) -> str:
    """The report in ASCII: a result for each cause in each callback, a rule for each code."""
    codes = sorted({cause.code for cause in report.causes})
    rules = [_rule(code, report) for code in codes]
    driver = {"name": "hookproof", "semanticVersion": __version__, "rules": rules}
    results = [
        _result(cause, sighting, codes.index(cause.code), report)
        for cause, sighting in report.sightings
    ]
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report)],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def artifact_uri(file: str) -> str:
    """A path as a URI reference: relative where the path is, percent-encoded, never a scheme."""
    path = PurePath(file)
    try:
        raw = path.as_posix().encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = path.as_posix().encode("utf-8", "surrogatepass")
    if not path.is_absolute():
        return quote(raw)
    return "file://" + ("" if raw.startswith(b"/") else "/") + quote(raw, safe="/:")


def _invocation(report: Report) -> dict[str, Any]:
    notes = [{"level": "error", "message": _message(safe(report.reason))}] if report.reason else []
    notes += [
        {"level": "note", "message": _message(f"{label}: {safe(told)}")}
        for label, told in report.asides
        if label == "not tested"
    ]
    invocation: dict[str, Any] = {"executionSuccessful": not report.reason}
    if report.run.moment:
        invocation["startTimeUtc"] = report.run.moment.replace("+00:00", "Z")
        facts = {label.lower(): safe(text) for label, text in report.run.facts.items()}
        invocation["properties"] = facts
    return {**invocation, "toolExecutionNotifications": notes} if notes else invocation


def _rule(name: str, report: Report) -> dict[str, Any]:
    code, kind = CODES[name], kind_of(name)
    if report.tested:
        told = explain(name)
        full, mend, tag = f"{told.means} {told.matters}", told.mend, "receiver"
    else:
        means, todo = MEANINGS[kind]
        full, mend, tag = f"{code.title}: {means}", code.hint or todo, kind.value
    rule = {
        "id": name,
        "shortDescription": _message(code.title),
        "fullDescription": _message(full),
        "help": _message(mend),
        "defaultConfiguration": {"level": code.severity.value},
        "properties": {"tags": ["webhook", tag]},
    }
    # A rule has one page; where several callbacks break it, that of one would mislead.
    pages = [page for cause in report.causes if cause.code == name for page in cause.pages or [""]]
    page, *more = {link_in(page) for page in pages}
    return {**rule, "helpUri": page} if page and not more else rule


def _result(cause: Cause, sighting: Sighting, rule: int, report: Report) -> dict[str, Any]:
    finding = sighting.finding
    result: dict[str, Any] = {
        "ruleId": cause.code,
        "ruleIndex": rule,
        "level": cause.severity.value,
        "kind": "fail",
        "message": _message(". ".join(_sentences(cause, sighting))),
        "occurrenceCount": sighting.count,
        "partialFingerprints": {"hookproofFinding/v1": sighting.fingerprint},
        "properties": {
            "number": cause.number,
            "callback": finding.callback,
            "page": safe(finding.source),
        },
    }
    name = f"{finding.callback}{finding.where}"
    logical = [{"fullyQualifiedName": safe(name), "kind": "member"}] if name else []
    if isinstance(finding, ReceiverFinding):
        tested = report.tested.get(finding.callback)
        url = (tested.target if tested else "") or report.run.target
        target = quote(url, safe="/:?#[]@!$&'()*+,;=%~", errors="replace")
        result["locations"] = [_location(target, logical)]
        result["properties"] |= {
            "check": cause.check,
            "symptom": finding.symptom,
            "reproduce": sighting.recipe,
        }
        if finding.request:
            result["webRequest"] = _request(finding.request, target)
            result["webResponse"] = _response(finding)
    elif isinstance(finding, CaptureFinding):
        first, *more = sighting.places
        result["locations"] = [_place(first, logical)]
        more += [sighting.last] if sighting.last else []
        if more:
            result["relatedLocations"] = [
                {"id": number, **_place(place)} for number, place in enumerate(more, start=1)
            ]
    return result


def _sentences(cause: Cause, sighting: Sighting) -> Iterator[str]:
    where = f"{safe(sighting.callback)} {safe(sighting.finding.where)}".strip()
    messages = "; ".join(safe(message) for message in sighting.messages)
    yield f"{where}: {cause.title}: {messages}" if where else f"{cause.title}: {messages}"
    if sighting.count > 1:
        yield f"Seen {plural(sighting.count, 'time')}"
    if sighting.finding.hint:
        yield f"Next: {safe(sighting.finding.hint)}"


def _place(place: Place, logical: list[dict[str, str]] | None = None) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column}
    location = _location(artifact_uri(place.file), logical or [])
    if place.line:
        known = {name: value for name, value in region.items() if value}
        location["physicalLocation"]["region"] = known
    if place.record:
        location["message"] = _message(f"record {place.record:,}")
    return location


def _location(uri: str, logical: list[dict[str, str]]) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": uri}}}
    return {**location, "logicalLocations": logical} if logical else location


def _request(stored: StoredRequest, target: str) -> dict[str, Any]:
    """The request as it was sent, but for its signature."""
    return {
        "protocol": "HTTP",
        "version": "1.1",
        "method": "POST",
        "target": target,
        "headers": {name: safe(value) for name, value in stored.headers},
        "body": {"binary" if stored.base64 else "text": stored.body},
    }


def _response(finding: ReceiverFinding) -> dict[str, Any]:
    if finding.status is None:
        return {"noResponseReceived": True, "reasonPhrase": safe(finding.answer)}
    head, _, body = finding.answer.partition("\n\n")
    pairs = (line.partition(": ") for line in head.split("\n")[1:])
    return {
        "statusCode": finding.status,
        "headers": {safe(name): safe(value) for name, _, value in pairs},
        "body": {"text": body},
    }


def _message(text: str) -> dict[str, str]:
    """Text for people; a value in it that is written as a link must not become one."""
    return {"text": text.replace("](", "] (")}
