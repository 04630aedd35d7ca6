"""How values of a configuration file are named to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# bool comes first, for it is an int too.
_KINDS: Final = (
    (bool, "true or false"),
    (int, "a whole number"),
    (float, "a number"),
    (str, "a text"),
    (list, "a list"),
    (dict, "a table"),
)
_EXPECTED: Final = {
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "string": "a text in quotes",
}


def kind_of(value: Any) -> str:
    """What a value is."""
    return next((word for kind, word in _KINDS if isinstance(value, kind)), "a date or time")


def expected(takes: Mapping[str, Any]) -> str:
    """What a key takes, told from the schema of its value."""
    if takes.get("type") == "array":
        return f"a list, each {expected(takes['items'])}"
    if "enum" in takes:
        return "one of " + ", ".join(f'"{one}"' for one in takes["enum"])
    return _EXPECTED[takes["type"]]


def fits(value: Any, takes: Mapping[str, Any]) -> bool:
    """Whether a value is of the type that a key takes."""
    match takes.get("type", "string"):
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "array":
            return isinstance(value, list) and all(fits(one, takes["items"]) for one in value)
    return isinstance(value, str)


def meant(word: str, known: Iterable[str]) -> str:
    """`did you mean X?`, empty where nothing is close."""
    from difflib import get_close_matches

    close = get_close_matches(word.replace("_", "-").lower(), list(known), n=1)
    return f"did you mean {close[0]}?" if close else ""
