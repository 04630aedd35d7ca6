"""What stands between the vendor and a receiver: troubles that come by chance, and checks.

    python between.py PORT BEHIND KIND

Forwards requests to the receiver at the port BEHIND. A trouble is drawn for each request; a check
refuses what a careful team would refuse, and is correct: nothing that a vendor sends is refused.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, unquote_plus

if TYPE_CHECKING:
    from collections.abc import Callable

CHANCE = random.Random(20261129)
SHARE = 0.01
PAUSE = 8.0
WINDOW = 300
EARLIEST = 1_262_304_000  # 2010
APPLICATION = {"appid": "3141592653", "AppId": "3141592653", "sdkappid": "1400000000"}
# Numbers with such names are moments; what lasts or is limited is none.
MOMENT = re.compile(
    r"timestamp|(?:event|callback|send|create|update|start|stop|l|deleted)_?(?:ms)?ts|ts|event_?time"
    r"|(?:create|close|room_create|room_close|login|logout|begin|end|start|msg|invite|report|accept)"
    r"_?time",
    re.IGNORECASE,
)


class Message(NamedTuple):
    """A request or an answer: its head, and its body as it travels and as it is meant."""

    head: bytes
    travelling: bytes
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        """The headers, by their names in small letters."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        pairs = (line.split(":", 1) for line in lines if ":" in line)
        return {name.strip().lower(): value.strip() for name, value in pairs}

    @property
    def status(self) -> int:
        """The status of an answer."""
        return int(self.head.split(b" ", 2)[1])

    @property
    def ends_connection(self) -> bool:
        """Whether nothing more comes on the connection."""
        return self.headers.get("connection", "").lower() == "close"


async def read_message(stream: asyncio.StreamReader, *, answer: bool = False) -> Message | None:
    """The next message of a connection, None at its end."""
    try:
        head = await stream.readuntil(b"\r\n\r\n")
        empty = Message(head, b"", b"")
        if "chunked" in empty.headers.get("transfer-encoding", "").lower():
            return await read_chunks(stream, head)
        length = empty.headers.get("content-length")
        if length is not None:
            body = await stream.readexactly(int(length))
        else:
            body = await stream.read() if answer and empty.status not in {204, 304} else b""
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
        return None
    return Message(head, body, body)


async def read_chunks(stream: asyncio.StreamReader, head: bytes) -> Message:
    travelling, body = b"", b""
    while True:
        line = await stream.readuntil(b"\r\n")
        size = int(line.split(b";")[0], 16)
        chunk = await stream.readexactly(size + 2)
        travelling, body = travelling + line + chunk, body + chunk[:-2]
        if size == 0:
            return Message(head, travelling, body)


def answered(status: int, text: str) -> bytes:
    close = "Connection: close\r\n" if status == 503 else ""
    return f"HTTP/1.1 {status} -\r\nContent-Length: {len(text)}\r\n{close}\r\n{text}".encode()


# -- troubles ---------------------------------------------------------------------------------


class Reset(Exception):
    """The connection is to be reset."""


async def gateway() -> bytes:
    return answered(503, "no process is free")


async def reset() -> bytes:
    raise Reset


async def pause() -> bytes:
    await asyncio.sleep(PAUSE)
    return b""


TROUBLES = {"503": gateway, "resets": reset, "pauses": pause}


# -- checks -----------------------------------------------------------------------------------


def fields_of(message: Message) -> dict[str, Any]:
    """The fields of a body in any of its forms; none where it cannot be read."""
    text = message.body.decode("utf-8", "replace")
    with suppress(ValueError, RecursionError):
        value = json.loads(unquote_plus(text) if text.startswith("%") else text)
        return value if isinstance(value, dict) else {}
    return {name: values[0] for name, values in parse_qs(text).items()}


def leaves(value: Any, name: str = "") -> list[tuple[str, Any]]:
    """All members that hold no others, with their names; nested JSON is opened."""
    if isinstance(value, str) and value[:1] in {"{", "["}:
        with suppress(ValueError, RecursionError):
            return leaves(json.loads(value), name)
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, key)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner, name)]
    return [(name, value)]


class Nonces:
    """Remembers which body came with a nonce; a redelivery is the same body."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def refuses(self, message: Message) -> str:
        """Why a request is refused, "" where it is not."""
        nonce = self.nonce(message)
        known = self.known.get(nonce) if nonce else None
        return "the nonce was used for another body" if known not in {None, message.body} else ""

    def accepted(self, message: Message) -> None:
        """Remember a callback that the receiver has taken."""
        if nonce := self.nonce(message):
            self.known[nonce] = message.body

    @staticmethod
    def nonce(message: Message) -> str:
        """The nonce of a body, "" where it has none."""
        fields = fields_of(message)
        nonce = fields.get("nonce", fields.get("Nonce"))
        return str(nonce) if isinstance(nonce, str | int) else ""


def of_another_application(message: Message) -> str:
    given = {**fields_of(message), "sdkappid": message.headers.get("sdkappid")}
    wrong = [
        n for n, own in APPLICATION.items() if given.get(n) is not None and str(given[n]) != own
    ]
    return f"not our application: {wrong[0]}" if wrong else ""


def out_of_window(message: Message) -> str:
    fields = fields_of(message)
    names = ("timestamp", "Timestamp", "CallbackTs", "notifyMs")
    given = next((str(fields[name]) for name in names if name in fields), "")
    if not re.fullmatch(r"[0-9]{1,14}", given):
        return "" if not given else "no moment"
    moment = int(given) / (1000 if len(given) > 10 else 1)
    return "too old, or of the future" if abs(time.time() - moment) > WINDOW else ""


def implausible(message: Message) -> str:
    for name, value in leaves(fields_of(message)):
        if MOMENT.fullmatch(name) and re.fullmatch(r"[1-9][0-9]*", str(value)):
            seconds = int(value) / (1000 if int(value) > 10**11 else 1)
            if not EARLIEST < seconds < time.time() + 86_400:
                return f"{name} is no moment of ours: {value}"
    return ""


def kind(name: str) -> tuple[Callable[[Message], str], Callable[[Message], None]]:
    """What refuses, and what is told of each callback that was accepted."""
    if name == "nonces":
        memory = Nonces()
        return memory.refuses, memory.accepted
    checks = {
        "application": of_another_application,
        "window": out_of_window,
        "moments": implausible,
    }
    return checks.get(name, lambda _: ""), lambda _: None


# -- the proxy --------------------------------------------------------------------------------


class Proxy:
    """Forwards to the receiver at a port what neither chance nor a check keeps from it."""

    def __init__(self, behind: int, name: str) -> None:
        self.behind, self.name = behind, name
        self.trouble = TROUBLES.get(name)
        self.refuses, self.accepted = kind(name)

    async def answer(
        self, message: Message, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bytes:
        """What a request gets; reader and writer lead to the receiver."""
        if self.trouble and CHANCE.random() < SHARE and (answer := await self.trouble()):
            return answer
        if why := self.refuses(message):
            return answered(422 if self.name == "moments" else 401, why)
        writer.write(message.head + message.travelling)
        told = await read_message(reader, answer=True)
        if told is None:
            raise Reset
        if 200 <= told.status < 300:
            self.accepted(message)
        return told.head + told.travelling

    async def client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection, with one of its own to the receiver."""
        upstream = await asyncio.open_connection("127.0.0.1", self.behind, limit=1 << 22)
        try:
            while (message := await read_message(reader)) is not None:
                answer = await self.answer(message, *upstream)
                writer.write(answer)
                await writer.drain()
                head = answer.split(b"\r\n\r\n", 1)[0] + b"\r\n\r\n"
                if message.ends_connection or Message(head, b"", b"").ends_connection:
                    break
        except Reset:
            writer.transport.abort()
        except ConnectionError:
            pass
        finally:
            upstream[1].close()
            writer.close()


async def serve(port: int, behind: int, name: str) -> None:
    """Stand before a receiver until the end."""
    client = Proxy(behind, name).client
    server = await asyncio.start_server(client, "127.0.0.1", port, limit=1 << 22)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
