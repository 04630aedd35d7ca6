"""Judges rows one by one, each for itself, fast where a row is clean."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from hookproof.captures.capture import Origin, Unreadable
from hookproof.captures.formats.fields import headers_of
from hookproof.captures.formats.format import Refused
from hookproof.findings import Severity
from hookproof.payload.body import BodyForm, read_body
from hookproof.validation.fast_path import Seen
from hookproof.validation_run.fast_path_router import FastPathRouter, form_of
from hookproof.validation_run.summary import NOT_CHECKED, is_unjudged
from hookproof.validation_run.worker import Task, secrets_of, validator_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.findings import CaptureFinding
    from hookproof.payload.body import Body
    from hookproof.validation_run.fast_path_router import Headers

# A row has no name; places in it are lines and columns of its body.
_ROW: Final = Origin("", 1)
_EMPTY: Final = Unreadable(_ROW, "HP102", "the row holds no body")


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a row. `callback` is "" where the body was not recognised.

    `signature` is a state of signatures, or "not checked".
    """

    callback: str
    signature: str = NOT_CHECKED
    findings: tuple[CaptureFinding, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether the row was judged, and no finding is an error."""
        return not self.findings or not any(
            finding.severity is Severity.ERROR or is_unjudged(finding.code)
            for finding in self.findings
        )


@dataclass(frozen=True, slots=True)
class RowJudge:
    """How to judge rows; it can be sent to other processes.

    Each process reads the contract once for a judge, and for its copies, when it first needs it.
    Of the task counts what a body is judged by: contract, areas, callback, secrets, form.
    """

    task: Task = field(default_factory=Task, compare=False)
    # Copies of one judge are equal, and nothing else is.
    _mark: str = field(default_factory=lambda: uuid4().hex, repr=False)

    def load(self) -> None:
        """Read the contract now. Raises UsageError and ContractError."""
        _bench(self)

    def rows(
        self,
        bodies: Iterable[bytes | None],
        *,
        headers: Iterable[Any] | None = None,
        urls: Iterable[str | None] | None = None,
    ) -> list[RowResult]:
        """Judge bodies; a row that cannot be judged has a finding that says why.

        `headers` are those of each row in any of the ways in which tools write them, `urls` what
        each was sent to; None where it was not captured. Raises UsageError and ContractError if
        it is the first call.
        """
        judge = _bench(self).judge
        if headers is None and urls is None:
            return [judge(body, None, "") for body in bodies]
        rows = list(bodies)
        given = repeat(None, len(rows)) if headers is None else headers
        sent_to = repeat(None, len(rows)) if urls is None else urls
        together = zip(rows, given, sent_to, strict=True)
        return [judge(body, of_row, url or "") for body, of_row, url in together]


class _Bench:
    """What a process keeps of a judge."""

    def __init__(self, task: Task) -> None:
        self._validator = validator_of(task)
        self._lanes = FastPathRouter(self._validator, secrets=secrets_of(task))
        self._form = task.form
        self._clean: dict[tuple[str, str], RowResult] = {}

    def judge(self, body: bytes | None, given: Any, url: str) -> RowResult:
        """Judge a row."""
        if body is None:
            return RowResult("", findings=(_EMPTY.finding(),))
        try:
            headers = None if given is None else headers_of(given)
        except Refused as refused:
            return RowResult("", findings=(refused.at(_ROW).finding(),))
        form = self._form or form_of(body, headers)
        if form is BodyForm.JSON:
            entry = self._lanes.enter(body, headers, url)
            seen = entry and entry.tell(body)
            if entry and isinstance(seen, Seen) and not seen.told:
                return self._clean_row(entry.lane.path, entry.signature)
        return self._exactly(read_body(body, form=form), headers, url)

    def _clean_row(self, callback: str, signature: str) -> RowResult:
        row = self._clean.get((callback, signature))
        if row is None:
            row = self._clean[(callback, signature)] = RowResult(callback, signature)
        return row

    def _exactly(self, body: Body, headers: Headers, url: str) -> RowResult:
        verdict = self._validator.judge(body, origin=_ROW, headers=headers, url=url)
        signature = verdict.signature.value if verdict.signature else NOT_CHECKED
        return RowResult(verdict.callback, signature, verdict.findings)


@lru_cache(maxsize=4)
def _bench(judge: RowJudge) -> _Bench:
    return _Bench(judge.task)
