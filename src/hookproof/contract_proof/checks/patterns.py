"""HP507: patterns mean the same to Python, Rust and ECMAScript."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Final

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract_proof.checks.model import Model
    from hookproof.contract_proof.checks.problem import ContractProblem
    from hookproof.contract_proof.checks.sites import Site
    from hookproof.payload.scan import Path

_PIECE: Final = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])*\]|\(\?(?:<[=!]|[:=!<P])?|.", re.DOTALL)
_IN_CLASS: Final = re.compile(r"\\.")
_ESCAPES: Final = frozenset("\\" + char for char in r"^$\.*+?()[]{}|/nrt")
_HINT: Final = "write ^…$ with explicit classes such as [0-9a-f]; no lookaround, no \\d \\w \\s"


def check_patterns(model: Model) -> Iterator[ContractProblem]:
    """HP507 for each pattern outside the subset that all engines read in one way."""
    for file, site in model.objects():
        for path, pattern in _patterns(site):
            faults = list(dict.fromkeys(pattern_faults(pattern)))
            if faults:
                message = f"the pattern {pattern[:80]} {'; '.join(faults)}"
                yield file.problem("HP507", path, message, hint=_HINT)


def _patterns(site: Site) -> Iterator[tuple[Path, str]]:
    schema = site.schema
    if isinstance(schema.get("pattern"), str):
        yield (*site.path, "pattern"), schema["pattern"]
    if isinstance(schema.get("patternProperties"), dict):
        for pattern in schema["patternProperties"]:
            yield (*site.path, "patternProperties", pattern), pattern


def pattern_faults(pattern: str) -> Iterator[str]:
    """What engines would read in different ways, or refuse; nothing for a good pattern."""
    pieces = _PIECE.findall(pattern)
    if pieces[:1] != ["^"] or pieces[-1:] != ["$"] or _alternates(pieces):
        yield "is not anchored as a whole (^…$)"
    for piece in pieces:
        yield from _piece_faults(piece)
    if re.search(r"[*+?}]\+", "".join(piece for piece in pieces if len(piece) == 1)):
        yield "has a possessive quantifier"
    yield from _compile_faults(pattern)


def _alternates(pieces: list[str]) -> bool:
    """Whether a `|` stands outside of all groups, where the anchors belong to one side only."""
    depth = 0
    for piece in pieces:
        if piece.startswith("("):
            depth += 1
        elif piece == ")":
            depth -= 1
        elif piece == "|" and depth == 0:
            return True
    return False


def _piece_faults(piece: str) -> Iterator[str]:
    if piece == ".":
        yield "has a dot, which takes other line ends in each engine"
    elif piece.startswith("(?") and piece != "(?:":
        yield f"has {piece}, which is lookaround or a special group"
    elif piece.startswith("\\"):
        yield from _escape_faults(piece, _ESCAPES)
    elif piece.startswith("[") and len(piece) > 1:
        for escape in _IN_CLASS.findall(piece):
            yield from _escape_faults(escape, _ESCAPES | {r"\-"})
        if piece in {"[]", "[^]"}:
            yield "has a class that begins with ], which engines close in different places"
        if re.search(r"\[|&&|--|~~", _IN_CLASS.sub("", piece[1:])):
            yield f"has the class {piece[:40]}, which is a set operation to some engines"


def _escape_faults(escape: str, allowed: frozenset[str]) -> Iterator[str]:
    if escape not in allowed:
        kind = "a backreference" if escape[1:].isdigit() else "not read alike by all engines"
        yield f"has {escape}, which is {kind}"


def _compile_faults(pattern: str) -> Iterator[str]:
    try:
        with warnings.catch_warnings(action="ignore"):
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        yield f"is no regular expression to Python: {str(error)[:80]}"
    try:
        options = jsonschema_rs.RegexOptions()
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=options)
    except (jsonschema_rs.ValidationError, ValueError) as error:
        yield f"is refused by the linear-time engine: {str(error).splitlines()[0][:80]}"
