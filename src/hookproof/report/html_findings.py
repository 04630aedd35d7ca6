"""The findings of a receiver test on a page: what, where, and the request with its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.finding import CODES
from hookproof.finding.explanation import explain
from hookproof.report.causes import causes, fingerprint, where_of
from hookproof.report.html_page import fact, source_link
from hookproof.report.ink import plural
from hookproof.report.markup import NOTHING, Markup, element, lines, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.finding import ReceiverFinding
    from hookproof.finding.stored import StoredRequest
    from hookproof.receiver.report import ReceiverReport

    Cause = list[ReceiverFinding]

# A browser must still open the page.
_MOST: Final = 500
_MOST_REQUESTS: Final = 10
_MOST_CHARACTERS: Final = 4000
_MOST_PAGES: Final = 5


def findings(report: ReceiverReport) -> Markup:
    """An article for each cause, the heaviest first."""
    found = causes(report)
    if not found:
        return NOTHING
    left = len(found) - _MOST
    more = element("p", text(f"{plural(left, 'more cause')}: the JSON report has them all."))
    return element(
        "section",
        lines(
            element("h2", text("Findings")),
            *map(_article, found[:_MOST]),
            more if left > 0 else NOTHING,
        ),
    )


def _article(cause: Cause) -> Markup:
    shown = cause[0]
    severity = shown.severity.value
    badge = element("span", text(severity), class_=f"badge {severity}")
    times = element("span", text(plural(sum(f.count for f in cause), "time")), class_="times")
    title = text(f" {CODES[shown.code].title} ")
    head = element("h3", badge, element("code", text(shown.code)), title, times)
    return element(
        "article",
        lines(head, element("dl", lines(*_facts(cause))), *_requests(cause), _explained(shown)),
        class_=severity,
        id=f"finding-{fingerprint(shown)[:12]}",
    )


def _facts(cause: Cause) -> Iterator[Markup]:
    shown = cause[0]
    names = dict.fromkeys(finding.callback for finding in cause)
    yield fact("Callback" if len(names) == 1 else "Callbacks", text(", ".join(names)))
    yield fact("Check", text(shown.check.replace("_", " ")))
    if shown.symptom:
        yield fact("Symptom", text(shown.symptom))
    if where_of(cause):
        yield fact("Field", element("code", text(where_of(cause))))
    yield fact("What", text(shown.message))
    pages = list(dict.fromkeys(finding.source for finding in cause if finding.source))
    if pages:
        links = [source_link(page) for page in pages[:_MOST_PAGES]]
        left = len(pages) - _MOST_PAGES
        more = [text(f"and {plural(left, 'more page')}")] if left > 0 else []
        yield fact("Documented at", Markup("<br>".join([*links, *more])))
    if shown.hint:
        yield fact("What to do", text(shown.hint))


def _requests(cause: Cause) -> Iterator[Markup]:
    """The request and the answer of each finding, and how to send it again."""
    told = [finding for finding in cause if finding.request]
    shown = [
        _details(f"Request and answer: {finding.callback}", *_exchange(finding))
        for finding in told[:_MOST_REQUESTS]
    ]
    yield from shown[:1]
    left = len(told) - len(shown)
    more = element("p", text(f"{plural(left, 'more request')}: the JSON report has them all."))
    if shown[1:]:
        yield _details("The same elsewhere", *shown[1:], more if left else NOTHING)


def _exchange(finding: ReceiverFinding) -> Iterator[Markup]:
    if finding.request:
        yield _block("Sent", _as_sent(finding.request))
    yield _block("Answered", finding.answer or "nothing")
    if finding.reproduce:
        yield _block("Send it again, with the secret in HOOKPROOF_SECRET", finding.reproduce)


def _as_sent(stored: StoredRequest) -> str:
    """Headers and body; of the signature there is a mark."""
    query = f"?{stored.query}" if stored.query else ""
    headers = "\n".join(f"{name}: {value}" for name, value in stored.headers)
    coded = "(the body is written as Base64)\n" if stored.base64 else ""
    body = stored.body
    left = len(body) - _MOST_CHARACTERS
    more = f"... and {left:,} characters more" if left > 0 else ""
    return f"POST {query}\n{headers}\n\n{coded}{body[:_MOST_CHARACTERS]}{more}"


def _explained(finding: ReceiverFinding) -> Markup:
    told = explain(finding.code)
    parts = (element("p", text(part)) for part in (told.means, told.matters, told.mend))
    return _details(f"What {finding.code} means", *parts)


def _block(label: str, content: str) -> Markup:
    return lines(
        element("p", text(label), class_="about"),
        element("pre", element("code", text(content))),
    )


def _details(summary: str, *content: Markup) -> Markup:
    return element("details", element("summary", text(summary)), *content)
