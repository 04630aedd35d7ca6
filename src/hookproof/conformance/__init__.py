"""The receiver test: send what a vendor may send and what it never would, judge the answers.

Receivers to test it on are in `testing`, and what a report looks like is in `report`.
"""

from __future__ import annotations
