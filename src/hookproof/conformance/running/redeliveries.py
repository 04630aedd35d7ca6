"""The same callback again: at once, after the sender gave up, signed anew, out of order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.cases import Before, Case
from hookproof.conformance.cases.mutation_points import put
from hookproof.conformance.checks import Check
from hookproof.conformance.running.deliveries import deliver, worst_at_once
from hookproof.payload.pointer import from_pointer, member_at, to_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.conformance.running.case_runner import Trial
    from hookproof.conformance.running.schedule import Step
    from hookproof.contract import Callback
    from hookproof.http.request import Request

_ONCE_MORE: Final = 3
_AT_ONCE: Final = 4


def redeliveries(trial: Trial, genuine: Request) -> Iterator[Step]:
    """Each way in which a vendor delivers the genuine callback once more.

    The first are of the event that the receiver knows best, then come new ones: what happens to
    the first delivery of an event, while it comes again, shows on none that is known.
    """
    for earlier in range(1, _ONCE_MORE + 1):
        label = "the same bytes once more"
        case = _case(genuine, label, before=(Before.SAME,) * earlier)
        yield partial(_once_more, trial, case, genuine)
    for label in ("a new event", "the same event"):
        case = _case(genuine, f"{label}, its bytes {_AT_ONCE} times at once", together=_AT_ONCE)
        known = genuine if label == "the same event" else None
        yield partial(_at_once, trial, case, known)
    label = "the same bytes after the sender gave up waiting"
    given_up = _case(genuine, label, before=(Before.GIVEN_UP,))
    yield partial(_whole, trial, given_up)
    # Signed at another moment, the event is the same.
    label = "the same event with a new moment and nonce"
    yield replace(_case(genuine, label, before=(Before.GENUINE,)), verbatim=True)


def disordered(callback: Callback, event: dict[str, Any]) -> Iterator[Case]:
    """Events of one thing, the later one first, as the contract orders them.

    `event` is a payload of a thing that the receiver has not heard of.
    """
    check = Check.TOLERATES_DISORDER
    for name, values in callback.naming_fields.items():
        for value in reversed(values[: len(values) if len(values) > 1 else 0]):
            label = f"{name} {value} after all later ones"
            kept = frozenset({name})
            yield Case(check, label, {**event, name: value}, kept=kept, verbatim=True)
    for path, value in _ordering(callback, event):
        for label, number in (("a later event", int(value) + 1), ("an earlier one", int(value))):
            moved = put(event, path, str(number) if isinstance(value, str) else number)
            # Where it tells one event from another, these are two already.
            is_another = to_pointer(path) in callback.dedupe_key
            kept = frozenset({str(path[0]) if is_another else to_pointer(path)})
            yield Case(check, f"{label} by {path[-1]}", moved, kept=kept, verbatim=is_another)


def has_order(callback: Callback, event: dict[str, Any]) -> bool:
    """Whether anything tells an earlier event from a later one."""
    return any(True for _ in disordered(callback, event))


def _ordering(callback: Callback, event: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The strongest field that orders events, where it is a number that is not the clock's."""
    sent_at = callback.sent_at.field if callback.sent_at else ""
    for pointer in callback.ordering:
        path = from_pointer(pointer)
        value = member_at(event, path)
        if path[0] != sent_at and (type(value) is int or str(value).isdigit()):
            yield path, value
            return


def _once_more(trial: Trial, case: Case, genuine: Request) -> None:
    trial.judge(case, genuine, trial.exchange(genuine))


def _at_once(trial: Trial, case: Case, known: Request | None) -> None:
    """Deliver an event, the `known` one or a new one, several times at once."""
    if trial.left >= case.together:
        request = known or trial.sender.write(case)
        answer = worst_at_once(trial, [request] * case.together)
        trial.judge(case, request, answer)


def _whole(trial: Trial, case: Case) -> None:
    """Deliver a case with all that comes before it."""
    if trial.left >= case.deliveries:
        seen = deliver(trial, case, trial.sender)
        trial.judge(seen.case, seen.request, seen.answer)


def _case(genuine: Request, label: str, **options: Any) -> Case:
    return Case(Check.ACCEPTS_REDELIVERY, label, genuine.payload, form=genuine.form, **options)
