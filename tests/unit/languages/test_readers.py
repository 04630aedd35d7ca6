"""The reader of each language on this machine comes to the same as our own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from languages.readers import FOLDER, LANGUAGES, PAGES, ROOT, Language, page_of
from small_contract import SOURCE, write_contract

from hookproof.contract import Contract, contract_in
from hookproof.languages.pack import write_pack

if TYPE_CHECKING:
    from pathlib import Path

# One area for each way to sign; `make test-languages` takes all.
AREAS = ("livekit", "tencent_call", "tencent_css", "tencent_gme", "tencent_room", "zego_mini_game")
BESIDE = {
    "scheme": "hmac",
    "digest": "sha256",
    "message": ["body"],
    "signature": {"in": "header", "field": "X-Signature-2"},
    "encodings": ["hex"],
    "required": True,
}
SIDE_BY_SIDE = {
    **BESIDE,
    "digest": "sha1",
    "signature": {"in": "header", "field": "X-Signature"},
    "together": [{**BESIDE, "source": SOURCE}],
}
QUICK = [pytest.param(one, id=one.name) for one in LANGUAGES if not one.is_slow]
EACH = [pytest.param(one, id=one.name) for one in LANGUAGES]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small pack of vectors."""
    folder = tmp_path_factory.mktemp("pack")
    write_pack(folder, Contract(), AREAS)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where readers are built, each once."""
    return tmp_path_factory.mktemp("built")


def reader_in(built: Path, language: Language) -> Path:
    """The folder of a built reader; skips where the language is not on this machine."""
    if language.missing:
        pytest.skip(f"{language.name}: {language.missing} is not installed")
    folder = built / language.name
    if not folder.exists():
        folder.mkdir()
        language.built(folder)
    return folder


@pytest.mark.parametrize("language", QUICK)
def test_a_reader_comes_to_the_same(language: Language, pack: Path, built: Path) -> None:
    """Every request is accepted or refused as it has to be, and read to the digit."""
    count = sum(one["vectors"] for one in json.loads((pack / "index.json").read_text())["areas"])
    done = language.held_to(pack, reader_in(built, language))
    assert done.stdout.splitlines()[-1:] == [f"{count} vectors, 0 wrong"], done.stdout + done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("language", QUICK)
def test_a_reader_knows_all_words_of_recipes(
    language: Language, built: Path, tmp_path: Path
) -> None:
    """Pairs, several signatures, keys in Base64, the URL and sorted forms, by other contracts."""
    folder = reader_in(built, language)
    others = [
        ROOT / "examples" / "contracts" / name for name in ("stripe", "standard_webhooks", "twilio")
    ]
    for root in (*others, write_contract(tmp_path / "shop", signature=SIDE_BY_SIDE)):
        packed = tmp_path / f"{root.name}-vectors"
        count = sum(write_pack(packed, Contract(contract_in(root))).values())
        done = language.held_to(packed, folder)
        assert done.stdout.splitlines()[-1:] == [f"{count} vectors, 0 wrong"], done.stdout


@pytest.mark.parametrize("language", QUICK)
def test_a_reader_that_is_wrong_is_told(
    language: Language, pack: Path, built: Path, tmp_path: Path
) -> None:
    """Another digit, name, key, reason or verdict in what is expected is no match."""
    folder = reader_in(built, language)
    for name in ("rules.json",):
        (tmp_path / name).write_text((pack / name).read_text())
    index = json.loads((pack / "index.json").read_text())
    area = json.loads((pack / "tencent_gme.json").read_text())
    spoilt = list(spoiled(area["vectors"]))
    (tmp_path / "tencent_gme.json").write_text(json.dumps({**area, "vectors": spoilt}))
    areas = [{"file": "tencent_gme.json", "vectors": len(spoilt)}]
    (tmp_path / "index.json").write_text(json.dumps({**index, "areas": areas}))
    done = language.held_to(tmp_path, folder)
    assert done.stdout.splitlines()[-1] == f"{len(spoilt)} vectors, {len(spoilt)} wrong"
    assert done.returncode == 1


def spoiled(vectors):
    """One vector for each thing that may be wrong in an outcome."""
    genuine = next(one for one in vectors if one["name"].endswith("with unknown fields"))
    expected = genuine["expect"]
    at = "/field_that_no_page_knows/largest"
    assert expected["values"][at] == ["number", str(2**64 - 1)]
    for changes in (
        {"values": {**expected["values"], at: ["number", str(2**64 - 2)]}},
        {"values": {**expected["values"], at: ["text", str(2**64 - 1)]}},
        {"values": {**expected["values"], "/not/there": ["word", "null"]}},
        {"values": {one: leaf for one, leaf in expected["values"].items() if one != at}},
        {"callback": "tencent_gme/other"},
        {"dedupe_key": expected["dedupe_key"][:-1] + ",1]"},
    ):
        yield {**genuine, "expect": {**expected, **changes}}
    refused = {"accepted": False, "kind": "invalid-signature", "reason": "wrong"}
    yield {**genuine, "expect": refused}
    forged = next(one for one in vectors if one["expect"].get("reason") == "missing")
    yield {**forged, "expect": refused}
    yield {**forged, "expect": {**forged["expect"], "kind": "malformed"}}


@pytest.mark.parametrize("language", EACH)
def test_a_page_shows_the_source_that_is_run(language: Language) -> None:
    """docs/verify is written by tests/languages/readers.py from examples/verify."""
    page = (PAGES / f"{language.name}.md").read_text(encoding="utf-8")
    assert page == page_of(language), "run `.venv/bin/python tests/languages/readers.py`"


def test_each_language_has_a_page_and_no_other() -> None:
    """A folder that nobody lists would never be run."""
    names = {one.name for one in LANGUAGES}
    assert {path.name for path in FOLDER.iterdir()} == names
    assert {path.stem for path in PAGES.glob("*.md")} == names
