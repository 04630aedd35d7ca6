"""What a small receiver hangs on: a call, what is true of the receiver, and a server for it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SECRET = b"a-secret-of-mine"


@dataclass(slots=True)
class Call:
    """A request: the value of its body (None where that is no JSON), and all of it as it came.

    `memory` is the receiver's own, from one call to the next.
    """

    payload: Any
    raw: bytes
    headers: Any
    query: Mapping[str, str]
    path: str
    memory: dict[Any, Any]


# A status, a value that is written as JSON (or bytes as they are), and headers.
Told = tuple[Any, ...]
Handle = "Callable[[Call], Told]"

OK: Told = (200, {"code": 0})
NO: Told = (401, {"error": "signature"})
HANDLED: Told = (200, {"ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0})


@dataclass(frozen=True, slots=True)
class Truth:
    """A receiver, and what is true of it.

    `finds` are the codes of errors that are to be told, and no other error is; `warns` codes of
    which one is to be told besides. `says` is in the next step of the first error, `where` in the
    place of each, `never` in no word of the report. `most` is the largest number of errors, and
    `cases` how many requests it takes. `slow` ones are left to the benchmark.
    """

    handle: Any
    callbacks: tuple[str, ...]
    finds: frozenset[str] = frozenset()
    warns: frozenset[str] = frozenset()
    says: str = ""
    where: str = ""
    never: str = ""
    most: int = 3
    cases: int = 200
    slow: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.handle.__name__)


TRUTHS: dict[str, Truth] = {}


def truth(*callbacks: str, finds: str = "", warns: str = "", **more: Any) -> Callable[[Any], Any]:
    """Say what is true of a receiver; `finds` and `warns` are codes with blanks between."""

    def told(handle: Any) -> Any:
        codes = {"finds": frozenset(finds.split()), "warns": frozenset(warns.split())}
        TRUTHS[handle.__name__] = Truth(handle, callbacks, **codes, **more)
        return handle

    return told


def digest(moment: Any, nonce: Any, secret: str = SECRET.decode()) -> str:
    """The signature over secret, moment and nonce, sorted as text."""
    said = "".join(sorted([secret, str(moment), str(nonce)])).encode()
    return hashlib.sha1(said, usedforsecurity=False).hexdigest()


def in_hex(raw: bytes, name: str = "sha1") -> str:
    """An HMAC over the body in hex."""
    return hmac.new(SECRET, raw, name).hexdigest()


def in_base64(raw: bytes, name: str = "sha256") -> str:
    """An HMAC over the body in Base64."""
    return base64.b64encode(hmac.new(SECRET, raw, name).digest()).decode()


def zego(call: Call, *, capital: bool = False) -> bool:
    """Whether the signature in the body is right."""
    names = ("signature", "timestamp", "nonce")
    given, moment, nonce = (
        call.payload.get(name.capitalize() if capital else name) for name in names
    )
    return isinstance(given, str) and given == digest(moment, nonce)


def trtc(call: Call) -> bool:
    """Whether the header Sign is right."""
    return (call.headers.get("Sign") or "") == in_base64(call.raw)


def chat(call: Call) -> bool:
    """Whether the parameter Sign is right."""
    said = SECRET + call.query.get("RequestTime", "").encode()
    return call.query.get("Sign", "") == hashlib.sha256(said).hexdigest()


def agora(call: Call) -> bool:
    """Whether the newer of the two signatures is right."""
    return (call.headers.get("Agora-Signature-V2") or "") == in_hex(call.raw, "sha256")


def inner(call: Call, name: str) -> dict[str, Any]:
    """An object in the payload, an empty one where there is none."""
    value = call.payload.get(name)
    return value if isinstance(value, dict) else {}


class Reset(Exception):
    """The connection is to be reset instead of an answer."""


def answered(handle: Any, call: Call) -> Told:
    """What a receiver answers; what it does not catch is a 500."""
    try:
        call.payload = json.loads(call.raw)
    except (ValueError, RecursionError):
        call.payload = None
    try:
        if not isinstance(call.payload, dict) and not getattr(handle, "reads_forms", False):
            return 400, {"error": "no JSON object"}
        return tuple(handle(call))
    except Reset:
        raise
    except Exception as error:  # noqa: BLE001 - as a framework does
        return 500, {"error": type(error).__name__}


@contextmanager
def serving(handle: Any) -> Iterator[str]:
    """Serve a receiver while the block runs; gives its URL."""
    memory: dict[Any, Any] = {"lock": threading.Lock()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            url = urlsplit(self.path)
            query = dict(parse_qsl(url.query, keep_blank_values=True))
            call = Call(None, self._body(), self.headers, query, url.path, memory)
            try:
                status, said, *more = answered(handle, call)
            except Reset:
                linger = b"\1\0\0\0\0\0\0\0"
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.close_connection = True
                return
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            for headers in more:
                for name, value in headers.items():
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def _body(self) -> bytes:
            if "chunked" not in (self.headers.get("Transfer-Encoding") or ""):
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = b""
            while length := int(self.rfile.readline(), 16):
                body += self.rfile.read(length)
                self.rfile.readline()
            self.rfile.readline()
            return body

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 64

        def handle_error(self, *_: Any) -> None:
            """A client that went away is none."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/hook"
        finally:
            server.shutdown()
