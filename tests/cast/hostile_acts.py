"""What hostile receivers do to a connection: small acts that the cast is put together from."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING, Final

from cast.hostile import OK

if TYPE_CHECKING:
    from collections.abc import Callable

    from cast.hostile import Peer

    Act = Callable[[Peer], None]

HEAD: Final = b"HTTP/1.1 200 OK\r\n"


def says(raw: bytes) -> Act:
    """Read the request, say this, and close."""

    def act(peer: Peer) -> None:
        if peer.read():
            peer.send(raw)

    return act


def says_and_holds(raw: bytes) -> Act:
    """Read the request, say this, and do nothing more."""

    def act(peer: Peer) -> None:
        if peer.read():
            peer.send(raw)
            peer.hold()

    return act


def says_and_resets(raw: bytes) -> Act:
    """Read the request, say this, and reset the connection once it has arrived."""

    def act(peer: Peer) -> None:
        if peer.read():
            peer.send(raw)
            # A reset throws away what was not yet fetched at the other end.
            peer.server.over.wait(0.1 if raw else 0)
            peer.reset()

    return act


def says_and_drips(raw: bytes, piece: bytes) -> Act:
    """Read the request, say this, and then a piece at a time for ever."""

    def act(peer: Peer) -> None:
        if peer.read():
            peer.send(raw)
            peer.drip(piece)

    return act


def says_and_floods(raw: bytes, piece: bytes) -> Act:
    """Read the request, say this, and then the same as fast as it is taken."""

    def act(peer: Peer) -> None:
        if peer.read():
            peer.send(raw)
            peer.flood(piece)

    return act


def reads_nothing(peer: Peer) -> None:
    """Take the connection and leave the request where it is."""
    peer.hold()


def resets_at_once(peer: Peer) -> None:
    """Reset the connection as soon as it stands."""
    peer.reset()


def answers_unread(peer: Peer) -> None:
    """Answer without having read anything, and go."""
    peer.send(HEAD + b"Content-Length: 1\r\nConnection: close\r\n\r\n1")
    peer.hold()


def sends_a_bomb(peer: Peer) -> None:
    """Answer with a body that is small, and ten megabytes once it is decompressed."""
    body = _bomb()
    head = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    if peer.read():
        peer.send(head + body)


@cache
def _bomb() -> bytes:
    packer = zlib.compressobj(1, wbits=zlib.MAX_WBITS | 16)
    zeros = bytes(1_000_000)
    return b"".join([*(packer.compress(zeros) for _ in range(10)), packer.flush()])


def changes_its_mind(peer: Peer) -> None:
    """Accept two requests, and answer 500 to the ones after them."""
    while peer.read():
        peer.server.seen += 1
        if peer.server.seen <= 2:
            peer.send(OK)
        else:
            peer.send(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")


def dies_and_comes_back(peer: Peer) -> None:
    """Answer one request, be gone for a moment after the next, and then answer again."""
    while peer.read():
        peer.server.seen += 1
        if peer.server.seen == 2:
            peer.reset()
            peer.server.go_away(0.3)
            return
        peer.send(OK)
