"""What a report of a test says, held to what is true of the receiver."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from receivers.truths.host import Truth


def untrue(
    truth: Truth, findings: Sequence[Mapping[str, Any]], *, verdict: str, text: str
) -> list[str]:
    """What is not as it should be; `findings` are those of the JSON, `text` is the report's."""
    errors = [one for one in findings if one["severity"] == "error"]
    codes = {one["code"] for one in errors}
    told: list[str] = []
    if codes != truth.finds:
        told.append(f"errors {sorted(codes)} in place of {sorted(truth.finds)}")
    if not truth.finds and verdict != "pass":
        told.append(f"the verdict is {verdict}")
    if lacking := truth.warns - {one["code"] for one in findings}:
        told.append(f"says nothing of {sorted(lacking)}")
    if len(errors) > truth.most:
        told.append(f"{len(errors)} errors for one fault")
    first = " ".join(str(errors[0][key]) for key in ("message", "hint")) if errors else ""
    if truth.says and not any(re.search(truth.says, one["hint"]) for one in errors):
        told.append(f"does not lead to {truth.says!r}: {first}")
    if truth.where:
        places = [one["where"] for one in errors if not re.search(truth.where, one["where"])]
        told += [f"blames {place!r}" for place in places]
    flat = " ".join(text.split())
    if truth.never and (found := re.search(truth.never, flat)):
        told.append(f"says {found[0]!r}")
    return told
