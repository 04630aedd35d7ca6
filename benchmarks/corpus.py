"""Captures made by a seeded chance for the benchmarks, from the samples of the contract."""

from __future__ import annotations

import gzip
import random
import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from unit.captures.lines import line

from hookproof.contract import Contract
from hookproof.findings import Severity
from hookproof.payload.body import read_body
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

# At most so many rows differ, of which an archive is drawn; making each anew would take minutes.
POOL = 5_000


@dataclass(frozen=True)
class Corpus:
    """What captures are made of: all samples of the callbacks, or the first `samples` of each.

    The callbacks are those of some areas, or some by name. What the areas leave unclear is left
    out.
    """

    areas: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    samples: int | None = None

    def payloads(self) -> list[dict[str, object]]:
        """The samples."""
        contract, validator = Contract(), self.validator()
        names = self.names or contract.names(self.areas)
        callbacks = map(contract.callback, names)
        samples = [e.payload for callback in callbacks for e in callback.examples[: self.samples]]
        return [payload for payload in samples if len(validator.identify(payload)) == 1]

    def validator(self) -> Validator:
        """What judges the captures."""
        return Validator(Contract(), areas=self.areas)

    def valid_lines(self, count: int, *, seed: int = 1) -> list[bytes]:
        """So many lines without an error."""
        chance, samples = random.Random(seed), self.payloads()
        return [line(chance, chance.choice(samples), bad=0) for _ in range(count)]

    def failing_lines(self, count: int, *, seed: int = 1) -> list[bytes]:
        """So many different lines, each with one mistake that is an error."""
        chance, samples, validator = random.Random(seed), self.payloads(), self.validator()
        found: set[bytes] = set()
        while len(found) < count:
            raw = line(chance, chance.choice(samples), bad=1)
            findings = validator.judge(read_body(raw)).findings
            if any(f.severity is Severity.ERROR for f in findings):
                found.add(raw)
        return sorted(found)

    def rows(self, count: int, *, failing: float, seed: int = 1) -> Iterator[bytes]:
        """So many lines of which the share `failing` has an error."""
        chance = random.Random(seed)
        pool = min(POOL, count)
        good = self.valid_lines(pool, seed=seed)
        bad = self.failing_lines(max(pool // 10, 1) if failing else 0, seed=seed)
        for _ in range(count):
            yield chance.choice(bad if chance.random() < failing else good)

    def write_lines(self, path: Path, count: int, *, failing: float, seed: int = 1) -> None:
        """A file of so many lines."""
        with path.open("wb") as file:
            file.writelines(raw + b"\n" for raw in self.rows(count, failing=failing, seed=seed))


def write_mixed(folder: Path, count: int, *, seed: int = 1) -> None:
    """A folder of so many captures: most in files of lines, some packed, some in a file each."""
    folder.mkdir(parents=True)
    drawn = Corpus().rows(count, failing=0.02, seed=seed)
    for number in range(5):
        # A hundredth each, so that there are parts of all sizes.
        packed = b"\n".join(islice(drawn, count // 100))
        (folder / f"packed{number}.ndjson.gz").write_bytes(gzip.compress(packed, mtime=0))
    single = folder / "single"
    single.mkdir()
    for number, raw in enumerate(islice(drawn, count // 20)):
        (single / f"{number:06}.json").write_bytes(raw)
    for name in ("a", "b"):
        share = islice(drawn, count * 45 // 100 if name == "a" else None)
        (folder / f"{name}.ndjson").write_bytes(b"".join(raw + b"\n" for raw in share))
