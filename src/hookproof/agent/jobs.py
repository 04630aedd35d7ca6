"""Tests of receivers that run while an agent does something else, their first verdict early."""

from __future__ import annotations

import json
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from hookproof.agent.command_line import Outcome, begin
from hookproof.errors import UsageError
from hookproof.user_cache import scratch_folder

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

# Few requests still try every check, so what they find is there within seconds.
FIRST_LOOK: Final = 20
_MOST_JOBS: Final = 4


@dataclass(slots=True)
class Job:
    """A test of a receiver: what was asked for, and what is known by now."""

    number: int
    url: str
    report: Path
    begun: float
    first: Outcome | None = None
    whole: Outcome | None = None
    is_ended: threading.Event = field(default_factory=threading.Event)
    process: subprocess.Popen[str] | None = None

    def state(self, now: float) -> str:
        """What is known by now, as lines."""
        if self.is_ended.is_set():
            ended = self.whole or self.first
            return ended.text if ended else "it was ended before it found anything"
        running = f"job {self.number} is running since {now - self.begun:.0f} s"
        if self.first is None:
            return f"{running}; nothing is known yet"
        return f"{running}. A first look with few requests says:\n{self.first.text}"

    def causes(self) -> list[dict[str, Any]]:
        """The causes of the newest report, heaviest first; none where there is no report yet."""
        try:
            return list(json.loads(self.report.read_bytes())["causes"])
        except (OSError, ValueError, KeyError):
            return []


class Jobs:
    """The jobs of a server, each with a folder of its own that goes when the server ends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._closing = ExitStack()
        self._folder = self._closing.enter_context(scratch_folder("hookproof-agent-"))
        self._jobs: dict[int, Job] = {}
        self._is_closed = False

    def begin(self, url: str, words: Callable[[Path, int | None], list[str]]) -> Job | None:
        """Begin a test; None where as many are running as may.

        `words` gives the call that writes its report to a path, with so many cases at most.
        """
        if sum(not job.is_ended.is_set() for job in self._jobs.values()) >= _MOST_JOBS:
            return None
        number = len(self._jobs) + 1
        report = self._folder / f"report{number}.json"
        job = self._jobs[number] = Job(number, url, report, self._clock())
        threading.Thread(target=self._work, args=(job, words), daemon=True).start()
        return job

    def find(self, number: int) -> Job | None:
        """A job by its number."""
        return self._jobs.get(number)

    def state(self, job: Job, *, wait: float) -> str:
        """What is known of a job after so many seconds, or as soon as it has ended."""
        job.is_ended.wait(wait)
        return job.state(self._clock())

    def close(self) -> None:
        """End what is running, and remove the reports."""
        self._is_closed = True
        for job in self._jobs.values():
            if job.process is not None and job.process.poll() is None:
                job.process.terminate()
        for job in self._jobs.values():
            job.is_ended.wait(10)
        self._closing.close()

    def _work(self, job: Job, words: Callable[[Path, int | None], list[str]]) -> None:
        try:
            job.first = self._run(job, words(job.report, FIRST_LOOK))
            # What is wrong with the call, or nobody's being there, a longer run says no better.
            if job.first.code in {0, 1, 4} and not self._is_closed:
                job.whole = self._run(job, words(job.report, None))
        finally:
            job.is_ended.set()

    def _run(self, job: Job, words: list[str]) -> Outcome:
        try:
            job.process = begin(words)
        except UsageError as error:
            return Outcome(2, "", str(error))
        out, err = job.process.communicate()
        return Outcome(job.process.returncode, out, err)
