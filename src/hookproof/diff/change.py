"""One difference between two versions of a contract."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A difference, and whether a receiver or a test that held may fail from now on.

    `subject` is what it is about (payload, answer, request, signature, delivery, callback,
    pages), `where` a pointer into payload or answer, "" elsewhere. `kind` is a stable word for
    programs.
    """

    callback: str
    subject: str
    where: str
    kind: str
    breaking: bool
    message: str
