"""Payloads at the edges of what the contract allows: deliberate, named, none left to chance.

Each differs in one field from one of some `bases`, payloads that the receiver has accepted.
"""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.cases.constants import overlaps
from hookproof.conformance.cases.mutation_points import Site, put, sites_of
from hookproof.conformance.checks import Check
from hookproof.http.request import write_json
from hookproof.payload.decode import decode_text
from hookproof.schema.documented_fields import named_types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hookproof.conformance.cases.constants import Constants
    from hookproof.contract import Callback
    from hookproof.validation.compiled_callback import CompiledCallback

    Values = Callable[[Site], Iterable[tuple[str, Any]]]

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
        kinds = named_types(schema)
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


def full_of_signs(
    compiled: CompiledCallback, payload: dict[str, Any], *, constants: Constants | None = None
) -> dict[str, Any] | None:
    """The payload with quotes, ampersands and percent signs in each text that takes any.

    None where no text does. Where `constants` stand nothing else does.
    """
    fixed, changed = constants.places(payload) if constants else [], payload
    for site in free_sites(compiled.callback, [payload]):
        takes_any = _SIGNS in [value for _, value in hard_texts(site)]
        if takes_any and not overlaps(site.path, fixed):
            changed = put(changed, site.path, _SIGNS)
    return changed if changed is not payload and compiled.accepts(changed) else None


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
            new = "x_new" if "string" in named_types(schema) else max(schema["enum"]) + 1
            yield "holding a value that the page may add", new
        if "integer" in named_types(schema) and type(site.value) is int:
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
        if "integer" in named_types(schema):
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


def _is_free_text(schema: Schema) -> bool:
    held = schema.keys() & {"pattern", "contentSchema", "enum", "const"}
    return "string" in named_types(schema) and not held


def boundary_probes(
    compiled: CompiledCallback,
    bases: Sequence[dict[str, Any]],
    *,
    constants: Constants | None = None,
) -> Iterator[Case]:
    """Conforming payloads, each with one field at an edge; a correct receiver accepts them all.

    Where `constants` stand nothing else does.
    """
    sites = free_sites(compiled.callback, bases)
    if constants:
        constant = {id(base): constants.places(base) for base in bases}
        sites = [site for site in sites if not overlaps(site.path, constant[id(site.payload)])]
    for case in _in_turns(sites, _conforming_values):
        if compiled.accepts(case.payload):
            yield case


def large_probes(
    compiled: CompiledCallback, bases: Sequence[dict[str, Any]], *, padded: bool = True
) -> Iterator[Case]:
    """Bodies as large as they come: by the page, with long lists, else by a field that is added.

    So a limit of bodies shows, and no field is made larger than anybody would expect it. Not
    `padded` is what goes to a receiver that refuses such a field, whatever its size.
    """
    check, sites = Check.ACCEPTS_CONFORMING, sites_of(compiled.callback.schema, bases)
    larger = [*_long_texts(sites), *_long_lists(sites)]
    for site, what, payload in larger:
        if compiled.accepts(payload):
            kept = frozenset({site.pointer})
            yield Case(check, f"{site.pointer} {what}", payload, kept=kept, where=site.pointer)
    if padded and not any("x-large" in schema for site in sites for schema in site.schemas):
        more = {"x_unknown": "x" * (_USUAL - len(write_json(bases[0])))}
        yield Case(check, "a body of 64 KiB", {**bases[0], **more})


def _long_texts(sites: Sequence[Site]) -> Iterator[tuple[Site, str, dict[str, Any]]]:
    """The text that the page calls the largest, as long as it says."""
    for site in sites:
        for length in (schema["x-large"] for schema in site.schemas if "x-large" in schema):
            yield site, f"holding {length} characters, as the page has it", _large(site, length)
            return


def _long_lists(sites: Sequence[Site]) -> Iterator[tuple[Site, str, dict[str, Any]]]:
    """Lists that hold what the sample has in them many times, as long as a usual body is."""
    lists = [s for s in sites if isinstance(s.value, list) and s.value]
    for site in [s for s in lists if all(isinstance(part, str) for part in s.path)]:
        most = min((s["maxItems"] for s in site.schemas if "maxItems" in s), default=_MANY)
        room = (_USUAL - len(write_json(site.payload))) // len(write_json(site.value[:1]))
        count = min(_MANY, most, room)
        if count > len(site.value):
            items = [_another(site.value[n % len(site.value)], n) for n in range(count)]
            yield site, f"holding {count} items", site.holding(items)


def _another(item: Any, number: int) -> Any:
    """One more item like this one; names and addresses come once each."""
    return f"{item}{number}" if isinstance(item, str) else item


def _large(site: Site, length: int) -> dict[str, Any]:
    """The payload with the text that is there repeated; in fours, for it may be Base64."""
    piece = str(site.value).rstrip("=")
    piece = piece[: len(piece) // 4 * 4] or "AAAA"
    return site.holding((piece * length)[: length // 4 * 4])


def odd_probes(compiled: CompiledCallback, bases: Sequence[dict[str, Any]]) -> Iterator[Case]:
    """What the contract does not rule out and no vendor sends: refusing it is right, too."""
    callback = compiled.callback
    yield from _unknown_events(callback, bases[0])
    for levels in (30, 100):
        nested: Any = json.loads("[" * levels + "]" * levels)
        label, deep = f"an unknown field nested {levels} levels deep", {"x_unknown": nested}
        yield Case(Check.TOLERATES_UNKNOWN_FIELDS, label, {**bases[0], **deep}, may_refuse=True)
    for case in _in_turns(free_sites(callback, bases), odd_values, may_refuse=True):
        if compiled.accepts(case.payload):
            yield case


def broken_probes(compiled: CompiledCallback, bases: Sequence[dict[str, Any]]) -> Iterator[Case]:
    """Just past the edges: a byte too many, a number too large, a value that is not listed."""
    for case in _in_turns(free_sites(compiled.callback, bases), over_the_edge):
        if not compiled.accepts(case.payload):
            yield case


def _in_turns(sites: list[Site], values: Values, *, may_refuse: bool = False) -> Iterator[Case]:
    """One value for each place before any gets its second: a short run sees them all."""
    breaks = values is not _conforming_values
    check = Check.SURVIVES_MALFORMED if breaks else Check.ACCEPTS_CONFORMING
    columns = ([(site, what, value) for what, value in values(site)] for site in sites)
    for row in zip_longest(*columns):
        for site, what, value in filter(None, row):
            yield Case(
                check,
                f"{site.pointer} {what}",
                site.removed() if value is ABSENT else site.holding(value),
                kept=frozenset({site.pointer}),
                may_refuse=may_refuse,
                where=site.pointer,
            )


def _conforming_values(site: Site) -> Iterator[tuple[str, Any]]:
    if site.is_text_of_json and isinstance(site.value, str):
        yield from _written_otherwise(site.value)
    if isinstance(site.path[-1], str):
        yield "missing", ABSENT
    yield from values_for(site)
    yield from hard_texts(site)


def _written_otherwise(text: str) -> Iterator[tuple[str, str]]:
    """The same nested JSON in other layouts."""
    try:
        value = json.loads(text)
    except ValueError:
        return
    yield "laid out over several lines", json.dumps(value, indent=4, ensure_ascii=False)
    yield "with blanks between", json.dumps(value, ensure_ascii=False)
    yield "with escaped slashes and letters", json.dumps(value).replace("/", "\\/")


def _unknown_events(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    for name, values in callback.naming_fields.items():
        unknown = "x_unknown_event" if isinstance(values[0], str) else 987_654
        label, kept = f"an unknown event, {name} {unknown}", frozenset({name})
        event = {**payload, name: unknown}
        check = Check.SURVIVES_MALFORMED
        yield Case(check, label, event, kept=kept, where=f"/{name}", may_refuse=True)


def free_sites(callback: Callback, bases: Sequence[dict[str, Any]]) -> list[Site]:
    """The places whose values are not spoken for by the signature or the clock."""
    forms = callback.signature.forms
    spoken_for = {place.field for form in forms for place in (form.place, *form.inputs)}
    if callback.sent_at:
        spoken_for.add(callback.sent_at.field)
    sites = sites_of(callback.schema, bases)
    return [site for site in sites if site.field not in spoken_for]


ABSENT: Final = object()
# As many items as a list has where much happens at once.
_MANY: Final = 100
# Bytes of a body that no limit should be below: what servers take unasked is more.
_USUAL: Final = 64 * 1024
