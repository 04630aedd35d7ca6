"""Captures that stood in the wild in such shapes, each with what it ought to give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hookproof.captures.formats import ReadOptions
from hookproof.contract import Contract
from hookproof.findings import Severity
from hookproof.sanitize import Sanitizer, sanitize_files
from hookproof.signature.secrets import PUBLISHED_SECRET, Secrets
from hookproof.validation_run import Task, validate

FOLDER = Path(__file__).parents[2] / "captures" / "found"
SECRETS = Secrets({"HOOKPROOF_SECRET_ZEGO": "secret", "HOOKPROOF_SECRET_TENCENT": "123654"})
ROOM, CLOSE, RECORD = "tencent_trtc/room_dismissed", "zego_rtc/room_close", "zego_rtc/record"
# By file: the states of signatures by callback, the codes of errors, those of warnings.
EXPECTED: dict[str, tuple[dict[str, list[str]], list[str], list[str]]] = {
    "log_two_on_a_line.log": ({CLOSE: ["valid", "wrong"]}, ["HP302"], []),
    "log_quoted_tabs.log": ({ROOM: ["not checked"], CLOSE: ["valid"]}, [], []),
    "nginx_escape_none_form.log": ({CLOSE: ["valid", "wrong"]}, ["HP302"], []),
    "nginx_json.log": ({CLOSE: ["valid"]}, [], []),
    "apigw_base64.json": ({CLOSE: ["valid"]}, [], []),
    "alb_multi_value.json": ({ROOM: ["valid"]}, [], []),
    "python_repr.log": ({RECORD: ["valid"]}, [], []),
    "bom.ndjson": ({CLOSE: ["valid"], RECORD: ["valid"]}, [], []),
    "journald.json": ({CLOSE: ["valid", "valid"]}, [], []),
    "text_then_json_lines.log": ({CLOSE: ["valid"], RECORD: ["valid"]}, [], []),
    "late.log": ({CLOSE: ["valid"]}, [], []),
    "json_then_text.log": ({CLOSE: ["valid"], RECORD: ["valid"]}, [], []),
    "headers_flat.ndjson": ({ROOM: ["valid"]}, [], []),
    # The tool kept the body as an object: no forgery, and told apart from a valid one.
    "record_object_body.json": ({ROOM: ["valid"]}, [], ["HP305"]),
    "jq_pretty.json": ({CLOSE: ["valid"], RECORD: ["valid"]}, [], []),
    "modsec_audit.log": ({ROOM: ["valid"]}, [], []),
    "curl_after_cd.sh": ({ROOM: ["wrong"]}, ["HP302"], []),
    "curl_full_path.sh": ({CLOSE: ["valid"]}, [], []),
    "curl_in_script.sh": ({CLOSE: ["valid"]}, [], []),
    "curl_prompt.txt": ({ROOM: ["wrong"]}, ["HP302"], []),
    "curl_next.sh": ({CLOSE: ["valid"], RECORD: ["valid"]}, [], []),
    "curl_unknown_option.sh": ({"tencent_gme/voice_moderation": ["valid"]}, [], ["HP230"]),
    "curl_heredoc.sh": ({CLOSE: ["valid"]}, [], []),
    "chrome_copy_cmd.txt": ({CLOSE: ["valid"]}, [], []),
    "cmd_caret_lines.txt": ({CLOSE: ["valid"]}, [], []),
    "powershell_backtick.txt": ({CLOSE: ["valid"]}, [], []),
    "two.zip": ({CLOSE: ["valid", "wrong"]}, ["HP302"], []),
    "tcpdump_port80.txt": ({ROOM: ["valid"]}, [], []),
    "tcpdump_split.txt": ({ROOM: ["valid"]}, [], []),
    "tshark_follow_split.txt": ({"tencent_trtc/room_entered": ["valid"]}, [], []),
    "bom.har": ({CLOSE: ["valid"]}, [], []),
    "rest_client.http": ({CLOSE: ["valid"], RECORD: ["valid"]}, [], []),
    # It carries no signature; that its body was packed hinders nothing.
    "gzip_body.http": ({ROOM: ["missing"]}, ["HP301"], []),
    "table.csv": ({CLOSE: ["valid"]}, [], []),
}


def outcome(file: Path, **options: Any) -> tuple[dict[str, list[str]], list[str], list[str]]:
    """What a run over a file gives."""
    tally = validate([str(file)], Task(secrets=SECRETS, options=ReadOptions(**options)))
    states = {
        name: sorted(counts.signatures.elements()) for name, counts in tally.callbacks.items()
    }
    codes = {
        severity: [one.code for one in tally.findings if one.severity is severity]
        for severity in Severity
    }
    return states, codes[Severity.ERROR], codes[Severity.WARNING]


def test_every_file_is_expected() -> None:
    """No file lies there for nothing."""
    assert sorted(EXPECTED) == sorted(file.name for file in FOLDER.iterdir() if file.is_file())


def test_what_leaked_is_gone(tmp_path: Path) -> None:
    """A name within JSON that is text, in a header that stayed, in the name of a file."""
    ours = Sanitizer(Contract(), salt=bytes(32))
    outcome = sanitize_files(str(FOLDER / "sanitize"), tmp_path / "out", ours)
    assert (outcome.captures, outcome.signed, outcome.refused) == (3, 3, {})
    assert (outcome.stayed, outcome.stayed_files) == (set(), {"nested_key.json"})
    files = list((tmp_path / "out").iterdir())
    told = " ".join(f"{file.name} {file.read_text()}" for file in files).lower()
    assert len(files) == 3
    assert not [word for word in ("zhangsan", "acme", "ops@", "0013-8000") if word in told]
    tally = validate([str(tmp_path / "out")], Task(secrets=Secrets({}, PUBLISHED_SECRET)))
    assert tally.callbacks["zego_rtc/room_login"].signatures.total() == 3
    assert not [one for one in tally.findings if one.severity is Severity.ERROR]


@pytest.mark.parametrize("name", EXPECTED)
def test_what_was_found_is_read(name: str) -> None:
    """Callbacks, signatures and codes are those that stand there, and no others."""
    assert outcome(FOLDER / name) == EXPECTED[name]


def test_the_field_of_the_body_alone_says_that_records_come() -> None:
    """Of the lines of an access log, those with a body are judged, and the others no faults."""
    name = "nginx_json.log"
    assert outcome(FOLDER / name, body="request_body", named=True) == EXPECTED[name]
    assert outcome(FOLDER / name, body="no_such", named=True) == ({}, [], ["HP120"])


def test_a_named_field_leads_into_lists_and_texts(tmp_path: Path) -> None:
    """A path goes through lists, and other fields are found beside what it leads to."""
    body = (FOLDER / "jq_pretty.json").read_text().split("\n}\n")[0] + "\n}"
    file = tmp_path / "page.json"
    records = [{"in": {"it": f"got {body}"}}, {"in": {"it": "-"}}, {"in": {"other": body}}]
    file.write_text(json.dumps({"page": records}))
    assert outcome(file, body="page.in.it", named=True) == ({CLOSE: ["valid"]}, [], [])
