"""Headers and values that the caller gives are sent, and secret ones are shown nowhere."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from acceptance import command

from hookproof.contract import Contract
from hookproof.report.writers import WRITERS
from hookproof.testing import Incoming, Receiver, Refused, Reply, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hookproof.testing.receiver import Delivered

SECRET = "9193cc662a4c0ec135ec71fb57194b38"
PASSWORD = "Basic dXNlcjphIHNlY3JldCBvbmU="
LOGIN, ENTERED = "zego_rtc/room_login", "tencent_trtc/room_entered"


class Recorder(Receiver):
    """A correct receiver behind a gateway: it wants some headers, and keeps what came."""

    def __init__(self, **wanted: str) -> None:
        super().__init__(
            Contract(), secrets=dict.fromkeys(("zego_rtc", "tencent_trtc"), SECRET.encode())
        )
        self.wanted = wanted
        self.got: list[Incoming] = []

    def handle(self, incoming: Incoming) -> Reply:
        """Refuse what does not come through the gateway."""
        self.got.append(incoming)
        headers = {name.lower(): value for name, value in incoming.headers}
        for name, value in self.wanted.items():
            if headers.get(name) != value:
                # As a debug page does, it prints what it got.
                return Reply(403, json.dumps(headers).encode())
        return super().handle(incoming)


class Ran(NamedTuple):
    """What a call gave; `output` is all that it wrote."""

    exit_code: int
    stdout: str
    output: str


def called(*arguments: str) -> Ran:
    """A call of the command, with the secrets in its environment."""
    around = {"HOOKPROOF_SECRET": SECRET, "GATEWAY": PASSWORD, "NO_COLOR": "1"}
    ran = command.called(*arguments, env=around)
    return Ran(ran.code, ran.out, ran.out + ran.err)


def in_shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What comes of a line that was printed."""
    return subprocess.run(
        ["/bin/sh", "-c", line],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_headers_that_stand_between_are_sent_with_each_request() -> None:
    """Host, User-Agent, a password and the vendor's own header with the caller's value."""
    receiver = Recorder(
        host="hooks.example", authorization=PASSWORD, sdkappid="1400000077", **{"user-agent": "x/1"}
    )
    with serve(receiver) as url:
        ran = called(
            *("test", url, "--callback", ENTERED, "--max-cases", "60", "-q", "--no-cache"),
            *("--header", "Host: hooks.example", "--header", "User-Agent: x/1"),
            *("--header", "SdkAppId: 1400000077", "--header-env", "Authorization=GATEWAY"),
        )
    assert ran.exit_code == 0, ran.output
    assert len(receiver.got) >= 60
    for incoming in receiver.got:
        assert [v for n, v in incoming.headers if n.lower() == "host"] == ["hooks.example"]


def test_a_user_agent_and_accept_are_sent_unasked() -> None:
    """A filter before a receiver refuses requests without them."""
    receiver = Recorder(accept="*/*")
    with serve(receiver) as url:
        assert called("test", url, "--callback", LOGIN, "--max-cases", "5", "-q").exit_code == 4
    agents = {v for one in receiver.got for n, v in one.headers if n.lower() == "user-agent"}
    assert [agent.partition("/")[0] for agent in agents] == ["hookproof"]


@pytest.mark.parametrize("output", WRITERS)
def test_a_secret_header_is_shown_nowhere(output: str) -> None:
    """Reports have its variable in the recipe, and an answer that prints the value is veiled."""
    receiver = Recorder(authorization=PASSWORD, accept="text/json")
    with serve(receiver) as url:
        ran = called(
            *("test", url, "--callback", LOGIN, "--max-cases", "30", "-q", "--format", output),
            *("--header-env", "Authorization=GATEWAY"),
        )
    assert ran.exit_code == 1
    for shown in (PASSWORD, PASSWORD.split()[1], "a secret one"):
        assert shown not in ran.output
    if output == "json":
        assert "${GATEWAY:?}" in json.loads(ran.output)["findings"][0]["reproduce"]


def test_the_recipe_of_an_example_sends_what_was_given() -> None:
    """The line for a shell reads the secret value from its variable, and is accepted."""
    receiver = Recorder(authorization=PASSWORD, sdkappid="7", host="hooks.example")
    given = ["--header", "SdkAppId: 7", "--header", "Host: hooks.example"]
    with serve(receiver) as url:
        line = called(
            *("example", ENTERED, "--signed", "--format", "curl", "--url", url),
            *given,
            *("--header-env", "Authorization=GATEWAY"),
        ).output
        done, unset = in_shell(line, GATEWAY=PASSWORD), in_shell(line)
    assert " 200 " in done.stdout.splitlines()[0]
    assert unset.returncode
    assert PASSWORD not in line


WRONG: list[tuple[list[str], str]] = [
    (["--header", "no colon"], "has no colon"),
    (["--header", "A b: c"], "is no name of a header"),
    (["--header", "A: b\r\nC: d"], "cannot be sent"),
    (["--header", "Content-Length: 3"], "follows from the request itself"),
    (["--header-env", "A=NOWHERE"], "is not set"),
    (["--set", "appid=1"], "is not POINTER=VALUE"),
    (["--set", "/nowhere=1"], "no callback has a field /nowhere"),
    (["--set", "/appid=x"], "breaks the contract"),
    (["--sample", "/nowhere.json"], "cannot be read"),
]


@pytest.mark.parametrize(("options", "words"), WRONG)
@pytest.mark.parametrize("command", [["test", "http://127.0.0.1:9/", "--callback"], ["example"]])
def test_what_cannot_be_sent_is_wrong_usage(
    command: list[str], options: list[str], words: str
) -> None:
    """It is told before anything is sent, with the way out; no value of a header is shown."""
    ran = called(*command, LOGIN, *options)
    assert ran.exit_code == 2
    assert words in ran.output
    assert "C: d" not in ran.output


def test_the_signature_is_not_given() -> None:
    """A header of the signature's name would replace what is proved."""
    ran = called("example", ENTERED, "--header", "sign: x")
    assert (ran.exit_code, "is the signature of" in ran.output) == (2, True)


def test_set_values_keep_the_type_of_their_field() -> None:
    """Into nested JSON too, whose layout stays as it is."""

    def body(*options: str) -> Any:
        return json.loads(called("example", *options).stdout)

    assert body("record", "--set", "/appid=42")["appid"] == "42"
    nested = body("record", "--set", "/extra_params/Duration=7.5")["extra_params"]
    assert json.loads(nested)["Duration"] == 7.5
    assert body(ENTERED, "--signed", "--set", "/EventInfo/RoomId=77")["EventInfo"]["RoomId"] == 77
    text = body(ENTERED, "--set", '/EventInfo/RoomId="77"')["EventInfo"]["RoomId"]
    assert text == "77"


class Known(Receiver):
    """A correct receiver that knows one application and one room."""

    wanted: Callable[[dict[str, Any]], bool]

    def process(self, delivered: Delivered) -> None:
        """Answer 404 to what it does not know."""
        if not self.wanted(delivered.payload):
            raise Refused(404, "not known here")


def test_what_is_set_stays_so_through_the_run() -> None:
    """A receiver that knows one application and one room finds no other one."""
    receiver = Known(Contract(), secrets={"zego_rtc": SECRET.encode()})
    receiver.wanted = lambda payload: (payload["appid"], payload["room_id"]) == ("123", "lobby")
    with serve(receiver) as url:
        asked = ["test", url, "--callback", LOGIN, "--max-cases", "300", "-q", "--format", "json"]
        ran = called(*asked, "--set", "/appid=123", "--set", "/room_id=lobby")
    errors = [f["message"] for f in json.loads(ran.output)["findings"] if f["severity"] == "error"]
    assert (ran.exit_code, errors) == (0, [])


def test_a_sample_is_sent_with_what_it_names(tmp_path: Path) -> None:
    """Room and user of a sample that was captured stay; the other documented shapes are tried."""
    sample = json.loads(called("example", LOGIN).stdout)
    file = tmp_path / "login.json"
    file.write_text(json.dumps({**sample, "appid": "9", "room_id": "r9", "user_account": "u9"}))
    receiver = Known(Contract(), secrets={"zego_rtc": SECRET.encode()})
    receiver.wanted = lambda p: (p["appid"], p["room_id"], p["user_account"]) == ("9", "r9", "u9")
    with serve(receiver) as url:
        asked = ["test", url, "--callback", LOGIN, "--max-cases", "300", "-q", "--format", "json"]
        ran = called(*asked, "--sample", str(file))
    errors = [f["message"] for f in json.loads(ran.output)["findings"] if f["severity"] == "error"]
    assert (ran.exit_code, errors) == (0, [])
    file.write_text("{}")
    assert called(*asked, "--sample", str(file)).exit_code == 2
