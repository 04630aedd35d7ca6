"""Compressed input is told by its content, unpacked piece by piece, and never trusted."""

from __future__ import annotations

import gzip
import importlib
import io
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from unit.captures.reading import zstd

from hookproof.captures import stream as stream_module
from hookproof.captures.stream import START_SIZE, StreamBroken, open_stream

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = b"".join(b'{"a":%d}\n' % number for number in range(50_000))
SKIPPED_FRAME = b"\x50\x2a\x4d\x18\x04\0\0\0size"


class Pipe(io.RawIOBase):
    """A source that cannot seek and gives a few bytes at a time."""

    def __init__(self, content: bytes) -> None:
        self._rest = io.BytesIO(content)

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Give 1000 bytes at most."""
        return self._rest.readinto(memoryview(buffer)[:1000])


def read_on(raw: bytes) -> tuple[bytes, str]:
    """All that a stream gives, and why it broke, if it did."""
    got = bytearray()
    try:
        stream = open_stream(io.BytesIO(raw))
        while piece := stream.read1(1 << 20):
            got += piece
    except StreamBroken as broken:
        return bytes(got), broken.message
    return bytes(got), ""


def drain(stream: io.BufferedReader, *, at_most: int) -> None:
    """Read a stream to its end, holding nothing."""
    while piece := stream.read1(1 << 20):
        at_most -= len(piece)
        assert at_most >= 0


@pytest.fixture(params=["gzip", "zstd"])
def pack(request: pytest.FixtureRequest) -> Callable[[bytes], bytes]:
    """Either way of packing."""
    return {"gzip": gzip.compress, "zstd": zstd}[request.param]


def test_what_is_not_packed_stays_as_it_is() -> None:
    """Bytes without a magic number come as they are, from a file and from a pipe."""
    assert open_stream(io.BytesIO(TEXT)).read() == TEXT
    assert open_stream(io.BufferedReader(Pipe(TEXT))).read() == TEXT
    assert open_stream(io.BytesIO(b"")).read() == b""


def test_a_file_stays_seekable() -> None:
    """A file that is not packed can be read from its end, as Parquet must be; a pipe cannot."""
    stream = open_stream(io.BytesIO(TEXT))
    stream.seek(-3, io.SEEK_END)
    assert stream.read() == TEXT[-3:]
    stream.seek(0)
    assert stream.read(9) == TEXT[:9]
    assert not open_stream(io.BufferedReader(Pipe(TEXT))).seekable()
    assert not open_stream(io.BytesIO(gzip.compress(TEXT))).seekable()


def test_a_stream_begins_where_its_source_stands() -> None:
    """Bytes that were read before are not read again."""
    source = io.BytesIO(b"read" + TEXT)
    source.seek(4)
    assert open_stream(source).read() == TEXT


def test_the_start_can_be_peeked(pack: Callable[[bytes], bytes]) -> None:
    """The first START_SIZE bytes are seen before anything is read, however it is packed."""
    for raw in (TEXT, pack(TEXT), pack(TEXT[:10]) + pack(TEXT[10:])):
        for source in (io.BytesIO(raw), io.BufferedReader(Pipe(raw))):
            stream = open_stream(source)
            assert stream.peek(START_SIZE)[:START_SIZE] == TEXT[:START_SIZE]
            assert stream.read() == TEXT


def test_several_members_are_one_stream(pack: Callable[[bytes], bytes]) -> None:
    """What `cat a.gz b.gz` gives is read as a whole, empty members too."""
    parts = [TEXT[:7], b"", TEXT[7:90_000], TEXT[90_000:], b""]
    assert read_on(b"".join(map(pack, parts))) == (TEXT, "")


def test_padding_is_passed_over() -> None:
    """The zeros that a tape leaves behind a gzip archive are no member of it."""
    assert read_on(gzip.compress(TEXT) + bytes(3000)) == (TEXT, "")


def test_frames_to_be_skipped_are_skipped() -> None:
    """A zstd archive may begin with a frame that holds no data, as pzstd writes it."""
    assert read_on(SKIPPED_FRAME + zstd(TEXT)) == (TEXT, "")


@pytest.mark.parametrize("left", [1, 5, 12, 400, -400, -9, -1])
def test_a_cut_off_archive_is_told(pack: Callable[[bytes], bytes], left: int) -> None:
    """What stood before the cut is read, then the stream breaks."""
    packed = pack(TEXT)
    start = packed[:left] if left > 3 or left < 0 else packed[:4]
    got, why = read_on(start)
    assert TEXT.startswith(got)
    assert why.endswith("is cut off")


def test_a_damaged_archive_is_told(pack: Callable[[bytes], bytes]) -> None:
    """A wrong byte breaks the stream; what was read before it counts."""
    packed = bytearray(pack(TEXT))
    packed[len(packed) // 2 :] = b"\xff" * (len(packed) - len(packed) // 2)
    got, why = read_on(bytes(packed))
    # What deflate reads at the damage itself may be anything.
    assert got[: len(TEXT) // 4] == TEXT[: min(len(got), len(TEXT) // 4)]
    assert why


def test_a_wrong_checksum_is_told() -> None:
    """A gzip archive whose checksum does not fit its text is damaged."""
    packed = gzip.compress(TEXT)
    got, why = read_on(packed[:-8] + b"12345678")
    assert got
    assert TEXT.startswith(got)
    assert why == "the gzip archive is damaged: incorrect data check"


def test_text_behind_an_archive_is_told() -> None:
    """Bytes that follow an archive and are none are not passed over in silence."""
    got, why = read_on(gzip.compress(TEXT) + b"text")
    assert got == TEXT
    assert why.startswith("the gzip archive is")


def test_a_broken_stream_stays_broken() -> None:
    """Reading on after a break breaks again and does not look like an end."""
    stream = open_stream(io.BytesIO(gzip.compress(b"x" * 10)[:-9]))
    for _ in range(3):
        with pytest.raises(StreamBroken):
            stream.read()


def test_an_archive_in_an_archive_is_not_followed() -> None:
    """One layer is taken off, so that a small file cannot hide a large one twice."""
    inner = gzip.compress(TEXT)
    assert read_on(gzip.compress(inner)) == (inner, "")


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_a_bomb_stops_at_the_guard(packing: str) -> None:
    """Two gibibytes of zeros, packed to kilobytes, are left once they prove to be a bomb."""
    bomb = gzip.compress(bytes(64 << 20)) * 32 if packing == "gzip" else zstd(bytes(1 << 20)) * 2048
    stream = open_stream(io.BytesIO(bomb))
    begin = time.monotonic()
    tracemalloc.start()
    with pytest.raises(StreamBroken, match="more than 500 times its size"):
        drain(stream, at_most=stream_module.MAX_UNPACKED)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 << 20
    assert time.monotonic() - begin < 60


def test_much_that_is_alike_is_no_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that shrank a lot is read to its end while it is not large."""
    text = bytes(4 << 20)
    assert read_on(gzip.compress(text))[1] == ""
    monkeypatch.setattr(stream_module, "MAX_UNPACKED", 1 << 20)
    assert "500 times" in read_on(gzip.compress(text))[1]
    assert read_on(gzip.compress(TEXT * 10))[1] == ""


def without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Have the named modules not installed."""
    original = importlib.import_module

    def import_module(name: str, package: str | None = None) -> Any:
        if name in names:
            raise ImportError(name)
        return original(name, package)

    monkeypatch.setattr(importlib, "import_module", import_module)


def test_without_a_package_zstd_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing reads zstd, the hint names what to install."""
    packed = zstd(TEXT)
    without(monkeypatch, "compression.zstd", "backports.zstd", "zstandard")
    with pytest.raises(StreamBroken) as caught:
        open_stream(io.BytesIO(packed))
    assert "(what hookproof[zstd] adds)" in caught.value.hint


def test_the_package_zstandard_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only zstandard is installed it gives the same, in the same bounds."""
    pytest.importorskip("zstandard")
    packed = zstd(TEXT)
    without(monkeypatch, "compression.zstd", "backports.zstd")
    for raw in (packed, SKIPPED_FRAME + zstd(TEXT[:77]) + zstd(TEXT[77:])):
        assert open_stream(io.BytesIO(raw)).peek(START_SIZE)[:START_SIZE] == TEXT[:START_SIZE]
        assert read_on(raw) == (TEXT, "")
    got, why = read_on(packed[:-5])
    assert TEXT.startswith(got)
    assert why == "the zstd archive is cut off"
    assert read_on(packed[:4] + b"\xff" * 99)[1]
