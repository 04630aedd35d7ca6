"""Judges the parts of a run in several processes, and gives their outcomes in order.

Each process has a pipe of its own and is asked one thing at a time. So any of them may be
ended at any moment, and the others, and this one, are none the worse for it.
"""

from __future__ import annotations

import multiprocessing
import signal
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final

from hookproof.errors import ProcessEnded
from hookproof.validation_run.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Hashable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from hookproof.validation_run.chunks import Part
    from hookproof.validation_run.summary import Tally
    from hookproof.validation_run.worker import Task

# How many parts for each process may be done before the one that is waited for.
_AHEAD: Final = 4


def judge_in_processes(
    parts: Sequence[Part], task: Task, *, jobs: int, told: Callable[[], frozenset[Hashable]]
) -> Generator[Tally, None, None]:
    """Yield the outcome of each part, in order; `told` gives the groups that are told by then.

    Raises ProcessEnded where a process was ended from outside. All are ended with the
    generator.
    """
    workers = _start(task, min(jobs, len(parts)))
    idle = list(workers)
    busy: dict[Connection, int] = {}
    ready: dict[int, Tally] = {}
    handed = 0
    try:
        for wanted in range(len(parts)):
            while wanted not in ready:
                while idle and handed < min(len(parts), wanted + _AHEAD * jobs):
                    connection = idle.pop()
                    _ask(connection, parts[handed], told())
                    busy[connection] = handed
                    handed += 1
                answered = wait(list(busy))
                for connection in [each for each in busy if each in answered]:
                    ready[busy.pop(connection)] = _answer(connection)
                    idle.append(connection)
            yield ready.pop(wanted)
    finally:
        for connection, process in workers.items():
            connection.close()
            process.kill()
            process.join()


def _start(task: Task, jobs: int) -> dict[Connection, SpawnProcess]:
    # Not forked: a process with threads that is forked may stand still for ever.
    context = multiprocessing.get_context("spawn")
    # It starts with the first process else, and lets Ctrl-C through again while that is started.
    resource_tracker.ensure_running()
    workers = {}
    for _ in range(jobs):
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(task, theirs), daemon=True)
        with _undisturbed():
            process.start()
        theirs.close()
        workers[ours] = process
    return workers


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back while a process is started, which inherits that and keeps it.

    Ctrl-C is for the parent, which then ends its children.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ask(connection: Connection, part: Part, told: frozenset[Hashable]) -> None:
    try:
        connection.send((part, told))
    except OSError:
        raise ProcessEnded from None


def _answer(connection: Connection) -> Tally:
    try:
        tally: Tally = connection.recv()
    except (EOFError, OSError):
        raise ProcessEnded from None
    return tally


def _serve(task: Task, connection: Connection) -> None:
    """Judge what is asked until nobody is left to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker = Worker(task)
    try:
        while True:
            part, told = connection.recv()
            connection.send(worker.judge(part, told=told))
    except (EOFError, OSError):
        return
