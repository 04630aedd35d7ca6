"""The lines that show a finding again do so: a shell runs them, and the answer is the same."""

from __future__ import annotations

import json
import os
import random
import re
import shlex
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from unit.conformance.parts import NAMES, callback, contract, payload

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.conformance.evidence.curl_script import BODY_FILE, Recipe, shell_lines
from hookproof.conformance.evidence.stored_request import store
from hookproof.conformance.sending.sender import Sender
from hookproof.http.request import REMOVED, Layout, Request, Sending, write_request
from hookproof.http.target import with_query
from hookproof.payload.body import BodyForm, read_body
from hookproof.signature import verify
from hookproof.signature.secrets import SecretSource
from hookproof.signature.verify import find_signature
from hookproof.testing import Incoming, Receiver, Reply, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract import Callback

TOOLS = ("sh", "curl", "openssl", "base64", "mktemp", "od", "sed")
# A shell would make something else of nearly every character of it.
SECRET = 'it\'s $HOME `id` "x" \\ %s *'
THEN = 1_700_000_000.0
URL = "http://127.0.0.1:9/hook's?a=$HOME"

needs_tools = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason=f"not all of {', '.join(TOOLS)} are installed"
)


AREAS = sorted({name.split("/")[0] for name in NAMES})


class Recorder(Receiver):
    """A correct receiver that keeps what it got."""

    def __init__(self) -> None:
        super().__init__(contract(), secrets=dict.fromkeys(AREAS, SECRET.encode()))
        self.got: list[Incoming] = []

    def handle(self, incoming: Incoming) -> Reply:
        """Keep the request, then answer it."""
        self.got.append(incoming)
        return super().handle(incoming)


@pytest.fixture(scope="module")
def live() -> Iterator[tuple[Recorder, str]]:
    """A receiver that listens, and its URL with what a shell must not touch."""
    receiver = Recorder()
    with serve(receiver) as url:
        yield receiver, f"{url}hook's?a=$HOME&b=`id`"


def in_shell(recipe: Recipe, folder: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run the lines of a recipe in the plainest shell, a long body in a file beside them."""
    file = folder / "the body's"
    file.write_bytes(recipe.body)
    return subprocess.run(
        ["sh", "-c", recipe.lines.replace(BODY_FILE, shlex.quote(str(file)))],
        env={"PATH": os.environ["PATH"], "TMPDIR": str(folder), **variables},
        capture_output=True,
        timeout=30,
        check=False,
    )


def run_in_shell(recipe: Recipe, folder: Path, **variables: str) -> int:
    """Run a recipe; gives the status of the answer."""
    done = in_shell(recipe, folder, **(variables or {"HOOKPROOF_SECRET": SECRET}))
    assert (done.returncode, done.stderr) == (0, b"")
    return int(done.stdout.split()[1])


def written(of: Callback, value: Any, **options: Any) -> Request:
    """A request as it would have been sent."""
    return write_request(of, value, **({"secret": SECRET.encode(), "sending": Sending()} | options))


def signature_in(request: Request, of: Callback) -> Any:
    """The signature that a request carries, wherever it does."""
    place, url = of.signature.place, f"?{request.query}"
    found, signature = find_signature(place, request.payload, request.headers, url=url)
    assert found
    return signature


def longer(name: str) -> dict[str, Any]:
    """A payload too long to be shown in a line, with all that a shell could stumble over."""
    return {**payload(name), "x_long": "'\"$(id)`id`\\n%s\u76f4" * 500}


GENUINE = {
    "as the sample": lambda name: written(callback(name), payload(name)),
    "printed": lambda name: written(callback(name), payload(name), layout=Layout.PRINTED),
    "escaped": lambda name: written(callback(name), payload(name), layout=Layout.ESCAPED),
    "hostile to a shell": lambda name: written(
        callback(name), {**payload(name), "x_y": "'\"$(id)`id`\\ %s %d !! \U0001f3a5\n\t"}
    ),
    "long": lambda name: written(callback(name), longer(name)),
}


@needs_tools
@pytest.mark.parametrize("kind", GENUINE)
@pytest.mark.parametrize("name", NAMES)
def test_a_genuine_request_is_accepted_again(
    name: str, kind: str, live: tuple[Recorder, str], tmp_path: Path
) -> None:
    """The shell signs the request anew with the secret, and sends the very same bytes."""
    receiver, url = live
    request = GENUINE[kind](name)
    lines = shell_lines(url, request, callback(name), genuine=True)
    assert run_in_shell(lines, tmp_path) == 200
    assert receiver.got[-1].body == request.body
    assert receiver.got[-1].path == with_query("/hook's?a=$HOME&b=`id`", request.query)
    assert set(request.headers) <= set(receiver.got[-1].headers)


ENCODED = [
    (name, facts.encoding)
    for name in NAMES
    for facts in callback(name).encodings
    if facts.encoding != "json"
]


@needs_tools
@pytest.mark.parametrize(("name", "encoding"), ENCODED)
def test_every_documented_encoding_is_accepted_again(
    name: str, encoding: str, live: tuple[Recorder, str], tmp_path: Path
) -> None:
    """Forms and percent-encoded JSON go out again as they were, with their content type."""
    receiver, url = live
    request = written(callback(name), payload(name), form=BodyForm(encoding))
    lines = shell_lines(url, request, callback(name), genuine=True)
    assert run_in_shell(lines, tmp_path) == 200
    assert receiver.got[-1].body == request.body
    assert set(request.headers) <= set(receiver.got[-1].headers)


@needs_tools
@pytest.mark.parametrize("body", [b"", b"\x00", b"\xff\xfe", b"[" * 5000, b"null", b"'\n'"])
@pytest.mark.parametrize("name", ["zego_rtc/record", "tencent_gme/recording"])
def test_broken_bodies_go_out_again_as_they_were(
    name: str, body: bytes, live: tuple[Recorder, str], tmp_path: Path
) -> None:
    """Bytes that are no text, and no payload, arrive as they are and are refused again."""
    receiver, url = live
    lines = shell_lines(url, written(callback(name), body), callback(name), genuine=True)
    assert run_in_shell(lines, tmp_path) == 400
    assert receiver.got[-1].body == body


@needs_tools
@pytest.mark.parametrize("encoding", ["hex", "base64"])
def test_a_signature_is_written_as_it_was(
    encoding: str, live: tuple[Recorder, str], tmp_path: Path
) -> None:
    """The recipe writes the digest in the encoding that was chosen."""
    one = callback("tencent_gme/recording")
    chosen = replace(one, signature=replace(one.signature, encodings=(encoding,)))
    request = written(chosen, payload(one.path))
    receiver, url = live
    assert run_in_shell(shell_lines(url, request, chosen, genuine=True), tmp_path) == 200
    assert set(request.headers) <= set(receiver.got[-1].headers)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", GENUINE)
def test_a_right_signature_is_never_shown(name: str, kind: str) -> None:
    """The lines hold neither the secret nor a signature, only the way to it."""
    one, request = callback(name), GENUINE[kind](name)
    lines = shell_lines(URL, request, one, genuine=True).lines.replace("' '", "")
    shown = signature_in(request, one)
    assert len(shown) >= 28
    for text in (shown, quote(shown, safe=""), SECRET):
        assert text not in lines
    assert "$HOOKPROOF_SECRET" in lines


FORGED = {
    "wrong": lambda right: right[::-1],
    "truncated": lambda right: right[:20],
    "upper-case": str.upper,
    "too long": lambda right: right + "0",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_signature_is_masked(name: str, kind: str) -> None:
    """A forgery may be close to the right signature, so it is not shown either."""
    one = callback(name)
    request = written(one, payload(name), forge=FORGED[kind])
    lines = shell_lines(URL, request, one, genuine=False).lines.replace("' '", "")
    sent = signature_in(request, one)
    assert sent not in lines
    assert quote(sent, safe="") not in lines
    assert "<signature>" in lines
    assert "HOOKPROOF_SECRET" not in lines


@pytest.mark.parametrize("forged", [REMOVED, "", None, 0, True, ["0"]])
def test_a_forgery_without_a_digest_is_shown_as_it_is(forged: Any) -> None:
    """A missing, empty or null signature, or one of another type, is no secret."""
    request = written(
        callback("zego_rtc/record"), payload("zego_rtc/record"), forge=lambda _: forged
    )
    lines = shell_lines(URL, request, callback("zego_rtc/record"), genuine=False).lines
    assert request.body.decode() in lines.replace("' '", "")
    assert "<signature>" not in lines


@needs_tools
def test_a_forgery_is_refused_again(live: tuple[Recorder, str], tmp_path: Path) -> None:
    """What is shown of a forgery still is one."""
    _, url = live
    for forge in (lambda right: right[::-1], lambda _: REMOVED, lambda _: None):
        request = written(callback("zego_rtc/record"), payload("zego_rtc/record"), forge=forge)
        lines = shell_lines(url, request, callback("zego_rtc/record"), genuine=False)
        assert run_in_shell(lines, tmp_path) == 401


def test_lines_are_few_and_end_with_the_sending() -> None:
    """A genuine request takes four or five lines, of which the last one is curl."""
    for name in NAMES:
        recipe = shell_lines(URL, GENUINE["as the sample"](name), callback(name), genuine=True)
        lines = recipe.lines.splitlines()
        assert len(lines) in {4, 5}
        assert lines[-1].startswith("curl -sS -i ")
        assert re.search(r"mktemp", recipe.lines)


# What the run used, and how a shell gets it.
SOURCES = {
    "HOOKPROOF_SECRET_ZEGO_RTC": SecretSource("HOOKPROOF_SECRET_ZEGO_RTC"),
    "MY_OWN": SecretSource("MY_OWN"),
    "a file": SecretSource("", "the secret's"),
}


@needs_tools
@pytest.mark.parametrize("name", ["zego_rtc/record", "tencent_gme/recording"])
@pytest.mark.parametrize("source", SOURCES)
def test_the_secret_comes_from_where_the_run_had_it(
    source: str,
    name: str,
    live: tuple[Recorder, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The variable or the file of the run is named, and nothing is sent where it holds nothing."""
    receiver, url = live
    monkeypatch.chdir(tmp_path)
    request = written(callback(name), payload(name))
    recipe = shell_lines(url, request, callback(name), genuine=True, secret=SOURCES[source])
    before = len(receiver.got)
    unset = in_shell(recipe, tmp_path, HOOKPROOF_SECRET=SECRET)
    assert unset.returncode != 0
    assert unset.stdout == b""
    assert len(receiver.got) == before
    Path("the secret's").write_text(f"{SECRET}\n", encoding="utf-8")
    assert run_in_shell(recipe, tmp_path, **{source: SECRET}) == 200


def test_a_long_body_is_read_from_a_file() -> None:
    """Nobody reads a page of brackets; beyond a KiB the lines name a file and stay short."""
    name = "zego_rtc/record"
    recipe = shell_lines(URL, GENUINE["long"](name), callback(name), genuine=True)
    assert BODY_FILE in recipe.lines
    assert len(recipe.body) > 1024
    assert all(len(word) < 100 for word in recipe.lines.split())
    short = shell_lines(URL, GENUINE["as the sample"](name), callback(name), genuine=True)
    assert (short.body, BODY_FILE in short.lines) == (b"", False)


def fresh_lines(url: str, name: str, form: BodyForm, shift: int = 0) -> Recipe:
    """The lines for a request of another time, with what has to be made anew in it."""
    one, secret = callback(name), SECRET.encode()
    case = Case(Check.ACCEPTS_CONFORMING, "one", payload(name), form=form, shift=shift)
    writer = Sender(one, secret, lambda: THEN, random.Random(1), one.signature.encodings[0])
    request = writer.write(case)
    stored = store(request, case=case, callback=one, secret=secret, now=THEN, reaction="accepted")
    return shell_lines(url, request, one, genuine=True, stored=stored)


@needs_tools
@pytest.mark.parametrize("shift", [0, -3600, 3600])
@pytest.mark.parametrize("form", [BodyForm.JSON, BodyForm.FORM, BodyForm.PERCENT_JSON])
@pytest.mark.parametrize("name", NAMES)
def test_the_moment_is_made_anew(
    name: str, form: BodyForm, shift: int, live: tuple[Recorder, str], tmp_path: Path
) -> None:
    """What the shell sends has its own moment, as far from now as it was, and is signed right."""
    sent_at = callback(name).sent_at
    if sent_at is None:
        pytest.skip("the callback tells no moment")
    receiver, url = live
    lines = fresh_lines(url, name, form, shift)
    # A form holds text where the contract wants a number, so not every receiver takes it.
    assert run_in_shell(lines, tmp_path) in {200, 400}
    got = receiver.got[-1]
    value = read_body(got.body, form=form).value
    per_second = 1000 if sent_at.unit == "milliseconds" else 1
    assert abs(int(value[sent_at.field]) / per_second - time.time() - shift) < 60
    facts = callback(name).signature
    assert verify(facts, SECRET.encode(), payload=value, body=got.body, headers=got.headers).valid


@needs_tools
def test_a_nonce_is_made_anew(live: tuple[Recorder, str], tmp_path: Path) -> None:
    """A receiver that remembers nonces is not sent one that it knows."""
    receiver, url = live
    lines = fresh_lines(url, "zego_rtc/record", BodyForm.JSON)
    nonces = set()
    for _ in range(2):
        assert run_in_shell(lines, tmp_path) == 200
        nonces.add(json.loads(receiver.got[-1].body)["nonce"])
    assert len(nonces) == 2
