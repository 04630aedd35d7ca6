"""Captures made fit for a public repository: pseudonyms for identities, a new signature."""

from __future__ import annotations

from hookproof.capture.sanitizing.refusal import Refusal
from hookproof.capture.sanitizing.run import Outcome, sanitize_files
from hookproof.capture.sanitizing.sanitizer import TEST_SECRET, Sanitized, Sanitizer

__all__ = ["TEST_SECRET", "Outcome", "Refusal", "Sanitized", "Sanitizer", "sanitize_files"]
