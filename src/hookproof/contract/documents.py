"""Reads the contract's JSON and knows on which line everything stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from hookproof.errors import ContractError
from hookproof.payload.decode import decode
from hookproof.payload.problem import position_at
from hookproof.payload.scan import Path as PayloadPath
from hookproof.payload.scan import scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def read_json(file: Path, *, label: str = "") -> Any:
    """The value of a JSON file; raises ContractError with file and line."""
    label = label or str(file)
    raw = read_bytes(file, label)
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        reading = decode(raw)
        if not reading.problems:
            return reading.value
        problem = reading.problems[0]
        line = reading.position(problem).line
        raise ContractError(label, problem.message, line=line, hint="mend the JSON") from None


def json_lines(file: Path) -> Callable[[PayloadPath], int]:
    """From a path in a JSON file to its line; the nearest one above where it is missing."""
    text = file.read_bytes().decode(errors="replace")
    spans = scan(text).values

    def line(path: PayloadPath) -> int:
        while path and path not in spans:
            path = path[:-1]
        return position_at(text, spans.get(path, (0, 0))[0]).line

    return line


def read_bytes(file: Path, label: str) -> bytes:
    """The bytes of a file; raises ContractError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise ContractError(label, f"cannot be read: {error.strerror}") from None
