"""What a receiver did with a request, as the vendor sees it."""

from __future__ import annotations

import re
from enum import StrEnum
from html import unescape
from typing import TYPE_CHECKING, Final

from hookproof.http.answer import Outcome
from hookproof.http.symptom import Symptom
from hookproof.text import cut

if TYPE_CHECKING:
    from hookproof.contract.model import Success
    from hookproof.http.answer import Answer

_TITLE: Final = re.compile(rb"<title[^>]*>([^<]+)</title", re.IGNORECASE)
# A title that says no more than this stands over what went wrong, as it was raised.
_BARE: Final = re.compile(
    rb"<title[^>]*>\s*error\s*</title.*?<pre[^>]*>([^<]+)", re.IGNORECASE | re.DOTALL
)
_MOST_SHOWN: Final = 1000
_MOST_HEADERS: Final = 20


class Reaction(StrEnum):
    """The four things that can happen."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    CRASHED = "crashed"
    NO_ANSWER = "no-answer"


def react(answer: Answer, success: Success) -> Reaction:
    """Judge an answer by the rule of the newest page.

    Any 2XX says that the receiver took the callback; where the page wants a certain one, another
    is told as an answer that is not the documented one. A 5xx is a crash, whatever it was an
    answer to. A redirect is no acknowledgement. An answer whose body never ended is none: the
    vendor would wait for it in vain.
    """
    if answer.outcome is not Outcome.ANSWERED or answer.status is None:
        return Reaction.NO_ANSWER
    if answer.status >= 500:
        return Reaction.CRASHED
    accepted = answer.status_class == 2 or success.accepts_status(answer.status)
    if not accepted:
        return Reaction.REFUSED
    return Reaction.NO_ANSWER if answer.broke_off else Reaction.ACCEPTED


# What a proxy says of what is behind it, and whoever has too much to do.
_BEHIND_A_PROXY: Final = frozenset({502, 503, 504})
_NOTHING_CAME: Final = frozenset({Outcome.TIMEOUT, Outcome.RESET, Outcome.CLOSED})
_NOT_NOW: Final = _BEHIND_A_PROXY | {429}


def is_from_a_proxy(answer: Answer) -> bool:
    """Whether a status speaks of a server behind the one that answers."""
    return answer.status in _BEHIND_A_PROXY


def is_put_off(answer: Answer) -> bool:
    """Whether the vendor would try again later: nothing came, or a status that says not now."""
    return answer.status in _NOT_NOW or answer.outcome in _NOTHING_CAME


# Of these the detail says all.
_PLAIN: Final = frozenset({Outcome.REFUSED, Outcome.RESET, Outcome.CLOSED, Outcome.UNREACHABLE})


def tell(answer: Answer) -> str:
    """An answer in a few words for a person."""
    if answer.outcome is Outcome.TIMEOUT and answer.symptom in {None, Symptom.SILENT}:
        return f"no answer within {answer.elapsed:.1f} s"
    if answer.outcome in _PLAIN and answer.detail:
        return f"no answer: {cut(answer.detail)}"
    detail = f" ({cut(answer.detail)})" if answer.detail else ""
    if answer.status is None:
        return f"no answer: {_word(answer).replace('-', ' ')}{detail}"
    # The start of a page is its style; what went wrong stands in its title.
    title = _BARE.search(answer.body) or _TITLE.search(answer.body)
    said = title[1] if title else answer.body[:200]
    text = said.decode(errors="replace").strip()
    body = cut(unescape(text) if title else text)
    odd = f", {_word(answer)}{detail}" if answer.symptom else ""
    return f"{answer.status} {body}".rstrip() + odd


def as_shown(answer: Answer) -> str:
    """An answer for a report: status, some headers cut short, a thousand bytes of its body.

    What is to be hidden must be hidden before. An empty line comes before the body, whose line
    ends and control characters are as they were; those of headers are escaped.
    """
    if answer.status is None:
        return tell(answer)
    headers = answer.headers[:_MOST_HEADERS]
    head = [str(answer.status), *(f"{cut(name)}: {cut(value)}" for name, value in headers)]
    body = answer.body[:_MOST_SHOWN].decode(errors="replace")
    left = len(answer.body) - _MOST_SHOWN
    more = f"... and {left:,} bytes more" if left > 0 else ""
    return "\n".join([*head, "", body + more]).rstrip()


def _word(answer: Answer) -> str:
    return (answer.symptom or answer.outcome).value


class Excuse(StrEnum):
    """Why a forgery that got a 2XX was not let in.

    proves-sender: it holds the right digest, written otherwise. says-no: a genuine callback gets
    another answer.
    """

    PROVES_SENDER = "proves-sender"
    SAYS_NO = "says-no"
