"""A configuration file: its values, and the line that each is on."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hookproof.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

PROJECT_FILE: Final = "pyproject.toml"
_PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A file that was read; `root` leads from the document to `table`, what is ours in it."""

    path: Path
    text: str
    root: tuple[str, ...]
    table: dict[str, Any]

    @property
    def folder(self) -> Path:
        """What paths in the file are relative to."""
        return self.path.parent

    def place(self, path: tuple[str, ...]) -> str:
        """`file:line` of a key, `file` where its line is not known."""
        line = _line_of(self.text, (*self.root, *path))
        return shown(self.path) if line is None else f"{shown(self.path)}:{line}"

    def error(self, path: tuple[str, ...], problem: str, *, hint: str = "") -> ConfigError:
        """The error to raise about a key."""
        line = _line_of(self.text, (*self.root, *path))
        return ConfigError(shown(self.path), problem, line=line, hint=hint)

    def header(self, path: Iterable[str]) -> str:
        """The table at `path` as its header in this file is written."""
        return f"[{'.'.join((*self.root, *path))}]"


def shown(path: Path) -> str:
    """A path as it is reached from here."""
    try:
        return os.path.relpath(path)
    except (OSError, ValueError):
        return str(path)


def read_file(path: Path) -> SettingsFile | None:
    """What a file says of us, None for a pyproject.toml that has no [tool.hookproof].

    Raises ConfigError where it cannot be read.
    """
    text = _text_of(path)
    project = path.name == PROJECT_FILE
    # Most of them do not name us, and a broken one of those is no concern of ours.
    if project and "hookproof" not in text:
        return None
    document = _parsed(text, path)
    if not project:
        return SettingsFile(path, text, (), document)
    tool = document.get("tool")
    if not isinstance(tool, dict) or "hookproof" not in tool:
        return None
    file = SettingsFile(path, text, ("tool", "hookproof"), tool["hookproof"])
    if not isinstance(file.table, dict):
        raise file.error((), "tool.hookproof is not a table", hint="write [tool.hookproof]")
    return file


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except OSError as error:
        why = error.strerror or str(error)
        raise ConfigError(shown(path), f"cannot be read: {why}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(shown(path), "is not UTF-8, as TOML is", line=line) from None


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        line = int(found[1]) if found and found[1] else None
        problem = _PLACE.sub("", str(error)).replace("\n", " ")
    except RecursionError:
        line, problem = None, "it is nested too deeply"
    raise ConfigError(
        shown(path), f"is not TOML: {problem}", line=line, hint="mend it, or give --no-config"
    )


def _line_of(text: str, path: tuple[str, ...]) -> int | None:
    """The line on which a key, or the header of a table, stands; from 1.

    The parser tells no lines, so the shortest beginning of the file is sought that has the key.
    A beginning that ends within a value does not parse, so whole statements are compared.
    """
    lines = text.split("\n")
    low, high = 0, len(lines)
    if not path or not _has(_beginning(lines, high)[1], path):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if _has(_beginning(lines, middle)[1], path):
            high = middle
        else:
            low = middle
    return _beginning(lines, high - 1)[0] + 1


def _beginning(lines: list[str], count: int) -> tuple[int, dict[str, Any]]:
    """The longest beginning of at most `count` lines that parses: its lines, its values."""
    for end in range(count, 0, -1):
        try:
            return end, tomllib.loads("\n".join(lines[:end]))
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
    return 0, {}


def _has(value: Any, path: tuple[str, ...]) -> bool:
    for part in path:
        if not isinstance(value, dict) or part not in value:
            return False
        value = value[part]
    return True
