"""The report of a receiver test as a page that stands alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.report.findings import (
    COMPOSE,
    HOSTILE,
    RECORD,
    all_texts,
    covered,
    finding,
    full,
    report,
    result,
    stored,
    written,
)
from unit.report.pages import Page, sound

from hookproof.conformance.checks import Check, State
from hookproof.conformance.running.report import CallbackResult, ReceiverReport
from hookproof.findings import Severity


def page(told: ReceiverReport) -> Page:
    """The page of a report, held to what every page keeps."""
    return sound(written(told, "html"))


def cells(read: Page) -> list[str]:
    """The classes of the cells of the matrix."""
    return [
        str(tag.attributes["class"]).removeprefix("state ")
        for tag in read.tags
        if str(tag.attributes.get("class")).startswith("state ")
    ]


def test_the_matrix_has_a_cell_for_each_callback_and_check() -> None:
    """Names, controls and states are on the page, in words and not in colour alone."""
    read = page(full())
    states = dict(zip(Check, cells(read), strict=False))
    assert len(cells(read)) == 2 * len(Check)
    assert states[Check.ACCEPTS_CONFORMING] == "fail"
    assert states[Check.REFUSES_FORGED] == "inconclusive"
    for part in ("accepts documented variants", "FAIL", "?", RECORD, COMPOSE, "accepted"):
        assert part in read.text


def test_a_finding_has_its_request_and_its_answer() -> None:
    """What was sent, what came back, how to send it again and what the code means."""
    read = page(full())
    for part in (
        "HP402",
        "3 times",
        "/replay_url",
        '{"event":"record","signature":"@@signature@@"}',
        "Server: x",
        "curl http://127.0.0.1/",
        "What HP402 means",
    ):
        assert part in read.text
    assert "https://example.com/page" in read.attribute("href")


def test_each_callback_of_a_cause_has_its_request() -> None:
    """A cause of several callbacks is one article; thirty requests are shown, more are counted."""
    many = [finding(callback=f"a/e{n}", request=stored(body=f"body {n}")) for n in range(32)]
    read = page(report(*many))
    assert [tag.name for tag in read.tags].count("article") == 1
    assert [n for n in range(32) if f"body {n}\n" in read.text] == list(range(30))
    assert "2 more requests" in read.text


def test_a_cause_of_several_pages_links_to_all() -> None:
    """Callbacks have pages of their own."""
    many = [finding(callback=f"a/e{n}", source=f"https://example.com/{n} (x)") for n in range(7)]
    read = page(report(*many))
    links = [link for link in read.attribute("href") if link[0] != "#"]
    assert links == [f"https://example.com/{n}" for n in range(7)]


def test_coverage_is_a_table_that_names_what_was_missed() -> None:
    """Counts for each callback and all together, and the fields that no request had."""
    read = page(full(callbacks={RECORD: CallbackResult(coverage=covered(3, "/a/*/b"))}))
    assert "1 of 1 callback" in read.text
    assert read.text.count("3 of 4") == 2
    assert "/a/*/b" in read.text
    assert "What was not exercised" not in page(report()).text


def test_closed_parts_are_shown_where_nothing_can_open_them() -> None:
    """On paper all details are, and on a narrow screen the figures that stand for the charts.

    Browsers hide what is in a closed part by its ::details-content, whatever its children say.
    """
    text = written(full(), "html")
    for where, whose in (("print", r"\bdetails"), ("(max-width: 40rem)", r"\.figures")):
        block = text.partition(f"@media {where} {{")[2].partition("\n}")[0]
        [rule] = re.findall(whose + r"::details-content \{([^}]*)\}", block)
        assert "content-visibility: visible" in rule
        assert "block-size: auto" in rule


def test_latency_is_in_milliseconds() -> None:
    """Shares of the answers of each callback and of all; nothing where none came."""
    one, other = result(), result()
    one.latencies, other.latencies = [0.001, 0.003], [0.1]
    text = page(report(callbacks={RECORD: one, COMPOSE: other})).text
    assert "all together" in text
    assert "100.0" in text
    assert "Latency" not in page(report()).text


@pytest.mark.parametrize(
    ("told", "lead"),
    [
        (report(), "No callback has an error."),
        (report(finding()), "1 of 2 callbacks has an error."),
        (report(finding(severity=Severity.WARNING)), "No callback has an error."),
        (report(incomplete="too short"), "Not everything was proved: ended early: too short."),
        (
            report(callbacks={RECORD: result(refuses_forged=State.INCONCLUSIVE)}),
            "Not everything was proved: no evidence on refuses forged.",
        ),
        (report(callbacks={}, unreachable="refused"), "the target cannot be reached: refused."),
        (report(untested={"an_area": "no secret"}), "Not tested: an_area (no secret)."),
    ],
)
def test_the_verdict_is_said_in_words(told: ReceiverReport, lead: str) -> None:
    """The first sentences say how it went."""
    assert lead in page(told).text


def test_a_page_stays_small_enough_to_be_opened() -> None:
    """Beyond 500 causes the page says how many more there are, and long bodies are cut."""
    read = page(report(*(finding(status=n, request=stored(body="x" * 9000)) for n in range(501))))
    assert [tag.name for tag in read.tags].count("article") == 500
    assert "1 more cause: the JSON report has them all." in read.text
    assert "characters more; the JSON report has them" in read.text


@pytest.fixture(scope="module")
def harmless() -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page on which all is harmless."""
    return page(all_texts("harmless")).shape


# A page takes long and a character is nothing, so there are few texts and they are long.
@settings(derandomize=True, database=None, deadline=None, max_examples=20)
@given(
    text=st.text(st.characters(exclude_categories=[]), min_size=30, max_size=99).filter(
        lambda text: "://" not in text
    )
)
def test_nothing_that_is_said_becomes_markup(
    text: str, harmless: list[tuple[str, tuple[str, ...]]]
) -> None:
    """Whatever a receiver says, the page has the same elements and attributes."""
    assert page(all_texts(text)).shape == harmless


def test_hostile_text_is_shown_as_text() -> None:
    """Tags stay readable and do nothing; control characters come as escapes."""
    read = page(all_texts("<script>alert(1)</script>" + HOSTILE))
    assert "<script>alert(1)</script>" in read.text
    assert "\\x1b[2J" in read.text
