"""What became of many captures: counts, and findings grouped by their cause.

A tally is made for each part of a run and merged in order, so the outcome is the same for
any number of processes, and a part that was done need not be done again.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hookproof.findings import CODES, CaptureFinding, Severity

if TYPE_CHECKING:
    from collections.abc import Hashable

NOT_CHECKED = "not checked"
# Of a vendor that signs nothing.
NOT_SIGNED = "not signed"
# The bucket of captures that carry no moment.
TIMELESS = -1
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding was seen; line and column are 0 where they mean nothing."""

    file: str
    record: int = 0
    line: int = 0
    column: int = 0

    def shifted(self, records: int, lines: int) -> Place:
        """The same place in a file of which this part is not the beginning."""
        return replace(self, record=self.record + records, line=self.line + lines)


@dataclass(slots=True)
class Group:
    """Findings with one cause: the first one whole, how many, the first places and the last.

    `example` is the body of the first one, masked; "" where none was kept. `pending` is the
    body of the last one as long as its exact place was not worked out.
    """

    finding: CaptureFinding
    count: int
    places: list[Place]
    last: Place
    example: str = ""
    pending: bytes = b""


@dataclass(slots=True)
class Remarked:
    """What readers remarked in the same words: how often, and where first."""

    count: int
    first: Place


@dataclass(slots=True)
class CallbackTally:
    """Counts of one callback's captures: all, those with an error, signatures by state.

    `hours` counts all and failed ones by the hour in which they were received.
    """

    captures: int = 0
    failed: int = 0
    signatures: Counter[str] = field(default_factory=Counter)
    hours: dict[int, list[int]] = field(default_factory=dict)

    def count(self, *, failed: bool, signature: str, moment: float | None) -> None:
        """Count a capture; `moment` is in Unix seconds."""
        self.captures += 1
        self.failed += failed
        self.signatures[signature] += 1
        hour = TIMELESS if moment is None else int(moment // _HOUR)
        bucket = self.hours.setdefault(hour, [0, 0])
        bucket[0] += 1
        bucket[1] += failed

    def count_clean(self, count: int, *, signature: str) -> None:
        """Count many captures without an error and without a moment."""
        self.captures += count
        self.signatures[signature] += count
        self.hours.setdefault(TIMELESS, [0, 0])[0] += count


@dataclass(slots=True)
class Tally:
    """The outcome of some captures. Those that were not recognised stand under ""."""

    examples: int = 5
    callbacks: dict[str, CallbackTally] = field(default_factory=dict)
    groups: dict[Hashable, Group] = field(default_factory=dict)
    # What was passed over, and how captures were got at, by the words for it.
    remarks: dict[str, Remarked] = field(default_factory=dict)
    records: int = 0
    lines: int = 0
    stopped: str = ""

    def remark(self, text: str, place: Place, count: int = 1) -> None:
        """Count what is to be told once and is no finding."""
        known = self.remarks.get(text)
        if known is None:
            self.remarks[text] = Remarked(count, place)
        else:
            known.count += count

    def of(self, callback: str) -> CallbackTally:
        """The counts of a callback."""
        if callback not in self.callbacks:
            self.callbacks[callback] = CallbackTally()
        return self.callbacks[callback]

    def add(self, finding: CaptureFinding, *, record: int = 0) -> Group:
        """Count a finding where it belongs; gives its group."""
        place = Place(finding.file, record, finding.line, finding.column)
        key = group_key(finding)
        group = self.groups.get(key)
        if group is None:
            group = self.groups[key] = Group(finding, 1, [place], place)
            return group
        group.count += 1
        group.last, group.pending = place, b""
        if len(group.places) < self.examples:
            group.places.append(place)
        return group

    def merge(self, other: Tally, *, records: int = 0, lines: int = 0) -> None:
        """Take in the tally of the part that follows, which began after so many lines."""
        for name, theirs in other.callbacks.items():
            ours = self.of(name)
            ours.captures += theirs.captures
            ours.failed += theirs.failed
            ours.signatures += theirs.signatures
            for hour, (all_, failed) in theirs.hours.items():
                bucket = ours.hours.setdefault(hour, [0, 0])
                bucket[0] += all_
                bucket[1] += failed
        for key, group in other.groups.items():
            self._take(key, group, records, lines)
        for text, remark in other.remarks.items():
            self.remark(text, remark.first.shifted(records, lines), remark.count)
        self.records += other.records
        self.lines += other.lines

    def _take(self, key: Hashable, group: Group, records: int, lines: int) -> None:
        places = [place.shifted(records, lines) for place in group.places]
        last = group.last.shifted(records, lines)
        known = self.groups.get(key)
        if known is None:
            shown = places[0] if places else last
            finding = replace(group.finding, line=shown.line)
            self.groups[key] = replace(
                group, finding=finding, places=places[: self.examples], last=last
            )
            return
        known.count += group.count
        known.places += places[: self.examples - len(known.places)]
        known.last, known.pending = last, group.pending

    @property
    def told(self) -> frozenset[Hashable]:
        """The groups that have all the places they are to show."""
        return frozenset(key for key, g in self.groups.items() if len(g.places) >= self.examples)

    @property
    def captures(self) -> int:
        """How many captures there were, unreadable ones included."""
        return sum(tally.captures for tally in self.callbacks.values())

    @property
    def findings(self) -> list[CaptureFinding]:
        """One finding of each group, in the order in which they were first seen."""
        return [group.finding for group in self.groups.values()]

    @property
    def unread(self) -> int:
        """How many files, records and lines were not judged, as findings tell."""
        return sum(g.count for g in self.groups.values() if is_unjudged(g.finding.code))

    def count(self, severity: Severity) -> int:
        """How many findings have a severity, all of each group counted."""
        return sum(g.count for g in self.groups.values() if g.finding.severity is severity)

    @property
    def verdict(self) -> str:
        """`fail` where there is an error, `incomplete` where less was judged, else `pass`.

        That is a run that was stopped, and one that found nothing to judge.
        """
        if self.count(Severity.ERROR):
            return "fail"
        nothing = self.unread > 0 and not self.captures
        return "incomplete" if self.stopped or nothing else "pass"


def is_unjudged(code: str) -> bool:
    """Whether a finding tells of what was not judged, and of no fault of a capture."""
    return code in {"HP120", "HP121", "HP222"}


def group_key(finding: CaptureFinding) -> tuple[str, ...]:
    """What findings with one cause have in common; the items of a list are one place."""
    where = "/".join("*" if part.isdigit() else part for part in finding.where.split("/"))
    kind = CODES[finding.code].kind
    what = finding.expected or (finding.message if kind != "invalid" else "")
    return (finding.code, finding.callback, where, what)


def as_data(tally: Tally) -> dict[str, Any]:
    """A tally as plain JSON data, for the journal."""
    return {
        "callbacks": {
            name: {
                "captures": each.captures,
                "failed": each.failed,
                "signatures": dict(each.signatures),
                "hours": [[hour, *counts] for hour, counts in each.hours.items()],
            }
            for name, each in tally.callbacks.items()
        },
        "groups": [
            {
                "key": key,
                "finding": asdict(group.finding),
                "count": group.count,
                "places": [asdict(place) for place in group.places],
                "last": asdict(group.last),
                "example": group.example,
                "pending": b64encode(group.pending).decode(),
            }
            for key, group in tally.groups.items()
        ],
        "remarks": [
            [text, remark.count, asdict(remark.first)] for text, remark in tally.remarks.items()
        ],
        "records": tally.records,
        "lines": tally.lines,
    }
