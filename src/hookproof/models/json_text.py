"""JSON inside a JSON string: the value it holds, and the text as it came."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

from pydantic import BaseModel
from pydantic_core import PydanticCustomError, PydanticSerializationUnexpectedValue, core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_JSON = "application/json"


# Written out, as pydantic takes every dataclass for an object with its fields.
class JsonText(Generic[T_co]):
    """A value that travels as JSON text.

    `raw` is the text as received and is what a dump gives back, spaces and
    order of members included; `value` is what it says. Two are equal when
    their texts are. To change one, assign a new one made by `JsonText.of`.
    """

    __slots__ = ("_raw", "_value")

    def __init__(self, *, value: T_co, raw: str) -> None:
        self._value = value
        self._raw = raw

    @property
    def value(self) -> T_co:
        """What the text says."""
        return self._value

    @property
    def raw(self) -> str:
        """The text as received."""
        return self._raw

    def __eq__(self, other: object) -> bool:
        """Equal texts say the same."""
        return self._raw == other.raw if isinstance(other, JsonText) else NotImplemented

    def __hash__(self) -> int:
        """Hash of the text."""
        return hash(self._raw)

    def __repr__(self) -> str:
        """Both parts by name."""
        return f"JsonText(value={self._value!r}, raw={self._raw!r})"

    @staticmethod
    def of(value: T) -> JsonText[T]:
        """Write a model, or plain JSON data holding models, as compact JSON text.

        Raises ValueError or TypeError where JSON cannot hold the value.
        """
        return JsonText(value=value, raw=_text_of(value))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Parse text in one go as the type argument; a bare `JsonText` holds anything."""
        (inner,) = get_args(source) or (Any,)
        return core_schema.with_info_wrap_validator_function(
            _json_text,
            core_schema.json_schema(handler.generate_schema(inner)),
            serialization=core_schema.plain_serializer_function_ser_schema(
                _serialize, info_arg=True
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the text and what it holds, for reading and writing alike."""
        described = handler(schema)
        if handler.mode == "validation":
            return described
        return {"type": "string", "contentMediaType": _JSON, "contentSchema": described}


def _text_of(value: object) -> str:
    return json.dumps(
        value, default=_plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    message = f"{type(value).__name__} has no JSON form"
    raise TypeError(message)


# Its name is what an error in a union shows as its place.
def _json_text(
    value: object,
    parse: core_schema.ValidatorFunctionWrapHandler,
    info: core_schema.ValidationInfo,
) -> JsonText[Any]:
    text = value if info.mode == "json" else _written(value)
    if not isinstance(text, str):
        raise PydanticCustomError("json_text", "Input should be a string holding JSON text")
    return JsonText(value=parse(text), raw=text)


def _written(value: object) -> str:
    # A value of Python's is written and read again, so it never says more than its text.
    if isinstance(value, JsonText):
        return value.raw
    if isinstance(value, str):
        return value
    try:
        return _text_of(value)
    except (TypeError, ValueError) as problem:
        raise PydanticCustomError(
            "json_text",
            "Input should be JSON text, or a value that can be written as such: {problem}",
            {"problem": str(problem)},
        ) from None


def _serialize(value: object, info: core_schema.SerializationInfo) -> object:
    if info.mode != "json":
        return value
    if not isinstance(value, JsonText):
        raise PydanticSerializationUnexpectedValue("json_text")
    return value.raw
