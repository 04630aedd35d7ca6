"""From what was sent and what came back to findings, one for each cause."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from hookproof.delivery.answer import Outcome
from hookproof.finding import CODES, ReceiverFinding, Severity
from hookproof.payload.body import BodyForm
from hookproof.receiver.checks import Check
from hookproof.receiver.reaction import Reaction, react, tell

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.delivery.answer import Answer
    from hookproof.receiver.cases import Case

_REFUSAL: Final = {
    Check.ACCEPTS_GENUINE: "HP401",
    Check.ACCEPTS_CONFORMING: "HP402",
    Check.ACCEPTS_DOCUMENTED_VARIANTS: "HP403",
    Check.ACCEPTS_REDELIVERY: "HP411",
    Check.TOLERATES_UNKNOWN_FIELDS: "HP412",
}
_ACCEPTANCE: Final = {Check.REFUSES_FORGED: "HP407", Check.REFUSES_TAMPERED: "HP409"}
# Findings that advise and leave the check as it is.
ADVICE: Final = frozenset({"HP410", "HP414", "HP415", "HP416", "HP418", "HP430", "HP431"})


def judge_answer(
    callback: Callback, case: Case, answer: Answer, *, where: str
) -> ReceiverFinding | None:
    """The finding that an answer gives rise to, None where all is well."""
    reaction = react(answer, callback.deliveries[0].success)
    check, code = _fault(callback, case, answer, reaction)
    if not code:
        return None
    return ReceiverFinding(
        code=code,
        severity=CODES[code].severity,
        callback=callback.path,
        where=where,
        message=f"{case.label}: {_wanted(check, reaction)}, got {tell(answer)}",
        hint=CODES[code].hint,
        source=_source(callback, check),
        check=check.value,
        status=answer.status,
        symptom=answer.symptom or "",
    )


def _fault(callback: Callback, case: Case, answer: Answer, reaction: Reaction) -> tuple[Check, str]:
    if case.check in _REFUSAL:
        return case.check, _fault_on_genuine(case, answer, reaction)
    if case.check in _ACCEPTANCE:
        return case.check, _fault_on_forgery(callback, case, answer, reaction)
    if reaction is Reaction.ACCEPTED:
        return Check.REFUSES_MALFORMED, "HP406"
    crash = {Reaction.CRASHED: "HP404", Reaction.NO_ANSWER: _silence(answer)}
    return Check.SURVIVES_MALFORMED, crash.get(reaction, "")


def _fault_on_genuine(case: Case, answer: Answer, reaction: Reaction) -> str:
    if reaction is Reaction.ACCEPTED:
        return ""
    if case.form is not BodyForm.JSON:
        return "HP415"
    codes = {Reaction.CRASHED: "HP404", Reaction.NO_ANSWER: _silence(answer)}
    return codes.get(reaction, _REFUSAL[case.check])


def _fault_on_forgery(callback: Callback, case: Case, answer: Answer, reaction: Reaction) -> str:
    if reaction is Reaction.ACCEPTED:
        # Another letter case of hexadecimal digits is the same digest and proves the sender.
        same = case.forge is str.upper and callback.signature.encodings[0] == "hex"
        return "HP416" if same else _ACCEPTANCE[case.check]
    codes = {Reaction.CRASHED: "HP408", Reaction.NO_ANSWER: _silence(answer)}
    return codes.get(reaction, "")


def _silence(answer: Answer) -> str:
    return "HP417" if answer.outcome is Outcome.NOT_HTTP else "HP405"


def _wanted(check: Check, reaction: Reaction) -> str:
    if check in {Check.REFUSES_FORGED, Check.REFUSES_TAMPERED, Check.REFUSES_MALFORMED}:
        return "wanted a refusal (4xx)"
    if check is Check.SURVIVES_MALFORMED:
        return (
            "wanted any answer but a crash" if reaction is Reaction.CRASHED else "wanted an answer"
        )
    return "wanted an acknowledgement"


def _source(callback: Callback, check: Check) -> str:
    if check in {Check.REFUSES_FORGED, Check.REFUSES_TAMPERED}:
        return str(callback.signature.source)
    return str(callback.source)


@dataclass(slots=True)
class Tally:
    """Collects findings; those with one cause become one, shown by its smallest request."""

    _groups: dict[tuple[str | int | None, ...], ReceiverFinding] = field(default_factory=dict)
    _sizes: dict[tuple[str | int | None, ...], int] = field(default_factory=dict)

    def add(self, finding: ReceiverFinding, *, size: int = 0) -> None:
        """Count a finding; `size` is that of its request in bytes."""
        key = (finding.callback, finding.check, finding.code, finding.status, finding.where)
        known = self._groups.get(key)
        count = known.count + 1 if known else 1
        shown = finding if known is None or size < self._sizes[key] else known
        self._groups[key] = replace(shown, count=count)
        self._sizes[key] = min(size, self._sizes.get(key, size))

    def failed(self, check: Check) -> bool:
        """Whether a check failed."""
        return any(f.check == check and f.code not in ADVICE for f in self._groups.values())

    @property
    def findings(self) -> list[ReceiverFinding]:
        """The findings, the heaviest first, otherwise in the order they were met."""
        return sorted(self._groups.values(), key=lambda f: -f.severity.weight)


def vendor_note(callback: Callback) -> ReceiverFinding:
    """The note that the signature leaves the body open, with what a receiver can do."""
    return ReceiverFinding(
        code="HP410",
        severity=Severity.NOTE,
        callback=callback.path,
        where="",
        message=f"the signature covers {', '.join(callback.signature.covers)} and not the body, "
        "so a changed body cannot be told from a genuine one",
        hint=CODES["HP410"].hint,
        source=str(callback.signature.source),
        check=Check.REFUSES_TAMPERED.value,
    )


def acknowledgement(callback: Callback, answer: Answer) -> list[ReceiverFinding]:
    """What the answer to the genuine callback lacks by one dated version of the page or other."""
    body = answer.body.decode(errors="replace").strip()
    return [
        ReceiverFinding(
            code="HP414",
            severity=Severity.ERROR if delivery is callback.deliveries[0] else Severity.WARNING,
            callback=callback.path,
            where="",
            message=f"the page of {delivery.source.date} wants the body {delivery.success.body!r}, "
            f"got {tell(answer)}",
            hint=f"answering 200 with the body {delivery.success.body} satisfies every version",
            source=str(delivery.source),
            check=Check.ACKNOWLEDGES_AS_DOCUMENTED.value,
            status=answer.status,
        )
        for delivery in callback.deliveries
        if delivery.success.body is not None and body != delivery.success.body
    ]


def lateness(callback: Callback, answer: Answer, *, timeout: float) -> ReceiverFinding | None:
    """The finding where an answer took longer than the page, or else the call, allows."""
    documented = callback.deliveries[0].timeout
    limit = documented or timeout
    if answer.elapsed <= limit:
        return None
    whose = "the page gives" if documented else "--timeout allows"
    return ReceiverFinding(
        code="HP413",
        severity=Severity.ERROR if documented else Severity.WARNING,
        callback=callback.path,
        where="",
        message=f"answered after {answer.elapsed:.1f} s; {whose} {limit:g} s",
        hint=CODES["HP413"].hint,
        source=str(callback.deliveries[0].source),
        check=Check.ANSWERS_IN_TIME.value,
        status=answer.status,
    )
