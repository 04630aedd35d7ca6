"""Raw HTTP requests: from nc, from a proxy, out of tcpdump, whole or not."""

from __future__ import annotations

import gzip

import pytest
from unit.captures.reading import bodies, captures, marked, places, read, remarks, told

from hookproof.captures.capture import Capture, Unreadable
from hookproof.payload.body import read_body

HEAD = "POST /hook?a=b HTTP/1.1\r\nHost: h\r\nX-Id: 1\r\n"


def sized(body: str, *, length: int | None = None) -> str:
    """A request with a Content-Length."""
    size = len(body.encode()) if length is None else length
    return f"{HEAD}Content-Length: {size}\r\n\r\n{body}"


def chunked(*chunks: str, end: str = "0\r\n\r\n") -> str:
    """A request with a body in chunks."""
    parts = [f"{len(chunk.encode()):x}\r\n{chunk}\r\n" for chunk in chunks]
    return f"{HEAD}Transfer-Encoding: chunked\r\n\r\n{''.join(parts)}{end}"


def fault(content: str) -> Unreadable:
    """The only thing that is found."""
    [found] = read(content, "http")
    assert isinstance(found, Unreadable), found
    return found


def test_a_request_is_read_as_it_travelled() -> None:
    """Body, headers in their spelling and target are taken; a moment is not known."""
    [found] = captures(sized('{"é":1}'))
    assert found.body.decode() == '{"é":1}'
    assert found.headers == (("Host", "h"), ("X-Id", "1"), ("Content-Length", "8"))
    assert (found.url, found.received_at) == ("/hook?a=b", None)


@pytest.mark.parametrize("body", ["", "1", '{"a":\r\n"é"}', "a=1&b=2", "\r\n\r\n1"])
@pytest.mark.parametrize("after", ["", "\n", "\r\n\r\n"])
def test_a_length_is_kept_to_the_byte(body: str, after: str) -> None:
    """The body is what Content-Length says, line ends of the file are not of it."""
    assert bodies(sized(body) + after, "http") == [body]


def test_line_ends_may_be_lf() -> None:
    """Editors and tcpdump leave out CR, in heads and between chunks."""
    assert bodies(sized("1").replace("\r\n", "\n")) == ["1"]
    assert bodies(chunked("ab", "c").replace("\r\n", "\n")) == ["abc"]


@pytest.mark.parametrize("body", ['{"a":1}', '{\n"a":1\n}', "a=1"])
@pytest.mark.parametrize(
    "after", ["", "\n", "\r\n\r\n", "\r\n" + sized("2"), "\nHTTP/1.1 200 OK\n\nok"]
)
def test_without_a_length_the_rest_is_the_body(body: str, after: str) -> None:
    """A body without Content-Length ends with the file or before the next message."""
    content = HEAD + "\r\n" + body + after
    assert bodies(content, "http")[0] == body


@pytest.mark.parametrize("version", ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/2.0", "HTTP/3"])
def test_what_browsers_copy_is_mended(version: str) -> None:
    """A missing Host, another version and pseudo headers do not hinder."""
    assert bodies(f"POST /x {version}\n:authority: h\nA: b\n\n1") == ["1"]


def test_chunks_are_joined() -> None:
    """Chunks with extensions and trailers give the body; the places of one chunk are exact."""
    text = chunked("ab", "c" * 20, end="0;x=y\r\nTrailer: 1\r\n\r\n") + sized("1")
    assert bodies(text) == ["ab" + "c" * 20, "1"]
    text, place = marked(chunked('{"a":¦1}').replace("\r\n9\r\n", "\r\n7\r\n"))
    [found] = captures(text.replace("8\r\n{", "7\r\n{"))
    assert found.origin.place(read_body(found.body), ("a",)) == place


def test_a_body_in_chunks_is_placed_at_its_beginning() -> None:
    """Past the first chunk a place in the body is no place in the file."""
    [found] = captures(chunked('{"a"', ":1}"))
    assert found.origin.place(read_body(found.body), ("a",)) == (7, 1)


def test_chunks_that_were_taken_out_are_not_missed() -> None:
    """Proxies and browsers join the chunks and leave the header."""
    assert bodies(HEAD + 'Transfer-Encoding: chunked\r\n\r\n{"a":1}') == ['{"a":1}']


def test_several_requests_follow_each_other() -> None:
    """Requests and answers may alternate, and what carries nothing is passed over."""
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    health = "GET /health HTTP/1.1\r\nHost: h\r\n\r\n"
    text = sized("1") + answer + health + chunked("2") + answer + "\n\n" + sized("3") + health
    assert bodies(text) == ["1", "2", "3"]
    assert [record for record, *_ in places(text)] == [1, 2, 3]
    assert bodies(answer + sized("1")) == ["1"]
    assert fault(health).code == "HP120"


def test_the_body_has_its_place() -> None:
    """Line and column of a value are those of the file."""
    text, place = marked("é\n" + sized("x") + "\n" + sized('{\n "é": ¦1}', length=11))
    found = captures(text, "http")[-1]
    assert found.origin.place(read_body(found.body), ("é",)) == place


DUMP = """\
09:12:01.000003 IP 10.0.0.1.5000 > 10.0.0.2.80: Flags [P.], length 99: HTTP: POST /a HTTP/1.1
E..{..@.@..............P..........POST /a HTTP/1.1
Host: a
Content-Length: 13

{"event":"x"}
09:12:01.000004 IP 10.0.0.2.80 > 10.0.0.1.5000: Flags [P.], length 40: HTTP: HTTP/1.1 200 OK
E..{..@.@..............P..........HTTP/1.1 200 OK
Content-Length: 2

ok
09:12:02.000003 IP 10.0.0.1.5000 > 10.0.0.2.80: Flags [P.], length 99: HTTP: POST /b HTTP/1.1
E..{..@.@..............P..........POST /b HTTP/1.1
Host: a

{"event":"y"}
"""


def test_what_tcpdump_prints_is_read() -> None:
    """The packets' own lines are passed over, and the request line beside them."""
    assert told(DUMP) == "http"
    assert [(found.url, found.body) for found in captures(DUMP)] == [
        ("/a", b'{"event":"x"}'),
        ("/b", b'{"event":"y"}'),
    ]
    assert places(DUMP) == [(1, 6, 1), (2, 16, 1)]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("¦" + HEAD + "Content-Le", "HP100"),
        (sized("1¦", length=9), "HP100"),
        (chunked("abc", end="") + "¦", "HP100"),
        (chunked(end="5\r\nab¦"), "HP100"),
        (chunked("ab", end="¦?\r\n\r\n"), "HP100"),
        (sized("12¦3", length=2), "HP107"),
        ("¦" + HEAD + "no header\r\n\r\n", "HP100"),
        ("¦" + HEAD + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n12", "HP100"),
        ("¦" + HEAD + "Content-Length: -5\r\n\r\n12", "HP100"),
        ("¦POST /a b HTTP/1.1\r\nHost: h\r\n\r\n", "HP100"),
    ],
)
def test_a_broken_request_is_told(broken: str, code: str) -> None:
    """It is one finding with a place and a hint, and the requests around it are read."""
    text, place = marked(sized("1") + broken)
    first, found, last = read(text + "\r\n" + sized("2"), "http")
    assert isinstance(found, Unreadable)
    assert (found.code, found.origin.record) == (code, 2)
    assert (found.origin.line, found.origin.column) == place
    assert found.hint
    assert isinstance(first, Capture)
    assert isinstance(last, Capture)
    assert last.body == b"2"


def test_a_cut_off_head_is_told() -> None:
    """A file that ends before the body is told at the request's line."""
    found = fault(HEAD + "Content-Le")
    assert (found.code, found.origin.line, found.origin.column) == ("HP100", 1, 1)
    assert fault("POST / HTTP/1.1\n" + "A: b\n" * 50_000).message.endswith("within its headers")


@pytest.mark.parametrize(
    "large",
    [sized("x" * 50), HEAD + "\r\n" + "x" * 50, chunked("x" * 9, "y" * 9, "z" * 9)],
)
def test_a_body_over_the_limit_is_passed_over(large: str) -> None:
    """A body too large is told, and the next request is read."""
    assert bodies(large + "\r\n" + sized("1"), "http", max_body=20) == ["HP109", "1"]


def test_a_length_of_exabytes_reads_no_further_than_the_file() -> None:
    """A length is believed as far as there are bytes."""
    assert fault(sized("1", length=10**18)).code == "HP100"
    assert fault(sized("x" * 300_000, length=10**18)).code == "HP100"
    assert fault(chunked(end="FFFFFFFFFFFFFFF\r\n1")).code == "HP100"


def test_a_cut_off_archive_gives_what_it_has() -> None:
    """Of packed requests that are cut off the whole ones are read, and one break is told."""
    text = "".join(sized(f"{number:09}") for number in range(20_000))
    *before, last = read(gzip.compress(text.encode())[:-500], "http")
    assert len(before) > 5000
    assert isinstance(last, Unreadable)
    assert "cut off" in last.message


def test_no_request_is_told() -> None:
    """Text without a request is a finding."""
    assert fault("text\n" * 10_000).code == "HP120"


@pytest.mark.parametrize("after", ["\n\n  \n", "[GIN] 2026/03/01 | 200 | POST /cb\n"])
def test_what_follows_a_whole_body_is_a_remark(after: str) -> None:
    """A body of the stated length that is whole is taken, whatever a log writes behind it."""
    text = f'POST /cb HTTP/1.1\r\nHost: h\r\nContent-Length: 7\r\n\r\n{{"a":1}}{after}'
    assert bodies(text, "http") == ['{"a":1}']
    assert bool(remarks(text, "http")) == bool(after.strip())
