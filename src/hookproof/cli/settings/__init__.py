"""Values for options from a file and from the environment: hookproof.toml, HOOKPROOF_<FLAG>.

The options of the commands are the only list there is: keys, variables, checks and the schema
of the file are made from them.
"""

from __future__ import annotations

from typing import Final

import click

OWN_FILE: Final = "hookproof.toml"
PROJECT_FILE: Final = "pyproject.toml"


def options_of(command: click.Command) -> list[click.Option]:
    """The options of a command that a file may give: not --help, --schema and the like."""
    found = [one for one in command.params if isinstance(one, click.Option)]
    return [one for one in found if one.expose_value and not one.is_eager]


def key_of(option: click.Option) -> str:
    """The flag without its dashes in front."""
    return next(name for name in option.opts if name.startswith("--")).removeprefix("--")


def variables(table: str, key: str) -> tuple[str, ...]:
    """The environment variables that stand in for an option, the closest first.

    There are none for --secret-env and --secret-file: HOOKPROOF_SECRET_<AREA> is a secret.
    """
    names = (f"HOOKPROOF_{table}_{key}", f"HOOKPROOF_{key}")
    return () if key.startswith("secret") else tuple(n.replace("-", "_").upper() for n in names)
