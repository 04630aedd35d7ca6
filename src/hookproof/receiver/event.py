"""A callback as a receiver gets it: typed, with what it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

from hookproof.payload.body import BodyForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from typing import Protocol

    from hookproof.receiver.rejections import Rejected

    Secret = str | bytes
    Pair = tuple[str, str] | tuple[bytes, bytes]

    class HasItems(Protocol):
        """Headers of most frameworks, and of `http.server`, which are no Mapping."""

        def items(self) -> Iterable[Pair]:
            """All pairs, a name as often as it came."""

    Headers = HasItems | Iterable[Pair]

_FORM_TYPE: Final = "x-www-form-urlencoded"


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
    # What makes the payload, or says why it cannot.
    _typed: Callable[[Event], tuple[Any, str]] | None = field(
        default=None, repr=False, compare=False
    )

    @cached_property
    def payload(self) -> Any:
        """The generated model, its limits and lists of values widened where need be.

        Where even that does not take the payload, it is the same as `value`.

        It is made when it is first asked for: who only puts callbacks on a queue does not wait.
        """
        # Of two threads at once each makes an equal one.
        typed = self._read[0]
        return self.value if typed is None else typed

    @cached_property
    def untyped(self) -> str:
        """Why `payload` is no model but the same as `value`; "" where it is one."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[Any, str]:
        return self._typed(self) if self._typed else (None, "the contract does not know it")

    def __getstate__(self) -> dict[str, Any]:
        """What a queue of another process takes: the payload, and not what makes it."""
        kept = {name: value for name, value in self.__dict__.items() if name != "_read"}
        return {**kept, "payload": self.payload, "untyped": self.untyped, "_typed": None}

    def __hash__(self) -> int:
        """Of what equal events have in common; a value cannot be hashed, for it may be changed."""
        return hash((self.callback, self.raw))

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


class Request:
    """A request as it came; its headers are made texts when they are asked for."""

    __slots__ = ("_given", "_headers", "body", "url")

    def __init__(self, headers: Headers, body: bytes, url: str) -> None:
        self._given, self.body, self.url = headers, body, url
        self._headers: tuple[tuple[str, str], ...] | None = None

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """All pairs, as texts."""
        if self._headers is None:
            self._headers = _pairs(self._given)
        return self._headers

    @property
    def declared_form(self) -> BodyForm | None:
        """How the body is written by its header; None where its first bytes have to tell."""
        if self.body.lstrip()[:1] in {b"{", b"["}:
            return BodyForm.JSON
        types = [value.lower() for name, value in self.headers if name.lower() == "content-type"]
        return BodyForm.FORM if types and _FORM_TYPE in types[0] else None


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    """Headers of any framework as texts; bytes are what HTTP says they are, Latin-1."""
    # Not by Mapping: what `http.server` gives is none, and has items.
    items: Callable[[], Iterable[Pair]] | None = getattr(headers, "items", None)
    pairs = items() if items else cast("Iterable[Pair]", headers)
    return tuple(
        [
            (name, value) if type(name) is type(value) is str else (_text(name), _text(value))
            for name, value in pairs
        ]
    )


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
