"""What an OpenAPI document says of a route that takes callbacks, in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hookproof.payload.body import CONTENT_TYPES, BodyForm
from hookproof.schema.open_lists import plain_schema, without_open_lists
from hookproof.signature.challenge import MEDIA_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hookproof.contract import Callback

_REFUSALS: Final = {
    "400": "The body cannot be used: no JSON, or it breaks the contract.",
    "401": "The signature does not prove the sender.",
    "413": "The body is too large.",
}


def operation_of(callbacks: Sequence[Callback]) -> dict[str, Any]:
    """The members of an operation: headers and parameters, bodies with their examples, answers."""
    return {
        "parameters": list(_parameters(callbacks)),
        "requestBody": {"required": True, "content": _content(callbacks)},
        "responses": {
            **_accepted(callbacks),
            **{status: {"description": text} for status, text in _REFUSALS.items()},
        },
    }


def _parameters(callbacks: Iterable[Callback]) -> Iterable[dict[str, Any]]:
    """Where a signature stands that is not in the body, each place once."""
    known = set()
    for callback in callbacks:
        for form in callback.signature.forms:
            place = form.place
            if place.within in {"header", "query"} and place not in known:
                known.add(place)
                yield {
                    "name": place.field,
                    "in": place.within,
                    "required": False,
                    "description": "The signature.",
                    "schema": {"type": "string"},
                }


def _content(callbacks: Iterable[Callback]) -> dict[str, Any]:
    by_type: dict[str, list[Callback]] = {}
    for callback in callbacks:
        kinds = {CONTENT_TYPES[BodyForm(facts.encoding)] for facts in callback.encodings}
        for kind in sorted(kinds):
            by_type.setdefault(kind, []).append(callback)
    return {kind: _media(listed) for kind, listed in by_type.items()}


def _media(callbacks: list[Callback]) -> dict[str, Any]:
    schemas = [plain_schema(without_open_lists(callback.schema)) for callback in callbacks]
    examples = {
        callback.path: {"summary": callback.title, "value": callback.examples[0].payload}
        for callback in callbacks
    }
    return {
        "schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas},
        "examples": examples,
    }


def _accepted(callbacks: Iterable[Callback]) -> dict[str, Any]:
    """The answers that the vendor counts as received."""
    answers: dict[str, Any] = {}
    for callback in callbacks:
        success = callback.deliveries[0].success
        status = success.status if success.status.isdigit() else "200"
        told = answers.setdefault(status, {"description": "The vendor takes it as received."})
        if callback.answer:
            media = {
                "schema": plain_schema(callback.answer.schema),
                "example": callback.answer.example,
            }
            told["content"] = {"application/json": media}
        elif callback.challenge:
            told["content"] = {
                MEDIA_TYPES[form.kind]: {
                    "schema": {"type": "string" if form.kind == "text" else "object"}
                }
                for form in callback.challenge
            }
        elif callback.wanted_body is not None:
            said = {"schema": {"type": "string", "const": callback.wanted_body}}
            told.setdefault("content", {})["text/plain"] = said
    return answers
