"""A callback as a receiver gets it: typed, with what it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The answer that the vendor's page asks for; where it is silent, an empty 200."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Event:
    """A callback whose sender is proved.

    callback: its full name, AREA/EVENT; "" for one that the contract does not know.
    payload: the generated model where there is one, else the same as `value`.
    value: the payload as JSON data, nested JSON as the text it was.
    raw: the bytes of the body as they came.
    dedupe_key: equal for all deliveries of one event and for nothing else, to be kept with what
        was done about it; "" where no page lets one know.
    verified_at: when the signature was checked, aware, in UTC.
    quirks: the documented contradictions that it shows, by their ids.
    unknown_fields: pointers to fields that no page knows; they are kept in payload and value.
    acknowledgement: what to answer.
    """

    callback: str
    area: str
    payload: Any
    value: dict[str, Any]
    raw: bytes = field(repr=False)
    dedupe_key: str
    verified_at: datetime
    quirks: tuple[str, ...] = ()
    unknown_fields: tuple[str, ...] = ()
    acknowledgement: Acknowledgement = Acknowledgement()

    @property
    def is_known(self) -> bool:
        """Whether the contract knows it."""
        return bool(self.callback)
