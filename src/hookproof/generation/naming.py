"""Names of Python made from names of the wire, the same in every run and version."""

from __future__ import annotations

import keyword
import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A word ends before a capital that follows a small letter or a digit, and before the last
# capital of a run that a small letter follows: `FileID`, `HTTPServer`; not in `UserIDs`.
_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z](?!s(?![a-z]))[a-z])")
_SEPARATOR = re.compile(r"[^\w]+|_+")

# What a field must not be called: the methods of models, and the types that the
# annotations of later fields may use.
_METHODS = frozenset(
    {"to_wire", "copy", "dict", "json", "schema", "schema_json", "validate", "construct"}
    | {"parse_obj", "parse_raw", "parse_file", "from_orm", "update_forward_refs"}
    | {f"model_{word}" for word in ("computed_fields", "config", "construct", "copy", "dump")}
    | {f"model_{word}" for word in ("dump_json", "extra", "fields", "fields_set", "json_schema")}
    | {f"model_{word}" for word in ("parametrized_name", "post_init", "rebuild", "validate")}
    | {"model_validate_json", "model_validate_strings"}
)
_RESERVED = _METHODS | {"int", "str", "float", "bool", "list", "dict"}


def class_name(text: str) -> str:
    """Write a title, a file's stem or a field's name as a class name."""
    words = [word for word in _SEPARATOR.split(text) if word]
    name = "".join(word[0].upper() + word[1:] for word in words)
    return name if name.isidentifier() else f"Model{name}"


def attribute_names(fields: Iterable[str]) -> dict[str, str]:
    """Give each field of one object an attribute name of its own.

    Names are snake_case. Where two spellings meet (`fileId`, `file_id`), the
    one that is snake_case on the wire keeps the plain name and the others say
    how they are spelled: `file_id_camel`. The order of the fields plays no part.
    """
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for field in fields:
        spellings[_snake_case(field)].append(field)
    names = {fields[0]: name for name, fields in spellings.items() if len(fields) == 1}
    for name, clashing in sorted(spellings.items()):
        if len(clashing) > 1:
            names |= dict(_told_apart(name, clashing, taken=set(names.values())))
    return names


def _snake_case(field: str) -> str:
    words = [word for word in _SEPARATOR.split(_BOUNDARY.sub("_", field)) if word]
    name = "_".join(words).lower() or "field"
    if not name.isidentifier():
        name = f"field_{name}"
    reserved = keyword.iskeyword(name) or name in _RESERVED
    return f"{name}_" if reserved else name


def _told_apart(name: str, fields: list[str], *, taken: set[str]) -> Iterator[tuple[str, str]]:
    for field in sorted(fields, key=lambda field: (field != name, field)):
        plain = name if field == name else f"{name.rstrip('_')}_{_spelling(field)}"
        unique, number = plain, 1
        while unique in taken:
            number += 1
            unique = f"{plain}_{number}"
        taken.add(unique)
        yield field, unique


def _spelling(field: str) -> str:
    if "-" in field:
        return "kebab"
    if field.isupper():
        return "upper"
    if field[:1].isupper():
        return "pascal"
    return "camel" if field != field.lower() else "plain"
