"""Texts that are the same thing over and over are read with work that grows as they do."""

from __future__ import annotations

import gc
import re
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from unit.captures.reading import everything
from unit.captures.test_containers import VALIDATOR

from hookproof.captures.faults import OUR_FAULT

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 3_000
# Where a text is looked through anew for each of its parts, of twice the length it is four times.
MOST = 3.0

POST = "POST http://h/\n\n"
INVOKE = "Invoke-WebRequest -Uri 'http://h/' -Method POST -Body "
HOSTILE = {
    "a trace": ("", "=> Send header, 10 bytes (0xa)\n0000: GET / HTTP\n"),
    "requests": ("", f"###\n{POST}{{}}\n"),
    "requests with a length": ("", "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}\n"),
    "requests laid out": ("", "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{\n}\n\n"),
    "commands": ("", "curl http://h/ -d '{\"a\":1}'\n"),
    "dicts": ("x ", "{'event': 'record', "),
    "dicts on a line": ("x ", "{'event': 'record', 'appid': 1} "),
    "arrays over lines": ("x array (\n", "'event' => array (\n"),
    "heads without a body": ("x\n", "--> POST http://h/\n"),
    "cut off": ("x ", '{"event": "record", "a": "... (truncated)\n'),
    "quotes of a page": ("x {", "&quot;event&quot;:&quot;record&quot;,"),
    "hexadecimal digits": ("x ", "7b22" * 30 + " "),
    "blocks of Bruno": ("post {\n}\nbody:json {\n", "a {\n"),
    "entries": ('{"log":{"version":"1.2","entries":[', '{"request":{"method":"GET"}},'),
    "items": ("[", '{"a":1},'),
    "rows": ("id,body\n", '1,"{""a"":1}"\n'),
    "records": ("", '{"log":"x {\\"a\\":1}\\n"}\n'),
    "packets": ("", "12:00:00.000000 IP 1.1.1.1.1 > 1.1.1.1.2: Flags [P.], seq 1:5\n\tabcd\n"),
    "parts of an audit log": ("", "--a1b2-B--\nPOST / HTTP/1.1\n\n--a1b2-C--\n{}\n"),
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
    "variables without an end": ("POST ", "{{"),
    "doubled quotes in a table of PowerShell": (
        f"{INVOKE.removesuffix('-Body ')}-Headers @{{",
        "''",
    ),
    "texts of PowerShell without an end": (INVOKE, "@'\n"),
    "commands of cmd.exe": ("", 'curl ^"http://h/^" ^\n -d ^"a^"\n'),
    "commands on a line": ("", "curl -d x h;"),
    "records that begin a body": ("", '{"log":"got {"}\n'),
    "records of parts": ("", '{"log":"{"}\n{"log":"\\"event\\": \\"record\\","}\n'),
    "events that begin a body": ('{"events":[', '{"message":"{"},'),
    "values of Rust": ("x ", 'Object {"event": String('),
    "maps of Clojure": ("x ", "{:event "),
    "dictionaries of Swift": ("x ", '["event": '),
    "what wget prints": ("", "---request begin---\nPOST / HTTP/1.1\n\n---request end---\n"),
    "settings without an end": (f"{INVOKE}'{{}}'\n", "$a = @'\n"),
    "a long variable of PowerShell": (f"$a = '{'x' * 400_000}'\n{INVOKE}\"", "$a"),
}

# What patterns would look through anew from each place on, in texts that nothing is told by.
BACKTRACKED = {
    "names in brackets": ("x ", "a["),
    "a rule of YAML": ("---\n", "-"),
    "a line of bars": ("", "|"),
    "calls on a line": ("", "curl ^"),
    "blanks in Base64": ("YWJj" * 9 + " \n!", " "),
    "blanks behind a quote": ('x "', " "),
    "blanks behind dots": ('x {"event": "record" ...', " "),
    "blocks without an end": ("", "a {\n"),
}

# Of these the whole text is looked at, whatever they are asked.
WHOLE = frozenset(
    {"partition", "rpartition", "split", "splitlines", "replace", "encode", "decode", "strip"}
    | {"lstrip", "rstrip", "lower", "upper", "expandtabs", "translate", "isspace"}
)


class Work:
    """Counts calls, and the characters that methods of texts and patterns look at."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self, _: Any, event: str, called: Any) -> None:
        if event == "c_call":
            text = getattr(called, "__self__", None)
            whole = isinstance(text, (str, bytes)) and called.__name__ in WHOLE
            self.done += len(text) if whole and text is not None else 1
        elif event == "call":
            self.done += 1

    def of(self, do: Callable[[], Any]) -> int:
        """How much is done by a call."""
        # What other tests left behind is no work of this call. Collecting it first takes a second.
        gc.disable()
        self.done = 0
        before = sys.getprofile()
        sys.setprofile(self)
        try:
            do()
        finally:
            sys.setprofile(before)
            gc.enable()
        return self.done


class Counted:
    """A pattern that counts the characters which it passes over."""

    # ruff: noqa: D102 - its methods are those of patterns

    def __init__(self, pattern: re.Pattern[Any], work: Work) -> None:
        self._pattern = pattern
        self._work = work

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def search(self, text: Any, *at: int) -> Any:
        found = self._pattern.search(text, *at)
        end = found.end() if found else min([len(text), *at[1:]])
        self._work.done += max(end - (at[0] if at else 0), 0)
        return found

    def _all(self, name: str, *given: Any) -> Any:
        self._work.done += max(map(len, (one for one in given if isinstance(one, (str, bytes)))))
        return getattr(self._pattern, name)(*given)

    def finditer(self, *given: Any) -> Any:
        return self._all("finditer", *given)

    def findall(self, *given: Any) -> Any:
        return self._all("findall", *given)

    def sub(self, *given: Any) -> Any:
        return self._all("sub", *given)

    def split(self, *given: Any) -> Any:
        return self._all("split", *given)


class Expressions:
    """The module of patterns, all of which count."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __getattr__(self, name: str) -> Any:
        return getattr(re, name)

    def compile(self, pattern: Any, flags: int = 0) -> Counted:
        return Counted(re.compile(pattern, flags), self._work)

    def _with(self, name: str, pattern: Any, *given: Any) -> Any:
        counted = pattern if isinstance(pattern, Counted) else self.compile(pattern)
        return getattr(counted, name)(*given)

    def search(self, pattern: Any, text: Any) -> Any:
        return self._with("search", pattern, text)

    def finditer(self, pattern: Any, text: Any) -> Any:
        return self._with("finditer", pattern, text)

    def findall(self, pattern: Any, text: Any) -> Any:
        return self._with("findall", pattern, text)

    def sub(self, pattern: Any, by: Any, text: Any) -> Any:
        return self._with("sub", pattern, by, text)

    def split(self, pattern: Any, text: Any) -> Any:
        return self._with("split", pattern, text)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """What counts the work of the readers of captures."""
    everything("x")
    counting = Work()
    for name, module in list(sys.modules.items()):
        if name.startswith("hookproof.captures") and module is not None:
            for word, value in list(vars(module).items()):
                if isinstance(value, re.Pattern):
                    monkeypatch.setattr(module, word, Counted(value, counting))
                elif value is re:
                    monkeypatch.setattr(module, word, Expressions(counting))
    return counting


def text_of(name: str, size: int) -> str:
    """A text that is as long."""
    head, unit = HOSTILE[name]
    return head + unit * (size // len(unit))


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_length_is_twice_the_work(name: str, work: Work) -> None:
    """A long text is read to its end, and memory is not filled."""
    found = everything(text_of(name, SIZE), sought=VALIDATOR.sought)
    assert found
    assert not [one for one in found if getattr(one, "code", "") == OUR_FAULT]
    most = 50 * len(text_of(name, SIZE))
    assert sum(len(getattr(one, "body", b"")) for one in found) < most
    texts = [text_of(name, size) for size in (SIZE, 2 * SIZE)]
    once, twice = (work.of(partial(everything, text, sought=VALIDATOR.sought)) for text in texts)
    assert twice < MOST * once, f"{once:,} became {twice:,}"


@pytest.mark.parametrize("name", BACKTRACKED)
def test_patterns_do_not_look_again_from_each_place_on(name: str) -> None:
    """Of twice the length one that does takes four times as long; what counts is the ratio."""
    head, unit = BACKTRACKED[name]

    def fastest(size: int) -> float:
        text, taken = head + unit * (size // len(unit)), []
        for _ in range(5):
            begun = time.process_time()
            everything(text, sought=VALIDATOR.sought)
            taken.append(time.process_time() - begun)
        return min(taken)

    everything(head, sought=VALIDATOR.sought)
    # What every file takes counts on both sides.
    assert fastest(60_000) < MOST * fastest(30_000)


def test_looking_again_and_again_is_noticed(work: Work) -> None:
    """A reader that seeks an end from each line on, and splits what is left, is caught."""
    ends, lines = Counted(re.compile("end"), work), "a\n"

    def seek(text: str) -> None:
        for at in range(0, len(text), 2):
            ends.search(text, at)

    def cut(text: str) -> None:
        while text:
            text = text.partition("\n")[2]

    for reader in (seek, cut):
        once = work.of(partial(reader, lines * 500))
        assert work.of(partial(reader, lines * 1000)) > MOST * once
