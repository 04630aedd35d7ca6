"""Typed models made from a contract's schemas, by datamodel-code-generator."""

from __future__ import annotations

from hookproof.generation.generate import check_drift, write_models

__all__ = ["check_drift", "write_models"]
