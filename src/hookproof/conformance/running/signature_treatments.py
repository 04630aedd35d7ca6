"""A refused callback signed in the usual wrong ways, or with its signature elsewhere."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from collections import defaultdict
from dataclasses import replace
from itertools import chain, islice, product, zip_longest
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hookproof.conformance.running.treatments import ACCEPTS, Treatment, facts_of
from hookproof.conformance.sending.session import OF_ITS_OWN
from hookproof.http.request import with_parameter, write_json
from hookproof.payload.body import read_body
from hookproof.signature.mistakes.attempt import DIGEST_NAMES, Attempt, Guess
from hookproof.signature.mistakes.bodies import other_bodies
from hookproof.signature.mistakes.explain import guesses
from hookproof.signature.mistakes.layouts import json_layouts
from hookproof.signature.mistakes.table import MISTAKES
from hookproof.signature.schemes import ENCODINGS, digest_of
from hookproof.signature.verify import find_signature, signed_values, whole, wire_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hookproof.conformance.running.case_runner import Trial
    from hookproof.contract.model import Place, SignatureFacts
    from hookproof.http.request import Request

_ROUNDS: Final = 5
_KINDS: Final = 18
# Mistakes that can be made in several ways, each of them usual.
_OF_VALUES: Final = (
    *("numeric-sort", "fixed-order", "name-sort", "hmac", "number-as-float", "number-overflow"),
)
_OF_LAYOUTS: Final = ("reserialised-compact", "reserialised-blanks", "reserialised-doubles")
_OF_BODIES: Final = ("reserialised", "body-", "empty-body")
_OF_CHARSETS: Final = "body-charset"
_ELSEWHERE: Final = ("Signature", "X-Signature", "X-Callback-Signature", "Authorization", "Sign")


def other_writings(trial: Trial, request: Request) -> Iterator[Treatment]:
    """The same bytes with the same digest, written in other ways."""
    sent = () if facts_of(trial).is_unsigned else facts_of(trial).sent
    for facts in sent:
        attempt = _attempt(trial, facts, request, {})
        lead = f" in the {facts.place}" if len(sent) > 1 else ""
        yield from _treated(attempt, request, lead, _otherwise_written(attempt))


def other_signatures(
    trial: Trial, request: Request, others: Mapping[str, bytes], *, body_alone: bool = False
) -> Iterator[Treatment]:
    """The same bytes signed in each of the usual wrong ways, or with the signature elsewhere.

    With `body_alone` over another body only: where others are accepted, all else is right.
    """
    if facts_of(trial).is_unsigned:
        return
    sent = facts_of(trial).sent
    attempts = [_attempt(trial, facts, request, others) for facts in sent]
    yield from other_claims(trial, request)
    if not body_alone:
        yield from _elsewhere(trial, request)
        yield from (one for attempt in attempts for one in _tokens(attempt, request))
    leads = [f" in the {facts.place}" if len(sent) > 1 else "" for facts in sent]
    signed = [
        _otherwise_signed(attempt, request, lead, _shapes(trial), body_alone=body_alone)
        for attempt, lead in zip(attempts, leads, strict=True)
    ]
    yield from (one for row in zip_longest(*signed) for one in row if one)


def _otherwise_signed(
    attempt: Attempt, request: Request, where: str, shapes: list[Any], *, body_alone: bool
) -> Iterator[Treatment]:
    """One of the signatures, which is `where` it is told, made in other ways."""
    others = _signatures(attempt, shapes, body_alone=body_alone)
    yield from _treated(attempt, request, where, others)


def _treated(
    attempt: Attempt, request: Request, where: str, others: Iterable[tuple[str, str, str]]
) -> Iterator[Treatment]:
    for signature, key, told in others:
        signed = _signed(attempt.facts, request, signature)
        if signed:
            means = f"{ACCEPTS} signed otherwise{where}. {told}"
            yield Treatment(f"{attempt.facts.place.field} {key}", means, signed)


def other_claims(trial: Trial, request: Request) -> Iterator[Treatment]:
    """Right tokens with the digest of the body as somebody writes it anew, or of none."""
    for facts in (one for one in facts_of(trial).sent if one.is_token):
        attempt = _attempt(trial, facts, request, {})
        found = (Guess(mistake, "", text, how) for mistake, how, text in other_bodies(attempt))
        lead = f"{ACCEPTS} with another digest of the body in the claim {facts.body_claim.name}."
        for guess in _usual(found):
            if claimed := _claiming(attempt, request, guess.raw):
                key = f"claim {guess.mistake} {guess.detail}"
                yield Treatment(key, f"{lead} {_told(guess, attempt)}", claimed)


def wrongly_claimed(trial: Trial, request: Request) -> Request | None:
    """The callback with a right token for another body, None where none is sent."""
    tokens = [one for one in facts_of(trial).sent if one.is_token]
    return next(
        (
            _claiming(_attempt(trial, facts, request, {}), request, b"another body")
            for facts in tokens
        ),
        None,
    )


def _claiming(attempt: Attempt, request: Request, body: bytes) -> Request | None:
    facts = attempt.facts
    raw = digest_of(facts, attempt.secret, inputs=attempt.values, body=body)
    return _signed(facts, replace(request, signed=body), ENCODINGS[facts.encodings[0]](raw))


def _tokens(attempt: Attempt, request: Request) -> Iterator[Treatment]:
    """The token after a word that many frameworks want, and with the body's digest in hex."""
    facts = attempt.facts
    if not facts.is_token:
        return
    name = facts.place.field
    after = tuple((n, f"Bearer {text}" if n == name else text) for n, text in request.headers)
    told = f"{ACCEPTS} with Bearer before the token in the {facts.place}: the vendor sends it alone"
    yield Treatment("bearer", told, replace(request, headers=after))
    claim = facts.body_claim
    for encoding in {"hex", "base64"} - {claim.encoding}:
        other = replace(facts, body_claim=replace(claim, encoding=encoding))
        raw = digest_of(other, attempt.secret, inputs=attempt.values, body=request.body)
        signed = _signed(other, request, ENCODINGS[facts.encodings[0]](raw))
        if signed:
            told = f"{ACCEPTS} with the claim {claim.name} in {encoding}: it is {claim.encoding}"
            yield Treatment(f"claim in {encoding}", told, signed)


def _signatures(
    attempt: Attempt, shapes: list[Any], *, body_alone: bool
) -> Iterator[tuple[str, str, str]]:
    """Other signatures, each with a key and what it means."""
    typed = _of_a_type(attempt, shapes)
    if body_alone:
        usual = _usual(one for one in guesses(attempt) if one.mistake.startswith(_OF_BODIES))
        found = chain(typed, usual)
    else:
        found = chain(_other_digests(attempt), typed, _usual(guesses(attempt)))
    for guess in found:
        key = f"{guess.mistake} {guess.digest} {guess.detail}"
        for encoding in attempt.facts.encodings:
            yield ENCODINGS[encoding](guess.raw), key, _told(guess, attempt)


def _otherwise_written(attempt: Attempt) -> Iterator[tuple[str, str, str]]:
    """The right digest in other writings."""
    written = {name: write(attempt.right) for name, write in ENCODINGS.items()}
    standard = not {"base64url", "hex"}.issuperset(attempt.facts.encodings)
    bare = written["base64"].rstrip("=")
    written["base64url with = at its end"] = urlsafe_b64encode(attempt.right).decode()
    if not standard:
        written["base64 without the = at its end"] = bare
    for name, text in written.items():
        if name not in attempt.facts.encodings:
            # Where a digest has neither + nor / the two are one.
            either = ", or as Base64 without the = at its end" if text == bare and standard else ""
            sent = " or ".join(attempt.facts.encodings)
            yield text, f"as {name}", f"it reads the digest as {name}{either}; {sent} is sent"
    if standard:
        yield bare, "unpadded", "it wants Base64 without the = at its end, which belong to it"
    digest = attempt.right.hex()
    yield digest.upper(), "upper-case", "it wants the digest in upper-case hex"
    again = b64encode(digest.encode()).decode()
    told = "it wants the hex text of the digest in Base64 once more: write the digest itself, once"
    yield again, "base64-of-hex", told
    named = f"{attempt.documented}="
    told = f"it wants {named} before the digest, which the vendor sends alone"
    yield f"{named}{digest}", "prefix", told


def _other_digests(attempt: Attempt) -> Iterator[Guess]:
    """The documented rule with every other hash."""
    for name in DIGEST_NAMES:
        if name != attempt.documented:
            facts, values = replace(attempt.facts, digest=name), attempt.values
            raw = digest_of(
                facts, attempt.secret, inputs=values, body=attempt.body, url=attempt.url
            )
            yield Guess("other-digest", name, raw)


def _shapes(trial: Trial) -> list[Any]:
    """Payloads whose fields a type of the receiver has, by what it has accepted and the pages."""
    callback = trial.compiled.callback
    accepted = trial.session.knowledge.accepted.get(callback.area)
    return [one for one in (trial.control, accepted, callback.examples[0].payload) if one]


def _of_a_type(attempt: Attempt, shapes: list[Any]) -> Iterator[Guess]:
    """Over the body as an object writes it that it was parsed to: its own fields, in its order."""
    for shape, (what, fill) in product(shapes, _FILLS if attempt.facts.covers_body else ()):
        typed = _typed(attempt.payload, shape, fill)
        if write_json(typed) == write_json(attempt.payload):
            continue
        for mistake, layout, text in islice(json_layouts(typed), _USUAL_LAYOUTS):
            facts, values = attempt.facts, attempt.values
            raw = digest_of(facts, attempt.secret, inputs=values, body=text, url=attempt.url)
            detail = f"{layout}, {OF_ITS_OWN}{what}"
            yield Guess(mistake, attempt.documented, raw, detail)


def _typed(value: Any, shape: Any, fill: Callable[[Any], Any] | None) -> Any:
    """A value as an object of that shape has it; `fill` gives what stands for a missing field."""
    if isinstance(shape, dict) and isinstance(value, dict):
        return {
            name: _typed(value[name], like, fill) if name in value else fill and fill(like)
            for name, like in shape.items()
            if fill or name in value
        }
    return value


def _zero(like: Any) -> Any:
    if isinstance(like, dict):
        return {name: _zero(inner) for name, inner in like.items()}
    return None if isinstance(like, list) or like is None else type(like)()


_USUAL_LAYOUTS: Final = 2
_FILLS: Final[tuple[tuple[str, Callable[[Any], Any] | None], ...]] = (
    (", and zeros for those that are not there", _zero),
    (", and null for those that are not there", lambda _: None),
    ("", None),
)


def wrongly_signed(trial: Trial, request: Request) -> Request | None:
    """The same callback with signatures that are wrong in any case, None where it has none."""
    for facts in facts_of(trial).sent:
        forged = _signed(facts, request, "0" * 40)
        if forged is None:
            return None
        request = forged
    return request


def _told(guess: Guess, attempt: Attempt) -> str:
    used = DIGEST_NAMES.get(guess.digest, "")
    sentence = MISTAKES[guess.mistake]
    return sentence.format(detail=guess.detail, used=used, wanted=attempt.wanted)


def _usual(found: Iterable[Guess]) -> Iterator[Guess]:
    """Mistakes of several kinds, then the simplest guess of each other one, then the next ones.

    The usual layouts come before those, all others after them: there are many, and few requests.
    """
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
    yield from by_mistake.pop("composed-otherwise", [])
    layouts = zip_longest(*(by_mistake.pop(mistake, [])[:_KINDS] for mistake in _OF_LAYOUTS))
    charsets = zip(by_mistake.pop(_OF_CHARSETS, []), strict=True)
    others = islice(zip_longest(*by_mistake.values()), _ROUNDS)
    rows = chain(islice(layouts, 1), islice(others, 1), charsets, layouts, others)
    yield from (guess for guess in chain.from_iterable(rows) if guess)


def _joins_with_nothing(guess: Guess) -> bool:
    """Whether values stand side by side, which is what most do that put them together wrongly."""
    return not any(sign in guess.detail for sign in ('"', "a line feed", "a blank"))


def _attempt(
    trial: Trial, facts: SignatureFacts, request: Request, others: Mapping[str, bytes]
) -> Attempt:
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


def _signed(facts: SignatureFacts, request: Request, signature: str) -> Request | None:
    """The request with another signature in the place of its own; None where there is none."""
    place = facts.place
    found, known = _found(place, request)
    if not found or not isinstance(known, str) or not known:
        return None
    own = whole(facts, signature, beside=known, body=request.signed_body)
    signature = f"{facts.text.prefix}{own}"
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
    facts = facts_of(trial)
    _, right = _found(facts.place, request)
    fields = request.payload if isinstance(request.payload, dict) else {}
    inputs = {p.field: wire_text(fields.get(p.field)).decode() for p in facts.inputs if p.in_body}
    named = {facts.place.field: str(right), **inputs}
    lower = {name.lower(): value for name, value in named.items()}
    lead = f"{ACCEPTS} when the signature is also in"
    instead = f"read it from the {facts.place}, where the vendor puts it"
    if not facts.place.in_body and not facts.place.in_query:
        told = (
            f"{ACCEPTS} with the names of its headers in small letters: those have no letter "
            "case, so read them in any"
        )
        small = replace(request, headers=tuple((n.lower(), text) for n, text in request.headers))
        yield Treatment("letters of headers", told, small)
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
