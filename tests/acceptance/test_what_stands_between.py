"""A proxy with a limit, a gateway with headers, and a report that is replayed through both."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.command import called
from acceptance.receiver_runs import contract, errors, run
from receivers.truths.host import HANDLED, NO, OK, SECRET, Call, Told, chat, serving, trtc, zego

from hookproof.testing import Receiver, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hookproof.testing.receiver import Incoming

LOGIN, ENTERED = "zego_rtc/room_login", "tencent_trtc/room_entered"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
CONFIGURATION = """\
daemon off; master_process off; pid {folder}/pid; error_log stderr crit;
events {{}}
http {{
    access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
    fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{
        listen 127.0.0.1:{port}; client_max_body_size 2k;
        location / {{ proxy_pass {behind}; }}
    }}
}}
"""


def verifies(call: Call) -> Told:
    """A receiver that is right."""
    return OK if zego(call) else NO


@contextmanager
def behind_nginx(url: str, folder: Path) -> Iterator[str]:
    """A receiver behind nginx, which takes bodies of two kilobytes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    behind = url.removesuffix("/hook")
    (folder / "conf").write_text(CONFIGURATION.format(folder=folder, port=port, behind=behind))
    command = [str(NGINX), "-p", str(folder), "-e", "stderr", "-c", str(folder / "conf")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as proxy:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/hook"
        finally:
            proxy.terminate()


def report_on(url: str, folder: Path, *options: Any) -> dict[str, Any]:
    """The report of the command on a receiver, in report.json of the folder."""
    report = folder / "report.json"
    around = {"HOOKPROOF_SECRET": SECRET.decode()}
    called("test", url, "--no-cache", *options, "--report", f"json={report}", env=around)
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
def test_a_limit_of_a_proxy_is_found_and_told(tmp_path: Path) -> None:
    """Two kilobytes are below what a vendor sends, and the proxy is where to look."""
    with serving(verifies) as url, behind_nginx(url, tmp_path) as front:
        report = report_on(front, tmp_path, "--callback", LOGIN, "--max-cases", 95)
    [found] = [one for one in report["findings"] if one["severity"] == "error"]
    assert (found["code"], found["status"]) == ("HP402", 413)
    assert "limit of bodies" in found["hint"]
    assert "in a proxy too" in found["hint"]


class WantsWhatIsDocumented(Receiver):
    """Refuses what lacks a header or parameter that the pages list."""

    def handle(self, incoming: Incoming) -> Reply:
        """Look for them before anything else."""
        names = {name.lower() for name, _ in incoming.headers}
        wanted = ("SdkAppid=", "CallbackCommand=", "RequestTime=")
        in_query = all(one in incoming.path for one in wanted)
        if "sdkappid" not in names and not in_query:
            return Reply(403, b"{}")
        return super().handle(incoming)


def test_what_pages_list_beside_the_body_is_sent() -> None:
    """The header of one product and the parameters of another come with each request."""
    chosen = [contract().callback(name) for name in (ENTERED, "tencent_im/state_change")]
    report = run(WantsWhatIsDocumented, chosen=chosen, max_cases=90)
    assert errors(report) == []
    assert report.verdict == "pass"


def takes_all_of_its_own(call: Call) -> Told:
    """A receiver without a signature check behind a gateway, for one application."""
    known = call.headers.get("X-Gateway") == "yes" and call.payload.get("appid") == "777"
    return OK if known else (403, {})


def test_a_replay_goes_the_way_of_the_run(tmp_path: Path) -> None:
    """With the same headers and values all still holds; without them nothing is proved."""
    given = ("--header", "X-Gateway: yes", "--set", "/appid=777")
    strictly = ("--policy", "strict", "--callback", LOGIN, "--max-cases", 60)
    around = {"HOOKPROOF_SECRET": SECRET.decode()}
    with serving(takes_all_of_its_own) as url:
        report = report_on(url, tmp_path, *given, *strictly)
        assert {"HP406", "HP407"} <= {one["code"] for one in report["findings"]}
        again = called("replay", tmp_path / "report.json", *given, env=around)
        without = called("replay", tmp_path / "report.json", env=around)
    assert ", 0 no longer holds, 0 not proved" in again.out, again.out
    assert again.out.count("still holds\n") >= 2
    assert "the genuine callback is refused as well" in without.out
    assert ", 3 not proved" in without.out
    assert without.code == 4


def test_every_broken_payload_that_was_acknowledged_is_told(tmp_path: Path) -> None:
    """Whether an empty body is, and a missing event, can be read from the one note."""

    def signs_are_enough(call: Call) -> Told:
        return OK if trtc(call) else NO

    with serving(signs_are_enough) as url:
        report = report_on(url, tmp_path, "--callback", ENTERED, "--max-cases", 95)
    [note] = [one for one in report["findings"] if one["code"] == "HP406"]
    told = [one["what"] for one in note["variants"]]
    assert "a body that is an empty object" in told
    assert any(one.startswith("/EventType missing") for one in told)


def test_the_query_of_a_url_is_the_account(tmp_path: Path) -> None:
    """An application that stands in the URL is the one that each request has."""

    def knows_one(call: Call) -> Told:
        return HANDLED if chat(call) and call.query.get("SdkAppid") == "1400001111" else (403, {})

    with serving(knows_one) as url:
        to = f"{url}?SdkAppid=1400001111"
        report = report_on(to, tmp_path, "--callback", "tencent_im/state_change", "--max-cases", 60)
    assert report["verdict"] == "pass"
