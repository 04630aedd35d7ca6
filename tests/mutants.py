"""Breaks the source in one place after the other, and says which breaks no test notices.

    python tests/mutants.py [--only references] [--most 40] [--seed 1]

Comparisons are turned, `and` and `or` exchanged, conditions negated, numbers raised by one. Each
mutant lies in a copy of src/, and the tests of its area run until the first that fails. What
survives is a gap in the tests or changes nothing that anybody could notice: look at each.
"""

from __future__ import annotations

import argparse
import ast
import copy
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
# What decides verdicts, and the tests that hold it.
AREAS = {
    "references": (["contract/references.py"], ["unit/contract"]),
    "schema": (["schema/compiled_schema.py", "schema/violations.py"], ["unit/validation"]),
    "signatures": (
        ["signature/schemes.py", "signature/verify.py", "signature/mistakes/ordering.py"],
        ["unit/signature", "unit/validation/test_signature_forms.py"],
    ),
    "judging": (
        ["conformance/judging/verdicts.py", "conformance/judging/response_class.py"],
        ["unit/conformance/test_verdicts.py", "unit/conformance/test_reaction.py"],
    ),
    "evidence": (
        ["conformance/evidence/stored_case.py", "conformance/sending/session.py"],
        ["unit/conformance/test_storage.py", "unit/conformance/test_session.py"],
    ),
}
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
# A mutant that never ends is noticed as well: it gets so many times what the tests take without.
PATIENCE = 10


class Mutant(NamedTuple):
    """A break: where, what the line was, what is in its place, and the whole module with it."""

    module: str
    line: int
    shown: str
    broken: str
    text: str


def main() -> int:
    """Print what survives; exit 1 where anything does."""
    options = argparse.ArgumentParser()
    options.add_argument("--only", choices=AREAS, action="append")
    options.add_argument("--most", type=int, default=40, help="mutants of each area")
    options.add_argument("--seed", type=int, default=1)
    wish = options.parse_args()
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        root = overlay(Path(folder))
        for area in wish.only or AREAS:
            modules, tests = AREAS[area]
            begun = time.monotonic()
            if not passes(root, tests, within=3600):
                print(f"{area}: the tests fail without a mutant; mend that first")
                return 1
            within = PATIENCE * (time.monotonic() - begun)
            found = [mutant for module in modules for mutant in mutants(module)]
            tried = random.Random(wish.seed).sample(found, min(wish.most, len(found)))
            left = 0
            for mutant in tried:
                if survives(root, mutant, tests, within=within):
                    left += 1
                    place = f"src/hookproof/{mutant.module}:{mutant.line}"
                    print(f"  {place}: {mutant.shown}  ->  {mutant.broken}", flush=True)
            survivors += left
            print(f"{area}: {len(tried)} of {len(found)} mutants tried, {left} survive", flush=True)
    return bool(survivors)


def overlay(root: Path) -> Path:
    """The repository in another folder: links to all of it, and a copy of src/."""
    for entry in ROOT.iterdir():
        if entry.name not in {"src", ".git", ".venv", "build", "dist"}:
            (root / entry.name).symlink_to(entry)
    copytree(ROOT / "src", root / "src")
    return root


def survives(root: Path, mutant: Mutant, tests: list[str], *, within: float) -> bool:
    """Whether the tests pass with a mutant in place."""
    file = root / "src/hookproof" / mutant.module
    before = file.read_text(encoding="utf-8")
    file.write_text(mutant.text, encoding="utf-8")
    try:
        return passes(root, tests, within=within)
    finally:
        file.write_text(before, encoding="utf-8")


def passes(root: Path, tests: list[str], *, within: float) -> bool:
    """Whether tests pass over the copy; a run that does not end within some seconds does not."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    paths = [f"tests/{test}" for test in tests]
    try:
        done = subprocess.run(
            [*command, *paths], cwd=root, capture_output=True, check=False, timeout=within
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def mutants(module: str) -> Iterator[Mutant]:
    """All breaks of a module, one at a time."""
    text = (ROOT / "src/hookproof" / module).read_text(encoding="utf-8")
    tree = ast.parse(text)
    lines = text.splitlines()
    for number, node in enumerate(ast.walk(tree)):
        for turn in breaks(node):
            broken = copy.deepcopy(tree)
            turned = list(ast.walk(broken))[number]
            turn(turned)
            line = getattr(node, "lineno", 1)
            anew = getattr(turned, "test", turned)
            shown = lines[line - 1].strip()
            yield Mutant(module, line, shown, ast.unparse(anew), ast.unparse(broken))


def breaks(node: ast.AST) -> Iterator[Callable[[ast.AST], None]]:
    """The ways to break a node."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in TURNED:
        yield lambda n: n.ops.__setitem__(0, TURNED[type(n.ops[0])]())  # type: ignore[attr-defined]
    if isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield lambda n: setattr(n, "op", other())
    # What is imported for types alone has no effect.
    if isinstance(node, (ast.If, ast.IfExp)) and ast.unparse(node.test) != "TYPE_CHECKING":
        yield lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))  # type: ignore[attr-defined]
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield lambda n: setattr(n, "value", n.value + 1)  # type: ignore[attr-defined]
    if isinstance(node, ast.List) and any(isinstance(one, ast.Starred) for one in node.elts):
        yield lambda n: n.elts.pop(0)  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
