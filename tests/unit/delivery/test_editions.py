"""Every edition of every page on delivery says what stands here, read from the pages by hand."""

from __future__ import annotations

import random
from itertools import accumulate
from typing import TYPE_CHECKING

from hookproof.contract import Contract
from hookproof.delivery.deliver import deliver, is_delivered
from hookproof.delivery.outage import lost
from hookproof.delivery.policy import offsets
from hookproof.http.answer import Answer, Outcome

if TYPE_CHECKING:
    from hookproof.contract.model import Delivery

CONTRACT = Contract()

# Area, date of the page, wanted answer, seconds of patience, occasions, seconds between attempts.
# "-" is where a page says nothing. One line is enough where the callbacks of an area agree.
EDITIONS = """
agora                   2026-06-17 200    10  no-response,non-200 -
agora_chat              2026-04-03 200    -   no-response,non-200 -
agora_chat              2026-04-03 200    -   never               never
livekit                 2026-11-29 2XX    -   undocumented        -
tencent_call            2024-08-09 200    2   never               never
tencent_css             2020-07-08 200    20  no-response,non-200 60,60,60
tencent_css             2025-12-03 200    20  no-response,non-200 120,120,120,120,120
tencent_css             2025-12-03 200   20  no-response,non-200 60,60,60,60,60,60,60,60,60,60,60,60
tencent_gme             2022-12-08 200    -   silent              -
tencent_gme             2024-01-18 2XX    -   undocumented        -
tencent_gme             2025-08-01 2XX    -   silent              -
tencent_im              2023-04-03 200    2   never               never
tencent_room            2024-08-09 200    2   never               never
tencent_room            2026-03-11 200    2   silent              -
tencent_room            2026-03-11 200    -   silent              -
tencent_trtc            2023-07-31 200    5   no-response,non-200 0,10,10,10,10,10
tencent_trtc            2024-08-01 200    5   no-response,non-200 0,10,10,10,10,10
tencent_trtc            2024-11-06 200    5   no-response,non-200 0,10,10,10,10,10
tencent_trtc            2024-11-19 200    5   no-response,non-200 0,10,10,10,10,10
tencent_trtc            2025-01-06 200    5   no-response,non-200 0,10,10,10,10,10
tencent_trtc            2025-03-27 200    5   no-response,non-200 0,10,10,10,10,10
tencent_trtc            2025-04-28 200    5   no-response,non-200 0,10,10,10,10,10
tencent_trtc            2025-07-16 200    5   no-response,non-200 0,10,10,10,10,10
tencent_trtc            2025-10-16 200    -   silent              -
tencent_trtc            2026-04-03 200    5   no-response,non-200 0,10,10,10,10,10
tencent_trtc            2026-05-27 200    5   no-response,non-200 0,10,10,10,10,10
tencent_trtc            2026-11-29 200    -   silent              -
tencent_vod             2022-10-27 2XX    -   silent              -
zego_ai_agent           2026-07-17 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_asr                2026-03-16 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_cloud_player       2025-12-22 2XX    -   no-response         0,0
zego_cloud_recording    2025-11-26 2XX    -   silent              -
zego_cloud_recording    2026-04-07 2XX    -   no-response         5,5
zego_cloud_recording_v1 2023-09-18 2XX    -   silent              -
zego_digital_human      2026-05-11 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_mini_game          2025-04-24 200    -   silent              -
zego_mini_game          2025-05-20 200    -   silent              -
zego_rtc                2022-03-22 2XX    -   non-2XX             15
zego_rtc                2023-04-17 2XX+1  -   no-response,non-2XX 2,4,8,16,32
zego_rtc                2026-01-08 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_rtc                2026-02-27 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_rtc                2026-03-16 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_rtc                2026-05-18 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_super_board        2025-11-17 2XX    -   no-response         15,15
zego_zim                2025-03-11 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_zim                2025-07-24 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_zim                2025-09-11 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_zim                2025-09-19 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_zim                2025-11-13 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_zim                2026-01-13 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_zim                2026-05-22 2XX    -   no-response,non-2XX 2,4,8,16,32
zego_zim                2026-07-24 2XX    2.5 no-response         0
zego_zim                2026-07-24 2XX    -   no-response         3,3
"""
LINES = {tuple(line.split()) for line in EDITIONS.strip().splitlines()}


def line_of(area: str, one: Delivery) -> tuple[str, ...]:
    """An edition as it is written above."""
    wanted = one.success.status + (f"+{one.success.body}" if one.success.body else "")
    patience = "-" if one.timeout is None else f"{one.timeout:g}"
    retries = "-" if one.retry_after is None else ",".join(f"{n:g}" for n in one.retry_after)
    never = retries == ""
    occasions = "never" if never else ",".join(one.retry_when)
    return area, one.source.date, wanted, patience, occasions, "never" if never else retries


def editions() -> dict[tuple[str, ...], Delivery]:
    """Each different edition of the contract once."""
    found = {}
    for name in CONTRACT.names():
        for one in CONTRACT.callback(name).deliveries:
            found[line_of(name.partition("/")[0], one)] = one
    return found


def test_each_edition_says_what_the_pages_say() -> None:
    """Another number, occasion or date in the contract is seen, and an edition more or less."""
    assert set(editions()) == LINES


def test_the_schedule_of_each_edition_is_exact() -> None:
    """By a virtual clock, for each way to fail: attempts begin as the page says, to the second."""
    for line, delivery in editions().items():
        patience = 0.0 if line[3] == "-" else float(line[3])
        gaps = [] if line[5] in {"-", "never"} else [float(n) for n in line[5].split(",")]
        ways = {
            "no-response": (Answer(Outcome.REFUSED), 0.0),
            "hangs": (Answer(Outcome.TIMEOUT), patience),
            "non-2XX": (Answer(Outcome.ANSWERED, status=503), 0.0),
        }
        for way, (answer, takes) in ways.items():
            occasion = "non-200" if way == "non-2XX" and "non-200" in line[4] else way
            again = ("no-response" if way == "hangs" else occasion) in line[4].split(",")
            planned = list(accumulate([max(gap, takes) for gap in gaps if again], initial=0.0))
            assert attempts(delivery, answer, takes) == planned, (line, way)


def attempts(delivery: Delivery, answer: Answer, takes: float) -> list[float]:
    """When attempts begin to which that comes, after so many seconds."""
    now, began = [0.0], []

    def sleep(seconds: float) -> None:
        now[0] += seconds

    def send() -> Answer:
        began.append(now[0])
        sleep(takes)
        return answer

    runs = list(deliver(delivery, send, clock=lambda: now[0], sleep=sleep))
    assert not any(map(is_delivered, runs))
    return began


def test_each_end_of_an_attempt_is_retried_or_not_as_documented() -> None:
    """Every status from 100 to 599, a reset, a timeout, a refusal, nothing at all."""
    silent = [Outcome.RESET, Outcome.TIMEOUT, Outcome.REFUSED, Outcome.CLOSED]
    for line, delivery in editions().items():
        status, _, body = line[2].partition("+")
        answers = [Answer(Outcome.ANSWERED, status=n, body=body.encode()) for n in range(100, 600)]
        retries = line[5] not in {"-", "never"}
        for answer in (*answers, *map(Answer, silent)):
            code = str(answer.status)
            right = code == status or (status == "2XX" and code.startswith("2") and len(code) == 3)
            occasions = {"no-response"} if answer.status is None else set()
            if answer.status is not None:
                occasions |= {"non-2XX"} if not code.startswith("2") else set()
                occasions |= {"non-200"} if code != "200" else set()
            again = retries and not right and bool(occasions & set(line[4].split(",")))
            runs = deliver(delivery, lambda a=answer: a, clock=lambda: 0.0, sleep=lambda _: None)
            first = next(runs)
            assert is_delivered(first) is right, (line, answer)
            assert (next(runs, None) is not None) is again, (line, answer)


def test_one_other_number_is_another_schedule() -> None:
    """No number of the data is without effect."""
    for line, delivery in editions().items():
        gaps = () if line[5] in {"-", "never"} else tuple(map(float, line[5].split(",")))
        status = None if "no-response" in line[4] else 503
        planned = offsets(delivery, status=status)
        assert planned == tuple(accumulate(gaps, initial=0.0)), line


def test_predicted_losses_are_those_of_a_simulation() -> None:
    """For each edition and 1,000 random outages: lost is what no attempt of gets through.

    What a callback loses depends on its edition alone, and all of those are here.
    """
    dice = random.Random(7)
    for line, delivery in editions().items():
        # As the vendor does it: attempt after attempt, by the answers.
        planned = attempts(delivery, Answer(Outcome.REFUSED), 0.0)
        for _ in range(1000):
            starts = [dice.uniform(0, 200) for _ in range(dice.randint(1, 4))]
            outages = [(start, start + dice.choice([1, 5, 30, 61, 90, 150])) for start in starts]
            at = dice.uniform(-80, 260)
            simulated = all(any(a <= at + off < b for a, b in outages) for off in planned)
            predicted = any(start <= at < end for start, end in lost(delivery, outages))
            assert simulated is predicted, (line, outages, at)
