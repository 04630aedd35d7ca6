"""What a receiver did with one request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hookproof.http.symptom import Symptom


class Outcome(StrEnum):
    """How an exchange ended, seen from the sender."""

    ANSWERED = "answered"
    REFUSED = "connection-refused"
    RESET = "reset"
    CLOSED = "closed-without-answer"
    TIMEOUT = "timeout"
    NOT_HTTP = "not-http"
    UNREACHABLE = "unreachable"
    TLS = "tls-failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """One exchange as it ended: `status` is known exactly when the outcome is ANSWERED.

    body: at most 64 KiB, as received: dechunked, never decompressed.
    body_complete: False when the body was cut, short, malformed or unfinished at the deadline.
    elapsed: seconds from the start of the exchange, connecting included, to its end.
    detail: what went wrong, or is worth knowing, for a person; plain ASCII.
    symptom: what is odd about the exchange, None where nothing is.
    resent: True when the request went out twice, because a kept connection took it
        and was closed without a byte of an answer.
    strayed: True when bytes that nobody asked for came on the kept connection before the request.
    """

    outcome: Outcome
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    body_complete: bool = True
    elapsed: float = 0.0
    detail: str = ""
    symptom: Symptom | None = None
    resent: bool = False
    strayed: bool = False

    @property
    def broke_off(self) -> bool:
        """Whether the body never came to its end; more of it than is read is another matter."""
        return not self.body_complete and self.symptom not in {
            Symptom.HUGE_BODY,
            Symptom.ENDLESS_BODY,
        }

    @property
    def whole_status(self) -> int | None:
        """The status of an answer that came whole, None where none did."""
        return self.status if self.outcome is Outcome.ANSWERED and not self.broke_off else None

    @property
    def status_class(self) -> int | None:
        """The first digit of the status, 2 for 200 to 299, or None without a status."""
        return None if self.status is None else self.status // 100

    @property
    def size(self) -> int:
        """Bytes of the answer with its status line and headers, as far as it was read."""
        head = sum(len(name) + len(value) + len(": \r\n") for name, value in self.headers)
        return len("HTTP/1.1 200 OK\r\n\r\n") + head + len(self.body)

    def header(self, name: str) -> str | None:
        """The first value of a header, its name in any case, or None."""
        wanted = name.lower()
        return next((value for given, value in self.headers if given.lower() == wanted), None)
