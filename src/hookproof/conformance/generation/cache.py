"""Keeps generated payloads in the user's cache folder, one file for each corpus.

A file begins with the digest of what follows it, which is compressed JSON; one that is damaged
counts as none. Files are written whole beside their place and then moved there, so that runs
at the same time do not disturb each other. Nothing in them is signed or secret.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zlib
from dataclasses import astuple, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.generation.fuzzer import Generated

if TYPE_CHECKING:
    from hookproof.conformance.generation.corpus import CorpusKey

# Bytes of all files together, of one file once it is opened; what goes beyond is not kept.
MOST_KEPT: Final = 64 * 1024 * 1024
_MOST_OPENED: Final = 64 * 1024 * 1024
_DAMAGE: Final = (ValueError, TypeError, zlib.error)
_SUFFIX: Final = ".corpus"
_DIGEST_SIZE: Final = hashlib.sha256().digest_size
# What else payloads depend on: who makes them, and from which lines of ours.
_MAKERS: Final = ("hookproof", "schemathesis", "hypothesis", "jsonschema-rs")
_MAKING: Final = (
    "generation/fuzzer.py",
    "generation/fuzzer_schema.py",
    "generation/descriptions.py",
    "cases/moments.py",
)


@dataclass(frozen=True, slots=True)
class CachedCorpus:
    """A corpus in a folder of `most` bytes. What cannot be read or written is not there."""

    folder: Path
    most: int = MOST_KEPT

    def get(self, wanted: CorpusKey, /) -> list[Generated] | None:
        """The payloads, None where none are kept or the file is damaged."""
        try:
            path = self._path(wanted)
            found = _opened(path.read_bytes())
            # The files used last are those that stay.
            os.utime(path)
        except (OSError, *_DAMAGE):
            return None
        return found

    def __setitem__(self, wanted: CorpusKey, payloads: list[Generated], /) -> None:
        """Keep payloads that come back as they were."""
        try:
            content = _sealed(payloads)
            if len(content) > self.most or repr(_opened(content)) != repr(payloads):
                return
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _place(self._path(wanted), content)
            self._make_room()
        except (OSError, *_DAMAGE):
            return

    def _path(self, wanted: CorpusKey) -> Path:
        facts = json.dumps([astuple(wanted), _makers()])
        return self.folder / f"{hashlib.sha256(facts.encode()).hexdigest()[:40]}{_SUFFIX}"

    def _make_room(self) -> None:
        """Remove what was not used for the longest time, until the rest is no more than allowed."""
        files = []
        for path in self.folder.glob(f"*{_SUFFIX}*"):
            try:
                state = path.stat()
            except FileNotFoundError:
                continue  # another run has made room
            files.append((state.st_mtime_ns, state.st_size, path))
        left = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if left <= self.most:
                return
            path.unlink(missing_ok=True)
            left -= size


def _place(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    with NamedTemporaryFile(dir=path.parent, suffix=f"{_SUFFIX}.new", delete=False) as file:
        fresh = Path(file.name)
        try:
            file.write(content)
            file.close()
            fresh.replace(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise


def _sealed(payloads: list[Generated]) -> bytes:
    entries = [[_written(one.payload), one.breaks, one.description] for one in payloads]
    packed = zlib.compress(json.dumps(entries, separators=(",", ":")).encode())
    return hashlib.sha256(packed).digest() + packed


def _written(payload: Any) -> list[Any]:
    """A payload as JSON holds it; bytes, which are of broken syntax, as Base64."""
    if isinstance(payload, bytes):
        return ["bytes", base64.b64encode(payload).decode()]
    return ["value", payload]


def _opened(content: bytes) -> list[Generated]:
    """The payloads in a file; raises one of _DAMAGE where it is damaged."""
    seal, packed = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
    if hashlib.sha256(packed).digest() != seal:
        raise ValueError("the file is damaged")
    text = zlib.decompressobj().decompress(packed, _MOST_OPENED)
    return [Generated(_read(payload), *told) for payload, *told in json.loads(text)]


def _read(written: list[Any]) -> Any:
    kind, payload = written
    return base64.b64decode(payload) if kind == "bytes" else payload


@cache
def _makers() -> list[str]:
    folder = Path(__file__).parents[1]
    lines = [hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in _MAKING]
    return [*map(_version, _MAKERS), *lines]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
