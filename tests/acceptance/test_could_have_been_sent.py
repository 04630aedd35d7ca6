"""Receivers that are right, and know what the vendor could have sent, are not blamed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

import pytest

from hookproof.conformance.cases.marks import marks_of
from hookproof.conformance.cases.moments import moments_of
from hookproof.conformance.running.run import Plan, Surroundings, run_test
from hookproof.contract import Contract
from hookproof.findings import Severity
from hookproof.http.target import resolve_target
from hookproof.payload.body import BodyForm
from hookproof.payload.pointer import from_pointer
from hookproof.testing import Receiver, Refused, serve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.contract import Callback
    from hookproof.testing.receiver import Delivered

SECRET = b"9193cc662a4c0ec135ec71fb57194b38"
CONTRACT = Contract()
# Signed in the body and in a header; moments as text and numbers, in seconds and milliseconds,
# nested, and written out.
SEVERAL = (
    "zego_rtc/room_login",
    "zego_rtc/record",
    "zego_rtc/censor_video_v2_img_result",
    "zego_cloud_recording/file_upload_status",
    "tencent_trtc/room_entered",
)
SHARED = Surroundings()
_DAY = 24 * 60 * 60 * 1000


class RemembersNonces(Receiver):
    """A nonce, with its moment or without, belongs to one body: else a signature was replayed."""

    with_moment = False

    def process(self, delivered: Delivered) -> None:
        """Refuse a nonce that came with another body."""
        payload, facts = delivered.payload, delivered.callback.signature
        sent_at = delivered.callback.sent_at
        moment = payload.get(sent_at.field) if self.with_moment and sent_at else None
        known = self.__dict__.setdefault("known", {})
        for name in facts.nonces:
            if known.setdefault((payload[name], moment), delivered.body.raw) != delivered.body.raw:
                raise Refused(401, "this nonce came with another body")


class RemembersNoncesAndMoments(RemembersNonces):
    """The same by nonce and moment."""

    with_moment = True


class RemembersEvents(Receiver):
    """An identity belongs to one event: but for moment and signature it is always the same."""

    def process(self, delivered: Delivered) -> None:
        """Refuse an identity that came with another payload."""
        callback, payload = delivered.callback, delivered.payload
        names = {place.field for place in (callback.signature.place, *callback.signature.inputs)}
        names |= {callback.sent_at.field} if callback.sent_at else set()
        said = json.dumps({k: v for k, v in payload.items() if k not in names}, sort_keys=True)
        key = json.dumps([_at(payload, pointer) for pointer in callback.dedupe_key])
        known = self.__dict__.setdefault("known", {})
        if known.setdefault((callback.path, key), said) != said:
            raise Refused(409, "this event is known, and was another one")


class KnowsItsAccount(Receiver):
    """Refuses what another account got; which one it has is told by the first callback."""

    def process(self, delivered: Delivered) -> None:
        """Refuse another account."""
        marks = marks_of(delivered.callback.schema, word="x-account")
        for _, value, names in marks.places(delivered.payload):
            own = self.__dict__.setdefault("own", {})
            if own.setdefault((delivered.callback.vendor, names[0]), str(value)) != str(value):
                raise Refused(403, "another account")


class FindsMomentsPlausible(Receiver):
    """All that happened did so within a day of the callback."""

    def process(self, delivered: Delivered) -> None:
        """Refuse what happened at another time."""
        callback, payload = delivered.callback, delivered.payload
        places = marks_of(callback.schema, word="x-moment").places(payload)
        moments = [one for one in moments_of(places) if one.is_set]
        if any(one.at is None for one in moments):
            raise Refused(400, "a moment of no year of ours")
        at = [one.at for one in moments if one.at is not None]
        if at and max(at) - min(at) > _DAY:
            raise Refused(400, "stale")


def _at(payload: Any, pointer: str) -> Any:
    for part in from_pointer(pointer):
        payload = payload.get(part) if isinstance(payload, dict) else None
    return payload


def errors(url: str, callbacks: Sequence[Callback]) -> list[str]:
    """What a receiver is blamed for."""
    secrets = {one.area: SECRET for one in callbacks}
    plan = Plan(callbacks, secrets, max_cases=250)
    report = run_test(resolve_target(url), plan, surroundings=SHARED)
    assert all(result.requests for result in report.callbacks.values())
    blamed = [f for f in report.findings if f.severity is Severity.ERROR]
    return [f"{f.code} {f.callback} {f.where} {f.message}" for f in blamed]


@pytest.mark.parametrize(
    "kind",
    [
        RemembersNonces,
        RemembersNoncesAndMoments,
        RemembersEvents,
        KnowsItsAccount,
        FindsMomentsPlausible,
    ],
)
def test_a_receiver_that_is_right_is_not_blamed(kind: type[Receiver]) -> None:
    """Over several callbacks of several products, and in a second run with what it remembers."""
    callbacks = [CONTRACT.callback(name) for name in SEVERAL]
    receiver = kind(CONTRACT, secrets=dict.fromkeys({one.area for one in callbacks}, SECRET))
    with serve(receiver) as url:
        assert errors(url, callbacks) == []
        assert errors(url, callbacks) == []


class DecodesFormsTwice(Receiver):
    """Decodes a form as a whole before it is taken apart, as express.text and a parser do."""

    def process(self, delivered: Delivered) -> None:
        """Read the nested JSON of what is left after decoding twice."""
        body = delivered.body
        if body.form is not BodyForm.FORM:
            return
        fields = dict(parse_qsl(unquote(body.raw.decode())))
        try:
            json.loads(fields["extra_params"])
        except (KeyError, ValueError) as wrong:
            raise Refused(400, "extra_params") from wrong


def test_forms_hold_what_has_to_be_encoded_in_them() -> None:
    """An error where forms are to be read, else a warning, with the cause beside it."""
    record = CONTRACT.callback("zego_rtc/record")
    for encodings, code in ((("json", "form"), "HP403"), (("json",), "HP415")):
        plan = Plan([record], {record.area: SECRET}, body_encodings=encodings)
        secrets = {record.area: SECRET}
        with serve(DecodesFormsTwice(CONTRACT, secrets=secrets)) as url:
            found = run_test(resolve_target(url), plan, surroundings=SHARED).findings
        [twice] = [one for one in found if one.status == 400 and one.code in {"HP403", "HP415"}]
        assert (twice.code, "decode each name and value once" in twice.hint) == (code, True)
        assert "with & + % and quotes in its texts" in twice.message
