"""What is raised when hookproof itself cannot go on.

A wrong payload or a wrong receiver is a finding and is returned; an exception
of this tree means that we could not do our job::

    HookproofError
    ├── UsageError            the words of the call are off
    ├── FileError             a file that the call needs cannot be read or used
    │   ├── ConfigError       the configuration file
    │   └── ContractError     the contract
    ├── SecretMissing         a signature was asked for and no secret is at hand
    ├── DependencyMissing     an optional package is not installed
    ├── GenerationFailed      no models could be written
    ├── ProcessEnded          a process of a run was ended from outside
    └── TargetUnreachable     nobody answers at the receiver's address
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def install_hint(extra: str) -> str:
    """How to install what an extra of hookproof adds, whether or not hookproof is in an index."""
    from importlib import metadata  # noqa: PLC0415 - for a mistake only

    try:
        wanted = metadata.requires("hookproof") or ()
    except metadata.PackageNotFoundError:
        wanted = ()
    parts = [one.replace('"', "'").partition(";") for one in wanted]
    packages = [f"'{one.strip()}'" for one, _, mark in parts if f"extra == '{extra}'" in mark]
    known = packages or [f"'.[{extra}]'", "in the checkout of hookproof"]
    return f"pip install {' '.join(known)}  (what hookproof[{extra}] adds)"


class HookproofError(Exception):
    """Base of all that hookproof raises; `hint` says what to do next."""

    hint: str = ""

    def __init__(self, *args: object, hint: str = "") -> None:
        super().__init__(*args)
        if hint:
            self.hint = hint

    def __str__(self) -> str:
        """One line: what is wrong, then what to do next."""
        text = self.describe()
        return f"{text}\n  hint: {self.hint}" if self.hint else text

    def describe(self) -> str:
        """What is wrong, without the hint."""
        return " ".join(str(part) for part in self.args)


class UsageError(HookproofError):
    """The call cannot be carried out as it was written."""


class ProcessEnded(HookproofError):
    """A process of a run is gone, so its part was not judged."""

    hint = "is memory short? use fewer --jobs; with --journal, --resume goes on from here"

    def __init__(self) -> None:
        super().__init__("a process of this run was ended from outside")


class FileError(HookproofError):
    """A file cannot be read, or says something unusable; `line` is None where no line is known."""

    def __init__(self, file: str, problem: str, *, line: int | None = None, hint: str = "") -> None:
        super().__init__(file, problem, hint=hint)
        self.file = file
        self.problem = problem
        self.line = line

    def describe(self) -> str:
        """`file:line: problem`."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.problem}"


class ContractError(FileError):
    """A file of the contract cannot be read, or says something unusable."""

    hint = "run `hookproof contract check` on this contract for the whole list"


class ConfigError(FileError):
    """The configuration file cannot be read, or has a key or value that is no good."""


class SecretMissing(HookproofError):
    """No secret is at hand for an area whose callbacks are to be signed."""

    def __init__(self, area: str, *, looked_at: Sequence[str]) -> None:
        super().__init__(area)
        self.area = area
        self.looked_at = tuple(looked_at)
        self.hint = (
            f"set {self.looked_at[0]}, or give --secret-env NAME or --secret-file FILE"
            if self.looked_at
            else "give --secret-env NAME or --secret-file FILE"
        )

    def describe(self) -> str:
        """Which area lacks its secret, and where it was looked for."""
        where = ", ".join(self.looked_at)
        return f"no secret for the area {self.area} (looked at {where})"


class DependencyMissing(HookproofError):
    """A command needs a package that is not installed."""

    def __init__(self, package: str, *, extra: str) -> None:
        super().__init__(package)
        self.package = package
        self.extra = extra
        self.hint = install_hint(extra)

    def describe(self) -> str:
        """The missing package."""
        return f"this needs the package {self.package}, which is not installed"


class GenerationFailed(HookproofError):
    """The model generator refused the contract, or the place cannot be written."""


class TargetUnreachable(HookproofError):
    """Nobody answers at the receiver's address."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason
        self.hint = "is the receiver running, and is this its URL?"

    def describe(self) -> str:
        """The address and why it cannot be reached."""
        return f"{self.url} is unreachable: {self.reason}"
