"""Payloads at the edges of what the contract allows: deliberate, named, none left to chance.

Each differs in one field from one of some `bases`, payloads that the receiver has accepted.
"""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.boundary_values import (
    hard_texts,
    odd_values,
    over_the_edge,
    values_for,
)
from hookproof.conformance.cases.cases import Case
from hookproof.conformance.cases.mutation_points import Site, sites_of
from hookproof.conformance.checks import Check
from hookproof.http.request import write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hookproof.conformance.cases.constants import Constants
    from hookproof.contract import Callback
    from hookproof.validation.compiled_callback import CompiledCallback

    Values = Callable[[Site], Iterable[tuple[str, Any]]]


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
        sites = [site for site in sites if not constants.holds(site.payload, site.path)]
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
