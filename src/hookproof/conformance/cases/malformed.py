"""Bodies that break the contract in ways a generator does not think of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.schema.compiled_schema import CompiledSchema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.conformance.cases.cases import Rewriter
    from hookproof.contract import Callback


def malformed_probes(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    """Bodies that break the contract in ways a generator does not think of.

    What turns out to keep it (null where null is documented) is left out.
    """
    check = Check.SURVIVES_MALFORMED
    for what, raw in _RAW_BODIES.items():
        yield Case(check, f"a body that is {what}", raw)
    for what, rewrite in _REWRITERS.items():
        yield Case(check, f"a body {what}", payload, rewrite=rewrite)
    # A broken signature would be made right on its way out; the forgeries have those.
    place = callback.signature.place
    signature = place.field if place.in_body else ""
    required = [name for name in callback.schema.get("required", ()) if name != signature]
    for name in required:
        yield Case(check, f"/{name} missing", {k: v for k, v in payload.items() if k != name})
    accepts = CompiledSchema(callback.schema).accepts
    for name in nested_fields(callback):
        for what, value in _NESTED.items():
            broken = Case(check, f"/{name} holding {what}", {**payload, name: value})
            if not accepts(broken.payload):
                yield broken
    for name in [name for name in payload if name != signature]:
        for what, value in (("null", None), ("an object", {}), ("true", True)):
            broken = Case(check, f"/{name} holding {what}", {**payload, name: value})
            if not accepts(broken.payload):
                yield replace(broken, kept=frozenset({name}))


def nested_fields(callback: Callback) -> tuple[str, ...]:
    """The fields that hold JSON text."""
    return tuple(
        name
        for name, schema in callback.schema.get("properties", {}).items()
        if any("contentSchema" in branch for branch in (schema, *schema.get("anyOf", ())))
    )


_RAW_BODIES: Final = {
    "empty": b"",
    "the JSON null": b"null",
    "an empty object": b"{}",
    "an empty list": b"[]",
    "a JSON text": b'"text"',
    "a JSON number": b"1",
    "cut off": b'{"a": "b',
    "no JSON": b"not json at all",
    "not UTF-8": b'{"a": "\xff\xfe"}',
    "deeply nested": b"[" * 2000 + b"]" * 2000,
    "a NUL": b"\x00",
    "HTML": b"<html></html>",
}

# Signed as they are, so that they reach the code that parses.
_REWRITERS: Final[dict[str, Rewriter]] = {
    "with a key twice": lambda body: body[:-1] + b"," + body[1:],
    "with a comma too many": lambda body: body[:-1] + b",}",
    "with a comment": lambda body: body[:-1] + b"/* new */}",
    "in single quotes": lambda body: body.replace(b'"', b"'"),
    "after a byte order mark": lambda body: b"\xef\xbb\xbf" + body,
    "that comes twice": lambda body: body + body,
    "holding NaN": lambda body: body[:-1] + b',"x_unknown":NaN}',
    "holding a number of 5,000 digits": lambda body: (
        body[:-1] + b',"x_unknown":' + b"9" * 5000 + b"}"
    ),
    "holding a lone surrogate": lambda body: body[:-1] + b',"x_unknown":"\\ud800"}',
    "holding a raw line end in a text": lambda body: body[:-1] + b',"x_unknown":"a\nb"}',
}

_NESTED: Final[dict[str, Any]] = {
    "text that is no JSON": "not json",
    "JSON text cut off": '{"a": 1',
    "the JSON text null": "null",
    "JSON text of a list": "[]",
    "JSON text of a number": "1",
    "an object instead of text": {"a": 1},
    "JSON text escaped twice": '"{\\"a\\":1}"',
    "deeply nested JSON text": "[" * 500 + "]" * 500,
}
