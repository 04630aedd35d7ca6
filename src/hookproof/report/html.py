"""The report on captures as one page that stands alone: no script, no network, both colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.report.groups import MEANINGS, count_kinds, totals_of
from hookproof.report.html_charts import charts
from hookproof.report.html_groups import findings
from hookproof.report.html_page import footer, heading, tile, whole_page
from hookproof.report.html_tables import table
from hookproof.report.ink import plural
from hookproof.report.markup import NOTHING, Markup, element, lines, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.capture.tally import CallbackTally, Tally

_VERDICTS: Final = {
    "pass": "No capture has an error.",
    "fail": "{failed:,} of {captures} {have} an error.",
    "incomplete": "No error was found, but not all captures were read.",
}
_ABOUT: Final = (
    "A capture is one recorded request with which a vendor's server called yours. Each was held "
    "against the contract: what the vendor documents about its callbacks. An error breaks what is "
    "documented, a warning concerns what the documents leave open, a note is for information. "
    "Findings with one cause are told once, with their number."
)


def captures_as_html(tally: Tally) -> str:
    """The report on captures as a page, in ASCII; nothing that was captured becomes markup."""
    body = lines(
        _header(tally),
        element("main", lines(_kinds(tally), charts(tally), _callbacks(tally), findings(tally))),
        footer("Times are UTC."),
    )
    return whole_page(f"Captures: {tally.verdict}", body)


def _header(tally: Tally) -> Markup:
    stopped = element("p", text(f"The run was stopped: {tally.stopped}."), class_="stopped")
    return element(
        "header",
        lines(
            heading("Captures against the contract", tally.verdict),
            element("p", text(_lead(tally)), class_="lead"),
            stopped if tally.stopped else NOTHING,
            element("div", lines(*_tiles(tally)), class_="tiles"),
            element("p", text(_ABOUT), class_="about"),
        ),
    )


def _lead(tally: Tally) -> str:
    if not tally.captures:
        return "No capture was read."
    failed = _failed(tally)
    return _VERDICTS[tally.verdict].format(
        failed=failed,
        captures=plural(tally.captures, "capture"),
        have="has" if failed == 1 else "have",
    )


def _failed(tally: Tally) -> int:
    return sum(counts.failed for counts in tally.callbacks.values())


def _tiles(tally: Tally) -> Iterator[Markup]:
    yield tile(tally.captures, "captures")
    yield tile(_failed(tally), "with an error")
    for severity, count in totals_of(tally).items():
        yield tile(count, f"{severity}s", shade=severity if count else "")


def _kinds(tally: Tally) -> Markup:
    rows = [
        [
            element("a", text(kind.value), href=f"#{kind.value}") if count else text(kind.value),
            text(count),
            text(f"It {_verb(kind.value)}{MEANINGS[kind].means}."),
            text(f"{MEANINGS[kind].todo[:1].upper()}{MEANINGS[kind].todo[1:]}."),
        ]
        for kind, count in count_kinds(tally).items()
    ]
    heads = ["Kind", "Findings", "What it means", "What to do"]
    return element(
        "section",
        lines(element("h2", text("What was found")), table(heads, rows, numbers={1})),
    )


def _verb(kind: str) -> str:
    return {"quirk": "shows ", "drift": "shows that "}.get(kind, "")


def _callbacks(tally: Tally) -> Markup:
    heads = ["Callback", "Captures", "With an error", "Share", "Signatures"]
    # What was not recognised comes last.
    order = sorted(tally.callbacks, key=lambda name: (not name, name))
    rows = [_callback(name, tally.callbacks[name]) for name in order]
    if not rows:
        return NOTHING
    return element(
        "section",
        lines(element("h2", text("Callbacks")), table(heads, rows, numbers={1, 2, 3})),
    )


def _callback(name: str, counts: CallbackTally) -> list[Markup]:
    signatures = ", ".join(
        f"{count:,} {state}" for state, count in sorted(counts.signatures.items())
    )
    return [
        text(name or "(not recognised)"),
        text(counts.captures),
        text(counts.failed),
        text(_share(counts)),
        text(signatures if name else ""),
    ]


def _share(counts: CallbackTally) -> str:
    share = counts.failed / counts.captures if counts.captures else 0
    return "under 0.01%" if 0 < share < 0.0001 else f"{share:.2%}"
