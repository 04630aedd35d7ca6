"""Arrow record batches of captures into record batches of results, row by row."""

from __future__ import annotations

import importlib
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, Final

from hookproof.captures.formats.fields import moment_of
from hookproof.errors import DependencyMissing, UsageError
from hookproof.findings import CODES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyarrow import RecordBatch, Schema

    from hookproof.batch.judge import RowJudge, RowResult
    from hookproof.findings import CaptureFinding

_TEXTS: Final = ("code", "severity", "kind", "where", "message", "expected", "found")
_NUMBERS: Final = ("line", "column")


def result_schema(*, received_at: bool = False) -> Schema:
    """The columns of a result; raises DependencyMissing without pyarrow."""
    arrow = _arrow()
    fields = [
        ("callback", arrow.string()),
        ("verdict", arrow.string()),
        ("signature", arrow.string()),
        ("findings", arrow.list_(_finding_type(arrow))),
    ]
    if received_at:
        fields.append(("received_at", _moment_type(arrow)))
    return arrow.schema(fields)


def validate_batch(
    batch: RecordBatch,
    *,
    body_column: str = "body",
    headers_column: str | None = None,
    url_column: str | None = None,
    received_at_column: str | None = None,
    judge: RowJudge,
) -> RecordBatch:
    """Judge the bodies of a batch; the result has one row for each of its rows, in their order.

    Bodies are binary or text, headers texts, maps, lists or structures, URLs text, which only
    count where a signature stands in their query. The columns are
    `callback` (null where none was recognised), `verdict` ("valid" or "invalid"), `signature`
    and `findings`; where a column of moments is named, `received_at` is what it says in UTC, null
    where that is no moment. Raises UsageError for a column that is not there or holds no
    bodies, UsageError and ContractError for the judge's task, DependencyMissing without pyarrow.
    """
    arrow = _arrow()
    bodies = _bodies(arrow, batch, body_column)
    headers = _column(batch, headers_column).to_pylist() if headers_column else None
    rows = judge.rows(bodies, headers=headers, urls=_urls(arrow, batch, url_column))
    columns = [
        arrow.array([row.callback or None for row in rows], arrow.string()),
        arrow.array(["valid" if row.is_valid else "invalid" for row in rows], arrow.string()),
        arrow.array([row.signature for row in rows], arrow.string()),
        _findings(arrow, rows),
    ]
    if received_at_column:
        columns.append(_moments(arrow, _column(batch, received_at_column)))
    schema = result_schema(received_at=received_at_column is not None)
    return arrow.RecordBatch.from_arrays(columns, schema=schema)


def _arrow() -> Any:
    try:
        return importlib.import_module("pyarrow")
    except ImportError:
        raise DependencyMissing("pyarrow", extra="parquet") from None


def _finding_type(arrow: Any) -> Any:
    texts = [(name, arrow.string()) for name in _TEXTS]
    return arrow.struct([*texts, *((name, arrow.int32()) for name in _NUMBERS)])


def _moment_type(arrow: Any) -> Any:
    return arrow.timestamp("us", tz="UTC")


def _column(batch: RecordBatch, name: str) -> Any:
    found = batch.schema.get_all_field_indices(name)
    if len(found) != 1:
        there = ", ".join(batch.schema.names)[:200]
        how = "no" if not found else "more than one"
        raise UsageError(f"the batch has {how} column {name}; there are: {there}")
    return batch.column(found[0])


def _bodies(arrow: Any, batch: RecordBatch, name: str) -> list[bytes | None]:
    column = _column(batch, name)
    kind = column.type.value_type if arrow.types.is_dictionary(column.type) else column.type
    texts = (arrow.string(), arrow.large_string(), arrow.string_view())
    if kind not in (*texts, arrow.binary(), arrow.large_binary(), arrow.binary_view()):
        raise UsageError(
            f"the column {name} holds {kind}, no bodies",
            hint="a body is kept as binary or string",
        )
    # Large, for then no batch of bodies is too large for it.
    bodies: list[bytes | None] = column.cast(kind).cast(arrow.large_binary()).to_pylist()
    return bodies


def _urls(arrow: Any, batch: RecordBatch, name: str | None) -> list[str | None] | None:
    if name is None:
        return None
    column = _column(batch, name)
    try:
        urls: list[str | None] = column.cast(arrow.large_string()).to_pylist()
    except arrow.ArrowException:
        raise UsageError(f"the column {name} holds {column.type}, no URLs") from None
    return urls


def _findings(arrow: Any, rows: Sequence[RowResult]) -> Any:
    """The findings of all rows; from flat columns, for a list for each row would cost."""
    found = list(chain.from_iterable(row.findings for row in rows if row.findings))
    told = [_flat(finding) for finding in found]
    texts = [arrow.array([one[name] for one in told], arrow.string()) for name in _TEXTS]
    numbers = [
        arrow.array([getattr(finding, name) for finding in found], arrow.int32())
        for name in _NUMBERS
    ]
    kind = _finding_type(arrow)
    values = arrow.StructArray.from_arrays([*texts, *numbers], fields=list(kind))
    offsets = arrow.array(accumulate((len(row.findings) for row in rows), initial=0), arrow.int32())
    return arrow.ListArray.from_arrays(offsets, values, type=arrow.list_(kind))


def _flat(finding: CaptureFinding) -> dict[str, str]:
    """The texts of a finding, such as UTF-8 can hold; half a pair is shown as what it is."""
    texts = {name: getattr(finding, name) for name in _TEXTS if name != "kind"}
    texts["kind"] = CODES[finding.code].kind
    return {name: str(t).encode("utf-8", "backslashreplace").decode() for name, t in texts.items()}


def _moments(arrow: Any, column: Any) -> Any:
    if arrow.types.is_timestamp(column.type):
        return column.cast(_moment_type(arrow), safe=False)
    seconds = map(moment_of, column.to_pylist())
    micros = [None if moment is None else round(moment * 1e6) for moment in seconds]
    return arrow.array(micros, arrow.int64()).cast(_moment_type(arrow))
