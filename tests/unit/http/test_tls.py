"""The transport over TLS."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from typing import TYPE_CHECKING

import pytest
from unit.http.receivers import OK, Receiver, answers, keeps_alive

from hookproof.http.answer import Outcome
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path

TIMEOUT = 0.5


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that signs itself, in one file with its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    place = tmp_path_factory.mktemp("tls")
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=receiver", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", "key.pem", "-out", "certificate.pem"]
    subprocess.run(command, cwd=place, check=True, capture_output=True)
    both = place / "both.pem"
    both.write_bytes((place / "key.pem").read_bytes() + (place / "certificate.pem").read_bytes())
    return both


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The certificate, trusted by this machine for the test."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


def secured(
    certificate: Path, handle: Callable[[Receiver, ssl.SSLSocket], None]
) -> Callable[[Receiver, socket.socket], None]:
    """Shake hands on each connection before it is handled."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def shake_hands(receiver: Receiver, connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            handle(receiver, secure)

    return shake_hands


def over_tls(receiver: Receiver, *, timeout: float = TIMEOUT) -> Transport:
    """A transport to a receiver whose URL is taken as https."""
    target = resolve_target(receiver.url.replace("http:", "https:"))
    return Transport(target, timeout=timeout)


def test_requests_over_one_connection(trusted: Path) -> None:
    """A trusted receiver is answered over one kept connection."""
    with Receiver(secured(trusted, keeps_alive)) as receiver:
        with over_tls(receiver) as transport:
            got = [transport.send(b"%d" % number) for number in range(20)]
        assert receiver.connections == 1
    assert {(answer.outcome, answer.status, answer.resent) for answer in got} == {
        (Outcome.ANSWERED, 200, False)
    }


def test_a_large_request_and_a_large_answer(trusted: Path) -> None:
    """Many records each way arrive whole."""
    raw = b"HTTP/1.1 200 OK\r\nContent-Length: 65536\r\n\r\n" + b"x" * 65536
    body = bytes(3_000_000)
    # Half a second is not enough for them on a machine that is busy.
    handle = secured(trusted, answers(raw))
    with Receiver(handle) as receiver, over_tls(receiver, timeout=60) as transport:
        answer = transport.send(body)
    assert (answer.status, answer.body, answer.body_complete) == (200, b"x" * 65536, True)
    assert receiver.requests[0].endswith(body)


def test_a_connection_closed_between_requests(trusted: Path) -> None:
    """A kept connection that was closed is replaced."""
    with Receiver(secured(trusted, answers(OK))) as receiver:
        with over_tls(receiver) as transport:
            got = [transport.send(b"{}") for _ in range(3)]
        assert receiver.connections == 3
    assert [answer.status for answer in got] == [200, 200, 200]


@pytest.mark.parametrize("size", [2, 32 * 1024 * 1024])
def test_a_receiver_that_falls_silent(trusted: Path, size: int) -> None:
    """After the handshake the deadline holds as without TLS, for sending too."""

    def silent(receiver: Receiver, _: ssl.SSLSocket) -> None:
        receiver.over.wait(3)

    with Receiver(secured(trusted, silent)) as receiver, over_tls(receiver) as transport:
        answer = transport.send(bytes(size))
    assert answer.outcome is Outcome.TIMEOUT
    assert answer.elapsed < TIMEOUT + 0.5


def test_a_close_before_the_answer(trusted: Path) -> None:
    """A connection closed after the request was read has no answer."""
    with Receiver(secured(trusted, answers(b""))) as receiver, over_tls(receiver) as transport:
        assert transport.send(b"{}").outcome is Outcome.CLOSED


def test_a_certificate_nobody_trusts(certificate: Path) -> None:
    """A certificate that this machine does not trust ends the exchange, with the reason."""
    with Receiver(secured(certificate, keeps_alive)) as receiver, over_tls(receiver) as transport:
        answer = transport.send(b"{}")
    assert (answer.outcome, answer.status) == (Outcome.TLS, None)
    assert answer.detail.startswith("the certificate is not trusted: self")
    assert not receiver.requests


def test_a_receiver_without_tls() -> None:
    """Plain HTTP where TLS was expected is told from a receiver that is down."""

    def plain(_: Receiver, connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(OK)

    with Receiver(plain) as receiver, over_tls(receiver) as transport:
        answer = transport.send(b"{}")
    assert answer.outcome is Outcome.TLS
    assert "handshake failed" in answer.detail


def test_a_close_in_the_handshake() -> None:
    """A connection closed instead of a handshake is a failure of TLS."""

    def closes(_: Receiver, connection: socket.socket) -> None:
        connection.recv(65536)

    with Receiver(closes) as receiver, over_tls(receiver) as transport:
        assert transport.send(b"{}").outcome is Outcome.TLS


@pytest.mark.parametrize(
    "drip", [b"", b"\x16\x03\x03\x40\x00" + b"\x02\x00\x3f\xfc" + b"\x03" * 99]
)
def test_a_handshake_that_never_ends(drip: bytes) -> None:
    """Neither silence nor a handshake in single bytes extends the deadline."""

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        for byte in drip:
            connection.sendall(bytes([byte]))
            receiver.over.wait(0.02)
        receiver.over.wait(3)

    with Receiver(handle) as receiver, over_tls(receiver) as transport:
        answer = transport.send(b"{}")
    assert (answer.outcome, answer.detail) == (Outcome.TIMEOUT, "no TLS handshake within 0.5 s")
    assert answer.elapsed < TIMEOUT + 0.5
