"""The fast side: yes or no for a payload, compiled once for each schema.

jsonschema-rs takes nested JSON and byte lengths for annotations, so every place that
has one gets a small check of its own, run after the outer schema has passed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from hookproof.errors import ContractError
from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import to_pointer

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[Any], bool]

_ASSERTED: Final = ("contentSchema", "x-max-bytes")
# Where an assertion of ours can only narrow what jsonschema-rs accepts. Elsewhere (not, if,
# oneOf, contains) it can also widen it, so there the slow side judges alone.
_WALKED: Final = frozenset({"properties", "items", "prefixItems", "allOf", "anyOf"})
_DATA: Final = frozenset({"const", "enum", "examples", "default", "required", *_ASSERTED})


class Judge:
    """Decides whether a value fits a schema that has no references left.

    Raises ContractError, which names `label`, where the schema is none.
    """

    def __init__(self, schema: dict[str, Any], *, label: str = "a schema") -> None:
        compiled = compile_schema(schema, label=label)
        slow = _out_of_reach(schema)
        self._outer: Check = _slow_check(schema) if slow else compiled.is_valid
        self._inner = None if slow else _check(schema)

    def accepts(self, value: Any) -> bool:
        """Whether the value is valid, nested JSON and byte lengths included."""
        return self._outer(value) and (self._inner is None or self._inner(value))


def compile_schema(schema: Any, *, label: str = "a schema", limits_bytes: bool = False) -> Any:
    """A schema compiled by jsonschema-rs; what is ours to assert, it takes for annotations.

    Nothing is fetched, and patterns run in linear time. With `limits_bytes` it asserts
    `x-max-bytes` as well, by calls that take their time. Raises ContractError, which names
    `label`, where the schema is none.
    """
    keywords: Any = {"x-max-bytes": _ByteLimit} if limits_bytes else None
    try:
        return jsonschema_rs.Draft202012Validator(
            schema,
            offline=True,
            pattern_options=jsonschema_rs.RegexOptions(),
            keywords=keywords,
        )
    except jsonschema_rs.ValidationError as error:
        where = to_pointer(tuple(error.instance_path))
        raise ContractError(label, f"not a schema at {where}: {error.message}") from None


def _check(schema: Any) -> Check | None:
    """The part of a schema that jsonschema-rs does not assert, None where there is none."""
    if not isinstance(schema, dict):
        return None
    checks = [check for check in (make(schema) for make in _MAKERS) if check]
    if not checks:
        return None
    return checks[0] if len(checks) == 1 else lambda value: all(check(value) for check in checks)


def _content(schema: dict[str, Any]) -> Check | None:
    if schema.get("contentMediaType") != "application/json" or "contentSchema" not in schema:
        return None
    accepts = Judge(schema["contentSchema"]).accepts

    def check(value: Any) -> bool:
        if not isinstance(value, str):
            return True
        reading = decode_text(value)
        return reading.complete and not reading.problems and accepts(reading.value)

    return check


def _bytes(schema: dict[str, Any]) -> Check | None:
    limit = schema.get("x-max-bytes")
    if limit is None:
        return None
    if not isinstance(limit, int):
        raise ContractError("a schema", f"x-max-bytes is a number of bytes, not {limit!r}")
    return lambda value: not isinstance(value, str) or _keeps(value, limit)


def _keeps(text: str, limit: int) -> bool:
    # A character has at most four bytes, so short texts need no counting.
    return len(text) * 4 <= limit or len(text.encode("utf-8", "surrogatepass")) <= limit


class _ByteLimit:
    """`x-max-bytes` as jsonschema-rs wants a keyword of others."""

    def __init__(self, parent: Any, limit: int, path: Any) -> None:
        del parent, path
        self._limit = limit

    def validate(self, value: Any) -> None:
        if isinstance(value, str) and not _keeps(value, self._limit):
            raise ValueError(f"more than {self._limit} bytes")


def _properties(schema: dict[str, Any]) -> Check | None:
    inner = {name: _check(sub) for name, sub in schema.get("properties", {}).items()}
    checks = [(name, check) for name, check in inner.items() if check]
    if not checks:
        return None
    return lambda value: (
        not isinstance(value, dict)
        or all(name not in value or check(value[name]) for name, check in checks)
    )


def _items(schema: dict[str, Any]) -> Check | None:
    rest = _check(schema.get("items"))
    first = [_check(sub) for sub in schema.get("prefixItems", ())]
    if rest is None and not any(first):
        return None

    def check(value: Any) -> bool:
        if not isinstance(value, list):
            return True
        checks = [*first, *[rest] * max(len(value) - len(first), 0)]
        return all(one(item) for one, item in zip(checks, value, strict=False) if one)

    return check


def _all_of(schema: dict[str, Any]) -> Check | None:
    checks = [check for check in map(_check, schema.get("allOf", ())) if check]
    return (lambda value: all(check(value) for check in checks)) if checks else None


def _alternatives(schema: dict[str, Any]) -> Check | None:
    if not any(_check(branch) for branch in schema.get("anyOf", ())):
        return None
    branches = [Judge(branch).accepts for branch in schema["anyOf"]]
    return lambda value: any(accepts(value) for accepts in branches)


_MAKERS: Final = (_content, _bytes, _properties, _items, _all_of, _alternatives)


def _out_of_reach(node: Any) -> bool:
    """Whether an assertion of ours stands where the small checks do not go."""
    if isinstance(node, list):
        return any(map(_out_of_reach, node))
    if not isinstance(node, dict):
        return False
    for key, value in node.items():
        if key == "properties":
            if any(map(_out_of_reach, value.values())):
                return True
        elif key in _WALKED:
            if _out_of_reach(value):
                return True
        elif key not in _DATA and _mentions(value):
            return True
    return False


def _mentions(node: Any) -> bool:
    if isinstance(node, list):
        return any(map(_mentions, node))
    return isinstance(node, dict) and (
        any(key in node for key in _ASSERTED) or any(map(_mentions, node.values()))
    )


def _slow_check(schema: dict[str, Any]) -> Check:
    from hookproof.validation.keywords import ContractValidator  # noqa: PLC0415 - 60 ms to import

    return ContractValidator(schema).is_valid  # type: ignore[no-any-return]
