"""What every page has: head, style, heading, tiles and footer."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from hookproof import __version__
from hookproof.report.markup import Markup, element, lines, text
from hookproof.report.page_link import link_in

# Should anything ever slip through, the browser runs no script and loads nothing.
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


def whole_page(title: str, body: Markup) -> str:
    """A page that stands alone, in ASCII."""
    head = lines(
        Markup('<meta charset="utf-8">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark">'),
        element("title", text(title)),
        element("style", _style()),
    )
    page = element("html", element("head", head), element("body", body), lang="en")
    return "<!doctype html>\n" + page.encode("ascii", "xmlcharrefreplace").decode() + "\n"


def heading(title: str, verdict: str) -> Markup:
    """The title with the verdict beside it."""
    badge = element("span", text(verdict.upper()), class_=f"verdict {verdict}")
    return element("h1", text(title), badge)


def tile(count: int, label: str, *, shade: str = "") -> Markup:
    """A number and what it counts."""
    number = element("span", text(count), class_="number")
    return element("div", number, element("span", text(label)), class_=f"tile {shade}".strip())


def fact(label: str, content: Markup) -> Markup:
    """A row of what is known of a finding."""
    return element("div", element("dt", text(label)), element("dd", content))


def source_link(source: str) -> Markup:
    """A source, whose page may be followed where it is one of the web."""
    link = link_in(source)
    if not link:
        return text(source)
    anchor = element("a", text(link), href=link, rel="noopener noreferrer")
    return Markup(anchor + text(source[len(link) :]))


def footer(more: str) -> Markup:
    """Who made the page, and a sentence."""
    return element("footer", text(f"Made by hookproof {__version__}. {more}"))


def _style() -> Markup:
    return Markup((files(__package__) / "page.css").read_text(encoding="ascii"))
