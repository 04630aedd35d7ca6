"""The exit codes, so that a pipeline can branch on why."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from hookproof.findings import Severity, worst

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.findings import Finding


class Exit(IntEnum):
    """What the process says when it ends."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    UNREACHABLE = 3
    INCOMPLETE = 4
    # A fault of our own must not pass for findings, as Python's own exit code of 1 would.
    BROKEN = 70
    INTERRUPTED = 130


def exit_for(findings: Iterable[Finding], *, fail_on: str) -> Exit:
    """FINDINGS where one is as heavy as `fail_on` ("error", "warning", "note", "never")."""
    heaviest = worst(findings)
    if fail_on == "never" or heaviest is None:
        return Exit.CLEAN
    return Exit.FINDINGS if heaviest.weight >= Severity(fail_on).weight else Exit.CLEAN
