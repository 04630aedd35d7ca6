"""Signatures drawn from all words of `x-signature`, and what each is by hand.

Nothing here asks the engine: a recipe is read as its words stand in the contract.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Sequence

SOURCE = {"page": "https://shop.example/webhooks", "date": "2026-01-01"}
SCHEMES = ("hmac", "hash", "sorted-sha1", "joined", "hmac-body", "hmac-method-body")
# What is beside the body in each request, as the contract says it.
REQUEST = {
    "headers": [
        {"name": "X-Time", "moment": "seconds", "source": SOURCE},
        {"name": "X-Pairs", "pair": "t", "moment": "milliseconds", "after": 300, "source": SOURCE},
        {"name": "X-Order", "from": "/order", "source": SOURCE},
        {"name": "X-At", "moment": "rfc3339", "source": SOURCE},
        {
            "name": "X-Digest",
            "body-digest": {"digest": "md5", "encoding": "hex"},
            "source": SOURCE,
        },
    ],
    "query": [
        {"name": "version", "text": "2+3 /=", "source": SOURCE},
        {"name": "until", "moment": "seconds", "after": 60, "source": SOURCE},
        {"name": "pairs", "pair": "t", "text": "9", "source": SOURCE},
    ],
}
_PLACES = (
    {"in": "body", "field": "order"},
    {"in": "body", "field": "time"},
    {"in": "header", "field": "X-Time"},
    {"in": "header", "field": "x-order"},
    {"in": "header", "field": "X-At"},
    {"in": "header", "field": "X-Digest"},
    {"in": "header", "field": "X-Pairs", "pair": "t"},
    {"in": "query", "field": "version"},
    {"in": "query", "field": "until"},
    {"in": "query", "field": "pairs", "pair": "t"},
    {"in": "header", "field": "X-Unsent"},
    {"in": "body", "field": "unknown"},
)
_PARTS = (
    "secret",
    "body",
    "method",
    "url",
    "form",
    {"literal": "."},
    {"literal": "v0:é"},
    {"digest": "md5", "encoding": "hex"},
    {"digest": "sha256", "encoding": "base64"},
)
# Of one contract's signatures all have the secret with its prefix, or none has.
_SECRETS = (
    (None, {"encoding": "text"}),
    (None, {"encoding": "base64"}, {"encoding": "hex"}),
    ({"prefix": "key_"}, {"encoding": "base64", "prefix": "key_"}),
    ({"encoding": "hex", "prefix": "key_"}, {"encoding": "text", "prefix": "key_"}),
)
_BESIDE = (
    *({"in": "header", "field": "X-Sign"}, {"in": "query", "field": "sign"}),
    *({"in": "body", "field": "nonce"}, {"in": "header", "field": "X-Pairs", "pair": "v1"}),
    *({"in": "query", "field": "pairs", "pair": "v1"}, {"in": "header", "field": "X-Time"}),
)


_OFTEN, _RARELY = 0.98, 0.02


class Received(NamedTuple):
    """A request as a receiver has it."""

    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


def draw(chance: random.Random) -> dict[str, Any]:
    """A signature with any of the words, each in any of its forms."""
    secrets = chance.choice(_SECRETS)
    entry = _form(chance, secrets)
    for word in ("alternatives", "together"):
        if chance.random() < 0.1:
            entry[word] = [_form(chance, secrets)]
    if chance.random() < 0.1:
        entry["printed-secrets"] = ["secret"]
    return entry


def _form(chance: random.Random, secrets: Sequence[Any]) -> dict[str, Any]:
    scheme = chance.choice(SCHEMES)
    recipe = scheme in {"hmac", "hash"}
    words: dict[str, Any] = {
        "scheme": scheme,
        "digest": _perhaps(
            chance,
            ("md5", "sha1", "sha256", "sha512"),
            _OFTEN if scheme != "sorted-sha1" else _RARELY,
        ),
        "message": _perhaps(chance, [_message(chance, scheme)], _OFTEN if recipe else _RARELY),
        "order": _perhaps(chance, ("given", "sorted"), 0.5 if recipe else _RARELY),
        "separator": _perhaps(
            chance, ("", ".", "|", "'\n", "ab"), recipe and chance.random() < 0.5
        ),
        "secret": chance.choice(secrets),
        "secret-at": _perhaps(chance, (0, 1, 2), _OFTEN if scheme == "joined" else _RARELY),
        "inputs": _perhaps(chance, [_some(chance, _PLACES, 0, 3)], _RARELY if recipe else _OFTEN),
        "covers": _perhaps(chance, (["body"], ["order"], ["X-Time", "body"]), _RARELY),
        "signature": _place(chance),
        "encodings": chance.choice(
            (
                *(["hex"], ["base64"], ["percent-base64"], ["base64url"]),
                *(["hex", "base64"], ["base64", "hex"]),
            )
        ),
        "required": chance.random() < 0.7,
        "source": SOURCE,
    }
    if scheme in {"hmac-body", "hmac-method-body"} and chance.random() < 0.9:
        words["inputs"] = []
    return {word: value for word, value in words.items() if value is not None}


def _perhaps(chance: random.Random, values: Sequence[Any], likely: float) -> Any:
    """One of the values with a likelihood, or None."""
    return chance.choice(values) if chance.random() < likely else None


def _message(chance: random.Random, scheme: str) -> list[Any]:
    parts = _some(chance, (*_PARTS[1:], *_PARTS[1:], *_PLACES), 1, 4)
    if scheme == "hash" or chance.random() < 0.05:
        parts.insert(chance.randrange(len(parts) + 1), "secret")
    return parts


def _some(chance: random.Random, values: Sequence[Any], least: int, most: int) -> list[Any]:
    return [chance.choice(values) for _ in range(chance.randint(least, most))]


def _place(chance: random.Random) -> dict[str, Any]:
    place = dict(chance.choice(_BESIDE))
    if "pair" in place and chance.random() < 0.3:
        place["separator"] = chance.choice((",", ";", " ", "="))
    if chance.random() < 0.3:
        place["prefix"] = chance.choice(("v1=", "sha256=", "v1,", "é"))
    if "pair" not in place and chance.random() < 0.2:
        place["several"] = chance.choice((" ", ",", "a"))
    return place


def digest(entry: dict[str, Any], secret: str, got: Received) -> bytes:
    """The digest of a request, by the words of the contract."""
    key, scheme = _key(entry.get("secret", {}), secret), entry["scheme"]
    named = [_value(place, got) for place in entry.get("inputs", ())]
    match scheme:
        case "hmac-body":
            pieces = [got.body]
        case "hmac-method-body":
            pieces = [b"POST", got.body]
        case "sorted-sha1":
            pieces = sorted([key, *named])
        case "joined":
            at = entry["secret-at"]
            pieces = [*named[:at], key, *named[at:]]
        case _:
            pieces = [_piece(part, key, got) for part in entry["message"]]
            pieces = sorted(pieces) if is_sorted(entry) else pieces
    message = entry.get("separator", "").encode().join(pieces)
    kind = getattr(hashlib, entry.get("digest", "sha1"))
    return hmac.new(key, message, kind).digest() if scheme[:4] == "hmac" else kind(message).digest()


def _key(form: dict[str, str], secret: str) -> bytes:
    bare = secret.removeprefix(form.get("prefix", ""))
    match form.get("encoding", "text"):
        case "base64":
            return b64decode(bare)
        case "hex":
            return bytes.fromhex(bare)
        case _:
            return bare.encode()


def _piece(part: Any, key: bytes, got: Received) -> bytes:
    if "digest" in part:
        raw = getattr(hashlib, part["digest"])(got.body).digest()
        return raw.hex().encode() if part["encoding"] == "hex" else b64encode(raw)
    if isinstance(part, dict):
        return part["literal"].encode() if "literal" in part else _value(part, got)
    pairs = sorted(parse_qsl(got.body.decode(), keep_blank_values=True))
    return {
        "secret": key,
        "body": got.body,
        "method": b"POST",
        "url": got.url.encode(),
        "form": "".join(name + value for name, value in pairs).encode(),
    }[part]


def _value(place: dict[str, str], got: Received) -> bytes:
    if place["in"] == "body":
        return fields_in(got.body)[place["field"]].encode()
    [text] = texts_at(place, got)
    return text.encode()


def fields_in(body: bytes) -> dict[str, str]:
    """The fields of a body, JSON or a form, as texts."""
    if body[:1] != b"{":
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in json.loads(body).items()}


def texts_at(place: dict[str, str], got: Received) -> list[str]:
    """What stands at a place of the headers or the query."""
    if place["in"] == "body":
        return [fields_in(got.body)[place["field"]]]
    named = dict.fromkeys([place["field"], place["field"].lower()])
    if place["in"] == "header":
        found = [value for name, value in got.headers if name.lower() in named]
    else:
        query = got.url.partition("?")[2]
        pairs = (one.partition("=") for one in query.split("&"))
        found = [unquote(value) for name, _, value in pairs if unquote(name) == place["field"]]
    if "pair" not in place:
        return found
    held = [one.strip() for value in found for one in value.split(place.get("separator", ","))]
    name = f"{place['pair']}="
    return [one.removeprefix(name) for one in held if one.startswith(name)]


def written(entry: dict[str, Any], raw: bytes) -> Iterator[str]:
    """The texts of a digest that verify, with what stands before it; the first is sent."""
    coded = b64encode(raw).decode()
    ways = {"hex": raw.hex(), "base64": coded, "percent-base64": quote(coded, safe="")}
    ways["base64url"] = coded.replace("+", "-").replace("/", "_").rstrip("=")
    for encoding in entry["encodings"]:
        yield entry["signature"].get("prefix", "") + ways[encoding]


def is_sorted(entry: dict[str, Any]) -> bool:
    """Whether the pieces of a message are sorted before they are joined."""
    return entry["scheme"] == "sorted-sha1" or entry.get("order") == "sorted"


def words_of(entry: dict[str, Any]) -> Iterator[str]:
    """What a description of a signature cannot leave out."""
    parts = [part for part in entry.get("message", ()) if isinstance(part, dict)]
    for part in (*entry.get("inputs", ()), *parts):
        yield (
            part.get("literal")
            or part.get("field")
            or part["digest"].upper().replace("SHA", "SHA-")
        )
    yield from filter(None, [entry.get("separator"), entry["signature"].get("prefix")])
    yield entry["signature"]["field"]
    yield entry.get("secret", {}).get("prefix", "")
    yield {"base64": "Base64"}.get(entry.get("secret", {}).get("encoding", ""), "")
    yield "after key_" if "prefix" in entry.get("secret", {}) else ""


def signatures_in(entry: dict[str, Any], got: Received) -> list[str]:
    """The signatures that a request carries, with what stands before each."""
    several = entry["signature"].get("several")
    texts = texts_at(entry["signature"], got)
    return [one for text in texts for one in (text.split(several) if several else [text])]


def carrying(entry: dict[str, Any], text: str, got: Received) -> Received:
    """The request with a text in the place of its signature."""
    place, bare = entry["signature"], without(entry, got)
    pair = f"{place['pair']}={text}" if "pair" in place else text
    if place["in"] == "body":
        return bare._replace(body=_with_field(got.body, place["field"], text))
    if place["in"] == "query":
        held = [v for k, v in _parameters(bare.url) if k == place["field"] and "pair" in place]
        value = place.get("separator", ",").join([*held, pair])
        rest = [one for one in _parameters(bare.url) if one[0] != place["field"]]
        return bare._replace(url=_with_query(bare.url, [*rest, (place["field"], value)]))
    held = [v for k, v in bare.headers if k == place["field"]] if "pair" in place else []
    value = place.get("separator", ",").join([*held, pair])
    rest = tuple(one for one in bare.headers if one[0] != place["field"] or "pair" not in place)
    return bare._replace(headers=(*rest, (place["field"], value)))


def without(entry: dict[str, Any], got: Received) -> Received:
    """The request without any signature of that place."""
    place = entry["signature"]
    name, field = f"{place.get('pair')}=", place["field"]

    def kept(value: str) -> str:
        between = place.get("separator", ",")
        return between.join(one for one in value.split(between) if not one.startswith(name))

    def strip(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        inside = ((k, kept(v) if k == field and "pair" in place else v) for k, v in pairs)
        return [(k, v) for k, v in inside if k != field or ("pair" in place and v)]

    match place["in"]:
        case "body":
            return got._replace(body=_with_field(got.body, field, None))
        case "query":
            return got._replace(url=_with_query(got.url, strip(_parameters(got.url))))
        case _:
            return got._replace(headers=tuple(strip(got.headers)))


def spoilt(text: str) -> Iterator[str]:
    """Texts that are not this signature, though they look like it."""
    yield from (text[:-1], f"x{text}", text[:-6], text[:-6] + text[-6:].swapcase() + "0", "x")


def tampered(got: Received) -> Iterator[Received]:
    """The request with something changed that a recipe may sign."""
    yield got._replace(body=got.body.replace(b"A-17", b"A-18"))
    yield got._replace(body=got.body.replace(b"order_paid", b"order_void"))
    yield got._replace(url=got.url.replace("shop.example", "shop.test"))
    yield got._replace(url=got.url.replace("version=2", "version=3"))
    for name, new in (("X-Time", "1"), ("X-Order", "B")):
        yield got._replace(headers=tuple((k, new if k == name else v) for k, v in got.headers))


def _parameters(url: str) -> list[tuple[str, str]]:
    pairs = (one.partition("=") for one in url.partition("?")[2].split("&"))
    return [(unquote(name), unquote(value)) for name, _, value in pairs]


def _with_query(url: str, pairs: Iterable[tuple[str, str]]) -> str:
    return f"{url.partition('?')[0]}?{urlencode(list(pairs), quote_via=quote)}"


def _with_field(body: bytes, name: str, text: str | None) -> bytes:
    if body[:1] == b"{":
        fields = {**json.loads(body), name: text}
        return json.dumps({k: v for k, v in fields.items() if v is not None}).encode()
    pairs = {**fields_in(body), name: text}
    return urlencode({k: v for k, v in pairs.items() if v is not None}).encode()
