"""Decides what stays as it is: what tells nobody's identity, and what a user wants to keep."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import from_pointer
from hookproof.sanitize.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hookproof.contract import Callback
    from hookproof.payload.scan import Path
    from hookproof.sanitize.places import Facts

# Numbers of up to here are too short to be the id, or the telephone number, of anybody.
SHORT: Final = 6
# What fields are called that measure or count.
_MEASURES: Final = frozenset(
    {"bitrate", "bytes", "count", "duration", "fps", "height", "length", "level", "rate", "seq"}
    | {"sequence", "size", "volume", "width"}
)
# Words that end like the name of an id and are none.
_NO_IDS: Final = frozenset({"grid", "invalid", "paid", "valid", "void"})
_NAME_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
# Seconds from 1973 and milliseconds from 2001 on, and both before 2100.
_UNIX: Final = re.compile(r"-?[0-9]{1,6}|[1-9][0-9]{8}|[1-3][0-9]{9}|[1-3][0-9]{12}")
_IDENTIFIER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,30}")
# A version or a resolution has so many digits, a date of birth or an address has more.
_DIGITS_OF_A_NAME: Final = 4


class Keeping:
    """What stays in the payloads of one callback; `keep` are pointers, * for any part."""

    def __init__(self, callback: Callback, *, keep: Iterable[str] = ()) -> None:
        self.places = Places(callback)
        self._discriminator = callback.naming_fields
        self._keys = {from_pointer(pointer) for pointer in callback.dedupe_key}
        self._keep = [from_pointer(pointer) for pointer in keep]
        # Names that the vendor's own samples show tell of nobody, be they documented or not.
        self._shown = frozenset(name for e in callback.examples for name in names_in(e.payload))

    def keeps_name(self, path: Path) -> bool:
        """Whether a field's name, the last part of the path, is the contract's or is wanted."""
        name = str(path[-1])
        return name in self._shown or self.places.names(path) or self._wanted(path)

    def keeps_text(self, path: Path, text: str) -> bool:
        """Whether a text stays."""
        facts = self.places.at(path)
        if not text or self._wanted(path) or self._named(path, text, facts):
            return True
        if facts.is_moment(text) or (facts.moment and _UNIX.fullmatch(text)):
            return True
        if facts.documented and _NUMBER.fullmatch(text):
            return self._keeps_number(path, text, facts, also_text=True)
        return False

    def keeps_number(self, path: Path, literal: str) -> bool:
        """Whether a number stays, as it is written."""
        facts = self.places.at(path)
        if self._wanted(path) or self._named(path, decode_text(literal).value, facts):
            return True
        if facts.moment and _UNIX.fullmatch(literal):
            return True
        return facts.documented and self._keeps_number(path, literal, facts, also_text=False)

    def _keeps_number(self, path: Path, literal: str, facts: Facts, *, also_text: bool) -> bool:
        """Whether a number of a documented field says how much, and not which."""
        digits = literal.lstrip("-").partition(".")[0]
        if len(digits) > SHORT:
            return False
        # Of a field whose values are listed, a number that is not listed is a code that is new.
        is_code = any(isinstance(value, int) for value in facts.values)
        if _measures(path) or facts.moment or (is_code and not also_text):
            return True
        is_key = tuple(map(str, path)) in self._keys
        if is_key or _identifies(path) or not facts.kinds & {"integer", "number"}:
            return False
        return not (also_text and "string" in facts.kinds)

    def _wanted(self, path: Path) -> bool:
        return any(
            len(pointer) <= len(path)
            and all(want in ("*", str(part)) for want, part in zip(pointer, path, strict=False))
            for pointer in self._keep
        )

    def _named(self, path: Path, value: object, facts: Facts) -> bool:
        """Whether the contract itself names the value."""
        known = list(facts.values)
        if len(path) == 1:
            known += self._discriminator.get(str(path[0]), ())
        return any(type(one) is type(value) and one == value for one in known)


def looks_like_an_identifier(name: str) -> bool:
    """Whether a name is one as programs have, and holds no number of anybody."""
    digits = sum(char.isdigit() for char in name)
    return bool(_IDENTIFIER.fullmatch(name)) and digits <= _DIGITS_OF_A_NAME


def names_in(value: Any) -> Iterator[str]:
    """The names of all members in a value, in no order."""
    rest = [value]
    while rest:
        node = rest.pop()
        if isinstance(node, dict):
            yield from node
            rest += node.values()
        elif isinstance(node, list):
            rest += node


def words_of(name: str) -> set[str]:
    """The words that a name is made of."""
    return {word.lower() for word in _NAME_PARTS.findall(name)}


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
    return words_of(next((part for part in reversed(path) if isinstance(part, str)), ""))
