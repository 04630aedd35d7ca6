"""Reads the contract's files and knows on which line everything stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from hookproof.errors import ContractError
from hookproof.payload.decode import decode
from hookproof.payload.problem import position_at
from hookproof.payload.scan import Path as PayloadPath
from hookproof.payload.scan import scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import yaml

MAX_NODES: Final = 200_000


def read_json(file: Path, *, label: str = "") -> Any:
    """The value of a JSON file; raises ContractError with file and line."""
    label = label or str(file)
    raw = _read_bytes(file, label)
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        reading = decode(raw)
        problem = reading.problems[0]
        line = reading.position(problem).line
        raise ContractError(label, problem.message, line=line, hint="mend the JSON") from None


def read_yaml(file: Path, *, label: str = "") -> Any:
    """The value of a YAML file, duplicate keys refused; raises ContractError with file and line."""
    import yaml  # noqa: PLC0415 - costs as much as all else of a start; JSON-only paths go without

    label = label or str(file)
    raw = _read_bytes(file, label)
    try:
        return yaml.load(raw, Loader=_strict_loader())  # noqa: S506 - a safe loader's subclass
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error) or "nested too deep"
        line = mark.line + 1 if mark else None
        raise ContractError(label, f"not YAML: {what}", line=line, hint="mend the YAML") from None


def json_lines(file: Path) -> Callable[[PayloadPath], int]:
    """From a path in a JSON file to its line; the nearest one above where it is missing."""
    text = file.read_bytes().decode(errors="replace")
    spans = scan(text).values

    def line(path: PayloadPath) -> int:
        while path and path not in spans:
            path = path[:-1]
        return position_at(text, spans.get(path, (0, 0))[0]).line

    return line


def yaml_lines(file: Path) -> Callable[[PayloadPath], int]:
    """From a path in a YAML file to its line; the nearest one above where it is missing."""
    import yaml  # noqa: PLC0415 - as above

    root = yaml.compose(file.read_bytes(), Loader=yaml.SafeLoader)

    def line(path: PayloadPath) -> int:
        node, at = root, 1
        for part in path:
            child = _child(node, part)
            if child is None:
                break
            at, node = child
        return at

    return line


def _child(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    value = getattr(node, "value", None)
    if not isinstance(value, list):
        return None
    if isinstance(part, int):
        in_range = 0 <= part < len(value) and not isinstance(value[part], tuple)
        return (value[part].start_mark.line + 1, value[part]) if in_range else None
    for pair in value:
        if isinstance(pair, tuple) and pair[0].value == part:
            return pair[0].start_mark.line + 1, pair[1]
    return None


def _read_bytes(file: Path, label: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ContractError(label, f"cannot be read: {error.strerror}") from None


def _strict_loader() -> Any:
    import yaml  # noqa: PLC0415 - as above

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class StrictLoader(base):  # type: ignore[misc]
        """Refuses what two readers could take two ways."""

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001, FBT002
            keys = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
            for key in keys:
                if keys.count(key) > 1:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key {key!r} stands twice", node.start_mark
                    )
            return super().construct_mapping(node, deep=deep)

    # Dates and the like stay what they look like: text.
    StrictLoader.yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if tag not in _NOT_JSON]
        for first, resolvers in base.yaml_implicit_resolvers.items()
    }
    return StrictLoader


_NOT_JSON: Final = ("tag:yaml.org,2002:timestamp",)
