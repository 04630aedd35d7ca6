"""The report of a receiver test as a person reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from unit.report.findings import COMPOSE, HOSTILE, RECORD, covered, finding, report, result

from hookproof.conformance.checks import Check, State
from hookproof.conformance.evidence.curl_script import BODY_FILE
from hookproof.conformance.running.report import CallbackResult, ReceiverReport
from hookproof.findings import CODES, Severity, Variant
from hookproof.report.ink import Ink
from hookproof.report.of_receiver import Beside, receiver_report
from hookproof.report.text import as_text

if TYPE_CHECKING:
    from hookproof.findings import ReceiverFinding

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def text_of(told: ReceiverReport, **options: Any) -> str:
    """The report as it is printed."""
    return as_text(receiver_report(told), **options)


def crash(callback: str, where: str, *whats: str, **changes: Any) -> ReceiverFinding:
    """A crash on some damages of a field."""
    variants = tuple(Variant(what=f"{where} {what}", got="500 KeyError") for what in whats)
    return finding(
        code="HP404",
        callback=callback,
        where=where,
        message=f"{where} {whats[0]}: wanted any answer but a crash, got 500 KeyError",
        wanted="wanted any answer but a crash",
        variants=variants,
        status=500,
        check=Check.SURVIVES_MALFORMED.value,
        **changes,
    )


def test_the_first_line_is_the_verdict_and_says_what_it_counts() -> None:
    """Causes, callbacks, findings and requests have their words, and weights their numbers."""
    told = report(
        crash(RECORD, "/a", "missing"),
        crash(COMPOSE, "/a", "missing"),
        finding(code="HP415", severity=Severity.WARNING),
        seconds=12.4,
        started=1.8e9,
    )
    first = text_of(told).splitlines()[0]
    assert first == (
        "FAIL  2 causes in 2 callbacks (3 findings): 1 error, 1 warning; 2,468 requests in 12 s"
    )


def test_causes_are_lines_the_heaviest_first() -> None:
    """A forgery goes before a crash, whatever was met first; numbers are those of the JSON."""
    forged = finding(code="HP407", where="/signature", message="a signature that is missing: x")
    told = report(
        finding(code="HP415", severity=Severity.WARNING, where=""),
        crash(RECORD, "/a", "missing"),
        forged,
    )
    lines = [line for line in text_of(told).splitlines() if re.match(r" +\d+  \w+ +HP", line)]
    assert [line.split()[:3] for line in lines[:3]] == [
        ["1", "error", "HP407"],
        ["2", "error", "HP404"],
        ["3", "warning", "HP415"],
    ]
    numbers = [cause.number for cause in receiver_report(told).causes]
    assert numbers == [1, 2, 3]


def test_a_line_begins_with_what_is_next_where_that_is_known() -> None:
    """The step that a diagnosis has found stands in the line, the usual one of a code does not."""
    own = "the receiver accepts the same callback with timestamp as text: the vendor sends a number"
    for hint, is_told in ((own, True), (CODES["HP401"].hint, False)):
        told = text_of(report(finding(code="HP401", hint=hint)))
        line = " ".join(told.split("\n\n")[1].split())
        assert ("timestamp as text" in line) is is_told
        assert ("is the secret" in line) is False


def test_two_places_of_one_callback_are_two_causes() -> None:
    """What is wrong at two places is mended twice, so it is told and counted twice."""
    told = report(finding(where="/a"), finding(where="/b"), finding(where="/a", callback=COMPOSE))
    causes = receiver_report(told).causes
    seen = {
        cause.shown.finding.where: {one.callback for one in cause.sightings} for cause in causes
    }
    assert seen == {"/a": {RECORD, COMPOSE}, "/b": {RECORD}}


def test_two_kinds_of_forgery_are_two_causes() -> None:
    """One may pass for want of a secret and another for a loose comparison: both are mended."""
    forged = {"code": "HP407", "check": Check.REFUSES_FORGED.value}
    told = report(
        finding(kind="none", **forged),
        finding(kind="digest", **forged),
        finding(kind="none", callback=COMPOSE, where="/signature", **forged),
    )
    causes = receiver_report(told).causes
    seen = [(getattr(c.shown.finding, "kind", ""), len(c.sightings)) for c in causes]
    assert sorted(seen) == [("digest", 1), ("none", 2)]


def test_findings_of_one_place_are_one_cause_with_all_its_damages() -> None:
    """Damages are listed, callbacks put together, and another place is another cause."""
    told = report(
        crash(RECORD, "/extra_params", "missing", "holding null"),
        crash(COMPOSE, "/extra_params", "missing", "holding a number"),
        crash(COMPOSE, "/other", "missing"),
    )
    text = " ".join(text_of(told).split())
    assert (
        "1 error HP404 crashes on a payload: /extra_params missing, null, a number: "
        "got 500 KeyError, in all 2 callbacks"
    ) in text
    assert (
        "2 error HP404 crashes on a payload: /other missing: got 500 KeyError, in compose" in text
    )


def test_other_answers_are_another_cause() -> None:
    """What refuses differently for the same place has another reason."""
    one = Variant(what="the genuine callback", got='400 "signature missing"')
    two = Variant(what="the genuine callback", got="400 cannot unmarshal number")
    parts = {"code": "HP401", "where": "", "message": "the genuine callback: x"}
    told = report(
        finding(**parts, variants=(one,)), finding(**parts, variants=(two,), callback=COMPOSE)
    )
    assert len(receiver_report(told).causes) == 2
    same = report(
        finding(**parts, variants=(one,)), finding(**parts, variants=(one,), callback=COMPOSE)
    )
    assert len(receiver_report(same).causes) == 1


def test_a_cause_is_told_whole() -> None:
    """What was wanted and came, the next step, the page, and how to see it again."""
    block = text_of(report(crash(RECORD, "/a", "missing"))).split("\n\n")[2].splitlines()
    assert block == [
        "  1  error    HP404  crashes on a payload",
        "     wanted     any answer but a crash; got 500 KeyError",
        "     next       accept it",
        "     page       https://example.com/page (2026-01-08)",
        "     again      f=$(mktemp)",
        "                curl http://127.0.0.1/",
    ]


def test_what_was_told_is_not_told_again_but_with_verbose() -> None:
    """The recipe is that of the first cause; --verbose tells all of each, notes too.

    A cause of which no more is known than of another is named with that one; a step that was told
    is named by the cause that it was told with.
    """
    note = finding(code="HP410", severity=Severity.NOTE, where="", hint="a note's hint")
    told = report(crash(RECORD, "/a", "missing"), crash(RECORD, "/b", "missing"), note)
    short, long = text_of(told), text_of(told, verbose=True)
    assert (short.count("again"), long.count("again")) == (1, 3)
    assert (short.count("next "), long.count("next ")) == (1, 3)
    assert "likewise   2" in short
    refused = crash(COMPOSE, "/c", "missing", symptom="closed")
    other = finding(code="HP402", message="refused: wanted an acknowledgement, got 400 no")
    assert "next       as for 1" in text_of(report(crash(RECORD, "/a", "missing"), other, refused))
    assert "a note's hint" not in short
    assert "notes      HP410 the vendor does not sign the body (3)" in short
    assert "a note's hint" in long


def test_a_long_body_is_in_a_file_or_replay_is_named() -> None:
    """Nobody wants a page of brackets on a terminal."""
    told = report(
        crash(RECORD, "/a", "missing", attached=b"[" * 2000, reproduce=f"cat {BODY_FILE}")
    )
    assert "again      hookproof replay report.json 1" in text_of(told)
    beside = receiver_report(told, beside=Beside("r-bodies", "r.json"))
    assert "again      cat r-bodies/1.0.body" in as_text(beside)
    assert beside.causes[0].shown.bodies == {"1.0.body": b"[" * 2000}


@pytest.mark.parametrize("width", [60, 80, 100, 132])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Long words, long lists and recipes are broken."""
    recipe = "( set -e; printf %s " + " ".join(f"'{'x' * 30}'" for _ in range(20)) + " )"
    told = report(
        crash(RECORD, "/a", *(f"holding {n}" for n in range(60)), reproduce=recipe),
        finding(hint="word " * 90, source="https://example.com/" + "x" * 300),
        callbacks={f"area/event_{n}": result() for n in range(30)} | {RECORD: result()},
    )
    for verbose in (False, True):
        lines = text_of(told, ink=Ink(width=width), verbose=verbose).splitlines()
        assert max(map(len, lines)) <= width


def test_checks_that_agree_are_told_once() -> None:
    """What all callbacks share is a line for each state; what differs is a table of rows."""
    states = {"refuses_forged": State.FAIL, "accepts_redelivery": State.FAIL}
    text = text_of(report(callbacks={RECORD: result(), COMPOSE: result(**states)}))
    assert "checks     ok: 11 others" in text
    assert "A: refuses forged, accepts redelivery" in text
    assert re.search(r"^record +accepted +A ok$", text, re.MULTILINE)
    assert re.search(r"^compose +accepted +A FAIL$", text, re.MULTILINE)
    alike = text_of(report(callbacks={RECORD: result(), COMPOSE: result()}))
    assert "accepts genuine, accepts conforming" in alike
    assert "callback " not in alike


def test_a_control_that_was_not_accepted_is_shown() -> None:
    """What became of the genuine callback stands in the row of its callback."""
    text = text_of(report(callbacks={RECORD: result(), COMPOSE: CallbackResult()}))
    assert re.search(r"^record +accepted$", text, re.MULTILINE)
    assert re.search(r"^compose +not sent$", text, re.MULTILINE)
    # What was not tried does not take away from what all others agree on.
    assert "checks     ok: accepts genuine" in text
    alone = text_of(report(callbacks={COMPOSE: CallbackResult(requests=3)}))
    assert "nothing is proved without a genuine callback that is accepted" in alone


def test_what_has_nothing_to_test_is_no_difference() -> None:
    """A check that is well wherever there is something to test is no column of a table."""
    states = {"tolerates_disorder": State.SKIPPED}
    text = text_of(report(callbacks={RECORD: result(**states), COMPOSE: result()}))
    assert "callback " not in text
    assert "tolerates disorder" in " ".join(text.split())


def test_callbacks_are_named_in_full_where_the_event_is_not_unique() -> None:
    """Two areas with an event of one name are told apart."""
    names = ["a/login", "b/login", "b/x"]
    told = report(
        crash("a/login", "/a", "missing"),
        crash("b/x", "/a", "missing"),
        callbacks={name: result() for name in names},
    )
    assert "in a/login, x" in text_of(told)


def test_coverage_is_one_line() -> None:
    """What was exercised of the contract is told last."""
    told = report(callbacks={RECORD: CallbackResult(requests=1, coverage=covered(3, "/a"))})
    assert text_of(told).splitlines()[-1] == (
        "covered    1 of 1 callbacks, 3 of 4 fields, 0 of 0 values, 0 of 0 shapes, 0 of 0 encodings"
    )


def test_what_was_not_tested_is_one_line_for_each_reason() -> None:
    """Eleven areas without a secret are no eleven lines."""
    untested = {f"area_{n}": f"no secret: set HOOKPROOF_SECRET_AREA_{n}" for n in range(3)}
    text = text_of(report(untested=untested))
    assert "not tested area_0, area_1, area_2 (no secret: set HOOKPROOF_SECRET_<AREA>)" in text


@pytest.mark.parametrize(
    ("told", "first"),
    [
        (report(), "PASS  nothing wrong in 2 callbacks; 2,468 requests"),
        (
            report(incomplete="too short"),
            "INCOMPLETE  nothing wrong in 2 callbacks; 2,468 requests; ended early: too short",
        ),
        (
            report(callbacks={RECORD: result(refuses_forged=State.INCONCLUSIVE)}),
            "INCOMPLETE  nothing wrong in 1 callback; 1,234 requests; no evidence on refuses",
        ),
        (
            report(callbacks={}, unreachable="the connection was refused"),
            "UNREACHABLE  http://127.0.0.1:8000/ after 0 requests; the target cannot be reached: ",
        ),
    ],
)
def test_the_verdict_says_why(told: ReceiverReport, first: str) -> None:
    """A run that proves less than was asked for says so in its first line."""
    assert text_of(told).splitlines()[0].startswith(first[:96])


def test_hostile_text_reaches_no_terminal() -> None:
    """No control character gets through, and no line can be forged."""
    texts = dict.fromkeys(["message", "hint", "source", "reproduce", "symptom"], HOSTILE)
    text = text_of(report(finding(**texts), untested={"x": HOSTILE}), verbose=True)
    assert all(char.isprintable() or char == "\n" for char in text)


def test_colour_is_all_that_ink_adds() -> None:
    """With its escapes taken out, the painted text is the plain one."""
    told = report(crash(RECORD, "/a", "missing"), incomplete="x")
    plain, coloured = text_of(told), text_of(told, ink=Ink(colour=True))
    assert plain != coloured
    assert ESCAPE.sub("", coloured) == plain


def test_many_damages_are_a_few_words() -> None:
    """What one begins with as the one before is said once, and only so many as are quickly read."""
    whats = [f"a signature that is {what}" for what in ("wrong", "missing", *map(str, range(80)))]
    told = text_of(report(finding(code="HP407", variants=_variants(*whats), where="/signature")))
    words = " ".join(told.split())
    assert (
        "accepts a forgery: a signature that is wrong, missing, 0, 1, 2, and 77 more: got" in words
    )
    assert "also sent a signature that is 3, 4, 5" in words
    assert "more (--verbose)" in words
    assert len(told.splitlines()) < 20


def _variants(*whats: str) -> tuple[Variant, ...]:
    return tuple(Variant(what=what, got="200 ok") for what in whats)


def test_a_long_recipe_makes_room_for_the_command_that_replays_it() -> None:
    """Nobody reads thirty lines of a shell; --verbose and the other formats have them."""
    lines = "\n".join(f"line {number}" for number in range(30))
    told = report(crash(RECORD, "/a", "missing", reproduce=lines))
    text = text_of(told)
    assert "line 29" not in text
    assert "hookproof replay report.json 1" in text
    assert "line 29" in text_of(told, verbose=True)


def test_the_genuine_callback_comes_before_broken_ones() -> None:
    """A receiver that crashes on what is genuine gets nothing at all."""
    genuine = finding(
        code="HP404", where="", status=500, check=Check.ACCEPTS_GENUINE.value, callback=COMPOSE
    )
    told = receiver_report(report(crash(RECORD, "/a", "missing"), genuine))
    assert told.causes[0].check == Check.ACCEPTS_GENUINE.value


def test_a_limit_is_one_cause_wherever_it_showed() -> None:
    """What is refused as a request, or for what a treatment has shown, has no place."""
    places = ("/replay_url", "/stream_alias")
    tried = "the receiver accepts the same callback signed otherwise: sort them"
    for changes in ({"status": 413}, {"status": 401, "hint": tried}):
        told = receiver_report(report(*(finding(where=place, **changes) for place in places)))
        [cause] = told.causes
        assert cause.where == ""
        assert {sighting.finding.where for sighting in cause.sightings} == set(places)
    told = receiver_report(report(*(finding(where=place, status=422) for place in places)))
    assert [cause.where for cause in told.causes] == list(places)


def test_many_fields_that_fail_alike_are_one_line() -> None:
    """Two have a line each, for the words of each; the others are named by callback."""
    first = [crash(RECORD, f"/field_{number}", "missing") for number in range(6)]
    others = [crash(COMPOSE, f"/other_{number}", "missing") for number in range(3)]
    text = text_of(report(*first, *others))
    words = " ".join(text.split())
    assert "crashes on a payload: /field_1 missing: got 500 KeyError, in record" in words
    assert (
        "3 error HP404 crashes on a payload, in the same way (numbers 3 to 9): "
        "/field_2, /field_3, /field_4, /field_5 in record; /other_0, /other_1, /other_2 in compose"
    ) in words
    assert "/field_4 missing" in text_of(report(*first, *others), verbose=True)
    # What was told with one before is no block of its own.
    assert text.count("HP404  crashes on a payload\n") == 1


def test_a_hole_is_one_cause_wherever_the_signature_stands() -> None:
    """A vendor with one callback that signs in a header, another that signs in the body."""
    forged = {"code": "HP407", "check": Check.REFUSES_FORGED.value, "status": 200}
    places = {RECORD: "/signature", COMPOSE: ""}
    found = [finding(callback=c, where=w, kind="any", **forged) for c, w in places.items()]
    assert len(receiver_report(report(*found)).causes) == 1


def test_what_is_too_late_for_all_is_told_before_what_is_refused_of_some() -> None:
    """A vendor that gives up waiting loses each callback, an encoding that is not read a few."""
    slow = finding(code="HP413", severity=Severity.WARNING, check=Check.ANSWERS_IN_TIME.value)
    form = finding(code="HP415", severity=Severity.WARNING)
    told = text_of(report(form, slow))
    assert 0 < told.index("HP413") < told.index("HP415")
