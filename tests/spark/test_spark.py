"""On Spark a data frame of bodies has the findings that its rows have anywhere else."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from unit.captures.lines import lines

from hookproof.batch import RowJudge, validate_batch
from hookproof.contract import Contract
from hookproof.errors import UsageError
from hookproof.findings import CODES
from hookproof.payload.body import read_body
from hookproof.spark import validate as validate_frame
from hookproof.validation.validator import Validator
from hookproof.validation_run import RunOptions, Task, validate
from hookproof.validation_run import chunks as parts_module
from hookproof.validation_run.summary import group_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("pyspark", reason="pyspark is large; `make test-spark` installs and runs it")
pa = pytest.importorskip("pyarrow")
pytestmark = pytest.mark.filterwarnings("default")  # those of pyspark are not ours to mend

NAMES = ("code", "severity", "where", "message", "expected", "found", "line", "column")
# As NDJSON a row of nothing would be no record, and one with a line break two.
BODIES = [raw for raw in lines(1500, bad=0.3, seed=12) if b"\n" not in raw]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session of two local threads, whose workers are this Python."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - after the skip

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "200",
    }
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def frame(spark: Any) -> Any:
    """The bodies, numbered, in four partitions."""
    rows = [(number, bytearray(raw)) for number, raw in enumerate(BODIES)]
    return spark.createDataFrame(rows, "number int, body binary").repartition(4)


def collected(result: Any) -> list[dict[str, Any]]:
    """The rows in the order of their numbers, as plain data."""
    rows = [row.asDict(recursive=True) for row in result.collect()]
    return sorted(rows, key=lambda row: row["number"])


def without_number(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "number"}


def test_spark_equals_one_batch_and_the_validator(frame: Any) -> None:
    """Row by row, Spark, a batch in one thread and the validator have the same findings."""
    rows = collected(validate_frame(frame, keep=["number"]))
    assert [row["number"] for row in rows] == list(range(len(BODIES)))
    batch = pa.record_batch({"body": pa.array(BODIES, pa.binary())})
    assert [without_number(row) for row in rows] == validate_batch(
        batch, judge=RowJudge()
    ).to_pylist()
    validator = Validator(Contract())
    for raw, row in zip(BODIES, rows, strict=True):
        verdict = validator.judge(read_body(raw))
        assert row["callback"] == (verdict.callback or None)
        assert row["findings"] == [
            {name: getattr(f, name) for name in NAMES} | {"kind": CODES[f.code].kind}
            for f in verdict.findings
        ]


def test_spark_equals_processes(
    frame: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row by row, the findings are those at the lines of a file that two processes judge."""
    monkeypatch.setattr(parts_module, "PART_BYTES", 20_000)
    file = tmp_path / "captures.ndjson"
    file.write_bytes(b"\n".join(BODIES))
    # So many places that each group tells every one of them.
    tally = validate([str(file)], Task(examples=10**6), options=RunOptions(jobs=2))
    processes = Counter(
        (place.record - 1, group.finding.code, group_key(group.finding)[2], place.column)
        for group in tally.groups.values()
        for place in group.places
    )
    spark = Counter(
        (row["number"], found["code"], shape_of(found["where"]), found["column"])
        for row in collected(validate_frame(frame, keep=["number"]))
        for found in row["findings"]
    )
    assert spark == processes


def shape_of(where: str) -> str:
    """A pointer as groups have it: the items of a list are one place."""
    return "/".join("*" if part.isdigit() else part for part in where.split("/"))


def test_text_headers_and_moments_are_taken(spark: Any) -> None:
    """Bodies as text, headers as a map and moments as timestamps go through Spark as well."""
    frame = spark.sql(
        "select 'a.b' as `key.of`, cast(null as string) as `the body`, "
        "map('Content-Type', 'application/json') as headers, "
        "timestamp '2026-03-01 12:00:00' as at"
    )
    (row,) = validate_frame(
        frame,
        body_column="the body",
        headers_column="headers",
        received_at_column="at",
        keep=["key.of", "at"],
    ).collect()
    assert row["key.of"] == "a.b"
    assert row["received_at"] == row["at"]
    assert [finding["code"] for finding in row["findings"]] == ["HP102"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"body_column": "nobody"}, "nobody"),
        ({"keep": ["number", "number"]}, "two columns number"),
        ({"task": Task(areas=("nowhere",))}, "nowhere"),
    ],
)
def test_a_wrong_call_fails_before_a_job_starts(
    frame: Any, options: dict[str, Any], told: str
) -> None:
    """Unknown columns, columns twice and unknown areas are told by the call itself."""
    with pytest.raises(UsageError, match=told):
        validate_frame(frame, **options)
