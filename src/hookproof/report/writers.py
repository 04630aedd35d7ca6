"""The formats of reports, and how a report gets into a file."""

from __future__ import annotations

import errno
import os
import stat
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hookproof.errors import UsageError
from hookproof.report.ink import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.capture.tally import Tally
    from hookproof.receiver.report import ReceiverReport


def _late(module: str, function: str) -> Callable[[Any], str]:
    """A writer whose module is imported when it is called; most runs need one of them."""

    def write(report: Any) -> str:
        written: str = getattr(import_module(f"hookproof.report.{module}"), function)(report)
        return written

    return write


WRITERS: Final[dict[str, Callable[[Tally], str]]] = {
    "text": _late("captures_text", "render_captures"),
    "json": _late("captures_json", "captures_as_json_text"),
    "ndjson": _late("ndjson", "captures_as_ndjson"),
    "junit": _late("junit", "captures_as_junit"),
    "sarif": _late("sarif", "captures_as_sarif"),
    "html": _late("html", "captures_as_html"),
    "github": _late("github", "captures_as_github"),
}
# The same for the report of a receiver test.
TEST_WRITERS: Final[dict[str, Callable[[ReceiverReport], str]]] = {
    "text": _late("receiver_text", "render_test"),
    "json": _late("as_json", "test_as_json_text"),
    "junit": _late("receiver_junit", "test_as_junit"),
    "sarif": _late("receiver_sarif", "test_as_sarif"),
    "html": _late("receiver_html", "test_as_html"),
    "github": _late("receiver_github", "test_as_github"),
}

_HINTS: Final = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room, the quota is used up",
    errno.EROFS: "choose a place that can be written",
    errno.EACCES: "may you write there? if not, choose another place",
    errno.EPERM: "may you write there? if not, choose another place",
}


def write_atomically(text: str, path: Path) -> None:
    """Write a report, whole or not at all: whatever fails, a former one is left as it was.

    Folders on the way are made. A pipe or a device is written to as it is. Raises UsageError
    where the file cannot be written.
    """
    content = text.encode("utf-8", "backslashreplace")
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
        message = f"the report {safe(str(path))} cannot be written: {error.strerror or error}"
        hint = _HINTS.get(error.errno or 0, "choose another place")
        hint += "; the former report is as it was" if former else ""
        raise UsageError(message, hint=hint) from error


def _replace(target: Path, content: bytes) -> None:
    """A folder of its own, beside the target and thus on the same disk, holds the new file."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - most reports go to a terminal

    with TemporaryDirectory(prefix=".hookproof-", dir=target.parent) as folder:
        part = Path(folder, "report")
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            # A full disk may be told no earlier than this.
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
