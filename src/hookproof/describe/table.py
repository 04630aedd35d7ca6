"""The table of sources: each callback with its page and date, what is certain and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.describe.wording import discriminator_words, request_words
from hookproof.report.ink import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.contract import Callback, Contract
    from hookproof.contract.model import Edition, Example, OpenQuestion, Quirk, RequestField, Source

_HEAD: Final = """\
<!-- Generated from schemas/ and openapi/ by `make generate`. Do not edit by hand. -->

# Where every fact comes from

{callbacks} in {areas}, with {quirks} and {questions}.

- **Sample**: whether the first example is printed on the page, and what was made real in it.
- **Contradictions**: where a page contradicts itself or another one. Both readings are accepted,
  and the one that differs from the table of the page is reported as a warning.
- **Undocumented**: what no version of the page says.
- **Sent besides**: headers and query parameters that each request has beside body and signature.
- **Same event**, **Order**: what redeliveries of an event have in common, and what tells an earlier
  event from a later one, with the page that says so. Inferred: no page does; it follows from names,
  types and samples. So do the bounds of fields that `hookproof show` calls inferred.
- **Open questions**: what cannot be told from any page. All else is as the page has it.
"""
_COLUMNS: Final = (
    "Callback",
    "Told by",
    "Page",
    "Date",
    "Sample",
    "Contradictions",
    "Undocumented",
    "Open questions",
)


def render_table(contract: Contract) -> str:
    """The callbacks of a contract as Markdown: a table for each area, and what stands behind it."""
    by_area = {area: list(contract.callbacks(area).values()) for area in contract.areas}
    every = [callback for members in by_area.values() for callback in members]
    head = _HEAD.format(
        callbacks=plural(len(every), "callback"),
        areas=plural(len(by_area), "area"),
        quirks=plural(sum(len(one.quirks) for one in every), "contradiction"),
        questions=plural(sum(len(one.questions) for one in every), "open question"),
    )
    sections = [section for area, members in by_area.items() for section in _area(area, members)]
    return "\n".join([head, *sections])


def _area(area: str, callbacks: Sequence[Callback]) -> Iterator[str]:
    yield f"## `{area}`\n"
    yield _row(_COLUMNS)
    yield _row(["---"] * len(_COLUMNS))
    for callback in callbacks:
        yield _row(_cells(callback))
    yield ""
    for callback in callbacks:
        details = [
            *_identity(callback),
            *map(_sent, callback.request_fields),
            *map(_quirk, callback.quirks),
            *map(_edition, callback.editions),
            *map(_question, callback.questions),
        ]
        pages = [_page(source) for source in callback.sources[1:]]
        if pages:
            details.append(f"- Other pages: {', '.join(pages)}.")
        if details:
            yield "\n".join([f"### `{callback.path}`\n", *details, ""])


def _cells(callback: Callback) -> list[str]:
    return [
        f"`{callback.event}`",
        f"`{discriminator_words(callback.discriminator)}`",
        f"[{_text(callback.source.title or 'page')}]({callback.source.page})",
        callback.source.date,
        _sample(callback.examples[0]),
        str(len(callback.quirks) or ""),
        ", ".join(_undocumented(callback)),
        str(len(callback.questions) or ""),
    ]


def _sample(example: Example) -> str:
    if example.origin != "page":
        return "none; made after the table"
    return (
        f"printed, {plural(len(example.mended), 'value')} made real"
        if example.mended
        else "printed"
    )


def _undocumented(callback: Callback) -> Iterator[str]:
    """What is written nowhere, in no version of the page."""
    deliveries = callback.deliveries
    if not any(one.success.documented for one in deliveries):
        yield "answer"
    if all(one.timeout is None for one in deliveries):
        yield "timeout"
    if all(one.retry_after is None for one in deliveries):
        yield "retries"
    if callback.signature.is_ambiguous:
        yield "form of the signature"


def _identity(callback: Callback) -> Iterator[str]:
    for label, pointers, word in (
        ("Same event", callback.dedupe_key, "x-dedupe-key"),
        ("Order", callback.ordering, "x-ordering"),
    ):
        source = callback.basis.get(word)
        inferred = " (inferred)" if word in callback.basis else ""
        told = ", ".join(f"`{pointer}`" for pointer in pointers)
        if told:
            yield f"- **{label}**: {told}{f' ({_page(source)})' if source else inferred}."


def _sent(field: RequestField) -> str:
    return f"- **Sent besides**: {_text(request_words(field))} ({_page(field.source)})."


def _edition(edition: Edition) -> str:
    return f"- **Older edition** `{edition.id}`: {_text(edition.says)} ({_page(edition.source)})."


def _quirk(quirk: Quirk) -> str:
    where = f" at `{quirk.where}`" if quirk.where else ""
    readings = f"{_text(quirk.says)}; {_text(quirk.shows)}"
    return f"- **Contradiction** `{quirk.id}`{where}: {readings} ({_page(quirk.source)})."


def _question(question: OpenQuestion) -> str:
    where = f" at `{question.where}`" if question.where else ""
    return f"- **Open**{where}: {_text(question.question)} ({_page(question.source)})"


def _page(source: Source) -> str:
    return f"[{source.date}]({source.page})"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _text(text: str) -> str:
    """A text in which nothing is taken for Markdown or HTML."""
    for mark in "\\`*_[]<":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
