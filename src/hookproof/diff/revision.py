"""A contract from a folder, or from a revision of the git repository that one stands in."""

from __future__ import annotations

import io
import shutil
import tarfile
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import TYPE_CHECKING, Final

from hookproof.contract_proof.usable import usable_contract
from hookproof.errors import UsageError
from hookproof.user_cache import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract import Contract

_PARTS: Final = ("schemas", "openapi")


@contextmanager
def opened(name: str, *, within: Path) -> Iterator[Contract]:
    """The contract of a folder, of `REVISION`, or of `REVISION:FOLDER`.

    A revision is looked up in the repository that `within` belongs to; without a folder, the
    contract lies at its root. Raises UsageError where there is none such.
    """
    folder = within / name
    if name and folder.is_dir():
        yield usable_contract(folder)
        return
    with scratch_folder("hookproof-diff-") as place:
        _extract(name, within=within, into=Path(place))
        yield usable_contract(Path(place))


def _extract(name: str, *, within: Path, into: Path) -> None:
    revision, _, folder = name.partition(":")
    hint = "give a folder that holds schemas/ and openapi/, or a revision such as v1.0 or HEAD~1"
    if not revision or revision.startswith("-"):
        raise UsageError(f"{name!r} is no folder and no revision", hint=hint)
    tree = f"{revision}^{{tree}}" if not folder else f"{revision}:{folder.strip('/')}"
    found = _git("rev-parse", "--verify", "--quiet", "--end-of-options", tree, within=within)
    if found is None:
        raise UsageError(f"{name!r} is no folder and no revision", hint=hint)
    top = _git("rev-parse", "--show-toplevel", within=within) or b""
    root = Path(top.decode().strip() or within)
    archive = _git("archive", "--format=tar", found.decode().strip(), *_PARTS, within=root)
    if archive is None:
        raise UsageError(f"there is no contract in {name}", hint=hint)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            target = into / member.name
            if content is not None and target.resolve().is_relative_to(into.resolve()):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())


def _git(*words: str, within: Path) -> bytes | None:
    """What git says; None where it refuses, or is not there."""
    program = shutil.which("git")
    if program is None:
        raise UsageError("git is not installed", hint="give two folders instead")
    command = [program, "-C", str(within), *words]
    # What it prints is kept, what it complains of is told in our own words.
    with Popen(command, -1, None, DEVNULL, PIPE, DEVNULL) as git:  # noqa: S603 - git as found
        printed, _ = git.communicate()
    return printed if git.returncode == 0 else None
