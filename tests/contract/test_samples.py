"""The ledgers in samples/ tell what became of every JSON block on a vendor's pages.

Whether they agree with the pages is seen where the vendor's repository is at hand.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from contract.vendor_repository import (
    FOLDER,
    VARIABLE,
    Block,
    Source,
    blocks_of,
    source_of,
    strict,
    value_of,
)

from hookproof.contract import Contract
from hookproof.payload.pointer import from_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract import Callback
    from hookproof.contract.model import Example

LEDGERS = sorted((Path(__file__).parent / "samples").glob("*.json"))
AREAS = [ledger.stem for ledger in LEDGERS]
CONTRACT = Contract()
TAKEN = ("example", "mended")

with_pages = pytest.mark.skipif(
    not FOLDER, reason=f"no pages to compare with: {VARIABLE} names no clone of the vendor's"
)


class Entry(NamedTuple):
    """What became of a block: the n-th fenced one of a page, counted from one."""

    page: str
    block: int
    sha256: str
    event: str | None
    became: str
    why: str


def ledger(area: str) -> list[Entry]:
    """The entries of an area."""
    text = (Path(__file__).parent / "samples" / f"{area}.json").read_text(encoding="utf-8")
    found = json.loads(text)
    assert all(sorted(one) == sorted(Entry._fields) for one in found)
    return [Entry(**one) for one in found]


def callbacks(area: str) -> list[Callback]:
    """The callbacks of an area."""
    return list(CONTRACT.callbacks(area).values())


def printed(callback: Callback) -> list[Example]:
    """The examples of a callback that stand on a page of the repository."""
    return [e for e in callback.examples if e.origin == "page" and source_of(e.source.page)]


def cited() -> dict[str, Source]:
    """The pages of the repository that the contract's sources name, by their paths.

    What is no page of text (.yaml, the description of an API) prints no samples.
    """
    files = CONTRACT.files
    texts = [file.read_text(encoding="utf-8") for file in files.schemas.rglob("*.json")]
    texts += [files.document(area).read_text(encoding="utf-8") for area in files.areas()]
    addresses = re.findall(r"https://github\.com/[^\"'\s}]+", "\n".join(texts))
    found = {source for source in map(source_of, addresses) if source}
    return {source.path: source for source in found if source.path.endswith(".mdx")}


def revision() -> str:
    """The one revision that the contract was written from."""
    [found] = {source.revision for source in cited().values()}
    return found


def block(entry: Entry) -> Block:
    """The block that an entry speaks of."""
    found = blocks_of(Source(revision(), entry.page))
    assert entry.block <= len(found), f"{entry.page} has no block {entry.block}"
    return found[entry.block - 1]


@pytest.mark.parametrize("area", CONTRACT.areas)
def test_each_area_with_printed_examples_has_a_ledger(area: str) -> None:
    """Where an example comes from a page of the repository, a ledger tells from which block."""
    assert (area in AREAS) == any(map(printed, callbacks(area)))


@pytest.mark.parametrize("area", AREAS)
def test_each_entry_has_the_right_fields(area: str) -> None:
    """An entry says which block it means, what became of it, and why; each block has one."""
    entries = ledger(area)
    for entry in entries:
        assert re.fullmatch(r"\S.*\.mdx", entry.page), entry
        assert type(entry.block) is int, entry
        assert entry.block >= 1, entry
        assert re.fullmatch("[0-9a-f]{64}", entry.sha256), entry
        assert entry.became in {*TAKEN, "same-as", "refused"}, entry
        assert entry.why.strip(), entry
    assert not [at for at, n in Counter(entry[:2] for entry in entries).items() if n > 1]


@pytest.mark.parametrize("area", AREAS)
def test_each_entry_names_an_event_that_exists(area: str) -> None:
    """What was taken names an event of the area; only a block that is no callback names none."""
    events = {callback.event for callback in callbacks(area)}
    for entry in ledger(area):
        known = entry.event in events
        assert known or (entry.event is None and entry.became == "refused"), entry


@pytest.mark.parametrize("area", AREAS)
def test_each_printed_example_is_claimed(area: str) -> None:
    """For each example that a page prints, an entry says which block of that page it was."""
    claimed = Counter((e.event, e.page) for e in ledger(area) if e.became in TAKEN)
    wanted = Counter(
        (callback.event, source.path)
        for callback in callbacks(area)
        for example in printed(callback)
        if (source := source_of(example.source.page))
    )
    assert not [example for example, times in wanted.items() if claimed[example] < times]


@pytest.mark.parametrize("area", AREAS)
def test_what_is_the_same_repeats_a_sample_that_was_taken(area: str) -> None:
    """A block that is said to be the same as another has that other one in the ledger."""
    taken = {entry.event for entry in ledger(area) if entry.became in TAKEN}
    assert {entry.event for entry in ledger(area) if entry.became == "same-as"} <= taken


@with_pages
@pytest.mark.parametrize("area", AREAS)
def test_each_digest_is_that_of_the_block(area: str) -> None:
    """The text between the fences, without its last line end, has the digest of the ledger."""
    wrong = [entry for entry in ledger(area) if block(entry).sha256 != entry.sha256]
    assert not wrong


@with_pages
def test_every_json_block_is_accounted_for() -> None:
    """No block of JSON on a page that a ledger or the contract names is left out."""
    entries = [entry for area in AREAS for entry in ledger(area)]
    known = {(entry.page, entry.block) for entry in entries}
    pages = {entry.page for entry in entries} | set(cited())
    left = [
        (page, number)
        for page in sorted(pages)
        for number, found in enumerate(blocks_of(Source(revision(), page)), start=1)
        if found.is_json and (page, number) not in known
    ]
    assert not left


@with_pages
@pytest.mark.parametrize("area", AREAS)
def test_what_does_not_parse_is_said_to(area: str) -> None:
    """An entry that was not taken as it is says so where its block is not JSON."""
    says = re.compile("not JSON|does not parse")
    for entry in ledger(area):
        if entry.became == "same-as":
            continue
        assert strict(block(entry).text) == (not says.search(entry.why)), entry


@with_pages
@pytest.mark.parametrize("area", AREAS)
def test_what_was_taken_is_in_the_contract(area: str) -> None:
    """The value of a block is an example, but for what that lists as mended, or a part of one."""
    for entry in ledger(area):
        if entry.became in TAKEN:
            callback = CONTRACT.callback(f"{area}/{entry.event}")
            shown = value_of(block(entry).text)
            assert any(shown == known for known in as_shown(callback, shown)), entry


@with_pages
@pytest.mark.parametrize("area", AREAS)
def test_what_is_the_same_has_the_same_value(area: str) -> None:
    """A block that is said to be the same as another means what a taken one of its event means."""
    entries = ledger(area)
    taken = [(e.event, value_of(block(e).text)) for e in entries if e.became in TAKEN]
    for entry in entries:
        if entry.became == "same-as":
            assert (entry.event, value_of(block(entry).text)) in taken, entry


def as_shown(callback: Callback, shown: Any) -> Iterator[Any]:
    """What a page may print of a callback: its examples, JSON inside them, its answer."""
    for example in (e for e in callback.examples if e.origin == "page"):
        yield unmended(example, shown)
        for member in example.payload.values():
            if isinstance(member, str) and member.startswith("{"):
                yield json.loads(member)
    if callback.answer:
        yield callback.answer.example


def unmended(example: Example, shown: Any) -> Any:
    """An example with the page's own values where it was mended, if the page has any there."""
    payload = copy.deepcopy(example.payload)
    for where, _, _ in example.mended:
        *way, last = from_pointer(where)
        mine, other = payload, shown
        try:
            for part in way:
                mine, other = member(mine, part), member(other, part)
            mine[last] = other[last]
        except (KeyError, IndexError, TypeError, ValueError):
            continue
    return payload


def member(value: Any, part: str) -> Any:
    """What a part of a pointer leads to."""
    return value[int(part)] if isinstance(value, list) else value[part]
