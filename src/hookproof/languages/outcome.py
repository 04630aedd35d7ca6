"""What has to come out of a vector, written so that every language can hold to it exactly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hookproof.payload.pointer import leaves, to_pointer

if TYPE_CHECKING:
    Outcome = dict[str, Any]


def accepted(callback: str, key: list[Any], value: Any) -> Outcome:
    """An event; `key` is what tells it from others, empty where nothing does."""
    is_known = any(part is not None for part in key)
    compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return {
        "accepted": True,
        "callback": callback,
        "dedupe_key": compact.encode([callback, *key]) if is_known else "",
        "values": values_in(value),
    }


def refused(kind: str, reason: str) -> Outcome:
    """A request that is not acted on: an `invalid-signature`, or `malformed`."""
    return {"accepted": False, "kind": kind, "reason": reason}


def values_in(value: Any) -> dict[str, list[str]]:
    """What is in a value by pointers, each with its kind and its text; numbers are texts, too."""
    return {to_pointer(path): _leaf(leaf) for path, leaf in leaves(value)}


def _leaf(value: Any) -> list[str]:
    if isinstance(value, str):
        return ["text", value]
    if isinstance(value, bool) or value is None:
        return ["word", json.dumps(value)]
    return (
        ["number", json.dumps(value)] if isinstance(value, int | float) else ["empty", str(value)]
    )
