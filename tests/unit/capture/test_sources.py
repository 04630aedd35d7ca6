"""Captures come from files, folders, globs and standard input; nothing is passed over."""

from __future__ import annotations

import os
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from hookproof.capture import Capture, read_captures
from hookproof.finding import CaptureFinding
from hookproof.payload.decode import MAX_BYTES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with captures on two levels, and hidden files beside them."""
    for name in ("b.json", "a.json", "sub/c.json", "sub/d[1].json", ".hidden", ".git/x", "z"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(name)
    return tmp_path


def texts(*names: Any) -> list[str]:
    """What the captures of some names hold, a finding's message in brackets."""
    return [
        f"({found.message})" if isinstance(found, CaptureFinding) else found.raw.decode()
        for found in read_captures([str(name) for name in names])
    ]


def test_a_file_is_one_capture(folder: Path) -> None:
    """A file is read as it is and named as it was given."""
    [found] = read_captures([str(folder / "a.json")])
    assert found == Capture(str(folder / "a.json"), b"a.json")


def test_a_folder_is_walked_in_order(folder: Path) -> None:
    """All files of a folder and of those below are read, sorted, hidden ones left out."""
    assert texts(folder) == ["a.json", "b.json", "z", "sub/c.json", "sub/d[1].json"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.json", ["a.json", "b.json"]),
        ("?.json", ["a.json", "b.json"]),
        ("[b-z].json", ["b.json"]),
        ("**/*.json", ["a.json", "b.json", "sub/c.json", "sub/d[1].json"]),
        ("s*", ["sub/c.json", "sub/d[1].json"]),
        ("sub/d[1].json", ["sub/d[1].json"]),
    ],
)
def test_a_glob_is_matched(folder: Path, pattern: str, found: list[str]) -> None:
    """A glob stands for its matches, sorted; a name that exists stands for itself."""
    assert texts(folder / pattern) == found


def test_names_keep_their_order(folder: Path) -> None:
    """Captures come in the order in which they were named."""
    assert texts(folder / "z", folder / "a.json") == ["z", "a.json"]


@pytest.mark.parametrize(
    "name", ["none.json", "*.xml", "none/", "a.json/x", "x" * 300, "x" * 5000, "a\0b", "a\0*", ""]
)
def test_a_name_that_stands_for_nothing_is_told(folder: Path, name: str) -> None:
    """A name without any file is a finding: silence would look like success."""
    [finding] = read_captures([f"{folder}/{name}" if name else ""])
    assert isinstance(finding, CaptureFinding)
    assert finding.code == "HP100"
    assert finding.hint


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    """A folder without captures is a finding."""
    assert texts(tmp_path) == ["(the capture cannot be read: no file is there)"]


def test_what_cannot_be_read_does_not_stop_the_rest(folder: Path) -> None:
    """After a file that is not there the next one is read."""
    assert texts(folder / "none", folder / "z")[1] == "z"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_fifo_is_not_waited_for(folder: Path) -> None:
    """A FIFO, named or found in a folder, is told and not read for ever."""
    os.mkfifo(folder / "fifo")
    assert texts(folder / "fifo") == ["(the capture cannot be read: it is no regular file)"]
    assert "(the capture cannot be read: it is no regular file)" in texts(folder)


def test_a_broken_link_is_told(folder: Path) -> None:
    """A link to nothing is a finding, in a folder too."""
    (folder / "link").symlink_to(folder / "none")
    assert sum(text.startswith("(") for text in texts(folder)) == 1


def test_a_folder_that_cannot_be_listed_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder below that may not be listed is a finding, and the rest is read."""
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert texts(folder) == [
        *("a.json", "b.json", "z"),
        "(the capture cannot be read: the folder cannot be listed)",
    ]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_closed_file_is_told(folder: Path) -> None:
    """A file that may not be read is a finding with the system's reason."""
    (folder / "z").chmod(0)
    assert texts(folder / "z") == ["(the capture cannot be read: Permission denied)"]


def test_standard_input_is_one_capture() -> None:
    """`-` is what comes on standard input."""
    assert list(read_captures(["-"], stdin=BytesIO(b"{}"))) == [Capture("<stdin>", b"{}")]


def test_no_more_than_the_limit_is_read(tmp_path: Path) -> None:
    """One byte beyond the limit is read of a capture, enough to see that it is too large."""
    file = tmp_path / "large"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES * 2)
    [found] = read_captures([str(file)])
    assert isinstance(found, Capture)
    assert len(found.raw) == MAX_BYTES + 1
