"""The part of a contract's proof that needs a validator: examples, quirks and discriminators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonschema.validators import Draft202012Validator

from hookproof.contract.model import is_beside, place_of
from hookproof.contract_proof.check import sorted_problems, sound_schemas
from hookproof.contract_proof.checks.model import as_dict, as_list
from hookproof.contract_proof.checks.reading import read_model
from hookproof.payload.pointer import member_at
from hookproof.schema.documented_fields import is_among
from hookproof.schema.reference import ReferenceValidator
from hookproof.schema.violations import find_violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract.files import ContractFiles
    from hookproof.contract_proof.check import ContractProblem
    from hookproof.contract_proof.checks.model import Model, Operation, SourceFile
    from hookproof.payload.scan import Path

_SHOWN = 160


def check_examples(files: ContractFiles) -> list[ContractProblem]:
    """What examples say against their contract: HP505, HP512 and HP514, by file and line.

    Schemas that cannot be expanded or compiled are passed over; `check_contract` has them.
    """
    model = read_model(files)
    sound = sound_schemas(model)
    problems: list[ContractProblem] = []
    for file in model.schemas:
        if file.label in sound:
            problems += _invalid_examples(model, file)
            problems += _quirks(model, file)
            problems += _editions(model, file)
    for operation in model.operations():
        schema = model.schema_of(operation)
        if schema is not None and schema.label in sound:
            problems += _discriminator(model, operation, schema)
        problems += _answers(model, operation)
    return sorted_problems(problems)


def check_answers(model: Model) -> list[ContractProblem]:
    """What is wrong with the answers that receivers have to give, by file and line."""
    return sorted_problems(
        problem for operation in model.operations() for problem in _answers(model, operation)
    )


def _invalid_examples(model: Model, file: SourceFile) -> Iterator[ContractProblem]:
    for site in file.sites:
        if not isinstance(site.schema, dict) or site.in_quirk or "examples" not in site.schema:
            continue
        schema = model.expanded_node(site.schema, file)
        for index, example in enumerate(as_list(site.schema["examples"])):
            for path, message in _faults(schema, example):
                yield file.problem(
                    "HP505",
                    (*site.path, "examples", index, *path),
                    f"the example does not fit its schema: {message}",
                    hint="mend the example, or the schema where the vendor does send this",
                )


def _quirks(model: Model, file: SourceFile) -> Iterator[ContractProblem]:
    examples = as_list(file.value.get("examples"))
    for index, quirk in enumerate(as_list(file.value.get("x-quirks"))):
        seen = as_dict(quirk).get("seen")
        path: Path = ("x-quirks", index, "seen")
        if not isinstance(seen, dict):
            continue
        broken = list(_not_a_schema(file, path, seen))
        yield from broken
        if not broken:
            schema = model.expanded_node(seen, file)
            fitting = sum(not _faults(schema, example) for example in examples)
            yield from _distinction(file, path, fitting, len(examples))


def _editions(model: Model, file: SourceFile) -> Iterator[ContractProblem]:
    """Examples of an edition fit it, and no newer one: else nothing tells it apart."""
    newest = as_dict(model.expanded(file))
    newer = [newest]
    for index, edition in enumerate(as_list(newest.get("x-editions"))):
        properties = {**as_dict(newest.get("properties")), **as_dict(edition.get("properties"))}
        schema = {**newest, "required": edition.get("required", []), "properties": properties}
        for at, example in enumerate(as_list(edition.get("examples"))):
            path: Path = ("x-editions", index, "examples", at)
            for inner, message in _faults(schema, example):
                said = f"the example does not fit its edition: {message}"
                hint = "mend the example, or what the edition says"
                yield file.problem("HP505", (*path, *inner), said, hint=hint)
            if any(not _faults(one, example) for one in newer):
                said = "the example fits a newer edition, too"
                hint = "take one that only this edition allows, or remove the edition"
                yield file.problem("HP514", path, said, hint=hint)
        newer.append(schema)


def _distinction(
    file: SourceFile, path: Path, fitting: int, examples: int
) -> Iterator[ContractProblem]:
    if fitting == 0:
        hint = "add an example of the second reading, or mend the schema under seen"
        yield file.problem("HP514", path, "no example shows this quirk", hint=hint)
    elif fitting == examples:
        hint = "add an example of the first reading, or narrow the schema under seen"
        message = "every example shows this quirk, none the first reading"
        yield file.problem("HP514", path, message, hint=hint)


def _not_a_schema(
    file: SourceFile | Operation, path: Path, seen: Any, code: str = "HP514"
) -> Iterator[ContractProblem]:
    for error in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(seen):
        message = f"not JSON Schema: {error.message[:_SHOWN]}"
        hint = "see JSON Schema 2020-12 on this keyword"
        yield file.problem(code, (*path, *error.absolute_path), message, hint=hint)


def _discriminator(
    model: Model, operation: Operation, file: SourceFile
) -> Iterator[ContractProblem]:
    properties = as_dict(as_dict(model.expanded(file)).get("properties"))
    for field, values in operation.member("x-discriminator", dict).items():
        if is_beside(field):
            continue
        schema = properties.get(field)
        for index, value in enumerate(as_list(values)):
            if isinstance(schema, dict) and _faults(schema, value):
                message = f"the schema of {operation.key} does not admit {field} {value!r}"
                hint = f"mend the value, or {field} in {file.label}"
                path = ("x-discriminator", field, index)
                yield operation.problem("HP512", path, message, hint=hint)
        yield from _unnamed_examples(model, file, field, as_list(values))


def _unnamed_examples(
    model: Model, file: SourceFile, field: str, values: list[Any]
) -> Iterator[ContractProblem]:
    for index, example in enumerate(as_list(file.value.get("examples"))):
        found = member_at(example, place_of(field))
        named = is_among(found, values) or (not values and found is not None)
        if not named and not _faults(model.expanded(file), example):
            message = f"by its {field} {found!r} the example is not this callback"
            wanted = ", ".join(map(repr, values)) or "being there"
            hint = f"the document names it by {field} {wanted}"
            yield file.problem("HP512", ("examples", index, field), message, hint=hint)


def _answers(model: Model, operation: Operation) -> Iterator[ContractProblem]:
    """HP505 for the body that a receiver has to answer with: its example fits its schema."""
    for status, response in operation.member("responses", dict).items():
        path: Path = ("responses", str(status), "content", "application/json")
        content = as_dict(as_dict(as_dict(response).get("content")).get("application/json"))
        if "schema" not in content:
            continue
        broken = list(_not_a_schema(operation, (*path, "schema"), content["schema"], "HP502"))
        yield from broken
        if "example" not in content:
            hint = "add example beside schema: an answer that the vendor accepts"
            yield operation.problem("HP505", path, "the answer has no example", hint=hint)
        elif not broken:
            yield from _answer_faults(model, operation, path, content)


def _answer_faults(
    model: Model, operation: Operation, path: Path, content: dict[str, Any]
) -> Iterator[ContractProblem]:
    schema = model.expanded_node(content["schema"], operation.document)
    for inner, message in _faults(schema, content["example"]) if schema is not None else ():
        yield operation.problem(
            "HP505",
            (*path, "example", *inner),
            f"the example does not fit the answer's schema: {message}",
            hint="mend the example, or the schema",
        )


def _faults(schema: Any, value: Any) -> list[tuple[Path, str]]:
    try:
        found = find_violations(schema, value)
        fits = ReferenceValidator(schema).is_valid(value)
    except (RecursionError, OverflowError) as error:
        return [((), f"it cannot be judged ({error})")]
    if fits is bool(found):
        return [((), "jsonschema and jsonschema-rs judge it differently; please report this")]
    return [(violation.path, violation.message) for violation in found]
