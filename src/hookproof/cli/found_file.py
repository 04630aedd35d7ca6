"""What a configuration file may decide: all of it where its user says so, little where it is found.

A file that merely lies there may be anybody's, for instance of a repository that was just cloned.
Where secrets, requests and captures go is none of its business; its paths stay below its folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from hookproof.cli.settings import key_of
from hookproof.cli.trust_store import Store
from hookproof.errors import UsageError
from hookproof.report.ink import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hookproof.cli.settings.file import SettingsFile


class Decides(Enum):
    """What the value of an option decides."""

    RESULTS = "what is done and shown; anybody's file may say it"
    READS = "where is read; below the folder of a found file"
    WRITES = "where is written; below it too, and nothing that hookproof did not make"
    TRUST = "who is believed, and where secrets, requests and captures go; never from a found file"


# One word for each option of each command, by its key. What is not named here counts as TRUST.
DECISIONS: Final = {
    "accept-all": Decides.TRUST,
    "add": Decides.RESULTS,
    "alert": Decides.TRUST,
    "allow-host": Decides.TRUST,
    "area": Decides.RESULTS,
    "as-captured": Decides.RESULTS,
    "as-of": Decides.RESULTS,
    "body": Decides.READS,
    "body-field": Decides.RESULTS,
    "body-form": Decides.RESULTS,
    "callback": Decides.RESULTS,
    "case-header": Decides.RESULTS,
    "check": Decides.RESULTS,
    "concurrency": Decides.RESULTS,
    "contract": Decides.READS,
    "count": Decides.RESULTS,
    "delay": Decides.RESULTS,
    "deliver": Decides.RESULTS,
    "down": Decides.RESULTS,
    "drop": Decides.RESULTS,
    "encodings": Decides.RESULTS,
    "examples": Decides.RESULTS,
    "fail": Decides.RESULTS,
    "fail-on": Decides.RESULTS,
    "fixtures": Decides.TRUST,
    "force": Decides.RESULTS,
    "forge": Decides.RESULTS,
    "format": Decides.RESULTS,
    "forward": Decides.TRUST,
    "hang": Decides.RESULTS,
    "header": Decides.TRUST,
    "header-env": Decides.TRUST,
    "headers-field": Decides.RESULTS,
    "host": Decides.TRUST,
    "input-format": Decides.RESULTS,
    "jobs": Decides.RESULTS,
    "journal": Decides.WRITES,
    "keep": Decides.RESULTS,
    "language": Decides.RESULTS,
    "max-cases": Decides.RESULTS,
    "max-plays": Decides.RESULTS,
    "method-field": Decides.RESULTS,
    "mode": Decides.RESULTS,
    "no-cache": Decides.RESULTS,
    "out": Decides.WRITES,
    "page": Decides.RESULTS,
    "package": Decides.RESULTS,
    "page-port": Decides.RESULTS,
    "path": Decides.RESULTS,
    "policy": Decides.RESULTS,
    "port": Decides.RESULTS,
    "print": Decides.RESULTS,
    "probe": Decides.TRUST,
    "propose": Decides.TRUST,
    "quiet": Decides.RESULTS,
    "random": Decides.RESULTS,
    "rate": Decides.RESULTS,
    "remove": Decides.RESULTS,
    "report": Decides.WRITES,
    "reset": Decides.TRUST,
    "restart": Decides.TRUST,
    "resume": Decides.RESULTS,
    "same-event": Decides.RESULTS,
    "salt-env": Decides.TRUST,
    "sample": Decides.READS,
    "scenario": Decides.TRUST,
    "secret-env": Decides.TRUST,
    "secret-file": Decides.TRUST,
    "seed": Decides.RESULTS,
    "settle": Decides.RESULTS,
    "set": Decides.RESULTS,
    "signature": Decides.RESULTS,
    "signature-encoding": Decides.RESULTS,
    "signed": Decides.RESULTS,
    "speed": Decides.RESULTS,
    "step": Decides.RESULTS,
    "store": Decides.TRUST,
    "strict": Decides.RESULTS,
    "threshold": Decides.RESULTS,
    "time-field": Decides.RESULTS,
    "time-limit": Decides.RESULTS,
    "time-scale": Decides.RESULTS,
    "told-by": Decides.RESULTS,
    "timeout": Decides.RESULTS,
    "url": Decides.TRUST,
    "url-field": Decides.RESULTS,
    "url_pattern": Decides.RESULTS,  # --url of what reads captures: which of them
    "variant": Decides.RESULTS,
    "verbose": Decides.RESULTS,
    "workers": Decides.RESULTS,
}


@dataclass(slots=True)
class Permission:
    """What one file may decide: everything, or as a file that was merely found."""

    file: SettingsFile
    everything: bool
    claimed: list[Path] = field(default_factory=list)

    @classmethod
    def of(cls, file: SettingsFile, *, named: bool) -> Permission:
        """Everything where the user named the file, or trusts what is in it now."""
        return cls(file, named or Store.called("trusted").holds(file.path, file.content))

    def left_out(self, options: Iterable[click.Option]) -> list[click.Option]:
        """Those that do not count; they are told in one line, with the way to change that."""
        trust = [one for one in options if decision(one) is Decides.TRUST]
        if self.everything or not trust:
            return []
        known = str(self.file.path.resolve()) in Store.called("trusted").entries()
        why = "has changed since you trusted it" if known else "was found and is not trusted"
        keys = ", ".join(sorted(map(key_of, trust)))
        told = f"{self._shown} {why}, so it decides nothing about {keys}"
        click.echo(f"hookproof: {told}; if you know the file: {self._remedy}", err=True)
        return trust

    def value(self, option: click.Option, path: tuple[str, ...], value: Any) -> Any:
        """The value of an option as click takes it; raises ConfigError for a place outside."""
        if isinstance(value, dict):
            return [f"{name}={one}" for name, one in value.items()]
        if not is_place(option):
            return value
        placed = []
        for one in value if option.multiple else [value]:
            # What is no path as a whole is FORMAT=PATH.
            head, sign, place = ("", "", one) if _is_path(option) else one.partition("=")
            reads = decision(option) is Decides.READS
            placed.append(f"{head}{sign}{self._rooted(place, path, reads=reads)}")
        return placed if option.multiple else placed[0]

    def _rooted(self, written: str, path: tuple[str, ...], *, reads: bool) -> str:
        """A path taken from the file's folder; where that is at hand it stays as it was written."""
        folder = self.file.path.parent
        place = folder / written
        # A link may lead anywhere, and so may those in a folder that is read.
        links = (one for one in place.rglob("*") if one.is_symlink()) if reads else ()
        if not self.everything and any(map(self._leaves, (place, *links))):
            problem = f"{path[-1]}: {safe(written)} leads out of the folder of this file"
            hint = f"give it on the command line, or if you know the file: {self._remedy}"
            raise self.file.error(path, problem, hint=hint)
        return written if folder in {Path(), Path.cwd()} else str(place)

    def _leaves(self, place: Path) -> bool:
        try:
            return not place.resolve().is_relative_to(self.file.path.parent.resolve())
        except (OSError, RuntimeError, ValueError):
            return True  # links in a circle, or no path at all

    def claim(self, paths: Iterable[Path], *, ours: Callable[[Path], bool]) -> None:
        """See that what a found file wants written replaces only what hookproof wrote.

        `ours` tells by its content whether a file is. Raises UsageError where one is not.
        """
        if self.everything:
            return
        written = Store.called("written")
        for path in paths:
            for file in _files(path):
                known = file.is_file() and written.holds(file, file.read_bytes())
                if self._leaves(file) or not (known or (file.is_file() and ours(file))):
                    raise UsageError(
                        f"{safe(str(file))} is not overwritten: hookproof did not make it, and "
                        f"{self._shown}, which names it, is not trusted",
                        hint=f"name it on the command line, or if you know that: {self._remedy}",
                    )
            self.claimed.append(path)

    def remember(self) -> None:
        """Keep what was written on behalf of a found file, so that it may be written again."""
        files = [file for path in self.claimed for file in _files(path) if file.is_file()]
        if files:
            try:
                Store.called("written").add({file: file.read_bytes() for file in files})
            except OSError:
                return  # the next run will ask

    @property
    def _shown(self) -> str:
        return safe(str(self.file.path))

    @property
    def _remedy(self) -> str:
        return f"`hookproof trust {self._shown}`"


def entrusted(file: SettingsFile) -> Iterator[str]:
    """What a file says that counts only where it is trusted: `key = value`, a line each."""

    def walk(table: dict[str, Any], above: tuple[str, ...]) -> Iterator[str]:
        for key, value in table.items():
            if isinstance(value, dict) and key != "url":
                yield from walk(value, (*above, key))
            elif DECISIONS.get(key) is not Decides.RESULTS:
                where = f"{file.header(above)} " if above else ""
                yield safe(f"{where}{key} = {value}")

    return walk(file.table, ())


def decision(option: click.Option) -> Decides:
    """What an option decides; what nobody thought about may decide anything.

    Where one flag means two things, the name of its parameter tells them apart.
    """
    return DECISIONS.get(option.name or "", DECISIONS.get(key_of(option), Decides.TRUST))


def is_place(option: click.Option) -> bool:
    """Whether the value of an option is a path, or has one in it."""
    return _is_path(option) or hasattr(option.type, "formats")


def _is_path(option: click.Option) -> bool:
    return isinstance(option.type, click.Path | click.File)


def _files(path: Path) -> Iterator[Path]:
    """What lies at a path: all below a folder, or the file itself, if there is one."""
    if path.is_dir() and not path.is_symlink():
        yield from (below for below in path.rglob("*") if below.is_symlink() or below.is_file())
    elif path.exists() or path.is_symlink():
        yield path
