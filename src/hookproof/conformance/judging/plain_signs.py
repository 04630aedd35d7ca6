"""What an answer says plainly of its cause: read before anything is guessed, or sent for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.judging.response_class import tell
from hookproof.http.answer import Outcome
from hookproof.payload.decode import decode, decode_text
from hookproof.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.http.answer import Answer

_GATEWAY: Final = frozenset({502, 503, 504})
# What they refuse is the request as it travels, whatever field of it was changed.
OF_THE_REQUEST: Final = frozenset({411, 413, 414, 415, 429, 431})
_OF_A_FIELD: Final = frozenset({400, 422})
# More names of the payload than these are an echo of the whole.
_MOST_NAMED: Final = 3


def plain_sign(
    answer: Answer, *, payload: Any, signed: frozenset[str] = frozenset(), is_known: bool = False
) -> str:
    """What an answer to a genuine callback says of its cause and what to do, "" where nothing.

    `is_known` says that the receiver takes this callback, though not this payload of it.
    `signed` are the names of the signature and of what it covers: whoever names one of them may
    speak of the signature.
    """
    if answer.status is None:
        return _of_silence(answer)
    if answer.status_class == 3:
        to = answer.header("location")
        where = f"to {cut(to)}" if to else "and does not say where to"
        return f"it redirects {where}, and vendors do not follow: give them the address it ends at"
    if sign := _of_a_guard(answer):
        return sign
    if answer.status in _GATEWAY:
        return (
            f"a proxy or gateway says {answer.status}: nothing behind it took the request in "
            "time; is the receiver running, and does the proxy reach it?"
        )
    if answer.status in _BY_STATUS:
        return _BY_STATUS[answer.status](answer)
    return _of_fields(answer, payload, signed, is_known=is_known)


def is_of_a_guard(answer: Answer) -> bool:
    """Whether what refused is plainly something else than the check of a signature or payload."""
    return bool(_of_a_guard(answer)) or answer.status in _BY_STATUS


def says_it_is_known(answer: Answer) -> bool:
    """Whether a refusal is for what has come before."""
    said = answer.status_class == 4 and _SPEAKS_OF_KNOWN.search(answer.body)
    return answer.status == _CONFLICT or bool(said)


_CONFLICT: Final = 409
_SPEAKS_OF_KNOWN: Final = re.compile(
    rb"\b(already|duplicated?|replay(ed)?|seen before)\b", re.IGNORECASE
)
_KNOWS_NO_EVENT: Final = re.compile(
    rb"\b(unknown|unsupported|unhandled|unrecogni[sz]ed|no handler for)( \w+)? "
    rb"(event|callback|command|action)\b",
    re.IGNORECASE,
)
_KNOWS_NO_FIELD: Final = re.compile(
    rb"\b(unknown|unrecogni[sz]ed|unexpected|additional) (field|key|propert|attribute|parameter)"
    rb"(?!\w* (type|value))|\bextra[ _](field|input|forbidden)|should not exist|\bis not allowed\b",
    re.IGNORECASE,
)


def knows_no_field(answer: Answer) -> bool:
    """Whether a refusal says that a field is one too many."""
    return bool(_KNOWS_NO_FIELD.search(answer.body))


def asked_for(answer: Answer, payload: Any) -> list[str]:
    """The fields that a refusal names and the payload does not have, at any depth."""
    own = set(_names_in(payload))
    return [name for name in named_fields(answer, payload) if name not in own]


def named_fields(answer: Answer, payload: Any) -> list[str]:
    """The fields that a refusal names: a few of the payload, or all others that it points at."""
    said = _said_by(answer)
    pointed = list(dict.fromkeys(_pointed_at(said)))
    if not pointed:
        long = [name for name in dict.fromkeys(_names_in(payload)) if len(name) > 2]
        text = " ".join(_texts(said))
        pointed = [name for name in long if re.search(rf"\b{re.escape(name)}\b", text)]
    if len(pointed) <= _MOST_NAMED:
        return pointed
    own = set(_names_in(payload))
    return [name for name in pointed if name not in own]


def words_of(answer: Answer) -> str:
    """All that an answer says, without what it echoes."""
    return " ".join(_texts(_said_by(answer)))


def _said_by(answer: Answer) -> Any:
    reading = decode(answer.body) if answer.body.strip()[:1] in {b"{", b"["} else None
    return reading.value if reading and reading.complete else answer.body.decode(errors="replace")


def _names_in(value: Any) -> Iterator[str]:
    """The names of all members of a payload, those in JSON text too."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _names_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _names_in(item)
    elif isinstance(value, str) and value[:1] in {"{", "["}:
        inner = decode_text(value)
        yield from _names_in(inner.value if inner.complete else None)


def _of_silence(answer: Answer) -> str:
    if answer.outcome in {Outcome.CLOSED, Outcome.RESET}:
        return (
            "the connection ended at once and without an answer, as when the handler dies: look "
            "for a panic, a killed worker or an exception in the receiver's log"
        )
    if answer.outcome is Outcome.TIMEOUT:
        return (
            f"nothing came within {answer.elapsed:.1f} s: acknowledge before working, and serve "
            "more than one request at a time; the vendor counts silence as failure and sends again"
        )
    return ""


def _of_a_guard(answer: Answer) -> str:
    """What stands before a receiver and asks for something that no vendor sends."""
    challenge = answer.header("www-authenticate") or answer.header("proxy-authenticate")
    if challenge and answer.status in {401, 407}:
        scheme = cut(challenge.split(" ")[0])
        return (
            f"something before the receiver asks for a password ({scheme}): let callbacks through "
            "without one, or send it with --header 'Authorization: …'"
        )
    if answer.status in {400, 401, 403} and (key := _key_asked_for(answer)):
        return (
            f"its answer asks for {key}, which no vendor sends: let callbacks through without it, "
            "or send it with --header"
        )
    if answer.status in {400, 403, 419} and re.search(rb"csrf|xsrf", answer.body, re.IGNORECASE):
        return (
            "the framework wants a CSRF token, which no vendor has, and refuses before the "
            "receiver is asked: exempt this path from that protection"
        )
    return ""


_ASKS: Final = re.compile(
    r"\b(missing|requires?|required|needs?|invalid|without|absent)\b", re.IGNORECASE
)
_KEY: Final = re.compile(
    r"\bX-(?!\w*-?sign)[A-Za-z0-9-]*[A-Za-z0-9]|\bapi[-_ ]?key\b", re.IGNORECASE
)


def _key_asked_for(answer: Answer) -> str:
    """The key or header of a gateway that a refusal asks for, "" where it speaks of none."""
    said = answer.body.decode(errors="replace")
    keys = _KEY.findall(said) if _ASKS.search(said) else []
    return cut(max(keys, key=lambda key: key.startswith("X-"))) if keys else ""


def _missing(answer: Answer) -> str:
    status, _, words = tell(answer).partition(" ")
    said = f" ({words})" if words else ""
    return (
        f"{status}{said}: is the path right? if the receiver answers so for a room, task or "
        "application that it does not have, give one that it has with --set or --sample"
    )


def _method(answer: Answer) -> str:
    allowed = answer.header("allow")
    only = f", only {cut(allowed)} is" if allowed else ""
    return f"POST is not allowed at this path{only}: vendors send POST, and is the path right?"


_BY_STATUS: Final[dict[int, Callable[[Answer], str]]] = {
    404: _missing,
    405: _method,
    408: lambda _: "it gave up waiting for the request: is a time limit of it too short?",
    410: _missing,
    411: lambda _: "it wants a Content-Length: vendors and proxies may send a body in chunks",
    413: lambda _: "its limit of bodies is below what the vendor sends: raise it, in a proxy too",
    414: lambda _: "its limit of URLs is below what the vendor sends: raise it, in a proxy too",
    415: lambda _: "it does not take this Content-Type, and the vendor sends it: read such bodies",
    429: lambda _: "it limits requests: give the test, and the vendor, a higher limit",
    431: lambda _: "its limit of headers is below what the vendor sends: raise it, in a proxy too",
}


def _of_fields(answer: Answer, payload: Any, signed: frozenset[str], *, is_known: bool) -> str:
    """A check of the payload that names what it did not like."""
    if answer.status_class == 4 and _KNOWS_NO_EVENT.search(answer.body):
        return (
            "its answer says that it does not know this event: handle it, or acknowledge what is "
            "not handled, for the vendor sends again what gets no 2XX"
        )
    names = [name for name in named_fields(answer, payload) if name not in signed]
    if answer.status not in _OF_A_FIELD or not names:
        return ""
    if unknown := asked_for(answer, payload):
        lower = {name.lower(): name for name in _names_in(payload)}
        if other := [
            f"{name} as {lower[name.lower()]}" for name in unknown if name.lower() in lower
        ]:
            return (
                f"its answer asks for {_and(unknown)}; this callback has "
                f"{_and(other)}, and letter case counts"
            )
        if is_known:
            return (
                f"its answer asks for {_and(unknown)}, which the vendor may leave out: "
                "accept the callback without it"
            )
        return (
            f"its answer asks for {_and(unknown)}, which this callback does not have: is "
            "this the address of another callback, or is a field required that is optional?"
        )
    if knows_no_field(answer):
        told, then = "says that it knows no", "vendors add fields, so ignore what you do not know"
    else:
        told, then = "names", "take what the vendor sends there, in its own type"
    return f"its answer {told} {_and(names)}: {then}"


def _and(names: list[str]) -> str:
    left = len(names) - _MOST_NAMED
    return " and ".join([*names[:_MOST_NAMED], *([f"{left} more"] if left > 0 else [])])


# Where checkers of payloads say which field they mean.
_POINTERS: Final = frozenset({"loc", "field", "fields", "path", "param", "property", "pointer"})
_ECHOES: Final = frozenset({"input", "value", "body", "received", "payload", "data"})
_STEP: Final = re.compile(r"[^/.\[\]]+")


def _pointed_at(said: Any) -> Iterator[str]:
    if isinstance(said, list):
        for item in said:
            yield from _pointed_at(item)
    elif isinstance(said, dict):
        for name, value in said.items():
            if name.lower() in _POINTERS or name == "instancePath":
                steps = value if isinstance(value, list) else [value]
                words = [w for step in steps if isinstance(step, str) for w in _STEP.findall(step)]
                yield from words[-1:]
            elif name.lower() not in _ECHOES:
                yield from _pointed_at(value)


def _texts(said: Any) -> Iterator[str]:
    """What is said, without what is echoed."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, list):
        for item in said:
            yield from _texts(item)
    elif isinstance(said, dict):
        for name, value in said.items():
            if name.lower() not in _ECHOES:
                yield from (name, *_texts(value))
