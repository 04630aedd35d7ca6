"""The source of the engine, taken apart: modules, functions, imports, words."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "hookproof"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One module of the engine: its place, and its source."""

    file: Path
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        """Its path from the package on."""
        return self.file.relative_to(SRC).as_posix()

    @property
    def package(self) -> str:
        """The layer it belongs to: a package of hookproof, or a module beside them."""
        return self.file.relative_to(SRC).parts[0].removesuffix(".py")

    def imports(self) -> Iterator[tuple[str, int]]:
        """What it imports, names and lines; imports for types alone count as well."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.place}:{node.lineno}: a relative import"
                # `from hookproof import x` may name a package or a value; the caller tells.
                yield from ((f"{node.module}.{a.name}", node.lineno) for a in node.names)

    def functions(self) -> Iterator[tuple[str, int]]:
        """Its functions by place, each with the lines of its body; the docstring is none."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0  # type: ignore[operator]
                yield f"{self.place}:{node.lineno} {node.name}", lines

    def names(self) -> Iterator[tuple[str, int]]:
        """Its identifiers, with their lines."""
        for node in ast.walk(self.tree):
            for part in ("id", "attr", "name", "arg", "module"):
                value = getattr(node, part, None)
                if isinstance(value, str):
                    yield value, getattr(node, "lineno", 0)

    def texts(self) -> Iterator[tuple[str, int]]:
        """Its string literals but for docstrings, with their lines."""
        docstrings = {id(docstring) for docstring in map(_docstring, ast.walk(self.tree))}
        for node in ast.walk(self.tree):
            known = isinstance(node, ast.Constant) and id(node) not in docstrings
            if known and isinstance(node.value, str):
                yield node.value, node.lineno

    def words(self) -> Iterator[tuple[str, int]]:
        """The words of its identifiers and texts in lower case, compound ones whole and apart."""
        for text, line in (*self.names(), *self.texts()):
            yield from ((word.lower(), line) for word in _split(text))


@cache
def modules() -> tuple[Module, ...]:
    """All modules of the engine."""
    return tuple(
        Module(file, text, ast.parse(text))
        for file in sorted(SRC.rglob("*.py"))
        for text in [file.read_text(encoding="utf-8")]
    )


def _docstring(node: ast.AST) -> ast.Constant | None:
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    if not isinstance(node, owners) or ast.get_docstring(node) is None:
        return None
    first = node.body[0]
    value = first.value if isinstance(first, ast.Expr) else None
    return value if isinstance(value, ast.Constant) else None


@cache
def _split(text: str) -> list[str]:
    """The words of a text; `snake_case` and `camelCase` are taken apart, and whole."""
    whole = re.findall(r"[A-Za-z0-9_]+", text)
    parts = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", text)
    return [*whole, *parts]
