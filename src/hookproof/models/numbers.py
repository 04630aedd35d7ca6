"""Numbers as vendors write them: as text, or as a JSON number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, TypeVar, get_args

from pydantic_core import PydanticCustomError, PydanticSerializationUnexpectedValue, core_schema

from hookproof.models.scalar import Marked, Refused, Scalar

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue


# Longer digits than int() reads: its cost grows with the square of the length.
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,4299}")


def _read_decimal(value: object) -> int:
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return int(value)
    raise Refused


def _admit_decimal(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return int(value)
    return _read_decimal(value)


_DECIMAL_STRING = Scalar(
    name="decimal_string",
    expected="a whole number as decimal text, without sign, leading zeros or blanks",
    wire={"type": "string", "pattern": "^(0|[1-9][0-9]*)$"},
    holds=int,
    read=_read_decimal,
    admit=_admit_decimal,
    write=str,
)

DecimalString = Annotated[int, _DECIMAL_STRING]
"""A whole number from 0, written as decimal text; an `int` in Python.

Only canonical text is read, as `007` would come back as `7`. From Python an
`int` or such text is accepted.
"""


class TextInteger(Marked, int, scalar=_DECIMAL_STRING):
    """An `int` that came as decimal text and goes back as text.

    It stands where a contract admits a number and text for one field, since a
    plain `int` does not remember which of the two it was.
    """

    __slots__ = ()


class _JsonNumber:
    """Keeps whole numbers exact: a `float` has 53 bits."""

    @staticmethod
    def __get_pydantic_core_schema__(
        source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        del source, handler
        return core_schema.union_schema(
            [
                core_schema.int_schema(strict=True),
                core_schema.float_schema(strict=True, allow_inf_nan=False),
            ],
            custom_error_type="json_number",
            custom_error_message="Input should be a finite JSON number",
        )

    @staticmethod
    def __get_pydantic_json_schema__(
        schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        del schema, handler
        return {"type": "number"}


JsonNumber = Annotated[float, _JsonNumber]
"""A JSON number: an `int` when it was written as one, a finite `float` otherwise."""


T = TypeVar("T")

_KIND = "literal_error"
_ALIKE = (bool, int, float)


class _Exact:
    """Refuses numbers and booleans that only equal a member of the literal."""

    @staticmethod
    def __get_pydantic_core_schema__(
        source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        members = {(type(member), member) for member in get_args(source)}
        expected = " or ".join(repr(member) for member in get_args(source))

        def check(value: object) -> object:
            if type(value) in _ALIKE and (type(value), value) not in members:
                raise PydanticCustomError(
                    _KIND, "Input should be {expected}", {"expected": expected}
                )
            return value

        def write(value: object) -> object:
            # Beside TextInteger in a union: its 1 equals the member 1 and is written otherwise.
            if (type(value), value) not in members:
                raise PydanticSerializationUnexpectedValue(_KIND)
            return value

        return core_schema.no_info_before_validator_function(
            check,
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(write),
        )


Exact = Annotated[T, _Exact]
"""`Exact[Literal[0, 1]]` does not take `true` or `1.0` for `1`, as pydantic's own literals do."""
