"""From what was sent and what came back to findings, one for each cause."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from hookproof.delivery.answer import Outcome
from hookproof.finding import CODES, ReceiverFinding, Severity, Variant, joined
from hookproof.receiver.answer_body import body_faults
from hookproof.receiver.checks import Check
from hookproof.receiver.lies import hidden_error
from hookproof.receiver.policy import Policy, severity_under
from hookproof.receiver.reaction import Reaction, is_from_a_proxy, react, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.contract import Callback
    from hookproof.contract.facts import Success
    from hookproof.delivery.answer import Answer
    from hookproof.delivery.request import Request
    from hookproof.receiver.cases import Case

    _Key = tuple[str, str, str, int | None, str]

_REFUSAL: Final = {
    Check.ACCEPTS_GENUINE: "HP401",
    Check.ACCEPTS_CONFORMING: "HP402",
    Check.ACCEPTS_DOCUMENTED_VARIANTS: "HP403",
    Check.ACCEPTS_REDELIVERY: "HP411",
    Check.TOLERATES_UNKNOWN_FIELDS: "HP412",
    Check.TOLERATES_DISORDER: "HP423",
}
_TOO_MANY: Final = 429
_ACCEPTANCE: Final = {Check.REFUSES_FORGED: "HP407", Check.REFUSES_TAMPERED: "HP409"}
_ON_THE_VENDOR: Final = "HP410"
# Findings that advise and leave the check as it is, unless the page makes them errors.
ADVICE: Final = frozenset(
    {
        "HP410",
        "HP414",
        "HP415",
        "HP416",
        "HP418",
        "HP420",
        "HP421",
        "HP422",
        "HP426",
        "HP430",
        "HP431",
    }
)


def judge_answer(
    callback: Callback,
    case: Case,
    answer: Answer,
    *,
    where: Callable[[], str],
    policy: Policy = Policy.LENIENT,
) -> ReceiverFinding | None:
    """The finding that an answer gives rise to, None where all is well.

    `where` points to what is at fault in the payload; it is asked for a finding alone.
    """
    reaction = react(answer, callback.deliveries[0].success)
    check, code = _fault(callback, case, answer, policy)
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
        hint=CODES[code].hint,
        source=_source(callback, check),
        check=check.value,
        status=answer.status,
        symptom=answer.symptom or "",
    )


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
    if case.advice:
        return case.advice
    codes = {Reaction.CRASHED: _crash(answer), Reaction.NO_ANSWER: _silence(answer)}
    return codes.get(reaction, _REFUSAL[case.check])


def _fault_on_forgery(callback: Callback, case: Case, answer: Answer, policy: Policy) -> str:
    reaction = react(answer, callback.deliveries[0].success)
    if reaction is not Reaction.ACCEPTED:
        codes = {Reaction.CRASHED: _crash(answer, "HP408"), Reaction.NO_ANSWER: _silence(answer)}
        return codes.get(reaction, "")
    if policy is Policy.ACK_ALL:
        return "" if hidden_error(answer.body) else "HP426"
    # Another letter case of hexadecimal digits is the same digest and proves the sender.
    same = case.forge is str.upper and callback.signature.encodings[0] == "hex"
    return "HP416" if same else _ACCEPTANCE[case.check]


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
    if code in {"HP406", "HP424", "HP407", "HP409", "HP408", "HP426"}:
        return "wanted a refusal (4xx)"
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


def _source(callback: Callback, check: Check) -> str:
    if check in {Check.REFUSES_FORGED, Check.REFUSES_TAMPERED}:
        return str(callback.signature.source)
    return str(callback.source)


_MOST_EXHIBITS: Final = 4


@dataclass(frozen=True, slots=True)
class Exhibit:
    """The case and the request that show a finding."""

    case: Case
    request: Request


@dataclass(slots=True)
class Tally:
    """Collects findings; those with one cause become one, shown by its smallest request.

    Where no place is known there may be several causes, so some more exhibits are kept.
    """

    _groups: dict[_Key, ReceiverFinding] = field(default_factory=dict)
    _sizes: dict[_Key, int] = field(default_factory=dict)
    _exhibits: dict[_Key, list[Exhibit]] = field(default_factory=dict)

    def add(
        self, finding: ReceiverFinding, *, size: int = 0, exhibit: Exhibit | None = None
    ) -> None:
        """Count a finding; `size` is that of its request in bytes."""
        key = _key(finding)
        known = self._groups.get(key)
        count = known.count + finding.count if known else finding.count
        smaller = known is None or size < self._sizes[key]
        variants = joined((*(known.variants if known else ()), *finding.variants))
        shown = finding if smaller or known is None else known
        self._groups[key] = replace(shown, count=count, variants=variants)
        self._sizes[key] = min(size, self._sizes.get(key, size))
        if exhibit:
            others = self._exhibits.get(key, [])
            ordered = [exhibit, *others] if smaller else [*others, exhibit]
            self._exhibits[key] = ordered[: 1 if finding.where else _MOST_EXHIBITS]

    def take(self, finding: ReceiverFinding) -> None:
        """Take a finding out again, because better ones take its place."""
        for kept in (self._groups, self._sizes, self._exhibits):
            kept.pop(_key(finding), None)

    def amend(self, finding: ReceiverFinding, *, hint: str) -> None:
        """Say more of a finding than its code does."""
        self._groups[_key(finding)] = replace(finding, hint=hint)

    def failed(self, check: Check) -> bool:
        """Whether a check failed."""
        return any(
            f.check == check
            and (f.severity is Severity.ERROR or f.code not in ADVICE)
            and f.severity is not Severity.NOTE
            for f in self._groups.values()
        )

    def has(self, code: str) -> bool:
        """Whether there is a finding of a code."""
        return any(finding.code == code for finding in self._groups.values())

    @property
    def exhibits(self) -> list[tuple[ReceiverFinding, list[Exhibit]]]:
        """The findings that a request shows, with the one that is told and some others."""
        return [(self._groups[key], list(shown)) for key, shown in self._exhibits.items()]

    @property
    def findings(self) -> list[ReceiverFinding]:
        """The findings, the heaviest first, otherwise in the order they were met."""
        return sorted(self._groups.values(), key=lambda f: -f.severity.weight)


def _key(finding: ReceiverFinding) -> _Key:
    return finding.callback, finding.check, finding.code, finding.status, finding.where


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
    return body_faults(callback, answer) + [
        ReceiverFinding(
            code="HP414",
            severity=Severity.ERROR if delivery is callback.deliveries[0] else Severity.WARNING,
            callback=callback.path,
            where="",
            message=f"the page of {delivery.source.date} wants {wanted}, got {tell(answer)}",
            hint=hint,
            source=str(delivery.source),
            check=Check.ACKNOWLEDGES_AS_DOCUMENTED.value,
            status=answer.status,
        )
        for delivery in callback.deliveries
        for wanted, hint in _lacking(delivery.success, answer.status or 0, body)
    ]


def _lacking(success: Success, status: int, body: str) -> Iterator[tuple[str, str]]:
    """What an acknowledgement lacks, and what satisfies the page."""
    if not success.accepts_status(status):
        hint = f"answer exactly {success.status}: the vendor takes any other status for a failure"
        yield f"the status {success.status}", f"{hint}, and sends again"
    if success.body is not None and body != success.body:
        hint = f"answering 200 with the body {success.body} satisfies every version"
        yield f"the body {success.body!r}", hint


def lie(callback: Callback, answer: Answer) -> ReceiverFinding | None:
    """The finding where an acknowledgement tells of an error in its body."""
    said = "" if callback.answer else hidden_error(answer.body)
    wanted = {delivery.success.body for delivery in callback.deliveries}
    if not said or answer.body.decode(errors="replace").strip() in wanted:
        return None
    return ReceiverFinding(
        code="HP420",
        severity=CODES["HP420"].severity,
        callback=callback.path,
        where="",
        message=f"a genuine callback was answered {answer.status}, and its body says {said}",
        hint=CODES["HP420"].hint,
        source=str(callback.deliveries[0].source),
        check=Check.ACKNOWLEDGES_AS_DOCUMENTED.value,
        status=answer.status,
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
