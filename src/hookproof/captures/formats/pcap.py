"""Packets as tcpdump, tshark and Wireshark save them (pcap, pcapng): the HTTP requests in them.

dpkt takes the packets apart where it is installed; their segments are put in order here.
"""

from __future__ import annotations

import importlib
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hookproof.captures.capture import Origin, ReadOptions, Remark, Unreadable
from hookproof.captures.formats.conversations import Conversation, Piece, Streams
from hookproof.captures.formats.format import Format, guarded
from hookproof.captures.formats.http_messages import read_conversations

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator

    from hookproof.captures.formats.format import Found
    from hookproof.captures.stream import Start

# Both byte orders, of microseconds and of nanoseconds; pcapng begins with a section of its own.
_MARKS: Final = (
    b"\xd4\xc3\xb2\xa1",
    b"\xa1\xb2\xc3\xd4",
    b"\x4d\x3c\xb2\xa1",
    b"\xa1\xb2\x3c\x4d",
    b"\x0a\x0d\x0d\x0a",
)
_SYN: Final = 0x02
# Packets are put in order as a whole.
_MAX_PAYLOAD: Final = 256 * 1024 * 1024
_TLS: Final = "\x16\x03"
_HTTP2: Final = "PRI * HTTP/2.0"


def _looks(start: Start, _: ReadOptions) -> bool:
    return start.text.startswith(_MARKS)


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    try:
        dpkt: Any = importlib.import_module("dpkt")
    except ImportError:
        message = "not read: these are packets (pcap), and dpkt is not installed, which reads them"
        hint = (
            "pip install 'hookproof[pcap]', or print them: tcpdump -X -r FILE > FILE.txt, or one"
            " connection: tshark -q -r FILE -z follow,tcp,raw,0 > FILE.txt"
        )
        yield Unreadable(Origin(file), "HP120", message, hint)
        return
    streams = Streams()
    broken = ""
    try:
        size = 0
        for packet, read in _packets(dpkt, stream, streams):
            yield from guarded(read, Origin(file), packet)
            size += len(packet)
            if size > _MAX_PAYLOAD:
                broken = f"more than {_MAX_PAYLOAD:,} bytes travelled in these packets"
                break
    except (dpkt.Error, ValueError, EOFError, ArithmeticError, LookupError, TypeError) as error:
        broken = str(error) or type(error).__name__
    conversations = streams.conversations()
    yield from _remarks(conversations, file)
    yield from read_conversations(conversations, file, options)
    if broken:
        message = f"the packets cannot be read on: {broken}"
        yield Unreadable(Origin(file), "HP100", message, "is the copy whole?")


def _packets(
    dpkt: Any, stream: io.BufferedReader, streams: Streams
) -> Iterator[tuple[bytes, Callable[[], Found]]]:
    """Each packet, and what adds its segment of TCP to the streams."""
    newer = stream.peek(4)[:4] == _MARKS[-1]
    reader = (dpkt.pcapng if newer else dpkt.pcap).Reader(stream)
    link = _link(dpkt, reader.datalink())
    for at, packet in reader:
        yield packet, partial(_add, dpkt, link, packet, float(at), streams)


def _add(dpkt: Any, link: Any, packet: bytes, at: float, streams: Streams) -> Found:
    """Add the segment of TCP that a packet carries, if it is one; gives nothing itself."""
    yield from ()
    try:
        outer = link(packet)
    except (dpkt.Error, LookupError, AttributeError, TypeError, ValueError):
        return
    network = outer if isinstance(outer, (dpkt.ip.IP, dpkt.ip6.IP6)) else outer.data
    tcp = getattr(network, "data", None)
    if not isinstance(tcp, dpkt.tcp.TCP):
        return
    source, target = network.src.hex(), network.dst.hex()
    ends = (f"{source}.{tcp.sport}", f"{target}.{tcp.dport}")
    if tcp.flags & _SYN:
        streams.begin(ends)
    if tcp.data:
        piece = Piece(tcp.data.decode("latin-1"), plain=False)
        streams.add(ends, piece, number=tcp.seq, at=at)


def _link(dpkt: Any, kind: int) -> Any:
    """What reads a packet of a kind of network."""
    known = {
        dpkt.pcap.DLT_NULL: dpkt.loopback.Loopback,
        dpkt.pcap.DLT_LOOP: dpkt.loopback.Loopback,
        dpkt.pcap.DLT_LINUX_SLL: dpkt.sll.SLL,
        dpkt.pcap.DLT_LINUX_SLL2: dpkt.sll2.SLL2,
    }
    raw = {12, 14, 101, 228, 229}
    if kind in raw:
        return lambda packet: (dpkt.ip6.IP6 if packet[0] >> 4 == 6 else dpkt.ip.IP)(packet)
    return known.get(kind, dpkt.ethernet.Ethernet)


def _remarks(conversations: list[Conversation], file: str) -> Iterator[Remark]:
    encrypted = sum(part.text.startswith(_TLS) for part in conversations)
    if encrypted:
        yield Remark(
            Origin(file),
            "a stream that TLS encrypts was passed over; capture behind what ends TLS",
            encrypted,
        )
    second = sum(part.text.startswith(_HTTP2) for part in conversations)
    if second:
        yield Remark(Origin(file), "a stream of HTTP/2 was passed over; only 1.1 is read", second)


PCAP = Format("pcap", _looks, _read, "no HTTP request stands in these packets", text=False)
