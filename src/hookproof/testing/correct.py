"""Receivers that are all correct, each in a way of its own; none may be blamed for it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from hookproof.payload.body import BodyForm
from hookproof.testing.receiver import Receiver, Refused, Reply

if TYPE_CHECKING:
    from hookproof.payload.body import Body
    from hookproof.testing.receiver import Delivered, Incoming


class AnswersUnprocessable(Receiver):
    """Answers 422 to what it can read and not use."""

    def validate(self, delivered: Delivered) -> None:
        try:
            super().validate(delivered)
        except Refused as refusal:
            raise Refused(422, str(refusal)) from None


class AnswersNoContent(Receiver):
    """Acknowledges with 204 and an empty body."""

    def acknowledge(self, delivered: Delivered) -> Reply:
        del delivered
        return Reply(204)


class TrustsTheSignature(Receiver):
    """Acknowledges whatever is signed right, and lets the worker behind decide."""

    def validate(self, delivered: Delivered) -> None:
        """Let everything through."""


class HasATimeWindow(Receiver):
    """Refuses moments that are more than five minutes away, as is advised."""

    window = 300
    clock = staticmethod(time.time)

    def authenticate(self, delivered: Delivered) -> None:
        super().authenticate(delivered)
        sent_at = delivered.callback.sent_at
        text = str(delivered.payload.get(sent_at.field, "")) if sent_at else ""
        if sent_at is None or not (text.isascii() and text.isdigit() and len(text) < 20):
            return
        moment = sent_at.read(int(text))
        if abs(moment - self.clock()) > self.window:
            raise Refused(401, "out of date")


class RemembersNonces(Receiver):
    """Acknowledges what it has seen without working on it again, by nonce or by signature."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: set[tuple[str, ...]] = set()

    def validate(self, delivered: Delivered) -> None:
        """Skip what is known: it was right, or refused, the first time."""
        if self._key(delivered) not in self._known:
            super().validate(delivered)

    def process(self, delivered: Delivered) -> None:
        self._known.add(self._key(delivered))

    def _key(self, delivered: Delivered) -> tuple[str, ...]:
        return delivered.callback.path, str(delivered.signature)


class ReadsOnlyJson(Receiver):
    """Takes no forms: they come only to those who ask for them."""

    def read(self, incoming: Incoming) -> Body:
        body = super().read(incoming)
        if body.form is not BodyForm.JSON:
            raise Refused(415, "JSON only")
        return body


CORRECT: dict[str, type[Receiver]] = {
    receiver.__name__: receiver
    for receiver in (
        Receiver,
        AnswersUnprocessable,
        AnswersNoContent,
        TrustsTheSignature,
        HasATimeWindow,
        RemembersNonces,
        ReadsOnlyJson,
    )
}
