"""What `schemathesis run` is given so that it can test a receiver at all: nested JSON, signatures.

It sends what it has generated for the derived document as a vendor would: nested JSON written as
text, the moment of now, signed. Without that a correct receiver refuses all of it.
"""

from __future__ import annotations

import random
import time
from typing import Any

import schemathesis

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.conformance.generation.fuzzer_schema import nest
from hookproof.conformance.sending.sender import Sender
from hookproof.contract import Contract

SECRET = b"9193cc662a4c0ec135ec71fb57194b38"
CONTRACT = Contract()
SENDERS: dict[str, Sender] = {}


def sender(name: str) -> Sender:
    """What signs the payloads of a callback."""
    if name not in SENDERS:
        callback = CONTRACT.callback(name)
        chance = random.Random(name)
        encoding = callback.signature.encodings[0]
        SENDERS[name] = Sender(callback, SECRET, time.time, chance, encoding)
    return SENDERS[name]


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Replace the body by the signed one, and add the header where the signature is in one."""
    del context
    if type(case.body).__name__ == "NotSet":
        return
    writer = sender(case.operation.path.strip("/"))
    payload = case.body
    if not isinstance(payload, bytes):
        payload = nest(writer.callback.schema, payload)
    request = writer.write(Case(Check.ACCEPTS_GENUINE, "", payload, verbatim=True))
    kwargs["data"] = request.body
    kwargs.pop("json", None)
    for name, value in request.headers:
        if name != "Content-Type":
            case.headers[name] = value
