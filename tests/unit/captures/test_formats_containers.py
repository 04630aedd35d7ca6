"""Archives, packets, tables and items: what other tools put captures in."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import sys
import tarfile
import zipfile
import zlib
from typing import Any

import pytest
from unit.captures.reading import bodies, captures, everything, read, told

from hookproof.captures import stream
from hookproof.captures.capture import Capture, Remark, Unreadable

BODY = '{"event":"x","n":1}'
RAW = f"POST /cb HTTP/1.1\r\nHost: h\r\nContent-Length: {len(BODY)}\r\n\r\n{BODY}"


def tarred(*members: tuple[str, bytes]) -> bytes:
    """A tar of these files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def zipped(*members: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


MEMBERS = (("a.json", BODY.encode()), ("b/c.http", RAW.encode()), ("b/d.ndjson", b'{}\n{"a":1}'))


@pytest.mark.parametrize(
    "raw",
    [
        tarred(*MEMBERS),
        gzip.compress(tarred(*MEMBERS)),
        bz2.compress(tarred(*MEMBERS)),
        lzma.compress(tarred(*MEMBERS)),
        zipped(*MEMBERS),
        zipped(*MEMBERS, how=zipfile.ZIP_STORED),
        zipped(*MEMBERS, how=zipfile.ZIP_LZMA),
        gzip.compress(zipped(*MEMBERS)),
    ],
)
def test_each_member_is_a_file_of_its_own(raw: bytes) -> None:
    """Its format is told by itself, and its place names archive and member."""
    found = captures(raw)
    assert [one.body.decode() for one in found] == [BODY, BODY, "{}", '{"a":1}']
    assert [one.origin.file for one in found] == [
        "f!a.json",
        "f!b/c.http",
        "f!b/d.ndjson",
        "f!b/d.ndjson",
    ]


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress, zlib.compress, gzip.compress])
def test_one_packed_file_is_unpacked(pack: Any) -> None:
    """Told by its first bytes, whichever of these packed it."""
    assert bodies(pack(BODY.encode())) == [BODY]
    with pytest.raises(stream.StreamBroken, match="cut off"):
        stream.open_stream(io.BytesIO(pack(BODY.encode())[:-8])).read()


def test_a_text_that_begins_like_zlib_is_none() -> None:
    """An x is a letter too."""
    assert bodies("x=1&y=2") == ["x=1&y=2"]


def test_an_archive_in_an_archive_is_opened_once() -> None:
    """One that is deeper is said."""
    inner = zipped(*MEMBERS[:1])
    assert captures(tarred(("i.zip", inner)))[0].origin.file == "f!i.zip!a.json"
    packed = gzip.compress(inner)
    assert captures(zipped(("i.zip.gz", packed)))[0].origin.file == "f!i.zip.gz!a.json"
    [deep] = read(zipped(("j.tar", tarred(("i.zip", inner)))))
    assert isinstance(deep, Unreadable)
    assert (deep.origin.file, "archive in an archive" in deep.message) == ("f!j.tar!i.zip", True)


def test_hidden_files_and_folders_are_passed_over_as_in_a_folder() -> None:
    """What macOS adds is no capture."""
    extra = (("__MACOSX/._a.json", b"\0"), (".DS_Store", b"\0"), ("x/.git/y", b"z"))
    assert bodies(zipped(*extra, *MEMBERS[:1])) == [BODY]
    assert bodies(tarred(*extra, *MEMBERS[:1])) == [BODY]


def test_an_encrypted_member_is_said() -> None:
    """The others are read."""
    raw = bytearray(zipped(*MEMBERS[:2]))
    # The flag stands in the head of the member and in the directory.
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    refused, found = read(bytes(raw))
    assert isinstance(refused, Unreadable)
    assert "encrypted" in refused.message
    assert isinstance(found, Capture)


def test_a_damaged_member_costs_itself_alone() -> None:
    """Its checksum is wrong; the others are read."""
    raw = zipped(*MEMBERS[:2], how=zipfile.ZIP_STORED).replace(b'"n":1}PK', b'"n":2}PK', 1)
    found = read(raw)
    assert [type(one) for one in found] == [Unreadable, Capture]


def test_a_bomb_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks without end is stopped."""
    monkeypatch.setattr("hookproof.captures.formats.archive.MAX_UNPACKED", 100_000)
    assert stream.MAX_UNPACKED > 100_000
    [found] = read(zipped(("a.ndjson", b" " * 3_000_000)))
    assert isinstance(found, Unreadable)
    assert "bomb" in found.hint


def test_what_fiddler_saves_are_requests() -> None:
    """Answers and notes of a session are no captures, and nothing is said of them."""
    answer = b"HTTP/1.1 200 OK\r\n\r\nok"
    saz = zipped(
        ("_index.htm", b"<html>"),
        ("[Content_Types].xml", b"<x/>"),
        ("raw/01_c.txt", RAW.replace(" /cb", " http://h/cb").encode()),
        ("raw/01_m.xml", b"<x/>"),
        ("raw/01_s.txt", answer),
    )
    [found] = captures(saz)
    assert (found.url, found.origin.file) == ("http://h/cb", "f!raw/01_c.txt")


def pcap(*packets: bytes, link: int = 101) -> bytes:
    """A pcap of these packets, a second between them."""
    out = b"\xd4\xc3\xb2\xa1\x02\0\x04\0" + b"\0" * 8 + (65535).to_bytes(4, "little")
    out += link.to_bytes(4, "little")
    for number, packet in enumerate(packets):
        size = len(packet).to_bytes(4, "little")
        out += (1_700_000_000 + number).to_bytes(4, "little") + b"\0" * 4 + size * 2 + packet
    return out


def segment(
    number: int, payload: bytes, *, port: int = 5000, flags: int = 0x18, six: bool = False
) -> bytes:
    """A segment of TCP within IP."""
    tcp = port.to_bytes(2, "big") + b"\x1f\x40" + number.to_bytes(4, "big") + b"\0" * 4
    tcp += bytes([0x50, flags]) + b"\0\x40" + b"\0" * 4 + payload
    if six:
        return b"\x60\0\0\0" + len(tcp).to_bytes(2, "big") + b"\x06\x40" + b"\0" * 32 + tcp
    size = (20 + len(tcp)).to_bytes(2, "big")
    return b"\x45\0" + size + b"\0\0\x40\0\x40\x06\0\0" + b"\x7f\0\0\1" * 2 + tcp


class TestPackets:
    """pcap and pcapng, whose packets dpkt takes apart."""

    @pytest.fixture(autouse=True)
    def _needed(self) -> None:
        pytest.importorskip("dpkt")

    @pytest.mark.parametrize("six", [False, True])
    def test_segments_are_put_in_order(self, six: bool) -> None:  # noqa: FBT001 - a parameter
        """Late ones, ones that came twice or overlap, and the wrap of the numbers."""
        raw = RAW.encode()
        begin = 2**32 - 40
        parts = [raw[:30], raw[30:60], raw[60:]]
        at = [begin, begin + 30, (begin + 60) % 2**32]
        packets = [
            segment(begin - 1, b"", flags=2, six=six),
            segment(at[0], parts[0], six=six),
            segment(at[2], parts[2], six=six),
            segment(at[0], parts[0], six=six),
            segment(at[1] - 5, raw[25:60], six=six),
        ]
        [found] = captures(pcap(*packets))
        assert (found.body.decode(), found.url) == (BODY, "/cb")
        assert found.received_at == 1_700_000_001

    @pytest.mark.parametrize(
        ("link", "before"),
        [
            (1, b"\x11" * 12 + b"\x08\0"),
            (113, b"\0\0\3\4\0\6" + b"\0" * 8 + b"\x08\0"),
            (0, b"\2\0\0\0"),
            (1, b"\x11" * 12 + b"\x81\0\0\1\x08\0"),
        ],
    )
    def test_kinds_of_networks_are_known(self, link: int, before: bytes) -> None:
        """Ethernet, with VLAN too, `-i any` of Linux, the loopback of BSD."""
        assert bodies(pcap(before + segment(1, RAW.encode()), link=link)) == [BODY]

    def test_what_is_encrypted_is_remarked(self) -> None:
        """TLS hides requests, and that is said."""
        hidden, found = everything(
            pcap(segment(1, b"\x16\x03\x01" + b"x" * 99), segment(1, RAW.encode(), port=6))
        )
        assert isinstance(hidden, Remark)
        assert "TLS" in hidden.text
        assert isinstance(found, Capture)

    def test_a_new_connection_of_the_same_ends_begins_anew(self) -> None:
        """Ports are used again."""
        raw = RAW.encode()
        packets = [segment(1, raw[:40]), segment(77, b"", flags=2), segment(78, raw)]
        assert bodies(pcap(*packets)) == ["HP100", BODY]

    def test_all_is_read_of_bytes_beyond_ascii(self) -> None:
        """Packets are bytes, unlike what tcpdump -A prints."""
        body = '{"a":"你"}'
        raw = f"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: {len(body.encode())}\r\n\r\n{body}"
        assert bodies(pcap(segment(1, raw.encode()))) == [body]


def test_packets_without_dpkt_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is named, and the command that prints them readably."""
    monkeypatch.setitem(sys.modules, "dpkt", None)
    [found] = read(pcap(segment(1, RAW.encode())))
    assert isinstance(found, Unreadable)
    assert "hookproof[pcap]" in found.hint
    assert "tshark" in found.hint


def table(rows: list[list[str]], **dialect: Any) -> str:
    """A table as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, **{"lineterminator": "\n", **dialect}).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["body", "@message", "log line"])
def test_a_table_is_read(delimiter: str, end: str, name: str) -> None:
    """The column is found by its name or by what it holds; a body may have lines of its own."""
    pretty = '{\n "event": "x",\n "n": "a,b;c"\n}'
    rows = [
        ["id", "@timestamp", name, "headers"],
        ["1", "2026-01-01T00:00:00Z", BODY, '{"Sign":"s"}'],
        ["2", "2026-01-01T00:00:01Z", pretty, ""],
        ["3", "", "a=1&b=2", ""],
    ]
    text = table(rows, delimiter=delimiter, lineterminator=end)
    assert told(text) == "csv"
    found = captures(text)
    assert [one.body.decode() for one in found] == [BODY, pretty, "a=1&b=2"]
    assert [one.origin.line for one in found] == [2, 3, 7]
    assert found[0].headers == (("Sign", "s"),)
    assert found[0].received_at == 1767225600
    assert name in found[0].note


def test_the_column_can_be_named() -> None:
    """--body-field decides, and a row with nothing in it is a remark."""
    text = table([["a", "b"], [BODY, '{"z":1}'], [BODY, ""]])
    found = everything(text, body="b")
    assert [type(one) for one in found] == [Capture, Remark]
    assert bodies(text) == [BODY, BODY]


@pytest.mark.parametrize(
    "text",
    [
        "event=a&x=1,2\nevent=b&x=3,4\n",
        '2026-01-01, started {"a":1}\n2026-01-02, started {"a":2}\n',
        "a,b\n1,2\n",
        "one line, and another\nand a third, too\n",
    ],
)
def test_other_text_with_commas_is_no_table(text: str) -> None:
    """A table names its columns and holds bodies."""
    assert told(text) != "csv"


def test_burp_entities_are_refused() -> None:
    """No tool needs them, and bombs are made of them."""
    text = '<?xml version="1.0"?><!DOCTYPE items [<!ENTITY a "b">]><items><item/></items>'
    [found] = read(text)
    assert isinstance(found, Unreadable)
    assert "entities" in found.message


def test_burp_items_may_be_text() -> None:
    """Base64 is a choice when items are saved."""
    request = f'<request base64="false"><![CDATA[{RAW}]]></request>'
    text = f'<?xml version="1.0"?>\n<items burpVersion="1"><item>{request}</item></items>'
    assert bodies(text.replace("\r\n", "\n")) == [BODY]
