"""Two contracts are compared callback by callback, in all that a receiver relies on."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from unit.describe.made import ANSWER, SALE, SIGNATURE, SOURCE, WEBHOOK, sale, write_contract

from hookproof.contract import Contract, contract_in
from hookproof.diff.contracts import compare_contracts
from hookproof.diff.render import changes_as_json, changes_as_markdown, render_changes
from hookproof.diff.revision import opened
from hookproof.errors import UsageError
from hookproof.report.ink import Ink

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.diff.contracts import Change

DELIVERY: dict[str, Any] = WEBHOOK["x-delivery"][0]
LATER = {**SOURCE, "date": "2027-01-01"}


def compared(tmp_path: Path, schema: Any, webhook: Any) -> list[Change]:
    """What differs when the sale becomes this."""
    old = write_contract(tmp_path / "old", shop={"sale": (SALE, WEBHOOK)})
    new = write_contract(tmp_path / "new", shop={"sale": (schema, webhook)})
    return compare_contracts(Contract(contract_in(old)), Contract(contract_in(new)))


def delivery(**changes: Any) -> dict[str, Any]:
    """The webhook, its newest delivery changed."""
    return {"x-delivery": [{**DELIVERY, **changes}, WEBHOOK["x-delivery"][1]]}


def answer(schema: Any) -> dict[str, Any]:
    """The webhook, its answer of this schema."""
    content = {"application/json": {"schema": schema, "example": {"code": 0}}}
    return {"responses": {"200": {"description": "x", "content": content}}}


def signature(**changes: Any) -> dict[str, Any]:
    """The webhook with a signature of its own."""
    return {"x-signature": {**SIGNATURE, **changes}}


HEADER = {"name": "X-App", "sample": "7", "account": "app", "source": SOURCE}
JSON = {"encoding": "json", "documented": "default", "source": SOURCE}
FORM = {"encoding": "form", "documented": "on-request", "source": SOURCE}
PERCENT = {"encoding": "percent-json", "documented": "sentence", "source": SOURCE}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"x-discriminator": {"group": [1], "type": [7]}}, ("discriminator-changed", True)),
        ({"x-dedupe-key": ["/time", "/nonce"]}, ("dedupe-key-changed", True)),
        ({"x-ordering": ["/nonce"]}, ("ordering-changed", True)),
        ({"x-sent-at": {"field": "time", "unit": "milliseconds"}}, ("sent-at-changed", True)),
        (
            signature(scheme="hmac-body", digest="sha1", covers=["body"]),
            ("signature-changed", True),
        ),
        (signature(encodings=["hex", "base64"]), ("signature-changed", True)),
        (signature(signature={"in": "header", "field": "sign"}), ("signature-changed", True)),
        (signature(required=True), ("signature-changed", False)),
        ({"x-encodings": [FORM, JSON, PERCENT]}, ("encoding-changed", True)),
        ({"x-encodings": [JSON, PERCENT, FORM]}, ("encoding-added", False)),
        ({"x-encodings": [JSON]}, ("encoding-removed", False)),
        (delivery(success={"status": "2XX"}), ("success-changed", True)),
        (delivery(success={"status": "200", "body": "1"}), ("success-changed", True)),
        (delivery(timeout=2.5), ("timeout-changed", True)),
        (delivery(timeout=10), ("timeout-changed", False)),
        (delivery(timeout=None), ("timeout-changed", False)),
        (delivery(retry={"when": ["no-response"], "after": []}), ("retries-changed", False)),
        (delivery(**{"answer-max-bytes": 100}), ("answer-limit-changed", True)),
        (delivery(transport="https"), ("transport-changed", False)),
        (delivery(**{"may-be": ["lost"]}), ("warnings-changed", False)),
        ({"x-request": {"headers": [HEADER]}}, ("request-field-added", False)),
        ({"responses": {"200": {"description": "x"}}}, ("answer-changed", False)),
        (answer({**ANSWER, "required": []}), ("field-optional", True)),
        (answer({**ANSWER, "properties": {}, "required": []}), ("field-removed", True)),
    ],
)
def test_facts_beside_the_payload(tmp_path, changes, expected):
    """Names, keys, signature, delivery and answer are compared, each with what it means."""
    found = compared(tmp_path, SALE, {**WEBHOOK, **changes})
    assert expected in {(one.kind, one.breaking) for one in found}
    assert {one.callback for one in found} == {"shop/sale"}
    assert any(one.breaking for one in found) == expected[1]


def test_an_answer_that_is_read_from_now_on(tmp_path):
    """Where the body of an answer did not matter and does now, receivers have to change."""
    silent = {key: value for key, value in WEBHOOK.items() if key != "responses"}
    old = write_contract(tmp_path / "a", shop={"sale": (SALE, silent)})
    new = write_contract(tmp_path / "b", shop={"sale": (SALE, WEBHOOK)})
    (change,) = compare_contracts(Contract(contract_in(old)), Contract(contract_in(new)))
    assert (change.subject, change.breaking) == ("answer", True)


@pytest.mark.parametrize(
    ("schema", "webhook"),
    [
        (SALE, WEBHOOK),
        (sale(description="other", **{"x-open-questions": []}), WEBHOOK),
        (SALE, {**WEBHOOK, "summary": "other"}),
        (
            SALE,
            {**WEBHOOK, "x-delivery": [{**DELIVERY, "source": LATER}]},
        ),
        (SALE, {**WEBHOOK, **delivery(success={"status": "200", "documented": False})}),
    ],
)
def test_words_and_pages_are_no_change(tmp_path, schema, webhook):
    """Other words, dates and older pages mean nothing to a receiver."""
    assert compared(tmp_path, schema, webhook) == []


def test_a_header_that_is_sent_no_more(tmp_path):
    """A receiver may need it, so that it is gone breaks; so does another value of it."""
    was = {**WEBHOOK, "x-request": {"query": [HEADER]}}
    for now, kind in (
        (WEBHOOK, "request-field-removed"),
        ({**was, "x-request": {"query": [{**HEADER, "sample": "8"}]}}, "request-field-changed"),
    ):
        old = write_contract(tmp_path / kind / "a", shop={"sale": (SALE, was)})
        new = write_contract(tmp_path / kind / "b", shop={"sale": (SALE, now)})
        (change,) = compare_contracts(Contract(contract_in(old)), Contract(contract_in(new)))
        assert (change.subject, change.kind, change.breaking) == ("request", kind, True)


def test_a_mark_that_comes(tmp_path):
    """Whose value it is, and that it is a moment, are compared and break nothing."""
    note = {**SALE["properties"]["note"], "x-account": "app"}
    marked = sale(properties={**SALE["properties"], "note": note})
    (change,) = compared(tmp_path, marked, WEBHOOK)
    assert (change.kind, change.where, change.breaking) == ("mark-changed", "/note", False)


def test_contradictions_come_and_go(tmp_path):
    """A quirk that is new or gone is told, and breaks nothing by itself."""
    quirk = {**SALE["x-quirks"][0], "id": "other"}
    found = compared(tmp_path, sale(**{"x-quirks": [quirk]}), WEBHOOK)
    assert {(one.kind, one.where, one.breaking) for one in found} == {
        ("quirk-added", "/size", False),
        ("quirk-removed", "/size", False),
    }


def test_callbacks_come_and_go(tmp_path):
    """A new callback is compatible, one that is gone is not."""
    old = write_contract(tmp_path / "old", shop={"sale": (SALE, WEBHOOK)})
    new = write_contract(tmp_path / "new", bank={"sale": (SALE, WEBHOOK)})
    found = compare_contracts(Contract(contract_in(old)), Contract(contract_in(new)))
    assert [(one.callback, one.kind, one.breaking) for one in found] == [
        ("bank/sale", "callback-added", False),
        ("shop/sale", "callback-removed", True),
    ]


def some_changes(tmp_path: Path) -> list[Change]:
    """A breaking change inside nested JSON, a compatible one, one of the signature."""
    schema = sale(properties={**SALE["properties"], "more": {"type": "string"}})
    text = json.dumps(schema).replace('"new", "used"', '"new", "used", "lent"')
    return compared(tmp_path, json.loads(text), {**WEBHOOK, **signature(covers=["nonce"])})


def test_changes_as_text(tmp_path):
    """A line for each change, the breaking ones first, and a count."""
    assert render_changes(some_changes(tmp_path), ink=Ink()).splitlines() == [
        "shop/sale",
        "  breaking    signature: what it covers was time, nonce, is nonce",
        '  breaking    /extra/parts/*/Kind  "lent" is a new value',
        '  breaking    /extra/wrap/Kind  "lent" is a new value',
        "  compatible  /more  is new, and may be missing",
        "",
        "3 breaking changes, 1 compatible one",
    ]


def test_changes_as_json_and_markdown(tmp_path):
    """The same for programs and for release notes."""
    changes = some_changes(tmp_path)
    value = json.loads(changes_as_json(changes))
    assert (value["breaking"], value["compatible"], len(value["changes"])) == (3, 1, 4)
    assert value["changes"][1] == {
        "callback": "shop/sale",
        "subject": "payload",
        "where": "/extra/parts/*/Kind",
        "kind": "value-added",
        "breaking": True,
        "message": '"lent" is a new value',
    }
    text = changes_as_markdown(changes)
    assert "**3 breaking changes, 1 compatible one**" in text
    assert '- **breaking**: `/extra/parts/*/Kind` "lent" is a new value' in text
    assert "- compatible: `/more` is new, and may be missing" in text


def test_no_change_is_said():
    """Where nothing differs, that is said in each format."""
    assert render_changes([], ink=Ink()).startswith("No change")
    assert json.loads(changes_as_json([]))["changes"] == []


def git(folder: Path, *words: str) -> None:
    """Run git in a folder, as nobody in particular."""
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", folder, *who, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a contract at its root and one in a folder, and a change after v1."""
    root = tmp_path / "repository"
    write_contract(root, shop={"sale": (SALE, WEBHOOK)})
    write_contract(root / "inner", bank={"sale": (SALE, WEBHOOK)})
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "first")
    git(root, "tag", "v1")
    write_contract(root, shop={"sale": (sale(title="OtherCallback"), WEBHOOK)})
    return root


@pytest.mark.parametrize(
    ("name", "names", "title"),
    [
        ("v1", ("shop/sale",), "SaleCallback"),
        ("HEAD", ("shop/sale",), "SaleCallback"),
        (".", ("shop/sale",), "OtherCallback"),
        ("inner", ("bank/sale",), "SaleCallback"),
        ("v1:inner", ("bank/sale",), "SaleCallback"),
        ("HEAD:inner/", ("bank/sale",), "SaleCallback"),
    ],
)
def test_contracts_of_folders_and_revisions(repository, name, names, title):
    """A folder is as it lies there; a revision is as it was committed, from any folder."""
    with opened(name, within=repository) as contract:
        assert contract.names() == names
        assert contract.callback(names[0]).title == title
    with opened("v1", within=repository / "inner") as contract:
        assert contract.names() == ("shop/sale",)


@pytest.mark.parametrize(
    "name", ["v2", "-n", "--output=x", "", ":x", "v1:none", "v1:inner/openapi"]
)
def test_what_is_neither_folder_nor_revision_is_refused(repository, name):
    """The name is repeated, and what it may be is said; git never sees an option."""
    with pytest.raises(UsageError) as caught, opened(name, within=repository):
        pass
    assert "schemas/ and openapi/" in str(caught.value)


def test_outside_of_a_repository_only_folders_count(tmp_path):
    """Where there is no repository, a revision is no name."""
    with pytest.raises(UsageError, match="no revision"), opened("HEAD", within=tmp_path):
        pass
