"""The report on captures as the model that all formats are written from."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from hookproof.findings import Kind
from hookproof.report.ink import plural
from hookproof.report.model import MEANINGS, Cause, Report, Run, Sighting, kind_of, spot
from hookproof.validation_run.summary import NOT_CHECKED, Place, group_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.validation_run.summary import Group, Tally


_ORDER: Final = list(Kind)
_UNCHECKED: Final = (
    "not checked; that takes a secret (--secret-env NAME or --secret-file FILE), "
    "and the headers or the URL where the signature is in one of them"
)


def captures_report(tally: Tally, *, run: Run | None = None) -> Report:
    """The model of what became of captures; `run` says how it came about."""
    causes = tuple(_cause(number, group) for number, group in enumerate(_in_order(tally), start=1))
    return Report(
        subject="captures",
        verdict=tally.verdict,
        reason=_reason(tally),
        beyond=f"not judged: {tally.unread:,}" if tally.unread else "",
        lead=_lead(tally),
        unit="capture",
        count=tally.captures,
        run=run or Run(),
        causes=causes,
        data=_data(tally),
        asides=tuple(_asides(tally)),
        captured=tally.callbacks,
    )


def count_kinds(tally: Tally) -> dict[Kind, int]:
    """How many findings of each kind, all of each group counted."""
    counts = dict.fromkeys(Kind, 0)
    for group in tally.groups.values():
        counts[kind_of(group.finding.code)] += group.count
    return counts


def failed_in(tally: Tally) -> int:
    """How many captures have an error."""
    return sum(counts.failed for counts in tally.callbacks.values())


def _in_order(tally: Tally) -> list[Group]:
    """The groups, the heaviest first, then by kind and number, else as they were first seen."""
    return sorted(
        tally.groups.values(),
        key=lambda group: (
            -group.finding.severity.weight,
            _ORDER.index(kind_of(group.finding.code)),
            -group.count,
        ),
    )


def _cause(number: int, group: Group) -> Cause:
    finding = group.finding
    kind = kind_of(finding.code)
    return Cause(
        number=number,
        severity=finding.severity,
        code=finding.code,
        wanted=finding.expected,
        got=finding.found,
        facts={"kind": f"{kind.value}: {MEANINGS[kind].means}"},
        sightings=(
            Sighting(
                finding=finding,
                fingerprint=sha256(json.dumps(group_key(finding)).encode()).hexdigest(),
                count=group.count,
                # The first one of all at least.
                places=tuple(group.places)
                or (Place(finding.file, 0, finding.line, finding.column),),
                last=group.last if group.count > len(group.places) else None,
                example=group.example,
            ),
        ),
    )


def _reason(tally: Tally) -> str:
    if tally.stopped:
        return f"stopped: {tally.stopped}"
    return "" if tally.captures else "nothing was read"


def _lead(tally: Tally) -> str:
    failed, captures = failed_in(tally), plural(tally.captures, "capture")
    if not tally.captures:
        return "No capture was read."
    if failed:
        return f"{failed:,} of {captures} {'has' if failed == 1 else 'have'} an error."
    if tally.stopped:
        return "No error was found, but not all captures were read."
    return "No capture has an error."


def _asides(tally: Tally) -> Iterator[tuple[str, str]]:
    for text, remark in tally.remarks.items():
        first = f"{remark.count:,} times, first at " if remark.count > 1 else ""
        yield "read", f"{text} ({first}{spot(remark.first)})"
    for kind, count in count_kinds(tally).items():
        if count:
            meaning = MEANINGS[kind]
            yield kind.value, f"{meaning.means}; {meaning.todo}"
    known = (counts for name, counts in tally.callbacks.items() if name)
    if unchecked := sum(counts.signatures[NOT_CHECKED] for counts in known):
        yield "next", f"{plural(unchecked, 'signature')} {_UNCHECKED}"


def _data(tally: Tally) -> dict[str, Any]:
    """What the JSON has of its own."""
    return {
        "stopped": tally.stopped,
        "kinds": {kind.value: count for kind, count in count_kinds(tally).items()},
        "callbacks": {
            name: {
                "captures": counts.captures,
                "failed": counts.failed,
                "signatures": dict(sorted(counts.signatures.items())),
            }
            for name, counts in sorted(tally.callbacks.items())
        },
        "unread": tally.unread,
        "remarks": [
            {"text": text, "count": remark.count, "first": asdict(remark.first)}
            for text, remark in tally.remarks.items()
        ],
    }
