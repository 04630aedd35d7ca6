"""The figures of a receiver test on a page: coverage of the contract, and latency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.receiver.coverage import Aspect
from hookproof.report.html_tables import table
from hookproof.report.ink import plural
from hookproof.report.markup import NOTHING, Markup, element, lines, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.receiver.coverage import Coverage, Share
    from hookproof.receiver.report import ReceiverReport

_COVERED: Final = (
    "How much of what is documented was in requests that were rightly signed, keep the contract "
    "and were accepted. A value is one that a page lists, a shape one of several that a page shows."
)
_LATENCY: Final = "Milliseconds within which so many answers came, of those that came at all."
# Beyond this the page would be about nothing else.
_MOST: Final = 40


def coverage(report: ReceiverReport) -> Markup:
    """A row for each callback, one for all of them, and what was not exercised."""
    callbacks = report.callbacks
    if not callbacks:
        return NOTHING
    together = report.coverage
    heard = together.pop("callbacks")
    first = f"{heard.seen:,} of {plural(heard.documented, 'callback')}"
    rows = [[text(first), *map(_share, together.values())]]
    for name, result in callbacks.items():
        shares = (result.coverage.share(aspect) for aspect in Aspect)
        rows.append([text(name), *map(_share, shares)])
    heads = ["Callback", *(aspect.value.capitalize() for aspect in Aspect)]
    missed = [row for name, one in callbacks.items() for row in _missed(name, one.coverage)]
    return element(
        "section",
        lines(
            element("h2", text("Coverage of the contract")),
            element("p", text(_COVERED)),
            table(heads, rows),
            _not_exercised(missed) if missed else NOTHING,
        ),
    )


def latency(report: ReceiverReport) -> Markup:
    """A row for each callback that was answered, and one for all."""
    timed = {name: one.latency for name, one in report.callbacks.items() if one.latency}
    if not timed:
        return NOTHING
    rows = [
        [text(name), text(len(report.callbacks[name].latencies)), *_milliseconds(shares)]
        for name, shares in timed.items()
    ]
    if len(rows) > 1:
        count = sum(len(one.latencies) for one in report.callbacks.values())
        rows.insert(0, [text("all together"), text(count), *_milliseconds(report.latency)])
    heads = ["Callback", "Answers", "Half", "9 in 10", "99 in 100", "All"]
    return element(
        "section",
        lines(
            element("h2", text("Latency")),
            element("p", text(_LATENCY)),
            table(heads, rows, numbers=range(1, len(heads))),
        ),
    )


def _share(share: Share) -> Markup:
    if not share.documented:
        return text("\N{EN DASH}")
    bar = element("meter", text(""), value=share.seen, max=share.documented)
    return Markup(text(f"{share.seen:,} of {share.documented:,} ") + bar)


def _missed(name: str, covered: Coverage) -> Iterator[list[Markup]]:
    for aspect, missed in covered.missed.items():
        if missed:
            shown = [element("code", text(one)) for one in list(missed)[:_MOST]]
            left = len(missed) - _MOST
            more = [text(f"and {left:,} more")] if left > 0 else []
            yield [text(name), text(aspect.value), Markup("<br>".join([*shown, *more]))]


def _not_exercised(rows: list[list[Markup]]) -> Markup:
    summary = element("summary", text("What was not exercised"))
    return element("details", summary, table(["Callback", "What", "Which"], rows))


def _milliseconds(shares: dict[str, float]) -> list[Markup]:
    return [text(f"{seconds * 1000:,.1f}") for seconds in shares.values()]
