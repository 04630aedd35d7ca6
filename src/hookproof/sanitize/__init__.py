"""Captures made fit for a public repository: pseudonyms for identities, a new signature.

Every format is read by `captures`; what is written is one format, requests on lines.
"""

from __future__ import annotations

from hookproof.sanitize.files import Outcome, Reading, sanitize_files
from hookproof.sanitize.refusal import Refusal
from hookproof.sanitize.sanitizer import Sanitized, Sanitizer

__all__ = ["Outcome", "Reading", "Refusal", "Sanitized", "Sanitizer", "sanitize_files"]
