"""The way of a body to its fast lane: by its callback, past its signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from hookproof.contract.model import place_of
from hookproof.payload.body import Body, BodyForm, detect_form, read_body
from hookproof.payload.decode import MAX_BYTES, repeats_a_key, too_deep
from hookproof.schema.compiled_schema import compile_schema
from hookproof.signature import verify
from hookproof.signature.verify import is_in_sight
from hookproof.validation.fast_path import DOUBT, Express, Seen
from hookproof.validation_run.summary import NOT_CHECKED

if TYPE_CHECKING:
    from collections.abc import Hashable

    from hookproof.contract import Callback
    from hookproof.signature.secrets import Secrets
    from hookproof.validation.identify import Directory
    from hookproof.validation.sought import Sought
    from hookproof.validation.validator import Validator

_MOST_MET: Final = 10_000
# In bytes; longer ones would fill the memory with what is told of them in few words.
_LONGEST_STRAY: Final = 1000
_FORM_TYPE: Final = "x-www-form-urlencoded"

Headers = tuple[tuple[str, str], ...] | None


class Ambiguous:
    """The lane of bodies that may be several callbacks: that is all there is to tell of them."""

    path = ""

    def __init__(self) -> None:
        self._seen = Seen((("unclear", ""),))

    def look(self, raw: bytes, value: dict[str, Any]) -> Hashable | None:
        """What all of them show; DOUBT where one may have more to tell."""
        return DOUBT if _is_suspicious(raw, value) else self._seen

    def key(self, raw: bytes) -> Hashable | None:
        """The same."""
        return self.look(raw, orjson.loads(raw))


class Unrecognised:
    """The lane of bodies that are no callback: what keeps them from it is all there is to tell."""

    path = ""

    def __init__(self, directory: Directory, sought: Sought) -> None:
        self._near = directory.near
        self._sought = sought

    def look(self, raw: bytes, value: dict[str, Any]) -> Hashable | None:
        """What a body has instead of a name; DOUBT where one may have more to tell."""
        near = self._near(value)
        # What is no callback may hold one.
        if not near or not self._sought.expects(value):
            return DOUBT
        told = orjson.dumps(near)
        if len(told) > _LONGEST_STRAY or _is_suspicious(raw, value) or _is_rounded(near):
            return DOUBT
        return ("stray", told)

    def key(self, raw: bytes) -> Hashable | None:
        """The same."""
        return self.look(raw, orjson.loads(raw))


Lane = Express | Ambiguous | Unrecognised


class Entry(NamedTuple):
    """A JSON body before its lane: the lane, the value, the state of its signature."""

    lane: Lane
    value: Any
    signature: str

    def tell(self, raw: bytes) -> Hashable | None:
        """What is to be told of the body, by a look or by its key; it spends the value."""
        seen = self.lane.look(raw, self.value)
        return self.lane.key(raw) if seen is DOUBT else seen


def _is_suspicious(raw: bytes, value: Any) -> bool:
    return repeats_a_key(raw, orjson.dumps(value)) or too_deep(raw)


def _is_rounded(value: Any) -> bool:
    """Whether orjson may have made a number of several: it has no whole ones over 64 bits."""
    if isinstance(value, dict):
        return any(map(_is_rounded, value.values()))
    if isinstance(value, list):
        return any(map(_is_rounded, value))
    return type(value) is float and abs(value) >= 2**53


class FastPathRouter:
    """The fast lanes of all callbacks that a validator knows, each made on first use.

    Signatures are checked where `secrets` are given.
    """

    def __init__(self, validator: Validator, *, secrets: Secrets | None = None) -> None:
        self._validator = validator
        self._secrets = secrets
        self._lanes: dict[str, tuple[Express, bytes | None]] = {}
        # By field and value, the lanes that a look at one field leads to, once they were met.
        # What a table says holds for a valid payload; any other is to be led again.
        self.tables: list[tuple[str, dict[str | int, Express]]] = []
        self._forks: dict[tuple[str, ...], Ambiguous] = {}
        directory = validator.directory
        self._stray = Unrecognised(directory, validator.sought) if directory else None
        self._named = directory.named if directory else lambda _: []
        # By the values of all these fields, and by those with their types: True equals 1.
        self._met: dict[tuple[Any, ...], Express] = {}
        self._led: dict[tuple[Any, ...], Lane] = {}

    @property
    def are_open(self) -> bool:
        """Whether a look at the payload is enough, which no signature is asked of."""
        return not self._secrets

    def of(self, name: str) -> Express:
        """The lane of a callback by its full name."""
        return self._of(name)[0]

    def lead_soon(self, value: dict[str, Any]) -> Lane | None:
        """Where `lead` leads a valid payload, looked up by what was met before.

        Raises TypeError or AttributeError for what cannot be looked up.
        """
        key = tuple(self._named(value))
        lane: Lane | None = self._met.get(key)
        if lane is None:
            lane = self.lead(value)
            # A fork looks at no payload, so it would not see that True is not 1.
            alone = isinstance(lane, Express) and not self._is_shared(value)
            if isinstance(lane, Express) and alone and len(self._met) < _MOST_MET:
                self._met[key] = lane
                self._keep(lane.callback, lane)
        return lane

    def lead(self, value: Any) -> Lane | None:
        """The lane of what a value may be, None where that cannot be a callback at all."""
        if type(value) is not dict:
            return None
        values = tuple(self._named(value))
        key: tuple[Any, ...] = (values, tuple(map(type, values)))
        try:
            lane = self._led.get(key)
        except TypeError:
            return self._find(value)
        if lane is None and self._is_shared(value):
            # Its members tell which one it is.
            key = (*key, tuple(value))
            lane = self._led.get(key)
        if lane is None:
            lane = self._find(value)
            # Of strays there is no end, and their names may be long.
            if lane is not None and lane is not self._stray and len(self._led) < _MOST_MET:
                self._led[key] = lane
        return lane

    def _is_shared(self, value: dict[str, Any]) -> bool:
        """Whether what names a body names several callbacks, as products share a name."""
        directory = self._validator.directory
        return directory is not None and directory.is_told_by_members(value)

    def _find(self, value: dict[str, Any]) -> Lane | None:
        directory = self._validator.directory
        if directory is not None and directory.looks_beside:
            return None
        candidates = self._validator.identify(value)
        if not candidates:
            return self._stray
        if len(candidates) > 1:
            return self._forks.setdefault(tuple(one.path for one in candidates), Ambiguous())
        return self.of(candidates[0].path)

    def _keep(self, callback: Callback, lane: Express) -> None:
        """Let one field lead to a lane, where no valid payload of it can be another callback."""
        directory = self._validator.directory
        if directory is None or len(callback.naming_fields) != 1:
            return
        [(field, values)] = callback.naming_fields.items()
        if _may_name_another(callback, field, directory):
            return
        alone = {value: lane for value in values if len(directory.paths({field: value})) == 1}
        table = next((table for name, table in self.tables if name == field), None)
        if table is None:
            self.tables.append((field, alone))
        else:
            table.update(alone)

    def enter(self, raw: bytes, headers: Headers, url: str = "") -> Entry | None:
        """Lead a JSON body to its lane; None where it needs the exact way."""
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return None
        lane = self.lead(value) if len(raw) <= MAX_BYTES else None
        if not isinstance(lane, Express):
            return Entry(lane, value, NOT_CHECKED) if lane else None
        secret = self._of(lane.path)[1]
        if secret is None:
            return Entry(lane, value, NOT_CHECKED)
        signature = _signature(lane.callback, secret, value, raw, headers, url)
        return Entry(lane, value, signature) if signature else None

    def tell(self, raw: bytes) -> Hashable | None:
        """What is to be told of a JSON body alone, whoever signed it; DOUBT for no JSON."""
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return DOUBT
        lane = self.lead(value)
        return Entry(lane, value, NOT_CHECKED).tell(raw) if lane else DOUBT

    def _of(self, name: str) -> tuple[Express, bytes | None]:
        if name not in self._lanes:
            callback = self._validator.compiled(name).callback
            secret = self._secrets and self._secrets.of(callback)
            self._lanes[name] = (Express(callback), secret or None)
        return self._lanes[name]


def _may_name_another(callback: Callback, field: str, directory: Directory) -> bool:
    """Whether a valid payload of a callback, named by one field, may name another one as well."""
    properties = callback.schema["properties"]

    def may_be(name: str, values: frozenset[str | int]) -> bool:
        # What stands deeper, or need only be there, no look at one field's schema rules out.
        if name.startswith("/") or not values:
            return place_of(name)[0] in properties
        schema = compile_schema(properties[name]) if name in properties else None
        return schema is not None and any(map(schema.is_valid, values))

    return any(
        all(may_be(name, values) for name, values in named.items())
        for named in directory.beside(field)
    )


def _signature(
    callback: Callback, secret: bytes, value: Any, raw: bytes, headers: Headers, url: str
) -> str | None:
    """The state of the signature in a word; None where it has to be told."""
    facts = callback.signature
    if not is_in_sight(facts, headers=headers, url=url):
        return NOT_CHECKED
    verdict = verify(facts, secret, payload=value, body=raw, headers=headers or (), url=url)
    if verdict.valid and facts.is_ambiguous:
        return None
    return verdict.state.value if verdict.valid else None


def reading_of(raw: bytes, headers: Headers) -> Body:
    """A body read in the form that it is written in."""
    return read_body(raw, form=form_of(raw, headers))


def form_of(raw: bytes, headers: Headers) -> BodyForm:
    """How a body is written: by its first bytes, and in doubt by its Content-Type.

    What begins as JSON is JSON whatever the header says: `curl -d` calls everything a form.
    """
    if raw[:1] in {b"{", b"["}:
        return BodyForm.JSON
    types = [value.lower() for name, value in headers or () if name.lower() == "content-type"]
    return BodyForm.FORM if types and _FORM_TYPE in types[0] else detect_form(raw)
