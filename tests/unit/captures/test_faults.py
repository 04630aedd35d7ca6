"""What breaks hookproof costs the capture that shows it, and nothing else of the run."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from each import each
from unit.captures.lines import lines
from unit.captures.reading import read

from hookproof.captures import formats
from hookproof.captures.capture import Capture, Unreadable
from hookproof.captures.faults import OUR_FAULT
from hookproof.captures.formats import (
    csv_table,
    curl,
    har,
    http_messages,
    json_document,
    log_lines,
    mitmproxy,
    ndjson,
    parquet,
    pcap,
    request_lines,
)
from hookproof.cli.main import main
from hookproof.validation.validator import Validator
from hookproof.validation_run import Task, validate

if TYPE_CHECKING:
    from types import ModuleType

RECORD = Path(__file__).parents[2] / "payloads" / "zego_rtc" / "record" / "pass" / "sample.json"
BODY = json.dumps(json.loads(RECORD.read_bytes()))
POST = f"POST /cb HTTP/1.1\r\nContent-Length: {len(BODY)}\r\n\r\n{BODY}\r\n"
CSV = "at,body\n" + '1,"{}"\n'.format(BODY.replace('"', '""')) * 3
ENTRY = {"request": {"method": "POST", "url": "/", "headers": [], "postData": {"text": BODY}}}


def packed(members: dict[str, str]) -> bytes:
    """A zip with these files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return written.getvalue()


def broken(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, *, at: int) -> None:
    """Let a function of ours fail at one of its calls, as one does that has a fault."""
    calls = []
    right = getattr(owner, name)

    def fail(*args: Any, **more: Any) -> Any:
        calls.append(1)
        if len(calls) == at:
            raise IndexError("a secret may stand here")
        return right(*args, **more)

    monkeypatch.setattr(owner, name, fail)


@pytest.mark.parametrize(
    ("owner", "name", "content"),
    [
        (json_document, "_captures", f"[{BODY},\n{BODY},\n{BODY}]"),
        (har, "_found", json.dumps({"log": {"version": "1.2", "entries": [ENTRY] * 3}})),
        (http_messages._Reader, "_body", POST * 3),
        (log_lines._Log, "line", f"12:00 got {BODY}\n" * 3),
        (curl, "_refuse_typing_errors", f"curl http://h/ -d '{BODY}'\n" * 3),
        (csv_table._Table, "_capture", CSV),
        (ndjson, "_bodies", f"{BODY}\n" * 3),
        (request_lines, "read_request", (json.dumps({"body": BODY, "url": "/"}) + "\n") * 3),
        (http_messages._Reader, "requests", packed({f"{n}.http": POST for n in range(3)})),
    ],
)
def test_a_reader_that_breaks_loses_one_record(
    owner: ModuleType, name: str, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The records before and behind are read, in whatever format they come."""
    broken(monkeypatch, owner, name, at=2)
    found = read(content)
    kinds = [one.code if not isinstance(one, Capture) else "" for one in found]  # type: ignore[union-attr]
    assert kinds == ["", OUR_FAULT, ""], found
    assert "secret" not in str(found)


KEPT = Path(__file__).parents[2] / "captures"


@pytest.mark.parametrize(
    ("owner", "name", "file", "package"),
    [
        (mitmproxy, "_captures", "mitmproxy", "mitmproxy"),
        (parquet, "_captures", "parquet", "pyarrow"),
        (pcap, "_add", "pcap", "dpkt"),
    ],
)
def test_a_reader_of_binary_files_that_breaks_loses_one_record(
    owner: ModuleType, name: str, file: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flow, a row, a packet; the others are read."""
    pytest.importorskip(package)
    most = max((KEPT / file).iterdir(), key=lambda one: len(read(one.read_bytes())))
    before = read(most.read_bytes())
    broken(monkeypatch, owner, name, at=1)
    found = read(most.read_bytes())
    assert [one.code for one in found if isinstance(one, Unreadable)].count(OUR_FAULT) == 1
    assert len(found) >= len(before) > 1


def test_recognising_that_breaks_loses_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others of the folder are read."""
    for number in range(3):
        (tmp_path / f"c{number}.json").write_bytes(RECORD.read_bytes())
    broken(monkeypatch, formats, "start_of", at=1)
    tally = validate([str(tmp_path)], Task())
    assert [f.code for f in tally.findings] == [OUR_FAULT]


def test_a_judge_that_breaks_loses_one_capture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The run goes on to its report, keeps the bytes aside, and ends with exit code 70."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for number in range(3):
        (tmp_path / f"c{number}.json").write_bytes(RECORD.read_bytes())
    broken(monkeypatch, Validator, "judge", at=1)
    with pytest.raises(SystemExit) as left:
        main(["validate", str(tmp_path), "--format", "json", "--area", "zego_rtc"])
    report = json.loads(capfd.readouterr().out)
    assert left.value.code == 70
    assert report["totals"]["captures"] == 3
    [told] = [one for one in report["findings"] if one["code"] == OUR_FAULT]
    assert "secret" not in json.dumps(report)
    [kept] = tmp_path.glob("hookproof-fault-*")
    assert kept.read_bytes() == RECORD.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
    assert str(kept) in json.dumps(told)


def test_a_judge_that_breaks_on_a_line_loses_that_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the loop over lines of bodies too."""
    (tmp_path / "c.ndjson").write_bytes(b"\n".join(lines(200, bad=0.1, seed=3)))
    whole = validate([str(tmp_path / "c.ndjson")], Task())
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    broken(monkeypatch, Validator, "judge", at=2)
    tally = validate([str(tmp_path / "c.ndjson")], Task())
    assert [f.code for f in tally.findings].count(OUR_FAULT) == 1
    assert tally.captures == whole.captures


HOSTILE = [
    "POST /cb HTTP/1.1\r\nContent-Length: 9223372036854775807\r\n\r\n{}",
    "POST /cb HTTP/1.1\r\nContent-Length: " + "9" * 5000 + "\r\n\r\n{}",
    "POST /cb HTTP/1.1\r\nContent-Length: \xb2\r\n\r\n{}",
    "POST /cb HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n{}",
    '2026-01-01 body=" {\\"a\\":1}"\n2026-01-01 body={"a":',
    '2026-01-01 [he"  r" {\\"TaskId\\":\\"14\\"\n',
    '2026-01-01 12:00:00.123456789+99:99 {"a":1',
    "curl -d $'\\U110000' http://h/",
    "curl -d $'\\x' http://h/",
    'curl --data-raw "\\',
    '{"body":"{}","received_at":1e400,"headers":{}}',
    '{"body":"{}","received_at":"99999999999999999999999999","headers":{}}',
    '{"body":"{}","headers":[[1]],"url":[]}',
    '{"log":{"version":"1.2","entries":[{"request":{"method":[],"postData":{"text":1}}}]}}',
    '{"log":{"version":"1.2","entries":[[]]}}',
    "[" * 100_000,
    '{"a":' * 100_000,
    '"' + "\\" * 99_999,
    "Array\n(\n" * 5000,
    "%7B" * 5000,
    "=&" * 5000,
    "\x00" * 100,
]


@each("content", HOSTILE)
@each("form", ["", "log", "http", "curl", "json", "requests", "har", "body"])
def test_no_reader_breaks(content: str, form: str) -> None:
    """Whatever stands in a file, in the format that it shows or in one that is forced."""
    found = read(content.encode("latin-1"), form)
    assert not [one for one in found if getattr(one, "code", "") == OUR_FAULT]
