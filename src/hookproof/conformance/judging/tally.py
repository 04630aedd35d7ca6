"""The findings of one callback: those with one cause become one, with the cases that show it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from hookproof.conformance.cases.forgeries import Hole
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.plain_signs import knows_no_field
from hookproof.findings import ReceiverFinding, Severity, joined
from hookproof.http.symptom import Symptom
from hookproof.payload.decode import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.conformance.cases.cases import Case
    from hookproof.contract import Callback
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request

    _Key = tuple[str, str, str, int | None, str, str]

# Findings that advise and leave the check as it is, unless the page makes them errors.
ADVICE: Final = frozenset(
    f"HP{number}" for number in (410, 414, 415, 416, 418, 420, 421, 422, 426, 430, 431, 433, 435)
)
# How it shows that a signature is computed over a body that was parsed and written again.
REFUSING_WHAT_IS_REWRITTEN: Final = frozenset({"HP402", "HP403", "HP412"})
_MANY_KINDS: Final = 3
_MANY_EXCEPTIONS: Final = {
    "HP408": "odd signatures of several kinds raise, and the exception leaves the handler: check "
    "that it is there, is text and has the length of a right one before comparing, or catch, and "
    "answer 401",
    "HP407": "anybody can call this receiver: whatever its check stumbles over passes (no "
    "signature, no signed value, a body in another form), as where an exception is swallowed; "
    "acknowledge only what was found right",
}
_SURELY_RAISING: Final = frozenset({Hole.NONE, Hole.INPUT, Hole.FORM})
_RAISING: Final = _SURELY_RAISING | {Hole.ODD, Hole.NOTHING, Hole.MOMENT, Hole.BEYOND_ASCII}
_MOST_EXHIBITS: Final = 12
_MOST_OF_ONE_LABEL: Final = 4


@dataclass(frozen=True, slots=True)
class Exhibit:
    """The case and the request that show a finding, and the answer."""

    case: Case
    request: Request
    answer: Answer | None = None


@dataclass(slots=True)
class FindingTally:
    """Collects findings; those with one cause become one, shown by its smallest request.

    Where no place is known there may be several causes, so some more exhibits are kept.
    """

    _groups: dict[_Key, ReceiverFinding] = field(default_factory=dict)
    _sizes: dict[_Key, int] = field(default_factory=dict)
    _exhibits: dict[_Key, list[Exhibit]] = field(default_factory=dict)
    _joined: dict[_Key, _Key] = field(default_factory=dict)

    def add(
        self, finding: ReceiverFinding, *, size: int = 0, exhibit: Exhibit | None = None
    ) -> None:
        """Count a finding; `size` is that of its request in bytes."""
        key = self._joined.get(_key(finding), _key(finding))
        known = self._groups.get(key)
        count = known.count + finding.count if known else finding.count
        smaller = known is None or (size < self._sizes[key] and key == _key(finding))
        variants = joined((*(known.variants if known else ()), *finding.variants))
        shown = finding if smaller or known is None else known
        fails = (*(known.also_fails if known else ()), *shown.also_fails)
        self._groups[key] = replace(
            shown, count=count, variants=variants, also_fails=tuple(dict.fromkeys(fails))
        )
        self._sizes[key] = min(size, self._sizes.get(key, size))
        if exhibit:
            others = self._exhibits.get(key, [])
            alike = sum(other.case.label == exhibit.case.label for other in others)
            if smaller or alike < _MOST_OF_ONE_LABEL:
                ordered = [exhibit, *others] if smaller else [*others, exhibit]
                is_one = finding.where and finding.check != Check.ACCEPTS_DOCUMENTED_VARIANTS
                self._exhibits[key] = ordered[: 1 if is_one else _MOST_EXHIBITS]

    def take(self, finding: ReceiverFinding) -> None:
        """Take a finding out again, because better ones take its place."""
        for kept in (self._groups, self._sizes, self._exhibits):
            kept.pop(_key(finding), None)

    def amend(self, finding: ReceiverFinding, *, hint: str) -> None:
        """Say more of a finding than its code does."""
        self._groups[_key(finding)] = replace(finding, hint=hint)

    def join(self, findings: list[ReceiverFinding]) -> None:
        """Count findings of one cause with the first of them, where they may share one."""
        for first in [f for f in findings if f.code in REFUSING_WHAT_IS_REWRITTEN][:1]:
            known = self._groups[_key(first)]
            alike = [f for f in findings if f.code in REFUSING_WHAT_IS_REWRITTEN]
            others = [self._groups[_key(f)] for f in alike if f is not first]
            self._absorb(known, others)
            self._joined |= {_key(one): _key(first) for one in (first, *others)}

    @property
    def rewritten(self) -> ReceiverFinding | None:
        """The finding on a body that is parsed and written again before it is hashed."""
        return next(
            (self._groups[key] for key in self._joined.values() if key in self._groups), None
        )

    @property
    def placed(self) -> list[tuple[str, ReceiverFinding]]:
        """The places that are known to be at fault, each with the finding that it counts with."""
        own = [(one.where, one) for one in self._groups.values() if one.where]
        joined = [
            (key[4], self._groups[first])
            for key, first in self._joined.items()
            if key[4] and first in self._groups
        ]
        return own + joined

    def failed(self, check: Check) -> bool:
        """Whether a check failed, by a finding of its own or by one that it is counted with."""
        return any(
            check in f.also_fails or (f.check == check and _fails(f)) for f in self._groups.values()
        )

    def settle_forgeries(self) -> None:
        """Leave one finding for each hole: where any signature passes, all others are that one.

        A right digest in another writing is no matter, either, where any signature passes, nor
        is a changed body. Where only a part is compared, what follows it may be anything.
        """
        self._settle_forms()
        for code in ("HP407", "HP408", "HP405", "HP426", "HP433"):
            forged = [f for f in self._groups.values() if f.check == Check.REFUSES_FORGED]
            found = [f for f in forged if f.code == code]
            alike = {"HP407", "HP416", "HP433"} if code == "HP407" else {code}
            for first in [f for f in found if f.kind == Hole.ANY][:1]:
                same = [f for f in forged if f.code in alike and f is not first]
                changed = {code, "HP409"} if code == "HP407" else {code}
                same += [
                    f
                    for f in self._groups.values()
                    if f.check == Check.REFUSES_TAMPERED and f.code in changed
                ]
                self._absorb(first, same)
                found = []
            for first in [f for f in found if code == "HP407" and f.kind == Hole.PART]:
                self._absorb(first, [f for f in forged if self._is_more_after(f)])
            found = self._settle_absence(found)
            found = self._settle_exceptions(found)
            kinds = {f.kind for f in found}
            found.sort(key=lambda f: f.kind != _hole(f.kind, kinds))
            while found:
                first, *others = found
                alike = {kind for kind in kinds if _hole(kind, kinds) == _hole(first.kind, kinds)}
                same = [f for f in others if f.kind in alike]
                self._absorb(self._groups[_key(first)], same)
                found = [f for f in others if f not in same]

    def _settle_forms(self) -> None:
        """Count forgeries in another form with the genuine callback that crashes so, too."""
        written = [
            finding
            for finding in self._groups.values()
            if finding.code == "HP404" and finding.kind == Hole.FORM
        ]
        for first in written[:1]:
            same = [
                other
                for other in self._groups.values()
                if other.kind == Hole.FORM and other.code == "HP408" and _got(other) <= _got(first)
            ]
            if same:
                # Not each form has to be read; none may be crashed on.
                self._absorb(replace(first, hint=same[0].hint), same)

    def _settle_absence(self, found: list[ReceiverFinding]) -> list[ReceiverFinding]:
        """Count with signatures that are left out what is taken for none as well; give the rest."""
        same = [f for f in found if f.kind in {Hole.FORM, Hole.ODD} and _is_absent(f)]
        for first in [f for f in found if f.kind == Hole.NONE][:1]:
            self._absorb(first, same)
            return [f for f in found if f not in same]
        return found

    def _settle_exceptions(self, found: list[ReceiverFinding]) -> list[ReceiverFinding]:
        """Leave one finding where what raises in many ways is answered alike; give the rest.

        The exception leaves the handler, or it is swallowed, and then all that raises passes.
        """
        swallowed = any(f.code == "HP407" for f in found)
        raising = [f for f in found if f.code == "HP408" or (swallowed and f.kind in _RAISING)]
        for first in raising[:1]:
            same = [f for f in raising[1:] if _got(f) == _got(first)]
            kinds = {f.kind for f in (first, *same)}
            if kinds >= _SURELY_RAISING if swallowed else len(same) + 1 >= _MANY_KINDS:
                self._absorb(replace(first, hint=_MANY_EXCEPTIONS[first.code]), same)
                return [f for f in found if f is not first and f not in same]
        return found

    def _is_more_after(self, finding: ReceiverFinding) -> bool:
        """Whether all that was sent is the right digest with more after it."""
        shown = self._exhibits.get(_key(finding), [])
        kinds = {exhibit.case.kind for exhibit in shown}
        return finding.code == "HP416" and kinds == {Hole.PART}

    def settle_crashes(self, callback: Callback) -> None:
        """Count crashes on what is unsigned with those on any wrong signature, answered alike.

        Without what is signed, or the signature, a body is a forgery whatever else is wrong. A
        receiver that stumbles over a signed value of a forgery stumbles over it anywhere. So it
        is no evidence on what a rightly signed body does, and fails no other check.
        """
        if callback.signature.covers_body:
            return
        signed = frozenset(place.field for place in callback.signature.inputs)
        own = frozenset({callback.signature.place.field})
        # What a body lacks that crashes by the same fault, and where such a fault lies.
        kinds: dict[str, tuple[Callable[[Exhibit], bool], frozenset[str]]] = {
            Hole.ANY: (partial(_lacks, signed=signed), signed),
            Hole.NONE: (partial(_says_without, names=own), frozenset()),
            Hole.INPUT: (lambda _: False, signed),
        }
        codes = {"HP408", "HP405"}
        for finding in [f for f in self._groups.values() if f.code in codes and f.kind in kinds]:
            is_unsigned, places = kinds[finding.kind]
            same = [
                other
                for other, shown in self.exhibits
                if other.check == Check.SURVIVES_MALFORMED
                and _got(other) <= _got(finding)
                and (other.where.strip("/") in places or all(map(is_unsigned, shown)))
            ]
            if same:
                self._absorb(self._groups[_key(finding)], same, fails=False)

    def settle_places(self) -> None:
        """Leave one finding for a place that is answered alike: what the pages print weighs most.

        A field that a documented payload lacks fails as well where it is left out, or is null.
        """
        for check in _BY_WEIGHT[:-1]:
            lesser = _BY_WEIGHT[_BY_WEIGHT.index(check) + 1 :]
            for finding in [f for f in self._groups.values() if f.check == check and f.where]:
                same = [
                    other
                    for other in self._groups.values()
                    if other.check in lesser and _is_same_fault(finding, other)
                ]
                if same:
                    self._absorb(finding, same)

    def settle_unknown_fields(self) -> None:
        """Count documented fields that are refused as unknown with those that no page knows."""
        for first in [f for f in self._groups.values() if f.code == "HP412"][:1]:
            same = [
                other
                for other, shown in self.exhibits
                if (other.code in _REFUSED and other.status == first.status)
                and all(one.answer and knows_no_field(one.answer) for one in shown)
            ]
            self._absorb(first, same)

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

    def _absorb(
        self, finding: ReceiverFinding, others: list[ReceiverFinding], *, fails: bool = True
    ) -> None:
        """Count findings with another one, whose cause they share; it fails their checks, too."""
        for other in others:
            self.take(other)
        whole = [finding, *others]
        variants = joined(variant for one in whole for variant in one.variants)
        self._groups[_key(finding)] = replace(
            finding,
            count=sum(one.count for one in whole),
            variants=variants,
            also_fails=_failing_beside(finding, others) if fails else finding.also_fails,
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


# What a place is tried by, the surest to come from a vendor first.
_BY_WEIGHT: Final = (
    Check.ACCEPTS_DOCUMENTED_VARIANTS,
    Check.ACCEPTS_CONFORMING,
    Check.SURVIVES_MALFORMED,
)
_REFUSED: Final = frozenset({"HP402", "HP403"})


def _is_same_fault(finding: ReceiverFinding, other: ReceiverFinding) -> bool:
    alike = finding.code == other.code or {finding.code, other.code} == _REFUSED
    same_place = (finding.where, finding.status) == (other.where, other.status)
    return alike and same_place and _got(other) <= _got(finding)


def _fails(finding: ReceiverFinding) -> bool:
    """Whether it is more than advice."""
    weighs = finding.severity is Severity.ERROR or finding.code not in ADVICE
    return weighs and finding.severity is not Severity.NOTE


def _failing_beside(finding: ReceiverFinding, others: list[ReceiverFinding]) -> tuple[str, ...]:
    """The checks besides its own that fail by a finding, where others are counted with it."""
    found = dict.fromkeys(finding.also_fails)
    for other in others:
        found |= dict.fromkeys((other.check, *other.also_fails) if _fails(other) else ())
    return tuple(check for check in found if check != finding.check)


def _got(finding: ReceiverFinding) -> set[str]:
    """What was answered; of a crash the status, for some say what was raised, and most do not."""
    return {_RAISED.sub("", variant.got) for variant in finding.variants}


_RAISED: Final = re.compile(r"(?<=^5\d\d) .*", re.DOTALL)


def _is_absent(finding: ReceiverFinding) -> bool:
    """Whether all that was sent in place of a signature is nothing, as many languages see it."""
    return all(
        " missing" in what or what.endswith(("the number 0", "an object"))
        for what in (variant.what for variant in finding.variants)
    )


def _lacks(shown: Exhibit, signed: frozenset[str]) -> bool:
    """Whether a body cannot be rightly signed, for not all that is signed is in it."""
    payload = shown.case.payload
    return not (isinstance(payload, dict) and signed <= payload.keys())


def _says_without(shown: Exhibit, names: frozenset[str]) -> bool:
    """Whether a body that can be read is none of an object that has these fields."""
    reading = decode(shown.request.body)
    has_all = isinstance(reading.value, dict) and names <= reading.value.keys()
    return reading.complete and not has_all


def _is_for_being_slow(finding: ReceiverFinding) -> bool:
    """Whether a silence is of requests that came together, or of all from then on."""
    timed_out = finding.status is None and finding.symptom in {Symptom.SILENT, Symptom.NOT_READ}
    together = finding.code == "HP405" and finding.check == Check.ACCEPTS_REDELIVERY
    return timed_out and (together or finding.code == "HP427")


def _hole(kind: str, kinds: set[str]) -> str:
    """The hole that a finding is of: a digest over nothing may pass by another one.

    A moment is one of the values that are signed, so what is said of those holds for it.
    """
    if kind == Hole.MOMENT and Hole.INPUT in kinds:
        return Hole.INPUT
    if kind != Hole.NOTHING:
        return kind
    wider = (Hole.EMPTY_SECRET, Hole.INPUT, Hole.ACCOUNT)
    return next((hole for hole in wider if hole in kinds), kind)


def _key(finding: ReceiverFinding) -> _Key:
    of_the_payload = finding.callback, finding.check, finding.code, finding.status, finding.where
    return (*of_the_payload, finding.kind)
