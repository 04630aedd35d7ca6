"""What a receiver answered one way and, sent again, another way: the books of a whole run."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, log, sqrt
from typing import Final

from hookproof.conformance.checks import Check
from hookproof.findings import CODES, ReceiverFinding, Severity

# So many times it is sent again, at least and at most, what a receiver is to be blamed for.
_REPEATS: Final = 2
_MOST_REPEATS: Final = 12
# How likely it may be that stray answers alone convict a request.
_RISK: Final = 1e-5
_LARGEST_SHARE: Final = 0.5
# What proxies and limits say, and silence, are of the moment and not of the request.
_NOT_NOW: Final = frozenset({None, 429, 502, 503, 504})
_MOST_TOLD: Final = 5
# From this share of the requests on it is more than a hiccup.
_TOO_OFTEN: Final = 0.05
_FEWEST_TO_WARN: Final = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A request that was answered in two ways; `first` and `then` are told in a few words.

    `status` is that of the first answer.
    """

    callback: str
    label: str
    first: str
    then: str
    status: int | None = None


@dataclass(slots=True)
class Steadiness:
    """Counts the requests of a run and keeps those that were answered in two ways.

    `accepted` are those that were acknowledged: on all others a stray refusal does not show.
    `untried` are answers that would have been blamed, had there been a request left to see
    whether they repeat.
    """

    requests: int = 0
    accepted: int = 0
    changes: list[Change] = field(default_factory=list)
    untried: list[Change] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of the requests whose answers did not repeat."""
        return len(self.changes) / max(self.requests, 1)

    @property
    def repeats(self) -> int:
        """How often in a row a fault must show again: the less steady the receiver, the more.

        What is known of it comes from what it accepted: after few requests it may be anything.
        """
        strays = len(self.changes)
        share = (strays + sqrt(strays) + 1) / (self.accepted + strays + 1)
        share = min(share, _LARGEST_SHARE)
        return min(max(_REPEATS, ceil(log(_RISK) / log(share)) - 1), _MOST_REPEATS)

    @property
    def in_a_row(self) -> int:
        """The same for a receiver that has answered often enough, or never wavered."""
        return self.repeats if self.changes else _REPEATS

    def may_be_stray(self, status: int | None) -> bool:
        """Whether answers of that status, None for silence, have come without a reason."""
        return status in _NOT_NOW or any(one.status == status for one in self.changes)

    def finding(self, source: str) -> ReceiverFinding | None:
        """The one finding of a run on all that did not repeat, None where all did.

        `source` is the page that says what a failed delivery means.
        """
        told = [*self.changes, *self.untried]
        if not told:
            return None
        often = self.share >= _TOO_OFTEN and len(self.changes) >= _FEWEST_TO_WARN
        return ReceiverFinding(
            code="HP432",
            severity=Severity.WARNING if often else CODES["HP432"].severity,
            callback=told[0].callback,
            where="",
            message="; ".join(self._sentences()),
            hint=CODES["HP432"].hint,
            source=source,
            check=Check.ACCEPTS_GENUINE.value,
            count=len(told),
        )

    def _sentences(self) -> list[str]:
        parts = []
        if self.changes:
            share = f"{self.share:.1%}".replace(".0%", "%").replace("%", " %")
            count = f"{len(self.changes):,} of {self.requests:,} requests ({share})"
            parts.append(f"{count} got another answer when they were sent again")
            parts += [
                f"{one.callback}, {one.label}: {one.first}, then {one.then}"
                for one in self.changes[:_MOST_TOLD]
            ]
        if len(self.changes) > _MOST_TOLD:
            parts.append(f"and {len(self.changes) - _MOST_TOLD:,} more")
        if self.untried:
            first = self.untried[0]
            seen = f"{first.callback}, {first.label}: {first.first}"
            parts.append(
                f"{len(self.untried):,} more that would be blamed came when no request was left "
                f"to see whether they repeat, the first of them {seen}"
            )
        return parts
