"""Holds the reader of each language on this machine to all vectors: `make test-languages`.

The pack of the shipped contract, and one of each example contract. What is not installed is told
and left out. A wrong outcome in any language ends with 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

from readers import LANGUAGES, ROOT, Language

from hookproof.contract import Contract, contract_in
from hookproof.languages.pack import write_pack


def main() -> int:
    """Run all, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=[one.name for one in LANGUAGES])
    only = parser.parse_args().only
    with TemporaryDirectory() as folder:
        packs = written(Path(folder))
        chosen = [one for one in LANGUAGES if not only or one.name in only]
        return max([held(one, packs, Path(folder, one.name)) for one in chosen], default=0)


def written(folder: Path) -> list[Path]:
    """The packs, each in a folder of its own."""
    contracts = {"shipped": Contract()}
    for example in sorted((ROOT / "examples" / "contracts").iterdir()):
        contracts[example.name] = Contract(contract_in(example))
    packs = []
    for name, contract in contracts.items():
        count = sum(write_pack(folder / "packs" / name, contract).values())
        print(f"{count:6,} vectors of {name}", flush=True)
        packs.append(folder / "packs" / name)
    return packs


def held(language: Language, packs: list[Path], built: Path) -> int:
    """One language through all packs; 1 where an outcome was wrong."""
    if language.missing:
        print(f"SKIPPED  {language.name}: {language.missing} is not installed", flush=True)
        return 0
    built.mkdir()
    start = time.monotonic()
    language.built(built)
    failed, total = 0, 0
    for pack in packs:
        done = language.held_to(pack, built)
        lines = done.stdout.splitlines() or [done.stderr]
        if done.returncode != 0 or not lines[-1].endswith("vectors, 0 wrong"):
            failed = 1
            print(f"FAILED   {language.name}, {pack.name}:", *lines[-5:], sep="\n  ", flush=True)
        else:
            total += int(lines[-1].split()[0])
    seconds = time.monotonic() - start
    print(f"{total:6,} vectors right in {language.name}, {seconds:.0f} s", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
