"""The contract's samples are what the vendors' pages print, but for what is marked as mended.

The pages lie beside the checkout, not in it: they are the vendors' texts.
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

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the vendors' pages are not at hand (../shared/seeds)"
)


class Printed(NamedTuple):
    """A sample as a page prints it: the page's file, which block of it, and its form."""

    callback: str
    page: str
    block: int
    form: BodyForm


SAMPLES = [
    Printed("zego_rtc/compose", "000", 0, BodyForm.JSON),
    Printed("zego_rtc/compose", "000", 1, BodyForm.PRINT_R),
    Printed("zego_rtc/record", "001", 0, BodyForm.PRINT_R),
    Printed("zego_rtc/procedure", "002", 0, BodyForm.JSON),
    Printed("zego_rtc/transcode_stop", "003", 0, BodyForm.JSON),
    Printed("tencent_gme/recording", "004", 0, BodyForm.JSON),
]


def page_text(number: str) -> str:
    """The text of a page."""
    [file] = SEEDS.glob(f"{number}_*.txt")
    return file.read_text(encoding="utf-8")


def blocks(text: str) -> list[str]:
    """The samples of a page: what stands between a line that opens and one that closes."""
    found = []
    lines = iter(text.splitlines())
    for line in lines:
        head = line.strip()
        if head in {"{", "Array"}:
            last = "}" if head == "{" else ")"
            indent = line[: len(line) - len(line.lstrip())]
            block = [line]
            depth = 1 if head == "{" else 0
            for following in lines:
                block.append(following)
                code = without_comments(following) if head == "{" else following
                depth += opened(code, head) - closed(code, head)
                if following.strip() == last and depth == 0:
                    break
            found.append("\n".join(part.removeprefix(indent) for part in block))
    return found


def opened(line: str, head: str) -> int:
    """How many levels a line opens."""
    return line.count("{") if head == "{" else int(line.strip() == "(")


def closed(line: str, head: str) -> int:
    """How many levels a line closes."""
    return line.count("}") if head == "{" else int(line.strip() == ")")


TOKEN = re.compile(r'("(?:\\.|[^"\\])*")|[ \t]*//[^\n]*')


def without_comments(text: str) -> str:
    """JSONC as JSON: a `//` inside a string is no comment."""
    return TOKEN.sub(lambda match: match[1] or "", text)


def read_sample(printed: Printed) -> Any:
    """The value of a printed sample."""
    text = blocks(page_text(printed.page))[printed.block]
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
    shown = json.loads(without_comments(blocks(page_text("002"))[1]))
    _, wanted = sample_of("zego_rtc/procedure")
    assert json.loads(wanted["extra_params"]) == shown


def test_printed_with_comments_a_sample_is_refused() -> None:
    """JSON with comments, as the page shows it, is not JSON."""
    reading = decode(blocks(page_text("002"))[0].encode())
    assert not reading.complete
    assert [problem.code for problem in reading.problems] == ["HP103"]


def test_comments_in_strings_are_kept() -> None:
    """The `//` of a URL is no comment, whatever quotes stand before it."""
    text = r'{"a\"": "http://x//y", // "no"' + "\n" + '"b": 1} // end'
    assert json.loads(without_comments(text)) == {'a"': "http://x//y", "b": 1}


def test_all_samples_are_found() -> None:
    """The pages print seven samples, the nested one of `procedure` included."""
    assert [len(blocks(page_text(f"00{number}"))) for number in range(5)] == [2, 1, 2, 1, 1]
