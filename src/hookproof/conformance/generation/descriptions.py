"""What the generator says of a payload, in the words that all other cases are told with.

A place is a JSON pointer, and what was done to it follows: `/extra_params/Duration missing`.
"""

from __future__ import annotations

import re
from typing import Final

from hookproof.payload.pointer import to_pointer

NOTHING_SAID: Final = "a generated payload"

# What leads to a place, and what of it is a part of the way there.
_WAYS: Final = (
    re.compile(r"(?P<name>[^ :']+) -> "),
    re.compile(r"Object with (?:in)?valid '(?P<name>[^']+)' value: "),
    re.compile(r"(?P<item>Array with invalid item)(?:s| at index \d+): "),
    re.compile(r"(?P<item>Single-item array): "),
    re.compile(r"(?P<name>[^ :']+): "),
)
_FIELD_MISSING: Final = re.compile(r"Missing required property: (.+)")
_ONE_OPTIONAL: Final = re.compile(r"Object with all required properties and '(.+)'")
_OTHER_FORM: Final = re.compile(r"Value not matching the '.*' (?:pattern|format)", re.DOTALL)

_WORDS: Final = {
    "Incorrect type": "holding another type",
    "Invalid enum value": "holding a value that is not listed",
    "Enum value with type mismatching the declared 'type'": "holding a value of another type",
    "Value greater than maximum": "holding too large a number",
    "Value smaller than minimum": "holding too small a number",
    "String smaller than minLength": "holding too short a text",
    "String larger than maxLength": "holding too long a text",
    "Array with more items than allowed by maxItems": "holding too many items",
    "Array with fewer items than allowed by minItems": "holding too few items",
    "Non-unique items": "holding an item twice",
    "Object with fewer properties than allowed by minProperties": "holding too few fields",
    "Object with more properties than allowed by maxProperties": "holding too many fields",
    "Object with unexpected properties": "holding an unknown field",
    "Object with only required properties": "without optional fields",
    "Object with all required and a subset of optional properties": "without some optional fields",
    "Maximum value": "holding the largest number",
    "Minimum value": "holding the smallest number",
    "Near-boundary number": "holding a number beside its limit",
    "Minimum length string": "holding the shortest text",
    "Maximum length string": "holding the longest text",
    "Near-boundary length string": "holding a text beside its limit",
    "Enum value": "holding a listed value",
    "Const value": "holding its only value",
    "Value null value": "holding null",
    "Valid boolean value": "holding true or false",
}


def describe(said: str | None) -> str:
    """The generator's sentence in our words; `a generated payload` where it says nothing."""
    path: list[str] = []
    rest = said or ""
    while rest not in _WORDS and not _FIELD_MISSING.fullmatch(rest):
        found = next(filter(None, (way.match(rest) for way in _WAYS)), None)
        if found is None:
            break
        parts = found.groupdict()
        path.append(parts.get("name") or "*")
        rest = rest[found.end() :]
    if missing := _FIELD_MISSING.fullmatch(rest):
        return f"{to_pointer((*path, missing[1]))} missing"
    if alone := _ONE_OPTIONAL.fullmatch(rest):
        return f"{to_pointer((*path, alone[1]))} as the only optional field"
    what = "holding text of another form" if _OTHER_FORM.fullmatch(rest) else _WORDS.get(rest, "")
    if path:
        return f"{to_pointer(tuple(path))} {what or 'holding a generated value'}"
    return f"a payload {what}" if what else NOTHING_SAID
