"""Reads findings back out of a JSON report."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from hookproof.errors import UsageError
from hookproof.findings import ReceiverFinding, Severity, Variant
from hookproof.findings.stored import StoredRequest

if TYPE_CHECKING:
    from collections.abc import Collection

# Seconds, where a report does not tell of its options.
_TIMEOUT = 5.0
_NAMES = frozenset(field.name for field in fields(ReceiverFinding))


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a report says that is needed to try its findings again; findings count from 1.

    `targets` has the URL of each callback, where the report says so; `timeout` is that of the run
    in seconds, by which lateness was told. `causes` is the number of each finding's cause, by
    which a person calls it.
    """

    target: str
    targets: dict[str, str]
    timeout: float
    findings: dict[int, ReceiverFinding]
    causes: dict[int, int]


def recall(text: str, *, name: str) -> Recalled:
    """Read a report; raises UsageError, which calls it by its name, where it is none."""
    try:
        report: dict[str, Any] = json.loads(text)
        found = {n: _finding(one) for n, one in enumerate(report["findings"], start=1)}
        told = {name: one.get("target") for name, one in report.get("callbacks", {}).items()}
        targets = {name: str(url) for name, url in told.items() if url}
        # A report of an earlier version knows no causes.
        causes = {n: int(one.get("number", n)) for n, one in enumerate(report["findings"], 1)}
        options = report.get("run", {}).get("options", {})
        timeout = float(options.get("timeout", _TIMEOUT))
        return Recalled(str(report["target"]), targets, timeout, found, causes)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"{name} is no report of a receiver test ({type(error).__name__})",
            hint="replay takes what `hookproof test --report json=PATH` has written",
        ) from error


def choose(
    recalled: Recalled, chosen: str | None, *, callbacks: Collection[str] = ()
) -> dict[int, ReceiverFinding]:
    """The findings of a cause's number or of a code, or all with a request; of some callbacks only.

    Raises UsageError where there are none of that number or code.
    """
    every = recalled.findings
    found = {n: one for n, one in every.items() if not callbacks or one.callback in callbacks}
    if callbacks and not found:
        known = ", ".join(sorted({ascii(one.callback) for one in every.values()}))
        raise UsageError(
            "the report has no finding of a callback that was asked for",
            hint=f"its findings are of {known}" if known else "it has none",
        )
    if chosen is None:
        # A note on the vendor has no request; asked for by its number it is told so.
        return {n: one for n, one in found.items() if one.request is not None}
    if chosen.isascii() and chosen.isdigit():
        found = {n: one for n, one in found.items() if recalled.causes[n] == int(chosen)}
    else:
        found = {n: one for n, one in found.items() if one.code == chosen.upper()}
    if not found:
        have = max(recalled.causes.values(), default=0)
        known = ", ".join(sorted({one.code for one in recalled.findings.values()}))
        raise UsageError(
            f"the report has no finding {chosen!a}",
            hint=f"its findings are 1 to {have}, of the codes {known}" if have else "it has none",
        )
    return found


def _finding(value: dict[str, Any]) -> ReceiverFinding:
    known = {name: part for name, part in value.items() if name in _NAMES}
    stored = known.pop("request", None)
    known["severity"] = Severity(known["severity"])
    known["variants"] = tuple(Variant(**one) for one in known.get("variants", ()))
    request = None if stored is None else StoredRequest.from_json(stored)
    return ReceiverFinding(**known, request=request)
