"""The report of a receiver test as one page that stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.finding import Severity
from hookproof.receiver.checks import Check, State
from hookproof.report.causes import reason, totals
from hookproof.report.html_figures import coverage, latency
from hookproof.report.html_findings import findings
from hookproof.report.html_page import footer, heading, tile, whole_page
from hookproof.report.html_tables import table
from hookproof.report.ink import plural
from hookproof.report.markup import NOTHING, Markup, element, lines, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.receiver.report import CallbackResult, ReceiverReport

_ABOUT: Final = (
    "Each callback was sent as the vendor sends it, then odd, broken and forged, and the answers "
    "were held against what the vendor documents. An error breaks what is documented, a warning "
    "concerns what the documents leave open, a note is for information. Findings with one cause "
    "are told once."
)
_WORDS: Final = {
    State.PASS: "ok",
    State.FAIL: "FAIL",
    State.INCONCLUSIVE: "?",
    State.SKIPPED: "\N{EN DASH}",
}
_LEGEND: Final = (
    "? means that there was no evidence, \N{EN DASH} that there is nothing to test or that neither "
    "way is wrong. The genuine callback is the control: where it is not accepted, no refusal "
    "proves anything."
)


def test_as_html(report: ReceiverReport) -> str:
    """The report as a page, in ASCII; nothing that a receiver said becomes markup."""
    parts = lines(_matrix(report), findings(report), coverage(report), latency(report))
    body = lines(
        _header(report),
        element("main", parts),
        footer(f"Seed {report.seed}. Secrets and signatures are not shown."),
    )
    return whole_page(f"Receiver: {report.verdict}", body)


def _header(report: ReceiverReport) -> Markup:
    untested = (f"Not tested: {area} ({why})." for area, why in report.untested.items())
    return element(
        "header",
        lines(
            heading("A receiver against the contract", report.verdict),
            element("p", element("code", text(report.target))),
            element("p", text(_lead(report)), class_="lead"),
            *(element("p", text(line), class_="stopped") for line in untested),
            element("div", lines(*_tiles(report)), class_="tiles"),
            element("p", text(_ABOUT), class_="about"),
        ),
    )


def _lead(report: ReceiverReport) -> str:
    why = reason(report)
    if report.unreachable:
        return f"Nothing more was proved: {why}."
    more = f" Not everything was proved: {why}." if why else ""
    blamed = {f.callback for f in report.findings if f.severity is Severity.ERROR}
    if blamed:
        whole = plural(len(report.callbacks), "callback")
        return f"{len(blamed):,} of {whole} {_have(len(blamed))} an error.{more}"
    return f"No callback has an error.{more}"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _tiles(report: ReceiverReport) -> Iterator[Markup]:
    yield tile(len(report.callbacks), "callbacks")
    yield tile(report.requests, "requests")
    for severity, count in totals(report).items():
        yield tile(count, f"{severity}s", shade=severity if count else "")


def _matrix(report: ReceiverReport) -> Markup:
    if not report.callbacks:
        return NOTHING
    heads = ["Callback", "Genuine callback", *(check.replace("_", " ") for check in Check)]
    rows = [_row(name, result) for name, result in report.callbacks.items()]
    return element(
        "section",
        lines(
            element("h2", text("Callbacks and checks")),
            element("p", text(_LEGEND), class_="about"),
            element("div", table(heads, rows), class_="matrix"),
        ),
    )


def _row(name: str, result: CallbackResult) -> list[Markup]:
    control = result.control.value if result.control else "not sent"
    return [text(name), text(control), *(_cell(result.checks[check]) for check in Check)]


def _cell(state: State) -> Markup:
    return element("span", text(_WORDS[state]), class_=f"state {state.value}")
