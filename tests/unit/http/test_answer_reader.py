"""The answer reader: bytes in, in any pieces, one answer out."""

from __future__ import annotations

from random import Random

import pytest
from each import each

from hookproof.http.head import NotHttp
from hookproof.http.http1 import AnswerReader

SIZED = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A:  b \r\n\r\nhello"
CHUNKED = (
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\ntransfer-encoding: gzip, Chunked\r\n"
    b'\r\n4 ;x="y"\r\nwiki\r\n1\r\n!\r\n0\r\nTrailer: 1\r\n\r\n'
)
BARE_LINES = b"HTTP/1.1 200\nContent-Length: 2\nX: y\n\nok"
TO_THE_END = b"HTTP/1.0 500 Oh no\r\nX: y\r\n\r\nhello"


def read(raw: bytes, size: int | None = None, *, bodiless: bool = False) -> AnswerReader:
    """Feed an answer in pieces of one size, then the end of the stream."""
    reader = AnswerReader(bodiless=bodiless)
    size = size or len(raw)
    for start in range(0, len(raw), size):
        reader.feed(raw[start : start + size])
    if not reader.finished:
        reader.end_of_stream()
    return reader


def head_of(raw: bytes) -> AnswerReader:
    """Feed a head, to which the empty line is added."""
    reader = AnswerReader()
    reader.feed(raw + b"\r\n\r\n")
    return reader


@each("size", range(1, 20))
@each("raw", [SIZED, CHUNKED, BARE_LINES, TO_THE_END])
def test_pieces_make_no_difference(raw: bytes, size: int) -> None:
    """An answer reads the same whatever the pieces it comes in."""
    whole, pieces = read(raw), read(raw, size)
    assert pieces.head == whole.head
    assert pieces.body == whole.body
    assert (pieces.problem, pieces.reusable) == (whole.problem, whole.reusable)


def test_a_sized_answer() -> None:
    """Status, headers without the space around them, body and the life of the connection."""
    reader = read(SIZED)
    assert reader.head is not None
    assert reader.head.status == 200
    assert reader.head.headers == (("Content-Length", "5"), ("X-A", "b"))
    assert (reader.body, reader.problem, reader.reusable) == (b"hello", "", True)


def test_a_chunked_answer() -> None:
    """Only the chunks are taken off, not the coding below them."""
    reader = read(CHUNKED)
    assert reader.head is not None
    assert reader.head.status == 202
    assert (reader.body, reader.problem, reader.reusable) == (b"wiki!", "", True)


def test_an_answer_to_the_end() -> None:
    """A body without a length ends with the connection, which is not used again."""
    reader = read(TO_THE_END)
    assert (reader.body, reader.problem, reader.reusable) == (b"hello", "", False)


def test_a_folded_header() -> None:
    """A header over several lines is one header."""
    reader = head_of(b"HTTP/1.1 204 X\r\nX: a\r\n\t b\r\n c\r\nY:\r\n z")
    assert reader.head is not None
    assert reader.head.headers == (("X", "a b c"), ("Y", "z"))


@pytest.mark.parametrize(
    ("raw", "detail"),
    [
        (b"hello", "the status line is not HTTP: 'hello'"),
        (b"\r\nHTTP/1.1 200 OK", "the status line is not HTTP: ''"),
        (b"HTTP/2 200 OK", "the status line is not HTTP: 'HTTP/2 200 OK'"),
        (b"HTTP/1.1 20 OK", "the status line is not HTTP: 'HTTP/1.1 20 OK'"),
        (b"HTTP/1.1 099 OK", "the status line is not HTTP: 'HTTP/1.1 099 OK'"),
        (b"HTTP/1.1 2000 OK", "the status line is not HTTP: 'HTTP/1.1 2000 OK'"),
        (b"HTTP/1.1 \xb2\xb2\xb2 OK", r"the status line is not HTTP: 'HTTP/1.1 \xb2\xb2\xb2 OK'"),
        (b"http/1.1 200 OK", "the status line is not HTTP: 'http/1.1 200 OK'"),
        (b"\x15\x03\x01\x00\x02\x02", "(it looks like TLS: is it an https URL?)"),
        (b"HTTP/1.1 101 X", "it switches to another protocol (101), which nobody asked for"),
        (b"HTTP/1.1 200 OK\r\nnothing", "not a header line: 'nothing'"),
        (b"HTTP/1.1 200 OK\r\n: x", "not a header line: ': x'"),
        (b"HTTP/1.1 200 OK\r\nA : x", "not a header line: 'A : x'"),
        (b"HTTP/1.1 200 OK\r\n A: x", "not a header line: ' A: x'"),
        (b"HTTP/1.1 200 OK\r\nA: x\ry", "a header holds a carriage return or a NUL"),
        (b"HTTP/1.1 200 OK\r\nA: x\0y", "a header holds a carriage return or a NUL"),
        (b"HTTP/1.1 200 OK" + b"\r\nA: x" * 101, "more than 100 headers"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"x" * 65536, "the headers are longer than 64 KiB"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: +5", "Content-Length is not a number: '+5'"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5_0", "Content-Length is not a number: '5_0'"),
        (b"HTTP/1.1 200 OK\r\nContent-Length:", "Content-Length is not a number: ''"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: \xb2", r"Content-Length is not a number: '\xb2'"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000, "Content-Length is beyond 64 bits"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6", "Content-Length contradicts itself: '5, 6'"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6",
            "Content-Length contradicts itself: '5, 6'",
        ),
    ],
)
def test_what_is_not_http(raw: bytes, detail: str) -> None:
    """A head that is malformed is refused with what is wrong, in ASCII."""
    with pytest.raises(NotHttp) as caught:
        head_of(raw)
    assert detail in caught.value.detail
    assert caught.value.detail.isascii()


def test_a_hundred_headers_are_read() -> None:
    """The limit itself is within the limit."""
    reader = head_of(b"HTTP/1.1 204 X" + b"\r\nA: x" * 100)
    assert reader.head is not None
    assert len(reader.head.headers) == 100


def test_what_is_shown_is_cut() -> None:
    """A long line is shown by its first 80 characters."""
    with pytest.raises(NotHttp) as caught:
        head_of(b"x" * 5000)
    assert caught.value.detail.endswith(f"'{'x' * 80}'...")


def test_lengths_that_agree() -> None:
    """The same length said twice is one length."""
    reader = read(b"HTTP/1.1 200 X\r\nContent-Length: 5, 05\r\nContent-Length: 5\r\n\r\nhello")
    assert (reader.body, reader.problem, reader.reusable) == (b"hello", "", True)


def test_chunks_win_over_a_length() -> None:
    """With both, the chunks count, and the connection is not trusted further."""
    head = b"HTTP/1.1 200 X\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
    reader = read(head + b"2\r\nok\r\n0\r\n\r\n")
    assert (reader.body, reader.problem, reader.reusable) == (b"ok", "", False)


@pytest.mark.parametrize("coding", [b"gzip", b"chunked, gzip", b"chunked, chunked", b""])
def test_a_coding_without_an_end(coding: bytes) -> None:
    """When "chunked" is not the last coding, the body ends with the connection."""
    reader = read(b"HTTP/1.1 200 X\r\nTransfer-Encoding: " + coding + b"\r\n\r\n1\r\nx")
    assert (reader.body, reader.problem, reader.reusable) == (b"1\r\nx", "", False)


@pytest.mark.parametrize(
    ("chunks", "body", "problem"),
    [
        (b"g\r\n", b"", r"a chunk begins with b'g\r\n'"),
        (b"-1\r\n", b"", "a chunk begins with"),
        (b"0x1\r\na\r\n", b"", "a chunk begins with"),
        (b"\r\n", b"", "a chunk begins with"),
        (b"1\na\r\n", b"", "a chunk begins with"),
        (b"F" * 17 + b"\r\n", b"", "a chunk begins with"),
        (b"1;" + b"x" * 2000, b"", "longer than 1024 bytes"),
        (b"1\r\nab\r\n", b"a", "a chunk does not end where its length says"),
        (b"3\r\nab", b"ab", "closed in the middle of the body (2 bytes of it came)"),
        (b"2\r\nab\r\n", b"ab", "closed in the middle of the body"),
        (b"0\r\n", b"", "closed in the middle of the body"),
        (b"0\r\n" + b"A: b\r\n" * 20000, b"", "the trailers are longer than 64 KiB"),
    ],
)
def test_a_bad_chunk_ends_the_body(chunks: bytes, body: bytes, problem: str) -> None:
    """Chunks are read strictly; what came before the fault stays."""
    reader = read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
    assert reader.head is not None
    assert (reader.finished, reader.reusable, reader.body) == (True, False, body)
    assert problem in reader.problem


@pytest.mark.parametrize("over", [0, 1])
def test_the_limit_of_the_body(over: int) -> None:
    """A body of 64 KiB is whole, one byte more is cut, however its end is told."""
    size = 64 * 1024 + over
    body = b"x" * size
    for raw in (
        b"\r\n" + body,
        b"Content-Length: %d\r\n\r\n" % size + body,
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (size, body),
        b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * size + b"0\r\n\r\n",
    ):
        reader = read(b"HTTP/1.1 200 OK\r\n" + raw)
        assert len(reader.body) == 64 * 1024
        assert bool(reader.problem) == bool(over)


@pytest.mark.parametrize("raw", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_no_answer_is_no_answer(raw: bytes) -> None:
    """The end of the stream before the end of the head leaves nothing."""
    reader = AnswerReader()
    reader.feed(raw)
    with pytest.raises(EOFError):
        reader.end_of_stream()


@pytest.mark.parametrize("raw", [b"x", b"HTTX", b"HTTP/1.1 2x0\n", b"HTTP/1.1 200 O\0K\r\n"])
def test_noise_is_known_by_its_beginning(raw: bytes) -> None:
    """What can no longer become a head is refused before its end."""
    with pytest.raises(NotHttp):
        AnswerReader().feed(raw)


@each("seed", range(400))
def test_damage_is_survived_and_pieces_still_make_no_difference(seed: int) -> None:
    """A damaged answer gives the same result in any pieces: an answer, none, or not HTTP."""
    chance = Random(seed)
    raw = bytearray(chance.choice([SIZED, CHUNKED, BARE_LINES, TO_THE_END]) * 2)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(raw))
        raw[place : place + chance.randint(0, 3)] = chance.choice(
            [b"", b"\r\n", b"\n", b"\0", b" ", b"9", b"\xff", b"0\r\n\r\n", b"HTTP/1.1 ", b":"]
        )
    assert outcome(bytes(raw), chance.randint(1, 9)) == outcome(bytes(raw), len(raw))


def outcome(raw: bytes, size: int) -> object:
    """All that an answer in such pieces leads to."""
    try:
        reader = read(raw, size)
    except (NotHttp, EOFError) as error:
        return type(error)
    return reader.head, bytes(reader.body), reader.problem
