"""A run gives the same outcome whole, in parts, in processes, and taken up again."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

import pytest
from unit.captures.lines import lines

from hookproof.errors import UsageError
from hookproof.validation_run import RunOptions, Task, validate
from hookproof.validation_run import chunks as parts_module
from hookproof.validation_run.summary import as_data

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut files every 20 kB, so that a few thousand lines make many parts."""
    monkeypatch.setattr(parts_module, "PART_BYTES", 20_000)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with a file of lines, and a few bodies beside it."""
    folder = tmp_path / "archive"
    folder.mkdir()
    captured = lines(2000, bad=0.05, seed=5)
    captured.insert(500, b"")
    (folder / "b.ndjson").write_bytes(b"\n".join(captured))
    for number, raw in enumerate(lines(30, bad=0.5, seed=6)):
        (folder / f"c{number:02}.json").write_bytes(raw)
    (folder / "a.json").write_bytes(b'{"event": "record"')
    return folder


def outcome(archive: Path, **wish: object) -> dict[str, object]:
    return as_data(validate([str(archive)], Task(examples=3), options=RunOptions(**wish)))  # type: ignore[arg-type]


def test_parts_equal_the_whole(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut into ranges, a file has the same findings at the same lines."""
    in_parts = outcome(archive)
    monkeypatch.setattr(parts_module, "PART_BYTES", 10**9)
    whole = outcome(archive)
    assert whole["groups"] == in_parts["groups"]
    assert whole["callbacks"] == in_parts["callbacks"]


def test_processes_equal_one(archive: Path) -> None:
    """Two processes give what one gives."""
    assert outcome(archive) == outcome(archive, jobs=2)


def test_places_are_lines_of_the_file(archive: Path) -> None:
    """A finding in a later range names the line of the file, and the line holds it."""
    tally = validate([str(archive / "b.ndjson")], Task(examples=3))
    text = (archive / "b.ndjson").read_bytes().split(b"\n")
    late = [g for g in tally.groups.values() if g.finding.code == "HP202" and g.last.line > 1000]
    assert late
    for group in late:
        line = text[group.last.line - 1]
        assert f'"{group.finding.where.split("/")[1]}"'.encode() in line
        assert group.last.record == group.last.line - 1


def test_resumed_run_equals_a_whole_one(archive: Path, tmp_path: Path) -> None:
    """A journal that was cut off anywhere leads to the same outcome, and is used."""
    journal = tmp_path / "journal"
    whole = outcome(archive, journal=journal)
    kept = journal.read_bytes().splitlines(keepends=True)
    for torn in (0, 1, 40):
        journal.write_bytes(b"".join(kept[:3]) + kept[3][:torn])
        assert whole == outcome(archive, journal=journal, resume=True), torn
        assert len(journal.read_bytes().splitlines()) == len(kept), torn


def test_journal_of_another_run_is_refused(archive: Path, tmp_path: Path) -> None:
    """A journal is not taken for captures that have changed since."""
    journal = tmp_path / "journal"
    outcome(archive, journal=journal)
    (archive / "a.json").write_bytes(b"{}")
    with pytest.raises(UsageError, match="of another run"):
        outcome(archive, journal=journal, resume=True)


def test_interrupted_run_keeps_what_it_has(archive: Path) -> None:
    """Ctrl-C gives the outcome of the parts that were done, and says that it is not all."""
    calls = []

    def stop(ready: int, whole: int) -> None:
        calls.append((ready, whole))
        if len(calls) == 2:
            raise KeyboardInterrupt

    tally = validate([str(archive)], Task(), options=RunOptions(progress=stop))
    assert tally.stopped.startswith("stopped after 2 of")
    assert 0 < tally.captures < 2031


def test_name_that_stands_for_nothing_is_a_wrong_call() -> None:
    """A glob without a match fails the run instead of passing in silence."""
    with pytest.raises(UsageError, match="no file has such a name"):
        validate(["/nowhere/*.json"], Task())


def test_outcome_is_plain_data(archive: Path) -> None:
    """What goes into a journal is JSON."""
    assert json.loads(json.dumps(outcome(archive)))


# Of an event that nobody knows, which is told each time.
ENVELOPE = b'{"event":"zz","appid":1,"timestamp":1,"nonce":"1","signature":"","room_id":"1","n":%d}'


@pytest.mark.parametrize("end", [b"", b"\n"])
@pytest.mark.parametrize("mark", [b"", BOM_UTF8])
def test_lines_are_counted_on_from_part_to_part(tmp_path: Path, mark: bytes, end: bytes) -> None:
    """Each place is the line in the file, with blank lines and with a mark before the first."""
    bodies = [ENVELOPE % number if number % 7 else b"" for number in range(1, 5000)]
    content = mark + b"\n".join(bodies) + end
    file = tmp_path / "captures.ndjson"
    file.write_bytes(content)
    tally = validate([str(file)], Task(examples=5000))
    strays = [group for group in tally.groups.values() if group.finding.code == "HP220"]
    written = enumerate(content.split(b"\n"), 1)
    lines_of_strays = {place.line for group in strays for place in group.places}
    assert lines_of_strays == {number for number, line in written if line.strip()}


def test_a_large_log_without_a_callback_is_told_once(tmp_path: Path) -> None:
    """In however many ranges a file is read, that it held nothing is told of the whole of it."""
    file = tmp_path / "app.log"
    file.write_text("2023-06-26 INFO started\n" * 5_000)
    tally = validate([str(file)], Task())
    assert [(one.code, one.file) for one in tally.findings] == [("HP120", str(file))]
    assert tally.verdict == "incomplete"
    [remark] = tally.remarks.values()
    assert (remark.count, remark.first.line) == (5_000, 1)
    with file.open("a") as log:
        log.write(f"callback {json.dumps({'event': 'record', 'appid': '1', 'nonce': '1'})}\n")
    tally = validate([str(file)], Task())
    assert tally.captures == 1
    assert "HP120" not in {one.code for one in tally.findings}
