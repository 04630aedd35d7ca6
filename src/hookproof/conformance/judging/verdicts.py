"""From what was sent and what came back to findings, one for each cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.conformance.checks import Check
from hookproof.conformance.judging.advice import hint_for
from hookproof.conformance.judging.answer_body import is_taken
from hookproof.conformance.judging.response_class import (
    Excuse,
    Reaction,
    is_from_a_proxy,
    react,
    tell,
)
from hookproof.conformance.policy import Policy, severity_under
from hookproof.findings import CODES, ReceiverFinding, Severity, Variant
from hookproof.http.answer import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.conformance.cases.cases import Case
    from hookproof.contract import Callback
    from hookproof.http.answer import Answer

_REFUSAL: Final = {
    Check.ACCEPTS_GENUINE: "HP401",
    Check.ACCEPTS_CONFORMING: "HP402",
    Check.ACCEPTS_DOCUMENTED_VARIANTS: "HP403",
    Check.ACCEPTS_REDELIVERY: "HP411",
    Check.TOLERATES_UNKNOWN_FIELDS: "HP412",
    Check.TOLERATES_DISORDER: "HP423",
}
_TOO_MANY: Final = 429
# A documented way of writing may be refused where nobody asked for it, and not crash.
_ENCODING: Final = "HP415"
_ACCEPTANCE: Final = {Check.REFUSES_FORGED: "HP407", Check.REFUSES_TAMPERED: "HP409"}


def judge_answer(
    callback: Callback,
    case: Case,
    answer: Answer,
    *,
    where: Callable[[], str],
    policy: Policy = Policy.LENIENT,
    excuse: Excuse | None = None,
) -> ReceiverFinding | None:
    """The finding that an answer gives rise to, None where all is well.

    `where` points to what is at fault in the payload; it is asked for a finding alone. `excuse`
    is what speaks for a 2XX to a forgery.
    """
    reaction = react(answer, callback.deliveries[0].success)
    check, code = _fault(callback, case, answer, policy)
    if code in _ACCEPTANCE.values() or code == "HP426":
        code = _weighed(callback, answer, code, excuse)
    if not code:
        return None
    wanted, got = _wanted(check, reaction, code), tell(answer)
    return ReceiverFinding(
        code=code,
        severity=severity_under(policy, code, CODES[code].severity),
        callback=callback.path,
        where="" if _is_of_no_place(code, policy) else where(),
        message=f"{case.label}: {wanted}, got {got}",
        wanted=wanted,
        variants=(Variant(what=case.label, got=got),),
        hint=hint_for(
            code,
            case,
            answer,
            policy=policy,
            signed=_signed_names(callback),
            claim=callback.signature.body_claim.name if callback.signature.is_token else "",
        ),
        source=_source(callback, check, code),
        check=check.value,
        status=answer.status,
        symptom=answer.symptom or "",
        kind="" if code == "HP416" or _is_of_no_place(code, policy) else case.kind,
    )


def _signed_names(callback: Callback) -> frozenset[str]:
    facts = callback.signature
    return frozenset(place.field for place in (facts.place, *facts.inputs))


def _weighed(callback: Callback, answer: Answer, code: str, excuse: Excuse | None) -> str:
    """The code for a forgery that got a 2XX, once it was looked at closely."""
    if excuse is Excuse.PROVES_SENDER:
        return "HP416"
    if excuse is None:
        return code
    # Who declared that all is acknowledged, and says no in the body, has done as he said.
    seen = code == "HP426" or not is_taken(callback, answer)
    return "" if seen else "HP433"


def _is_of_no_place(code: str, policy: Policy) -> bool:
    """Whether a finding speaks of the receiver as a whole, whatever the payload was."""
    return code == "HP427" or (code == "HP406" and policy is not Policy.STRICT)


def _fault(callback: Callback, case: Case, answer: Answer, policy: Policy) -> tuple[Check, str]:
    reaction = react(answer, callback.deliveries[0].success)
    if case.check in _REFUSAL:
        if answer.status == _TOO_MANY and case.check is not Check.ACCEPTS_GENUINE:
            # Not this payload is refused, but any that comes now.
            return Check.ACCEPTS_GENUINE, "HP427"
        return case.check, _fault_on_genuine(case, answer, reaction)
    if case.check in _ACCEPTANCE:
        return case.check, _fault_on_forgery(callback, case, answer, policy)
    if reaction in {Reaction.CRASHED, Reaction.NO_ANSWER}:
        crash = {Reaction.CRASHED: _crash(answer), Reaction.NO_ANSWER: _silence(answer)}
        return case.check, crash[reaction]
    if case.check is Check.CHECKS_FRESHNESS:
        return case.check, "HP422" if reaction is Reaction.ACCEPTED else ""
    return _fault_on_malformed(case, answer, reaction, policy)


def _fault_on_genuine(case: Case, answer: Answer, reaction: Reaction) -> str:
    if reaction is Reaction.ACCEPTED or (case.may_refuse and reaction is Reaction.REFUSED):
        return ""
    if case.advice and not (case.advice == _ENCODING and reaction is Reaction.CRASHED):
        return case.advice
    codes = {Reaction.CRASHED: _crash(answer), Reaction.NO_ANSWER: _silence(answer)}
    return codes.get(reaction, _REFUSAL[case.check])


def _fault_on_forgery(callback: Callback, case: Case, answer: Answer, policy: Policy) -> str:
    reaction = react(answer, callback.deliveries[0].success)
    if reaction is not Reaction.ACCEPTED:
        hung_up = case.may_close and answer.outcome in {Outcome.CLOSED, Outcome.RESET}
        silent = "" if hung_up else _silence(answer)
        return {Reaction.CRASHED: _crash(answer, "HP408"), Reaction.NO_ANSWER: silent}.get(
            reaction, ""
        )
    if case.may_refuse:
        return ""
    return "HP426" if policy is Policy.ACK_ALL else _ACCEPTANCE[case.check]


def _fault_on_malformed(
    case: Case, answer: Answer, reaction: Reaction, policy: Policy
) -> tuple[Check, str]:
    """The fault in an answer that is neither a crash nor silence."""
    accepted = reaction is Reaction.ACCEPTED
    if policy is Policy.ACK_ALL:
        return case.check, "" if accepted else "HP425"
    if case.may_refuse:
        return case.check, ""
    if accepted:
        return Check.REFUSES_MALFORMED, "HP406"
    strict = policy is Policy.STRICT and answer.status_class != 4
    return Check.REFUSES_MALFORMED, "HP424" if strict else ""


def _crash(answer: Answer, code: str = "HP404") -> str:
    """The code of a 5xx; a proxy does not know whether what is behind it crashed."""
    return "HP428" if is_from_a_proxy(answer) else code


def _silence(answer: Answer) -> str:
    return "HP417" if answer.outcome is Outcome.NOT_HTTP else "HP405"


def _wanted(check: Check, reaction: Reaction, code: str) -> str:
    if code in {"HP406", "HP424", "HP407", "HP409", "HP408", "HP426", "HP433"}:
        return "wanted a refusal (4xx)"
    if code == "HP416":
        return "the digest is right and written otherwise"
    if code == "HP422":
        return "its moment is not of now, so a refusal would be safer"
    if check in {Check.SURVIVES_MALFORMED, Check.CHECKS_FRESHNESS}:
        crashed = reaction is Reaction.CRASHED
        return _ANY_ANSWER.get(code, "wanted any answer but a crash" if crashed else _AN_ANSWER)
    if check in _ACCEPTANCE:
        return "wanted a refusal (4xx)"
    return "wanted an acknowledgement"


_AN_ANSWER: Final = "wanted an answer"
_ANY_ANSWER: Final = {"HP425": "wanted an acknowledgement, as declared"}


def _source(callback: Callback, check: Check, code: str) -> str:
    if code == "HP433":
        return str(callback.deliveries[0].source)
    if check in {Check.REFUSES_FORGED, Check.REFUSES_TAMPERED}:
        return str(callback.signature.source)
    return str(callback.source)


_SIGNS_NOTHING: Final = (
    "the vendor signs nothing, so whoever knows the URL can send what looks genuine; forged and "
    "changed callbacks were not tried"
)
_KEEP_THE_URL: Final = (
    "put a secret into the URL and compare it, take requests from the vendor's addresses alone, "
    "and fetch the record by its id before acting on it"
)


def vendor_note(callback: Callback) -> ReceiverFinding:
    """The note that the body is not signed, or nothing is, with what a receiver can do."""
    facts = callback.signature
    covered = (
        f"the signature covers {', '.join(facts.covers)} and not the body, so a changed body "
        "cannot be told from a genuine one"
    )
    return ReceiverFinding(
        code="HP410",
        severity=Severity.NOTE,
        callback=callback.path,
        where="",
        message=_SIGNS_NOTHING if facts.is_unsigned else covered,
        hint=_KEEP_THE_URL if facts.is_unsigned else CODES["HP410"].hint,
        source=str(facts.source),
        check=Check.REFUSES_TAMPERED.value,
    )


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
