"""Decides what stays as it is: what tells nobody's identity, and what a user wants to keep."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from hookproof.capture.sanitizing.places import Facts, Places
from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import from_pointer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hookproof.contract import Callback
    from hookproof.payload.scan import Path

# Numbers of up to here are too short, or too tightly bound, to be the id of anything.
SHORT: Final = 6
SMALL: Final = 2**31
# What fields are called that measure or count.
_MEASURES: Final = frozenset(
    [
        "bitrate",
        "bytes",
        "count",
        "duration",
        "fps",
        "height",
        "length",
        "level",
        "rate",
        "seq",
        "sequence",
        "size",
        "volume",
        "width",
    ]
)
# Words that end like the name of an id and are none.
_NO_IDS: Final = frozenset({"grid", "invalid", "paid", "valid", "void"})
_NAME_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_MOMENT: Final = re.compile(r"[0-9TZ:.+\-/\s]{1,40}")
_LISTED: Final = re.compile(r"(?!.*[0-9]{7})[A-Za-z0-9_.\- ]{0,40}")


class Keeping:
    """What stays in the payloads of one callback; `keep` are pointers, * for any part."""

    def __init__(self, callback: Callback, *, keep: Iterable[str] = ()) -> None:
        self.places = Places(callback)
        self._discriminator = frozenset(callback.discriminator)
        self._keys = {from_pointer(pointer) for pointer in callback.dedupe_key}
        self._keep = [from_pointer(pointer) for pointer in keep]
        # Names that the vendor's own samples show tell of nobody, be they documented or not.
        self.shown = frozenset(name for e in callback.examples for name in _names(e.payload))

    def keeps_text(self, path: Path, text: str) -> bool:
        """Whether a text stays."""
        facts = self.places.at(path)
        if not text or self._wanted(path) or self._named(path, text, facts):
            return True
        if facts.moment:
            return bool(_MOMENT.fullmatch(text))
        if facts.documented and _NUMBER.fullmatch(text):
            return self._keeps_number(path, text, facts, also_text=True)
        return False

    def keeps_number(self, path: Path, literal: str) -> bool:
        """Whether a number stays, as it is written."""
        facts = self.places.at(path)
        value = decode_text(literal).value
        if facts.moment or self._wanted(path) or self._named(path, value, facts):
            return True
        return facts.documented and self._keeps_number(path, literal, facts, also_text=False)

    def _keeps_number(self, path: Path, literal: str, facts: Facts, *, also_text: bool) -> bool:
        """Whether a number of a documented field says how much, and not which."""
        digits = literal.lstrip("-")
        is_key = tuple(map(str, path)) in self._keys
        if _measures(path):
            return not is_key or len(digits) <= SHORT
        if is_key or _identifies(path) or not facts.kinds & {"integer", "number"}:
            return False
        if also_text and "string" in facts.kinds:
            return False
        small = facts.most is not None and facts.most <= SMALL
        return small or not digits.isdigit() or len(digits) <= SHORT

    def _wanted(self, path: Path) -> bool:
        return any(
            len(pointer) <= len(path)
            and all(want in ("*", str(part)) for want, part in zip(pointer, path, strict=False))
            for pointer in self._keep
        )

    def _named(self, path: Path, value: object, facts: Facts) -> bool:
        """Whether the contract itself names the value, or should."""
        if len(path) == 1 and path[0] in self._discriminator:
            return True
        if any(type(known) is type(value) and known == value for known in facts.values):
            return True
        return facts.listed and bool(_LISTED.fullmatch(str(value)))


def _names(value: Any) -> Iterator[str]:
    """The names of all members in a value."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _names(inner)


def _measures(path: Path) -> bool:
    return bool(_words(path) & _MEASURES) and not _identifies(path)


def _identifies(path: Path) -> bool:
    """Whether a field is called an id; one is an id however short its number is."""
    return any(
        word in {"ids", "key"} or (word.endswith("id") and word not in _NO_IDS)
        for word in _words(path)
    )


def _words(path: Path) -> set[str]:
    """The words in the name of a field, that of a list for its items."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    return {word.lower() for word in _NAME_PARTS.findall(name)}
