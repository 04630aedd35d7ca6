"""Takes a request through all that a receiver has to do before it acts on a callback."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, cast

from hookproof.contract import Contract
from hookproof.errors import UsageError
from hookproof.http.request import Sending, write_json, write_request
from hookproof.payload.body import BodyForm, read_body
from hookproof.payload.pointer import from_pointer
from hookproof.receiver.event import Acknowledgement, Event
from hookproof.receiver.rejections import InvalidSignature, Malformed, Rejected, UnknownCallback
from hookproof.signature import SignatureState, verify
from hookproof.signature.verify import find_signature
from hookproof.validation.untyped import typed
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.contract import Callback
    from hookproof.contract.model import SignatureFacts
    from hookproof.receiver.memory import NonceMemory

    Secret = str | bytes
    Pair = tuple[str, str] | tuple[bytes, bytes]

    class HasItems(Protocol):
        """Headers of most frameworks, and of `http.server`, which are no Mapping."""

        def items(self) -> Iterable[Pair]:
            """All pairs, a name as often as it came."""

    Headers = HasItems | Iterable[Pair]

_FORM_TYPE: Final = "x-www-form-urlencoded"
_REASONS: Final = {
    SignatureState.MISSING: "missing",
    SignatureState.WRONG: "wrong",
    SignatureState.UNREADABLE: "unreadable",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What `check` gives: the event, or why there is none."""

    event: Event | None
    rejection: Rejected | None

    @property
    def ok(self) -> bool:
        """Whether there is an event."""
        return self.event is not None


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request as the vendor would send it; `query` is what the URL's query holds besides."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    query: str = ""


class Receiver:
    """Verifies, decodes, identifies, validates and types the callbacks of some areas.

    Three lines in a receiver::

        hooks = Receiver("AREA", secret=settings.callback_secret)
        event = hooks.receive(headers=request.headers, body=raw, url=request.url)
        match event.payload: ...

    Several areas share a URL as `Receiver("A", "B", secret={"A": …, "B": …})`; several secrets of
    one area, while it changes, are a list. `contract` is the shipped one unless given.

    Vendors add fields, values and events: what the contract does not know is kept and accepted,
    unless `strict` is set; an unknown event comes untyped, or raises with `unknown="raise"`.
    `window` is how many seconds a callback may be away from now, in either direction; without one,
    what the vendor's page asks for holds, and where it asks for nothing no callback is too old, for
    retries come late. `memory` keeps nonces, so that one does not come again with another body.
    `clock` gives Unix seconds.

    One receiver serves all threads. Raises UsageError for an area that the contract does not have
    or one without a secret.
    """

    def __init__(  # noqa: PLR0913 - each is a decision of the receiver's
        self,
        *areas: str,
        secret: Secret | Iterable[Secret] | Mapping[str, Secret | Iterable[Secret]],
        contract: Contract | None = None,
        strict: bool = False,
        unknown: Literal["event", "raise"] = "event",
        window: float | None = None,
        memory: NonceMemory | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._contract = contract or Contract()
        self._areas = areas
        if not areas:
            raise UsageError("a receiver is of one area or several", hint="Receiver('AREA', …)")
        self._validator = Validator(self._contract, areas=areas)
        given = secret if isinstance(secret, Mapping) else dict.fromkeys(areas, secret)
        self._secrets = {area: _secrets(given.get(area, ())) for area in areas}
        for area, known in self._secrets.items():
            if not known or not all(known):
                raise UsageError(f"no secret for {area}", hint="an empty one proves nobody")
        self._strict, self._unknown = strict, unknown
        self._window, self._memory, self._clock = window, memory, clock

    def receive(self, *, headers: Headers, body: bytes, url: str = "") -> Event:
        """The event of a request. Raises InvalidSignature, Malformed or UnknownCallback.

        `body` are the bytes as they came, before anything has parsed them; `url` is needed where
        the vendor signs its query or the whole address. Nothing else is raised, whatever came.
        """
        if not isinstance(body, bytes | bytearray | memoryview):
            raise TypeError("body has to be the raw bytes of the request, not what was parsed")
        request = _Request(tuple(_pairs(headers)), bytes(body), str(url))
        payload, form = self._read(request)
        candidates = self._validator.identify(payload, headers=request.headers, url=request.url)
        proved = [
            one for one in candidates if self._proves(one.signature, one.area, request, payload)
        ]
        if not proved:
            return self._unproved(candidates, request, payload)
        callback = self._best(proved, payload)
        self._hold_to_the_window(callback, payload, request)
        self._claim_nonces(callback, payload, request)
        return self._event(callback, payload, request, form)

    def check(self, *, headers: Headers, body: bytes, url: str = "") -> Result:
        """The same without raising."""
        try:
            return Result(self.receive(headers=headers, body=body, url=url), None)
        except Rejected as rejection:
            return Result(None, rejection)

    def sign(self, callback: str, payload: dict[str, Any], *, url: str = "") -> SignedRequest:
        """A payload as the vendor would send it now, signed; for tests of one's own."""
        facts = self._contract.callback(callback, self._areas)
        event = sha256(write_json(payload).encode(errors="replace")).hexdigest()
        sent = write_request(
            facts,
            payload,
            secret=self._secrets[facts.area][0],
            sending=Sending(self._clock(), event, url),
            form=BodyForm(facts.encodings[0].encoding),
        )
        return SignedRequest(sent.body, sent.headers, sent.query)

    def _read(self, request: _Request) -> tuple[dict[str, Any], BodyForm]:
        body = read_body(request.body, form=request.declared_form)
        problems = body.reading.problems
        if problems:
            size = problems[0].code == "HP109"
            reason, status = ("too-large", 413) if size else ("unreadable", 400)
            raise Malformed(
                reason, f"the body cannot be read: {problems[0].message}", status=status
            )
        if not isinstance(body.value, dict):
            raise Malformed("no-object", "the body is no object with fields", status=400)
        return body.value, body.form

    def _proves(
        self, facts: SignatureFacts, area: str, request: _Request, payload: dict[str, Any]
    ) -> bool:
        return any(
            verify(
                facts,
                secret,
                payload=payload,
                body=request.body,
                headers=request.headers,
                url=request.url,
            ).valid
            for secret in self._secrets[area]
        )

    def _unproved(
        self, candidates: list[Callback], request: _Request, payload: dict[str, Any]
    ) -> Event:
        """An event that the contract does not know, but whose sender is proved; else it raises."""
        if candidates:
            raise self._why(candidates[0], request, payload)
        for area in self._areas:
            for facts in self._signatures(area):
                if self._proves(facts, area, request, payload):
                    if self._unknown == "raise":
                        raise UnknownCallback("unknown", "no callback is named", status=400)
                    return Event(
                        callback="",
                        area=area,
                        payload=payload,
                        value=payload,
                        raw=request.body,
                        dedupe_key="",
                        verified_at=self._now(),
                    )
        message = "it names no callback, and no documented signature proves the sender"
        raise InvalidSignature("wrong", message, status=401)

    def _why(
        self, callback: Callback, request: _Request, payload: dict[str, Any]
    ) -> InvalidSignature:
        facts = callback.signature
        verdict = verify(
            facts,
            self._secrets[callback.area][0],
            payload=payload,
            body=request.body,
            headers=request.headers,
            url=request.url,
        )
        reason = _REASONS.get(verdict.state, "wrong")
        return InvalidSignature(reason, f"{callback.path}: {verdict.reason}", status=401)

    def _signatures(self, area: str) -> Iterator[SignatureFacts]:
        """The different signatures of an area's callbacks."""
        known: list[SignatureFacts] = []
        for listed in self._contract.listings([area]):
            facts = self._contract.callback(listed.path).signature
            if facts not in known:
                known.append(facts)
                yield facts

    def _best(self, proved: list[Callback], payload: dict[str, Any]) -> Callback:
        fitting = (one for one in proved if self._validator.compiled(one.path).accepts(payload))
        return next(fitting, proved[0])

    def _hold_to_the_window(
        self, callback: Callback, payload: dict[str, Any], request: _Request
    ) -> None:
        moment, documented = _moment(callback, payload, request)
        window = self._window if self._window is not None else documented
        if moment is None or window is None:
            return
        away = moment - self._clock()
        if abs(away) > window:
            when = "in the future" if away > 0 else "ago"
            message = f"it was sent {abs(away):.0f} s {when}, and {window:g} s are allowed"
            raise InvalidSignature("stale", message, status=401)

    def _claim_nonces(self, callback: Callback, payload: dict[str, Any], request: _Request) -> None:
        names = callback.signature.nonces
        if self._memory is None or not names:
            return
        nonce = json.dumps([callback.area, *(str(payload.get(name)) for name in names)])
        if not self._memory.claim(_digest(nonce.encode()), _digest(request.body)):
            message = "its nonce came before with another body: the signature was used again"
            raise InvalidSignature("replayed", message, status=401)

    def _event(
        self, callback: Callback, payload: dict[str, Any], request: _Request, form: BodyForm
    ) -> Event:
        compiled = self._validator.compiled(callback.path)
        value = payload if form is not BodyForm.FORM else typed(callback.schema, payload)
        fits = compiled.accepts(value)
        model = _model_of(callback.area, callback.event, callback.title)
        read = _read_model(model, value) if model and (fits or not self._strict) else None
        if not fits and (read is None or self._strict):
            first = compiled.violations(value)[0]
            where = "/".join(map(str, first.path))
            raise Malformed("contract", f"{callback.path}, /{where}: {first.message}", status=400)
        return Event(
            callback=callback.path,
            area=callback.area,
            payload=value if read is None else read,
            value=value,
            raw=request.body,
            dedupe_key=_dedupe_key(callback, value, request),
            verified_at=self._now(),
            quirks=tuple(quirk.id for quirk in compiled.quirks_in(value)) if fits else (),
            unknown_fields=tuple(compiled.unknown_in(value)),
            acknowledgement=_acknowledgement(callback),
        )

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), tz=UTC)


@dataclass(frozen=True, slots=True)
class _Request:
    """A request as it came, with headers as texts."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    url: str

    @property
    def declared_form(self) -> BodyForm | None:
        """How the body is written by its header; None where its first bytes have to tell."""
        if self.body.lstrip()[:1] in {b"{", b"["}:
            return BodyForm.JSON
        types = [value.lower() for name, value in self.headers if name.lower() == "content-type"]
        return BodyForm.FORM if types and _FORM_TYPE in types[0] else None


def _secrets(given: Secret | Iterable[Secret]) -> tuple[bytes, ...]:
    one = [given] if isinstance(given, str | bytes) else list(given)
    return tuple(item.encode() if isinstance(item, str) else item for item in one)


def _pairs(headers: Headers) -> Iterator[tuple[str, str]]:
    """Headers of any framework as texts; bytes are what HTTP says they are, Latin-1."""
    # Not by Mapping: what `http.server` gives is none, and has items.
    items: Callable[[], Iterable[Pair]] | None = getattr(headers, "items", None)
    pairs = items() if items else cast("Iterable[Pair]", headers)
    for name, value in pairs:
        yield (_text(name), _text(value))


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _moment(
    callback: Callback, payload: dict[str, Any], request: _Request
) -> tuple[float | None, float | None]:
    """When a callback was sent in Unix seconds, and how far from now a page allows it to be."""
    for fact in callback.request_fields:
        if fact.moment:
            _, text = find_signature(fact.place, payload, request.headers, url=request.url)
            return _seconds(text, fact.moment), fact.tolerance
    if callback.sent_at is None:
        return None, None
    return _seconds(payload.get(callback.sent_at.field), callback.sent_at.unit), None


def _seconds(value: Any, unit: str) -> float | None:
    text = str(value)
    if isinstance(value, bool) or not text.isascii() or not text.isdigit() or len(text) > 16:
        return None
    return int(text) / (1000 if unit == "milliseconds" else 1)


def _dedupe_key(callback: Callback, value: dict[str, Any], request: _Request) -> str:
    parts: list[Any] = [callback.path]
    parts += [
        find_signature(fact.place, value, request.headers, url=request.url)[1]
        for fact in callback.request_fields
        if fact.is_unique
    ]
    for pointer in callback.dedupe_key:
        found: Any = value
        for part in from_pointer(pointer):
            found = found.get(part) if isinstance(found, dict) else None
        parts.append(found)
    return json.dumps(parts, ensure_ascii=False) if len(parts) > 1 else ""


def _acknowledgement(callback: Callback) -> Acknowledgement:
    success = callback.deliveries[0].success
    status = int(success.status) if success.status.isdigit() else 200
    if callback.answer:
        body = write_json(callback.answer.example).encode()
        return Acknowledgement(status, body, "application/json")
    return Acknowledgement(status, (success.body or "").encode())


@cache
def _model_of(area: str, event: str, title: str) -> Any:
    """The generated model of a callback, None where none is installed."""
    try:
        return getattr(import_module(f"hookproof_models.{area}.{event}"), title, None)
    except ImportError:
        return None


def _read_model(model: Any, value: dict[str, Any]) -> Any:
    """A payload as its model; None where it does not take it."""
    try:
        return model.model_validate_json(write_json(value))
    except (ValueError, RecursionError, OverflowError):
        return None


def _digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()
