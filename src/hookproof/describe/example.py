"""Examples of a callback as requests: as the page has them, or of now and freshly signed."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hookproof.conformance.sending.sender import Sender
from hookproof.errors import UsageError
from hookproof.findings.finding import as_stored_text
from hookproof.http.request import Request, Sending, content_type, write_body, write_request
from hookproof.http.target import shell_headers, with_query
from hookproof.payload.body import BodyForm

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Sequence

    from hookproof.conformance.cases.constants import Constants
    from hookproof.contract import Callback
    from hookproof.contract.model import Example
    from hookproof.http.target import GivenHeader


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


def unsigned(constants: Constants, example: Example) -> Request:
    """The example as the contract has it; a signature in its body is of the published secret."""
    payload = constants.put_into(example.payload, kept=frozenset(), accepts=lambda *_: True)
    headers = (("Content-Type", content_type(constants.callback, BodyForm.JSON)),)
    return Request(write_body(payload, form=BodyForm.JSON), headers, BodyForm.JSON, payload)


def signed(
    constants: Constants,
    example: Example,
    *,
    secret: bytes,
    clock: Callable[[], float],
    chance: random.Random,
    url: str = "",
) -> Request:
    """The example as if sent now: the current moment, another nonce, the right signature.

    `clock` gives Unix seconds; `url` is where it is to be sent.
    """
    callback = constants.callback
    encoding = callback.signature.forms[0].encodings[0]
    form = BodyForm(callback.encodings[0].encoding)
    sender = Sender(callback, secret, clock, chance, encoding, form, constants=constants)
    payload = sender.refresh(example.payload, kept=frozenset())
    sending = Sending(clock(), f"{chance.getrandbits(64):x}", url)
    return write_request(sender.as_chosen, payload, secret=secret, sending=sending, form=form)


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


def as_http(request: Request, *, url: str) -> bytes:
    """The request as it travels: start line, headers and body."""
    parts = urlsplit(with_query(url, request.query))
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    length = ("Content-Length", str(len(request.body)))
    lines = [f"{name}: {value}" for name, value in (*request.headers, length)]
    head = "\r\n".join([f"POST {path} HTTP/1.1", f"Host: {parts.netloc}", *lines])
    return f"{head}\r\n\r\n".encode("latin-1") + request.body


def as_curl(request: Request, *, url: str, given: Sequence[GivenHeader] = ()) -> str:
    """A line for a shell that sends the request, to the URL with what the request adds to it.

    Headers that were given take the place of others; a secret one is read from its variable.
    """
    headers = shell_headers(request.headers, given)
    return curl_line(headers, request.body, with_query(url, request.query)) + "\n"


def curl_line(headers: Iterable[str], body: bytes, url: str) -> str:
    """A line for a shell that sends a body to the byte, with headers that are options already."""
    parts = ["curl -sS -i", *headers]
    is_packed, text = as_stored_text(body)
    if not is_packed:
        # Of other options, curl reads a file where a body begins with an @, whoever wrote it.
        return " ".join([*parts, "--data-raw", shlex.quote(text), shlex.quote(url)])
    parts = [f"printf %s {text} | base64 -d |", *parts, "--data-binary @-", shlex.quote(url)]
    return " ".join(parts)
