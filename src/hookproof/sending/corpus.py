"""Signed requests written for tools that send: load testers, and whatever reads lines of JSON."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from hookproof.http.target import with_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hookproof.http.request import Request

    Writer = Callable[[Iterable[Request], str], Iterator[str]]


def write_corpus(
    requests: Iterable[Request],
    *,
    url: str,
    name: str,
    given: tuple[tuple[str, str], ...] = (),
) -> Iterator[str]:
    """The requests as the tool of a name reads them, piece by piece.

    Headers that were `given` take the place of others of their name.
    """
    names = {header.lower() for header, _ in given}
    complete = (
        replace(one, headers=(*(h for h in one.headers if h[0].lower() not in names), *given))
        for one in requests
    )
    return CORPORA[name](complete, url)


def _ndjson(requests: Iterable[Request], url: str) -> Iterator[str]:
    for one in requests:
        line = {"method": "POST", "url": with_query(url, one.query), "headers": dict(one.headers)}
        yield json.dumps({**line, "body": one.body.decode()}, ensure_ascii=False) + "\n"


def _vegeta(requests: Iterable[Request], url: str) -> Iterator[str]:
    """Targets for `vegeta attack -format=json`."""
    for one in requests:
        headers: dict[str, list[str]] = {}
        for name, value in one.headers:
            headers.setdefault(name, []).append(value)
        line = {"method": "POST", "url": with_query(url, one.query), "header": headers}
        yield json.dumps({**line, "body": b64encode(one.body).decode()}) + "\n"


def _wrk(requests: Iterable[Request], url: str) -> Iterator[str]:
    """A script for `wrk -s`: each connection sends one after the other, and begins again."""
    yield "local given = {\n"
    for one in requests:
        path = "/" + with_query(url, one.query).split("://", 1)[-1].partition("/")[2]
        headers = ", ".join(f"[{_lua(n)}] = {_lua(v)}" for n, v in one.headers)
        yield f"  {{{_lua(path)}, {{{headers}}}, {_lua(one.body.decode())}}},\n"
    # Not before its threads begin does wrk know which host it calls.
    yield "}\nlocal requests, at = {}, 0\nfunction init(args)\n"
    yield "  for n, one in ipairs(given) do\n"
    yield '    requests[n] = wrk.format("POST", one[1], one[2], one[3])\n  end\nend\n'
    yield "function request()\n  at = at % #requests + 1\n  return requests[at]\nend\n"


def _k6(requests: Iterable[Request], url: str) -> Iterator[str]:
    """A script for `k6 run`: each iteration sends another one."""
    yield "import http from 'k6/http';\nimport exec from 'k6/execution';\n\nconst requests = [\n"
    for one in requests:
        parts: list[Any] = [with_query(url, one.query), one.body.decode(), dict(one.headers)]
        yield f"  {json.dumps(parts)},\n"
    yield "];\n\nexport default function () {\n"
    yield "  const at = exec.scenario.iterationInTest % requests.length;\n"
    yield "  const [url, body, headers] = requests[at];\n"
    yield "  http.post(url, body, { headers });\n}\n"


def _lua(text: str) -> str:
    """A text as a literal of Lua, whose escapes are decimal."""
    plain = (chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\{b:03d}" for b in text.encode())
    return f'"{"".join(plain)}"'


CORPORA: Final[dict[str, Writer]] = {"ndjson": _ndjson, "wrk": _wrk, "k6": _k6, "vegeta": _vegeta}
