"""Captured bodies by the batch: a column of them in, a row of what was found out for each.

spark.py and others hand batches over; files of captures are a run of `validation_run`.
"""

from __future__ import annotations

from hookproof.batch.arrow import result_schema, validate_batch
from hookproof.batch.judge import RowJudge, RowResult
from hookproof.validation_run.worker import Task

__all__ = ["RowJudge", "RowResult", "Task", "result_schema", "validate_batch"]
