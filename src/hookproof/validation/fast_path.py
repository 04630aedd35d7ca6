"""The fast lane: tells what a capture shows straight from its bytes, in the order of its cost.

Months of captures are nearly all alike. A valid one costs a few calls into compiled code, any
other gets a key that is equal for captures with equal findings. Where there is no key either,
the exact path judges: a doubt costs nothing but time.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, Protocol

import orjson

from hookproof.payload.decode import repeats_a_key, too_deep
from hookproof.schema.closed_schema import is_bounded, limits_bytes, narrowed, widens
from hookproof.schema.compiled_schema import BYTE_LIMIT, compile_schema
from hookproof.schema.learned_schemas import likeness_of
from hookproof.schema.nested_json import is_out_of_reach, json_in, opened, opener, texts_of
from hookproof.schema.open_lists import without_open_lists
from hookproof.validation.compiled_callback import CompiledCallback
from hookproof.validation.fractions import few_inside, hints_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from hookproof.contract import Callback
    from hookproof.validation.fractions import Hint

    class Look(Protocol):
        """What a body shows, of which `value` is what orjson made and `anew` what it writes."""

        def __call__(
            self, raw: bytes, value: dict[str, Any], anew: bytes | None = None
        ) -> Seen | None:
            """What a valid one shows; DOUBT where only the exact way knows."""

    Like = tuple["Seen | None", Callable[[Any], bool]]


# What would mean something else without the fields that stand beside it.
_BESIDE_FIELDS: Final = frozenset(
    {"additionalProperties", "patternProperties", "unevaluatedProperties"}
)


class Faults:
    """The faults of payloads by a schema that was opened.

    Most payloads have one, so each field is judged by itself first: to tell what is wrong with
    one takes as long as to judge a hundred.
    """

    def __init__(self, schema: dict[str, Any]) -> None:
        together = bool(_BESIDE_FIELDS & schema.keys())
        fields = {} if together else schema.get("properties", {})
        rest = schema if together else {k: v for k, v in schema.items() if k != "properties"}
        self._fields = [(name, _compile(sub)) for name, sub in fields.items()]
        self._rest = _compile(rest)

    def of(self, payload: dict[str, Any]) -> tuple[Hashable, ...]:
        """The shapes of all faults; none where the payload is valid."""
        found: list[Hashable] = [
            (name, shape_of(error))
            for name, judge in self._fields
            if name in payload and not judge.is_valid(payload[name])
            for error in judge.iter_errors(payload[name])
        ]
        if not self._rest.is_valid(payload):
            found += map(shape_of, self._rest.iter_errors(payload))
        return tuple(found)


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


def _compile(schema: Any) -> Any:
    return compile_schema(schema, keywords=BYTE_LIMIT if limits_bytes(schema) else None)


DOUBT: Final = None
# An integer that is written as a fraction, in any writing, has one of these.
_FRACTION: Final = re.compile(rb"\.\d*0|\d[eE][+-]?\d")
# Different things to be told of one callback that are remembered.
_MOST_SEEN: Final = 1_000
# Kinds of payloads of one callback that are learned, by what is to be told of them.
_MOST_KINDS: Final = 16
# Payloads of a kind whose fields and shapes are learned; any others are rare.
_MOST_ALIKE: Final = 8
# Of so many, each mixture is expected.
_FEW_QUIRKS: Final = 3
# In bytes; of longer ones only the kind is learned, for those that are alike are kept.
_LONGEST_KEPT: Final = 64 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a valid capture of one callback shows: ids of quirks, and undocumented fields.

    There is one of each for a lane, so it is its own key. Nothing is `told` of a clean capture.
    `quirks` are the ids of what is told, None where it has an undocumented field.
    """

    told: tuple[tuple[str, str], ...]
    quirks: tuple[str, ...] | None = field(init=False)

    def __post_init__(self) -> None:
        ids = tuple(name for kind, name in self.told if kind == "quirk")
        object.__setattr__(self, "quirks", ids if len(ids) == len(self.told) else None)

    def __bool__(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.told)

    @property
    def has_fields(self) -> bool:
        """Whether there is an undocumented field to tell of."""
        return self.quirks is None


class Express:
    """The fast lane of one callback. `raw` is a body and `value` what orjson made of it.

    A look may change the value, which is of no use to others then, unless it `keeps` it. Where
    the schema asserts something out of its reach, everything is in doubt.
    """

    def __init__(self, callback: Callback, *, keeps: bool = False) -> None:
        self.callback = callback
        self._keeps = keeps
        self.path = callback.path
        self._judges = CompiledCallback(callback)
        schemas = [callback.schema, *(quirk.seen for quirk in callback.quirks)]
        for schema in schemas:
            # One that is none is told of before anything is made of it.
            compile_schema(schema, label=f"schemas/{callback.path}.json")
        self._texts = sorted(set().union(*map(texts_of, schemas)))
        self._bounded = is_bounded(callback.schema)
        # A callback of which no page says that it comes as JSON is told of each time it does.
        as_json = any(facts.encoding == "json" for facts in callback.encodings)
        self._reaches_all = as_json and not (
            widens(callback.schema)
            or any(limits_bytes(quirk.seen) for quirk in callback.quirks)
            or any(is_out_of_reach(schema, self._texts) for schema in schemas)
        )
        self._seen: dict[tuple[tuple[str, str], ...], Seen] = {}
        # What was judged exactly, and what only payloads like it fit.
        self._likes: list[Like] = []
        self._kinds: dict[Seen, _Kind] = {}
        # What a valid capture shows; DOUBT where it may be invalid, or is like none before.
        self.look: Look = _doubt
        if self._reaches_all:
            self.look = self._look_for_likes()
        elif as_json:
            self.look = self._look_whole

    def _look_for_likes(self) -> Look:
        if self._texts or not self._bounded:
            return self._look_inside()
        # All that is constant is bound, for every look-up of an attribute would cost again.
        dumps, likes, has_fraction = orjson.dumps, self._likes, self._has_fraction
        hint, _ = self._hints

        def look(raw: bytes, value: dict[str, Any], anew: bytes | None = None) -> Seen | None:
            if anew is None:
                anew = dumps(value)
            if anew != raw and repeats_a_key(raw, anew):
                return DOUBT
            if hint and hint(anew) and has_fraction(value):
                return DOUBT
            for seen, fits in likes:
                if fits(value):
                    return seen
            return DOUBT

        return look

    def _look_inside(self) -> Look:
        dumps, likes, bounded = orjson.dumps, self._likes, self._bounded
        has_fraction = self._has_fraction
        hint, hint_inside = self._hints
        openers = [opener(place, bounded=bounded) for place in self._texts]
        copies, loads, deep = self._keeps, orjson.loads, self.opens_deep

        def look(raw: bytes, value: dict[str, Any], anew: bytes | None = None) -> Seen | None:
            if anew is None:
                anew = dumps(value)
            if (anew != raw and repeats_a_key(raw, anew)) or not (bounded or not too_deep(raw)):
                return DOUBT
            if copies:
                value = loads(raw) if deep else value.copy()
            may_be = hint and hint(anew)
            for open_ in openers:
                inside = open_(value)
                if inside is None:
                    return DOUBT
                may_be = may_be or (hint_inside and hint_inside(inside))
            if may_be and has_fraction(loads(raw)):
                return DOUBT
            for seen, fits in likes:
                if fits(value):
                    return seen
            return DOUBT

        is_usual = copies and bounded and not hint and [len(place) for place in self._texts] == [1]
        return self._look_as_usual(self._texts[0][0], look) if is_usual else look

    def _look_as_usual(self, name: str, exactly: Look) -> Look:
        """A look at one text that is JSON, as it mostly is: the other one without its loops."""
        loads, dumps, likes = orjson.loads, orjson.dumps, self._likes
        hint = self._hints[1]
        # Where they are few members of it, to ask for each is quicker than to search its text.
        found = few_inside(self.callback.schema, name)
        hint, few = (hint, []) if found is None else (None, found)

        def look(raw: bytes, value: dict[str, Any], anew: bytes | None = None) -> Seen | None:
            text = value.get(name)
            if type(text) is str and anew == raw:
                try:
                    content, inner = loads(text), text.encode()
                    written = dumps(content)
                except (ValueError, TypeError):  # no JSON, or deeper than orjson writes
                    return exactly(raw, value, anew)
                is_plain = type(content) is dict and written == inner
                for member in few:
                    is_plain = is_plain and type(content.get(member)) is not float
                if is_plain and not (hint and hint(written)):
                    whole = value.copy()
                    whole[name] = {"text": text, "json": content}
                    for seen, fits in likes:
                        if fits(whole):
                            return seen
                    return DOUBT
            return exactly(raw, value, anew)

        return look

    def _has_fraction(self, value: dict[str, Any]) -> bool:
        """Whether an integer is written as a fraction, of which no schema can tell."""
        return any(True for _ in self._judges.fractions_in(value))

    def _look_whole(
        self, raw: bytes, value: dict[str, Any], anew: bytes | None = None
    ) -> Seen | None:
        """A look by the judges that reach all, for a schema that asserts what others do not."""
        anew = anew or orjson.dumps(value)
        if repeats_a_key(raw, anew) or too_deep(raw) or self._may_have_fraction(anew, value):
            return DOUBT
        return self._show(value, self._judges.unknown_in(value))

    def _may_have_fraction(self, anew: bytes, value: dict[str, Any]) -> bool:
        """The same of a value whose nested JSON is as it came; its writing shows most often no."""
        return _FRACTION.search(anew) is not None and self._has_fraction(value)

    @property
    def opens_deep(self) -> bool:
        """Whether a look changes what lies deeper in a value than its own members."""
        return any(len(place) > 1 for place in self._texts)

    def expect_valid(self) -> None:
        """Have a look tell of valid captures from the first one on, without learning any more.

        Those with an undocumented field are in doubt, and those with a rare mixture of quirks.
        What is like a documented example is told soonest.
        """
        for example in self.callback.examples:
            # An integer beyond 64 bits, and half of a character, are for the exact way.
            with suppress(TypeError):
                self.key(orjson.dumps(example.payload))
        quirks = [("quirk", quirk.id) for quirk in self.callback.quirks]
        most = len(quirks) if len(quirks) <= _FEW_QUIRKS else 1
        for count in range(most + 1):
            for told in combinations(quirks, count):
                seen = self._seen.setdefault(told, Seen(told))
                if self._reaches_all:
                    self._likes.append((seen, self._compile(seen, [])))

    def key(self, raw: bytes) -> Hashable | None:
        """What is to be told of a capture, so that equal keys mean equal findings.

        Their values apart, that is: they differ. DOUBT where only the exact path knows.
        """
        value = orjson.loads(raw)
        anew = orjson.dumps(value)
        if not self._reaches_all or repeats_a_key(raw, anew) or too_deep(raw):
            return DOUBT
        if self._judges.edition_of(value):
            return DOUBT
        # What is opened is put into a copy, for the rest is asked of the texts as they came.
        whole = orjson.loads(raw) if self.opens_deep else dict(value)
        hint, hint_inside = self._hints
        may_be = hint and hint(anew)
        for open_ in self._openers:
            inside = open_(whole)
            may_be = may_be or not inside or (hint_inside and hint_inside(inside))
        # An integer beyond 64 bits comes as a fraction as well, and is none.
        if may_be and self._has_fraction(value):
            return DOUBT
        unknown = self._judges.unknown_in(value, inside=lambda name: json_in(whole[name]))
        found = self._faults.of(whole)
        if found:
            return (self.path, found, tuple(sorted(unknown)))
        seen = self._show(value, unknown)
        if seen is not DOUBT:
            self._learn(seen, whole if len(raw) <= _LONGEST_KEPT else None)
        return seen

    @cached_property
    def _hints(self) -> tuple[Hint | None, Hint | None]:
        return hints_of(self.callback.schema)

    @cached_property
    def _openers(self) -> list[Callable[[dict[str, Any]], bytes | None]]:
        return [opener(place, exact=True) for place in self._texts]

    @cached_property
    def _faults(self) -> Faults:
        return Faults(opened(without_open_lists(self.callback.schema), self._texts))

    def _show(self, value: dict[str, Any], unknown: list[str]) -> Seen | None:
        """What a payload without an error shows, by the judges that reach all."""
        judges = self._judges
        if not judges.accepts(value) or judges.edition_of(value) or not judges.is_listed(value):
            return DOUBT
        quirks = (("quirk", quirk.id) for quirk in self._judges.quirks_in(value))
        told = (*quirks, *(("field", pointer) for pointer in sorted(unknown)))
        # Ever new fields have no end; what is told of the rest is worked out each time.
        if told not in self._seen and len(self._seen) >= _MOST_SEEN:
            return DOUBT
        return self._seen.setdefault(told, Seen(told))

    def _learn(self, seen: Seen, whole: dict[str, Any] | None) -> None:
        """Let a look tell what was seen of all payloads like this one, and those before it.

        A long one is not kept, so None stands for it.
        """
        if seen not in self._kinds and len(self._kinds) >= _MOST_KINDS:
            return
        kind = self._kinds.setdefault(seen, _Kind())
        kind.tries += 1
        if kind.tries <= _MOST_ALIKE and whole is not None:
            alike = [*kind.met, whole]
            fits = self._compile(seen, alike)
            if all(map(fits, alike)):
                kind.met = alike
                self._tell(seen, fits)
        elif kind.tries <= _MOST_ALIKE + 1 and not seen.has_fields:
            kind.tries = _MOST_ALIKE + 1
            self._tell(seen, self._compile(seen, []))

    def _compile(self, seen: Seen, alike: list[dict[str, Any]]) -> Callable[[Any], bool]:
        """What only payloads fit of which the same is to be told; those that are like some."""
        shown = {id_ for kind, id_ in seen.told if kind == "quirk"}
        asked = [
            opened(quirk.seen if quirk.id in shown else {"not": quirk.seen}, self._texts)
            for quirk in self.callback.quirks
        ]
        schema: Any = narrowed(self.callback.schema, texts=self._texts)
        schema = likeness_of(alike, schema, asked=asked) if alike else {"allOf": [*asked, schema]}
        return compile_schema(schema).is_valid  # type: ignore[no-any-return]

    def _tell(self, seen: Seen, fits: Callable[[Any], bool]) -> None:
        """Let a look tell what was seen of what fits, in the place of what fitted before."""
        known = [each for each, _ in self._likes]
        at = known.index(seen) if seen in known else len(known)
        self._likes[at : at + 1] = [(seen, fits)]
        # An undocumented field may hold what nests too deep.
        if self._bounded and seen.has_fields:
            self._bounded = False
            self.look = self._look_for_likes()


@dataclass(slots=True)
class _Kind:
    """Payloads of which the same is to be told: those that are kept, and how many were tried."""

    met: list[dict[str, Any]] = field(default_factory=list)
    tries: int = 0


def _doubt(raw: bytes, value: dict[str, Any], anew: bytes | None = None) -> None:
    del raw, value, anew
