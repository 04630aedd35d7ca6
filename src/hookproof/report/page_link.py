"""The link in a finding's source, if there is one that may be followed."""

from __future__ import annotations

import re
from typing import Final

# The characters of RFC 3986, less those that end a URL where it stands in prose.
_LINK: Final = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][A-Za-z0-9._~:/?#@!$&*+,;=%-]*)?"
)


def link_in(source: str) -> str:
    """The http or https address that a source begins with, else ""."""
    found = _LINK.match(source)
    whole = found and source[found.end() : found.end() + 1] in {"", " "}
    return found[0] if found and whole else ""
