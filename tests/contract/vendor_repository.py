"""The repository that a vendor publishes its pages in, and the samples that its pages print.

It is a clone or a bare repository on this machine, named by HOOKPROOF_VENDOR_PAGES.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

VARIABLE = "HOOKPROOF_VENDOR_PAGES"
FOLDER = os.environ.get(VARIABLE, "")

_SOURCE = re.compile(r"https://github\.com/ZEGOCLOUD/[^/]+/blob/([0-9a-f]{40})/([^#]+)")
_FENCED = re.compile(
    r"^[ \t]*(`{3,}|~{3,})([^\n]*)\n(.*?)\n?^[ \t]*\1[ \t]*$", re.DOTALL | re.MULTILINE
)
_STRING = r'"(?:\\.|[^"\\])*"'
_IDLE = re.compile(rf"({_STRING})|[ \t]*//[^\n]*|\s+")


class Source(NamedTuple):
    """Where in the repository a page lies: its revision and its path."""

    revision: str
    path: str


class Block(NamedTuple):
    """A fenced block: what its fence says of the language, and the text between the fences.

    The text has no line end after its last line.
    """

    language: str
    text: str

    @property
    def sha256(self) -> str:
        """The digest that the ledgers hold."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def is_json(self) -> bool:
        """Whether it is meant as JSON: it says so, or says nothing and begins like it."""
        words = self.language.lower().split()
        said = re.match("json[c5]?$", words[0]) if words else None
        return bool(said) or (not words and self.text.lstrip().startswith(("{", "[")))


def source_of(address: str) -> Source | None:
    """The page behind a web address; None where it is not in the repository."""
    found = _SOURCE.match(address)
    return Source(found[1], unquote(found[2])) if found else None


@cache
def blocks_of(page: Source) -> list[Block]:
    """The fenced blocks of a page, in any language, as they follow each other."""
    shown = subprocess.run(
        ["git", "-C", FOLDER, "show", f"{page.revision}:{page.path}"],
        capture_output=True,
        check=False,
        timeout=60,
    )
    problem = shown.stderr.decode(errors="replace")
    assert shown.returncode == 0, f"{VARIABLE} does not have {page.path}: {problem}"
    return [Block(m[2].strip(), m[3]) for m in _FENCED.finditer(shown.stdout.decode())]


def strict(text: str) -> bool:
    """Whether a text is JSON."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def value_of(text: str) -> Any:
    """The value that a printed sample means: comments left out, commas as they belong.

    Raises ValueError where that does not make it JSON.
    """
    bare = _IDLE.sub(lambda match: match[1] or "", text)
    head, *middle, tail = re.split(f"({_STRING})", bare)
    # Every other part stands between two strings; nothing at all is a comma forgotten.
    middle[1::2] = [_commas(part) or "," for part in middle[1::2]]
    return json.loads(_commas(head) + "".join(middle) + _commas(tail))


def _commas(between: str) -> str:
    """What stands between strings, with one comma where one belongs."""
    ours = re.sub(",+", ",", between.replace("\N{FULLWIDTH COMMA}", ","))
    return re.sub(r"(?<=[]}])(?=[{[])", ",", re.sub(r",(?=[]}])", "", ours))
