"""Generated modules put in order, and the packages around them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

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
