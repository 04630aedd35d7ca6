"""Validates a column of captured bodies on a Spark cluster.

hookproof has to be installed on its executors, and a contract of one's own to lie there too.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from hookproof.batch import RowJudge, Task, result_schema, validate_batch
from hookproof.errors import DependencyMissing, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame

    Mapped = Callable[[Iterator[RecordBatch]], Iterator[RecordBatch]]

__all__ = ["Task", "validate"]


def validate(  # noqa: PLR0913 - a name for each column
    df: DataFrame,
    *,
    body_column: str = "body",
    headers_column: str | None = None,
    url_column: str | None = None,
    received_at_column: str | None = None,
    keep: Sequence[str] = (),
    task: Task | None = None,
) -> DataFrame:
    """Judge the bodies of a data frame; the result has one row for each of its rows.

    It has the columns that `keep` names, copied, then those of `validate_batch`. Secrets in the
    task travel with it to the executors. Raises DependencyMissing without pyspark and pyarrow,
    UsageError for columns that are not there or would be there twice, and UsageError and
    ContractError for the task, all of that before a job is started.
    """
    types = _importing("pyspark.sql.types")
    schema = result_schema(received_at=received_at_column is not None)
    columns: dict[str, str | None] = {
        "body_column": body_column,
        "headers_column": headers_column,
        "url_column": url_column,
        "received_at_column": received_at_column,
    }
    _check(df.columns, [*columns.values(), *keep])
    _check_twice([*keep, *schema.names])
    judge = RowJudge(task or Task())
    judge.load()
    # Under names of our own on the way, for mapInArrow takes none that has a dot in it.
    wanted = dict.fromkeys(name for name in (*columns.values(), *keep) if name)
    short = {name: f"c{number}" for number, name in enumerate(wanted)}
    columns = {column: name and short[name] for column, name in columns.items()}
    kept = {name: short[name] for name in keep}
    fields = [df.schema[name] for name in keep]
    fields += _importing("pyspark.sql.pandas.types").from_arrow_schema(schema).fields
    given = df.selectExpr(*[f"{_quoted(name)} as {as_}" for name, as_ in short.items()])
    return given.mapInArrow(_mapped(judge, columns, kept), types.StructType(fields))


def _mapped(judge: RowJudge, columns: dict[str, Any], kept: dict[str, str]) -> Mapped:
    def judge_all(batches: Iterator[RecordBatch]) -> Iterator[RecordBatch]:
        for batch in batches:
            results = validate_batch(batch, judge=judge, **columns)
            copies = [batch.column(name) for name in kept.values()]
            yield type(batch).from_arrays(
                [*copies, *results.columns], names=[*kept, *results.schema.names]
            )

    return judge_all


def _importing(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        raise DependencyMissing("pyspark", extra="spark") from None


def _check(there: Sequence[str], wanted: Sequence[str | None]) -> None:
    for name in wanted:
        if name is not None and there.count(name) != 1:
            how = "more than one" if name in there else "no"
            names = ", ".join(there)[:200]
            raise UsageError(f"the data frame has {how} column {name}; there are: {names}")


def _check_twice(names: Sequence[str]) -> None:
    twice = sorted({name for name in names if list(names).count(name) > 1})
    if twice:
        raise UsageError(
            f"the result would have two columns {twice[0]}", hint="rename the one that is kept"
        )


def _quoted(name: str) -> str:
    """A column's name as it is, dots and all."""
    return "`" + name.replace("`", "``") + "`"
