"""The receiver as an ASGI application, to be mounted at the callback's path; needs no framework."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hookproof.receiver.rejections import Malformed, Rejected, broken_off

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hookproof.receiver.event import Event
    from hookproof.receiver.receiver import Receiver

    Message = dict[str, Any]
    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]

# In bytes; vendors send tens of kilobytes at most.
MOST: Final = 4 * 1024 * 1024
_NOT_ALLOWED: Final = 405


class CallbackApp:
    """Hands each event to `handle`, a function or a coroutine, and answers as the vendor documents.

    Where `handle` gives bytes, they are the answer's body (JSON), for vendors that read it. What
    is no callback is answered with the status of its refusal.
    """

    def __init__(
        self, hooks: Receiver, handle: Callable[[Event], Any], *, most: int = MOST
    ) -> None:
        self._hooks, self._handle, self._most = hooks, handle, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or a lifespan, in which there is nothing to do."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError(f"{scope['type']} is not served here")
        if scope["method"] != "POST":
            await _answer(send, *confirmation(self._hooks, scope["method"], url_of(scope)))
            return
        try:
            body = await _whole_body(receive, self._most)
            event = self._hooks.receive(headers=scope["headers"], body=body, url=url_of(scope))
        except Rejected as refusal:
            await _answer(send, refusal.status, refusal.reason.encode(), "text/plain")
            return
        said = self._handle(event)
        said = await said if isawaitable(said) else said
        await _answer(send, *answer_of(event, said))


def confirmation(hooks: Receiver, method: str, url: str) -> tuple[int, bytes, str]:
    """Status, body and media type for what is no POST: a vendor may ask so whose the address is."""
    try:
        said = hooks.confirm(url=url) if method == "GET" else None
    except Rejected as refusal:
        if refusal.status != _NOT_ALLOWED:
            return refusal.status, refusal.reason.encode(), "text/plain"
        said = None
    if said is None:
        return _NOT_ALLOWED, b"callbacks are POSTed", "text/plain"
    return said.status, said.body, said.content_type


def answer_of(event: Event, said: Any) -> tuple[int, bytes, str]:
    """Status, body and media type for an event, with the bytes that its handler said if any."""
    answer = event.acknowledgement
    if isinstance(said, bytes):
        return answer.status, said, "application/json"
    return answer.status, answer.body, answer.content_type


def url_of(scope: Scope) -> str:
    """The URL of a request as the sender called it, as far as the server knows it."""
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    # Some servers leave the query in what they call the raw path.
    path: bytes = (scope.get("raw_path") or b"").partition(b"?")[0] or quote(scope["path"]).encode()
    query = scope.get("query_string", b"")
    url = path + (b"?" + query if query else b"")
    whole = f"{scope.get('scheme', 'http')}://".encode() + host + url if host else url
    return bytes(whole).decode("latin-1")


async def _live(receive: Receive, send: Send) -> None:
    for _ in range(2):
        message = await receive()
        await send({"type": f"{message['type']}.complete"})


async def _whole_body(receive: Receive, most: int) -> bytes:
    """The bytes of the body. Raises Malformed: too large, or the client has gone."""
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise broken_off()
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        more = message.get("more_body", False)
        if size > most:
            raise Malformed("too-large", f"the body has more than {most:,} bytes", status=413)
    return b"".join(pieces)


async def _answer(send: Send, status: int, body: bytes, content_type: str) -> None:
    headers = [(b"content-type", content_type.encode()), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
