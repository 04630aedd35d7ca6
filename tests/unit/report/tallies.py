"""Tallies of captures, made by hand."""

from __future__ import annotations

from typing import Any

from hookproof.findings import CODES, CaptureFinding, Severity
from hookproof.report.of_captures import captures_report
from hookproof.report.writers import write
from hookproof.validation_run.summary import NOT_CHECKED, Tally

RECORD, COMPOSE = "zego_rtc/record", "zego_rtc/compose"
PAGE = "https://example.com/page"
# 2026-03-02, a Monday, at midnight.
MONDAY = 1_772_409_600
# Markup, commands of a build server, links, control characters, letters that hide others.
HOSTILE = (
    "<script>alert(1)</script>\"'&amp; ]]> --> [x](http://evil.example) %0A::error::x\n"
    "::set-output name=a::b\r\n##[add-mask]x,y:z\x1b[2J\x00\x9b\u202e\u2028\ud800\ufffe\x7f é 🎥"
)


def finding(**changes: Any) -> CaptureFinding:
    """A finding, changed in some parts; its severity is that of its code."""
    parts: dict[str, Any] = {
        "code": "HP202",
        "callback": RECORD,
        "where": "/extra_params/Duration",
        "message": 'expected a number, found "61.5"',
        "hint": "was the body written anew?",
        "source": f"{PAGE} (2026-01-08)",
        "file": "logs/a.ndjson",
        "line": 6,
        "column": 115,
        "expected": "a number",
        "found": '"61.5"',
    }
    parts = parts | changes
    return CaptureFinding(severity=CODES[parts["code"]].severity, **parts)


INVALID = finding()
SIGNATURE = finding(
    code="HP302", where="/signature", message="it does not prove the sender", expected="", found=""
)
DRIFT = finding(
    code="HP240", where="/region", message="no page knows this field", expected="", found=""
)
QUIRK = finding(
    code="HP230", callback=COMPOSE, where="/event", message="a: b; c", expected="", found=""
)


def tally(*findings: CaptureFinding, examples: int = 5, stopped: str = "") -> Tally:
    """A tally in which each finding is one of a capture, the first being record 1."""
    made = Tally(examples, stopped=stopped)
    for record, each in enumerate(findings, start=1):
        made.add(each, record=record)
        failed = each.severity is Severity.ERROR
        made.of(each.callback).count(failed=failed, signature=NOT_CHECKED, moment=None)
    return made


def clean(count: int = 1) -> Tally:
    """A tally of valid captures alone."""
    made = Tally()
    made.of(RECORD).count_clean(count, signature=NOT_CHECKED)
    return made


def hostile() -> Tally:
    """A tally in which every text is hostile."""
    return all_texts(HOSTILE)


def all_texts(text: str) -> Tally:
    """A tally in which every text that may come from outside is the given one."""
    texts = dict.fromkeys(["where", "message", "hint", "expected", "found", "file", "source"], text)
    made = tally(
        *(finding(code=code, **texts) for code in ("HP202", "HP302", "HP230", "HP240")),
        finding(code="HP100", callback="", **texts),
        stopped=text,
    )
    for group in made.groups.values():
        group.example = text
    return made


def written(told: Tally, kind: str) -> str:
    """The report on a tally in a format."""
    return write(captures_report(told), kind)
