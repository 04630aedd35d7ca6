"""What every report says of the groups of a tally: their order, kind, places and identity."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.capture.tally import Place, group_key
from hookproof.finding import CODES, Kind, Severity
from hookproof.report.ink import plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.capture.tally import Group, Tally


class Meaning(NamedTuple):
    """What a kind of finding means, and what to do about it."""

    means: str
    todo: str


MEANINGS: Final = {
    Kind.INVALID: Meaning(
        "breaks the contract",
        "find out who is wrong: the sender, what stood between, or the contract",
    ),
    Kind.SIGNATURE: Meaning(
        "may not come from the vendor",
        "rule out a wrong secret first; what remains must not be acted upon",
    ),
    Kind.UNREAD: Meaning(
        "was not judged, so nobody is to blame",
        "do what stands behind next, and run again",
    ),
    Kind.DRIFT: Meaning(
        "the vendor moved on",
        "look at the vendor's page, then bring contract and receiver up to date",
    ),
    Kind.QUIRK: Meaning(
        "a known contradiction of the vendor's page",
        "nothing is broken; make sure that your receiver takes both readings",
    ),
}
_ORDER: Final = list(Kind)


def kind_of(group: Group) -> Kind:
    """The kind of a group's findings."""
    return CODES[group.finding.code].kind


def in_order(tally: Tally) -> list[Group]:
    """The groups by kind, the heaviest and most frequent first, else as they were first seen."""
    return sorted(
        tally.groups.values(),
        key=lambda group: (
            _ORDER.index(kind_of(group)),
            -group.finding.severity.weight,
            -group.count,
        ),
    )


def count_kinds(tally: Tally) -> dict[Kind, int]:
    """How many findings of each kind, all of each group counted."""
    counts = dict.fromkeys(Kind, 0)
    for group in tally.groups.values():
        counts[kind_of(group)] += group.count
    return counts


def fingerprint(group: Group) -> str:
    """What tells a group from others over many runs: 64 hexadecimal digits."""
    return sha256(json.dumps(group_key(group.finding)).encode()).hexdigest()


def places(group: Group) -> list[Place]:
    """The places that were kept, the first one of all at least."""
    finding = group.finding
    return group.places or [Place(finding.file, 0, finding.line, finding.column)]


def last_place(group: Group) -> Place | None:
    """The last place, None where it is among those that were kept."""
    return group.last if group.count > len(group.places) else None


def spot(place: Place) -> str:
    """`file:line:column (record 3)`, as far as those are known; safe for a terminal."""
    where = f":{place.line}:{place.column}" if place.line else ""
    record = f" (record {place.record:,})" if place.record else ""
    return f"{safe(place.file)}{where}{record}"


def words(group: Group) -> list[tuple[str, str]]:
    """What a group says, row by row: a short label and one line, safe for a terminal."""
    return [(label, line) for label, line in (*_facts(group), *_advice(group)) if line]


def words_and_places(group: Group) -> list[tuple[str, str]]:
    """The same with further places, before what is to be done."""
    last = last_place(group)
    seen = [("also", spot(place)) for place in places(group)[1:]]
    seen += [("last", spot(last))] if last else []
    rows = (*_facts(group), *seen, *_advice(group))
    return [(label, line) for label, line in rows if line]


def _facts(group: Group) -> Iterator[tuple[str, str]]:
    finding = group.finding
    yield "at", safe(finding.where)
    yield "what", "" if finding.expected else safe(finding.message)
    yield "expected", safe(finding.expected)
    yield "found", safe(finding.found)


def _advice(group: Group) -> Iterator[tuple[str, str]]:
    finding = group.finding
    yield "page", safe(finding.source)
    yield "next", safe(finding.hint)


def headline(tally: Tally) -> str:
    """The totals in one line: captures, errors, warnings, notes; and why it was stopped."""
    totals = ", ".join(plural(count, name) for name, count in totals_of(tally).items())
    totals += f"; not judged: {tally.unread:,}" if tally.unread else ""
    why = f"; stopped: {safe(tally.stopped)}" if tally.stopped else ""
    why = why or ("" if tally.captures else "; nothing was read")
    return f"{plural(tally.captures, 'capture')}: {totals}{why}"


def totals_of(tally: Tally) -> dict[str, int]:
    """How many findings of each severity, the heaviest first."""
    return {severity.value: tally.count(severity) for severity in Severity}
