"""The report on captures as a person reads it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from hookproof.capture.tally import NOT_CHECKED
from hookproof.finding import CODES
from hookproof.report.groups import (
    MEANINGS,
    count_kinds,
    headline,
    in_order,
    kind_of,
    places,
    spot,
    words_and_places,
)
from hookproof.report.ink import Ink, plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.capture.tally import Group, Remarked, Tally
    from hookproof.finding import Kind

_VERDICTS: Final = {
    "pass": ("PASS", "green"),
    "fail": ("FAIL", "red"),
    "incomplete": ("INCOMPLETE", "yellow"),
}
_UNCHECKED: Final = (
    "not checked; that takes a secret (--secret-env NAME or --secret-file FILE), "
    "and the headers or the URL where the signature is in one of them"
)


def render_captures(tally: Tally, *, ink: Ink | None = None) -> str:
    """The findings by kind, a line for each callback, the totals, and the verdict last."""
    ink = ink or Ink()
    lines: list[str] = []
    for kind, groups in groupby(in_order(tally), kind_of):
        lines += [_heading(kind, ink), ""]
        lines += [line for group in groups for line in _block(group, ink)]
    lines += [_remark(text, remark, ink) for text, remark in tally.remarks.items()]
    lines += [line for name in sorted(tally.callbacks) for line in _callback(tally, name, ink)]
    lines += [*_totals(tally), _verdict(tally, ink)]
    return "\n".join(lines) + "\n"


def _heading(kind: Kind, ink: Ink) -> str:
    means, todo = MEANINGS[kind]
    return f"{ink.paint(kind.value.upper(), 'bold')}  {means}; {todo}"


def _block(group: Group, ink: Ink) -> Iterator[str]:
    finding = group.finding
    callback = ink.paint(f"  {finding.callback}", "dim") if finding.callback else ""
    times = f", {group.count:,} times" if group.count > 1 else ""
    yield ink.paint(spot(places(group)[0]), "bold") + callback
    yield f"  {ink.severity(finding.severity)} {finding.code}  {CODES[finding.code].title}{times}"
    rows = words_and_places(group)
    yield from (f"          {label:<9} {line}" for label, line in rows)
    yield ""


def _remark(text: str, remark: Remarked, ink: Ink) -> str:
    times = f" ({remark.count:,} times, first at {spot(remark.first)})"
    at = times if remark.count > 1 else f" ({spot(remark.first)})"
    return f"{ink.paint('read', 'dim')}  {safe(text)}{ink.paint(at, 'dim')}"


def _callback(tally: Tally, name: str, ink: Ink) -> Iterator[str]:
    counts = tally.callbacks[name]
    failed = ink.paint(f"{counts.failed:,} failed", "red") if counts.failed else "all valid"
    states = ", ".join(f"{count:,} {state}" for state, count in sorted(counts.signatures.items()))
    signatures = f"; signatures: {states}" if states and name else ""
    shown = safe(name) or "(not recognised)"
    yield f"{shown:<28} {plural(counts.captures, 'capture')}, {failed}{signatures}"


def _totals(tally: Tally) -> Iterator[str]:
    if tally.groups:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in count_kinds(tally).items())
        yield f"{plural(len(tally.groups), 'cause')}: {kinds}"
    known = (counts for name, counts in tally.callbacks.items() if name)
    if unchecked := sum(counts.signatures[NOT_CHECKED] for counts in known):
        yield f"next: {plural(unchecked, 'signature')} {_UNCHECKED}"


def _verdict(tally: Tally, ink: Ink) -> str:
    word, colour = _VERDICTS[tally.verdict]
    return f"{ink.paint(word, colour, 'bold')}  {headline(tally)}"
