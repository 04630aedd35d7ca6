"""Receivers that fail at the edges of what the contract allows, each at one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cast.fault import Faulty, checks, leaves, nested_fields, opened
from hookproof.conformance.cases.mutation_points import Site, sites_of
from hookproof.conformance.checks import Check
from hookproof.testing.receiver import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract import Callback
    from hookproof.payload.body import Body
    from hookproof.testing.receiver import Delivered, Incoming

_CONFORMING = checks(Check.ACCEPTS_CONFORMING, Check.ACCEPTS_DOCUMENTED_VARIANTS)


def _sites(callback: Callback) -> list[Site]:
    """The places of the documented payloads."""
    return sites_of(callback.schema, [example.payload for example in callback.examples])


def _schemas(callback: Callback) -> Iterator[dict[str, Any]]:
    """The schemas of all places in the documented payloads."""
    for site in _sites(callback):
        yield from site.schemas


class StoresSmallIntegers(Faulty):
    """Stores integers in signed 32 bits and crashes on larger ones."""

    finds = _CONFORMING | checks(Check.ACCEPTS_GENUINE)

    def process(self, delivered: Delivered) -> None:
        moment = delivered.callback.sent_at.field if delivered.callback.sent_at else ""
        stored = delivered.callback.schema["properties"].keys() - {moment}
        fields = {name: value for name, value in delivered.payload.items() if name in stored}
        if any(type(value) is int and value >= 2**31 for value in leaves(opened(fields))):
            raise OverflowError("integer out of range")

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where the contract has integers that large."""
        return any(
            schema.get("type") == "integer" and schema.get("maximum", 0) >= 2**31
            for schema in _schemas(callback)
        )


class TakesZeroForMissing(Faulty):
    """Takes the number 0 for a field that is not there, where the samples show another number."""

    finds = _CONFORMING

    def validate(self, delivered: Delivered) -> None:
        super().validate(delivered)
        payload = opened(delivered.payload)
        if any(_at(payload, site.path) == 0 for site in self._counted(delivered.callback)):
            raise Refused(400, "a field is missing")

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where a number may be 0."""
        return bool(cls._counted(callback))

    @staticmethod
    def _counted(callback: Callback) -> list[Site]:
        moment = callback.sent_at.field if callback.sent_at else ""
        return [
            site
            for site in _sites(callback)
            if type(site.value) is int
            and site.value
            and site.field != moment
            and any(s.get("type") == "integer" and "enum" not in s for s in site.schemas)
        ]


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        if isinstance(value, dict):
            value = value.get(str(part))
        elif isinstance(value, list):
            value = value[0] if value else None
    return value


class StoresThreeBytes(Faulty):
    """Has a table whose letters have three bytes at most, and crashes on others."""

    finds = _CONFORMING

    def process(self, delivered: Delivered) -> None:
        texts = (value for value in leaves(opened(delivered.payload)) if isinstance(value, str))
        if any(max(text, default="") > "\uffff" for text in texts):
            raise ValueError("Incorrect string value")


class CutsTextsShort(Faulty):
    """Has columns of 200 bytes where the page allows more."""

    finds = _CONFORMING

    def process(self, delivered: Delivered) -> None:
        for name, schema in delivered.callback.schema["properties"].items():
            value = delivered.payload.get(name)
            limited = isinstance(value, str) and "x-max-bytes" in schema
            if limited and len(str(value).encode()) > 200:
                raise Refused(400, "too long")

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where a page gives a limit in bytes."""
        return any("x-max-bytes" in s for s in callback.schema["properties"].values())


class CountsBytesAsLetters(Faulty):
    """Has room for the letters of a text at its limit, but not for all of its bytes."""

    finds = _CONFORMING

    def process(self, delivered: Delivered) -> None:
        for name, schema in delivered.callback.schema["properties"].items():
            limit, value = schema.get("x-max-bytes"), delivered.payload.get(name)
            # Twice the bytes of each letter beyond ASCII, as an escaped column takes.
            if limit and isinstance(value, str) and 2 * len(value.encode()) - len(value) > limit:
                raise ValueError("value too long for type")

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where a page gives a limit in bytes for a text that may hold any letter."""
        properties = callback.schema["properties"].values()
        return any("x-max-bytes" in s and "format" not in s for s in properties)


class CrashesOnEmptyLists(Faulty):
    """Takes the first item of each list as if there always were one."""

    finds = _CONFORMING

    def process(self, delivered: Delivered) -> None:
        _first_items(opened(delivered.payload))

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where there are lists."""
        return any(isinstance(site.value, list) for site in _sites(callback))


def _first_items(value: Any) -> None:
    if isinstance(value, list):
        _first_items(value[0])
    elif isinstance(value, dict):
        for name, item in value.items():
            if not name.startswith("x_unknown"):
                _first_items(item)


class WantsNestedJsonOnOneLine(Faulty):
    """Takes nested JSON apart with a pattern that knows it without line ends only."""

    finds = checks(Check.ACCEPTS_CONFORMING)

    def validate(self, delivered: Delivered) -> None:
        super().validate(delivered)
        for name, _ in nested_fields(delivered.callback):
            if "\n" in (delivered.payload.get(name) or ""):
                raise Refused(400, f"{name} is not understood")

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where there is nested JSON."""
        return any(nested_fields(callback))


class WantsOptionalFields(Faulty):
    """Reads fields that may be left out as if they were always there."""

    finds = _CONFORMING

    def process(self, delivered: Delivered) -> None:
        for name in self._optional(delivered.callback):
            delivered.payload[name]

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where a field may be left out."""
        return bool(cls._optional(callback))

    @staticmethod
    def _optional(callback: Callback) -> set[str]:
        required = set(callback.schema["required"])
        return set(callback.examples[0].payload) - required


class ReadsTheFirstLine(Faulty):
    """Reads a body as far as its first line end."""

    finds = _CONFORMING

    def read(self, incoming: Incoming) -> Body:
        if b"\n" in incoming.body.strip():
            raise Refused(400, "the body cannot be read")
        return super().read(incoming)


class CrashesOnUnknownEvents(Faulty):
    """Looks for the handler of an event that it does not know."""

    finds = checks(Check.SURVIVES_MALFORMED)

    def identify(self, payload: dict[str, Any], incoming: Incoming) -> list[Callback]:
        try:
            return super().identify(payload, incoming)
        except Refused:
            if payload:
                raise KeyError("no handler") from None
            raise


class CrashesOnUnknownValues(Faulty):
    """Looks up values that are listed as if no other could come."""

    finds = checks(Check.SURVIVES_MALFORMED)

    def validate(self, delivered: Delivered) -> None:
        for name, schema in delivered.callback.schema["properties"].items():
            value = delivered.payload.get(name)
            if "enum" in schema and isinstance(value, (str, int)):
                dict.fromkeys(schema["enum"])[value]
        super().validate(delivered)

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where values are listed, and not those that tell callbacks apart."""
        return any(
            "enum" in schema and name not in callback.naming_fields
            for name, schema in callback.schema["properties"].items()
        )


class CrashesOnNul(Faulty):
    """Stores texts in a database that takes no U+0000."""

    finds = checks(Check.SURVIVES_MALFORMED)

    def process(self, delivered: Delivered) -> None:
        texts = (value for value in leaves(opened(delivered.payload)) if isinstance(value, str))
        if any("\x00" in text for text in texts):
            raise ValueError("a string literal cannot contain NUL characters")


EDGE_FAULTS: tuple[type[Faulty], ...] = (
    StoresSmallIntegers,
    TakesZeroForMissing,
    StoresThreeBytes,
    CutsTextsShort,
    CountsBytesAsLetters,
    CrashesOnEmptyLists,
    WantsNestedJsonOnOneLine,
    WantsOptionalFields,
    ReadsTheFirstLine,
    CrashesOnUnknownEvents,
    CrashesOnUnknownValues,
    CrashesOnNul,
)
