"""Parquet, what archives are kept in: a column of bodies, and perhaps others beside it."""

from __future__ import annotations

import importlib
import io
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from hookproof.captures.capture import Capture, Origin, ReadOptions, Unreadable
from hookproof.captures.formats.fields import headers_of, moment_of
from hookproof.captures.formats.format import Format, Refused, guarded, too_large
from hookproof.captures.stream import seekable
from hookproof.errors import install_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.captures.formats.format import Found
    from hookproof.captures.stream import Start

_MAGIC: Final = b"PAR1"
# Few enough that rows of large bodies do not add up.
_ROWS: Final = 256
_BUFFER: Final = 1024 * 1024
_WHOLE: Final = 64 * _BUFFER


def _looks(start: Start, _: ReadOptions) -> bool:
    return start.text.startswith(_MAGIC)


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    try:
        arrow = importlib.import_module("pyarrow")
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError:
        hint = install_hint("parquet")
        message = "this is a Parquet file, and pyarrow is not installed"
        yield Unreadable(Origin(file), "HP100", message, hint)
        return
    import tempfile  # noqa: PLC0415 - rarely needed, and slow to import

    try:
        with tempfile.TemporaryFile() as spool:
            source = seekable(stream, cast("BinaryIO", spool))
            large = source.seek(0, io.SEEK_END) > _WHOLE
            source.seek(0)
            # Read in pieces, a page that says it has gigabytes is given them before it is read.
            pieces = {"buffer_size": _BUFFER} if large else {}
            table = parquet.ParquetFile(source, pre_buffer=False, **pieces)
            yield from _rows(_Columns(arrow, table, options), file, options)
    except Refused as refused:
        yield refused.at(Origin(file))
    except (arrow.ArrowException, ArithmeticError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield Unreadable(
            Origin(file), "HP100", f"the Parquet file cannot be read on: {reason}", "is it whole?"
        )


def _rows(columns: _Columns, file: str, options: ReadOptions) -> Found:
    for record, row in enumerate(columns, 1):
        origin = Origin(file, record)
        yield from guarded(partial(_captures, row, origin, options), origin, repr(row).encode())


def _captures(row: tuple[Any, ...], origin: Origin, options: ReadOptions) -> Found:
    body, headers, received_at, url = row
    if body is None:
        raise Refused("the row holds no body", code="HP102")
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    if len(raw) > options.max_body:
        yield too_large(origin, "the body", options)
    else:
        yield Capture(origin, raw, headers_of(headers), moment_of(received_at), str(url or ""))


class _Columns:
    """The columns that matter, row by row: body, headers, moment, URL; None for those not there."""

    def __init__(self, arrow: Any, table: Any, options: ReadOptions) -> None:
        self._arrow = arrow
        self._table = table
        self._schema = table.schema_arrow
        self._body = options.body
        names = (options.body, options.headers, options.received_at, options.url)
        self._names = [name if self._type(name) is not None else "" for name in names]
        self._check_body()

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        wanted = [name for name in self._names if name]
        for batch in self._table.iter_batches(_ROWS, columns=wanted, use_threads=False):
            columns = [
                self._values(batch, name) if name else [None] * batch.num_rows
                for name in self._names
            ]
            yield from zip(*columns, strict=True)

    def _check_body(self) -> None:
        kind = self._type(self._body)
        if kind is None:
            names = ", ".join(self._schema.names)
            raise Refused(
                f"the Parquet file has no column {self._body}; there are: {names[:200]}",
                hint="which column holds the body? name it with --body-field",
            )
        types = self._arrow.types
        tests = (types.is_binary, types.is_large_binary, types.is_string, types.is_large_string)
        if types.is_dictionary(kind):
            kind = kind.value_type
        if not any(test(kind) for test in tests):
            raise Refused(
                f"the column {self._body} holds {kind}, no bodies",
                hint="a body is kept as binary or string; name its column with --body-field",
            )

    def _type(self, name: str) -> Any:
        """The type of a column, or of a field in a structure, None where there is none."""
        if name in self._schema.names:
            return self._schema.field(name).type
        kind: Any = None
        for depth, part in enumerate(name.split(".")):
            fields = self._schema if depth == 0 else kind
            if depth and not self._arrow.types.is_struct(kind):
                return None
            if part not in [field.name for field in fields]:
                return None
            kind = fields.field(part).type
        return kind

    def _values(self, batch: Any, name: str) -> list[Any]:
        if name in batch.schema.names:
            column = batch.column(name)
        else:
            first, *rest = name.split(".")
            compute = importlib.import_module("pyarrow.compute")
            column = compute.struct_field(batch.column(first), rest)
        if self._arrow.types.is_timestamp(column.type):
            # As a number, for a damaged one is no moment that Python knows.
            micros = column.cast(self._arrow.timestamp("us"), safe=False).cast("int64")
            return [None if micro is None else micro / 1e6 for micro in micros.to_pylist()]
        values: list[Any] = column.to_pylist()
        return values


PARQUET = Format("parquet", _looks, _read, "the Parquet file has no rows", text=False)
