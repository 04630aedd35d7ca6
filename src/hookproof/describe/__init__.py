"""The contract as a person reads it: lists, pages, examples, and where each fact comes from."""

from __future__ import annotations
