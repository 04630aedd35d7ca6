"""Callbacks and their checks in a few lines: what agrees is said once."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from hookproof.conformance.checks import Check, Control, State
from hookproof.report.model import short_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hookproof.conformance.running.report import CallbackResult
    from hookproof.report.ink import Ink

_MARKS: Final = {
    State.PASS: ("ok", "green"),
    State.FAIL: ("FAIL", "red"),
    State.INCONCLUSIVE: ("?", "yellow"),
    State.SKIPPED: ("-", "dim"),
}
_LABELS: Final = {
    State.FAIL: "FAIL",
    State.INCONCLUSIVE: "no evidence (?)",
    State.SKIPPED: "nothing to test (-)",
    State.PASS: "ok",
}
_NOT_PROVED: Final = "nothing is proved without a genuine callback that is accepted"
# The names of callbacks, and the mark of a column with its state.
_NAMES: Final = 28
_CONTROL: Final = 11
_CELL: Final = 8


def matrix(tested: Mapping[str, CallbackResult], ink: Ink) -> Iterator[str]:
    """What all callbacks agree on by state, then a table of where they differ.

    Rows are callbacks, those with one outcome in one row. Checks with one outcome in every row
    are one column, which a letter stands for. Where the genuine callback was not accepted nothing
    else proves anything, so of such callbacks only that is told.
    """
    names = short_names(tested)
    proved = {name: one for name, one in tested.items() if one.control is Control.ACCEPTED}
    columns: dict[tuple[State, ...], list[str]] = {}
    for check in Check if proved else ():
        states = tuple(result.checks[check] for result in proved.values())
        columns.setdefault(states, []).append(check.value.replace("_", " "))
    told = "; ".join(_agreed(columns, len(proved))) if proved else _NOT_PROVED
    lettered = zip(ascii_uppercase, columns.values(), strict=False)
    legend = [f"{letter}: {', '.join(checks)}" for letter, checks in lettered]
    for index, text in enumerate([told, *legend] if told else legend):
        yield from ink.labelled("" if index else "checks", text)
    if columns or len(proved) < len(tested):
        yield ink.paint(f"{'callback':<{_NAMES}} genuine", "dim")
        own = dict(zip(proved, zip(*columns, strict=True), strict=False))
        yield from _rows([(names[at], tested[at], own.get(at, ())) for at in tested], ink)


def _agreed(columns: dict[tuple[State, ...], list[str]], callbacks: int) -> Iterator[str]:
    """What all callbacks agree on, taken out of the columns."""
    agreed = {state: columns.pop((state,) * callbacks, []) for state in _LABELS}
    # Where a callback has nothing to test, all that there was is well.
    for states in [one for one in columns if set(one) == {State.PASS, State.SKIPPED}]:
        agreed[State.PASS] += columns.pop(states)
    for state, checks in agreed.items():
        # What is well is named where there is nothing else to be told.
        short = state is State.PASS and (agreed[State.FAIL] or columns)
        if checks:
            yield f"{_LABELS[state]}: {f'{len(checks)} others' if short else ', '.join(checks)}"


def _rows(told: list[tuple[str, CallbackResult, tuple[State, ...]]], ink: Ink) -> Iterator[str]:
    rows: dict[tuple[str, tuple[State, ...]], list[str]] = {}
    for name, result, states in told:
        control = result.control.value if result.control else "not sent"
        rows.setdefault((control, states), []).append(name)
    # What does not fit beside goes below.
    most = max((ink.width - _NAMES - _CONTROL - 2) // _CELL, 1)
    for (control, states), same in rows.items():
        cells = [_cell(*pair, ink) for pair in zip(ascii_uppercase, states, strict=False)]
        parts = ["".join(cells[at : at + most]) for at in range(0, max(len(cells), 1), most)]
        yield f"{_named(same):<{_NAMES}} {control:<{_CONTROL}} {parts[0]}".rstrip()
        yield from (" " * (_NAMES + _CONTROL + 2) + part for part in parts[1:])


def _named(names: list[str]) -> str:
    """The names as far as there is room, and how many more there are."""
    shown = ", ".join(names)
    if len(shown) <= _NAMES:
        return shown
    if len(names) == 1:
        return shown[:_NAMES]
    fitting = names[0][: _NAMES - 13]
    return f"{fitting} and {len(names) - 1} more"


def _cell(letter: str, state: State, ink: Ink) -> str:
    word, colour = _MARKS[state]
    return f"{letter} {ink.paint(f'{word:<{_CELL - 2}}', colour)}"
