"""What is sent: the documented, the odd, the broken, the forged, each for one check."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from hookproof.delivery.request import REMOVED, Layout
from hookproof.payload.body import BodyForm
from hookproof.receiver.checks import Check
from hookproof.validation.judge import Judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.contract import Callback
    from hookproof.delivery.request import Forger


@dataclass(frozen=True, slots=True)
class Case:
    """One request to be: a payload (or raw bytes), how it is written, and what it is for.

    `kept` names fields that keep their value although they would be refreshed for each
    sending. `tamper` changes the body after it was signed. `verbatim` payloads are sent as
    they are documented or generated; all others are given the identity of a new event, so
    that a receiver which knows the event already does not answer for that reason.
    """

    check: Check
    label: str
    payload: Any
    form: BodyForm = BodyForm.JSON
    layout: Layout = Layout.COMPACT
    forge: Forger | None = None
    other_secret: bool = False
    tamper: Callable[[bytes], bytes] | None = None
    kept: frozenset[str] = field(default_factory=frozenset)
    verbatim: bool = False


def documented_variants(callback: Callback) -> Iterator[Case]:
    """Every example of the contract, which has both readings of each quirk and every shape."""
    check = Check.ACCEPTS_DOCUMENTED_VARIANTS
    for example in callback.examples:
        label = f"the documented payload {example.name!r}"
        yield Case(check, label, example.payload, verbatim=True)


def documented_encodings(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    """The payload in each documented encoding but JSON."""
    for facts in callback.encodings:
        form = BodyForm(facts.encoding)
        if form is not BodyForm.JSON:
            label = f"the body written as {form.value} ({facts.documented})"
            yield Case(Check.ACCEPTS_DOCUMENTED_VARIANTS, label, payload, form=form)


def conforming_probes(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    """Payloads on which receivers that work on the sample fail."""
    check = Check.ACCEPTS_CONFORMING
    yield Case(check, "JSON laid out over several lines", payload, layout=Layout.PRINTED)
    yield Case(check, "JSON with escaped slashes and letters", payload, layout=Layout.ESCAPED)
    for nonce in _NONCES:
        for name in callback.signature.nonces:
            label = f"{name} {nonce}"
            yield Case(check, label, {**payload, name: nonce}, kept=frozenset({name}))
    for name, schema in callback.schema["properties"].items():
        for what, text in _texts(schema):
            yield Case(check, f"{name} holding {what}", {**payload, name: text})


def unknown_fields(payload: dict[str, Any]) -> Iterator[Case]:
    """The payload with fields that no page knows: vendors add them without notice."""
    check = Check.TOLERATES_UNKNOWN_FIELDS
    additions: tuple[tuple[str, Any], ...] = (
        ("a text", {"x_unknown": "new"}),
        ("null", {"x_unknown": None}),
        ("an object", {"x_unknown": {"a": [1, 2.5, {"b": None}]}}),
        ("a number", {"x_unknown": 12345678901}),
        ("twenty fields", {f"x_unknown_{n}": str(n) for n in range(20)}),
    )
    for what, more in additions:
        yield Case(check, f"an unknown field holding {what}", {**payload, **more})


def forgeries(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    """The genuine payload with a signature that proves nothing."""
    # A header is always text, and ASCII by the rules of HTTP.
    more = _FORGERIES_IN_A_BODY if callback.signature.place.in_body else {}
    # Where the vendor sends without a signature too, one that is missing proves nothing.
    allowed = frozenset() if callback.signature.required else frozenset({"missing"})
    forged = ((what, forge) for what, forge in (_FORGERIES | more).items() if what not in allowed)
    for what, forge in forged:
        yield Case(Check.REFUSES_FORGED, f"a signature that is {what}", payload, forge=forge)
    label = "a signature made with another secret"
    yield Case(Check.REFUSES_FORGED, label, payload, other_secret=True)


def tampered(callback: Callback, payload: dict[str, Any], *, accepted: Any) -> Iterator[Case]:
    """The genuine body changed after it was signed, where the signature covers the body.

    `accepted` is a signature that the receiver has found right, of another body.
    """
    if not callback.signature.covers_body:
        return
    check = Check.REFUSES_TAMPERED
    yield Case(check, "a blank added after the body", payload, tamper=lambda body: body + b" ")
    yield Case(check, "a digit changed in the body", payload, tamper=_change_digit)
    yield Case(check, "a field added to the body", payload, tamper=_add_field)
    label = "a signature that was right for another body"
    yield Case(check, label, payload, forge=lambda _: accepted)


def malformed_probes(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    """Bodies that break the contract in ways a generator does not think of.

    What turns out to keep it (null where null is documented) is left out.
    """
    check = Check.SURVIVES_MALFORMED
    for what, raw in _RAW_BODIES.items():
        yield Case(check, f"a body that is {what}", raw)
    # A broken signature would be made right on its way out; the forgeries have those.
    place = callback.signature.place
    signature = place.field if place.in_body else ""
    required = [name for name in callback.schema.get("required", ()) if name != signature]
    for name in required:
        yield Case(check, f"{name} missing", {k: v for k, v in payload.items() if k != name})
    accepts = Judge(callback.schema).accepts
    for name in _nested_fields(callback):
        for what, value in _NESTED.items():
            broken = Case(check, f"{name} holding {what}", {**payload, name: value})
            # What breaks most nested JSON is what some of it is: a list, for one.
            if not accepts(broken.payload):
                yield broken
    for name in [name for name in payload if name != signature]:
        for what, value in (("null", None), ("an object", {}), ("true", True)):
            changed = {**payload, name: value}
            if not accepts(changed):
                broken = Case(check, f"{name} holding {what}", changed)
                yield replace(broken, kept=frozenset({name}))


_NOT_ANY_TEXT: Final = frozenset({"const", "contentSchema", "enum", "format", "pattern"})


def _texts(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Texts that are hard to store, for fields that hold any text."""
    if schema.get("type") != "string" or schema.keys() & _NOT_ANY_TEXT:
        return
    yield "letters beyond ASCII", "\u76f4\u64ad\u95f4 \u00fc\u00df \U0001f3a5"
    limit = schema.get("x-max-bytes")
    if limit:
        yield f"{limit} bytes of ASCII", "x" * limit
        yield f"{limit} bytes in {limit // 3} letters", "\u76f4" * (limit // 3)


def _nested_fields(callback: Callback) -> tuple[str, ...]:
    return tuple(
        name
        for name, schema in callback.schema.get("properties", {}).items()
        if any("contentSchema" in branch for branch in (schema, *schema.get("anyOf", ())))
    )


def _change_digit(body: bytes) -> bytes:
    digits = [at for at, byte in enumerate(body) if 0x30 <= byte <= 0x39]
    if not digits:
        return body + b" "
    changed = bytearray(body)
    changed[digits[-1]] = 0x30 + (changed[digits[-1]] - 0x30 + 1) % 10
    return bytes(changed)


def _add_field(body: bytes) -> bytes:
    return body.rstrip()[:-1] + b',"x_added":1}'


# With one of these a text is not any text.

# Six digits sort before or after a ten-digit moment by their first character only as text;
# as numbers they always sort before. The other two have the length of real ones.
_NONCES: Final = ("350176", "99", "1", "7257784982359218206", "9007199254740993")

_FORGERIES: Final[dict[str, Forger]] = {
    "wrong": lambda right: right[::-1] if right[::-1] != right else "0" * len(right),
    "missing": lambda _: REMOVED,
    "empty": lambda _: "",
    "truncated": lambda right: right[: len(right) // 2],
    "upper-case": str.upper,
    "too long": lambda right: right + "0",
    "only zeros": lambda right: "0" * len(right),
}

# What loose comparisons take for equal, and what strict ones stumble over.
_FORGERIES_IN_A_BODY: Final[dict[str, Forger]] = {
    "null": lambda _: None,
    "true": lambda _: True,
    "the number 0": lambda _: 0,
    "a list": lambda _: ["0"],
    "an object": lambda _: {},
    "beyond ASCII": lambda right: "\u00e9" * len(right),
}

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
