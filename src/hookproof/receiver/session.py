"""What all callbacks of a run share: the connection, the clock, and when to give up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hookproof.delivery.answer import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from hookproof.delivery.answer import Answer
    from hookproof.delivery.request import Request
    from hookproof.delivery.transport import Transport
    from hookproof.receiver.aside import Aside

_NOBODY_THERE: Final = frozenset({Outcome.REFUSED, Outcome.UNREACHABLE, Outcome.TLS})
_REFUSALS_TO_GIVE_UP: Final = 5


class TimeIsUp(Exception):
    """The time that a callback may take has passed."""


class TargetGone(Exception):
    """Nobody has answered at the target for some requests in a row."""


@dataclass(slots=True)
class Session:
    """Sends the requests of a run.

    `aside` is for what does not go over the one kept connection. `diagnoses` keeps why genuine
    callbacks are refused, for what refuses one refuses others. `ends_at` is a reading of
    `monotonic` in seconds.
    """

    transport: Transport
    monotonic: Callable[[], float]
    aside: Aside
    diagnoses: dict[Hashable, str] = field(default_factory=dict)
    ends_at: float = float("inf")
    _refusals: int = 0
    # A target that never was there needs no second try; one that was may come back.
    _patience: int = 1

    def send(self, request: Request) -> Answer:
        """Send a request; raises TimeIsUp before it, TargetGone after one refusal too many."""
        self.check_time()
        answer = self.transport.send(request.body, headers=request.headers, query=request.query)
        self.heed(answer)
        return answer

    def heed(self, answer: Answer) -> None:
        """Note whether anybody was there; raises TargetGone after one refusal too many."""
        if answer.outcome not in _NOBODY_THERE:
            self._refusals, self._patience = 0, _REFUSALS_TO_GIVE_UP
            return
        self._refusals += 1
        if self._refusals >= self._patience:
            raise TargetGone(answer.detail or answer.outcome.value)

    def check_time(self) -> None:
        """Raise TimeIsUp where the time has passed."""
        if self.monotonic() >= self.ends_at:
            raise TimeIsUp
