"""`hookproof serve`: what it takes, answers, keeps and shows, in a process of its own."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from acceptance.command import Ran, called
from acceptance.serving import SECRET, Served, answer_of, post, serve, signed, wait_for

pytest.importorskip("uvicorn")
pytest.importorskip("httptools")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a secret, for the tests that change nothing of it."""
    found = serve(tmp_path_factory.mktemp("serve"), "--path", "zego_zim=/zim")
    yield found
    found.stop()


def newest(served: Served) -> dict[str, Any]:
    """The capture that came last, whole."""
    number = served.captures[0]["id"]
    found: dict[str, Any] = served.get(f"/api/captures/{number}")
    return found


class TestAnswers:
    """Each request is answered as its vendor documents, and is in the list."""

    @pytest.mark.parametrize(
        ("name", "body"),
        [
            ("zego_rtc/record", 1),  # as an older version of its page wants
            ("zego_zim/before_send_msg", {"result": 0}),
            ("tencent_trtc/room_created", b""),
        ],
    )
    def test_a_genuine_callback(self, served: Served, name: str, body: Any) -> None:
        """2XX with the documented body; the signature is valid and nothing is found."""
        assert post(served.url, signed(name)) == (200, body)
        found = newest(served)
        assert (found["callback"], found["signature"], found["status"]) == (name, "valid", 200)
        assert found["worst"] in {"", "note"}

    def test_a_wrong_signature(self, served: Served) -> None:
        """401, kept all the same, with the doctor's word."""
        assert post(served.url, signed(secret="another"))[0] == 401
        found = newest(served)
        assert (found["signature"], found["status"]) == ("wrong", 401)
        [finding] = found["found"]
        assert finding["code"] == "HP302"
        assert "a secret that is not known here" in finding["hint"]

    @pytest.mark.parametrize("mask", ["***", "REDACTED", "[Filtered]"])
    def test_what_looks_like_a_mask_is_a_wrong_signature(self, served: Served, mask: str) -> None:
        """A tool that captures hides signatures; who sends a request himself has made one up."""
        payload = {**json.loads(signed().body), "signature": mask}
        forged = urllib.request.Request(served.url, json.dumps(payload).encode())
        assert answer_of(forged)[0] == 401
        assert newest(served)["signature"] == "wrong"

    def test_many_wrong_signatures_cost_little(self, served: Served) -> None:
        """They are explained when somebody looks, not before."""
        for _ in range(25):
            post(served.url, signed(secret="another"))
        assert "a secret that is not known here" in newest(served)["found"][0]["hint"]

    def test_what_the_contract_does_not_know(self, served: Served) -> None:
        """It is acknowledged, for vendors add events and fields, and told."""
        odd = urllib.request.Request(served.url + "x?y=1", b'{"event":"brand_new"}')
        assert answer_of(odd)[0] == 200
        assert [one["code"] for one in newest(served)["found"]] == ["HP220"]
        assert post(served.url, signed(extra="field"))[0] == 200
        assert [one["where"] for one in newest(served)["found"]] == ["/extra"]

    def test_what_is_no_callback(self, served: Served) -> None:
        """No JSON is 400, a GET 405; both are kept, nothing is too odd to be shown."""
        odd = urllib.request.Request(served.url, b'\xff{"a', {"X-Odd": "\xe9\x80"})
        assert answer_of(odd)[0] == 400
        assert "base64" in newest(served)["raw"]
        assert answer_of(urllib.request.Request(served.url + "a%00b"))[0] == 405
        assert newest(served)["method"] == "GET"

    def test_a_path_of_a_product(self, served: Served) -> None:
        """What comes to it is of that product, and of no other."""
        assert post(served.url + "zim", signed("zego_zim/before_send_msg"))[0] == 200
        assert newest(served)["signature"] == "valid"
        post(served.url + "zim", signed("zego_rtc/record"))
        assert newest(served)["callback"] == ""


class TestClients:
    """Clients that are slow, broken or greedy get no further than their limit."""

    @pytest.mark.parametrize(
        ("sent", "status"),
        [
            (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n", b"413"),
            (b"POST / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 70_000, b"431"),
            (b"nonsense\r\n\r\n", b"400"),
        ],
    )
    def test_too_much_or_no_http(self, served: Served, sent: bytes, status: bytes) -> None:
        """Refused with a status, and the connection is closed."""
        at = urlsplit(served.url)
        with socket.create_connection((at.hostname, at.port), timeout=10) as client:
            client.sendall(sent)
            got = b""
            while piece := client.recv(4096):
                got += piece
        assert got.startswith(b"HTTP/1.1 " + status)

    def test_one_that_goes_away_leaves_nothing(self, served: Served) -> None:
        """Half a request is none."""
        before = served.captures[0]["id"] if served.captures else 0
        at = urlsplit(served.url)
        for _ in range(20):
            with socket.create_connection((at.hostname, at.port), timeout=10) as client:
                client.sendall(b'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"a')
        assert post(served.url, signed())[0] == 200
        assert newest(served)["id"] == before + 1


class TestPage:
    """The page is this machine's alone, and strangers do nothing through it."""

    def test_another_name_gets_nothing(self, served: Served) -> None:
        """A name server that says that evil.example is here changes nothing."""
        asked = urllib.request.Request(f"{served.page}api/captures", headers={"Host": "evil.test"})
        assert answer_of(asked)[0] == 421

    def test_no_other_origin_is_let_in(self, served: Served) -> None:
        """No header allows any, and the policy lets no script but our own run."""
        with urllib.request.urlopen(served.page, timeout=10) as answer:
            headers, text = answer.headers, answer.read().decode()
        assert not [name for name in headers if name.lower().startswith("access-control")]
        nonce = re.search(r"script-src 'nonce-([\w-]+)'", headers["Content-Security-Policy"])
        assert nonce
        assert text.count(f'nonce="{nonce[1]}"') == 2
        assert "innerHTML" not in text
        # Data apart, which is no more than text, there is no address but the example of a field.
        ours = re.sub(r'<meta name="first"[^>]*>', "", text)
        assert "http://" not in ours.replace("http://127.0.0.1:3000/callbacks", "")

    def test_actions_want_the_token(self, served: Served) -> None:
        """Without it, with another one, or from another origin: 403."""
        post(served.url, signed())
        number = served.captures[0]["id"]
        for headers in ({"X-Hookproof-Token": "no"}, {"Origin": "http://evil.test"}):
            assert served.act(number, "curl", **headers)[0] == 403
        assert served.act(number, "curl")[0] == 200
        plain = urllib.request.Request(f"{served.page}api/captures/{number}/curl", b"{}")
        assert answer_of(plain)[0] == 403

    def test_the_secret_is_nowhere(self, served: Served) -> None:
        """A stranger who sends it back finds it hidden."""
        answer_of(urllib.request.Request(served.url, json.dumps({"a": SECRET}).encode()))
        with urllib.request.urlopen(
            f"{served.page}api/captures/{served.captures[0]['id']}", timeout=10
        ) as answer:
            text = answer.read().decode()
        assert SECRET not in text
        assert "<secret>" in text

    def test_events_go_on_where_they_ended(self, served: Served) -> None:
        """What came while nobody listened follows by Last-Event-ID, in order."""
        post(served.url, signed())
        last = served.captures[0]["id"]
        for _ in range(5):
            post(served.url, signed())
        asked = urllib.request.Request(f"{served.page}events", headers={"Last-Event-ID": str(last)})
        with urllib.request.urlopen(asked, timeout=10) as stream:
            ids: list[int] = []
            while len(ids) < 5:
                line = stream.readline().decode()
                ids += [int(line[4:])] if line.startswith("id: ") else []
        assert ids == list(range(last + 1, last + 6))

    def test_a_filter_finds_words_anywhere(self, served: Served) -> None:
        """In bodies, names, findings; every word has to be there."""
        post(served.url, signed(stream_alias="needle-in-hay"))
        found = served.get("/api/captures?q=needle-in-hay%20RECORD")["captures"]
        assert [one["callback"] for one in found] == ["zego_rtc/record"]
        assert served.get("/api/captures?q=needle-in-hay%20nothing")["captures"] == []

    def test_curl_sends_the_same_bytes(self, served: Served) -> None:
        """The line that is copied is a capture that is read."""
        post(served.url, signed(stream_alias="it's \u00e9"))
        number = served.captures[0]["id"]
        line = served.act(number, "curl")[1]["line"]
        done = subprocess.run(["sh", "-c", line], capture_output=True, check=True, timeout=20)
        assert done.stdout.startswith(b"HTTP/1.1 200")
        assert newest(served)["raw"] == served.get(f"/api/captures/{number}")["raw"]

    def test_a_replay_is_signed_anew(self, served: Served) -> None:
        """And says so; byte by byte it is what it was. No other machine is sent anything."""
        post(served.url, signed(secret="another"))
        number = served.captures[0]["id"]
        wish = {"url": served.url}
        status, said = served.act(number, "replay", wish)
        assert (status, said["ok"]) == (200, True)
        assert said["told"].startswith("signed anew: answered 200")
        said = served.act(number, "replay", {**wish, "as_captured": True})[1]
        assert said["told"].startswith("as captured: answered 401")
        status, said = served.act(number, "replay", {"url": "http://192.0.2.1/"})
        assert status == 422
        assert "not this machine" in said["error"]


def test_a_fixture_can_be_published(tmp_path: Path) -> None:
    """Other names, signed with the published secret, and valid."""
    served = serve(tmp_path)
    post(served.url, signed(stream_alias="Jane-Doe-1984"))
    _, said = served.act(1, "fixture")
    served.stop()
    file = tmp_path / said["file"]
    text = file.read_text(encoding="utf-8")
    assert "Jane" not in text
    done = run("validate", str(file), folder=tmp_path)
    assert (done.code, "HP306" in done.out) == (0, True), done.out


def run(*args: str, folder: Path) -> Ran:
    """Run a command to its end in a folder, with the secret of these tests."""
    with contextlib.chdir(folder):
        return called(*args, env={"HOOKPROOF_SECRET": SECRET})


def test_what_is_kept_is_there_after_a_restart(tmp_path: Path) -> None:
    """The store, the numbers and the token stay; its file is its owner's, and no repository's."""
    served = serve(tmp_path)
    post(served.url, signed())
    token = (served.act(1, "curl")[0], store_mode(tmp_path))
    assert token == (200, 0o600)
    printed = served.stop(signal.SIGINT)
    assert "#1  200  zego_rtc/record  valid" in printed
    again = serve(tmp_path)
    post(again.url, signed())
    assert [one["id"] for one in again.captures] == [2, 1]
    again.stop()
    assert (tmp_path / ".hookproof" / ".gitignore").read_text(encoding="utf-8") == "*\n"
    done = run("validate", ".hookproof/captures.db", folder=tmp_path)
    assert "PASS" in done.out
    assert "2 captures" in done.out


def store_mode(folder: Path) -> int:
    """Who may read the store."""
    return (folder / ".hookproof" / "captures.db").stat().st_mode & 0o777


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    """A file that is no store of ours is refused, and stays as it is."""
    (tmp_path / "other.db").write_bytes(b"not ours")
    done = run("serve", "--store", "other.db", "--port", "0", "--page-port", "0", folder=tmp_path)
    assert done.code == 2
    assert "other.db cannot be opened as a store" in done.err
    assert (tmp_path / "other.db").read_bytes() == b"not ours"


def test_what_cannot_be_served_is_refused_with_the_way_out(tmp_path: Path) -> None:
    """Before anything is listened for: which option, and what it may be."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        for options, why in [
            (("--port", port), "name another port by --port"),
            (("--port", "0", "--page-port", port), "name another port by --page-port"),
            (("--port", "0", "--host", "192.0.2.1"), "--host is an address of this machine"),
            (("--fail", "700"), "a status from 200 to 599"),
            (("--keep", "0d"), "keeps nothing"),
            (("--path", "record=/a", "--path", "compose=/a"), "/a is for zego_rtc/record already"),
            (("--path", "zego_rtc=/a", "--path", "record=/a"), "/a is for zego_rtc already"),
            (("--path", "record=/a", "--path", "zego_rtc=/a"), "/a is for zego_rtc/record already"),
            (("--alert", "no-such-command -x"), "there is no command 'no-such-command'"),
        ]:
            done = run("serve", *options, folder=tmp_path)
            assert (done.code, why in done.err) == (2, True), done


class Elsewhere(BaseHTTPRequestHandler):
    """What callbacks are handed to: says what it got."""

    def do_POST(self) -> None:
        """Answer 202 with the body turned round."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(202)
        self.send_header("Content-Type", "text/x-odd")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[::-1])

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def test_a_callback_is_handed_on(tmp_path: Path) -> None:
    """To the byte, and the answer comes back; where nobody is there it is 502."""
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    served = serve(tmp_path, "--forward", f"http://127.0.0.1:{server.server_port}/in")
    request = signed()
    assert post(served.url, request) == (202, request.body[::-1])
    wait_for(lambda: served.captures[0]["answer"])
    assert served.captures[0]["status"] == 202
    server.shutdown()
    server.server_close()
    assert post(served.url, request)[0] == 502
    assert post(served.url, signed(secret="another"))[0] == 401
    served.stop()


def test_faults_on_purpose(tmp_path: Path) -> None:
    """So many of each, one kind after the other; all of them are kept."""
    served = serve(tmp_path, "--fail", "503:2", "--drop", "1", "--delay", "10ms")
    assert [post(served.url, signed())[0] for _ in range(2)] == [503, 503]
    with pytest.raises((ConnectionError, OSError)):
        post(served.url, signed())
    assert post(served.url, signed())[0] == 200
    assert [one["status"] for one in served.captures] == [200, None, 503, 503]
    assert "on purpose" in served.captures[1]["answer"]
    served.stop()


@pytest.mark.parametrize(
    ("fault", "options", "code", "last"),
    [
        ((), (), 0, "delivered after 1 attempt"),
        (("--fail", "503:2"), (), 0, "delivered after 3 attempts"),
        (("--drop", "1"), (), 0, "delivered after 2 attempts"),
        (("--fail", "500"), (), 1, "lost after 6 attempts"),
        (("--hang",), ("--timeout", "0.2"), 1, "lost after 6 attempts"),
    ],
    ids=["delivery", "recovery", "recovery-of-a-drop", "loss", "loss-in-silence"],
)
def test_against_the_vendor_with_its_retries(
    tmp_path: Path, fault: tuple[str, ...], options: tuple[str, ...], code: int, last: str
) -> None:
    """`send --deliver` and `serve` against each other: a delivery, a recovery, a loss."""
    served = serve(tmp_path, *fault)
    done = run(
        *("send", "zego_rtc/room_login", "--url", served.url, "--deliver"),
        *("--time-scale", "100000", *options),
        folder=tmp_path,
    )
    assert (done.code, done.out.splitlines()[-1]) == (code, last), done
    attempts = int(last.split()[2])
    wait_for(lambda: len(served.captures) == attempts)
    assert {one["signature"] for one in served.captures} == {"valid"}
    served.stop()


def test_nothing_that_was_answered_is_lost(tmp_path: Path) -> None:
    """SIGKILL in the midst of it, twice: each that was answered 200 is in the store."""
    answered: list[str] = []
    for number in range(2):
        served = serve(tmp_path, "--quiet")
        stop = threading.Event()

        def work(served: Served = served, stop: threading.Event = stop, at: int = number) -> None:
            mark = 0
            while not stop.is_set():
                mark += 1
                name = f"kept-{at}-{threading.get_ident()}-{mark}"
                try:
                    if post(served.url, signed(stream_alias=name))[0] == 200:
                        answered.append(name)
                except OSError:
                    return

        threads = [threading.Thread(target=work) for _ in range(6)]
        for one in threads:
            one.start()
        goal = len(answered) + 30
        wait_for(lambda goal=goal: len(answered) > goal)
        served.process.kill()
        served.process.communicate(timeout=10)
        stop.set()
        for one in threads:
            one.join(timeout=20)
    served = serve(tmp_path)
    held = {served.get(f"/api/captures/{one['id']}")["lines"][1][2] for one in served.captures}
    served.stop()
    assert set(answered) - held == set()
    assert len(answered) > 60


@pytest.mark.parametrize(
    ("how", "code"),
    [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=["SIGINT", "SIGTERM", "SIGHUP"],
)
def test_it_ends_in_good_order(tmp_path: Path, how: int, code: int) -> None:
    """While one waits for its answer and another sends: no trace, no file beside the store."""
    served = serve(tmp_path, "--hang", "1")
    at = urlsplit(served.url)
    request = signed()
    head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {len(request.body)}\r\n\r\n".encode()
    with (
        socket.create_connection((at.hostname, at.port), timeout=10) as waits,
        socket.create_connection((at.hostname, at.port), timeout=10) as sends,
    ):
        waits.sendall(head + request.body)
        sends.sendall(head)
        wait_for(lambda: served.captures and served.captures[0]["answer"])
        served.stop(how)
    assert served.process.returncode == code
    assert [one.name for one in sorted((tmp_path / ".hookproof").iterdir())] == [
        ".gitignore",
        "captures.db",
    ]
    again = serve(tmp_path)
    assert [one["answer"] for one in again.captures] == ["left hanging on purpose"]
    again.stop()


_STRUCK_WITHIN_A_REQUEST = """
import os, signal, sys
from hookproof.cli.main import main
from hookproof.serve.clients import Client
how = getattr(signal, sys.argv.pop())
Client.on_url = lambda client, url: os.kill(os.getpid(), how)
main()
"""


@pytest.mark.parametrize(("how", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_an_end_that_comes_while_a_request_is_parsed(tmp_path: Path, how: str, code: int) -> None:
    """The parser takes what is raised within it for a fault of the request, and goes on."""
    words = [sys.executable, "-c", _STRUCK_WITHIN_A_REQUEST, "serve", "--port", "0"]
    words += ["--page-port", "0", "--store", str(tmp_path / "captures.db"), how]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        try:
            said = iter(process.stdout.readline, "")
            port = next(found[1] for line in said if (found := re.search(r"1:([0-9]+)/", line)))
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", b"{}", timeout=20)
            process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == code


class TestReplay:
    """`hookproof replay` takes captures."""

    def test_from_the_store(self, tmp_path: Path) -> None:
        """All or some of them, signed anew or as they were, in any pace."""
        first = serve(tmp_path)
        post(first.url, signed(secret="another"))
        post(first.url, signed("tencent_im/c2c_after_msg_report"))
        post(first.url, signed("zego_zim/before_send_msg"))
        first.stop()
        second = serve(tmp_path, "--store", "second/two.db")
        store = str(tmp_path / ".hookproof" / "captures.db")
        told = run("replay", store, "--url", second.url, folder=tmp_path)
        assert told.code == 0, told
        assert told.out.count("signed anew") == 3
        some = run(
            *("replay", store, "1..2", "--as-captured", "--url", second.url, "--speed", "10000"),
            folder=tmp_path,
        )
        assert (some.code, some.out.count("as captured")) == (1, 2)
        assert some.out.endswith("2 sent, 1 of them not received, as the vendor counts\n")
        one = run(
            "replay", store, "--callback", "before_send_msg", "--url", second.url, folder=tmp_path
        )
        assert one.out.endswith("1 sent, all received\n")
        kept = [one["status"] for one in second.captures]
        assert kept == [200, 200, 401, 200, 200, 200]
        bodies = [second.get(f"/api/captures/{number}")["raw"] for number in (2, 5)]
        # What is signed outside of the body goes out in the bytes in which it came.
        assert bodies[0] == bodies[1]
        second.stop()

    def test_what_is_wrong_is_said(self, tmp_path: Path) -> None:
        """No receiver, no capture, no URL, no such number: exit codes 3 and 2."""
        (tmp_path / "one.json").write_bytes(signed().body)
        (tmp_path / "log.txt").write_text("nothing here\n", encoding="utf-8")
        for args, code, why in [
            (("one.json", "--url", "http://127.0.0.1:9/"), 3, "127.0.0.1:9"),
            (("one.json",), 2, "--url"),
            (("one.json", "7", "--url", "http://127.0.0.1:9/"), 2, "no such capture"),
            (("one.json", "x", "--url", "http://127.0.0.1:9/"), 2, "no number"),
            (("log.txt", "--url", "http://127.0.0.1:9/"), 2, "validate"),
            (("none.json", "--url", "http://127.0.0.1:9/"), 2, "none.json"),
        ]:
            done = run("replay", *args, folder=tmp_path)
            assert (done.code, why in done.err) == (code, True), done


class Told(BaseHTTPRequestHandler):
    """Somebody who is told of what is new; the first time it fails."""

    got: list[dict[str, Any]]

    def do_POST(self) -> None:
        """Keep the alert."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append(json.loads(body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def test_drift_is_told_once(tmp_path: Path) -> None:
    """Over a restart too, to a URL and to a command, with page and patch; never of a forgery."""
    told = type("Here", (Told,), {"got": []})
    server = HTTPServer(("127.0.0.1", 0), told)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    options = (
        *("--alert", f"http://127.0.0.1:{server.server_port}/alerts"),
        *("--alert", f"tee -a {tmp_path}/alerts.ndjson"),
    )
    served = serve(tmp_path, *options)
    post(served.url, signed(forged=1, secret="another"))
    for _ in range(3):
        post(served.url, signed(brand_new=1))
    wait_for(lambda: told.got)
    printed = served.stop()
    assert "new: zego_rtc/record: a field that no page knows: /brand_new = 1 (#2)" in printed
    again = serve(tmp_path, *options)
    post(again.url, signed(brand_new=1))
    post(again.url, signed(another_one=1))
    wait_for(lambda: len(told.got) > 1)
    again.stop()
    server.shutdown()
    server.server_close()
    assert [one["where"] for one in told.got] == ["/brand_new", "/another_one"]
    assert told.got[0]["page"].endswith("#2")
    assert told.got[0]["patch"].startswith("--- a/schemas/")
    assert "headers" not in told.got[0]
    kept = (tmp_path / "alerts.ndjson").read_bytes()
    assert kept.count(b"/brand_new = 1") >= 1


def test_an_archive_gives_patches(tmp_path: Path) -> None:
    """`validate --propose` writes them, and says what they are for."""
    (tmp_path / "one.json").write_bytes(signed(brand_new=1).body)
    done = run("validate", "one.json", "--propose", "out", folder=tmp_path)
    assert done.code == 0
    assert "1 thing the contract does not know; see out/seen.md" in done.out
    assert '+    "brand_new"' in (tmp_path / "out" / "contract.patch").read_text("utf-8")
    (tmp_path / "two.json").write_bytes(signed().body)
    done = run("validate", "two.json", "--propose", "none", folder=tmp_path)
    assert "nothing is proposed" in done.out
    assert not (tmp_path / "none").exists()
