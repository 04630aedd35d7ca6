"""The fast lane: tells what a capture shows straight from its bytes, in the order of its cost.

Months of captures are nearly all alike. A valid one costs a few calls into compiled code, any
other gets a key that is equal for captures with equal findings. Where there is no key either,
the exact path judges: a doubt costs nothing but time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from hookproof.validation.fields import contents_of, fields_of, unknown_fields
from hookproof.validation.judge import compile_schema
from hookproof.validation.narrow import (
    beyond_reach,
    is_bounded,
    narrowed,
    nested_texts,
    repeats_a_key,
    too_deep,
)
from hookproof.validation.sight import DOUBT, Sight, quirks_by_place
from hookproof.validation.validator import CompiledCallback

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from hookproof.contract import Callback
    from hookproof.validation.narrow import NestedText
    from hookproof.validation.sight import QuirkTest

    Look = Callable[[bytes, dict[str, Any]], "Seen | None"]

# By their undocumented fields; payloads with any others are rare.
_MOST_LOOKS: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a valid capture of one callback shows: ids of quirks, and undocumented fields.

    There is one of each for a lane, so it is its own key. Nothing is `told` of a clean capture.
    """

    told: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.told)


class Express:
    """The fast lane of one callback. `raw` is a body and `value` what orjson made of it.

    Where the schema asserts something out of its reach, everything is in doubt.
    """

    def __init__(self, callback: Callback) -> None:
        schema = callback.schema
        self.callback = callback
        self.path = callback.path
        self._compiled = compile_schema(schema, label=f"schemas/{callback.path}.json")
        self._judges = CompiledCallback(callback)
        texts = nested_texts(schema)
        self._quirks, *inner = quirks_by_place(callback, ["", *(text.name for text in texts)])
        self._nested = [_Nested(text, quirks) for text, quirks in zip(texts, inner, strict=True)]
        self._bounded = all(map(is_bounded, [schema, *(text.content for text in texts)]))
        self._fields = fields_of(schema)
        self._limits = _byte_limits(schema)
        # A callback of which no page says that it comes as JSON is told of each time it does.
        as_json = any(facts.encoding == "json" for facts in callback.encodings)
        self._reaches_all = as_json and not beyond_reach(callback)
        self._seen: dict[tuple[tuple[str, str], ...], Seen] = {}
        # One for each set of undocumented fields that was met, the empty one first.
        self._looks: list[Look] = []
        # What a valid capture shows; DOUBT where it may be invalid, or shows something new.
        self.look: Look = _doubt
        if self._reaches_all:
            self._learn(())
        elif as_json:
            self.look = self._look_whole

    def _look_whole(self, raw: bytes, value: dict[str, Any]) -> Seen | None:
        """A look by the judges that reach all, for a schema that asserts what others do not."""
        if repeats_a_key(raw, orjson.dumps(value)) or too_deep(raw):
            return DOUBT
        return self._show(value, self._judges.unknown_in(value))

    def key(self, raw: bytes, value: dict[str, Any]) -> Hashable | None:
        """What is to be told of a capture, so that equal keys mean equal findings.

        Their values apart, that is: they differ. DOUBT where only the exact path knows.
        """
        if not self._reaches_all or repeats_a_key(raw, orjson.dumps(value)) or too_deep(raw):
            return DOUBT
        found: list[Hashable] = [shape_of(error) for error in self._compiled.iter_errors(value)]
        opened: dict[str, Any] = {}
        for nested in self._nested:
            text = value.get(nested.name)
            if not isinstance(text, str) or text in nested.without:
                continue
            content = _open(text)
            if content is None:
                return DOUBT
            opened[nested.name] = content
            found += ((nested.name, shape_of(error)) for error in nested.errors(content))
        found += (name for name, limit in self._limits if _is_over(value.get(name), limit))
        unknown = self._unknown(value, opened)
        if found:
            return (self.path, tuple(found), tuple(unknown))
        return self._show(value, unknown)

    def _show(self, value: dict[str, Any], unknown: list[str]) -> Seen | None:
        """What a payload without an error shows; the next one with its fields is told by a look."""
        if not self._judges.accepts(value):
            return DOUBT
        # Only at the top do names tell all.
        if unknown and all(pointer.rfind("/") == 0 and "~" not in pointer for pointer in unknown):
            self._learn(tuple(pointer[1:] for pointer in unknown))
        return self._told([quirk.id for quirk in self._judges.quirks_in(value)], unknown)

    def _told(self, quirks: Iterable[str], unknown: Iterable[str]) -> Seen:
        told = (*(("quirk", id_) for id_ in quirks), *(("field", pointer) for pointer in unknown))
        return self._seen.setdefault(told, Seen(told))

    def _unknown(self, value: dict[str, Any], opened: dict[str, Any]) -> list[str]:
        found = unknown_fields(self._fields, value, "") if self._fields else []
        for nested in self._nested:
            if nested.name in opened:
                found += nested.contents.unknown(opened[nested.name], f"/{nested.name}")
        return found

    def _learn(self, fields: tuple[str, ...]) -> None:
        if self._reaches_all and len(self._looks) < _MOST_LOOKS:
            self._looks.append(self._look_for(fields))
            self.look = self._looks[0] if len(self._looks) == 1 else _first_of(self._looks)

    def _look_for(self, fields: tuple[str, ...]) -> Look:
        """A look at payloads with just these undocumented fields at the top."""
        sight = Sight(narrowed(self.callback.schema, fields=fields), self._quirks)
        met, look_anew = sight.met, sight.look_anew
        bounded = self._bounded and not fields
        # All that is constant is bound, for every look-up of an attribute would cost again.
        dumps, texts = orjson.dumps, [nested.look for nested in self._nested]
        by_quirks: dict[int, Seen] = {}

        def tell(shown: int) -> Seen:
            ids = [q.id for at, q in enumerate(self.callback.quirks) if shown & 1 << at]
            by_quirks[shown] = self._told(ids, [f"/{name}" for name in fields])
            return by_quirks[shown]

        def look(raw: bytes, value: dict[str, Any]) -> Seen | None:
            # What `sight.look` does; a call of it would cost as much again.
            shown: int | None
            for shown, fits in met:  # noqa: B007 - it is what the loop is for
                if fits(value):
                    break
            else:
                shown = look_anew(value)
            if shown is DOUBT:
                return DOUBT
            anew = dumps(value)
            if anew != raw and repeats_a_key(raw, anew):
                return DOUBT
            if not bounded and too_deep(raw):
                return DOUBT
            for look_inside in texts:
                inside = look_inside(value)
                if inside is DOUBT:
                    return DOUBT
                shown |= inside
            seen = by_quirks.get(shown)
            return tell(shown) if seen is None else seen

        return look


def _doubt(raw: bytes, value: dict[str, Any]) -> None:
    del raw, value


def _first_of(looks: list[Look]) -> Look:
    def look(raw: bytes, value: dict[str, Any]) -> Seen | None:
        for each in looks:
            seen = each(raw, value)
            if seen is not DOUBT:
                return seen
        return DOUBT

    return look


class _Nested:
    """A top-level field that holds JSON text."""

    def __init__(self, text: NestedText, quirks: list[QuirkTest]) -> None:
        self.name = text.name
        self.without = text.plain | {None}
        self.errors = compile_schema(text.content).iter_errors
        self.contents = contents_of(text.content)
        self.look = self._compile(Sight(narrowed(text.content), quirks).look)

    def _compile(
        self, quirks_of: Callable[[Any], int | None]
    ) -> Callable[[dict[str, Any]], int | None]:
        """The quirks in the field of a payload; DOUBT where its JSON may be wrong or have more."""
        name, without, loads, dumps = self.name, self.without, orjson.loads, orjson.dumps
        longest = max(len(text) for text in without if text is not None) if any(without) else 0

        def look(value: dict[str, Any]) -> int | None:
            text: Any = value.get(name)
            try:
                if text is None or (len(text) <= longest and text in without):
                    return 0
                content = loads(text)
            except (ValueError, TypeError):
                return DOUBT
            shown = quirks_of(content)
            if shown is DOUBT:
                return DOUBT
            if repeats_a_key(text.encode(), dumps(content)):
                return DOUBT
            return shown

        return look


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


def _open(text: str) -> Any:
    """The value of a JSON text that repeats no key, else DOUBT."""
    try:
        value = orjson.loads(text)
        return DOUBT if repeats_a_key(text.encode(), orjson.dumps(value)) else value
    except ValueError:
        return DOUBT


def _is_over(text: Any, limit: int) -> bool:
    # A character has at most four bytes.
    return isinstance(text, str) and len(text) * 4 > limit and len(text.encode()) > limit


def _byte_limits(schema: dict[str, Any]) -> list[tuple[str, int]]:
    return [
        (name, sub["x-max-bytes"])
        for name, sub in schema.get("properties", {}).items()
        if "x-max-bytes" in sub and sub.get("type") == "string"
    ]
