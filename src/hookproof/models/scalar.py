"""How a scalar of the wire becomes a Python value, and goes back unchanged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, LiteralString

from pydantic_core import PydanticCustomError, PydanticSerializationUnexpectedValue, core_schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

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

    def marking(self, mark: type[Marked]) -> Scalar:
        """The same scalar for a class of values that remember this form.

        From Python it takes such a value, or what JSON holds; a plain value has other forms.
        """
        return replace(
            self,
            holds=mark,
            read=lambda value: mark.mark(self.read(value)),
            admit=lambda value: mark.mark(
                self.admit(value) if isinstance(value, mark) else self.read(value)
            ),
        )

    def _validator(self) -> Callable[[object, core_schema.ValidationInfo], object]:
        def validate(value: object, info: core_schema.ValidationInfo) -> object:
            reading = self.read if info.mode == "json" else self.admit
            try:
                if isinstance(value, Marked) and value.scalar.name != self.name:
                    raise Refused  # noqa: TRY301 - as any other value of another form
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


class Marked:
    """A value that came in one of several forms that its field admits, and goes back in it.

    A subclass names its `scalar`; pydantic then reads and writes the class by itself.
    """

    __slots__ = ()
    scalar: ClassVar[Scalar]

    def __init_subclass__(cls, *, scalar: Scalar | None = None) -> None:
        super().__init_subclass__()
        if scalar is not None:
            cls.scalar = scalar.marking(cls)

    @classmethod
    def mark(cls, plain: Any) -> Self:
        """The same value as an instance of the class."""
        return cls(plain)  # type: ignore[call-arg]

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read the wire form; from Python, what it holds or a value marked already."""
        return cls.scalar.__get_pydantic_core_schema__(source, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the wire form."""
        return cls.scalar.__get_pydantic_json_schema__(schema, handler)
