"""The fast loop finds what the exact way finds, for any order and any number of places."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import orjson
import pytest
from unit.captures.lines import lines

from hookproof.captures.capture import Capture, Origin
from hookproof.contract import Contract
from hookproof.findings import Severity
from hookproof.http.request import write_json
from hookproof.payload.body import read_body
from hookproof.signature.secrets import Secrets
from hookproof.validation.validator import Validator, Verdict
from hookproof.validation_run.fast_path_router import FastPathRouter
from hookproof.validation_run.inspector import Inspector
from hookproof.validation_run.journal import Entry
from hookproof.validation_run.summary import NOT_CHECKED, Tally, as_data

FILE = "captures.ndjson"


def judged(captured: list[bytes], *, secrets: Secrets | None = None) -> list[Verdict]:
    """The verdict on each line, the exact way."""
    validator, numbered = Validator(Contract(), secrets=secrets), enumerate(captured, 1)
    return [validator.judge(read_body(raw), origin=Origin(FILE, n, n)) for n, raw in numbered]


def exactly(captured: list[bytes], *, examples: int, secrets: Secrets | None = None) -> Tally:
    """The outcome of judging each line the exact way."""
    return counted(judged(captured, secrets=secrets), examples=examples)


def counted(verdicts: list[Verdict], *, examples: int) -> Tally:
    """The outcome of verdicts on lines."""
    tally = Tally(examples)
    for number, verdict in enumerate(verdicts, 1):
        for finding in verdict.findings:
            tally.add(finding, record=number)
        failed = any(f.severity is Severity.ERROR for f in verdict.findings)
        if any(f.code == "HP222" for f in verdict.findings):
            continue
        state = verdict.signature.value if verdict.signature else NOT_CHECKED
        tally.of(verdict.callback).count(failed=failed, signature=state, moment=None)
    tally.records = len(verdicts)
    return tally


def comparable(tally: Tally) -> dict[str, object]:
    data = as_data(tally)
    data["groups"] = {tuple(group["key"]): group for group in data["groups"]}
    for callback in data["callbacks"].values():
        callback["signatures"] = {k: v for k, v in callback["signatures"].items() if v}
    return data


def settled(inspector: Inspector) -> Tally:
    tally = inspector.finish()
    inspector.settle(tally)
    return tally


@pytest.mark.parametrize("bad", [0.0, 0.05, 0.5])
def test_fast_loop_equals_exact_way(bad: float) -> None:
    """Counts, groups, first and last places are those of judging each line exactly."""
    captured = lines(3000, bad=bad, seed=int(bad * 100))
    verdicts = judged(captured)
    for examples in (1, 3):
        inspector = Inspector(Validator(Contract()), examples=examples)
        inspector.inspect_lines([captured], file=FILE)
        assert comparable(counted(verdicts, examples=examples)) == comparable(settled(inspector))


def test_a_line_is_decoded_no_more_often_than_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of a kind by loop, key and exact way; a clean one after it by the loop alone."""
    payload = Contract().callback("zego_rtc/record").examples[0].payload
    inspector, decoded = Inspector(Validator(Contract()), examples=2), Counter[Any]()
    loads = orjson.loads

    def counted(raw: Any) -> Any:
        decoded[raw] += 1
        return loads(raw)

    monkeypatch.setattr(orjson, "loads", counted)
    for changed, most in (({}, 1), ({"stream_alias": 5}, 2)):
        numbered = [{**payload, **changed, "nonce": str(100_000 + n)} for n in range(9)]
        written = [write_json(one).encode() for one in numbered]
        inspector.inspect_lines([written], file=FILE)
        often = [decoded[line] for line in written]
        assert max(often) <= 3
        assert max(often[4:]) <= most


def test_parts_add_up_to_the_whole() -> None:
    """A later part counts on what an earlier one found, and the sum is that of judging exactly."""
    captured = lines(3000, bad=0.3, seed=11)
    verdicts = judged(captured)
    for examples in (1, 4):
        inspector, outcome = Inspector(Validator(Contract()), examples=examples), Tally(examples)
        for begin in range(0, 3000, 250):
            inspector.begin(told=outcome.told)
            inspector.inspect_lines([captured[begin : begin + 250]], file=FILE)
            outcome.merge(inspector.finish(), records=begin, lines=begin)
        inspector.settle(outcome)
        assert comparable(counted(verdicts, examples=examples)) == comparable(outcome)


def test_what_is_no_callback_is_told_by_what_it_has_instead() -> None:
    """Bodies without a name fall into one group for each message, numbers over 64 bits too."""
    strays = [
        *('{"event":"zz"}', '{"event":"zz","a":1}', '{"event":"yy"}', '{"a":1}', '{"event":1.5}'),
        *(f'{{"event":{2**64 + n}}}' for n in range(3)),
        *('{"event":[1]}', '{"event":{"a":1.5}}', f'{{"event":"{"x" * 2000}"}}', "[]", '"x"'),
        '{"event":"zz","event":"zz"}',
    ]
    captured = [stray.encode() for stray in strays] * 4
    inspector = Inspector(Validator(Contract()), examples=2)
    inspector.inspect_lines([captured], file=FILE)
    outcome = settled(inspector)
    assert comparable(exactly(captured, examples=2)) == comparable(outcome)
    assert (
        sum(str(2**64)[:9] in str(group.finding.message) for group in outcome.groups.values()) == 3
    )


def test_blank_lines_are_no_records() -> None:
    """Where something stands is told by its line, and by how many captures came before it."""
    bad = b'{"event":"zz"}'
    inspector = Inspector(Validator(Contract()), examples=1)
    inspector.inspect_lines([[bad, b"", b" ", bad, bad, b"", bad]], file=FILE)
    (group,) = settled(inspector).groups.values()
    assert (group.count, group.places[0].line) == (4, 1)
    assert (group.last.record, group.last.line) == (4, 7)


def test_signatures_are_checked_in_the_fast_way() -> None:
    """With a secret at hand each signature is verified, and the wrong ones are found."""
    secrets = Secrets({"HOOKPROOF_SECRET": "secret"})
    captured = lines(300, bad=0.3, seed=4)
    inspector = Inspector(Validator(Contract(), secrets=secrets), examples=2, secrets=secrets)
    inspector.inspect_lines([captured], file=FILE)
    outcome = settled(inspector)
    assert comparable(exactly(captured, examples=2, secrets=secrets)) == comparable(outcome)
    valid = [outcome.of(name).signatures["valid"] for name in outcome.callbacks if name]
    assert sum(valid) > 10


def test_single_captures_equal_lines() -> None:
    """The same bodies handed in one by one give the same outcome."""
    captured = lines(500, bad=0.4, seed=9)
    one = Inspector(Validator(Contract()), examples=2)
    for number, raw in enumerate(captured, 1):
        one.inspect(Capture(Origin(FILE, number, number), raw))
    one.tally.records = len(captured)
    assert comparable(exactly(captured, examples=2)) == comparable(settled(one))


def test_tally_survives_the_journal() -> None:
    """A tally that was written to a journal and read again is the same tally."""
    tally = exactly(lines(200, bad=0.5, seed=3), examples=2)
    entry = Entry.model_validate_json(json.dumps({"part": 0, "tally": as_data(tally)}))
    assert as_data(entry.outcome(examples=2)) == as_data(tally)


def test_a_callback_that_one_field_names_is_led_to_once() -> None:
    """Also where it documents another callback's discriminator, whose values it never has."""
    contract = Contract()
    lanes = FastPathRouter(Validator(contract))
    for name in contract.names():
        for example in contract.callback(name).examples:
            lane = lanes.lead_soon(example.payload)
            assert lane is not None
            assert lane.path in {"", name}
    named = {lane.path for _, table in lanes.tables for lane in table.values()}
    assert {"zego_rtc/transcode_stop", "tencent_gme/voice_moderation", "zego_rtc/record"} <= named
    assert not any(name.startswith("tencent_trtc/") for name in named)


def test_two_fields_together_are_one_name() -> None:
    """Lines of callbacks that two fields name are judged as exactly as all others."""
    callback = Contract().callback("tencent_trtc/room_entered")
    good = json.dumps(callback.examples[0].payload).encode()
    captured = [good, good.replace(b"103", b"199"), good.replace(b'"Role": 21', b'"Role": 1')] * 5
    inspector = Inspector(Validator(Contract()), examples=2)
    inspector.inspect_lines([captured], file=FILE)
    outcome = settled(inspector)
    assert comparable(exactly(captured, examples=2)) == comparable(outcome)
    assert outcome.of(callback.path).captures == 10
    assert outcome.of(callback.path).failed == 5


@pytest.mark.parametrize("written", ["0.0", "0e0"])
def test_a_fraction_within_a_text_is_noted_each_time(written: str) -> None:
    """A payload is learned as one without it, and those that have it are told all the same."""
    callback = Contract().callback("zego_rtc/stream_create")
    payload = callback.examples[0].payload
    plain = json.dumps(payload | {"stream_attr": '{"cid":0}'}, separators=(",", ":"))
    odd = plain.replace('\\"cid\\":0', f'\\"cid\\":{written}')
    inspector = Inspector(Validator(Contract()))
    for number, text in enumerate([plain, odd, plain, odd, odd], 1):
        inspector.inspect(Capture(Origin(FILE, number, number), text.encode()))
    groups = inspector.tally.groups.values()
    assert [one.count for one in groups if one.finding.code == "HP232"] == [3]


def test_what_is_no_callback_is_judged_once_for_each_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many strangers are told as each by itself would be, and few are judged for that."""
    kinds: list[Any] = [{}, {"a": 1}, [], 3, "text", {"event": "none", "room_id": "r"}]
    kinds += [{"event": one} for one in ("none", 7, 1, True, None)]
    kinds += [{"EventType": 1, "EventGroupId": 99}]
    numbered = [one | {"n": n} for n in range(60) for one in kinds if isinstance(one, dict)]
    captured = [orjson.dumps(one) for one in [*kinds * 30, *numbered]]
    expected = exactly(captured, examples=3)
    tried: Counter[str] = Counter()
    judge = Validator.judge

    def counting(*given: Any, **named: Any) -> Verdict:
        tried["judged"] += 1
        return judge(*given, **named)

    monkeypatch.setattr(Validator, "judge", counting)
    inspector = Inspector(Validator(Contract()), examples=3)
    for number, raw in enumerate(captured, 1):
        inspector.inspect(Capture(Origin(FILE, number, number), raw))
    tally = settled(inspector)
    tally.records = len(captured)
    assert comparable(tally) == comparable(expected)
    assert tried["judged"] < len(captured) / 6
