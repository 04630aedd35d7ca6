"""The local page and what it asks for: captures as JSON, live events, and the three actions.

It is on a port of its own, always on loopback, so that a tunnel to the callbacks shows nothing of
it. A page of somebody else's reads nothing here (no CORS, and the Host header is held to our own
names, whatever a name server says), and does nothing, for each action wants the token.
"""

from __future__ import annotations

import asyncio
import hmac
import re
from collections import deque
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from itertools import takewhile
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

import orjson

from hookproof.errors import HookproofError
from hookproof.http.target import with_query
from hookproof.payload.pointer import with_leaves
from hookproof.serve.view import detail, summary

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hookproof.serve.store import Store, Stored
    from hookproof.signature.veil import Veil

    Message = dict[str, Any]
    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    Action = Callable[[Stored, dict[str, Any]], dict[str, Any]]

_MOST_SHOWN: Final = 20_000
# Captures that come with the page itself, so that the first screen waits for nothing else.
_FIRST: Final = 200
_BATCH: Final = 500
# Who is further behind is told to ask for the list again.
_FAR_BEHIND: Final = 5_000
# Seconds in which what is new is collected.
_BREATH: Final = 0.05
_KEEP_ALIVE: Final = 15.0
_LARGEST_REQUEST: Final = 64 * 1024
_CAPTURE: Final = re.compile(r"/api/captures/([0-9]{1,15})(?:/([a-z]+))?")
_POLICY: Final = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_ALWAYS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer to the page."""

    body: bytes
    content_type: str = "application/json"
    status: int = 200
    headers: tuple[tuple[bytes, bytes], ...] = ()


def _refusal(status: int, why: str) -> _Answer:
    return _Answer(orjson.dumps({"error": why}), status=status)


@dataclass(slots=True)
class Page:
    """The page as an ASGI application.

    `port` is its own. `actions` are what can be done with a capture, by name: each gives what the
    page shows of the outcome. `facts` are shown at its head. Secrets are hidden by `veil`.
    """

    store: Store
    port: int
    actions: dict[str, Action]
    facts: dict[str, Any]
    veil: Veil
    exactly: Callable[[Stored], Stored] = lambda row: row
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    # The last captures that were told of, each with its place among all of them.
    _told: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=_MOST_SHOWN))
    _count: int = 0
    _ended: bool = False

    def tell(self, rows: list[Stored]) -> None:
        """Let those who watch know of captures, or of changes; in the event loop's thread."""
        self._told.extend(enumerate([row.id for row in rows], self._count + 1))
        self._count += len(rows)
        news, self._news = self._news, asyncio.Event()
        news.set()

    def end(self) -> None:
        """Let go of those who watch."""
        self._ended = True
        self._news.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if headers.get(b"host", "").lower() not in self._names():
            await self._send(send, _refusal(421, "this page is at 127.0.0.1 and localhost alone"))
            return
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if scope["method"] == "GET" and scope["path"] == "/events":
            await self._stream(headers, query, receive, send)
        elif scope["method"] == "GET":
            await self._send(send, await asyncio.to_thread(self._get, scope["path"], query))
        elif scope["method"] == "POST" and self._may_act(headers):
            await self._send(send, await self._act(scope["path"], receive))
        else:
            await self._send(send, _refusal(403, "the token of the page is missing"))

    def _names(self) -> set[str]:
        return {f"{host}:{self.port}" for host in ("127.0.0.1", "localhost", "[::1]")}

    def _may_act(self, headers: dict[bytes, str]) -> bool:
        origin = headers.get(b"origin")
        if origin is not None and origin.removeprefix("http://") not in self._names():
            return False
        given = headers.get(b"x-hookproof-token", "").encode("latin-1")
        return hmac.compare_digest(given, self.store.token.encode())

    def _get(self, path: str, query: dict[str, list[str]]) -> _Answer:
        sought = query.get("q", [""])[0]
        if path == "/":
            return self._document()
        if path == "/api/captures":
            limit = min(_number(query, "limit") or _MOST_SHOWN, _MOST_SHOWN)
            return _Answer(self._list(sought, limit=limit, before=_number(query, "before")))
        match = _CAPTURE.fullmatch(path)
        row = self.store.get(int(match[1])) if match else None
        if row is None or (match and match[2]):
            return _refusal(404, "it is not here, or not any more")
        return _Answer(self._veiled(detail(self.exactly(row))))

    def _list(self, sought: str = "", *, limit: int, before: int | None = None) -> bytes:
        """The newest captures, or those before one, as the page takes them."""
        latest = self.store.newest()
        rows = self.store.latest(limit=limit, sought=sought, before=before)
        shown, more = [summary(row) for row in rows], len(rows) == limit < _MOST_SHOWN
        data = {"captures": shown, "facts": self.facts, "latest": latest, "more": more}
        return self._veiled(data)

    async def _act(self, path: str, receive: Receive) -> _Answer:
        match = _CAPTURE.fullmatch(path)
        action = self.actions.get(match[2] or "") if match else None
        body, more = b"", True
        while more and len(body) <= _LARGEST_REQUEST:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        if not match or action is None:
            return _refusal(404, "there is no such action")
        row = await asyncio.to_thread(self.store.get, int(match[1]))
        if row is None:
            return _refusal(404, "the capture is not here any more")
        try:
            asked = orjson.loads(body or b"{}")
            done = await asyncio.to_thread(action, row, asked if isinstance(asked, dict) else {})
        except orjson.JSONDecodeError:
            return _refusal(400, "the body of the request is not JSON")
        except HookproofError as error:
            return _Answer(self._veiled({"error": str(error)}), status=422)
        except OSError as error:
            return _refusal(422, f"it could not be written: {error.strerror}")
        return _Answer(self._veiled(done))

    def _document(self) -> _Answer:
        nonce = token_urlsafe(16)
        text = _part("page.html")
        for name, value in {
            "nonce": nonce,
            "token": escape(self.store.token),
            "style": _part("page.css"),
            "script": _part("page.js"),
            # The last one, for it has what strangers sent.
            "first": escape(self._list(limit=_FIRST).decode()),
        }.items():
            text = text.replace(f"@@{name}@@", value)
        policy = _POLICY.format(nonce=nonce).encode()
        headers = ((b"content-security-policy", policy),)
        return _Answer(text.encode(), "text/html; charset=utf-8", headers=headers)

    def _veiled(self, data: dict[str, Any]) -> bytes:
        whole = orjson.dumps(data)
        # Names of members are ours, and stay even where a secret is such a word.
        return (
            whole
            if self.veil.over(whole) == whole
            else orjson.dumps(with_leaves(data, self._hidden))
        )

    def _hidden(self, value: Any) -> Any:
        return self.veil.over_text(value) if isinstance(value, str) else value

    async def _send(self, send: Send, answer: _Answer) -> None:
        headers = [
            (b"content-type", answer.content_type.encode()),
            (b"content-length", b"%d" % len(answer.body)),
            *_ALWAYS,
            *answer.headers,
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _stream(
        self, headers: dict[bytes, str], query: dict[str, list[str]], receive: Receive, send: Send
    ) -> None:
        """Send what comes from now on, or since the event that was seen last."""
        sought = query.get("q", [""])[0]
        seen = headers.get(b"last-event-id") or query.get("after", [""])[0]
        last = int(seen) if re.fullmatch("[0-9]{1,15}", seen) else 0
        start = [(b"content-type", b"text/event-stream"), *_ALWAYS]
        await send({"type": "http.response.start", "status": 200, "headers": start})
        await self._event(send, b"retry: 1000\n\n")
        gone = asyncio.create_task(_disconnected(receive))
        count = self._count
        try:
            while not gone.done() and not self._ended:
                news, before, count = self._news, count, self._count
                told = takewhile(lambda one: one[0] > before, reversed(self._told))  # noqa: B023
                again = {at for _, at in told if at <= last}
                if (newest := self.store.newest()) - last > _FAR_BEHIND and last:
                    last, again = newest, set()
                    await self._event(send, b"id: %d\nevent: many\ndata: {}\n\n" % last)
                rows = await asyncio.to_thread(self._fresh, last, again, sought)
                for row in rows:
                    last = max(last, row.id)
                    data = self._veiled(summary(row))
                    await self._event(send, b"id: %d\ndata: %s\n\n" % (last, data))
                if len(rows) < _BATCH:
                    await self._wait(news, gone, send)
        finally:
            gone.cancel()
        await send({"type": "http.response.body", "body": b""})

    def _fresh(self, last: int, again: set[int], sought: str) -> list[Stored]:
        """What changed of what was sent before, and what came after it."""
        changed = [row for at in sorted(again) if (row := self.store.get(at))]
        return [*changed, *self.store.after(last, limit=_BATCH, sought=sought)]

    async def _wait(self, news: asyncio.Event, gone: asyncio.Task[None], send: Send) -> None:
        """Until there is something new; a word now and then shows who has gone."""
        waiting = asyncio.create_task(news.wait())
        done, _ = await asyncio.wait(
            {waiting, gone}, timeout=_KEEP_ALIVE, return_when=asyncio.FIRST_COMPLETED
        )
        waiting.cancel()
        await asyncio.sleep(_BREATH)
        if not done:
            await self._event(send, b": still here\n\n")

    async def _event(self, send: Send, text: bytes) -> None:
        await send({"type": "http.response.body", "body": text, "more_body": True})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _number(query: dict[str, list[str]], name: str) -> int | None:
    given = query.get(name, [""])[0]
    return int(given) if re.fullmatch("[0-9]{1,15}", given) else None


def _part(name: str) -> str:
    return (files("hookproof.serve") / name).read_text(encoding="utf-8")


def curl(row: Stored, url: str) -> str:
    """A line for a shell that sends a capture as it came."""
    import shlex  # noqa: PLC0415 - for this alone

    from hookproof.describe.example import curl_line  # noqa: PLC0415
    from hookproof.serve.forward import OWN_HEADERS  # noqa: PLC0415

    headers = [
        f"-H {shlex.quote(f'{name}: {value}')}"
        for name, value in row.headers
        if name.lower() not in OWN_HEADERS
    ]
    return curl_line(headers, row.body, with_query(url, row.url.partition("?")[2]))
