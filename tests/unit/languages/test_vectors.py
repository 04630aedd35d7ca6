"""Vectors: what is in a pack holds for our own receiver, and says what it is."""

from __future__ import annotations

import json
from base64 import b64decode
from collections import Counter
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from acceptance.command import called
from small_contract import read_contract, write_contract

from hookproof.cli import main
from hookproof.contract import Contract
from hookproof.errors import UsageError
from hookproof.findings import Severity
from hookproof.languages.pack import SCHEMA, pack_schema, write_pack
from hookproof.languages.rules import rules_of
from hookproof.languages.vectors import MOMENT, receiver_of, secrets_of, values_in, vectors_of
from hookproof.payload.body import BodyForm, read_body
from hookproof.payload.decode import decode_text
from hookproof.receiver import Receiver
from hookproof.schema.nested_json import texts_of
from hookproof.signature.secrets import Secrets
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = Contract()


def sent(vector: dict[str, Any]) -> dict[str, Any]:
    """A request as a receiver takes it."""
    return {
        "headers": [tuple(pair) for pair in vector["headers"]],
        "body": b64decode(vector["body"]),
        "url": vector["url"],
    }


def opened(value: Any, place: tuple[str, ...]) -> Any:
    """A value with the text at a place opened, where it is JSON."""
    if not place:
        reading = decode_text(value) if isinstance(value, str) else None
        return reading.value if reading and reading.complete else value
    if not isinstance(value, dict) or place[0] not in value:
        return value
    return {**value, place[0]: opened(value[place[0]], place[1:])}


@pytest.mark.parametrize("area", CONTRACT.areas)
def test_our_own_receiver_comes_to_what_is_expected(area: str) -> None:
    """Accepted or refused for the reason that stands there, with all values to the digit."""
    taking = receiver_of(CONTRACT, area)
    for vector in vectors_of(CONTRACT, area):
        receiver = taking
        if not vector["accept_unsigned"]:
            # Of a product of which nothing is signed there is no receiver that refuses.
            if not secrets_of(CONTRACT, area):
                continue
            receiver = Receiver(area, secret=secrets_of(CONTRACT, area), clock=lambda: MOMENT)
        result, expected = receiver.check(**sent(vector)), vector["expect"]
        if result.event is None:
            assert result.rejection
            kind = "malformed" if result.rejection.status != 401 else "invalid-signature"
            told = {"accepted": False, "kind": kind, "reason": result.rejection.reason}
        else:
            event, value = result.event, result.event.value
            for place in texts_of(
                CONTRACT.callback(event.callback).schema if event.callback else {}
            ):
                value = opened(value, place)
            told = {"accepted": True, "callback": event.callback, "dedupe_key": event.dedupe_key}
            told["values"] = values_in(value)
        assert told == expected, vector["name"]


@pytest.mark.parametrize("area", CONTRACT.areas)
def test_genuine_vectors_are_valid_captures(area: str) -> None:
    """`validate` recognises each, finds no error in it, and verifies its signature."""
    secrets = secrets_of(CONTRACT, area)
    tried = 0
    for secret in secrets or [""]:
        judge = Validator(CONTRACT, areas=[area], secrets=Secrets({}, secret.encode() or None))
        for vector in vectors_of(CONTRACT, area):
            callback = vector["expect"].get("callback")
            old = "signed with the secret before" in vector["name"]
            if (
                vector["kind"] != "genuine"
                or not callback
                or old != (secret != (secrets or [""])[0])
            ):
                continue
            request = sent(vector)
            types = dict(request["headers"])["Content-Type"]
            form = BodyForm.FORM if "form" in types else None
            body = read_body(request["body"], form=form)
            verdict = judge.judge(body, headers=request["headers"], url=request["url"])
            errors = [one for one in verdict.findings if one.severity is Severity.ERROR]
            assert (verdict.callback, errors) == (callback, []), vector["name"]
            tried += 1
    assert tried >= len(CONTRACT.listings([area]))


@pytest.mark.parametrize("area", CONTRACT.areas)
def test_every_callback_is_there_in_every_form(area: str) -> None:
    """No callback is left out, none of its forms, and names tell vectors apart."""
    vectors = list(vectors_of(CONTRACT, area))
    assert max(Counter(vector["name"] for vector in vectors).values()) == 1
    names = {vector["name"] for vector in vectors}
    for listed in CONTRACT.listings([area]):
        callback = CONTRACT.callback(listed.path)
        for example in callback.examples:
            assert f"{listed.path}: {example.name}" in names
        for facts in callback.encodings[1:]:
            assert f"{listed.path}: as {facts.encoding}" in names
        assert f"{listed.path}: with unknown fields" in names
    kinds = Counter(vector["kind"] for vector in vectors)
    signed = not all(one.is_unsigned for one in CONTRACT.listings([area]))
    assert kinds["genuine"]
    assert kinds["forged"]
    assert (kinds["hostile"] > 50) == signed


def test_nested_json_integers_of_64_bits_and_unknown_fields_are_in_it() -> None:
    """What other readers lose is what vectors hold them to."""
    by_name = {one["name"]: one for one in vectors_of(CONTRACT, "zego_rtc")}
    values = by_name["zego_rtc/record: with unknown fields"]["expect"]["values"]
    for at in ("", "/extra_params"):
        more = f"{at}/field_that_no_page_knows"
        assert values[f"{more}/largest"] == ["number", "18446744073709551615"]
        assert values[f"{more}/beyond"] == ["number", "1000000000000000000000000000007"]
    tencent = {one["name"]: one for one in vectors_of(CONTRACT, "tencent_gme")}
    largest = tencent["tencent_gme/recording: with the largest integers"]["expect"]["values"]
    assert largest["/TaskID"] == ["number", str(2**64 - 1)]


def test_a_pack_is_the_same_each_time_and_fits_its_schema(tmp_path: Path) -> None:
    """It can be kept in a repository, and read by who knows the schema alone."""
    counts = write_pack(tmp_path / "one", CONTRACT, ["tencent_gme", "zego_rtc"])
    assert write_pack(tmp_path / "two", CONTRACT, ["tencent_gme", "zego_rtc"]) == counts
    holds = jsonschema_rs.validator_for(pack_schema())
    names = {"index.json", "rules.json", "tencent_gme.json", "zego_rtc.json", SCHEMA}
    assert {path.name for path in (tmp_path / "one").iterdir()} == names
    for name in names:
        text = (tmp_path / "one" / name).read_bytes()
        assert text == (tmp_path / "two" / name).read_bytes()
        content = json.loads(text)
        if name != SCHEMA:
            assert content["$schema"] == SCHEMA
            assert not list(holds.iter_errors(content)), name
    index = json.loads((tmp_path / "one" / "index.json").read_text())
    assert [one["vectors"] for one in index["areas"]] == [*counts.values()]


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code and output of a command."""
    with pytest.raises(SystemExit) as left:
        main(list(words))
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How many of each area, and where."""
    code, out, err = run(capsys, "vectors", str(tmp_path / "pack"), "--area", "tencent_gme")
    assert (code, err) == (0, "")
    count = len(list(vectors_of(CONTRACT, "tencent_gme")))
    assert out.splitlines()[-1] == f"   {count} vectors of 1 area in {tmp_path / 'pack'}"


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--area", "no_such_area"], "no_such_area"), (["--contract", "nowhere"], "nowhere")],
)
def test_what_is_not_there_is_told(
    words: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown area or contract is wrong usage, and nothing is written."""
    code, _, err = run(capsys, "vectors", str(tmp_path / "pack"), *words)
    assert code == 2
    assert told in err
    assert not (tmp_path / "pack").exists()


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in its place is named."""
    (tmp_path / "pack").write_text("")
    code, _, err = run(capsys, "vectors", str(tmp_path / "pack"), "--area", "tencent_gme")
    assert code == 2
    assert "cannot write" in err
    assert "pack" in err


def test_the_first_rule_that_names_a_sample_is_that_of_its_callback() -> None:
    """A reader takes the first one, so those that a sample has more of stand before the others."""
    contract = CONTRACT
    directory = Validator(contract, areas=list(contract.areas))
    rules = rules_of(contract)["callbacks"]
    told = 0
    for path in contract.names():
        for example in contract.callback(path).examples:
            named = [one["callback"] for one in rules if names(one, example.payload)]
            known = [one.path for one in directory.identify(example.payload)]
            if len(set(named)) > 1 and known == [path]:
                told += 1
                assert named[0] == path, example.name
    assert told


def names(rule: dict[str, Any], payload: dict[str, Any]) -> bool:
    """Whether a rule names a payload, by its body alone."""
    for place in rule["named"]:
        value: Any = payload if place["in"] == "body" else None
        for name in place.get("path", ()):
            value = value.get(name) if isinstance(value, dict) else None
        if value is None or (place["values"] and value not in place["values"]):
            return False
    return True


def test_a_word_that_no_reader_has_is_told_by_the_area(tmp_path: Path) -> None:
    """A digest of the body among what is signed: no file is written that would read it wrong."""
    signed = {
        "scheme": "hash",
        "digest": "sha1",
        "message": ["secret", {"digest": "md5", "encoding": "hex"}],
        "signature": {"in": "header", "field": "CheckSum"},
        "encodings": ["hex"],
        "required": True,
    }
    contract = read_contract(write_contract(tmp_path / "contract", signature=signed))
    with pytest.raises(UsageError, match="shop signs a digest of the body") as told:
        rules_of(contract)
    assert "--area" in told.value.hint
    ran = called("vectors", tmp_path / "out", "--contract", tmp_path / "contract")
    assert (ran.code, "shop signs a digest of the body" in ran.complaint) == (2, True)
    assert not (tmp_path / "out").exists()
