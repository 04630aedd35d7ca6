"""A new event, drafted after the callback that it is most like: its schema, and how it is sent."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.model import place_of
from hookproof.contract.yaml_documents import read_yaml, write_yaml
from hookproof.drift.draft import DECIMAL, Document, Draft, shape_of, written
from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import from_pointer, member_at, to_pointer

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.contract.files import ContractFiles

# What the sister's page says of her alone.
_HERS: Final = frozenset({"description", "x-quirks", "x-open-questions"})
# Lists of pointers into the payload.
_PLACES: Final = frozenset({"x-dedupe-key", "x-ordering"})


def draft_after(files: ContractFiles, sister: Callback, name: str, value: dict[str, Any]) -> Draft:
    """The schema of a new event, of which `value` is one: what is its sister's, and more."""
    file = files.schema(*sister.path.split("/"))
    document = json.loads(file.read_text(encoding="utf-8"))
    known = document.get("properties", {})
    properties = {
        key: {"description": "Names the callback.", "const": one}
        if key in sister.discriminator
        else known.get(key, shape_of(one))
        for key, one in value.items()
    }
    event, sources = name.partition("/")[2], document["x-source"]
    word = "".join(part.capitalize() for part in event.split("_"))
    made = {
        "$schema": document.get("$schema"),
        "title": f"{word}Callback",
        "description": f"Seen in captures; no page describes it. Drafted after {sister.path}.",
        "type": "object",
        "required": [key for key in document.get("required", ()) if key in value],
        "properties": _retitled(properties, word),
        "examples": [_example(sister, value)],
        "x-examples": [{"name": "made", "origin": "made", "source": sources[0]}],
        "x-quirks": [],
        "x-source": sources,
        "$defs": _retitled(document.get("$defs", {}), word),
    }
    label = f"schemas/{name}.json"
    draft = Draft(file.with_name(f"{event}.json"), written(made), label=label, is_new=True)
    for place in map(place_of, sister.discriminator):
        if len(place) > 1 and (called := member_at(value, place)) is not None:
            draft.call(place, called, value)
    return draft


def _retitled(node: Any, word: str) -> Any:
    """A schema whose titles begin with a word: they name classes, and those of others are taken."""
    if isinstance(node, list):
        return [_retitled(one, word) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _retitled(one, word) for key, one in node.items()}
    if isinstance(kept.get("title"), str):
        kept["title"] = f"{word}{kept['title']}"
    return kept


def _example(sister: Callback, value: dict[str, Any]) -> dict[str, Any]:
    """A payload like one: with the values of the sister's example, and none of somebody's own."""
    hers = sister.examples[0].payload if sister.examples else {}
    made = {key: hers.get(key, _like(one)) for key, one in value.items()}
    for place in map(place_of, sister.discriminator):
        if (called := member_at(value, place)) is not None:
            made = _with(made, place, called)
    return made


def _with(value: Any, place: tuple[str, ...], called: Any) -> Any:
    """A copy of a value in which this stands at a place."""
    if not place or not isinstance(value, dict):
        return called
    return {**value, place[0]: _with(value.get(place[0]), place[1:], called)}


def _like(value: Any) -> Any:
    """A value of the same shape that says nothing."""
    if isinstance(value, dict):
        return {key: _like(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_like(one) for one in value[:1]]
    if isinstance(value, str):
        if value[:1] in {"{", "["} and (reading := decode_text(value)).complete:
            return json.dumps(_like(reading.value))
        return "1" if re.fullmatch(DECIMAL, value) else "text"
    return value if isinstance(value, bool) or value is None else type(value)(1)


def add_entry(
    document: Document, sister: str, name: str, *, title: str, value: dict[str, Any]
) -> None:
    """Let a document name a callback, of which `value` is one, that is delivered as its sister is.

    `title` is that of its schema. A document in another layout than that of the contract's own
    stays as it is.
    """
    known = read_yaml(document.file)
    try:
        hers = known["webhooks"][sister]["post"]
        before = known["components"]["schemas"]
    except (KeyError, TypeError):
        return
    found = {key: one for key, one in hers.items() if key not in _HERS}
    found["operationId"] = name.replace("/", "_")
    found["summary"] = f"Seen in captures; no page describes it. Drafted after {sister}"
    named = found.get("x-discriminator", {})
    found["x-discriminator"] = {
        name: hers_too if (new := member_at(value, place_of(name))) is None else [new]
        for name, hers_too in named.items()
    }
    for word in _PLACES & found.keys():
        found[word] = [one for one in found[word] if from_pointer(one)[0] in value]
    if not found.get("x-dedupe-key"):
        found["x-dedupe-key"] = [to_pointer((key,)) for key in value if key not in named]
    schema = {"$ref": f"#/components/schemas/{title}"}
    for content in found.get("requestBody", {}).get("content", {}).values():
        content["schema"] = schema
    document.text = _under("webhooks", write_yaml({name: {"post": found}}), document.text)
    if title not in before:
        listed = f"{title}: {{$ref: ../schemas/{name}.json}}\n"
        document.text = _under("components", listed, document.text, deeper=2)


def _under(key: str, text: str, document: str, *, deeper: int = 1) -> str:
    """A document with lines at the end of a block at its outermost level."""
    block = re.search(rf"^{key}:[^\n]*\n(?:[ \t#][^\n]*\n|\n)*", document, re.MULTILINE)
    if not block:
        return document
    end = block.start() + len(block[0].rstrip("\n")) + 1
    gap = "" if deeper > 1 else "\n"
    indented = "".join(f"{'  ' * deeper}{line}\n" for line in text.splitlines())
    return document[:end] + gap + indented + document[end:]
