"""The receiver as a WSGI application, to be mounted at the callback's path; needs no framework."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hookproof.receiver.asgi import MOST, answer_of, confirmation
from hookproof.receiver.rejections import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.receiver.event import Event
    from hookproof.receiver.receiver import Receiver

    Environ = dict[str, Any]
    StartResponse = Callable[[str, list[tuple[str, str]]], Any]

# Of a length; Python reads no number of thousands.
_MOST_DIGITS: Final = 20


class CallbackApp:
    """Hands each event to `handle` and answers as the vendor documents.

    Where `handle` gives bytes, they are the answer's body (JSON), for vendors that read it. What
    is no callback is answered with the status of its refusal.
    """

    def __init__(
        self, hooks: Receiver, handle: Callable[[Event], Any], *, most: int = MOST
    ) -> None:
        self._hooks, self._handle, self._most = hooks, handle, most

    def __call__(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        """Serve one request."""
        if environ["REQUEST_METHOD"] != "POST":
            method = environ["REQUEST_METHOD"]
            return _answer(start_response, *confirmation(self._hooks, method, url_of(environ)))
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isascii() or not length.isdigit():
            return _answer(start_response, 400, b"unreadable", "text/plain")
        body = _whole_body(environ, self._most)
        if body is None:
            return _answer(start_response, 413, b"too-large", "text/plain")
        try:
            event = self._hooks.receive(headers=headers_of(environ), body=body, url=url_of(environ))
        except Rejected as refusal:
            reason = refusal.reason.encode()
            return _answer(start_response, refusal.status, reason, "text/plain")
        return _answer(start_response, *answer_of(event, self._handle(event)))


def headers_of(environ: Environ) -> Iterator[tuple[str, str]]:
    """The headers of a request under their names on the wire."""
    for name, value in environ.items():
        bare = name.removeprefix("HTTP_")
        if bare != name or name in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            yield bare.replace("_", "-").title(), str(value)


def url_of(environ: Environ) -> str:
    """The URL of a request as the sender called it, as far as the server knows it."""
    # What the sender wrote, where the server tells it; else what it decoded is encoded again.
    written = environ.get("REQUEST_URI") or environ.get("RAW_URI") or ""
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    query = environ.get("QUERY_STRING", "")
    path = quote(path.encode("latin-1", "replace"), safe="/:@!$&'()*+,;=~")
    url = written if written.startswith("/") else f"{path}?{query}" if query else path
    host = environ.get("HTTP_HOST", "")
    return f"{environ.get('wsgi.url_scheme', 'http')}://{host}{url}" if host else url


def _whole_body(environ: Environ, most: int) -> bytes | None:
    """The bytes of the body; None for one that is too large."""
    length = environ.get("CONTENT_LENGTH") or ""
    if length and (len(length) > _MOST_DIGITS or int(length) > most):
        return None
    # Without a length a server that reads chunks ends the stream, and any other has no body.
    wanted = int(length) if length else most + 1 if environ.get("wsgi.input_terminated") else 0
    body: bytes = environ["wsgi.input"].read(wanted) if wanted else b""
    return body if len(body) <= most else None


def _answer(
    start_response: StartResponse, status: int, body: bytes, content_type: str
) -> list[bytes]:
    headers = [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    start_response(f"{status} {HTTPStatus(status).phrase}", headers)
    return [body]
