"""What a scenario came to is told to build servers and on a page, without a claim too many."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from hookproof.report.of_play import play_report
from hookproof.report.writers import write


def proof(*causes: dict[str, Any], not_checked: str = "") -> dict[str, Any]:
    """What `hookproof play --probe` has as JSON."""
    whole = {"tried": 12, "not_checked": not_checked, "ended": "", "not_compared": [], "seed": 1}
    verdict = "fail" if causes else "incomplete" if not_checked else "pass"
    about = {"scenario": "a_stop", "title": "<A stop>", "target": "http://127.0.0.1:1/"}
    told = {"attempts": [], "lost": [], "proof": whole | {"causes": list(causes)}}
    return {**about, "verdict": verdict, **told}


STALE = {
    "fault": "stale",
    "plays": ["stop, then start", "start and stop at once"],
    "deliveries": 2,
    "count": 7,
    "refused": [],
    "next": "order them",
    "differences": [{"where": "/state", "wanted": "over", "found": "<b>on</b>"}],
}
ATTEMPTS = [
    {"step": name, "callback": f"area/{name}", "copy": 0, "attempt": 1, "at": 0.0, "status": status}
    | {"came": str(status), "received": status == 200, "again": None}
    for name, status in (("start", 200), ("stop", 500))
]


def cases(found: dict[str, Any], *, crashes: bool = False) -> dict[str, str]:
    """What a build server sees: what became of each case."""
    report = play_report(found, lead="", started=0.0, seconds=1.0, crashes=crashes)
    seen = fromstring(write(report, "junit")).iter("testcase")  # noqa: S314 - our own
    return {case.get("name", ""): case[0].tag if len(case) else "passed" for case in seen}


def test_a_case_is_what_should_be_true() -> None:
    """Of a proof no state may be wrong, with what was tried; of a play each step is received."""
    fine = [f"nothing is {word}" for word in ("missing", "doubled", "stale", "made up")]
    assert cases(proof()) == dict.fromkeys(fine, "passed")
    assert cases(proof(STALE), crashes=True) == {
        **dict.fromkeys([*fine, "nothing is torn"], "passed"),
        "nothing is stale": "failure",
    }
    played = {**proof(), "proof": None, "attempts": ATTEMPTS, "lost": ["stop"]}
    assert cases(played) == {"start is received": "passed", "stop is received": "failure"}


def test_what_was_not_tried_is_not_passed() -> None:
    """It is left out, and the run is an error of its own."""
    seen = cases(proof(not_checked="the probe fails"))
    assert set(seen.values()) == {"skipped", "error"}
    assert seen["the run proves all that was asked"] == "error"


def test_a_page_tells_it_to_a_person() -> None:
    """Escaped, with what is wrong, the other ways to it, and what to do."""
    pytest.importorskip("jinja2")
    report = play_report(proof(STALE), lead="One way.", started=0.0, seconds=1.0, crashes=True)
    page = write(report, "html")
    for text in ("&lt;A stop&gt;", "stop, then start", "start and stop at once", "order them"):
        assert text in page
    assert "&lt;b&gt;on&lt;/b&gt;" in page
    assert "<b>" not in page
    played = {**proof(), "proof": None, "attempts": ATTEMPTS, "lost": ["stop"], "verdict": "fail"}
    page = write(play_report(played, lead="", started=0, seconds=1, crashes=False), "html")
    assert "stop was never received; at last: 500" in page
    assert "(again)" not in page
