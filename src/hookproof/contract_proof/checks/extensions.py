"""HP508: the contract's own keywords match their schemas, and say what can be true."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from jsonschema.validators import Draft202012Validator

from hookproof.contract.files import extension_schema
from hookproof.contract.references import References
from hookproof.contract_proof.checks.form import SHOWN, unknown_word
from hookproof.contract_proof.checks.model import as_dict, as_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError

    from hookproof.contract_proof.checks.model import Model, SourceFile
    from hookproof.contract_proof.checks.problem import ContractProblem
    from hookproof.contract_proof.checks.sites import Site
    from hookproof.payload.scan import Path

# Judged by checks of their own, with codes of their own.
_ELSEWHERE: Final = ("title", "examples")
MARKS: Final = frozenset(
    {"x-moment", "x-account", "x-object", "x-large", "x-open", "x-source", "x-basis"}
)
# What x-basis tells of: whether a page gives it.
_BOUNDS: Final = """
    minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength pattern minItems maxItems
    minProperties maxProperties x-max-bytes
"""
# Of these types a list can grow: what it may come to hold is known.
_OPEN_KINDS: Final = {"string": str, "integer": int}
_UNITS: Final = re.compile(r"seconds|milliseconds|seconds-or-milliseconds|text[+-]\d\d:\d\d")
_WORD: Final = re.compile(r"[a-z][a-z0-9-]*")


def check_extensions(model: Model) -> Iterator[ContractProblem]:
    """All x- keywords against the JSON Schemas that describe them."""
    for file in model.callbacks():
        yield from _against("callback", file, (), file.value)
    for document in model.documents:
        yield from _against("document", document, (), document.value)
    for operation in model.operations():
        yield from _against("webhook", operation.document, operation.path, operation.value)


def check_unknown_extensions(model: Model) -> Iterator[ContractProblem]:
    """HP516 for x- words that no schema of ours describes, in documents and webhooks."""
    in_document, in_webhook = _described("document"), _described("webhook")
    for document in model.documents:
        yield from _unknown(document, (), document.value, in_document)
        for key, item in as_dict(document.value.get("webhooks")).items():
            yield from _unknown(document, ("webhooks", key), as_dict(item), frozenset())
    for operation in model.operations():
        yield from _unknown(operation.document, operation.path, operation.value, in_webhook)


def check_max_bytes(model: Model) -> Iterator[ContractProblem]:
    """`x-max-bytes` stands with type string and with the maxLength that other tools see."""
    hint = "a string of n bytes has at most n characters: add maxLength n"
    for file, site in model.objects():
        if "x-max-bytes" in site.schema and (fault := _max_bytes_fault(site)):
            yield file.problem("HP508", (*site.path, "x-max-bytes"), fault, hint=hint)


def check_marks(model: Model) -> Iterator[ContractProblem]:
    """Marks of fields, such as x-moment, are words that are carried out, on fitting schemas."""
    for file, site in model.objects():
        # At its root a schema lists the pages that all of it rests on.
        marks = MARKS if site.path else MARKS - {"x-source"}
        for word in marks & site.schema.keys():
            tell = _basis_fault if word == "x-basis" else _mark_fault
            fault, hint = tell(word, site.schema)
            if fault:
                yield file.problem("HP508", (*site.path, word), fault, hint=hint)


def check_identities(model: Model) -> Iterator[ContractProblem]:
    """Something tells one event from all others: fields of the body, or what is sent beside it."""
    for operation in model.operations():
        _, request = operation.settled("x-request")
        beside = [
            *as_list(as_dict(request).get("headers")),
            *as_list(as_dict(request).get("query")),
        ]
        if "x-dedupe-key" not in operation.value and not any(
            "unique" in as_dict(e) for e in beside
        ):
            message = "nothing says what identifies an event over redeliveries"
            hint = "add x-dedupe-key, or unique: event to the header that does"
            yield operation.problem("HP508", (), message, hint=hint)


def _mark_fault(word: str, schema: dict[str, Any]) -> tuple[str, str]:
    """What is wrong with a mark, and what to do; "" where it can be carried out."""
    value = schema[word]
    if word == "x-large":
        good = type(value) is int and value > 0 and schema.get("type") == "string"
        hint = "a number of characters, with type string"
        return ("" if good else f"x-large does not say how long a text is: {value!r}"[:SHOWN]), hint
    if word == "x-source":
        good = isinstance(value, dict) and {"page", "date"} == value.keys()
        hint = "page and date, where what is said of a field rests on another page than the newest"
        return ("" if good else "x-source names no page with its date"), hint
    if word == "x-open":
        kind = _OPEN_KINDS.get(str(schema.get("type")))
        good = (
            value is True and kind and {type(one) for one in as_list(schema.get("enum"))} == {kind}
        )
        hint = "write x-open: true beside type, string or integer, and an enum of such values"
        return ("" if good else "x-open opens no list of values of one type"), hint
    if word != "x-moment":
        good = isinstance(value, str) and _WORD.fullmatch(value)
        hint = "name in one word whose it is, such as app, or what it is, such as room"
        return ("" if good else f"{word} is no word: {value!r}"[:SHOWN]), hint
    if not isinstance(value, str) or not _UNITS.fullmatch(value):
        hint = "seconds, milliseconds, seconds-or-milliseconds, or text with its offset: text+08:00"
        return f"x-moment is no unit that is known: {value!r}"[:SHOWN], hint
    kinds = schema.get("type", ())
    held = {kind for kind in (kinds, *as_list(kinds)) if isinstance(kind, str)}
    fitting = {"string"} if value.startswith("text") else {"string", "integer"}
    told = f"x-moment {value} stands where {' or '.join(sorted(fitting))} is not the type"
    return ("" if held & fitting else told), "put it where the type of the moment stands"


def _basis_fault(word: str, schema: dict[str, Any]) -> tuple[str, str]:
    """What is wrong with what says whether a page gives the bounds that stand beside it."""
    value = schema[word]
    if not value or not isinstance(value, dict):
        return "x-basis names no bound", "name the bounds beside it: page or inferred for each"
    for bound, basis in value.items():
        if bound not in _BOUNDS.split() or bound not in schema:
            return f"x-basis speaks of {bound}, and no such bound is here"[:SHOWN], "remove it"
        if basis not in ("page", "inferred"):
            hint = "say page where a page gives it, inferred where none does"
            return f"x-basis of {bound} is {basis!r}"[:SHOWN], hint
    return "", ""


def check_basis(model: Model) -> Iterator[ContractProblem]:
    """A webhook's x-basis speaks of words that it has."""
    for operation in model.operations():
        for word in operation.member("x-basis", dict):
            if word not in operation.value:
                message = f"x-basis speaks of {word}, which is not here"
                hint = f"remove it, or add {word}"
                yield operation.problem("HP508", ("x-basis", word), message, hint=hint)


def check_dates(model: Model) -> Iterator[ContractProblem]:
    """Sources have real dates, and lists of dated versions begin with the newest."""
    for file in (*model.callbacks(), *model.documents):
        seen: set[int] = set()
        for path, source in _sources(file.value, (), seen):
            yield from _real_date(file, (*path, "date"), source["date"])
    for file in model.callbacks():
        yield from _newest_first(file, ("x-source",), as_list(file.value.get("x-source")))
    for operation in model.operations():
        entries = [as_dict(e).get("source") for e in operation.member("x-delivery", list)]
        yield from _newest_first(operation.document, (*operation.path, "x-delivery"), entries)


def _against(name: str, file: SourceFile, base: Path, value: Any) -> Iterator[ContractProblem]:
    for error in Draft202012Validator(_load(name)).iter_errors(value):
        path = tuple(error.absolute_path)
        if path[:1] in {(word,) for word in _ELSEWHERE} or _missing(error) in _ELSEWHERE:
            continue
        # What is never allowed says so in the description of its schema.
        where = f"{path[-1]} has no place here" if path and error.validator == "not" else ""
        message = where or error.message[:SHOWN]
        yield file.problem("HP508", (*base, *path), message, hint=_hint(error, name))


def _missing(error: ValidationError) -> str:
    """The missing member that an error is about; "" where it is about something else."""
    if error.validator != "required":
        return ""
    return next((n for n in error.validator_value if error.message.startswith(repr(n))), "")


def _hint(error: ValidationError, name: str) -> str:
    if error.validator == "required":
        return f"add {_missing(error)}"
    if error.validator == "additionalProperties":
        return "remove it, or mend its spelling"
    description = as_dict(error.schema).get("description")
    return description or f"see the schema of this extension, contract/extensions/{name}.json"


@cache
def _load(name: str) -> dict[str, Any]:
    return References().expand(extension_schema(name))


def _described(name: str) -> frozenset[str]:
    return frozenset(_load(name)["properties"])


def _unknown(
    file: SourceFile, base: Path, holder: dict[str, Any], known: frozenset[str]
) -> Iterator[ContractProblem]:
    for word in holder:
        if word.startswith("x-") and word not in known:
            yield unknown_word(file, (*base, word), known, "extension")


def _max_bytes_fault(site: Site) -> str:
    limit, length = site.schema["x-max-bytes"], site.schema.get("maxLength")
    if type(limit) is not int or limit < 1:
        return "x-max-bytes is not a number of bytes"
    if site.schema.get("type") != "string":
        return "x-max-bytes stands where the value need not be a string"
    if type(length) is not int:
        return "x-max-bytes stands without maxLength"
    return "maxLength is above x-max-bytes" if length > limit else ""


def _sources(node: Any, path: Path, seen: set[int]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Page and date pairs; what YAML aliases repeat is met once."""
    if not isinstance(node, dict | list) or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, dict) and isinstance(node.get("date"), str) and "page" in node:
        yield path, node
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        if key not in {"examples", "properties", "$defs", "seen"}:
            yield from _sources(value, (*path, key), seen)


def _real_date(file: SourceFile, path: Path, text: str) -> Iterator[ContractProblem]:
    try:
        dt.date.fromisoformat(text)
    except ValueError as error:
        if len(text) == len("2026-01-01"):
            hint = "write the date of the page as YYYY-MM-DD"
            yield file.problem("HP508", path, f"{text} is no date: {error}", hint=hint)


def _newest_first(file: SourceFile, path: Path, sources: list[Any]) -> Iterator[ContractProblem]:
    dates = [as_dict(source).get("date") for source in sources]
    for index, (newer, older) in enumerate(pairwise(dates), 1):
        if isinstance(newer, str) and isinstance(older, str) and newer < older:
            message = f"{older} stands after {newer}"
            hint = "put the newest version of the page first"
            yield file.problem("HP508", (*path, index), message, hint=hint)
