"""Captured traffic: where it comes from, and what became of it."""

from __future__ import annotations

from hookproof.capture.run import CaptureReport, validate_captures
from hookproof.capture.sources import Capture, read_captures

__all__ = ["Capture", "CaptureReport", "read_captures", "validate_captures"]
