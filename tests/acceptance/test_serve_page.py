"""The page of `hookproof serve` in headless Chromium; skipped where playwright or it is missing.

`pip install playwright` and a `chromium` on the PATH make these tests run.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.serving import SECRET, Served, post, serve, signed

from hookproof.serve.store import Store, Stored

pytest.importorskip("uvicorn")
pytest.importorskip("httptools")
sync_api = pytest.importorskip("playwright.sync_api")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is missing")
MARKUP = "<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all."""
    with sync_api.sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server with nothing in it."""
    found = serve(tmp_path)
    yield found
    found.stop()


@pytest.fixture
def page(browser: Any, served: Served) -> Iterator[Any]:
    """Its page; whatever the browser complains of fails the test."""
    said: list[str] = []
    found = browser.new_page(viewport={"width": 1200, "height": 800})
    found.on("pageerror", lambda error: said.append(str(error)))
    found.on("console", lambda message: said.append(message.text))
    found.goto(served.page)
    yield found
    found.close()
    assert [one for one in said if "422" not in one] == []


def test_the_first_callback(page: Any, served: Served) -> None:
    """An empty page says what to do; what comes is there by itself, with all there is to it."""
    page.wait_for_selector("text=Waiting for the first callback")
    assert f"--url {served.url}" in page.inner_text("#empty")
    post(served.url, signed("zego_rtc/record", extra_params='{"PersistentId":"z","Duration":1}'))
    page.wait_for_selector(".row")
    page.wait_for_selector("#detail h2")
    told = page.inner_text("#detail")
    assert "zego_rtc/record" in told
    assert "JSON in a text" in told
    assert "PersistentId" in told
    post(served.url, signed(secret="another"))
    page.wait_for_selector("text=wrong signature")
    page.click(".row >> nth=0")
    page.wait_for_selector(".finding")
    assert "a secret that is not known here" in page.inner_text("#detail")
    # A number beyond 2^53 is shown with its digits.
    post(served.url, signed("tencent_gme/recording", TaskID=18446744073709551615))
    page.click("text=recording >> nth=0")
    page.wait_for_selector("text=18446744073709551615")


def test_a_payload_full_of_tags(page: Any, served: Served) -> None:
    """It is shown as what it is; nothing runs and no element is made of it."""
    post(served.url + f"?q={MARKUP.replace(' ', '%20')}".replace('"', "%22"), signed(a=MARKUP))
    post(served.url, signed(**{MARKUP: MARKUP}, extra_params=MARKUP))
    page.wait_for_selector(".row")
    for number in (0, 1):
        page.click(f".row >> nth={number}")
        page.wait_for_selector("#detail .tree")
        page.wait_for_timeout(100)
        assert "<script>" in page.inner_text("#detail")
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    assert page.title() == "hookproof serve"


def test_ten_thousand_captures(browser: Any, tmp_path: Path) -> None:
    """All are in the list, which draws what is seen; the filter and the keys find one of them."""
    store = Store(tmp_path / ".hookproof" / "captures.db")
    for number in range(10_000):
        body = f'{{"event":"x","room":"room-{number}"}}'.encode()
        store.add([Stored(0, 1.0e9 + number, "POST", "/in", (), body)], lambda _: None)
    store.close()
    served = serve(tmp_path)
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.goto(served.page)
    page.wait_for_selector('#count:text-is("10,000")')
    assert page.locator(".row").count() < 100
    page.evaluate("document.getElementById('list').scrollTop = 54 * 5000")
    page.wait_for_selector("[data-id='5000']")
    page.fill("#filter", "room-4711")
    page.wait_for_selector('#count:text-is("1")')
    page.click(".row")
    page.wait_for_selector("text=room-4711")
    page.fill("#filter", "no such thing")
    page.wait_for_selector("text=Nothing here holds")
    page.close()
    served.stop()


def test_replay_and_fixture(page: Any, served: Served, tmp_path: Path) -> None:
    """Buttons do what they say, and say what they did."""
    post(served.url, signed(secret="another"))
    page.click(".row")
    page.click("text=Replay")
    page.fill("input[type=url]", served.url)
    page.click(".panel button")
    page.wait_for_selector("text=signed anew: answered 200")
    page.fill("input[type=url]", "http://192.0.2.1/")
    page.click(".panel button")
    page.wait_for_selector("text=not this machine")
    page.click("text=Save as fixture")
    page.wait_for_selector("text=Saved as fixtures")
    assert list((tmp_path / "fixtures").rglob("*.json"))
    assert SECRET not in page.content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen(browser: Any, served: Served, scheme: str) -> None:
    """400 pixels are enough, in both schemes: no scrolling sideways, list and capture in turns."""
    post(served.url, signed(secret="another", long="x" * 3000))
    page = browser.new_page(viewport={"width": 400, "height": 700}, color_scheme=scheme)
    page.goto(served.page)
    page.click(".row")
    page.wait_for_selector("#back")
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    assert page.evaluate("document.getElementById('detail').scrollWidth") <= 400
    page.click("#back")
    assert page.is_visible(".row")
    page.close()


def test_the_page_outlives_a_restart(browser: Any, tmp_path: Path) -> None:
    """Killed in the middle: it connects again by itself, and misses nothing."""
    served = serve(tmp_path)
    page = browser.new_page()
    page.goto(served.page)
    post(served.url, signed())
    page.wait_for_selector(".row")
    port, page_port = (one.rstrip("/").rpartition(":")[2] for one in (served.url, served.page))
    served.process.kill()
    served.process.communicate(timeout=10)
    again = serve(tmp_path, "--port", port, "--page-port", page_port)
    for _ in range(3):
        post(again.url, signed())
    page.wait_for_selector('#count:text-is("4")')
    page.close()
    again.stop()
