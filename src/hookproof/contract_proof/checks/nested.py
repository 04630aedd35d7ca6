"""HP504: nested JSON is declared in a way that every part of hookproof can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hookproof.contract_proof.checks.links import LinkGraph, Target
from hookproof.contract_proof.checks.model import as_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract_proof.checks.model import Model, SourceFile
    from hookproof.contract_proof.checks.problem import ContractProblem
    from hookproof.contract_proof.checks.sites import Site

# The ways to a value on which generators, models and validators all keep to the schema.
_PLAIN: Final = frozenset(
    {"properties", "items", "prefixItems", "anyOf", "oneOf", "allOf", "contentSchema", "$defs"}
)


def check_nested_json(model: Model) -> Iterator[ContractProblem]:
    """A contentSchema stands with its media type and type, and admits no top-level string."""
    for file, site in model.objects():
        if "contentSchema" in site.schema:
            yield from _companions(file, site)
            if not site.in_quirk:
                yield from _no_string(model, file, site)


def check_reachability(model: Model) -> Iterator[ContractProblem]:
    """Nested JSON stands where a value has one schema: not under `not`, `if` and the like."""
    graph = LinkGraph(model)
    targets = {(link.file, link.path): link.target for link in graph.links}
    hint = "say it in properties, items, anyOf, oneOf or allOf"
    for file, site in model.sites():
        odd = [keyword for keyword in site.keywords if keyword not in _PLAIN]
        if not odd or site.in_quirk:
            continue
        target = targets.get((file.label, site.path))
        step = "contentSchema" if _holds_content(site) else "$ref"
        if step == "contentSchema" or (target and _leads_to_content(graph, target)):
            message = f"nested JSON under {odd[-1]}"
            yield file.problem("HP504", (*site.path, step), message, hint=hint)


def admits_string(schema: Any) -> bool:
    """Whether a schema without references may accept a string; in doubt, yes."""
    if not isinstance(schema, dict):
        return schema is not False
    kinds = schema.get("type", "string")
    if "string" not in (kinds if isinstance(kinds, list) else [kinds]):
        return False
    if "const" in schema and not isinstance(schema["const"], str):
        return False
    listed = schema.get("enum")
    if isinstance(listed, list) and not any(isinstance(value, str) for value in listed):
        return False
    if any(not admits_string(part) for part in as_list(schema.get("allOf"))):
        return False
    return all(
        any(admits_string(part) for part in branches)
        for branches in (as_list(schema.get("anyOf")), as_list(schema.get("oneOf")))
        if branches
    )


def _companions(file: SourceFile, site: Site) -> Iterator[ContractProblem]:
    path = (*site.path, "contentSchema")
    if site.schema.get("contentMediaType") != "application/json":
        hint = 'add "contentMediaType": "application/json"'
        message = "a contentSchema without the media type of JSON means nothing"
        yield file.problem("HP504", path, message, hint=hint)
    if site.schema.get("type") != "string":
        hint = 'add "type": "string"; put other readings beside it in an anyOf'
        message = "a contentSchema stands where the value need not be a string"
        yield file.problem("HP504", path, message, hint=hint)
    if "contentEncoding" in site.schema:
        message = "contentEncoding is not decoded here"
        hint = "remove it, or describe the value as a plain string"
        yield file.problem("HP504", (*site.path, "contentEncoding"), message, hint=hint)


def _no_string(model: Model, file: SourceFile, site: Site) -> Iterator[ContractProblem]:
    expanded = model.expanded_node(site.schema["contentSchema"], file)
    if expanded is not None and admits_string(expanded):
        yield file.problem(
            "HP504",
            (*site.path, "contentSchema"),
            "the nested JSON may be a string again",
            hint='give the contentSchema a type without "string": text in text in text is no JSON '
            "value that one can tell from a mistake",
        )


def _holds_content(site: Site) -> bool:
    return isinstance(site.schema, dict) and "contentSchema" in site.schema


def _leads_to_content(graph: LinkGraph, target: Target) -> bool:
    return any(_holds_content(site) for one in graph.reach(target) for site in graph.sites(one))
