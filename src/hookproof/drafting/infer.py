"""The schema of a callback as its captures show it: a draft, for what was not seen is not in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hookproof.captures.capture import Capture, Unreadable
from hookproof.captures.formats import recognise
from hookproof.captures.stream import START_SIZE, open_stream
from hookproof.drafting.skeleton import callback_schema
from hookproof.errors import DependencyMissing, UsageError
from hookproof.payload.body import read_body

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from hookproof.drafting.skeleton import Beginning


@dataclass(slots=True)
class Draft:
    """A schema, and of how many captures it was made; `others` are of another callback."""

    schema: dict[str, Any] = field(default_factory=dict)
    used: int = 0
    others: int = 0
    unread: int = 0


def infer(files: Iterable[Path], beginning: Beginning) -> Draft:
    """A draft of the schema of one callback, from all captures that have its name.

    Raises UsageError where none has, and DependencyMissing without genson.
    """
    try:
        from genson import SchemaBuilder  # noqa: PLC0415 - an optional package
    except ImportError as problem:
        raise DependencyMissing("genson", extra="infer") from problem
    builder, draft, name = SchemaBuilder(schema_uri=None), Draft(), beginning.told_by
    example: dict[str, Any] = {}
    for payload in _payloads(files, draft):
        if str(payload.get(name[0])) != name[1]:
            draft.others += 1
            continue
        builder.add_object(payload)
        example = example or payload
        draft.used += 1
    if not draft.used:
        raise UsageError(
            f"no capture has {name[0]} = {name[1]}",
            hint=f"{draft.others} had another name and {draft.unread} could not be read; "
            "say what names the callback: --told-by FIELD=VALUE",
        )
    found = _described(builder.to_schema())
    found["properties"][name[0]] = {
        "description": "Names the callback.",
        "const": example[name[0]],
    }
    draft.schema = callback_schema(
        beginning,
        fields=found["properties"],
        required=found.get("required", []),
        example=example,
    )
    return draft


def _payloads(files: Iterable[Path], draft: Draft) -> Iterator[dict[str, Any]]:
    for file in files:
        try:
            raw = file.open("rb")
        except OSError as error:
            raise UsageError(f"{file} cannot be read: {error.strerror}") from None
        with raw:
            stream = open_stream(raw)
            form = recognise(stream.peek(START_SIZE)[:START_SIZE])
            for found in form.read(stream, file=str(file)):
                body = read_body(found.body) if isinstance(found, Capture) else None
                if body and isinstance(body.value, dict):
                    yield body.value
                elif isinstance(found, Capture | Unreadable):
                    draft.unread += 1


def _described(schema: Any, name: str = "") -> Any:
    """The schema with a description for each field, which the author is to write."""
    if not isinstance(schema, dict):
        return schema
    made = {"description": f"What {name} holds.", **schema} if name else dict(schema)
    if "properties" in made:
        made["properties"] = {
            field: _described(inner, field) for field, inner in made["properties"].items()
        }
    for word in ("items", "anyOf"):
        if isinstance(made.get(word), list):
            made[word] = [_described(one) for one in made[word]]
        elif word in made:
            made[word] = _described(made[word])
    return made
