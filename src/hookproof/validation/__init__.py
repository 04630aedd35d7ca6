"""Is this payload what the contract says? Identifying, judging fast, explaining exactly."""

from __future__ import annotations
