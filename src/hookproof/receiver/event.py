"""A callback as a receiver gets it: typed, with what it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hookproof.receiver.rejections import Rejected


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The answer that the vendor's page asks for; where it is silent, an empty 200."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain"


@dataclass(frozen=True)
class Event:
    """A callback whose sender is proved, or that was taken knowing that its vendor signs nothing.

    callback: its full name, AREA/EVENT; "" for one that the contract does not know.
    value: the payload as JSON data, nested JSON as the text it was.
    raw: the bytes of the body as they came.
    dedupe_key: equal for all deliveries of one event and for nothing else, to be kept with what
        was done about it; "" where no page lets one know.
    verified_at: when the signature was checked, aware, in UTC.
    quirks: the documented contradictions that it shows, by their ids.
    unknown_fields: pointers to fields that no page knows; they are kept in payload and value.
    acknowledgement: what to answer.
    is_proved: False where its vendor signs nothing, so that anybody may have sent it.
    """

    callback: str
    area: str
    value: dict[str, Any]
    raw: bytes = field(repr=False)
    dedupe_key: str
    verified_at: datetime
    quirks: tuple[str, ...] = ()
    unknown_fields: tuple[str, ...] = ()
    acknowledgement: Acknowledgement = Acknowledgement()
    is_proved: bool = True
    # What makes the payload.
    _typed: Callable[[Event], Any] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def payload(self) -> Any:
        """The generated model where there is one, else the same as `value`.

        It is made when it is first asked for: who only puts callbacks on a queue does not wait.
        """
        # Of two threads at once each makes an equal one.
        typed = self._typed(self) if self._typed else None
        return self.value if typed is None else typed

    def __getstate__(self) -> dict[str, Any]:
        """What a queue of another process takes: the payload, and not what makes it."""
        return {**self.__dict__, "payload": self.payload, "_typed": None}

    @property
    def is_known(self) -> bool:
        """Whether the contract knows it."""
        return bool(self.callback)


@dataclass(frozen=True, slots=True)
class Result:
    """What `check` gives: the event, or why there is none."""

    event: Event | None
    rejection: Rejected | None

    @property
    def ok(self) -> bool:
        """Whether there is an event."""
        return self.event is not None


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request as the vendor would send it; `query` is what the URL's query holds besides."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    query: str = ""
