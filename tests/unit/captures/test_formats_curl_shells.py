"""`curl` wherever and for whatever shell it was written: scripts, prompts, pages, Windows."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest
from unit.captures.reading import bodies, captures, everything, read, told

from hookproof.captures.capture import Capture, Remark, Unreadable
from hookproof.captures.formats.curl_options import options_of

BODY = '{"a":"it\'s 100% \\"b\\" \\\\n","n":1}'
PLAIN = '{"a":1}'
SEND = f"curl http://h/x -H 'Sign: s' -d '{PLAIN}'"


@pytest.mark.parametrize(
    "text",
    [
        f"cd /tmp && {SEND}",
        f"#!/bin/bash\nset -e\n{SEND}\n",
        f"time {SEND}",
        f"LC_ALL=C {SEND}",
        f"sudo -u x true; {SEND}",
        f"root@web-1:~# {SEND}",
        f"[root@web-1 ~]# {SEND}",
        f"user@host:/srv/app$ {SEND}",
        f"bash-5.1$ {SEND}",
        f"$ {SEND}",
        f"> {SEND}",
        f"\u276f {SEND}",
        f"Don't forget:\n\n```sh\n{SEND}\n```\n\nThat's all.\n",
        f"- try it:\n\n      {SEND}\n",
        SEND.replace("curl ", "/usr/bin/curl "),
        SEND.replace("curl ", "./bin/curl\t"),
        SEND.replace("curl ", "CURL "),
        SEND.replace("curl ", "curl.exe "),
        SEND.replace("curl ", "curl \\\n  "),
        f"for i in 1; do\n  {SEND}\ndone\n",
        f"if true; then {SEND}; fi",
        f"({SEND})".replace("(curl", "( curl"),
        f"true | {SEND}",
        f"C:\\Users\\me> {SEND}",
        f"{SEND} > out.json 2>&1",
        f"{SEND} | jq .",
    ],
)
def test_a_command_is_known_wherever_it_stands(text: str) -> None:
    """Its headers and URL are read, so a forged signature cannot pass as one of a log."""
    assert told(text) == "curl"
    [found] = captures(text)
    assert (found.body.decode(), found.url) == (PLAIN, "http://h/x")
    assert ("Sign", "s") in (found.headers or ())


@pytest.mark.parametrize(
    "text",
    [
        'GET / "curl/7.88.1" 200 {"event":"x"}',
        '2026-01-01 user-agent=curl -d body={"event":"x"}',
        '{"log":"curl -d 1 h"}',
        "Use curl to send the callback.\n",
    ],
)
def test_the_word_alone_is_no_command(text: str) -> None:
    """User agents and sentences name curl too."""
    assert told(text) != "curl"


def test_each_part_of_a_command_is_a_request() -> None:
    """`--next` and `-:` begin another request, and each URL is sent the body."""
    text = "curl -d A -H 'X: 1' http://h/1 --next -d B http://h/2 -: http://h/3 -d C http://h/4"
    found = captures(text)
    assert [(one.body, one.url) for one in found] == [
        (b"A", "http://h/1"),
        (b"B", "http://h/2"),
        (b"C", "http://h/3"),
        (b"C", "http://h/4"),
    ]
    assert ("X", "1") not in (found[1].headers or ())
    assert [one.origin.record for one in found] == [1, 2, 3, 4]


def test_a_query_is_added() -> None:
    """`--url-query` encodes as --data-urlencode does; after a plus the text stays."""
    [found] = captures("curl h/x --url-query 'Signature=a/b=' --url-query +c=d -d 1")
    assert found.url == "h/x?Signature=a%2Fb%3D&c=d"
    [found] = captures("curl 'h/x?e=f' --url-query c=d -d 1")
    assert found.url == "h/x?e=f&c=d"


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl to ask")
def test_every_option_of_the_curl_here_is_known() -> None:
    """An option that takes a value and is not known would make its value the URL."""
    shown = subprocess.run(["curl", "--help", "all"], capture_output=True, text=True, check=True)
    listed = re.findall(r"(?m)^ *(?:-(\S), +)?--([a-z0-9.-]+)( [<\[]\S)?", shown.stdout)
    assert len(listed) > 200
    for letter, name, value in listed:
        for word in filter(None, (f"--{name}", letter and f"-{letter}")):
            [option, *rest] = options_of([word, "value"])
            takes = option.value == "value"
            assert option.known, word
            if name != "help":
                assert takes == bool(value), word
                assert len(rest) == (0 if takes else 1), word


def test_an_unknown_option_shifts_nothing() -> None:
    """It is said, and the URL stays the URL, whether the option seems to take a value or not."""
    for unknown in ("--brand-new value", "--brand-new"):
        remark, found = everything(f"curl {unknown} http://h/x -d 1")
        assert isinstance(remark, Remark)
        assert "--brand-new" in remark.text
        assert isinstance(found, Capture)
        assert (found.url, found.body) == ("http://h/x", b"1")


def test_an_option_may_be_shortened() -> None:
    """The start of a long name will do where no other one shares it."""
    [found] = captures("curl --connect-time 3 --no-keepalive --data-bin 1 h")
    assert (found.url, found.body) == ("h", b"1")


@pytest.mark.parametrize(
    "text",
    [
        f"curl h -d @- <<'EOF'\n{PLAIN}\nEOF\n",
        f"curl h --data @- <<EOF\n{PLAIN}\nEOF\n",
        f"curl h --data @- <<-EOF\n{PLAIN}\n\tEOF\n",
        f"curl h -d @- <<< '{PLAIN}'",
        f"curl h -d \"$(cat <<'EOF'\n{PLAIN}\nEOF\n)\"",
        f"curl h -d $(cat <<EOF\n{PLAIN}\nEOF\n)",
        f"echo '{PLAIN}' | curl h -d @-",
        f"echo -n '{PLAIN}' | curl h --data-binary @-",
        f"printf '%s' '{PLAIN}' | curl h --data-binary @-",
        f"cat <<EOF | curl h -d @-\n{PLAIN}\nEOF\n",
        f"cat > b.json <<'EOF'\n{PLAIN}\nEOF\ncurl h -d @b.json",
        f"BODY='{PLAIN}'\ncurl h -d \"$BODY\"",
        f"export BODY='{PLAIN}'; curl h -d \"${{BODY}}\"",
    ],
)
def test_what_the_text_itself_feeds_to_a_command_is_its_body(text: str) -> None:
    """Here-documents, here-strings, pipes and variables stand in the same file."""
    assert told(text) == "curl"
    assert bodies(text) == [PLAIN]


def test_data_from_a_document_loses_its_line_ends() -> None:
    """`-d @-` drops line ends as curl does, `--data-binary @-` keeps them."""
    assert bodies("curl h -d @- <<E\n{\n}\nE\n") == ["{}"]
    assert bodies("curl h --data-binary @- <<E\n{\n}\nE\n") == ["{\n}\n"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('curl h -d "$BODY"', "$BODY"),
        ('curl h -d "$(jq -c . x.json)"', "$(jq"),
        ("curl h -d `date`", "`date`"),
        ("curl h -d @-", "standard input"),
        ('curl h -d @- <<< "$BODY"', "standard input"),
        ("curl h -F a=1", "multipart/form-data"),
        ("curl h -T body.json", "--upload-file"),
        ("curl h -d @body.json", "'body.json'"),
        ("curl h -d \u2018{}\u2019", "typographic"),
        ("curl h \u2013d {}", "typographic"),
        ("curl h \\ \n -H 'A: b' \\\n -d 1", "line 1"),
        ("curl h -d 1 \\\n # why\n -H 'A: b'", "line 3"),
        ("curl h -d 1\n -H 'A: b'", "line 2"),
    ],
)
def test_what_is_not_there_is_said(text: str, said: str) -> None:
    """What nobody can know from the file is refused with its name or line."""
    assert told(text) == "curl"
    found, *_ = read(text)
    assert isinstance(found, Unreadable)
    assert said in found.message
    assert found.hint


def test_a_header_of_an_unknown_value_is_left_out() -> None:
    """Half a value would be judged as a wrong signature."""
    [found] = captures('curl h -H "Sign: $SIGN" -H "A: b" -d 1')
    assert [name for name, _ in found.headers or ()] == ["A", "Content-Type"]


def old_chrome(text: str) -> str:
    """As browsers wrote for cmd.exe at first."""
    text = text.replace('"', '""').replace("%", '"%"').replace("\\", "\\\\")
    return '"' + re.sub(r"([\r\n]+)", r'"^\1"', text) + '"'


def newer_chrome(text: str, mark: str = '"') -> str:
    """As they wrote after that, and with carets before the quotes around as well."""
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    text = re.sub(r"([^a-zA-Z0-9\s_\-:=+~'/.',?;()*`])", r"^\1", text)
    text = re.sub(r"%(?=[a-zA-Z0-9_])", "%^", text).replace("\n", "^\n\n")
    return mark + text + mark


@pytest.mark.parametrize(
    "quote", [old_chrome, newer_chrome, lambda text: newer_chrome(text, '^"')], ids="123"
)
@pytest.mark.parametrize(
    "body", [PLAIN, BODY, '{\n "a": "x"\n}', json.dumps({"e": json.dumps({"b": 1})}), "a=1&b=%41"]
)
def test_what_browsers_copy_for_cmd_is_read(quote: object, body: str) -> None:
    """All three generations give the text that they encode."""
    assert callable(quote)
    text = (
        f"curl {quote('http://h/x?a=1&b=2')} ^\n  -H {quote('content-type: application/json')} ^\n"
        f"  --data-raw {quote(body)} ^\n  --compressed"
    )
    assert told(text) == "curl"
    [found] = captures(text)
    assert found.body.decode() == body
    assert found.url == "http://h/x?a=1&b=2"
    assert ("content-type", "application/json") in (found.headers or ())
    assert [one.body for one in captures(f"{text} &\n{text}\n")] == [found.body] * 2


@pytest.mark.parametrize(
    "text",
    [
        "curl -X POST 'http://h/x' ^\n-H 'A: b' ^\n-d '{BODY}'",
        'curl -X POST "http://h/x" ^\n  -H "A: b" ^\n  -d "{QUOTED}"',
        "curl --location 'http://h/x' ^\r\n--header 'A: b' ^\r\n--data '{BODY}'\r\n",
        "curl.exe http://h/x `\n  -H 'A: b' `\n  -d '{BODY}'",
        "curl.exe http://h/x `\n  -H 'A: b' `\n  -d '{QUOTED}'",
        'curl.exe http://h/x -H "A: b" `\n  -d "{TICKED}"',
        "PS C:\\x> curl.exe http://h/x -H 'A: b' `\n  -d '{DOUBLED}'",
        (
            "$body = @'\n{BODY}\n'@\nInvoke-WebRequest -Uri http://h/x -Method Post "
            "-Headers @{ A = 'b' } -Body $body"
        ),
        (
            'Invoke-WebRequest -UseBasicParsing -Uri "http://h/x" `\n-Method "POST" `\n'
            '-Headers @{\n"A"="b"\n  "C"="d"\n} `\n-ContentType "application/json" `\n'
            '-Body "{TICKED}"'
        ),
        "irm http://h/x -Method POST -Headers @{'A'='b'} -Body '{BODY}'",
    ],
)
def test_what_people_write_on_windows_is_read(text: str) -> None:
    """Carets and backticks at line ends, quotes that are escaped or doubled."""
    for name, value in {
        "{BODY}": PLAIN,
        "{QUOTED}": PLAIN.replace('"', '\\"'),
        "{TICKED}": PLAIN.replace('"', '`"'),
        "{DOUBLED}": PLAIN.replace('"', '""'),
    }.items():
        text = text.replace(name, value)
    assert told(text) == "curl"
    [found] = captures(text)
    assert (found.body.decode(), found.url) == (PLAIN, "http://h/x")
    assert ("A", "b") in (found.headers or ())


def test_characters_that_powershell_is_given_as_numbers_are_read() -> None:
    """Browsers write what is beyond ASCII so."""
    text = 'Invoke-WebRequest -Uri "http://h" -Method POST -Body "{`"a`":`"$([char]20320)`"}"'
    assert bodies(text) == ['{"a":"你"}']
    text = (
        'Invoke-WebRequest -Uri "http://h" -Method POST '
        '-Body ([System.Text.Encoding]::UTF8.GetBytes("{`"a`":`"$([char]20320)`"}"))'
    )
    assert bodies(text) == ['{"a":"你"}']


def test_a_body_that_powershell_makes_is_refused() -> None:
    """Nothing is run."""
    found, _ = read("Invoke-RestMethod -Uri http://h -Method POST -Body ($x | ConvertTo-Json)")
    assert isinstance(found, Unreadable)
    assert "ConvertTo-Json" in found.message


def test_many_open_quotes_and_commands_on_a_line_end_soon() -> None:
    """Each is looked at once: a search for all that could close it would take minutes."""
    for text in ('curl "$(', "curl h -d '", 'curl h `"'):
        assert read(text * 8000, "curl")
