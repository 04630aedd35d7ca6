"""A stored request is shown as it was sent, holds no signature, and says what is of its moment."""

from __future__ import annotations

import json
import random
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter
from unit.conformance.parts import NAMES, NOW, SECRET, callback, payload

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.cases.forgeries import NOBODYS_SECRET
from hookproof.conformance.checks import Check
from hookproof.conformance.evidence.stored_request import store
from hookproof.conformance.sending.sender import Sender
from hookproof.contract import Contract, contract_in
from hookproof.findings.finding import SIGNATURE_MARK, StoredRequest, as_stored_text
from hookproof.http.request import REMOVED, Layout, Repeated, Request
from hookproof.payload.body import BodyForm
from hookproof.signature.verify import claimed, find_signature

if TYPE_CHECKING:
    from hookproof.contract import Callback

EXAMPLES = Path(__file__).parents[3] / "examples" / "contracts"
OTHERS = [
    one
    for vendor in sorted(folder for folder in EXAMPLES.iterdir() if folder.is_dir())
    for contract in [Contract(contract_in(vendor))]
    for area in contract.areas
    for one in contract.callbacks(area).values()
    if not one.signature.is_unsigned
]
RECORD = "zego_rtc/record"
FORMS = [BodyForm.JSON, BodyForm.FORM, BodyForm.PERCENT_JSON]


def written(one: Callback, value: Any = None, **options: Any) -> tuple[Case, Request]:
    """A case of the documented sample, and its request, sent now."""
    options = {"check": Check.REFUSES_FORGED, "label": "one"} | options
    case = Case(payload=one.examples[0].payload if value is None else value, **options)
    encoding = one.signature.encodings[0]
    return case, Sender(one, SECRET, lambda: NOW, random.Random(5), encoding).write(case)


def kept(one: Callback, case: Case, request: Request, *, now: float = NOW) -> StoredRequest:
    """What is left of a request once it was stored, written as JSON and read back."""
    stored = store(request, case=case, callback=one, secret=SECRET, now=now, reaction="accepted")
    return TypeAdapter(StoredRequest).validate_json(json.dumps(asdict(stored)))


def signatures_in(one: Callback, request: Request) -> list[str]:
    """The signatures that a request carries, and those beside them."""
    found = []
    for facts in (one.signature, *one.signature.together):
        _, sent = find_signature(
            facts.place, request.payload, request.headers, url=f"?{request.query}"
        )
        found += claimed(facts, sent) if isinstance(sent, str) else []
    return [text for text in found if text]


def test_no_signature_is_kept_of_any_vendor() -> None:
    """In a field, a header, among its pairs, after a prefix, in the query, beside another one."""
    for one in [*map(callback, NAMES), *OTHERS]:
        for form in FORMS if one.area.startswith(("zego", "tencent")) else [BodyForm.JSON]:
            case, request = written(one, form=form)
            sent = signatures_in(one, request)
            assert sent, one.path
            told = json.dumps(asdict(kept(one, case, request)))
            assert SECRET.decode() not in told
            assert SIGNATURE_MARK in told, (one.path, form)
            assert not [text for text in sent if text in told], (one.path, form)


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize("name", [RECORD, "tencent_gme/recording"])
def test_of_two_signatures_the_right_one_is_never_kept(name: str, turn: int) -> None:
    """A header, or a key, that comes twice holds the right signature beside a wrong one."""
    one = callback(name)
    case, request = written(one, forge=lambda right: Repeated((right[::-1], right)[::turn]))
    [right] = signatures_in(one, written(one, forge=lambda right: right)[1])
    assert right in re.findall(r"[0-9A-Za-z+/=]{28,}", repr(request))
    told = json.dumps(asdict(kept(one, case, request)))
    assert right not in told
    assert SIGNATURE_MARK in told


def test_no_forgery_is_kept_that_follows_from_the_right_signature() -> None:
    """Half of it, all of it backwards, or that of another secret: the mark stands there."""
    one = callback(RECORD)
    for options in (
        {"forge": lambda right: right[::-1]},
        {"forge": str.upper},
        {"forge": lambda right: right[: len(right) // 2]},
        {"secret": NOBODYS_SECRET},
    ):
        case, request = written(one, **options)
        [sent] = signatures_in(one, request)
        stored = kept(one, case, request)
        assert json.loads(stored.body)["signature"] == SIGNATURE_MARK
        assert sent not in json.dumps(asdict(stored))


@pytest.mark.parametrize("forged", [None, True, 0, ["0"], {}, "", "0" * 40, REMOVED])
def test_a_forgery_that_is_no_digest_is_kept_as_it_is(forged: Any) -> None:
    """What tells nothing of the secret stays in the body."""
    case, request = written(callback(RECORD), forge=lambda _: forged)
    body = json.loads(kept(callback(RECORD), case, request).body)
    assert body.get("signature", REMOVED) == forged


@pytest.mark.parametrize("name", NAMES)
def test_all_but_the_signature_is_kept_as_it_was(name: str) -> None:
    """In every layout, byte for byte, headers and their order too."""
    one = callback(name)
    for layout in Layout:
        case, request = written(one, layout=layout)
        stored = kept(one, case, request)
        [sent] = signatures_in(one, request)
        assert stored.body.replace(SIGNATURE_MARK, sent).encode() == request.body
        headers = [(n, text.replace(SIGNATURE_MARK, sent)) for n, text in stored.headers]
        assert headers == list(request.headers)


@pytest.mark.parametrize("body", [b"", b"\x00", b"\xff\xfe", b"[" * 3000, b"null", b"\r\n", b"@"])
def test_broken_bodies_are_kept_as_they_were(body: bytes) -> None:
    """Bytes that are no payload come through a report unchanged."""
    case, request = written(callback(RECORD), body, check=Check.SURVIVES_MALFORMED)
    stored = kept(callback(RECORD), case, request)
    assert (stored.base64, stored.body) == as_stored_text(body)
    assert stored.moment is None
    assert stored.nonces == ()


@pytest.mark.parametrize("name", NAMES)
def test_how_far_the_moment_is_from_now_is_told(name: str) -> None:
    """A moment of now is 0, a stale one as stale as it is, one of another time stays as it is."""
    one = callback(name)
    if one.sent_at is None:
        pytest.skip("the callback tells no moment")
    for shift in (0, -86400, -3600, 86400):
        stored = kept(one, *written(one, shift=shift))
        assert stored.moment is not None
        assert abs(stored.moment - shift) < 2
    # Half a minute on the way is still now, and from two days on no clock has put it there.
    case, request = written(one)
    at_once = kept(one, case, request, now=NOW)
    late = {on_the_way: kept(one, case, request, now=NOW + on_the_way) for on_the_way in (29, 40)}
    assert at_once.moment == late[29].moment == 0
    assert late[40].moment in {-40, -39}
    assert kept(one, case, request, now=NOW + 90 * 86400).moment is None
    assert kept(one, case, request, now=NOW + 2 * 86400 + 60).moment is None


def test_only_a_nonce_of_the_clock_is_told() -> None:
    """Nonces that a probe is about stay, those that the sender made are made anew."""
    one = callback(RECORD)
    assert kept(one, *written(one)).nonces == ("nonce",)
    chosen = {**payload(RECORD), "nonce": "158273"}
    assert kept(one, *written(one, chosen, kept=frozenset({"nonce"}))).nonces == ()


def test_bodies_are_text_where_they_can_be() -> None:
    """A body that can be read is written so that it can."""
    assert as_stored_text(b'{"a": "\xc3\xbc"}') == (False, '{"a": "\u00fc"}')
    assert as_stored_text(b"\x00") == (True, "AA==")
    assert SIGNATURE_MARK.isascii()
