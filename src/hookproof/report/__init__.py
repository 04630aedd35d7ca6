"""How reports are written: as text for people, as JSON for programs."""

from __future__ import annotations
