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

import orjson

from hookproof.payload.scan import MAX_DEPTH
from hookproof.validation.fields import Fields, alternatives, fields_of, schema_of, unknown_fields
from hookproof.validation.judge import Judge, compile_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from hookproof.contract import Callback
    from hookproof.contract.facts import Quirk

    Shows = Callable[[dict[str, Any], dict[str, Any]], bool]

# What was seen in a clean capture: ids of quirks, and pointers to undocumented fields.
Seen = tuple[tuple[str, str], ...]
DOUBT: Final = None
CLEAN: Final[Seen] = ()

_MOST_SHAPES: Final = 256
_NOTHING: Final[dict[str, Any]] = {}

_loads = orjson.loads
_dumps = orjson.dumps


@dataclass(frozen=True, slots=True)
class _Nested:
    """A top-level field that holds JSON text."""

    name: str
    plain: frozenset[str]
    is_valid: Callable[[Any], bool]
    errors: Callable[[Any], Iterable[Any]]
    fields: Fields | None
    knows_all: Callable[[Any], bool]


class Express:
    """The fast lane of one callback: `look(raw, value)`, `value` being what orjson made of it.

    It gives what a clean capture shows, or DOUBT where the capture may not be clean. Where the
    schema asserts something out of its reach, everything is in doubt.
    """

    def __init__(self, callback: Callback) -> None:
        schema = callback.schema
        self.callback = callback
        self.path = callback.path
        self._nested = [
            nested
            for name, sub in schema.get("properties", {}).items()
            if (nested := _nested_of(name, sub))
        ]
        self._fields = fields_of(schema)
        self._inside = [name for name, _ in self._fields.inner] if self._fields else []
        # What the mere names of the fields show, by the names that were met.
        self._shapes: dict[Hashable, Seen] = {}
        quirks = [(quirk.id, *compile_quirk(quirk)) for quirk in callback.quirks]
        self._quirks = [(id_, shows) for id_, shows, by_names in quirks if not by_names]
        self._quirks_of_names = [(id_, shows) for id_, shows, by_names in quirks if by_names]
        self._compiled = compile_schema(schema, label=f"schemas/{callback.path}.json")
        self._errors = self._compiled.iter_errors
        self._limits = _byte_limits(schema)
        self._in_reach = self._reaches_all(schema)
        self.look = self._compile() if self._in_reach else _doubt

    def _reaches_all(self, schema: dict[str, Any]) -> bool:
        # A callback of which no page says that it comes as JSON is told of each time that it does.
        as_json = any(facts.encoding == "json" for facts in self.callback.encodings)
        return as_json and not _beyond_reach(schema, {nested.name for nested in self._nested})

    def _compile(self) -> Callable[[bytes, dict[str, Any]], Seen | None]:
        """Bind all that is constant, for every look-up of an attribute would cost again."""
        is_valid = self._compiled.is_valid
        limits, quirks, fits = self._limits, self._quirks, _fits
        least = min((limit for _, limit in limits), default=sys.maxsize)
        shapes, see_names, names_of = self._shapes, self._see_names, self._names_of()
        open_nested = self._open if self._nested else None

        def look(raw: bytes, value: dict[str, Any]) -> Seen | None:
            if not is_valid(value) or (
                len(_dumps(value)) != len(raw) and repeats_a_key(raw, value)
            ):
                return DOUBT
            if len(raw) > least and not fits(value, limits):
                return DOUBT
            opened = open_nested(value) if open_nested else _NOTHING
            if opened is DOUBT:
                return DOUBT
            names = names_of(value, opened) if names_of else None
            seen = shapes.get(names) if names else None
            if seen is None:
                seen = see_names(value, opened, names)
                if seen and too_deep(raw):
                    return DOUBT
            if quirks:
                more = [("quirk", id_) for id_, shows in quirks if shows(value, opened)]
                return (*seen, *more) if more else seen
            return seen

        return look

    def _names_of(self) -> Callable[[dict[str, Any], dict[str, Any]], Hashable] | None:
        """What takes the names of all fields together; None where lists make them too many."""
        inside, nested = self._inside, [nested.name for nested in self._nested]
        if self._fields and (self._fields.items or any(f.inner for _, f in self._fields.inner)):
            return None
        if any(n.fields and (n.fields.inner or n.fields.items) for n in self._nested):
            return None
        if not inside and not nested:
            return lambda value, _: tuple(value)
        return lambda value, opened: (
            tuple(value),
            *[tuple(value.get(name) or ()) for name in inside],
            *[tuple(opened.get(name) or ()) for name in nested],
        )

    def _open(self, value: dict[str, Any]) -> dict[str, Any] | None:
        """The nested JSON of a payload; DOUBT where some is not as it should be."""
        opened: dict[str, Any] = {}
        for nested in self._nested:
            text = value.get(nested.name)
            if text is None or text in nested.plain:
                continue
            inner = open_text(text)
            if inner is DOUBT or not nested.is_valid(inner):
                return DOUBT
            opened[nested.name] = inner
        return opened

    def _see_names(
        self, value: dict[str, Any], opened: dict[str, Any], names: Hashable = None
    ) -> Seen:
        """What the names of the fields show, kept for the next payload with the same ones."""
        seen = [("quirk", id_) for id_, shows in self._quirks_of_names if shows(value, opened)]
        if self._fields:
            seen += (("field", pointer) for pointer in unknown_fields(self._fields, value, ""))
        for nested in self._nested:
            inner = opened.get(nested.name)
            # Most know all, which compiled code sees at once.
            if nested.fields and inner is not None and not nested.knows_all(inner):
                found = unknown_fields(nested.fields, inner, f"/{nested.name}")
                seen += (("field", pointer) for pointer in found)
        if names is not None and len(self._shapes) < _MOST_SHAPES:
            self._shapes[names] = tuple(seen)
        return tuple(seen)

    def fault(self, raw: bytes, value: dict[str, Any]) -> Hashable | None:
        """What is wrong with a payload, so that equal faults give equal keys; None in doubt.

        Two payloads with one key have the same findings, less the values that they show.
        """
        if not self._in_reach or repeats_a_key(raw, value) or too_deep(raw):
            return None
        opened: dict[str, Any] = {}
        found: list[Hashable] = [shape_of(error) for error in self._errors(value)]
        for nested in self._nested:
            text = value.get(nested.name)
            if not isinstance(text, str) or text in nested.plain:
                continue
            inner = open_text(text)
            if inner is DOUBT:
                return None
            opened[nested.name] = inner
            found += ((nested.name, shape_of(error)) for error in nested.errors(inner))
        texts = {name: text for name, text in value.items() if isinstance(text, str)}
        found += (name for name, limit in self._limits if not _fits(texts, [(name, limit)]))
        return (tuple(found), self._see_names(value, opened)) if found else None


def _doubt(raw: bytes, value: dict[str, Any]) -> None:
    del raw, value


def shape_of(error: Any) -> Hashable:
    """An error of jsonschema-rs less its values: keyword, place, shapes that did not fit."""
    kind = error.kind
    inner = getattr(kind, "context", None) or ()
    return (
        tuple(error.schema_path),
        tuple("*" if isinstance(part, int) else part for part in error.instance_path),
        getattr(kind, "property", None),
        tuple(tuple(map(shape_of, branch)) for branch in inner),
    )


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
    except (ValueError, TypeError):
        return DOUBT
    if type(value) is not dict or type(text) is not str:
        return DOUBT
    # Of ASCII text characters and bytes are as many, and any other is followed up.
    if len(_dumps(value)) != len(text) and repeats_a_key(text.encode(), value):
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
            is_valid = compile_schema(inner).is_valid
            return lambda _, opened: name in opened and is_valid(opened[name])
    return _compile_any_quirk(seen)


def _compile_any_quirk(seen: dict[str, Any]) -> Shows:
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
    validator = compile_schema(content)
    fields = fields_of(content)
    knows_all = compile_schema(schema_of(fields) if fields else True).is_valid
    return _Nested(name, texts, validator.is_valid, validator.iter_errors, fields, knows_all)


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
