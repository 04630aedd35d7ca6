"""The ASGI application: takes callbacks at one port, and hands the other to the page."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from hookproof.receiver.event import Acknowledgement
from hookproof.serve.store import Stored

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hookproof.serve.forward import Forwarder
    from hookproof.serve.reception import Reception
    from hookproof.serve.store import Store

    Message = dict[str, Any]
    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

# In bytes; vendors send tens of kilobytes at most.
LARGEST_BODY: Final = 4 * 1024 * 1024
ON_PURPOSE: Final = "on purpose"


@dataclass(slots=True)
class Fault:
    """A fault made on purpose: `kind` is fail, drop or hang; `left` requests get it, None all."""

    kind: str
    left: int | None = None
    status: int = 503


@dataclass(slots=True)
class Misbehaviour:
    """What is done wrong on purpose: the faults one after the other, each answer after `delay`."""

    faults: list[Fault] = field(default_factory=list)
    delay: float = 0.0

    def next(self) -> Fault | None:
        """The fault of the next request, None where it is answered as it should be."""
        while self.faults:
            fault = self.faults[0]
            if fault.left is None:
                return fault
            if fault.left > 0:
                fault.left -= 1
                return fault
            self.faults.pop(0)
        return None


@dataclass(slots=True)
class Application:
    """Stores each request, answers it as the vendor documents, and tells of it.

    `told` is called for each capture, in the thread of the event loop, after it is answered or
    refused. What comes to `page_port` is the page's.
    """

    store: Store
    reception: Reception
    told: Callable[[Stored], None]
    page: App | None = None
    page_port: int = 0
    forward: Forwarder | None = None
    misbehaviour: Misbehaviour = field(default_factory=Misbehaviour)
    clock: Callable[[], float] = time.time
    _landed: list[tuple[asyncio.Future[Stored], Stored | Exception]] = field(default_factory=list)
    _awaited: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if self.page and scope["server"][1] == self.page_port:
            await self.page(scope, receive, send)
            return
        try:
            body = await _whole(scope, receive)
        except _GoneError:
            return
        if body is None:
            await answer(send, Acknowledgement(413, b"the body is too large"), last=True)
            return
        query = scope["query_string"]
        url = scope["raw_path"] + (b"?" + query if query else b"")
        headers = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"])
        row = Stored(0, self.clock(), scope["method"], url.decode("latin-1"), headers, body)
        try:
            kept = await self._keep(row)
        except OSError as error:
            # What is not on disk was never received: the vendor is to try again.
            await answer(send, Acknowledgement(503, b"it could not be stored"))
            self.told(row.judged("", "", (), 503).saying(f"not stored: {error}"))
            return
        await self._reply(kept, scope, receive, send)

    async def _reply(self, kept: Stored, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self.misbehaviour.next()
        if self.misbehaviour.delay:
            await asyncio.sleep(self.misbehaviour.delay)
        if fault is not None:
            await self._do_wrong(fault, kept, scope, receive, send)
        elif self.forward and kept.status is not None and kept.status < 300:
            relayed, about = await self.forward.relay(kept)
            self._note(kept, relayed.status, about)
            await answer(send, relayed)
        else:
            await answer(send, self.reception.answer(kept))
            self.told(kept)

    async def _do_wrong(
        self, fault: Fault, kept: Stored, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if fault.kind == "fail":
            self._note(kept, fault.status, ON_PURPOSE)
            await answer(send, Acknowledgement(fault.status, b"it fails on purpose"))
            return
        word = "dropped" if fault.kind == "drop" else "left hanging"
        self._note(kept, None, f"{word} {ON_PURPOSE}")
        if fault.kind == "hang":
            # Until the sender has had enough.
            while (await receive())["type"] != "http.disconnect":
                pass
        scope["extensions"]["hookproof.drop"]()

    def _note(self, kept: Stored, status: int | None, about: str) -> None:
        row = kept.judged(kept.callback, kept.signature, kept.findings, status).saying(about)
        loop = asyncio.get_running_loop()
        self.store.answered(row, lambda _: loop.call_soon_threadsafe(self.told, row))

    async def _keep(self, row: Stored) -> Stored:
        """The request as it lies on disk; raises OSError where it could not be stored."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Stored] = loop.create_future()
        self.store.add(row, lambda outcome: self._land(loop, future, outcome))
        return await future

    def _land(
        self,
        loop: asyncio.AbstractEventLoop,
        future: asyncio.Future[Stored],
        outcome: Stored | Exception,
    ) -> None:
        """Tell the event loop, from the writing thread; a group wakes it once."""
        self._landed.append((future, outcome))
        if not self._awaited:
            self._awaited = True
            loop.call_soon_threadsafe(self._settle)

    def _settle(self) -> None:
        self._awaited = False
        landed, self._landed = self._landed, []
        for future, outcome in landed:
            if future.done():
                continue
            if isinstance(outcome, Exception):
                future.set_exception(OSError(str(outcome)))
            else:
                future.set_result(outcome)


class _GoneError(Exception):
    """The client went away in the middle of its request."""


async def _whole(scope: Scope, receive: Receive) -> bytes | None:
    """The body; None where it is too large, by what its head says or by what came."""
    for name, value in scope["headers"]:
        if name == b"content-length" and int(value or b"0") > LARGEST_BODY:
            return None
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _GoneError
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        more = message.get("more_body", False)
        if size > LARGEST_BODY:
            return None
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


async def answer(send: Send, given: Acknowledgement, *, last: bool = False) -> None:
    """Send an answer; after the `last` one the connection is closed."""
    headers = [(b"content-length", b"%d" % len(given.body))]
    if given.content_type:
        headers.append((b"content-type", given.content_type.encode("latin-1")))
    if last:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": given.status, "headers": headers})
    await send({"type": "http.response.body", "body": given.body})
