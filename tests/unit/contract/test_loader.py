"""A contract gives its callbacks one by one, and reads no more than it has to."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml
from unit.describe.made import SALE, WEBHOOK, shop, write_contract

from hookproof.contract import Contract, contract_in, shipped_contract
from hookproof.contract.compiled import read_document, stale_compiled, write_compiled
from hookproof.errors import ContractError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

SHIPPED = shipped_contract()
GME = "openapi/tencent_gme.yaml"
RECORDING = "schemas/tencent_gme/recording.json"
QUESTION = {
    "where": "/Detail",
    "question": "Is it there on a start?",
    "source": {"page": "https://example.com/a", "date": "2026-01-02"},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the shipped contract, to change."""
    for part in ("schemas", "openapi"):
        shutil.copytree(SHIPPED.schemas.parent / part, tmp_path / part)
    return tmp_path


def change_json(file: Path, change: Callable[[Any], object]) -> None:
    """Change the value of a JSON file."""
    value = json.loads(file.read_text())
    change(value)
    file.write_text(json.dumps(value))


def change_document(file: Path, change: Callable[[Any], object]) -> None:
    """Change the value of a YAML file, which is JSON from then on."""
    value = yaml.safe_load(file.read_text())
    change(value)
    file.write_text(json.dumps(value))


def test_ordering_question_and_answer_are_facts(root):
    """What a webhook says of order and answer, and a schema of open questions, is loaded."""

    def change(document: Any) -> None:
        webhook = document["webhooks"]["tencent_gme/recording"]["post"]
        webhook["x-ordering"] = ["/Timestamp"]
        answer = {"schema": {"$ref": "#/components/schemas/Code"}, "example": {"Code": 200}}
        webhook["responses"]["200"] = {"content": {"application/json": answer}}
        document["components"]["schemas"]["Code"] = {"title": "Code", "type": "object"}

    change_document(root / GME, change)
    change_json(root / RECORDING, lambda value: value.update({"x-open-questions": [QUESTION]}))
    callback = Contract(contract_in(root)).callback("recording")
    assert callback.ordering == ("/Timestamp",)
    (question,) = callback.questions
    assert (question.where, question.question) == (QUESTION["where"], QUESTION["question"])
    assert str(question.source) == "https://example.com/a (2026-01-02)"
    assert callback.answer is not None
    assert callback.answer.status == "200"
    assert callback.answer.schema == {"title": "Code", "type": "object"}
    assert callback.answer.example == {"Code": 200}
    assert "x-open-questions" not in callback.schema


def test_where_pages_are_silent_there_is_nothing():
    """A callback whose page orders nothing and reads no answer has neither."""
    callback = Contract().callback("tencent_gme/recording")
    assert (callback.ordering, callback.answer) == ((), None)


def test_compiled_documents_say_what_the_yaml_says(root):
    """The facts read from JSON are those that YAML gives, callback by callback."""
    quick = Contract(contract_in(root))
    shutil.rmtree(root / "openapi" / "compiled")
    slow = Contract(contract_in(root))
    assert quick.listings() == slow.listings()
    for name in slow.names():
        assert quick.callback(name) == slow.callback(name)


def test_a_stale_compiled_document_is_passed_over(root):
    """Where the YAML was changed since, the YAML counts."""
    text = (root / GME).read_text()
    (root / GME).write_text(text.replace("x-vendor: tencent", "x-vendor: other"))
    assert Contract(contract_in(root)).callback("recording").vendor == "other"


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b'{"sha256": 1}', b"\xff\xfe"])
def test_a_broken_compiled_document_is_passed_over(root, raw):
    """What is no such file costs time and nothing else."""
    (root / "openapi" / "compiled" / "tencent_gme.json").write_bytes(raw)
    assert Contract(contract_in(root)).callback("recording").vendor == "tencent"


def test_a_compiled_document_that_was_cut_off_is_passed_over(root):
    """Its head may be whole where the rest is not; then the YAML is read."""
    files = contract_in(root)
    write_compiled(files)
    copy = files.compiled("tencent_gme")
    copy.write_bytes(copy.read_bytes()[:-9])
    assert Contract(files).callback("recording").vendor == "tencent"


def test_callbacks_are_listed_by_the_head_of_a_compiled_document(root, monkeypatch):
    """To tell callbacks apart takes no document, and gives what the documents say."""
    files = contract_in(root)
    wanted = [Contract(files).listings(), *(read_document(files, area) for area in files.areas())]
    write_compiled(files)
    monkeypatch.setattr("hookproof.contract.loader.read_document", None)
    assert Contract(files).listings() == wanted[0]
    monkeypatch.undo()
    assert [read_document(files, area) for area in files.areas()] == wanted[1:]


def test_stale_compiled_documents_are_told_and_written_anew(root):
    """What differs, is missing or belongs to no area is told in a line, and mended by writing."""
    files = contract_in(root)
    write_compiled(files)
    assert stale_compiled(files) == []
    (root / GME).write_text((root / GME).read_text() + "# later\n")
    files.compiled("zego_rtc").unlink()
    files.compiled("gone").write_text("{}")
    assert stale_compiled(files) == [
        "openapi/compiled/tencent_gme.json differs",
        "openapi/compiled/zego_rtc.json is missing",
        "openapi/compiled/gone.json belongs to no area",
    ]
    write_compiled(files)
    assert stale_compiled(files) == []


def test_a_document_that_json_cannot_hold_is_not_compiled(root):
    """Keys that are no text would be lost, so the document is refused by name."""
    text = (root / GME).read_text()
    (root / GME).write_text(text.replace("2XX: {d", "200: {d"))
    with pytest.raises(ContractError, match=r"tencent_gme\.yaml"):
        write_compiled(contract_in(root))


def test_only_the_schema_of_the_wanted_callback_is_read(root):
    """Broken schemas and documents of others are not noticed, and one's own is named."""
    (root / "schemas" / "zego_rtc" / "record.json").write_text("{")
    (root / GME).write_text("{")
    contract = Contract(contract_in(root))
    assert contract.callback("zego_rtc/compose").event == "compose"
    with pytest.raises(ContractError, match=r"record\.json"):
        contract.callback("zego_rtc/record")
    with pytest.raises(ContractError, match=r"tencent_gme\.yaml"):
        contract.listings()


def test_a_callback_is_read_once():
    """The same callback comes back by its short and its full name."""
    contract = Contract()
    assert contract.callback("record") is contract.callback("zego_rtc/record")


def test_an_ambiguous_name_is_asked_back(root):
    """A name of two areas is refused with the full names to choose from; a full one is taken."""
    for part, end in (("schemas", ""), ("openapi", ".yaml")):
        new = root / part / f"other{end}"
        old = root / part / f"tencent_gme{end}"
        if end:
            new.write_text(old.read_text().replace("tencent_gme/", "other/"))
        else:
            shutil.copytree(old, new)
    contract = Contract(contract_in(root))
    with pytest.raises(UsageError, match="exists in several areas") as caught:
        contract.callback("recording")
    assert "other/recording" in str(caught.value)
    assert "tencent_gme/recording" in str(caught.value)
    assert contract.callback("other/recording").area == "other"


@pytest.mark.parametrize(
    ("name", "hint"), [("recrd", "zego_rtc/record"), ("zego_rtc/nope", "zego_rtc/")]
)
def test_an_unknown_name_gets_a_suggestion(name, hint):
    """What is meant is guessed from the names that there are."""
    with pytest.raises(UsageError, match="there is no callback") as caught:
        Contract().callback(name)
    assert hint in str(caught.value)


@pytest.mark.parametrize("name", ["transcode_stop", "Event=transcode_stop"])
def test_a_callback_has_the_name_that_the_vendor_gives_it(name):
    """The value of the discriminator names a callback, alone or behind its field."""
    assert Contract().full_name(name) == "zego_rtc/transcode_stop"


def test_a_number_of_the_vendor_is_a_name(tmp_path):
    """Numbers are taken with their field; one that means several callbacks is asked back."""
    contract = shop(tmp_path)
    assert contract.full_name("type=8") == contract.full_name("8") == "shop/sale"
    with pytest.raises(UsageError, match="type=7 exists in several areas") as caught:
        contract.full_name("type=7")
    assert "which one do you mean: bank/sale or shop/sale?" in str(caught.value)


def test_two_callbacks_of_one_area_may_share_a_number(tmp_path):
    """Where several fields name callbacks together, one of them may not be enough."""
    pair = {**WEBHOOK, "x-discriminator": {"group": [1], "type": [9]}}
    made = write_contract(tmp_path, shop={"sale": (SALE, WEBHOOK), "gift": (SALE, pair)})
    contract = Contract(contract_in(made))
    assert contract.full_name("type=9") == "shop/gift"
    with pytest.raises(UsageError, match="group=1 is the name of several callbacks"):
        contract.full_name("group=1")


@pytest.mark.parametrize(
    ("name", "hint"),
    [("qqq", "`hookproof list` names them all"), ("zego_rtc", "hookproof list --area zego_rtc")],
)
def test_what_no_name_resembles_is_not_answered_with_all_names(name, hint):
    """A hint is a line that can be read, and an area is told for what it is."""
    with pytest.raises(UsageError) as caught:
        Contract().full_name(name)
    assert hint in str(caught.value)


READS = """
import sys
from hookproof.contract import Contract
from hookproof.validation.validator import Validator
validator = Validator(Contract())
[found] = validator.identify({"event": "record"})
assert found.path == "zego_rtc/record"
assert "yaml" not in sys.modules
"""


def test_identifying_needs_no_yaml():
    """With compiled documents at hand, PyYAML is not even imported."""
    done = subprocess.run(
        [sys.executable, "-c", READS], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
