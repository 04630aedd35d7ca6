"""The formats of reports, and how a report gets into a file."""

from __future__ import annotations

import errno
import os
import stat
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hookproof.errors import UsageError
from hookproof.report.ink import safe
from hookproof.user_cache import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.report.model import Report


# The module and the function of each; what a command offers is read from here, so nothing of it
# is imported before it is used.
WRITERS: Final[dict[str, tuple[str, str]]] = {
    "text": ("text", "as_text"),
    "json": ("as_json", "as_json"),
    "ndjson": ("as_json", "as_ndjson"),
    "junit": ("junit", "as_junit"),
    "sarif": ("sarif", "as_sarif"),
    "html": ("html", "as_html"),
    "github": ("github", "as_github"),
}


def write(report: Report, kind: str) -> str:
    """A report in a format; raises DependencyMissing where that takes an extra."""
    module, function = WRITERS[kind]
    written: str = getattr(import_module(f"hookproof.report.{module}"), function)(report)
    return written


_HINTS: Final = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room, the quota is used up",
    errno.EROFS: "choose a place that can be written",
    errno.EACCES: "may you write there? if not, choose another place",
    errno.EPERM: "may you write there? if not, choose another place",
}


def bodies_beside(paths: Iterable[Path]) -> str:
    """The folder for long bodies beside the first of some reports, "" where none is a file."""
    for path in paths:
        if path.is_file() or not path.exists():
            return str(path.parent / f"{path.stem}-bodies")
    return ""


def save(report: Report, paths: Iterable[tuple[str, Path]], *, bodies: str = "") -> None:
    """Write a report into files, each in its format, and the long bodies that its recipes read.

    Raises UsageError where a file cannot be written.
    """
    for kind, path in paths:
        write_atomically(write(report, kind), path)
    for _, sighting in report.sightings if bodies else ():
        for name, body in sighting.bodies.items():
            write_atomically(body, Path(bodies, name))


def write_atomically(content: str | bytes, path: Path, *, what: str = "the report") -> None:
    """Write a file, whole or not at all: whatever fails, a former one is left as it was.

    Folders on the way are made. A pipe or a device is written to as it is. Raises UsageError
    where the file cannot be written.
    """
    if isinstance(content, str):
        content = content.encode("utf-8", "backslashreplace")
    former = False
    try:
        target = path.resolve()
        former = target.is_file()
        if target.exists() and not former:
            target.write_bytes(content)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, content)
    except OSError as error:
        message = f"{what} {safe(str(path))} cannot be written: {error.strerror or error}"
        hint = _HINTS.get(error.errno or 0, "choose another place")
        hint += f"; {what.replace('the', 'the former', 1)} is as it was" if former else ""
        raise UsageError(message, hint=hint) from error


def _replace(target: Path, content: bytes) -> None:
    """A folder of its own, beside the target and thus on the same disk, holds the new file."""
    with scratch_folder(".hookproof-", within=target.parent) as folder:
        part = folder / "report"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            # A full disk may be told no earlier than this.
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
