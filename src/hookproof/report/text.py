"""Reports as a person reads them: the verdict, a line for each cause, then the first few whole."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from hookproof.findings import CODES, Kind, Severity
from hookproof.report.ink import Ink, plural, safe
from hookproof.report.model import listed, short_names, spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hookproof.report.model import Cause, Report, Sighting


_COLOURS: Final = {
    "pass": "green",
    "fail": "red",
    "incomplete": "yellow",
    "unreachable": "red",
}
# Told of every receiver of a vendor that does so, or that may: limits, and what is free to choose.
_USUAL_NOTES: Final = frozenset({"HP406", "HP410", "HP422"})
_MOST_DAMAGES: Final = 5
_MOST_NAMES: Final = 10
_MOST_ALIKE: Final = 3
# So many characters are two lines.
_A_GLANCE: Final = 150
_MOST_LEFT_OUT: Final = 3
# What is longer nobody reads; the whole is in --verbose, and in all other formats.
_LONGEST_RECIPE: Final = 12
# Characters of what is next that a line begins with.
_LEAD: Final = 140
# Lines of a screen. On what does not fit so many causes are told whole, the heaviest first, and
# the first one's recipe or the command that sends it again.
_SCREEN: Final = 40
_ROOM: Final = ((3, True), (3, False), (2, False), (1, False))


def as_text(report: Report, *, ink: Ink | None = None, verbose: bool = False) -> str:
    """The report in lines; `verbose` tells all of every cause, with how to see it again."""
    ink = ink or Ink()
    if verbose:
        return _written(report, ink, whole=len(report.causes), verbose=True)
    for whole, recipe in _ROOM:
        text = _written(report, ink, whole=whole, recipe=recipe)
        if text.count("\n") <= _SCREEN:
            break
    return text


def _written(
    report: Report, ink: Ink, *, whole: int, recipe: bool = True, verbose: bool = False
) -> str:
    lines = [*_verdict(report, ink)]
    usual = [] if verbose else [c for c in report.causes if c.code in _USUAL_NOTES and _light(c)]
    causes = [cause for cause in report.causes if cause not in usual]
    names = short_names(report.names)
    if causes:
        lines += ["", *_lines(causes, names, report, ink, whole=whole, verbose=verbose)]
    shown = causes if verbose else [cause for cause in causes[:whole] if not _light(cause)]
    lines += _whole(shown, ink, recipe=recipe, verbose=verbose)
    beside = [*_beside(report, usual, ink)]
    return "\n".join([*lines, *([""] if beside else []), *beside]) + "\n"


def _light(cause: Cause) -> bool:
    return cause.severity is Severity.NOTE


def _is_unread(cause: Cause) -> bool:
    return bool(cause.code in CODES and CODES[cause.code].kind is Kind.UNREAD and cause.hint)


def _verdict(report: Report, ink: Ink) -> Iterator[str]:
    word = report.verdict.upper()
    told = report.headline
    if report.verdict == "unreachable":
        told = (
            f"{safe(report.run.target)} after {plural(report.count, report.unit)}; "
            f"{safe(report.reason)}; is the receiver running, and is this its URL?"
        )
    first, *more = ink.wrapped(told, indent=len(word) + 2)
    yield f"{ink.paint(word, _COLOURS[report.verdict], 'bold')}  {first}"
    yield from (" " * (len(word) + 2) + line for line in more)


def _lines(
    causes: list[Cause],
    names: Mapping[str, str],
    report: Report,
    ink: Ink,
    *,
    whole: int,
    verbose: bool,
) -> Iterator[str]:
    """A line for each cause; of many that differ by their place alone the first few have one."""
    kinds: dict[tuple[object, ...], list[Cause]] = {}
    for cause in causes:
        kinds.setdefault(_kind(cause), []).append(cause)
    told: set[int] = set()
    for index, cause in enumerate(causes):
        same = kinds[_kind(cause)]
        if verbose or len(same) <= _MOST_ALIKE or cause in same[: _MOST_ALIKE - 1]:
            yield from _line(cause, names, report, ink)
            if not verbose and (index >= whole or _light(cause)) and _is_unread(cause):
                # Each of these is a file or a line that waits for a step of its own.
                yield from ink.labelled("next", cause.hint, indent=5)
        elif id(same) not in told:
            told.add(id(same))
            yield from _as_well(same[_MOST_ALIKE - 1 :], names, ink)


def _kind(cause: Cause) -> tuple[object, ...]:
    """What is alike in causes that differ by their place; one that has none is alone."""
    where = "" if cause.where else cause.number
    return cause.severity, cause.code, cause.check, cause.wanted, cause.got, cause.hint, where


def _as_well(causes: list[Cause], names: Mapping[str, str], ink: Ink) -> Iterator[str]:
    """Many causes of one kind in a line: their places, by callback."""
    places: dict[str, list[str]] = {}
    for cause in causes:
        own = ", ".join(names.get(name, name) for name in cause.callbacks)
        places.setdefault(own, []).append(cause.where)
    first, numbers = causes[0], [cause.number for cause in causes]
    is_row = numbers[-1] - numbers[0] == len(numbers) - 1
    which = f"{numbers[0]} to {numbers[-1]}" if is_row else ", ".join(map(str, numbers))
    told = "; ".join(f"{', '.join(where)} in {own}" for own, where in places.items())
    more = f"{first.title}, in the same way (numbers {which}): {told}"
    yield from _numbered(first, safe(more), ink)


def _line(cause: Cause, names: Mapping[str, str], report: Report, ink: Ink) -> Iterator[str]:
    """What happened, and in which callbacks."""
    told = cause.summary(most=_MOST_DAMAGES)
    if cause.callbacks != [""] or not _is_unread(cause):
        told = f"{told}, in {_callbacks(cause, names, report)}"
    if places := cause.shown.places:
        times = f", {cause.count:,} times" if cause.count > 1 else ""
        told = f"{told}; {spot(places[0])}{times}"
    if lead := _lead(cause):
        told = f"{told} - {lead}"
    yield from _numbered(cause, told, ink)


def _numbered(cause: Cause, told: str, ink: Ink) -> Iterator[str]:
    """Lines with the number, the severity and the code of a cause before the first of them."""
    head = f"{cause.number:>3}  {ink.severity(cause.severity)}  {ink.paint(cause.code, 'bold')}  "
    indent = 3 + 2 + 7 + 2 + len(cause.code) + 2
    first, *more = ink.wrapped(told, indent=indent)
    yield head + first
    yield from (" " * indent + line for line in more)


def _lead(cause: Cause) -> str:
    """The beginning of what is next of an error, where that is known of this one."""
    hint = safe(cause.hint)
    known = cause.hint != CODES[cause.code].hint
    if cause.severity is not Severity.ERROR or not cause.check or not known:
        return ""
    if len(hint) <= _LEAD:
        return hint
    return f"{hint[:_LEAD].rpartition(' ')[0].rstrip(',;:')} …"


def _callbacks(cause: Cause, names: Mapping[str, str], report: Report) -> str:
    """The callbacks of a cause: by name, or as all but a few."""
    own = [names.get(name, name) or "(not recognised)" for name in cause.callbacks]
    others = [short for name, short in names.items() if name not in cause.callbacks]
    if len(own) == len(report.names) > 1:
        return f"all {len(own):,} callbacks"
    if len(others) <= _MOST_LEFT_OUT < len(own):
        return f"{len(own):,} of {len(report.names):,} callbacks, all but {', '.join(others)}"
    left = len(own) - _MOST_NAMES
    more = f" and {left:,} more" if left > 0 else ""
    return safe(", ".join(own[:_MOST_NAMES]) + more)


def _whole(causes: list[Cause], ink: Ink, *, recipe: bool, verbose: bool) -> Iterator[str]:
    """All that is known of some causes; a step told with one before is told by its number."""
    told: dict[tuple[str, str], int] = {}
    for index, same in enumerate(_alike(causes, verbose=verbose)):
        cause, *others = same
        yield ""
        head = f"{cause.code}  {cause.title}"
        yield f"{cause.number:>3}  {ink.severity(cause.severity)}  {ink.paint(head, 'bold')}"
        rows = [_once(row, told) for row in _rows(cause, verbose=verbose) if row[1]]
        if others:
            rows.append(("likewise", ", ".join(str(other.number) for other in others)))
        if not verbose:
            told |= {row: cause.number for row in rows if row[0] in {"next", "page"}} | told
        yield from (line for row in rows if row[1] for line in ink.labelled(*row, indent=5))
        if cause.shown.recipe and (verbose or not index):
            yield from _again(cause.shown, ink, recipe=recipe, verbose=verbose)


def _alike(causes: list[Cause], *, verbose: bool) -> list[list[Cause]]:
    """Causes of which no more is to be told than of another, with that one."""
    groups: dict[tuple[object, ...], list[Cause]] = {}
    for cause in causes:
        rows = (row for row in _rows(cause, verbose=verbose) if row[0] != "page")
        key = (cause.number,) if verbose else (cause.severity, cause.code, *rows)
        groups.setdefault(key, []).append(cause)
    return list(groups.values())


def _once(row: tuple[str, str], told: Mapping[tuple[str, str], int]) -> tuple[str, str]:
    """A row; what it says was told before: a page no more, a step as that of a cause."""
    if row not in told:
        return row
    return row[0], f"as for {told[row]}" if row[0] == "next" else ""


def _again(shown: Sighting, ink: Ink, *, recipe: bool, verbose: bool) -> Iterator[str]:
    lines = wrap_recipe(shown.recipe, width=ink.width - 16)
    if (len(lines) > _LONGEST_RECIPE or not recipe) and not verbose:
        lines = wrap_recipe(shown.replay, width=ink.width - 16)
    labels = [" " * 5 + ink.paint("again      ", "dim"), *[" " * 16] * len(lines)]
    yield from (label + line for label, line in zip(labels, lines, strict=False))


def _rows(cause: Cause, *, verbose: bool) -> Iterator[tuple[str, str]]:
    if verbose:
        yield "callbacks", ", ".join(name or "(not recognised)" for name in cause.callbacks)
        yield from (("seen", message) for message in _messages(cause))
        yield "check", cause.check
    else:
        yield "also sent", _further(cause.damages[_MOST_DAMAGES:])
    # What is odd about an answer is told with the answer, in words; what failed by it the table.
    in_brief = cause.facts.keys() - {"symptom", "also fails"}
    yield from (row for row in cause.facts.items() if verbose or row[0] in in_brief)
    if cause.case is not None:
        yield "case", str(cause.case)
    yield "wanted", f"{cause.wanted}; got {cause.got}" if cause.wanted else ""
    yield from (("also", spot(place)) for place in cause.shown.places[1:])
    if cause.shown.last:
        yield "last", spot(cause.shown.last)
    yield "next", cause.hint
    pages = cause.pages
    more = f", and {len(pages) - 1:,} more" if len(pages) > 1 else ""
    yield "page", pages[0] + more if pages else ""


def _further(damages: list[str]) -> str:
    """What the line of a cause has no room for, as far as it is quickly read."""
    shown = [one for at, one in enumerate(damages) if len(listed(damages[: at + 1])) < _A_GLANCE]
    left = len(damages) - len(shown)
    return listed(shown) + (f", and {left:,} more (--verbose)" if left else "")


def _messages(cause: Cause) -> list[str]:
    """All that was seen, each thing once with the callbacks that it was seen in."""
    told: dict[str, list[str]] = {}
    for sighting in cause.sightings:
        for message in sighting.messages:
            told.setdefault(message, []).append(sighting.callback)
    if len(cause.callbacks) == 1:
        return list(told)
    return [f"{message} ({', '.join(names)})" for message, names in told.items()]


def _beside(report: Report, usual: list[Cause], ink: Ink) -> Iterator[str]:
    """What is less than a cause: notes, checks, callbacks, and what was not tried."""
    if usual:
        yield from _notes(usual, ink)
    if report.tested and report.count:
        from hookproof.report.text_matrix import matrix  # noqa: PLC0415 - for receivers alone

        yield from matrix(report.tested, ink)
    yield from (line for name in sorted(report.captured) for line in _captured(report, name, ink))
    for label, texts in groupby(report.asides, lambda aside: aside[0]):
        yield from (line for _, text in texts for line in ink.labelled(label, text))


def _notes(usual: list[Cause], ink: Ink) -> list[str]:
    """One line: the codes with their numbers, and their titles where there is room."""
    numbers: dict[tuple[str, str], list[str]] = {}
    for cause in usual:
        numbers.setdefault((cause.code, cause.title), []).append(str(cause.number))
    told = ", ".join(f"{code} {title} ({', '.join(n)})" for (code, title), n in numbers.items())
    line = ink.labelled("notes", told)
    if len(line) == 1:
        return line
    told = ", ".join(f"{code} ({', '.join(n)})" for (code, _), n in numbers.items())
    return ink.labelled("notes", f"{told}: as with many receivers, told with --verbose")


def _captured(report: Report, name: str, ink: Ink) -> list[str]:
    counts = report.captured[name]
    failed = f"{counts.failed:,} failed" if counts.failed else "all valid"
    states = ", ".join(f"{count:,} {state}" for state, count in sorted(counts.signatures.items()))
    signatures = f"; signatures: {states}" if states and name else ""
    told = f"{plural(counts.captures, 'capture')}, {failed}{signatures}"
    shown = safe(name) or "(not recognised)"
    first, *more = ink.wrapped(f"{shown:<28} {told}", indent=0)
    return [first, *(" " * 29 + line for line in more)]


# A word of a shell: what is quoted in one way or the other, and what is not.
_WORD: Final = re.compile(r"""(?:'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"])+""", re.DOTALL)
_FURTHER: Final = "  "


def wrap_recipe(recipe: str, *, width: int) -> list[str]:
    """The lines broken between words, where a backslash says that they go on; safe to print."""
    return [part for line in recipe.split("\n") for part in _wrapped(safe(line), width)]


def _wrapped(line: str, width: int) -> list[str]:
    lines, now = [], ""
    for word in _WORD.findall(line):
        longer = f"{now} {word}" if now.strip() else now + word
        # Two more for the blank and the backslash.
        if now.strip() and len(longer) + 2 > width:
            lines.append(f"{now} \\")
            now = _FURTHER + word
        else:
            now = longer
    return [*lines, now]
