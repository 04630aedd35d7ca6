"""What the readers of captures ask of an object: whether it may be a callback."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.model import is_beside
from hookproof.validation.identify import is_half

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract.model import Callback
    from hookproof.validation.identify import Directory

# What stands between a name and its value where languages and tools write them.
_ESCAPED: Final = r"&quot;|&#34;|x22|%22"
_BETWEEN: Final = (
    rf"(?:[\"'”\]\\>]|{_ESCAPED})*\s*"
    r"(?:=>|->|:?=|:|,(?=\s\w+\])|;[si]:(?:[0-9]+:)?|(?<=>))\s*"
)
_QUOTE: Final = rf"(?:string\(\d+\)\s*|[A-Za-z]{{1,9}}\()?(?:[\"'“”\[u\\<]|{_ESCAPED}){{0,3}}"
_KEY: Final = re.compile(r'"([^"\\]{1,80})\\*"\s*:')


class Sought:
    """What the readers of captures ask of an object that they come upon.

    A callback that is `given` needs no name: whatever has half of its fields is one.
    """

    def __init__(self, directory: Directory, given: Callback | None = None) -> None:
        self._directory = directory
        self._fields = frozenset(directory.fields)
        # What names a callback inside a payload, as it can be seen in a text.
        inside = (name for name in self._fields if not is_beside(name))
        self._words = {name: name.rpartition("/")[2] for name in inside}
        # Structs of some languages have the names of their fields with another first letter.
        words = {form for word in self._words.values() for form in _forms(word)}
        self._shortest = [w for w in words if not any(o in w for o in words if o != w)]
        self._given = frozenset(given.schema.get("required", ())) if given else None

    def names(self, value: dict[str, Any]) -> bool:
        """Whether an object names a callback."""
        if self._given is not None:
            return True
        # What is sent beside a body names any body, so its fields have to tell.
        found = self._directory.fits if self._directory.looks_beside else self._directory.paths
        return bool(found(value))

    def has_name(self, value: dict[str, Any]) -> bool:
        """Whether an object has a field that names callbacks, with whatever value."""
        beside = self._given is not None or self._directory.looks_beside
        return beside or not self._fields.isdisjoint(value)

    def expects(self, value: dict[str, Any]) -> bool:
        """Whether an object is likely to be a callback, right or wrong."""
        if self._given is not None:
            return is_half(self._given, value)
        return self._directory.has_two(value) or self._directory.resembles(value)

    def fits(self, value: dict[str, Any]) -> bool:
        """Whether an object is a callback, and no other thing with a field of that name."""
        if self._given is not None:
            return is_half(self._given, value)
        return self.has_name(value) and self._directory.fits(value)

    def resembles(self, value: dict[str, Any]) -> bool:
        """Whether an object has the envelope of a callback, be it that nobody knows its name."""
        if self._given is not None:
            return is_half(self._given, value)
        return self._directory.resembles(value)

    def is_named_in(self, text: str) -> bool:
        """Whether the name of a field that names callbacks stands in a text."""
        # A loop, for each line of a log comes here.
        for word in self._shortest:
            if word in text:
                return True
        return not self._words

    def is_begun_in(self, text: str) -> bool:
        """Whether JSON that is broken or cut off may be a callback's, by its names."""
        return self.is_named_in(text) or self._directory.has_two_of(_KEY.findall(text))

    def is_mentioned(self, text: str) -> bool:
        """Whether a text says in any notation that such a field has a value that it may have."""
        return next(self.mentions(text), None) is not None

    def mentions(self, text: str) -> Iterator[int]:
        """Where a text says so, as offsets in characters."""
        if not self.is_named_in(text):
            return
        pattern, values = self._mention
        for said in pattern.finditer(text):
            if said["value"] in values[said["name"]]:
                yield said.start()

    @cached_property
    def _mention(self) -> tuple[re.Pattern[str], dict[str, set[str]]]:
        """Where a text gives a value to such a field, and by the field's name what it may be."""
        values: dict[str, set[str]] = {}
        for field, word in self._words.items():
            for form in _forms(word):
                values.setdefault(form, set()).update(map(str, self._directory.values[field]))
        names = "|".join(map(re.escape, sorted(values, key=len, reverse=True))) or "(?!)"
        between = rf"(?:{_BETWEEN}|\"\s+|(?(keyword)\s+|(?!)))"
        named = rf"(?P<keyword>:)?(?:\b|(?<=[x%]22))(?P<name>{names})\b"
        return re.compile(rf"{named}{between}{_QUOTE}(?P<value>[\w.]+)"), values


def _forms(word: str) -> tuple[str, str]:
    return word, word[:1].swapcase() + word[1:]
