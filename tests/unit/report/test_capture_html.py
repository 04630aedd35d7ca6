"""The report on captures as a page that stands alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.report.pages import Page, sound
from unit.report.tallies import (
    COMPOSE,
    HOSTILE,
    INVALID,
    MONDAY,
    PAGE,
    QUIRK,
    RECORD,
    all_texts,
    clean,
    finding,
    hostile,
    tally,
    written,
)

from hookproof.validation_run.summary import Tally


def page(told: Tally) -> Page:
    """The page of a tally, held to what every page keeps."""
    return sound(written(told, "html"))


def over_time() -> Tally:
    """Captures of two callbacks over some days, some of them without a moment."""
    told = tally(INVALID, QUIRK)
    for day in range(10):
        for number in range(day + 1):
            moment = MONDAY + day * 86_400 + number * 3600.0
            told.of(RECORD).count(failed=number == 3, signature="valid", moment=moment)
            told.of(COMPOSE).count(failed=False, signature="valid", moment=moment)
    return told


def test_it_can_be_read_without_us() -> None:
    """Verdict, totals, what a capture is, what each kind means and what to do are on the page."""
    text = page(tally(INVALID, QUIRK)).text
    assert "FAIL" in text
    assert "1 of 2 captures has an error." in text
    assert "A capture is one recorded request" in text
    for kind in ("invalid", "signature", "drift", "quirk"):
        assert kind in text
    assert "Rule out a wrong secret first" in text


@pytest.mark.parametrize(
    ("told", "lead"),
    [
        (Tally(), "No capture was read."),
        (clean(), "No capture has an error."),
        (tally(INVALID), "1 of 1 capture has an error."),
        (tally(INVALID, INVALID), "2 of 2 captures have an error."),
        (tally(QUIRK, stopped="interrupted"), "not all captures were read."),
        (tally(QUIRK, stopped="interrupted"), "The run was stopped: interrupted."),
    ],
)
def test_the_verdict_is_said_in_words(told: Tally, lead: str) -> None:
    """The first sentence says how it went."""
    assert lead in page(told).text


def test_a_group_has_all_that_is_known_of_it() -> None:
    """Code, number, field, wanted, found, page, next step, places and a masked example."""
    told = tally(*(finding(line=line) for line in range(1, 8)), examples=2)
    [group] = told.groups.values()
    group.example = '{"Duration": "00.0"}\n{}'
    read = page(told)
    for part in (
        "HP202",
        "wrong type",
        "7 times",
        "/extra_params/Duration",
        "a number",
        '"61.5"',
        "was the body written anew?",
        "logs/a.ndjson:1:115 (record 1)",
        "logs/a.ndjson:2:115 (record 2)",
        "logs/a.ndjson:7:115 (record 7)",
        "Masked example",
        '{"Duration": "00.0"}\n{}',
    ):
        assert part in read.text
    assert PAGE in read.attribute("href")
    assert "pre" not in {tag.name for tag in page(tally(INVALID)).tags}


@pytest.mark.parametrize(
    "source",
    [
        "javascript:alert(1)",
        " https://example.com/",
        "data:text/html,x",
        "https://a@b.example/",
        'https://example.com/"onclick=x',
        "https://example.com/<b>",
        "//example.com/",
        "https://example.com\x00/",
        "",
    ],
)
def test_only_web_pages_are_linked(source: str) -> None:
    """What is no plain http or https address stays text."""
    links = page(tally(finding(source=source))).attribute("href")
    assert not [link for link in links if link[0] != "#"]


def test_values_never_become_markup() -> None:
    """A page of hostile values has the same elements and attributes as one of harmless words."""
    assert page(hostile()).shape == page(all_texts("harmless")).shape
    assert "<script>alert(1)</script>" in page(hostile()).text
    assert page(hostile()).text.count("http://evil.example") >= HOSTILE.count("http://")


@pytest.fixture(scope="module")
def harmless() -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page on which all is harmless."""
    return page(all_texts("harmless")).shape


# A page takes long and a character is nothing, so there are few texts and they are long.
@settings(derandomize=True, database=None, deadline=None, max_examples=20)
@given(
    text=st.text(st.characters(exclude_categories=[]), min_size=30).filter(
        lambda text: "://" not in text
    )
)
def test_no_value_ever_becomes_markup(
    text: str, harmless: list[tuple[str, tuple[str, ...]]]
) -> None:
    """Whatever values hold, the page has the same elements and attributes."""
    assert page(all_texts(text)).shape == harmless


def test_the_chart_is_told_in_words_and_figures() -> None:
    """Each drawing has a title and a description that label it, and a table of its figures."""
    read = page(over_time())
    drawings = [tag for tag in read.tags if tag.name == "svg"]
    assert len(drawings) == 2
    identities = read.attribute("id")
    for drawing in drawings:
        assert drawing.attributes["role"] == "img"
        assert set(str(drawing.attributes["aria-labelledby"]).split()) <= set(identities)
    assert "From 2026-03-02 to 2026-03-11 (UTC)." in read.text
    assert f"{RECORD}: 55 captures, 7 with an error" in read.text
    assert "2026-03-11: 10 captures, 1 with an error" in read.text
    assert "10 (1)" in read.text
    assert read.text.count("The figures as a table") == 2


def test_a_single_failure_can_be_seen() -> None:
    """One failed capture among a million has a mark of its own."""
    told = Tally()
    told.of(RECORD).hours[MONDAY // 3600] = [1_000_000, 1]
    told.of(RECORD).captures, told.of(RECORD).failed = 1_000_000, 1
    read = page(told)
    [bar] = [tag for tag in read.tags if tag.name == "rect" and tag.attributes["class"] == "failed"]
    assert float(bar.attributes["height"] or 0) >= 2
    assert "under 0.01%" in read.text


def test_without_moments_callbacks_are_compared() -> None:
    """Where no capture has a moment there is one drawing, by callback."""
    read = page(clean(20))
    assert [tag.name for tag in read.tags].count("svg") == 1
    assert "there is no chart over time" in read.text
    assert "svg" not in {tag.name for tag in page(Tally()).tags}


def test_many_callbacks_are_drawn_as_twelve() -> None:
    """The busiest have a strip each, the others one together; the table has all."""
    told = Tally()
    for number in range(40):
        for _ in range(number + 1):
            told.of(f"area/event_{number}").count(
                failed=False, signature="valid", moment=float(MONDAY)
            )
    read = page(told)
    names = [tag for tag in read.tags if tag.name == "text" and tag.attributes["class"] == "name"]
    assert len(names) == 12
    assert "29 other callbacks" in read.text
    assert "area/event_0" in read.text


def test_a_page_stays_small_enough_to_be_opened() -> None:
    """Beyond 500 causes the page says how many more there are."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    told = tally(*(finding(where=f"/{a}{b}") for a in letters for b in letters))
    read = page(told)
    assert [tag.name for tag in read.tags].count("article") == 500
    assert "176 more causes: the JSON report has them all." in read.text


def test_both_colour_schemes_have_every_colour() -> None:
    """Dark and paper define what the light scheme does, and all that is used is defined."""
    style = "".join(data for tag, data in page(clean()).texts if tag == "style")
    light, *others = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    defined = set(re.findall(r"(--[a-z]+):", light))
    assert [set(re.findall(r"(--[a-z]+):", other)) for other in others] == [defined, defined]
    assert set(re.findall(r"var\((--[a-z]+)\)", style)) == defined


def test_the_same_tally_gives_the_same_page() -> None:
    """A page holds no time of its own, so that reports can be compared."""
    assert written(over_time(), "html") == written(over_time(), "html")
