"""Sanitised captures tell nobody's identity, and are the same captures in every other way."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest
from small_contract import SAMPLE, SOURCE, write_contract

from hookproof.captures.capture import Capture, Origin
from hookproof.contract import Contract, contract_in
from hookproof.errors import UsageError
from hookproof.http.request import Sending, write_request
from hookproof.payload.body import read_body
from hookproof.sanitize import Refusal, Sanitized, Sanitizer
from hookproof.sanitize import sanitizer as module
from hookproof.sanitize.body_editor import BodyEditor
from hookproof.sanitize.edits import apply
from hookproof.sanitize.free_text import FreeText
from hookproof.sanitize.keeping import Keeping
from hookproof.sanitize.known_ids import KnownIds
from hookproof.sanitize.pseudonyms import Permutation, Pseudonyms
from hookproof.signature import SignatureState
from hookproof.signature.secrets import PUBLISHED_SECRET, Secrets
from hookproof.validation.validator import Validator

PAYLOADS = Path(__file__).parents[2] / "payloads"
CAPTURES = Path(__file__).parents[2] / "captures"
SALT = bytes(range(32))
DAY_AND_TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$"
OLD = "dtOKZwuYaVmTNMKitMznTDdiJ2o="
# The products that send the samples below; what names a callback in one is nothing in the other.
AREAS = ("tencent_gme", "zego_rtc")
GME = {
    "BizID": 1400000000,
    "RoomID": "room-77",
    "UserID": "Alice",
    "TaskID": 446946705284000000,
    "RecordMode": 1,
    "Timestamp": 1675930605,
    "EventType": 3,
    "Detail": {
        "SeqNo": 12,
        "FileName": "1400000000_room-77_Alice/2023-02-09-16-16-45_446946705284000000_audio.mp3",
    },
}
RECORD = {
    "stream_alias": "alices-stream",
    "replay_url": "http://user:pw@vod.customer.cn:8080/alices-stream/5285890813221514958.m3u8?uid=77",
    "begin_time": "1481597358",
    "end_time": "1481597358",
    "extra_params": json.dumps(
        {"TaskId": "1400341231-Record-58ed713tt0", "FileID": "5285890813221514958", "Duration": 6}
    ),
    "timestamp": "1481597358",
    "nonce": "158273",
    "signature": "284ab8ee0bea09677148e517b1ef42f7120b73f4",
    "appid": "3271828182",
    "event": "record",
}


def files(area: str, *kinds: str) -> list[Path]:
    """The payload files of an area, * for all of them, that are of some kinds."""
    return sorted(file for kind in kinds for file in PAYLOADS.glob(f"{area}/*/{kind}/*"))


EVERY_AREA = sorted(folder.name for folder in PAYLOADS.iterdir() if folder.is_dir())


def area_of(file: Path) -> tuple[str, ...]:
    """The area that a payload file is of."""
    return (file.relative_to(PAYLOADS).parts[0],)


@cache
def contract() -> Contract:
    """The shipped contract."""
    return Contract()


@cache
def names_of(callback: str) -> frozenset[str | int]:
    """The values that name a callback, wherever they stand."""
    return frozenset().union(*contract().callback(callback).discriminator.values())


@cache
def sanitizer(salt: bytes = SALT, areas: tuple[str, ...] = AREAS) -> Sanitizer:
    """A sanitizer of some areas of the shipped contract."""
    return Sanitizer(contract(), salt=salt, areas=areas)


@cache
def validator(areas: tuple[str, ...] = AREAS) -> Validator:
    """A validator of the same areas that knows the published secret."""
    return Validator(contract(), areas=areas, secrets=Secrets({}, PUBLISHED_SECRET))


def captured(body: bytes, **more: Any) -> Capture:
    """A capture with a body, and what else was kept of it."""
    return Capture(Origin("f"), body, **more)


def made(raw: bytes | dict[str, Any], *, areas: tuple[str, ...] = AREAS, **more: Any) -> Sanitized:
    """What became of a capture that is fit to be sanitised."""
    data = raw if isinstance(raw, bytes) else json.dumps(raw, ensure_ascii=False).encode()
    result = sanitizer(areas=areas).sanitize(captured(data, **more))
    assert isinstance(result, Sanitized), result
    return result


@cache
def made_of(file: Path) -> Sanitized:
    """What became of a payload file."""
    return made(file.read_bytes(), areas=area_of(file))


def value(raw: bytes | dict[str, Any]) -> Any:
    """The payload of a sanitised capture."""
    return read_body(made(raw).raw).value


def refused(raw: bytes | dict[str, Any]) -> Refusal:
    """Why a capture is not sanitised."""
    data = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    result = sanitizer().sanitize(captured(data))
    assert isinstance(result, Refusal)
    return result


def found(raw: bytes, *, areas: tuple[str, ...] = AREAS) -> set[tuple[str, str]]:
    """What is wrong with a body, its signature left out."""
    verdict = validator(areas).judge(read_body(raw))
    return {(f.code, f.where) for f in verdict.findings if f.code[:4] != "HP30"}


def shape(text: str) -> str:
    """A text with each letter and each digit made one of its class."""
    return re.sub("[A-Z]", "A", re.sub("[a-z]", "a", re.sub("[0-9]", "0", text)))


# Pseudonyms


@pytest.mark.parametrize("size", [1, 2, 3, 9, 26, 90, 676, 900])
def test_a_permutation_meets_every_number_once_and_none_itself(size: int) -> None:
    """No two numbers become one, and none stays what it is but the only one."""
    moved = [Permutation(SALT, size=size).moved(number) for number in range(size)]
    assert sorted(moved) == list(range(size))
    assert size == 1 or all(number != other for number, other in enumerate(moved))


LIMITS = [7, 100, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**53 - 1, 2**53 + 1, 2**63 - 1, 2**64 - 1]


@pytest.mark.parametrize("number", [*LIMITS, 2**64, 10**30 + 1, 10**99 + 7])
def test_a_number_stays_as_long_and_within_its_type(number: int) -> None:
    """A pseudonym has as many digits, begins with none that is 0, and crosses no type's limit."""
    text = Pseudonyms(SALT).digits(str(number))
    assert text != str(number)
    assert len(text) == len(str(number))
    assert text[0] != "0"
    for limit in (2**31, 2**32, 2**53, 2**63, 2**64):
        assert (int(text) < limit) is (number < limit)


def test_short_ids_never_meet() -> None:
    """All numbers of three digits, and all words of two letters, become as many others."""
    names = Pseudonyms(SALT)
    numbers = {names.digits(str(number)) for number in range(100, 1000)}
    words = {names.word(a + b) for a in "abcdefghijklmnop" for b in "qrstuvwxyz"}
    assert len(numbers) == 900
    assert len(words) == 160


def test_a_bound_of_the_contract_is_not_crossed() -> None:
    """Where a schema ends at a number of its own, so do the pseudonyms below it."""
    names = Pseudonyms(SALT, bounds=[5_000_000_000])
    below = [int(names.digits(str(4_999_999_000 + n))) for n in range(200)]
    assert all(2**32 <= number < 5_000_000_000 for number in below)


def test_a_number_alone_between_two_bounds_becomes_another() -> None:
    """A bound never makes an id stay what it is."""
    assert Pseudonyms(SALT, bounds=[5_000_000, 5_000_001]).digits("5000000") != "5000000"


def test_pseudonyms_depend_on_the_salt_alone() -> None:
    """The same salt gives the same ones, another salt others."""
    first, same, other = Pseudonyms(SALT), Pseudonyms(SALT), Pseudonyms(b"x" * 32)
    for text in ("446946705284000000", "123456"):
        assert first.digits(text) == same.digits(text) != other.digits(text)
    for word in ("Alice", "eddietest", "somebody"):
        assert first.word(word) == same.word(word) != other.word(word)


def test_words_keep_length_and_case() -> None:
    """A word is as long, and capital where it was, so that it is told apart by case alone too."""
    names = Pseudonyms(SALT)
    assert shape(names.word("AliceInWonderland")) == shape("AliceInWonderland")
    assert names.word("alice").title() == names.word("Alice")


# Relations


def test_an_id_stays_the_same_within_other_values() -> None:
    """A path that is put together from ids holds their pseudonyms, its extension kept."""
    new = value(GME)
    head, tail = new["Detail"]["FileName"].split("/")
    assert head == f"{new['BizID']}_{new['RoomID']}_{new['UserID']}"
    assert re.fullmatch(rf"[-0-9]{{19}}_{new['TaskID']}_[a-z]{{5}}\.mp3", tail)
    assert "2023-02-09" not in tail


def test_a_number_and_a_text_that_say_the_same_become_the_same() -> None:
    """An id keeps its identity whatever JSON type it comes in, and in whatever file."""
    as_text = made({**GME, "TaskID": str(GME["TaskID"]), "RoomID": 100})
    as_number = made({**GME, "RoomID": "100"})
    one, other = read_body(as_text.raw).value, read_body(as_number.raw).value
    assert one["TaskID"] == str(other["TaskID"])
    assert str(one["RoomID"]) == other["RoomID"]


def test_an_id_in_nested_json_becomes_the_same_as_outside() -> None:
    """The file's id in the nested JSON is the one in the URL."""
    new = value(RECORD)
    extra = json.loads(new["extra_params"])
    assert extra["FileID"] in new["replay_url"]
    assert extra["FileID"] != "5285890813221514958"
    assert new["stream_alias"] in new["replay_url"]


@pytest.mark.parametrize("number", [2**53 + 1, 2**63 - 1, 2**64 - 1])
def test_large_numbers_stay_exact(number: int) -> None:
    """An id beyond what a double holds keeps each digit, as a number and in a text."""
    name = f"{number}.mp3"
    new = value({**GME, "TaskID": number, "Detail": {"SeqNo": 0, "FileName": name}})
    assert new["Detail"]["FileName"] == f"{new['TaskID']}.mp3"
    assert new["TaskID"] != number
    assert len(str(new["TaskID"])) == len(str(number))


def test_a_long_id_that_holds_a_short_one_is_taken_whole() -> None:
    """Within a longer number a shorter id is no id: each becomes its own pseudonym."""
    name = "44694670528400000044694670_446946705284000000_44694670"
    new = value({**GME, "RoomID": "44694670", "Detail": {"SeqNo": 0, "FileName": name}})
    longest, task, room = new["Detail"]["FileName"].split("_")
    assert (task, room) == (str(new["TaskID"]), new["RoomID"])
    assert len(longest) == 26
    assert task not in longest


def test_an_id_is_found_behind_percent_escapes() -> None:
    """What is escaped in a URL becomes what it becomes elsewhere."""
    url = "https://cdn.customer.cn/%E6%9D%8E%E9%9B%B7?next=https%3A%2F%2Fcdn.customer.cn%2Falice"
    new = value({**RECORD, "stream_alias": "李雷", "replay_url": url})
    assert new["stream_alias"].isascii()
    assert new["replay_url"].startswith(f"https://example.com/{new['stream_alias']}?")
    assert "=https%3A%2F%2Fexample.com%2F" in new["replay_url"]


# What stays, and what does not


def test_what_tells_nobody_stays() -> None:
    """Discriminators, listed values, moments, counts and durations are as they were."""
    old, new = GME, value(GME)
    for field in ("EventType", "RecordMode", "Timestamp"):
        assert new[field] == old[field]
    assert new["Detail"]["SeqNo"] == 12
    record = value(RECORD)
    for field in ("event", "begin_time", "end_time", "timestamp"):
        assert record[field] == RECORD[field]
    assert json.loads(record["extra_params"])["Duration"] == 6


def test_short_measures_stay_and_long_numbers_do_not() -> None:
    """A number of up to six digits measures; a longer one may be a telephone's anywhere."""
    extra = {"Duration": 60.5, "ObsObject": "record/a/b.mp4", "FileSize": 123456}
    new = value({**RECORD, "extra_params": json.dumps(extra)})
    inner = json.loads(new["extra_params"])
    assert (inner["FileSize"], inner["Duration"]) == (123456, 60.5)
    phone = {"Duration": 13800138000, "ObsObject": "a", "FileSize": 13800138000}
    assert "13800138000" not in made({**RECORD, "extra_params": json.dumps(phone)}).raw.decode()
    assert inner["ObsObject"].endswith(".mp4")
    assert "record" not in inner["ObsObject"]


def test_unknown_fields_are_replaced_wholly() -> None:
    """Of a field that no page knows only its names, empty texts, true, false and null stay."""
    new = value({**GME, "extra": {"level": 7, "f": 12.75, "who": ["Bob", True, None, ""]}})
    extra = new["extra"]
    assert extra["level"] != 7
    assert extra["f"] != 12.75
    assert extra["who"][0] not in {"Bob", "bob"}
    assert extra["who"][1:] == [True, None, ""]


def test_a_url_keeps_its_shape() -> None:
    """Host, user and port become example.com; extension and query stay in their places."""
    new = value(RECORD)["replay_url"]
    assert re.fullmatch(r"https://example\.com/[a-z]{6}-[a-z]{6}/\d{19}\.m3u8\?[a-z]{3}=\d\d", new)
    assert "pw" not in new.split("example.com")[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ""),
        ("007", "00[1-9]"),
        ("Ünal 李雷 🎉", "[a-z]{2}[A-Za-z]{3} [a-z]{6} [a-z]{4}"),
        ("6f1ed002ab5595859014ebf0", "[0-9a-f]{24}"),
        ("123E4567-E89B-12D3-A456-426614174000", "[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}"),
        ("alice@customer.cn", r"[a-z]{5}@[a-z]{8}\.[a-z]{2}"),
        ("10.20.30.40", r"[1-9]\d\.[1-9]\d\.[1-9]\d\.[1-9]\d"),
        ("203.0.113.250", r"(1\d\d|2[0-5]\d)\.0\.(1\d\d|2[0-5]\d)\.(1\d\d|2[0-5]\d)"),
        ("rtmp://live.customer.cn/app", "rtmp://example.com/[a-z]{3}"),
        (
            "see http://a.cn/x, https://b.cn",
            "[a-z]{3} https://example.com/[a-z], https://example.com",
        ),
        ("2023-02-09T16:16:45Z", r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d[A-Z]"),
        ("born 1990-05-17", r"[a-z]{4} (?!1990-05-17)(19|20)\d\d-[01]\d-[0-3]\d"),
        ("1990/05/17", r"(?!1990/05/17)(19|20)\d\d/[01]\d/[0-3]\d"),
        ("1990-02-30", r"[1-9]\d{3}-0[1-9]-[1-9]\d"),
        ("100%", r"[1-9]\d\d%"),
        ("a" * 300, "[a-z]{300}"),
        ("9" * 5000, r"[1-9]\d{4999}"),
    ],
)
def test_a_text_becomes_one_of_its_kind(text: str, wanted: str) -> None:
    """Letters become letters and digits digits; other scripts become Latin letters."""
    new = value({**GME, "UserID": text})["UserID"]
    assert re.fullmatch(wanted, new), new
    assert not text or new != text


def test_fields_that_a_user_names_stay() -> None:
    """--keep keeps a field and all in it; * stands for any part."""
    kept = Sanitizer(contract(), salt=SALT, areas=AREAS, keep=["/UserID", "/extra/*/kind"])
    raw = json.dumps({**GME, "extra": [{"kind": "blue", "who": "blue-eyed"}]}).encode()
    result = kept.sanitize(captured(raw))
    assert isinstance(result, Sanitized)
    new = json.loads(result.raw)
    assert new["UserID"] == "Alice"
    assert new["extra"][0]["kind"] == "blue"
    assert new["extra"][0]["who"] != "blue-eyed"
    assert "Alice" not in new["Detail"]["FileName"]


def test_a_pointer_has_to_be_one() -> None:
    """A pointer without its slash is refused before anything is read."""
    with pytest.raises(UsageError, match="no JSON pointer"):
        Sanitizer(contract(), salt=SALT, keep=["UserID"])


def editor(**properties: Any) -> BodyEditor:
    """The editor for a callback with these fields."""
    callback = contract().callback("tencent_gme/recording")
    schema = {"type": "object", "properties": properties}
    keeping = Keeping(replace(callback, schema=schema))
    return BodyEditor(keeping, FreeText(Pseudonyms(SALT), KnownIds()))


@pytest.mark.parametrize(
    ("field", "schema", "number", "stays"),
    [
        ("RoomId", {"type": "integer"}, "12", False),
        ("roomid", {"type": "integer", "maximum": 99}, "12", False),
        ("valid", {"type": "integer"}, "12", True),
        ("Cause", {"type": "integer"}, "123456", True),
        ("Cause", {"type": "integer"}, "1234567", False),
        ("Cause", {"type": "integer", "maximum": 2**31}, "1234567", False),
        ("Cause", {"type": "integer", "maximum": 2**32}, "1234567", False),
        ("Cause", {"anyOf": [{"type": "integer"}, {"const": 7654321}]}, "7654321", True),
        ("Cause", {"enum": [1, 2]}, "3", True),
        ("Cause", {"type": "number"}, "123456.5", True),
        ("Cause", {"type": "number"}, "1234567.5", False),
        ("Cause", {"type": "string"}, "12", False),
        ("FileSize", {"type": "integer"}, "123456", True),
        ("FileSize", {"type": "integer"}, "1234567", False),
        ("sizeId", {"type": "integer"}, "1234567", False),
        ("TaskID", {"type": "integer"}, "12", False),
        ("Sent", {"title": "UnixSeconds", "type": "integer"}, "1675930605", True),
        ("Sent", {"title": "UnixSeconds", "type": "integer"}, "13800138000", False),
        ("Timestamp", {}, "1675930605", True),
        ("Free", True, "1234567", False),
    ],
)
def test_a_number_is_an_id_by_its_schema_and_name(
    field: str, schema: Any, number: str, *, stays: bool
) -> None:
    """Ids are long, or are called so, or are keys; what is bounded, listed or measured is none."""
    assert (editor(**{field: schema}).number((field,), number) == []) is stays


@pytest.mark.parametrize(
    ("schema", "text", "wanted"),
    [
        ({"type": "string", "pattern": "^room_[a-z]+$"}, "room_alice", "room_[a-z]{5}"),
        ({"type": "string", "maxLength": 4}, "李雷李雷", "[a-z]{4}"),
        ({"type": "string", "maxLength": 12}, "李雷李雷", "[a-z]{12}"),
        ({"type": "string", "maxLength": 14}, "http://a.b/long", "https://example.com/.*"),
        ({"type": "string", "maxLength": 24}, "http://a.b/123456789", r"https://example.com/\d{4}"),
        ({"type": "string", "x-max-bytes": 30}, "http://a.b/" + "x" * 19, ".{30}"),
        ({"type": "string", "maxLength": 29}, "http://host.customer.cn/" + "x" * 6, ".{30,}"),
        ({"type": "integer"}, "12", "12"),
        ({"type": "integer"}, "1234567", r"[1-9]\d{6}"),
        ({"type": "string"}, "12", r"[1-9]\d"),
        ({"enum": ["a", "b"]}, "a", "a"),
        ({"enum": [*"abcdefghijklmnopqrstuvw"]}, "x", "[yz]"),
        ({"enum": ["a", "b"]}, "Alice 1400341231", r"[A-Z][a-z]{4} \d{10}"),
        ({"title": "UnixSecondsString", "type": "string"}, "1990-05-17", "(?!1990-05-17).{10}"),
        ({"type": "string", "pattern": DAY_AND_TIME}, "2016-12-13 10:00:00", "2016-12-13 10:00:00"),
        ({"type": "string", "pattern": DAY_AND_TIME}, "1990-05-17", "(?!1990-05-17).{10}"),
        ({"title": "UnixSecondsString", "type": "string"}, "alice", "(?!alice)[a-z]{5}"),
    ],
)
def test_a_text_keeps_what_its_schema_asks(schema: Any, text: str, wanted: str) -> None:
    """Patterns and limits are kept where they were, and broken where they were broken."""
    new = apply(text, editor(Field=schema).text(("Field",), text))
    assert re.fullmatch(wanted, new), new


# Layout


def test_only_values_change() -> None:
    """Blanks, order, escapes, repeated keys and the spelling of numbers survive."""
    raw = (
        b'\r\n{ "BizID" :1400000000,"RoomID":"a\\/b\\u0041\\n\\u674e",\t"UserID":"x",'
        b'"UserID":"Bob","TaskID":446946705284000000,"RecordMode":1,"Timestamp":1675930605,"EventType":1,\n'
        b'"Detail":{"FileName":"/\\/","SeqNo":0.0},"more":[1.50e3, -0 ,12E-2]}\n '
    )
    wanted = (
        rb'\r\n{ "BizID" :[1-9]\d{9},"RoomID":"[a-z]\\/[a-z][A-Z]\\n[a-z]{3}",\t"UserID":"[a-z]",'
        rb'"UserID":"[A-Z][a-z]{2}","TaskID":[1-9]\d{17},"RecordMode":1,"Timestamp":1675930605,'
        rb'"EventType":1,\n"Detail":{"FileName":"/\\/","SeqNo":0.0},'
        rb'"more":\[[1-9]\.\d\de3, -0 ,[1-9]\dE-2\]}\n '
    )
    assert re.fullmatch(wanted, made(raw).raw)


def test_both_values_of_a_repeated_key_are_replaced() -> None:
    """The value that a decoder drops is no less somebody's name."""
    raw = json.dumps(GME).encode().replace(b'"UserID"', b'"UserID": "Mallory77", "UserID"')
    assert b"Mallory" not in made(raw).raw
    assert found(raw) == found(made(raw).raw)


def test_nested_escapes_survive() -> None:
    """In nested JSON too, what is not replaced is kept byte for byte."""
    extra = '{ "TaskId" : "a\\/b", "FileID":"5285890813221514958" ,"Duration":61.50}'
    raw = json.dumps({**RECORD, "extra_params": extra}).encode()
    new = json.loads(made(raw).raw)["extra_params"]
    assert shape(new).replace("a", "A") == shape(extra).replace("a", "A")
    assert '"Duration":61.50}' in new


def sample(name: str, suffix: str) -> bytes:
    """A sample of a callback in some form."""
    return (PAYLOADS / name / "pass" / f"sample.{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", ["form", "percent", "txt"])
def test_every_body_form_gives_the_same_values(suffix: str) -> None:
    """The form of a body has no say in what comes in the place of a value."""
    raw = sample("zego_rtc/record", suffix)
    new = made(raw).raw
    assert read_body(new).form is read_body(raw).form
    assert read_body(new).value == value(sample("zego_rtc/record", "json"))


def test_json_that_was_percent_encoded_twice_is_read() -> None:
    """What a sender encoded once too often is replaced within, and stays encoded as it was."""
    extra = quote_plus(RECORD["extra_params"])
    raw = urlencode({**RECORD, "extra_params": extra}).encode()
    new = made(raw).raw
    assert b"5285890813221514958" not in new
    assert found(new) == found(raw)
    assert ("HP113", "") in found(new)


def test_a_dump_keeps_its_layout() -> None:
    """Nested arrays and values of several lines are replaced in their places."""
    raw = sample("zego_rtc/record", "txt").replace(b"aaaa\n", b"aaaa\nbob\n", 1)
    raw = raw.replace(
        b"[appid]", b"[x] => Array\n (\n [y] => Mallory\n [z] => Array\n(\n)\n )\n[appid]"
    )
    new = made(raw).raw
    assert b"Mallory" not in new
    assert b"bob" not in new
    assert b"[z] => Array\n(\n)" in new
    assert new.count(b"\n") == raw.count(b"\n")


@pytest.mark.parametrize("stray", [b"Mallory was here\n", b"[appid] => 77\n", b"[x => 1\n"])
def test_a_dump_with_stray_lines_is_not_copied(stray: bytes) -> None:
    """What a dump's reader passes over nobody has looked at."""
    raw = sample("zego_rtc/record", "txt").replace(b"(\n", b"(\n" + stray, 1)
    refusal = refused(raw)
    assert refusal.code == "HP107"
    assert "Mallory" not in refusal.message


# Verdicts and signatures


@pytest.mark.parametrize("area", EVERY_AREA)
def test_a_payload_is_judged_as_before(area: str) -> None:
    """Valid stays valid, one defect stays the same defect; what cannot be read is not copied."""
    for file in files(area, "pass", "fail"):
        raw = file.read_bytes()
        verdict = validator((area,)).judge(read_body(raw))
        before = found(raw, areas=(area,))
        for salt in (SALT, b"another salt, of the same use"):
            result = sanitizer(salt, (area,)).sanitize(captured(raw))
            if isinstance(result, Refusal):
                assert not verdict.callback, file
                assert result.code == verdict.findings[-1].code, file
            else:
                assert verdict.callback, file
                assert found(result.raw, areas=(area,)) == before, file


def test_what_is_no_json_never_becomes_json() -> None:
    """Broken nested text stays broken whatever the salt: half a character never becomes whole."""
    raw = (PAYLOADS / "zego_rtc/record/fail/extra_params_with_lone_surrogate.json").read_bytes()
    for salt in range(40):
        result = Sanitizer(contract(), salt=bytes([salt]) * 32).sanitize(captured(raw))
        assert isinstance(result, Sanitized), result


@pytest.mark.parametrize("area", EVERY_AREA)
def test_a_passing_payload_is_signed_anew(area: str) -> None:
    """The signature in a body verifies with the published secret, and is no longer the old one."""
    for file in files(area, "pass"):
        result = made_of(file)
        verdict = validator((area,)).judge(read_body(result.raw))
        facts = contract().callback(verdict.callback).signature
        if facts.is_unsigned:
            assert result.unsigned == "the vendor signs nothing", file
        elif facts.place.in_body:
            assert verdict.signature is SignatureState.VALID, file
            assert not result.unsigned, file
        else:
            why = "no headers were captured|no URL was captured"
            assert re.search(why, result.unsigned), file


@pytest.mark.parametrize("old", ["dtOKZwuYaVmTNMKitMznTDdiJ2o=", "00" * 20])
def test_a_signature_in_a_header_is_renewed_in_its_own_writing(old: str) -> None:
    """Base64 stays Base64 and hex hex; it covers the body that was made."""
    raw = json.dumps(GME).encode()
    result = made(raw, headers=(("signature", old), ("Content-Length", str(len(raw)))))
    verdict = validator().judge(read_body(result.raw), headers=result.headers)
    assert verdict.signature is SignatureState.VALID
    assert result.headers
    assert result.headers[0][1] != old
    assert len(result.headers[0][1]) == len(old)
    assert result.headers[1][1] == str(len(result.raw))


def moderation() -> bytes:
    """A callback whose signature travels in the URL's query."""
    return (PAYLOADS / "tencent_gme/voice_moderation/pass/sample.json").read_bytes()


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (f"/hooks?Signature={OLD}", r"/[a-z]{5}\?Signature=[\w+/]{27}="),
        (f"/h?Signature={quote_plus(OLD)}#top", r"/[a-z]\?Signature=[\w%]{27,}%3D#[a-z]{3}"),
        (
            f"http://hooks.customer.cn:8080/alice?uid=77&Signature={OLD}&name=alice",
            r"https://example\.com/([a-z]{5})\?[a-z]{3}=\d\d&Signature=[\w+/]{27}=&[a-z]{4}=\1",
        ),
        (
            f"https://a.cn/?n=%E6%9D%8E&Sign%61ture={OLD}&next=https%3A%2F%2Fcustomer.cn%2F",
            r"https://example\.com/\?[a-z]=[a-z]{3}&Sign%61ture=[\w+/]{27}=&[a-z]{4}=https.*",
        ),
        (
            f"/h?Signature={OLD}&Signature=bXlzZWNyZXRzaWduYXR1cmU=",
            r"/[a-z]\?Signature=[\w+/]{27}=&[A-Za-z]{9}=.*",
        ),
    ],
)
def test_a_signature_in_the_url_is_renewed(url: str, wanted: str) -> None:
    """The parameter keeps its name, place and writing; all else in the URL tells nobody."""
    result = made(moderation(), url=url)
    assert result.unsigned == ""
    assert re.fullmatch(wanted, result.url), result.url
    for old in (OLD, "customer", "alice", "77", "bXlzZWNy"):
        assert old not in result.url
    verdict = validator().judge(read_body(result.raw), url=result.url)
    assert verdict.signature is SignatureState.VALID


@pytest.mark.parametrize(
    ("url", "reason"),
    [("", "no URL was captured"), ("/h?x=1", "has none"), ("/h?Signature=", "has none")],
)
def test_a_url_without_signature_gets_none(url: str, reason: str) -> None:
    """What was not signed, or not captured with its URL, is not signed afterwards."""
    result = made(moderation(), url=url)
    assert reason in result.unsigned
    assert len(result.url) == len(url)


def test_of_several_documented_signatures_the_one_that_came_is_renewed() -> None:
    """Where a page leaves open where the signature sits, it is renewed where it was."""
    in_query = contract().callback("tencent_gme/voice_moderation").signature
    in_header = contract().callback("tencent_gme/recording").signature
    ours = Contract()
    callback = ours.callback("tencent_gme/voice_moderation")
    both = replace(in_query, alternatives=(in_header,))
    ours._callbacks[callback.path] = replace(callback, signature=both)
    result = Sanitizer(ours, salt=SALT, areas=AREAS).sanitize(
        captured(moderation(), headers=((in_header.place.field, OLD),), url="/h")
    )
    assert isinstance(result, Sanitized), result
    assert result.unsigned == ""
    assert result.headers
    assert len(result.headers[0][1]) == len(OLD)
    assert result.headers[0][1] != OLD


def test_signatures_sent_together_and_a_digest_are_all_renewed(tmp_path: Path) -> None:
    """Each header keeps its name, and what it holds is of the new body."""
    beside = {"scheme": "hmac-body", "inputs": [], "encodings": ["hex"], "required": True}
    first, second = ({"in": "header", "field": name} for name in ("X-Sign", "X-Sign-V2"))
    together = {**beside, "digest": "sha256", "signature": second, "source": SOURCE}
    digest = {"name": "X-MD5", "body-digest": {"digest": "md5", "encoding": "hex"}}
    folder = write_contract(
        tmp_path,
        signature={**beside, "digest": "sha1", "signature": first, "together": [together]},
        request={"headers": [{**digest, "source": SOURCE}]},
    )
    ours = Contract(contract_in(folder))
    request = write_request(
        ours.callback("order_paid"), SAMPLE, secret=b"own", sending=Sending(0.0, "1", "")
    )
    capture = captured(request.body, headers=request.headers)
    result = Sanitizer(ours, salt=SALT).sanitize(capture)
    assert isinstance(result, Sanitized), result
    assert result.headers is not None
    assert [name for name, _ in result.headers] == [name for name, _ in request.headers]
    held, was = dict(result.headers), dict(request.headers)
    made = {name: hmac.new(b"secret", result.raw, name).hexdigest() for name in ("sha1", "sha256")}
    assert (held["X-Sign"], held["X-Sign-V2"]) == (made["sha1"], made["sha256"])
    assert held["X-MD5"] == hashlib.new("md5", result.raw, usedforsecurity=False).hexdigest()
    assert held["X-MD5"] != was["X-MD5"]


def test_headers_tell_nothing() -> None:
    """Hosts, cookies and tokens in headers are replaced, what concerns the message stays."""
    headers = (
        ("Host", "hooks.customer.cn"),
        ("Content-Type", "application/json; charset=utf-8"),
        ("Authorization", "Bearer sEcret77"),
        ("X-Forwarded-For", "203.0.113.9"),
    )
    result = made(json.dumps(GME).encode(), headers=headers)
    new = dict(result.headers or ())
    assert (new["Host"], new["Content-Type"]) == ("example.com", headers[1][1])
    assert shape(new["Authorization"]) == shape(headers[2][1])
    assert "sEcret77" not in str(new)
    assert "203" not in str(new)
    assert result.unsigned == "the capture has none"


@pytest.mark.parametrize("wrong", ["ABC", "284AB8EE0BEA09677148E517B1EF42F7120B73F4"])
def test_a_malformed_signature_stays_malformed(wrong: str) -> None:
    """What is wrong with a signature's form is what the fixture is to show."""
    raw = json.dumps({**RECORD, "signature": wrong}).encode()
    result = made(raw)
    assert ("HP204", "/signature") in found(result.raw)
    assert wrong.encode() not in result.raw
    assert "malformed" in result.unsigned


def test_a_capture_without_signature_gets_none() -> None:
    """A missing signature is not made up."""
    raw = json.dumps({k: v for k, v in RECORD.items() if k != "signature"}).encode()
    result = made(raw)
    assert b"signature" not in result.raw
    assert result.unsigned == "the capture has none"


def test_an_old_signature_beside_the_one_that_counts_goes_too() -> None:
    """Of a signature that stands twice no copy is left."""
    raw = (
        json.dumps(RECORD)
        .encode()
        .replace(b'"signature"', b'"signature":"' + b"a" * 40 + b'","signature"')
    )
    assert b"a" * 40 not in made(raw).raw


def test_our_own_fault_is_told_and_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that is judged otherwise than the capture is kept back."""
    monkeypatch.setattr(module, "sign", lambda *_, **__: "0" * 40)
    refusal = refused(RECORD)
    assert refusal.code == "HP199"
    assert "signature does not hold" in refusal.message
    monkeypatch.undo()
    monkeypatch.setattr(module, "apply", lambda *_: json.dumps(GME))
    refusal = refused(RECORD)
    assert "taken for tencent_gme/recording" in refusal.message


@pytest.mark.parametrize(
    "name",
    [
        *("446946705284000000", "Alice", "zhang san", "zhangsan@corp-acme.cn", "10.0.0.7", "李雷"),
        *("1990-05-17", "138-0013-8000", "u13800138000", "alice_token", "a" * 40, "X-Token"),
    ],
)
@pytest.mark.parametrize("where", ["member", "deeper", "text", "item"])
def test_names_that_are_no_identifiers_go(name: str, where: str) -> None:
    """So do identifiers that are made of an id which the captures hold; nothing is refused."""
    inside: Any = {name: {"level": 1}}
    more = {
        "member": inside,
        "deeper": {"users": [inside]},
        "text": {"users": json.dumps({"x": json.dumps(inside)})},
        "item": {"users": json.dumps([inside])},
    }[where]
    ours = Sanitizer(contract(), salt=SALT, areas=AREAS)
    capture = captured(json.dumps({**GME, **more}).encode())
    ours.learn(capture)
    result = ours.sanitize(capture)
    assert isinstance(result, Sanitized), result
    assert name not in result.raw.decode()
    assert name not in json.dumps(json.loads(result.raw), ensure_ascii=False)
    assert name not in "".join(result.stayed)
    assert any(pointer.endswith("/level") for pointer in result.stayed)


@pytest.mark.parametrize(
    ("suffix", "end", "extra"),
    [
        ("form", "", "&zhang%40corp.cn=1&level=2"),
        ("percent", "%7D", "%2C%22zhang%40corp.cn%22%3A1%2C%22level%22%3A2%7D"),
        ("txt", ")", "[zhang@corp.cn] => 1\n[level] => 2\n)\n"),
    ],
)
def test_names_go_in_every_body_form(suffix: str, end: str, extra: str) -> None:
    """A form's field, a dump's entry and percent-encoded JSON are no other."""
    raw = sample("zego_rtc/record", suffix).decode().rstrip()
    result = made((raw.removesuffix(end) + extra).encode())
    assert b"corp" not in result.raw
    assert len(read_body(result.raw).value) == len(read_body(raw.encode()).value) + 2
    assert result.stayed == ("/level",)


def test_names_that_the_contract_shows_are_no_ids() -> None:
    """A name of the page's own sample stays, though no page documents it and a value equals it."""
    file = PAYLOADS / "zego_ai_agent/agent_instance_meta_info/pass/sample.json"
    new = json.loads(made(file.read_bytes(), areas=area_of(file)).raw)
    [(name, text)] = new["Data"]["MetaInfo"].items()
    assert name == "action" != text


def test_a_signature_that_shows_a_contradiction_is_renewed_all_the_same() -> None:
    """What the pages disagree on is no fault of a signature's form, and is kept."""
    file = PAYLOADS / "zego_mini_game/game_started/pass/signature_base64.json"
    result = made(file.read_bytes(), areas=area_of(file))
    assert result.unsigned == ""
    assert ("HP230", "/Signature") in found(result.raw, areas=area_of(file))
    old, new = (json.loads(raw)["Signature"] for raw in (file.read_bytes(), result.raw))
    assert (len(new), new[-1]) == (len(old), "=")
    assert new != old


# Nothing leaks

CANARIES = {
    "9007199254740993": "id",
    "18446744073709551615": "id",
    "Canaryname": "name",
    "Канарейка": "name",
    "canary.host.cn": "host",
}


def laced(old: Any, rng: random.Random, stays: frozenset[str | int]) -> Any:
    """A payload with ids, names and URLs of ours in every text that is not the contract's."""
    if isinstance(old, dict):
        return {key: laced(one, rng, stays) for key, one in old.items()}
    if isinstance(old, list):
        return [laced(one, rng, stays) for one in old]
    if isinstance(old, str) and old in stays:
        return old
    # A vendor's {placeholder} is none.
    if isinstance(old, str) and old.startswith(('{"', "{}")):
        return json.dumps(laced(json.loads(old), rng, stays), ensure_ascii=rng.random() < 0.5)
    if isinstance(old, str) and not re.fullmatch("[0-9]*|[0-9a-f]{40}|[A-Za-z_]+", old):
        return rng.choice(
            [
                "http://canary.host.cn:99/Canaryname/9007199254740993.mp4?n=%D0%9A%D0%B0%D0%BD",
                "x_Canaryname_9007199254740993_Канарейка",
                "18446744073709551615/Canaryname.mp3",
            ]
        )
    return old


@pytest.mark.parametrize("area", EVERY_AREA)
def test_no_identity_is_in_any_byte(area: str) -> None:
    """Ids, names and hosts are in no sanitised byte, decoded or not, undocumented ones included."""
    for file in files(area, "pass"):
        rng = random.Random(str(file.relative_to(PAYLOADS)))
        body = read_body(file.read_bytes())
        stays = names_of("/".join(file.relative_to(PAYLOADS).parts[:2]))
        old = laced(body.value, rng, stays)
        old |= {"more": {"n": 18446744073709551615, "t": ["Canaryname"]}}
        raw = json.dumps(old, ensure_ascii=rng.random() < 0.5).encode()
        new = made(raw, areas=(area,)).raw
        seen = new.decode() + json.dumps(json.loads(new), ensure_ascii=False)
        traces = [*CANARIES, *map(quote_plus, CANARIES), "%D0"]
        assert not [trace for trace in traces if trace in seen], file
        assert found(new, areas=(area,)) == found(raw, areas=(area,)), file


def outline(raw: bytes) -> str:
    """The shape of a body; of a digest, in hex or Base64, only its length is one."""
    text = re.sub("[A-Za-z0-9+/]{27}=", "=" * 28, raw.decode())
    return re.sub("[a-f0]", "0", shape(text))


@pytest.mark.parametrize("area", EVERY_AREA)
def test_sanitising_again_keeps_the_shape(area: str) -> None:
    """What is sanitised can be sanitised, and looks the same afterwards."""
    for file in files(area, "pass"):
        once = made_of(file).raw
        again = made(once, areas=(area,)).raw
        assert outline(again) == outline(once), file


ODD = ["", "0", "-5", "Алиса", "🎉", "100%", "%7B%22a%22%3A%22bob%22%7D", '{"a":[1,"bob"]}', "["]
ODD += [
    "null",
    "1e5",
    str(2**64),
    "x" * 300,
    "é" * 200,
    "a\tb\n",
    '{"a":1,"a":"\\ud83d"}',
    "(",
    "&=",
]
ODD += ["deadbeef0123", "http://a.cn/%41?b=http%3A%2F%2Fc.cn", "\u2028", "Array", "SUCCESS"]
PIECES = [b'"', b"\\u0041", b"%41", b"null", b"1", "你".encode(), b"&a=b", b"\n", b"{", b"\xff"]


def mutated(raw: bytes, rng: random.Random) -> bytes:
    """A body with a text replaced, or with a few bytes changed."""
    value = read_body(raw).value
    if isinstance(value, dict) and rng.random() < 0.5:
        field = rng.choice(list(value))
        odd: Any = rng.choice([*ODD, rng.choice([None, True, 5, -1.5, 2**53 + 1, 2**70])])
        return json.dumps({**value, rng.choice([field, "more"]): odd}).encode()
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + rng.choice(PIECES) + raw[at + rng.randrange(3) :]


def test_no_mutation_of_a_payload_is_too_much() -> None:
    """Whatever a body holds, it is sanitised and judged as before, or refused for a reason."""
    rng = random.Random(20240229)
    paths = files("*", "pass", "fail")
    outcomes = []
    for file in (rng.choice(paths) for _ in range(1500)):
        raw = mutated(file.read_bytes(), rng)
        outcomes.append(sanitizer(areas=area_of(file)).sanitize(captured(raw)))
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert [refusal for refusal in refusals if refusal.code == "HP199"] == []
    assert len(refusals) < 1000
    assert all(refusal.message for refusal in refusals)
