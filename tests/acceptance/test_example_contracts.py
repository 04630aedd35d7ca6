"""The contracts of other vendors, data alone: what they sign is right by the vendors' own rules."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

import pytest
from acceptance.command import called
from acceptance.receiver_runs import SHARED
from receivers.truths.host import NO, OK, SECRET, Call, Told, serving

from hookproof.conformance.running.run import Plan, run_test
from hookproof.contract import Contract
from hookproof.contract.files import contract_in
from hookproof.http.target import resolve_target

if TYPE_CHECKING:
    from collections.abc import Callable

CONTRACTS = Path(__file__).parents[2] / "examples" / "contracts"
URL = "https://example.com/hook?x=1"
SECRETS = {"standard_webhooks": "whsec_" + b64encode(b"0" * 24).decode()}


class Sent(NamedTuple):
    """A request as a receiver has it."""

    headers: dict[str, str]
    body: bytes


def _hex(sent: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), sent, "sha256").hexdigest()


def github(sent: Sent, secret: str) -> bool:
    """The body, in hex after a prefix."""
    return sent.headers["X-Hub-Signature-256"] == f"sha256={_hex(sent.body, secret)}"


def stripe(sent: Sent, secret: str) -> bool:
    """Moment and body, as pairs in one header."""
    pairs = dict(pair.split("=") for pair in sent.headers["Stripe-Signature"].split(","))
    return pairs["v1"] == _hex(f"{pairs['t']}.".encode() + sent.body, secret)


def slack(sent: Sent, secret: str) -> bool:
    """Version, moment and body."""
    moment = sent.headers["X-Slack-Request-Timestamp"]
    right = _hex(f"v0:{moment}:".encode() + sent.body, secret)
    return sent.headers["X-Slack-Signature"] == f"v0={right}"


def shopify(sent: Sent, secret: str) -> bool:
    """The body, in Base64."""
    right = hmac.new(secret.encode(), sent.body, "sha256").digest()
    return sent.headers["X-Shopify-Hmac-Sha256"] == b64encode(right).decode()


def standard_webhooks(sent: Sent, secret: str) -> bool:
    """Identifier, moment and body, with a decoded secret."""
    head = f"{sent.headers['webhook-id']}.{sent.headers['webhook-timestamp']}.".encode()
    key = b64decode(secret.removeprefix("whsec_"))
    right = b64encode(hmac.new(key, head + sent.body, "sha256").digest()).decode()
    return f"v1,{right}" in sent.headers["webhook-signature"].split()


def twilio(sent: Sent, secret: str) -> bool:
    """The URL and the sorted form."""
    pairs = sorted(parse_qsl(sent.body.decode(), keep_blank_values=True))
    signed = URL + "".join(name + value for name, value in pairs)
    right = hmac.new(secret.encode(), signed.encode(), "sha1").digest()
    return sent.headers["X-Twilio-Signature"] == b64encode(right).decode()


VENDORS = {one.__name__: one for one in (github, shopify, slack, standard_webhooks, stripe, twilio)}
CALLBACKS = sorted(
    (folder.name, file.stem)
    for folder in CONTRACTS.iterdir()
    for file in (folder / "schemas" / folder.name).glob("*.json")
)


def run(*words: object, secret: str = "") -> tuple[int, bytes]:
    """Exit code and output of a command."""
    ran = called(*words, env={"HOOKPROOF_SECRET": secret} if secret else {})
    return ran.code, ran.out.encode()


def received(raw: bytes) -> Sent:
    """A request taken apart by hand."""
    head, _, body = raw.partition(b"\r\n\r\n")
    return Sent(dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:]), body)


def of_forms(call: Call, address: str) -> Told:
    """The answer of who reads forms alone, as their vendor sends no JSON."""
    pairs = sorted(parse_qsl(call.raw.decode(errors="replace"), keep_blank_values=True))
    signed = address + "".join(name + value for name, value in pairs)
    right = b64encode(hmac.new(SECRET, signed.encode(), "sha1").digest()).decode()
    return OK if call.headers.get("X-Twilio-Signature") == right else NO


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_forms_are_sent_where_a_vendor_sends_nothing_else(scheme: str) -> None:
    """A correct receiver is told nothing; one that signs another address is told which."""

    def handle(call: Call) -> Told:
        return of_forms(call, f"{scheme}://{call.headers['Host']}{call.path}")

    handle.reads_forms = True  # type: ignore[attr-defined]
    one = Contract(contract_in(CONTRACTS / "twilio")).callback("twilio/room_created")
    plan = Plan([one], {one.area: SECRET}, max_cases=150)
    with serving(handle) as url:
        report = run_test(resolve_target(url), plan, surroundings=SHARED)
    hints = [one.hint for one in report.findings if one.severity.value == "error"]
    if scheme == "http":
        assert hints == []
    else:
        assert "the address with https in place of http" in hints[0]


def test_every_example_has_its_rule_here() -> None:
    """A contract that is added is held to its vendor's rule, too."""
    assert {folder.name for folder in CONTRACTS.iterdir()} == VENDORS.keys()


@pytest.mark.parametrize("vendor", VENDORS)
def test_an_example_holds(vendor: str, tmp_path: Path) -> None:
    """`contract check` finds nothing, and models come of it."""
    contract = ("--contract", CONTRACTS / vendor)
    code, told = run("contract", "check", *contract)
    assert (code, b"0 errors, 0 warnings" in told) == (0, True), told
    assert run("generate", "--out", tmp_path, *contract)[0] == 0


@pytest.mark.parametrize(("vendor", "event"), CALLBACKS)
def test_what_it_sends_is_right_and_one_byte_more_is_not(
    vendor: str, event: str, tmp_path: Path
) -> None:
    """The vendor's rule and `validate` agree, on the request and on a tampered one."""
    right: Callable[[Sent, str], bool] = VENDORS[vendor]
    secret, contract = SECRETS.get(vendor, "hush"), ("--contract", CONTRACTS / vendor)
    words = ("example", f"{vendor}/{event}", "--signed", "--format", "http", "--url", URL)
    code, raw = run(*words, *contract, secret=secret)
    assert code == 0
    sent, capture = received(raw), tmp_path / "one.http"
    at = sent.body.rindex(b"e")
    bad = sent.body[:at] + b"f" + sent.body[at + 1 :]
    for body, good in ((sent.body, True), (bad, False)):
        capture.write_bytes(raw.replace(sent.body, body))
        assert right(Sent(sent.headers, body), secret) is good
        assert (run("validate", capture, *contract, secret=secret)[0] == 0) is good


@pytest.mark.parametrize(("vendor", "event"), CALLBACKS)
def test_a_sanitised_copy_is_signed_anew(vendor: str, event: str, tmp_path: Path) -> None:
    """Prefixes, pairs, moments and names in headers are in the copy as in what came."""
    secret, contract = SECRETS.get(vendor, "hush"), ("--contract", CONTRACTS / vendor)
    words = ("example", f"{vendor}/{event}", "--signed", "--format", "http", "--url", URL)
    _, raw = run(*words, *contract, secret=secret)
    came, copy = tmp_path / "one.http", tmp_path / "copy.ndjson"
    came.write_bytes(raw)
    code, told = run("sanitize", came, copy, *contract)
    assert (code, b"signed anew" in told) == (0, True), told
