"""A refused callback with one thing in its payload changed: the one that is accepted tells why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.boundary_cases import free_sites
from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.http.request import write_body
from hookproof.payload.body import CONTENT_TYPES, BodyForm
from hookproof.text import cut, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hookproof.conformance.running.case_runner import Trial
    from hookproof.contract.model import SignatureFacts
    from hookproof.http.request import Request

    Payload = dict[str, Any]

ACCEPTS: Final = "the receiver accepts the same callback"


@dataclass(frozen=True, slots=True)
class Treatment:
    """The refused callback sent in another way, and what it means when that is accepted.

    `key` names what was changed, alike for every callback. `query` is added to the URL's.
    `control` is the same change for no reason: where that is accepted as well, what it means is
    `otherwise`, or nothing where that is "".
    """

    key: str
    told: str
    request: Request
    query: Mapping[str, str] = field(default_factory=dict)
    control: Request | None = None
    otherwise: str = ""


def as_usual(trial: Trial, payload: Payload) -> Request:
    """The payload written as all others are, on one line, with a moment and nonce of now.

    It is the control of all that changes the payload, for those are written so, too.
    """
    return _written(trial, trial.sender.refresh(payload, kept=frozenset()))


def other_payloads(trial: Trial, payload: Payload) -> Iterator[Treatment]:
    """The callback with one thing about its payload changed, rightly signed."""
    yield from _other_units(trial, payload)
    yield from _ends_taken_for_now(trial, payload)
    yield from _other_moments(trial, payload)
    first = [p.field for p in facts_of(trial).inputs if p.in_body]
    sent_at = trial.compiled.callback.sent_at
    first += [sent_at.field] if sent_at else []
    yield from retyped(trial, payload, [name for name in dict.fromkeys(first) if name in payload])
    yield from _in_other_letters(trial, payload)
    yield from _of_another_type(trial, payload)
    yield from _in_other_forms(trial, payload)
    yield from retyped(trial, payload, [name for name in payload if name not in first])
    yield from retyped_within(trial, payload)
    yield from all_retyped(trial, payload)
    yield from _less_a_field(trial, payload)


def retyped(trial: Trial, payload: Payload, names: Iterable[str]) -> Iterator[Treatment]:
    """Numbers as text and text of digits as numbers, one field at a time."""
    for name in names:
        value = payload[name]
        turned = _turned(value)
        if turned is None or name == facts_of(trial).place.field:
            continue
        kinds = ("a number", "text") if isinstance(value, str) else ("text", "a number")
        told = f"{ACCEPTS} with {name} as {kinds[0]}: the vendor sends {kinds[1]}, so take that"
        fresh = trial.sender.refresh(payload, kept=frozenset())
        changed = {**fresh, name: _turned(fresh[name])}
        # Who looks at what a number says takes any text: then its type is not the cause.
        plain = None if name in signed_names(trial) else type(value)(1)
        yield Treatment(
            f"type of {name.lower()}",
            told,
            _written(trial, changed),
            control=None if plain is None else _written(trial, {**fresh, name: plain}),
            otherwise=f"{ACCEPTS} with {name} 1: look at what it wants of {show(value)} there",
        )


def retyped_together(trial: Trial, payload: Payload, names: list[str]) -> Treatment | None:
    """Several fields in their other types at once, None where one of them has none."""
    fresh = trial.sender.refresh(payload, kept=frozenset())
    turned = {name: _turned(fresh.get(name)) for name in names}
    if None in turned.values() or facts_of(trial).place.field in names:
        return None
    kinds = " and ".join(
        f"{name} as {'text' if isinstance(value, str) else 'a number'}"
        for name, value in turned.items()
    )
    told = f"{ACCEPTS} with {kinds}: take each field in the type that the vendor sends"
    key = f"types of {' '.join(sorted(map(str.lower, names)))}"
    return Treatment(key, told, _written(trial, {**fresh, **turned}))


def retyped_within(
    trial: Trial, payload: Payload, names: Iterable[str] = ()
) -> Iterator[Treatment]:
    """The same in objects and JSON text that are fields of the payload, all or those of a name."""
    fresh, wanted = trial.sender.refresh(payload, kept=frozenset()), set(names)
    sites = [s for s in free_sites(trial.compiled.callback, [fresh]) if len(s.path) > 1]
    sites = [s for s in sites if not wanted or s.path[-1] in wanted]
    for site in [s for s in sites if _turned(s.value) is not None][:_MOST_FIELDS]:
        kinds = ("a number", "text") if isinstance(site.value, str) else ("text", "a number")
        yield Treatment(
            f"type of {site.pointer.lower()}",
            f"{ACCEPTS} with {site.pointer} as {kinds[0]}: the vendor sends {kinds[1]}, so take "
            "that",
            _written(trial, site.holding(_turned(site.value))),
            control=_written(trial, site.holding(type(site.value)(1))),
            otherwise=f"{ACCEPTS} with {site.pointer} 1: look at what it wants of "
            f"{show(site.value)} there",
        )


def other_callbacks(trial: Trial, wanted: Iterable[str]) -> Iterator[Treatment]:
    """Other callbacks of the area, those first that have a field which the receiver asks for."""
    names = set(wanted)
    others = [c for c in trial.neighbours() if c.path != trial.compiled.callback.path]
    asked = [c for c in others if names & c.schema.get("properties", {}).keys()]
    for callback in (asked or others)[:_MOST_NEIGHBOURS]:
        sender = trial.sender.of(callback)
        case = Case(Check.ACCEPTS_GENUINE, "", callback.examples[0].payload, verbatim=True)
        told = (
            f"the receiver accepts {callback.path} at this address: is it the route of that one? "
            "then give this callback its own"
        )
        yield Treatment("another callback", told, sender.write(case))


_MOST_NEIGHBOURS: Final = 8


def _other_units(trial: Trial, payload: Payload) -> Iterator[Treatment]:
    sent_at = trial.compiled.callback.sent_at
    if sent_at is None or not str(payload.get(sent_at.field, "")).isdigit():
        return
    fresh = trial.sender.refresh(payload, kept=frozenset())
    name, value = sent_at.field, fresh[sent_at.field]
    other, number = _in_other_unit(int(value), sent_at.unit)
    told = f"{ACCEPTS} with {name} in {other}: the vendor sends {sent_at.unit}, so convert it on "
    changed = {**fresh, name: str(number) if isinstance(value, str) else number}
    yield Treatment("unit of the moment", f"{told}reading", _written(trial, changed))


def _ends_taken_for_now(trial: Trial, payload: Payload) -> Iterator[Treatment]:
    """The callback with the end of its validity brought to now, as who holds it to now wants it."""
    callback = trial.compiled.callback
    moment = callback.sent_at
    ends = [(moment.field, moment.after)] if moment and moment.after else []
    ends += [(str(field.place), field.after) for field in callback.request_fields if field.after]
    for name, after in ends[:1]:
        case = Case(Check.ACCEPTS_GENUINE, "", payload, shift=-after, verbatim=True)
        told = (
            f"{ACCEPTS} with {name} of now: the vendor sends the end of its validity there, about "
            f"{after} s ahead, so refuse only what has passed"
        )
        yield Treatment("end of validity", told, trial.sender.write(case))


def _other_moments(trial: Trial, payload: Payload) -> Iterator[Treatment]:
    """The callback of some whole hours before and after now, as a wrong time zone reads it."""
    if not trial.compiled.callback.tells_moment:
        return
    for hours in _HOURS:
        case = Case(Check.ACCEPTS_GENUINE, "", payload, shift=hours * 3600, verbatim=True)
        told = (
            f"{ACCEPTS} with a moment {abs(hours)} h {'later' if hours > 0 else 'earlier'}: its "
            "clock or time zone is off by that, so compare moments in UTC"
        )
        yield Treatment("hours of the moment", told, trial.sender.write(case))


# The zones of most people first.
_HOURS: Final = (8, -8, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 9, -9, 10, 11, 12, -12)


def _less_a_field(trial: Trial, payload: Payload) -> Iterator[Treatment]:
    """The callback without each of its fields, the deepest first: what is refused stands there."""
    sites = [
        site
        for site in free_sites(trial.compiled.callback, [payload])
        if all(isinstance(part, str) for part in site.path)
    ]
    for site in sorted(sites, key=lambda site: -len(site.path))[:_MOST_FIELDS]:
        told = (
            f"{ACCEPTS} without {site.pointer}: look at what it does with "
            f"{cut(show(site.value))}, which the vendor sends there"
        )
        changed = trial.sender.refresh(site.removed(), kept=frozenset())
        yield Treatment(f"without {site.pointer}", told, _written(trial, changed))


_MOST_FIELDS: Final = 30


def _in_other_unit(moment: int, unit: str) -> tuple[str, int]:
    if unit == "milliseconds":
        return "seconds", moment // 1000
    return "milliseconds", moment * 1000


def _turned(value: Any) -> Any:
    """A whole number as text and the reverse, None for anything else."""
    if isinstance(value, str):
        return int(value) if value.isdecimal() and len(value) < _LONGEST_NUMBER else None
    return str(value) if type(value) is int else None


_LONGEST_NUMBER: Final = 40


def all_retyped(trial: Trial, payload: Payload) -> Iterator[Treatment]:
    """All numbers as text, and all texts of digits as numbers."""
    own = facts_of(trial).place.field
    fresh = trial.sender.refresh(payload, kept=frozenset())
    for kind, sent in ((int, "numbers as text"), (str, "text of digits as numbers")):
        turned = {
            name: _turned(value)
            for name, value in fresh.items()
            if type(value) is kind and name != own and _turned(value) is not None
        }
        if len(turned) > 1:
            told = f"{ACCEPTS} with all {sent}: take each field in the type that the vendor sends"
            yield Treatment(sent, told, _written(trial, {**fresh, **turned}))


def _in_other_letters(trial: Trial, payload: Payload) -> Iterator[Treatment]:
    """Field names in the other letter case: those of the signature and what it covers, then all."""
    signed = signed_names(trial)
    fresh = trial.sender.refresh(payload, kept=frozenset())
    for key, names in (
        ("letters of what is signed", signed),
        ("letters of all", [*fresh, *signed]),
    ):
        if not names:
            continue
        other = {name: name[:1].swapcase() + name[1:] for name in dict.fromkeys(names)}
        shown = list(other)[:3]
        told = (
            f"{ACCEPTS} with {', '.join(other[name] for name in shown)} in place of "
            f"{', '.join(shown)}: this callback has the latter, and letter case counts"
        )
        # Names that nobody knows are as good as none.
        unknown = {name: f"x_{name}" for name in other}
        control = _renamed(trial, fresh, unknown)
        yield Treatment(key, told, _renamed(trial, fresh, other), control=control)


def signed_names(trial: Trial) -> list[str]:
    """The fields that hold the signature and what it covers."""
    facts = facts_of(trial)
    return [place.field for place in (facts.place, *facts.inputs) if place.in_body]


def in_letters_of(trial: Trial, payload: Payload, wanted: Iterable[str]) -> Iterator[Treatment]:
    """Fields named as the receiver asks for them, where only the letter case is another."""
    own = {name.lower(): name for name in payload}
    other = {own[name.lower()]: name for name in wanted if name.lower() in own}
    if other:
        told = (
            f"{ACCEPTS} with {', '.join(other.values())} in place of {', '.join(other)}: this "
            "callback has the latter, and letter case counts"
        )
        fresh = trial.sender.refresh(payload, kept=frozenset())
        yield Treatment("letters of what is asked for", told, _renamed(trial, fresh, other))


def _renamed(trial: Trial, payload: Payload, names: Mapping[str, str]) -> Request:
    """The payload rightly signed, with fields of other names."""
    renamed = {names.get(name, name): value for name, value in payload.items()}
    if not facts_of(trial).place.in_body:
        return _written(trial, renamed)
    request = _written(trial, payload)
    renamed = {names.get(name, name): value for name, value in request.payload.items()}
    return replace(request, body=write_body(renamed, form=request.form), payload=renamed)


def _of_another_type(trial: Trial, payload: Payload) -> Iterator[Treatment]:
    """The same bytes under the name that most have for their form, where the vendor has its own."""
    request = as_usual(trial, payload)
    own, usual = dict(request.headers).get("Content-Type", ""), CONTENT_TYPES[request.form]
    if own and not own.startswith(usual):
        headers = tuple((n, usual if t == own else t) for n, t in request.headers)
        told = (
            f"{ACCEPTS} with the Content-Type {usual}: the vendor sends {own}, so have bodies of "
            "that type read as well"
        )
        yield Treatment("content type", told, replace(request, headers=headers))


def _in_other_forms(trial: Trial, payload: Payload) -> Iterator[Treatment]:
    base = trial.sender.body_form
    for facts in trial.compiled.callback.encodings:
        form = BodyForm(facts.encoding)
        if form is base:
            continue
        request = _written(trial, trial.sender.refresh(payload, kept=frozenset()), form=form)
        bodies = "JSON bodies" if base is BodyForm.JSON else f"bodies written as {base.value}"
        name = "a form" if form is BodyForm.FORM else form.value
        told = f"{ACCEPTS} as {name}: it does not read {bodies}"
        yield Treatment(f"written as {form.value}", told, request)


def _written(trial: Trial, payload: Payload, *, form: BodyForm | None = None) -> Request:
    case = Case(Check.ACCEPTS_GENUINE, "another reading", payload, form=form)
    return trial.sender.write(replace(case, kept=frozenset(payload), verbatim=True))


def facts_of(trial: Trial) -> SignatureFacts:
    """The form of signature that was sent, in all its encodings."""
    return trial.compiled.callback.signature.forms[trial.sender.form]
