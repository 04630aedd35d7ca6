"""What hookproof remembers of a user: the files that he trusts, and those that it wrote for others.

Two small JSON files in the user's folder of state, each of paths and digests of contents. A file
that changes, or moves, is another one, so it has to be trusted anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from hookproof.user_cache import first_place

if TYPE_CHECKING:
    from collections.abc import Mapping


def state_folder(environment: Mapping[str, str], *, platform: str) -> Path | None:
    """Where a user's state lies by the platform's convention; None where there is no such place.

    XDG_STATE_HOME goes first on every platform; `platform` is as in `sys.platform`.
    """
    home = environment.get("HOME", "")
    usual = f"{home}/.local/state" if home else ""
    if platform == "win32":
        usual = environment.get("LOCALAPPDATA", "")
    return first_place((environment.get("XDG_STATE_HOME", ""), usual))


@dataclass(frozen=True, slots=True)
class Store:
    """Digests by path in one file; with no folder for it nothing is remembered."""

    file: Path | None

    @classmethod
    def called(cls, name: str) -> Store:
        """One of this user's stores: `trusted` or `written`."""
        folder = state_folder(os.environ, platform=sys.platform)
        return cls(folder / f"{name}.json" if folder else None)

    def entries(self) -> dict[str, str]:
        """All of it; nothing where the file is damaged, or others than its owner may write it."""
        try:
            if self.file is None or not _is_private(self.file):
                return {}
            found = json.loads(self.file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def holds(self, path: Path, content: bytes) -> bool:
        """Whether this very content at this very path was added."""
        return self.entries().get(str(path.resolve())) == digest(content)

    def add(self, contents: Mapping[Path, bytes]) -> None:
        """Remember contents by path; raises OSError where that cannot be written."""
        added = {str(path.resolve()): digest(content) for path, content in contents.items()}
        kept = {path: one for path, one in self.entries().items() if Path(path).exists()}
        self._write({**kept, **added})

    def remove(self, path: Path) -> bool:
        """Forget a path; False where it was not known. Raises OSError as `add` does."""
        entries = self.entries()
        known = entries.pop(str(path.resolve()), None) is not None
        if known:
            self._write(entries)
        return known

    def _write(self, entries: Mapping[str, str]) -> None:
        if self.file is None:
            raise OSError("there is no folder for it: set HOME or XDG_STATE_HOME")
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps(dict(sorted(entries.items())), indent=1).encode()
        # Such a file is made for its owner alone (0600), and moved into place whole.
        with NamedTemporaryFile(dir=self.file.parent, suffix=".new", delete=False) as fresh:
            try:
                fresh.write(text)
                fresh.close()
                Path(fresh.name).replace(self.file)
            except BaseException:
                with suppress(OSError):
                    Path(fresh.name).unlink()
                raise


def digest(content: bytes) -> str:
    """What a content is told by."""
    return hashlib.sha256(content).hexdigest()


def _is_private(file: Path) -> bool:
    state = file.stat()
    mine = os.name == "nt" or state.st_uid == os.getuid()
    return mine and (os.name == "nt" or not state.st_mode & 0o022)
