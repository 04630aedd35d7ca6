"""Missing and retyped fields in every branch: receivers read other fields for other values.

What a callback is about is often told by a field with a few listed values (the kind of a
conversation, a status), and code that is never reached by the sample is reached by these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.boundary_cases import free_sites
from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.conformance.coverage.schema_inventory import as_text
from hookproof.conformance.running.shrink import at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.conformance.cases.mutation_points import Site
    from hookproof.validation.compiled_callback import CompiledCallback

# With more values a field is a number or a name, and selects nothing.
_MOST_VALUES: Final = 16


@dataclass(frozen=True, slots=True)
class Branch:
    """A payload that has another value of a field than the control: an example, or made of one.

    `cases` are those with a field missing, and those with one of another type.
    """

    label: str
    opening: Case
    cases: tuple[tuple[Case, ...], tuple[Case, ...]]


def branches(compiled: CompiledCallback, bases: Sequence[dict[str, Any]]) -> Iterator[Branch]:
    """A branch for each value that the first of the `bases` has not, fields of few values first.

    What a branch holds proves something only where its `opening` was accepted.
    """
    control = bases[0]
    selecting = [(site, _values(site)) for site in free_sites(compiled.callback, [control])]
    for site, values in sorted(selecting, key=lambda pair: len(pair[1])):
        if 1 < len(values) <= _MOST_VALUES:
            for value in values:
                payload = _with_value(site, value, bases)
                if value != site.value and compiled.accepts(payload):
                    yield _branch(compiled, payload, site, value)


def _with_value(site: Site, value: Any, bases: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """An accepted payload that has the value there, or else the control with it."""
    found = (base for base in bases if at(base, site.path) == value)
    return next(found, site.holding(value))


def _branch(
    compiled: CompiledCallback, payload: dict[str, Any], selecting: Site, value: Any
) -> Branch:
    told = f"{selecting.pointer} {as_text(value)}"
    kept = frozenset({selecting.pointer})
    opening = Case(
        Check.ACCEPTS_CONFORMING,
        f"{selecting.pointer} holding {as_text(value)}",
        payload,
        kept=kept,
        where=selecting.pointer,
    )
    # A place that can be left out, and is not the one that selects.
    sites = [
        one
        for one in free_sites(compiled.callback, [payload])
        if isinstance(one.path[-1], str) and one.path != selecting.path
    ]

    def case(site: Site, what: str, changed: dict[str, Any]) -> Case:
        return Case(
            Check.ACCEPTS_CONFORMING if compiled.accepts(changed) else Check.SURVIVES_MALFORMED,
            f"{site.pointer} {what} beside {told}",
            changed,
            kept=kept | {site.pointer},
            where=site.pointer,
        )

    missing = tuple(case(site, "missing", site.removed()) for site in sites)
    retyped = tuple(case(site, "holding null", site.holding(None)) for site in sites)
    return Branch(told, opening, (missing, retyped))


def _values(site: Site) -> list[Any]:
    listed = [value for schema in site.schemas for value in schema.get("enum", ())]
    listed += [schema["const"] for schema in site.schemas if "const" in schema]
    return list({as_text(value): value for value in listed}.values())
