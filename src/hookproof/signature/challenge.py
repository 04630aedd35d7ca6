"""What a vendor wants back who asks a receiver to prove that it is the customer's own.

It asks by a callback of its own (x-challenge), or by a GET with a query (x-confirmation).
"""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from hookproof.payload.decode import decode
from hookproof.payload.pointer import from_pointer, member_at
from hookproof.signature.schemes import ENCODINGS, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hookproof.contract.model import Callback, ChallengeForm, Confirmation, Echo

MEDIA_TYPES: Final = {
    "text": "text/plain",
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
}


def right_answer(callback: Callback, payload: Any, secret: bytes) -> tuple[str, bytes] | None:
    """Media type and body of the first documented answer; None where the payload asks nothing."""
    return _first(_asked(callback, payload, secret))


def answers_challenge(callback: Callback, payload: Any, secret: bytes, body: bytes) -> bool:
    """Whether a body gives back what the payload asks for, in any documented form.

    Members that it has besides, and blanks around a text, are no fault. A payload that lacks what
    is to be given back asks for nothing.
    """
    return _is_answered(_asked(callback, payload, secret), body)


def challenge_words(forms: Iterable[ChallengeForm]) -> str:
    """What is to be given back, in words: `the value of /challenge as plain text, or …`."""
    return ", or ".join(map(_form_words, forms))


def query_of(confirmation: Confirmation, *, token: str, renew: Callable[[str], str]) -> str:
    """The query of a GET that asks whose the address is; `renew` gives another sample."""
    values = (
        (one.name, token if one.is_token else renew(one.sample) if one.sample else one.text)
        for one in confirmation.query
    )
    return urlencode(list(values), quote_via=quote)


def asked_in(confirmation: Confirmation, url: str) -> dict[str, str] | None:
    """The parameters of a URL that asks whose the address is; None for any other URL.

    Each has to be there once.
    """
    # A stranger's bytes come as halves of characters, which nothing could write.
    query = url.partition("?")[2].partition("#")[0].encode("utf-8", "replace").decode()
    pairs = parse_qsl(query, keep_blank_values=True)
    found = dict(pairs)
    wanted = [one.name for one in confirmation.query]
    if any([name for name, _ in pairs].count(name) != 1 for name in wanted):
        return None
    texts = (one for one in confirmation.query if not one.sample and not one.is_token)
    fixed = all(found[one.name] == one.text for one in texts)
    return {name: found[name] for name in wanted} if fixed else None


def confirming(
    callback: Callback, parameters: dict[str, str], secret: bytes
) -> tuple[str, bytes] | None:
    """Media type and body of the first documented answer to the GET of a callback's vendor."""
    return _first(_asked_beside(callback, parameters, secret))


def confirms(callback: Callback, parameters: dict[str, str], secret: bytes, body: bytes) -> bool:
    """Whether a body gives back what the parameters of a GET ask for, in any documented form."""
    return _is_answered(_asked_beside(callback, parameters, secret), body)


def confirmation_words(confirmation: Confirmation) -> str:
    """The GET and its answer, in words."""
    named = ", ".join(one.name for one in confirmation.query)
    wanted = challenge_words(confirmation.forms)
    token = f" if {confirmation.token} is your own" if confirmation.token else ""
    status = confirmation.success.status
    return f"a GET with {named} in its query is answered {status} with {wanted}{token}"


def _first(asked: Iterator[tuple[ChallengeForm, dict[str, Any]]]) -> tuple[str, bytes] | None:
    for form, wanted in asked:
        return MEDIA_TYPES[form.kind], _written(form.kind, wanted)
    return None


def _is_answered(asked: Iterable[tuple[ChallengeForm, dict[str, Any]]], body: bytes) -> bool:
    wanted = list(asked)
    return not wanted or any(_holds(form.kind, values, body) for form, values in wanted)


def _form_words(form: ChallengeForm) -> str:
    told = {name: _echo_words(echo) for name, echo in form.members}
    if form.kind == "text":
        return f"{told['']} as plain text"
    named = ", ".join(f"{name} is {words}" for name, words in told.items())
    return f"{'JSON' if form.kind == 'json' else 'a form'} in which {named}"


def _echo_words(echo: Echo) -> str:
    value = f"the value of {echo.pointer}"
    if not echo.digest:
        return value
    after = f" after {echo.prefix}" if echo.prefix else ""
    return f"the HMAC-{echo.digest.upper()} of {value} with the secret, in {echo.encoding}{after}"


def _asked(
    callback: Callback, payload: Any, secret: bytes
) -> Iterator[tuple[ChallengeForm, dict[str, Any]]]:
    """The forms of the answer, each with what stands in it."""
    return _valued(callback, callback.challenge, payload, secret)


def _asked_beside(
    callback: Callback, parameters: dict[str, str], secret: bytes
) -> Iterator[tuple[ChallengeForm, dict[str, Any]]]:
    forms = callback.confirmation.forms if callback.confirmation else ()
    return _valued(callback, forms, parameters, secret)


def _valued(
    callback: Callback, forms: Iterable[ChallengeForm], payload: Any, secret: bytes
) -> Iterator[tuple[ChallengeForm, dict[str, Any]]]:
    key = key_of(callback.signature.secret, secret)
    for form in forms:
        values = {name: _value(echo, payload, key) for name, echo in form.members}
        if None not in values.values():
            yield form, values


def _value(echo: Echo, payload: Any, key: bytes) -> Any:
    value = member_at(payload, from_pointer(echo.pointer))
    if not echo.digest or value is None:
        return value
    text = _text(value).encode("utf-8", "surrogatepass")
    return echo.prefix + ENCODINGS[echo.encoding](hmac.digest(key, text, echo.digest))


def _written(kind: str, wanted: dict[str, Any]) -> bytes:
    if kind == "json":
        return json.dumps(wanted).encode()
    if kind == "form":
        return urlencode({name: _text(value) for name, value in wanted.items()}).encode()
    return _text(wanted[""]).encode("utf-8", "surrogatepass")


def _holds(kind: str, wanted: dict[str, Any], body: bytes) -> bool:
    if kind == "text":
        return body.strip() == _written(kind, wanted).strip()
    said: Any = decode(body).value
    if kind == "form":
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        said, wanted = dict(pairs), {name: _text(value) for name, value in wanted.items()}
    return isinstance(said, dict) and all(said.get(k) == v for k, v in wanted.items())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
