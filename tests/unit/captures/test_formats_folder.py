"""Every format has a genuine capture and a twin that fails in one known way; none makes us fail."""

from __future__ import annotations

import gzip
import io
import json
import random
from pathlib import Path
from typing import Any

import pytest
from unit.captures.reading import BY_NAME, read, told, zstd

from hookproof.captures.capture import DEFAULTS, Capture, Remark, Unreadable
from hookproof.captures.formats import NOT_READ, formats, recognise
from hookproof.captures.stream import START_SIZE, start_of
from hookproof.contract import Contract
from hookproof.payload.body import read_body
from hookproof.signature import SignatureState
from hookproof.signature.secrets import Secrets
from hookproof.validation.validator import Validator

FOLDER = Path(__file__).parents[2] / "captures"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expect.json").read_text())
FILES = sorted(EXPECTED)
PAYLOADS = Path(__file__).parents[2] / "payloads"
NEEDS = {"mitmproxy": "mitmproxy", "parquet": "pyarrow", "pcap": "dpkt"}
MUTATIONS = 3000

# Of these products the captures are; EventType names callbacks of others as well.
AREAS = ("tencent_gme", "zego_rtc")
validator = Validator(Contract(), areas=AREAS, secrets=Secrets({}, b"secret"))


def needed(name: str) -> None:
    """Skip where the package that reads a format is not there."""
    package = NEEDS.get(Path(name).parent.name)
    if package:
        pytest.importorskip(package)


def findings(item: Capture | Unreadable | Remark) -> list[dict[str, Any]]:
    """What is found in one capture, with its place in the file."""
    if isinstance(item, Remark):
        return []
    if isinstance(item, Unreadable):
        origin = item.origin
        return [{"code": item.code, "where": "", "line": origin.line, "column": origin.column}]
    verdict = validator.judge(read_body(item.body), origin=item.origin, headers=item.headers)
    in_body = verdict.callback.startswith("zego_rtc/")
    if verdict.callback and (in_body or item.headers):
        assert verdict.signature is SignatureState.VALID
    # HP304 tells of the pages that a signature is documented on, not of the capture.
    return [
        {"code": one.code, "where": one.where, "line": one.line, "column": one.column}
        for one in verdict.findings
        if one.code != "HP304"
    ]


def test_all_files_are_expected() -> None:
    """Each format has a file and a broken twin, and no file is left out."""
    # What other tools wrote is held to in test_real_captures and test_found.
    others = {"real", "found", "__pycache__"}
    files = [file for file in FOLDER.glob("*/*") if file.parent.name not in others]
    found = {str(file.relative_to(FOLDER)) for file in files}
    assert found == set(FILES)
    for form in formats():
        of_form = {name for name in FILES if name.startswith(f"{form.name}/")}
        genuine = {name for name in of_form if ".broken." not in name}
        assert genuine
        assert of_form - genuine == {".broken.".join(name.rsplit(".", 1)) for name in genuine}


@pytest.mark.parametrize("name", FILES)
def test_a_format_is_told_by_content(name: str) -> None:
    """No name and no ending is looked at; broken files are told as well."""
    raw = (FOLDER / name).read_bytes()
    assert told(raw) == Path(name).parent.name
    start = start_of(raw[:START_SIZE])
    assert next(form.name for form in formats() if form.looks(start, DEFAULTS)) == told(raw)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd])
@pytest.mark.parametrize("name", FILES)
def test_what_is_found_is_what_is_there(name: str, pack: Any) -> None:
    """Captures, findings and their places are exact, packed or not."""
    needed(name)
    raw = (FOLDER / name).read_bytes()
    found = read(pack(raw))
    wanted = EXPECTED[name]
    assert sum(isinstance(item, Capture) for item in found) == wanted["captures"]
    told_of = [one for item in found for one in findings(item)]
    assert told_of == [{k: v for k, v in one.items() if k != "at"} for one in wanted["findings"]]


@pytest.mark.parametrize("name", [name for name in FILES if ".broken." in name])
def test_expected_places_are_right(name: str) -> None:
    """At each line and column that is expected stands what is wrong."""
    lines = (FOLDER / name).read_bytes().decode(errors="replace").split("\n")
    for one in EXPECTED[name]["findings"]:
        rest = lines[one["line"] - 1][one["column"] - 1 :]
        assert rest.startswith(one["at"])
        # Without a text of its own it is the end of the file, or its beginning.
        assert one["at"] or not rest or (one["line"], one["column"]) == (1, 1)


def test_a_body_is_taken_for_one() -> None:
    """No payload in any form, whatever is wrong with it, is mistaken for another format.

    A dict as Python shows it is none that anybody sends: what prints it is a log.
    """
    several = {"two_bodies.json": "ndjson", "list_of_one.json": "json", "single_quotes.json": "log"}
    files = sorted(PAYLOADS.glob("*/*/*/*"))
    assert len(files) > 2000
    taken = {file: told(file.read_bytes()) for file in files}
    wrong = {f: name for f, name in taken.items() if name != several.get(f.name, "body")}
    assert wrong == {}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("", "body"),
        (" \n", "body"),
        ("{}", "body"),
        ('{"a":1}\n', "body"),
        ('{"a":1}\n{"a":2}', "ndjson"),
        ('{"a":\n{"a":2}\n{"a":3}', "ndjson"),
        ('{"a":1}\n{"a":', "ndjson"),
        ('{"a":\n{"b":2}}', "body"),
        ('{"a":\n{"b":2},}', "body"),
        ('{\n"a":1,\n"b":{"c":1}\n}', "body"),
        ('[\n{"a":1},\n{"b":2}\n]', "json"),
        ('[{"a":1}]', "json"),
        ('[{"a":', "json"),
        ('\ufeff [ "{\\"a\\":1}" ]', "json"),
        ("[]", "body"),
        ('[["a"]]', "body"),
        ('["a"]', "body"),
        ('{"body":"{}","url":"/"}', "requests"),
        ('{"body":"{}","other":"/"}', "body"),
        ('{"body":\n"{}","url":"/"}', "json"),
        ('{\n"url":"/",\n"body":{"a":1},}', "json"),
        ('{\n"body":"{}",\n"other":"/"\n}', "body"),
        ('{"a":1}\n{"body_base64":"","method":"POST"}', "requests"),
        ('{"log":{"version":"1.2"', "har"),
        ('\ufeff\n{ "log" : {\n "entries":[', "har"),
        ('{"log":{"level":1}}', "body"),
        ("POST / HTTP/1.1\r\n", "http"),
        ("HTTP/1.1 200 OK\n\n", "http"),
        ("POST / FTP\n", ""),
        ("curl -d x h", "curl"),
        ("# x\n$ curl h", "curl"),
        ("curling", ""),
        ('x {"a":1}', "log"),
        ('body={"a":1}', "log"),
        ('[x] "{\\"a\\":1}"', "log"),
        ('a={"b":1}&c=2', "body"),
        ('a=1&c={"b":1}', "body"),
        ('Array\n(\n    [a] => {"b":1}\n)\n', "body"),
        ("a=1&b=2", "body"),
        ("%7B%22a%22%3A1%7D", "body"),
        ("PAR1", "parquet"),
        ("1681:9:websocket;0:~", "mitmproxy"),
        ("12:30:01 x", ""),
        ("12:30:01 x\n12:30:02 y", "log"),
        ("\ufffe{}", ""),
    ],
)
def test_formats_are_told_apart(content: str, name: str) -> None:
    """What decides is what stands there; what is nothing that is known has no name."""
    assert told(content) == name


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ('{"a":"' + "x" * START_SIZE, "ndjson"),
        ('{"url":"/","body":"' + "x" * START_SIZE, "requests"),
        ('{"x":"' + "x" * 40_000 + '"}\n{"y":"' + "y" * START_SIZE, "ndjson"),
        ('{\n"x":"' + "x" * START_SIZE, "body"),
        ('{\n"url":"/",\n"body":"' + "x" * START_SIZE, "json"),
        ('[\n{"x":"' + "x" * START_SIZE, "json"),
        ("x" * START_SIZE + '{"a":1}', ""),
    ],
)
def test_lines_longer_than_the_start_are_told(first: str, name: str) -> None:
    """A line that does not end within the start is told by what can be seen of it."""
    assert told(first) == name


def test_mapped_fields_tell_a_request() -> None:
    """A record in which only the options find a body is a request with them."""
    line = '{"request":{"raw":"{}"},"when":1}'
    assert told(line) == "body"
    assert told(line, body="request.raw", received_at="when") == "requests"


def test_a_body_over_the_limit_is_told() -> None:
    """A file that is one body is read no further than one byte past the limit."""
    [found] = read(b'{"a":1}' + b" " * 20, max_body=20)
    assert isinstance(found, Unreadable)
    assert (found.code, found.origin.record) == ("HP109", 0)
    assert isinstance(read(b'{"a":1}' + b" " * 13, max_body=20)[0], Capture)


def test_a_stream_that_cannot_be_read_on_is_told() -> None:
    """A disk's error while reading is one finding with the system's reason."""

    class Failing(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _buffer: Any, /) -> int:
            raise OSError(5, "Input/output error")

    for form in formats():
        needed_here = NEEDS.get(form.name)
        if needed_here == "mitmproxy":
            continue
        [found] = form.read(io.BufferedReader(Failing()), file="f")
        assert isinstance(found, Unreadable)
        assert found.code == "HP100"


TOKENS = [
    *(b"{", b"}", b'"', b"\n", b"\r\n", b"\\", b"[", b"]", b":", b",", b"\0", b"\xff", b"'", b"$'"),
    *(b"\xed\xa0\x80", b"\\ud800", b'"body":', b"POST / HTTP/1.1\r\n", b"0\r\n\r\n", b" -d @"),
    *(b"curl ", b"1e999", b"9" * 30, b"\xef\xbb\xbf", b"null", b'"text"', b"Content-Length: 9\r\n"),
]


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Some bytes taken out, put in, doubled or replaced."""
    raw = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 5, 20])):
        begin = rng.randrange(len(raw) + 1)
        end = min(len(raw), begin + rng.choice([1, 2, 8, 100, 10_000]))
        replacement = rng.choice(
            [b"", rng.choice(TOKENS), bytes(raw[begin:end]) * 2, rng.randbytes(2)]
        )
        raw[begin:end] = replacement
    return bytes(raw)


def check(found: list[Capture | Unreadable | Remark]) -> None:
    """What is found is of the right types and says where and why."""
    assert found
    for item in found:
        # A member of an archive names the archive and itself.
        assert item.origin.file.partition("!")[0] == "f"
        assert min(item.origin.line, item.origin.column) >= 1
        assert item.origin.record >= 0
        if isinstance(item, Unreadable):
            assert item.code.startswith("HP1")
            assert item.message
        elif isinstance(item, Remark):
            assert item.text
            assert item.count >= 1
        else:
            assert isinstance(item.body, bytes)
            assert all(isinstance(part, str) for pair in item.headers or () for part in pair)
            assert item.received_at is None or item.received_at >= 0


@pytest.mark.parametrize("folder", sorted(BY_NAME))
def test_no_mutation_raises(folder: str) -> None:
    """Damaged files give captures and findings in every format, never an exception."""
    rng = random.Random(folder)
    contents = [(FOLDER / name).read_bytes() for name in FILES if name.startswith(f"{folder}/")]
    for number in range(MUTATIONS // len(BY_NAME)):
        content = mutated(rng.choice(contents), rng) if number % 10 else rng.randbytes(99)
        form = recognise(content[:START_SIZE]).name
        for name in {folder, form, rng.choice(formats()).name}:
            check(list(BY_NAME.get(name, NOT_READ).read(io.BytesIO(content), file="f")))


def test_a_place_never_raises() -> None:
    """Places are found in whatever came out of a damaged file."""
    rng = random.Random("places")
    contents = [(FOLDER / name).read_bytes() for name in FILES]
    for _ in range(500):
        content = mutated(rng.choice(contents), rng)
        for item in read(content):
            if isinstance(item, Capture):
                body = read_body(item.body)
                for path in ((), ("extra_params", "Duration"), ("none", 0)):
                    assert min(item.origin.place(body, path)) >= 1
