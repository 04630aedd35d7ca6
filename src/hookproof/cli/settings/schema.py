"""The JSON Schema of the configuration file, made from the options of all commands.

`python -m hookproof.cli.settings.schema` prints it.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from hookproof.cli.settings import key_of, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def options_by_table(group: click.Group) -> dict[str, dict[str, click.Option]]:
    """The options of each command by key. `contract check` is the table contract-check."""

    def leaves(within: click.Group, above: str) -> Iterator[tuple[str, click.Command]]:
        for name in within.list_commands(click.Context(within)):
            command = within.get_command(click.Context(within), name)
            if isinstance(command, click.Group):
                yield from leaves(command, f"{above}{name}-")
            elif command and "no_config" in {one.name for one in command.params}:
                yield f"{above}{name}", command

    return {name: {key_of(o): o for o in options_of(one)} for name, one in leaves(group, "")}


def render_schema(group: click.Group) -> str:
    """The schema as text, in the draft that editors know."""
    tables, every = options_by_table(group), dict[str, list[click.Option]]()
    for options in tables.values():
        for key, option in options.items():
            every.setdefault(key, []).append(option)
    # At the top stands what several commands have, if all of those take it alike.
    shared = {
        key: _described(max(same, key=lambda one: sum(one.help == o.help for o in same)))
        for key, same in sorted(every.items())
        if len({(str(_takes(one)), one.metavar) for one in same}) < len(same[:2])
    }
    level = {**shared, **{name: {"$ref": f"#/definitions/{name}"} for name in tables}}
    profile = _table(level, "Values that --profile NAME puts over the others.")
    top = {**level, "profiles": {"type": "object", "additionalProperties": profile}}
    about = "Values for the options of hookproof; the command line and the environment go first."
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "hookproof.toml",
        **_table(top, about),
        "definitions": {
            name: _table(
                {key: _described(option, default=True) for key, option in options.items()},
                f"Options of `hookproof {name.replace('contract-', 'contract ')}`.",
            )
            for name, options in tables.items()
        },
    }
    return json.dumps(schema, indent=2) + "\n"


def _table(properties: dict[str, Any], about: str) -> dict[str, Any]:
    kind = {"description": about, "type": "object"}
    return {**kind, "properties": properties, "additionalProperties": False}


def _described(option: click.Option, *, default: bool = False) -> dict[str, Any]:
    # What the help says after two spaces is about the call, not about the value.
    about = (option.help or "").partition("  [")[0].replace("; repeatable.", ".")
    if isinstance(option.type, click.Path):
        about = f"{about} Relative to the folder of this file.".strip()
    value = option.to_info_dict()["default"]
    known = default and isinstance(value, str | int | float)
    told = {"description": about} if about else {}
    return {**told, **_takes(option), **({"default": value} if known else {})}


def _takes(option: click.Option) -> dict[str, Any]:
    """The schema of an option's value; a type of our own says in `schema` what it takes."""
    kind = option.type
    one: dict[str, Any] = getattr(kind, "schema", {"type": "string"})
    if option.is_flag:
        return {"type": "boolean"}
    if isinstance(kind, click.Choice):
        one = {"enum": list(kind.choices)}
    elif isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        limits = {"minimum": getattr(kind, "min", None), "maximum": getattr(kind, "max", None)}
        word = "integer" if isinstance(kind, click.types.IntParamType) else "number"
        one = {"type": word, **{name: limit for name, limit in limits.items() if limit is not None}}
    several = {"type": "array", "items": one}
    # A type that has a name on its left side, NAME=URL, may also be written as a table.
    table = getattr(kind, "table", None)
    several |= {"type": ["array", "object"], "additionalProperties": table} if table else {}
    return several if option.multiple else one


if __name__ == "__main__":
    from hookproof.cli.main import hookproof

    sys.stdout.write(render_schema(hookproof))
