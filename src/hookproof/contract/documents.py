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
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import yaml


def read_json(file: Path, *, label: str = "") -> Any:
    """The value of a JSON file; raises ContractError with file and line."""
    label = label or str(file)
    raw = read_bytes(file, label)
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        reading = decode(raw)
        if not reading.problems:
            return reading.value
        problem = reading.problems[0]
        line = reading.position(problem).line
        raise ContractError(label, problem.message, line=line, hint="mend the JSON") from None


def read_yaml(file: Path, *, label: str = "") -> Any:
    """The value of a YAML file, duplicate keys refused; raises ContractError with file and line."""
    label = label or str(file)
    return parse_yaml(read_bytes(file, label), label=label)


def parse_yaml(raw: bytes, *, label: str) -> Any:
    """The value of YAML, as `read_yaml` has it of a file."""
    import yaml  # noqa: PLC0415 - costs as much as all else of a start; JSON-only paths go without

    from hookproof.contract.yaml_guard import refuse_unsafe  # noqa: PLC0415 - imports yaml

    loader = _json_loader()
    try:
        refuse_unsafe(raw, loader)
        return yaml.load(raw, Loader=loader)  # noqa: S506 - a safe loader's subclass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        line = mark.line + 1 if mark else None
        raise ContractError(label, f"not YAML: {what}", line=line, hint="mend the YAML") from None
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        # What PyYAML's constructors let escape when a value does not fit its explicit tag.
        what = f"a value does not fit its tag ({error})"
        raise ContractError(label, f"not YAML: {what}", hint="remove the tag (!!…)") from None


def json_lines(file: Path) -> Callable[[PayloadPath], int]:
    """From a path in a JSON file to its line; the nearest one above where it is missing."""
    text = file.read_bytes().decode(errors="replace")
    spans = scan(text).values

    def line(path: PayloadPath) -> int:
        while path and path not in spans:
            path = path[:-1]
        return position_at(text, spans.get(path, (0, 0))[0]).line

    return line


def write_yaml(value: Any) -> str:
    """A value as YAML, which repeats what comes again: anchors are for people to set."""
    import yaml  # noqa: PLC0415 - as above

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            del data
            return True

    return yaml.dump(value, Dumper=Plain, sort_keys=False, allow_unicode=True)


def yaml_lines(file: Path) -> Callable[[PayloadPath], int]:
    """From a path in a YAML file to its line; the nearest one above where it is missing."""
    import yaml  # noqa: PLC0415 - as above

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    root = yaml.compose(file.read_bytes(), Loader=loader)

    def line(path: PayloadPath) -> int:
        node, at = root, 1
        for part in path:
            child = _child(node, part)
            if child is None:
                break
            at, node = child
        return at

    return line


def yaml_block(text: str, keys: Sequence[str]) -> tuple[int, int]:
    """Of a mapping that is written as a block: the line where it ends, the column of its keys.

    Lines count from 0. Raises LookupError where it is missing or empty.
    """
    import yaml  # noqa: PLC0415 - as above

    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for key in keys:
        _, node = _child(node, key) or (0, None)
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise LookupError(keys)
    mark = node.end_mark
    lines = text.splitlines()
    blank = not "".join(lines[mark.line : mark.line + 1])[: mark.column].strip()
    return (mark.line if blank else len(lines)), node.value[0][0].start_mark.column


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


def read_bytes(file: Path, label: str) -> bytes:
    """The bytes of a file; raises ContractError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise ContractError(label, f"cannot be read: {error.strerror}") from None


def _json_loader() -> Any:
    import yaml  # noqa: PLC0415 - as above

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class JsonLoader(base):  # type: ignore[misc]
        """Dates and the like stay what they look like: text."""

    JsonLoader.yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if tag not in _NOT_JSON]
        for first, resolvers in base.yaml_implicit_resolvers.items()
    }
    return JsonLoader


_NOT_JSON: Final = ("tag:yaml.org,2002:timestamp",)
