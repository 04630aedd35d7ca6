"""Measures Spark's mapInArrow beside a plain loop over the same rows, on this machine.

make bench-spark
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet
from pyspark.sql import SparkSession

from hookproof.batch import RowJudge, validate_batch
from hookproof.contract import Contract
from hookproof.http.request import write_json
from hookproof.spark import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS = 200_000
FILES = 8
ROUNDS = 5


def main() -> None:
    """Print the times of an archive of clean rows and of one in which 1 % is invalid."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    start = time.perf_counter()
    spark = session(threads=1)
    print(f"the session starts in {time.perf_counter() - start:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        for share in (0, 100):
            archive = Path(folder) / f"every-{share}"
            write(archive, share)
            compare(spark, archive, f"1 in {share} invalid" if share else "all clean")
    spark.stop()


def session(*, threads: int) -> SparkSession:
    """One thread, for the plain loop has one too; nothing leaves this machine."""
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }
    built = SparkSession.builder.master(f"local[{threads}]").config(map=settings).getOrCreate()
    built.sparkContext.setLogLevel("ERROR")
    return built


def write(archive: Path, share: int) -> None:
    """Write the rows as Parquet; one in `share` breaks the contract."""
    archive.mkdir()
    judge = RowJudge()
    contract = Contract()
    samples = [e.payload for n in contract.names() for e in contract.callback(n).examples]
    clean = [p for p in samples if not judge.rows([write_json(p).encode()])[0].findings]
    good = [write_json(payload).encode() for payload in clean]
    bad = write_json({**clean[0], "signature": 5}).encode()
    every = ROWS // FILES
    for number in range(FILES):
        bodies = [bad if share and i % share == 0 else good[i % len(good)] for i in range(every)]
        table = pa.table({"body": pa.array(bodies, pa.binary())})
        pyarrow.parquet.write_table(table, archive / f"{number}.parquet", compression="zstd")


def compare(spark: SparkSession, archive: Path, title: str) -> None:
    """Time all ways in turn, after one round to warm up, and print medians and ratios."""
    judge = RowJudge()
    frame = spark.read.parquet(str(archive))
    ways: dict[str, Callable[[], int]] = {
        "plain loop, one thread": lambda: plain(archive, judge),
        "Spark mapInArrow, one thread": lambda: invalid_in(validate(frame)),
        "Spark mapInArrow that does nothing": lambda: nothing(frame),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    counts: dict[str, int] = {}
    for lap in range(ROUNDS + 1):
        for name, way in ways.items():
            start = time.perf_counter()
            counts[name] = way()
            if lap:
                times[name].append(time.perf_counter() - start)
    first, second, _ = counts.values()
    assert first == second, counts
    medians = {name: statistics.median(laps) for name, laps in times.items()}
    floor = next(iter(medians.values()))
    print(
        f"\n{ROWS:,} rows in {FILES} Parquet files, {title}\n{'':<36} {'median s':>9} {'ratio':>6}"
    )
    for name, median in medians.items():
        print(f"{name:<36} {median:>9.2f} {median / floor:>6.2f}")


def plain(archive: Path, judge: RowJudge) -> int:
    """Judge all rows here; gives how many are invalid."""
    found = 0
    for file in sorted(archive.glob("*.parquet")):
        for batch in pyarrow.parquet.ParquetFile(file).iter_batches(10_000):
            verdicts = validate_batch(batch, judge=judge).column("verdict")
            found += pa.compute.sum(pa.compute.equal(verdicts, "invalid")).as_py()
    return found


def invalid_in(result: Any) -> int:
    """Have Spark make all columns of the result, and count the invalid rows."""
    from pyspark.sql import functions as f

    told = f.sum(f.size("findings")).alias("told")
    found = f.sum((f.col("verdict") == "invalid").cast("int")).alias("found")
    return int(result.agg(told, found).collect()[0]["found"])


def nothing(frame: Any) -> int:
    """Send all rows to Python and back."""

    def same(batches: Iterator[Any]) -> Iterator[Any]:
        yield from batches

    return int(frame.mapInArrow(same, frame.schema).count())


if __name__ == "__main__":
    main()
