"""The receiver as a WSGI application, to be mounted at the callback's path; needs no framework."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hookproof.receiver.asgi import MOST, answer_of, confirmation
from hookproof.receiver.rejections import Malformed, Rejected, broken_off

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
        try:
            body = body_of(environ, self._most)
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


def body_of(environ: Environ, most: int) -> bytes:
    """The bytes of the body, in chunks or by its length. Raises Malformed.

    That is for a length that is none, more than `most` bytes, and what `hold_to_length` refuses.
    """
    length = environ.get("CONTENT_LENGTH") or ""
    if length and not (length.isascii() and length.isdigit()):
        raise Malformed("unreadable", "Content-Length is no number", status=400)
    hold_to_length(environ)
    if not length:
        # Of a body in chunks one byte more than it may have.
        wanted = most + 1 if _ends_alone(environ) else 0
    elif len(length) > _MOST_DIGITS or int(length) > most:
        raise _too_large(most)
    else:
        wanted = int(length)
    try:
        body: bytes = environ["wsgi.input"].read(wanted)
    except Exception as error:
        raise broken_off() from error
    if len(body) > most:
        raise _too_large(most)
    return body


def _too_large(most: int) -> Malformed:
    return Malformed("too-large", f"the body has more than {most:,} bytes", status=413)


def hold_to_length(environ: Environ) -> None:
    """Raise Malformed for a body in chunks where the server hands on none, as wsgiref and uWSGI.

    It would seem to be empty, and its sender would be told that it had sent rubbish.
    """
    in_chunks = environ.get("HTTP_TRANSFER_ENCODING") and not environ.get("CONTENT_LENGTH")
    if in_chunks and not _ends_alone(environ):
        message = "the body came in chunks, and this server hands on none without a Content-Length"
        raise Malformed("no-length", message, status=411)


def _ends_alone(environ: Environ) -> bool:
    """Whether the server ends the stream where the body ends; without a length it has to."""
    return bool(environ.get("wsgi.input_terminated"))


def _answer(
    start_response: StartResponse, status: int, body: bytes, content_type: str
) -> list[bytes]:
    headers = [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    start_response(f"{status} {HTTPStatus(status).phrase}", headers)
    return [body]
