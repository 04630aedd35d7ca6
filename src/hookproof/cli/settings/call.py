"""One call of the command line: which file it reads, and what that file gave it.

Imported at every start, so all that reads a file is imported where a file is read.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from hookproof.cli.settings import OWN_FILE, PROJECT_FILE, key_of, options_of, variables
from hookproof.errors import HookproofError, UsageError

if TYPE_CHECKING:
    from hookproof.cli.found_file import Permission
    from hookproof.cli.settings.file import SettingsFile


@dataclass(slots=True)
class Call:
    """One call. `given` is what the file gave to the command: by parameter its path and value.

    `told` is what was said of the file, the closest to the command first.
    """

    told: list[dict[str, Any]] = field(default_factory=list)
    file: SettingsFile | None = None
    permission: Permission | None = None
    given: dict[str, tuple[tuple[str, ...], Any]] = field(default_factory=dict)

    def place(self, parameter: str) -> str:
        """`file:line` of what the file gave to a parameter, empty where it gave nothing."""
        given = self.file and self.given.get(parameter)
        return self.file.error(given[0], "").describe()[:-2] if self.file and given else ""

    def secret_options(self) -> list[str]:
        """What the file says of secrets, as it would stand on the command line."""
        names = {name: f"--{name.replace('_', '-')}" for name in ("secret_env", "secret_file")}
        given = {names[name]: value for name, (_, value) in self.given.items() if name in names}
        return [word for pair in given.items() for word in pair]

    def explain(self, error: click.ClickException) -> HookproofError | None:
        """A wrong value that is not from the command line, told by the place that it is from."""
        if not isinstance(error, click.BadParameter) or error.ctx is None or error.param is None:
            return None
        name, why = error.param.name or "", error.message.removesuffix(".")
        source = error.ctx.get_parameter_source(name)
        if source is ParameterSource.ENVIRONMENT:
            known = error.param.envvar or ()
            known = [known] if isinstance(known, str) else known
            return UsageError(f"{next(filter(os.environ.get, known))} in the environment: {why}")
        if source is ParameterSource.DEFAULT_MAP and self.file:
            path = self.given[name][0]
            return self.file.error(path, f"{path[-1]}: {why}")
        return None

    def read(self, ctx: click.Context, table: str) -> None:
        """Read the file that is meant, and let click take its values for defaults."""
        for said in self.told:
            if said.get("config") and said.get("no_config"):
                raise UsageError("--config and --no-config were both given", hint="give one")
        meant = next((one for one in self.told if one.get("config") or one.get("no_config")), {})
        profile = next((one["profile"] for one in self.told if one.get("profile")), None)
        if not meant.get("no_config"):
            self.file = find_file(meant.get("config"))
        if self.file is None:
            if profile:
                problem = f"there is no file to take the profile {profile!r} from"
                raise UsageError(problem, hint="write hookproof.toml, give --config, or drop it")
            return
        from hookproof.cli.found_file import Permission

        self.file.check()
        self.permission = Permission.of(self.file, named=bool(meant))
        values = self.file.values(table, profile)
        mine = {
            one: values[key_of(one)] for one in options_of(ctx.command) if key_of(one) in values
        }
        for option in self.permission.left_out(mine):
            del mine[option]
        self.given = {option.name or "": value for option, value in mine.items()}
        ctx.default_map = {
            option.name or "": partial(self.permission.value, option, *value)
            for option, value in mine.items()
        }


def find_file(named: Path | None = None) -> SettingsFile | None:
    """The file that is named, or the nearest one from here up to the repository's root.

    Outside of a repository only the current folder counts: further up anybody may have left one.
    """
    if named:
        from hookproof.cli.settings.file import read_named

        return read_named(named)
    try:
        upward = [here := Path.cwd(), *here.parents]
    except FileNotFoundError:
        return None  # the folder that we are in is gone
    root = next((n for n, folder in enumerate(upward) if (folder / ".git").exists()), 0)
    for folder in upward[: root + 1]:
        own, project = folder / OWN_FILE, folder / PROJECT_FILE
        if own.is_file():
            if project.is_file() and b"[tool.hookproof" in project.read_bytes():
                told = f"{own.name} is read; [tool.hookproof] in the {project.name} beside it"
                click.echo(f"hookproof: {told} is not", err=True)
            return _read(own)
        if project.is_file() and (file := _read(project)):
            return file
    return None


def _read(path: Path) -> SettingsFile | None:
    from hookproof.cli.settings.file import read_file

    # It is told as it is reached from here.
    return read_file(Path(os.path.relpath(path)))


def file_options(**more: Any) -> list[click.Option]:
    """--config, --no-config and --profile; `more` goes to each, at the front their variables."""
    config = "Take values for options from FILE.  "
    config += "[default: hookproof.toml or pyproject.toml, up to the repository's root]"
    kind, profile = click.Path(path_type=Path), "Take the values of this profile of the file first."
    found = [
        click.Option(["--config"], metavar="FILE", type=kind, help=config, **more),
        click.Option(["--no-config"], is_flag=True, help="Read no such file.", **more),
        click.Option(["--profile"], metavar="NAME", help=profile, **more),
    ]
    for option in found if not more else []:
        option.envvar = variables("", key_of(option))[1]
    return found


def make_configurable(command: click.Command, table: str) -> None:
    """Let a command, and those within it, take values from the environment and a file."""
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            make_configurable(one, f"{table}-{name}")
        return
    for option in options_of(command):
        option.envvar = variables(table, key_of(option))

    def hear(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        # Eager options come before all others, in no order: the last of them reads the file.
        # --help is eager too, so that help is at hand whatever is wrong with a file.
        heard = ctx.meta.setdefault(__name__, {})
        heard[param.name] = value
        if len(heard) == 3 and not ctx.resilient_parsing:
            call = ctx.ensure_object(Call)
            call.told.insert(0, heard)
            call.read(ctx, table)

    command.params += file_options(callback=hear, is_eager=True, expose_value=False, hidden=True)


def said_of_the_file(ctx: click.Context) -> list[dict[str, Any]]:
    """What the front of a command line says of the file, then what the environment does."""
    sources = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)
    said = [(name, value, ctx.get_parameter_source(name)) for name, value in ctx.params.items()]
    return [{n: value for n, value, source in said if source is one} for one in sources]
