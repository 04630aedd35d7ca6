"""`hookproof test`: whom it cannot reach, what it refuses, and where its secret comes from."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.command import (
    CANARY,
    FEW,
    NOBODY,
    SECRETS,
    TWO,
    Ran,
    Recorder,
    execute,
    read_report,
    served,
)
from acceptance.receiver_runs import contract
from cast import CAST
from unit.http.receivers import OK
from unit.http.receivers import Receiver as RawReceiver

from hookproof.testing import Reply, serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.testing.receiver import Incoming

ROOT = Path(__file__).parents[2]


# Whom it cannot reach.


def test_nobody_at_the_address_is_unreachable(
    tmp_path: Path, report_schema: dict[str, Any]
) -> None:
    """Where nobody listens the run ends at once with 3, says so, and writes its report."""
    started = time.monotonic()
    options = ("--area", "zego_rtc", "--report", f"json={tmp_path}/r.json")
    ran = execute(NOBODY, *options, env={"HOOKPROOF_SECRET": CANARY})
    assert time.monotonic() - started < 5
    assert (ran.code, ran.err) == (3, "")
    assert ran.out.startswith("UNREACHABLE  http://127.0.0.1:9 ")
    assert len(ran.out.splitlines()) == 2
    report = read_report(tmp_path / "r.json", report_schema)
    assert (report["verdict"], report["target"]) == ("unreachable", NOBODY)
    assert report["totals"]["requests"] == 0
    assert report["reason"]


def test_https_where_plain_http_is_spoken_is_unreachable(
    run_test_command: Callable[..., Ran],
) -> None:
    """A TLS handshake that fails is told as a receiver that cannot be reached."""
    with served() as url:
        ran = run_test_command(url.replace("http:", "https:"), *TWO)
    assert ran.code == 3
    assert "TLS" in ran.out


def test_a_receiver_that_dies_is_unreachable(
    run_test_command: Callable[..., Ran], tmp_path: Path, report_schema: dict[str, Any]
) -> None:
    """A receiver that goes away after twenty requests ends the run with 3, not with a verdict."""

    def dies(receiver: RawReceiver, connection: socket.socket) -> None:
        while len(receiver.requests) < 20 and receiver.read(connection):
            connection.sendall(OK)
        if len(receiver.requests) < 20:
            return  # one connection ended, and others come
        receiver.over.set()
        receiver.listener.shutdown(socket.SHUT_RDWR)
        receiver.listener.close()

    with RawReceiver(dies) as receiver:
        ran = run_test_command(receiver.url, *TWO, "--report", f"json={tmp_path}/r.json")
    report = read_report(tmp_path / "r.json", report_schema)
    assert (ran.code, report["verdict"]) == (3, "unreachable")
    assert 20 <= len(receiver.requests) <= 23
    # Some were on their way in parallel.
    assert 20 <= report["totals"]["requests"] <= 29
    assert "UNREACHABLE" in ran.out


def test_a_receiver_that_never_answers_ends_in_time(
    run_test_command: Callable[..., Ran], tmp_path: Path, report_schema: dict[str, Any]
) -> None:
    """Silence costs three deadlines, one for each of two more callbacks; the run ends with 1."""
    started = time.monotonic()
    with served(CAST["NeverAnswers"]) as url:
        silence = ("--timeout", 0.5, "--area", "zego_rtc")
        ran = run_test_command(url, *silence, "--report", f"json={tmp_path}/r.json")
    assert time.monotonic() - started < 10
    report = read_report(tmp_path / "r.json", report_schema)
    assert (ran.code, report["verdict"]) == (1, "fail")
    assert {f["code"] for f in report["findings"]} == {"HP405"}
    assert report["totals"]["requests"] == 5
    assert "genuine callbacks in a row got no answer" in report["reason"]


# What it refuses to begin with.


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://127.0.0.1/", "does not begin with http:// or https://"),
        ("127.0.0.1:8000", "does not begin with http:// or https://"),
        ("", "does not begin with http:// or https://"),
        ("http://", "the URL has no host"),
        ("http:///callback", "the URL has no host"),
        ("http://user:CANARY_c0ffee@127.0.0.1:9/", "a user name or a password"),
        ("http://user:CANARY_c0ffee/x@127.0.0.1:9/", "port is not a number"),
        ("http://127.0.0.1:99999/", "port"),
        ("http://127.0.0.1:9/a b", "the URL holds ' '"),
        ("http://127.0.0.1:9/\u00e9", "the URL holds '\\xe9'"),
        ("http://[::1/", "neither a host name nor an address"),
    ],
)
def test_a_url_that_is_none_is_told_in_a_line(
    url: str, words: str, run_test_command: Callable[..., Ran]
) -> None:
    """A URL that no request can be sent to ends with 2, and a password in it is not shown."""
    ran = run_test_command(url)
    assert ran.code == 2
    assert words in ran.complaint


@pytest.mark.parametrize("allowed", [(), ("--allow-host", "192.0.2.2")])
def test_another_machine_must_be_named_twice(
    allowed: tuple[str, ...], run_test_command: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its name in --allow-host no other machine is as much as connected to."""

    def connect(_: socket.socket, address: Any) -> None:
        pytest.fail(f"connected to {address}")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect)
    ran = run_test_command("http://192.0.2.1/callback", *allowed)
    assert ran.code == 2
    assert "192.0.2.1 is not this machine" in ran.complaint
    assert "--allow-host 192.0.2.1" in ran.complaint


def test_a_host_that_is_allowed_is_connected_to(
    run_test_command: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A named host is tried; that nobody can be reached there is its own exit code."""
    tried = []

    def connect(_: socket.socket, address: Any) -> int:
        tried.append(address)
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect)
    ran = run_test_command("http://192.0.2.1/callback", "--allow-host", "192.0.2.1", *TWO)
    assert ran.code == 3
    assert set(tried) == {("192.0.2.1", 80)}


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--callback", "recrd"), "did you mean zego_rtc/record?"),
        (("--callback", "zego_rtc/nothing"), "there is no callback"),
        (("--area", "zego"), "there is no area"),
        (("--contract", "/nowhere"), "there is no folder schemas/"),
        (("--secret-file", "/nowhere/secret"), "cannot be read"),
        (("--secret-env", "HOOKPROOF_NOT_SET"), "--secret-env is not set"),
        (("--secret-env", "A", "--secret-file", "b"), "both given"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(
    args: tuple[str, ...], words: str, run_test_command: Callable[..., Ran]
) -> None:
    """What cannot be carried out ends with 2 and a line that says why."""
    ran = run_test_command(NOBODY, *args)
    assert ran.code == 2
    assert words in ran.complaint


@pytest.mark.parametrize(
    "args",
    [
        ("--report", "xml=r.xml"),
        ("--report", "json"),
        ("--report", "json="),
        ("--max-cases", "0"),
        ("--timeout", "0"),
        ("--timeout", "nan"),
        ("--time-limit", "never"),
        ("--time-limit", "nan"),
        ("--time-limit", "inf"),
        ("--seed", "-1"),
        ("--fail-on", "anything"),
        ("--no-such-option",),
        ("a-second-url",),
    ],
)
def test_an_option_out_of_range_ends_with_2(
    args: tuple[str, ...], run_test_command: Callable[..., Ran]
) -> None:
    """An option that cannot be taken is named, and nothing is sent."""
    ran = run_test_command(NOBODY, *args)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: " in ran.err
    assert args[0] in ran.err


# Secrets.


def test_without_a_secret_the_variable_is_named(run_test_command: Callable[..., Ran]) -> None:
    """No secret at all ends with 2 and says which variable to set."""
    ran = run_test_command(NOBODY, env={})
    assert ran.code == 2
    assert "set HOOKPROOF_SECRET" in ran.complaint


def test_without_an_areas_secret_its_variables_are_named(
    run_test_command: Callable[..., Ran],
) -> None:
    """An area that was asked for and has no secret ends with 2; all its variables are named."""
    ran = run_test_command(NOBODY, "--area", "zego_rtc", env={"HOOKPROOF_SECRET_TENCENT": CANARY})
    assert ran.code == 2
    for name in ("HOOKPROOF_SECRET_ZEGO_RTC", "HOOKPROOF_SECRET_ZEGO", "HOOKPROOF_SECRET"):
        assert name in ran.complaint


def test_areas_without_a_secret_are_listed_as_untested(
    run_test_command: Callable[..., Ran], tmp_path: Path, report_schema: dict[str, Any]
) -> None:
    """Only what has a secret is tested; the rest is named, in text and in the report."""
    with served() as url:
        ran = run_test_command(
            url,
            *FEW,
            "--report",
            f"json={tmp_path}/r.json",
            env={"HOOKPROOF_SECRET_TENCENT_GME": CANARY, "HOOKPROOF_SECRET_TENCENT": CANARY},
        )
    report = read_report(tmp_path / "r.json", report_schema)
    assert tuple(report["callbacks"]) == contract().names(["tencent_gme"])
    assert {*report["untested"], "tencent_gme"} == set(contract().areas)
    assert report["untested"]["zego_rtc"] == "no secret: set HOOKPROOF_SECRET_ZEGO_RTC"
    told = " ".join(ran.out.split())
    assert "zego_zim (no secret: set HOOKPROOF_SECRET_<AREA>)" in told
    others = [area for area in contract().areas if area.startswith("tencent_")]
    others.remove("tencent_gme")
    assert f"not tested {', '.join(others)} (not asked for: add --area AREA)" in told


@pytest.mark.parametrize(
    ("variable", "vendor"), [("HOOKPROOF_SECRET", ""), ("HOOKPROOF_SECRET_TENCENT", "tencent_")]
)
def test_a_secret_of_several_products_leads_to_a_question(
    variable: str, vendor: str, run_test_command: Callable[..., Ran]
) -> None:
    """A URL serves one product most often: with a secret that may be of many nothing is sent."""
    ran = run_test_command(NOBODY, env={variable: CANARY})
    assert ran.code == 2
    areas = [area for area in contract().areas if area.startswith(vendor)]
    assert f"may be that of any of {len(areas)}" in ran.err
    assert "--area AREA" in ran.complaint
    assert f"areas: {', '.join(areas)}" in ran.err


def test_a_secret_that_can_be_of_one_product_only_needs_no_area(
    run_test_command: Callable[..., Ran], tmp_path: Path
) -> None:
    """A contract of one product leaves nothing to ask, wherever the secret comes from."""
    for kind in ("schemas", "openapi"):
        (tmp_path / kind).mkdir()
    shutil.copytree(ROOT / "schemas" / "common", tmp_path / "schemas" / "common")
    shutil.copytree(ROOT / "schemas" / "zego_rtc", tmp_path / "schemas" / "zego_rtc")
    shutil.copy(ROOT / "openapi" / "zego_rtc.yaml", tmp_path / "openapi")
    ran = run_test_command(NOBODY, "--contract", tmp_path)
    assert ran.code == 3


@pytest.mark.parametrize("by", ["file", "variable"])
def test_a_secret_comes_from_a_file_or_a_named_variable(
    by: str, run_test_command: Callable[..., Ran], tmp_path: Path
) -> None:
    """--secret-file and --secret-env give the secret, and the environment's own is left aside."""
    (tmp_path / "secret").write_text(CANARY + "\n")
    option = {
        "file": ("--secret-file", str(tmp_path / "secret")),
        "variable": ("--secret-env", "HOOKPROOF_MINE"),
    }[by]
    with served() as url:
        wrong = {"HOOKPROOF_SECRET": "wrong", "HOOKPROOF_MINE": CANARY}
        ran = run_test_command(url, *FEW, "--callback", "record", *option, env=wrong)
    assert (ran.code, ran.out[:6]) == (0, "PASS  ")


class ShowsEverything(Recorder):
    """Accepts every signature, breaks on much, and tells the sender what it sent."""

    def handle(self, incoming: Incoming) -> Reply:
        """Answer 200 or 500, and send the body back."""
        self.got.append(incoming)
        status = 500 if len(self.got) % 7 == 6 else 200
        return Reply(status, incoming.body[:300])


def test_no_secret_and_no_signature_is_shown(
    run_test_command: Callable[..., Ran], tmp_path: Path, report_schema: dict[str, Any]
) -> None:
    """Neither the secret in any writing nor a signature that was sent stands in any output."""
    receiver = ShowsEverything(contract(), secrets=SECRETS)
    with serve(receiver) as url:
        options = ("--callback", "record", "--callback", "recording", "--max-cases", 120)
        ran = run_test_command(url, *options, "--report", f"json={tmp_path}/r.json")
    assert ran.code == 1
    report = read_report(tmp_path / "r.json", report_schema)
    shown = ran.out + ran.err + json.dumps(report, ensure_ascii=False)
    secret = CANARY.encode()
    for written in (secret.hex(), base64.b64encode(secret).decode(), repr(secret)[2:-1]):
        assert written not in shown
    sent = [signature for incoming in receiver.got for signature in signatures_in(incoming)]
    assert len(sent) > 100
    assert [signature for signature in sent if signature in shown] == []
    assert "$HOOKPROOF_SECRET" in shown


def signatures_in(incoming: Incoming) -> list[str]:
    """The signatures of a request that are long enough to be one."""
    found = [value for name, value in incoming.headers if name == "Signature"]
    try:
        payload = json.loads(incoming.body)
    except (ValueError, RecursionError):
        payload = {}
    if isinstance(payload, dict):
        found += [payload.get("signature"), payload.get("Signature")]
    return [text for text in found if isinstance(text, str) and len(text.strip("0")) > 15]
