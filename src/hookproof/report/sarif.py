"""Reports as SARIF 2.1.0, which code hosts and editors show beside the files."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hookproof import __version__
from hookproof.finding import CODES
from hookproof.report.groups import MEANINGS, fingerprint, in_order, last_place, places
from hookproof.report.ink import plural, safe
from hookproof.report.page_link import link_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hookproof.capture.tally import Group, Place, Tally

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def captures_as_sarif(tally: Tally) -> str:
    """The report on captures, in ASCII: a result for each group, a rule for each code."""
    groups = in_order(tally)
    rules = _rules(groups)
    indices = {rule["id"]: index for index, rule in enumerate(rules)}
    invocation: dict[str, Any] = {"executionSuccessful": not tally.stopped}
    if tally.stopped:
        why = {"level": "error", "message": message(f"stopped: {safe(tally.stopped)}")}
        invocation["toolExecutionNotifications"] = [why]
    results = [_result(group, indices[group.finding.code]) for group in groups]
    return as_sarif(results, rules=rules, invocation=invocation)


def as_sarif(
    results: list[dict[str, Any]], *, rules: list[dict[str, Any]], invocation: dict[str, Any]
) -> str:
    """Results and their rules as a log of one run."""
    driver = {"name": "hookproof", "semanticVersion": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
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


def _rules(groups: list[Group]) -> list[dict[str, Any]]:
    links: dict[str, set[str]] = {}
    for group in groups:
        links.setdefault(group.finding.code, set()).add(link_in(group.finding.source))
    return [_rule(code, links[code]) for code in sorted(links)]


def _rule(name: str, links: set[str]) -> dict[str, Any]:
    code = CODES[name]
    means, todo = MEANINGS[code.kind]
    rule = {
        "id": name,
        "shortDescription": message(code.title),
        "fullDescription": message(f"{code.title}: {means}"),
        "help": message(code.hint or todo),
        "defaultConfiguration": {"level": code.severity.value},
        "properties": {"tags": ["webhook", code.kind.value]},
    }
    # A rule has one page; where several callbacks break it, that of one would mislead.
    page, *more = links
    return {**rule, "helpUri": page} if page and not more else rule


def _result(group: Group, rule: int) -> dict[str, Any]:
    finding = group.finding
    first, *more = places(group)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "kind": "fail",
        "message": message(". ".join(_sentences(group))),
        "locations": [_location(first, _name(group))],
        "occurrenceCount": group.count,
        "partialFingerprints": {"hookproofGroup/v1": fingerprint(group)},
        "properties": {"callback": finding.callback, "page": finding.source},
    }
    if last := last_place(group):
        more.append(last)
    if more:
        result["relatedLocations"] = [
            {"id": number, **_location(place)} for number, place in enumerate(more, start=1)
        ]
    return result


def _sentences(group: Group) -> Iterator[str]:
    finding = group.finding
    where = f"{safe(finding.callback)} {safe(finding.where)}".strip()
    yield f"{where}: {safe(finding.message)}" if where else safe(finding.message)
    if group.count > 1:
        yield f"Seen {plural(group.count, 'time')}"
    if finding.hint:
        yield f"Next: {safe(finding.hint)}"


def _name(group: Group) -> Iterable[dict[str, str]]:
    """Where in the payload it is."""
    finding = group.finding
    name = f"{finding.callback}{finding.where}"
    return [{"fullyQualifiedName": safe(name), "kind": "member"}] if name else []


def _location(place: Place, logical: Iterable[dict[str, str]] = ()) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": artifact_uri(place.file)}}
    if place.line:
        physical["region"] = {"startLine": place.line}
        if place.column:
            physical["region"]["startColumn"] = place.column
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.record:
        location["message"] = message(f"record {place.record:,}")
    if logical:
        location["logicalLocations"] = list(logical)
    return location


def message(text: str) -> dict[str, str]:
    """Text for people; a value in it that is written as a link must not become one."""
    return {"text": text.replace("](", "] (")}
