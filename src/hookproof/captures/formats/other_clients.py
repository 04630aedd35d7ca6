"""Commands of HTTPie, xh and wget, told as the curl command that sends the same."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

from hookproof.captures.formats.format import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.captures.formats.shell import Command

# Options of HTTPie that take a value as the next word.
_WITH_VALUE_TEXT: Final = """
    -a --auth -A --auth-type --session --session-read-only --timeout --verify --cert --cert-key
    --ssl --ciphers -p --print -s --style -o --output --proxy --boundary --max-redirects
    --format-options --pretty --response-charset --response-mime --max-headers --raw
"""
_WITH_VALUE: Final = frozenset(_WITH_VALUE_TEXT.split())
_ITEM: Final = re.compile(r"((?:\\.|[^\\])*?)(:=@|=@|:=|==|=|@|:|;\Z)(.*)", re.DOTALL)
_WGET: Final = {
    "header": "--header",
    "method": "--request",
    "post-data": "--data-raw",
    "body-data": "--data-raw",
    "user-agent": "--user-agent",
}
_WGET_FILES: Final = ("post-file", "body-file")
_HINT: Final = "validate the file that is sent, or capture the request"


def as_curl(client: str, given: list[str], command: Command) -> list[str]:
    """The words of a curl command that sends what the client does.

    `given` are the words after the client's name.

    Raises Refused where a body cannot be known from the command.
    """
    if command.unset:
        what = next(iter(command.unset.values()))
        message = f"the command holds {what[:60]}, which is not set here"
        raise Refused(message, hint="write the text itself, or set it above", code="HP121")
    if client.startswith("wget"):
        return ["curl", *_wget(given)]
    has_input = command.stdin is not None or command.source is not None
    return ["curl", *_httpie(given, has_input=has_input, compact=client.startswith("xh"))]


def _httpie(given: list[str], *, has_input: bool, compact: bool) -> Iterator[str]:
    plain, form, raw = _options(given)
    if plain and plain[0].isalpha() and len(plain) > 1:
        yield from ("--request", plain.pop(0))
    fields: dict[str, object] = {}
    for item in plain[1:]:
        yield from _item(item, fields)
    yield from ("--url", plain[0] if plain else "")
    if form:
        written = "&".join(f"{quote_plus(n)}={quote_plus(str(v))}" for n, v in fields.items())
    else:
        written = json.dumps(fields, separators=(",", ":") if compact else None)
        yield from ("--header", "Content-Type: application/json")
    if raw is not None:
        yield from ("--data-raw", raw)
    elif fields:
        yield from ("--data-raw", written)
    elif has_input:
        yield from ("--data-binary", "@-")


def _options(given: list[str]) -> tuple[list[str], bool, str | None]:
    """The words that are no options, whether a form is sent, and the body where it is raw."""
    plain, form, raw = [], False, None
    words = iter(given)
    for word in words:
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            plain.append(word)
            continue
        if name in _WITH_VALUE and not equals:
            value = next(words, "")
        if name == "--multipart":
            raise Refused(
                "it sends multipart/form-data, which is not read here", hint=_HINT, code="HP121"
            )
        form = form or name in {"-f", "--form"}
        raw = value if name == "--raw" else raw
    return plain, form, raw


def _item(item: str, fields: dict[str, object]) -> Iterator[str]:
    """The words for a header or a parameter; a field of the body goes to `fields`."""
    found = _ITEM.fullmatch(item)
    if found is None:
        return
    name, mark, value = re.sub(r"\\(.)", r"\1", found[1]), found[2], found[3]
    if mark in {"@", "=@", ":=@"}:
        raise Refused(
            f"the body is in the file {value[:80]!r}, which is not opened", hint=_HINT, code="HP121"
        )
    if mark in {":", ";"}:
        yield from ("--header", f"{name}: {value}" if value else f"{name};")
    elif mark == "==":
        yield from ("--url-query", f"{name}={value}")
    elif mark == "=" and "[" not in name:
        fields[name] = value
    else:
        fields[name] = _json(name, value)


def _json(name: str, value: str) -> object:
    try:
        if "[" not in name:
            return json.loads(value)
    except ValueError:
        pass
    message = f"the field {name[:60]!r} is written in a way that is not read here"
    raise Refused(message, hint="capture the request as it is sent", code="HP121")


def _wget(given: list[str]) -> Iterator[str]:
    words = iter(given)
    for word in words:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("-"):
            yield from ("--url", word)
        elif name in _WGET or name in _WGET_FILES:
            value = value if equals else next(words, "")
            yield _WGET.get(name, "--data-binary")
            yield value if name in _WGET else f"@{value}"
