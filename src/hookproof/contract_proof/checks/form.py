"""HP502, HP516: each schema file is JSON Schema 2020-12 in the house's form."""

from __future__ import annotations

import difflib
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs
from jsonschema.validators import Draft202012Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract_proof.checks.model import Model, SourceFile
    from hookproof.contract_proof.checks.problem import ContractProblem
    from hookproof.payload.scan import Path

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SHOWN: Final = 160

_FIRST: Final = ("$schema", "title", "description", "type", "required", "properties")
_ROOT_EXTENSIONS: Final = ("x-examples", "x-quirks", "x-editions", "x-open-questions", "x-source")
_LAST: Final = ("examples", *_ROOT_EXTENSIONS, "$defs")
_CORE: Final = """
    $schema $id $ref $anchor $dynamicRef $dynamicAnchor $recursiveRef $vocabulary $comment $defs
"""
_APPLICATORS: Final = """
    allOf anyOf oneOf not if then else dependentSchemas prefixItems items contains properties
    patternProperties additionalProperties propertyNames unevaluatedItems unevaluatedProperties
"""
_ASSERTIONS: Final = """
    type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength
    minLength pattern maxItems minItems uniqueItems maxContains minContains maxProperties
    minProperties required dependentRequired format x-max-bytes
"""
_ANNOTATIONS: Final = """
    title description default deprecated readOnly writeOnly examples contentEncoding
    contentMediaType contentSchema x-moment x-account x-object
    x-large x-open x-source x-basis
"""
_MAY_BE_BOOLEAN: Final = frozenset(
    {"additionalProperties", "unevaluatedProperties", "unevaluatedItems", "not"}
)
_KEYWORDS: Final = frozenset((_CORE + _APPLICATORS + _ASSERTIONS + _ANNOTATIONS).split())


def check_metaschema(model: Model) -> Iterator[ContractProblem]:
    """HP502 where a file breaks the rules of JSON Schema itself."""
    validator = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    for file in model.schemas:
        if is_sound(file.value):
            continue
        try:
            errors = list(validator.iter_errors(file.value))
        except RecursionError:
            yield file.problem("HP502", (), "nested too deep", hint="split it up with $defs")
            continue
        for error in errors:
            yield file.problem(
                "HP502",
                tuple(error.absolute_path),
                f"not JSON Schema: {error.message[:SHOWN]}",
                hint="see JSON Schema 2020-12 on this keyword",
            )


def is_sound(schema: Any) -> bool:
    """Whether the compiled rules of JSON Schema accept a schema, in a hundredth of the time."""
    try:
        named = isinstance(schema.get("$schema", DIALECT), str)
        return named and jsonschema_rs.meta.is_valid({**schema, "$schema": DIALECT})
    except (ValueError, jsonschema_rs.ReferencingError):
        return False  # they tell no more than that


def check_dialect(model: Model) -> Iterator[ContractProblem]:
    """HP502 for another dialect, for `$id`, and for payload objects that are closed."""
    for file in model.schemas:
        if file.value.get("$schema") != DIALECT:
            message = "$schema does not name JSON Schema 2020-12"
            yield file.problem("HP502", ("$schema",), message, hint=f'"$schema": "{DIALECT}"')
    for file, site in model.objects():
        if "$id" in site.schema:
            hint = "remove it: file names are the names here, and $id breaks relative $refs"
            yield file.problem("HP502", (*site.path, "$id"), "an $id", hint=hint)
        if site.path and "$schema" in site.schema:
            hint = "remove it: it stands once, at the top of the file"
            path = (*site.path, "$schema")
            yield file.problem("HP502", path, "a $schema inside a schema", hint=hint)


def check_enumerations(model: Model) -> Iterator[ContractProblem]:
    """HP502 for an empty list of values, which JSON Schema allows and no value fits."""
    for file, site in model.objects():
        if site.schema.get("enum") == []:
            hint = "list the values, or remove the enum"
            yield file.problem("HP502", (*site.path, "enum"), "no value fits", hint=hint)


def check_objects(model: Model) -> Iterator[ContractProblem]:
    """HP502 for `true` and `false` where a value is described: what describes one is an object."""
    for file, site in model.sites():
        if isinstance(site.schema, bool) and site.keywords[-1] not in _MAY_BE_BOOLEAN:
            message = f"{str(site.schema).lower()} describes no value"
            hint = "write {} for a value of any kind, and leave out one that never comes"
            yield file.problem("HP502", site.path, message, hint=hint)


def check_openness(model: Model) -> Iterator[ContractProblem]:
    """HP502 where a payload is closed against new fields: vendors add them."""
    hint = "remove it: vendors add fields, and a receiver has to bear that"
    for file, site in model.objects():
        for word in ("additionalProperties", "unevaluatedProperties") if not site.in_quirk else ():
            if word in site.schema and (not site.path or site.schema[word] is False):
                message = f"{word} closes a payload object"
                yield file.problem("HP502", (*site.path, word), message, hint=hint)


def check_keywords(model: Model) -> Iterator[ContractProblem]:
    """HP516 for keywords that nothing knows: validators pass over them in silence."""
    for file, site in model.objects():
        known = _KEYWORDS if site.path else _KEYWORDS.union(_ROOT_EXTENSIONS)
        for keyword in site.schema.keys() - known:
            yield unknown_word(file, (*site.path, keyword), known, "keyword")


def unknown_word(file: SourceFile, path: Path, known: frozenset[str], kind: str) -> ContractProblem:
    """HP516 for a word that is perhaps a known one misspelt."""
    close = difflib.get_close_matches(str(path[-1]), sorted(known), n=1)
    hint = f"did you mean {close[0]}?" if close else "remove it, or mend its spelling"
    message = f"the {kind} {path[-1]!r} is not known and does nothing"
    return file.problem("HP516", path, message, hint=hint, severity="warning")


def check_keyword_order(model: Model) -> Iterator[ContractProblem]:
    """HP516 where a file's or a definition's keywords do not stand in the usual order."""
    for file, site in model.objects():
        if not site.path or site.keywords[-1] == "$defs":
            yield from _out_of_order(file, site.path, list(site.schema))


def _out_of_order(file: SourceFile, path: Path, keywords: list[str]) -> Iterator[ContractProblem]:
    for before, after in pairwise(keywords):
        if _rank(before) > _rank(after):
            hint = f"the order is {', '.join(_FIRST)}, all others, {', '.join(_LAST)}"
            message = f"{after} stands after {before}"
            yield file.problem("HP516", (*path, after), message, hint=hint, severity="warning")
            return


def _rank(keyword: str) -> int:
    if keyword in _FIRST:
        return _FIRST.index(keyword)
    if keyword in _LAST:
        return len(_FIRST) + 1 + _LAST.index(keyword)
    return len(_FIRST)
