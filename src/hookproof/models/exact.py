"""Literals that tell `1` from `true` and from `1.0`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar, get_args

from pydantic_core import PydanticCustomError, PydanticSerializationUnexpectedValue, core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

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
