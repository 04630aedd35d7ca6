"""Reports as NDJSON: one line for each finding, and a summary as the last one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hookproof.report.captures_json import captures_as_json

if TYPE_CHECKING:
    from hookproof.capture.tally import Tally


def captures_as_ndjson(tally: Tally) -> str:
    """The report on captures: its JSON cut into lines, in ASCII.

    A line holds one item of `findings`; the last one holds all the rest under `summary`.
    """
    report = captures_as_json(tally)
    findings = report.pop("findings")
    return "".join(json.dumps(line) + "\n" for line in (*findings, {"summary": report}))
