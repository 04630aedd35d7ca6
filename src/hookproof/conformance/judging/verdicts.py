"""From what was sent and what came back to findings, one for each cause."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from hookproof.conformance.cases.forgeries import Hole
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.advice import hint_for
from hookproof.conformance.judging.answer_body import is_taken
from hookproof.conformance.judging.response_class import Reaction, is_from_a_proxy, react, tell
from hookproof.conformance.policy import Policy, severity_under
from hookproof.conformance.running.excuse import Excuse
from hookproof.findings import CODES, ReceiverFinding, Severity, Variant, joined
from hookproof.http.answer import Outcome
from hookproof.http.symptom import Symptom

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.conformance.cases.cases import Case
    from hookproof.contract import Callback
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request

    _Key = tuple[str, str, str, int | None, str, str]

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
        "HP433",
        "HP430",
        "HP431",
        "HP435",
    }
)


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
        hint=hint_for(code, case, answer, policy=policy, signed=_signed_names(callback)),
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


_MOST_EXHIBITS: Final = 12
_MOST_OF_ONE_LABEL: Final = 4


@dataclass(frozen=True, slots=True)
class Exhibit:
    """The case and the request that show a finding, and the answer."""

    case: Case
    request: Request
    answer: Answer | None = None


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
            alike = sum(other.case.label == exhibit.case.label for other in others)
            if smaller or alike < _MOST_OF_ONE_LABEL:
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

    def settle_forgeries(self) -> None:
        """Leave one finding for each hole: where any signature passes, all others are that one.

        A right digest in another writing is no matter, either, where any signature passes.
        """
        for code in ("HP407", "HP408", "HP405", "HP426", "HP433"):
            forged = [f for f in self._groups.values() if f.check == Check.REFUSES_FORGED]
            found = [f for f in forged if f.code == code]
            alike = {"HP407", "HP416", "HP433"} if code == "HP407" else {code}
            for first in [f for f in found if f.kind == Hole.ANY][:1]:
                self._absorb(first, [f for f in forged if f.code in alike and f is not first])
                found = []
            kinds = {f.kind for f in found}
            while found:
                first, *others = found
                alike = {kind for kind in kinds if _hole(kind, kinds) == _hole(first.kind, kinds)}
                same = [f for f in others if f.kind in alike]
                self._absorb(first, same)
                found = [f for f in others if f not in same]

    def settle_crashes(self, callback: Callback) -> None:
        """Count crashes on what is unsigned with those on any wrong signature, answered alike.

        Without what is signed, or the signature, a body is a forgery whatever else is wrong.
        """
        if callback.signature.covers_body:
            return
        signed = frozenset(place.field for place in callback.signature.inputs)
        of_any = [f for f in self._groups.values() if f.code == "HP408" and f.kind == Hole.ANY]
        for finding in of_any[:1]:
            same = [
                other
                for other, shown in self.exhibits
                if other.check == Check.SURVIVES_MALFORMED
                and _got(other) <= _got(finding)
                and (other.where.strip("/") in signed or all(_lacks(one, signed) for one in shown))
            ]
            self._absorb(finding, same)

    def settle_lateness(self) -> None:
        """Leave one finding on a receiver that is slow.

        Where requests wait for each other, it is silent to those that come together, too.
        """
        late = [f for f in self._groups.values() if f.code == "HP413"]
        silent = [f for f in self._groups.values() if _is_for_being_slow(f)]
        if late and silent:
            told = f"{late[0].message}; {silent[0].message}"
            worse = replace(late[0], severity=Severity.ERROR, message=told, hint=_ONE_AT_A_TIME)
            self._absorb(worse, silent)

    def _absorb(self, finding: ReceiverFinding, others: list[ReceiverFinding]) -> None:
        """Count findings with another one, whose cause they share."""
        for other in others:
            self.take(other)
        whole = [finding, *others]
        variants = joined(variant for one in whole for variant in one.variants)
        self._groups[_key(finding)] = replace(
            finding, count=sum(one.count for one in whole), variants=variants
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


_ONE_AT_A_TIME: Final = (
    "it is too slow, and serves one request at a time, so that others wait: acknowledge first and "
    "work afterwards"
)


def _got(finding: ReceiverFinding) -> set[str]:
    return {variant.got for variant in finding.variants}


def _lacks(shown: Exhibit, signed: frozenset[str]) -> bool:
    """Whether a body cannot be rightly signed, for not all that is signed is in it."""
    payload = shown.case.payload
    return not (isinstance(payload, dict) and signed <= payload.keys())


def _is_for_being_slow(finding: ReceiverFinding) -> bool:
    """Whether a silence is of requests that came together, or of all from then on."""
    timed_out = finding.status is None and finding.symptom in {Symptom.SILENT, Symptom.NOT_READ}
    together = finding.code == "HP405" and finding.check == Check.ACCEPTS_REDELIVERY
    return timed_out and (together or finding.code == "HP427")


def _hole(kind: str, kinds: set[str]) -> str:
    """The hole that a finding is of: a digest over nothing may pass by another one."""
    if kind != Hole.NOTHING:
        return kind
    return next((hole for hole in (Hole.EMPTY_SECRET, Hole.INPUT) if hole in kinds), kind)


def _key(finding: ReceiverFinding) -> _Key:
    of_the_payload = finding.callback, finding.check, finding.code, finding.status, finding.where
    return (*of_the_payload, finding.kind)


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
