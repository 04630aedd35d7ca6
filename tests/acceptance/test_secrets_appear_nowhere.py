"""A canary for a secret: no command shows it, in no format, in no file, in no crash."""

from __future__ import annotations

import base64
import json
import os
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from acceptance.command import SECRETS, TWO, Ran, Recorder
from acceptance.receiver_runs import contract, kinds
from cast import CAST, Hostile, serve_hostile
from cast.hostile_acts import says

from hookproof.cli import main
from hookproof.http.request import Sending, write_body, write_request
from hookproof.payload.body import BodyForm, read_body
from hookproof.report.writers import WRITERS
from hookproof.signature import sign
from hookproof.signature.verify import find_signature
from hookproof.testing import Receiver, Refused, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.testing.receiver import Delivered, Incoming, Reply

CANARY = SECRETS["zego_rtc"].decode()
SPELLINGS = {
    CANARY,
    quote(CANARY, safe=""),
    CANARY.encode().hex(),
    base64.b64encode(CANARY.encode()).decode(),
    "CANARY_c0ffee",
}
EXAMPLES = Path(__file__).parents[2] / "examples" / "contracts"
# What has a secret at hand is told that it is of these products.
CALL = ["test", "http://127.0.0.1:9/", *TWO]
REPORTS = [("--report", f"{form}=r.{form}") for form in WRITERS if form != "ndjson"]


def traces(text: str, words: set[str]) -> list[str]:
    """The words that a text shows."""
    return [word for word in words if word in text]


def written(folder: Path) -> dict[str, str]:
    """All files of a folder that commands wrote, as text."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes().decode("latin-1") for path in files}


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Callable[..., Ran]]:
    """Run a command with the canary as secret; whatever it leaves is searched at the end."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    for name in list(os.environ):
        if name.startswith("HOOKPROOF_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOOKPROOF_SECRET", CANARY)

    def call(*args: Any) -> Ran:
        with pytest.raises(SystemExit) as left:
            main([*map(str, args)])
        out, err = capfd.readouterr()
        assert traces(out + err, SPELLINGS) == []
        return Ran(int(left.value.code or 0), out, err)

    yield call
    for file, text in written(work).items():
        assert traces(text, SPELLINGS) == [], file


def captures(folder: Path, secret: bytes) -> set[str]:
    """A folder of captures that are signed with a secret, right and wrong; their signatures."""
    folder.mkdir()
    found = set()
    for callback in kinds():
        request = write_request(
            callback, callback.examples[0].payload, secret=secret, sending=Sending()
        )
        stem = callback.path.replace("/", ".")
        (folder / f"{stem}.json").write_bytes(request.body)
        if callback.signature.place.in_body:
            value = request.payload[callback.signature.place.field]
            found.add(value)
            broken = {**request.payload, callback.signature.place.field: value[::-1]}
            body = write_body(broken, form=BodyForm.JSON)
            (folder / f"{stem}.wrong.json").write_bytes(body)
    return found


@pytest.mark.parametrize("form", WRITERS)
def test_validate_shows_no_secret(form: str, run: Callable[..., Ran], tmp_path: Path) -> None:
    """Signatures are checked, right, wrong and of another secret, and no format shows a thing."""
    for number, secret in enumerate((CANARY.encode(), b"another secret")):
        signatures = captures(tmp_path / f"in{number}", secret)
        called = ("validate", tmp_path / f"in{number}", *TWO)
        ran = run(*called, "--format", form)
        reported = run(*called, "-q", "--report", f"{form}=r.{form}")
        assert (ran.code, reported.code) == (1, 1)
        assert traces(ran.out + ran.err, signatures) == []


def test_the_other_commands_show_no_secret(run: Callable[..., Ran], tmp_path: Path) -> None:
    """Sanitize, contract check and processes know the environment and say nothing of it."""
    captures(tmp_path / "in", CANARY.encode())
    assert run("sanitize", tmp_path / "in", "clean", *TWO).code == 0
    assert run("contract", "check", "--contract", EXAMPLES / "stripe").code == 0
    options = (*TWO, "--journal", "journal", "--jobs", "2")
    assert run("validate", tmp_path / "in", *options).code == 1
    assert run("--help").code == 0


class Debugging(Recorder):
    """A receiver whose error page shows all it knows: its secret, and what it expected."""

    def authenticate(self, delivered: Delivered) -> None:
        """Refuse, and tell everything, in several ways of writing it."""
        facts = delivered.callback.signature
        right = sign(
            facts, CANARY.encode(), payload=delivered.payload, body=delivered.incoming.body
        )
        _, sent = find_signature(facts.place, delivered.payload, delivered.incoming.headers)
        if self.proves(delivered) and len(self.got) % 3:
            return
        told = {"SECRET": CANARY, "expected": right, "got": sent}
        raise Refused(500, f"{told} {json.dumps(told)} {quote(str(told))}")


class Echoing(Recorder):
    """A receiver that answers with the request."""

    def handle(self, incoming: Incoming) -> Reply:
        """Keep it, then crash on it aloud."""
        reply = super().handle(incoming)
        said = b"%r %b" % (dict(incoming.headers), incoming.body)
        return type(reply)(500 if len(self.got) > 1 else 200, said[:4000])


@pytest.mark.parametrize(
    "kind", [Receiver, CAST["AcceptsMissingSignature"], CAST["AlwaysFails"], Debugging, Echoing]
)
def test_a_test_shows_neither_secret_nor_signature(
    kind: type[Receiver], run: Callable[..., Ran]
) -> None:
    """Whatever a receiver says, no format holds the secret or a signature."""

    class Kept(kind):  # type: ignore[valid-type, misc]
        """The same, with all requests kept."""

        requests: list[Incoming]

        def handle(self, incoming: Incoming) -> Reply:
            self.requests.append(incoming)
            reply: Reply = super().handle(incoming)
            return reply

    receiver = Kept(contract(), secrets=SECRETS)
    receiver.requests = []
    with serve(receiver) as url:
        ran = run("test", url, *TWO, "--max-cases", 60, *chain(*REPORTS))
        again = run("replay", "r.json")
    texts = {"out": ran.out + again.out, **written(Path())}
    # What lies in a folder beside them are the long bodies that recipes read.
    reports = {name for name in texts if not name.startswith("r-bodies/")}
    assert reports == {"out", *(place.partition("=")[2] for _, place in REPORTS)}
    for name, text in texts.items():
        assert traces(text, digests(receiver.requests)) == [], name


def digests(requests: list[Incoming]) -> set[str]:
    """The signatures that were sent, right or wrong, as far as they are digests."""
    found: list[Any] = []
    for incoming in requests:
        value = read_body(incoming.body).value
        fields = value if isinstance(value, dict) else {}
        for name in ("signature", "Signature"):
            found += [fields.get(name), dict(incoming.headers).get(name)]
    # Zeros and the like are no digests, and tell nothing.
    return {d for d in found if isinstance(d, str) and len(d) >= 20 and len(set(d)) > 4}


@pytest.mark.parametrize(
    "raw",
    [
        CANARY.encode() + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"x" * 50 + b" " + CANARY.encode() + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + CANARY.encode() + b"\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /?" + CANARY.encode() + b"\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CANARY.encode() + b"\r\n",
    ],
)
def test_noise_shows_no_secret(raw: bytes, run: Callable[..., Ran]) -> None:
    """A receiver that says the secret where no HTTP is expects it to be quoted; it is not."""
    hostile = Hostile("says the secret", says(raw), symptom=None)  # type: ignore[arg-type]
    with serve_hostile(hostile) as url:
        ran = run("test", url, "--callback", "record", *chain(*REPORTS))
    assert ran.code in {1, 4}
    assert "<secret>" in ran.out or "302" in ran.out


@pytest.mark.parametrize("size", [0, 1, 3000])
def test_secret_files_are_not_repeated(size: int, run: Callable[..., Ran], tmp_path: Path) -> None:
    """A file that is empty, a folder, or full of other things is named and not shown."""
    file = tmp_path / "secret.txt"
    file.write_text(CANARY * size)
    for place in (file, tmp_path, tmp_path / "missing"):
        assert run(*CALL, "--secret-file", place).code in {2, 3}
        assert run("validate", tmp_path / "work", "--secret-file", place).code in {1, 2}


@pytest.mark.parametrize(
    ("place", "command"),
    [
        ("http.target.resolve_target", CALL),
        ("conformance.running.run.run_test", CALL),
        ("report.text.as_text", CALL),
        ("validation_run.validate", ["validate", "."]),
        ("contract_proof.check.check_contract", ["contract", "check"]),
    ],
)
@pytest.mark.parametrize("given", ["environment", "--secret-env", "--secret-file"])
def test_a_crash_shows_no_secret(
    place: str,
    command: list[str],
    given: str,
    run: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fault of our own ends with 70 and a traceback from which the secret was taken out."""
    file = tmp_path / "secret.txt"
    file.write_text(CANARY)
    options = {"environment": [], "--secret-env": [given, "MINE"]}.get(given, [f"{given}={file}"])
    if command[0] == "contract" and options:
        pytest.skip("the command takes no secret")

    def crash(*args: Any, **kwargs: Any) -> None:
        secret = file.read_text()
        try:
            int(secret)
        except ValueError as error:
            told = f"config: {[secret, secret.encode()]} {args!r} {kwargs!r}"
            raise RuntimeError(told) from error

    monkeypatch.setattr(f"hookproof.{place}", crash)
    if options:
        monkeypatch.delenv("HOOKPROOF_SECRET")
        monkeypatch.setenv("MINE", CANARY)
    ran = run(*command, *options)
    assert ran.code == 70, ran.err
    assert ran.err.startswith("hookproof: a fault of hookproof's own")
    assert "RuntimeError" in ran.err
    assert "<secret>" in ran.err
