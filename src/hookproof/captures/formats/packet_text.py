"""Packets as tcpdump, ngrep and tshark print them: what the client sent, put together."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from hookproof.captures.formats.conversations import (
    METHODS,
    Conversation,
    Piece,
    Streams,
    up_to_next,
)
from hookproof.captures.formats.format import Refused

_MESSAGE: Final = rf"(?:{METHODS}) [^\s]{{1,8000}} HTTP/[0-9]|HTTP/[0-9](?:\.[0-9])? [0-9]{{3}}"

# A packet begins with its moment; with -v its addresses stand on a second line.
_PACKET: Final = (
    r"(?m)^(?:[0-9]{4}-[0-9]{2}-[0-9]{2} )?"
    r"(?:[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]+|[0-9]{9,10}\.[0-9]+)"
    r" [^\n]{0,200}?\bIP6? (?:\([^\n]{0,400}\)[ \t\r]*\n[ ]+)?"
)
_ENDS: Final = (
    r"(?P<source>\S+) > (?P<target>\S+): (?:Flags \[(?P<flags>[^\]\n]*)\],?"
    r"(?:[^\n]{0,99}? seq (?P<number>[0-9]+))?[^\n]{0,400}?length (?P<length>[0-9]+)"
    r"|tcp (?P<quiet>[0-9]+))"
    r"[^\n]*(?:\n|\Z)"
)
_OPTIONS: Final = r"options \[([^\]]*)\]"
_HEX: Final = r"\t0x[0-9a-f]{4,}:  ((?:(?:[0-9a-f]{4}|[0-9a-f]{2})(?: |$|  )){1,8})"
_SIZES: Final = {"nop": 1, "eol": 1, "mss": 4, "sackOK": 2, "wscale": 3, "TS": 10}


def is_tcpdump(start: str) -> bool:
    """Whether a text is what tcpdump prints with -A or -X."""
    return re.search(_PACKET + _ENDS, start) is not None


def tcpdump(text: str) -> list[Conversation]:
    """The conversations in what `tcpdump -A`, -X or -x printed."""
    streams = Streams(dotted="tcpdump -A")
    heads = list(re.finditer(_PACKET + _ENDS, text))
    starts = [match.start() for match in re.finditer(_PACKET, text)] + [len(text)]
    first: dict[tuple[str, str], int] = {}
    line, counted = 1, 0
    for head in heads:
        end = starts[bisect_right(starts, head.start())]
        line, counted = line + text.count("\n", counted, head.end()), head.end()
        ends = (head["source"], head["target"])
        if "S" in (head["flags"] or ""):
            streams.begin(ends)
            first.pop(ends, None)
        size = int(head["length"] or head["quiet"] or 0)
        piece = _payload(text[head.end() : end], size, head[0], line)
        if size and piece:
            number = int(head["number"]) if head["number"] else None
            if number is not None:
                # Of a connection whose beginning it has not seen, tcpdump prints the first number
                # as it is, and the others from that on.
                base = first.setdefault(ends, number)
                number -= base if number >= base else 0
            streams.add(ends, piece, number=number, size=size)
    return streams.conversations()


def _payload(printed: str, size: int, head: str, line: int) -> Piece | None:
    """What a packet carries, out of the text that was printed of it."""
    if hexed := re.findall("(?m)^" + _HEX, printed):
        carried = _carried(bytes.fromhex("".join(hexed).replace(" ", "")))
        return Piece(carried.decode("latin-1"), line, 1, plain=False) if carried else None
    # With -v the decoded request stands before the packet, each line after a tab.
    decoded = re.match(r"(?:\t[^\n]*\n)*", printed)
    skipped = decoded.end() if decoded else 0
    packet = printed[skipped:].removesuffix("\n")
    begin = _begin(packet, size, head)
    carried_text = packet[begin:]
    before = printed[: skipped + begin]
    column = len(before) - before.rfind("\n")
    return Piece(_with_cr(carried_text, size), line + before.count("\n"), column)


def _begin(packet: str, size: int, head: str) -> int:
    """Where in a printed packet the headers of IP and TCP end."""
    version = ord(packet[0]) >> 4 if packet else 0
    fixed = 40 if version == 6 else 4 * (ord(packet[0]) & 15) if packet else 0
    options = re.search(_OPTIONS, head)
    begin = fixed + 20 + _size_of(options[1] if options else "")
    lost = size - len(packet[begin:])
    if version in {4, 6} and 0 <= lost <= packet.count("\n", begin):
        return begin
    # It was cut or edited: a message tells where it begins, else the length does.
    message = re.search(_MESSAGE, packet)
    return message.start() if message else max(len(packet) - size, 0)


def _size_of(options: str) -> int:
    """How many bytes the options of TCP take, from their names."""
    size = 0
    for option in filter(None, options.split(",")):
        name, _, rest = option.partition(" ")
        blocks = rest.partition(" ")[0]
        sack = 2 + 8 * int(blocks) if name == "sack" and blocks.isdigit() else 0
        size += sack or _SIZES.get(name, 0)
    return (size + 3) // 4 * 4


def _with_cr(text: str, size: int) -> str:
    """The text with the CR before line ends that tcpdump leaves out; those of a head come first."""
    lost = size - len(text)
    return text.replace("\n", "\r\n", lost) if 0 < lost <= text.count("\n") else text


def _carried(packet: bytes) -> bytes:
    """The bytes within IP and TCP; link headers, which -XX prints too, are passed over."""
    for skip in (0, 14, 16, 18, 4):
        inner = packet[skip:]
        if inner and (carried := _within_ip(inner)) is not None:
            return carried
    return b""


def _within_ip(packet: bytes) -> bytes | None:
    if len(packet) >= 40 and packet[0] >> 4 == 4 and packet[9] == 6:
        begin = 4 * (packet[0] & 15)
        packet = packet[: int.from_bytes(packet[2:4], "big") or None]
    elif len(packet) >= 60 and packet[0] >> 4 == 6 and packet[6] == 6:
        begin = 40
        packet = packet[: 40 + int.from_bytes(packet[4:6], "big")]
    else:
        return None
    return packet[begin + 4 * (packet[begin + 12] >> 4) :]


_NGREP: Final = (
    r"(?m)^T (?:[0-9/]+ [0-9:.]+ )?(?P<source>\S+:[0-9]+) -> (?P<target>\S+:[0-9]+) \[[A-Z]*\]"
    r"(?: #[0-9]+)?\n"
)


def is_ngrep(start: str) -> bool:
    """Whether a text is what ngrep prints."""
    return re.search(_NGREP, start) is not None


def ngrep(text: str) -> list[Conversation]:
    """The conversations in what `ngrep -W byline` printed. Raises Refused for other layouts."""
    streams = Streams(dotted="ngrep")
    line, counted = 1, 0
    for head, end in up_to_next(_NGREP, text):
        line, counted = line + text.count("\n", counted, head.end()), head.end()
        printed = re.sub(
            r"\n(?:#*\n)?(?:exit\n|[0-9]+ received[^\n]*\n)?\Z", "", text[head.end() : end]
        )
        if re.match(rf"  (?:{METHODS}) \S+ HTTP/[0-9.]+\.\.", printed):
            raise Refused(
                "ngrep joined the lines of these packets, so heads and bodies cannot be told apart",
                code="HP120",
                hint="capture with ngrep -W byline, or save the packets: ngrep -O FILE",
            )
        streams.add((head["source"], head["target"]), Piece(_undotted(printed), line))
    return streams.conversations()


def _undotted(printed: str) -> str:
    """The text with the CR that stands as a dot at the end of a line."""
    head, blank, body = printed.partition("\n.\n")
    if re.match(_MESSAGE, head):
        head = re.sub(r"\.(?=\n|\Z)", "\r", head)
        return head + blank.replace(".", "\r") + _undotted(body)
    lines = printed.split("\n")
    if len(lines) > 1 and all(line.endswith(".") for line in lines[:-1]):
        return "\r\n".join([*(line[:-1] for line in lines[:-1]), lines[-1]])
    return printed


_FOLLOW: Final = (
    r"(?m)^={20,}\nFollow: (?P<what>tcp|http),(?P<how>\w+)\nFilter: [^\n]*\n"
    r"Node 0: [^\n]*\nNode 1: [^\n]*\n"
)


def is_followed(start: str) -> bool:
    """Whether a text is what `tshark -z follow` prints."""
    return re.search(_FOLLOW, start.replace("\r\n", "\n")) is not None


def followed(text: str) -> list[Conversation]:
    """The conversations in what `tshark -z follow,tcp,ascii` printed, raw and hex too."""
    found = []
    for head in re.finditer(_FOLLOW, text):
        if head["how"] not in {"ascii", "raw"}:
            raise Refused(
                f"tshark printed the stream as {head['how']}, which is not read here",
                code="HP120",
                hint="tshark -q -z follow,tcp,raw,0 -r FILE, or give the pcap file itself",
            )
        sides = (Conversation(dotted="tshark"), Conversation(dotted="tshark"))
        if head["how"] == "raw":
            _raw_pieces(text, head.end(), sides)
        else:
            _ascii_pieces(text, head.end(), sides)
        found += [side for side in sides if side.pieces]
    return found


def _raw_pieces(text: str, at: int, sides: tuple[Conversation, Conversation]) -> None:
    line = text.count("\n", 0, at) + 1
    for written in text[at:].split("\n"):
        if written.startswith("="):
            return
        if re.fullmatch(r"\t?(?:[0-9a-f]{2})+\r?", written):
            side = sides[written.startswith("\t")]
            side.dotted = ""
            carried = bytes.fromhex(written.strip()).decode("latin-1")
            side.pieces.append(Piece(carried, line, 1, plain=False))
        line += 1


def _ascii_pieces(text: str, at: int, sides: tuple[Conversation, Conversation]) -> None:
    length = re.compile(r"(\t?)([0-9]+)\n")
    following = re.compile(r"\n(?=\t?[0-9]+\n|={20,})")
    line, counted = 1, 0
    while size := length.match(text, at):
        begin = size.end()
        end = begin + int(size[2])
        if not following.match(text, end):
            # Some line ends lost their CR on the way.
            match = following.search(text, begin)
            end = match.start() if match else len(text)
        line, counted = line + text.count("\n", counted, begin), begin
        sides[bool(size[1])].pieces.append(Piece(text[begin:end], line))
        at = end + 1
