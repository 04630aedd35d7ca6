"""What a request is, told from the bytes that were sent and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.checks import Check
from hookproof.payload.body import read_body
from hookproof.payload.pointer import to_pointer
from hookproof.signature import verify
from hookproof.signature.doctor import holds_right_digest

if TYPE_CHECKING:
    from hookproof.conformance.cases.cases import Case
    from hookproof.contract import Callback
    from hookproof.contract.model import SignatureFacts
    from hookproof.http.request import Request
    from hookproof.payload.scan import Path
    from hookproof.validation.compiled_callback import CompiledCallback


@dataclass(frozen=True, slots=True)
class Nature:
    """Whether the signature proves a request the vendor's, and whether it keeps the contract."""

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
        url=request.url,
    )
    readable = reading.complete and not reading.problems
    # Where the vendor signs nothing, all that keeps the contract may be from it.
    genuine = verdict.valid or compiled.callback.signature.is_unsigned
    return Nature(genuine, readable and compiled.accepts(reading.value))


def proves_sender(request: Request, compiled: CompiledCallback, *, secret: bytes) -> bool:
    """Whether a request holds the right digest, however it is written: it is no forgery then."""
    return holds_right_digest(
        compiled.callback.signature,
        secret,
        payload=read_body(request.body, form=request.form).value,
        body=request.body,
        headers=request.headers,
        url=request.url,
    )


def place_of_fault(
    case: Case, callback: Callback, signed: SignatureFacts, control: dict[str, Any]
) -> str:
    """Pointer to what is special about a case, where the case says so or one place alone is.

    `signed` is the signature that is sent, `control` the payload of the genuine callback.
    """
    if case.where:
        return case.where
    if case.check is Check.REFUSES_FORGED:
        return f"/{callback.signature.place.field}" if callback.signature.place.in_body else ""
    # In a generated payload anything may be at fault; that is found by sending.
    generated = case.check in _GENERATED and case.verbatim
    if case.check not in _PLACED or generated or not control:
        return ""
    sent_at = callback.sent_at
    refreshed = frozenset(signed.body_fields | ({sent_at.field} if sent_at else set())) - case.kept
    return only_difference(case.payload, control, ignored=refreshed)


_GENERATED: Final = frozenset({Check.ACCEPTS_CONFORMING, Check.SURVIVES_MALFORMED})
_PLACED: Final = _GENERATED | {Check.ACCEPTS_DOCUMENTED_VARIANTS, Check.ACCEPTS_GENUINE}


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
