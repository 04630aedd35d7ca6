"""Bodies that tell of an error under a status that says all is well."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hookproof.conformance.judging.hidden_errors import hidden_error, reads_like_refusal

LIES: list[Any] = [
    {"code": 500},
    {"code": 401, "message": "bad signature"},
    {"Code": 404},
    {"code": "500"},
    {"code": -1},
    {"code": 40001, "data": None},
    {"code": "FAIL", "message": "no"},
    {"return_code": "FAIL"},
    {"success": False},
    {"Success": "false"},
    {"ok": False},
    {"status": "error"},
    {"status": "failed"},
    {"status": 503},
    {"statusCode": 500},
    {"error": "boom"},
    {"error": {"type": "db"}},
    {"errors": [{"field": "a"}]},
    {"traceback": "KeyError"},
    {"errcode": 40029},
    {"error_code": 1},
    {"errno": "7"},
    {"result": "fail"},
    {"code": 10003, "msg": "permission denied"},
    {"code": 10003},
    {"code": 1, "msg": "sign error"},
    {"ret": -1},
    {"success": 0},
    {"success": "0"},
    {"message": "Invalid signature"},
    {"detail": "Unauthorized"},
    {"msg": "\u9a8c\u7b7e\u5931\u8d25"},
    {"error": {"code": 7}},
]
HONEST: list[Any] = [
    {},
    [],
    1,
    "ok",
    None,
    {"code": 0},
    {"Code": 200},
    {"code": "0"},
    {"code": 1},
    {"code": 10000},
    {"code": 20000},
    {"code": "SUCCESS"},
    {"code": True},
    {"code": None},
    {"code": 10**40},
    {"success": True},
    {"success": "true"},
    {"status": "ok"},
    {"status": 200},
    {"error": None},
    {"error": ""},
    {"error": False},
    {"error": 0},
    {"error": "none"},
    {"errors": []},
    {"errcode": 0, "errmsg": "ok"},
    {"errorCode": 200},
    {"message": "no error at all"},
    {"data": {"error": "of an earlier event"}},
    [{"error": "x"}],
    {"error": {"code": 0, "message": ""}},
    {"error": {"code": 0}},
    {"code": 1, "msg": "success"},
    {"code": 0, "msg": "no permission denied today"},
    {"success": 1},
    {"message": "signature ok"},
    {"message": "received, nothing is wrong"},
]


@pytest.mark.parametrize("said", LIES, ids=json.dumps)
def test_known_shapes_of_failure_are_seen(said: Any) -> None:
    """A body in a shape that means failure is told with the part that says so."""
    shown = hidden_error(json.dumps(said).encode())
    assert shown
    assert shown.split(":")[0] in said


@pytest.mark.parametrize("said", HONEST, ids=repr)
def test_what_could_mean_well_is_left_alone(said: Any) -> None:
    """Success in all its spellings, and what could be read either way, is no lie."""
    assert hidden_error(json.dumps(said).encode()) == ""


@pytest.mark.parametrize("body", [b"fail", b" ERROR\n", b"false", b"failure"])
def test_a_word_of_failure_is_seen(body: bytes) -> None:
    """Some receivers answer in a single word."""
    assert hidden_error(body) == body.decode().strip()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"ok",
        b"1",
        b"success",
        b"no error",
        b"<html>error</html>",
        b"{",
        b'{"code": 500',
        b"\xff\xfe",
        b'{"code": ' + b"9" * 5000 + b"}",
        b'{"errcode": ' + b"9" * 5000 + b"}",
        b'{"a":' * 2000,
    ],
)
def test_anything_else_says_nothing_and_raises_nothing(body: bytes) -> None:
    """Whatever bytes a receiver answers, they are looked at and no more."""
    assert hidden_error(body) == ""


@pytest.mark.parametrize("said", [{"code": 1}, {"code": 10000}, {"status": 3}, *LIES], ids=repr)
def test_beside_another_answer_any_code_but_none_may_refuse(said: Any) -> None:
    """Alone it accuses nobody; where genuine and forged get it alike, it proves nothing."""
    assert reads_like_refusal(json.dumps(said).encode())


@pytest.mark.parametrize(
    "said", [{"code": 0}, {"code": 200}, {"code": 1, "msg": "success"}, {"success": True}, {}]
)
def test_a_plain_yes_never_reads_like_a_refusal(said: Any) -> None:
    """Whoever says that to a forgery has accepted it."""
    assert reads_like_refusal(json.dumps(said).encode()) == ""
