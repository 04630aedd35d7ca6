"""A run of `hookproof validate`: files in parts, captures by the fast path, findings by cause.

Formats live in `captures`, the judging of one body in `validation`, reports in `report`.
"""

from __future__ import annotations

from hookproof.validation_run.run import RunOptions, validate
from hookproof.validation_run.summary import Tally
from hookproof.validation_run.worker import Task

__all__ = ["RunOptions", "Tally", "Task", "validate"]
