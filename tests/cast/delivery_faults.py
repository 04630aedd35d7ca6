"""Receivers that answer wrong, each in one way."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from cast.fault import Faulty, checks
from hookproof.conformance.checks import Check
from hookproof.testing.receiver import Refused, Reply

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.payload.body import Body
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


class _WorksOnRedeliveries(_RemembersBodies):
    """Takes time for what it knows, and fails where that comes again meanwhile."""

    seconds: float

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._busy: set[bytes] = set()

    def process(self, delivered: Delivered) -> None:
        body = delivered.incoming.body
        if body not in self._known:
            self._known.add(body)
            return
        if body in self._busy:
            self.object()
        self._busy.add(body)
        time.sleep(self.seconds)
        self._busy.discard(body)


class CrashesInParallel(_WorksOnRedeliveries):
    """Looks whether it knows a callback, then stores it, and nothing holds the two together."""

    seconds = 0.02

    def object(self) -> None:
        raise RuntimeError("duplicate key value violates unique constraint")


class RefusesWhileBusy(_WorksOnRedeliveries):
    """Holds a lock on an event that it works on, and answers 423 to the impatient."""

    seconds = 0.4

    def object(self) -> None:
        raise Refused(423, "locked")


class RefusesKnownEvents(Faulty):
    """Refuses an event that it knows when it is signed anew; the very same bytes it takes."""

    finds = checks(Check.ACCEPTS_REDELIVERY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[str, bytes] = {}

    def process(self, delivered: Delivered) -> None:
        facts, payload = delivered.callback.signature, delivered.payload
        moving = {place.field for place in (facts.place, *facts.inputs)}
        event = repr([item for item in payload.items() if item[0] not in moving])
        if self._known.setdefault(event, delivered.incoming.body) != delivered.incoming.body:
            raise Refused(409, "already seen")

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where a nonce makes other bytes of the same event."""
        return callback.signature.place.in_body


class WantsEventsInOrder(Faulty):
    """Refuses an event that is earlier than one it has seen of the same thing."""

    finds = checks(Check.TOLERATES_DISORDER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._latest: dict[str, int] = {}

    def process(self, delivered: Delivered) -> None:
        for name, values in delivered.callback.naming_fields.items():
            if len(values) > 1:
                thing = repr({**delivered.payload, name: None})
                at = values.index(delivered.payload[name])
                if self._latest.setdefault(thing, at) > at:
                    raise Refused(409, "too late")

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where one callback tells of several events."""
        return any(len(values) > 1 for values in callback.naming_fields.values())


class CrashesOnOldMoments(Faulty):
    """Lets its own exception for a moment out of its window reach the framework."""

    finds = checks(Check.CHECKS_FRESHNESS)

    def process(self, delivered: Delivered) -> None:
        sent_at = delivered.callback.sent_at
        # In the samples all lie far back, so only moments of this decade are looked at.
        moment = int(delivered.payload[sent_at.field]) if sent_at else 0
        if abs(moment - time.time()) > 3600:
            raise TimeoutError("out of date")


class HidesErrors(Faulty):
    """Answers 200 with the error in the body, as its other endpoints do."""

    finds = checks(Check.ACKNOWLEDGES_AS_DOCUMENTED)
    warns = True

    def acknowledge(self, delivered: Delivered) -> Reply:
        del delivered
        return Reply(200, b'{"code": 500, "message": "Internal Server Error"}')


class RedirectsBrokenPayloads(Faulty):
    """Sends whoever sends a broken payload to a page about it."""

    finds = checks(Check.REFUSES_MALFORMED)

    def handle(self, incoming: Incoming) -> Reply:
        reply = super().handle(incoming)
        to_page = (("Location", "/help"),)
        return Reply(302, headers=to_page) if reply.status == 400 else reply


class ComparesContentTypes(Faulty):
    """Compares the Content-Type letter by letter."""

    finds = checks(Check.ACCEPTS_DOCUMENTED_VARIANTS)
    warns = True

    def read(self, incoming: Incoming) -> Body:
        types = [value for name, value in incoming.headers if name.lower() == "content-type"]
        if types not in (["application/json"], ["application/x-www-form-urlencoded"]):
            raise Refused(415, "unsupported media type")
        return super().read(incoming)


class WantsALength(Faulty):
    """Refuses bodies whose length is not told beforehand."""

    finds = checks(Check.ACCEPTS_DOCUMENTED_VARIANTS)
    warns = True

    def read(self, incoming: Incoming) -> Body:
        if not any(name.lower() == "content-length" for name, _ in incoming.headers):
            raise Refused(411, "length required")
        return super().read(incoming)


class StopsAccepting(Faulty):
    """Answers 429 from the hundredth callback of a kind on."""

    finds = checks(Check.ACCEPTS_GENUINE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._met: Counter[str] = Counter()

    def authenticate(self, delivered: Delivered) -> None:
        self._met[delivered.callback.path] += 1
        if self._met[delivered.callback.path] >= 100:
            raise Refused(429, "too many requests")
        super().authenticate(delivered)


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
    CrashesInParallel,
    RefusesWhileBusy,
    RefusesKnownEvents,
    WantsEventsInOrder,
    CrashesOnOldMoments,
    HidesErrors,
    RedirectsBrokenPayloads,
    ComparesContentTypes,
    WantsALength,
    StopsAccepting,
)
