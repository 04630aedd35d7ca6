"""What can be said of a refusal when nothing that was tried is accepted: no more than is known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.constants import given_account
from hookproof.conformance.judging.answer_body import say_the_same
from hookproof.conformance.judging.plain_signs import words_of
from hookproof.conformance.judging.response_class import tell
from hookproof.conformance.running.treatments import facts_of
from hookproof.conformance.sending.session import Doubt
from hookproof.http.request import Request
from hookproof.payload.body import CONTENT_TYPES, BodyForm
from hookproof.signature.verify import query_of

if TYPE_CHECKING:
    from hookproof.conformance.running.case_runner import Trial
    from hookproof.conformance.sending.session import Knowledge, Session
    from hookproof.findings import ReceiverFinding
    from hookproof.http.answer import Answer

_SPEAKS_OF_IT: Final = re.compile(
    "sign|hmac|digest|secret|token|\u7b7e\u540d|\u9a8c\u7b7e", re.IGNORECASE
)
_SPEAKS_OF_TIME: Final = re.compile(
    rb"\b(?:time|timestamp|moment|clock|date|old|late|early|stale|expired|outdated|future|skew)\b"
    rb"|\xe8\xbf\x87\xe6\x9c\x9f|\xe6\x97\xb6\xe9\x97\xb4",
    re.IGNORECASE,
)
# With these a payload is refused; a signature now and then, but then it is spoken of.
_OF_THE_PAYLOAD: Final = frozenset({400, 422})


def unexplained(
    trial: Trial,
    answer: Answer,
    forged: Answer | None,
    *,
    payload: dict[str, Any] | None,
    tried: int,
) -> str:
    """What to do about a genuine callback that is refused with `answer`, "" where nothing is known.

    `forged` is the answer to the same callback wrongly signed, `tried` how many ways were.
    """
    if forged is None or not tried:
        return ""
    samples = _samples_sent(trial, payload)
    if not say_the_same(forged, answer):
        right = (
            f"a forgery is answered otherwise ({tell(forged)}), so the signature was found "
            "right; look at"
        )
        sent_at = trial.compiled.callback.sent_at
        if sent_at and _SPEAKS_OF_TIME.search(answer.body):
            return (
                f"{right} the receiver's clock, and the unit in which it reads "
                f"{sent_at.field}: {sent_at.unit} are sent, of now"
            )
        return f"{right} what the receiver wants of the payload{samples}"
    same = (
        f"refused in the same way whatever the signature is, and none of {tried} usual "
        "mistakes explains it"
    )
    area, session = trial.compiled.callback.area, trial.session
    if known := _by(session.knowledge, area):
        return f"{same}; {known}"
    told = f"{_whether_it_was_read(trial, answer, same)}{samples}"
    session.doubts.append(Doubt(area, told, same))
    return told


def settle(session: Session, finding: ReceiverFinding) -> ReceiverFinding:
    """A finding whose cause was not known, by what the callbacks after it have shown."""
    for doubt in session.doubts:
        known = _by(session.knowledge, doubt.area)
        if known and doubt.told in finding.hint:
            hint = finding.hint.replace(doubt.told, f"{doubt.same}; {known}")
            return replace(finding, hint=hint)
    return finding


def _by(knowledge: Knowledge, area: str) -> str:
    """What other callbacks of the area have shown of the secret, "" for nothing."""
    if area in knowledge.open:
        return (
            f"no signature is needed for {knowledge.open[area]}, so look at what the receiver "
            "wants of this payload"
        )
    if area in knowledge.secret_is_right:
        return (
            f"the secret is right, for {knowledge.secret_is_right[area]} was accepted with it: "
            "look at how this callback differs, and which route it takes"
        )
    return ""


def _whether_it_was_read(trial: Trial, answer: Answer, same: str) -> str:
    """A structure that is wrong, to see whether the refusal is for the signature at all."""
    empty = trial.exchange(
        Request(b"{}", (("Content-Type", CONTENT_TYPES[BodyForm.JSON]),), BodyForm.JSON)
    )
    speaks_of_it = _SPEAKS_OF_IT.search(words_of(answer))
    if not say_the_same(empty, answer):
        otherwise = f"{same}, while an empty object is answered otherwise ({tell(empty)})"
        if answer.status in _OF_THE_PAYLOAD and not speaks_of_it:
            return (
                f"look at what the receiver wants of the payload, and whether this is the address "
                f"of another callback: {otherwise}, and neither answer speaks of a signature"
            )
        return (
            f"{otherwise}: most likely the receiver verifies with another secret than the one "
            "given here"
        )
    if speaks_of_it:
        facts = facts_of(trial)
        place = facts.place
        by_name = not place.in_body and not place.in_query
        letters = " (its name in small letters, on many servers)" if by_name else ""
        covers = ", and whether it signs the bytes as they came" if facts.covers_body else ""
        end = by_name and "base64" in facts.encodings
        alone = ", and puts no line end after its Base64, as Ruby's encode64 does" if end else ""
        return (
            f"compare the secrets, where the receiver reads the {place}{letters}{covers}{alone}: "
            f"{same}; an empty object gets the same answer, and that speaks of the signature"
        )
    return (
        f"{same}, and an empty object gets the same answer: look at what gives it (a guard, a "
        "route, a check of the payload), and whether it comes before the signature"
    )


def _samples_sent(trial: Trial, payload: dict[str, Any] | None) -> str:
    """What stands for the account in all that is sent, where nobody has said whose it is."""
    constants, callback = trial.sender.constants, trial.compiled.callback
    known = trial.session.knowledge
    # Where one of its callbacks was accepted, so was the account.
    if constants is None or callback.area in {*known.open, *known.secret_is_right}:
        return ""
    headers = trial.session.aside.target.headers
    given = given_account([callback], settings=constants.settings, headers=headers)
    in_url = {name for name, _ in query_of(trial.url)}
    found = [
        (place, way)
        for place, way in constants.samples(payload or {}, given)
        if place.rpartition(" ")[2] not in in_url
    ]
    if not found:
        return ""
    places, ways = (" and ".join(dict.fromkeys(texts)) for texts in zip(*found, strict=True))
    return f"; a sample stands for your account in {places}: give your own value with {ways}"
