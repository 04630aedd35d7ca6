"""The JSON Schema of the configuration file, made from the commands' options."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from hookproof.cli.settings.keys import tables_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hookproof.cli.settings.keys import Key

# Editors know this draft; newer ones many of them do not.
_DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_ABOUT: Final = (
    "Values for the options of hookproof: those that commands share at the top, the others in a "
    "table for each command. The command line and the environment go before them."
)


def render_schema(group: click.Group) -> str:
    """The schema as text, with a line end."""
    return json.dumps(_schema(group), indent=2, ensure_ascii=False) + "\n"


def _schema(group: click.Group) -> dict[str, Any]:
    tables = tables_of(click.Context(group))
    shared = {name: _option(key, default=False) for name, key in tables.shared.items()}
    references = {name: {"$ref": f"#/definitions/{name}"} for name in tables.commands}
    settings = {**shared, **references}
    profiles = {
        "description": "Sets of values that --profile NAME puts over the others.",
        "type": "object",
        "additionalProperties": _table(settings, "What this profile says otherwise."),
    }
    definitions = {
        name: _table(
            {key.name: _option(key) for key in keys.values()},
            f"Options of `hookproof {name.replace('contract-', 'contract ')}`.",
        )
        for name, keys in tables.commands.items()
    }
    return {
        "$schema": _DRAFT,
        "title": "hookproof.toml",
        **_table({**settings, "profiles": profiles}, _ABOUT),
        "definitions": definitions,
    }


def _table(properties: Mapping[str, Any], about: str) -> dict[str, Any]:
    return {
        "description": about,
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
    }


def _option(key: Key, *, default: bool = True) -> dict[str, Any]:
    # What the help says after two spaces is about the call, not about the value.
    about = (key.option.help or "").partition("  [")[0].replace("; repeatable.", ".")
    if isinstance(key.option.type, click.Path):
        about = f"{about} Relative to the folder of this file.".strip()
    described = {"description": about} if about else {}
    value = key.option.to_info_dict()["default"]
    known = isinstance(value, str | int | float) and default
    return {**described, **key.takes, **({"default": value} if known else {})}
