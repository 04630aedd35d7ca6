"""Reads YAML as JSON: dates are text, and what two readers could take two ways is refused.

To import PyYAML costs as much as all else of a start, so this is imported where YAML is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

from hookproof.contract.documents import read_bytes
from hookproof.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hookproof.payload.scan import Path as PayloadPath

MAX_NODES: Final = 200_000
MAX_DEPTH: Final = 100
_NOT_JSON: Final = ("tag:yaml.org,2002:timestamp",)
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _JsonLoader(_Base):  # type: ignore[misc]
    """Dates and the like stay what they look like: text."""

    yaml_implicit_resolvers: Final = {
        first: [(tag, regexp) for tag, regexp in resolvers if tag not in _NOT_JSON]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def read_yaml(file: Path, *, label: str = "") -> Any:
    """The value of a YAML file, duplicate keys refused; raises ContractError with file and line."""
    label = label or str(file)
    return parse_yaml(read_bytes(file, label), label=label)


def parse_yaml(raw: bytes, *, label: str) -> Any:
    """The value of YAML, as `read_yaml` has it of a file."""
    try:
        _refuse_unsafe(raw)
        return yaml.load(raw, Loader=_JsonLoader)  # noqa: S506 - a safe loader's subclass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        line = mark.line + 1 if mark else None
        raise ContractError(label, f"not YAML: {what}", line=line, hint="mend the YAML") from None
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        # What PyYAML's constructors let escape when a value does not fit its explicit tag.
        what = f"a value does not fit its tag ({error})"
        raise ContractError(label, f"not YAML: {what}", hint="remove the tag (!!…)") from None


def write_yaml(value: Any) -> str:
    """A value as YAML, which repeats what comes again: anchors are for people to set."""
    return yaml.dump(value, Dumper=_Plain, sort_keys=False, allow_unicode=True)


def yaml_lines(file: Path) -> Callable[[PayloadPath], int]:
    """From a path in a YAML file to its line; the nearest one above where it is missing."""
    root = yaml.compose(file.read_bytes(), Loader=_Base)

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


# -- what is refused ------------------------------------------------------------------------------
#
# It reads events only: the loader itself is recursive (its C form ends the process on deep
# nesting), and aliases and merges let a few lines stand for millions of nodes.


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is being read; `nodes` counts what aliases stand for as well."""

    anchor: str | None
    mapping: bool
    nodes: int = 1
    children: int = 0
    keys: set[str] = field(default_factory=set)


def _refuse_unsafe(raw: bytes) -> None:
    """Raise a MarkedYAMLError for duplicate keys, deep nesting and too many nodes."""
    guard = _Guard()
    for event in yaml.parse(raw, Loader=_JsonLoader):
        guard.see(event)


class _Guard:
    def __init__(self) -> None:
        self.open: list[_Open] = []
        self.sizes: dict[str, int] = {}

    def see(self, event: Any) -> None:
        if isinstance(event, yaml.CollectionStartEvent):
            mapping = isinstance(event, yaml.MappingStartEvent)
            self.open.append(_Open(event.anchor, mapping))
            if len(self.open) > MAX_DEPTH:
                raise _fault(event, f"nested deeper than {MAX_DEPTH} levels")
        elif isinstance(event, yaml.CollectionEndEvent):
            ended = self.open.pop()
            self.add(event, ended.anchor, ended.nodes)
        elif isinstance(event, yaml.ScalarEvent):
            self.note_key(event)
            self.add(event, event.anchor, 1)
        elif isinstance(event, yaml.AliasEvent):
            self.add(event, None, self.alias_size(event))

    def add(self, event: Any, anchor: str | None, nodes: int) -> None:
        if anchor is not None:
            self.sizes[anchor] = nodes
        if self.open:
            self.open[-1].children += 1
            self.open[-1].nodes += nodes
        if nodes > MAX_NODES or (self.open and self.open[-1].nodes > MAX_NODES):
            raise _fault(event, f"the aliases stand for more than {MAX_NODES:,} nodes")

    def alias_size(self, event: Any) -> int:
        if any(event.anchor == one.anchor for one in self.open):
            raise _fault(event, f"the alias *{event.anchor} stands inside what it stands for")
        return self.sizes.get(event.anchor, 1)

    def note_key(self, event: Any) -> None:
        """Where a mapping expects a key, remember it; a merge (`<<`) may stand there twice."""
        if not self.open or not self.open[-1].mapping or self.open[-1].children % 2:
            return
        if event.value in self.open[-1].keys and event.value != "<<":
            raise _fault(event, f"the key {event.value!r} stands twice")
        self.open[-1].keys.add(event.value)


def _fault(event: Any, problem: str) -> yaml.MarkedYAMLError:
    return yaml.composer.ComposerError(None, None, problem, event.start_mark)
