"""Sees to it that Ctrl-C is not lost on the way."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# Seconds until an interruption that nobody has taken comes again.
_AGAIN: Final = 0.5


@dataclass(slots=True)
class Interruption:
    """Whether Ctrl-C was pressed, whatever has become of the KeyboardInterrupt since."""

    asked: bool = False

    def taken(self) -> None:
        """Note that it has arrived, so that it does not come again."""
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)

    def interrupt(self, *_: Any) -> None:
        """Raise KeyboardInterrupt, and see to the next one."""
        self.asked = True
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)
        raise KeyboardInterrupt


@contextmanager
def obeyed() -> Iterator[None]:
    """A block that ends with KeyboardInterrupt after Ctrl-C, whatever became of it on the way."""
    with heeded() as interruption:
        try:
            yield
        except ValueError:
            if not interruption.asked:
                raise
        except KeyboardInterrupt:
            interruption.taken()
            raise
    if interruption.asked:
        raise KeyboardInterrupt


@contextmanager
def heeded() -> Iterator[Interruption]:
    """While the block runs, a KeyboardInterrupt that was swallowed comes again.

    jsonschema-rs writes long integers as text, which calls the handler of a signal; what that
    raises it takes for an error of its own, and goes on or raises a ValueError. Where somebody
    else has a handler or a timer, or this is not the main thread, nothing is changed.
    """
    interruption = Interruption()
    if not _is_free():
        yield interruption
        return
    numbers = [signal.SIGINT, *([signal.SIGALRM] if hasattr(signal, "SIGALRM") else [])]
    before = {number: signal.signal(number, interruption.interrupt) for number in numbers}
    try:
        yield interruption
    finally:
        interruption.taken()
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_free() -> bool:
    """Whether the signals are nobody's: a test runner may have a timer for each test."""
    if threading.current_thread() is not threading.main_thread():
        return False
    if hasattr(signal, "SIGALRM") and signal.getsignal(signal.SIGALRM) is not signal.SIG_DFL:
        return False
    return signal.getsignal(signal.SIGINT) is signal.default_int_handler
