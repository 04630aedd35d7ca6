"""Bodies, requests and log lines, one on each line: none is lost, each has its place."""

from __future__ import annotations

import base64
import gzip
import io
import json
import tracemalloc
from typing import Any

import pytest
from unit.captures.reading import BY_NAME, bodies, captures, marked, places, read, remarks

from hookproof.captures.capture import Capture, ReadOptions, Unreadable
from hookproof.captures.formats.lines import read_lines
from hookproof.payload.body import read_body

LINE_FORMATS = ["ndjson", "requests", "log"]


def one(content: str | bytes, form: str = "", **options: Any) -> Capture | Unreadable:
    """The only thing that is found."""
    [found] = read(content, form, **options)
    return found


def fault(content: str | bytes, form: str = "", **options: Any) -> tuple[str, int, int]:
    """Code, line and column of the only thing that is found."""
    found = one(content, form, **options)
    assert isinstance(found, Unreadable), found
    return found.code, found.origin.line, found.origin.column


class TestLines:
    """Splitting a stream into lines."""

    @pytest.mark.parametrize(
        ("content", "lines"),
        [
            (b"", []),
            (b"\n\n \t\n\r\n", []),
            (b"a", [(1, b"a")]),
            (b"a\n", [(1, b"a")]),
            (b"a\r\nb\r\n", [(1, b"a"), (2, b"b")]),
            (b"\n\r\na\n\nb", [(3, b"a"), (5, b"b")]),
            (b"a\rb\n", [(1, b"a\rb")]),
            (b"a\r", [(1, b"a")]),
            (b" a \n", [(1, b" a ")]),
            (b"12345678\n123456789\n1", [(1, b"12345678"), (2, None), (3, b"1")]),
            (b"12345678\r\n123456789\r\n", [(1, b"12345678"), (2, None)]),
            (b"12345678\r", [(1, b"12345678")]),
            (b"123456789", [(1, None)]),
            (b"x" * 1000 + b"\n1\n" + b"x" * 1000, [(1, None), (2, b"1"), (3, None)]),
        ],
    )
    def test_lines_are_numbered(self, content: bytes, lines: list[Any]) -> None:
        """Blank lines count but do not come; a line over the limit of 8 comes as None."""
        stream = io.BufferedReader(io.BytesIO(content))  # type: ignore[arg-type]
        assert list(read_lines(stream, limit=8)) == lines

    def test_pieces_of_any_size_give_the_same(self) -> None:
        """Where the reads end does not matter, in the middle of CRLF neither."""

        class Slow(io.RawIOBase):
            def __init__(self, content: bytes, size: int) -> None:
                self.rest, self.size = io.BytesIO(content), size

            def readable(self) -> bool:
                return True

            def readinto(self, buffer: Any, /) -> int:
                return self.rest.readinto(memoryview(buffer)[: self.size])

        content = b"12345678\r\n\r\n\r\n123456789\r\n1\r2\n" * 3 + b"12345678\r"
        whole = list(read_lines(io.BufferedReader(Slow(content, 999)), limit=8))
        assert len(whole) == 10
        for size in range(1, 20):
            assert list(read_lines(io.BufferedReader(Slow(content, size)), limit=8)) == whole

    @pytest.mark.parametrize("form", LINE_FORMATS)
    def test_a_line_larger_than_memory_is_passed_over(self, form: str) -> None:
        """Of a line of 80 MiB one finding is told, and the next line is read."""

        class Endless(io.RawIOBase):
            left = 80 << 20
            rest = b'x {"a":"' + b" " * 100

            def readable(self) -> bool:
                return True

            def readinto(self, buffer: Any, /) -> int:
                if not self.rest and self.left > 0:
                    self.left -= 1 << 16
                    self.rest = b"x" * (1 << 16) if self.left > 0 else b'"}\n{"body":"{}"}\n'
                piece, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
                buffer[: len(piece)] = piece
                return len(piece)

        tracemalloc.start()
        stream = io.BufferedReader(Endless())
        found = list(BY_NAME[form].read(stream, file="f", options=ReadOptions()))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 40 << 20
        assert [type(item) for item in found] == [Unreadable, Capture]
        assert found[0].code == "HP109"  # type: ignore[union-attr]
        assert [item.origin.line for item in found] == [1, 2]

    def test_lines_before_a_break_count(self) -> None:
        """Of a cut-off archive every whole line is read, then the break is told."""
        lines = b"".join(b'{"n":%d}\n' % number for number in range(30_000))
        found = read(gzip.compress(lines)[:-2000], "ndjson")
        *before, last = found
        assert len(before) > 10_000
        assert all(isinstance(item, Capture) for item in before)
        assert isinstance(last, Unreadable)
        assert (last.code, last.origin.record) == ("HP100", 0)
        assert "cut off" in last.message


class TestNdjson:
    """A body on each line."""

    def test_each_line_is_a_capture(self) -> None:
        """Blank lines are none; bodies come without their line end."""
        content = '{"a":1}\r\n\n{"b":2}\n  \n{"c":3}'
        assert bodies(content, "ndjson") == ['{"a":1}', '{"b":2}', '{"c":3}']
        assert places(content, "ndjson") == [(1, 1, 1), (2, 3, 1), (3, 5, 1)]

    def test_a_broken_line_is_for_the_decoder(self) -> None:
        """Lines are not judged here: a body that cannot be decoded is a capture as well."""
        assert bodies('{"a":\n{"b":2}\nx', "ndjson") == ['{"a":', '{"b":2}', "x"]

    def test_places_are_those_of_the_file(self) -> None:
        """A value's line and column count in the file, not in its line."""
        text, place = marked('{"a":1}\n\n{"b":"{\\"c\\":¦2}"}\n')
        last = captures(text)[-1]
        assert last.origin.place(read_body(last.body), ("b", "c")) == place

    @pytest.mark.parametrize("form", LINE_FORMATS)
    def test_a_byte_order_mark_of_the_file_is_nothing(self, form: str) -> None:
        """A mark at the start is of the tool that saved the file; the line is read without it."""
        [found] = read('\ufeff{"body":"{}","url":"/"}\n', form)
        assert isinstance(found, Capture)
        assert found.body.startswith(b"{")

    @pytest.mark.parametrize("form", LINE_FORMATS)
    @pytest.mark.parametrize("content", ["", "\n \r\n"])
    def test_an_empty_file_is_told(self, form: str, content: str) -> None:
        """A file without captures is a finding: silence would look like success."""
        assert fault(content, form) == ("HP120", 1, 1)


GENUINE = '{"event":"record","n":1.50}'


def request(**fields: Any) -> str:
    """A request as a line of JSON."""
    return json.dumps({"url": "/hook", **fields}, ensure_ascii=False) + "\n"


class TestRequests:
    """A request on each line."""

    def test_all_that_was_kept_is_read(self) -> None:
        """Body, headers, moment and URL of a request come with it."""
        line = request(method="POST", headers={"A": "b"}, body=GENUINE, received_at=1481597358.5)
        [found] = captures(line)
        assert found.body == GENUINE.encode()
        assert found.headers == (("A", "b"),)
        assert (found.received_at, found.url) == (1481597358.5, "/hook")

    def test_what_was_not_kept_is_none(self) -> None:
        """No headers captured differs from a request without headers."""
        first, second = captures(request(body="{}") + request(body="{}", headers={}))
        assert (first.headers, second.headers) == (None, ())
        assert first.received_at is None

    @pytest.mark.parametrize(
        "body",
        [
            '{"n": 1.0, "big":18446744073709551617}',
            '{ "a" : [1e2 , "é\\u00e9"] }',
            "[1]",
            "12",
            "true",
        ],
    )
    def test_a_body_that_is_no_text_keeps_its_bytes(self, body: str) -> None:
        """JSON that stands as it is on the line is taken out as it is written."""
        line = '{"url":"x", "body" : ' + body + ' ,"z":{"body":1}}'
        [found] = captures(line, "requests")
        assert found.body.decode() == body
        assert found.origin.column == line.index(body) + 1

    def test_base64_is_decoded(self) -> None:
        """A body of any bytes comes from Base64, and before a body that was made text of."""
        packed = base64.b64encode(b"\xff{}").decode()
        [found] = captures(request(body="?{}", body_base64=packed))
        assert found.body == b"\xff{}"

    @pytest.mark.parametrize(
        ("line", "code", "column"),
        [
            ('{"url":"x","body":"{}"', "HP103", 23),
            ('{"url":"x","body":tru}', "HP103", 19),
            ('{"url":"x","body":"\\ud800"}', "HP106", 19),
            ('{"url":"x","body":1,"body":2}', "HP104", 21),
            ('{"url":"x"}', "HP100", 1),
            ("[1]", "HP115", 1),
            ('{"url":"x","body_base64":"e30"}', "HP100", 1),
            ('{"url":"x","body_base64":[]}', "HP100", 1),
            ('{"url":"x","body_base64":[1]}', "HP115", 1),
            ('{"url":"x","body":' + "[" * 200 + "]" * 200 + "}", "HP108", 146),
            ('{"url":"x","body":' + "9" * 5000 + "}", "HP110", 19),
        ],
    )
    def test_a_line_that_is_no_request_is_told(self, line: str, code: str, column: int) -> None:
        """It is one finding with its exact place, and the lines around it are read."""
        good = request(body="{}")
        first, broken, last = read(good + line + "\n" + good, "requests")
        assert isinstance(broken, Unreadable)
        assert (broken.code, broken.origin.line, broken.origin.column) == (code, 2, column)
        assert broken.origin.record == 2
        assert isinstance(first, Capture)
        assert isinstance(last, Capture)

    def test_bytes_that_are_no_text_are_told(self) -> None:
        """A line that is not UTF-8 has the place of its first wrong byte, in characters."""
        assert fault('{"é":"'.encode() + b'\xff"}', "requests") == ("HP101", 1, 7)

    def test_a_duplicate_key_in_a_body_is_left_to_its_decoder(self) -> None:
        """What is wrong inside a body that stands as an object is told once, by its own reading."""
        [found] = captures('{"url":"x","body":{"a":1,"a":2}}')
        assert found.body == b'{"a":1,"a":2}'

    def test_other_names_are_mapped(self) -> None:
        """Fields are named by options, also inside objects; a key with a dot is one name first."""
        nested = {"req": {"raw": "{}", "h": [["A", "b"]]}, "t": "1481597358"}
        names = {"body": "req.raw", "headers": "req.h", "received_at": "t"}
        [found] = captures(json.dumps(nested), **names)
        assert (found.body, found.headers, found.received_at) == (b"{}", (("A", "b"),), 1481597358)
        assert bodies('{"req.raw":"1","req":{"raw":"2"},"t":1}', **names) == ["1"]
        assert bodies('{"req":{"raw":{"n": 1}},"t":1}', **names) == ['{"n": 1}']
        assert bodies('{"req":"x","t":1}', "requests", **names) == ["HP120"]

    def test_a_request_that_carries_nothing_is_passed_over(self) -> None:
        """A GET without a body is no delivery; a POST without one is an empty delivery."""
        content = request(method="GET", body="") + request(method="post", body=None)
        assert [(found.origin.record, found.body) for found in captures(content)] == [(1, b"")]

    def test_a_place_leads_through_the_string(self) -> None:
        """Line and column of a value point into the text of the request's own line."""
        line = r'{"url":1,"body":"{\"é\":{\"b\":\"{\\\"c\\\":¦\\\"x\\\"}\"}}"}'
        text, place = marked("\n" + line)
        [found] = captures(text)
        assert found.origin.place(read_body(found.body), ("é", "b", "c")) == place

    def test_a_place_leads_through_a_form_in_the_string(self) -> None:
        """A body that is a form is looked into as well."""
        text, place = marked('{"url":1,"body":"a=1&extra=¦%7B%22b%22%3A%22c%22%7D"}')
        [found] = captures(text)
        assert found.origin.place(read_body(found.body), ("extra",)) == place


class TestLog:
    """Lines of a log."""

    @pytest.mark.parametrize(
        "line",
        [
            "2026-11-20T07:00:00Z INFO callback ¦{}",
            "body=¦{}",
            "[2026-11-20 07:00:00] local.INFO: ¦{} []",
            "é params={} headers={0} ¦{} took {ms}",
            "I1120 07:00:00.000001 1 hook.go:7] got ¦{}, ok",
            "¦{}",
            "x {'python': 1} ¦{} y {}",
            'x {"a" is no object ¦{}',
        ],
    )
    def test_the_first_object_is_the_body(self, line: str) -> None:
        """The body is found wherever it stands, and is taken as it is written."""
        text, place = marked(line.replace("¦{}", "¦" + GENUINE))
        [found] = captures(text, "log")
        assert found.body.decode() == GENUINE
        assert (found.origin.line, found.origin.column) == place
        assert found.headers is None

    def test_a_quoted_body_is_unquoted(self) -> None:
        """In logfmt a body is a string; its places lead into it."""
        text, place = marked('level=info body="{\\"a\\":\\"¦é\\"}" n=1')
        [found] = captures(text)
        assert found.body.decode() == '{"a":"é"}'
        line, column = found.origin.place(read_body(found.body), ("a",))
        assert (line, column + 2) == place

    def test_lines_without_an_object_are_passed_over(self) -> None:
        """A log is full of other lines."""
        content = "start\nx {\nbody={\"a\":1}\n{'a': 1}\nend"
        assert places(content, "log") == [(1, 3, 6)]
        assert remarks(content, "log") == [("lines without a callback were passed over", 4)]

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ('INFO {"event":¦"rec', "HP103"),
            ('INFO {¦"ev', "HP103"),
            ('INFO {"event":"record",¦', "HP103"),
            ('INFO {"event": ¦tru} {no}', "HP103"),
            ('INFO {"detail":{"a":1},"x":¦', "HP103"),
            ('INFO msg="{\\"event\\":¦x}"', "HP103"),
            ('INFO {"a":' + "[" * 127 + "¦" + "[" * 3000, "HP108"),
        ],
    )
    def test_a_broken_object_is_told(self, line: str, code: str) -> None:
        """An object that cannot be decoded is told where it breaks; no part of it is a body."""
        text, place = marked(line)
        told, *found = fault(text, "log")
        assert told == code
        assert tuple(found) == place

    def test_control_characters_are_for_the_decoder(self) -> None:
        """A raw tab does not hide the body: its own reading tells of it."""
        assert bodies('x {"a":"\t"}', "log") == ['{"a":"\t"}']

    def test_bytes_stay_as_they_are(self) -> None:
        """Bytes that are no UTF-8 reach the decoder unchanged."""
        [found] = captures(b'\xff x {"a":"\xff"}', "log")
        assert found.body == b'{"a":"\xff"}'
        assert found.origin.column == 5

    @pytest.mark.parametrize(
        ("before", "moment"),
        [
            ("2026-11-20T07:00:00Z", 1795158000.0),
            ("[2026-11-20 07:00:00.250 +0100]", 1795154400.25),
            ("x 2026-11-20T07:00:00,123456789Z", 1795158000.123456),
            ("2026-11-20 07:00:00", None),
            ("2026-99-99T07:00:00Z", None),
            ("7", None),
        ],
    )
    def test_the_time_of_a_line_is_kept(self, before: str, moment: float | None) -> None:
        """A line's own time counts where it says its zone."""
        [found] = captures(before + ' x {"a":1}', "log")
        assert found.received_at == moment
