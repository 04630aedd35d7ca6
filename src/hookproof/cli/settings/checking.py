"""Every key of a configuration file is known and has a value that its option takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hookproof.cli.settings.call import FILE_OPTIONS
from hookproof.cli.settings.wording import expected, fits, kind_of, meant
from hookproof.report.ink import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hookproof.cli.settings.file import SettingsFile
    from hookproof.cli.settings.keys import Key, Tables
    from hookproof.errors import ConfigError

# The keys that lead to a value.
_Keys = tuple[str, ...]


def check_file(file: SettingsFile, tables: Tables) -> None:
    """Hold a whole file, profiles and other commands' tables too, to the options.

    Raises ConfigError for the first key that is unknown or has a value that does not fit.
    """
    _check_level(file, tables, (), {k: v for k, v in file.table.items() if k != "profiles"})
    profiles = file.table.get("profiles", {})
    _expect_table(file, ("profiles",), profiles)
    for name, level in profiles.items():
        _expect_table(file, ("profiles", name), level)
        _check_level(file, tables, ("profiles", name), level)


def _check_level(file: SettingsFile, tables: Tables, path: _Keys, level: Mapping[str, Any]) -> None:
    """The top of a file, or a profile."""
    for name, value in level.items():
        here = (*path, name)
        if name in tables.commands:
            _expect_table(file, here, value)
            _check_table(file, tables, here, value)
        elif name in tables.shared:
            _check_value(file, tables, here, tables.shared[name], value)
        else:
            raise _unknown_at_top(file, tables, here)


def _check_table(file: SettingsFile, tables: Tables, path: _Keys, table: Mapping[str, Any]) -> None:
    """The table of one command."""
    keys = tables.commands[path[-1]]
    for name, value in table.items():
        if name not in keys:
            raise _unknown_in_table(file, tables, (*path, name))
        _check_value(file, tables, (*path, name), keys[name], value)


def _check_value(file: SettingsFile, tables: Tables, path: _Keys, key: Key, value: Any) -> None:
    if not fits(value, key.takes):
        raise _wrong_type(file, tables, path, key, value)
    why = key.refusal(value)
    if why:
        hint = meant(value, key.takes["enum"]) if "enum" in key.takes else ""
        raise file.error(path, f"{_named(file, path)}: {safe(why)}", hint=hint)


def _wrong_type(
    file: SettingsFile, tables: Tables, path: _Keys, key: Key, value: Any
) -> ConfigError:
    # `contract` is an option, and the first word of commands with tables of their own.
    below = [name for name in tables.commands if name.startswith(f"{key.name}-")]
    hint = ""
    if isinstance(value, dict) and below:
        hint = "its commands have " + ", ".join(file.header((*path[:-1], name)) for name in below)
    elif "items" in key.takes and fits(value, key.takes["items"]):
        hint = f"put brackets around it: {key.name} = [...]"
    found = "a list of other things" if isinstance(value, list) else kind_of(value)
    problem = f"{_named(file, path)} is {found}, expected {expected(key.takes)}"
    return file.error(path, problem, hint=hint)


def _expect_table(file: SettingsFile, path: _Keys, value: Any) -> None:
    if not isinstance(value, dict):
        problem = f"{safe('.'.join(path))} is {kind_of(value)}, expected a table"
        raise file.error(path, problem, hint=f"write {safe(file.header(path))}")


def _unknown_at_top(file: SettingsFile, tables: Tables, path: _Keys) -> ConfigError:
    name = path[-1]
    owners = [table for table, keys in tables.commands.items() if name in keys]
    if not owners:
        known = [*tables.shared, *tables.commands, *([] if path[:-1] else ["profiles"])]
        return _unknown(file, path, known)
    headers = " or ".join(file.header((*path[:-1], table)) for table in owners)
    problem = f"{name} is not for every command"
    return file.error(path, problem, hint=f"put it under {headers}")


def _unknown_in_table(file: SettingsFile, tables: Tables, path: _Keys) -> ConfigError:
    *_, table, name = path
    owners = [owner for owner, keys in tables.commands.items() if name in keys]
    if not owners:
        return _unknown(file, path, list(tables.commands[table]))
    problem = f"`hookproof {table.replace('-', ' ')}` has no --{name}"
    return file.error(path, problem, hint=f"that is an option of {', '.join(owners)}")


def _unknown(file: SettingsFile, path: _Keys, known: list[str]) -> ConfigError:
    name = path[-1]
    if "secret" in name.lower():
        return file.error(
            path,
            f"{safe(name)}: a secret is never read from this file, for it is made to be shared",
            hint="set HOOKPROOF_SECRET_<AREA>, or name a variable (secret-env) or file "
            "(secret-file) that holds it",
        )
    if name.replace("-", "_") in FILE_OPTIONS:
        problem = f"{name} is for the command line, not for the file that it chooses"
        return file.error(path, problem, hint=f"give --{name.replace('_', '-')}")
    hint = meant(name, known) or f"known here are {', '.join(known)}"
    return file.error(path, f"unknown key {_named(file, path)}", hint=hint)


def _named(file: SettingsFile, path: _Keys) -> str:
    """A key with its table, if it is in one."""
    *table, name = path
    return safe(f"{name} in {file.header(table)}" if table else name)
