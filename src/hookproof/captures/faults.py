"""Faults of hookproof's own: each costs the capture that shows it, and not the run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hookproof.captures.capture import Unreadable

if TYPE_CHECKING:
    from hookproof.captures.capture import Origin

OUR_FAULT: Final = "HP199"


def fault(error: Exception, origin: Origin, raw: bytes) -> Unreadable:
    """What is told of a fault of ours: where it arose, and where the bytes are that show it.

    The error's own words are left out, for they may hold a secret.
    """
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    code = trace and trace.tb_frame.f_code
    place = f" in {Path(code.co_filename).name}:{trace.tb_lineno}" if code and trace else ""
    kept = _keep_aside(raw) if raw else origin.file
    return Unreadable(
        origin,
        OUR_FAULT,
        f"hookproof itself failed on this capture ({type(error).__name__}{place}); "
        "it was not judged",
        f"please report it; the bytes that show it are in {kept}" if kept else "",
    )


def _keep_aside(raw: bytes) -> str:
    """A file that nobody else can read with what a reader or a judge failed on; "" for none."""
    import tempfile  # noqa: PLC0415 - seldom, it is hoped

    try:
        descriptor, name = tempfile.mkstemp(prefix="hookproof-fault-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
    except OSError:
        return ""
    return name
