"""Markup that is safe by its type: text becomes markup by being escaped, and in no other way."""

from __future__ import annotations

from html import escape
from typing import NewType

from hookproof.report.ink import safe

Markup = NewType("Markup", str)

NOTHING = Markup("")


def text(value: str | float) -> Markup:
    """Any text as markup; numbers get thousands separators, control characters are escaped."""
    shown = value if isinstance(value, str) else f"{value:,}"
    return Markup("\n".join(escape(safe(line)) for line in shown.split("\n")))


def element(name: str, *content: Markup, **attributes: str | float) -> Markup:
    """An element; attributes are escaped, their underscores become dashes, and `class_` works."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(safe(str(value)))}"'
        for key, value in attributes.items()
    )
    return Markup(f"<{name}{given}>{''.join(content)}</{name}>")


def lines(*parts: Markup) -> Markup:
    """Parts one below the other; empty ones are left out."""
    return Markup("\n".join(part for part in parts if part))
