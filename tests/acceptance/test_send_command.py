"""`hookproof send` and `hookproof outage`: what a vendor would do, said as it happens."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hookproof.contract import Contract
from hookproof.testing import Receiver, Reply, serve

if TYPE_CHECKING:
    from hookproof.testing import Incoming

SECRET = "canary-of-sending"


def run(*args: str) -> subprocess.CompletedProcess[str]:
    """Run a command with a secret at hand, which it never shows."""
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    done = subprocess.run(
        [sys.executable, "-m", "hookproof", *args],
        capture_output=True,
        env={**around, "HOOKPROOF_SECRET": SECRET},
        timeout=60,
        check=False,
        text=True,
    )
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stdout + done.stderr
    return done


class Failing(Receiver):
    """It is down for some requests, then correct; `got` is what it was sent."""

    def __init__(self, times: int) -> None:
        super().__init__(Contract(), secrets={"zego_rtc": SECRET.encode()})
        self.left = times
        self.got: list[bytes] = []

    def handle(self, incoming: Incoming) -> Reply:
        """Answer that it is down as long as it is."""
        self.got.append(incoming.body)
        self.left -= 1
        return Reply(503) if self.left >= 0 else super().handle(incoming)


QUICK = ["--deliver", "--time-scale", "100000"]


@pytest.mark.parametrize(
    ("times", "options", "code", "last"),
    [
        (0, [], 0, "delivered after 1 attempt"),
        (1, [], 1, "the vendor would not count it as received"),
        (2, QUICK, 0, "delivered after 3 attempts"),
        (9, QUICK, 1, "lost after 6 attempts"),
        (9, [*QUICK, "--as-of", "2022-12-31"], 2, ""),
    ],
)
def test_what_became_of_it(times: int, options: list[str], code: int, last: str) -> None:
    """One attempt, or as many as the page documents, each a line with its answer."""
    receiver = Failing(times)
    with serve(receiver) as url:
        done = run("send", "zego_rtc/room_login", "--url", url, *options)
    assert done.returncode == code, done
    if last:
        lines = done.stdout.splitlines()
        assert lines[-1] == last
        assert len(lines) - 3 == len(receiver.got)
    else:
        assert "as old as 2022-12-31" in done.stderr


def test_attempts_are_signed_anew_and_tell_of_one_event() -> None:
    """Moment and nonce are of each attempt, the identity stays."""
    receiver = Failing(2)
    with serve(receiver) as url:
        run("send", "record", "--url", url, *QUICK, "--set", "/stream_alias=mine")
    sent = [json.loads(body) for body in receiver.got]
    assert {one["stream_alias"] for one in sent} == {"mine"}
    assert len({one["nonce"] for one in sent}) == len(sent) == 3
    assert len({one["signature"] for one in sent}) == 3


def test_when_an_attempt_came_is_told_in_hundredths_at_most() -> None:
    """Where a vendor tries again at once, the time of the answer counts: six digits help nobody."""
    with serve(Failing(2)) as url:
        done = run("send", "tencent_trtc/room_created", "--url", url, *QUICK)
    moments = re.findall(r"after (\S+) s ", done.stdout)
    assert len(moments) > 1
    assert all(re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", one) for one in moments), moments


def test_nobody_is_there_or_allowed() -> None:
    """A port where nobody listens is exit 3, another machine is asked for."""
    assert run("send", "record", "--url", "http://127.0.0.1:9").returncode == 3
    elsewhere = run("send", "record", "--url", "http://192.0.2.1/")
    assert elsewhere.returncode == 2
    assert "--allow-host 192.0.2.1" in elsewhere.stderr


def test_outages() -> None:
    """How long one may be down, and what outages cost, as text and as JSON."""
    assert (
        "May be down for 62 s: attempts at 0, 2, 6, 14, 30, 62 s." in run("outage", "record").stdout
    )
    cost = run("outage", "record", "--down", "0..90s", "--format", "json")
    assert cost.returncode == 1
    assert json.loads(cost.stdout)["outages"][0]["lost"] == [[0.0, 28.0]]
    several = run("outage", "record", "--down", "0..20s", "--down", "25s..2m").stdout
    assert "Lost are the events of 0 to 6 s, 11 to 14 s and 25 to 58 s." in several
    assert run("outage", "record", "--down", "0..1m").returncode == 0
    assert run("outage", "record", "--down", "tomorrow").returncode == 2


def test_outages_by_the_clock() -> None:
    """A deploy or an outage is known by its time of day, or by its date, over midnight too."""
    night = run("outage", "record", "--down", "23:50..00:10", "--down", "00:10:20..00:11")
    assert night.returncode == 1
    # Those of 00:09:18 on are tried last in the second outage, 62 s later.
    lost = "Lost are the events of 23:50:00 to 00:08:58 and 00:09:18 to 00:09:30."
    assert lost in night.stdout
    dated = "2026-03-01T02:10..2026-03-01T02:25"
    told = json.loads(run("outage", "record", "--down", dated, "--format", "json").stdout)
    assert (told["since"], told["outages"][0]["lost"]) == ("2026-03-01 02:10:00", [[0.0, 838.0]])
    for mixed in (["10s..20s"], ["02:10..02:12+01:00"]):
        refused = run("outage", "record", "--down", "02:10..02:25", "--down", *mixed)
        assert refused.returncode == 2
        assert "02:10..02:25" in refused.stderr


def test_what_is_sent_can_be_shaped_and_shown() -> None:
    """Fields come, go and change, in nested JSON too; what breaks the contract is told."""
    shown = run("send", "record", "--print", "json", "--add", "/extra_params/new=[1]")
    assert json.loads(json.loads(shown.stdout)["extra_params"])["new"] == [1]
    broken = run("send", "record", "--print", "json", "--remove", "/appid")
    assert broken.returncode == 2
    assert "HP201 /appid" in broken.stderr
    forced = run("send", "record", "--print", "json", "--remove", "/appid", "--force")
    assert "appid" not in json.loads(forced.stdout)
    for way in ("curl", "http"):
        assert "extra_params" in run("send", "record", "--print", way).stdout
    assert run("send", "record").returncode == 2
    held = run("send", "record", "--url", "http://127.0.0.1:9/", "--threshold", "p99<1s")
    assert (held.returncode, "--threshold is about many" in held.stderr) == (2, True)
    assert run("send", "record", "--print", "json", "--remove", "/none").returncode == 2


def test_a_body_of_ones_own(tmp_path) -> None:
    """From a file or the standard input; only what each attempt has anew is another."""
    first = json.loads(run("send", "record", "--print", "json").stdout)
    own = {**first, "replay_url": "https://mine.example/1", "begin_time": "1500000000"}
    (tmp_path / "own.json").write_text(json.dumps(own))
    own_file = ["send", "record", "--body", f"{tmp_path}/own.json", "--print", "json"]
    sent = json.loads(run(*own_file).stdout)
    assert {name for name in own if own[name] != sent[name]} <= {"timestamp", "nonce", "signature"}
    (tmp_path / "own.json").write_text("{not JSON")
    refused = run(*own_file)
    assert (refused.returncode, "no JSON" in refused.stderr) == (2, True)
    forced = run(*own_file, "--force")
    assert forced.stdout == "{not JSON\n"
    (tmp_path / "own.json").write_bytes(b"\xff{}")
    assert "base64 -d" in run(*own_file[:-1], "curl", "--force").stdout
    nowhere = run(*own_file[:-2], "--force", "--url", "http://127.0.0.1:9/")
    assert (nowhere.returncode, "3 bytes: \\xff{}" in nowhere.stdout) == (3, True)


def test_forgeries_are_good_where_they_are_refused() -> None:
    """Exit 0 where a correct receiver refuses, 1 where one takes everything."""
    with serve(Failing(0)) as url:
        done = run("send", "record", "--url", url, "--forge", "wrong")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "the forgery was refused")
    open_one = Failing(0)
    open_one.handle = lambda _: Reply(200)  # type: ignore[method-assign]
    with serve(open_one) as url:
        assert run("send", "record", "--url", url, "--forge", "other-secret").returncode == 1
        assert (
            run("send", "record", "--url", url, "--forge", "none", "--count", "5").returncode == 1
        )


def test_many_are_sent_and_held_to_figures() -> None:
    """Different events, counted; a threshold that is not kept is exit 1 and named."""
    receiver = Failing(0)
    with serve(receiver) as url:
        done = run("send", "record", "--url", url, "--count", "40", "--threshold", "max<0.000001s")
        assert done.returncode == 1
        assert done.stdout.splitlines()[-1] == "not kept: max<0.000001s"
        assert run("send", "record", "--url", url, "--rate", "100", "--count", "20").returncode == 0
    assert len({json.loads(body)["replay_url"] for body in receiver.got}) == 60


def test_a_receiver_that_prints_the_secret_is_veiled() -> None:
    """What it says is shown without it."""

    class Talkative(Failing):
        def handle(self, _: Incoming) -> Reply:
            return Reply(500, body=f"expected {SECRET}".encode())

    with serve(Talkative(0)) as url:
        done = run("send", "record", "--url", url)
    assert "expected" in done.stdout
