"""Typed models made from a contract's schemas, by datamodel-code-generator.

The types that the models stand on are in `models`; payloads are drawn in conformance/generation.
"""

from __future__ import annotations

from hookproof.generation.generate import check_drift, write_models

__all__ = ["check_drift", "write_models"]
