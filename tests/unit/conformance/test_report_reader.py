"""A damaged report is refused with file, field and next step; never with a traceback."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from unit.captures.test_damaged_journals import ODD, changed, places

from hookproof.conformance.replaying.report_reader import recall
from hookproof.errors import UsageError

FUZZ = Path(__file__).parents[2] / "fuzz"
REPORT: dict[str, Any] = json.loads((FUZZ / "seeds" / "report" / "report.json").read_bytes())


def refused(report: Any) -> str:
    """What is said of a report that is refused, "" where it is read."""
    text = report if isinstance(report, str) else json.dumps(report)
    try:
        recall(text, name="r.json")
    except UsageError as error:
        said = f"{error} {error.hint}"
    else:
        return ""
    assert "r.json" in said
    assert "test again" in said
    return said


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"headers": [["one"]]}, "request/headers/0"),
        ({"headers": 5}, "request/headers"),
        ({"reaction": "none"}, "request/reaction"),
        ({"nonces": None}, "request/nonces"),
        ({"case": "{"}, "request/case"),
        ({"case": "[" * 100_000}, "request/case"),
        ({"case": "{}"}, "request/case/check"),
    ],
)
def test_a_request_that_was_changed_is_refused(change: dict[str, Any], field: str) -> None:
    """With the field; nothing of it is sent."""
    report = copy.deepcopy(REPORT)
    assert not refused(report)
    report["findings"][0]["request"] |= change
    assert f"findings/0/{field}" in refused(report)


@pytest.mark.parametrize("path", sorted((FUZZ / "found" / "report").iterdir()), ids=str)
def test_a_report_that_crashed_the_reader_is_refused_with_a_field(path: Path) -> None:
    """Files that a fuzzer made of real reports."""
    assert ": " in refused(path.read_text(encoding="utf-8", errors="replace"))


def test_no_changed_value_breaks_the_reader() -> None:
    """Any value of a report may be anything: it is read, or refused."""
    rng = random.Random(7)
    everywhere = places(REPORT)[1:]
    said = [refused(changed(REPORT, path, rng.choice(ODD))) for path in everywhere * 5]
    assert sum(map(bool, said)) > len(said) / 3
