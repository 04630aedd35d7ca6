"""Five callbacks cut out of the shipped contract: enough to spoil, and quick to check."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hookproof.contract.files import shipped_contract

KEPT = {
    "tencent_gme": ("recording",),
    "zego_rtc": ("compose", "procedure", "record", "transcode_stop"),
}
_FOLDER = TemporaryDirectory(prefix="hookproof-small-contract-")


@cache
def small_contract() -> Path:
    """The folder of the small contract, made on first use and removed at the end."""
    shipped, root = shipped_contract(), Path(_FOLDER.name)
    (root / "openapi").mkdir()
    for area, events in KEPT.items():
        (root / "schemas" / area).mkdir(parents=True)
        for event in events:
            shutil.copy(shipped.schema(area, event), root / "schemas" / area)
        text = shipped.document(area).read_text(encoding="utf-8")
        (root / "openapi" / f"{area}.yaml").write_text(_cut(text, area, events), encoding="utf-8")
    (root / "schemas" / "common").mkdir()
    used = set().union(*map(_shared, sorted(root.glob("schemas/*/*.json"))))
    for name in sorted(used):
        shutil.copy(shipped.schemas / "common" / name, root / "schemas" / "common")
    return root


def _shared(file: Path) -> set[str]:
    return set(re.findall(r'"\.\./common/(\w+\.json)"', file.read_text(encoding="utf-8")))


def _cut(document: str, area: str, events: tuple[str, ...]) -> str:
    """A document less the webhooks and components of all other callbacks."""
    head, webhooks = document.split("\nwebhooks:\n")
    webhooks, components = webhooks.split("\ncomponents:\n")
    blocks = re.split(rf"^(?=  {area}/\w+:$)", webhooks, flags=re.MULTILINE)
    kept = [block for block in blocks if re.match(rf"  {area}/({'|'.join(events)}):", block)]
    lines = components.splitlines(keepends=True)
    left = [
        line
        for line in lines
        if "../schemas/" not in line or re.search(rf"/({'|'.join(events)})\.json", line)
    ]
    return "\n".join([head, "webhooks:\n" + "".join(kept), "components:\n" + "".join(left)])
