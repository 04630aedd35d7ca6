"""What to do next about a finding: by what was sent and what came back, never against either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.conformance.cases.cases import FORM_OF_SIGNS
from hookproof.conformance.cases.forgeries import Hole
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.plain_signs import plain_sign
from hookproof.conformance.policy import Policy
from hookproof.findings import CODES
from hookproof.http.answer import Outcome

if TYPE_CHECKING:
    from hookproof.conformance.cases.cases import Case
    from hookproof.http.answer import Answer

_REFUSALS: Final = frozenset({"HP401", "HP402", "HP403", "HP411", "HP412", "HP415", "HP423"})
_OF_A_FIELD: Final = frozenset({400, 422})
_CRASHES: Final = frozenset({"HP404", "HP405", "HP427"})
# A 4xx to what is broken, or no longer the genuine callback, says nothing of the genuine one.
_OF_FORGERIES: Final = frozenset({Check.REFUSES_FORGED, Check.REFUSES_TAMPERED})
_OF_THE_PAYLOAD: Final = frozenset({Check.SURVIVES_MALFORMED, Check.CHECKS_FRESHNESS})


def hint_for(
    code: str,
    case: Case,
    answer: Answer,
    *,
    policy: Policy,
    signed: frozenset[str] = frozenset(),
    claim: str = "",
) -> str:
    """The next step for a finding of a code.

    `signed` are the names of the signature and of what it covers, `claim` is that of the body's
    digest in a token.
    """
    if told := _of_the_case(code, case, answer, policy=policy, claim=claim):
        return told
    # In another encoding the whole body is what is not understood, whatever is named of it.
    payload = None if code == "HP415" else case.payload
    # Of unknown fields it names the one that it should not mind.
    names_its_field = code == "HP412" and answer.status in _OF_A_FIELD
    is_a_cause = code in _REFUSALS | _CRASHES and not names_its_field
    is_a_cause |= code == "HP428" and case.check is Check.ACCEPTS_GENUINE
    is_known = case.check is not Check.ACCEPTS_GENUINE
    sign = plain_sign(answer, payload=payload, signed=signed, is_known=is_known)
    if is_a_cause and sign:
        return sign
    if code == "HP404" and case.check not in _OF_THE_PAYLOAD:
        return _KNOWN_CRASH if case.check is Check.ACCEPTS_REDELIVERY else _GENUINE_CRASH
    return CODES[code].hint


def _of_the_case(code: str, case: Case, answer: Answer, *, policy: Policy, claim: str) -> str:
    """The next step that what was sent decides, whatever the answer says; "" where it does not."""
    if code == "HP406" and policy is Policy.STRICT:
        return _STRICT
    if code in _BY_HOLE and case.kind in _BY_HOLE[code]:
        return _BY_HOLE[code][case.kind]
    if code == "HP421":
        # Who compares a media type letter by letter refuses all of these, for one reason.
        of_types = answer.status == _NOT_THIS_TYPE and case.kind != "chunks"
        return _ALONE if of_types else _OF_HEADERS.get(case.kind, CODES[code].hint)
    if code == "HP409" and claim:
        return f"hold the claim {claim} of the token to the digest of the body as it came"
    return _of_no_answer(case, answer) if code == "HP405" else ""


def _of_no_answer(case: Case, answer: Answer) -> str:
    hung_up = answer.outcome in {Outcome.CLOSED, Outcome.RESET}
    if hung_up and case.check in _OF_FORGERIES:
        return _HUNG_UP
    odd = case.check in _OF_FORGERIES | _OF_THE_PAYLOAD
    return _STUCK if answer.outcome is Outcome.TIMEOUT and odd else ""


_STRICT: Final = (
    "the vendor takes this for delivered, and the event is lost; refuse it with 4xx, as declared "
    "by --policy strict"
)
_GENUINE_CRASH: Final = (
    "the vendor may send this, so it must be accepted: look at the receiver's log for the exception"
)
_KNOWN_CRASH: Final = (
    "the vendor sends an event again, even at once, and what is known must be answered as the "
    "first time: look at the receiver's log for the exception, as of a key that is there already"
)
_HUNG_UP: Final = (
    "the connection ended without an answer: if the receiver hangs up on what it does not trust, "
    "answer 401, for the vendor sends again what gets none; otherwise look for a panic, a killed "
    "worker or an exception in its log"
)
_STUCK: Final = (
    "nothing came for this one, while the genuine callback is answered: look in the receiver's log "
    "for an error that ended its worker without an answer, and at what takes so long (a pattern "
    "that backtracks, a stack that overflows, a wait without an end)"
)
_ANYBODY: Final = "anybody can call this receiver"
_NOT_THIS_TYPE: Final = 415
_ALONE: Final = (
    "compare the media type alone, without parameters such as a charset and in any letter case, "
    "and read what comes without one in the documented form"
)
_OF_HEADERS: Final = {
    "charset": "take the media type without its parameters: '; charset=utf-8' says nothing new",
    "upper-case": "media types have no letter case: compare them in lower case",
    "no-type": "read the body as the documented form where no Content-Type says otherwise",
    "chunks": "read a body whose length is not told beforehand (Transfer-Encoding: chunked), in a "
    "proxy before the receiver, too: proxies and clients may send it so",
}
_DECODE_ONCE: Final = (
    "take the body apart before decoding it, and decode each name and value once: what is decoded "
    "twice, or as a whole, is cut at the & and changed at the + and % of its texts"
)
_BY_HOLE: Final[dict[str, dict[str, str]]] = {
    "HP403": {FORM_OF_SIGNS: _DECODE_ONCE},
    "HP415": {FORM_OF_SIGNS: _DECODE_ONCE},
    "HP407": {
        Hole.ANY: f"{_ANYBODY}: a signature made without the secret passes; compute the right one "
        "for each request, and compare the two whole and in constant time",
        Hole.NONE: f"{_ANYBODY}, by leaving the signature out or empty; refuse what has none",
        Hole.ODD: f"{_ANYBODY}, with a signature that is no text; refuse one of another type, and "
        "compare without conversions",
        Hole.BEYOND_ASCII: f"{_ANYBODY}, with a signature in odd bytes; compare the bytes whole",
        Hole.PART: "only a part is compared, so a forger need guess no more than that; compare the "
        "whole signature, its length too",
        Hole.LETTERS: "letter case is ignored, and in Base64 that is another digest; compare the "
        "text exactly",
        Hole.KNOWN: "who has seen a callback can send it again without a right signature; verify "
        "before looking up what is known",
        Hole.EMPTY_SECRET: f"{_ANYBODY}: it takes what is signed with the empty secret, as where a "
        "setting is missing; refuse to start without a secret",
        Hole.PRINTED_SECRET: f"{_ANYBODY}: it takes what is signed with a secret that stands in "
        "the vendor's documents; put your own in its place",
        Hole.INPUT: f"{_ANYBODY}, by leaving out or changing what is signed; refuse where a signed "
        "value is missing or of another type, before anything else",
        Hole.NOTHING: f"{_ANYBODY}: it takes a digest that no secret goes into; "
        "refuse where the secret or a signed value is missing, before anything else",
        Hole.MOMENT: f"{_ANYBODY}, with a moment that is none; refuse one that is no number, "
        "before anything else",
        Hole.TWICE: f"{_ANYBODY}, by sending two signatures; refuse both, or verify each",
        Hole.SIZE: f"{_ANYBODY}, with a very long signature; refuse one of another length",
        Hole.ACCOUNT: f"{_ANYBODY}, in the name of an application that it has no secret of; refuse "
        "that, before anything else",
        Hole.ACCOUNT_SECRET: f"{_ANYBODY}: it takes what is signed with the application's id, "
        "which is no secret; take the secret alone",
        Hole.FORM: f"{_ANYBODY}, by writing the body in another form; verify every body that it "
        "reads",
    },
    "HP408": {
        Hole.ANY: "an exception for a wrong signature leaves the handler: catch it, and answer 401",
        Hole.NONE: "check that the signature is there before comparing it, and answer 401 where it "
        "is not",
        Hole.ODD: "check that the signature is text before comparing it",
        Hole.BEYOND_ASCII: "compare bytes of one length, not text: reading odd bytes as UTF-8 "
        "raises, and so do some comparisons in constant time, such as Python's "
        "hmac.compare_digest, for characters beyond ASCII; encode both sides first",
        Hole.PART: "check the length before comparing: some comparisons in constant time, such as "
        "Node's timingSafeEqual, raise where lengths differ",
        Hole.LETTERS: "an exception for a wrong signature leaves the handler: catch it, and answer "
        "401",
        Hole.NOTHING: "check that what is signed is there before computing with it",
        Hole.INPUT: "check that what is signed is there and of its type before computing "
        "with it: a stranger sends anything",
        Hole.MOMENT: "check that the moment is a number of now before computing with it, or "
        "writing it into an answer: a stranger sends anything, and NaN is no JSON",
        Hole.SIZE: "limit the length of a signature before working on it",
        Hole.ACCOUNT: "an application that is not known has no secret: answer 401 where none is "
        "found",
        Hole.ACCOUNT_SECRET: "an exception for a wrong signature leaves the handler: catch it, and "
        "answer 401",
        Hole.FORM: "a body in another form is to be read or refused: answer 4xx where it is not",
        Hole.TWICE: "a header, parameter or key can come twice: take one of them, or refuse both",
    },
}
