"""Ctrl-C ends a run even where what it raised was lost on the way."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from hookproof.signals import Interruption, heeded, obeyed
from hookproof.validation_run import Task, run, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="this system has no timer of its own for signals"
)


@pytest.fixture(autouse=True)
def usual_handlers() -> Iterator[None]:
    """The handlers that a command starts with, and no timer left at the end."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, before)


def test_what_was_swallowed_comes_again() -> None:
    """An interruption that somebody took for something else is raised once more."""
    with heeded() as interruption:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        assert interruption.asked
        with pytest.raises(KeyboardInterrupt):
            time.sleep(30)


def test_what_has_arrived_does_not_come_again() -> None:
    """Once it is taken the timer is off, and the usual handlers are back."""
    with heeded() as interruption:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        interruption.taken()
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_nobody_elses_handler_is_replaced() -> None:
    """A program that has its own way with Ctrl-C keeps it."""
    mine = signal.signal(signal.SIGINT, signal.SIG_IGN)
    with heeded():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    signal.signal(signal.SIGINT, mine)


def test_nobody_elses_timer_is_touched() -> None:
    """A test runner that ends slow tests by a timer keeps it, with its handler."""
    before = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 60)
    with obeyed():
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)
    assert 50 < left <= 60


def test_another_thread_has_no_signals() -> None:
    """In a thread the block runs as it is."""
    found: list[Interruption] = []

    def work() -> None:
        with heeded() as interruption:
            found.append(interruption)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [Interruption(asked=False)]


def _lost() -> None:
    with suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    time.sleep(30)


def _mistaken() -> None:
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        raise ValueError("Failed to convert large integer to string") from None


def _missed() -> None:
    with suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("happens", [_lost, _mistaken, _missed])
def test_an_obeyed_interruption_arrives_whatever_became_of_it(happens: Callable[[], None]) -> None:
    """Swallowed, turned into another error or swallowed at the very end, it ends the block."""
    with pytest.raises(KeyboardInterrupt), obeyed():
        happens()


def test_obeying_hides_no_fault() -> None:
    """Without an interruption an error stays what it is."""
    with pytest.raises(ValueError, match="a fault"), obeyed():
        raise ValueError("a fault")


@pytest.mark.parametrize("happens", [_lost, _mistaken])
def test_a_run_stops_though_the_interruption_was_lost(
    happens: Callable[[], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Swallowed, or turned into another error, Ctrl-C gives a partial outcome."""
    monkeypatch.setattr(run.Worker, "judge", lambda *_, **__: happens())
    (tmp_path / "one.json").write_text("{}")
    assert validate([str(tmp_path)], Task()).stopped == "stopped after 0 of 1 parts"


def test_an_error_without_an_interruption_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A fault of our own is not taken for Ctrl-C."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("a fault")

    monkeypatch.setattr(run.Worker, "judge", fail)
    (tmp_path / "one.json").write_text("{}")
    with pytest.raises(ValueError, match="a fault"):
        validate([str(tmp_path)], Task())
