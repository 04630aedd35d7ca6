"""Whatever the words of `x-signature` allow is carried out, or refused: never passed over."""

from __future__ import annotations

import hmac
import json
import os
import random
import shutil
import subprocess
import time
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from dataclasses import replace
from datetime import datetime
from hashlib import new
from typing import TYPE_CHECKING, Any

import pytest
from contract import recipes_by_hand as by_hand
from contract.recipes_by_hand import Received
from small_contract import write_contract

from hookproof.conformance.evidence.curl_script import shell_lines
from hookproof.contract import Contract, contract_in
from hookproof.contract.parser import signature_of
from hookproof.contract_proof.check import check_contract, usability_problems
from hookproof.contract_proof.checks.reading import read_model
from hookproof.describe.wording import signature_words
from hookproof.http.request import Sending, write_request
from hookproof.http.target import with_query
from hookproof.payload.body import BodyForm, read_body
from hookproof.receiver import Receiver
from hookproof.receiver.rejections import InvalidSignature
from hookproof.signature import verify
from hookproof.signature.doctor import diagnose

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.contract import Callback
    from hookproof.contract_proof.checks.problem import ContractProblem
    from hookproof.http.request import Request

DRAWS = int(os.environ.get("HOOKPROOF_RECIPES", "400"))
# Base64 and hex, too.
SECRET = "0badcafe"
IN_SHELL = DRAWS // 25
# Prints the URL, headers and the body that it is given, with NUL between.
CURL = """#!/bin/sh
while [ $# -gt 0 ]; do
  case $1 in
    -H) headers="$headers$2\\0"; shift ;;
    --data-binary) file=${2#@}; shift ;;
    -*) ;;
    *) printf '%s\\0' "$1" ;;
  esac
  shift
done
printf %b "$headers"; cat "$file"
"""
ADDRESS = "https://shop.example/hook?own=1"
SAMPLE = {"event": "order_paid", "order": "A-17", "nonce": "4f1c", "time": 1767225600}


class Shop:
    """A contract whose signature is another one each time, without writing files."""

    def __init__(self, folder: Path) -> None:
        entry = {
            "scheme": "hmac-body",
            "digest": "sha256",
            "inputs": [],
            "signature": {"in": "header", "field": "X-Sign"},
            "encodings": ["hex"],
            "required": True,
        }
        write_contract(folder, signature=entry, request=by_hand.REQUEST)
        self._model = read_model(contract_in(folder))
        self._callback = Contract(contract_in(folder)).callback("order_paid")

    def problems(self, entry: dict[str, Any], encoding: str) -> list[ContractProblem]:
        """What a signature is refused for."""
        [document] = self._model.documents
        value = {**document.value, "x-signature": entry}
        [(key, item)] = value["webhooks"].items()
        forms = [{**item["post"]["x-encodings"][0], "encoding": encoding}]
        value["webhooks"] = {key: {"post": {**item["post"], "x-encodings": forms}}}
        model = replace(self._model, documents=[replace(document, value=value)])
        return usability_problems(model)

    def signed(self, entry: dict[str, Any]) -> Callback:
        """The callback with a signature."""
        return replace(self._callback, signature=signature_of(entry))


def test_every_recipe_is_carried_out_or_refused(tmp_path: Path) -> None:
    """What is signed equals what the words say by hand, verifies, and one byte more does not."""
    chance, shop = random.Random(int(os.environ.get("HOOKPROOF_SEED", "17"))), Shop(tmp_path)
    carried_out: Counter[str] = Counter()
    for number in range(DRAWS):
        entry, encoding = by_hand.draw(chance), chance.choice(("json", "form"))
        if problems := shop.problems(entry, encoding):
            assert all(one.code.startswith("HP") and one.hint for one in problems)
            carried_out["refused"] += 1
            continue
        try:
            hold(shop.signed(entry), entry, BodyForm(encoding))
        except Exception as error:
            error.add_note(f"draw {number}: {entry}, as {encoding}")
            raise
        carried_out[entry["scheme"]] += 1
    assert set(carried_out) == {*by_hand.SCHEMES, "refused"}
    assert min(carried_out.values()) > DRAWS // 50, carried_out


def hashed(name: str, raw: bytes) -> str:
    """A digest in hex."""
    return new(name, raw, usedforsecurity=False).hexdigest()


def hold(callback: Callback, entry: dict[str, Any], form: BodyForm) -> None:
    """Hold what is sent to the words, read by hand."""
    secret = entry.get("secret", {}).get("prefix", "") + SECRET
    sending = Sending(1767225600.5, "1", ADDRESS)
    request = write_request(callback, SAMPLE, secret=secret.encode(), sending=sending, form=form)
    got = _of(request)
    assert dict(got.headers)["X-Digest"] == hashed("md5", got.body)
    for one in (entry, *_beside(entry)):
        right = next(by_hand.written(one, by_hand.digest(one, secret, got)))
        assert right in by_hand.signatures_in(one, got), one
    assert verified(callback, secret, got)
    # Any of those side by side proves the sender alone, as any documented form does.
    forms, bare = [entry, *entry.get("alternatives", ()), *_beside(entry)], got
    for one in forms:
        bare = by_hand.without(one, bare)
    assert not verified(callback, secret, bare)
    for one in forms:
        texts = list(by_hand.written(one, by_hand.digest(one, secret, bare)))
        assert all(verified(callback, secret, by_hand.carrying(one, t, bare)) for t in texts), one
        for text in by_hand.spoilt(texts[0]):
            assert not verified(callback, secret, by_hand.carrying(one, text, bare)), text
    for one in _beside(entry):
        assert not verified(callback, secret, by_hand.carrying(one, "0" * 40, got)), one
    told = " ".join(signature_words(callback.signature))
    assert [word for word in by_hand.words_of(entry) if word not in told] == []
    assert ("sorted as text" in told) is any(map(by_hand.is_sorted, forms))
    for other in by_hand.tampered(got):
        same = all(
            by_hand.digest(one, secret, other) == by_hand.digest(one, secret, got)
            for one in (entry, *_beside(entry))
        )
        assert verified(callback, secret, other) is same, other


TOKEN = {
    "scheme": "jwt",
    "signature": {"in": "header", "field": "Authorization"},
    "encodings": ["base64url"],
    "required": True,
    "source": by_hand.SOURCE,
}
OF_TOKENS = {
    "headers": [
        {"name": "Authorization", "claim": "iss", "sample": "key-77", "source": by_hand.SOURCE},
        {
            "name": "Authorization",
            "claim": "exp",
            "moment": "seconds",
            "after": 300,
            "source": by_hand.SOURCE,
        },
    ]
}


def opened(part: str) -> dict[str, Any]:
    """A part of a token."""
    value: dict[str, Any] = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return value


@pytest.mark.parametrize("digest", ["md5", "sha1", "sha256", "sha512"])
@pytest.mark.parametrize("of_body", ["md5", "sha1", "sha256", "sha512"])
def test_every_token_is_carried_out_or_refused(digest: str, of_body: str, tmp_path: Path) -> None:
    """A token's hash and the claim of the body are what the words say, or a code says why not."""
    for number, encoding in enumerate(("hex", "base64", "base64url")):
        claim = {"name": "body", "digest": of_body, "encoding": encoding}
        entry = {**TOKEN, "digest": digest, "body-claim": claim}
        folder = write_contract(tmp_path / str(number), signature=entry, request=OF_TOKENS)
        found = usability_problems(read_model(contract_in(folder)))
        if found:
            assert {one.code for one in found} == {"HP508"}
            assert digest in {"md5", "sha1"} or encoding == "base64url" or of_body == "md5"
            continue
        callback = Contract(contract_in(folder)).callback("order_paid")
        sending = Sending(1767225600.5, "1", ADDRESS)
        got = _of(write_request(callback, SAMPLE, secret=b"secret", sending=sending))
        token = dict(got.headers)["Authorization"]
        signed, _, text = token.rpartition(".")
        head, claims = map(opened, signed.split("."))
        raw = new(of_body, got.body, usedforsecurity=False).digest()
        right = raw.hex() if encoding == "hex" else b64encode(raw).decode()
        assert head["alg"] == f"HS{digest[3:]}"
        assert claims == {"iss": "key-77", "exp": 1767225900, "body": right}
        keyed = urlsafe_b64encode(hmac.digest(b"secret", signed.encode(), digest)).decode()
        assert text == keyed.rstrip("=")
        assert verified(callback, "secret", got)
        for other in by_hand.tampered(got):
            assert verified(callback, "secret", other) is (other.body == got.body)
        assert not verified(callback, "another", got)


HMAC = {
    "scheme": "hmac",
    "digest": "sha256",
    "message": ["body"],
    "signature": {"in": "header", "field": "X-Sign"},
    "encodings": ["hex"],
    "required": True,
    "source": by_hand.SOURCE,
}
UNSENT, UNKNOWN = {"in": "header", "field": "X-Unsent"}, {"in": "body", "field": "unknown"}
DIGEST = {"digest": "md5", "encoding": "hex"}
IN_QUERY = {"in": "query", "field": "sign"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ({"message": ["body", UNSENT]}, "HP513", "nothing says what stands in the signed header"),
        ({"message": [UNKNOWN]}, "HP513", "the payload has no field 'unknown'"),
        ({"message": [{"in": "header", "field": "X-Digest"}]}, "HP508", "the body may be another"),
        (
            {"together": [{**HMAC, "message": [UNSENT], "signature": IN_QUERY}]},
            "HP513",
            "in the signed header x-unsent",
        ),
        ({"message": ["url"], "signature": IN_QUERY}, "HP508", "a signature stands in it"),
        ({"message": ["form"]}, "HP508", "a form is signed"),
        ({"together": [HMAC]}, "HP508", "needs a header or parameter of its own"),
        ({"signature": {**IN_QUERY, "several": "="}}, "HP508", "may be a part of a digest"),
        ({"signature": {**IN_QUERY, "several": ",", "prefix": "v1,"}}, "HP508", "'v1,' holds ','"),
        ({"signature": {"in": "header", "field": "x-time"}}, "HP508", "for another reason already"),
        ({"signature": {"in": "header", "field": "Host"}}, "HP508", "for another reason already"),
        (
            {"signature": {"in": "header", "field": "X-Pairs", "pair": "v", "separator": ";"}},
            "HP508",
            "separated in two ways",
        ),
        ({"signature": {"in": "header", "field": "two words"}}, "HP508", "does not match"),
    ],
)
def test_what_no_receiver_could_check_is_refused(
    words: dict[str, Any], code: str, said: str, tmp_path: Path
) -> None:
    """The problem says which piece of the signature it is about."""
    found = Shop(tmp_path).problems({**HMAC, **words}, "json")
    assert [(one.code, said in one.message) for one in found] == [(code, True)], found


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_a_shell_signs_every_recipe_as_the_engine_does(tmp_path: Path) -> None:
    """The lines of a report send the same bytes with signatures and moments of now."""
    chance, shop = random.Random(5), Shop(tmp_path)
    stand_in = tmp_path / "curl"
    stand_in.write_text(CURL)
    stand_in.chmod(0o755)
    for _ in range(IN_SHELL):
        entry, encoding = _carried_out(shop, chance)
        try:
            _hold_in_shell(shop.signed(entry), entry, BodyForm(encoding), tmp_path)
        except Exception as error:
            error.add_note(f"{entry}, as {encoding}")
            raise


def _carried_out(shop: Shop, chance: random.Random) -> tuple[dict[str, Any], str]:
    while True:
        entry, encoding = by_hand.draw(chance), chance.choice(("json", "form"))
        if not shop.problems(entry, encoding):
            return entry, encoding


def _hold_in_shell(callback: Callback, entry: dict[str, Any], form: BodyForm, folder: Path) -> None:
    secret = entry.get("secret", {}).get("prefix", "") + SECRET
    sending = Sending(1767225600.5, "1", ADDRESS)
    request = write_request(callback, SAMPLE, secret=secret.encode(), sending=sending, form=form)
    lines = shell_lines(ADDRESS, request, callback, genuine=True).lines
    env = {"PATH": f"{folder}:{os.environ['PATH']}", "TMPDIR": str(folder)}
    env["HOOKPROOF_SECRET"] = secret
    before = time.time()
    done = subprocess.run(["sh", "-c", lines], env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b""), lines
    url, *headers, body = done.stdout.split(b"\0")
    pairs = tuple(tuple(one.decode().split(": ", 1)) for one in headers)
    got = Received(url.decode(), pairs, body)
    assert verified(callback, secret, got), (lines, got)
    for one in (entry, *_beside(entry)):
        right = next(by_hand.written(one, by_hand.digest(one, secret, got)))
        assert right in by_hand.signatures_in(one, got), (lines, got)
    wrong = by_hand.carrying(entry, "0" * 40, got)
    given = {"payload": read_body(got.body).value, "body": wrong.body, "headers": wrong.headers}
    diagnosis = diagnose(callback.signature, secret.encode(), **given, url=wrong.url)
    assert SECRET not in repr(diagnosis)
    held = dict(pairs)
    assert held["X-Digest"] == hashed("md5", body)
    assert before - 1 <= int(held["X-Time"]) <= time.time() + 1
    assert before + 299 <= int(held["X-Pairs"].split("t=")[1].split(",")[0]) / 1000
    assert before - 1 <= datetime.fromisoformat(held["X-At"]).timestamp() <= time.time() + 1
    shown = shell_lines(ADDRESS, request, callback, genuine=False).lines
    assert not [one for one in by_hand.signatures_in(entry, _of(request)) if one in shown]


def _beside(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return list(entry.get("together", ()))


def _of(request: Request) -> Received:
    return Received(with_query(ADDRESS, request.query), request.headers, request.body)


def verified(callback: Callback, secret: str, got: Received) -> bool:
    """Whether the engine takes a request for genuine."""
    payload = read_body(got.body).value
    given = {"payload": payload, "body": got.body, "headers": got.headers, "url": got.url}
    return verify(callback.signature, secret.encode(), **given).valid


NO_WORD: dict[str, dict[str, Any]] = {
    "a private key": {"scheme": "ed25519"},
    "the secret itself": {"scheme": "token"},
    "after Bearer": {"signature": {"in": "header", "field": "Authorization", "prefix": "Bearer "}},
    "a token of a private key": {"digest": "es256"},
    "the path": {"message": ["path", "body"]},
    "nested": {"message": [{"in": "body", "field": "/signature/timestamp"}]},
    "a nested place": {"signature": {"in": "body", "field": "/signature/signature"}},
}


@pytest.mark.parametrize("words", NO_WORD.values(), ids=NO_WORD.keys())
def test_what_has_no_word_is_refused_and_says_what_to_do(
    words: dict[str, Any], tmp_path: Path
) -> None:
    """What vendors are known to do, and no recipe can say."""
    entry = {**HMAC, **words}
    if "Bearer " in str(words) or "digest" in words:
        claim = {"name": "sha256", "digest": "sha256", "encoding": "hex"}
        entry = {**entry, "scheme": "jwt", "encodings": ["base64url"], "body-claim": claim}
        del entry["message"]
    found = Shop(tmp_path).problems(entry, "json")
    assert found
    assert any("no word" in one.hint for one in found), found
    assert not [one for one in found if one.message.startswith("'inputs' is")]


def test_a_signed_digest_of_nothing_in_particular_is_told(tmp_path: Path) -> None:
    """No check can see whether a header is the digest of the body, so it asks."""
    md5_of = {"name": "MD5", "sample": "5d41402abc4b2a76b9719d911017c592", "source": by_hand.SOURCE}
    signed = {**HMAC, "message": [{"in": "header", "field": "MD5"}]}
    for number, (message, told) in enumerate(
        ((signed["message"], 1), (["body"], 0), ([DIGEST], 0))
    ):
        folder = write_contract(
            tmp_path / str(number),
            signature={**signed, "message": message},
            request={"headers": [md5_of]},
        )
        found = check_contract(contract_in(folder))
        said = [(one.severity, "says of what" in one.message) for one in found]
        assert said.count(("warning", True)) == told


def test_a_digest_header_covers_the_body_that_came(tmp_path: Path) -> None:
    """CheckSum is SHA1(secret + MD5 of the body + CurTime): a swapped body does not pass."""
    folder = write_contract(
        tmp_path,
        signature={
            "scheme": "hash",
            "digest": "sha1",
            "message": ["secret", DIGEST, {"in": "header", "field": "CurTime"}],
            "signature": {"in": "header", "field": "CheckSum"},
            "encodings": ["hex"],
            "required": True,
        },
        request={
            "headers": [
                {"name": "CurTime", "moment": "seconds", "source": by_hand.SOURCE},
                {"name": "MD5", "body-digest": DIGEST, "source": by_hand.SOURCE},
            ]
        },
    )
    assert [one for one in check_contract(contract_in(folder)) if one.code != "HP516"] == []
    callback = Contract(contract_in(folder)).callback("order_paid")
    assert callback.signature.covers_body
    sending = Sending(1767225600.5, "1", ADDRESS)
    request = write_request(callback, SAMPLE, secret=b"secret", sending=sending)
    got, digest = _of(request), hashed("md5", request.body)
    assert dict(got.headers)["MD5"] == digest
    right = hashed("sha1", f"secret{digest}1767225600".encode())
    assert dict(got.headers)["CheckSum"] == right
    assert verified(callback, "secret", got)
    assert not verified(callback, "secret", got._replace(body=got.body.replace(b"A-17", b"A-18")))
    receiver = Receiver(
        "shop", secret="secret", contract=Contract(contract_in(folder)), window=None
    )
    with pytest.raises(InvalidSignature):
        receiver.receive(headers=got.headers, body=got.body.replace(b"A-17", b"A-18"))
    assert receiver.receive(headers=got.headers, body=got.body).callback == "shop/order_paid"


PUSH = {"name": "X-Event", "text": "push", "source": by_hand.SOURCE}


@pytest.mark.parametrize(
    ("request_has", "named", "code"),
    [
        ({"headers": [PUSH]}, {"header x-event": ["push"]}, ""),
        ({"headers": [PUSH]}, {"header X-Event": "present"}, ""),
        ({"query": [PUSH]}, {"query X-Event": ["pull", "push"]}, ""),
        (None, {"header X-Sign": "present"}, ""),
        (None, {"header X-Event": ["push"]}, "HP513"),
        ({"query": [PUSH]}, {"header X-Event": ["push"]}, "HP513"),
        ({"query": [PUSH]}, {"query x-event": "present"}, "HP513"),
        ({"headers": [PUSH]}, {"header X-Event": ["pull"]}, "HP512"),
        ({"headers": [{**PUSH, "text": "1"}]}, {"header X-Event": [1]}, "HP512"),
        ({"headers": [{**PUSH, "text": "1"}]}, {"header X-Event": ["1"]}, ""),
    ],
)
def test_what_names_a_callback_is_sent(
    request_has: dict[str, Any] | None, named: dict[str, Any], code: str, tmp_path: Path
) -> None:
    """A header that no request has names none: what is sent would never be recognised."""
    folder = write_contract(
        tmp_path, signature=HMAC, request=request_has, more={"x-discriminator": named}
    )
    found = usability_problems(read_model(contract_in(folder)))
    assert [one.code for one in found] == ([code] if code else [])


@pytest.mark.parametrize(("sample", "count"), [("---", 1), ("id_12345", 1), ("a1" * 5, 0)])
def test_what_is_of_one_event_has_room_for_many(sample: str, count: int, tmp_path: Path) -> None:
    """Two events whose ids are alike by chance would be one to a receiver."""
    id_ = {"name": "X-Id", "sample": sample, "unique": "event", "source": by_hand.SOURCE}
    folder = write_contract(tmp_path, signature=HMAC, request={"headers": [id_]})
    found = usability_problems(read_model(contract_in(folder)))
    assert ["too short" in one.message for one in found] == [True] * count
