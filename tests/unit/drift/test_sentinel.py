"""What the contract does not know is told once, with a patch that accepts it and nothing more."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from hookproof.contract import Contract, ContractFiles
from hookproof.contract_proof.check import check_contract
from hookproof.contract_proof.examples import check_examples
from hookproof.drift.archive import Watch, watch_files, write_proposals
from hookproof.drift.draft import Draft
from hookproof.drift.new_event import place_of
from hookproof.drift.sentinel import Drift, Sentinel
from hookproof.payload.pointer import to_pointer
from hookproof.receiver import Receiver
from hookproof.signature.secrets import Secrets
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = Contract()
VALIDATOR = Validator(CONTRACT)
RECORD = CONTRACT.callback("zego_rtc/record").examples[0].payload


def look(sentinel: Sentinel, **changes: Any) -> tuple[Drift, ...]:
    """What is told of a record with changes."""
    return sentinel.look("zego_rtc/record", {**RECORD, **changes}, capture="#7")


@pytest.fixture
def sentinel() -> Sentinel:
    """One that has seen nothing."""
    return Sentinel(CONTRACT, VALIDATOR)


def nested(**changes: Any) -> str:
    """The nested JSON of a record, with changes."""
    return json.dumps({**json.loads(RECORD["extra_params"]), **changes})


@pytest.mark.parametrize(
    ("changes", "kind", "where", "found"),
    [
        ({"brand_new": 5}, "field", "/brand_new", "5"),
        ({"a/b": None}, "field", "/a~1b", "null"),
        ({"extra_params": nested(More=[{"x": 1}])}, "field", "/extra_params/More", '[{"x": 1}]'),
        ({"begin_time": 12}, "type", "/begin_time", "12"),
        ({"extra_params": nested(Duration="7")}, "type", "/extra_params/Duration", '"7"'),
        ({"stream_alias": None}, "type", "/stream_alias", "null"),
    ],
)
def test_it_is_told_once(
    sentinel: Sentinel, changes: dict[str, Any], kind: str, where: str, found: str
) -> None:
    """With what it is, where, the page and a patch; the same again is no news."""
    [one] = look(sentinel, **changes)
    assert (one.kind, one.where, one.found, one.capture) == (kind, where, found, "#7")
    assert one.source.startswith("https://")
    assert one.sentence
    assert one.accepts
    assert one.patch.startswith("--- a/schemas/zego_rtc/record.json\n+++ b/")
    assert look(sentinel, **changes) == ()


def test_a_patch_is_as_narrow_as_it_can_be(sentinel: Sentinel) -> None:
    """What else the contract refuses is refused as before; what it knows is known."""
    look(sentinel, begin_time=12)
    draft = sentinel.drafts["zego_rtc/record"]
    assert draft.knows(RECORD)
    assert not draft.judge.accepts({**RECORD, "begin_time": "yesterday"})
    assert not draft.judge.accepts({**RECORD, "end_time": 12})
    [one] = look(sentinel, begin_time="yesterday") or [None]
    # Another form of text is no news of the vendor's, and widens nothing.
    assert one is None


def test_what_a_clean_payload_shows_is_known(sentinel: Sentinel) -> None:
    """No example of any callback gives an alert."""
    for name in CONTRACT.names():
        for example in CONTRACT.callback(name).examples:
            told = sentinel.look(name, example.payload, capture="")
            known = VALIDATOR.compiled(name).unknown_in(example.payload)
            assert not told or known, (name, told)


def test_several_things_at_once(sentinel: Sentinel) -> None:
    """Each is told; the last patch accepts the whole."""
    told = look(sentinel, new_one=1, new_two="2", begin_time=3)
    assert sorted(one.where for one in told) == ["/begin_time", "/new_one", "/new_two"]
    assert [one.accepts for one in told].count(True) >= 1
    assert sentinel.drafts["zego_rtc/record"].knows(
        {**RECORD, "new_one": 1, "new_two": "2", "begin_time": 3}
    )


def test_a_new_value_of_a_list(sentinel: Sentinel) -> None:
    """Only that value is added."""
    for name in CONTRACT.names():
        callback = CONTRACT.callback(name)
        listed = [
            field
            for field, schema in callback.schema["properties"].items()
            if len(schema.get("enum", ())) > 1 and field in callback.examples[0].payload
        ]
        free = [field for field in listed if field not in callback.naming_fields]
        if not free:
            continue
        is_text = isinstance(callback.examples[0].payload[free[0]], str)
        new, other = ("NEVER_SEEN", "NOR_THIS") if is_text else (987_654, 987_655)
        payload = {**callback.examples[0].payload, free[0]: new}
        told = sentinel.look(name, payload, capture="")
        assert [(one.where, one.kind) for one in told] == [(f"/{free[0]}", "value")], name
        draft = sentinel.drafts[name]
        assert draft.knows(payload)
        assert not draft.judge.accepts({**payload, free[0]: other})
        return
    pytest.fail("no callback has a list of values")


def test_a_member_that_is_named_by_a_number(sentinel: Sentinel) -> None:
    """The validator tells it as an item; the sentinel broke on it."""
    event = "livekit/participant_joined"
    payload = CONTRACT.callback(event).examples[0].payload
    person = {**payload["participant"], "attributes": {"007": 5}}
    [told] = sentinel.look(event, {**payload, "participant": person}, capture="#7")
    assert told.where == "/participant/attributes/007"


def test_an_event_that_no_page_knows(sentinel: Sentinel) -> None:
    """A schema of its own is drafted after its nearest; told once, and its later fields too."""
    payload = {**RECORD, "event": "record_paused", "pause": 3}
    [one] = sentinel.look("", payload, capture="#1")
    assert (one.kind, one.callback) == ("event", "zego_rtc/record_paused")
    assert "--- /dev/null\n+++ b/schemas/zego_rtc/record_paused.json" in one.patch
    assert one.accepts
    assert sentinel.look("", payload, capture="#2") == ()
    without = {name: value for name, value in payload.items() if name != "replay_url"}
    assert sentinel.look("", without, capture="#3") == ()
    [more] = sentinel.look("", {**payload, "later": 1}, capture="#4")
    assert (more.kind, more.where) == ("field", "/later")
    assert sentinel.look("", {"event": "nothing like it"}, capture="#5") == ()


def test_a_patch_applies_and_accepts(tmp_path: Path) -> None:
    """`validate --propose` and `git apply`: the archive then shows nothing new."""
    captures = tmp_path / "captures.ndjson"
    seen = [{**RECORD, "fresh": [1]}, RECORD, {**RECORD, "begin_time": 1}]
    captures.write_text("".join(f"{json.dumps(one)}\n" for one in seen), encoding="utf-8")
    watch = Watch(CONTRACT, VALIDATOR, Secrets({}))
    told = list(watch_files([str(captures)], watch, options=_options()))
    assert [one.capture for one in told] == [f"{captures}, capture {n}" for n in (1, 3)]
    write_proposals(tmp_path / "out", watch, told)
    source = CONTRACT.files.schema("zego_rtc", "record")
    copy = tmp_path / "schemas" / "zego_rtc" / "record.json"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(source.read_bytes())
    subprocess.run(
        ["git", "apply", "--unsafe-paths", "--directory", str(tmp_path), "out/contract.patch"],
        cwd=tmp_path,
        check=True,
    )
    assert copy.read_text(encoding="utf-8") == (
        tmp_path / "out" / "schemas" / "zego_rtc" / "record.json"
    ).read_text(encoding="utf-8")
    draft = Draft(source, copy.read_text(encoding="utf-8"), label="record")
    assert all(map(draft.knows, seen))
    assert "a field that no page knows" in (tmp_path / "out" / "seen.md").read_text("utf-8")


def _options() -> Any:
    from hookproof.captures.formats import ReadOptions  # noqa: PLC0415

    return ReadOptions(sought=VALIDATOR.sought)


def test_a_stranger_changes_nothing() -> None:
    """What is not signed rightly, where a secret is at hand, is no news."""
    from hookproof.captures.capture import Capture, Origin  # noqa: PLC0415

    watch = Watch(CONTRACT, VALIDATOR, Secrets({"HOOKPROOF_SECRET": "right"}))
    for secret, count in (("wrong", 0), ("right", 1)):
        request = Receiver("zego_rtc", secret=secret).sign("record", {**RECORD, "forged": 1})
        capture = Capture(Origin("f", 1), request.body, request.headers)
        assert len(watch.look(capture, "#1")) == count


def test_what_is_proposed_of_a_new_event_is_a_contract(tmp_path: Path) -> None:
    """Schema and document together pass the proof, and then the event is known.

    An event that a number beside another names, one that a text within the payload names, one whose
    sister has what it lacks, and nested JSON whose shapes have names.
    """
    known = CONTRACT.callback("agora/cloud_transcoder_updated").examples[0].payload
    deep = renamed(known, ("payload", "details", "event")) or {}
    changes: dict[str, dict[str, Any]] = {
        "tencent_trtc/ai_error": {"EventGroupId": 77, "more": {"deep": [1, "a"]}},
        "agora/cloud_transcoder_updated": {"payload": deep["payload"]},
        "zego_zim/bot_msg": {"event": "brand_new"},
        "zego_rtc/record": {"event": "record_paused", "paused": None},
    }
    areas = ["common", *(name.partition("/")[0] for name in changes)]
    for area in areas:
        shutil.copytree(CONTRACT.files.schemas / area, tmp_path / "schemas" / area)
    (tmp_path / "openapi").mkdir()
    for area in areas[1:]:
        shutil.copy(CONTRACT.files.document(area), tmp_path / "openapi")
    contract = Contract(ContractFiles(tmp_path / "schemas", tmp_path / "openapi"))
    watch = Watch(contract, Validator(contract), Secrets({}))
    seen = [
        {**CONTRACT.callback(name).examples[0].payload, **changed}
        for name, changed in changes.items()
    ]
    told = [one for value in seen for one in watch.sentinel.look("", value, capture="#1")]
    assert [one.kind for one in told] == ["event"] * 4
    assert all("+++ b/openapi/" in one.patch and one.accepts for one in told)
    write_proposals(tmp_path, watch, told)
    grown = ContractFiles(tmp_path / "schemas", tmp_path / "openapi")
    assert [*check_contract(grown), *check_examples(grown)] == []
    sentinel = Sentinel(Contract(grown), Validator(Contract(grown)))
    for one, value in zip(told, seen, strict=True):
        assert sentinel.validator.identify(value)[0].path == one.callback
        assert sentinel.look(one.callback, value, capture="#2") == ()


def test_a_proposal_has_nothing_of_somebodys_own(sentinel: Sentinel) -> None:
    """The example of a new event says nothing that the capture said of people and rooms."""
    payload = {**RECORD, "event": "record_paused", "who": "Jane Doe", "ids": ["4711"]}
    payload["stream_alias"] = "Jane's room"
    [one] = sentinel.look("", payload, capture="#1")
    assert "Jane" not in one.patch
    assert "4711" not in one.patch


def renamed(payload: dict[str, Any], place: tuple[str, ...]) -> dict[str, Any] | None:
    """A payload with a name that no page knows at a place; None where nothing stands there."""
    if place[0] not in payload:
        return None
    known = payload[place[0]]
    if len(place) > 1:
        new: Any = renamed(known, place[1:])
    else:
        new = "never_seen" if isinstance(known, str) else 900_005
    return {**payload, place[0]: new}


def test_an_unknown_name_is_an_event_of_its_own_area_whatever_lies_beside_it() -> None:
    """Each field that names callbacks, in each example of all: no other one's, with what it holds.

    What wraps a callback of another area has a name of its own beside that one's.
    """
    watch, told = Watch(CONTRACT, VALIDATOR, Secrets({})), set()
    for name in CONTRACT.names():
        callback = CONTRACT.callback(name)
        # What need only be there has no value that names anything.
        for place in (place_of(name) for name, values in callback.discriminator.items() if values):
            for example in callback.examples:
                payload = renamed(example.payload, place)
                if payload is None:
                    continue
                assert VALIDATOR.identify(payload) == [], (name, place)
                beside = tuple(key for key in VALIDATOR.directory.fields if key in payload)
                if (callback.area, place, beside) not in told:
                    told.add((callback.area, place, beside))
                    watch.sentinel.events.clear()
                    [one] = watch.sentinel.look("", payload, capture="#1")
                    seen = (one.kind, one.callback.partition("/")[0], one.where, one.accepts)
                    assert seen == ("event", callback.area, to_pointer(place), True), name


def test_the_nearest_callback_has_the_fewest_faults(sentinel: Sentinel) -> None:
    """Not the one with the most of its members: two areas have equal ones, with other types."""
    for name in ("zego_ai_agent/asr_result", "agora/cloud_transcoder_updated"):
        callback = CONTRACT.callback(name)
        place = place_of(list(callback.discriminator)[-1])
        payload = renamed(callback.examples[0].payload, place)
        [one] = sentinel.look("", payload, capture="#1")
        assert one.sentence.startswith(f"nearest is {name}:")


def test_only_the_unknown_name_is_strange_of_one_that_wraps_a_known_callback() -> None:
    """What the inner one is named by is as it should be, and is not told beside it."""
    known = CONTRACT.callback("tencent_room/live_after_cloud_recording_changed").examples[0].payload
    payload = {**known, "CallbackCommand": "never_seen"}
    assert VALIDATOR.directory.near(payload) == {"CallbackCommand": "never_seen"}
