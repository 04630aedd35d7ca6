"""A refused callback sent in other ways, one thing changed in each: the one accepted tells why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.http.request import with_parameter, write_body
from hookproof.payload.body import BodyForm, read_body
from hookproof.signature.mistakes.attempt import DIGEST_NAMES, Attempt
from hookproof.signature.mistakes.explain import guesses
from hookproof.signature.mistakes.table import MISTAKES
from hookproof.signature.schemes import ENCODINGS
from hookproof.signature.verify import find_signature, signed_values, wire_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hookproof.conformance.running.case_runner import Trial
    from hookproof.contract.model import Place, SignatureFacts
    from hookproof.http.request import Request
    from hookproof.signature.mistakes.attempt import Guess

    Payload = dict[str, Any]

_ROUNDS: Final = 5
_KINDS: Final = 18
# Mistakes that can be made in several ways, each of them usual.
_OF_VALUES: Final = (
    *("numeric-sort", "fixed-order", "name-sort", "hmac", "number-as-float", "number-overflow"),
)
_OF_LAYOUTS: Final = ("reserialised-compact", "reserialised-blanks", "reserialised-doubles")
_ELSEWHERE: Final = ("Signature", "X-Signature", "X-Callback-Signature", "Authorization", "Sign")
_ACCEPTS: Final = "the receiver accepts the same callback"


@dataclass(frozen=True, slots=True)
class Treatment:
    """The refused callback sent in another way, and what it means when that is accepted.

    `key` names what was changed, alike for every callback. `query` is added to the URL's.
    """

    key: str
    told: str
    request: Request
    query: Mapping[str, str] = field(default_factory=dict)


# -- the payload ------------------------------------------------------------------------------


def as_usual(trial: Trial, payload: Payload) -> Request:
    """The payload written as all others are, on one line, with a moment and nonce of now.

    It is the control of all that changes the payload, for those are written so, too.
    """
    return _written(trial, trial.sender.refresh(payload, kept=frozenset()))


def other_payloads(trial: Trial, payload: Payload) -> Iterator[Treatment]:
    """The callback with one thing about its payload changed, rightly signed."""
    yield from _other_units(trial, payload)
    first = [p.field for p in _facts(trial).inputs if p.in_body]
    sent_at = trial.compiled.callback.sent_at
    first += [sent_at.field] if sent_at else []
    yield from retyped(trial, payload, [name for name in dict.fromkeys(first) if name in payload])
    yield from _in_other_letters(trial, payload)
    yield from _in_other_forms(trial, payload)
    yield from retyped(trial, payload, [name for name in payload if name not in first])
    yield from all_retyped(trial, payload)


def retyped(trial: Trial, payload: Payload, names: Iterable[str]) -> Iterator[Treatment]:
    """Numbers as text and text of digits as numbers, one field at a time."""
    for name in names:
        value = payload[name]
        turned = _turned(value)
        if turned is None or name == _facts(trial).place.field:
            continue
        kinds = ("a number", "text") if isinstance(value, str) else ("text", "a number")
        told = f"{_ACCEPTS} with {name} as {kinds[0]}: the vendor sends {kinds[1]}, so take that"
        fresh = trial.sender.refresh(payload, kept=frozenset())
        changed = {**fresh, name: _turned(fresh[name])}
        yield Treatment(f"type of {name.lower()}", told, _written(trial, changed))


def other_callbacks(trial: Trial, wanted: Iterable[str]) -> Iterator[Treatment]:
    """Other callbacks of the area, those first that have a field which the receiver asks for."""
    names = set(wanted)
    others = [c for c in trial.neighbours() if c.path != trial.compiled.callback.path]
    asked = [c for c in others if names & c.schema.get("properties", {}).keys()]
    for callback in (asked or others)[:_MOST_NEIGHBOURS]:
        sender = replace(trial.sender, callback=callback, form=0)
        sender = replace(sender, encoding=callback.signature.encodings[0])
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
    told = f"{_ACCEPTS} with {name} in {other}: the vendor sends {sent_at.unit}, so convert it on "
    changed = {**fresh, name: str(number) if isinstance(value, str) else number}
    yield Treatment("unit of the moment", f"{told}reading", _written(trial, changed))


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
    own = _facts(trial).place.field
    fresh = trial.sender.refresh(payload, kept=frozenset())
    for kind, sent in ((int, "numbers as text"), (str, "text of digits as numbers")):
        turned = {
            name: _turned(value)
            for name, value in fresh.items()
            if type(value) is kind and name != own and _turned(value) is not None
        }
        if len(turned) > 1:
            told = f"{_ACCEPTS} with all {sent}: take each field in the type that the vendor sends"
            yield Treatment(sent, told, _written(trial, {**fresh, **turned}))


def _in_other_letters(trial: Trial, payload: Payload) -> Iterator[Treatment]:
    """Field names in the other letter case: those of the signature and what it covers, then all."""
    facts = _facts(trial)
    signed = [p.field for p in (facts.place, *facts.inputs) if p.in_body]
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
            f"{_ACCEPTS} with {', '.join(other[name] for name in shown)} in place of "
            f"{', '.join(shown)}: this callback has the latter, and letter case counts"
        )
        yield Treatment(key, told, _renamed(trial, fresh, other))


def _renamed(trial: Trial, payload: Payload, names: Mapping[str, str]) -> Request:
    """The payload rightly signed, with fields of other names."""
    renamed = {names.get(name, name): value for name, value in payload.items()}
    if not _facts(trial).place.in_body:
        return _written(trial, renamed)
    request = _written(trial, payload)
    renamed = {names.get(name, name): value for name, value in request.payload.items()}
    return replace(request, body=write_body(renamed, form=request.form), payload=renamed)


def _in_other_forms(trial: Trial, payload: Payload) -> Iterator[Treatment]:
    base = trial.sender.body_form
    for facts in trial.compiled.callback.encodings:
        form = BodyForm(facts.encoding)
        if form is base:
            continue
        request = _written(trial, trial.sender.refresh(payload, kept=frozenset()), form=form)
        bodies = "JSON bodies" if base is BodyForm.JSON else f"bodies written as {base.value}"
        name = "a form" if form is BodyForm.FORM else form.value
        told = f"{_ACCEPTS} as {name}: it does not read {bodies}"
        yield Treatment(f"written as {form.value}", told, request)


def _written(trial: Trial, payload: Payload, *, form: BodyForm | None = None) -> Request:
    case = Case(Check.ACCEPTS_GENUINE, "another reading", payload, form=form)
    return trial.sender.write(replace(case, kept=frozenset(payload), verbatim=True))


# -- the signature ----------------------------------------------------------------------------


def other_signatures(
    trial: Trial, request: Request, others: Mapping[str, bytes]
) -> Iterator[Treatment]:
    """The same bytes signed in each of the usual wrong ways, or with the signature elsewhere."""
    if _facts(trial).is_unsigned:
        return
    attempt = _attempt(trial, request, others)
    yield from _elsewhere(trial, request)
    for name, write in ENCODINGS.items():
        if name not in attempt.facts.encodings:
            told = f"it reads the digest as {name}"
            yield from _treated(trial, request, write(attempt.right), f"encoding {name}", told)
    upper = attempt.right.hex().upper()
    told = "it wants the digest in upper-case hex"
    yield from _treated(trial, request, upper, "upper-case", told)
    for guess in _usual(guesses(attempt)):
        for encoding in attempt.facts.encodings:
            signature = ENCODINGS[encoding](guess.raw)
            key = f"{guess.mistake} {guess.digest} {guess.detail}"
            yield from _treated(trial, request, signature, key, _told(guess, attempt))


def wrongly_signed(trial: Trial, request: Request) -> Request | None:
    """The same callback with a signature that is wrong in any case, None where it has none."""
    return _signed(trial, request, "0" * 40)


def _treated(
    trial: Trial, request: Request, signature: str, key: str, told: str
) -> Iterator[Treatment]:
    signed = _signed(trial, request, signature)
    if signed:
        yield Treatment(key, f"{_ACCEPTS} signed otherwise: {told}", signed)


def _told(guess: Guess, attempt: Attempt) -> str:
    used = DIGEST_NAMES.get(guess.digest, "")
    sentence = MISTAKES[guess.mistake]
    return sentence.format(detail=guess.detail, used=used, wanted=attempt.wanted)


def _usual(found: Iterable[Guess]) -> Iterator[Guess]:
    """Mistakes of several kinds, then the simplest guess of each other one, then the next ones."""
    by_mistake: dict[str, list[Guess]] = defaultdict(list)
    met: set[bytes] = set()
    for guess in found:
        if guess.raw not in met:
            met.add(guess.raw)
            by_mistake[guess.mistake].append(guess)
    for mistake in _OF_VALUES:
        kinds = by_mistake.pop(mistake, [])
        plain = [guess for guess in kinds if _joins_with_nothing(guess)]
        yield from (plain or kinds)[:_KINDS]
    for mistake in _OF_LAYOUTS:
        yield from by_mistake.pop(mistake, [])[:_KINDS]
    rows = islice(zip_longest(*by_mistake.values()), _ROUNDS)
    yield from (guess for guess in chain.from_iterable(rows) if guess)


def _joins_with_nothing(guess: Guess) -> bool:
    """Whether values stand side by side, which is what most do that put them together wrongly."""
    return not any(sign in guess.detail for sign in ('"', "a line feed", "a blank"))


def _attempt(trial: Trial, request: Request, others: Mapping[str, bytes]) -> Attempt:
    facts = _facts(trial)
    payload = read_body(request.body, form=request.form).value
    attempt = Attempt(
        facts,
        trial.sender.secret,
        values=tuple(signed_values(facts, payload, request.headers, url=request.url)),
        payload=payload,
        body=request.body,
        others=others,
        url=request.url,
    )
    return replace(attempt, digests=(attempt.documented,))


def _signed(trial: Trial, request: Request, signature: str) -> Request | None:
    """The request with another signature in the place of its own; None where there is none."""
    place = _facts(trial).place
    found, known = _found(place, request)
    if not found or not isinstance(known, str) or not known:
        return None
    signature = f"{_facts(trial).text.prefix}{signature}"
    if place.in_body:
        body = request.body.replace(known.encode(), signature.encode())
        return replace(request, body=body)
    if place.in_query:
        query = with_parameter(request.query, place.field, quote(signature, safe=""))
        return replace(request, query=query)
    headers = tuple(
        (name, value.replace(known, signature) if name == place.field else value)
        for name, value in request.headers
    )
    return replace(request, headers=headers)


def _elsewhere(trial: Trial, request: Request) -> Iterator[Treatment]:
    """The right signature in one more place, where the vendor does not put it."""
    facts = _facts(trial)
    _, right = _found(facts.place, request)
    fields = request.payload if isinstance(request.payload, dict) else {}
    inputs = {p.field: wire_text(fields.get(p.field)).decode() for p in facts.inputs}
    named = {facts.place.field: str(right), **inputs}
    lower = {name.lower(): value for name, value in named.items()}
    lead = f"{_ACCEPTS} when the signature is also in"
    instead = f"read it from the {facts.place}, where the vendor puts it"
    queries = (named, lower) if lower != named else (named,)
    for query in () if facts.place.in_query else queries:
        name = next(iter(query))
        told = f"{lead} the URL's query, as {name}; {instead}"
        yield Treatment(f"query {name}", told, request, query=query)
    if facts.place.in_query and lower != named:
        told = f"{lead} the URL's query as {next(iter(lower))}; {instead}"
        yield Treatment("query in small letters", told, request, query=lower)
    own = {name.lower() for name, _ in request.headers}
    for name in _ELSEWHERE:
        if name.lower() not in own:
            added = replace(request, headers=(*request.headers, (name, str(right))))
            yield Treatment(f"header {name}", f"{lead} the header {name}; {instead}", added)


def _found(place: Place, request: Request) -> tuple[bool, Any]:
    fields = request.payload if isinstance(request.payload, dict) else None
    return find_signature(place, fields, request.headers, url=request.url)


def _facts(trial: Trial) -> SignatureFacts:
    """The form of signature that was sent, in all its encodings."""
    return trial.compiled.callback.signature.forms[trial.sender.form]
