"""The reference: jsonschema, asserting what the contract says beyond JSON Schema.

It proves contracts, and the tests hold the compiled schemas to it. Nothing else is judged by it,
for it takes fifty times as long. Nested JSON (`contentSchema`) and lengths in bytes
(`x-max-bytes`) are asserted; `pattern` means what ECMA and Rust mean by it: Python's `$` would
let a trailing newline pass.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from jsonschema.exceptions import ValidationError
from jsonschema.validators import Draft202012Validator, extend

from hookproof.payload.decode import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator

# A "$" that means the end; escaped ones and those in a class are kept.
_END: Final = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|\$", re.DOTALL)


def _content_schema(
    validator: Any, schema: Any, instance: Any, parent: dict[str, Any]
) -> Iterator[ValidationError]:
    if not isinstance(instance, str) or parent.get("contentMediaType") != "application/json":
        return
    reading = decode_text(instance)
    for problem in reading.problems:
        place = reading.position(problem)
        yield ValidationError(
            f"{problem.message} (line {place.line}, column {place.column} of the nested text)"
        )
    if reading.complete and not reading.problems:
        yield from validator.descend(reading.value, schema)


def _max_bytes(_: Any, limit: int, instance: Any, __: dict[str, Any]) -> Iterator[ValidationError]:
    if isinstance(instance, str) and byte_length(instance) > limit:
        yield ValidationError(f"{byte_length(instance)} bytes, more than {limit}")


def _pattern(_: Any, pattern: str, instance: Any, __: dict[str, Any]) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _compiled(pattern).search(instance):
        yield ValidationError(f"{instance[:80]!r} does not match {pattern}")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_END.sub(lambda match: match[1] or r"\Z", pattern), re.ASCII)


def byte_length(text: str) -> int:
    """Length in UTF-8; a lone surrogate counts three bytes as it would on the wire."""
    return len(text.encode("utf-8", "surrogatepass"))


ReferenceValidator: Any = extend(
    Draft202012Validator,
    {"contentSchema": _content_schema, "x-max-bytes": _max_bytes, "pattern": _pattern},
)
