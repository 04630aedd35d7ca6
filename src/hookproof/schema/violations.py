"""Says exactly what is wrong with a payload: one violation for each fault, in a person's words.

Where a value fits none of several shapes, the closest shape is taken and its own faults are told.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import item_at
from hookproof.schema.compiled_schema import CompiledSchema
from hookproof.text import SHOWN, describe, inferred_mark, is_inferred, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hookproof.payload.scan import Path

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
_UNITS: Final = {"Length": "characters", "Items": "items", "Properties": "fields"}
_LIMITS: Final = frozenset(f"max{size}" for size in _UNITS)


@dataclass(frozen=True, slots=True)
class Violation:
    """One fault: the path (into nested JSON too), the keyword, the wanted and the found.

    A missing field's path is that of the field itself, not of the object that lacks it. Where it
    `is_inferred`, no page gives the bound that is broken.
    """

    path: Path
    keyword: str
    message: str
    expected: str
    found: str
    is_inferred: bool = False


class _Error(NamedTuple):
    """An error of jsonschema-rs with the schema and the value that it speaks of.

    `schema` holds the keyword and `wanted` is what that says. `text` is what jsonschema-rs or
    the reader of nested JSON says. `branches` are the errors of each shape that did not fit.
    """

    path: Path
    keyword: str
    schema: Any
    wanted: Any
    found: Any
    text: str
    missing: str = ""
    branches: tuple[tuple[_Error, ...], ...] = ()


def find_violations(schema: Any, payload: Any) -> list[Violation]:
    """All faults of a payload against a schema without references; none means valid."""
    return violations_of(CompiledSchema(schema), payload)


def violations_of(judge: CompiledSchema, payload: Any) -> list[Violation]:
    """All faults of a payload against a compiled schema, sorted by path; none means valid."""
    found: dict[Path, Violation] = {}
    for violation in _violations(_errors(judge, judge.errors(payload), payload, ())):
        known = found.get(violation.path)
        if known is None or _rank(violation) < _rank(known):
            found[violation.path] = violation
    return sorted(found.values(), key=lambda v: [str(part) for part in v.path])


def _rank(violation: Violation) -> int:
    """One value, one violation: what it is comes before how long it is."""
    keyword = violation.keyword
    return _FIRST.index(keyword) if keyword in _FIRST else len(_FIRST)


def _errors(
    judge: CompiledSchema, raw: Iterable[Any], payload: Any, base: Path
) -> Iterator[_Error]:
    """The errors of a payload that stands at `base`, those of nested JSON in their place."""
    for error in raw:
        way, kind = tuple(error.schema_path), error.kind
        path = path_in(payload, error.instance_path)
        found = item_at(payload, path)
        holder = item_at(judge.schema, way[:-1])
        if kind.name == "contentSchema":
            yield from _errors_in_text(judge.nested(way), found, holder, (*base, *path))
            continue
        yield _Error(
            path=(*base, *path),
            keyword=kind.name,
            schema=holder,
            wanted=item_at(holder, way[-1:]),
            found=found,
            text=error.message,
            missing=getattr(kind, "property", ""),
            branches=tuple(
                tuple(_errors(judge, branch, payload, base))
                for branch in getattr(kind, "context", ())
            ),
        )


def _errors_in_text(judge: CompiledSchema, text: str, schema: Any, base: Path) -> Iterator[_Error]:
    reading = decode_text(text)
    for problem in reading.problems:
        place = reading.position(problem)
        said = f"{problem.message} (line {place.line}, column {place.column} of the nested text)"
        yield _Error(base, "contentSchema", schema, schema["contentSchema"], text, said)
    if reading.complete and not reading.problems:
        yield from _errors(judge, judge.errors(reading.value), reading.value, base)


def path_in(value: Any, found: Iterable[str | int]) -> Path:
    """A path as the validator tells it, with the names for which it has told their numbers: 007."""
    path: list[str | int] = []
    for part in found:
        is_name = isinstance(value, dict) and part not in value
        path.append(next(k for k in value if _number(k) == part) if is_name else part)
        value = value[path[-1]]
    return tuple(path)


def _number(name: str) -> int | None:
    digits = name.removeprefix("+")
    return int(digits) if digits.isascii() and digits.isdigit() else None


def _violations(errors: Iterable[_Error]) -> Iterator[Violation]:
    for error in errors:
        # A shape that is merely `false` is closest to nothing.
        shapes = {
            n: es for n, es in enumerate(error.branches) if es and error.wanted[n] is not False
        }
        if shapes:
            yield from _closest_shape(error, shapes)
        else:
            yield _violation(error)


def _violation(error: _Error) -> Violation:
    if error.keyword == "required":
        expected = describe(_member(error.schema, "properties", {}).get(error.missing, {}))
        path = (*error.path, error.missing)
        return Violation(path, "required", "the field is missing", expected, "nothing")
    if error.keyword == "contentSchema":
        message = f"the nested text is not JSON: {error.text}"
        return Violation(error.path, error.keyword, message, "JSON text", show(error.found))
    teller = _TELLERS.get(error.keyword)
    expected, found = teller(error) if teller else (error.text[:SHOWN], show(error.found))
    message = f"expected {expected}, found {found}"
    inferred = is_inferred(error.schema, error.keyword)
    return Violation(error.path, error.keyword, message, expected, found, inferred)


def _closest_shape(error: _Error, shapes: dict[int, tuple[_Error, ...]]) -> Iterator[Violation]:
    if all(_only_lacks_a_field(error, errors) for errors in shapes.values()):
        yield _missing_alternative(error, shapes)
        return
    index, errors = min(shapes.items(), key=lambda item: _distance(error, *item))
    if _is_of_another_kind(error, errors):
        keyword = "type" if _all_want_one_type(error, shapes) else error.keyword
        expected = " or ".join(dict.fromkeys(describe(shape) for shape in error.wanted))
        found = show(error.found)
        message = f"expected {expected}, found {found}"
        yield Violation(error.path, keyword, message, expected, found)
        return
    title = _member(error.wanted[index], "title", "")
    for violation in _violations(errors):
        yield _in_shape(violation, title, len(shapes))


def _member(schema: Any, key: str, default: Any) -> Any:
    """A member of a schema; true and false are schemas too."""
    return schema.get(key, default) if isinstance(schema, dict) else default


def _in_shape(violation: Violation, title: str, count: int) -> Violation:
    if not title:
        return violation
    closest = f"(closest of {count} shapes: {title})"
    return replace(
        violation,
        message=f"{violation.message} {closest}",
        expected=f"{violation.expected} {closest}",
    )


def _distance(error: _Error, index: int, errors: tuple[_Error, ...]) -> tuple[Any, ...]:
    required = _member(error.wanted[index], "required", ())
    value = error.found
    known = sum(name in value for name in required) if isinstance(value, dict) else 0
    wrong = _is_of_another_kind(error, errors)
    return (wrong, len(required) - known, -known, len(errors), index)


def _is_of_another_kind(error: _Error, errors: tuple[_Error, ...]) -> bool:
    """Whether the value is of another kind altogether, so that the shape's details say nothing.

    So is what holds something, beside a shape of what is empty.
    """
    return any(
        (e.keyword in {"type", "const", "enum"} or (e.keyword in _LIMITS and e.wanted == 0))
        and e.path == error.path
        for e in errors
    )


def _all_want_one_type(error: _Error, shapes: dict[int, tuple[_Error, ...]]) -> bool:
    """Whether the type alone is wrong, since no shape takes another than all the others do."""
    wanted = [
        [e.wanted for e in errors if e.keyword == "type" and e.path == error.path]
        for errors in shapes.values()
    ]
    return len(wanted) > 1 and bool(wanted[0]) and all(one == wanted[0] for one in wanted)


def _only_lacks_a_field(error: _Error, errors: tuple[_Error, ...]) -> bool:
    first = errors[0]
    lacks = len(errors) == 1 and first.keyword == "required" and first.path == error.path
    return lacks and list(first.schema) == ["required"]


def _missing_alternative(error: _Error, shapes: dict[int, tuple[_Error, ...]]) -> Violation:
    names = [name for errors in shapes.values() for name in errors[0].wanted]
    expected = f"one of the fields {', '.join(names)}"
    message = f"{' or '.join(names)} must be there"
    return Violation((*error.path, names[0]), "required", message, expected, "nothing")


def _tell_type(error: _Error) -> tuple[str, str]:
    return describe(error.schema), show(error.found)


def _tell_bytes(error: _Error) -> tuple[str, str]:
    size = len(error.found.encode("utf-8", "surrogatepass"))
    mark = inferred_mark(error.schema, error.keyword)
    return f"at most {error.wanted} bytes{mark}", f"{size} bytes: {show(error.found)}"


def _tell_length(error: _Error) -> tuple[str, str]:
    bound = "at least" if error.keyword.startswith("min") else "at most"
    unit = _UNITS[error.keyword[3:]]
    wanted = f"{bound} {error.wanted} {unit}{inferred_mark(error.schema, error.keyword)}"
    return wanted, f"{len(error.found)} {unit}: {show(error.found)}"


def _tell_nothing(error: _Error) -> tuple[str, str]:
    return "nothing", show(error.found)


def _tell_not(error: _Error) -> tuple[str, str]:
    return f"not {json.dumps(error.wanted)[:SHOWN]}", show(error.found)


_TELLERS: Final[dict[str, Callable[[_Error], tuple[str, str]]]] = {
    **dict.fromkeys(("type", "enum", "const", "pattern", "minimum", "maximum"), _tell_type),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), _tell_type),
    "x-max-bytes": _tell_bytes,
    **dict.fromkeys((f"{end}{size}" for end in ("min", "max") for size in _UNITS), _tell_length),
    "not": _tell_not,
    "falseSchema": _tell_nothing,
}
