"""The hostile cast: each member is told by its own word, in time, and follows no lead of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cast import HOSTILE, serve_hostile

from hookproof.http.symptom import Symptom
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport

if TYPE_CHECKING:
    from hookproof.http.answer import Answer

TIMEOUT = 0.3
# What shows only over several exchanges, that is in a run.
IN_A_RUN = {"ChangesItsMind", "DiesAndComesBack"}
# Two that look the same from here: whatever was sent, the system has taken it.
SAME = {"ResetsAtOnce": "ResetsAfterTheRequest"}


def exchange(name: str) -> Answer:
    """One exchange with a member of the cast."""
    hostile = HOSTILE[name]
    with (
        serve_hostile(hostile) as url,
        Transport(resolve_target(url), timeout=TIMEOUT) as transport,
    ):
        return transport.send(bytes(hostile.request))


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in IN_A_RUN])
def test_each_is_told_by_its_word_in_time(name: str) -> None:
    """The exchange ends within the deadline and half a second, with the right word for it."""
    answer = exchange(name)
    assert (answer.outcome, answer.symptom) == (HOSTILE[name].outcome, HOSTILE[name].symptom)
    assert answer.elapsed < TIMEOUT + 0.5
    assert len(answer.body) <= 64 * 1024
    assert answer.detail.isascii()


def test_each_has_a_word_of_its_own() -> None:
    """No two members share a symptom, but for the two that no sender can tell apart."""
    words = [hostile.symptom for name, hostile in HOSTILE.items() if name not in SAME]
    assert len(set(words)) == len(words)
    assert len(HOSTILE) >= 24
    assert all(HOSTILE[one].symptom is HOSTILE[other].symptom for one, other in SAME.items())


def test_each_word_is_said_to_a_person() -> None:
    """Every symptom has its sentence, and no two have the same."""
    told = {symptom.told for symptom in Symptom}
    assert len(told) == len(Symptom)
    assert all(told)


@pytest.mark.parametrize("civil", [0, 1, 3])
def test_a_civil_beginning_is_kept_to(civil: int) -> None:
    """So many requests are answered with 200 before a member shows what it is."""
    hostile = HOSTILE["Status999"]
    with (
        serve_hostile(hostile, civil=civil) as url,
        Transport(resolve_target(url), timeout=TIMEOUT) as transport,
    ):
        statuses = [transport.send(b"{}").status for _ in range(civil + 1)]
    assert statuses == [200] * civil + [999]
