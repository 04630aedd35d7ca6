"""Receivers that get the payload wrong, each in one way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cast.fault import Faulty, checks, leaves, nested_fields
from hookproof.conformance.checks import Check
from hookproof.payload.body import BodyForm
from hookproof.schema.compiled_schema import CompiledSchema
from hookproof.testing.receiver import Refused, Reply

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.payload.body import Body
    from hookproof.testing.receiver import Delivered, Incoming

_CONFORMING = checks(Check.ACCEPTS_CONFORMING, Check.ACCEPTS_DOCUMENTED_VARIANTS)


class RefusesUnknownFields(Faulty):
    """Refuses a payload with a field that it does not know."""

    finds = checks(Check.TOLERATES_UNKNOWN_FIELDS)

    def validate(self, delivered: Delivered) -> None:
        if set(delivered.payload) - set(delivered.callback.schema["properties"]):
            raise Refused(422, "unknown field")
        super().validate(delivered)


class CrashesOnUnknownFields(Faulty):
    """Hands all fields to a constructor that knows only the documented ones."""

    finds = checks(Check.TOLERATES_UNKNOWN_FIELDS)

    def process(self, delivered: Delivered) -> None:
        unknown = set(delivered.payload) - set(delivered.callback.schema["properties"])
        if unknown:
            raise TypeError(f"unexpected keyword argument {min(unknown)!r}")


class _Lax(Faulty):
    """Does not validate."""

    finds = checks(Check.SURVIVES_MALFORMED)

    def validate(self, delivered: Delivered) -> None:
        """Let everything through to the code behind."""


class AcknowledgesBrokenPayloads(_Lax):
    """Acknowledges whatever is signed right, without looking at it."""

    finds = checks(Check.REFUSES_MALFORMED)


class CrashesOnMissingFields(Faulty):
    """Reads required fields as if they were always there."""

    finds = checks(Check.SURVIVES_MALFORMED)

    def validate(self, delivered: Delivered) -> None:
        for name in delivered.callback.schema["required"]:
            delivered.payload[name]
        super().validate(delivered)


class CrashesOnOtherTypes(Faulty):
    """Calls methods of text on whatever came."""

    finds = checks(Check.SURVIVES_MALFORMED)

    def validate(self, delivered: Delivered) -> None:
        for name, schema in delivered.callback.schema["properties"].items():
            if schema.get("type") == "string" and name in delivered.payload:
                delivered.payload[name].strip()
        super().validate(delivered)

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where there is text among the fields."""
        return any(s.get("type") == "string" for s in callback.schema["properties"].values())


class CrashesOnBrokenNestedJson(Faulty):
    """Parses nested JSON without expecting that it may be none."""

    finds = checks(Check.SURVIVES_MALFORMED)

    def validate(self, delivered: Delivered) -> None:
        for name, _ in nested_fields(delivered.callback):
            value = delivered.payload.get(name)
            if value:
                json.loads(value)
        super().validate(delivered)

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where there is nested JSON."""
        return any(nested_fields(callback))


class CrashesOnUnreadableBodies(Faulty):
    """Parses the body without expecting that it may be no JSON."""

    finds = checks(Check.SURVIVES_MALFORMED)

    def read(self, incoming: Incoming) -> Body:
        if incoming.body[:1] not in (b"{", b"%", b"a", b"s"):
            json.loads(incoming.body)
        return super().read(incoming)


class HangsOnBrokenPayloads(Faulty):
    """Says nothing to what breaks the contract and keeps the connection open."""

    finds = checks(Check.SURVIVES_MALFORMED)

    def handle(self, incoming: Incoming) -> Reply:
        reply = super().handle(incoming)
        return Reply(silent=True) if reply.status == 400 else reply


class ReadsIntegersAsFloats(Faulty):
    """Loses digits of integers beyond 2^53 and refuses what it no longer recognises."""

    # Some samples hold such an integer themselves.
    finds = _CONFORMING | {Check.ACCEPTS_GENUINE}

    def validate(self, delivered: Delivered) -> None:
        for value in leaves(delivered.payload):
            if (
                isinstance(value, int)
                and not isinstance(value, bool)
                and int(float(value)) != value
            ):
                raise Refused(404, "no such record")
        super().validate(delivered)

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where the contract has integers that large."""
        return _largest_integer(callback) > 2**53


class StoresSignedIntegers(Faulty):
    """Stores integers in signed 64 bits and crashes on larger ones."""

    finds = _CONFORMING

    def process(self, delivered: Delivered) -> None:
        if any(isinstance(value, int) and value >= 2**63 for value in leaves(delivered.payload)):
            known = set(delivered.callback.schema["properties"])
            if set(delivered.payload) <= known:
                raise OverflowError("int too large to convert to BIGINT")

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where the contract has integers that large."""
        return _largest_integer(callback) >= 2**63


class KnowsTheTableOnly(Faulty):
    """Refuses the reading that only the page's sample shows."""

    finds = checks(Check.ACCEPTS_DOCUMENTED_VARIANTS, Check.ACCEPTS_CONFORMING)

    def validate(self, delivered: Delivered) -> None:
        super().validate(delivered)
        if self.compiled(delivered.callback).quirks_in(delivered.payload):
            raise Refused(400, "not as the table says")

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where the page contradicts itself."""
        return bool(callback.quirks)


class KnowsTheSampleOnly(Faulty):
    """Refuses the reading of the page's table where its sample shows another."""

    finds = checks(Check.ACCEPTS_DOCUMENTED_VARIANTS, Check.ACCEPTS_CONFORMING)

    def validate(self, delivered: Delivered) -> None:
        super().validate(delivered)
        wanted = self._shown_by_sample(delivered.callback)
        seen = {q.id for q in self.compiled(delivered.callback).quirks_in(delivered.payload)}
        if not wanted <= seen:
            raise Refused(400, "not as the sample shows")

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where the sample shows a quirk."""
        return bool(cls._shown_by_sample(callback))

    @staticmethod
    def _shown_by_sample(callback: Callback) -> set[str]:
        sample = callback.examples[0].payload
        return {quirk.id for quirk in callback.quirks if CompiledSchema(quirk.seen).accepts(sample)}


class KnowsOneShapeOnly(Faulty):
    """Knows nested JSON in the first documented shape only and crashes on the others."""

    finds = _CONFORMING

    def validate(self, delivered: Delivered) -> None:
        super().validate(delivered)
        for name, schema in nested_fields(delivered.callback):
            if "anyOf" in schema:
                inner = json.loads(delivered.payload[name])
                for member in schema["anyOf"][0]["required"]:
                    inner[member]

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where nested JSON has several shapes."""
        return any("anyOf" in schema for _, schema in nested_fields(callback))


class CrashesOnEmptyNestedJson(Faulty):
    """Parses nested JSON that is documented to be empty sometimes."""

    finds = _CONFORMING

    def process(self, delivered: Delivered) -> None:
        for name, _ in nested_fields(delivered.callback):
            # Some pages let a list stand for its text; this receiver knows that much.
            if not isinstance(delivered.payload.get(name, []), list):
                json.loads(delivered.payload[name])

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where an empty text is allowed."""
        return any(
            CompiledSchema(callback.schema["properties"][name]).accepts("")
            for name, _ in nested_fields(callback)
        )


class KnowsOneValueOnly(Faulty):
    """Refuses all values of a list of values but the one that the sample shows."""

    finds = _CONFORMING

    def validate(self, delivered: Delivered) -> None:
        super().validate(delivered)
        callback, payload = delivered.callback, delivered.payload
        shown = callback.examples[0].payload
        for name, schema in callback.schema["properties"].items():
            if "enum" in schema and name in payload and payload[name] != shown.get(name):
                raise Refused(400, f"{name} is not {shown.get(name)}")

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where there are several values."""
        return any("enum" in schema for schema in callback.schema["properties"].values())


class TakesTextForNumbers(Faulty):
    """Refuses numbers that are written as text, as documented."""

    finds = checks(Check.ACCEPTS_GENUINE)

    def validate(self, delivered: Delivered) -> None:
        moment = delivered.callback.sent_at
        if moment and isinstance(delivered.payload.get(moment.field), str):
            raise Refused(422, f"{moment.field} must be a number")
        super().validate(delivered)

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where the moment is text."""
        moment = callback.sent_at
        shown = callback.examples[0].payload.get(moment.field) if moment else None
        return isinstance(shown, str)


class TakesSecondsForMilliseconds(Faulty):
    """Reads the moment as milliseconds and finds every callback out of date."""

    finds = checks(Check.ACCEPTS_GENUINE)

    def validate(self, delivered: Delivered) -> None:
        moment = delivered.callback.sent_at
        if moment and int(delivered.payload[moment.field]) / 1000 < 1_000_000_000:
            raise Refused(401, "the callback is out of date")
        super().validate(delivered)

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where there is a moment, and it is in seconds."""
        return callback.sent_at is not None and callback.sent_at.unit == "seconds"


class WantsAscii(Faulty):
    """Crashes on letters beyond ASCII."""

    finds = checks(Check.ACCEPTS_GENUINE, Check.ACCEPTS_CONFORMING)

    def process(self, delivered: Delivered) -> None:
        for value in leaves(delivered.payload):
            if isinstance(value, str):
                value.encode("ascii")


class ReadsJsonOnly(Faulty):
    """Refuses bodies that are written as a form, although the page says they may be."""

    finds = checks(Check.ACCEPTS_DOCUMENTED_VARIANTS)
    warns = True

    def read(self, incoming: Incoming) -> Body:
        body = super().read(incoming)
        if body.form is not BodyForm.JSON:
            raise Refused(415, "JSON only")
        return body

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where another encoding is documented."""
        return len(callback.encodings) > 1


def _largest_integer(callback: Callback) -> int:
    maxima = [0]

    def walk(node: Any) -> None:
        # What is in nested JSON does not show in the payload itself.
        if isinstance(node, dict) and "contentSchema" not in node:
            if node.get("type") == "integer":
                maxima.append(node.get("maximum", 0))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(callback.schema["properties"])
    return max(maxima)


PAYLOAD_FAULTS: tuple[type[Faulty], ...] = (
    RefusesUnknownFields,
    CrashesOnUnknownFields,
    AcknowledgesBrokenPayloads,
    CrashesOnMissingFields,
    CrashesOnOtherTypes,
    CrashesOnBrokenNestedJson,
    CrashesOnUnreadableBodies,
    HangsOnBrokenPayloads,
    ReadsIntegersAsFloats,
    StoresSignedIntegers,
    KnowsTheTableOnly,
    KnowsTheSampleOnly,
    KnowsOneShapeOnly,
    CrashesOnEmptyNestedJson,
    KnowsOneValueOnly,
    TakesTextForNumbers,
    TakesSecondsForMilliseconds,
    WantsAscii,
    ReadsJsonOnly,
)
