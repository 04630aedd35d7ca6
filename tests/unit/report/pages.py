"""Pages as a browser reads them, held to what every page of ours keeps."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

VOID = {"meta", "br"}


class Tag(NamedTuple):
    """An element as it stands in a page."""

    name: str
    attributes: dict[str, str | None]


class Page(HTMLParser):
    """A page, whose elements must be closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.tags.append(Tag(tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Hold an end to its start."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep text with the element that holds it."""
        self.texts.append((self.open[-1] if self.open else "", data))

    @property
    def text(self) -> str:
        """All text that a person sees, but for the style."""
        return "".join(data for tag, data in self.texts if tag != "style")

    def attribute(self, name: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [tag.attributes[name] or "" for tag in self.tags if name in tag.attributes]

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Elements and the names of their attributes, in order."""
        return [(tag.name, tuple(tag.attributes)) for tag in self.tags]


def sound(text: str) -> Page:
    """A page, held to what every page keeps."""
    assert text.startswith("<!doctype html>\n")
    assert text.isascii()
    assert all(char.isprintable() or char == "\n" for char in text)
    read = Page(text)
    # Nothing is fetched, run or sent.
    assert not {tag.name for tag in read.tags} & {"script", "link", "img", "iframe", "form", "base"}
    assert not [name for tag in read.tags for name in tag.attributes if name.startswith("on")]
    assert not {"src", "style", "action", "srcset", "xlink:href"} & {
        name for tag in read.tags for name in tag.attributes
    }
    assert not re.search(r"url\(|@import", text)
    assert all(re.match(r"https?://|#", link) for link in read.attribute("href"))
    identities = read.attribute("id")
    assert len(identities) == len(set(identities))
    return read
