"""The fast lane: tells a capture that is clean beyond doubt, straight from its bytes.

It answers with what was seen (documented contradictions, undocumented fields) or with
DOUBT, and a doubt costs nothing but time: the exact path then judges the capture anew.
Months of captures are nearly all clean, so everything that repeats is worked out once
for each callback, and what is left is a handful of calls into compiled code.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs
import orjson

from hookproof.payload.scan import MAX_DEPTH
from hookproof.validation.fields import Fields, alternatives, fields_of, unknown_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.contract import Callback
    from hookproof.contract.facts import Quirk

    Shows = Callable[[dict[str, Any], dict[str, Any]], bool]

# What was seen in a clean capture: ids of quirks, and pointers to undocumented fields.
Seen = tuple[tuple[str, str], ...]
DOUBT: Final = None
CLEAN: Final[Seen] = ()

_MOST_SHAPES: Final = 256

_loads = orjson.loads
_dumps = orjson.dumps


@dataclass(frozen=True, slots=True)
class _Nested:
    """A top-level field that holds JSON text."""

    name: str
    plain: frozenset[str]
    is_valid: Callable[[Any], bool]
    fields: Fields | None


class Express:
    """The fast lane of one callback: `look(raw, value)`, `value` being what orjson made of it.

    It gives what a clean capture shows, or DOUBT where the capture may not be clean. Where the
    schema asserts something out of its reach, everything is in doubt.
    """

    def __init__(self, callback: Callback) -> None:
        schema = callback.schema
        self.callback = callback
        self._nested = [
            nested
            for name, sub in schema.get("properties", {}).items()
            if (nested := _nested_of(name, sub))
        ]
        self._fields = fields_of(schema)
        self._is_flat = bool(self._fields and not (self._fields.inner or self._fields.items))
        # What the mere names of the fields show, by the orders of names that were met.
        self._shapes: dict[tuple[str, ...], Seen] = {}
        quirks = [(quirk.id, *compile_quirk(quirk)) for quirk in callback.quirks]
        self._quirks = [(id_, shows) for id_, shows, by_names in quirks if not by_names]
        self._quirks_of_names = [(id_, shows) for id_, shows, by_names in quirks if by_names]
        self.look = self._compile() if self._reaches_all(schema) else _doubt

    def _reaches_all(self, schema: dict[str, Any]) -> bool:
        return not _beyond_reach(schema, {nested.name for nested in self._nested})

    def _compile(self) -> Callable[[bytes, dict[str, Any]], Seen | None]:
        """Bind all that is constant, for every look-up of an attribute would cost again."""
        is_valid = compile_schema(self.callback.schema)
        limits = _byte_limits(self.callback.schema)
        least = min((limit for _, limit in limits), default=sys.maxsize)
        quiet, shapes = not self._quirks and not self._nested and self._is_flat, self._shapes
        see, see_all, fits = self._see, self._open_and_see, _fits

        def look(raw: bytes, value: dict[str, Any]) -> Seen | None:
            if not is_valid(value) or (
                len(_dumps(value)) != len(raw) and repeats_a_key(raw, value)
            ):
                return DOUBT
            if len(raw) > least and not fits(value, limits):
                return DOUBT
            if quiet:
                seen = shapes.get(tuple(value))
                return see(raw, value, {}) if seen is None else seen
            return see_all(raw, value)

        return look

    def _open_and_see(self, raw: bytes, value: dict[str, Any]) -> Seen | None:
        opened: dict[str, Any] = {}
        for nested in self._nested:
            text = value.get(nested.name)
            if text is None or text in nested.plain:
                continue
            inner = open_text(text)
            if inner is DOUBT or not nested.is_valid(inner):
                return DOUBT
            opened[nested.name] = inner
        return self._see(raw, value, opened)

    def _see(self, raw: bytes, value: dict[str, Any], opened: dict[str, Any]) -> Seen | None:
        shape = self._shapes.get(tuple(value))
        if shape is None:
            shape = self._see_names(value)
            if any(what == "field" for what, _ in shape) and too_deep(raw):
                return DOUBT
        seen = [("quirk", id_) for id_, shows in self._quirks if shows(value, opened)]
        for nested in self._nested:
            if nested.fields and nested.name in opened:
                base = f"/{nested.name}"
                found = unknown_fields(nested.fields, opened[nested.name], base)
                seen += (("field", pointer) for pointer in found)
        return (*shape, *seen) if seen else shape

    def _see_names(self, value: dict[str, Any]) -> Seen:
        seen = [("quirk", id_) for id_, shows in self._quirks_of_names if shows(value, {})]
        if self._fields:
            seen += (("field", pointer) for pointer in unknown_fields(self._fields, value, ""))
        if self._is_flat and len(self._shapes) < _MOST_SHAPES:
            self._shapes[tuple(value)] = tuple(seen)
        return tuple(seen)


def _doubt(raw: bytes, value: dict[str, Any]) -> None:
    del raw, value


def compile_schema(schema: Any) -> Callable[[Any], bool]:
    """A schema as a yes-or-no function; nested JSON and byte lengths are not asserted."""
    accepts: Callable[[Any], bool] = jsonschema_rs.Draft202012Validator(
        schema, offline=True, pattern_options=jsonschema_rs.RegexOptions()
    ).is_valid
    return accepts


def repeats_a_key(raw: bytes, value: Any) -> bool:
    """Whether an object may name a key twice, where it is not as long written anew; False is sure.

    A decoder drops the first of two equal keys, and its quotes with it.
    """
    return _dumps(value).count(b'"') != raw.count(b'"') or b"\\u0022" in raw


def too_deep(raw: bytes) -> bool:
    """Whether a text may nest too deep; False is sure."""
    return raw.count(b"{") + raw.count(b"[") > MAX_DEPTH


def open_text(text: Any) -> Any:
    """The value of a JSON text that is an object, else DOUBT."""
    try:
        value = _loads(text)
        raw = text.encode()
    except (ValueError, AttributeError):
        return DOUBT
    if type(value) is not dict:
        return DOUBT
    if len(_dumps(value)) != len(raw) and repeats_a_key(raw, value):
        return DOUBT
    return value


def compile_quirk(quirk: Quirk) -> tuple[Shows, bool]:
    """A quirk as a function of a payload and its opened nested JSON.

    The second value tells whether the mere names of the fields decide. The usual forms become
    plain look-ups; any other is judged as a schema.
    """
    match quirk.seen:
        case {"required": [str() as name], **rest} if not rest:
            return lambda value, _: name in value, True
        case {"not": {"required": [*names]}, **rest} if not rest:
            wanted = frozenset(names)
            return lambda value, _: not value.keys() >= wanted, True
        case {"properties": {**properties}, "required": [str() as name], **rest} if not rest and [
            *properties
        ] == [name]:
            schema: Any = properties[name]
            return _compile_quirk_of_field(name, schema, quirk.seen), False
    return _compile_any_quirk(quirk.seen), False


def _compile_quirk_of_field(name: str, schema: Any, seen: dict[str, Any]) -> Shows:
    match schema:
        case {"const": str() as constant, **rest} if not rest:
            return lambda value, _: value.get(name) == constant
        case {"type": "null", **rest} if not rest:
            return lambda value, _: name in value and value[name] is None
        case {"type": "string", "contentMediaType": _, "contentSchema": inner, **rest} if not rest:
            is_valid = compile_schema(inner)
            return lambda _, opened: name in opened and is_valid(opened[name])
    return _compile_any_quirk(seen)


def _compile_any_quirk(seen: dict[str, Any]) -> Shows:
    from hookproof.validation.judge import Judge  # noqa: PLC0415 - for unusual quirks only

    accepts = Judge(seen, label="x-quirks").accepts
    return lambda value, _: accepts(value)


def _nested_of(name: str, schema: dict[str, Any]) -> _Nested | None:
    branches = [schema, *alternatives(schema)]
    content = next((b["contentSchema"] for b in branches if "contentSchema" in b), None)
    if content is None:
        return None
    plain = {text for branch in branches for text in branch.get("enum", ())}
    plain |= {branch["const"] for branch in branches if "const" in branch}
    texts = frozenset(text for text in plain if isinstance(text, str))
    return _Nested(name, texts, compile_schema(content), fields_of(content))


def _fits(value: dict[str, Any], limits: list[tuple[str, int]]) -> bool:
    for name, limit in limits:
        text = value.get(name, "")
        # A character has at most four bytes.
        if len(text) * 4 > limit and len(text.encode()) > limit:
            return False
    return True


def _byte_limits(schema: dict[str, Any]) -> list[tuple[str, int]]:
    return [
        (name, sub["x-max-bytes"])
        for name, sub in schema.get("properties", {}).items()
        if "x-max-bytes" in sub and sub.get("type") == "string"
    ]


def _beyond_reach(schema: dict[str, Any], nested: set[str]) -> bool:
    """Whether an assertion of ours stands where the fast lane does not look."""
    rest = {key: value for key, value in schema.items() if key != "properties"}
    if _mentions(rest):
        return True
    for name, sub in schema.get("properties", {}).items():
        inside = {k: v for k, v in sub.items() if k not in {"x-max-bytes", "contentSchema"}}
        if name in nested:
            contents = [
                b["contentSchema"] for b in (sub, *alternatives(sub)) if "contentSchema" in b
            ]
            if len(contents) != 1 or _mentions(contents[0]):
                return True
        elif _mentions(inside) or ("x-max-bytes" in sub and sub.get("type") != "string"):
            return True
    return False


def _mentions(node: Any) -> bool:
    if isinstance(node, list):
        return any(map(_mentions, node))
    return isinstance(node, dict) and (
        "contentSchema" in node or "x-max-bytes" in node or any(map(_mentions, node.values()))
    )
