"""Refuses YAML that two readers could take two ways, or that is built to exhaust one.

It reads events only: the loader itself is recursive (its C form ends the process on deep
nesting), and aliases and merges let a few lines stand for millions of nodes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import yaml

MAX_NODES: Final = 200_000
MAX_DEPTH: Final = 100


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is being read; `nodes` counts what aliases stand for as well."""

    anchor: str | None
    mapping: bool
    nodes: int = 1
    children: int = 0
    keys: set[str] = field(default_factory=set)


def refuse_unsafe(raw: bytes, loader: Any) -> None:
    """Raise a MarkedYAMLError for duplicate keys, deep nesting and too many nodes."""
    guard = _Guard()
    for event in yaml.parse(raw, Loader=loader):
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
