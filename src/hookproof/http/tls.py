"""A connection under TLS; apart, so that plain HTTP does not pay for loading it."""

from __future__ import annotations

import ssl
from contextlib import ExitStack
from typing import TYPE_CHECKING

from hookproof.http.answer import Outcome
from hookproof.http.connection import (
    RECEIVED_AT_ONCE,
    ConnectFailed,
    Connection,
    Deadline,
    open_socket,
    reason,
)
from hookproof.http.symptom import Symptom

if TYPE_CHECKING:
    import socket

    from hookproof.http.target import Target

RECORD = 16 * 1024

# What OpenSSL makes of an HTTP answer to its greeting.
_SAID_IN_PLAIN = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL"})


def tls_context() -> ssl.SSLContext:
    """The system's certificate authorities, host names checked, nothing renegotiated."""
    context = ssl.create_default_context()
    # A renegotiation would make sending wait for receiving.
    context.options |= ssl.OP_NO_RENEGOTIATION
    return context


def open_tls(target: Target, deadline: Deadline, context: ssl.SSLContext) -> TlsConnection:
    """Connect and shake hands; raises ConnectFailed."""
    sock = open_socket(target, deadline)
    try:
        secure = _shake_hands(sock, target.host, deadline, context)
    except OSError as error:
        raise _handshake_failure(error, deadline) from error
    return TlsConnection(secure)


def _shake_hands(
    sock: socket.socket, host: str, deadline: Deadline, context: ssl.SSLContext
) -> ssl.SSLSocket:
    """The socket under TLS; it is closed when that fails."""
    with ExitStack() as undo:
        undo.enter_context(sock)
        secure = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        undo.enter_context(secure)
        # One limit for the whole handshake, however small the pieces it comes in.
        secure.settimeout(deadline.remaining())
        secure.do_handshake()
        undo.pop_all()
    return secure


def _handshake_failure(error: OSError, deadline: Deadline) -> ConnectFailed:
    """What an error in the handshake says about the receiver."""
    if isinstance(error, TimeoutError):
        detail = f"no TLS handshake within {deadline.timeout:g} s"
        return ConnectFailed(Outcome.TIMEOUT, Symptom.NO_CONNECTION, detail)
    if isinstance(error, ssl.SSLCertVerificationError):
        why = f"the certificate is not trusted: {error.verify_message}"
        return ConnectFailed(Outcome.TLS, Symptom.NOT_TRUSTED, why)
    plain = isinstance(error, ssl.SSLError) and error.reason in _SAID_IN_PLAIN
    symptom = Symptom.PLAIN_WHERE_TLS if plain else Symptom.TLS_FAILED
    return ConnectFailed(Outcome.TLS, symptom, f"the TLS handshake failed: {reason(error)}")


class TlsConnection(Connection):
    """A connection whose bytes travel in TLS records."""

    _socket: ssl.SSLSocket

    def send(self, data: memoryview) -> int:
        """Send at most one record without waiting; how many bytes that was, possibly 0."""
        try:
            return self._socket.send(data[:RECORD])
        except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
            return 0

    def receive(self) -> bytes | None:
        """Receive what is there; None when nothing is, b"" when nothing will ever be."""
        try:
            return self._socket.recv(RECEIVED_AT_ONCE)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return None

    def wait(self, seconds: float, *, writing: bool) -> bool:
        """Wait as a plain connection does, unless a record is already at hand."""
        return self._socket.pending() > 0 or super().wait(seconds, writing=writing)

    def _comes_at_once(self) -> bool:
        """Nothing is looked at beforehand: what travels are records."""
        return False

    def outcome_of(self, error: OSError) -> Outcome:
        """What an error while sending or receiving says about the receiver."""
        if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
            return Outcome.CLOSED
        return Outcome.TLS if isinstance(error, ssl.SSLError) else super().outcome_of(error)
