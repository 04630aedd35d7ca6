"""The contract's samples are what the vendors' pages print, but for what is marked as mended.

What the pages print lies in tests/contract/printed, a file for each sample, as it stands there.
"""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from hookproof.contract import Callback, Contract
from hookproof.findings import Severity
from hookproof.payload.body import BodyForm, read_body
from hookproof.payload.decode import decode
from hookproof.payload.pointer import from_pointer
from hookproof.validation.validator import Validator

PRINTED = Path(__file__).parent / "printed"


class Printed(NamedTuple):
    """A sample as a page prints it: its callback, its file, and its form."""

    callback: str
    file: str
    form: BodyForm


SAMPLES = [
    Printed("zego_rtc/compose", "compose.0.jsonc", BodyForm.JSON),
    Printed("zego_rtc/compose", "compose.1.print_r", BodyForm.PRINT_R),
    Printed("zego_rtc/record", "record.0.print_r", BodyForm.PRINT_R),
    Printed("zego_rtc/procedure", "procedure.0.jsonc", BodyForm.JSON),
    Printed("zego_rtc/transcode_stop", "transcode_stop.0.jsonc", BodyForm.JSON),
    Printed("tencent_gme/recording", "recording.0.jsonc", BodyForm.JSON),
]


def printed_text(name: str) -> str:
    """A sample as its page prints it."""
    return (PRINTED / name).read_text(encoding="utf-8")


TOKEN = re.compile(r'("(?:\\.|[^"\\])*")|[ \t]*//[^\n]*')


def without_comments(text: str) -> str:
    """JSONC as JSON: a `//` inside a string is no comment."""
    return TOKEN.sub(lambda match: match[1] or "", text)


def read_sample(printed: Printed) -> Any:
    """The value of a printed sample."""
    text = printed_text(printed.file)
    if printed.form is BodyForm.JSON:
        text = without_comments(text)
    body = read_body(text.encode())
    assert body.form is printed.form
    assert body.reading.complete
    assert not body.reading.problems
    return body.value


def sample_of(name: str) -> tuple[Callback, dict[str, Any]]:
    """The callback and the payload of its first example."""
    callback = Contract().callback(name)
    assert callback.examples[0].name == "sample"
    assert callback.examples[0].origin == "page"
    return callback, callback.examples[0].payload


def field(payload: Any, pointer: str) -> tuple[Any, str]:
    """The object that holds the field a pointer leads to, and the field's name."""
    *way, last = from_pointer(pointer)
    for part in way:
        payload = payload[part]
    return payload, last


@pytest.mark.parametrize("printed", SAMPLES, ids=lambda p: f"{p.callback}-{p.form.value}")
def test_the_sample_is_what_the_page_prints(printed: Printed) -> None:
    """The page's own sample, with the mended fields made real, is the contract's sample."""
    callback, wanted = sample_of(printed.callback)
    shown = read_sample(printed)
    mended = copy.deepcopy(shown)
    for where, shows, why in callback.examples[0].mended:
        holder, name = field(mended, where)
        assert holder[name] == shows, f"the page does not show {shows!r} at {where}"
        assert why
        source, _ = field(wanted, where)
        assert source[name] != shows, f"{where} is said to be mended and is not"
        holder[name] = source[name]
    assert mended == wanted
    assert [type(value) for value in mended.values()] == [type(wanted[name]) for name in mended]


@pytest.mark.parametrize("printed", SAMPLES, ids=lambda p: f"{p.callback}-{p.form.value}")
def test_the_mended_sample_is_valid(printed: Printed) -> None:
    """The mended sample is recognised and gives documented contradictions at most."""
    callback, payload = sample_of(printed.callback)
    body = read_body(json.dumps(payload).encode())
    verdict = Validator(Contract(), areas=[callback.area]).judge(body, file="sample")
    assert verdict.callback == printed.callback
    assert [f for f in verdict.findings if f.severity is Severity.ERROR] == []


@pytest.mark.parametrize("printed", SAMPLES, ids=lambda p: f"{p.callback}-{p.form.value}")
def test_the_page_as_printed_breaks_only_where_it_is_mended(printed: Printed) -> None:
    """Of a printed sample only fields that are mended, placeholders all, break the contract."""
    callback, _ = sample_of(printed.callback)
    body = read_body(json.dumps(read_sample(printed)).encode())
    verdict = Validator(Contract(), callback=printed.callback).judge(body, file="page")
    broken = {f.where for f in verdict.findings if f.severity is Severity.ERROR}
    assert broken <= {where for where, _, _ in callback.examples[0].mended}


def test_nested_json_is_the_second_block_of_the_page() -> None:
    """The result of `procedure` is the page's second block, comments taken out."""
    shown = json.loads(without_comments(printed_text("procedure.1.jsonc")))
    _, wanted = sample_of("zego_rtc/procedure")
    assert json.loads(wanted["extra_params"]) == shown


def test_printed_with_comments_a_sample_is_refused() -> None:
    """JSON with comments, as the page shows it, is not JSON."""
    reading = decode(printed_text("procedure.0.jsonc").encode())
    assert not reading.complete
    assert [problem.code for problem in reading.problems] == ["HP103"]


def test_comments_in_strings_are_kept() -> None:
    """The `//` of a URL is no comment, whatever quotes stand before it."""
    text = r'{"a\"": "http://x//y", // "no"' + "\n" + '"b": 1} // end'
    assert json.loads(without_comments(text)) == {'a"': "http://x//y", "b": 1}


def test_all_samples_are_read() -> None:
    """No printed sample lies there unread: the nested one of `procedure` is read by itself."""
    files = {file.name for file in PRINTED.iterdir()}
    assert files == {*(printed.file for printed in SAMPLES), "procedure.1.jsonc"}
