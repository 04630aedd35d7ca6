"""What a change of a contract means to a receiver, and to those who test with it."""

from __future__ import annotations
