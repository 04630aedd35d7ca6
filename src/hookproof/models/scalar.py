"""How a scalar of the wire becomes a Python value, and goes back unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from pydantic_core import PydanticCustomError, PydanticSerializationUnexpectedValue, core_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue


class Refused(Exception):
    """The value has no lossless reading; turned into a pydantic error."""


# Compared by identity: metadata of Annotated must be hashable, which `wire` is not.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scalar:
    """The two readings and the one writing of a scalar, as pydantic metadata.

    `read` takes what JSON holds, `admit` what Python code passes; both return
    an instance of exactly `holds` or raise `Refused`. `write` takes such an
    instance and returns what JSON holds, which `wire` describes in JSON Schema.
    """

    name: LiteralString
    expected: str
    wire: dict[str, Any]
    holds: type
    read: Callable[[object], Any]
    admit: Callable[[object], Any]
    write: Callable[[Any], object]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Build the validator and the serializer; the annotated type adds nothing to them."""
        del source, handler
        return core_schema.with_info_plain_validator_function(
            self._validator(),
            serialization=core_schema.plain_serializer_function_ser_schema(
                self._serialize, info_arg=True
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the wire form."""
        del schema, handler
        return dict(self.wire)

    def _validator(self) -> Callable[[object, core_schema.ValidationInfo], object]:
        def validate(value: object, info: core_schema.ValidationInfo) -> object:
            reading = self.read if info.mode == "json" else self.admit
            try:
                return reading(value)
            except Refused:
                raise PydanticCustomError(
                    self.name, "Input should be {expected}", {"expected": self.expected}
                ) from None

        # The name of the function is what an error in a union shows as its place.
        validate.__name__ = validate.__qualname__ = self.name
        return validate

    def _serialize(self, value: object, info: core_schema.SerializationInfo) -> object:
        if info.mode != "json":
            return value
        if type(value) is not self.holds:
            # Tells a union to try its next choice.
            raise PydanticSerializationUnexpectedValue(self.name)
        return self.write(value)
