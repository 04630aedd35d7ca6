"""Finds out why a receiver refuses what is genuine, and names a cause only where it was tried.

What the answer says plainly comes first. Then the same callback is sent with one thing changed at
a time, each beside its control; the change that makes it accepted is the cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.cases import LAYOUT, Case
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.answer_body import say_the_same
from hookproof.conformance.judging.plain_signs import asked_for, is_of_a_guard, named_fields
from hookproof.conformance.judging.response_class import Reaction
from hookproof.conformance.judging.tally import REFUSING_WHAT_IS_REWRITTEN
from hookproof.conformance.running.signature_treatments import (
    other_claims,
    other_signatures,
    other_writings,
    wrongly_claimed,
    wrongly_signed,
)
from hookproof.conformance.running.treatments import (
    all_retyped,
    as_usual,
    facts_of,
    in_letters_of,
    other_callbacks,
    other_payloads,
    retyped,
    retyped_together,
    retyped_within,
    signed_names,
)
from hookproof.conformance.running.unexplained import unexplained
from hookproof.conformance.sending.session import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hookproof.conformance.judging.tally import Exhibit
    from hookproof.conformance.running.case_runner import Trial
    from hookproof.conformance.running.treatments import Treatment
    from hookproof.findings import ReceiverFinding
    from hookproof.http.answer import Answer
    from hookproof.http.request import Request

# Requests for one diagnosis, at most, and to see whether it is of one that is known.
_MOST_OF_A_LAYOUT: Final = 12
_MOST: Final = 200
_REFUSED: Final = 4
_CRASHED: Final = 5
_DIED: Final = 500


def explain_refusals(trial: Trial, *, others: Mapping[str, bytes]) -> None:
    """Add to refusals that may be for the signature what the receiver takes for one.

    What was found for one of them, or for another callback of the area, is told of the next only
    after one request there has confirmed it; everything is tried once for a callback.
    """
    suspects = [
        (finding, max(exhibits, key=lambda shown: len(shown.request.body)))
        for finding, exhibits in trial.tally.exhibits
        if finding.status is not None
        and (
            (
                finding.status // 100 == _REFUSED
                and (_is_suspect(exhibits[0].case) or _may_be_signed_otherwise(trial, finding))
            )
            or _is_of_a_dead_control(finding)
        )
    ]
    # What is refused for the signature alone is looked into before what is odd in itself.
    suspects.sort(key=lambda suspect: not _is_suspect(suspect[1].case))
    searched: set[bool] = set()
    rewritten: list[ReceiverFinding] = []
    for finding, exhibit in suspects:
        if trial.left <= 1:
            break
        if exhibit.answer is None or is_of_a_guard(exhibit.answer):
            continue
        inquiry = _Inquiry(trial, exhibit, exhibit.answer, others)
        told = inquiry.confirmed()
        # One search for what is refused for the signature alone, one for what is odd in itself.
        if not told and _is_suspect(exhibit.case) not in searched:
            searched.add(_is_suspect(exhibit.case))
            told = inquiry.found()
        if told:
            trial.tally.amend(finding, hint=told)
        if inquiry.is_of_a_rewritten_body:
            rewritten.append(finding)
    # What is parsed and written again loses blanks, digits and fields alike.
    trial.tally.join(rewritten)
    for finding in [f for f in trial.tally.findings if f.code == "HP409" and rewritten]:
        trial.tally.amend(finding, hint=_REWRITES)


def join_rewritten(trial: Trial) -> None:
    """Count what is refused for a signature over a body written anew with the first of its kind.

    What came up since refusals were explained is asked about, too, a request or two for each.
    """
    known = trial.tally.rewritten
    if known is None:
        return
    others = [
        finding
        for finding, exhibits in trial.tally.exhibits
        if finding.code in REFUSING_WHAT_IS_REWRITTEN
        and finding is not known
        and finding.status == known.status
        and any(trial.left > 1 and is_of_a_rewritten_body(trial, one) for one in exhibits)
    ]
    trial.tally.join([known, *others])


def is_of_a_rewritten_body(trial: Trial, exhibit: Exhibit) -> bool:
    """Whether it is refused for a signature over the body as was found out of others already."""
    if exhibit.answer is None:
        return False
    inquiry = _Inquiry(trial, exhibit, exhibit.answer, {})
    return bool(inquiry.confirmed()) and inquiry.is_of_a_rewritten_body


def _is_suspect(case: Case) -> bool:
    return case.suspect or (case.check is Check.ACCEPTS_GENUINE and not case.advice)


def _is_of_a_dead_control(finding: ReceiverFinding) -> bool:
    """Whether the genuine callback itself raises: what it looks for may stand elsewhere."""
    return finding.status == _DIED and finding.check == Check.ACCEPTS_GENUINE.value


def _may_be_signed_otherwise(trial: Trial, finding: ReceiverFinding) -> bool:
    """Whether a receiver that parses and rewrites the body before hashing would refuse it, too."""
    return trial.sender.signature.covers_body and finding.code in REFUSING_WHAT_IS_REWRITTEN


@dataclass(slots=True)
class _Inquiry:
    """What is tried about one refused request, and its `answer`; `key` is what was accepted."""

    trial: Trial
    exhibit: Exhibit
    answer: Answer
    others: Mapping[str, bytes]
    count: int = 0
    key: str = ""
    _usual: bool | None = None
    _for_the_claim: bool = False

    @property
    def is_of_a_rewritten_body(self) -> bool:
        """Whether it was refused for a signature over the body as somebody wrote it anew."""
        return "reserialised" in self.key or "body-charset" in self.key

    # -- what is known already ----------------------------------------------------------------

    def confirmed(self) -> str:
        """A cause that was found for another request of the area, where it is this one's, too."""
        for cause in [one for one in self._causes if one.key]:
            again = (one for one in self._treatments() if cause.is_of(one.key))
            told = next(filter(None, map(self._told_by, islice(again, _MOST_OF_A_LAYOUT))), "")
            if told:
                return told if cause.path == self._path else f"as with {cause.path}: {told}"
        return ""

    @property
    def _causes(self) -> list[Cause]:
        """What was found for requests of the area that were refused alike."""
        return self.trial.session.causes.setdefault(self._kind, [])

    @property
    def _kind(self) -> tuple[Any, ...]:
        callback = self.trial.compiled.callback
        return callback.area, self.answer.status

    @property
    def _path(self) -> str:
        return self.trial.compiled.callback.path

    # -- what is tried ------------------------------------------------------------------------

    def found(self) -> str:
        """The cause, after everything was tried that the answer does not rule out."""
        named = named_fields(self.answer, self._payload)
        if self.answer.status in _OF_THE_PAYLOAD and named and not self.usual_is_accepted():
            told = self._first_accepted(self._about(named)) or self._retyped_in_turn(named)
            # Who names what is signed may speak of the signature.
            if told or not {*named} & {*signed_names(self.trial)}:
                return told
        forged = self._forged()
        same = forged is None or say_the_same(forged, self.answer)
        told = self._first_accepted(self._treatments(signatures=same))
        if not told and not same and self._is_for_the_claim():
            told = self._first_accepted(other_claims(self.trial, self.exhibit.request))
        if told:
            return told
        if not _is_suspect(self.exhibit.case):
            long = len(self.exhibit.request.body) > _ONE_READ
            return _BEGINNING if forged and same and long else ""
        if self.usual_is_accepted():
            if self.exhibit.case.kind == LAYOUT:
                return _LAYOUT
            return _NOW_ACCEPTED if self._is_accepted_now() else ""
        # Where a handler dies its log says more than any guess.
        return "" if self.answer.status_class == _CRASHED else self._unexplained(forged)

    def _unexplained(self, forged: Answer | None) -> str:
        told = unexplained(self.trial, self.answer, forged, payload=self._payload, tried=self.count)
        if self._for_the_claim:
            told = _CLAIM.format(claim=facts_of(self.trial).body_claim.name)
        before = self._in_vain
        self._causes.append(Cause(self._path, check=self.exhibit.case.check))
        return f"as with {before}: {told}" if told and before else told

    @property
    def _in_vain(self) -> str:
        """The other callback for which every way of signing was tried in vain, "" for none."""
        check = self.exhibit.case.check
        vain = [one for one in self._causes if not one.key and one.check is check]
        paths = [one.path for one in vain if one.path != self._path]
        return next(iter(paths), "")

    def _treatments(self, *, signatures: bool = True) -> Iterator[Treatment]:
        """What may tell the cause; the payload is left alone where it is accepted as it is.

        What was of no use with another callback of the area is not all tried again: a receiver
        that signs in its own way does so for each.
        """
        payload = self._payload
        suspect = _is_suspect(self.exhibit.case)
        if signatures and suspect and not self._in_vain:
            # The same digest: what is made anew may be accepted by chance, where its signs agree.
            yield from other_writings(self.trial, self.exhibit.request)
        if payload is not None and suspect and not self.usual_is_accepted():
            yield from other_payloads(self.trial, payload)
            yield from other_callbacks(self.trial, ())
        if signatures and not self._in_vain:
            yield from other_signatures(
                self.trial, self.exhibit.request, self.others, body_alone=not suspect
            )

    def usual_is_accepted(self) -> bool:
        """Whether the same payload is accepted as all others are written, with a fresh nonce.

        It is the control of all treatments of the payload, which are written so, too.
        """
        if self._usual is None:
            trial, payload = self.trial, self._payload
            accepted = payload is not None and (
                trial.reaction(trial.exchange(as_usual(trial, payload))) is Reaction.ACCEPTED
            )
            self._usual = accepted
        return self._usual

    def _about(self, named: list[str]) -> Iterator[Treatment]:
        """What may be wrong with fields that the answer names."""
        payload = self._payload or {}
        yield from retyped(self.trial, payload, [name for name in named if name in payload])
        yield from retyped_within(self.trial, payload, named)
        if any(name in payload for name in named):
            yield from all_retyped(self.trial, payload)
        asked = asked_for(self.answer, payload)
        if renamed := list(in_letters_of(self.trial, payload, asked)):
            yield from renamed
        elif asked and self.exhibit.case.check is Check.ACCEPTS_GENUINE:
            yield from other_callbacks(self.trial, asked)

    def _retyped_in_turn(self, named: list[str]) -> str:
        """The fields that its answers name one after the other, each in the other type."""
        changed: list[str] = []
        while new := [name for name in named if name not in changed][:1]:
            treatment = retyped_together(self.trial, self._payload or {}, [*changed, *new])
            if treatment is None or self.count == _MOST or self.trial.left <= 1:
                break
            changed += new
            self.count += 1
            answer = self.trial.exchange(treatment.request)
            if self.trial.reaction(answer) is Reaction.ACCEPTED:
                self._causes.append(Cause(self._path, treatment.key))
                return treatment.told
            named = named_fields(answer, self._payload)
        return ""

    def _first_accepted(self, treatments: Iterable[Treatment]) -> str:
        for treatment in treatments:
            if self.count == _MOST or self.trial.left <= 1:
                break
            self.count += 1
            if told := self._told_by(treatment):
                if self._is_accepted_now():
                    return _NOW_ACCEPTED
                self._causes.append(Cause(self._path, treatment.key))
                return told
        return ""

    def _told_by(self, treatment: Treatment) -> str:
        """What a treatment means, "" where it is refused or means nothing."""
        if not self._accepts(treatment):
            return ""
        control = treatment.control
        for_no_reason = control is not None and self._takes(control)
        self.key = "" if for_no_reason else treatment.key
        return treatment.otherwise if for_no_reason else treatment.told

    def _is_accepted_now(self) -> bool:
        """Whether what was refused is accepted as it is: then it was not for what was changed."""
        again = self.trial.exchange(self.trial.sender.write_telling(self.exhibit.case))
        return self.trial.reaction(again) is Reaction.ACCEPTED

    def _accepts(self, treatment: Treatment) -> bool:
        trial, request, query = self.trial, treatment.request, treatment.query
        if not query:
            return self._takes(request)
        [answer] = trial.beside(
            request, lambda aside: [aside.send_with_query(request, query=query)]
        )
        return trial.reaction(answer) is Reaction.ACCEPTED

    def _takes(self, request: Request) -> bool:
        return self.trial.reaction(self.trial.exchange(request)) is Reaction.ACCEPTED

    @property
    def _payload(self) -> dict[str, Any] | None:
        payload = self.exhibit.case.payload
        return payload if isinstance(payload, dict) else None

    def _is_for_the_claim(self) -> bool:
        """Whether a right token with the digest of another body is refused in the same way."""
        claimed = wrongly_claimed(self.trial, self.exhibit.request)
        answer = self.trial.exchange(claimed) if claimed else None
        self._for_the_claim = answer is not None and say_the_same(answer, self.answer)
        return self._for_the_claim

    def _forged(self) -> Answer | None:
        forged = wrongly_signed(self.trial, self.exhibit.request)
        return self.trial.exchange(forged) if forged else None


_CLAIM: Final = (
    "the token was found right, and one with the digest of another body in the claim {claim} is "
    "refused in the same way: compute that digest over the bytes as they came, before anything "
    "parses them"
)
_LAYOUT: Final = (
    "the receiver accepts the same payload on one line, so the way of writing is what it refuses: "
    "take the bytes as they come, before anything parses or rewrites them"
)
_REWRITES: Final = (
    "it parses the body and writes it anew before it computes the signature, so that nobody signs "
    "what gets lost by that: compute it over the bytes as they came, before anything parses them"
)
_NOW_ACCEPTED: Final = (
    "the same callback was accepted a moment later: the receiver answers it in two ways, so look "
    "at what differs from one request to the next (a limit, a proxy, one of several processes)"
)
# What comes in one piece through most servers.
_ONE_READ: Final = 16_384
_BEGINNING: Final = (
    "a body of this length is answered as a forgery is: does the receiver read all of it before it "
    "computes the signature, and not its beginning alone?"
)
_OF_THE_PAYLOAD: Final = frozenset({400, 422})
