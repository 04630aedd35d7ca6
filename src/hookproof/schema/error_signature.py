"""What is wrong with a payload, less its values: equal for payloads with equal findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hookproof.schema.closed_schema import limits_bytes
from hookproof.schema.compiled_schema import BYTE_LIMIT, compile_schema

if TYPE_CHECKING:
    from collections.abc import Hashable

# What would mean something else without the fields that stand beside it.
_BESIDE_FIELDS: Final = frozenset(
    {"additionalProperties", "patternProperties", "unevaluatedProperties"}
)


class Faults:
    """The faults of payloads by a schema that was opened.

    Most payloads have one, so each field is judged by itself first: to tell what is wrong with
    one takes as long as to judge a hundred.
    """

    def __init__(self, schema: dict[str, Any]) -> None:
        together = bool(_BESIDE_FIELDS & schema.keys())
        fields = {} if together else schema.get("properties", {})
        rest = schema if together else {k: v for k, v in schema.items() if k != "properties"}
        self._fields = [(name, _compile(sub)) for name, sub in fields.items()]
        self._rest = _compile(rest)

    def of(self, payload: dict[str, Any]) -> tuple[Hashable, ...]:
        """The shapes of all faults; none where the payload is valid."""
        found: list[Hashable] = [
            (name, shape_of(error))
            for name, judge in self._fields
            if name in payload and not judge.is_valid(payload[name])
            for error in judge.iter_errors(payload[name])
        ]
        if not self._rest.is_valid(payload):
            found += map(shape_of, self._rest.iter_errors(payload))
        return tuple(found)


def shape_of(error: Any) -> Hashable:
    """An error of jsonschema-rs less its values: keyword, place, shapes that did not fit."""
    kind = error.kind
    inner = getattr(kind, "context", None) or ()
    return (
        tuple(error.schema_path),
        tuple("*" if isinstance(part, int) else part for part in error.instance_path),
        getattr(kind, "property", None),
        tuple(tuple(map(shape_of, branch)) for branch in inner),
    )


def _compile(schema: Any) -> Any:
    return compile_schema(schema, keywords=BYTE_LIMIT if limits_bytes(schema) else None)
