"""Captured traffic: where it comes from, and what became of it."""

from __future__ import annotations

from hookproof.capture.run import Wish, validate
from hookproof.capture.tally import Tally
from hookproof.capture.work import Task

__all__ = ["Tally", "Task", "Wish", "validate"]
