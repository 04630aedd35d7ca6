"""The same callback again: at once, in parallel, after the sender gave up, signed anew, late."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hookproof.payload.pointer import from_pointer
from hookproof.receiver.cases import Case
from hookproof.receiver.checks import Check
from hookproof.receiver.sites import put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.contract import Callback
    from hookproof.delivery.request import Request
    from hookproof.receiver.trial import Trial

_AT_ONCE: Final = 3
_IN_PARALLEL: Final = 4
# Seconds after which an impatient sender hangs up; a receiver that is quick is not cut off.
_GIVES_UP_AFTER: Final = 0.3


def redeliveries(trial: Trial, genuine: Request) -> Iterator[Callable[[], None]]:
    """Each way in which a vendor delivers the genuine callback once more."""
    for _ in range(_AT_ONCE):
        yield partial(_once_more, trial, genuine)
    yield partial(_in_parallel, trial, genuine)
    yield partial(_after_giving_up, trial, genuine)
    # Signed at another moment, the event is the same.
    label = "the same event with a new moment and nonce"
    retry = Case(Check.ACCEPTS_REDELIVERY, label, trial.control, verbatim=True)
    yield partial(trial.attempt, retry)


def disordered(callback: Callback, event: dict[str, Any]) -> Iterator[Case]:
    """Events of one thing, the later one first, as the contract orders them.

    `event` is a payload of a thing that the receiver has not heard of.
    """
    check = Check.TOLERATES_DISORDER
    for name, values in callback.discriminator.items():
        for value in reversed(values[: len(values) if len(values) > 1 else 0]):
            label = f"{name} {value} after all later ones"
            kept = frozenset({name})
            yield Case(check, label, {**event, name: value}, kept=kept, verbatim=True)
    for path, value in _ordering(callback, event):
        for label, number in (("a later event", int(value) + 1), ("an earlier one", int(value))):
            moved = put(event, path, str(number) if isinstance(value, str) else number)
            kept = frozenset({str(path[0])})
            yield Case(check, f"{label} by {path[-1]}", moved, kept=kept, verbatim=True)


def has_order(callback: Callback, event: dict[str, Any]) -> bool:
    """Whether anything tells an earlier event from a later one."""
    return any(True for _ in disordered(callback, event))


def _ordering(callback: Callback, event: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The strongest field that orders events, where it is a number that is not the clock's."""
    sent_at = callback.sent_at.field if callback.sent_at else ""
    for pointer in callback.ordering:
        path = from_pointer(pointer)
        value: Any = event
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        if path[0] != sent_at and (type(value) is int or str(value).isdigit()):
            yield path, value
            return


def _once_more(trial: Trial, genuine: Request) -> None:
    case = _case(genuine, "the same bytes once more")
    trial.judge(case, genuine, trial.exchange(genuine))


def _in_parallel(trial: Trial, genuine: Request) -> None:
    if trial.left < _IN_PARALLEL:
        return
    answers = trial.beside(genuine, lambda aside: aside.send_together(genuine, times=_IN_PARALLEL))
    case = _case(genuine, f"the same bytes {_IN_PARALLEL} times at once")
    case = replace(case, together=_IN_PARALLEL)
    for answer in answers:
        trial.judge(case, genuine, answer)


def _after_giving_up(trial: Trial, genuine: Request) -> None:
    if trial.left < 2:
        return
    trial.beside(genuine, lambda aside: [aside.give_up(genuine, after=_GIVES_UP_AFTER)])
    case = _case(genuine, "the same bytes after the sender gave up waiting")
    trial.judge(case, genuine, trial.exchange(genuine))


def _case(genuine: Request, label: str) -> Case:
    return replace(Case(Check.ACCEPTS_REDELIVERY, label, genuine.payload), form=genuine.form)
