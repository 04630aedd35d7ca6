"""A batch of bodies gives a row for each, with the findings that the validator has for it."""

from __future__ import annotations

import hmac
import json
import pickle
import sys
from base64 import b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from unit.captures.lines import lines

from hookproof.batch import RowJudge, RowResult, result_schema, validate_batch
from hookproof.contract import Contract
from hookproof.errors import DependencyMissing, UsageError
from hookproof.findings import CODES
from hookproof.http.request import write_json
from hookproof.payload.body import BodyForm, read_body
from hookproof.signature.secrets import Secrets
from hookproof.spark import validate as validate_frame
from hookproof.validation.validator import Validator
from hookproof.validation_run import RunOptions, Task, validate
from hookproof.validation_run import chunks as parts_module
from hookproof.validation_run.summary import group_key

if TYPE_CHECKING:
    from pathlib import Path

pa = pytest.importorskip("pyarrow", reason="batches are those of pyarrow")

SAMPLE = Contract().callback("zego_rtc/record").examples[0].payload
BODY = write_json(SAMPLE).encode()
FORMS = (b"event=record&room_id=1", b"%7B%22event%22%3A%22record%22%7D", b"Array\n(\n)\n", b"")


def batch_of(bodies: list[bytes | None], kind: Any = None, **columns: Any) -> Any:
    return pa.record_batch({"body": pa.array(bodies, kind or pa.binary()), **columns})


def judged(bodies: list[bytes | None], **options: Any) -> list[dict[str, Any]]:
    return validate_batch(batch_of(bodies), judge=RowJudge(), **options).to_pylist()


def exactly(raw: bytes, validator: Validator) -> dict[str, Any]:
    """The row that judging a body by itself gives."""
    verdict = validator.judge(read_body(raw))
    # A row that names no callback was not judged, and is not valid.
    failed = any(one.severity == "error" or one.code == "HP222" for one in verdict.findings)
    texts = ("code", "severity", "where", "message", "expected", "found", "line", "column")
    return {
        "callback": verdict.callback or None,
        "verdict": "invalid" if failed else "valid",
        "signature": verdict.signature.value if verdict.signature else "not checked",
        "findings": [
            {name: getattr(f, name) for name in texts} | {"kind": CODES[f.code].kind.value}
            for f in verdict.findings
        ],
    }


@pytest.mark.parametrize("bad", [0.0, 0.5])
def test_rows_equal_the_validator(bad: float) -> None:
    """Each row has the callback and the findings, in order, of its body judged by itself."""
    bodies = [*lines(1000, bad=bad, seed=7), *FORMS]
    validator = Validator(Contract())
    assert judged([*bodies]) == [exactly(raw, validator) for raw in bodies]


def test_batches_equal_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted by cause, the findings of rows are those of a run in two processes.

    A line that is no object may be a list or words around a body, which a row never is.
    """
    monkeypatch.setattr(parts_module, "PART_BYTES", 20_000)
    bodies = [body for body in lines(600, bad=0.3, seed=8) if body.startswith(b"{")]
    file = tmp_path / "captures.ndjson"
    file.write_bytes(b"\n".join(bodies))
    tally = validate([str(file)], Task(), options=RunOptions(jobs=2))
    counts: dict[object, int] = {}
    for row in RowJudge().rows(bodies):
        for finding in row.findings:
            counts[group_key(finding)] = counts.get(group_key(finding), 0) + 1
    assert counts == {key: group.count for key, group in tally.groups.items()}


def test_schema_is_told_beforehand() -> None:
    """The columns of a result are those of the schema, whatever the rows hold."""
    for bodies in ([], [BODY], [None]):
        result = validate_batch(batch_of(bodies), judge=RowJudge())
        assert result.schema == result_schema()
        assert result.num_rows == len(bodies)
        result.validate(full=True)


def test_null_is_an_empty_body() -> None:
    """A row without a body is invalid, as it is in a Parquet file, and has no callback."""
    (row,) = judged([None])
    assert (row["callback"], row["verdict"]) == (None, "invalid")
    assert [f["code"] for f in row["findings"]] == ["HP102"]
    assert row["findings"][0]["message"] == "the row holds no body"


@pytest.mark.parametrize(
    "kind",
    [
        "string",
        "large_string",
        "binary",
        "large_binary",
        "string_view",
        "binary_view",
        pytest.param(pa.dictionary(pa.int32(), pa.string()), id="dictionary"),
    ],
)
def test_bodies_come_in_any_column_of_bytes_or_text(kind: Any) -> None:
    """Text and binary, large or not, as views or in a dictionary, give the same rows."""
    kind = getattr(pa, kind)() if isinstance(kind, str) else kind
    column = pa.array([BODY.decode(), None, "[]"]).cast(pa.string())
    binary = kind in (pa.binary(), pa.large_binary(), pa.binary_view())
    given = pa.array([BODY, None, b"[]"], kind) if binary else column.cast(kind)
    batch = pa.record_batch({"body": given})
    assert validate_batch(batch, judge=RowJudge()).to_pylist() == judged([BODY, None, b"[]"])


def test_slice_of_a_batch_is_judged_alone() -> None:
    """Only the rows of a slice are judged."""
    batch = batch_of([b"[]", BODY, None]).slice(1, 1)
    assert validate_batch(batch, judge=RowJudge()).to_pylist() == judged([BODY])


@pytest.mark.parametrize("column", ["nobody", "number"])
def test_wrong_column_is_told(column: str) -> None:
    """A column that is not there, or holds no bodies, is an error of the call that names it."""
    batch = batch_of([BODY], number=pa.array([1]))
    with pytest.raises(UsageError, match=column):
        validate_batch(batch, body_column=column, judge=RowJudge())


def test_signatures_are_checked_with_headers() -> None:
    """With a secret each row says what its signature is, and a wrong one is a finding."""
    areas = ("tencent_gme", "zego_rtc")
    judge = RowJudge(Task(areas=areas, secrets=Secrets({}, given=b"secret")))
    forged = write_json({**SAMPLE, "signature": "0" * 40}).encode()
    gme = write_json(Contract().callback("tencent_gme/recording").examples[0].payload).encode()
    headers = pa.array([None, None, [("Sign", "x")]], pa.map_(pa.string(), pa.string()))
    batch = batch_of([forged, gme, gme], headers=headers)
    rows = validate_batch(batch, headers_column="headers", judge=judge).to_pylist()
    assert [row["signature"] for row in rows][:2] == ["wrong", "not checked"]
    assert rows[0]["findings"][-1]["kind"] == "signature"
    assert rows[2]["verdict"] == "invalid"
    assert rows[2]["signature"] != "not checked"


def test_signatures_in_a_query_are_checked_with_urls() -> None:
    """A vendor that signs in the URL is checked where the URLs are captured."""
    callback = Contract().callback("tencent_gme/voice_moderation")
    body = write_json(callback.examples[0].payload).encode()
    judge = RowJudge(Task(areas=("tencent_gme",), secrets=Secrets({}, given=b"secret")))
    digest = hmac.digest(b"secret", b"POST" + body, "sha1")
    signed = "https://example.com/?Signature=" + quote(b64encode(digest).decode(), safe="")
    batch = batch_of([body, body, body], url=pa.array([signed, signed[:-9], None]))
    rows = validate_batch(batch, url_column="url", judge=judge).to_pylist()
    assert [row["signature"] for row in rows] == ["valid", "wrong", "not checked"]
    with pytest.raises(UsageError, match="no URLs"):
        validate_batch(
            batch_of([body], url=pa.array([[("a", "b")]], pa.map_(pa.string(), pa.string()))),
            url_column="url",
            judge=judge,
        )


def test_strange_headers_are_a_finding() -> None:
    """Headers that are none make their row invalid, and no other."""
    batch = batch_of([BODY, BODY], headers=pa.array(["5", None]))
    rows = validate_batch(batch, headers_column="headers", judge=RowJudge()).to_pylist()
    assert [row["verdict"] for row in rows] == ["invalid", "valid"]
    assert "these are no headers" in rows[0]["findings"][0]["message"]


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_json_is_json_whatever_is_announced(kind: str) -> None:
    """What begins as JSON is read as JSON: `curl -d` announces everything as a form."""
    headers = pa.array([json.dumps({"Content-Type": kind})])
    batch = batch_of([BODY], headers=headers)
    (row,) = validate_batch(batch, headers_column="headers", judge=RowJudge()).to_pylist()
    assert row["verdict"] == "valid"


def test_content_type_decides_where_the_body_does_not() -> None:
    """A body that could be anything is read as the form that it is announced as."""
    odd = b"%65vent=compose"
    kind = '{"Content-Type": "application/x-www-form-urlencoded"}'
    batch = batch_of([odd], headers=pa.array([kind]))
    (row,) = validate_batch(batch, headers_column="headers", judge=RowJudge()).to_pylist()
    assert row["callback"] == "zego_rtc/compose"
    assert judged([odd])[0]["callback"] is None


def test_forced_form_holds_for_every_row() -> None:
    """A task that names a form has bodies read in it."""
    (row,) = RowJudge(Task(form=BodyForm.FORM)).rows([BODY])
    assert not row.is_valid


def test_moments_are_told_in_utc() -> None:
    """Moments as numbers, texts or timestamps come out as one, and null where they are none."""
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    written = [str(noon.timestamp()), "2026-03-01T13:00:00+01:00", "soon", None]
    batch = batch_of([BODY] * 4, at=pa.array(written), when=pa.array([noon] * 4))
    for name, wanted in (("at", [noon, noon, None, None]), ("when", [noon] * 4)):
        result = validate_batch(batch, received_at_column=name, judge=RowJudge())
        assert result.schema == result_schema(received_at=True)
        moments = result.column("received_at").cast(pa.int64()).to_pylist()
        assert moments == [m and int(m.timestamp() * 1e6) for m in wanted]


def test_text_that_is_no_utf8_is_told() -> None:
    """Half a pair and broken bytes are findings, and the result is UTF-8 all the same."""
    bodies = [b'{"\\ud800": 1}', b"\xff", b'{"event": "\\udc00"}']
    result = validate_batch(batch_of([*bodies]), judge=RowJudge())
    result.validate(full=True)
    assert [row["verdict"] for row in result.to_pylist()] == ["invalid"] * 3


def test_judge_goes_to_other_processes() -> None:
    """A copy of a judge gives what the judge gives, and its secrets are not shown."""
    judge = RowJudge(Task(secrets=Secrets({}, given=b"hidden")))
    copy = pickle.loads(pickle.dumps(judge))  # noqa: S301 - we wrote it
    assert copy == judge
    assert RowJudge() != judge
    assert copy.rows([BODY, None]) == judge.rows([BODY, None])
    assert "hidden" not in repr(judge)


def test_unknown_names_are_told_when_the_contract_is_read() -> None:
    """A task with an unknown area fails when the judge is loaded, not when it is made."""
    judge = RowJudge(Task(areas=("nowhere",)))
    with pytest.raises(UsageError, match="nowhere"):
        judge.load()


def test_warnings_leave_a_row_valid() -> None:
    """A row whose findings are no errors is valid, and has them."""
    rows = RowJudge().rows([write_json({**SAMPLE, "x_new": 1}).encode()])
    assert [f.code for f in rows[0].findings] == ["HP240"]
    assert rows[0].is_valid
    assert RowResult("").is_valid


def test_missing_pyarrow_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow the error names the extra that brings it."""
    batch = batch_of([BODY])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(DependencyMissing, match=r"hookproof\[parquet\]"):
        validate_batch(batch, judge=RowJudge())


def test_missing_pyspark_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyspark the error names the extra that brings it."""
    monkeypatch.setitem(sys.modules, "pyspark.sql.types", None)
    with pytest.raises(DependencyMissing, match=r"hookproof\[spark\]"):
        validate_frame(None)
