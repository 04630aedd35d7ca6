"""The library in a receiver: a genuine callback is an event, all else one of three exceptions."""

from __future__ import annotations

import dataclasses
import hmac
import json
import pickle
import random
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from small_contract import SAMPLE, SOURCE, read_contract, write_contract
from unit.conformance.parts import answered
from unit.validation.mutations import mutants, variants

from hookproof import receiver
from hookproof.conformance.judging.answer_body import acknowledgement
from hookproof.contract import Contract, contract_in
from hookproof.errors import UsageError
from hookproof.receiver import (
    Event,
    InMemory,
    InvalidSignature,
    Malformed,
    Receiver,
    Rejected,
    SignedRequest,
    UnknownCallback,
    lane,
)
from hookproof.receiver.event import Request
from hookproof.receiver.reading import Reader
from hookproof_models.zego_rtc.record import RecordCallback

NOW = 1_767_225_600.0
SECRET = "a secret of forty characters or so, as is usual"
CONTRACT = Contract()
EXAMPLES = Path(__file__).parents[3] / "examples" / "contracts"
OTHERS = ["github", "stripe", "standard_webhooks", "slack", "shopify", "twilio"]


def receiver_of(area: str = "zego_rtc", **options: Any) -> Receiver:
    """A receiver of one area, whose clock stands still."""
    return Receiver(area, **({"secret": SECRET, "clock": lambda: NOW} | options))


def example(name: str) -> dict[str, Any]:
    """The first documented payload of a callback."""
    return dict(CONTRACT.callback(name).examples[0].payload)


def received(hooks: Receiver, sent: SignedRequest, **changed: Any) -> Event:
    """What becomes of a request, with some of it changed."""
    given = {"headers": sent.headers, "body": sent.body, "url": f"/hook?{sent.query}"}
    return hooks.receive(**(given | changed))


@pytest.mark.parametrize("area", CONTRACT.areas)
def test_every_callback_is_an_event(area: str) -> None:
    """What the vendor sends of any callback is an event of it, typed by its model."""
    hooks = receiver_of(area, unsigned="accept")
    for name in CONTRACT.names([area]):
        event = received(hooks, hooks.sign(name, example(name)))
        assert event.callback == name
        assert event.is_proved is not CONTRACT.callback(name).signature.is_unsigned, name
        assert type(event.payload).__name__ == CONTRACT.callback(name).title
        assert event.dedupe_key, name
        said = answered(event.acknowledgement.status, event.acknowledgement.body)
        # By no version of its page, however old, does anything lack.
        assert not acknowledgement(CONTRACT.callback(name), said), name
        assert json.loads(json.dumps(event.value)) == event.value


def test_events_that_nothing_identifies_are_not_one() -> None:
    """Where all that would identify an event is missing, there is no key that others share."""
    hooks = receiver_of("livekit")
    payload = {k: v for k, v in example("livekit/room_started").items() if k != "id"}
    assert received(hooks, hooks.sign("livekit/room_started", payload)).dedupe_key == ""


def test_parts_of_a_procedure_that_end_one_by_one_are_events_of_their_own() -> None:
    """A task that is told of at each change keeps id and state: its results tell changes apart."""
    hooks, name = (
        receiver_of("tencent_vod", unsigned="accept"),
        "tencent_vod/procedure_state_changed",
    )
    keys = set()
    for results in (
        [],
        [{"Type": "Transcode"}],
        [{"Type": "Transcode"}, {"Type": "CoverBySnapshot"}],
    ):
        payload = json.loads(json.dumps(example(name)))
        task = payload["ProcedureStateChangeEvent"]
        task |= {"Status": "PROCESSING", "MediaProcessResultSet": results}
        keys |= {received(hooks, hooks.sign(name, payload)).dedupe_key for _ in range(2)}
    assert len(keys) == 3


@pytest.mark.parametrize("event", ["asr_result", "translation_result"])
def test_results_of_one_round_are_events_of_their_own(event: str) -> None:
    """Whether a round has several results no page says: what drops repeats must not drop them."""
    hooks, keys = receiver_of("zego_asr"), set()
    for text in ("Good", "Good morning"):
        payload = example(f"zego_asr/{event}")
        payload["Data"] = {**payload["Data"], "Text": text}
        sent = [hooks.sign(f"zego_asr/{event}", payload) for _ in range(2)]
        keys |= {received(hooks, one).dedupe_key for one in sent}
    assert len(keys) == 2


def test_the_three_lines() -> None:
    """The payload narrows to its model, nested JSON and moments typed."""
    hooks = receiver_of()
    event = received(hooks, hooks.sign("record", example("zego_rtc/record")))
    match event.payload:
        case RecordCallback(stream_alias=alias):
            assert alias == event.value["stream_alias"]
        case _:
            pytest.fail("it is a record callback")


class TestRefusals:
    """What is no callback to act on raises one of three, with a word and a status."""

    HOOKS = receiver_of()
    SENT = HOOKS.sign("record", example("zego_rtc/record"))

    def refused(self, hooks: Receiver | None = None, **changed: Any) -> Rejected:
        """The refusal of a request that was changed."""
        with pytest.raises(Rejected) as refusal:
            received(hooks or self.HOOKS, self.SENT, **changed)
        return refusal.value

    def body(self, **changed: Any) -> bytes:
        """The body with fields changed; None takes one out."""
        payload = json.loads(self.SENT.body) | changed
        return json.dumps({k: v for k, v in payload.items() if v is not None}).encode()

    @pytest.mark.parametrize(
        ("changed", "reason"),
        [
            ({"signature": "0" * 40}, "wrong"),
            ({"signature": None}, "missing"),
            ({"signature": ["x"]}, "unreadable"),
            ({"nonce": "1"}, "wrong"),
        ],
    )
    def test_a_sender_that_is_not_proved(self, changed: dict[str, Any], reason: str) -> None:
        """Any other signature than the right one is refused with 401."""
        refusal = self.refused(body=self.body(**changed))
        assert isinstance(refusal, InvalidSignature)
        assert (refusal.reason, refusal.status) == (reason, 401)
        assert SECRET not in str(refusal)

    @pytest.mark.parametrize(
        ("body", "reason"),
        [(b"", "unreadable"), (b"{", "unreadable"), (b"[]", "no-object"), (b"\xff", "unreadable")],
    )
    def test_a_body_that_cannot_be_used(self, body: bytes, reason: str) -> None:
        """What is no object of fields is malformed."""
        refusal = self.refused(body=body)
        assert isinstance(refusal, Malformed)
        assert (refusal.reason, refusal.status) == (reason, 400)

    def test_a_proved_payload_that_breaks_the_contract(self) -> None:
        """The place is named; the signature does not cover the body, so it still proves."""
        refusal = self.refused(body=self.body(stream_alias=7))
        assert isinstance(refusal, Malformed)
        assert refusal.reason == "contract"
        assert "/stream_alias" in str(refusal)

    def test_another_secret(self) -> None:
        """A receiver with another secret refuses."""
        assert self.refused(receiver_of(secret="another")).reason == "wrong"

    def test_check_does_not_raise(self) -> None:
        """The same as a result."""
        assert self.HOOKS.check(headers={}, body=self.SENT.body).ok
        result = self.HOOKS.check(headers={}, body=b"{}")
        assert not result.ok
        assert isinstance(result.rejection, InvalidSignature)

    def test_a_parsed_body_is_a_mistake_of_the_caller(self) -> None:
        """Bytes are asked for, in words."""
        with pytest.raises(TypeError, match="raw bytes"):
            self.HOOKS.receive(headers={}, body=json.loads(self.SENT.body))


def test_headers_of_the_standard_library() -> None:
    """`http.server` gives a Message, which is no Mapping."""
    hooks = receiver_of()
    sent = hooks.sign("record", example("zego_rtc/record"))
    headers = Message()
    for name, value in sent.headers:
        headers[name] = value
    assert received(hooks, sent, headers=headers).callback == "zego_rtc/record"


def test_vendors_may_add_fields() -> None:
    """Unknown fields are kept, and named."""
    hooks = receiver_of()
    event = received(hooks, hooks.sign("record", {**example("zego_rtc/record"), "x_new": [1]}))
    assert event.value["x_new"] == [1]
    assert event.unknown_fields == ("/x_new",)


def test_more_than_the_page_has_yet_is_typed_all_the_same() -> None:
    """A larger file, a longer text, a new value of a list: `match` finds them, and they go back."""
    hooks = receiver_of()
    larger = example("zego_rtc/record")
    larger["replay_url"] = "https://example.com/" + "a" * 5_000
    extra = {"Duration": 1, "ObsObject": "a.mp4", "FileSize": 5 << 30}
    larger["extra_params"] = json.dumps(extra)
    event = received(hooks, hooks.sign("record", larger))
    assert (type(event.payload).__name__, event.untyped) == ("RecordCallback", "")
    assert event.payload.extra_params.value.file_size == 5 << 30
    assert event.payload.to_wire() == event.value
    newer = example("zego_rtc/censor_video_v2_img_result")
    newer["Detail"]["RiskDetail"]["RiskSource"] = 987_654
    event = received(hooks, hooks.sign("censor_video_v2_img_result", newer))
    assert event.untyped == ""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert event.payload.to_wire() == event.value
    with pytest.raises(Malformed):
        received(receiver_of(strict=True), hooks.sign("record", larger))


def test_what_no_model_takes_comes_untyped_and_says_why() -> None:
    """A moment that no calendar has is taken; who asks for the payload can tell."""
    hooks = receiver_of()
    usual = received(hooks, hooks.sign("record", example("zego_rtc/record")))
    assert (usual.untyped, type(usual.payload).__name__) == ("", "RecordCallback")
    name = "censor_video_v2_audio_result"
    later = json.loads(hooks.sign(name, example(f"zego_rtc/{name}")).body)
    later["AuxInfo"]["ProcessBeginTime"] = 10**15
    event = hooks.receive(headers={}, body=json.dumps(later).encode())
    assert event.payload is event.value
    assert event.untyped.startswith("its model does not take /AuxInfo/ProcessBeginTime: ")
    other = pickle.loads(pickle.dumps(event))  # noqa: S301 - our own
    assert (other.payload, other.untyped) == (event.payload, event.untyped)
    unknown = hooks.sign("record", example("zego_rtc/record"))
    body = json.dumps({**json.loads(unknown.body), "event": "record_v9"}).encode()
    assert hooks.receive(headers={}, body=body).untyped == "the contract does not know it"


def test_vendors_may_add_events() -> None:
    """An event that nobody knows comes untyped where its signature is right, or raises."""
    hooks = receiver_of()
    payload = json.loads(hooks.sign("record", example("zego_rtc/record")).body)
    body = json.dumps({**payload, "event": "record_v9"}).encode()
    event = hooks.receive(headers={}, body=body)
    assert (event.callback, event.is_known, event.area) == ("", False, "zego_rtc")
    with pytest.raises(UnknownCallback):
        receiver_of(unknown="raise").receive(headers={}, body=body)
    with pytest.raises(InvalidSignature):
        hooks.receive(headers={}, body=body.replace(b'"nonce": "', b'"nonce": "1'))


def test_a_window() -> None:
    """Direction and amount are told; without a window nothing is too old."""
    sent = receiver_of().sign("record", example("zego_rtc/record"))
    for now, words in ((NOW + 400, "400 s ago"), (NOW - 400, "400 s in the future")):
        hooks = receiver_of(window=300, clock=lambda now=now: now)
        payload = {**json.loads(sent.body), "timestamp": str(int(NOW))}
        again = receiver_of().sign("record", payload)
        with pytest.raises(InvalidSignature, match=words) as refusal:
            received(hooks, again)
        assert refusal.value.reason == "stale"
        assert received(receiver_of(clock=lambda now=now: now), again).callback


class TestUnsigned:
    """What a vendor never signs is taken only by who says so, and never for something signed."""

    RELAY = example("tencent_css/relay")

    def test_it_is_refused_unless_accepted(self) -> None:
        """An unsigned callback beside signed ones is refused, and the way to take it is named."""
        hooks = receiver_of("tencent_css")
        with pytest.raises(InvalidSignature, match='unsigned="accept"') as refusal:
            received(hooks, hooks.sign("relay", self.RELAY))
        assert (refusal.value.reason, refusal.value.status) == ("unsigned", 401)

    def test_an_area_without_signatures_says_so_at_the_start(self) -> None:
        """A receiver that could only refuse is not made; one that accepts asks for no secret."""
        with pytest.raises(UsageError, match="tencent_vod signs nothing"):
            receiver_of("tencent_vod")
        hooks = Receiver("tencent_vod", unsigned="accept", clock=lambda: NOW)
        event = received(hooks, hooks.sign("clip_complete", example("tencent_vod/clip_complete")))
        assert (event.callback, event.is_proved) == ("tencent_vod/clip_complete", False)

    def test_signed_ones_are_still_held_to_their_signature(self) -> None:
        """Accepting what is unsigned lets nothing in that is forged, stripped or unknown."""
        hooks = Receiver(
            "tencent_vod", "tencent_css", secret={"tencent_css": SECRET}, unsigned="accept"
        )
        payload = example("tencent_css/push_error")
        assert received(hooks, hooks.sign("push_error", payload)).is_proved
        for spoilt in ({"sign": "0" * 32}, {"sign": ""}):
            body = json.dumps(payload | spoilt).encode()
            with pytest.raises(InvalidSignature):
                hooks.receive(headers={}, body=body)
        with pytest.raises(InvalidSignature):
            receiver_of("tencent_css", unsigned="accept").receive(headers={}, body=b'{"x":1}')

    def test_an_unknown_event_of_an_unsigned_area(self) -> None:
        """It comes untyped and unproved, or raises where unknown ones are to."""
        body = b'{"EventType":"NotYetKnown"}'
        event = receiver_of("tencent_vod", unsigned="accept").receive(headers={}, body=body)
        assert (event.callback, event.area, event.is_proved) == ("", "tencent_vod", False)
        with pytest.raises(UnknownCallback):
            receiver_of("tencent_vod", unsigned="accept", unknown="raise").receive(
                headers={}, body=body
            )


def test_a_memory_of_nonces() -> None:
    """A redelivery passes; the same nonce with another body does not."""
    hooks = receiver_of(memory=InMemory(most=2))
    sent = hooks.sign("record", example("zego_rtc/record"))
    assert received(hooks, sent).callback
    assert received(hooks, sent).callback
    payload = json.loads(sent.body)
    with pytest.raises(InvalidSignature) as refusal:
        hooks.receive(headers={}, body=json.dumps({**payload, "stream_alias": "x"}).encode())
    assert refusal.value.reason == "replayed"


def test_secrets_in_change() -> None:
    """Two secrets of one area are both taken, an empty one never."""
    old, new = receiver_of(secret="old"), receiver_of(secret=["new", b"old"])
    assert received(new, old.sign("record", example("zego_rtc/record"))).callback
    for secret in ("", [], ["x", ""], {"zego_rtc": ""}):
        with pytest.raises(UsageError, match="no secret"):
            receiver_of(secret=secret)


def test_several_areas_at_one_url() -> None:
    """Each area has its own secret, and the callback says which it is."""
    names = ["zego_rtc/room_create", "zego_zim/room_create"]
    secrets = {"zego_rtc": "one", "zego_zim": "two"}
    hooks = Receiver(*secrets, secret=secrets)
    for name in names:
        assert received(hooks, hooks.sign(name, example(name))).callback == name


@pytest.mark.parametrize("area", OTHERS)
def test_contracts_of_other_vendors(area: str) -> None:
    """What is written as data alone is received alike; one changed byte is not."""
    contract = Contract(contract_in(EXAMPLES / area))
    hooks = receiver_of(area, contract=contract, secret="whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw")
    for name in contract.names():
        sent = hooks.sign(name, contract.callback(name).examples[0].payload, url="https://a.b/hook")
        event = received(hooks, sent, url="https://a.b/hook")
        assert event.callback == name
        assert event.dedupe_key
        with pytest.raises(InvalidSignature):
            received(hooks, sent, body=sent.body.replace(b"a", b"b", 1), url="https://a.b/hook")


HOSTILE: list[Any] = [
    *(b"", b"{}", b"[]", b"null", b'{"event":"record"}', b"a=b&c", b"%7B%7D", b"{" * 999),
    *(b'{"event":1e400}', b'{"event":"record","event":"record"}', b'{"signature":NaN}'),
    *(b"\xff\xfe{", b"\x00" * 9),
    b'{"event":"record","timestamp":[],"nonce":{},"signature":"\\ud800"}',
]


def test_nothing_else_is_raised() -> None:
    """Whatever a stranger sends in body, headers and URL, one of three is raised or none."""
    chance = random.Random(7)
    names = ["record", "room_login", "transcode_stop"]
    hooks = receiver_of()
    bodies = [*HOSTILE, *(hooks.sign(n, example(f"zego_rtc/{n}")).body for n in names)]
    for _ in range(3000):
        body = bytearray(chance.choice(bodies))
        for _ in range(chance.randrange(4)):
            if body:
                body[chance.randrange(len(body))] = chance.randrange(256)
        headers = [(chance.choice([b"Content-Type", b"X", b""]), chance.randbytes(5))]
        url = chance.choice(["", "/?a=%ff&%", "//[", "?=&=&", "http://\ud800"])
        result = hooks.check(headers=headers, body=bytes(body), url=url)
        assert result.ok or isinstance(
            result.rejection, InvalidSignature | Malformed | UnknownCallback
        )


@pytest.mark.parametrize("area", CONTRACT.areas)
def test_texts_that_nest_deep_raise_nothing_else(area: str) -> None:
    """In any field, and deeper than orjson writes; what signs no body can be changed by anybody."""
    hooks = receiver_of(area, unsigned="accept")
    for name in CONTRACT.names([area]):
        for field, value in example(name).items():
            for depth in (254, 300, 1000) if isinstance(value, str) else ():
                deep = {**example(name), field: "[" * depth + "]" * depth}
                sent = hooks.sign(name, deep)
                found = hooks.check(headers=sent.headers, body=sent.body, url=f"/?{sent.query}")
                assert found.ok is (found.rejection is None)


def test_many_threads() -> None:
    """One receiver serves threads at once, from its first request on."""
    hooks = receiver_of()
    sent = [hooks.sign(n, example(f"zego_rtc/{n}")) for n in ("record", "room_login", "compose")]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: received(hooks, sent[n % 3]).callback, range(600)))
    assert {name: found.count(name) for name in set(found)} == {
        "zego_rtc/record": 200,
        "zego_rtc/room_login": 200,
        "zego_rtc/compose": 200,
    }


def test_an_event_is_frozen() -> None:
    """What was received is not changed by accident."""
    hooks = receiver_of()
    event = received(hooks, hooks.sign("record", example("zego_rtc/record")))
    with pytest.raises(dataclasses.FrozenInstanceError):
        event.callback = "x"  # type: ignore[misc]
    # Frozen, so that a set of events has each once.
    again = received(receiver_of(clock=lambda: 5), hooks.sign("record", {**event.value}))
    assert len({event, pickle.loads(pickle.dumps(event)), again}) == 2  # noqa: S301 - our own


def test_a_receiver_is_not_pickled() -> None:
    """Its secrets would lie in whatever the pickle lies in."""
    with pytest.raises(TypeError, match="holds secrets"):
        pickle.dumps(receiver_of())


def loaded_by(code: str) -> set[str]:
    """The modules that a program has imported at its end, beyond those that Python starts with."""
    told = f"{code}; import sys; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    bare = "import sys; print(*sys.modules)"
    own = subprocess.run([sys.executable, "-c", bare], capture_output=True, text=True, check=True)
    return set(out.stdout.split()) - set(own.stdout.split())


def test_what_it_needs_is_small() -> None:
    """No command line, terminal, YAML, jsonschema, no model comes with a receiver."""
    found = loaded_by(
        "from hookproof.receiver import Receiver;"
        "Receiver('zego_rtc', secret='x').check(headers={}, body=b'{}')"
    )
    heavy = {"click", "rich", "yaml", "jsonschema", "schemathesis", "pydantic", "asyncio"}
    assert heavy & found == set()
    assert not [name for name in found if name.startswith("hookproof_models")]


def test_its_name_costs_next_to_nothing() -> None:
    """What only imports it loads nothing but the names: no engine, no package of others."""
    found = loaded_by("from hookproof import Receiver, InvalidSignature, Malformed")
    light = {"receiver", "receiver.receiver", "receiver.rejections"}
    assert {name for name in found if name.startswith("hookproof.")} == {
        f"hookproof.{name}" for name in light
    }
    assert {"typing", "dataclasses", "enum", "re", "json", "orjson"} & found == set()


def said_at_once(reader: Reader, request: Request) -> Event | None:
    """What the short way says of a request, None where it leaves it to the long one."""
    with patch.object(reader, "_exactly", return_value=None):
        return reader.read(request.headers, request.body, request.url)


def test_the_short_way_says_what_the_long_one_says() -> None:
    """Each example of each callback is the same event both ways, payload and all."""
    differing, taken, total = [], 0, 0
    receivers = {area: receiver_of(area, unsigned="accept") for area in CONTRACT.areas}
    for name in CONTRACT.names():
        hooks = receivers[name.split("/", maxsplit=1)[0]]
        for one in CONTRACT.callback(name).examples:
            sent = hooks.sign(name, dict(one.payload))
            request = Request(sent.headers, sent.body, f"/hook?{sent.query}")
            exactly, at_once = hooks._reader._exactly(request), said_at_once(hooks._reader, request)
            total, taken = total + 1, taken + (at_once is not None)
            if at_once and (at_once != exactly or at_once.payload != exactly.payload):
                differing.append(name)
    assert differing == []
    # Else nothing was compared.
    assert taken >= 0.9 * total, f"{taken} of {total}"


def test_the_short_way_says_of_mutants_what_the_long_one_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever became of a sample, an event of the short way is the long one's, payload and all."""
    monkeypatch.setattr(lane, "prover", lambda *_: lambda *_: True)
    monkeypatch.setattr(Reader, "_proves", lambda *_: True)
    readers = [receiver_of(area, unsigned="accept")._reader for area in CONTRACT.areas]
    taken, differing = 0, []
    for body in (*mutants(2_000), *variants(4_000)):
        request = Request((), body, "")
        for reader in readers:
            at_once = said_at_once(reader, request)
            taken += at_once is not None
            if at_once is not None and not is_the_same(at_once, reader._exactly(request)):
                differing.append(body)
    assert differing == []
    # Else nothing was compared.
    assert taken >= 2_000


def is_the_same(one: Event, other: Event) -> bool:
    """Whether two events are equal in all that a receiver sees."""
    typed = (one.payload, type(one.payload)) == (other.payload, type(other.payload))
    return one == other and repr(one.value) == repr(other.value) and typed


def test_an_event_is_what_its_fields_say() -> None:
    """An event that was received is equal to one that is made field by field, and copied whole."""
    hooks = receiver_of()
    event = received(hooks, hooks.sign("record", example("zego_rtc/record")))
    given = {one.name: getattr(event, one.name) for one in dataclasses.fields(event)}
    assert Event(**given) == event
    again = pickle.loads(pickle.dumps(event))  # noqa: S301 - our own
    assert is_the_same(again, event)


@pytest.mark.parametrize(
    "odd",
    [
        b'{"x":1,"x":2,',
        b'{"x":"\\ud800",',
        b'{"x":123456789012345678901234567890,',
        b'{"x":-1234567890123456789012,',
        b'{"x":' + b"[" * 200 + b"]" * 200 + b",",
        b"\xef\xbb\xbf{",
        b" {",
    ],
)
def test_the_short_way_doubts_what_is_odd(odd: bytes) -> None:
    """A key that comes twice, a number that others round, deep nesting: all is judged exactly."""
    hooks = receiver_of()
    sent = hooks.sign("record", example("zego_rtc/record"))
    body = sent.body.replace(b"{", odd, 1)
    assert said_at_once(hooks._reader, Request(sent.headers, body, "/")) is None


def test_all_that_is_public_is_there() -> None:
    """The names that the package offers exist."""
    assert all(hasattr(receiver, name) for name in receiver.__all__)


def test_a_moment_as_text_is_held_to_the_window(tmp_path: Path) -> None:
    """With digits of a second or an offset, or with neither."""
    folder = write_contract(
        tmp_path,
        signature={
            "scheme": "hmac",
            "digest": "sha256",
            "message": [{"in": "header", "field": "X-At"}, "body"],
            "signature": {"in": "header", "field": "X-Sign"},
            "encodings": ["hex"],
            "required": True,
        },
        request={"headers": [{"name": "X-At", "moment": "rfc3339", "source": SOURCE}]},
    )
    contract = read_contract(folder)
    hooks = Receiver("shop", secret=SECRET, contract=contract, window=300, clock=lambda: 1767225600)
    sent = hooks.sign("order_paid", SAMPLE)
    assert dict(sent.headers)["X-At"] == "2026-01-01T00:00:00.000Z"
    assert received(hooks, sent).callback == "shop/order_paid"
    for at, is_fresh in {
        "2026-01-01T00:04:59.123456789Z": True,
        "2026-01-01T01:00:00+01:00": True,
        "2026-01-01T01:00:00Z": False,
        "2025-12-31T23:54:59Z": False,
    }.items():
        digest = hmac.digest(SECRET.encode(), at.encode() + sent.body, "sha256").hex()
        check = hooks.check(headers=[("X-At", at), ("X-Sign", digest)], body=sent.body)
        assert (check.rejection is None) is is_fresh, at
        assert is_fresh or check.rejection.reason == "stale"


def test_what_is_no_option_or_no_secret_is_told_when_a_receiver_is_made() -> None:
    """Not by the first callback: a variable that is not set, a word that is misspelt."""
    wrong: list[tuple[tuple[Any, ...], dict[str, Any], str]] = [
        (("zego_rtc",), {"secret": None}, "no secret for zego_rtc"),
        (("zego_rtc",), {"secret": {"zego_rtc": None}}, "no secret for zego_rtc"),
        (("zego_rtc",), {"secret": [None]}, "text or bytes"),
        (("zego_rtc",), {"secret": 5}, "text or bytes"),
        ((["zego_rtc"],), {"secret": "x"}, "each a text"),
        (("zego_rtc",), {"secret": "x", "unknown": "raises"}, "unknown='raises' is none"),
        (("zego_rtc",), {"secret": "x", "unsigned": "yes"}, "unsigned='yes' is none"),
        (("zego_rtc",), {"secret": "x", "window": "60"}, "window='60' is none"),
        (("zego_rtc",), {"secret": "x", "window": -1}, "window=-1 is none"),
        (("zego_rtc",), {"secret": "x", "window": float("nan")}, "window=nan is none"),
    ]
    for areas, options, said in wrong:
        with pytest.raises(UsageError, match=said):
            Receiver(*areas, **options, contract=CONTRACT)
    sent = receiver_of().sign("record", example("zego_rtc/record"))
    for secret in (bytearray(SECRET.encode()), [memoryview(SECRET.encode())]):
        hooks = Receiver("zego_rtc", secret=secret, contract=CONTRACT)  # type: ignore[arg-type]
        assert hooks.check(headers=sent.headers, body=sent.body).ok
