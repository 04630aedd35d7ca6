"""What a vendor wants back who asks a receiver to prove that it is the customer's own."""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

from hookproof.payload.decode import decode
from hookproof.payload.pointer import from_pointer
from hookproof.signature.schemes import ENCODINGS, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract.model import Callback, ChallengeForm, Echo

MEDIA_TYPES: Final = {
    "text": "text/plain",
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
}


def right_answer(callback: Callback, payload: Any, secret: bytes) -> tuple[str, bytes] | None:
    """Media type and body of the first documented answer; None where the payload asks nothing."""
    for form, wanted in _asked(callback, payload, secret):
        return MEDIA_TYPES[form.kind], _written(form.kind, wanted)
    return None


def answers_challenge(callback: Callback, payload: Any, secret: bytes, body: bytes) -> bool:
    """Whether a body gives back what the payload asks for, in any documented form.

    Members that it has besides, and blanks around a text, are no fault. A payload that lacks what
    is to be given back asks for nothing.
    """
    asked = list(_asked(callback, payload, secret))
    return not asked or any(_holds(form.kind, wanted, body) for form, wanted in asked)


def challenge_words(callback: Callback) -> str:
    """What is to be given back, in words: `the value of /challenge as plain text, or …`."""
    return ", or ".join(map(_form_words, callback.challenge))


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
    return f"the HMAC-{echo.digest.upper()} of {value} with the secret, in {echo.encoding}"


def _asked(
    callback: Callback, payload: Any, secret: bytes
) -> Iterator[tuple[ChallengeForm, dict[str, Any]]]:
    """The forms of the answer, each with what stands in it."""
    key = key_of(callback.signature.secret, secret)
    for form in callback.challenge:
        values = {name: _value(echo, payload, key) for name, echo in form.members}
        if None not in values.values():
            yield form, values


def _value(echo: Echo, payload: Any, key: bytes) -> Any:
    value = payload
    for part in from_pointer(echo.pointer):
        value = value.get(part) if isinstance(value, dict) else None
    if not echo.digest or value is None:
        return value
    text = _text(value).encode("utf-8", "surrogatepass")
    return ENCODINGS[echo.encoding](hmac.digest(key, text, echo.digest))


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
