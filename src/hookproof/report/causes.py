"""What every report says of a receiver test: its findings by cause, its totals, its coverage."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from hookproof.finding import Severity
from hookproof.report.ink import plural, safe

if TYPE_CHECKING:
    from hookproof.finding import ReceiverFinding
    from hookproof.receiver.report import ReceiverReport


_MOST_PAGES: Final = 1


def causes(report: ReceiverReport) -> list[list[ReceiverFinding]]:
    """Findings that say the same of several callbacks, together."""
    groups: dict[tuple[object, ...], list[ReceiverFinding]] = {}
    met: Counter[tuple[object, ...]] = Counter()
    for finding in report.findings:
        key = (finding.severity, finding.code, finding.check, finding.status, finding.hint)
        # Two places in one callback are two blocks, the same one elsewhere is not.
        met[(*key, finding.callback)] += 1
        groups.setdefault((*key, met[(*key, finding.callback)]), []).append(finding)
    return list(groups.values())


def where_of(group: list[ReceiverFinding]) -> str:
    """The places that a group names, each once; safe for a terminal."""
    return ", ".join(dict.fromkeys(safe(finding.where) for finding in group if finding.where))


def pages_of(group: list[ReceiverFinding]) -> str:
    """The pages of a group, the first one and how many more; safe for a terminal."""
    pages = list(dict.fromkeys(safe(finding.source) for finding in group if finding.source))
    more = [f"and {len(pages) - _MOST_PAGES} more"] if len(pages) > _MOST_PAGES else []
    return ", ".join([*pages[:_MOST_PAGES], *more])


def fingerprint(finding: ReceiverFinding) -> str:
    """What tells a finding from others over many runs: 64 hexadecimal digits."""
    key = (finding.callback, finding.check, finding.code, finding.status, finding.where)
    return sha256(json.dumps(key).encode()).hexdigest()


def totals(report: ReceiverReport) -> dict[str, int]:
    """How many findings of each severity, the heaviest first."""
    return {s.value: sum(f.severity is s for f in report.findings) for s in Severity}


def headline(report: ReceiverReport) -> str:
    """Requests, errors, warnings and notes in one line."""
    counts = (plural(count, name) for name, count in totals(report).items())
    return f"{plural(report.requests, 'request')}: {', '.join(counts)}"


def reason(report: ReceiverReport) -> str:
    """Why a run proves less than was asked for, empty where it does not; safe for a terminal."""
    if report.unreachable:
        return f"the target cannot be reached: {safe(report.unreachable)}"
    if report.incomplete:
        return f"ended early: {safe(report.incomplete)}"
    if report.verdict == "incomplete":
        return "a check had no evidence" if report.requests else "no request was sent"
    return ""


def coverage_line(report: ReceiverReport) -> str:
    """How much of the contract was exercised, in one line."""
    shares = report.coverage.items()
    return ", ".join(f"{share.seen:,} of {share.documented:,} {name}" for name, share in shares)
