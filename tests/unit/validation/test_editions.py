"""Older editions of a page: their own samples are valid, and told to be of that edition."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hookproof import Receiver
from hookproof.contract import Contract
from hookproof.describe.page import render_callback
from hookproof.findings import Severity
from hookproof.payload.body import BodyForm, read_body
from hookproof.report.ink import Ink
from hookproof.signature.secrets import Secrets
from hookproof.validation.fast_path import DOUBT, Express
from hookproof.validation.validator import Validator

CONTRACT = Contract()
SIGNATURE = "264b7f500b4935a082fef1da1760769245880d7c"
# What the pages of 2023 print, with a signature made of their secret.
LOGIN: dict[str, Any] = {
    "user_account": "888120154",
    "user_nickname": "888120154",
    "session_id": "0",
    "room_id": "rid_1242649",
    "room_seq": "6085791336856668982",
    "room_name": "room#123",
    "login_time": 1499676978027,
    "timestamp": 1499676978,
    "nonce": "350176",
    "signature": SIGNATURE,
    "appid": "1",
    "event": "room_login",
}
LOGOUT: dict[str, Any] = {
    **{name: value for name, value in LOGIN.items() if name not in {"room_name", "login_time"}},
    "user_role": 1,
    "logout_time": 1499676978027,
    "reason": 0,
    "event": "room_logout",
}
SAMPLES = {
    "room_login, JSON": json.dumps(LOGIN),
    "room_logout, JSON": json.dumps(LOGOUT),
    "room_login, FORM": "Array\n(\n%s)\n",
    "room_logout, FORM": "Array\n(\n%s)\n",
    "room_login, as it travels": "&".join(f"{k}={v}" for k, v in LOGIN.items()),
}


def sample(name: str) -> bytes:
    """The sample as its page has it."""
    fields = LOGIN if "login" in name else LOGOUT
    lines = "".join(f"    [{field}] => {value}\n" for field, value in fields.items())
    return (SAMPLES[name] % lines if "%s" in SAMPLES[name] else SAMPLES[name]).encode()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_of_an_older_edition_is_of_that_edition(name: str) -> None:
    """It is no error, its signature is proven, and the finding cites the page of that edition."""
    verdict = Validator(CONTRACT, secrets=Secrets({}, b"secret")).judge(read_body(sample(name)))
    [found] = verdict.findings
    assert (found.code, found.severity) == ("HP230", Severity.WARNING)
    assert "edition-2023" in found.message
    assert "docs.zegocloud.com/article/1413" in found.source
    assert verdict.signature == "valid"


def test_a_form_of_a_room_that_closed() -> None:
    """The older page prints numbers of JSON as texts of a form, which they are on the wire."""
    fields = CONTRACT.callback("zego_rtc/room_close").examples[0].payload
    lines = "".join(f"    [{field}] => {value}\n" for field, value in fields.items())
    verdict = Validator(CONTRACT).judge(read_body(f"Array\n(\n{lines})\n".encode()))
    assert verdict.callback == "zego_rtc/room_close"
    assert [one.code for one in verdict.findings] == []


def test_what_is_of_no_edition_is_told_by_the_newest() -> None:
    """A field that every edition has is missing in none of them."""
    payload = {name: value for name, value in LOGIN.items() if name != "room_id"}
    found = Validator(CONTRACT).judge(read_body(json.dumps(payload).encode())).findings
    assert "/room_id" in [one.where for one in found if one.code == "HP201"]


def test_the_fast_path_leaves_older_editions_to_the_exact_one() -> None:
    """Its findings are not those of a payload that breaks the newest edition."""
    lane = Express(CONTRACT.callback("zego_rtc/room_login"))
    newest = json.dumps(CONTRACT.callback("zego_rtc/room_login").examples[0].payload).encode()
    assert lane.key(newest) is not DOUBT
    assert lane.key(json.dumps(LOGIN).encode()) is DOUBT


@pytest.mark.parametrize("form", [BodyForm.JSON, BodyForm.FORM])
def test_a_receiver_takes_an_older_edition(form: BodyForm) -> None:
    """Accounts may get it still; in a form its numbers are texts."""
    body = sample("room_login, JSON" if form is BodyForm.JSON else "room_login, as it travels")
    kind = "json" if form is BodyForm.JSON else "x-www-form-urlencoded"
    receiver = Receiver("zego_rtc", secret="secret")
    event = receiver.receive(headers={"Content-Type": f"application/{kind}"}, body=body)
    assert event.callback == "zego_rtc/room_login"


def test_the_page_shows_older_editions() -> None:
    """What differs is told, with its page."""
    page = render_callback(CONTRACT.callback("zego_rtc/room_logout"), ink=Ink())
    assert "edition-2023-04-17" in page
    assert "logout_time, timestamp, reason and user_role are numbers" in page


def test_a_finding_cites_the_page_of_the_fact() -> None:
    """Where a schema was written from several pages, a field's own page is cited."""
    callback = CONTRACT.callback("zego_super_board/cvt_finish")
    wrong = {**callback.examples[0].payload, "data": {**callback.examples[0].payload["data"]}}
    wrong["data"]["status"] = 3
    [found] = Validator(CONTRACT).judge(read_body(json.dumps(wrong).encode())).findings
    assert (found.code, found.where) == ("HP203", "/data/status")
    assert "file-callback.mdx" in found.source
    wrong["data"]["status"] = 32772
    [found] = Validator(CONTRACT).judge(read_body(json.dumps(wrong).encode())).findings
    assert (found.code, found.severity) == ("HP230", Severity.WARNING)
    assert "query-status.yaml" in found.source


def test_an_empty_object_is_empty() -> None:
    """Where nothing was found, {} is what an empty object looks like, beside null."""
    example = CONTRACT.callback("zego_rtc/censor_audio_v2_result").examples[0].payload
    emptied = _without_risks(example)
    assert emptied != example
    found = Validator(CONTRACT).judge(read_body(json.dumps(emptied).encode())).findings
    assert [one.code for one in found if one.severity is Severity.ERROR] == []


def _without_risks(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_risks(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {k: {} if k == "RiskDetail" else _without_risks(v) for k, v in value.items()}
