"""Where a user's caches lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def cache_folder(environment: Mapping[str, str], *, platform: str) -> Path | None:
    """Where a user's caches lie by the platform's convention; None where there is no such place.

    XDG_CACHE_HOME goes first on every platform; `platform` is as in `sys.platform`.
    """
    home = environment.get("HOME", "")
    usual = {
        "win32": environment.get("LOCALAPPDATA", ""),
        "darwin": f"{home}/Library/Caches",
    }.get(platform, f"{home}/.cache")
    places = [environment.get("XDG_CACHE_HOME", ""), usual if home or platform == "win32" else ""]
    # The convention has it that a relative path is to be ignored.
    found = next((Path(place) for place in places if Path(place).is_absolute()), None)
    return found / "hookproof" if found else None
