"""Captures come from files, folders, globs and standard input; nothing is passed over."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from hookproof.errors import UsageError
from hookproof.payload.decode import MAX_BYTES
from hookproof.validation_run import Task, validate
from hookproof.validation_run.chunks import NoFile, find_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with captures on two levels, and hidden files beside them."""
    for name in ("b.json", "a.json", "sub/c.json", "sub/d[1].json", ".hidden", ".git/x", "z"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(name)
    return tmp_path


def texts(*names: Any) -> list[str]:
    """What the files of some names hold, and a mark for a name that stands for none."""
    found = find_files([str(name) for name in names])
    return ["(none)" if isinstance(f, NoFile) else Path(f).read_text() for f in found]


def told(*names: Any) -> list[str]:
    """The reasons for which the files of some names cannot be read."""
    tally = validate([str(name) for name in names], Task(examples=1000))
    messages = [f.message for f in tally.findings if f.code == "HP100"]
    return [message.removeprefix("the capture cannot be read: ") for message in messages]


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
    """A name without any file is a wrong call: silence would look like success."""
    with pytest.raises(UsageError, match=r"no file (?:is there|has such a name)"):
        validate([f"{folder}/{name}" if name else ""], Task())


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    """A folder without captures is a wrong call."""
    assert texts(tmp_path) == ["(none)"]
    with pytest.raises(UsageError, match="the folder holds no file"):
        validate([str(tmp_path)], Task())


def test_what_cannot_be_read_does_not_stop_the_rest(folder: Path) -> None:
    """After a file that cannot be opened the next one is read."""
    (folder / "z").write_text('{"event": "nothing"}')
    (folder / "link").symlink_to(folder / "none")
    tally = validate([str(folder / "link"), str(folder / "z")], Task())
    assert [finding.code for finding in tally.findings] == ["HP100", "HP220"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_fifo_is_not_waited_for(folder: Path) -> None:
    """A FIFO, named or found in a folder, is told and not read for ever."""
    os.mkfifo(folder / "fifo")
    assert told(folder / "fifo") == ["it is no regular file"]
    assert "it is no regular file" in told(folder)


def test_a_broken_link_is_told(folder: Path) -> None:
    """A link to nothing is a finding, in a folder too."""
    (folder / "link").symlink_to(folder / "none")
    assert told(folder) == ["No such file or directory"]


def test_a_loop_of_links_is_told(folder: Path) -> None:
    """Links that lead to each other are a finding and do not stop the rest."""
    (folder / "one").symlink_to(folder / "two")
    (folder / "two").symlink_to(folder / "one")
    (folder / "sub" / "up").symlink_to(folder)
    assert told(folder) == ["Too many levels of symbolic links"]


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
    assert told(folder) == ["the folder cannot be listed"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_closed_file_is_told(folder: Path) -> None:
    """A file that may not be read is a finding with the system's reason."""
    (folder / "z").chmod(0)
    assert told(folder / "z") == ["Permission denied"]


def test_standard_input_is_read() -> None:
    """`-` is what comes on standard input."""
    tally = validate(["-"], Task(), stdin=BytesIO(b'{"event": "nothing"}'))
    [finding] = tally.findings
    assert (finding.code, finding.file) == ("HP220", "<stdin>")


def test_a_file_beyond_the_limit_is_told(tmp_path: Path) -> None:
    """A body over the limit is too large, and is not held."""
    file = tmp_path / "large"
    with file.open("wb") as stream:
        stream.write(b'{"a":"')
        stream.write(b" " * MAX_BYTES)
    [finding] = validate([str(file)], Task(), stdin=None).findings
    assert finding.code == "HP109"
