"""The configuration file: what it says, and whether that can be so."""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from hookproof.cli.settings import PROJECT_FILE
from hookproof.errors import ConfigError
from hookproof.payload.pointer import member_at
from hookproof.report.ink import safe

# Of these only one is taken, so a closer one takes the other's place.
_INSTEAD: Final = {"secret-env": "secret-file", "secret-file": "secret-env"}
_PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
# The keys that lead to a value.
Path_ = tuple[str, ...]


def read_file(path: Path) -> SettingsFile | None:
    """Read a file, None for a pyproject.toml without us; raises ConfigError where it is broken."""
    line: int | None = None
    try:
        content = path.read_bytes()
        # Most pyproject.toml do not name us, and a broken one of those is no concern of ours.
        if path.name == PROJECT_FILE and b"hookproof" not in content:
            return None
        text = content.decode().replace("\r\n", "\n")
        table: Any = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(str(path), "is not UTF-8, as TOML is", line=line) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        at = _PLACE.search(said)
        problem = f"is not TOML: {_PLACE.sub('', said)}".replace("\n", " ")
        line = int(at[1]) if at and at[1] else None
        hint = "mend it, or give --no-config"
        raise ConfigError(str(path), problem, line=line, hint=hint) from None
    root = ("tool", "hookproof") if path.name == PROJECT_FILE else ()
    table = member_at(table, root)
    if table is None:
        return None
    file = SettingsFile(path, content, text, root, table)
    if not isinstance(table, dict):
        raise file.error((), "tool.hookproof is not a table", hint="write [tool.hookproof]")
    return file


def read_named(path: Path) -> SettingsFile:
    """A file that the user names; raises ConfigError where it says nothing of us too."""
    if (file := read_file(path)) is None:
        raise ConfigError(str(path), "has no [tool.hookproof]", hint="add it, or drop --config")
    return file


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A file that was read; `root` leads from the document to `table`, what is ours in it."""

    path: Path
    content: bytes
    text: str
    root: Path_
    table: dict[str, Any]

    def values(self, command: str, profile: str | None) -> dict[str, tuple[Path_, Any]]:
        """What the file says to a command: by key the path to it and the value.

        A profile goes over the rest, and in each a command's table over the top. Raises
        ConfigError where there is no such profile.
        """
        profiles = self.table.get("profiles", {})
        levels: list[Path_] = [(), (command,)]
        if profile is not None and profile in profiles:
            levels += [("profiles", profile), ("profiles", profile, command)]
        elif profile is not None:
            hint = safe(meant(profile, profiles)) or f"add {self.header(('profiles', profile))}"
            where = ("profiles",) if profiles else ()
            raise self.error(where, f"there is no profile {profile!r}", hint=hint)
        found: dict[str, tuple[Path_, Any]] = {}
        for at in levels:
            table: dict[str, Any] = reduce(lambda within, key: within.get(key, {}), at, self.table)
            for key in table:
                found.pop(_INSTEAD.get(key, ""), None)
            found |= {key: ((*at, key), value) for key, value in table.items()}
        return found

    def check(self) -> None:
        """Hold the whole file to its schema; raises ConfigError for what does not fit."""
        schema = json.loads((files(__package__) / "hookproof.schema.json").read_text("utf-8"))
        plain = json.loads(json.dumps(self.table, default=lambda _: [None]))
        # Values are not repeated: one may be a secret that was put into a wrong place.
        rules = jsonschema_rs.Draft7Validator(schema, mask="the value")
        for error in rules.iter_errors(plain):
            # Most files are right.
            from hookproof.schema.violations import path_in

            found = path_in(plain, error.instance_path)
            path = tuple(part for part in found if isinstance(part, str))
            if unexpected := getattr(error.kind, "unexpected", ()):
                raise self._unknown((*path, unexpected[0]), schema)
            value: Any = self.table
            node = schema
            for part in path:
                value, node = value[part], _below(node, part, schema)
            hint = meant(str(value), node.get("enum", ())) or node.get("items", node).get("title")
            if "items" in node and not isinstance(value, list | dict):
                hint = f"put brackets around it: {path[-1]} = [...]"
            elif "properties" in node or "properties" in (node.get("additionalProperties") or {}):
                hint = f"write {self.header(path)}"
            raise self.error(path, f"{self._named(path)}: {error.message}", hint=hint or "")

    def error(self, path: Path_, problem: str, *, hint: str = "") -> ConfigError:
        """The error to raise about a key, with its line."""
        return ConfigError(str(self.path), problem, line=self.line(path), hint=hint)

    def header(self, path: Path_) -> str:
        """The table at `path` as its header in this file is written."""
        return safe(f"[{'.'.join((*self.root, *path))}]")

    def line(self, path: Path_) -> int | None:
        """The line on which a key stands, None where it is not found.

        The parser tells none, so it is one with the key's name after which the file has the key. A
        beginning that ends within a value does not parse, so some more lines are tried.
        """
        where, lines = (*self.root, *path), self.text.split("\n")
        for number, line in enumerate(lines):
            for end in range(number + 1, number + 50) if where and where[-1] in line else ():
                with suppress(tomllib.TOMLDecodeError, RecursionError):
                    read = tomllib.loads("\n".join(lines[:end]))
                    if member_at(read, where) is not None:
                        return number + 1
                    break
        return None

    def _named(self, path: Path_) -> str:
        return safe(f"{path[-1]} in {self.header(path[:-1])}" if path[1:] else path[0])

    def _unknown(self, path: Path_, schema: dict[str, Any]) -> ConfigError:
        *within, name = path
        tables = schema["definitions"]
        owners = [table for table, one in tables.items() if name in one["properties"]]
        level = path[: path.index("profiles") + 2] if "profiles" in within else ()
        problem, hint = f"unknown key {self._named(path)}", ""
        if owners:
            problem = f"{self._named(path)} is an option of {', '.join(owners)}"
            hint = "put it under " + " or ".join(self.header((*level, one)) for one in owners)
        elif "secret" in name.lower():
            problem = f"{safe(name)}: a secret is never read from a file that is made to be shared"
            hint = "set HOOKPROOF_SECRET_<AREA>, or say where it is: secret-env or secret-file"
        elif name.replace("_", "-") in {"config", "no-config", "profile"}:
            problem = f"{name} chooses the file, so it cannot stand in it"
            hint = f"give --{name.replace('_', '-')}"
        node = schema
        for part in within:
            node = _below(node, part, schema)
        known = node["properties"]
        hint = hint or meant(name, known) or f"known here are {', '.join(known)}"
        return self.error(path, problem, hint=hint)


def _below(node: dict[str, Any], part: str, schema: dict[str, Any]) -> dict[str, Any]:
    found = node.get("properties", {}).get(part) or node["additionalProperties"]
    below: dict[str, Any] = schema["definitions"][part] if "$ref" in found else found
    return below


def meant(word: str, known: Any) -> str:
    """`did you mean X?`, empty where nothing is close."""
    close = get_close_matches(word.replace("_", "-").lower(), list(known), n=1)
    return f"did you mean {close[0]}?" if close else ""
