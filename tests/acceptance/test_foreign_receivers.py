"""Correct receivers that others wrote, in a process of their own, against the whole command."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from receivers.start import SECRET, running

RECEIVERS = Path(__file__).parents[1] / "receivers"
# The callbacks that the receivers of each area serve.
SERVED = {
    "zego_rtc": ["record", "compose", "procedure", "transcode_stop"],
    "tencent_gme": ["recording"],
}
# Script and options, the area that the receiver serves, and the requests for each callback.
FOREIGN = [
    pytest.param(("zego_stdlib.py",), "zego_rtc", 150, id="strict"),
    pytest.param(("zego_stdlib.py", "--malformed-status", "422"), "zego_rtc", 80, id="strict-422"),
    pytest.param(("zego_lenient.py",), "zego_rtc", 80, id="lenient"),
    pytest.param(("gme_stdlib.py",), "tencent_gme", 150, id="body-signed"),
    pytest.param(("node_http.mjs",), "zego_rtc", 80, id="node"),
    pytest.param(("node_http.mjs",), "tencent_gme", 150, id="node-body-signed"),
]


def run_command(
    url: str, area: str, *, cases: int, folder: Path, more: tuple[str, ...] = ()
) -> tuple[int, dict[str, Any]]:
    """`hookproof test` on what is served of an area; its exit code and its report."""
    report = folder / "report.json"
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    options = ["--max-cases", str(cases), "--report", f"json={report}", *more]
    options += [part for name in SERVED[area] for part in ("--callback", f"{area}/{name}")]
    done = subprocess.run(
        [sys.executable, "-m", "hookproof", "test", url, *options],
        env={**around, "HOOKPROOF_SECRET": SECRET},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == b""
    found: dict[str, Any] = json.loads(report.read_text())
    return done.returncode, found


@pytest.mark.parametrize(("started", "area", "cases"), FOREIGN)
def test_a_correct_receiver_has_no_errors(
    started: tuple[str, ...], area: str, cases: int, tmp_path: Path
) -> None:
    """A receiver made from the page alone passes every check but the one the page leaves open."""
    with running(*started) as url:
        code, report = run_command(url, area, cases=cases, folder=tmp_path)
    assert [f for f in report["findings"] if f["severity"] == "error"] == []
    assert (code, report["verdict"]) == (0, "pass")
    for name, result in report["callbacks"].items():
        assert name.startswith(area)
        assert (result["control"], result["requests"]) == ("accepted", cases)
        # Whether a signed body that breaks the contract is refused is up to the receiver.
        states = {check: s for check, s in result["checks"].items() if check != "refuses_malformed"}
        assert set(states.values()) <= {"pass", "skipped"}


@pytest.mark.parametrize("area", ["zego_rtc", "tencent_gme"])
def test_a_receiver_in_another_language_that_is_wrong_is_found(area: str, tmp_path: Path) -> None:
    """The receiver for Node with another secret refuses every genuine callback."""
    with running("node_http.mjs", secret="another") as url:
        code, report = run_command(url, area, cases=20, folder=tmp_path)
    assert code == 1
    assert {r["control"] for r in report["callbacks"].values()} == {"refused"}


def test_a_lenient_receiver_is_told_so(tmp_path: Path) -> None:
    """Acknowledging whatever is signed is a note, and fails only where the policy is strict."""
    with running("zego_lenient.py") as url:
        code, report = run_command(url, "zego_rtc", cases=80, folder=tmp_path)
        strictly, other = run_command(
            url, "zego_rtc", cases=80, folder=tmp_path, more=("--policy", "strict")
        )
    told = {(f["callback"], f["severity"]) for f in report["findings"] if f["code"] == "HP406"}
    assert told == {(name, "note") for name in report["callbacks"]}
    states = {r["checks"]["refuses_malformed"] for r in report["callbacks"].values()}
    assert (code, states) == (0, {"skipped"})
    assert {r["checks"]["refuses_malformed"] for r in other["callbacks"].values()} == {"fail"}
    assert strictly == 1


def test_a_receiver_with_another_secret_is_told_so(tmp_path: Path) -> None:
    """A receiver that verifies with another secret refuses every genuine callback."""
    with running("zego_stdlib.py", secret="another") as url:
        code, report = run_command(url, "zego_rtc", cases=20, folder=tmp_path)
    assert code == 1
    assert {r["control"] for r in report["callbacks"].values()} == {"refused"}
    assert {f["code"] for f in report["findings"]} == {"HP401"}


@pytest.mark.parametrize("file", sorted(RECEIVERS.glob("*_*.py")), ids=lambda file: file.stem)
def test_foreign_receivers_are_foreign(file: Path) -> None:
    """None of these receivers uses anything but the standard library."""
    found = list(ast.walk(ast.parse(file.read_text())))
    whole = {a.name for node in found if isinstance(node, ast.Import) for a in node.names}
    parts = {str(node.module) for node in found if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in whole | parts} <= sys.stdlib_module_names


def test_the_receiver_for_node_is_foreign() -> None:
    """It uses nothing but what comes with Node."""
    text = (RECEIVERS / "node_http.mjs").read_text(encoding="utf-8")
    imported = re.findall(r"""(?:from|import|require)[ (]+["'`]([^"'`]+)""", text)
    assert len(imported) == 3
    assert all(name.startswith("node:") for name in imported)
