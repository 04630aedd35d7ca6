"""The number of this release, which reports, requests and `--version` name."""

from __future__ import annotations

__version__ = "0.1.0"
