"""What a request is, told from the bytes that were sent and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hookproof.payload.body import read_body
from hookproof.payload.pointer import to_pointer
from hookproof.receiver.checks import Check
from hookproof.signature import verify
from hookproof.validation.violations import find_violations

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.delivery.request import Request
    from hookproof.payload.scan import Path
    from hookproof.validation.validator import CompiledCallback


@dataclass(frozen=True, slots=True)
class Nature:
    """Whether a request may be the vendor's by its signature, and whether it keeps the contract."""

    genuine: bool
    conforming: bool

    def serves(self, check: Check) -> bool:
        """Whether a request of this nature is evidence for a check.

        A case that turned out to be something else proves nothing and is not counted.
        """
        if check in {Check.SURVIVES_MALFORMED, Check.REFUSES_MALFORMED}:
            return not self.conforming
        if check in {Check.REFUSES_FORGED, Check.REFUSES_TAMPERED}:
            return not self.genuine
        return self.genuine and self.conforming


def nature_of(request: Request, compiled: CompiledCallback, *, secret: bytes) -> Nature:
    """Read the body again as a receiver would, and judge it anew."""
    reading = read_body(request.body, form=request.form).reading
    verdict = verify(
        compiled.callback.signature,
        secret,
        payload=reading.value,
        body=request.body,
        headers=request.headers,
        url=f"?{request.query}",
    )
    readable = reading.complete and not reading.problems
    return Nature(verdict.lawful, readable and compiled.accepts(reading.value))


def first_fault(request: Request, callback: Callback) -> str:
    """Pointer to the first thing in a body that breaks the contract, "" for the whole."""
    reading = read_body(request.body, form=request.form).reading
    if not reading.complete or not isinstance(reading.value, dict):
        return ""
    violations = find_violations(callback.schema, reading.value)
    return to_pointer(violations[0].path) if violations else ""


def only_difference(payload: Any, control: Any, *, ignored: frozenset[str]) -> str:
    """Pointer to the one place where a payload differs from the accepted one, else ""."""
    paths = _differences(payload, control, (), ignored)
    return to_pointer(paths[0]) if len(paths) == 1 else ""


def _differences(one: Any, other: Any, path: Path, ignored: frozenset[str]) -> list[Path]:
    if isinstance(one, dict) and isinstance(other, dict):
        names = [name for name in {**one, **other} if name not in ignored]
        missing = object()
        return [
            found
            for name in names
            for found in _differences(
                one.get(name, missing), other.get(name, missing), (*path, name), frozenset()
            )
        ]
    return [] if one == other else [path]
