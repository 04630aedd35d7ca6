"""The commands as they tell of themselves: usage, arguments, options, where values come from."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hookproof.cli.main import COMMANDS, hookproof
from hookproof.cli.settings.keys import key_of, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_FLAG: Final = re.compile(r"--[a-z-]+")
_EXAMPLES: Final = re.compile(r"Examples:\n(.*?)(?:\n\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Option:
    """An option: how it is written, what it says of itself, its variables and its key in a file."""

    written: str
    told: str
    variables: tuple[str, ...]
    key: str

    @property
    def flag(self) -> str:
        """Its long name: `--area`."""
        found = _FLAG.search(self.written)
        return found[0] if found else self.written


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or one within another; `path` is all its words."""

    path: str
    usage: str
    told: str
    options: tuple[Option, ...]
    examples: tuple[str, ...]
    inner: tuple[Command, ...]

    def anchor(self, option: Option) -> str:
        """The place of an option on the page."""
        return f"{self.path}{option.flag}".replace(" ", "-")

    def words(self) -> Iterator[tuple[str, str]]:
        """What the page is found by, each with its place."""
        for option in self.options:
            for word in (option.flag, *option.variables):
                yield word, self.anchor(option)
        for one in self.inner:
            yield from one.words()


def commands() -> Iterator[tuple[str, str, Command]]:
    """Each command with its name and the line that --help shows."""
    context = hookproof.context_class(hookproof, info_name="hookproof")
    for name, line in COMMANDS.items():
        yield name, line, _facts(hookproof.get_command(context, name), f"hookproof {name}")


def _facts(command: Any, path: str) -> Command:
    context = command.context_class(command, info_name=path)
    found = _EXAMPLES.search(command.epilog or "")
    inner = getattr(command, "commands", {})
    return Command(
        path,
        " ".join([path, *command.collect_usage_pieces(context)]),
        inspect.cleandoc(command.help or "").replace("\\b\n", ""),
        tuple(_options(command, context)),
        tuple(line.strip() for line in found[1].splitlines()) if found else (),
        tuple(_facts(one, f"{path} {name}") for name, one in inner.items()),
    )


def _options(command: Any, context: Any) -> Iterator[Option]:
    settable = options_of(command)
    for one in command.get_params(context):
        record = one.get_help_record(context)
        if record is None or not record[1] or record[0].endswith("--help"):
            continue
        known = one.envvar or ()
        variables = (known,) if isinstance(known, str) else tuple(known)
        yield Option(record[0], record[1], variables, key_of(one) if one in settable else "")
