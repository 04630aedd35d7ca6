"""The keys of a configuration file: the options of all commands, and what each takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hookproof.cli.options import ReportPath
from hookproof.cli.settings.call import key_of, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Key:
    """An option of a command as a key of the file."""

    name: str
    option: click.Option

    @classmethod
    def of(cls, option: click.Option) -> Key:
        """The key of an option."""
        return cls(key_of(option), option)

    @property
    def parameter(self) -> str:
        """The name of the option's parameter, which is what click looks a default up by."""
        return self.option.name or ""

    @property
    def takes(self) -> dict[str, Any]:
        """The JSON Schema of its value."""
        if self.option.is_flag:
            return {"type": "boolean"}
        one = _value_of(self.option.type)
        return {"type": "array", "items": one} if self.option.multiple else one

    def like(self, other: Key) -> bool:
        """Whether one value may stand for both: same type, choices, limits, kind of place."""
        metavars = self.option.metavar, other.option.metavar
        return self.takes == other.takes and metavars[0] == metavars[1]

    def refusal(self, value: Any) -> str:
        """What click has against a value whose type is right; empty where it is content."""
        if isinstance(self.option.type, click.Path | click.File):
            return ""
        try:
            for one in value if self.option.multiple else [value]:
                self.option.type.convert(one, self.option, None)
        except click.BadParameter as error:
            return error.message.removesuffix(".")
        return ""

    def rooted(self, value: Any, folder: Path) -> Any:
        """The value, a path in it taken from the file's folder."""
        if self.option.multiple:
            return [_rooted(self.option.type, one, folder) for one in value]
        return _rooted(self.option.type, value, folder)


@dataclass(frozen=True, slots=True)
class Tables:
    """The keys of each command by the name of its table, and those that may stand at the top."""

    commands: dict[str, dict[str, Key]]
    shared: dict[str, Key]


def tables_of(root: click.Context) -> Tables:
    """The tables of all commands below a group. `contract check` is [contract-check]."""
    commands = {
        "-".join(words): {key.name: key for key in map(Key.of, options_of(command))}
        for words, command in _leaves(root.command, root)
    }
    return Tables(commands, _shared(commands))


def _leaves(
    command: click.Command, ctx: click.Context, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The commands that do something, each with the words that call it."""
    if not isinstance(command, click.Group):
        yield words, command
        return
    for name in command.list_commands(ctx):
        below = command.get_command(ctx, name)
        if below is not None:
            yield from _leaves(below, ctx, (*words, name))


def _shared(commands: dict[str, dict[str, Key]]) -> dict[str, Key]:
    """What several commands have, and all of those take alike."""
    every: dict[str, list[Key]] = {}
    for keys in commands.values():
        for key in keys.values():
            every.setdefault(key.name, []).append(key)
    return {
        name: max(same, key=lambda key: sum(one.option.help == key.option.help for one in same))
        for name, same in sorted(every.items())
        if len(same) > 1 and all(one.like(same[0]) for one in same)
    }


def _value_of(kind: click.ParamType[Any]) -> dict[str, Any]:
    if isinstance(kind, click.Choice):
        return {"enum": list(kind.choices)}
    if isinstance(kind, ReportPath):
        return {"type": "string", "pattern": f"^({'|'.join(kind.formats)})=."}
    if isinstance(kind, click.types.IntParamType):
        return {"type": "integer", **_limits(kind)}
    if isinstance(kind, click.types.FloatParamType):
        return {"type": "number", **_limits(kind)}
    return {"type": "string"}


def _limits(kind: click.ParamType[Any]) -> dict[str, Any]:
    if not isinstance(kind, click.IntRange | click.FloatRange):
        return {}
    low = "exclusiveMinimum" if kind.min_open else "minimum"
    high = "exclusiveMaximum" if kind.max_open else "maximum"
    limits = {low: kind.min, high: kind.max}
    return {name: limit for name, limit in limits.items() if limit is not None}


def _rooted(kind: click.ParamType[Any], value: Any, folder: Path) -> Any:
    if isinstance(kind, click.Path | click.File):
        return _below(folder, value)
    if isinstance(kind, ReportPath):
        form, _, path = value.partition("=")
        return f"{form}={_below(folder, path)}"
    return value


def _below(folder: Path, path: str) -> str:
    """A path of the file; where the file is at hand it stays as it was written."""
    return path if folder in {Path(), Path.cwd()} else str(folder / path)
