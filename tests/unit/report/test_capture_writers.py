"""The table of formats, and reports in files."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.report.tallies import INVALID, QUIRK, all_texts, clean, hostile, tally, written

from hookproof.cli.test import command as of_test
from hookproof.cli.validate import command as of_validate
from hookproof.errors import DependencyMissing, UsageError
from hookproof.report.writers import WRITERS, write_atomically
from hookproof.validation_run.summary import Tally

if TYPE_CHECKING:
    import click


@pytest.mark.parametrize("command", [of_test, of_validate], ids=["test", "validate"])
def test_every_format_is_offered(command: click.Command) -> None:
    """--format and --report of both commands have the formats of the table."""
    types = {one.name: one.type for one in command.params}
    assert list(types["output"].choices) == list(WRITERS)  # type: ignore[attr-defined]
    assert list(types["reports"].formats) == list(WRITERS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize(
    "told",
    [Tally(), clean(), tally(INVALID, QUIRK, stopped="interrupted"), hostile()],
    ids=["empty", "clean", "found", "hostile"],
)
def test_every_format_writes_any_tally(name: str, told: Tally) -> None:
    """Each gives text that ends its last line and can be written to a file."""
    text = written(told, name)
    assert text.endswith("\n")
    assert text.encode()


@settings(derandomize=True, database=None, deadline=None, max_examples=20)
@given(st.text(st.characters(exclude_categories=[]), min_size=20))
def test_no_format_lets_control_characters_through(text: str) -> None:
    """Whatever values hold, a report is printable text in lines."""
    told = all_texts(text)
    for name in WRITERS:
        assert all(char.isprintable() or char == "\n" for char in written(told, name))


def test_a_report_is_written(tmp_path: Path) -> None:
    """Folders on the way are made, and nothing else is left behind."""
    path = tmp_path / "a" / "b" / "report.json"
    write_atomically("{}\né\n", path)
    assert path.read_bytes() == "{}\né\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_a_former_report_is_replaced_whole(tmp_path: Path) -> None:
    """The new report stands in its place, with its permissions."""
    path = tmp_path / "report.txt"
    path.write_text("a former report, longer than the new one")
    path.chmod(0o640)
    write_atomically("new", path)
    assert path.read_text() == "new"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file behind a link is replaced, not the link."""
    (tmp_path / "to").mkdir()
    link = tmp_path / "report"
    link.symlink_to(tmp_path / "to" / "report")
    write_atomically("new", link)
    assert link.is_symlink()
    assert (tmp_path / "to" / "report").read_text() == "new"


def test_lone_surrogates_do_not_fail(tmp_path: Path) -> None:
    """Text that UTF-8 cannot hold is escaped."""
    write_atomically("\ud800", tmp_path / "report")
    assert (tmp_path / "report").read_text() == "\\ud800"


@pytest.mark.parametrize("failing", ["os.fsync", "pathlib.Path.replace"])
def test_a_full_disk_leaves_the_former_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """A disk that is full at any step is one error, and what was there is intact."""

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "report.json"
    path.write_text("former")
    monkeypatch.setattr(failing, fail)
    with pytest.raises(UsageError) as raised:
        write_atomically("new", path)
    assert "report.json cannot be written: No space left on device" in raised.value.describe()
    assert raised.value.hint == "make room on the disk; the former report is as it was"
    assert path.read_text() == "former"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_device_that_is_full() -> None:
    """A device is written to as it is, and its refusal is told."""
    with pytest.raises(UsageError, match="No space left") as raised:
        write_atomically("new", Path("/dev/full"))
    assert raised.value.hint == "make room on the disk"


@pytest.mark.skipif(os.name != "posix", reason="devices have other names here")
def test_a_device_is_not_replaced() -> None:
    """What is no regular file stays what it is."""
    write_atomically("new", Path(os.devnull))
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the superuser may write everywhere"
)
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    """A folder without permission is one error with a way out."""
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UsageError, match="Permission denied") as raised:
            write_atomically("new", tmp_path / "report")
    finally:
        tmp_path.chmod(0o700)
    assert "choose another place" in raised.value.hint


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    """A folder is not written to, and a file is no folder."""
    with pytest.raises(UsageError, match="cannot be written"):
        write_atomically("new", tmp_path)
    (tmp_path / "file").write_text("former")
    with pytest.raises(UsageError, match="cannot be written"):
        write_atomically("new", tmp_path / "file" / "report")
    assert (tmp_path / "file").read_text() == "former"


def test_a_name_that_is_hostile_is_printed_safely(tmp_path: Path) -> None:
    """Control characters in the name are escaped in the message."""
    with pytest.raises(UsageError) as raised:
        write_atomically("new", tmp_path / ("a\x1b[2J" + "b" * 300))
    assert "\x1b" not in str(raised.value)


def test_a_page_without_its_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """HTML takes an extra, and no other format does."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(DependencyMissing, match="jinja2") as raised:
        written(clean(), "html")
    assert "html" in raised.value.hint
    for name in set(WRITERS) - {"html"}:
        assert written(clean(), name)
