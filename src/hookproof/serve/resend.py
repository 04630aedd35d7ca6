"""Sends captures again: signed anew with the moment of now, or byte by byte as they came.

They go one after the other, at whatever pace, and what came of each is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hookproof.conformance.evidence.redaction import discreet
from hookproof.conformance.sending.sender import fresh_nonce
from hookproof.delivery.deliver import is_received
from hookproof.http.answer import Outcome
from hookproof.http.request import Request, Sending, write_request
from hookproof.payload.body import BodyForm, read_body
from hookproof.serve.forward import OWN_HEADERS
from hookproof.signature import verify
from hookproof.signature.verify import find_signature, query_of
from hookproof.validation_run.fast_path_router import form_of

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator

    from hookproof.captures.capture import Capture
    from hookproof.contract import Callback
    from hookproof.contract.model import RequestField
    from hookproof.http.answer import Answer
    from hookproof.http.transport import Transport
    from hookproof.signature.secrets import Secrets
    from hookproof.validation.validator import Validator

    Headers = tuple[tuple[str, str], ...]

AS_CAPTURED = "as captured"
GONE = frozenset({Outcome.UNREACHABLE, Outcome.TLS, Outcome.REFUSED})


@dataclass(frozen=True, slots=True)
class Resent:
    """What is sent in place of a capture; `how` says whether it was signed anew, and why not."""

    request: Request
    callback: str
    how: str


@dataclass(slots=True)
class Resender:
    """Writes captures again.

    The event stays the same one: only the moment of sending, nonces and signatures are new, as in
    a redelivery of the vendor's. `clock` gives Unix seconds, `chance` makes nonces.
    """

    validator: Validator
    secrets: Secrets
    clock: Callable[[], float]
    chance: random.Random

    def write(self, capture: Capture, *, url: str, as_captured: bool = False) -> Resent:
        """The request to send to a URL in place of a capture."""
        headers = capture.headers or ()
        form = form_of(capture.body, headers)
        body = read_body(capture.body, form=form)
        known: list[Callback] = []
        if isinstance(body.value, dict):
            known = self.validator.identify(body.value, headers=headers, url=capture.url)
        name = known[0].path if len(known) == 1 else ""
        if as_captured:
            return Resent(_verbatim(capture, form), name, AS_CAPTURED)
        if not name:
            why = "no callback is recognised" if not known else "it may be several callbacks"
            return Resent(_verbatim(capture, form), name, f"{AS_CAPTURED}: {why}")
        [callback] = known
        if callback.signature.is_unsigned:
            return Resent(_verbatim(capture, form), name, f"{AS_CAPTURED}: nothing is signed")
        secret = self.secrets.of(callback)
        if not secret:
            return Resent(_verbatim(capture, form), name, f"{AS_CAPTURED}: no secret is at hand")
        request = self._signed(callback, capture, body.value, form, secret, url)
        return Resent(request, name, "signed anew")

    def _signed(
        self,
        callback: Callback,
        capture: Capture,
        value: dict[str, Any],
        form: BodyForm,
        secret: bytes,
        url: str,
    ) -> Request:
        """The request with the moment of now; what else was captured of it stays."""
        headers = capture.headers or ()
        seen = verify(
            callback.signature,
            secret,
            payload=value,
            body=capture.body,
            headers=headers,
            url=capture.url,
        )
        facts = callback.signature.forms[seen.form]
        if seen.encoding:
            facts = replace(facts, encodings=(seen.encoding,))
        kept = tuple(_as_it_came(fact, capture) for fact in callback.request_fields)
        fresh = self._of_now(callback, value)
        # What is not changed goes out in the bytes in which it came.
        payload = capture.body if fresh == value and not facts.place.in_body else fresh
        written = write_request(
            replace(callback, signature=facts, request_fields=kept),
            payload,
            secret=secret,
            sending=Sending(self.clock(), "", url),
            form=form if form is not BodyForm.PRINT_R else BodyForm.JSON,
        )
        names = {name.lower() for name, _ in written.headers} - {"content-type"}
        others = [pair for pair in _headers(headers) if pair[0].lower() not in names]
        typed = any(name.lower() == "content-type" for name, _ in others)
        own = [pair for pair in written.headers if not typed or pair[0] != "Content-Type"]
        return replace(written, headers=(*others, *own), query=_joined(written.query, capture.url))

    def _of_now(self, callback: Callback, value: dict[str, Any]) -> dict[str, Any]:
        fresh: dict[str, int] = {}
        if callback.sent_at:
            fresh[callback.sent_at.field] = callback.sent_at.written(self.clock())
        for name in callback.signature.nonces:
            fresh[name] = fresh_nonce(self.clock(), self.chance)
        changed = {
            name: str(new) if isinstance(value[name], str) else new
            for name, new in fresh.items()
            if name in value
        }
        return {**value, **changed}


def _as_it_came(fact: RequestField, capture: Capture) -> RequestField:
    """A header or parameter with the value that was captured; a moment is made anew."""
    there, text = find_signature(fact.place, None, capture.headers or (), url=capture.url)
    if fact.moment or fact.digest or not there:
        return fact
    return replace(fact, text=str(text), pointer="", is_unique=False)


def _verbatim(capture: Capture, form: BodyForm) -> Request:
    query = capture.url.partition("#")[0].partition("?")[2]
    return Request(capture.body, tuple(_headers(capture.headers or ())), form, query=query)


def _headers(headers: Headers) -> list[tuple[str, str]]:
    """The headers that are the request's own, and no matter of a connection."""
    return [pair for pair in headers if pair[0].lower() not in OWN_HEADERS and pair[0][:1] != ":"]


def _joined(query: str, url: str) -> str:
    """The parameters that were written, after those captured ones that they do not replace."""
    written = {name for name, _ in query_of(f"?{query}")}
    captured = url.partition("#")[0].partition("?")[2]
    kept = [
        part
        for part in captured.split("&")
        if part and next((name for name, _ in query_of(f"?{part}")), "") not in written
    ]
    return "&".join([*kept, *([query] if query else [])])


@dataclass(frozen=True, slots=True)
class Replayed:
    """A capture that was sent again; `received` is whether its vendor would be content."""

    number: int
    capture: Capture
    resent: Resent
    answer: Answer
    received: bool


@dataclass(frozen=True, slots=True)
class Pace:
    """How captures follow each other.

    `speed` is how many times faster than they came in, 0 for at once; `wait` is called before each
    but the first, and the rest is left where it gives False. `clock` gives seconds that never go
    back.
    """

    clock: Callable[[], float]
    sleep: Callable[[float], object]
    speed: float = 0.0
    wait: Callable[[], bool] = lambda: True

    def keep(self, captures: Iterable[tuple[int, Capture]]) -> Iterator[tuple[int, Capture]]:
        """The captures, each when its time has come."""
        began, first, is_first = self.clock(), None, True
        for number, capture in captures:
            if not is_first and not self.wait():
                return
            is_first = False
            if self.speed and capture.received_at is not None:
                first = capture.received_at if first is None else first
                due = began + (capture.received_at - first) / self.speed
                self.sleep(max(due - self.clock(), 0.0))
            yield number, capture


def replay_captures(
    captures: Iterable[tuple[int, Capture]],
    resender: Resender,
    transport: Transport,
    *,
    url: str,
    pace: Pace,
    as_captured: bool,
) -> Iterator[Replayed]:
    """Send each capture, with its number, when its time has come."""
    for number, capture in pace.keep(captures):
        resent = resender.write(capture, url=url, as_captured=as_captured)
        request = resent.request
        answer = transport.send_request(request)
        yield _judged(number, capture, resent, answer, resender)


def _judged(
    number: int, capture: Capture, resent: Resent, answer: Answer, resender: Resender
) -> Replayed:
    """What came back, without secrets, and what it means to the vendor."""
    received = answer.whole_status is not None and 200 <= answer.whole_status < 300
    if resent.callback:
        callback = resender.validator.compiled(resent.callback).callback
        received = is_received(callback.deliveries[0], answer)
        secret = resender.secrets.of(callback)
        if secret:
            answer = discreet(answer, resent.request, callback.signature, secret=secret)
    return Replayed(number, capture, resent, answer, received)
