"""A damaged journal is refused with file, field and next step; never with a traceback."""

from __future__ import annotations

import copy
import json
import random
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from unit.captures.lines import lines

from hookproof.errors import UsageError
from hookproof.validation_run import RunOptions, Task, validate

if TYPE_CHECKING:
    from pathlib import Path

ODD: list[Any] = [None, 0, -1, 1.5, 2**70, "", "x", "\x00", [], {}, [[]], {"": 1}, True, "HP000"]


def sealed(text: str) -> str:
    """A line of a journal with a right seal, whatever it says."""
    return f"{zlib.crc32(text.encode()):08x} {text}"


@pytest.fixture
def journal(tmp_path: Path) -> tuple[Path, Path]:
    """A file of captures, and the journal of a run over it."""
    captures, journal = tmp_path / "c.ndjson", tmp_path / "journal"
    captures.write_bytes(b"\n".join(lines(60, bad=0.3, seed=2)))
    validate([str(captures)], Task(), options=RunOptions(journal=journal))
    return captures, journal


def resumed(captures: Path, journal: Path) -> str:
    """What a resumed run says of its journal, "" where it goes on."""
    try:
        validate([str(captures)], Task(), options=RunOptions(journal=journal, resume=True))
    except UsageError as error:
        said = f"{error} {error.hint}"
    else:
        return ""
    assert "--resume" in said
    return said


@pytest.mark.parametrize("entry", ['{"part":0,"tally":0}', '{"part":0}', "[]", "7", "{", '{"x":1}'])
def test_a_line_that_says_something_else_is_refused(journal: tuple[Path, Path], entry: str) -> None:
    """The message names the file, the line and the field."""
    captures, file = journal
    first = file.read_text().splitlines()[0]
    file.write_text(f"{first}\n{sealed(entry)}\n")
    said = resumed(captures, file)
    assert str(file) in said
    assert "line 2" in said


@pytest.mark.parametrize(
    "first", ["", "x", sealed("[]"), sealed('{"run":1}'), sealed('{"run":"r"}')]
)
def test_a_journal_that_begins_otherwise_is_refused(journal: tuple[Path, Path], first: str) -> None:
    """An empty one, one of another run, one whose first line is damaged."""
    captures, file = journal
    rest = file.read_text().splitlines()[1:]
    file.write_text("\n".join([first, *rest]))
    assert resumed(captures, file)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to all values in a JSON value."""
    inner: Any = ()
    if isinstance(value, (dict, list)):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
    return [path, *(deeper for key, one in inner for deeper in places(one, (*path, key)))]


def changed(entry: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with one value replaced."""
    entry = copy.deepcopy(entry)
    holder = entry
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = new
    return entry


def test_no_changed_value_breaks_a_resumed_run(journal: tuple[Path, Path]) -> None:
    """Any value of an entry may be anything: the run goes on, or the journal is refused."""
    captures, file = journal
    first, line = file.read_text().splitlines()[:2]
    entry = json.loads(line.partition(" ")[2])
    rng = random.Random(7)
    refused = 0
    everywhere = places(entry)[1:]
    for path in rng.sample(everywhere, min(150, len(everywhere))):
        file.write_text(f"{first}\n{sealed(json.dumps(changed(entry, path, rng.choice(ODD))))}\n")
        refused += bool(resumed(captures, file))
    assert refused > 50
