"""Every command of the README does what stands beside it, in the order of the page."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from acceptance.test_testing_page import Reader
from unit.source import ROOT

from hookproof.contract import Contract

pytest.importorskip("uvicorn")
pytest.importorskip("httptools")

if TYPE_CHECKING:
    from pathlib import Path

README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = re.findall(r"^    ((?:export|hookproof) [^\n]*)$", README, re.MULTILINE)
# What exits otherwise than with 0: the captures are no callbacks of the contract of one's own.
CODES = {"hookproof validate captures/ --contract": 4}
PLACE = "http://127.0.0.1:3000/callbacks"


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is missing")
def test_the_readme_can_be_followed(tmp_path: Path) -> None:
    """With captures, a log and a contract at hand, and `hookproof serve` as the receiver."""
    body = json.dumps(Contract().callback("zego_rtc/record").examples[0].payload)
    (tmp_path / "captures").mkdir()
    (tmp_path / "captures" / "record.json").write_text(body, encoding="utf-8")
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "log.ndjson.gz").write_bytes(gzip.compress(f"{body}\n".encode()))
    for name in ("v1", "my-contract"):
        shutil.copytree(ROOT / "examples" / "contracts" / "stripe", tmp_path / name)
    reader = Reader(tmp_path)
    reader.environment["HOOKPROOF_SERVE_PORT"] = str(reader.ports["8000"])
    reader.environment["HOOKPROOF_SERVE_PAGE_PORT"] = "0"
    reader.environment["HOOKPROOF_TEST_MAX_CASES"] = "25"
    address = f"http://127.0.0.1:{reader.ports['8000']}/callbacks"
    try:
        for line in LINES:
            text = re.sub(r"\s+#.*", "", line).replace(":8000", f":{reader.ports['8000']}")
            if text.startswith("export "):
                reader.run(text)
                reader.serve("hookproof serve --quiet")
            elif text.startswith("hookproof serve"):
                reader.serve(text)
            else:
                text = text.replace(PLACE, address).replace("…", f"{address} --area zego_rtc")
                code = next((n for begun, n in CODES.items() if text.startswith(begun)), 0)
                reader.run(f"{text}  # exit {code}")
            if "--forward" in text:
                reader.serve("hookproof serve --quiet")
    finally:
        reader.stop()
    assert {"send", "serve", "validate", "test", "replay"} <= {line.split()[1] for line in LINES}
