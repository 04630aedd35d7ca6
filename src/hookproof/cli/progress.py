"""A line on a terminal that tells how far a run is; nothing in a pipe."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress_of(
    names: list[str], *, each: int, quiet: bool
) -> Iterator[Callable[[str, int], None]]:
    """Show one bar for each name; gives what to call with a name and its count.

    `each` is the most that a count can become.
    """
    if quiet or not sys.stderr or not sys.stderr.isatty():
        yield lambda _, __: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {name: bars.add_task(name, total=each) for name in names}
        yield lambda name, count: bars.update(tasks[name], completed=count)


@contextmanager
def bytes_progress(*, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Show one bar of bytes, with the rate and the time left; gives what to call with both."""
    if quiet or not sys.stderr or not sys.stderr.isatty():
        yield lambda _, __: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)
        yield lambda ready, whole: bars.update(task, completed=ready, total=whole)
