"""The report of a receiver test as SARIF 2.1.0: each finding with its request and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from hookproof.finding import CODES
from hookproof.finding.explanation import explain
from hookproof.report.causes import fingerprint, reason
from hookproof.report.ink import plural, safe
from hookproof.report.page_link import link_in
from hookproof.report.sarif import as_sarif, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.finding import ReceiverFinding
    from hookproof.finding.stored import StoredRequest
    from hookproof.receiver.report import ReceiverReport


def test_as_sarif(report: ReceiverReport) -> str:
    """The report in ASCII: a result for each finding, a rule for each code."""
    codes = sorted({finding.code for finding in report.findings})
    indices = {code: index for index, code in enumerate(codes)}
    return as_sarif(
        [
            _result(finding, indices[finding.code], _target(finding, report))
            for finding in report.findings
        ],
        rules=[_rule(code, report) for code in codes],
        invocation=_invocation(report),
    )


def _target(finding: ReceiverFinding, report: ReceiverReport) -> str:
    result = report.callbacks.get(finding.callback)
    url = result.target if result and result.target else report.target
    return quote(url, safe="/:?#[]@!$&'()*+,;=%~")


def _invocation(report: ReceiverReport) -> dict[str, Any]:
    why = reason(report)
    told = [f"not tested: {area} ({safe(cause)})" for area, cause in report.untested.items()]
    notes = [{"level": "error", "message": message(why)}] if why else []
    notes += [{"level": "note", "message": message(line)} for line in told]
    invocation: dict[str, Any] = {"executionSuccessful": not why}
    return {**invocation, "toolExecutionNotifications": notes} if notes else invocation


def _rule(name: str, report: ReceiverReport) -> dict[str, Any]:
    code, told = CODES[name], explain(name)
    links = {link_in(finding.source) for finding in report.findings if finding.code == name}
    rule = {
        "id": name,
        "shortDescription": message(code.title),
        "fullDescription": message(f"{told.means} {told.matters}"),
        "help": message(told.mend),
        "defaultConfiguration": {"level": code.severity.value},
        "properties": {"tags": ["webhook", "receiver"]},
    }
    # A rule has one page; where several callbacks break it, that of one would mislead.
    page, *more = links
    return {**rule, "helpUri": page} if page and not more else rule


def _result(finding: ReceiverFinding, rule: int, target: str) -> dict[str, Any]:
    name = {"fullyQualifiedName": safe(finding.callback + finding.where), "kind": "member"}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "kind": "fail",
        "message": message(". ".join(_sentences(finding))),
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": target}},
                "logicalLocations": [name],
            }
        ],
        "occurrenceCount": finding.count,
        "partialFingerprints": {"hookproofFinding/v1": fingerprint(finding)},
        "properties": {
            "callback": finding.callback,
            "check": finding.check,
            "symptom": finding.symptom,
            "page": safe(finding.source),
            "reproduce": finding.reproduce,
        },
    }
    if finding.request:
        result["webRequest"] = _request(finding.request, target)
        result["webResponse"] = _response(finding)
    return result


def _sentences(finding: ReceiverFinding) -> Iterator[str]:
    where = f"{safe(finding.callback)} {safe(finding.where)}".strip()
    yield f"{where}: {CODES[finding.code].title}: {safe(finding.message)}"
    if finding.count > 1:
        yield f"Seen {plural(finding.count, 'time')}"
    if finding.hint:
        yield f"Next: {safe(finding.hint)}"


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
