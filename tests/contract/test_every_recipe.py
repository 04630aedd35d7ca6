"""Whatever the words of `x-signature` allow is carried out, or refused: never passed over."""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from contract import recipes_by_hand as by_hand
from contract.recipes_by_hand import Received
from small_contract import write_contract

from hookproof.contract import Contract, contract_in
from hookproof.contract.parser import signature_of
from hookproof.contract_proof.check import usability_problems
from hookproof.contract_proof.checks.reading import read_model
from hookproof.http.request import Sending, write_request
from hookproof.http.target import with_query
from hookproof.payload.body import BodyForm, read_body
from hookproof.signature import verify

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.contract import Callback

DRAWS = int(os.environ.get("HOOKPROOF_RECIPES", "1500"))
# Base64 and hex, too.
SECRET = "0badcafe"
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

    def problems(self, entry: dict[str, Any], encoding: str) -> list[str]:
        """The codes that a signature is refused with."""
        [document] = self._model.documents
        value = {**document.value, "x-signature": entry}
        [(key, item)] = value["webhooks"].items()
        forms = [{**item["post"]["x-encodings"][0], "encoding": encoding}]
        value["webhooks"] = {key: {"post": {**item["post"], "x-encodings": forms}}}
        model = replace(self._model, documents=[replace(document, value=value)])
        return [problem.code for problem in usability_problems(model)]

    def signed(self, entry: dict[str, Any]) -> Callback:
        """The callback with a signature."""
        return replace(self._callback, signature=signature_of(entry))


def test_every_recipe_is_carried_out_or_refused(tmp_path: Path) -> None:
    """What is signed equals what the words say by hand, verifies, and one byte more does not."""
    chance, shop = random.Random(int(os.environ.get("HOOKPROOF_SEED", "17"))), Shop(tmp_path)
    carried_out: Counter[str] = Counter()
    for number in range(DRAWS):
        entry, encoding = by_hand.draw(chance), chance.choice(("json", "form"))
        if codes := shop.problems(entry, encoding):
            assert all(code.startswith("HP") for code in codes)
            carried_out["refused"] += 1
            continue
        try:
            hold(shop.signed(entry), entry, BodyForm(encoding))
        except Exception as error:
            error.add_note(f"draw {number}: {entry}, as {encoding}")
            raise
        carried_out[entry["scheme"]] += 1
    assert set(carried_out) == {*by_hand.SCHEMES, "refused"}
    assert min(carried_out.values()) > DRAWS // 100, carried_out


def hold(callback: Callback, entry: dict[str, Any], form: BodyForm) -> None:
    """Hold what is sent to the words, read by hand."""
    secret = entry.get("secret", {}).get("prefix", "") + SECRET
    sending = Sending(1767225600.5, "1", ADDRESS)
    request = write_request(callback, SAMPLE, secret=secret.encode(), sending=sending, form=form)
    got = Received(with_query(ADDRESS, request.query), request.headers, request.body)
    for one in (entry, *entry.get("together", ())):
        right = next(by_hand.written(one, by_hand.digest(one, secret, got)))
        assert right in by_hand.signatures_in(one, got), one
    assert verified(callback, secret, got)
    forms, bare = [entry, *entry.get("alternatives", ())], got
    for one in forms:
        bare = by_hand.without(one, bare)
    assert not verified(callback, secret, bare)
    for one in forms:
        texts = list(by_hand.written(one, by_hand.digest(one, secret, bare)))
        assert all(verified(callback, secret, by_hand.carrying(one, t, bare)) for t in texts), one
        for text in by_hand.spoilt(texts[0]):
            assert not verified(callback, secret, by_hand.carrying(one, text, bare)), text
    for other in by_hand.tampered(got):
        same = by_hand.digest(entry, secret, other) == by_hand.digest(entry, secret, got)
        assert verified(callback, secret, other) is same, other


def verified(callback: Callback, secret: str, got: Received) -> bool:
    """Whether the engine takes a request for genuine."""
    payload = read_body(got.body).value
    given = {"payload": payload, "body": got.body, "headers": got.headers, "url": got.url}
    return verify(callback.signature, secret.encode(), **given).valid
