"""Runs a validation: plans the parts, judges them in one process or several, sums up in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from hookproof.captures.capture import Origin, Unreadable
from hookproof.errors import UsageError
from hookproof.signals import heeded
from hookproof.validation_run.chunks import STDIN, NoFile, Part, find_files, plan_parts
from hookproof.validation_run.summary import Tally
from hookproof.validation_run.worker import Task, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hookproof.validation_run.journal import Journal


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is to go. `progress` is told the bytes that are done and those of the whole."""

    jobs: int = 1
    format: str = ""
    journal: Path | None = None
    resume: bool = False
    progress: Callable[[int, int], None] = lambda _, __: None


def validate(
    names: Sequence[str],
    task: Task,
    *,
    options: RunOptions | None = None,
    stdin: BinaryIO | None = None,
) -> Tally:
    """Validate the captures that names stand for (files, folders, globs, "-").

    Whatever is wrong with a file or a capture is in the outcome. Raises UsageError where a name
    stands for no file, and it and ContractError for what else is wrong with the call. Ctrl-C
    ends it with what is known by then.
    """
    options = options or RunOptions()
    worker = Worker(task, stdin=stdin)
    found = find_files(names)
    files = [file for file in found if isinstance(file, str)]
    for name in found:
        if isinstance(name, NoFile):
            raise UsageError(f"{name.name}: {name.why}", hint="is the path right?")
    parts = list(plan_parts(files, format=options.format, options=worker.options))
    journal = None
    if options.journal:
        # It imports pydantic, for which a run without a journal has no use.
        from hookproof.validation_run import journal as journals  # noqa: PLC0415

        journal = journals.Journal(
            options.journal,
            run=journals.run_of(parts, task),
            resume=options.resume,
            examples=task.examples,
        )
    outcome = Tally(task.examples)
    _run(parts, worker, task, options, journal, outcome)
    return outcome


def _run(
    parts: list[Part],
    worker: Worker,
    task: Task,
    options: RunOptions,
    journal: Journal | None,
    outcome: Tally,
) -> None:
    """Judge all parts that are not done, and merge the outcomes in the order of the parts."""
    whole, ready = sum(part.size for part in parts), 0
    done = journal.done if journal else {}
    waiting = [part for number, part in enumerate(parts) if number not in done]
    judged = (worker.judge(part, told=outcome.told) for part in waiting)
    if options.jobs > 1 and len(waiting) > 1 and not any(STDIN in p.files for p in parts):
        # To import that is slow, and most runs are of one part.
        from hookproof.validation_run.processes import judge_in_processes  # noqa: PLC0415

        judged = judge_in_processes(waiting, task, jobs=options.jobs, told=lambda: outcome.told)
    sums = _Sums(outcome)
    with heeded() as interruption:
        try:
            for number, part in enumerate(parts):
                if number in done:
                    tally = done[number]
                else:
                    tally = next(judged)
                    if journal:
                        journal.add(number, tally)
                sums.add(part, tally)
                ready += part.size
                options.progress(ready, whole)
            sums.close()
        except (KeyboardInterrupt, ValueError) as error:
            interruption.taken()
            if isinstance(error, ValueError) and not interruption.asked:
                raise
            outcome.stopped = f"stopped after {sums.parts} of {len(parts)} parts"
        finally:
            judged.close()
            worker.settle(outcome)


class _Sums:
    """Adds tallies in order; the lines of a file that was cut into ranges are counted on."""

    def __init__(self, outcome: Tally) -> None:
        self.parts = 0
        self._outcome = outcome
        self._file = ""
        self._records = self._lines = self._found = 0

    def add(self, part: Part, tally: Tally) -> None:
        if not part.is_range or part.files[0] != self._file:
            self.close()
            self._file = part.files[0] if part.is_range else ""
            self._records = self._lines = self._found = 0
        self._outcome.merge(tally, records=self._records, lines=self._lines)
        self._records += tally.records
        self._lines += tally.lines
        self._found += tally.captures + tally.unread
        self.parts += 1

    def close(self) -> None:
        """Tell of a file in ranges that none of them held anything."""
        if self._file and not self._found:
            nothing = Unreadable(Origin(self._file), "HP120", "no line holds a callback")
            self._outcome.add(nothing.finding())
        self._file = ""
