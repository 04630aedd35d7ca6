"""HP512, HP513: fields that a document speaks of exist, and tell its callbacks apart."""

from __future__ import annotations

import re
from itertools import chain, combinations, groupby
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.model import is_beside, place_of
from hookproof.contract_proof.checks.model import as_dict, as_list
from hookproof.payload.pointer import from_pointer
from hookproof.schema.documented_fields import is_among

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract_proof.checks.model import Model, Operation, SourceFile
    from hookproof.contract_proof.checks.problem import ContractProblem
    from hookproof.payload.scan import Path

_SAME_VALUE: Final = ("allOf", "anyOf", "oneOf")
_SAME_VALUE_ONE: Final = ("if", "then", "else", "contentSchema")
_POINTERS: Final = ("x-dedupe-key", "x-ordering")
_INDEX: Final = re.compile(r"\*|0|[1-9][0-9]*")


def check_discriminators(model: Model) -> Iterator[ContractProblem]:
    """HP512: no two callbacks of an area are named by the same values."""
    by_area = sorted(model.operations(), key=lambda one: one.document.area)
    for _, group in groupby(by_area, key=lambda one: one.document.area):
        for first, second in combinations(group, 2):
            shared = _shared(first, second)
            if shared:
                yield second.problem(
                    "HP512",
                    ("x-discriminator",),
                    f"{shared} means {first.key} as well as {second.key}",
                    hint="name a field, or a value, that only one of them has",
                )


def check_fields(model: Model) -> Iterator[ContractProblem]:
    """HP513: every pointer and field that a webhook names is in its payload's schema."""
    for operation in model.operations():
        file = model.schema_of(operation)
        schema = model.expanded(file) if file else None
        if file is None or schema is None:
            continue
        for path, parts in chain(*(told(operation) for told in _TELL_OF_FIELDS)):
            yield from missing_field(operation, path, parts, schema=schema, label=file.label)


def missing_field(
    operation: Operation, path: Path, parts: tuple[str, ...], *, schema: Any, label: str
) -> Iterator[ContractProblem]:
    """HP513 where a name at a place of the document leads to nothing in the payload's schema."""
    if not leads_somewhere(schema, parts):
        message = f"the payload has no field {'/'.join(map(str, parts))!r}"
        hint = f"see the properties of {label}"
        if len(parts) == 1 and str(parts[0]).startswith("/"):
            hint = (
                "what is signed, a signature and the moment of sending stand at the top of the "
                "payload; for nested ones there is no word. Say scheme none, and let your receiver "
                "prove the sender by the vendor's own library"
            )
        yield operation.document.problem("HP513", path, message, hint=hint)


def check_quirk_places(model: Model) -> Iterator[ContractProblem]:
    """HP513: quirks, open questions and mended samples speak of places that the payload has."""
    for file in model.callbacks():
        schema = model.expanded(file)
        for path, pointer in _places(file):
            if schema is not None and not leads_somewhere(schema, from_pointer(pointer)):
                message = f"the payload has no place {pointer!r}"
                hint = "write a JSON pointer into the payload, * for any element of an array"
                yield file.problem("HP513", path, message, hint=hint)


def leads_somewhere(schema: Any, parts: tuple[str, ...]) -> bool:
    """Whether a schema without references speaks of a place, in nested JSON too."""
    level = [schema]
    for part in parts:
        level = [inner for one in level for same in _same(one) for inner in _step(same, part)]
    return bool(level)


def _same(schema: Any) -> Iterator[dict[str, Any]]:
    """The schema and all that speak of the same value."""
    if isinstance(schema, dict):
        yield schema
        for keyword in _SAME_VALUE:
            for part in as_list(schema.get(keyword)):
                yield from _same(part)
        for keyword in _SAME_VALUE_ONE:
            yield from _same(schema.get(keyword))


def _step(schema: dict[str, Any], part: str) -> Iterator[Any]:
    properties = as_dict(schema.get("properties"))
    if part in properties:
        yield properties[part]
    if isinstance(schema.get("additionalProperties"), dict):
        yield schema["additionalProperties"]
    if _INDEX.fullmatch(part):
        yield from as_list(schema.get("prefixItems"))
        if "items" in schema:
            yield schema["items"]


def _own_fields(operation: Operation) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for keyword in _POINTERS:
        for index, pointer in enumerate(operation.member(keyword, list)):
            if isinstance(pointer, str):
                yield (*operation.path, keyword, index), from_pointer(pointer)
    for field in operation.member("x-discriminator", dict):
        if not is_beside(field):
            yield (*operation.path, "x-discriminator", field), place_of(field)
    for keyword in ("x-sent-at", "x-expires-at"):
        field = operation.member(keyword, dict).get("field")
        if isinstance(field, str):
            yield (*operation.path, keyword, "field"), (field,)


def _given_back(operation: Operation) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for at, form in enumerate(operation.member("x-challenge", list)):
        for way, echo in echoes_of(form):
            if isinstance(echo.get("from"), str):
                path = (*operation.path, "x-challenge", at, *way, "from")
                yield path, from_pointer(echo["from"])


def echoes_of(form: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The values that one form of the answer to a challenge gives back, and where they stand."""
    for kind, given in as_dict(form).items():
        if kind == "text":
            yield (kind,), as_dict(given)
        else:
            yield from (((kind, name), as_dict(echo)) for name, echo in as_dict(given).items())


def _sent_fields(operation: Operation) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Where headers and query parameters have their values from."""
    base, request = operation.settled("x-request")
    for kind in ("headers", "query"):
        for index, entry in enumerate(as_list(as_dict(request).get(kind))):
            pointer = as_dict(entry).get("from")
            if isinstance(pointer, str):
                yield (*base, kind, index, "from"), from_pointer(pointer)


def _places(file: SourceFile) -> Iterator[tuple[Path, str]]:
    for keyword in ("x-quirks", "x-open-questions"):
        for index, entry in enumerate(as_list(file.value.get(keyword))):
            if isinstance(as_dict(entry).get("where"), str):
                yield (keyword, index, "where"), entry["where"]
    for index, example in enumerate(as_list(file.value.get("x-examples"))):
        for at, mended in enumerate(as_list(as_dict(example).get("mended"))):
            if isinstance(as_dict(mended).get("where"), str):
                yield ("x-examples", index, "mended", at, "where"), mended["where"]


def _shared(first: Operation, second: Operation) -> str:
    """The values of fields by which two webhooks are both named; "" where they differ."""
    one, two = (o.member("x-discriminator", dict) for o in (first, second))
    if not one or not two or not (one.keys() <= two.keys() or two.keys() <= one.keys()):
        return ""
    shared = {field: _both(*_values(one, two, field)) for field in one.keys() & two.keys()}
    if not all(shared.values()):
        return ""
    return ", ".join(f"{field} {values[0]!r}" for field, values in sorted(shared.items()))


def _values(one: dict[str, Any], two: dict[str, Any], field: str) -> tuple[Any, Any]:
    """The values of a field for both; where it is enough that it is there, any value is one."""
    any_value = ["present"]
    first, second = one[field], two[field]
    if "present" in (first, second):
        return any_value, any_value
    return first, second


def _both(one: Any, two: Any) -> list[Any]:
    return [value for value in as_list(one) if is_among(value, as_list(two))]


_TELL_OF_FIELDS: Final = (_own_fields, _sent_fields, _given_back)
