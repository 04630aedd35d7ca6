"""Sanitises the headers and the URL that a capture came with.

A header stays for what it holds: where its value is written by a grammar that leaves no room for
anybody's identity. A name stays where everybody sends such a header, or the contract names it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from hookproof.sanitize.edits import Edit, apply, shift
from hookproof.sanitize.free_text import HOST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hookproof.sanitize.free_text import FreeText

Headers = tuple[tuple[str, str], ...]

_MEDIA: Final = (
    r"(?:\*/\*|application/(?:\*|json|xml|octet-stream|x-www-form-urlencoded)"
    r"|text/(?:\*|plain|html|xml|json)|multipart/form-data|image/\*)"
)
_Q: Final = r"(?:\s*;\s*q=[01](?:\.[0-9]{1,3})?)?"
_CODING: Final = r"(?:gzip|x-gzip|deflate|br|zstd|compress|identity|chunked|trailers|\*)"
_DIRECTIVE: Final = r"(?:no-cache|no-store|no-transform|only-if-cached|max-age=[0-9]{1,6})"
_DAY: Final = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH: Final = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"


def _list_of(one: str) -> str:
    return rf"{one}(?:\s*,\s*{one})*"


_GRAMMARS: Final = {
    name: re.compile(grammar, re.IGNORECASE)
    for name, grammar in {
        "accept": _list_of(_MEDIA + _Q),
        "accept-charset": _list_of(rf"(?:utf-8|us-ascii|iso-8859-1|\*){_Q}"),
        "accept-encoding": _list_of(_CODING + _Q),
        "cache-control": _list_of(_DIRECTIVE),
        "connection": _list_of("(?:keep-alive|close|upgrade|te)"),
        "content-encoding": _list_of(_CODING),
        "content-length": "[0-9]{1,10}",
        "content-type": rf"{_MEDIA}(?:\s*;\s*charset=\"?(?:utf-?8|us-ascii|iso-8859-1|gbk)\"?)?;?",
        "date": rf"{_DAY}, [0-3][0-9] {_MONTH} 20[0-9]{{2}} [0-2][0-9](?::[0-5][0-9]){{2}} GMT",
        "expect": "100-continue",
        "keep-alive": r"(?:timeout|max)=[0-9]{1,4}(?:\s*,\s*(?:timeout|max)=[0-9]{1,4})?",
        "pragma": "no-cache",
        "te": _list_of(_CODING + _Q),
        "transfer-encoding": _list_of(_CODING),
        "upgrade-insecure-requests": "1",
        "x-forwarded-port": "80|443",
        "x-forwarded-proto": "https?",
    }.items()
}
# Headers that everybody sends; what they hold is replaced.
_NAMES: Final = frozenset(_GRAMMARS) | frozenset(
    re.findall(
        r"\S+",
        "accept-language authorization content-disposition content-language content-md5 "
        "content-security-policy cookie forwarded from host if-modified-since if-none-match "
        "origin priority proxy-authorization range referer sec-ch-ua sec-ch-ua-mobile "
        "sec-ch-ua-platform sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user "
        "traceparent tracestate trailer upgrade user-agent via x-amzn-trace-id x-correlation-id "
        "x-forwarded-for x-forwarded-host x-real-ip x-request-id x-requested-with ",
    )
)


class RequestHeadSanitizer:
    """Replaces what headers and URLs tell of anybody.

    `said` are headers that the contract names, each with a value that it names, "" for none.
    """

    def __init__(self, free_text: FreeText, said: frozenset[tuple[str, str]]) -> None:
        self._free_text = free_text
        self._said = frozenset((name.lower(), value) for name, value in said)
        self._names = _NAMES | {name for name, _ in self._said}

    def headers(self, headers: Headers, *, renewed: Mapping[str, str], length: int) -> Headers:
        """The headers in their order.

        `renewed` has the new values of signatures and digests by the names of their headers, in
        lower case, `length` is that of the new body.
        """
        made = []
        for name, value in headers:
            lower = name.lower()
            if lower in renewed:
                made.append((name, renewed[lower]))
                continue
            known = name if lower in self._names else self._free_text.replaced(name)
            made.append((known, self._value(lower, value, length)))
        return tuple(made)

    def _value(self, name: str, value: str, length: int) -> str:
        if name == "host":
            return HOST
        if (name, value) in self._said:
            return value
        match = _GRAMMARS[name].match(value) if name in _GRAMMARS else None
        if match and name == "content-length":
            return str(length)
        # What follows, such as a parameter of a media type, is anybody's.
        at = match.end() if match and not value[match.end() :][:1].isalnum() else 0
        return value[:at] + self._free_text.replaced(value[at:])

    def url(self, url: str, *, signature: tuple[str, str] | None = None) -> str:
        """A URL with all that may tell somebody's identity replaced, and the new signature.

        `signature` is the name of the signature's parameter, which stays, and its new value,
        which is escaped where the old one was.
        """
        span = _parameter(url, signature[0]) if signature else None
        if signature is None or span is None:
            return self._free_text.replaced(url)
        start, end = span
        value_at = start + len("".join(url[start:end].partition("=")[:2]))
        # Without the parameter the rest is taken apart as it stands: no word crosses its border.
        rest = self._free_text.edits(url[:start] + url[end:])
        before = [edit for edit in rest if edit.end <= start]
        after = [edit for edit in rest if edit.end > start]
        old = url[value_at:end]
        new = quote(signature[1], safe="") if quote(unquote(old), safe="") == old else signature[1]
        return apply(url, [*before, Edit(value_at, end, new), *shift(after, end - start)])


def _parameter(url: str, name: str) -> tuple[int, int] | None:
    """Where the first parameter of a name stands in a URL, name and value; None without one."""
    head, mark, query = url.partition("#")[0].partition("?")
    at = len(head) + len(mark)
    for pair in query.split("&"):
        if unquote(pair.partition("=")[0]) == name:
            return at, at + len(pair)
        at += len(pair) + 1
    return None
