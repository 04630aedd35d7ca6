"""A vendor that asks by a GET whose an address is gets its challenge back, and nobody else does."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from acceptance.command import called
from acceptance.receiver_runs import SHARED
from small_contract import SOURCE, read_contract, write_contract

from hookproof.conformance.running.run import Plan, run_test
from hookproof.contract import contract_in
from hookproof.contract_proof.check import check_contract
from hookproof.findings import Severity
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport
from hookproof.receiver import NoConfirmation
from hookproof.receiver import Receiver as Hooks
from hookproof.receiver.asgi import CallbackApp
from hookproof.receiver.aws_lambda import handler
from hookproof.receiver.wsgi import CallbackApp as WsgiApp
from hookproof.serve.reception import Reception
from hookproof.serve.store import Stored
from hookproof.signature.secrets import Secrets
from hookproof.testing import Receiver, serve
from hookproof.testing.receiver import Reply

if TYPE_CHECKING:
    from pathlib import Path

SIGNED = {
    "scheme": "hmac",
    "digest": "sha256",
    "message": ["body"],
    "signature": {"in": "header", "field": "X-Sign"},
    "encodings": ["hex"],
    "required": True,
}
# As hubs of WebSub ask, with a word of the customer's own.
HUB = {
    "query": [
        {"name": "hub.mode", "text": "subscribe"},
        {"name": "hub.challenge", "sample": "1158201444"},
        {"name": "hub.verify_token", "token": True},
    ],
    "answer": [{"text": {"from": "/hub.challenge"}}],
    "status": "200",
    "source": SOURCE,
}
# An HMAC of a token, in JSON.
CRC = {
    "query": [{"name": "crc_token", "sample": "Zm9vYmFy12"}],
    "answer": [
        {
            "json": {
                "response_token": {
                    "from": "/crc_token",
                    "hmac": "sha256",
                    "encoding": "base64",
                    "prefix": "sha256=",
                }
            }
        }
    ],
    "status": "2XX",
    "source": SOURCE,
}
SECRET, TOKEN = b"secret", "my own + word"


def written(folder: Path, asked: dict[str, Any]) -> Path:
    """The small contract, of a vendor that asks so."""
    folder = write_contract(folder, signature=SIGNED)
    document = folder / "openapi" / "shop.yaml"
    value = json.loads(document.read_text())
    document.write_text(json.dumps({**value, "x-confirmation": asked}))
    return folder


def asking(token: str = TOKEN, mode: str = "subscribe", challenge: str = "77ab") -> str:
    """The URL of a GET of a hub."""
    query = {"hub.mode": mode, "hub.challenge": challenge, "hub.verify_token": token}
    return f"https://me.example/hook?own=1&{urlencode(query)}"


class Silent(Receiver):
    """Knows POST alone."""

    def confirm(self, _: str) -> Reply:
        """As most frameworks do for a route of POST."""
        return Reply(405)


class Echoes(Receiver):
    """Gives the challenge back to anybody."""

    def confirm(self, path: str) -> Reply:
        """Without a look at the token."""
        return Reply(200, path.partition("hub.challenge=")[2].partition("&")[0].encode())


class Quotes(Receiver):
    """Gives the challenge back with more around it, which the vendor takes for another one."""

    def confirm(self, path: str) -> Reply:
        """As a framework does that writes every answer as JSON."""
        right = super().confirm(path)
        return Reply(right.status, b'"%s"' % right.body)


def findings_of(
    folder: Path, kind: type[Receiver], token: str | None
) -> list[tuple[str, str, str]]:
    """Severity, code and message of what is found with a receiver of the right token."""
    contract, secrets = read_contract(folder), {"shop": SECRET}
    tokens = {} if token is None else {"shop": token}
    plan = Plan([contract.callback("order_paid")], secrets, max_cases=80, tokens=tokens)
    with serve(kind(contract, secrets=secrets, token=TOKEN)) as url:
        report = run_test(resolve_target(url), plan, surroundings=SHARED)
    assert TOKEN not in repr(report)
    return [(one.severity.value, one.code, one.message) for one in report.findings]


@pytest.mark.parametrize(
    ("kind", "token", "found"),
    [
        (Receiver, TOKEN, []),
        (Silent, TOKEN, ["HP414"]),
        (Quotes, TOKEN, ["HP414"]),
        (Echoes, TOKEN, ["HP436"]),
        (Receiver, "another", ["HP414"]),
        # Without the token nothing proves that the right one is taken, but a wrong one is told.
        (Receiver, None, []),
        (Echoes, None, ["HP436"]),
    ],
)
def test_a_receiver_confirms_its_address_to_the_vendor_alone(
    kind: type[Receiver], token: str | None, found: list[str], tmp_path: Path
) -> None:
    """What is given back is the challenge of this GET, for the customer's own word."""
    told = findings_of(written(tmp_path, HUB), kind, token)
    assert [code for severity, code, _ in told if severity == Severity.ERROR.value] == found, told
    untried = [one for one in told if "was not tried" in one[2]]
    assert len(untried) == (token is None)


def test_an_hmac_is_given_back(tmp_path: Path) -> None:
    """By the receiver of the tests, and by the library, as computed by hand."""
    folder = written(tmp_path, CRC)
    assert not [one for one in findings_of(folder, Receiver, None) if one[0] == "error"]
    hooks = Hooks("shop", secret="secret", contract=read_contract(folder))
    digest = b64encode(hmac.digest(b"secret", b"abc+/=", "sha256")).decode()
    said = hooks.confirm(url="/hook?crc_token=abc%2B%2F%3D")
    assert json.loads(said.body) == {"response_token": f"sha256={digest}"}
    assert (said.status, said.content_type) == (200, "application/json")


def test_the_library_confirms_to_the_vendor_alone(tmp_path: Path) -> None:
    """Only a GET with all that the page names is one, and each of it once."""
    contract = read_contract(written(tmp_path, HUB))
    hooks = Hooks("shop", secret="secret", contract=contract, token=TOKEN)
    said = hooks.confirm(url=asking())
    assert (said.status, said.body, said.content_type) == (200, b"77ab", "text/plain")
    for url, reason in (
        (asking(token="other"), "wrong-token"),
        (asking(token=""), "wrong-token"),
        (asking(mode="unsubscribe"), "unasked"),
        (asking() + "&hub.challenge=78", "unasked"),
        ("/hook", "unasked"),
    ):
        with pytest.raises(NoConfirmation) as caught:
            hooks.confirm(url=url)
        assert caught.value.reason == reason
    with pytest.raises(NoConfirmation, match="token"):
        Hooks("shop", secret="secret", contract=contract).confirm(url=asking(token=""))


def test_nothing_else_is_raised_whatever_a_stranger_asks(tmp_path: Path) -> None:
    """Bytes that are no text, half a character, escapes of none, names twice, in each part."""
    pieces = [
        "\udc80",
        "\ud83d",
        "\x00",
        "%ff",
        "%ED%A0%80",
        "%zz",
        "&",
        "=",
        "#",
        "李",
        "a" * 9999,
    ]
    for at, asked in enumerate((HUB, CRC)):
        contract = read_contract(written(tmp_path / str(at), asked))
        hooks = Hooks("shop", secret="secret", contract=contract, token=TOKEN)
        on_lambda = handler(hooks, lambda _: None)
        for piece in pieces:
            for url in (
                asking(challenge="X").replace("X", piece),
                asking(token="X").replace("X", piece),
                f"https://me.example/hook?crc_token={piece}",
                f"https://me.example/{piece}?{piece}",
            ):
                with contextlib.suppress(NoConfirmation):
                    hooks.confirm(url=url).body.decode()
                given = {"httpMethod": "GET", "rawQueryString": url.partition("?")[2]}
                assert on_lambda({**given, "rawPath": "/"}, None)["statusCode"] in {200, 403, 405}


def test_applications_answer_a_get(tmp_path: Path) -> None:
    """ASGI, WSGI and Lambda by themselves; any other GET is 405, as without a confirmation."""
    contract = read_contract(written(tmp_path, HUB))
    hooks = Hooks("shop", secret="secret", contract=contract, token=TOKEN)
    for url, status, body in (
        (asking(), 200, b"77ab"),
        (asking(token="other"), 403, b"wrong-token"),
        ("https://me.example/hook", 405, b"callbacks are POSTed"),
    ):
        query = url.partition("?")[2]
        assert _of_asgi(hooks, query) == (status, body)
        assert _of_wsgi(hooks, query) == (status, body)
        given = {"httpMethod": "GET", "rawPath": "/hook", "rawQueryString": query}
        said = handler(hooks, lambda _: None)(given, None)
        assert (said["statusCode"], said["body"].encode()) == (status, body)


def _of_asgi(hooks: Hooks, query: str) -> tuple[int, bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": "/hook", "headers": []}
    app = CallbackApp(hooks, lambda _: None)
    asyncio.run(app({**scope, "query_string": query.encode()}, receive, send))
    return sent[0]["status"], sent[1]["body"]


def _of_wsgi(hooks: Hooks, query: str) -> tuple[int, bytes]:
    said: list[str] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/hook", "QUERY_STRING": query}
    body = WsgiApp(hooks, lambda _: None)(environ, lambda status, _: said.append(status))
    return int(said[0][:3]), body[0]


def test_serve_confirms(tmp_path: Path) -> None:
    """With the token that is at hand, or with any where none is."""
    contract = read_contract(written(tmp_path, HUB))
    for environment, status in (({}, 200), ({"HOOKPROOF_TOKEN_SHOP": "other"}, 403)):
        reception = Reception(contract, Secrets(environment, SECRET))
        row = reception.judge(Stored(0, 0.0, "GET", asking(), (), b""))
        said = reception.answer(row)
        assert (row.status, said.status, said.body == b"77ab") == (status, status, status == 200)
    plain = Reception(read_contract(write_contract(tmp_path / "b", signature=SIGNED)), Secrets({}))
    assert plain.judge(Stored(0, 0.0, "GET", asking(), (), b"")).status == 405


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answer": [{"text": {"from": "/hub.topic"}}]}, "leads to no parameter"),
        ({"answer": [{"text": {"from": "/hub.verify_token"}}]}, "leads to no parameter"),
        ({"answer": [{"text": {"from": "/hub.challenge/x"}}]}, "leads to no parameter"),
        ({"query": [*HUB["query"], {"name": "more", "token": True}]}, "two tokens"),
        ({"query": [*HUB["query"], {"name": "more", "text": "a", "sample": "b"}]}, "too many"),
        ({"status": "404"}, "does not match"),
        ({"method": "PUT"}, "were unexpected|was unexpected"),
    ],
)
def test_what_cannot_be_carried_out_is_refused(
    change: dict[str, Any], said: str, tmp_path: Path
) -> None:
    """By its place in the document."""
    folder = written(tmp_path, {**HUB, **change})
    found = [one for one in check_contract(contract_in(folder)) if one.severity == "error"]
    assert [one.code for one in found] == ["HP508"], found
    assert any(words in found[0].message for words in said.split("|")), found
    assert not [
        one
        for one in check_contract(contract_in(written(tmp_path, HUB)))
        if one.severity == "error"
    ]


def test_it_is_shown_and_asked_by_the_command(tmp_path: Path) -> None:
    """`show` tells how it is asked, and `test` takes the token from the environment."""
    folder = written(tmp_path, HUB)
    shown = called("show", "order_paid", "--contract", folder)
    assert "a GET with hub.mode, hub.challenge, hub.verify_token" in " ".join(shown.out.split())
    contract, secrets = read_contract(folder), {"shop": SECRET}
    for token, code in ((TOKEN, 0), ("another", 1)):
        environment = {"HOOKPROOF_SECRET": "secret", "HOOKPROOF_TOKEN": token}
        with serve(Receiver(contract, secrets=secrets, token=TOKEN)) as url:
            words = ["test", url, "--contract", folder, "--max-cases", "60", "-v"]
            ran = called(*words, env=environment)
        assert ran.code == code, ran.out
        assert ("HP414" in ran.out) is (code == 1)
        # The line to see it again names the variable, and says the word to nobody.
        assert token not in ran.out
    assert '"hub.verify_token=${HOOKPROOF_TOKEN:?}"' in ran.out.replace("\\\n", "")


def test_a_get_over_the_wire(tmp_path: Path) -> None:
    """The transport sends what the vendor would."""
    contract = read_contract(written(tmp_path, HUB))
    with (
        serve(Receiver(contract, secrets={"shop": SECRET}, token=TOKEN)) as url,
        Transport(resolve_target(url), timeout=5) as transport,
    ):
        query = asking().partition("?")[2]
        answer = transport.send(b"", method="GET", query=query)
    assert (answer.status, answer.body) == (200, b"77ab")
