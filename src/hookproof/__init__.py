"""The contract of vendors' server callbacks as data, and the tools on it."""

from __future__ import annotations

__version__ = "0.1.0"
