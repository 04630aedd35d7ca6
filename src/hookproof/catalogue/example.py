"""Examples of a callback as requests: as the page has them, or of now and freshly signed."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

from hookproof.delivery.request import Request, write_body, write_request
from hookproof.delivery.target import with_query
from hookproof.errors import UsageError
from hookproof.payload.body import CONTENT_TYPES, BodyForm
from hookproof.receiver.sender import Sender

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from hookproof.contract import Callback
    from hookproof.contract.facts import Example


def find_example(callback: Callback, variant: str | None) -> Example:
    """The example of a name, or the first one; raises UsageError where there is none such."""
    names = {example.name: example for example in callback.examples}
    if variant is None:
        return callback.examples[0]
    if variant not in names:
        raise UsageError(
            f"{callback.path} has no example {variant!r}", hint=f"there are {', '.join(names)}"
        )
    return names[variant]


def unsigned(example: Example) -> Request:
    """The example as the contract has it; a signature in its body is of the published secret."""
    headers = (("Content-Type", CONTENT_TYPES[BodyForm.JSON]),)
    body = write_body(example.payload, form=BodyForm.JSON)
    return Request(body, headers, BodyForm.JSON, example.payload)


def signed(
    callback: Callback,
    example: Example,
    *,
    secret: bytes,
    clock: Callable[[], float],
    chance: random.Random,
) -> Request:
    """The example as if sent now: the current moment, another nonce, the right signature.

    `clock` gives Unix seconds.
    """
    encoding = callback.signature.forms[0].encodings[0]
    sender = Sender(callback, secret, clock, chance, encoding)
    payload = sender.refresh(example.payload, kept=frozenset())
    return write_request(callback, payload, secret=secret)


def as_json(request: Request, callback: Callback) -> str:
    """The body for reading; to the byte where a signature outside of it covers it."""
    if outside_the_body(request, callback):
        return request.body.decode()
    return json.dumps(request.payload, ensure_ascii=False, indent=2) + "\n"


def outside_the_body(request: Request, callback: Callback) -> str:
    """Where a signature stands that is not in the body, and the signature; "" for any other."""
    place = callback.signature.place
    found = [value for name, value in request.headers if name == place.field]
    if place.in_query and request.query:
        return f"in the URL  ?{request.query}"
    return f"in the header  {place.field}: {found[0]}" if found and not place.in_body else ""


def as_curl(request: Request, *, url: str) -> str:
    """A line for a shell that sends the request, to the URL with what the request adds to it."""
    headers = [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in request.headers]
    body = shlex.quote(request.body.decode())
    return (
        " ".join(
            [
                "curl -sS -i",
                *headers,
                "--data-binary",
                body,
                shlex.quote(with_query(url, request.query)),
            ]
        )
        + "\n"
    )
