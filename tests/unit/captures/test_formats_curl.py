"""`curl` command lines are read as a shell reads them, and never run."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.captures.reading import bodies, captures, marked, places, read, told

from hookproof.captures.capture import Capture, Unreadable
from hookproof.captures.formats.shell import commands
from hookproof.payload.body import read_body

if TYPE_CHECKING:
    from pathlib import Path

QUICK = settings(max_examples=300, derandomize=True, database=None, deadline=None)
JSON = '{"a":"é\'s \\"1\\""}'


def words(text: str) -> list[list[str]]:
    """The words of each command."""
    return [command.words() for command in commands(text)]


def test_a_copied_command_is_read() -> None:
    """What a browser copies gives body, headers and URL."""
    [found] = captures(
        "curl 'http://h/x?a=1&b=2' \\\n  -H 'Content-Type: application/json' \\\r\n"
        "  -H 'X-Empty;' -H 'Accept:' \\\n  --data-raw '{\"a\":1}' \\\n  --compressed -k ;\n"
    )
    assert found.body == b'{"a":1}'
    assert found.headers == (("Content-Type", "application/json"), ("X-Empty", ""))
    assert found.url == "http://h/x?a=1&b=2"


@pytest.mark.parametrize(
    ("options", "body", "content_type"),
    [
        ("-d a=1", "a=1", "application/x-www-form-urlencoded"),
        ("-da=1 -d b=2", "a=1&b=2", "application/x-www-form-urlencoded"),
        ("--data a=1 --data-raw @x --data-binary 'y\nz'", "a=1&@x&y\nz", None),
        ("--data-ascii mail=a@b", "mail=a@b", None),
        ("--json '{\"a\":1}'", '{"a":1}', "application/json"),
        ("--json '{\"a\":' --json 1}", '{"a":1}', "application/json"),
        ("-d x -H 'content-type: text/plain'", "x", "text/plain"),
        ("-d x -H 'Content-Type:'", "x", ""),
        ("--data-urlencode 'a=1 é&='", "a=1+%C3%A9%26%3D", None),
        ("--data-urlencode '=a b'", "a+b", None),
        ("--data-urlencode 'a b'", "a+b", None),
        ("-sSXPUT -d1 -o out -m 3 --max-time 5 -u a:b -A 'x -d y'", "1", None),
        ("-X POST", "", ""),
    ],
)
def test_options_add_up(options: str, body: str, content_type: str | None) -> None:
    """Several pieces of data are joined as curl joins them, and it adds its Content-Type."""
    [found] = captures(f"curl http://h/x {options}")
    assert found.body.decode() == body
    assert found.url == "http://h/x"
    if content_type is not None:
        headers = {name.lower(): value for name, value in found.headers or ()}
        assert headers.get("content-type", "") == content_type


@pytest.mark.parametrize(
    "written",
    [
        shlex.quote(JSON),
        '"' + JSON.replace("\\", "\\\\").replace('"', '\\"') + '"',
        "$'" + JSON.replace("\\", "\\\\").replace("'", "\\'") + "'",
        "$'" + "".join(f"\\u{ord(char):04x}" for char in JSON) + "'",
        "$'" + "".join(f"\\x{byte:02x}" for byte in JSON.encode()) + "'",
        "$'" + "".join(f"\\{byte:03o}" for byte in JSON.encode()) + "'",
        "".join("\\" + char for char in JSON),
    ],
)
def test_quotes_of_any_kind_give_the_body(written: str) -> None:
    """However the shell lets one write it, the bytes are those that would be sent."""
    assert bodies(f"curl h -d {written}") == [JSON]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a b  c", [["a", "b", "c"]]),
        ("a\nb;c&&d||e|f & g", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"], ["g"]]),
        ("a \\\nb\\\r\nc", [["a", "bc"]]),
        ("a # b 'c\nd#e", [["a"], ["d#e"]]),
        ("a'b'\"c\"$'d'e", [["abcde"]]),
        ("a '' \"\"", [["a", "", ""]]),
        ("a '\n' \"\n\\\n\"", [["a", "\n", "\n"]]),
        ('a "\\$ \\` \\" \\\\ \\n"', [["a", '$ ` " \\ \\n']]),
        ("a $'\\n\\t\\e\\'\\\\\\q\\0' $b", [["a", "\n\t\x1b'\\\\q\0", "$b"]]),
        ("a $'\\U110000'", [["a", "\\U110000"]]),
        ("a?b=1&c=2 d&", [["a?b=1&c=2", "d"]]),
        ("\n\n; ;\n", []),
    ],
)
def test_words_are_those_of_a_shell(text: str, wanted: list[list[str]]) -> None:
    """Quotes, escapes, comments and ends of commands mean what they mean to a shell."""
    assert words(text) == wanted


@QUICK
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9))
)
def test_what_is_quoted_comes_back(values: list[str]) -> None:
    """Words that were quoted for a shell are read as they were."""
    assert words(shlex.join(["x", *values])) == [["x", *values]]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash to compare with")
def test_bash_agrees() -> None:
    """A shell splits the same text into the same words."""
    text = "a'b c'\"d\\\"\\$\\e\"\\f $'g\\'\\x41\\u00e9\\101' \\\n h\\ i '' #j"
    shown = subprocess.run(
        ["bash", "-c", f"printf '%s\\0' {text}"],
        capture_output=True,
        check=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    assert words(text) == [shown.stdout.decode().split("\0")[:-1]]


def test_only_deliveries_are_captures() -> None:
    """Other commands, downloads and queries are passed over; prompts and settings do not matter."""
    text = (
        "# how to try it\n$ curl -d 1 h\nls -d x\nA=1 /usr/bin/curl -d 2 h\ncurl h\n"
        "curl -G -d a=1 h\ncurl -I -d 1 h\ncurl.exe -d 3 h\necho curl -d 4 h\n"
    )
    assert told(text) == "curl"
    assert bodies(text) == ["1", "2", "3"]
    assert [record for record, *_ in places(text)] == [1, 2, 3]
    [nothing] = read("curl h\n")
    assert isinstance(nothing, Unreadable)
    assert nothing.code == "HP120"


@pytest.mark.parametrize(
    "command",
    [
        "curl -d @body.json h",
        "curl --data-binary @- h",
        "curl --json @/etc/passwd h",
        "curl --data-urlencode @x h",
        "curl --data-urlencode a@x h",
        "curl -F a=@x h",
        "curl -T x h",
        "curl -K x",
        "curl h -d",
        "curl h -d 'a",
        'curl h -d "a',
    ],
)
def test_what_the_command_does_not_hold_is_told(command: str) -> None:
    """No file is opened: one finding at the command, and the other commands are read."""
    found = read(f"curl -d 1 h\n  {command}\n")
    assert isinstance(found[0], Capture)
    refused = found[1]
    assert isinstance(refused, Unreadable)
    # Nothing is wrong with what stands in a file; what is not whole is a fault.
    code = "HP100" if command.startswith("curl h -d") else "HP121"
    assert (refused.code, refused.origin.line, refused.origin.column) == (code, 2, 3)
    assert refused.hint


def test_no_file_is_opened(tmp_path: Path) -> None:
    """A file that a command names stays closed, even if it is there."""
    file = tmp_path / "body.json"
    file.write_text("{}")
    assert bodies(f"curl -d @{file} h") == ["HP121", "HP120"]


@pytest.mark.parametrize(
    "command",
    [
        'curl h -d \'{"é":{"b":¦1}}\'',
        'curl h \\\n  --data-raw \'{\n "é":{"b":\n¦1}}\'',
        'curl h --json "{\\"é\\":{\\"b\\":¦1}}"',
        'curl h -d {\\"é\\":{\\"b\\":1}} # ¦',
    ],
)
def test_a_place_leads_into_the_command(command: str) -> None:
    """Line and column are exact where the body stands in quotes, else those of the command."""
    text, place = marked("curl -d 1 h\n\n" + command)
    found = captures(text)[-1]
    body = read_body(found.body)
    assert body.value == {"é": {"b": 1}}
    assert found.origin.place(body, ("é", "b")) == (place if "#" not in command else (3, 1))


def test_bytes_stay_as_they_are() -> None:
    """Bytes that are no UTF-8 are sent as they are."""
    assert captures(b"curl h -d '\xff'")[0].body == b"\xff"


def test_a_file_over_the_limit_is_told() -> None:
    """Commands are read as a whole, so the limit holds for the file."""
    assert bodies("curl -d 1 h\n" * 10, max_body=50) == ["HP109"]


def test_many_commands_take_linear_time() -> None:
    """Lines are counted once for all commands."""
    found: list[Any] = read("curl -d 1 h\n" * 20_000)
    assert found[-1].origin.line == 20_000
