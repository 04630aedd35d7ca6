"""Receivers that answer wrong, each in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hookproof.receiver.checks import Check
from hookproof.testing.fault import Faulty, checks
from hookproof.testing.receiver import Refused, Reply

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.testing.receiver import Delivered, Incoming


class _RemembersBodies(Faulty):
    finds = checks(Check.ACCEPTS_REDELIVERY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: set[bytes] = set()

    def process(self, delivered: Delivered) -> None:
        if delivered.incoming.body in self._known:
            self.object()
        self._known.add(delivered.incoming.body)

    def object(self) -> None:
        """Say that the callback is known."""
        raise NotImplementedError


class RefusesRedelivery(_RemembersBodies):
    """Answers 409 to a callback that it has already seen."""

    def object(self) -> None:
        raise Refused(409, "already seen")


class CrashesOnRedelivery(_RemembersBodies):
    """Inserts every callback into a table with a unique key."""

    def object(self) -> None:
        raise RuntimeError("duplicate key value violates unique constraint")


class AnswersLate(Faulty):
    """Does the work before it answers, and that takes longer than it may."""

    finds = checks(Check.ANSWERS_IN_TIME)
    warns = True
    delay = 1.2

    def acknowledge(self, delivered: Delivered) -> Reply:
        reply = super().acknowledge(delivered)
        return Reply(reply.status, reply.body, delay=self.delay)


class _AnswersOnly(Faulty):
    finds = checks(Check.ACCEPTS_GENUINE)
    answer: Reply

    def receive(self, incoming: Incoming) -> Reply:
        del incoming
        return self.answer


class NeverAnswers(_AnswersOnly):
    """Accepts connections and says nothing."""

    answer = Reply(silent=True)


class ClosesWithoutAnswer(_AnswersOnly):
    """Closes the connection once the request is there."""

    answer = Reply(raw=b"")


class SpeaksNoHttp(_AnswersOnly):
    """Answers in a protocol that is not HTTP."""

    answer = Reply(raw=b"220 mail.example.com ESMTP\r\n")


class AlwaysFails(_AnswersOnly):
    """Answers 500 to everything."""

    answer = Reply(500, b"Internal Server Error")


class IsNotThere(_AnswersOnly):
    """Answers 404 to everything, as a server does whose route has another path."""

    answer = Reply(404, b"Not Found")


class Redirects(_AnswersOnly):
    """Answers with a redirect, which no vendor follows."""

    answer = Reply(307, headers=(("Location", "/elsewhere"),))


class WantsAnotherMethod(_AnswersOnly):
    """Knows its path for GET only."""

    answer = Reply(405, b"Method Not Allowed")


class DoesNotKnowOneCallback(Faulty):
    """Has no handler for the callbacks whose names begin with t."""

    finds = checks(Check.ACCEPTS_GENUINE)

    def process(self, delivered: Delivered) -> None:
        if self.concerns(delivered.callback):
            raise Refused(404, "no handler")

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only those events."""
        return callback.event.startswith("t")


class AnswersAnotherBody(Faulty):
    """Acknowledges with a status alone, where a version of the page wants a body."""

    finds = checks(Check.ACKNOWLEDGES_AS_DOCUMENTED)
    warns = True

    def acknowledge(self, delivered: Delivered) -> Reply:
        del delivered
        return Reply(204)

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where a page asks for a body."""
        return any(delivery.success.body is not None for delivery in callback.deliveries)


DELIVERY_FAULTS: tuple[type[Faulty], ...] = (
    RefusesRedelivery,
    CrashesOnRedelivery,
    AnswersLate,
    NeverAnswers,
    ClosesWithoutAnswer,
    SpeaksNoHttp,
    AlwaysFails,
    IsNotThere,
    Redirects,
    WantsAnotherMethod,
    DoesNotKnowOneCallback,
    AnswersAnotherBody,
)
