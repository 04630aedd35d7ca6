"""HAR files: the POST requests of a browser's log, wherever the file is broken or how large."""

from __future__ import annotations

import base64
import gzip
import io
import json
import tracemalloc
from typing import Any

import pytest
from unit.captures.reading import BY_NAME, bodies, captures, marked, places, read, remarks, told

from hookproof.captures.capture import Capture, ReadOptions, Unreadable
from hookproof.captures.formats import har as har_module
from hookproof.payload.body import read_body

BODY = '{"event":"record","n":1.50}'


def entry(post_data: Any = None, **request: Any) -> dict[str, Any]:
    """An entry of a POST request."""
    given = {"text": BODY} if post_data is None else post_data
    made = {"method": "POST", "url": "http://h/x", "headers": [], "postData": given, **request}
    return {"startedDateTime": "2016-12-13T02:49:18.250Z", "request": made, "response": {}}


def har(*entries: Any, **log: Any) -> str:
    """A HAR with these entries."""
    return json.dumps({"log": {"version": "1.2", **log, "entries": entries}}, ensure_ascii=False)


def fault(content: str | bytes) -> Unreadable:
    """The only thing that is found."""
    [found] = read(content, "har")
    assert isinstance(found, Unreadable), found
    return found


def test_a_request_is_read_as_it_was_saved() -> None:
    """Body, headers, URL and start of a POST are taken."""
    [found] = captures(har(entry(headers=[{"name": "A", "value": "b"}])))
    assert found.body == BODY.encode()
    assert (found.headers, found.url) == ((("A", "b"),), "http://h/x")
    assert found.received_at == pytest.approx(1481597358.25)


def test_only_posts_are_captures() -> None:
    """A page's other traffic is passed over, and does not count."""
    content = har(
        entry(method="GET"), entry({"text": "1"}), entry(method="PUT"), entry(method="post")
    )
    assert bodies(content) == ["1", BODY]
    assert [record for record, *_ in places(content)] == [1, 2]


def test_a_har_without_a_post_is_told() -> None:
    """Nothing found is a finding."""
    assert fault(har(entry(method="GET"))).code == "HP120"
    assert fault(har()).code == "HP120"


@pytest.mark.parametrize(
    "data",
    [
        {"text": "/3t9", "encoding": "base64"},
        {"text": "/3t9", "_encoding": "base64"},
        {"text": "/3t9", "comment": "Base64"},
    ],
)
def test_base64_is_decoded(data: Any) -> None:
    """Bytes that are no text are saved as Base64; where that is said differs."""
    [found] = captures(har(entry(data)))
    assert found.body == b"\xff{}"


@pytest.mark.parametrize(
    ("params", "body"),
    [
        ({"a": "1", "b": ""}, "a=1&b="),
        ({"a": '{"x": "é"}', "b": "1 2"}, "a=%7B%22x%22%3A+%22%C3%A9%22%7D&b=1+2"),
        ({"a": "%7B%22x%22%7D", "b": "1+2"}, "a=%7B%22x%22%7D&b=1+2"),
        ({"a": "100%"}, "a=100%25"),
        ({"a": "%7B ", "b": "%41"}, "a=%257B+&b=%2541"),
    ],
)
def test_a_form_is_put_together(params: dict[str, str], body: str) -> None:
    """Where only the fields were saved the form is written anew, and never encoded twice."""
    listed = [{"name": name, "value": value} for name, value in params.items()]
    assert bodies(har(entry({"params": listed, "text": ""}))) == [body]
    assert bodies(har(entry({"params": listed, "text": "as=sent"}))) == ["as=sent"]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (7, "HP115"),
        ("entry", "HP115"),
        (None, "HP115"),
        ({"request": []}, "HP115"),
        (entry({}), "HP102"),
        (entry({"text": []}), "HP102"),
        (entry("text"), "HP100"),
        ({"request": {"method": "POST", "bodySize": 12}}, "HP100"),
        (entry({"text": "?", "encoding": "base64"}), "HP100"),
        (entry(headers=7), "HP100"),
    ],
)
def test_an_entry_that_is_none_is_told(broken: Any, code: str) -> None:
    """One entry is refused with its place, and the entries around it are read."""
    text = har(entry(), "¦", entry()).replace('"¦"', "¦" + json.dumps(broken))
    text, place = marked(text)
    first, found, last = read(text, "har")
    assert isinstance(found, Unreadable)
    assert (found.code, found.origin.line, found.origin.column) == (code, *place)
    assert found.origin.record == 2
    assert isinstance(first, Capture)
    assert isinstance(last, Capture)


def test_a_request_without_a_body_is_an_empty_delivery() -> None:
    """A POST whose body has no bytes is a capture, and the decoder tells of it."""
    [found] = captures(har({"request": {"method": "POST", "bodySize": 0}}))
    assert found.body == b""


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("path", [("extra",), ("extra", "é"), ("extra", "list", 1), ("last",)])
def test_a_place_leads_into_the_file(indent: int | None, path: tuple[Any, ...]) -> None:
    """A value in JSON in a string in JSON in a string has its line and column in the HAR."""
    extra = json.dumps({"é": 111, "list": [0, 222]}, ensure_ascii=False)
    body = json.dumps({"extra": extra, "last": 333}, ensure_ascii=False)
    log = {"log": {"version": "1.2", "entries": [entry(), entry({"text": body})]}}
    text = json.dumps(log, ensure_ascii=False, indent=indent)
    found = captures(text)[-1]
    line, column = found.origin.place(read_body(found.body), path)
    wanted = {("extra",): '\\"{', ("extra", "é"): "111", ("last",): "333"}
    assert text.split("\n")[line - 1][column - 1 :].startswith(wanted.get(path, "222"))


def test_the_place_of_a_field_leads_into_a_form() -> None:
    """A field of a form is found in the text of the HAR."""
    text, place = marked(har(entry({"text": "a=1&bb=¦%7B%22c%22%3A1%7D"})))
    [found] = captures(text)
    assert found.origin.place(read_body(found.body), ("bb",)) == place


def test_what_is_before_the_damage_counts() -> None:
    """Of a HAR that is broken or cut off the entries before it are read, then it is told."""
    text = har(entry(), entry(), entry())
    third = text.rindex('"method"')
    for broken, column in ((text[:third], 1), (text[:third] + "}" + text[third:], 2)):
        *before, last = read(broken, "har")
        assert [isinstance(item, Capture) for item in before] == [True, True]
        assert isinstance(last, Unreadable)
        assert (last.code, last.origin.record) == ("HP103", 3)
        assert (last.origin.line, last.origin.column) == (1, third + column)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "HP103"),
        ("{", "HP103"),
        ("[]", "HP120"),
        ("{}", "HP115"),
        ('{"log":{}}', "HP115"),
        ('{"log":[]}', "HP103"),
        ('{"log":{"entries":{}}}', "HP103"),
        ('{"log":{"entries":[', "HP103"),
        ('{"log":{"entries"', "HP103"),
        ('{"log":{"pages":[1', "HP103"),
        ('{"log":{"pages":["\\', "HP103"),
        ('{"log":{"version":tru,"entries":[]}}', "HP103"),
        ('{"log":{"entries":[' + '{"a":' * 5000, "HP108"),
    ],
)
def test_what_is_no_har_is_told(text: str, code: str) -> None:
    """Any JSON and any text may be called a HAR."""
    assert fault(text).code == code


def test_other_members_are_passed_over() -> None:
    """Pages, comments and members of any name and shape may stand before the entries."""
    odd = {"pages": [{"x": '"]}\\'}], "n": -1.5e3, "t": True, "z": None, "s": '\\"'}
    text = json.dumps({"a": [], "log": {"version": "1.2", **odd, "entries": [entry()]}, "z": 1})
    assert bodies(text, "har") == [BODY]
    assert told(har(entry(), creator={"name": "x"})) == "har"


def test_a_mark_before_the_file_is_nothing() -> None:
    """A byte order mark is of the tool that saved the file, and the HAR is read."""
    [found] = read("\ufeff" + har(entry()))
    assert isinstance(found, Capture)


def test_bytes_that_are_no_text_are_for_the_decoder() -> None:
    """A wrong byte in one body does not hide the others."""
    raw = har(entry({"text": "A?B"}), entry()).encode().replace(b"A?B", b"A\xffB")
    assert [found.body for found in captures(raw)] == [b"A\xffB", BODY.encode()]
    assert bodies(har(entry({"text": "½"})).replace("½", "\\ud800")) == ["\\xed\\xa0\\x80"]


def test_a_body_over_the_limit_is_told() -> None:
    """A body too large is one finding."""
    found = read(har(entry(), entry({"text": "1"})), max_body=20)
    assert [isinstance(item, Capture) for item in found] == [False, True]
    assert found[0].code == "HP109"  # type: ignore[union-attr]


def test_an_entry_too_long_to_hold_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer of gigabytes costs its entry only."""
    monkeypatch.setattr(har_module, "MAX_ENTRY", 300_000)
    large = {**entry(), "response": ['\\"' * 400_000, {"]": "}"}]}
    assert bodies(har(entry(), large, entry({"text": "1"}))) == [BODY, "HP109", "1"]


def test_a_cut_off_archive_gives_what_it_has() -> None:
    """Of a packed HAR that is cut off the whole entries are read, and one break is told."""
    text = har(*(entry({"text": f"{number:09}"}) for number in range(20_000)))
    *before, last = read(gzip.compress(text.encode())[:-500], "har")
    assert len(before) > 5000
    assert all(isinstance(item, Capture) for item in before)
    assert isinstance(last, Unreadable)
    assert "cut off" in last.message


def test_a_large_har_is_never_held_as_a_whole() -> None:
    """Of 60 MB an entry at a time is in memory; lines are counted throughout."""
    answer = {"content": {"text": "é\n" * 20_000}}
    one = json.dumps({**entry(), "response": answer}, ensure_ascii=False).encode()

    class Many(io.RawIOBase):
        left = 900
        rest = b'{"log":{"entries":[\n'

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any, /) -> int:
            if not self.rest and self.left:
                self.left -= 1
                self.rest = one + (b",\n" if self.left else b"]}}")
            piece, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
            buffer[: len(piece)] = piece
            return len(piece)

    tracemalloc.start()
    stream = io.BufferedReader(Many())
    lines = [
        found.origin.line for found in BY_NAME["har"].read(stream, file="f", options=ReadOptions())
    ]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines == list(range(2, 902))
    assert peak < 20 << 20


def test_keys_come_in_any_order() -> None:
    """Tools write a log's members as they like, and other members before the log."""
    entries = json.dumps([entry(), entry()])
    for text in (
        f'{{"log":{{"options":{{"a":1}},"creator":{{}},"entries":{entries}}}}}',
        f'{{"comment":"x","log":{{"entries":{entries},"version":"1.2"}}}}',
        f'\ufeff\n{{ "_meta" : {{}} , "log" : {{ "pages" : [], "entries" : {entries} }} }}',
    ):
        assert told(text) == "har"
        assert bodies(text) == [BODY, BODY]


def test_what_was_cut_out_of_a_har_is_read() -> None:
    """A list of entries, one entry and one request are what people paste."""
    one = entry()
    for value, count in (([one, one], 2), (one, 1), (one["request"], 1)):
        for indent in (None, 2):
            text = json.dumps(value, indent=indent)
            assert told(text) == "har"
            found = captures(text)
            assert [item.body.decode() for item in found] == [BODY] * count
            assert found[0].url == "http://h/x"
            place = found[0].origin.place(read_body(found[0].body), ("n",))
            line = text.split("\n")[place[0] - 1]
            assert line[place[1] - 1 :].startswith("1.50")


def test_a_body_kept_beside_post_data_is_read() -> None:
    """Some keep what is no text as `_content`, in Base64."""
    content = {"text": base64.b64encode(BODY.encode()).decode(), "encoding": "base64", "size": 9}
    kept = entry()
    del kept["request"]["postData"]
    kept["request"]["_content"] = content
    assert bodies(har(kept)) == [BODY]


def test_a_body_in_a_file_beside_the_har_is_named() -> None:
    """It is not called empty."""
    for name in ("_file", "_sha1"):
        [found] = read(har(entry({"mimeType": "application/json", name: "ab12.json"})))
        assert isinstance(found, Unreadable)
        assert (found.code, "ab12.json" in found.message) == ("HP120", True)


def test_a_post_without_any_body_is_remarked() -> None:
    """Where nothing says that there was one, nothing was lost."""
    bare = {"request": {"method": "POST", "url": "http://h", "bodySize": -1, "headers": []}}
    assert bodies(har(bare, entry())) == [BODY]
    [(text, count)] = remarks(har(bare, entry()))
    assert ("no body" in text, count) == (True, 1)


def test_a_compressed_body_is_opened() -> None:
    """Its header says how it was sent."""
    text = base64.b64encode(gzip.compress(BODY.encode())).decode()
    headers = [{"name": "content-encoding", "value": "gzip"}]
    assert bodies(har(entry({"text": text, "encoding": "base64"}, headers=headers))) == [BODY]


@pytest.mark.parametrize("pattern", ["h/x", "http://h/*", "*//h*", "h*x"])
def test_what_goes_elsewhere_is_left_out(pattern: str) -> None:
    """The network tab of a page is full of others' requests, faulty ones too."""
    text = har(
        entry({"text": "a"}, url="http://stats.test/c"),
        entry(),
        entry({}, url="http://stats.test/d"),
    )
    assert bodies(text, url_pattern=pattern) == [BODY]
    [(said, _), _] = remarks(text, url_pattern=pattern)
    assert "--url" in said
