"""The wire layer under the generated models: typed values in Python, the same payload back.

`DecimalString`, the `Unix…` types, `JsonNumber`, `Exact` and `JsonText` are for annotations;
to a type checker they are `int`, `datetime`, `float`, the literal itself and `JsonText`.
"""

from __future__ import annotations

from hookproof.models.json_text import JsonText
from hookproof.models.moments import (
    MillisecondsMoment,
    MillisecondsTextMoment,
    SecondsMoment,
    SecondsTextMoment,
    UnixMilliseconds,
    UnixMillisecondsString,
    UnixSeconds,
    UnixSecondsString,
)
from hookproof.models.numbers import DecimalString, Exact, JsonNumber, TextInteger
from hookproof.models.wire_model import WireModel

__all__ = [
    "DecimalString",
    "Exact",
    "JsonNumber",
    "JsonText",
    "MillisecondsMoment",
    "MillisecondsTextMoment",
    "SecondsMoment",
    "SecondsTextMoment",
    "TextInteger",
    "UnixMilliseconds",
    "UnixMillisecondsString",
    "UnixSeconds",
    "UnixSecondsString",
    "WireModel",
]
