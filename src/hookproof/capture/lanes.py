"""The way of a body to its fast lane: by its callback, past its signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from hookproof.capture.tally import NOT_CHECKED
from hookproof.payload.body import BodyForm, detect_form
from hookproof.payload.decode import MAX_BYTES
from hookproof.signature import verify
from hookproof.signature.verify import is_in_sight
from hookproof.validation.express import Express

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.signature.secrets import Secrets
    from hookproof.validation.identify import Directory
    from hookproof.validation.validator import Validator

_FORM_TYPE: Final = "x-www-form-urlencoded"

Headers = tuple[tuple[str, str], ...] | None


class Entry(NamedTuple):
    """A JSON body before its fast lane: the lane, the value, the state of its signature."""

    lane: Express
    value: Any
    signature: str


class Lanes:
    """The fast lanes of all callbacks that a validator knows, each made on first use.

    Signatures are checked where `secrets` are given.
    """

    def __init__(self, validator: Validator, *, secrets: Secrets | None = None) -> None:
        self._validator = validator
        self._secrets = secrets
        self._lanes: dict[str, tuple[Express, bytes | None]] = {}

    def of(self, name: str) -> Express:
        """The lane of a callback by its full name."""
        return self._of(name)[0]

    def tables(self) -> list[tuple[str, dict[str | int, Express]]]:
        """The fast lanes by discriminator field and value, as far as those are clear.

        They are to be tried in order. None where every capture needs more than a look at its
        payload, and no lane for a callback that two fields name together.
        """
        directory = self._validator.directory
        if directory is None or self._secrets:
            return []
        ordered = sorted(directory.tables, key=lambda entry: _strangers(directory, entry[0]))
        tables: list[tuple[str, dict[str | int, Express]]] = []
        for field, table in ordered:
            earlier = frozenset(name for name, _ in tables)
            others = frozenset(directory.fields) - {field}
            clear = {
                value: self.of(found[0].path)
                for value, found in table.items()
                if len(found) == 1 and _is_clear(found[0], others, earlier, directory)
            }
            tables.append((field, clear))
        return tables

    def enter(self, raw: bytes, headers: Headers, url: str = "") -> Entry | None:
        """Lead a JSON body to its lane; None where it needs the exact way."""
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return None
        candidates = self._validator.identify(value)
        if len(candidates) != 1 or len(raw) > MAX_BYTES or type(value) is not dict:
            return None
        lane, secret = self._of(candidates[0].path)
        if secret is None:
            return Entry(lane, value, NOT_CHECKED)
        signature = _signature(lane.callback, secret, value, raw, headers, url)
        return Entry(lane, value, signature) if signature else None

    def _of(self, name: str) -> tuple[Express, bytes | None]:
        if name not in self._lanes:
            callback = self._validator.compiled(name).callback
            secret = self._secrets and self._secrets.find(callback.area, vendor=callback.vendor)
            self._lanes[name] = (Express(callback), secret or None)
        return self._lanes[name]


def _strangers(directory: Directory, field: str) -> int:
    """How many callbacks document a discriminator field without being named by it."""
    named: set[str] = set()
    documenting: set[str] = set()
    for name, table in directory.tables:
        for callback in (callback for found in table.values() for callback in found):
            if name == field:
                named.add(callback.path)
            if field in callback.schema["properties"]:
                documenting.add(callback.path)
    return len(documenting - named)


def _is_clear(
    callback: Callback, others: frozenset[str], earlier: frozenset[str], directory: Directory
) -> bool:
    """Whether a payload with a callback's discriminator can be no other callback.

    With another discriminator among its documented fields it may be two things, unless that
    field's own values name nothing. A discriminator that it does not document is an unknown
    field, which the loop hands to the exact way.
    """
    documented = others & callback.schema["properties"].keys()
    if documented & earlier:
        return False
    return all(
        "enum" in (schema := callback.schema["properties"][field])
        and directory.values(field).isdisjoint(schema["enum"])
        for field in documented
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
    return verdict.state.value if verdict.lawful else None


def form_of(raw: bytes, headers: Headers) -> BodyForm:
    """How a body is written: by its first bytes, and in doubt by its Content-Type.

    What begins as JSON is JSON whatever the header says: `curl -d` calls everything a form.
    """
    if raw[:1] in {b"{", b"["}:
        return BodyForm.JSON
    types = [value.lower() for name, value in headers or () if name.lower() == "content-type"]
    return BodyForm.FORM if types and _FORM_TYPE in types[0] else detect_form(raw)
