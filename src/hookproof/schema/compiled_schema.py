"""A schema compiled once: says whether a value fits, and what is wrong where it does not.

jsonschema-rs takes nested JSON (`contentSchema`) and lengths in bytes (`x-max-bytes`) for
annotations, so both are given to it as keywords of ours. They count wherever a schema may put
them, inside `not` and `oneOf` too.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from hookproof.errors import ContractError
from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import to_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.payload.decode import Reading


class CompiledSchema:
    """A schema that has no references left, compiled.

    Raises ContractError, which names `label`, where the schema is none.
    """

    def __init__(self, schema: Any, *, label: str = "a schema") -> None:
        self.schema = schema
        self._compiled = compile_schema(schema, label=label, keywords=_KEYWORDS)
        self._nested: dict[tuple[str | int, ...], CompiledSchema] = {}

    def accepts(self, value: Any) -> bool:
        """Whether a value is valid, nested JSON and byte lengths included."""
        try:
            return self._compiled.is_valid(value)  # type: ignore[no-any-return]
        except UnicodeEncodeError:
            return self._compiled.is_valid(_encodable(value))  # type: ignore[no-any-return]

    def errors(self, value: Any) -> Iterator[jsonschema_rs.ValidationError]:
        """The errors of a value as jsonschema-rs has them; a text of nested JSON has just one."""
        try:
            return self._compiled.iter_errors(value)  # type: ignore[no-any-return]
        except UnicodeEncodeError:
            return self._compiled.iter_errors(_encodable(value))  # type: ignore[no-any-return]

    def nested(self, way: tuple[str | int, ...]) -> CompiledSchema:
        """The schema of the JSON in a text, where `way` leads through this schema."""
        if way not in self._nested:
            schema = self.schema
            for step in way:
                schema = schema[step]
            self._nested[way] = CompiledSchema(schema)
        return self._nested[way]


def _encodable(value: Any) -> Any:
    """A value that jsonschema-rs takes: it has no lone surrogates, but others of their length."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    if isinstance(value, dict):
        return {_encodable(name): _encodable(item) for name, item in value.items()}
    return value


def compile_schema(
    schema: Any, *, label: str = "a schema", keywords: dict[str, Any] | None = None
) -> Any:
    """A schema compiled by jsonschema-rs, with `keywords` beside those of JSON Schema.

    Nothing is fetched, and patterns run in linear time. Raises ContractError, which names
    `label`, where the schema is none.
    """
    try:
        return jsonschema_rs.Draft202012Validator(
            schema,
            offline=True,
            pattern_options=jsonschema_rs.RegexOptions(),
            keywords=keywords,
        )
    except jsonschema_rs.ValidationError as error:
        where = to_pointer(tuple(error.instance_path))
        raise ContractError(label, f"not a schema at {where}: {error.message}") from None
    except ValueError as error:
        # Such as a lone surrogate, which no text of a schema can be.
        raise ContractError(label, f"it cannot be compiled: {error}") from None


def read_nested(text: str) -> Reading | None:
    """What a text holds as JSON, None where it is no JSON."""
    reading = decode_text(text)
    return reading if reading.complete and not reading.problems else None


class ByteLimit:
    """`x-max-bytes` as a keyword of jsonschema-rs."""

    def __init__(self, parent: Any, limit: Any, path: Any) -> None:
        del parent, path
        if type(limit) is not int:
            raise ValueError(f"x-max-bytes is a number of bytes, not {limit!r}")
        self._limit = limit

    def validate(self, value: Any) -> None:
        """Raise ValueError for a text that is too long in UTF-8."""
        # A character has at most four bytes, so short texts need no counting.
        if isinstance(value, str) and len(value) * 4 > self._limit:
            size = len(value.encode("utf-8", "surrogatepass"))
            if size > self._limit:
                raise ValueError(f"{size} bytes, more than {self._limit}")


class _NestedJson:
    """`contentSchema` as a keyword of jsonschema-rs; other media types are annotations."""

    def __init__(self, parent: Any, schema: Any, path: Any) -> None:
        del path
        self._asserts = parent.get("contentMediaType") == "application/json"
        self._schema = schema
        if self._asserts:
            self._judge  # noqa: B018 - a schema that is none is told of now

    @cached_property
    def _judge(self) -> CompiledSchema:
        return CompiledSchema(self._schema)

    def validate(self, value: Any) -> None:
        """Raise ValueError for a text that is no JSON, or JSON that does not fit."""
        if not self._asserts or not isinstance(value, str):
            return
        reading = read_nested(value)
        if reading is None:
            raise ValueError("not JSON")
        if not self._judge.accepts(reading.value):
            raise ValueError("the JSON in the text does not fit")


BYTE_LIMIT: Final[dict[str, Any]] = {"x-max-bytes": ByteLimit}
_KEYWORDS: Final[dict[str, Any]] = {**BYTE_LIMIT, "contentSchema": _NestedJson}
