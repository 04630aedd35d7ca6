"""Guesses with the right values and secret, put together in another way than sorted and hashed."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Final

from hookproof.signature.mistakes.attempt import Guess, digest_of, keyed
from hookproof.signature.mistakes.layouts import one_line_layouts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.signature.mistakes.attempt import Attempt

_SECRET: Final = "<secret>"  # noqa: S105 - what stands for one
_BETWEEN: Final = {
    b"": "",
    b"&": '"&"',
    b"\n": "a line feed",
    b",": '","',
    b":": '":"',
    b"|": '"|"',
    b".": '"."',
    b"-": '"-"',
    b" ": "a blank",
}
# All orders of this many values are tried, the usual ones of more.
_ALL_ORDERS: Final = 4

_Part = tuple[str, bytes]


def put_together_otherwise(attempt: Attempt) -> Iterator[Guess]:
    """Other orders, separators and digests, and all of these at once."""
    for order in _orders(_parts(attempt)):
        wrong = _mistake_of(order, attempt)
        for between, named in _BETWEEN.items():
            message = between.join(value for _, value in order)
            detail = _described(order, named)
            mistake = wrong or ("separator" if between else "other-digest")
            for digest in attempt.digests:
                yield Guess(mistake, digest, digest_of(digest, message), detail)
                if between in {b"", b"\n"}:
                    raw = digest_of(digest, message + b"\n")
                    yield Guess("line-end-after", digest, raw, detail)


def keyed_with_the_secret(attempt: Attempt) -> Iterator[Guess]:
    """HMAC over the values, in every order and with every separator."""
    for order in _orders(_parts(attempt)[:-1]):
        for between, named in _BETWEEN.items():
            message = between.join(value for _, value in order)
            for digest in attempt.digests:
                raw = keyed(digest, attempt.secret, message)
                yield Guess("hmac", digest, raw, _described(order, named))
    everything = b"".join(sorted([attempt.secret, *attempt.values]))
    for digest in attempt.digests:
        raw = keyed(digest, attempt.secret, everything)
        yield Guess("hmac", digest, raw, f"all values and {_SECRET}, sorted")


def with_names(attempt: Attempt) -> Iterator[Guess]:
    """`name=value` for each value, the secret before, after or as key."""
    fields = _parts(attempt)[:-1]
    for order in (fields, sorted(fields)):
        for between in (b"&", b"", b",", b"\n"):
            joined = between.join(b"%s=%s" % (name.encode(), value) for name, value in order)
            shown = between.decode().replace("\n", "\\n")
            named = shown.join(f"{name}=…" for name, _ in order)
            for digest in attempt.digests:
                for pattern, message in _with_secret(joined, between, attempt.secret):
                    yield Guess(
                        "names-signed", digest, digest_of(digest, message), pattern.format(named)
                    )
                raw = keyed(digest, attempt.secret, joined)
                yield Guess("names-signed", digest, raw, f"HMAC of {named}")


def with_body(attempt: Attempt) -> Iterator[Guess]:
    """The body signed too, or alone, as it came or without its signature."""
    if attempt.large_body:
        return
    joined = b"".join(sorted([attempt.secret, *attempt.values]))
    everything = b"".join(sorted([attempt.secret, *attempt.values, attempt.body]))
    for digest in attempt.digests:
        for detail, body in _bodies(attempt):
            for shown, message in _beside(body, joined, attempt.secret):
                raw = digest_of(digest, message)
                yield Guess("body-too", digest, raw, shown.format(detail))
            raw = keyed(digest, attempt.secret, body)
            yield Guess("body-too", digest, raw, f"an HMAC over {detail}")
        raw = digest_of(digest, everything)
        yield Guess("body-too", digest, raw, "values, secret and body, sorted")


def _bodies(attempt: Attempt) -> Iterator[tuple[str, bytes]]:
    yield "the body", attempt.body
    yield "the values, then the body", b"".join(attempt.values) + attempt.body
    place = attempt.facts.place
    if place.in_body and isinstance(attempt.payload, dict):
        rest = {key: value for key, value in attempt.payload.items() if key != place.field}
        for detail, text in one_line_layouts(rest):
            yield f"the body without {place.field}, {detail}", text


def _beside(body: bytes, joined: bytes, secret: bytes) -> Iterator[tuple[str, bytes]]:
    yield "the sorted values, then {}", joined + body
    yield "{}, then the sorted values", body + joined
    yield f"{_SECRET}, then {{}}", secret + body
    yield f"{{}}, then {_SECRET}", body + secret
    yield "{} alone", body


def _parts(attempt: Attempt) -> list[_Part]:
    """The signed values by name in the order of the contract, the secret last."""
    return [*zip(attempt.names, attempt.values, strict=True), (_SECRET, attempt.secret)]


def _orders(parts: Sequence[_Part]) -> Iterator[tuple[_Part, ...]]:
    if len(parts) <= _ALL_ORDERS:
        yield from permutations(parts)
        return
    *fields, last = parts
    for order in (fields, fields[::-1], sorted(fields)):
        yield (*order, last)
        yield (last, *order)
    yield tuple(sorted(parts, key=lambda part: part[1]))


def _mistake_of(order: Sequence[_Part], attempt: Attempt) -> str:
    """What led to an order; "" for the documented one."""
    parts = _parts(attempt)
    if not attempt.facts.is_sorted:
        fields = iter(parts[:-1])
        kinds = [part.kind for part in attempt.facts.parts if part.kind in {"secret", "value"}]
        documented = [parts[-1] if kind == "secret" else next(fields) for kind in kinds]
        return "" if list(order) == documented else "joined-otherwise"
    if list(order) == sorted(order, key=lambda part: part[1]):
        return ""
    given = [part for part in order if part[0] != _SECRET]
    names = [name for name, _ in given]
    if _by_size(given) and order[-1][0] == _SECRET:
        return "numeric-sort"
    by_name = names == sorted(names) and names != list(attempt.names)
    return "name-sort" if by_name else "fixed-order"


def _by_size(fields: Sequence[_Part]) -> bool:
    """Whether values stand in the order of numbers, where that is not the order of texts."""
    values = [value for _, value in fields]
    if not all(value.isdigit() for value in values) or values == sorted(values):
        return False
    # Compared without int(), which refuses thousands of digits.
    return values == sorted(values, key=lambda v: (len(v.lstrip(b"0")), v.lstrip(b"0")))


def _described(order: Sequence[_Part], named: str) -> str:
    between = f" + {named} + " if named else " + "
    return between.join(name for name, _ in order)


def _with_secret(joined: bytes, between: bytes, secret: bytes) -> Iterator[tuple[str, bytes]]:
    yield f"{{}} + {_SECRET}", joined + secret
    yield f"{_SECRET} + {{}}", secret + joined
    for name in ("key", "secret"):
        pair = b"%s=%s" % (name.encode(), secret)
        yield f"{{}}, then {name}={_SECRET}", joined + between + pair
        yield f"{name}={_SECRET}, then {{}}", pair + between + joined
    yield f"{{}}, then {_SECRET}", joined + between + secret
    yield "{}, without the secret", joined
