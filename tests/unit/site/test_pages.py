"""The sources of the site tell of each callback, code and command, and what they show is right."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from each import each

pytest.importorskip("jinja2")

from unit.source import ROOT

from hookproof import Receiver
from hookproof.cli.main import COMMANDS
from hookproof.contract import Contract
from hookproof.describe.fields import fields_of
from hookproof.findings import CODES
from hookproof.payload.body import BodyForm
from hookproof.signature.secrets import PUBLISHED_SECRET
from hookproof.site.callback import (
    MOMENT,
    URL,
    all_rows,
    request_of,
    rows,
    timeline,
    typescript_of,
    vectors,
)
from hookproof.site.pages import guides, pages, write

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = Contract()
CALLBACKS = [CONTRACT.callback(name) for name in CONTRACT.names()]


@cache
def all_pages() -> dict[str, str]:
    """Every page by its place."""
    return dict(pages(CONTRACT))


def one_of_each_scheme() -> list[str]:
    """A callback for each way of signing in the contract."""
    found = {repr((one.signature.scheme, one.signature.message)): one.path for one in CALLBACKS}
    return sorted(found.values())


def test_each_callback_code_and_command_has_a_page() -> None:
    """And each area its list and its document."""
    wanted = {f"callbacks/{one.path}.md" for one in CALLBACKS}
    wanted |= {f"callbacks/{area}/index.md" for area in CONTRACT.areas}
    wanted |= {f"downloads/openapi/{area}.openapi.json" for area in CONTRACT.areas}
    wanted |= {f"findings/{code}.md" for code in CODES}
    wanted |= {f"commands/{name}.md" for name in COMMANDS}
    wanted |= {f"{kind}/index.md" for kind in ("callbacks", "findings", "commands")}
    assert set(all_pages()) == wanted


def test_a_callback_has_its_typescript_type() -> None:
    """Nested JSON opened, wide integers exact, what is no name in quotes; one for each title."""
    drawn = typescript_of(CONTRACT.callback("zego_rtc/record"))
    assert "extra_params: TencentRecordExtra | WangsuRecordExtra | HuaweiRecordExtra;" in drawn
    assert 'event: "record";' in drawn
    assert "export type HuaweiRecordExtra = {" in drawn
    assert "TaskID: number | bigint;" in typescript_of(CONTRACT.callback("tencent_gme/recording"))
    for one in CALLBACKS:
        text = typescript_of(one)
        assert text.startswith(f"export type {one.title} = {{")
        assert text.count("{") == text.count("}")
        # A name that is used is one that is drawn.
        used = set(re.findall(r"(?:: |[|<] )([A-Z]\w+)(?=[;> ])", re.sub(r"/\*\*.*", "", text)))
        assert used - {"Array"} <= set(re.findall(r"^export type (\w+)", text, re.MULTILINE))


@each("callback", CALLBACKS)
def test_a_page_tells_all_of_its_callback(callback) -> None:
    """Every field has a place that can be searched; contradictions and questions stand there."""
    text = all_pages()[f"callbacks/{callback.path}.md"]
    tree = list(all_rows(rows(fields_of(callback.schema))))
    anchors = [row.anchor for row in tree]
    assert len(anchors) == len(set(anchors))
    assert all(f'<li id="{anchor}"' in text for anchor in anchors)
    assert {row.field.name for row in tree} <= set(re.findall(r"^(.*) #", text, re.MULTILINE))
    assert all(f'id="quirk-{quirk.id}"' in text for quirk in callback.quirks)
    assert text.count("<li>") >= len(callback.questions) + len(callback.sources)


@each("callback", CALLBACKS)
def test_each_request_of_a_page_is_genuine(callback) -> None:
    """A receiver with the published secret takes it at that moment, in every encoding."""
    hooks = Receiver(
        callback.area,
        secret=PUBLISHED_SECRET.decode(),
        clock=lambda: MOMENT,
        unsigned="accept",
    )
    for facts in callback.encodings:
        sent = request_of(callback, BodyForm(facts.encoding))
        event = hooks.receive(headers=sent.headers, body=sent.body, url=f"{URL}?{sent.query}")
        assert event.callback == callback.path


@each("callback", CALLBACKS)
def test_the_last_step_of_a_vector_is_what_was_sent(callback) -> None:
    """Of the form that is sent; it stands in the request, where the contract says."""
    if callback.signature.is_unsigned:
        assert not any(vector.steps for vector in vectors(callback))
        return
    sent = request_of(callback)
    whole = f"{sent.headers} {sent.query} {sent.body.decode()}"
    for vector in vectors(callback):
        [(_, value)] = vector.steps[-1].values
        encoded = value.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
        assert vector.role == "another page" or value in whole or encoded in whole


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is missing")
@pytest.mark.parametrize("name", one_of_each_scheme())
def test_the_shell_makes_the_same_signature(name: str, tmp_path: Path) -> None:
    """What is printed at the end is the last step, less what stands before a digest."""
    for vector in vectors(CONTRACT.callback(name)):
        if vector.shell:
            done = subprocess.run(
                ["bash", "-c", vector.shell],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                check=True,
            )
            [(_, value)] = vector.steps[-1].values
            assert value.endswith(done.stdout.strip())
            assert done.stdout.strip()


def test_a_token_has_its_steps() -> None:
    """Body, claims, what is signed and the token itself."""
    name = next(one.path for one in CALLBACKS if one.signature.is_token)
    [vector] = vectors(CONTRACT.callback(name))
    assert [len(step.values) for step in vector.steps] == [2, 2, 1, 2, 1]
    signed, token = vector.steps[2].values[0][1], vector.steps[-1].values[0][1]
    assert token.startswith(f"{signed}.")


def test_a_timeline_has_all_attempts_and_labels_that_do_not_meet() -> None:
    """Places are within the drawing; the last attempt always says when it is."""
    drawn = {one.retry_after: timeline(one) for each in CALLBACKS for one in each.deliveries}
    assert drawn[None] == ()
    assert any(drawn.values())
    for waits, marks in drawn.items():
        if marks:
            assert len(marks) == len(waits or ()) + 1
            labelled = [mark.x for mark in marks if mark.label]
            assert all(b - a > 8.9 for a, b in pairwise(labelled))
            assert marks[-1].label
            assert 0 < marks[0].x < marks[-1].x < 100


def test_a_command_tells_all_its_options() -> None:
    """With their variables, and the examples of --help."""
    text = all_pages()["commands/test.md"]
    for part in ("--max-cases", "HOOKPROOF_TEST_SEED", "hookproof test http", "default: lenient"):
        assert part in text
    assert "hookproof contract infer" in all_pages()["commands/contract.md"]


def test_numbers_beyond_doubles_are_whole() -> None:
    """No digit is lost in a number of an example."""
    large = re.compile(r": (\d{17,})[,\n]")
    found = 0
    for one in CALLBACKS:
        text = all_pages()[f"callbacks/{one.path}.md"]
        for number in large.findall(json.dumps(one.examples[0].payload, indent=1)):
            found += 1
            assert f": {number}" in text
    assert found


def test_nothing_of_the_contract_ends_a_block() -> None:
    """All fences of a page are closed, so no text of a contract has become markup."""
    for text in all_pages().values():
        fences = re.findall(r"^(`{3,})(.*)$", text, re.MULTILINE)
        assert all(
            first == last and not told
            for (first, _), (last, told) in zip(fences[::2], fences[1::2], strict=True)
        )


def test_the_guides_are_those_of_the_repository() -> None:
    """All of them, and no link to the table that has pages of its own here."""
    found = guides(ROOT / "docs")
    assert {"index.md", "receiver.md", "signatures.md", "ci.md", "moving.md"} <= set(found)
    assert "callbacks.md" not in found
    assert not [name for name, text in found.items() if "(callbacks.md)" in text]
    assert not [name for name, text in found.items() if "](../examples" in text]
    listed = set(re.findall(r"^[a-z/-]+$", found["index.md"], re.MULTILINE))
    at_the_top = {name for name in found if "/" not in name} - {"index.md"}
    assert {f"{name}.md" for name in listed} >= at_the_top


def test_writing_again_touches_only_what_changed(tmp_path: Path) -> None:
    """So that Sphinx reads no page twice; what is no page any more goes."""
    write(tmp_path, {"a/one.md": "1", "two.md": "2"})
    before = (tmp_path / "a/one.md").stat().st_mtime_ns
    write(tmp_path, {"a/one.md": "1", "three.md": "3"})
    assert (tmp_path / "a/one.md").stat().st_mtime_ns == before
    assert {p.name for p in tmp_path.rglob("*.md")} == {"one.md", "three.md"}
