"""The findings of a page: what, where, and a masked example of each cause."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from hookproof.finding import CODES
from hookproof.report.groups import (
    MEANINGS,
    fingerprint,
    in_order,
    kind_of,
    last_place,
    places,
    spot,
    words,
)
from hookproof.report.html_page import fact, source_link
from hookproof.report.ink import plural
from hookproof.report.markup import NOTHING, Markup, element, lines, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hookproof.capture.tally import Group, Tally
    from hookproof.finding import Kind

# A browser must still open the page.
_MOST: Final = 500
_LABELS: Final = {
    "at": "Field",
    "what": "What",
    "expected": "Expected",
    "found": "Found",
    "page": "Documented at",
    "next": "What to do",
}


def findings(tally: Tally) -> Markup:
    """A part for each kind, in it an article for each group."""
    groups = in_order(tally)
    if not groups:
        return NOTHING
    left = len(groups) - _MOST
    more = element("p", text(f"{plural(left, 'more cause')}: the JSON report has them all."))
    parts = [_part(kind, of_kind) for kind, of_kind in groupby(groups[:_MOST], kind_of)]
    return element(
        "section",
        lines(element("h2", text("Findings")), *parts, more if left > 0 else NOTHING),
    )


def _part(kind: Kind, groups: Iterable[Group]) -> Markup:
    title = element("h3", text(f"{kind.value.capitalize()}: {MEANINGS[kind].means}"), id=kind.value)
    return lines(title, *map(_article, groups))


def _article(group: Group) -> Markup:
    finding = group.finding
    severity = finding.severity.value
    badge = element("span", text(severity), class_=f"badge {severity}")
    code = element("code", text(finding.code))
    times = element("span", text(plural(group.count, "time")), class_="times")
    head = element("h4", badge, code, text(f" {CODES[finding.code].title} "), times)
    facts = element("dl", lines(*_facts(group)))
    return element(
        "article",
        lines(head, facts, _example(group.example)),
        class_=severity,
        id=f"finding-{fingerprint(group)[:12]}",
    )


def _facts(group: Group) -> Iterator[Markup]:
    finding = group.finding
    yield fact("Callback", text(finding.callback or "(not recognised)"))
    for label, line in words(group):
        yield fact(_LABELS[label], source_link(line) if label == "page" else _value(label, line))
    seen = [element("code", text(spot(place))) for place in places(group)]
    yield fact("Seen at", Markup("<br>".join(seen)))
    if last := last_place(group):
        yield fact("Last seen at", element("code", text(spot(last))))


def _value(label: str, line: str) -> Markup:
    return element("code", text(line)) if label in {"at", "found"} else text(line)


def _example(example: str) -> Markup:
    if not example:
        return NOTHING
    summary = element("summary", text("Masked example: letters are x, digits are 0"))
    return element("details", summary, element("pre", element("code", text(example))))
