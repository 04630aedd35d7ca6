"""The body of an answer, where the vendor reads it, held to what the contract says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hookproof.finding import ReceiverFinding, Severity
from hookproof.payload.decode import decode
from hookproof.payload.pointer import to_pointer
from hookproof.receiver.checks import Check
from hookproof.receiver.reaction import tell
from hookproof.validation.violations import find_violations
from hookproof.validation.wording import show

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.delivery.answer import Answer


def body_faults(callback: Callback, answer: Answer) -> list[ReceiverFinding]:
    """The finding where a callback's answer is read and this one says nothing that counts."""
    fault = _fault(callback.answer.schema, answer.body) if callback.answer else ""
    if not callback.answer or not fault:
        return []
    finding = ReceiverFinding(
        code="HP414",
        severity=Severity.ERROR,
        callback=callback.path,
        where="",
        message=f"the vendor reads the answer's body, and {fault}: got {tell(answer)}",
        hint=f"answer {callback.answer.status} with JSON such as {show(callback.answer.example)}",
        source=str(callback.deliveries[0].source),
        check=Check.ACKNOWLEDGES_AS_DOCUMENTED.value,
        status=answer.status,
    )
    return [finding]


def _fault(schema: dict[str, Any], body: bytes) -> str:
    reading = decode(body)
    if reading.problems:
        return f"it is no JSON ({reading.problems[0].message})"
    violations = find_violations(schema, reading.value)
    if not violations:
        return ""
    first = violations[0]
    where = to_pointer(first.path) or "the whole"
    return f"at {where} it wants {first.expected}"
