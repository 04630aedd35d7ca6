"""Reads findings back out of a JSON report, which may come from anybody, by one typed model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hookproof.conformance.evidence.stored_case import StoredCase
from hookproof.conformance.judging.response_class import Reaction
from hookproof.errors import UsageError
from hookproof.findings import ReceiverFinding

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a report says that is needed to try its findings again; findings count from 1.

    `targets` has the URL of each callback, where the report says so; `timeout` is that of the run
    in seconds, by which lateness was told. `causes` is the number of each finding's cause, by
    which a person calls it.
    """

    target: str
    targets: dict[str, str]
    timeout: float
    findings: dict[int, ReceiverFinding]
    causes: dict[int, int]


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Numbered(_Model):
    # A report of an earlier version knows no causes.
    number: int | None = None


class _Options(_Model):
    # Seconds, where a report does not tell of its options.
    timeout: Annotated[float, Field(gt=0, le=24 * 60 * 60)] = 5.0


class _Run(_Model):
    options: _Options = _Options()


class _Callback(_Model):
    target: str | None = None


class _Words(BaseModel):
    """What a stored request says of the answer."""

    reaction: Reaction


class _Report(_Model):
    """What replay needs of a report; all else in it may be anything."""

    target: str
    findings: list[ReceiverFinding]
    numbered: list[_Numbered] = Field(validation_alias="findings")
    callbacks: dict[str, _Callback] = {}
    run: _Run = _Run()


def recall(text: str, *, name: str) -> Recalled:
    """Read a report; raises UsageError, which calls it by its name, where it is none."""
    try:
        report = _Report.model_validate_json(text)
    except ValidationError as error:
        raise _refused(name, error) from None
    for index, finding in enumerate(report.findings):
        _check_request(finding, name, index)
    return Recalled(
        target=report.target,
        targets={name: one.target for name, one in report.callbacks.items() if one.target},
        timeout=report.run.options.timeout,
        findings=dict(enumerate(report.findings, start=1)),
        causes={
            n: one.number if one.number is not None else n
            for n, one in enumerate(report.numbered, start=1)
        },
    )


def choose(
    recalled: Recalled, chosen: str | None, *, callbacks: Collection[str] = ()
) -> dict[int, ReceiverFinding]:
    """The findings of a cause's number or of a code, or all with a request; of some callbacks only.

    Raises UsageError where there are none of that number or code.
    """
    every = recalled.findings
    found = {n: one for n, one in every.items() if not callbacks or one.callback in callbacks}
    if callbacks and not found:
        known = ", ".join(sorted({ascii(one.callback) for one in every.values()}))
        raise UsageError(
            "the report has no finding of a callback that was asked for",
            hint=f"its findings are of {known}" if known else "it has none",
        )
    if chosen is None:
        # A note on the vendor has no request; asked for by its number it is told so.
        return {n: one for n, one in found.items() if one.request is not None}
    if chosen.isascii() and chosen.isdigit():
        found = {n: one for n, one in found.items() if recalled.causes[n] == int(chosen)}
    else:
        found = {n: one for n, one in found.items() if one.code == chosen.upper()}
    if not found:
        have = max(recalled.causes.values(), default=0)
        known = ", ".join(sorted({one.code for one in recalled.findings.values()}))
        raise UsageError(
            f"the report has no finding {chosen!a}",
            hint=f"its findings are 1 to {have}, of the codes {known}" if have else "it has none",
        )
    return found


def _check_request(finding: ReceiverFinding, name: str, index: int) -> None:
    """Look at what a request says in words of its own; raises UsageError where it says nonsense."""
    stored = finding.request
    if stored is None:
        return
    field = f"findings/{index}/request"
    try:
        _Words.model_validate({one: getattr(stored, one) for one in _Words.model_fields})
        field += "/case"
        # A report of an earlier version keeps none, which replay tells.
        if stored.case:
            StoredCase.read(stored.case)
    except ValidationError as error:
        raise _refused(name, error, within=field) from None
    except (ValueError, RecursionError) as error:
        raise _damaged(name, field, str(error)) from None


def _refused(name: str, error: ValidationError, *, within: str = "") -> UsageError:
    """What is told of a report, or of a request in it, that says something else."""
    wrong = error.errors(include_url=False, include_input=False, include_context=False)[0]
    field = "/".join(filter(None, [within, *map(str, wrong["loc"])]))
    return _damaged(name, field, wrong["msg"])


def _damaged(name: str, field: str, why: str) -> UsageError:
    place = f"{field}: " if field else ""
    return UsageError(
        f"{name} is no report of a receiver test: {place}{why}",
        hint="replay takes what `hookproof test --report json=PATH` has written; was the report "
        "changed by hand? test again to have a new one",
    )
