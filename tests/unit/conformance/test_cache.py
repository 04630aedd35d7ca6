"""Generated payloads are kept from run to run, and a cache that fails costs time only."""

from __future__ import annotations

import hashlib
import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from unit.conformance.parts import callback

from hookproof.conformance.generation import cache, corpus
from hookproof.conformance.generation.cache import CachedCorpus
from hookproof.conformance.generation.corpus import CorpusKey, payloads_of
from hookproof.conformance.generation.fuzzer import Generated
from hookproof.user_cache import cache_folder

WANTED = CorpusKey("area/event", "d1", seed=1, conforming=2, broken=2)
PAYLOADS = [
    Generated(
        {"b": 1, "a": [True, 1.0, 10**30, None, "\u76f4\ud800\x00"]},
        breaks=False,
        description="a payload",
    ),
    Generated(b"\xff\x00{", breaks=True, description="bytes"),
    Generated("text", breaks=True, description="no object"),
]
LARGE = [Generated(os.urandom(3000), breaks=True, description="what does not compress")]


@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, "linux", "/x/hookproof"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "linux", "/h/.cache/hookproof"),
        ({"HOME": "/h"}, "linux", "/h/.cache/hookproof"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Caches/hookproof"),
        ({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, "darwin", "/x/hookproof"),
        ({"LOCALAPPDATA": "/local", "HOME": "/h"}, "win32", "/local/hookproof"),
        ({}, "linux", None),
        ({"HOME": "relative"}, "linux", None),
    ],
)
def test_the_folder_is_the_platforms(
    environment: dict[str, str], platform: str, folder: str | None
) -> None:
    """The cache lies where the platform has caches, and nowhere where it has no such place."""
    expected = Path(folder) if folder else None
    assert cache_folder(environment, platform=platform) == expected


def test_payloads_come_back_as_they_were(tmp_path: Path) -> None:
    """Values, their order and bytes are those that were kept, in a folder that was made."""
    kept = CachedCorpus(tmp_path / "not" / "there")
    assert kept.get(WANTED) is None
    kept[WANTED] = PAYLOADS
    assert repr(kept.get(WANTED)) == repr(PAYLOADS)


@pytest.mark.parametrize(
    "other",
    [
        replace(WANTED, digest="d2"),
        replace(WANTED, seed=2),
        replace(WANTED, callback="area/other"),
        replace(WANTED, conforming=3),
        replace(WANTED, broken=3),
    ],
)
def test_what_was_not_asked_for_is_not_found(other: CorpusKey, tmp_path: Path) -> None:
    """Another contract, seed or number has payloads of its own."""
    kept = CachedCorpus(tmp_path)
    kept[WANTED] = PAYLOADS
    assert kept.get(other) is None


def test_another_generator_has_other_payloads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one version of a package has made is not taken for that of the next."""
    kept = CachedCorpus(tmp_path)
    kept[WANTED] = PAYLOADS
    cache._makers.cache_clear()
    monkeypatch.setattr(cache, "version", lambda _: "99")
    try:
        assert kept.get(WANTED) is None
    finally:
        cache._makers.cache_clear()


def _sealed(text: bytes) -> bytes:
    packed = zlib.compress(text)
    return hashlib.sha256(packed).digest() + packed


@pytest.mark.parametrize(
    "damaged",
    [b"", b"x" * 31, b"\0" * 500, _sealed(b"{"), _sealed(b"[1]"), _sealed(b'[["x"]]')],
    ids=["empty", "short", "noise", "no JSON", "no list", "too little"],
)
def test_a_damaged_file_is_made_anew(damaged: bytes, tmp_path: Path) -> None:
    """A file that is not what was written counts as none, and the next run replaces it."""
    kept = CachedCorpus(tmp_path)
    kept[WANTED] = PAYLOADS
    [file] = tmp_path.iterdir()
    file.write_bytes(damaged)
    assert kept.get(WANTED) is None
    kept[WANTED] = PAYLOADS
    assert repr(kept.get(WANTED)) == repr(PAYLOADS)


def test_each_byte_counts(tmp_path: Path) -> None:
    """A file that was cut off, or has one bit changed anywhere, is not read."""
    kept = CachedCorpus(tmp_path)
    kept[WANTED] = PAYLOADS
    [file] = tmp_path.iterdir()
    whole = file.read_bytes()
    changed = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(len(whole))]
    for content in (*changed, *(whole[:at] for at in range(len(whole)))):
        file.write_bytes(content)
        assert kept.get(WANTED) is None


def test_what_would_not_come_back_is_not_kept(tmp_path: Path) -> None:
    """A payload that JSON cannot hold as it is is generated each time."""
    kept = CachedCorpus(tmp_path)
    kept[WANTED] = [Generated({1: "a number as a name"}, breaks=False, description="")]
    kept[WANTED] = [Generated({"x": {2}}, breaks=False, description="")]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """Where a file is in the way of the folder, nothing is kept and nothing is raised."""
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    kept = CachedCorpus(in_the_way / "cache")
    kept[WANTED] = PAYLOADS
    assert kept.get(WANTED) is None


def test_the_cache_stays_within_its_size(tmp_path: Path) -> None:
    """Beyond its size what was not used for the longest time goes, and what others left over."""
    kept = CachedCorpus(tmp_path, most=10_000)
    wanted = [replace(WANTED, seed=seed) for seed in range(4)]
    left_over = tmp_path / "cut-off.corpus.new"
    left_over.write_bytes(b"x" * 2000)
    os.utime(left_over, ns=(0, 0))
    for age, one in enumerate(wanted[:3]):
        kept[one] = LARGE
        os.utime(kept._path(one), ns=(age + 1, age + 1))
    assert not left_over.exists()
    assert kept.get(wanted[0]) == LARGE
    kept[wanted[3]] = LARGE
    assert [kept.get(one) is not None for one in wanted] == [True, False, True, True]
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 10_000


def test_what_is_larger_than_the_cache_is_not_kept(tmp_path: Path) -> None:
    """One corpus does not drive out all others and itself."""
    kept = CachedCorpus(tmp_path, most=1000)
    kept[WANTED] = PAYLOADS
    kept[replace(WANTED, seed=2)] = LARGE
    assert kept.get(WANTED) is not None
    assert len(list(tmp_path.iterdir())) == 1


def test_runs_at_the_same_time_see_whole_files(tmp_path: Path) -> None:
    """Many that write and read the same payloads read them whole, and leave one file."""

    def use(_: int) -> bool:
        kept = CachedCorpus(tmp_path)
        kept[WANTED] = PAYLOADS
        return repr(kept.get(WANTED)) == repr(PAYLOADS)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(use, range(100)))
    assert len(list(tmp_path.iterdir())) == 1


def test_a_second_run_generates_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked for before is the same again, without the generator."""
    asked = {"seed": 1, "conforming": 2, "broken": 2, "within": 60.0}
    one, kept = callback("tencent_gme/recording"), CachedCorpus(tmp_path)
    first = payloads_of(one, corpus=kept, **asked)
    monkeypatch.setattr(corpus, "generate_payloads", lambda *_, **__: pytest.fail("generated"))
    assert repr(payloads_of(one, corpus=kept, **asked)) == repr(first)


def test_a_changed_schema_is_generated_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A callback with the same name and another schema, or other examples, has other payloads."""
    made: list[object] = []
    monkeypatch.setattr(corpus, "generate_payloads", lambda one, **_: made.append(one) or [])
    one, kept = callback("tencent_gme/recording"), {}
    others = [
        one,
        replace(one, schema={**one.schema, "minProperties": 2}),
        replace(one, schema=dict(reversed(one.schema.items()))),
        replace(one, examples=one.examples[:1] * 2),
    ]
    for changed in (*others, *others):
        payloads_of(changed, seed=1, conforming=1, broken=1, corpus=kept, within=60)
    assert made == others


def test_what_was_cut_short_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Payloads that depend on how fast the machine was are not taken for those of the seed."""
    monkeypatch.setattr(corpus, "generate_payloads", lambda *_, **__: PAYLOADS)
    one, kept = callback("tencent_gme/recording"), {}
    for within, number in ((0.0, 0), (60.0, 1)):
        made = payloads_of(one, seed=1, conforming=1, broken=1, corpus=kept, within=within)
        assert made == PAYLOADS
        assert len(kept) == number
