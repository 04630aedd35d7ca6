"""A case as it was sent, with the answer and what that is blamed for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from hookproof.findings import Severity

if TYPE_CHECKING:
    from hookproof.conformance.cases.cases import Case
    from hookproof.findings import ReceiverFinding
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request

    # Check, code, status, kind and place of a finding.
    Key = tuple[str, str, int | None, str, str]

# Findings on how an answer was given, whatever it says of the case.
ON_HOW_IT_ANSWERS: Final = frozenset(
    {"HP413", "HP414", "HP418", "HP420", "HP430", "HP431", "HP434", "HP435"}
)
GONE: Final = "HP431"


@dataclass(frozen=True, slots=True)
class Sight:
    """A case as it was sent, the answer, and what that is blamed for; `proved` once it repeated."""

    case: Case
    request: Request
    answer: Answer
    findings: tuple[ReceiverFinding, ...] = ()
    proved: bool = False

    @property
    def fault(self) -> ReceiverFinding | None:
        """What is wrong with the answer to this case, how it was given left aside."""
        return next((one for one in self.findings if one.code not in ON_HOW_IT_ANSWERS), None)

    def keys(self) -> set[Key]:
        """What tells its findings apart, but for those that blame nobody."""
        return {key_of(one) for one in self.findings if _blames(one)}

    def blamed_for(self, keys: set[Key]) -> Sight:
        """The same with these findings and those that blame nobody."""
        kept = (f for f in self.findings if not _blames(f) or key_of(f) in keys)
        return replace(self, findings=tuple(kept))


def _blames(finding: ReceiverFinding) -> bool:
    """Whether a finding blames a request, so that it must repeat."""
    return finding.severity is not Severity.NOTE and finding.code != GONE


def key_of(finding: ReceiverFinding) -> Key:
    """What tells a finding from others of one callback."""
    return finding.check, finding.code, finding.status, finding.kind, finding.where
