"""Says exactly what is wrong with a payload: one violation for each fault, in a person's words.

This is the slow side, for payloads that the fast side refused. Where a value fits none
of several shapes, the closest shape is taken and its own faults are told.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from hookproof.validation.wording import SHOWN, describe, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jsonschema.exceptions import ValidationError

    from hookproof.payload.scan import Path

    Branches = dict[int, list[ValidationError]]

_FIRST: Final = (
    "required",
    "anyOf",
    "oneOf",
    "type",
    "const",
    "enum",
    "contentSchema",
    "x-max-bytes",
)


@dataclass(frozen=True, slots=True)
class Violation:
    """One fault: the path (into nested JSON too), the keyword, the wanted and the found.

    A missing field's path is that of the field itself, not of the object that lacks it.
    """

    path: Path
    keyword: str
    message: str
    expected: str
    found: str


def find_violations(schema: dict[str, Any], payload: Any) -> list[Violation]:
    """All faults of a payload against a schema without references; none means valid."""
    from hookproof.validation.keywords import ContractValidator  # noqa: PLC0415 - 60 ms to import

    found: dict[Path, Violation] = {}
    for violation in _violations(ContractValidator(schema).iter_errors(payload)):
        known = found.get(violation.path)
        if known is None or _rank(violation) < _rank(known):
            found[violation.path] = violation
    return sorted(found.values(), key=lambda v: [str(part) for part in v.path])


def _rank(violation: Violation) -> int:
    """One value, one violation: what it is comes before how long it is."""
    keyword = violation.keyword
    return _FIRST.index(keyword) if keyword in _FIRST else len(_FIRST)


def _violations(errors: Iterable[ValidationError], base: Path = ()) -> Iterator[Violation]:
    for error in errors:
        path = (*base, *error.relative_path)
        keyword = str(error.validator)
        branches = _branches(error) if keyword in {"anyOf", "oneOf"} else {}
        if branches:
            yield from _closest_shape(error, branches, path)
        else:
            yield _violation(error, path, keyword)


def _violation(error: ValidationError, path: Path, keyword: str) -> Violation:
    if keyword == "required":
        return _missing(error, path)
    if keyword == "contentSchema":
        message = f"the nested text is not JSON: {error.message}"
        return Violation(path, keyword, message, "JSON text", show(error.instance))
    teller = _TELLERS.get(keyword)
    expected, found = teller(error) if teller else (error.message[:SHOWN], show(error.instance))
    message = f"expected {expected}, found {found}"
    return Violation(path, keyword, message, expected, found)


def _missing(error: ValidationError, path: Path) -> Violation:
    # jsonschema yields one error for each missing name and quotes the name in its message.
    names = [name for name in error.validator_value if name not in error.instance]
    name = next((n for n in names if error.message.startswith(repr(n))), names[0])
    expected = describe(_member(error.schema, "properties", {}).get(name, {}))
    return Violation((*path, name), "required", "the field is missing", expected, "nothing")


def _closest_shape(error: ValidationError, branches: Branches, path: Path) -> Iterator[Violation]:
    if all(_only_lacks_a_field(errors) for errors in branches.values()):
        yield _missing_alternative(branches, path)
        return
    index, errors = min(branches.items(), key=lambda item: _distance(error, *item))
    if _wrong_kind(errors):
        expected = " or ".join(describe(branch) for branch in error.validator_value)
        found = show(error.instance)
        message = f"expected {expected}, found {found}"
        yield Violation(path, str(error.validator), message, expected, found)
        return
    shape = _member(error.validator_value[index], "title", "")
    for violation in _violations(errors, path):
        yield _in_shape(violation, shape, len(branches))


def _member(schema: Any, key: str, default: Any) -> Any:
    """A member of a schema; true and false are schemas too."""
    return schema.get(key, default) if isinstance(schema, dict) else default


def _in_shape(violation: Violation, shape: str, count: int) -> Violation:
    if not shape:
        return violation
    closest = f"(closest of {count} shapes: {shape})"
    return replace(
        violation,
        message=f"{violation.message} {closest}",
        expected=f"{violation.expected} {closest}",
    )


def _branches(error: ValidationError) -> Branches:
    branches: Branches = {}
    for inner in error.context or ():
        # The error of a branch that is merely `false` says not even which one it was.
        if inner.relative_schema_path:
            branches.setdefault(int(inner.relative_schema_path[0]), []).append(inner)
    return branches


def _distance(error: ValidationError, index: int, errors: list[ValidationError]) -> tuple[Any, ...]:
    required = _member(error.validator_value[index], "required", ())
    value = error.instance
    known = sum(name in value for name in required) if isinstance(value, dict) else 0
    return (_wrong_kind(errors), len(required) - known, -known, len(errors), index)


def _wrong_kind(errors: list[ValidationError]) -> bool:
    """Whether the value is of another kind altogether, so that the shape's details say nothing."""
    return any(e.validator in {"type", "const", "enum"} and not e.relative_path for e in errors)


def _only_lacks_a_field(errors: list[ValidationError]) -> bool:
    return all(e.validator == "required" and not e.relative_path for e in errors) and (
        len(errors) == 1 and list(errors[0].schema) == ["required"]
    )


def _missing_alternative(branches: Branches, path: Path) -> Violation:
    names = [name for errors in branches.values() for name in errors[0].validator_value]
    expected = f"one of the fields {', '.join(names)}"
    return Violation(
        (*path, names[0]), "required", f"{' or '.join(names)} must be there", expected, "nothing"
    )


def _tell_type(error: ValidationError) -> tuple[str, str]:
    return describe(error.schema), show(error.instance)


def _tell_bytes(error: ValidationError) -> tuple[str, str]:
    size = len(error.instance.encode("utf-8", "surrogatepass"))
    return f"at most {error.validator_value} bytes", f"{size} bytes: {show(error.instance)}"


def _tell_length(error: ValidationError) -> tuple[str, str]:
    bound = "at least" if str(error.validator).startswith("min") else "at most"
    unit = "characters" if isinstance(error.instance, str) else "items"
    value = error.instance
    return f"{bound} {error.validator_value} {unit}", f"{len(value)} {unit}: {show(value)}"


def _tell_not(error: ValidationError) -> tuple[str, str]:
    return f"not {json.dumps(error.validator_value)[:SHOWN]}", show(error.instance)


_TELLERS: Final[dict[str, Callable[[ValidationError], tuple[str, str]]]] = {
    **dict.fromkeys(("type", "enum", "const", "pattern", "minimum", "maximum"), _tell_type),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), _tell_type),
    "x-max-bytes": _tell_bytes,
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _tell_length),
    "not": _tell_not,
}
