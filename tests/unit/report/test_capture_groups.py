"""Groups of findings: their order, kinds, places and identity."""

from __future__ import annotations

import json

from unit.report.tallies import COMPOSE, DRIFT, INVALID, QUIRK, SIGNATURE, clean, finding, tally

from hookproof.capture.tally import Place, Tally, as_data, from_data
from hookproof.finding import CODES, Kind
from hookproof.report.groups import (
    MEANINGS,
    count_kinds,
    fingerprint,
    headline,
    in_order,
    last_place,
    places,
    spot,
    words_and_places,
)


def test_kinds_come_first_then_weight_then_number() -> None:
    """What must be acted upon first stands first; equals stay as they were first seen."""
    new_value = finding(code="HP203", where="/event")
    rare, frequent = finding(where="/a"), finding(where="/b")
    told = tally(QUIRK, DRIFT, DRIFT, new_value, SIGNATURE, rare, INVALID, frequent, frequent)
    assert [group.finding for group in in_order(told)] == [
        frequent,
        rare,
        INVALID,
        SIGNATURE,
        new_value,
        DRIFT,
        QUIRK,
    ]


def test_kinds_count_every_finding() -> None:
    """All findings of a group count, and a kind without any is 0."""
    counts = count_kinds(tally(DRIFT, DRIFT, QUIRK))
    assert counts == {**dict.fromkeys(Kind, 0), Kind.DRIFT: 2, Kind.QUIRK: 1}


def test_every_kind_has_a_meaning() -> None:
    """Each kind of the table of codes says what it means and what to do."""
    assert set(MEANINGS) == set(Kind) == {code.kind for code in CODES.values()}


def test_the_last_place_is_told_where_places_were_left_out() -> None:
    """As long as all places are kept the last one is among them."""
    findings = [finding(line=line) for line in range(1, 5)]
    [few] = tally(*findings, examples=4).groups.values()
    assert [place.line for place in places(few)] == [1, 2, 3, 4]
    assert last_place(few) is None
    [many] = tally(*findings, examples=2).groups.values()
    assert [place.line for place in places(many)] == [1, 2]
    assert last_place(many) == Place("logs/a.ndjson", 4, 4, 115)


def test_a_group_that_kept_no_place_has_that_of_its_finding() -> None:
    """Even where no examples are wanted, the first place is told."""
    [group] = tally(INVALID).groups.values()
    group.places = []
    assert places(group) == [Place("logs/a.ndjson", 0, 6, 115)]


def test_a_place_is_as_long_as_what_is_known_of_it() -> None:
    """Line and record are left out where they mean nothing; the file's name is safe to print."""
    assert spot(Place("a.json")) == "a.json"
    assert spot(Place("a.json", 0, 6, 115)) == "a.json:6:115"
    assert spot(Place("a.ndjson", 1234, 6, 1)) == "a.ndjson:6:1 (record 1,234)"
    assert spot(Place("a.parquet", 3)) == "a.parquet (record 3)"
    assert spot(Place("a\x1b[2J\n")) == "a\\x1b[2J\\n"


def test_rows_end_with_what_is_to_be_done() -> None:
    """Facts come first, then further places, then the page and the next step."""
    [group] = tally(*[INVALID] * 4, examples=2).groups.values()
    labels = [label for label, _ in words_and_places(group)]
    assert labels == ["at", "expected", "found", "also", "last", "page", "next"]


def test_a_fingerprint_holds_over_runs() -> None:
    """Another file, line or number leaves it; another cause changes it."""
    [first] = tally(INVALID).groups.values()
    [again] = tally(*[finding(file="b", line=9)] * 3).groups.values()
    [other] = tally(finding(callback=COMPOSE)).groups.values()
    assert fingerprint(first) == fingerprint(again) != fingerprint(other)
    assert len(fingerprint(first)) == 64


def test_the_headline_says_all_totals_and_why_it_was_stopped() -> None:
    """One line tells captures, findings by weight, and what cut the run short."""
    assert headline(clean(1200)) == "1,200 captures: 0 errors, 0 warnings, 0 notes"
    assert headline(Tally()) == "0 captures: 0 errors, 0 warnings, 0 notes; nothing was read"
    told = headline(tally(INVALID, QUIRK, stopped="interrupted"))
    assert told == "2 captures: 1 error, 1 warning, 0 notes; stopped: interrupted"


def test_an_example_survives_merging_and_the_journal() -> None:
    """The masked example of a group is that of its first capture, whoever holds the tally."""
    part, later = tally(INVALID), tally(INVALID)
    for each, example in ((part, "first"), (later, "second")):
        [group] = each.groups.values()
        group.example = example
    whole = Tally()
    whole.merge(part)
    whole.merge(later)
    again = from_data(json.loads(json.dumps(as_data(whole))), examples=5)
    for each in (whole, again):
        [group] = each.groups.values()
        assert (group.count, group.example) == (2, "first")
