"""One call of the command line: which file it reads, and what that file gave it.

Imported at every start, so all that reads a file is imported where a file is read.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

from hookproof.errors import HookproofError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.cli.settings.file import SettingsFile
    from hookproof.cli.settings.layers import Chosen


@dataclass(frozen=True, slots=True)
class Wish:
    """Which file is to be read: a named one, none, or the one that is found; and the profile."""

    config: Path | None = None
    no_config: bool = False
    profile: str | None = None

    def over(self, other: Wish) -> Wish:
        """This wish, and the other one where this one is silent."""
        if self.no_config:
            return self
        profile = self.profile or other.profile
        if self.config:
            return Wish(self.config, profile=profile)
        return Wish(other.config, other.no_config, profile)


@dataclass(slots=True)
class Call:
    """One call; `chosen` is what the file gave to the command, by the name of its parameter."""

    wish: Wish = field(default_factory=Wish)
    heard: dict[str, Any] = field(default_factory=dict)
    file: SettingsFile | None = None
    chosen: dict[str, Chosen] = field(default_factory=dict)

    def place(self, parameter: str) -> str:
        """`file:line` of what the file gave to a parameter, empty where it gave nothing."""
        if self.file is None or parameter not in self.chosen:
            return ""
        return self.file.place(self.chosen[parameter].path)

    def secret_options(self) -> list[str]:
        """What the file says of secrets, as it would stand on the command line."""
        given = (("--secret-env", "secret_env"), ("--secret-file", "secret_file"))
        return [
            word
            for option, name in given
            if name in self.chosen
            for word in (option, str(self.chosen[name].value))
        ]

    def explain(self, error: click.ClickException) -> HookproofError | None:
        """A wrong value that is not from the command line, told by the place that it is from."""
        if not isinstance(error, click.BadParameter) or error.ctx is None or error.param is None:
            return None
        source = error.ctx.get_parameter_source(error.param.name or "")
        if source is ParameterSource.ENVIRONMENT:
            names = error.param.envvar or ()
            known = [names] if isinstance(names, str) else names
            name = next((one for one in known if os.environ.get(one)), known[0])
            return UsageError(f"{name} in the environment: {error.message.removesuffix('.')}")
        if source is ParameterSource.DEFAULT_MAP and self.file:
            path = self.chosen[error.param.name or ""].path
            return self.file.error(path, f"{path[-1]}: {error.message.removesuffix('.')}")
        return None


FILE_OPTIONS: Final = ("config", "no_config", "profile")


def _options(callback: Callable[..., Any] | None = None, **more: Any) -> list[click.Option]:
    """--config, --no-config and --profile; `more` goes to each."""
    return [
        click.Option(
            ["--config"],
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Take values for options from FILE.  "
            "[default: hookproof.toml or pyproject.toml, up to the repository's root]",
            callback=callback,
            **more,
        ),
        click.Option(
            ["--no-config"], is_flag=True, help="Read no such file.", callback=callback, **more
        ),
        click.Option(
            ["--profile"],
            metavar="NAME",
            help="Take the values of this profile of the file first.",
            callback=callback,
            **more,
        ),
    ]


def group_options() -> list[click.Option]:
    """The three for the front, where the environment may stand in for them."""
    options = _options()
    for option in options:
        option.envvar = variable(key_of(option))
    return options


def wish_of(ctx: click.Context) -> Wish:
    """What the front of a command line asks for, and the environment where it is silent."""

    def told(source: ParameterSource) -> Wish:
        given = {n: ctx.params[n] for n in FILE_OPTIONS if ctx.get_parameter_source(n) is source}
        return Wish(**given)

    told_here = told(ParameterSource.COMMANDLINE)
    return _consistent(told_here).over(_consistent(told(ParameterSource.ENVIRONMENT)))


def _consistent(wish: Wish) -> Wish:
    if wish.config and wish.no_config:
        raise UsageError("--config and --no-config were both given", hint="give one")
    return wish


def make_configurable(command: click.Command, table: str) -> None:
    """Let a command, and those within it, take values from the environment and a file."""
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            make_configurable(one, f"{table}-{name}")
        return
    for option in options_of(command):
        option.envvar = variables(table, key_of(option))

    def hear(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        call = ctx.ensure_object(Call)
        call.heard[param.name or ""] = value
        # Eager options come before all others, in no order: the last of them reads the file.
        # --help is eager too, so that help is at hand whatever is wrong with a file.
        if len(call.heard) == len(FILE_OPTIONS) and not ctx.resilient_parsing:
            call.wish = _consistent(Wish(**call.heard)).over(call.wish)
            _read(ctx, call, table)

    command.params += _options(hear, is_eager=True, expose_value=False, hidden=True)


def _read(ctx: click.Context, call: Call, table: str) -> None:
    from hookproof.cli.settings.search import file_for

    call.file = file_for(call.wish)
    if call.file is None:
        return
    from hookproof.cli.settings.checking import check_file
    from hookproof.cli.settings.keys import tables_of
    from hookproof.cli.settings.layers import choose

    tables = tables_of(ctx.find_root())
    check_file(call.file, tables)
    keys = tables.commands[table]
    chosen = choose(call.file, table, keys, profile=call.wish.profile)
    call.chosen = {keys[name].parameter: one for name, one in chosen.items()}
    ctx.default_map = {name: one.value for name, one in call.chosen.items()}


def options_of(command: click.Command) -> list[click.Option]:
    """The options of a command that a file may give: not --help, --schema and the like."""
    return [
        one
        for one in command.params
        if isinstance(one, click.Option) and one.expose_value and not one.is_eager
    ]


def key_of(option: click.Option) -> str:
    """The flag without its dashes in front."""
    return next(name for name in option.opts if name.startswith("--")).removeprefix("--")


def variable(*parts: str) -> str:
    """The environment variable of a flag, or of a command's flag."""
    return "_".join(("HOOKPROOF", *parts)).replace("-", "_").upper()


def variables(table: str, key: str) -> tuple[str, ...]:
    """The environment variables that stand in for an option, the closest first.

    There are none for --secret-env and --secret-file: HOOKPROOF_SECRET_<AREA> is a secret.
    """
    return () if key.startswith("secret") else (variable(table, key), variable(key))
