"""Where else a signature stands than where it belongs."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.contract.model import Place

_MOST: Final = 200
_LONGEST: Final = 1024


class Elsewhere(NamedTuple):
    """A text that stands in a field of the body, a header or the URL's query."""

    within: str
    name: str
    text: str


class Around(NamedTuple):
    """What came besides the body: the headers and the parameters of the URL's query."""

    headers: Sequence[tuple[str, str]] = ()
    query: Sequence[tuple[str, str]] = ()


def elsewhere(payload: Any, around: Around) -> Iterator[Elsewhere]:
    """The first short texts of the body's own fields, of the headers and of the query."""
    fields = list(payload.items())[:_MOST] if isinstance(payload, dict) else []
    places = (("body", fields), ("header", around.headers[:_MOST]), ("query", around.query[:_MOST]))
    for within, pairs in places:
        for name, value in pairs:
            if isinstance(name, str) and isinstance(value, str) and len(value) <= _LONGEST:
                yield Elsewhere(within, name, value)


def same_name(place: Place, name: str) -> bool:
    """Whether a name differs in letter case, hyphens and a leading X only."""
    return _letters(place.field) == _letters(name)


def holds_one_of(text: str, signatures: Sequence[str]) -> bool:
    """Whether a text is one of some signatures; compared in constant time."""
    octets = text.encode("utf-8", "surrogatepass")
    return any(hmac.compare_digest(octets, one.encode()) for one in signatures)


def _letters(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").removeprefix("x")
