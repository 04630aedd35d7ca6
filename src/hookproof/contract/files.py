"""Where the contract's files lie. No other module knows."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from hookproof.errors import ContractError

# Shared pieces stand beside the areas and are none.
COMMON: Final = "common"


@dataclass(frozen=True, slots=True)
class ContractFiles:
    """The two folders of a contract: `schemas/<area>/<event>.json` and `openapi/<area>.yaml`."""

    schemas: Path
    openapi: Path

    def areas(self) -> tuple[str, ...]:
        """Names of the areas: the folders under schemas/, in order."""
        folders = (path for path in self.schemas.iterdir() if path.is_dir())
        return tuple(sorted(p.name for p in folders if p.name != COMMON and p.name[0] not in "._"))

    def events(self, area: str) -> tuple[str, ...]:
        """Names of an area's callbacks: the files of its folder, in order; none without one."""
        # A Path for each of hundreds of files takes longer than to read their documents.
        try:
            with os.scandir(self.schemas / area) as found:
                return tuple(sorted(one.name[:-5] for one in found if one.name.endswith(".json")))
        except (FileNotFoundError, NotADirectoryError):
            return ()

    def schema(self, area: str, event: str) -> Path:
        """The schema file of a callback."""
        return self.schemas / area / f"{event}.json"

    def document(self, area: str) -> Path:
        """The OpenAPI document of an area."""
        return self.openapi / f"{area}.yaml"

    def compiled(self, area: str) -> Path:
        """The OpenAPI document of an area as JSON, which is read in a hundredth of the time."""
        return self.openapi / "compiled" / f"{area}.json"

    def digest(self) -> str:
        """SHA-256 over the names and the content of all that is written by hand in it."""
        whole = sha256()
        for file in sorted([*self.schemas.rglob("*.json"), *self.openapi.glob("*.yaml")]):
            content = file.read_bytes()
            whole.update(f"{self.label(file)} {len(content)}\n".encode() + content)
        return whole.hexdigest()

    def label(self, file: Path) -> str:
        """A file as messages name it: from schemas/ or openapi/ on."""
        # As texts: it is asked for each file that is read, and for a Path that takes its time.
        return str(file).removeprefix(f"{self.schemas.parent}{os.sep}")


def shipped_contract() -> ContractFiles:
    """The contract that came with hookproof: inside the installed package, or the checkout's."""
    return contract_in(_shipped())


def shipped_scenarios() -> Path:
    """The folder of the scenarios that came with hookproof."""
    return _shipped() / "scenarios"


def shipped_readers() -> Path:
    """The folder of readers in other languages, one for each."""
    return _shipped() / "examples" / "verify"


def _shipped() -> Path:
    package = Path(__file__).resolve().parents[1]
    installed = package / "_contract"
    return installed if installed.is_dir() else package.parents[1]


def contract_in(folder: Path) -> ContractFiles:
    """The contract in a folder; raises ContractError where schemas/ or openapi/ is missing."""
    files = ContractFiles(folder / "schemas", folder / "openapi")
    for part in (files.schemas, files.openapi):
        if not part.is_dir():
            raise ContractError(
                str(folder),
                f"there is no folder {part.name}/ in it",
                hint="a contract is a folder that holds schemas/ and openapi/",
            )
    return files


def extension_schema(name: str) -> Path:
    """Our JSON Schema for one of the contract's own keywords (`webhook`, `callback`, …)."""
    return Path(__file__).resolve().parent / "extensions" / f"{name}.json"
