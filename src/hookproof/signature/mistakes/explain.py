"""From a signature that came to the one mistake that gives it."""

from __future__ import annotations

import hmac
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from hookproof.signature.mistakes.attempt import DIGEST_NAMES, DIGEST_SIZES
from hookproof.signature.mistakes.bodies import (
    composed_otherwise,
    hashed_otherwise,
    over_another_body,
    with_undecoded_secret,
    without_method,
)
from hookproof.signature.mistakes.ordering import (
    keyed_with_the_secret,
    put_together_otherwise,
    with_body,
    with_names,
)
from hookproof.signature.mistakes.places import Around, elsewhere, holds_one_of, same_name
from hookproof.signature.mistakes.reading import read_signature
from hookproof.signature.mistakes.shown import shown
from hookproof.signature.mistakes.table import MISTAKES
from hookproof.signature.mistakes.values import (
    with_misread_secret,
    with_other_secrets,
    with_rewritten_values,
)
from hookproof.signature.schemes import ENCODINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.signature.mistakes.attempt import Attempt, Guess
    from hookproof.signature.mistakes.places import Elsewhere
    from hookproof.signature.mistakes.reading import Reading

# A mistake, "" where there is none, and the sentence on it.
Told = tuple[str, str]

_NOTHING_FOUND: Final = ("", "")
# Fewer characters might agree by chance, and would tell a forger how far he got.
_FEWEST: Final = 16

_WITH_SECRETS: Final[tuple[Callable[[Attempt], Iterator[Guess]], ...]] = (
    with_other_secrets,
    with_misread_secret,
)
_OVER_VALUES: Final[tuple[Callable[[Attempt], Iterator[Guess]], ...]] = (
    put_together_otherwise,
    with_rewritten_values,
    keyed_with_the_secret,
    with_names,
    with_body,
)


def explained(attempt: Attempt, given: str, around: Around) -> Told:
    """What is wrong with a signature, the surest reason first."""
    reading = read_signature(given)
    if reading and hmac.compare_digest(reading.raw, attempt.right):
        return _rightly_signed(attempt, reading)
    if told := _partly_right(attempt, given, reading):
        return told
    if spot := _right_elsewhere(attempt, around):
        place = attempt.facts.place
        twice = spot.within == place.within and spot.name.lower() == place.field.lower()
        return _told("sent-twice" if twice else "other-place", attempt, _named(spot, attempt))
    return (reading and _guessed(attempt, reading)) or ("", _unexplained(attempt, reading))


def looked_for(attempt: Attempt, around: Around) -> Told:
    """Where a signature is that is missing in its place."""
    place = attempt.facts.place
    if spot := _right_elsewhere(attempt, around):
        renamed = spot.within == place.within and same_name(place, spot.name)
        return _told("other-name" if renamed else "other-place", attempt, _named(spot, attempt))
    for spot in elsewhere(attempt.payload, around):
        if spot.text and same_name(place, spot.name):
            here, sentence = _told("other-name", attempt, _named(spot, attempt))
            mistake, more = explained(attempt, spot.text, Around())
            return mistake or here, f"{sentence} {more}"
    return _NOTHING_FOUND


def guesses(attempt: Attempt) -> Iterator[Guess]:
    """All that a mistaken signer could have computed, the simplest mistakes first."""
    of_scheme = () if attempt.long_values else _of_scheme(attempt)
    undecoded = (with_undecoded_secret,) if attempt.key != attempt.secret else ()
    kinds = (*undecoded, *_WITH_SECRETS, *of_scheme)
    return chain.from_iterable(guess(attempt) for guess in kinds)


def _of_scheme(attempt: Attempt) -> tuple[Callable[[Attempt], Iterator[Guess]], ...]:
    if not attempt.facts.is_keyed:
        return _OVER_VALUES
    composed = (composed_otherwise, with_rewritten_values) if attempt.is_composed else ()
    method = (without_method,) if attempt.method else ()
    return (*method, *composed, hashed_otherwise, over_another_body)


def _guessed(attempt: Attempt, reading: Reading) -> Told | None:
    digests = tuple(d for d, size in DIGEST_SIZES.items() if size == len(reading.raw))
    for guess in guesses(replace(attempt, digests=digests)):
        if hmac.compare_digest(guess.raw, reading.raw):
            mistake, sentence = _told(guess.mistake, attempt, guess.detail, used=guess.digest)
            return mistake, sentence + _besides(attempt, guess, reading)
    return None


def _besides(attempt: Attempt, guess: Guess, reading: Reading) -> str:
    """What else is not as documented, in the digest and its writing."""
    more = ""
    if guess.digest != attempt.documented and guess.mistake != "other-digest":
        used, wanted = DIGEST_NAMES[guess.digest], DIGEST_NAMES[attempt.documented]
        more += f" Besides, {used} was taken, not {wanted}."
    if unusual := reading.unusual(attempt.facts.encodings):
        more += f" Besides, it is not written as documented ({', '.join(unusual)})."
    return more


def _rightly_signed(attempt: Attempt, reading: Reading) -> Told:
    if unusual := reading.unusual(attempt.facts.encodings):
        return unusual[0], " ".join(MISTAKES[mistake] for mistake in unusual)
    fields = attempt.payload if isinstance(attempt.payload, dict) else {}
    named = [place.field for place in attempt.facts.inputs if place.in_body]
    unsigned = [name for name in named if not _signable(fields.get(name))]
    return _told("field-missing", attempt, " and ".join(unsigned)) if unsigned else _NOTHING_FOUND


def _signable(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def _partly_right(attempt: Attempt, given: str, reading: Reading | None) -> Told | None:
    octets = given.encode("utf-8", "surrogatepass")
    for text in _right_texts(attempt):
        length = min(len(octets), len(text))
        if length >= _FEWEST and hmac.compare_digest(octets[:length], text[:length].encode()):
            mistake = "cut-off" if length < len(text) else "more-after"
            return _told(mistake, attempt, f"{length} characters")
    if reading and hmac.compare_digest(reading.raw, attempt.right[: len(reading.raw)]):
        return _told("cut-off", attempt, f"{len(reading.raw)} bytes")
    return None


def _right_elsewhere(attempt: Attempt, around: Around) -> Elsewhere | None:
    right = _right_texts(attempt)
    spots = elsewhere(attempt.payload, around)
    return next((spot for spot in spots if holds_one_of(spot.text, right)), None)


def _named(spot: Elsewhere, attempt: Attempt) -> str:
    name = shown(spot.name.encode("utf-8", "surrogatepass"), attempt.unspeakable)
    kinds = {"body": "the body's field", "query": "the URL's query parameter"}
    return f"{kinds.get(spot.within, 'the header')} {name}"


def _right_texts(attempt: Attempt) -> list[str]:
    return [ENCODINGS[encoding](attempt.right) for encoding in attempt.facts.encodings]


def _told(mistake: str, attempt: Attempt, detail: str, *, used: str = "") -> Told:
    used = DIGEST_NAMES.get(used, "")
    return mistake, MISTAKES[mistake].format(detail=detail, used=used, wanted=attempt.wanted)


def _unexplained(attempt: Attempt, reading: Reading | None) -> str:
    """What the form of a signature says where no mistake gives it."""
    size = DIGEST_SIZES[attempt.documented]
    if reading is None:
        ways = [
            f"{len(ENCODINGS[way](bytes(size)))} characters of {way}"
            for way in attempt.facts.encodings
        ]
        return f"It is no digest at all; {attempt.wanted} has {' or '.join(ways)}."
    if len(reading.raw) != size:
        has = f"It is a digest of {len(reading.raw)} bytes, {attempt.wanted} has {size}"
        return f"{has}; look which digest the signer takes."
    changed = "the body" if attempt.facts.covers_body else " or ".join(attempt.names)
    return (
        "It has the right form, but no usual mistake gives it: most likely it was signed with "
        f"a secret that is not known here, or {changed} was changed afterwards."
    )
