"""The report on captures as JSON, in the shape that a schema in this package describes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hookproof.report.as_json import dump
from hookproof.report.groups import count_kinds, in_order, kind_of, places, totals_of

if TYPE_CHECKING:
    from hookproof.capture.tally import Group, Tally


def captures_as_json(tally: Tally) -> dict[str, Any]:
    """The report on captures; its shape is `schemas/validate.json`."""
    return {
        "verdict": tally.verdict,
        "stopped": tally.stopped,
        "totals": {"captures": tally.captures, **totals_of(tally)},
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
        "findings": [_group_as_json(group) for group in in_order(tally)],
    }


def captures_as_json_text(tally: Tally) -> str:
    """The same as text."""
    return dump(captures_as_json(tally))


def _group_as_json(group: Group) -> dict[str, Any]:
    return {
        **asdict(group.finding),
        "kind": kind_of(group).value,
        "count": group.count,
        "places": [asdict(place) for place in places(group)],
        "last": asdict(group.last),
    }
