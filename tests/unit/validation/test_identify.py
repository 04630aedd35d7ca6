"""Callbacks are told by their discriminator fields, never by trying schemas."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from hookproof.contract import Callback, Contract
from hookproof.validation.identify import Directory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTRACT = Contract()
ALL = [CONTRACT.callback(name) for name in CONTRACT.names()]
# Two products whose names and numbers are not those of the other.
TWO = [one for one in ALL if one.area in {"zego_rtc", "tencent_gme"}]


def directory_of(callbacks: list[Callback]) -> Directory:
    """A directory of callbacks that were read already."""
    return Directory(callbacks, load={one.path: one for one in callbacks}.__getitem__)


def found(payload: Any, callbacks: list[Callback] = ALL) -> list[str]:
    """Names of the callbacks that a payload may be."""
    return sorted(callback.path for callback in directory_of(callbacks).candidates(payload))


def test_every_example_is_recognised() -> None:
    """Each example of the contract is its own callback and no other, whatever the area."""
    directory = directory_of(ALL)
    for callback in ALL:
        for chosen in callback.examples:
            names = [one.path for one in directory.candidates(chosen.payload)]
            assert names == [callback.path], chosen.name


def test_a_member_tells_products_apart_that_share_a_name() -> None:
    """What only one of the callbacks requires decides; where both are shown, nothing does."""
    rtc, zim = "zego_rtc/room_create", "zego_zim/room_create"
    named = {"event": "room_create"}
    assert found({**named, "room_session_id": "1"}) == [rtc]
    assert found({**named, "operator_account": ""}) == [zim]
    assert found({**named, "room_session_id": "1", "operator_account": ""}) == [rtc, zim]
    assert found({**named, "room_id": "1"}) == [rtc, zim]


@pytest.mark.parametrize(
    ("payload", "names"),
    [
        ({"event": "record"}, ["zego_rtc/record"]),
        ({"Event": "transcode_stop"}, ["zego_rtc/transcode_stop"]),
        ({"EventType": 1}, ["tencent_gme/recording"]),
        ({"EventType": 3}, ["tencent_gme/recording"]),
        ({"EventType": 4}, []),
        ({"EventType": "1"}, []),
        ({"EventType": True}, []),
        ({"EventType": None}, []),
        ({"EventType": [1]}, []),
        ({"EventType": {"a": 1}}, []),
        ({"event": "Record"}, []),
        ({"event": "record "}, []),
        ({"event": "transcode_stop"}, []),
        ({"Event": "record"}, []),
        ({"event": ""}, []),
        ({}, []),
        ([], []),
        ("record", []),
        (None, []),
        (1, []),
    ],
)
def test_the_discriminator_decides(payload: Any, names: list[str]) -> None:
    """Field, value and type of the discriminator must fit; anything else is no callback."""
    assert found(payload, TWO) == names


def test_two_discriminators_are_two_candidates() -> None:
    """A payload that names two callbacks may be either; the caller must say."""
    assert found({"event": "record", "EventType": 1}, TWO) == [
        "tencent_gme/recording",
        "zego_rtc/record",
    ]


def test_a_callback_that_wraps_another_is_told_by_its_name() -> None:
    """One that has another's names within it is meant where its own name stands beside them."""
    recording = {"EventGroupId": 3, "EventType": 305}
    wrapped = {**recording, "CallbackCommand": "Follow.CallbackAfterCloudRecordingChanged"}
    assert found(recording) == ["tencent_trtc/recording_upload_stopped"]
    assert found(wrapped) == ["tencent_room/follow_after_cloud_recording_changed"]


def test_one_name_in_two_products() -> None:
    """Two areas may use one name: both are candidates, and one area alone decides."""
    record = CONTRACT.callback("zego_rtc/record")
    other = dataclasses.replace(record, area="other")
    assert found({"event": "record"}, [record, other]) == ["other/record", "zego_rtc/record"]
    assert found({"event": "record"}, [other]) == ["other/record"]


def test_several_fields_must_all_fit() -> None:
    """Where two fields name a callback, one of them alone does not."""
    record = CONTRACT.callback("zego_rtc/record")
    pair = dataclasses.replace(record, discriminator={"group": (1, 2), "type": (101,)})
    assert found({"group": 2, "type": 101}, [pair]) == ["zego_rtc/record"]
    assert found({"group": 2}, [pair]) == []
    assert found({"group": 3, "type": 101}, [pair]) == []


def test_what_is_near_is_told() -> None:
    """Discriminator fields whose value names nothing are given with it, for the hint."""
    directory = directory_of(ALL)
    assert {"Event", "EventType", "event"} <= set(directory.fields)
    assert list(directory.fields) == sorted(directory.fields)
    assert directory.near({"event": "x", "a": 1, "EventType": None}) == {
        "EventType": None,
        "event": "x",
    }
    assert directory.near({"event": "record", "EventType": 99}) == {"EventType": 99}
    assert directory.near([]) == {}


PAIR = {"group": (1, 2), "type": (101, "x")}


@pytest.mark.parametrize(
    ("payload", "names"),
    [
        ({"group": 1, "type": 101}, ["zego_rtc/record"]),
        ({"group": 2, "type": "x"}, ["zego_rtc/record"]),
        ({"group": True, "type": 101}, []),
        ({"group": 1.5, "type": 101}, []),
        ({"group": "1", "type": 101}, []),
        ({"group": 1, "type": "101"}, []),
        ({"group": 1, "type": None}, []),
        ({"group": [1], "type": 101}, []),
    ],
)
def test_numbers_are_no_texts_in_pairs_either(payload: Any, names: list[str]) -> None:
    """Two fields are looked up together, each by value and type."""
    pair = dataclasses.replace(CONTRACT.callback("zego_rtc/record"), discriminator=PAIR)
    assert found(payload, [pair]) == names


def test_only_what_was_found_is_loaded() -> None:
    """A directory knows names and values; a callback is asked for when a payload names it."""
    loaded: list[str] = []

    def load(path: str) -> Callback:
        loaded.append(path)
        return CONTRACT.callback(path)

    directory = Directory(CONTRACT.listings(), load=load)
    assert directory.paths({"event": "record"}) == ["zego_rtc/record"]
    assert loaded == []
    assert [one.event for one in directory.candidates({"event": "record"})] == ["record"]
    assert loaded == ["zego_rtc/record"]


def test_fields_that_do_not_go_together_are_near() -> None:
    """Where each value names something, and all of them nothing, all are given."""
    record = CONTRACT.callback("zego_rtc/record")
    one = dataclasses.replace(record, discriminator={"group": (1,), "type": (101,)})
    other = dataclasses.replace(record, event="x", discriminator={"group": (2,), "type": (201,)})
    directory = directory_of([one, other])
    assert directory.near({"group": 1, "type": 201, "a": 1}) == {"group": 1, "type": 201}
    assert directory.near({"group": 1, "type": 301}) == {"type": 301}
    assert directory.near({"group": [], "type": 101}) == {"group": []}


def test_the_values_of_a_field_are_those_of_all_callbacks() -> None:
    """A field that names callbacks together with another has values too."""
    record = CONTRACT.callback("zego_rtc/record")
    pair = dataclasses.replace(record, event="x", discriminator={"group": (1,), "type": (101,)})
    directory = directory_of([record, pair])
    assert directory.values["type"] == {101}
    assert directory.values["event"] == {"record"}


@dataclasses.dataclass(frozen=True)
class Made:
    """A callback that a contract of somebody else may hold."""

    path: str
    discriminator: dict[str, tuple[str | int, ...]]
    schema: dict[str, Any] = dataclasses.field(default_factory=dict)


def made(*callbacks: Made) -> Directory:
    """A directory of such callbacks."""
    return Directory(callbacks, load={one.path: one for one in callbacks}.__getitem__)  # type: ignore[arg-type]


class TestBesideAndInside:
    """Callbacks named by a header, the query, a field inside, or by a field that is there."""

    PUSH = Made("v/push", {"header X-Event": ("push",)}, {"required": ["ref"]})
    PING = Made("v/ping", {"header X-Event": ("ping",)}, {"required": ["zen"]})
    KICK = Made("v/kick", {"query Command": ("kick",)})
    DONE = Made("v/done", {"/data/type": ("done",)})
    CHALLENGE = Made("v/challenge", {"/challenge": ()})
    ALL = made(PUSH, PING, KICK, DONE, CHALLENGE)

    def found(self, payload: Any, **beside: Any) -> list[str]:
        """The names of what a request may be."""
        return [one.path for one in self.ALL.candidates(payload, **beside)]

    def test_a_header_names_it(self) -> None:
        """A header's name is read in any letter case, its value as it is."""
        assert self.found({}, headers=[("x-event", "push")], url="/") == ["v/push"]
        assert self.found({}, headers=[("X-Event", "Push")], url="/") == []
        assert self.found({}, headers=[], url="/") == []

    def test_without_headers_its_own_members_tell(self) -> None:
        """A body alone may be any callback that a header names, unless a member decides."""
        assert self.found({}, url="/x") == ["v/ping", "v/push"]
        assert self.found({"zen": 1}, url="/x") == ["v/ping"]

    def test_the_query_names_it(self) -> None:
        """A parameter of the URL is decoded."""
        assert self.found({}, headers=[], url="/cb?Command=%6Bick") == ["v/kick"]
        assert self.found({}, headers=[], url="/cb?Command=kicks") == []

    def test_a_field_inside_names_it(self) -> None:
        """A pointer leads into objects; what is no object has no fields."""
        assert self.found({"data": {"type": "done"}}, headers=[], url="/") == ["v/done"]
        for data in ({"type": "x"}, "done", None, ["done"]):
            assert self.found({"data": data}, headers=[], url="/") == []

    def test_being_there_names_it(self) -> None:
        """Where it is enough that a field is there, any value but null is one."""
        assert self.found({"challenge": ""}, headers=[], url="/") == ["v/challenge"]
        assert self.found({"challenge": None}, headers=[], url="/") == []


def test_what_is_named_alone_is_what_a_closer_look_finds() -> None:
    """Of all samples, and of some whose names are missing, doubled or of an equal other type."""
    for area in (*CONTRACT.areas, ""):
        listed = CONTRACT.listings([area] if area else CONTRACT.areas)
        directory = Directory(listed, load=CONTRACT.callback)
        quick = Counter[bool]()
        for one in listed:
            sample = CONTRACT.callback(one.path).examples[0].payload
            for payload in (sample, *odd_ones(sample, directory.fields)):
                alone = directory.named_alone(payload)
                quick[alone is not None] += 1
                assert alone is None or directory.paths(payload) == [alone], (one.path, payload)
        assert quick[False]


def odd_ones(sample: dict[str, Any], fields: Iterable[str]) -> Iterator[dict[str, Any]]:
    """A sample with each of the fields that name callbacks otherwise."""
    for name in fields:
        yield {other: value for other, value in sample.items() if other != name}
        for value in (True, 1, 1.0, "1", None, [], {"a": 1}):
            yield {**sample, name: value}
