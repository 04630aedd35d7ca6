"""What a line of a journal has to be: one typed model, so that a damaged one is refused."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from pydantic import AfterValidator, Base64Bytes, BaseModel, ConfigDict, Field

from hookproof.findings import CODES, CaptureFinding
from hookproof.validation_run.summary import CallbackTally, Group, Place, Tally

_Count = Annotated[int, Field(ge=0, lt=2**63)]


def _known(finding: CaptureFinding) -> CaptureFinding:
    if finding.code not in CODES:
        raise ValueError(f"no finding has the code {finding.code[:20]!r}")
    return finding


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Callback(_Model):
    captures: _Count
    failed: _Count
    signatures: dict[str, _Count]
    hours: list[tuple[Annotated[int, Field(ge=-1, lt=2**40)], _Count, _Count]]


class _Group(_Model):
    key: tuple[str, ...]
    finding: Annotated[CaptureFinding, AfterValidator(_known)]
    count: _Count
    places: list[Place]
    last: Place
    example: str
    pending: Base64Bytes


class _Tally(_Model):
    callbacks: dict[str, _Callback]
    groups: list[_Group]
    remarks: list[tuple[str, _Count, Place]]
    records: _Count
    lines: _Count


class Run(_Model):
    """The first line: the run that a journal is of."""

    run: str


class Entry(_Model):
    """Any other line: a part, and what came of it."""

    part: _Count
    tally: _Tally

    def outcome(self, *, examples: int) -> Tally:
        """The tally that `as_data` was made of."""
        tally = Tally(examples, records=self.tally.records, lines=self.tally.lines)
        for text, count, first in self.tally.remarks:
            tally.remark(text, first, count)
        for name, each in self.tally.callbacks.items():
            hours = {hour: [all_, failed] for hour, all_, failed in each.hours}
            signatures = Counter(each.signatures)
            tally.callbacks[name] = CallbackTally(each.captures, each.failed, signatures, hours)
        for one in self.tally.groups:
            tally.groups[one.key] = Group(
                one.finding, one.count, one.places, one.last, one.example, one.pending
            )
        return tally
