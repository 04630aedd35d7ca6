"""Callbacks in what consoles, databases and clients export: tables, dumps, saved sessions.

The shapes are those of the tools' own exports, with a callback put in.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from unit.captures.test_containers import HEADERS, RAW, RECORD, ROOM, SECRETS, SIGN

from hookproof.findings import Severity
from hookproof.validation_run import Task, validate

if TYPE_CHECKING:
    from pathlib import Path

ONE = {"zego_rtc/record": {"valid": 1}}
TWO = {"zego_rtc/record": {"valid": 2}}
SIGNED = {"tencent_trtc/room_dismissed": {"valid": 1}}
UNSIGNED = {"tencent_trtc/room_dismissed": {"not checked": 1}}


def table(*rows: tuple[str, ...], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Rows as CSV."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return written.getvalue()


def session() -> bytes:
    """What Fiddler saves: the request, the answer and notes, each a file in a zip."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("_index.htm", "<html>")
        archive.writestr("raw/01_c.txt", RAW)
        archive.writestr("raw/01_s.txt", "HTTP/1.1 200 OK\r\n\r\n")
        archive.writestr("raw/01_m.xml", "<Session/>")
    return written.getvalue()


QUOTED = RECORD.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"')
DOUBLED = RECORD.replace("\\", "\\\\")
MOMENT = "2023-06-26 09:00:00.000"
OF_ALB = json.dumps({name.lower(): [value] for name, value in HEADERS.items()})
ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\r\n"
BURP = "\n".join(
    [
        '<?xml version="1.0"?>',
        "<!DOCTYPE items [",
        "<!ELEMENT items (item*)>",
        "]>",
        "<items><item>",
        f'<request base64="true">{base64.b64encode(RAW.encode()).decode()}</request>',
        "</item></items>",
    ]
)
EXPORTS: dict[str, tuple[str | bytes, dict[str, dict[str, int]]]] = {
    "insights, a message before the body": (
        table(("@timestamp", "@message"), (MOMENT, f"INFO {RECORD}"), (MOMENT, "START 1")),
        ONE,
    ),
    "azure": (
        table(("timestamp [UTC]", "message", "level"), ("6/26/2023, 9:00", f"got: {RECORD}", "1")),
        ONE,
    ),
    "datadog": (table(("Date", "Host", "Content"), (MOMENT, "h", f"callback {RECORD}")), ONE),
    "kibana": (
        table(
            ("@timestamp", "_source.message"),
            ("Jun 26, 2023 @ 09:00", f"callback {RECORD}"),
            quoting=csv.QUOTE_ALL,
        ),
        ONE,
    ),
    "splunk": (table(("_time", "_raw"), (MOMENT, f"callback {RECORD}")), ONE),
    "semicolons": (table(("id", "text"), ("1", f"callback {RECORD}"), delimiter=";"), ONE),
    "webhook.site": (
        table(
            ("uuid", "method", "content", "headers", "url"),
            ("u", "POST", ROOM, OF_ALB, "https://h/t"),
            ("u", "GET", "", "[]", "https://h/t"),
        ),
        SIGNED,
    ),
    "beeceptor": (
        table(("method", "requestHeaders", "requestBody"), ("POST", json.dumps(HEADERS), ROOM)),
        SIGNED,
    ),
    "bruno": (
        (
            f"post {{\n  url: http://h/cb\n}}\n\nheaders {{\n  Sign: {SIGN}\n}}\n\n"
            f"body:json {{\n  {ROOM}\n}}\n"
        ),
        SIGNED,
    ),
    "fiddler, raw": (f"{RAW}\r\n\r\n{ANSWER}", SIGNED),
    "fiddler, a session": (session(), SIGNED),
    "burp": (
        BURP,
        SIGNED,
    ),
    "burp, a saved request": (RAW.replace("HTTP/1.1", "HTTP/2", 1), SIGNED),
    "smee": (json.dumps({"host": "smee.io", "sign": SIGN, "body": json.loads(ROOM)}), UNSIGNED),
    "mysql dump": (
        f"-- MySQL dump 10.13\n\nINSERT INTO `hooks` VALUES (1,'{QUOTED}'),(2,'{QUOTED}');\n",
        TWO,
    ),
    "psql copy": (f"COPY hooks (id, body) FROM stdin;\n1\t{DOUBLED}\n2\t{DOUBLED}\n\\.\n", TWO),
    "psql output": (f" id | body\n----+-----\n  1 | {RECORD}\n(1 row)\n", ONE),
    "vercel": (
        json.dumps({"id": "1", "message": f"callback {RECORD}", "proxy": {"method": "POST"}})
        + '\n{"id":"2","message":"START"}\n',
        ONE,
    ),
    "wrangler tail": (
        json.dumps({"logs": [{"message": ["callback", ROOM]}], "event": {"request": {}}}, indent=1),
        UNSIGNED,
    ),
    "lambda url": (
        json.dumps({"version": "2.0", "rawPath": "/cb", "headers": HEADERS, "body": ROOM}),
        SIGNED,
    ),
    "tencent scf": (
        json.dumps({"httpMethod": "POST", "path": "/cb", "headers": HEADERS, "body": ROOM}),
        SIGNED,
    ),
}


def test_a_spreadsheet_is_named_and_not_opened(tmp_path: Path) -> None:
    """Its texts stand once each however many cells have them, so no run over it says PASS."""
    file = tmp_path / "hooks.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>{RECORD}</t></si></sst>")
    tally = validate([str(file)], Task(secrets=SECRETS))
    [told] = tally.findings
    assert (told.code, dict(tally.callbacks)) == ("HP120", {})
    assert "spreadsheet" in told.message
    assert "CSV" in told.hint


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_read_as_it_is(name: str, tmp_path: Path) -> None:
    """Each callback is found and judged, no error is made of what stands beside it."""
    content, expected = EXPORTS[name]
    file = tmp_path / "export"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    tally = validate([str(file)], Task(secrets=SECRETS))
    states = {path: dict(counts.signatures) for path, counts in tally.callbacks.items()}
    assert states == expected
    assert not [one for one in tally.findings if one.severity is Severity.ERROR]


def test_a_log_with_commas_is_no_table(tmp_path: Path) -> None:
    """Its first line is read too."""
    file = tmp_path / "app.log"
    file.write_text(f"{MOMENT},123 INFO start\n{MOMENT},124 INFO got {RECORD}\n" * 2)
    tally = validate([str(file)], Task(secrets=SECRETS))
    assert {path: dict(one.signatures) for path, one in tally.callbacks.items()} == TWO
