"""The values at the edges of a schema, and just past them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hookproof.http.request import write_json
from hookproof.payload.decode import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.conformance.cases.mutation_points import Schema, Site

    Named = Iterator[tuple[str, Any]]

_POWERS: Final = {
    "0": 0,
    "1": 1,
    "2^31": 2**31,
    "2^32-1": 2**32 - 1,
    "2^53+1": 2**53 + 1,
    "2^63-1": 2**63 - 1,
    "2^64-1": 2**64 - 1,
}
# Without a limit in the contract nobody promises more than a signed 64-bit number.
_UNSAID: Final = 2**63 - 1
_DECIMALS: Final = ("0.0", "0.5", "0.30000000000000004", "1000000000.25")
# In milliseconds: never, and when 31, 32 bits of seconds and the years of this contract end.
_MOMENTS: Final = {"0": 0, "2038": 2**31 * 1000, "2106": 2**32 * 1000, "2286": 10**13}
# Letters of one to four bytes, of several code points, and written from the right.
_LETTERS: Final = (
    "\u76f4\u64ad\u95f4 \u00fc\u00df e\u0301 \u0627\u0644\u0628\u062b \U0001f3a5"
    "\U0001f468\u200d\U0001f469\u200d\U0001f467"
)
# So many words are no name, and so many letters are a few sentences.
_WORDS: Final = 5
_SENTENCES: Final = 400
_SIGNS: Final = 'say "hi" it\'s a/b\\c 100%+1 %2F &amp; <b>{}</b> ; -- '
_URL: Final = "https://media.example.com/"


def values_for(site: Site) -> Named:
    """What stands at the edges, texts that may hold anything left aside.

    Of moments nothing does: an event is of now.
    """
    for schema in () if is_moment(site) else site.schemas:
        yield from _listed(schema)
        kinds = _kinds(schema)
        if "integer" in kinds:
            yield from _integers(schema)
        if "number" in kinds:
            yield from ((f"holding {text}", float(text)) for text in _DECIMALS)
        if "boolean" in kinds:
            yield from (("holding true", True), ("holding false", False))
        if "string" in kinds and "pattern" in schema:
            yield from _digits()
        if "array" in kinds and isinstance(site.value, list):
            yield "holding an empty list", []
            yield "holding each item twice", [*site.value, *site.value]


def hard_texts(site: Site) -> Named:
    """Texts that are hard to store, where the contract takes any."""
    for schema in filter(_is_free_text, site.schemas):
        if "format" in schema:
            # A URL is ASCII, so only its length is an edge.
            limit = _limit(schema)
            if limit:
                yield f"holding {limit} bytes of ASCII", _URL + "x" * (limit - len(_URL))
            continue
        yield from _longest(schema)
        if _is_prose(site) and _fits("x" * _SENTENCES, schema):
            yield f"holding {_SENTENCES} letters", (f"{site.value} " * _SENTENCES)[:_SENTENCES]
        if _fits(_LETTERS, schema):
            yield "holding letters beyond ASCII", _LETTERS
        if _fits(_SIGNS, schema):
            yield "holding quotes, slashes and percent signs", _SIGNS


def odd_values(site: Site) -> Named:
    """What many a store refuses, and may: NUL, control characters, nothing, 1.0 for 1."""
    if is_moment(site):
        yield from _far_moments(site)
    for schema in site.schemas:
        if _is_free_text(schema) and "format" not in schema:
            yield "holding U+0000", "a\x00b"
            yield "holding control characters", "a\x01\x1b\x7f\u2028b"
            yield "holding an empty text", ""
        if "x-open" in schema:
            new = "x_new" if "string" in _kinds(schema) else max(schema["enum"]) + 1
            yield "holding a value that the page may add", new
        if "integer" in _kinds(schema) and type(site.value) is int:
            yield "holding a whole number written with a point", float(site.value)


def is_moment(site: Site) -> bool:
    """Whether the contract has a moment there."""
    return any("x-moment" in schema for schema in site.schemas)


def _far_moments(site: Site) -> Named:
    for unit in dict.fromkeys(s["x-moment"] for s in site.schemas if "x-moment" in s):
        for year, at in _MOMENTS.items():
            number = at if unit == "milliseconds" else at // 1000
            told = "holding the moment 0" if year == "0" else f"holding a moment of {year}"
            yield told, str(number) if isinstance(site.value, str) else number


def over_the_edge(site: Site) -> Named:
    """Just too long, too large, or not listed."""
    for schema in site.schemas:
        limit = schema.get("x-max-bytes")
        if limit:
            most = limit // 3 + 1
            yield f"holding more than {limit} bytes in {most} letters", "\u76f4" * most
        if "integer" in _kinds(schema):
            if "maximum" in schema:
                yield "holding one more than allowed", schema["maximum"] + 1
            yield "holding a number beyond 64 bits", 2**64
            yield "holding -1", -1
        if "enum" in schema or "const" in schema:
            shown = schema.get("const", next(iter(schema.get("enum", ())), ""))
            text = isinstance(shown, str)
            yield "holding a value that is not listed", "x_unlisted" if text else 987_654
    if site.is_text_of_json and isinstance(site.value, str):
        yield from _misread(site.value)


def _misread(text: str) -> Named:
    yield "holding its JSON text escaped twice", write_json(text)
    inner = decode_text(text).value
    if isinstance(inner, dict):
        yield "holding an object where JSON text is documented", inner


def _listed(schema: Schema) -> Named:
    for value in schema.get("enum", ()):
        yield f"holding {value!r}", value


def _integers(schema: Schema) -> Named:
    if "enum" in schema:
        return
    most = schema.get("maximum", _UNSAID)
    powers = {name: value for name, value in _POWERS.items() if value <= most}
    # The largest first, then none at all: a short run has these two.
    largest, *others = sorted(powers, key=lambda name: -powers[name])
    names = [largest, *([others.pop(others.index("0"))] if "0" in others else []), *others]
    yield from ((f"holding {name}", powers[name]) for name in names)
    if "maximum" in schema and most not in powers.values():
        yield "holding the largest number", most


def _digits() -> Named:
    """Numbers written as text; those that do not fit are left out by the judge."""
    for name, value in reversed(_POWERS.items()):
        yield f"holding {name} as text", str(value)


def _longest(schema: Schema) -> Named:
    limit = schema.get("x-max-bytes")
    if limit:
        letters = "\u76f4" * (limit // 3) + "x" * (limit % 3)
        yield f"holding {limit} bytes in {len(letters)} letters", letters
        yield f"holding {limit} bytes of ASCII", "x" * limit
    elif "maxLength" in schema:
        yield f"holding {schema['maxLength']} letters", "\u76f4" * schema["maxLength"]


def _is_prose(site: Site) -> bool:
    """Whether the sample is what people say or write, which has no length of its own."""
    return isinstance(site.value, str) and len(site.value.split(" ")) >= _WORDS


def _limit(schema: Schema) -> int:
    return min((schema[key] for key in ("x-max-bytes", "maxLength") if key in schema), default=0)


def _fits(text: str, schema: Schema) -> bool:
    most: int = schema.get("maxLength", len(text))
    octets: int = schema.get("x-max-bytes", len(text.encode()))
    return len(text) <= most and len(text.encode()) <= octets


def _kinds(schema: Schema) -> set[str]:
    kinds = schema.get("type", ())
    return {kinds} if isinstance(kinds, str) else set(kinds)


def _is_free_text(schema: Schema) -> bool:
    held = schema.keys() & {"pattern", "contentSchema", "enum", "const"}
    return "string" in _kinds(schema) and not held
