"""Whatever becomes of a sample, it is judged without an exception and by all judges alike."""

from __future__ import annotations

import pytest
from unit.validation.mutations import Jury, mutants, variants


@pytest.mark.parametrize("seed", range(5))
def test_judges_agree_on_mutations(seed: int) -> None:
    """jsonschema, jsonschema-rs, the findings and the fast lane give one verdict on each."""
    jury = Jury()
    for raw in mutants(1000, seed=seed):
        jury.hear(raw)
    assert jury.disputes == []
    counts = jury.counts
    # The mutations reach all sides: unreadable ones, wrong ones, and ones that do no harm.
    assert min(counts["not decoded or not identified"], counts["invalid"], counts["valid"]) > 50
    assert counts["passed by the fast lane"] > 30


@pytest.mark.parametrize("seed", range(3))
def test_judges_agree_on_variants(seed: int) -> None:
    """The same of bodies that are nearly like one another, of which a fast lane learns."""
    jury = Jury()
    for raw in variants(2000, seed=seed):
        jury.hear(raw)
    assert jury.disputes == []
    assert jury.counts["passed by the fast lane"] > 500
