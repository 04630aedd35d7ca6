"""Values that a database or a collector keeps with their types beside them, made plain again.

MongoDB writes {"$numberLong": "5"}, DynamoDB {"S": "text"}, Firestore and OpenTelemetry
{"stringValue": "text"}. What is made plain is no longer what the sender wrote.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# What stands in the bytes of every record that has such values.
_MARK: Final = re.compile(
    rb'"(?:\$number(?:Long|Int|Double)|\$oid|(?:string|integer|int|double|map|kvlist)Value)"\s*:'
    rb'|\{\s*"(?:S|N|M)"\s*:\s*["{]'
)


def _members(inner: Any) -> Any:
    """An object from its members: as it is, below `fields`, or as a list of key and value."""
    if isinstance(inner, dict) and isinstance(inner.get("fields"), dict):
        inner = inner["fields"]
    pairs = inner.get("values") if isinstance(inner, dict) else None
    if isinstance(pairs, list) and all(isinstance(p, dict) and "key" in p for p in pairs):
        return {str(pair["key"]): plain(pair.get("value")) for pair in pairs}
    if not isinstance(inner, dict):
        raise TypeError
    return {name: plain(value) for name, value in inner.items()}


def _items(inner: Any) -> Any:
    """A list from its items, as it is or below `values`."""
    items = inner.get("values") if isinstance(inner, dict) else inner
    if not isinstance(items, list):
        raise TypeError
    return [plain(item) for item in items]


def _text(inner: Any) -> str:
    if not isinstance(inner, str):
        raise TypeError
    return inner


def _number(inner: Any) -> int | float:
    text = str(inner) if type(inner) is int else _text(inner)
    return int(text) if re.fullmatch(r"-?[0-9]{1,400}", text) else float(text)


def _flag(inner: Any) -> bool:
    if not isinstance(inner, bool):
        raise TypeError
    return inner


_KINDS: Final[dict[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(("$numberLong", "$numberInt", "N", "integerValue", "intValue"), _number),
    **dict.fromkeys(("$numberDouble", "doubleValue"), float),
    **dict.fromkeys(("$oid", "S", "stringValue"), _text),
    **dict.fromkeys(("BOOL", "booleanValue", "boolValue"), _flag),
    **dict.fromkeys(("M", "mapValue", "kvlistValue"), _members),
    **dict.fromkeys(("L", "arrayValue"), _items),
    **dict.fromkeys(("NULL", "nullValue"), lambda _: None),
}


def has_types(raw: bytes) -> bool:
    """Whether a record may hold values with types."""
    return _MARK.search(raw) is not None


def plain(value: Any) -> Any:
    """A value as it was before its types were written beside it."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        [(name, inner)] = value.items()
        try:
            return _KINDS[name](inner) if name in _KINDS else {name: plain(inner)}
        except (TypeError, ValueError):
            pass
    return {name: plain(inner) for name, inner in value.items()}
