"""Which file is read: the one that was named, or the nearest one up to the repository's root."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hookproof.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from hookproof.cli.settings.call import Wish
    from hookproof.cli.settings.file import SettingsFile

OWN_FILE: Final = "hookproof.toml"
PROJECT_FILE: Final = "pyproject.toml"


def file_for(wish: Wish) -> SettingsFile | None:
    """The file of a call, None where there is none or none is wanted.

    Raises ConfigError where it cannot be read, and UsageError for a profile without a file.
    """
    file = None if wish.no_config else _named(wish.config) if wish.config else _found()
    if file is None and wish.profile:
        raise UsageError(
            f"there is no file to take the profile {wish.profile!r} from",
            hint=f"write {OWN_FILE}, name another file with --config FILE, or drop --profile",
        )
    return file


def _named(path: Path) -> SettingsFile:
    from hookproof.cli.settings.file import read_file, shown

    file = read_file(path)
    if file is None:
        raise ConfigError(shown(path), "has no [tool.hookproof]", hint="add it, or drop --config")
    return file


def _found() -> SettingsFile | None:
    try:
        folders = _folders(Path.cwd())
    except OSError:
        # The folder that we are in may be gone; nothing can lie in it then.
        return None
    for folder in folders:
        own, project = folder / OWN_FILE, folder / PROJECT_FILE
        beside = project.is_file()
        if own.is_file():
            return _own_file(own, project if beside else None)
        file = _read(project) if beside and _names_us(project) else None
        if file is not None:
            return file
    return None


def _folders(start: Path) -> list[Path]:
    """From `start` up to the repository's root; outside of one `start` alone.

    Further up anybody may have left a file, as in a folder that all can write to.
    """
    upward = [start, *start.parents]
    for number, folder in enumerate(upward):
        if (folder / ".git").exists():
            return upward[: number + 1]
    return [start]


def _own_file(own: Path, project: Path | None) -> SettingsFile | None:
    file = _read(own)
    try:
        ignored = project is not None and _names_us(project) and _read(project) is not None
    except ConfigError:
        ignored = False
    if ignored:
        text = f"{OWN_FILE} is read; [tool.hookproof] in the {PROJECT_FILE} beside it is not"
        click.echo(f"hookproof: {text}", err=True)
    return file


def _names_us(project: Path) -> bool:
    """Whether a file that is mostly about others may speak of us; to parse it takes longer."""
    try:
        return b"hookproof" in project.read_bytes()
    except OSError:
        return True


def _read(path: Path) -> SettingsFile | None:
    from hookproof.cli.settings.file import read_file

    return read_file(path)
