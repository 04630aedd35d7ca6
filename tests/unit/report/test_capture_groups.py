"""Causes in captures: their order, kinds, places and identity."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from unit.report.tallies import COMPOSE, DRIFT, INVALID, QUIRK, SIGNATURE, finding, tally

from hookproof.findings import CODES, Kind
from hookproof.report.model import MEANINGS, spot
from hookproof.report.of_captures import captures_report, count_kinds
from hookproof.validation_run.journal import Entry
from hookproof.validation_run.summary import Place, Tally, as_data

if TYPE_CHECKING:
    from hookproof.report.model import Sighting


def shown(told: Tally) -> Sighting:
    """The one cause of a tally where it shows."""
    [cause] = captures_report(told).causes
    return cause.shown


def test_weight_comes_first_then_kind_then_number() -> None:
    """What must be acted upon first stands first; equals stay as they were first seen."""
    new_value = finding(code="HP203", where="/event")
    rare, frequent = finding(where="/a"), finding(where="/b")
    told = tally(QUIRK, DRIFT, DRIFT, new_value, SIGNATURE, rare, INVALID, frequent, frequent)
    causes = captures_report(told).causes
    assert [cause.shown.finding for cause in causes] == [
        frequent,
        rare,
        INVALID,
        SIGNATURE,
        new_value,
        QUIRK,
        DRIFT,
    ]
    assert [cause.number for cause in causes] == list(range(1, 8))


def test_kinds_count_every_finding() -> None:
    """All findings of a group count, and a kind without any is 0."""
    counts = count_kinds(tally(DRIFT, DRIFT, QUIRK))
    assert counts == dict.fromkeys(Kind, 0) | {Kind.DRIFT: 2, Kind.QUIRK: 1}


def test_every_kind_has_a_meaning() -> None:
    """Each kind of the table of codes says what it means and what to do."""
    assert set(MEANINGS) == set(Kind) == {code.kind for code in CODES.values()}


def test_the_last_place_is_told_where_places_were_left_out() -> None:
    """As long as all places are kept the last one is among them."""
    findings = [finding(line=line) for line in range(1, 5)]
    few = shown(tally(*findings, examples=4))
    assert [place.line for place in few.places] == [1, 2, 3, 4]
    assert few.last is None
    many = shown(tally(*findings, examples=2))
    assert [place.line for place in many.places] == [1, 2]
    assert many.last == Place("logs/a.ndjson", 4, 4, 115)


def test_a_group_that_kept_no_place_has_that_of_its_finding() -> None:
    """Even where no examples are wanted, the first place is told."""
    told = tally(INVALID)
    [group] = told.groups.values()
    group.places = []
    assert shown(told).places == (Place("logs/a.ndjson", 0, 6, 115),)


def test_a_place_is_as_long_as_what_is_known_of_it() -> None:
    """Line and record are left out where they mean nothing; the file's name is safe to print."""
    assert spot(Place("a.json")) == "a.json"
    assert spot(Place("a.json", 0, 6, 115)) == "a.json:6:115"
    assert spot(Place("a.ndjson", 1234, 6, 1)) == "a.ndjson:6:1 (record 1,234)"
    assert spot(Place("a.parquet", 3)) == "a.parquet (record 3)"
    assert spot(Place("a\x1b[2J\n")) == "a\\x1b[2J\\n"


def test_a_fingerprint_holds_over_runs() -> None:
    """Another file, line or number leaves it; another cause changes it."""
    first = shown(tally(INVALID)).fingerprint
    again = shown(tally(*[finding(file="b", line=9)] * 3)).fingerprint
    assert first == again != shown(tally(finding(callback=COMPOSE))).fingerprint
    assert len(first) == 64


def test_an_example_survives_merging_and_the_journal() -> None:
    """The masked example of a group is that of its first capture, whoever holds the tally."""
    part, later = tally(INVALID), tally(INVALID)
    for each, example in ((part, "first"), (later, "second")):
        [group] = each.groups.values()
        group.example = example
    whole = Tally()
    whole.merge(part)
    whole.merge(later)
    entry = Entry.model_validate_json(json.dumps({"part": 0, "tally": as_data(whole)}))
    again = entry.outcome(examples=5)
    for each in (whole, again):
        [group] = each.groups.values()
        assert (group.count, group.example) == (2, "first")
