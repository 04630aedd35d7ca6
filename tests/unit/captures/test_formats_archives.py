"""Formats that another package reads: Parquet with pyarrow, flow files with mitmproxy."""

from __future__ import annotations

import importlib
import io
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from unit.captures.reading import BY_NAME, bodies, captures, places, read

from hookproof.captures.capture import Capture, ReadOptions, Unreadable
from hookproof.captures.stream import open_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

BODY = b'{"a":1}'


def parquet(columns: dict[str, Any], **options: Any) -> bytes:
    """A Parquet file with these columns."""
    arrow = pytest.importorskip("pyarrow")
    writer = importlib.import_module("pyarrow.parquet")
    out = io.BytesIO()
    writer.write_table(arrow.table(columns), out, **options)
    return out.getvalue()


def array(values: list[Any], kind: str) -> Any:
    """A column of a type that pyarrow names."""
    arrow = pytest.importorskip("pyarrow")
    return arrow.array(values, getattr(arrow, kind)())


class TestParquet:
    """A column of bodies."""

    @pytest.mark.parametrize("kind", ["binary", "string", "large_binary", "large_string"])
    def test_each_row_is_a_capture(self, kind: str) -> None:
        """Bodies come as they were kept, over all row groups, with the row as their record."""
        rows = ["1", '{"é":"\U0001f600"}', "3", ""]
        raw = parquet({"body": array(rows, kind)}, row_group_size=2)
        assert bodies(raw) == rows
        assert [record for record, *_ in places(raw)] == [1, 2, 3, 4]

    def test_a_dictionary_is_looked_up(self) -> None:
        """Equal bodies are often kept once."""
        column = array(["1", "2", "1"], "string").dictionary_encode()
        assert bodies(parquet({"body": column})) == ["1", "2", "1"]

    def test_all_that_was_kept_is_read(self) -> None:
        """Headers, moment and URL stand in columns of their own."""
        moment = datetime(2016, 12, 13, 2, 49, 18, 250_000, tzinfo=UTC)
        columns = {"body": [BODY], "headers": [[{"name": "A", "value": "b"}]], "url": ["/x"]}
        for received_at in (moment, 1481597358.25, 1481597358250, "2016-12-13T02:49:18.250Z"):
            [found] = captures(parquet({**columns, "received_at": [received_at], "z": [1]}))
            assert found.headers == (("A", "b"),)
            assert (found.url, found.received_at) == ("/x", pytest.approx(1481597358.25))

    @pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
    @pytest.mark.parametrize("zone", [None, "UTC", "Asia/Shanghai"])
    def test_moments_of_any_unit(self, unit: str, zone: str | None) -> None:
        """A moment is the same whatever the unit and the zone it is shown in."""
        arrow = pytest.importorskip("pyarrow")
        times = (
            arrow.array([1481597358], "int64")
            .cast(arrow.timestamp("s"))
            .cast(arrow.timestamp(unit))
        )
        if zone:
            times = times.cast(arrow.timestamp(unit, tz=zone))
        [found] = captures(parquet({"body": [BODY], "received_at": times}))
        assert found.received_at == 1481597358

    def test_a_moment_that_no_calendar_knows_does_no_harm(self) -> None:
        """A damaged column costs at most what stands in it."""
        arrow = pytest.importorskip("pyarrow")
        times = arrow.array([2**62, -5, None], "int64").cast(arrow.timestamp("us"))
        found = captures(parquet({"body": [BODY] * 3, "received_at": times}))
        assert [item.received_at for item in found][1:] == [None, None]

    def test_headers_may_be_a_map(self) -> None:
        """A map of texts and a JSON text are headers too."""
        arrow = pytest.importorskip("pyarrow")
        for column in (
            arrow.array([[("A", "b")]], arrow.map_(arrow.string(), arrow.string())),
            ['{"A": "b"}'],
            [{"A": "b"}],
        ):
            [found] = captures(parquet({"body": [BODY], "headers": column}))
            assert found.headers == (("A", "b"),)

    def test_other_names_are_mapped(self) -> None:
        """A column of another name, and a field in a structure, are found by options."""
        raw = parquet({"request": [{"raw": BODY}, {"raw": b"2"}], "a.b": [b"3", b"4"]})
        assert bodies(raw, body="request.raw") == [BODY.decode(), "2"]
        assert bodies(raw, body="a.b") == ["3", "4"]

    @pytest.mark.parametrize(
        "name", ["payload", "n", "n.x", "request", "request.x", "request.raw.x"]
    )
    def test_without_a_column_of_bodies_it_is_told(self, name: str) -> None:
        """What is wrong with the column is said, and which columns there are."""
        raw = parquet({"request": [{"raw": BODY}], "n": [1]})
        [found] = read(raw, body=name)
        assert isinstance(found, Unreadable)
        assert found.code == "HP100"
        assert "--body-field" in found.hint

    def test_a_row_that_is_no_capture_is_told(self) -> None:
        """A row without a body, with too large a one or odd headers is one finding."""
        rows = {"body": [BODY, None, b"x" * 50, BODY], "headers": ["", "", "", "odd"]}
        assert bodies(parquet(rows), max_body=20) == [BODY.decode(), "HP102", "HP109", "HP100"]

    def test_an_empty_table_is_told(self) -> None:
        """A table without rows is a finding."""
        assert bodies(parquet({"body": array([], "binary")})) == ["HP120"]

    def test_a_pipe_will_do(self) -> None:
        """From where one cannot seek the file is copied first."""

        class Pipe(io.BytesIO):
            def seekable(self) -> bool:
                return False

        stream = open_stream(Pipe(parquet({"body": [BODY]})))
        [found] = BY_NAME["parquet"].read(stream, file="f", options=ReadOptions())
        assert isinstance(found, Capture)

    @pytest.mark.parametrize("left", [4, 11, -1, -20])
    def test_a_cut_off_file_is_told(self, left: int) -> None:
        """The end of a Parquet file says what is in it; without it nothing can be read."""
        assert bodies(parquet({"body": [BODY]})[:left], "parquet") == ["HP100"]

    def test_without_pyarrow_it_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The hint names what to install."""
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        [found] = read(b"PAR1....")
        assert isinstance(found, Unreadable)
        assert found.hint == "pip install 'pyarrow>=18'  (what hookproof[parquet] adds)"


@dataclass
class Request:
    """A request as mitmproxy keeps it."""

    method: str = "POST"
    content: bytes | None = BODY
    pretty_url: str = "http://h/x"
    timestamp_start: float = 1481597358.25
    fields: list[tuple[str, str]] = field(default_factory=lambda: [("A", "b"), ("A", "c")])

    @property
    def headers(self) -> Request:
        """Headers, which have items."""
        return self

    def items(self, *, multi: bool) -> list[tuple[str, str]]:
        """All headers, those of one name too."""
        assert multi
        return self.fields

    def get_content(self, *, strict: bool) -> bytes | None:
        """The body, not packed."""
        assert not strict
        return self.content


@dataclass
class HTTPFlow:
    """A flow with a request."""

    request: Request


class FlowReadException(Exception):
    """What mitmproxy raises."""


FLOWS = b"1681:9:websocket;0:~8:response;"


def install(monkeypatch: pytest.MonkeyPatch, *flows: Any) -> None:
    """Have a mitmproxy that reads these flows; an exception among them is raised."""

    class FlowReader:
        def __init__(self, stream: Any) -> None:
            assert stream.read(4) == FLOWS[:4]

        def stream(self) -> Iterator[Any]:
            for flow in flows:
                if isinstance(flow, Exception):
                    raise flow
                yield flow

    parts = {
        "mitmproxy": {},
        "mitmproxy.io": {"FlowReader": FlowReader},
        "mitmproxy.http": {"HTTPFlow": HTTPFlow},
        "mitmproxy.exceptions": {"FlowReadException": FlowReadException},
    }
    for name, members in parts.items():
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)


class TestMitmproxy:
    """Flow files."""

    def test_flows_are_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """All of a request is taken; other flows and what carries nothing are passed over."""
        get = HTTPFlow(Request(method="GET", content=b""))
        install(monkeypatch, get, object(), HTTPFlow(Request()), HTTPFlow(Request(content=b"")))
        first, second = captures(FLOWS)
        assert first.body == BODY
        assert first.headers == (("A", "b"), ("A", "c"))
        assert (first.url, first.received_at) == ("http://h/x", 1481597358.25)
        assert (first.origin.record, second.origin.record) == (1, 2)

    def test_a_body_that_was_not_saved_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Streamed and too large bodies are one finding each."""
        large = Request(content=b"x" * 50)
        install(monkeypatch, HTTPFlow(Request(content=None)), HTTPFlow(large), HTTPFlow(Request()))
        assert bodies(FLOWS, max_body=20) == ["HP100", "HP109", BODY.decode()]

    @pytest.mark.parametrize("fault", [FlowReadException("cut off"), KeyError("x"), TypeError()])
    def test_a_damaged_file_is_told(
        self, monkeypatch: pytest.MonkeyPatch, fault: Exception
    ) -> None:
        """The flows before the damage are read, whatever its reader lets out."""
        install(monkeypatch, HTTPFlow(Request()), fault)
        assert bodies(FLOWS) == [BODY.decode(), "HP100"]

    def test_without_a_post_it_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing found is a finding."""
        install(monkeypatch, object())
        assert bodies(FLOWS) == ["HP120"]

    def test_without_mitmproxy_it_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The hint names what to install, and a way without it."""
        monkeypatch.setitem(sys.modules, "mitmproxy", None)
        monkeypatch.setitem(sys.modules, "mitmproxy.io", None)
        [found] = read(FLOWS)
        assert isinstance(found, Unreadable)
        assert "pip install mitmproxy" in found.hint
        assert "HAR" in found.hint
