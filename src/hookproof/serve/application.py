"""Stores each request, answers it as it should be or badly on purpose, and tells of it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hookproof.receiver.event import Acknowledgement

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.serve.clients import Client
    from hookproof.serve.forward import Forwarder
    from hookproof.serve.reception import Reception
    from hookproof.serve.store import Store, Stored

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
    """Has each request stored, answers it as the vendor documents, and tells of it.

    `told` is called for the captures that were answered together, in the thread of the event loop.
    """

    store: Store
    reception: Reception
    told: Callable[[list[Stored]], None]
    forward: Forwarder | None = None
    misbehaviour: Misbehaviour = field(default_factory=Misbehaviour)
    _taken: list[tuple[Client, Stored]] = field(default_factory=list)
    _is_storing: bool = False
    _replies: set[asyncio.Task[None]] = field(default_factory=set)

    def take(self, client: Client, row: Stored) -> None:
        """Have a request judged and stored; it is answered once it is on disk."""
        self._taken.append((client, row))
        self._go_on()

    def _go_on(self) -> None:
        """Store what waits, a group after the other: two at once would wait for each other."""
        if self._taken and not self._is_storing:
            self._is_storing = True
            asyncio.get_running_loop().call_soon(self._gather, 0)

    def _gather(self, before: int) -> None:
        """Store once a turn of the loop brings nothing more: one sync is then for all of them."""
        if len(self._taken) > before:
            asyncio.get_running_loop().call_soon(self._gather, len(self._taken))
        else:
            self._store()

    def _store(self) -> None:
        taken, self._taken = self._taken, []
        self.store.add([row for _, row in taken], _in_this_loop(partial(self._settle, taken)))

    def _settle(self, taken: list[tuple[Client, Stored]], kept: list[Stored] | Exception) -> None:
        """Answer what was taken together, in the loop's thread."""
        self._is_storing = False
        self._go_on()
        told = []
        if isinstance(kept, Exception):
            # What is not on disk was never received: the vendor is to try again.
            for client, row in taken:
                client.answer(Acknowledgement(503, b"it could not be stored"))
                told.append(row.judged("", "", (), 503).saying(f"not stored: {kept}"))
            self.told(told)
            return
        wrongs = self.misbehaviour
        is_plain = not (wrongs.faults or wrongs.delay or self.forward)
        for (client, _), outcome in zip(taken, kept, strict=True):
            fault = None if is_plain else wrongs.next()
            if not is_plain and (fault or wrongs.delay or self._is_handed_on(outcome)):
                reply = asyncio.ensure_future(self._reply(client, outcome, fault))
                self._replies.add(reply)
                reply.add_done_callback(self._replies.discard)
            else:
                client.answer(self.reception.answer(outcome))
                told.append(outcome)
        self.told(told)

    def _is_handed_on(self, kept: Stored) -> bool:
        """Whether another server is to answer; what proves no sender goes no further."""
        return self.forward is not None and kept.status is not None and kept.status < 300

    async def _reply(self, client: Client, kept: Stored, fault: Fault | None) -> None:
        await asyncio.sleep(self.misbehaviour.delay)
        if fault is not None:
            self._do_wrong(fault, client, kept)
        elif self.forward and self._is_handed_on(kept):
            relayed, about = await self.forward.relay(kept)
            self._note(kept, relayed.status, about)
            client.answer(relayed)
        else:
            client.answer(self.reception.answer(kept))
            self.told([kept])

    def _do_wrong(self, fault: Fault, client: Client, kept: Stored) -> None:
        if fault.kind == "fail":
            self._note(kept, fault.status, ON_PURPOSE)
            client.answer(Acknowledgement(fault.status, b"it fails on purpose"))
        elif fault.kind == "drop":
            self._note(kept, None, f"dropped {ON_PURPOSE}")
            client.drop()
        else:
            # Until the sender has had enough.
            self._note(kept, None, f"left hanging {ON_PURPOSE}")

    def _note(self, kept: Stored, status: int | None, about: str) -> None:
        row = kept.judged(kept.callback, kept.signature, kept.findings, status).saying(about)
        self.store.answered(row, _in_this_loop(lambda _: self.told([row])))


def _in_this_loop(work: Callable[[Any], object]) -> Callable[[Any], None]:
    """The same work, done in the thread of the event loop whoever asks for it."""
    loop = asyncio.get_running_loop()

    def ask(outcome: Any) -> None:
        # Where the loop has ended, nobody waits for an answer any more.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(work, outcome)

    return ask
