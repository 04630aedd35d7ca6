"""The proof of a contract: everything that a folder with schemas/ and openapi/ has to hold.

It proves the structure. Whether examples and quirks fit their schemas is proved beside
the validator, which this package may not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.contract_proof.checks import (
    agreement,
    extensions,
    fields,
    form,
    nested,
    openapi,
    patterns,
    references,
    sending,
    signatures,
    titles,
)
from hookproof.contract_proof.checks.links import LinkGraph
from hookproof.contract_proof.checks.problem import ContractProblem
from hookproof.contract_proof.checks.reading import read_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hookproof.contract.files import ContractFiles
    from hookproof.contract_proof.checks.model import Model

    Check = Callable[[Model], Iterator[ContractProblem]]

__all__ = ["ContractProblem", "check_contract", "sorted_problems", "sound_schemas"]

# A schema without problems of these checks can be expanded, compiled and asked.
_USABLE: Final[tuple[Check, ...]] = (
    form.check_metaschema,
    form.check_enumerations,
    form.check_objects,
    references.check_schema_references,
    nested.check_nested_json,
    patterns.check_patterns,
    extensions.check_max_bytes,
    extensions.check_marks,
)
# What no command can do without beside sound schemas.
_NEEDED: Final[tuple[Check, ...]] = (
    titles.check_examples_listed,
    nested.check_reachability,
    references.check_document_references,
    extensions.check_extensions,
    extensions.check_dates,
    signatures.check_signatures,
    extensions.check_identities,
    extensions.check_basis,
    sending.check_requests,
    sending.check_sending,
    sending.check_challenges,
    sending.check_confirmations,
    openapi.check_webhooks,
    agreement.check_folders,
    agreement.check_pairs,
    agreement.check_names,
    fields.check_discriminators,
)
_OTHERS: Final[tuple[Check, ...]] = (
    *_NEEDED,
    titles.check_titles,
    fields.check_fields,
    form.check_dialect,
    form.check_openness,
    form.check_keywords,
    form.check_keyword_order,
    titles.check_quirk_ids,
    extensions.check_unknown_extensions,
    openapi.check_operation_ids,
    agreement.check_bodies,
    fields.check_quirk_places,
)


def check_contract(files: ContractFiles) -> list[ContractProblem]:
    """All problems of a contract's structure, by file and line; empty for a sound one.

    A broken file is a problem and does not hide those of the others. Raises
    DependencyMissing without openapi-spec-validator, and nothing else.
    """
    openapi.require_validator()
    model = read_model(files)
    basic = _run(_USABLE, model)
    sound = _sound(model, basic)
    return sorted_problems(
        [
            *model.problems,
            *basic,
            *_run(_OTHERS, model),
            *openapi.check_openapi(model, sound=sound),
        ]
    )


def usability_problems(model: Model) -> list[ContractProblem]:
    """What keeps commands from using a contract, by file and line: a part of all its problems."""
    found = [*model.problems, *_run(_USABLE, model), *_run(_NEEDED, model)]
    return [one for one in sorted_problems(found) if one.severity == "error"]


def sound_schemas(model: Model) -> frozenset[str]:
    """Labels of the schema files that can be expanded and compiled, all they refer to included."""
    return _sound(model, _run(_USABLE, model))


def sorted_problems(problems: Iterable[ContractProblem]) -> list[ContractProblem]:
    """Problems by file and line, each once, the consequences of others left out."""
    unique = dict.fromkeys(problems)
    form_faults = {(one.file, one.where) for one in unique if one.code == "HP502"}
    kept = [
        one
        for one in unique
        if one.code != "HP508" or one.line is None or (one.file, one.where) not in form_faults
    ]
    return sorted(kept, key=lambda one: (one.file, one.line or 0, one.code, one.where, one.message))


def _run(checks: Iterable[Check], model: Model) -> list[ContractProblem]:
    return [problem for check in checks for problem in check(model)]


def _sound(model: Model, problems: Iterable[ContractProblem]) -> frozenset[str]:
    faulty = {problem.file for problem in problems if problem.severity == "error"}
    graph = LinkGraph(model)
    return frozenset(
        file.label
        for file in model.schemas
        if not graph.files(file.label) & faulty and model.expanded(file) is not None
    )
