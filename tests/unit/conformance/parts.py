"""What the tests of the receiver test are made of: callbacks, senders, answers."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING, Any

from hookproof.conformance.sending.sender import Sender
from hookproof.contract import Callback, Contract
from hookproof.http.answer import Answer, Outcome
from hookproof.validation.compiled_callback import CompiledCallback

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = b"9193cc662a4c0ec135ec71fb57194b38"
NOW = 1_800_000_000.25


@cache
def contract() -> Contract:
    """The shipped contract, read once."""
    return Contract()


# One of each kind: signed in the body and in a header, with and without nested JSON, told apart by
# a text and by several numbers.
NAMES = (
    "tencent_gme/recording",
    "zego_rtc/compose",
    "zego_rtc/procedure",
    "zego_rtc/record",
    "zego_rtc/transcode_stop",
)


def callback(name: str) -> Callback:
    """A callback by its name."""
    return contract().callback(name)


@cache
def compiled(name: str) -> CompiledCallback:
    """A callback with its judges."""
    return CompiledCallback(callback(name))


def payload(name: str) -> dict[str, Any]:
    """The documented sample of a callback."""
    return callback(name).examples[0].payload


def sender(
    of: Callback, *, clock: Callable[[], float] = lambda: NOW, seed: int = 1, encoding: str = ""
) -> Sender:
    """A sender of a callback that repeats itself."""
    chance = random.Random(seed)
    return Sender(of, SECRET, clock, chance, encoding or of.signature.encodings[0])


def answered(status: int, body: bytes = b"", *, elapsed: float = 0.1) -> Answer:
    """An answer with a status."""
    return Answer(Outcome.ANSWERED, status, body=body, elapsed=elapsed)


def unanswered(outcome: Outcome, detail: str = "") -> Answer:
    """An exchange without an answer."""
    return Answer(outcome, elapsed=0.5, detail=detail)
