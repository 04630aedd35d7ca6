"""The body forms: told by content, decoded once, and every fault placed in the capture."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hookproof.payload.body import BodyForm, detect_form, read_body
from hookproof.payload.decode import MAX_BYTES
from hookproof.payload.percent import percent_decode, percent_origins

QUICK = settings(max_examples=300, derandomize=True, database=None, deadline=None)


def fault(raw: bytes, form: BodyForm | None = None) -> tuple[str, int, int]:
    """Code, line and column of the one thing wrong with a body."""
    reading = read_body(raw, form=form).reading
    [problem] = reading.problems
    return (problem.code, *reading.position(problem))


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        (b'{"event": "x"}', BodyForm.JSON),
        (b'\n  {"event": "x"}', BodyForm.JSON),
        (b"[1]", BodyForm.JSON),
        (b"", BodyForm.JSON),
        (b"hello", BodyForm.JSON),
        (b'{"a=b": "c=d&e=f"}', BodyForm.JSON),
        (b'\xef\xbb\xbf{"a": 1}', BodyForm.JSON),
        (b"%7B%22a%22%3A1%7D", BodyForm.PERCENT_JSON),
        (b"%7b%22a%22%3a1%7d", BodyForm.PERCENT_JSON),
        (b"\r\n%7B%7D\n", BodyForm.PERCENT_JSON),
        (b"event=x&appid=1", BodyForm.FORM),
        (b"event=", BodyForm.FORM),
        (b"extra_params=%7B%22a%22%3A1%7D", BodyForm.FORM),
        (b"a%5B0%5D=1", BodyForm.FORM),
        (b"a[b]=1", BodyForm.FORM),
        (b"Array\n(\n    [a] => 1\n)\n", BodyForm.PRINT_R),
        (b"  Array (\n)\n", BodyForm.PRINT_R),
        (b"Array=1", BodyForm.FORM),
        (b"=1", BodyForm.JSON),
        (b"1=1", BodyForm.JSON),
    ],
)
def test_the_form_is_told_by_its_first_bytes(raw: bytes, form: BodyForm) -> None:
    """Each form shows in how it begins; what looks like none is taken for JSON."""
    assert detect_form(raw) is form
    assert read_body(raw).form is form


def test_a_form_that_is_given_is_taken() -> None:
    """A body is read in the form that the caller names, whatever it looks like."""
    assert read_body(b"a=1", form=BodyForm.JSON).reading.problems[0].code == "HP103"
    assert read_body(b"1=2", form=BodyForm.FORM).value == {"1": "2"}
    assert read_body(b"%5B1%5D", form=BodyForm.PERCENT_JSON).value == [1]


class TestForm:
    """`application/x-www-form-urlencoded`."""

    @pytest.mark.parametrize(
        ("raw", "value"),
        [
            (b"a=1&b=2", {"a": "1", "b": "2"}),
            (b"a=&b", {"a": "", "b": ""}),
            (b"a=1&&b=2&", {"a": "1", "b": "2"}),
            (b"a=b=c", {"a": "b=c"}),
            (b"a=1+2%2B3", {"a": "1 2+3"}),
            (b"a=%E4%B8%AD", {"a": "中"}),
            ("a=中".encode(), {"a": "中"}),
            (b"a=%25", {"a": "%"}),
            (b"a=%2525", {"a": "%25"}),
            (b"%61%3D=1", {"a=": "1"}),
            (b"a=1\r\n", {"a": "1"}),
            (b"a=%0D%0A", {"a": "\r\n"}),
            (b"a=1;b=2", {"a": "1;b=2"}),
            (b"sig=ab%2Bc%2Fd%3D", {"sig": "ab+c/d="}),
        ],
    )
    def test_fields_are_decoded_once(self, raw: bytes, value: dict[str, str]) -> None:
        """Names and values are percent-decoded once, and "+" is a blank."""
        body = read_body(raw, form=BodyForm.FORM)
        assert body.value == value
        assert body.reading.complete
        assert body.reading.problems == ()

    @pytest.mark.parametrize(
        ("raw", "code", "column"),
        [
            (b"a=1&b=%zz", "HP112", 7),
            (b"a=1&b=%", "HP112", 7),
            (b"a=1&b=%4", "HP112", 7),
            (b"a=1&%g1=2", "HP112", 5),
            (b"a=\xff", "HP101", 3),
            ("中=1&b=".encode() + b"\xff", "HP101", 7),
            (b"a=%E4%B8%AD%FF", "HP101", 12),
            (b"a=%E4%B8&b=%AD", "HP101", 3),
            (b"a=%ED%A0%80", "HP101", 3),
        ],
    )
    def test_what_cannot_be_decoded_is_placed(self, raw: bytes, code: str, column: int) -> None:
        """A broken escape, or bytes that are no UTF-8, are named at their first character."""
        assert fault(raw, BodyForm.FORM) == (code, 1, column)
        assert not read_body(raw, form=BodyForm.FORM).reading.complete

    @pytest.mark.parametrize(
        ("raw", "column"),
        [
            (b"a=1&a=2", 5),
            (b"xa=1&a=1&a=2", 10),
            (b"a=1&%61=2", 5),
            (b"a=a=1&b=2&a=3", 11),
        ],
    )
    def test_a_field_that_stands_twice_is_placed(self, raw: bytes, column: int) -> None:
        """The second field of a name is the fault, and its value is the one that is read."""
        assert fault(raw) == ("HP104", 1, column)
        assert read_body(raw).value["a"] == raw[-1:].decode()

    def test_a_value_that_was_encoded_twice_is_told(self) -> None:
        """JSON text that is still percent-encoded after decoding once is told, not decoded."""
        raw = urlencode({"event": "record", "extra_params": quote('{"a": 1}', safe="")}).encode()
        assert fault(raw) == ("HP113", 1, 14)
        assert read_body(raw).value["extra_params"] == "%7B%22a%22%3A%201%7D"

    def test_a_percent_sign_in_a_value_is_none_of_that(self) -> None:
        """A value that merely holds percent escapes is fine: URLs do."""
        raw = urlencode({"replay_url": "https://example.com/%7Bx%7D?a=%2F"}).encode()
        assert read_body(raw).reading.problems == ()

    def test_many_fields_are_read(self) -> None:
        """A form of a hundred thousand fields is read, not refused."""
        raw = "&".join(f"f{n}=1" for n in range(100_000)).encode()
        assert len(read_body(raw).value) == 100_000

    @given(st.dictionaries(st.text(min_size=1), st.text(), min_size=1, max_size=5))
    @QUICK
    def test_what_the_standard_library_writes_is_read(self, fields: dict[str, str]) -> None:
        """Any mapping of texts comes back from its form."""
        assert read_body(urlencode(fields).encode(), form=BodyForm.FORM).value == fields


class TestPercentJson:
    """JSON that is percent-encoded as a whole."""

    TEXT = '{"a": "x/y+z 100%", "中": "%20", "b": [1, 2]}'
    VALUE: ClassVar = {"a": "x/y+z 100%", "中": "%20", "b": [1, 2]}

    @pytest.mark.parametrize(
        "encoded", [quote(TEXT, safe=""), quote_plus(TEXT), quote(TEXT, safe="").lower()]
    )
    def test_it_is_decoded_once(self, encoded: str) -> None:
        """Blanks may be "%20" or "+", digits in either case, and values keep their own escapes."""
        body = read_body(encoded.encode())
        assert body.form is BodyForm.PERCENT_JSON
        assert body.value == self.VALUE
        assert body.reading.problems == ()

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ('{"a": 1, ¦"a": 2}', "HP104"),
            ('{"a": "中", "b": ¦NaN}', "HP105"),
            ('{"a": ¦"\\ud800"}', "HP106"),
            ('{"a": 1} ¦{"a": 2}', "HP107"),
            ('{"a": 1¦', "HP103"),
        ],
    )
    def test_a_fault_is_placed_in_the_capture(self, text: str, code: str) -> None:
        """Line and column count in the escapes as captured, not in the decoded text."""
        before, after = (quote(part, safe="") for part in text.split("¦"))
        assert fault((before + after).encode()) == (code, 1, len(before) + 1)
        assert fault(("\n\n  " + before + after + "\n").encode()) == (code, 3, len(before) + 3)

    @pytest.mark.parametrize(
        ("raw", "code", "line", "column"),
        [
            (b"%7B%22a%22%3A%zz%7D", "HP112", 1, 14),
            (b"\n %7B%22a%2", "HP112", 2, 9),
            (b"\n %7B%22a%22%3A%22%D6%D0%22%7D", "HP101", 2, 18),
            (b"%7B\xff%7D", "HP101", 1, 4),
        ],
    )
    def test_what_cannot_be_decoded_is_placed(
        self, raw: bytes, code: str, line: int, column: int
    ) -> None:
        """A broken escape, or bytes that are no UTF-8, are named at their first character."""
        assert fault(raw) == (code, line, column)

    def test_a_second_pass_is_never_made(self) -> None:
        """JSON encoded twice is refused after one pass."""
        raw = quote(quote('{"a": 1}', safe=""), safe="").encode()
        body = read_body(raw, form=BodyForm.PERCENT_JSON)
        assert not body.reading.complete


@pytest.mark.parametrize("form", list(BodyForm))
def test_a_body_over_the_limit_is_refused_in_every_form(form: BodyForm) -> None:
    """What was cut at the limit is never read as if it were whole."""
    reading = read_body(b"a=" + b"1" * MAX_BYTES, form=form).reading
    assert [problem.code for problem in reading.problems] == ["HP109"]
    assert not reading.complete


@given(st.text())
@QUICK
def test_decoding_undoes_encoding(text: str) -> None:
    """What the standard library encodes comes back, with "%20" and with "+"."""
    assert percent_decode(quote(text, safe="")) == (text, ())
    assert percent_decode(quote_plus(text)) == (text, ())


@given(st.text())
@QUICK
def test_every_character_leads_back_to_its_escape(text: str) -> None:
    """The origins hold one offset for each character, and its escape begins there."""
    encoded = quote(text, safe="")
    decoded, origins = percent_origins(encoded)
    assert decoded == text
    assert all(
        encoded[at:].startswith(quote(char, safe=""))
        for at, char in zip(origins, text, strict=True)
    )


@given(
    st.binary(max_size=80)
    | st.text(alphabet='%7B2"{}[]=&+a1\n ()>Array', max_size=60).map(str.encode),
    st.none() | st.sampled_from(BodyForm),
)
@settings(QUICK, max_examples=1500)
@example(b"&".join([b"a=1"] * 20_000), None)
def test_no_bytes_raise(raw: bytes, form: BodyForm | None) -> None:
    """Whatever a body holds, it is read or refused with a reason, and placed in the capture."""
    reading = read_body(raw, form=form).reading
    assert reading.complete or reading.problems
    lines = raw.decode(errors="replace").split("\n")
    for problem in reading.problems:
        line, column = reading.position(problem)
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


def test_a_name_that_stands_often_is_told_once() -> None:
    """A third time says no more, in a form and in an object."""
    for raw in (b"a=1&b=2&a=3&a=4&b=5&a=6", b'{"a":1,"b":2,"a":3,"a":4,"b":5,"a":6}'):
        found = [(p.code, p.message.split('"')[1]) for p in read_body(raw).reading.problems]
        assert found == [("HP104", "a"), ("HP104", "b")]
