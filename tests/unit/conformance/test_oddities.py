"""Findings on how a receiver speaks: told where the answer counts, and nowhere twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from each import each
from unit.conformance.parts import answered, callback, unanswered

from hookproof.conformance.judging.protocol_findings import changed_its_mind, odd_answer, too_large
from hookproof.conformance.judging.response_class import Reaction, react, tell
from hookproof.findings import Severity
from hookproof.http.answer import Outcome
from hookproof.http.symptom import Symptom

RECORD = callback("record")
WHOLE = [
    Symptom.EARLY,
    Symptom.NEEDLESS_BODY,
    Symptom.MORE_BYTES,
    Symptom.LENGTH_AND_CHUNKS,
    Symptom.UNKNOWN_TRANSFER,
    Symptom.COMPRESSED,
    Symptom.BOMB,
    Symptom.UNKNOWN_CODING,
    Symptom.HUGE_BODY,
    Symptom.ENDLESS_BODY,
]
BROKEN = [
    Symptom.DRIPS_BODY,
    Symptom.STALLS_BODY,
    Symptom.CLOSED_BODY,
    Symptom.RESET_BODY,
    Symptom.BAD_CHUNK,
    Symptom.ENDLESS_CHUNK_LINE,
    Symptom.ENDLESS_TRAILERS,
]


@pytest.mark.parametrize("symptom", WHOLE)
def test_an_odd_acknowledgement_is_a_warning(symptom: Symptom) -> None:
    """It counts, and what is odd about it is named."""
    found = odd_answer(RECORD, replace(answered(200, b"1"), symptom=symptom))
    assert found
    assert (found.code, found.severity, found.symptom) == ("HP430", Severity.WARNING, symptom)
    assert symptom.told in found.message


@each("status", [302, 401, 413, 500, 999])
@each("symptom", WHOLE)
def test_how_something_is_refused_is_up_to_the_receiver(symptom: Symptom, status: int) -> None:
    """An answer that does not count is told by its status alone."""
    assert odd_answer(RECORD, replace(answered(status), symptom=symptom)) is None


def test_an_ordinary_answer_is_no_finding() -> None:
    """Without a symptom there is nothing to tell."""
    assert odd_answer(RECORD, answered(200)) is None
    assert odd_answer(RECORD, unanswered(Outcome.TIMEOUT)) is None


@pytest.mark.parametrize("symptom", BROKEN)
def test_a_body_that_breaks_off_is_no_acknowledgement(symptom: Symptom) -> None:
    """The vendor would wait for its end, so 200 counts for nothing; a refusal stays one."""
    success = RECORD.deliveries[0].success
    broken = replace(answered(200), body_complete=False, symptom=symptom, detail="it broke")
    assert react(broken, success) is Reaction.NO_ANSWER
    assert react(replace(broken, status=401), success) is Reaction.REFUSED
    assert tell(broken) == f"200, {symptom.value} (it broke)"
    assert odd_answer(RECORD, broken) is None


@pytest.mark.parametrize("symptom", [Symptom.HUGE_BODY, Symptom.ENDLESS_BODY])
def test_a_long_body_is_not_held_against_it(symptom: Symptom) -> None:
    """That we read no further says nothing of the receiver's end."""
    long = replace(answered(200), body_complete=False, symptom=symptom)
    assert react(long, RECORD.deliveries[0].success) is Reaction.ACCEPTED


def test_a_receiver_that_came_back_is_told_of() -> None:
    """Whatever it answers then, its absence is a warning."""
    back = replace(answered(503), symptom=Symptom.CAME_BACK, detail="nobody listened 2 times")
    found = odd_answer(RECORD, back)
    assert found
    assert (found.code, found.status) == ("HP431", 503)
    assert "nobody listened 2 times" in found.message


def test_a_change_of_mind_tells_how_it_refuses() -> None:
    """The finding has the symptom of the answer, or that of the change itself."""
    plain = changed_its_mind(RECORD, answered(500), after=7)
    assert (plain.code, plain.symptom, plain.status) == ("HP427", Symptom.CHANGED, 500)
    assert "after 7 requests" in plain.message
    silent = replace(unanswered(Outcome.TIMEOUT), symptom=Symptom.SILENT)
    assert changed_its_mind(RECORD, silent, after=7).symptom == Symptom.SILENT


def test_an_answer_beyond_what_the_vendor_takes() -> None:
    """Its headers count too; where the page knows no limit, and for refusals, nothing is said."""
    entered = callback("tencent_trtc/room_entered")
    answer = replace(answered(200, b"x" * 1900), headers=(("X-Trace", "y" * 100),))
    found = too_large(entered, answer)
    assert found
    assert (found.code, found.severity) == ("HP434", Severity.ERROR)
    assert "2000" in found.message
    assert too_large(entered, replace(answer, headers=())) is None
    assert too_large(entered, replace(answer, status=403)) is None
    assert too_large(RECORD, answer) is None
