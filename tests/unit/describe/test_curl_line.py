"""A line for a shell sends a body to the byte, and none that a stranger wrote reads a file."""

from __future__ import annotations

import subprocess

import pytest

from hookproof.describe.example import curl_line
from hookproof.serve.view import _raw

BODIES = [
    b'{"a": "\xc3\xa9 \'quoted\' $HOME `id`"}',
    b"@/etc/hostname",
    b"\xff\xfe{}",
    b"a\x00b",
    b"two\nlines\t",
    b"",
]


@pytest.mark.parametrize("body", BODIES)
def test_what_a_shell_makes_of_it_is_the_body(body: bytes) -> None:
    """Whatever is in it; curl is replaced by what shows its last argument, or its input."""
    line = curl_line(["-H 'A: b'"], body, "http://127.0.0.1:1/?a=1&b='")
    shown = "curl() { for a; do last=$one; one=$a; done; "
    shown += '[ "$last" = @- ] && cat || printf %s "$last"; }'
    done = subprocess.run(["sh", "-c", f"{shown}; {line}"], capture_output=True, check=True)
    assert done.stdout == body
    assert ("--data-binary @-" in line) == (b"\x00" in body or b"\xff" in body)
    assert "--data-binary" not in line.replace("--data-binary @-", "")


def test_a_body_that_is_cut_within_a_character_stays_a_text() -> None:
    """On the page it would be Base64 by chance."""
    sign = "\N{CJK UNIFIED IDEOGRAPH-6587}"
    for before in ("", "a", "ab"):
        shown = _raw(f"{before}{sign * 200_000}".encode())
        assert shown["cut"]
        assert shown["text"].startswith(before + sign)
    for body in (b"\xff", sign.encode()[:2]):
        assert set(_raw(body)) == {"base64", "cut"}
