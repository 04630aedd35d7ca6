"""The receiver test: send what a vendor may send and what it never would, judge the answers."""

from __future__ import annotations
