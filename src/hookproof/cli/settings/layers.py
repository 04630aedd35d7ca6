"""What a file gives to one command: its values in layers, the closest on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hookproof.cli.settings.wording import meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hookproof.cli.settings.file import SettingsFile
    from hookproof.cli.settings.keys import Key
    from hookproof.errors import ConfigError

# Of these only one is taken, so a closer one takes the other's place.
_INSTEAD: Final = {"secret-env": "secret-file", "secret-file": "secret-env"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value for an option, and the keys that lead to it in the file."""

    value: Any
    path: tuple[str, ...]


def choose(
    file: SettingsFile, table: str, keys: Mapping[str, Key], *, profile: str | None
) -> dict[str, Chosen]:
    """The values of a file for one command, by key.

    A profile goes over the rest of the file, and in each a command's table over the top.
    Raises ConfigError where there is no such profile.
    """
    chosen: dict[str, Chosen] = {}
    for path, values in _layers(file, table, profile):
        own = {name: value for name, value in values.items() if name in keys}
        for name in own:
            chosen.pop(_INSTEAD.get(name, ""), None)
        for name, value in own.items():
            chosen[name] = Chosen(keys[name].rooted(value, file.folder), (*path, name))
    return chosen


def _layers(
    file: SettingsFile, table: str, profile: str | None
) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Tables with the keys that lead to them, the farthest first."""
    yield (), file.table
    yield (table,), file.table.get(table, {})
    if profile is None:
        return
    profiles = file.table.get("profiles", {})
    if profile not in profiles:
        raise _no_profile(file, profile, list(profiles))
    yield ("profiles", profile), profiles[profile]
    yield ("profiles", profile, table), profiles[profile].get(table, {})


def _no_profile(file: SettingsFile, profile: str, known: list[str]) -> ConfigError:
    hint = meant(profile, known) or f"add {file.header(('profiles', profile))}"
    path = ("profiles",) if known else ()
    return file.error(path, f"there is no profile {profile!r}", hint=hint)
