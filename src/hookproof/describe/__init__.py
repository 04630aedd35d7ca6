"""The contract as a person reads it: lists, pages, examples, and where each fact comes from.

What it shows is read in `contract`; reports on captures and receivers are in `report`.
"""

from __future__ import annotations
