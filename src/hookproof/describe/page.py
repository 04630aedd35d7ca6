"""Callbacks as text, for reading in a terminal: the list of all, and a page of one."""

from __future__ import annotations

import json
import textwrap
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from hookproof.describe.fields import fields_of
from hookproof.describe.wording import (
    delivery_words,
    discriminator_words,
    encoding_words,
    identity_words,
    order_words,
    request_words,
    sent_at_words,
    signature_words,
    source_words,
    told_by,
)
from hookproof.report.ink import plural, safe
from hookproof.signature.challenge import challenge_words, confirmation_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hookproof.contract import Callback
    from hookproof.contract.model import Listing, Source
    from hookproof.describe.fields import Field
    from hookproof.report.ink import Ink

_WIDTH: Final = 98
_LABEL: Final = 12
_STEP: Final = 4


def render_callback(callback: Callback, *, ink: Ink) -> str:
    """All that the contract knows of a callback; the example is its first one."""
    sections = {
        "": _head(callback),
        "Delivery": _deliveries(callback),
        "Fields (* always there)": _tree(fields_of(callback.schema), 0, ink),
        "Answer": _answer(callback, ink),
        "Contradictions in the pages": _quirks(callback),
        "Older editions": _editions(callback),
        "Open questions": _questions(callback),
        f"Example ({callback.examples[0].name})": _example(callback),
        "Pages": (_item(source_words(source)) for source in callback.sources),
    }
    apart = "  " if len(callback.path) + len(callback.title) < _WIDTH - 2 else "\n"
    lines = [ink.paint(callback.path, "bold") + apart + callback.title]
    for title, content in sections.items():
        body = list(content)
        if body:
            lines += ["", *([ink.paint(title, "bold")] if title else []), *body]
    return "\n".join(lines) + "\n"


def _head(callback: Callback) -> Iterator[str]:
    yield from _wrapped(callback.description, "", "")
    yield ""
    yield from _labelled("Told by", told_by(callback))
    yield from _labelled("Written as", "; ".join(map(encoding_words, callback.encodings)))
    yield from _labelled("Signature", " ".join(signature_words(callback.signature)))
    for field in callback.request_fields:
        yield from _labelled("Sends", request_words(field))
    if callback.confirmation:
        told = confirmation_words(callback.confirmation)
        yield from _labelled("Before", f"{told} ({callback.confirmation.source})")
    yield from _labelled("Same event", identity_words(callback))
    yield from _labelled("Order", order_words(callback))
    if callback.sent_at:
        yield from _labelled(*sent_at_words(callback.sent_at))
    package = f"hookproof_models.{callback.area}.{callback.event}"
    yield from _labelled("Model", f"from {package} import {callback.title}")


def _deliveries(callback: Callback) -> Iterator[str]:
    for delivery in callback.deliveries:
        text = f"{delivery.source.date}  {' '.join(delivery_words(delivery))}"
        yield from _wrapped(text, "  ", " " * (2 + len(delivery.source.date) + 2))


def _tree(fields: Iterable[Field], depth: int, ink: Ink) -> Iterator[str]:
    indent = " " * (2 + _STEP * depth)
    for field in fields:
        if field.shape:
            yield f"{indent}{ink.paint(f'as {field.name}', 'cyan')}"
        else:
            star = "*" if field.required else ""
            name = f"{field.name}{star}"
            first, *rest = _wrapped(
                f"{name}  {field.wire} -> {field.python}", indent, f"{indent}    "
            )
            yield first.replace(name, ink.paint(name, "bold"), 1)
            yield from rest
        yield from _wrapped(field.description, f"{indent}  ", f"{indent}  ")
        yield from _tree(field.inner, depth + 1, ink)


def _answer(callback: Callback, ink: Ink) -> Iterator[str]:
    answer = callback.answer
    if callback.challenge:
        yield from _wrapped(f"Gives back {challenge_words(callback.challenge)}.", "  ", "  ")
    if answer is None:
        return
    yield f"  With status {answer.status}, the vendor reads this JSON:"
    yield from _tree(fields_of(answer.schema), 0, ink)
    yield from _json(answer.example)


def _editions(callback: Callback) -> Iterator[str]:
    for edition in callback.editions:
        yield from _item(edition.id).splitlines()
        yield from _wrapped(f"says   {edition.says}", "      ", " " * 13)
        yield f"      page   {_short(edition.source)}"


def _quirks(callback: Callback) -> Iterator[str]:
    for quirk in callback.quirks:
        yield from _item(f"{quirk.id}, at {quirk.where or 'the payload'}").splitlines()
        yield from _wrapped(f"says   {quirk.says}", "      ", " " * 13)
        yield from _wrapped(f"shows  {quirk.shows}", "      ", " " * 13)
        yield f"      page   {_short(quirk.source)}"


def _questions(callback: Callback) -> Iterator[str]:
    for question in callback.questions:
        where = f"{question.where}: " if question.where else ""
        yield _item(f"{where}{question.question}")
        yield f"      page   {_short(question.source)}"


def _example(callback: Callback) -> Iterator[str]:
    first, *others = callback.examples
    yield from _json(first.payload)
    if others:
        names = ", ".join(example.name for example in others)
        command = f"hookproof example {callback.path} --variant NAME"
        yield from _wrapped(f"There are also {names}: {command}", "  ", "  ")


def _json(value: object) -> Iterator[str]:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    yield from (f"  {safe(line)}" for line in text.split("\n"))


def _labelled(label: str, text: str) -> list[str]:
    return _wrapped(text, f"{label:<{_LABEL}}", " " * _LABEL)


def _item(text: str) -> str:
    return "\n".join(_wrapped(text, "  - ", "    "))


def _short(source: Source) -> str:
    return f"{source.page} ({source.date})"


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    # An address that is cut in two is no address.
    return textwrap.wrap(
        safe(text),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def render_list(listings: Sequence[Listing], *, ink: Ink) -> str:
    """A line for each callback: its event, what it is told by, what has happened."""
    lines = []
    named = max((len(one.event) for one in listings), default=0)
    told = max((len(discriminator_words(one.discriminator)) for one in listings), default=0)
    for area, group in groupby(listings, key=attrgetter("area")):
        members = list(group)
        lines.append(f"{ink.paint(area, 'bold')}  {plural(len(members), 'callback')}")
        for one in members:
            words = discriminator_words(one.discriminator)
            lines.append(f"  {one.event:<{named}}  {words:<{told}}  {safe(one.summary)}".rstrip())
    areas = len({one.area for one in listings})
    lines += ["", f"{plural(len(listings), 'callback')} in {plural(areas, 'area')}"]
    return "\n".join(lines) + "\n"
