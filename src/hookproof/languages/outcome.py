"""What has to come out of a vector, written so that every language can hold to it exactly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hookproof.payload.pointer import to_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    Outcome = dict[str, Any]


def accepted(callback: str, key: list[Any], value: Any) -> Outcome:
    """An event; `key` is what tells it from others, empty where nothing does."""
    is_known = any(part is not None for part in key)
    compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return {
        "accepted": True,
        "callback": callback,
        "dedupe_key": compact.encode([callback, *key]) if is_known else "",
        "values": leaves(value),
    }


def refused(kind: str, reason: str) -> Outcome:
    """A request that is not acted on: an `invalid-signature`, or `malformed`."""
    return {"accepted": False, "kind": kind, "reason": reason}


def leaves(value: Any) -> dict[str, list[str]]:
    """What is in a value by pointers, each with its kind and its text; numbers are texts, too."""
    return {to_pointer(path): leaf for path, leaf in _leaves(value, ())}


def _leaves(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[Any, list[str]]]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    elif isinstance(value, list) and value:
        for at, inner in enumerate(value):
            yield from _leaves(inner, (*path, at))
    else:
        yield path, _leaf(value)


def _leaf(value: Any) -> list[str]:
    if isinstance(value, str):
        return ["text", value]
    if isinstance(value, bool) or value is None:
        return ["word", json.dumps(value)]
    return (
        ["number", json.dumps(value)] if isinstance(value, int | float) else ["empty", str(value)]
    )
