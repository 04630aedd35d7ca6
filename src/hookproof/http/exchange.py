"""One request and its answer over one connection, under a deadline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hookproof.http.answer import Answer, Outcome
from hookproof.http.connection import reason
from hookproof.http.head import NotHttp
from hookproof.http.symptom import Symptom

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.http.connection import Connection, Deadline
    from hookproof.http.http1 import AnswerReader
    from hookproof.http.in_process import AppConnection

_NOTHING = memoryview(b"")


@dataclass(slots=True)
class Known:
    """An answer that came in one piece, by its bytes: most receivers say the same each time."""

    came: bytes = b""
    answer: Answer | None = None


class Exchange:
    """Sends and receives at the same time, for an answer may come before the request is read.

    What is `known` is not read again, but given as it was; its `elapsed` is that of the first.
    """

    def __init__(
        self,
        connection: Connection | AppConnection,
        wire: bytes,
        *,
        reader: AnswerReader,
        deadline: Deadline,
        known: Known | None = None,
    ) -> None:
        self._connection = connection
        self._known, self._only_piece, self._again = known, b"", False
        self._unsent = memoryview(wire)
        self._size = len(wire)
        self._reader = reader
        self._deadline = deadline
        self._send_error: OSError | None = None
        self._last_heard = 0.0

    @property
    def left_reusable(self) -> bool:
        """Whether the next request may use the connection."""
        if self._again:
            return True
        return self._reader.reusable and self._is_sent

    @property
    def _is_sent(self) -> bool:
        return not self._unsent and self._send_error is None

    @property
    def has_more_to_send(self) -> bool:
        """Whether a part of the request still waits for room."""
        return bool(self._unsent)

    @property
    def met_a_dead_end(self) -> bool:
        """Whether the connection ended before a byte of the answer came."""
        return not self._reader.touched

    def run(self, meanwhile: Callable[[], object]) -> Answer:
        """Exchange until there is an answer, no hope of one, or no time left; never raises.

        `meanwhile` is called once, when the request is on its way; what it raises passes.
        """
        self._send()
        meanwhile()
        answer = None
        while answer is None:
            answer = self.advance(waiting=True)
        return answer

    def begin(self) -> None:
        """Send what goes without waiting."""
        self._send()

    def advance(self, *, waiting: bool = False) -> Answer | None:
        """Send and receive what goes; the answer or what came instead, None while neither is there.

        Unless it is `waiting`, whoever calls knows that something came, or the time is up.
        """
        try:
            while not self._reader.finished:
                self._send()
                if not self._receive(waiting=waiting) and not waiting:
                    return None
                if self._again and self._known:
                    return self._known.answer
        except NotHttp as fault:
            return self._failed(Outcome.NOT_HTTP, fault.symptom, fault.detail)
        except EOFError:
            return self._ended(self._send_error)
        except OSError as error:
            return self._broken(error)
        answer = self._answered()
        if self._known and self._only_piece and self.left_reusable:
            self._known.came, self._known.answer = self._only_piece, answer
        return answer

    def _send(self) -> None:
        if not self._unsent:
            return
        try:
            self._unsent = self._unsent[self._connection.send(self._unsent) :]
        except OSError as error:
            # The answer may have been given before the request was read: look for it first.
            self._send_error = error
            self._unsent = _NOTHING

    def _receive(self, *, waiting: bool) -> bool:
        """Take what is there, after waiting for it if that is wanted; whether anything came."""
        left = self._deadline.remaining()
        if waiting and not self._connection.wait(left, writing=bool(self._unsent)):
            return False
        data = self._connection.receive()
        if data:
            is_first = not self._reader.touched
            if is_first and self._known and data == self._known.came and self._is_sent:
                self._again = True
                return True
            self._only_piece = data if is_first else b""
            self._last_heard = self._deadline.elapsed()
            self._reader.feed(data)
            if not self._reader.finished:
                self._connection.acknowledge()
        elif data is not None:
            self._reader.end_of_stream()
        return data is not None

    def _answered(self) -> Answer:
        head = self._reader.head
        if head is None:
            return self._ended(None)
        early = self._unsent or self._send_error
        return Answer(
            Outcome.ANSWERED,
            status=head.status,
            headers=head.headers,
            body=bytes(self._reader.body),
            body_complete=not self._reader.problem,
            elapsed=self._deadline.elapsed(),
            detail=self._reader.problem,
            symptom=self._reader.symptom or (Symptom.EARLY if early else None),
        )

    def _broken(self, error: OSError) -> Answer:
        """The answer as far as it came before an error, the deadline's own included."""
        outcome = self._connection.outcome_of(error)
        late = outcome is Outcome.TIMEOUT
        if self._reader.head is not None:
            what = "not whole at the deadline" if late else f"cut off: {reason(error)}"
            unfinished = Symptom.DRIPS_BODY if self._still_dripping else Symptom.STALLS_BODY
            self._reader.stop(f"the body was {what}", unfinished if late else Symptom.RESET_BODY)
            return self._answered()
        return self._late() if late else self._ended(error)

    def _ended(self, error: OSError | None) -> Answer:
        """A connection that ended before there was an answer, by an error or in good order."""
        outcome = Outcome.CLOSED if error is None else self._connection.outcome_of(error)
        begun = self._reader.touched
        when = "in the middle of the headers" if begun else "without an answer"
        if error is None or outcome is Outcome.CLOSED:
            symptom = Symptom.CLOSED_HEAD if begun else Symptom.CLOSED
            return self._failed(Outcome.CLOSED, symptom, f"the connection was closed {when}")
        detail = f"the connection was broken {when}: {reason(error)}"
        if outcome is not Outcome.RESET:
            return self._failed(outcome, Symptom.BROKEN, detail)
        return self._failed(outcome, Symptom.RESET_HEAD if begun else Symptom.RESET, detail)

    def _failed(self, outcome: Outcome, symptom: Symptom, detail: str) -> Answer:
        elapsed = self._deadline.elapsed()
        return Answer(outcome, elapsed=elapsed, detail=detail, symptom=symptom)

    def _late(self) -> Answer:
        """What was missing when the time was up."""
        limit = f"{self._deadline.timeout:g} s"
        if self._reader.touched:
            symptom = Symptom.DRIPS_HEAD if self._still_dripping else Symptom.STALLS_HEAD
            detail = f"the headers of the answer were not complete within {limit}"
        elif self._unsent:
            sent = self._size - len(self._unsent)
            symptom = Symptom.NOT_READ
            detail = f"the request was not read within {limit} ({sent} of {self._size} bytes sent)"
        else:
            symptom, detail = Symptom.SILENT, f"no answer within {limit}"
        return self._failed(Outcome.TIMEOUT, symptom, detail)

    @property
    def _still_dripping(self) -> bool:
        """Whether something came in the second half of the time."""
        return self._last_heard > self._deadline.timeout / 2
