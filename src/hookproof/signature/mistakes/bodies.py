"""Guesses over a body that is not the one that came, or not by HMAC."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote_from_bytes, unquote_to_bytes

from hookproof.signature.mistakes.attempt import Guess, digest_of, keyed
from hookproof.signature.mistakes.layouts import json_layouts
from hookproof.signature.schemes import piece_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.signature.mistakes.attempt import Attempt

_BOM: Final = b"\xef\xbb\xbf"
_BEFORE: Final = ("POST", "POST\n", "POST&", "POST ")
# What a program signs that never got the body.
# On one line without blanks, and with one after each comma and colon.
_USUAL_LAYOUTS: Final = 2
_NOTHING: Final = (b"", b"{}", b"[]", b"null", b"None", b"undefined", b"[object Object]", b'""')

Rewritten = tuple[str, str, bytes]


def hashed_otherwise(attempt: Attempt) -> Iterator[Guess]:
    """Other digests, and plain hashes of secret and body."""
    secret, body = attempt.key, attempt.message()
    for digest in attempt.digests:
        yield Guess("other-digest", digest, keyed(digest, secret, body))
        yield Guess("swapped-hmac", digest, keyed(digest, body, secret))
        for detail, message in (
            ("<secret>, then the body", secret + body),
            ("the body, then <secret>", body + secret),
            ("<secret>, the body and <secret>", secret + body + secret),
            ("the body alone", body),
        ):
            yield Guess("hash-not-hmac", digest, digest_of(digest, message), detail)
        for name in ("key", "secret"):
            message = b"%s&%s=%s" % (body, name.encode(), secret)
            detail = f"the body, then &{name}=<secret>"
            yield Guess("hash-not-hmac", digest, digest_of(digest, message), detail)


def over_another_body(attempt: Attempt) -> Iterator[Guess]:
    """The documented rule over the body as it is after some careless step."""
    for mistake, detail, body in other_bodies(attempt):
        for digest in attempt.digests:
            message = attempt.message(body=body)
            yield Guess(mistake, digest, keyed(digest, attempt.key, message), detail)


def composed_otherwise(attempt: Attempt) -> Iterator[Guess]:
    """The right key over fewer of the pieces, or over all of them put together in another way."""
    values = list(attempt.values)
    pieces = [*values, attempt.body]
    tried = [("the body alone", attempt.body)]
    tried += [*_without_a_piece(attempt), *_of_other_addresses(attempt)]
    for between, name in ((b"", "nothing"), (b".", '"."'), (b":", '":"'), (b"\n", "a line feed")):
        tried.append((f"values and body with {name} between them", between.join(pieces)))
        tried.append((f"body and values with {name} between them", between.join(pieces[::-1])))
    for detail, message in tried:
        for digest in attempt.digests:
            yield Guess("composed-otherwise", digest, keyed(digest, attempt.key, message), detail)


def _without_a_piece(attempt: Attempt) -> Iterator[tuple[str, bytes]]:
    """All pieces but one, as a text before them that is forgotten."""
    values, parts = iter(attempt.values), attempt.facts.parts
    pieces = [
        next(values)
        if part.kind == "value"
        else piece_of(part, attempt.key, attempt.body, attempt.url)
        for part in parts
    ]
    for number, part in enumerate(parts):
        named = f'"{part.text}"' if part.kind == "literal" else part.place or f"the {part.kind}"
        others = pieces[:number] + pieces[number + 1 :]
        yield f"all but {named}", attempt.facts.separator.encode().join(others)


def _of_other_addresses(attempt: Attempt) -> Iterator[tuple[str, bytes]]:
    """The address as a receiver behind a proxy sees it, or a part of it."""
    url = attempt.url
    scheme, _, rest = url.partition("://")
    other = "http" if scheme == "https" else "https"
    host, slash, path = rest.partition("/")
    for detail, changed in (
        (f"the address with {other} in place of {scheme}", f"{other}://{rest}"),
        ("the address without its query", url.partition("?")[0]),
        ("the address without its port", f"{scheme}://{host.partition(':')[0]}{slash}{path}"),
        ("the path alone", f"{slash}{path}"),
        ("the address with a slash after it", f"{url}/"),
    ):
        if any(part.kind == "url" for part in attempt.facts.parts) and changed != url:
            yield detail, replace(attempt, url=changed).message()


def with_undecoded_secret(attempt: Attempt) -> Iterator[Guess]:
    """The secret as the text that the customer sees, where it stands for other bytes."""
    prefix = attempt.facts.secret.prefix.encode()
    bare = attempt.secret.removeprefix(prefix)
    for detail, key in (("all of its text", attempt.secret), ("its text as it is", bare)):
        for digest in attempt.digests if key != attempt.key else ():
            yield Guess("secret-undecoded", digest, keyed(digest, key, attempt.message()), detail)


def without_method(attempt: Attempt) -> Iterator[Guess]:
    """The body alone, or what else could be meant by method and body."""
    secret, body, method = attempt.secret, attempt.body, attempt.method
    for detail, message in (
        ("the body alone", body),
        ("method and body with a line feed between them", method + b"\n" + body),
        ("method and body with a plus sign between them", method + b"+" + body),
        ("method and body with an ampersand between them", method + b"&" + body),
        ("method and body with a blank between them", method + b" " + body),
        ("the method in small letters and the body", method.lower() + body),
        ("the body before the method", body + method),
    ):
        for digest in attempt.digests:
            yield Guess("method-otherwise", digest, keyed(digest, secret, message), detail)


def other_bodies(attempt: Attempt) -> Iterator[Rewritten]:
    """What a careless step makes of the body: the mistake, how it was made, and the bytes."""
    for nothing in _NOTHING:
        yield "empty-body", f'"{nothing.decode()}"', nothing
    if attempt.large_body:
        return
    body = attempt.body
    for rewritten in (_ends, _percent, _escapes, _charsets):
        for mistake, detail, changed in rewritten(body):
            if changed != body:
                yield mistake, detail, changed
    for before in () if attempt.method else _BEFORE:
        yield "method-before-body", before.strip(), before.encode() + body
    yield from _parts(attempt.payload)
    for mistake, detail, text in json_layouts(attempt.payload, sample=attempt.sample):
        yield mistake, detail, text
        yield mistake, f"{detail}, a line feed after it", text + b"\n"


def _parts(payload: Any) -> Iterator[Rewritten]:
    """What stands in one field, which a program takes for what it is all about."""
    for name, value in payload.items() if isinstance(payload, dict) else ():
        if isinstance(value, dict | list) and value:
            usual = islice(json_layouts(value), _USUAL_LAYOUTS)
            yield from (("body-part", f"its {name}", text) for _, _, text in usual)
        elif isinstance(value, str) and value:
            yield "body-part", f"its {name}", value.encode("utf-8", "surrogatepass")


def _ends(body: bytes) -> Iterator[Rewritten]:
    yield "body-trimmed", "", body.strip()
    yield "body-trimmed", "", body.rstrip()
    yield "body-trimmed", "", body.removesuffix(b"\n")
    yield "body-trimmed", "", body.removesuffix(b"\r\n")
    yield "body-line-end", "LF", body + b"\n"
    yield "body-line-end", "CR LF", body + b"\r\n"
    unix = body.replace(b"\r\n", b"\n")
    yield "body-line-ends", "CR LF as LF", unix
    yield "body-line-ends", "LF as CR LF", unix.replace(b"\n", b"\r\n")
    yield "body-line-ends", "none at all", unix.replace(b"\n", b"")


def _percent(body: bytes) -> Iterator[Rewritten]:
    yield "body-percent-decoded", "", unquote_to_bytes(body)
    yield "body-percent-decoded", "", unquote_to_bytes(body.replace(b"+", b" "))
    encoded = quote_from_bytes(body, safe="").encode()
    yield "body-percent-encoded", "", encoded
    yield "body-percent-encoded", "blanks as +", encoded.replace(b"%20", b"+")
    in_javascript = quote_from_bytes(body, safe="!'()*").encode()
    yield "body-percent-encoded", "as JavaScript does", in_javascript


def _escapes(body: bytes) -> Iterator[Rewritten]:
    lines = body.replace(b"\r", b"\\r").replace(b"\n", b"\\n").replace(b"\t", b"\\t")
    yield "body-escaped", "line ends and tabs written as \\n and \\t", lines
    real = body.replace(b"\\r", b"\r").replace(b"\\n", b"\n").replace(b"\\t", b"\t")
    yield "body-escaped", "\\n and \\t taken for line ends and tabs", real
    yield "body-escaped", "\\/ taken for /", body.replace(b"\\/", b"/")
    yield "body-escaped", '\\" taken for "', body.replace(b'\\"', b'"')
    quoted = json.dumps(body.decode("utf-8", "replace"), ensure_ascii=False).encode()
    yield "body-escaped", "the whole of it as one JSON text", quoted
    yield "body-escaped", "as inside of a JSON text", quoted[1:-1]


def _low_bytes(text: str) -> bytes:
    """What Node writes as latin1: of each UTF-16 unit the lower half."""
    return text.encode("utf-16-le", "surrogatepass")[::2]


def _charsets(body: bytes) -> Iterator[Rewritten]:
    text = body.decode("utf-8", "replace")
    if not body.isascii():
        yield "body-charset", "UTF-8 taken for Latin-1", body.decode("latin-1").encode()
        yield "body-charset", "invalid bytes replaced", text.encode()
        # What a charset has no letter for is written as a question mark by most libraries.
        for name, charset in (("Latin-1", "latin-1"), ("ASCII", "ascii"), ("GBK", "gbk")):
            written = text.encode(charset, "replace")
            yield "body-charset", f"as text written in {name}", written
        yield "body-charset", "the low byte of each character", _low_bytes(text)
        yield "body-charset", "letters beyond ASCII left out", text.encode("ascii", "ignore")
    yield "body-charset", "a byte order mark before it", _BOM + body
    yield "body-charset", "without its byte order mark", body.removeprefix(_BOM)
    yield "body-charset", "UTF-16", text.encode("utf-16-le")
    if body.isascii():
        return
    yield "body-charset", "Latin-1", text.encode("latin-1", "replace")
    yield "body-charset", "ASCII", text.encode("ascii", "replace")
    yield "body-charset", "GBK", text.encode("gbk", "replace")
