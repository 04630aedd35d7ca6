"""The report as a page: nothing beside a narrow screen, and printed whole. Needs chromium."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.receiver_runs import contract, run

from hookproof.conformance.checks import Check
from hookproof.report.html import as_html
from hookproof.report.of_receiver import receiver_report
from hookproof.testing import ThreeFaults

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is missing")
# Measured within a frame, for a window of its own is never narrower than 500 pixels.
FRAME = """\
<body style="margin:0"><iframe style="width:{width}px;height:2000px;border:0" srcdoc="{page}">
</iframe><script>addEventListener("load", () => {{
  const page = document.querySelector("iframe").contentDocument, top = page.documentElement;
  const shown = one => one.getBoundingClientRect().height > 0;
  const whole = [...page.querySelectorAll("details")].filter(
    one => [...one.children].some(part => part.tagName !== "SUMMARY" && shown(part)));
  document.title = JSON.stringify({{
    room: top.clientWidth, taken: top.scrollWidth, open: whole.length,
    details: page.querySelectorAll("details").length,
    first: page.body.innerText.slice(0, 400),
    heads: [...page.querySelectorAll(".matrix thead th")].filter(shown).map(x => x.innerText),
  }});
}})</script></body>
"""


@cache
def page() -> str:
    """The page of a report on twenty callbacks with errors."""
    chosen = [contract().callback(name) for name in contract().names(["zego_rtc"])]
    return as_html(receiver_report(run(ThreeFaults, chosen=chosen, max_cases=40)))


def measured(text: str, folder: Path, *, width: int) -> dict[str, Any]:
    """What a browser makes of a page that is so many pixels wide."""
    file = folder / "frame.html"
    file.write_text(FRAME.format(width=width, page=escape(text)), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    done = subprocess.run(
        [str(CHROMIUM), *options, "--dump-dom", file.as_uri()], capture_output=True, check=True
    )
    title = re.search("<title>(.*?)</title>", done.stdout.decode(), re.DOTALL)
    assert title
    found: dict[str, Any] = json.loads(unescape(title[1]))
    return found


def test_a_narrow_screen_shows_it_without_moving_sideways(tmp_path: Path) -> None:
    """At 400 pixels nothing is beside the screen, and the verdict is what is seen first."""
    seen = measured(page(), tmp_path, width=400)
    assert seen["taken"] <= seen["room"] <= 400
    assert "FAIL" in seen["first"]


def test_it_prints_whole(tmp_path: Path) -> None:
    """On paper all details are open, and the matrix has a column for each check."""
    printed = page().replace("@media print", "@media all")
    seen = measured(printed, tmp_path, width=718)
    assert seen["taken"] <= seen["room"]
    assert seen["open"] == seen["details"] > 20
    assert len(seen["heads"]) == len(Check) + 2
