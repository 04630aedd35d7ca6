"""Strategies of hypothesis: payloads of a callback, broken ones, and signed requests.

    @given(callbacks("AREA/EVENT"))
    def test_any_of_them(payload): ...

They are made from the schema, so that they shrink: to the required fields alone, each as small as
it may be. What they give is judged once more by the contract, which speaks the last word.
"""

from __future__ import annotations

import os
import random
import re
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.conformance.sending.sender import Sender
from hookproof.contract import Contract
from hookproof.errors import DependencyMissing
from hookproof.http.request import write_json
from hookproof.payload.body import BodyForm
from hookproof.signature.secrets import read_secrets
from hookproof.validation.compiled_callback import CompiledCallback

try:
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy
except ImportError:
    raise DependencyMissing("hypothesis", extra="test") from None

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.contract import Callback

    Payload = dict[str, Any]
    Schema = dict[str, Any]

# More of them hypothesis cannot always take away again: it ends after 500 steps.
_MOST_ITEMS: Final = 3
_LONGEST_TEXT: Final = 40
_LARGEST: Final = 2**53
_OTHER_TYPES: Final[tuple[Any, ...]] = (None, False, 0, 0.5, "", [], {})


@dataclass(frozen=True, slots=True)
class SignedPayload:
    """A request as the vendor would send it now; `query` is what the URL's query holds besides."""

    payload: Payload
    body: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    query: str = ""


class Callbacks(SearchStrategy["Payload"]):
    """Payloads of one callback that keep its contract.

    `nonconforming` are those that break it in one place and still name it; `requests` are
    conforming ones, rightly signed now.
    """

    def __init__(self, callback: Callback, secret: bytes | None) -> None:
        super().__init__()
        self._callback, self._secret = callback, secret
        self._judges = CompiledCallback(callback)
        self._payloads = _of(callback.schema).filter(self._judges.accepts)

    def do_draw(self, data: Any) -> Payload:
        """What hypothesis asks of a strategy."""
        drawn: Payload = data.draw(self._payloads)
        return drawn

    @property
    def nonconforming(self) -> SearchStrategy[Payload]:
        """Payloads with one thing wrong: a field missing, of another type, beyond its limits."""
        damages = list(_damages(self._callback))
        broken = st.tuples(st.sampled_from(damages), self._payloads).map(_damaged)
        return broken.filter(lambda payload: not self._judges.accepts(payload))

    @property
    def requests(self) -> SearchStrategy[SignedPayload]:
        """Signed requests; raises SecretMissing where no secret is given or in the environment."""
        secret = self._secret
        if secret is None:
            secrets = read_secrets(os.environ)
            secret = secrets.require(self._callback)
        return self._payloads.map(partial(_signed, self._callback, secret))


def callbacks(
    name: str, *, secret: str | bytes | None = None, contract: Contract | None = None
) -> Callbacks:
    """What to draw payloads of a callback from: AREA/EVENT, or EVENT where one area has it.

    `secret` signs requests; without one it is looked up as the command does. Raises UsageError
    for an unknown name.
    """
    given = secret.encode() if isinstance(secret, str) else secret
    return Callbacks((contract or Contract()).callback(name), given)


def _signed(callback: Callback, secret: bytes, payload: Payload) -> SignedPayload:
    facts = callback.signature
    form = BodyForm(callback.encodings[0].encoding)
    sender = Sender(callback, secret, time.time, random.SystemRandom(), facts.encodings[0], form)
    moving = {*facts.nonces, callback.sent_at.field if callback.sent_at else ""}
    kept = frozenset(name for name in payload if name not in moving)
    case = Case(Check.ACCEPTS_CONFORMING, "drawn", payload, kept=kept, verbatim=True)
    request = sender.write(case)
    return SignedPayload(request.payload, request.body, request.headers, request.query)


# -- what keeps the contract ----------------------------------------------------------------------


def _of(schema: Any) -> SearchStrategy[Any]:
    """Values of a schema, or of one that admits a bit more."""
    if not isinstance(schema, dict):
        return st.none()
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    choices = _choices(schema)
    if len(choices) > 1 or choices[0] != schema:
        return st.one_of([_of(choice) for choice in choices])
    kinds = schema.get("type", "object" if "properties" in schema else "null")
    if isinstance(kinds, list):
        return st.one_of([_of({**schema, "type": kind}) for kind in kinds])
    return _TYPES[kinds](schema)


def _choices(schema: Schema) -> list[Schema]:
    """The schemas without a choice that a schema comes to; itself where it has none."""
    flat = {key: value for key, value in schema.items() if key not in _CHOOSING}
    asked = [_choices(part) for part in schema.get("allOf", ())]
    asked += [
        [one for branch in schema[key] for one in _choices(branch)]
        for key in ("anyOf", "oneOf")
        if key in schema
    ]
    if "if" in schema:
        holds = {"allOf": [schema["if"], schema.get("then", {})]}
        asked.append([*_choices(schema.get("else", {})), *_choices(holds)])
    found = [flat]
    for choices in asked:
        found = [_both(one, choice) for one in found for choice in choices]
    return found


_CHOOSING: Final = frozenset({"allOf", "anyOf", "oneOf", "if", "then", "else"})


def _both(one: Schema, other: Schema) -> Schema:
    """A schema that asks for what two ask for, neither of which leaves a choice."""
    made = {**one, **other}
    if "properties" in one and "properties" in other:
        mine, others = one["properties"], other["properties"]
        shared = {name: {"allOf": [mine[name], others[name]]} for name in mine if name in others}
        made["properties"] = {**mine, **others, **shared}
    if "required" in one and "required" in other:
        made["required"] = list(dict.fromkeys([*one["required"], *other["required"]]))
    return made


def _objects(schema: Schema) -> SearchStrategy[Any]:
    properties = {name: _of(sub) for name, sub in schema.get("properties", {}).items()}
    asked = set(schema.get("required", ()))
    required = {name: sub for name, sub in properties.items() if name in asked}
    optional = {name: sub for name, sub in properties.items() if name not in asked}
    return st.fixed_dictionaries(required, optional=optional)


def _arrays(schema: Schema) -> SearchStrategy[Any]:
    least = schema.get("minItems", 0)
    most = min(schema.get("maxItems", _MOST_ITEMS), max(least, _MOST_ITEMS))
    items = _of(schema["items"]) if "items" in schema else st.integers(0, 9)
    return st.lists(items, min_size=least, max_size=most)


def _integers(schema: Schema) -> SearchStrategy[Any]:
    return _whole(schema.get("minimum", -_LARGEST), schema.get("maximum", _LARGEST))


def _whole(least: int, most: int) -> SearchStrategy[int]:
    """Whole numbers; hypothesis ends after 500 steps, and from a large one there are too many."""
    small = min(max(least, 0), most)
    return st.one_of(st.integers(small, min(small + 9, most)), st.integers(least, most))


def _numbers(schema: Schema) -> SearchStrategy[Any]:
    least, most = schema.get("minimum", -_LARGEST), schema.get("maximum", _LARGEST)
    fractions = st.floats(least, most, allow_nan=False, allow_infinity=False)
    return st.one_of(st.integers(int(least), int(most)), fractions)


def _texts(schema: Schema) -> SearchStrategy[Any]:
    most = schema.get("maxLength")
    if "contentSchema" in schema:
        return _of(schema["contentSchema"]).map(write_json)
    if "pattern" in schema:
        return _like(schema["pattern"].removesuffix("$").removeprefix("^"))
    if schema.get("format") == "uri":
        return st.integers(0, 9999).map("https://example.com/{}".format)
    least = schema.get("minLength", 0)
    longest = max(least, min(_LONGEST_TEXT, _LONGEST_TEXT if most is None else most))
    letters = st.characters(exclude_categories=["Cs", "Cc"])
    return st.text(letters, min_size=least, max_size=longest)


def _like(pattern: str) -> SearchStrategy[Any]:
    """Texts of a pattern; numbers and digests, of which most are, at a tenth of the cost."""
    if found := _NUMBER.fullmatch(pattern):
        return _whole(0, 10 ** (int(found[1] or found[2]) + bool(found[1])) - 1).map(str)
    if found := _DIGEST.fullmatch(pattern):
        digits = int(found[1])
        return _whole(0, 16**digits - 1).map(lambda number: f"{number:0{digits}x}")
    return st.from_regex(pattern, fullmatch=True)


_NUMBER: Final = re.compile(r"\(0\|\[1-9\]\[0-9\]\{0,(\d+)\}\)|\[0-9\]\{1,(\d+)\}")
_DIGEST: Final = re.compile(r"\[0-9a-f\]\{(\d+)\}")


_TYPES: Final[dict[str, Callable[[Schema], SearchStrategy[Any]]]] = {
    "object": _objects,
    "array": _arrays,
    "integer": _integers,
    "number": _numbers,
    "string": _texts,
    "boolean": lambda _: st.booleans(),
    "null": lambda _: st.none(),
}


# -- what breaks it -------------------------------------------------------------------------------


def _damages(callback: Callback) -> Iterator[tuple[str, Any]]:
    """Fields with what is put there instead; what names the callback and signs it is left."""
    schema, facts = callback.schema, callback.signature
    signed = facts.body_fields
    for name, sub in schema.get("properties", {}).items():
        if name in signed or name in callback.discriminator:
            continue
        if name in schema.get("required", ()):
            yield name, ...
        yield from ((name, value) for value in _beyond(sub))
        yield from ((name, value) for value in _OTHER_TYPES)


def _beyond(schema: Any) -> Iterator[Any]:
    """Values just beyond the limits of a schema; some of another branch may be within them."""
    for part in (schema, *schema.get("anyOf", ())):
        if "maximum" in part:
            yield part["maximum"] + 1
        if "minimum" in part:
            yield part["minimum"] - 1
        if "maxLength" in part:
            yield "x" * (part["maxLength"] + 1)
        if part.get("minLength"):
            yield ""
        if "contentSchema" in part:
            yield from ("not json", "[]", "null")
        if "pattern" in part or "enum" in part:
            yield "no such value"


def _damaged(drawn: tuple[tuple[str, Any], Payload]) -> Payload:
    (name, value), payload = drawn
    if value is ...:
        return {key: kept for key, kept in payload.items() if key != name}
    return {**payload, name: value}
