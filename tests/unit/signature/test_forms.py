"""Signatures in the URL's query, several documented forms of one, and the schemes behind them."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from each import each
from unit.signature.recipes import recipe

from hookproof.contract import Contract
from hookproof.contract.model import Place, SignatureFacts
from hookproof.contract.parser import signature_of
from hookproof.signature import SignatureState, sign, verify
from hookproof.signature.doctor import diagnose
from hookproof.signature.forms import documented, written
from hookproof.signature.schemes import digest_of
from hookproof.signature.verify import find_signature, is_in_sight, query_of

CONTRACT = Contract()
SECRET = b"secret"
BODY = b'{"a":1}'
SOURCE = {"page": "https://example.com/callbacks", "date": "2026-01-02"}

HMAC = CONTRACT.callback("tencent_gme/recording").signature
IN_QUERY = replace(
    HMAC, scheme="hmac-method-body", place=Place("query", "Signature"), encodings=("base64",)
)
JOINED = recipe("joined", digest="sha1", inputs=[{"in": "body", "field": f} for f in "abc"])
RIGHT = b64encode(hmac.new(SECRET, b"POST" + BODY, "sha1").digest()).decode()

# Three statements of one vendor on one callback, as a contract says them.
MD5_FORM = {
    "scheme": "joined",
    "digest": "md5",
    "secret-at": 2,
    "signature": {"in": "body", "field": "Signature"},
    "inputs": [
        {"in": "body", "field": "AppId"},
        {"in": "body", "field": "SignatureNonce"},
        {"in": "body", "field": "Timestamp"},
    ],
    "encodings": ["hex"],
    "covers": ["AppId", "SignatureNonce", "Timestamp"],
    "required": True,
    "source": SOURCE,
}
SORTED_FORM = {
    "scheme": "sorted-sha1",
    "signature": {"in": "body", "field": "Signature"},
    "inputs": [
        {"in": "body", "field": "Timestamp"},
        {"in": "body", "field": "SignatureNonce"},
    ],
    "encodings": ["hex", "percent-base64"],
    "covers": ["Timestamp", "SignatureNonce"],
    "required": True,
    "source": {**SOURCE, "date": "2026-03-04"},
}
TWO_FORMS: SignatureFacts = signature_of({**MD5_FORM, "alternatives": [SORTED_FORM]})
# A published vector of the vendor's API requests, which are signed alike.
MD5_VECTOR = {"AppId": 12345, "SignatureNonce": "4fd24687296dd9f3", "Timestamp": 1615186943}
MD5_SECRET = b"9193cc662a4c0ec135ec71fb57194b38"
MD5_RIGHT = "43e5cfcca828314675f91b001390566a"

TABS = (
    b'{\n\t"EventGroupId":\t2,\n\t"EventType":\t204,\n\t"CallbackTs":\t1664209748188,\n'
    b'\t"EventInfo":\t{\n\t\t"RoomId":\t8489,\n\t\t"EventTs":\t1664209748,\n'
    b'\t\t"EventMsTs":\t1664209748180,\n\t\t"UserId":\t"user_85034614",\n'
    b'\t\t"Reason":\t0\n\t}\n}'
)
TABS_RIGHT = "kkoFeO3Oh2ZHnjtg8tEAQhtXK16/KI05W3BQff8IvGA="
IN_SIGN = replace(
    HMAC, digest="sha256", place=Place("header", "Sign"), encodings=("base64",), required=False
)


def in_query(signature: str, name: str = "Signature") -> str:
    """A URL that carries a signature, percent-encoded as it has to be."""
    return f"https://example.com/callback?app=1&{name}={quote(signature, safe='')}"


class TestJoined:
    """A plain digest over values and secret in a stated order."""

    def test_it_gives_the_published_vector(self) -> None:
        """MD5 over the application, the nonce, the secret and the moment, in this order."""
        inputs = [b"12345", b"4fd24687296dd9f3", b"1615186943"]
        raw = digest_of(replace(TWO_FORMS, alternatives=()), MD5_SECRET, inputs=inputs, body=b"")
        assert raw.hex() == MD5_RIGHT

    def test_the_vector_holds_through_the_facts(self) -> None:
        """What a contract says in data gives the vector, to sign and to verify."""
        assert sign(TWO_FORMS, MD5_SECRET, payload=MD5_VECTOR, body=b"") == MD5_RIGHT
        payload = {**MD5_VECTOR, "Signature": MD5_RIGHT}
        assert verify(TWO_FORMS, MD5_SECRET, payload=payload, body=b"").valid

    @pytest.mark.parametrize("at", [0, 1, 2, 3])
    def test_the_secret_stands_where_it_is_said_to(self, at: int) -> None:
        """Every place among the inputs gives the digest of that order, and no other's."""
        order = [b"a", b"b", b"c"]
        order.insert(at, b"S")
        wanted = hashlib.sha1(b"".join(order)).digest()  # noqa: S324 - the scheme's
        digests = [
            digest_of(replace(JOINED, secret_at=place), b"S", inputs=[b"a", b"b", b"c"], body=b"x")
            for place in range(4)
        ]
        assert digests[at] == wanted
        assert digests.count(wanted) == 1


class TestMethodAndBody:
    """HMAC over the letters of the method and the body right after them."""

    def test_the_method_goes_before_the_body(self) -> None:
        """Nothing stands between POST and the body, and neither is left out."""
        wanted = hmac.new(SECRET, b"POST" + BODY, "sha1").digest()
        assert digest_of(IN_QUERY, SECRET, inputs=(), body=BODY) == wanted
        assert digest_of(HMAC, SECRET, inputs=(), body=BODY) != wanted

    def test_every_byte_of_the_body_counts(self) -> None:
        """A blank more is another signature."""
        url = in_query(RIGHT)
        assert verify(IN_QUERY, SECRET, payload=None, body=BODY, url=url).valid
        assert not verify(IN_QUERY, SECRET, payload=None, body=BODY + b" ", url=url).valid


class TestOfficialVector:
    """The vector that a vendor prints for HMAC-SHA256 over the body in the header Sign."""

    def test_it_verifies_with_real_tabs(self) -> None:
        """The body with line feeds and tabs as bytes gives the printed signature."""
        headers = [("Sign", TABS_RIGHT)]
        assert verify(IN_SIGN, b"123654", payload=None, body=TABS, headers=headers).valid

    def test_it_does_not_with_backslashes(self) -> None:
        """The body as another page prints it, with backslashes and letters, does not match."""
        printed = TABS.replace(b"\n", b"\\n").replace(b"\t", b"\\t")
        headers = [("Sign", TABS_RIGHT)]
        verdict = verify(IN_SIGN, b"123654", payload=None, body=printed, headers=headers)
        assert verdict.state is SignatureState.WRONG
        wrong = sign(IN_SIGN, b"123654", payload=None, body=printed)
        assert wrong == "LvKyTq86nULm22HssZHPn1L7gkGafhnxpO//kNZ31TM="
        told = diagnose(IN_SIGN, b"123654", payload=None, body=printed, headers=headers)
        assert told.mistake == "body-escaped"


class TestTheContract:
    """The shipped contract says of these callbacks what gives the vectors."""

    def test_the_official_vector_holds_for_its_callback(self) -> None:
        """The printed body is that of stopped audio, and verifies by what the contract says."""
        callback = CONTRACT.callback("tencent_trtc/audio_stopped")
        headers = [("SdkAppId", "1400000000"), ("Sign", TABS_RIGHT)]
        verdict = verify(callback.signature, b"123654", payload=None, body=TABS, headers=headers)
        assert verdict.valid
        [shown] = [e for e in callback.examples if e.name == "signature_section"]
        assert json.loads(TABS) == shown.payload

    def test_the_second_sample_has_the_signature_that_was_computed(self) -> None:
        """The body that the page signs with the key 789 in other languages, without a result."""
        facts = CONTRACT.callback("tencent_trtc/room_created").signature
        body = (
            b'{\n\t"EventGroupId":\t1,\n\t"EventType":\t101,\n\t"CallbackTs":\t1608086882372,\n'
            b'\t"EventInfo":\t{\n\t\t"RoomId":\t20222,\n\t\t"EventTs":\t1608086882,\n'
            b'\t\t"UserId":\t"222222_phone"\n\t}\n}'
        )
        made = sign(facts, b"789", payload=None, body=body)
        assert made == "t2Yq1R4wilV/RIMRyygkgdhxWO8dgTdXXrfNVtz7V3k="

    @each("name", CONTRACT.names(["tencent_trtc"]))
    def test_a_whole_area_may_come_unsigned(self, name: str) -> None:
        """No key, no signature, and whoever has a secret has a key: a missing one is missing."""
        callback = CONTRACT.callback(name)
        assert not callback.signature.required
        verdict = verify(callback.signature, SECRET, payload={}, body=b"{}")
        assert verdict.state is SignatureState.MISSING
        assert callback.deliveries[0].success.accepts_status(200)
        assert not callback.deliveries[0].success.accepts_status(201)
        delivery = callback.deliveries[0]
        if delivery.retry_when != ("silent",):
            assert delivery.retry_after == (0, 10, 10, 10, 10, 10)

    def test_moderation_is_signed_in_the_query(self) -> None:
        """POST and the body, HMAC-SHA1, Base64, in the URL."""
        facts = CONTRACT.callback("tencent_gme/voice_moderation").signature
        assert verify(facts, SECRET, payload=None, body=BODY, url=in_query(RIGHT)).valid
        assert sign(facts, SECRET, payload=None, body=BODY) == RIGHT


class TestInTheQuery:
    """A signature that travels as a parameter of the URL."""

    def test_it_is_read_percent_decoded(self) -> None:
        """Base64's plus, slash and equals signs are encoded in a query, and come back."""
        text = "+/" * 13 + "8="
        assert find_signature(IN_QUERY.place, None, (), url=in_query(text)) == (True, text)

    @pytest.mark.parametrize("signature", ["a+b/c=", "a%2Bb/c%3D"])
    def test_a_bare_plus_stays_one(self, signature: str) -> None:
        """No signature holds a blank, so a plus sign is never taken for one."""
        assert dict(query_of(f"?Signature={signature}")) == {"Signature": "a+b/c="}

    @pytest.mark.parametrize(
        "url", ["", "/callback", "/?signature=x", "/#?Signature=x", "/?app=1&Sign=x"]
    )
    def test_without_its_parameter_it_is_missing(self, url: str) -> None:
        """Neither another letter case nor a fragment counts."""
        verdict = verify(IN_QUERY, SECRET, payload={"Signature": RIGHT}, body=BODY, url=url)
        assert verdict.state is SignatureState.MISSING
        assert verdict.reason == "no query parameter Signature"

    @pytest.mark.parametrize("value", ["", RIGHT[:-1], RIGHT.lower(), "%FF%FE", "x" * 100_000])
    def test_only_the_right_one_passes(self, value: str) -> None:
        """Anything else is refused, and nothing raises."""
        url = f"/?Signature={value}"
        assert not verify(IN_QUERY, SECRET, payload=None, body=BODY, url=url).valid

    def test_a_capture_has_to_show_it(self) -> None:
        """Without a URL nothing can be checked, whatever the headers say."""
        assert not is_in_sight(IN_QUERY, headers=[("Signature", RIGHT)], url="")
        assert is_in_sight(IN_QUERY, headers=None, url="/callback")
        assert not is_in_sight(HMAC, headers=None, url=in_query(RIGHT))

    def test_the_doctor_looks_there_too(self) -> None:
        """A right signature under another name, or in a header, is told with its place."""
        renamed = diagnose(
            IN_QUERY, SECRET, payload=None, body=BODY, url=in_query(RIGHT, name="signature")
        )
        assert renamed.mistake == "other-name"
        assert "query parameter" in renamed.explanation
        header = [("Signature", RIGHT)]
        moved = diagnose(IN_QUERY, SECRET, payload=None, body=BODY, headers=header)
        assert moved.mistake == "other-place"


class TestSeveralForms:
    """A signature that the pages describe in more than one way."""

    def signed(self, form: int, encoding: str | None = None) -> dict[str, Any]:
        """The payload of the vector, signed in one form."""
        facts = TWO_FORMS.forms[form]
        signature = sign(facts, SECRET, payload=MD5_VECTOR, body=b"", encoding=encoding)
        return {**MD5_VECTOR, "Signature": signature}

    @pytest.mark.parametrize(("form", "encoding"), [(0, "hex"), (1, "hex"), (1, "percent-base64")])
    def test_any_of_them_verifies_and_is_named(self, form: int, encoding: str) -> None:
        """The verdict tells which form matched, and how it was written."""
        verdict = verify(TWO_FORMS, SECRET, payload=self.signed(form, encoding), body=b"")
        assert (verdict.valid, verdict.form, verdict.encoding) == (True, form, encoding)

    def test_the_first_one_is_sent(self) -> None:
        """Signing takes the first form in its first encoding."""
        made = sign(TWO_FORMS, SECRET, payload=MD5_VECTOR, body=b"")
        assert made == self.signed(0, "hex")["Signature"]

    def test_nothing_else_verifies(self) -> None:
        """A signature in none of the forms is wrong; one that is not there is missing."""
        payload = {**MD5_VECTOR, "Signature": "0" * 40}
        assert verify(TWO_FORMS, SECRET, payload=payload, body=b"").state is SignatureState.WRONG
        absent = verify(TWO_FORMS, SECRET, payload=MD5_VECTOR, body=b"")
        assert absent.state is SignatureState.MISSING

    def test_the_form_that_came_closest_is_told(self) -> None:
        """A wrong signature where one form has it counts for more than its lack in another's."""
        elsewhere = replace(IN_SIGN, required=True)
        both = replace(elsewhere, alternatives=(HMAC,))
        headers = [("Signature", "x")]
        verdict = verify(both, SECRET, payload=None, body=BODY, headers=headers)
        assert (verdict.state, verdict.form) == (SignatureState.WRONG, 1)

    def test_they_are_told_in_words(self) -> None:
        """What was found, and what else is documented, each in a few words."""
        assert written(HMAC, 0, "hex") == "written as hex"
        assert documented(HMAC) == "base64 and hex"
        assert written(TWO_FORMS, 0, "hex") == (
            "made by joined with md5, in the field Signature, written as hex"
        )
        assert "; made by sorted-sha1, in the field Signature" in documented(TWO_FORMS)

    def test_an_application_is_no_nonce(self) -> None:
        """Of the signed fields only the nonce is made anew for each sending."""
        assert TWO_FORMS.nonces == ("SignatureNonce",)


class TestNotRequired:
    """A vendor that signs only where it was given a key; whoever verifies has one."""

    @pytest.mark.parametrize("signature", ["", "x", TABS_RIGHT])
    def test_a_wrong_one_is_wrong(self, signature: str) -> None:
        """What is there has to be right, the empty one too."""
        headers = [("Sign", signature)]
        assert not verify(IN_SIGN, SECRET, payload=None, body=BODY, headers=headers).valid

    @pytest.mark.parametrize("required", [True, False])
    def test_a_missing_one_is_missing(self, required: bool) -> None:  # noqa: FBT001 - a parameter
        """It proves nothing, whatever the vendor sends to others."""
        facts = replace(IN_SIGN, required=required)
        verdict = verify(facts, SECRET, payload=None, body=BODY)
        assert verdict.state is SignatureState.MISSING
        assert not verdict.valid
