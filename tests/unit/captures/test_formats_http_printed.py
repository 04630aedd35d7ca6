"""HTTP within what tools print: packets, streams, traces, audit logs, files of requests."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any

import pytest
from unit.captures.reading import bodies, captures, everything, read, told

from hookproof.captures.capture import Capture, Remark, Unreadable
from hookproof.payload.body import read_body

BODY = '{"event":"x","n":1}'
PRETTY = '{\n  "event": "x",\n  "n": 1\n}'
HEAD = "POST /cb HTTP/1.1\r\nHost: h\r\nSign: s\r\nContent-Length: {}\r\n\r\n"
CLOCK = "09:12:12.0003"


def request(body: str) -> str:
    """A request with a length."""
    return HEAD.format(len(body.encode())) + body


def packet(
    number: int, text: str, *, port: str = "80", verbose: bool = False, timed: bool = True
) -> str:
    """A packet as `tcpdump -A` prints it, with the options that Linux sends."""
    size = len(text.encode())
    options = ", options [nop,nop,TS val 1 ecr 1]" if timed else ""
    first = text.partition("\r\n")[0]
    shown = f": HTTP: {first}" if port == "80" and " HTTP/1" in first else ""
    head = (
        f"10.0.0.1.5000 > 10.0.0.2.{port}: Flags [P.], seq {number}:{number + size}, ack 1, win 5"
        f"{options}, length {size}{shown}\n"
    )
    # The length of the option is a line end to a terminal.
    headers = "E..{" + "." * 36 + ("\n" + "." * 11 if timed else "")
    if not timed:
        headers = "E..{" + "." * 36
    printed = "".join(c if c.isascii() else "." * len(c.encode()) for c in text)
    printed = printed.replace("\r\n", "\n")
    copy = "".join(f"\t{line}\n" for line in printed.split("\n\n")[0].split("\n")) + "\t\n"
    before = f"{CLOCK} IP (tos 0x0, ttl 64, proto TCP (6), length 9)\n    " if verbose else ""
    return (before or f"{CLOCK} IP ") + head + (copy if verbose else "") + headers + printed + "\n"


ACK = f"{CLOCK} IP 10.0.0.2.80 > 10.0.0.1.5000: Flags [.], ack 9, win 5, length 0\nE..4....\n"


@pytest.mark.parametrize("body", [BODY, PRETTY, PRETTY.replace("\n", "\r\n")])
@pytest.mark.parametrize("port", ["80", "8080"])
@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("timed", [False, True])
def test_tcpdump_is_read_as_it_prints(
    body: str,
    port: str,
    verbose: bool,  # noqa: FBT001 - parameters
    timed: bool,  # noqa: FBT001
) -> None:
    """One packet or two, with the first line printed twice, and CR that tcpdump leaves out."""
    whole = request(body)
    one = packet(1, whole, port=port, verbose=verbose, timed=timed)
    assert told(one) == "http"
    assert bodies(one + ACK) == [body]
    at = len(whole) - len(body)
    head = packet(1, whole[:at], port=port, verbose=verbose, timed=timed)
    rest = packet(1 + at, whole[at:], port=port, timed=timed)
    assert bodies(head + ACK + rest + ACK) == [body]


def test_segments_are_put_in_order() -> None:
    """They come late and twice, overlap, and belong to several connections."""
    whole = request(PRETTY)
    size = len(whole)
    first, middle, last = whole[:50], whole[50 : size - 9], whole[size - 9 :]
    late = packet(1, first) + packet(51 + len(middle), last) + packet(51, middle)
    assert bodies(late) == [PRETTY]
    twice = packet(1, first) + packet(1, first) + packet(41, whole[40:]) + packet(51, middle)
    assert bodies(twice) == [PRETTY]
    other = packet(1, request(BODY)).replace("10.0.0.1.5000", "10.0.0.3.6000")
    assert bodies(packet(1, first) + other + packet(51, middle + last)) == [PRETTY, BODY]


def test_a_segment_that_was_not_saved_is_told() -> None:
    """What is missing is not made up from what came after."""
    whole = request(BODY)
    found = read(packet(1, whole[:-9]) + packet(900, request(BODY)))
    assert [type(one) for one in found] == [Unreadable, Capture]


def test_a_connection_that_was_open_before_is_read() -> None:
    """Its first number is printed as it is, and the others from that on."""
    whole = request(BODY)
    at = len(whole) - len(BODY)
    first, rest = packet(466085697, whole[:at]), packet(at, whole[at:])
    assert bodies(first + rest) == [BODY]
    later = packet(466085697 + at, whole[at:])
    assert bodies(first + later) == [BODY]


def test_a_place_leads_into_the_packet() -> None:
    """Line and column are those of the printed file."""
    whole = request(PRETTY)
    text = packet(1, whole[: -len(PRETTY)]) + packet(1 + len(whole) - len(PRETTY), PRETTY)
    [found] = captures(text)
    line, column = found.origin.place(read_body(found.body), ("n",))
    assert text.split("\n")[line - 1][column - 1 :] == "1"


def test_dots_for_bytes_prove_nothing() -> None:
    """Bytes beyond ASCII are printed as dots: the signature of such a body is not checked."""
    [found] = captures(packet(1, request('{"a":"你"}')))
    assert found.body == b'{"a":"..."}'
    assert (found.headers, found.url) == (None, "")
    assert "dots" in found.note


def hexdump(text: str, *, link: bool = False) -> str:
    """The same packet as -X and -XX print it."""
    payload = text.encode()
    ip = b"\x45\0" + (40 + len(payload)).to_bytes(2, "big") + b"\0" * 5 + b"\x06" + b"\0" * 10
    tcp = b"\0" * 12 + b"\x50\x18" + b"\0" * 6
    raw = (b"\x11" * 12 + b"\x08\0" if link else b"") + ip + tcp + payload
    lines = []
    for at in range(0, len(raw), 16):
        pairs = [raw[at : at + 16][i : i + 2].hex() for i in range(0, len(raw[at : at + 16]), 2)]
        lines.append(f"\t0x{at:04x}:  {' '.join(pairs):<39}  {'.' * 16}\n")
    head = f"{CLOCK} IP 1.1.1.1.5 > 1.1.1.2.80: Flags [P.], seq 1:9, length {len(payload)}\n"
    return head + "".join(lines)


@pytest.mark.parametrize("link", [False, True])
def test_hex_dumps_are_read_to_the_byte(link: bool) -> None:  # noqa: FBT001 - a parameter
    """`tcpdump -X` shows every byte."""
    assert bodies(hexdump(request('{"a":"你"}'), link=link)) == ['{"a":"你"}']


def test_ngrep_is_read_by_line() -> None:
    """A dot stands for the CR of each line, and packets of a connection belong together."""
    shown = request(PRETTY).replace("\r", ".")
    at = shown.index("{")
    one = (
        f"interface: lo (1.0.0.0/255.0.0.0)\n####\nT 1.1.1.1:5 -> 1.1.1.2:80 [AP] #4\n{shown}\n##\n"
    )
    assert told(one) == "http"
    assert bodies(one) == [PRETTY]
    answer = "T 1.1.1.2:80 -> 1.1.1.1:5 [AP] #9\nHTTP/1.1 200 OK.\n.\nok\n\n"
    two = (
        f"T 2026/01/01 09:12:12.000399 1.1.1.1:5 -> 1.1.1.2:80 [AP] #4\n{shown[:at]}\n\n{answer}"
        f"T 2026/01/01 09:12:12.000400 1.1.1.1:5 -> 1.1.1.2:80 [AP] #6\n{shown[at:]}\n\n"
    )
    assert bodies(two) == [PRETTY]


def test_ngrep_without_lines_is_refused() -> None:
    """Heads and bodies cannot be told apart, and the option that helps is named."""
    text = 'T 1.1.1.1:5 -> 1.1.1.2:80 [AP] #4\n  POST /cb HTTP/1.1..Host: h....{"a":1}\n\n'
    [found] = read(text)
    assert isinstance(found, Unreadable)
    assert "-W byline" in found.hint


def followed(*chunks: str, how: str = "ascii") -> str:
    """What `tshark -z follow` prints; an answer begins with HTTP."""
    mark = "=" * 67
    text = f"\n{mark}\nFollow: tcp,{how}\nFilter: tcp.stream eq 0\nNode 0: a:1\nNode 1: b:2\n"
    for chunk in chunks:
        tab = "\t" if chunk.startswith("HTTP") else ""
        raw = chunk.encode()
        text += f"{tab}{raw.hex()}\n" if how == "raw" else f"{tab}{len(raw)}\n{chunk}\n"
    return text + f"{mark}\n"


@pytest.mark.parametrize("how", ["ascii", "raw"])
@pytest.mark.parametrize("body", [BODY, PRETTY])
def test_a_followed_stream_is_read(how: str, body: str) -> None:
    """Lengths stand between the pieces, and the answers after a tab."""
    whole, answer = request(body), "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    at = len(whole) - len(body)
    assert bodies(followed(whole, answer, how=how)) == [body]
    assert bodies(followed(whole[:at], whole[at:], answer, whole, how=how)) == [body, body]
    if how == "ascii":
        assert bodies(followed(whole[:at], whole[at:]).replace("\r", "")) == [body]


def traced(text: str, *, what: str = "data", hexed: bool = False) -> str:
    """A block of `curl --trace-ascii`, or of --trace."""
    raw = text.encode()
    out, at = f"=> Send {what}, {len(raw)} bytes (0x{len(raw):x})\n", 0
    while at < len(raw):
        piece = raw[at : at + (16 if hexed else 64)]
        step = len(piece)
        if hexed:
            shown = " ".join(f"{byte:02x}" for byte in piece).ljust(48) + "." * len(piece)
        else:
            # CR LF is not printed and ends the line.
            line, _, _ = piece.partition(b"\r\n")
            step = len(line) + 2 if piece != line else len(piece)
            shown = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in line)
        out += f"{at:04x}: {shown}\n"
        at += step
    return out


@pytest.mark.parametrize("hexed", [False, True])
def test_what_curl_traces_is_read(hexed: bool) -> None:  # noqa: FBT001 - a parameter
    """Offsets are taken away, and the CR LF that they count come back."""
    body = '{"event":"x","long":"' + "y" * 200 + '"}'
    head = HEAD.format(len(body))
    text = (
        "== Info:   Trying 127.0.0.1:80...\n"
        + traced(head, what="header", hexed=hexed)
        + traced(body, hexed=hexed)
        + "<= Recv header, 17 bytes (0x11)\n0000: HTTP/1.1 200 OK\n"
    )
    assert told(text) == "http"
    assert bodies(text + text) == [body, body]
    stamped = "\n".join(
        f"09:12:12.000399 {line}" if line[:2] in {"==", "=>", "<="} else line
        for line in text.split("\n")
    )
    assert bodies(stamped) == [body]


def test_an_audit_log_is_read() -> None:
    """ModSecurity keeps head and body in parts of their own; the answer is none of them."""
    head = HEAD.format(len(BODY)).replace("\r", "")
    for marks in (("--a1b2-{}--\n", ""), ("---aB3-9--{}--\n", "")):
        part = marks[0].format
        text = (
            f"{part('A')}[01/Jan/2026:09:12:12 +0000] id 1.1.1.1 5 1.1.1.2 80\n{part('B')}{head}"
            f"{part('C')}{BODY}\n{part('F')}HTTP/1.1 200 OK\n\n{part('Z')}\n"
        ).replace("---aB3-9--", "---aB39---")
        assert told(text) == "http", text
        assert bodies(text + text.replace("a1b2", "c3d4").replace("aB39", "x2Y1")) == [BODY, BODY]


def test_goreplay_is_read() -> None:
    """A line with the moment stands before each request, a mark after it; answers are left out."""
    monkeys = "\n🐵🙈🙉\n"
    ident = "f45590522cd1838b4a0d5c5aab80b77929dea3b3"
    bare = request(BODY).replace(f"Content-Length: {len(BODY)}\r\n", "")
    text = "".join(
        f"{kind} {ident} 1577836800123456789 1\n{content}{monkeys}"
        for kind, content in ((1, request(BODY)), (2, "HTTP/1.1 200 OK\r\n\r\n"), (1, bare))
    )
    found = captures(text)
    assert [one.body.decode() for one in found] == [BODY, BODY]
    assert found[0].received_at == pytest.approx(1577836800.123, abs=0.001)


@pytest.mark.parametrize("blank", [" ", ""])
def test_a_copied_head_of_http_2_is_read(blank: str) -> None:
    """A browser shows the first line in pseudo headers."""
    text = f":authority:{blank}h\n:method:{blank}POST\n:path:{blank}/cb?a=1\n:scheme: https\n"
    [found] = captures(text + f"sign: s\ncontent-type: application/json\n\n{BODY}")
    assert (found.body.decode(), found.url) == (BODY, "/cb?a=1")
    assert ("sign", "s") in (found.headers or ())
    assert found.origin.line == 8


def test_methods_in_small_letters_are_known() -> None:
    """Some tools write them so."""
    text = request(BODY).replace("POST", "post")
    assert told(text) == "http"
    assert bodies(text) == [BODY]


FILE = """\
@host = http://localhost:8000
@token = abc

### one
# a comment
// and another
POST {{host}}/cb?Signature={{token}} HTTP/1.1
Content-Type: application/json
# a comment among the headers
Sign: {{token}}
X-Other: {{nobody}}

BODY

> {%
  client.test("ok", function() {})
%}

###
POST http://localhost:8000/cb
    ?a=1
    &b=2
Content-Type: application/json

BODY

<> 2026-01-01.json

### a query
GET http://localhost:8000/x

### two
# @name form
post http://localhost:8000/cb
Content-Type: application/x-www-form-urlencoded

event=x
&n=1
""".replace("BODY", BODY).replace("post http", "POST http")


def test_a_file_of_requests_is_read() -> None:
    """Separators, comments, variables, handlers and lines of a query are none of the body."""
    assert told(FILE) == "http"
    found = captures(FILE)
    assert [one.body.decode() for one in found] == [BODY, BODY, "event=x&n=1"]
    assert found[0].url == "http://localhost:8000/cb?Signature=abc"
    assert found[1].url == "http://localhost:8000/cb?a=1&b=2"
    assert ("Sign", "abc") in (found[0].headers or ())
    assert "X-Other" not in dict(found[0].headers or ())
    assert [one.origin.line for one in found] == [FILE[: FILE.index(BODY)].count("\n") + 1, 25, 37]


@pytest.mark.parametrize(
    "text",
    [
        f"POST http://h/cb\nContent-Type: application/json\n\n{BODY}\n",
        f"POST /cb\nHost: h\n\n{BODY}\n\n\n",
        f"POST http://h/cb\n\n{BODY}\n\n###\n",
        f"# comment\nPOST {{{{base}}}}/cb\n\n{BODY}\n> handler.js\n",
        f"< {{%\n  request.variables.set('a', 1)\n%}}\nPOST http://h/cb\n\n{BODY}\n",
        f"POST http://h/cb HTTP/1.1\n\n{BODY}\n\n### next\n",
        f"POST http://h/cb HTTP/1.1\r\nA: b\r\n\r\n{BODY}\r\n\r\n###\r\n",
    ],
)
def test_requests_of_editors_need_no_version(text: str) -> None:
    """Nor a separator."""
    assert told(text) == "http"
    assert bodies(text) == [BODY]


@pytest.mark.parametrize(
    ("body", "said"),
    [("< ./body.json", "body.json"), ('{"a":"{{$guid}}"}', "{{$guid}}"), ("{{b}}", "{{b}}")],
)
def test_what_a_file_of_requests_does_not_hold_is_said(body: str, said: str) -> None:
    """No file is opened and nothing is made up; the other requests are read."""
    refused, found = read(f"POST http://h/cb\n\n{body}\n\n###\nPOST http://h/cb\n\n{BODY}\n")
    assert isinstance(refused, Unreadable)
    assert said in refused.message
    assert (refused.origin.line, refused.origin.record) == (1, 1)
    assert isinstance(found, Capture)
    assert found.origin.record == 2


@pytest.mark.parametrize("after", ["[GIN] 2026/01/01 | 200 |", "  ", "x"])
def test_what_follows_a_whole_body_is_a_remark(after: str) -> None:
    """The length is kept to, and text that others wrote behind the body breaks nothing."""
    found = everything(request(BODY) + after + "\n" + request(BODY))
    assert [one.body.decode() for one in found if isinstance(one, Capture)] == [BODY, BODY]
    assert sum(isinstance(one, Remark) for one in found) == (1 if after.strip() else 0)
    assert len(everything(request(BODY) + "   \n\n  \t\n")) == 1


def zlibbed(raw: bytes, wbits: int) -> bytes:
    """Compressed with or without the header of zlib."""
    packer = zlib.compressobj(wbits=wbits)
    return packer.compress(raw) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(BODY.encode(), mtime=0)),
        ("x-gzip", gzip.compress(BODY.encode(), mtime=0)),
        ("deflate", zlibbed(BODY.encode(), 15)),
        ("deflate", zlibbed(BODY.encode(), -15)),
        ("deflate, gzip", gzip.compress(zlibbed(BODY.encode(), 15), mtime=0)),
        ("gzip", BODY.encode()),
        ("br", BODY.encode()),
        ("identity", BODY.encode()),
    ],
)
def test_a_compressed_body_is_opened(coding: str, packed: bytes) -> None:
    """Content-Encoding says how it was compressed; tools that opened it leave the header."""
    head = f"POST /cb HTTP/1.1\r\nHost: h\r\nContent-Encoding: {coding}\r\n"
    raw = f"{head}Content-Length: {len(packed)}\r\n\r\n".encode() + packed
    assert bodies(raw) == [BODY]


@pytest.mark.parametrize(
    ("coding", "packed"),
    [("gzip", gzip.compress(BODY.encode(), mtime=0)[:-9]), ("br", b"\x8b\x02\x80{}\x03")],
)
def test_a_body_that_cannot_be_opened_says_how_it_is_compressed(
    coding: str, packed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not called text in another encoding."""
    import sys  # noqa: PLC0415 - for this test alone

    monkeypatch.setitem(sys.modules, "brotli", None)
    monkeypatch.setitem(sys.modules, "brotlicffi", None)
    head = f"POST /cb HTTP/1.1\r\nHost: h\r\nContent-Encoding: {coding}\r\n"
    raw = f"{head}Content-Length: {len(packed)}\r\n\r\n".encode() + packed
    [found] = read(raw)
    assert isinstance(found, Unreadable)
    assert coding in found.message


def test_a_body_that_grows_without_end_is_too_large() -> None:
    """A bomb within a request is bounded as any body."""
    packed = gzip.compress(b" " * 10_000_000)
    head = "POST /cb HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\n"
    raw = f"{head}Content-Length: {len(packed)}\r\n\r\n".encode() + packed
    assert bodies(raw, max_body=100_000) == ["HP109"]


def test_no_text_makes_a_printed_capture_raise() -> None:
    """Any cut of any of these files is read or told."""
    samples: tuple[Any, ...] = (
        packet(1, request(PRETTY), verbose=True) + ACK,
        hexdump(request(BODY)),
        followed(request(BODY)),
        followed(request(BODY), how="raw"),
        traced(HEAD.format(9), what="header") + traced(BODY),
        FILE,
    )
    for text in samples:
        raw = text.encode()
        for cut in range(0, len(raw), 7):
            read(raw[:cut], "http")
            read(io.BytesIO(raw[cut:]).read(), "http")
