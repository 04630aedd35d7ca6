"""Retries are those that the pages document, to the second, by each dated version of them."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from typing import Any

import pytest

from hookproof.contract import Contract
from hookproof.contract.model import Delivery, Source, Success
from hookproof.delivery.deliver import deliver, is_delivered
from hookproof.delivery.outage import lost, tolerance
from hookproof.delivery.policy import (
    Attempt,
    Ending,
    delivery_as_of,
    ending_of,
    next_attempt,
    offsets,
)
from hookproof.errors import UsageError
from hookproof.http.answer import Answer, Outcome

CONTRACT = Contract()


def policy(after: list[float] | None, *when: str, timeout: float | None = None) -> Delivery:
    """What a page may say."""
    retries = None if after is None else tuple(after)
    source = Source("https://example.com", "2026-01-02")
    return Delivery(source, Success("2XX"), timeout, when or ("no-response", "non-2XX"), retries)


# Callback, the page's date (None is the newest), and when the pages say that attempts begin.
SCHEDULES = [
    ("zego_rtc/record", None, (0, 2, 6, 14, 30, 62)),
    ("zego_rtc/room_login", None, (0, 2, 6, 14, 30, 62)),
    ("zego_cloud_player/player_created", None, (0, 0, 0)),
    ("zego_cloud_recording/uploading", None, (0, 5, 10)),
    ("zego_super_board/cvt_finish", None, (0, 15, 30)),
    ("tencent_trtc/room_entered", None, (0, 0, 10, 20, 30, 40, 50)),
    ("zego_mini_game/game_started", None, (0,)),
]


@pytest.mark.parametrize(("name", "date", "began"), SCHEDULES)
def test_schedules_are_those_of_the_pages(name: str, date: str | None, began: Any) -> None:
    """Attempts begin when the page says, and nothing comes after the last."""
    assert offsets(delivery_as_of(CONTRACT.callback(name), date)) == began


def test_the_occasion_counts() -> None:
    """A page that speaks of answers alone promises nothing where there is none."""
    old = delivery_as_of(CONTRACT.callback("zego_rtc/compose"), "2022-03-22")
    assert offsets(old, status=503) == (0, 15)
    assert offsets(old) == (0,)
    assert (tolerance(old).down, tolerance(old).failing) == (0, 15)


@pytest.mark.parametrize("date", ["yesterday", "2026", "30.11.2026", "2026-13-40x"])
def test_what_is_no_date_is_refused(date: str) -> None:
    """It would be compared as a text, and give the page of some other day."""
    with pytest.raises(UsageError, match="is no date"):
        delivery_as_of(CONTRACT.callback("zego_rtc/record"), date)


def test_a_number_of_the_page_moves_the_schedule() -> None:
    """The schedule is the data's: another number is another schedule."""
    newest = CONTRACT.callback("zego_rtc/record").deliveries[0]
    assert newest.retry_after is not None
    for at in range(len(newest.retry_after)):
        changed = list(newest.retry_after)
        changed[at] += 1
        moved = dataclasses.replace(newest, retry_after=tuple(changed))
        assert offsets(moved) != offsets(newest)


def test_an_older_page_is_asked_for_by_its_date() -> None:
    """The version of a day is the newest that was there; before the first there is none."""
    compose = CONTRACT.callback("zego_rtc/compose")
    assert delivery_as_of(compose, None) is compose.deliveries[0]
    assert delivery_as_of(compose, "2023-01-01").source.date == "2022-03-22"
    with pytest.raises(UsageError, match="as old as 2020"):
        delivery_as_of(compose, "2020-01-01")


def test_patience_goes_by_before_the_next_attempt() -> None:
    """Where nothing is answered, no attempt begins before the one before is over."""
    hanging = policy([0, 10], timeout=5)
    assert offsets(hanging) == (0, 0, 10)
    assert offsets(hanging, hanging=True) == (0, 5, 15)


@pytest.mark.parametrize("word", ["no-response", "non-2XX", "non-200", "undocumented", "silent"])
def test_every_status_is_tried_again_or_not_as_documented(word: str) -> None:
    """What is no success by the page is tried again where the page names the occasion."""
    one = policy([3], word)
    for status in (None, *range(100, 600)):
        right = status is not None and 200 <= status < 300
        occasions = {"no-response"} if status is None else {"non-2XX", "non-200"}
        ending = ending_of(one, status=status)
        assert (ending is Ending.DELIVERED) is right, status
        following = next_attempt(one, [Attempt(0, 0.1, ending, status)])
        assert following == (3 if word in occasions and not right else None), status


def test_the_wanted_body_counts() -> None:
    """Where a page wants a body, another one is no success."""
    wanting = dataclasses.replace(policy([1]), success=Success("200", "1"))
    assert ending_of(wanting, status=200, body=b" 1\n") is Ending.DELIVERED
    assert ending_of(wanting, status=200, body=b"ok") is Ending.REFUSED


class Clock:
    """A clock that only moves when somebody sleeps or works."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


@pytest.mark.parametrize("name", ["zego_rtc/record", "tencent_trtc/room_entered"])
@pytest.mark.parametrize("succeeds", [1, 2, 4, 99])
def test_delivery_follows_the_answers(name: str, succeeds: int) -> None:
    """It ends with the first success or the last attempt; waiting is what the page says."""
    clock, began = Clock(), list[float]()
    delivery = CONTRACT.callback(name).deliveries[0]

    def send() -> Answer:
        began.append(clock.now)
        clock.sleep(0.25)
        status = 200 if len(began) == succeeds else 503
        return Answer(Outcome.ANSWERED, status=status, elapsed=0.25)

    runs = list(deliver(delivery, send, clock=clock, sleep=clock.sleep))
    planned = offsets(delivery)
    assert len(runs) == min(succeeds, len(planned))
    assert is_delivered(runs[-1]) is (succeeds <= len(planned))
    gaps = [b - a for a, b in pairwise(began)]
    wanted = [max(b - a, 0.25) for a, b in pairwise(planned)]
    assert gaps == pytest.approx(wanted[: len(gaps)])


def test_waiting_is_scaled_and_deadlines_are_not() -> None:
    """Ten times faster means a tenth of the waiting; an attempt takes what it takes."""
    clock = Clock()

    def send() -> Answer:
        clock.sleep(1)
        return Answer(Outcome.TIMEOUT, elapsed=1)

    list(deliver(policy([5, 5]), send, clock=clock, sleep=clock.sleep, time_scale=10))
    assert clock.now - 1000 == pytest.approx(3 + 0.4 + 0.4)


def test_what_is_bridged() -> None:
    """An outage as long as the last attempt comes late costs nothing; one longer does."""
    record = CONTRACT.callback("zego_rtc/record").deliveries[0]
    assert tolerance(record).down == 62
    assert lost(record, [(0, 62)]) == []
    assert lost(record, [(0, 63)]) == [(0, 1)]
    assert lost(policy([]), [(0, 1)]) == [(0, 1)]
