"""What is wrong with a contract, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class ContractProblem:
    """One thing wrong with one file of a contract.

    `file` is relative to the contract's folder, `line` counts from 1 (None: the file as a
    whole), `where` is a JSON pointer in the file, "" for all of it.
    """

    code: str
    severity: Severity
    file: str
    line: int | None
    where: str
    message: str
    hint: str = ""

    @property
    def place(self) -> str:
        """`file:line`, or the file alone."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        """One line, as compilers write it."""
        return f"{self.place}: {self.severity} {self.code}: {self.message}"
