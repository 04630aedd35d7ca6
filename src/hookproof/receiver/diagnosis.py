"""Finds out why a receiver refuses what is genuine.

The same callback is signed in the usual wrong ways; the way that it accepts is its mistake.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hookproof.delivery.request import with_parameter
from hookproof.payload.body import BodyForm, read_body
from hookproof.receiver.cases import Case
from hookproof.receiver.checks import Check
from hookproof.receiver.reaction import Reaction, tell
from hookproof.signature.guesses.attempt import DIGEST_NAMES, Attempt
from hookproof.signature.guesses.explain import guesses
from hookproof.signature.guesses.table import MISTAKES
from hookproof.signature.schemes import ENCODINGS
from hookproof.signature.verify import find_signature, wire_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hookproof.contract.facts import Place, SignatureFacts
    from hookproof.delivery.answer import Answer
    from hookproof.delivery.request import Request
    from hookproof.finding import ReceiverFinding
    from hookproof.receiver.trial import Trial
    from hookproof.receiver.verdicts import Exhibit
    from hookproof.signature.guesses.attempt import Guess

# Requests for one diagnosis, at most.
_MOST: Final = 200
_ROUNDS: Final = 5
_KINDS: Final = 18
# Mistakes that can be made in several ways, each of them usual.
_OF_SEVERAL_KINDS: Final = (
    *("numeric-sort", "fixed-order", "name-sort", "hmac", "number-as-float", "number-overflow"),
    *("reserialised-compact", "reserialised-blanks"),
)
# What says that nobody was asked about a signature at all.
_NOT_THE_SIGNATURE: Final = frozenset({404, 405, 408, 410, 413, 414, 415, 429, 431})
_ELSEWHERE: Final = ("Signature", "X-Signature", "X-Callback-Signature", "Authorization", "Sign")


@dataclass(frozen=True, slots=True)
class _Treatment:
    """The refused callback sent in another way, and what it means when that is accepted."""

    told: str
    request: Request
    query: Mapping[str, str] = field(default_factory=dict)


def explain_refusals(trial: Trial, *, others: Mapping[str, bytes]) -> None:
    """Add to refusals that may be for the signature what the receiver takes for one.

    The first of them is looked into, and what is found told with all: they have one cause, and so
    have those of other callbacks of the area that are refused in the same way.
    """
    suspects = [
        (finding, max(exhibits, key=lambda shown: len(shown.request.body)))
        for finding, exhibits in trial.tally.exhibits
        if finding.status is not None
        and finding.status // 100 == 4
        and _is_suspect(exhibits[0].case)
    ]
    if not suspects or trial.left <= 1:
        return
    first, callback = suspects[0][0], trial.compiled.callback
    kind = (callback.area, first.check, first.status)
    known = trial.session.diagnoses.get(kind, "")
    told = known or _diagnose(trial, *suspects[0], others=others)
    if told and not known:
        trial.session.diagnoses[kind] = f"as with {callback.path}: {told}"
    for finding, _ in suspects if told else ():
        trial.tally.amend(finding, hint=told)


def _is_suspect(case: Case) -> bool:
    return case.suspect or (case.check is Check.ACCEPTS_GENUINE and not case.advice)


def _diagnose(
    trial: Trial, finding: ReceiverFinding, exhibit: Exhibit, *, others: Mapping[str, bytes]
) -> str:
    if finding.status in _NOT_THE_SIGNATURE:
        return ""
    forged = _forged(trial, exhibit)
    lanes = [_other_payloads(trial, exhibit)]
    if forged is None or forged.status == finding.status:
        lanes.append(_other_signatures(trial, exhibit.request, others))
    count = 0
    for treatment in chain.from_iterable(lanes):
        if count == _MOST or trial.left <= 1:
            break
        count += 1
        if trial.reaction(_send(trial, treatment)) is Reaction.ACCEPTED:
            return treatment.told
    return _unexplained(finding, forged, count)


def _unexplained(finding: ReceiverFinding, forged: Answer | None, count: int) -> str:
    """What the answer to a forgery says where no other way was accepted."""
    if forged is None or not count:
        return ""
    if tell(forged) not in finding.message:
        return (
            f"a forgery is answered otherwise ({tell(forged)}), so the signature was found right; "
            "look at what the receiver wants of the payload"
        )
    return (
        f"a forgery gets the same answer, and none of {count} usual mistakes explains it: most "
        "likely the receiver verifies with another secret than the one given here"
    )


def _send(trial: Trial, treatment: _Treatment) -> Answer:
    if not treatment.query:
        return trial.exchange(treatment.request)
    request, query = treatment.request, treatment.query
    return trial.beside(request, lambda aside: [aside.send_with_query(request, query=query)])[0]


def _forged(trial: Trial, exhibit: Exhibit) -> Answer | None:
    """The answer to the same callback with a signature that is wrong in any case."""
    forged = _signed(trial, exhibit.request, "0" * 40)
    return trial.exchange(forged) if forged else None


def _other_signatures(
    trial: Trial, request: Request, others: Mapping[str, bytes]
) -> Iterator[_Treatment]:
    attempt = _attempt(trial, request, others)
    yield from _elsewhere(trial, request)
    for name, write in ENCODINGS.items():
        if name not in attempt.facts.encodings:
            yield from _treated(
                trial, request, write(attempt.right), f"it reads the digest as {name}"
            )
    upper = attempt.right.hex().upper()
    yield from _treated(trial, request, upper, "it wants the digest in upper-case hex")
    for guess in _usual(guesses(attempt)):
        for encoding in attempt.facts.encodings:
            signature = ENCODINGS[encoding](guess.raw)
            yield from _treated(trial, request, signature, _told(guess, attempt))


def _treated(trial: Trial, request: Request, signature: str, told: str) -> Iterator[_Treatment]:
    signed = _signed(trial, request, signature)
    if signed:
        yield _Treatment(f"the receiver accepts the same callback signed otherwise: {told}", signed)


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
    for mistake in _OF_SEVERAL_KINDS:
        kinds = by_mistake.pop(mistake, [])
        plain = [guess for guess in kinds if _joins_with_nothing(guess)]
        yield from (plain or kinds)[:_KINDS]
    rows = islice(zip_longest(*by_mistake.values()), _ROUNDS)
    yield from (guess for guess in chain.from_iterable(rows) if guess)


def _joins_with_nothing(guess: Guess) -> bool:
    """Whether values stand side by side, which is what most do that put them together wrongly."""
    return not any(sign in guess.detail for sign in ('"', "a line feed", "a blank"))


def _attempt(trial: Trial, request: Request, others: Mapping[str, bytes]) -> Attempt:
    facts = _facts(trial)
    payload = read_body(request.body, form=request.form).value
    fields = payload if isinstance(payload, dict) else {}
    values = tuple(wire_text(fields.get(place.field)) for place in facts.inputs)
    attempt = Attempt(
        facts, trial.sender.secret, values=values, payload=payload, body=request.body, others=others
    )
    return replace(attempt, digests=(attempt.documented,))


def _signed(trial: Trial, request: Request, signature: str) -> Request | None:
    """The request with another signature in the place of its own; None where there is none."""
    place = _facts(trial).place
    found, known = _found(place, request)
    if not found or not isinstance(known, str) or not known:
        return None
    if place.in_body:
        body = request.body.replace(known.encode(), signature.encode())
        return replace(request, body=body)
    if place.in_query:
        query = with_parameter(request.query, place.field, quote(signature, safe=""))
        return replace(request, query=query)
    headers = tuple(
        (name, signature if name == place.field else value) for name, value in request.headers
    )
    return replace(request, headers=headers)


def _found(place: Place, request: Request) -> tuple[bool, Any]:
    return find_signature(place, _payload_of(request), request.headers, url=f"?{request.query}")


def _facts(trial: Trial) -> SignatureFacts:
    """The form of signature that was sent, in all its encodings."""
    return trial.compiled.callback.signature.forms[trial.sender.form]


def _payload_of(request: Request) -> Any:
    return request.payload if isinstance(request.payload, dict) else None


def _elsewhere(trial: Trial, request: Request) -> Iterator[_Treatment]:
    """The right signature where the vendor does not put it, besides its own place."""
    facts = _facts(trial)
    _, right = _found(facts.place, request)
    fields = _payload_of(request) or {}
    inputs = {p.field: wire_text(fields.get(p.field)).decode() for p in facts.inputs}
    named = {facts.place.field: str(right), **inputs}
    lead = "the receiver accepts the same callback when the signature is also in"
    told = f"{lead} the URL's query; read it from {_named(trial)}, where the vendor puts it"
    lower = {name.lower(): value for name, value in named.items()}
    yield _Treatment(told, request, query=lower | named)
    own = {name.lower() for name, _ in request.headers}
    more = tuple((name, str(right)) for name in _ELSEWHERE if name.lower() not in own)
    told = f"{lead} a header of another name; read it from {_named(trial)}"
    yield _Treatment(told, replace(request, headers=(*request.headers, *more)))


def _named(trial: Trial) -> str:
    place = _facts(trial).place
    return f"the {place}"


def _other_payloads(trial: Trial, exhibit: Exhibit) -> Iterator[_Treatment]:
    """The callback with a moment of another kind, and as a form, rightly signed."""
    callback, payload = trial.compiled.callback, _payload_of(exhibit.request)
    if payload is None:
        return
    plain = Case(
        exhibit.case.check, "another reading", payload, kept=frozenset(payload), verbatim=True
    )
    for told, changed in _other_moments(trial, payload):
        request = trial.sender.write(replace(plain, payload=changed))
        yield _Treatment(f"the receiver accepts the same callback {told}", request)
    if any(facts.encoding == BodyForm.FORM.value for facts in callback.encodings):
        request = trial.sender.write(replace(plain, form=BodyForm.FORM))
        told = "the receiver accepts the same callback as a form: it does not read JSON bodies"
        yield _Treatment(told, request)


def _other_moments(trial: Trial, payload: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    sent_at = trial.compiled.callback.sent_at
    if sent_at is None or not str(payload.get(sent_at.field, "")).isdigit():
        return
    name, value = sent_at.field, payload[sent_at.field]
    other, number = _in_other_unit(int(value), sent_at.unit)
    told = f"with {name} in {other}: the vendor sends {sent_at.unit}, so convert it on reading"
    yield told, {**payload, name: str(number) if isinstance(value, str) else number}
    turned = int(value) if isinstance(value, str) else str(value)
    kinds = ("a number", "text") if isinstance(value, str) else ("text", "a number")
    told = f"with {name} as {kinds[0]}: the vendor sends {kinds[1]}, so take that"
    yield told, {**payload, name: turned}


def _in_other_unit(moment: int, unit: str) -> tuple[str, int]:
    if unit == "milliseconds":
        return "seconds", moment // 1000
    return "milliseconds", moment * 1000
