"""Texts that are the same thing over and over are read in a time that grows as they do."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from unit.captures.reading import read

from hookproof.captures.faults import OUR_FAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = 1_000_000
# Seconds of work. They take one or two; where a reader begins anew each time, it is minutes.
FAR_TOO_LONG = 40

POST = "POST http://h/\n\n"
INVOKE = "Invoke-WebRequest -Uri 'http://h/' -Method POST -Body "
HOSTILE = {
    "a trace": ("", "=> Send header, 10 bytes (0xa)\n0000: GET / HTTP\n"),
    "separators": (f"{POST}{{}}\n", "###\n"),
    "scripts without an end": (f"{POST}{{}}\n", "< {%\n"),
    "chunks": ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"),
    "nested commands": ("curl http://h/ -d ", '"$('),
    "nested commands in a quote": ('curl http://h/ -d "', "$("),
    "invocations": ("", f"{INVOKE}'{{}}'\n"),
    "settings": ("", f"$a = '1'\n{INVOKE}$a\n"),
    "tables of PowerShell": ("Invoke-WebRequest -Uri ", "@{"),
    "objects on a line": ("x ", '{"a":1} '),
    "broken objects on a line": ("x ", '{"event":1 '),
    "forms on a line": ("x ", "event=1&b=2 "),
    "line ends": ("a", "\r\n"),
    "variables that grow": ("a=aaaa; " + "a=$a$a; " * 60 + 'curl http://h/ -d "$a"\n', " "),
    "a long variable": ("a=" + "x" * 400_000 + '\ncurl http://h/ -d "', "$a"),
    "variables of a file": ("@a=" + "{{a}}" * 3000 + f"\n{POST}", "{{a}}"),
    "a long variable of PowerShell": (f"$a = '{'x' * 400_000}'\n{INVOKE}\"", "$a"),
}


@pytest.fixture(autouse=True)
def _has_an_end() -> Iterator[None]:
    """A reader that does too much work is stopped, whatever else the machine does."""

    def stop(*_: object) -> None:
        pytest.exit("a reader looks at a text again and again")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, FAR_TOO_LONG)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_long_text_is_read(name: str) -> None:
    """Its end is reached, and memory is not filled."""
    head, unit = HOSTILE[name]
    found = read(head + unit * (SIZE // len(unit)))
    assert found
    assert not [one for one in found if getattr(one, "code", "") == OUR_FAULT]
    assert sum(len(getattr(one, "body", b"")) for one in found) < 50 * SIZE
