"""The text of every generated module, by running datamodel-code-generator."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from hookproof.errors import DependencyMissing, GenerationFailed
from hookproof.generation.lowering import prepare
from hookproof.user_cache import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_PACKAGE = '''\
{header}

"""Models of {folder}; a module is imported when the first of its names is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
{imports}

__all__ = [
{names}
]

if not TYPE_CHECKING:
    _MODULES = {{
{modules}
    }}

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")
        return getattr(import_module(f".{{_MODULES[name]}}", __name__), name)
'''


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A definition of a module, with the string that documents it.

    What it `needs` must stand before it; what it only `uses`, in annotations, had better.
    """

    name: str
    text: str
    needs: frozenset[str]
    uses: frozenset[str]


def arranged(text: str, *, package: str) -> str:
    """Put definitions after those they use, and make the package's own imports relative.

    The generator does not see what `JsonText[...]` refers to and may define it
    last, where pydantic would have to build the model twice.
    """
    # Not splitlines(): a description may hold other line ends, which Python does not count.
    lines = text.split("\n")
    statements = _statements(text)
    first = next((at for at, node in enumerate(statements) if _defined(node)), len(statements))
    end = statements[first].lineno - 1 if first < len(statements) else len(lines)
    imports = "\n".join(lines[:end]).rstrip().replace(f"\nfrom {package}.", "\nfrom ..")
    blocks = [block.text for block in _in_order(list(_blocks(statements[first:], lines)))]
    return _without_unused_base("\n\n\n".join([imports, *blocks]) + "\n")


def definitions(text: str) -> list[str]:
    """Return the names that a generated module defines."""
    return [name for node in _statements(text) if (name := _defined(node))]


def package_file(modules: Mapping[str, str], *, folder: str, header: str) -> str:
    """Write the `__init__.py` of a folder of modules, whose texts are given by module name.

    A name that two modules define stays with them and is not offered here.
    """
    homes = sorted((stem, name) for stem, text in modules.items() for name in definitions(text))
    defined = [name for _, name in homes]
    offered = [(stem, name) for stem, name in homes if defined.count(name) == 1]
    return _PACKAGE.format(
        header=header,
        folder=folder,
        imports="\n".join(_import(*module) for module in _by_module(offered)) or "    pass",
        names="\n".join(f'    "{name}",' for name in sorted(name for _, name in offered)),
        modules="\n".join(f'        "{name}": "{stem}",' for stem, name in offered),
    )


def _by_module(offered: list[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    for stem, group in groupby(offered, key=itemgetter(0)):
        yield stem, [name for _, name in group]


def _import(stem: str, names: list[str]) -> str:
    if len(names) == 1:
        return f"    from .{stem} import {names[0]}"
    listed = "".join(f"        {name},\n" for name in names)
    return f"    from .{stem} import (\n{listed}    )"


def _statements(text: str) -> list[ast.stmt]:
    return ast.parse(text).body


def _defined(node: ast.stmt) -> str:
    match node:
        case ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case _:
            return ""


def _blocks(statements: list[ast.stmt], lines: list[str]) -> Iterator[_Block]:
    starts = [at for at, node in enumerate(statements) if not _documents(node)]
    for start, end in zip(starts, [*starts[1:], len(statements)], strict=True):
        first, last = statements[start], statements[end - 1]
        eager = first.bases if isinstance(first, ast.ClassDef) else [first]
        yield _Block(
            name=_defined(first),
            text="\n".join(lines[first.lineno - 1 : last.end_lineno]),
            needs=frozenset(name for node in eager for name in _names(node)),
            uses=frozenset(_names(first)),
        )


def _documents(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _names(node: ast.AST) -> Iterator[str]:
    return (found.id for found in ast.walk(node) if isinstance(found, ast.Name))


def _in_order(blocks: list[_Block]) -> Iterator[_Block]:
    """Give the blocks so that each follows what it needs and, cycles aside, what it uses."""
    waiting = {block.name or str(at): block for at, block in enumerate(blocks)}
    begun: set[str] = set()

    def ready(name: str) -> bool:
        needs = [need for need in waiting if need in waiting[name].needs and need != name]
        return name not in begun and all(map(ready, needs))

    def visit(name: str) -> Iterator[_Block]:
        begun.add(name)
        for other in [other for other in waiting if other in waiting[name].uses]:
            if other in waiting and ready(other):
                yield from visit(other)
        yield waiting.pop(name)

    for name in list(waiting):
        if name in waiting:
            yield from visit(name)


def _without_unused_base(text: str) -> str:
    if text.count("WireModel") > 1:
        return text
    alone = "from hookproof.models import WireModel\n"
    return text.replace(alone, "").replace(", WireModel", "")


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
    with scratch_folder("hookproof-generate-") as folder:
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
