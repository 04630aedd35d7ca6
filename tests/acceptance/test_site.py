"""A part of the site is built by Sphinx and looked at in a browser: links, search, width."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

import pytest
from unit.source import ROOT

from hookproof.contract import Contract

if TYPE_CHECKING:
    from pathlib import Path

# Where `make docs` has put Sphinx, or the environment that the tests run in.
PYTHON = ROOT / "build" / "docs" / "venv" / "bin" / "python"
AREA, CALLBACK, FIELD = "zego_rtc", "record", "FileSize"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# What a browser fetches by itself; a link that a reader may follow is none of it.
FETCHED = {"img", "script", "link", "iframe", "source", "video", "audio", "object", "embed"}
SEEN = """<body><iframe id=f width=400 height=900 src="{page}"></iframe><script>
f.onload = () => setTimeout(() => {{
  const root = f.contentDocument.documentElement;
  document.title = `${{root.scrollWidth}} of ${{root.clientWidth}}`;
}}, 500)</script>"""


def python() -> str:
    """A Python that has Sphinx and the theme."""
    for one in (str(PYTHON), sys.executable):
        try:
            code = "import sphinx, furo, myst_parser, sphinx_copybutton"
            subprocess.run([one, "-c", code], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return one
    pytest.skip("Sphinx is not installed: make docs")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with one area; a warning fails the build."""
    folder, one = tmp_path_factory.mktemp("site"), python()
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'generated'}"}
    source, made = folder / "source", folder / "html"
    sphinx = ["sphinx", "-W", "--keep-going", "-q", "-c", ROOT / "docs", source, made]
    for call in (["hookproof.site", ROOT / "docs", source, AREA], sphinx):
        done = subprocess.run(
            [one, "-m", *map(str, call)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        assert done.returncode == 0, done.stderr
    return made


class Page(HTMLParser):
    """What a page refers to, and what can be referred to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links, what is fetched, and names."""
        for name, value in attrs:
            if name == "id":
                self.names.add(value or "")
            elif name in {"href", "src"} and value:
                (self.fetched if tag in FETCHED else self.links).append(value)


def read(site: Path) -> dict[Path, Page]:
    """All pages of the site."""
    return {file: Page(file.read_text(encoding="utf-8")) for file in site.rglob("*.html")}


def browse(address: str) -> str:
    """The page at an address after its scripts have run."""
    if not CHROMIUM:
        pytest.skip("chromium is missing")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    done = subprocess.run(
        [CHROMIUM, *flags, "--virtual-time-budget=9000", "--dump-dom", address],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


def test_each_callback_of_the_area_has_a_page(site: Path) -> None:
    """And stands in the list of its area."""
    listed = (site / f"callbacks/{AREA}/index.html").read_text(encoding="utf-8")
    for name in Contract().names([AREA]):
        event = name.partition("/")[2]
        assert (site / f"callbacks/{name}.html").is_file()
        assert f'href="{event}.html"' in listed
    assert (site / f"openapi/{AREA}.openapi.json").is_file()


def test_no_other_host_is_asked(site: Path) -> None:
    """Neither by a page nor by a style sheet."""
    fetched = {one for page in read(site).values() for one in page.fetched}
    assert fetched
    assert not [one for one in fetched if re.match(r"(?:[a-z]+:)?//", one)]
    for sheet in site.rglob("*.css"):
        asked = re.findall(r"(?:url\(|@import)[^;)]*", sheet.read_text(encoding="utf-8"))
        assert not [one for one in asked if re.search(r"https?:", one) and "w3.org" not in one]


def test_a_code_in_a_guide_leads_to_its_page(site: Path) -> None:
    """Where it stands in a sentence."""
    assert "findings/HP407.html" in Page((site / "testing.html").read_text("utf-8")).links


def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    """To a file that is there, and to a place in it."""
    known = read(site)
    for file, page in known.items():
        for link in page.links:
            path, place = urldefrag(link)
            if re.match(r"[a-z]+:", path) or place == "":
                target = None if re.match(r"[a-z]+:", path) else file.parent / unquote(path)
                assert target is None or target.exists(), f"{file}: {link}"
                continue
            target = (file.parent / unquote(path)).resolve() if path else file
            assert place in known[target].names, f"{file}: {link}"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (FIELD, f"callbacks/{AREA}/{CALLBACK}.html"),
        (CALLBACK, f"callbacks/{AREA}/{CALLBACK}.html"),
        ("HP404", "findings/HP404.html"),
        ("--max-cases", "commands/test.html"),
    ],
)
def test_a_search_finds_the_page_first(site: Path, query: str, wanted: str) -> None:
    """From a file, without any server."""
    seen = browse(f"{(site / 'search.html').as_uri()}?q={query}")
    found = re.findall(r'<li class="kind-[^>]*><a href="([^"]*)"', seen)
    assert found, seen[-2000:]
    assert wanted in found[0]


def test_a_field_is_led_to_its_place(site: Path) -> None:
    """Not only to its page."""
    seen = browse(f"{(site / 'search.html').as_uri()}?q={FIELD}")
    [first, *_] = re.findall(r'<li class="kind-[^>]*><a href="([^"]*)"', seen)
    place = urldefrag(first)[1]
    page = Page((site / f"callbacks/{AREA}/{CALLBACK}.html").read_text(encoding="utf-8"))
    assert place.endswith(f"-{FIELD}")
    assert place in page.names


@pytest.mark.parametrize(
    "page",
    [
        "index.html",
        f"callbacks/{AREA}/{CALLBACK}.html",
        f"callbacks/{AREA}/index.html",
        "commands/test.html",
        "findings/index.html",
        "findings/HP404.html",
        "moving.html",
    ],
)
def test_nothing_is_wider_than_four_hundred_pixels(site: Path, page: str) -> None:
    """No page is scrolled sideways on a telephone."""
    frame = site / "frame.html"
    frame.write_text(SEEN.format(page=page), encoding="utf-8")
    seen = browse(frame.as_uri())
    frame.unlink()
    found = re.search(r"<title>(\d+) of (\d+)</title>", seen)
    assert found, seen[-500:]
    assert int(found[1]) <= int(found[2]) <= 400
