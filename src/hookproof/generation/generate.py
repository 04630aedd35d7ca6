"""Writes the models of a contract, and says whether those that lie there are its own."""

from __future__ import annotations

import keyword
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from hookproof.errors import GenerationFailed, UsageError
from hookproof.generation.render import HEADER, render

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

PACKAGE = "hookproof_models"
_SHARED = "common"


def write_models(
    out: Path,
    *,
    schemas: Path,
    areas: Sequence[str] = (),
    package: str = PACKAGE,
    lenient: bool = False,
) -> list[Path]:
    """Write `<out>/<package>/<area>/<event>.py` for each schema; returns the files, sorted.

    With `areas`, only theirs and the shared ones are written, and other areas
    are left as they lie. Generated files that have no schema any more are
    deleted; what does not carry the generator's first line is never touched.
    Raises UsageError for an unknown area or a package name that Python does
    not take, ContractError, DependencyMissing and GenerationFailed.
    """
    texts = _texts(schemas, areas=areas, package=package, lenient=lenient)
    root = out / package
    try:
        for path, text in texts.items():
            _write(root / path, text)
        for path in _strays(root, texts, areas=areas):
            if is_generated(root / path):
                _delete(root / path)
    except OSError as problem:
        raise GenerationFailed(
            f"cannot write {problem.filename}: {problem.strerror}", hint="give another --out folder"
        ) from problem
    return sorted(root / path for path in texts)


def check_drift(
    out: Path,
    *,
    schemas: Path,
    areas: Sequence[str] = (),
    package: str = PACKAGE,
    lenient: bool = False,
) -> list[str]:
    """Say in one line each where the models under `out` are not those of the schemas.

    Nothing is written. The paths in the lines are relative to the package.
    Raises what `write_models` does.
    """
    texts = _texts(schemas, areas=areas, package=package, lenient=lenient)
    root = out / package
    lines = [line for path, text in texts.items() if (line := _difference(root, path, text))]
    for path in _strays(root, texts, areas=areas):
        own = "" if is_generated(root / path) else ", and not by its first line: delete it by hand"
        lines.append(f"{path} is no longer generated{own}")
    return sorted(lines)


def _texts(
    schemas: Path, *, areas: Sequence[str], package: str, lenient: bool
) -> dict[PurePosixPath, str]:
    if not package.isidentifier() or keyword.iskeyword(package):
        raise UsageError(f"{package!r} is no name for a Python package")
    texts = render(schemas, package=package, lenient=lenient)
    known = sorted({path.parts[0] for path in texts if len(path.parts) > 1} - {_SHARED})
    unknown = sorted(set(areas) - set(known))
    if unknown:
        raise UsageError(f"no area {unknown[0]}", hint=f"there are {', '.join(known)}")
    return {path: text for path, text in texts.items() if _concerns(path, areas)}


def _concerns(path: PurePosixPath, areas: Collection[str]) -> bool:
    return not areas or len(path.parts) == 1 or path.parts[0] in {*areas, _SHARED}


def _difference(root: Path, path: PurePosixPath, text: str) -> str:
    try:
        found = (root / path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return f"{path} is missing"
    except (OSError, UnicodeDecodeError):
        return f"{path} cannot be read"
    return "" if found == text else f"{path} differs"


def _strays(
    root: Path, texts: Mapping[PurePosixPath, str], *, areas: Collection[str]
) -> Iterator[PurePosixPath]:
    for file in sorted(root.rglob("*.py")):
        path = PurePosixPath(file.relative_to(root).as_posix())
        if path not in texts and _concerns(path, areas):
            yield path


def is_generated(file: Path) -> bool:
    """Whether a file carries the generator's first line."""
    with file.open(encoding="utf-8", errors="replace") as lines:
        return lines.readline().rstrip("\n") == HEADER


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.is_file() or file.read_bytes() != text.encode():
        file.write_text(text, encoding="utf-8", newline="\n")


def _delete(file: Path) -> None:
    file.unlink()
    for compiled in file.parent.glob(f"__pycache__/{file.stem}.*.pyc"):
        compiled.unlink()
    for folder in (file.parent / "__pycache__", file.parent):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
