"""The text of every generated module, by running datamodel-code-generator."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hookproof.errors import DependencyMissing, GenerationFailed
from hookproof.generation.arrange import arranged, package_file
from hookproof.generation.lowering import prepare

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER = '# @generated from schemas/ by "hookproof generate". Do not edit by hand.'

_SETTINGS: dict[str, Any] = {
    "input_file_type": "jsonschema",
    "output_model_type": "pydantic_v2.BaseModel",
    "target_python_version": "3.11",
    "target_pydantic_version": "2.14",
    "base_class": "hookproof.models.WireModel",
    "custom_file_header": HEADER,
    "disable_timestamp": True,
    "enum_field_as_literal": "all",
    # Formats by itself: neither the host's ruff or black nor their versions play a part.
    "formatters": ["builtin"],
    "builtin_format_line_length": 100,
    "allow_remote_refs": False,
    "snake_case_field": True,
    "strict_nullable": True,
    "strict_refs": True,
    "use_annotated": True,
    "use_double_quotes": True,
    "use_exact_imports": True,
    "use_field_description": True,
    "use_missing_sentinel": True,
    "use_schema_description": True,
    "use_single_line_docstring": True,
    "use_standard_collections": True,
    "use_title_as_name": True,
    "use_type_alias": True,
    "use_union_operator": True,
}


def render(schemas: Path, *, package: str, lenient: bool = False) -> dict[PurePosixPath, str]:
    """Return the text of each file of the package, by its path inside it.

    Raises DependencyMissing without datamodel-code-generator, ContractError
    for a schema that cannot be read and GenerationFailed for one that the
    generator refuses.
    """
    with TemporaryDirectory(prefix="hookproof-generate-") as folder:
        prepared = Path(folder, "schemas")
        prepared.mkdir()
        aliases = prepare(schemas, into=prepared, package=package, lenient=lenient)
        if not any(prepared.iterdir()):
            raise GenerationFailed(
                f"no schemas under {schemas}", hint="give a folder that has some"
            )
        # The generator looks for settings upwards from here, so it finds these: none.
        Path(folder, "pyproject.toml").touch()
        modules = _generated(prepared, aliases)
    texts = {
        path: arranged(text, package=package)
        for path, text in modules.items()
        if path.name != "__init__.py"
    }
    return texts | _package_files(texts)


def _generated(prepared: Path, aliases: Mapping[str, str]) -> dict[PurePosixPath, str]:
    try:
        # An optional package, and a slow one to import.
        from datamodel_code_generator import Error, generate  # noqa: PLC0415
    except ImportError as problem:
        raise DependencyMissing("datamodel-code-generator", extra="generate") from problem
    try:
        modules = generate(prepared, aliases=dict(aliases), settings_path=prepared, **_SETTINGS)
    except (Error, ValueError, TypeError, LookupError) as problem:
        lines = [line.strip() for line in str(problem).splitlines()[:3]]
        raise GenerationFailed(
            f"datamodel-code-generator: {'; '.join(lines)}",
            hint="run `hookproof contract check` on this contract",
        ) from problem
    if not isinstance(modules, dict):
        raise GenerationFailed("datamodel-code-generator returned no modules")
    return {PurePosixPath(*path): text for path, text in modules.items()}


def _package_files(texts: Mapping[PurePosixPath, str]) -> dict[PurePosixPath, str]:
    files = {
        folder / "__init__.py": package_file(
            {path.stem: text for path, text in texts.items() if path.parent == folder},
            folder=str(folder),
            header=HEADER,
        )
        for folder in sorted({path.parent for path in texts})
    }
    root = f'{HEADER}\n\n"""Typed models of payloads, one package an area."""\n'
    return files | {PurePosixPath("__init__.py"): root, PurePosixPath("py.typed"): ""}
