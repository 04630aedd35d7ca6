"""Takes a request through all that a receiver has to do before it acts on a callback.

A request that is as it should be takes the short way: its lane says yes to all of it. What a lane
does not say yes to is judged exactly, and only that may refuse.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import orjson

from hookproof.contract import Contract
from hookproof.errors import UsageError
from hookproof.payload.body import BodyForm, read_body
from hookproof.payload.decode import has_long_number
from hookproof.receiver.event import Event, Request, SignedRequest
from hookproof.receiver.lane import Lane, confirmation_answer
from hookproof.receiver.rejections import (
    InvalidSignature,
    Malformed,
    NoConfirmation,
    UnknownCallback,
)
from hookproof.signature.secrets import hold_form
from hookproof.signature.verify import SignatureState, find_signature, verify
from hookproof.validation.identify import Directory
from hookproof.validation.untyped import typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hookproof.contract import Callback
    from hookproof.contract.model import SignatureFacts
    from hookproof.receiver.event import Acknowledgement, Headers, Secret
    from hookproof.receiver.memory import NonceMemory

_FORBIDDEN: Final = 403
_RAW: Final = (bytes, bytearray, memoryview)
_TAKE: Final = 'Receiver(…, unsigned="accept") takes it all the same'
_REASONS: Final = {
    SignatureState.MISSING: "missing",
    SignatureState.WRONG: "wrong",
    SignatureState.UNREADABLE: "unreadable",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a receiver decides beyond the contract."""

    strict: bool
    refuses_unknown: bool
    takes_unsigned: bool
    window: float | None
    memory: NonceMemory | None
    clock: Callable[[], float]
    token: str | None = None


class Reader:
    """Reads the callbacks of some areas by the rules of a receiver."""

    def __init__(
        self,
        areas: tuple[str, ...],
        secret: Secret | Iterable[Secret] | Mapping[str, Secret | Iterable[Secret]],
        contract: Contract | None,
        rules: Rules,
    ) -> None:
        self._contract = contract or Contract()
        self._areas, self._rules, self._now = areas, rules, _now_by(rules.clock)
        self._has_rules = rules.window is not None or rules.memory is not None
        if not areas or not all(isinstance(area, str) for area in areas):
            hint = "Receiver('AREA', 'ANOTHER', …)"
            raise UsageError("a receiver is of one area or several, each a text", hint=hint)
        self._directory = Directory(self._contract.listings(areas), load=self._contract.callback)
        self._named_alone = self._directory.named_alone
        given = secret if hasattr(secret, "get") else dict.fromkeys(areas, secret)
        self._secrets = {area: _secrets(given.get(area, ())) for area in areas}
        self._signed = {one.area for one in self._contract.listings(areas) if not one.is_unsigned}
        for area, known in self._secrets.items():
            if area not in self._signed:
                if not rules.takes_unsigned:
                    raise UsageError(f"the vendor of {area} signs nothing", hint=_TAKE)
            elif not known or not all(known):
                raise UsageError(f"no secret for {area}", hint="an empty one proves nobody")
            else:
                first = self._contract.callback(self._contract.listings([area])[0].path)
                for one in known:
                    hold_form(first, one, f"Receiver({area!r}, secret=…)")
        self._lanes: dict[str | None, Lane] = {}

    def callbacks(self) -> list[Callback]:
        """All callbacks that may come."""
        return [self._contract.callback(one.path) for one in self._contract.listings(self._areas)]

    def read(self, headers: Headers, body: bytes, url: str) -> Event:
        """The event of a request. Raises InvalidSignature, Malformed or UnknownCallback."""
        if type(body) is not bytes or type(url) is not str or headers is None:
            headers, body, url = _checked(headers, body, url)
        request = Request(headers, body, url)
        try:
            value = _loads(body)
            anew = _dumps(value)
        except (orjson.JSONDecodeError, TypeError):
            return self._exactly(request)
        # What is no JSON object by its first byte takes a closer look.
        if type(value) is dict and (anew == body or not _is_odd(body)):
            lane = self._lanes.get(self._named_alone(value)) or self._named(value, request)
            if lane is not None and lane.proves(value, request):
                # It also doubts what names a key twice, or nests too deep.
                seen = lane.look(body, value, anew)
                if seen is not None and seen.quirks is not None:
                    if self._has_rules or lane.has_tolerance:
                        self._hold_to_the_rules(lane, value, request)
                    return lane.event(value, request, self._now(), seen.quirks)
        return self._exactly(request)

    def confirm(self, url: str) -> Acknowledgement:
        """The answer to a GET that asks whose the address is; raises NoConfirmation otherwise."""
        for area in self._areas:
            first = self._contract.callback(self._contract.listings([area])[0].path)
            secret = next(iter(self._secrets[area]), b"")
            said = confirmation_answer(first, url, secret=secret, token=self._rules.token)
            if said and said.status == _FORBIDDEN:
                message = "the token of the GET is not the one that this receiver was given"
                raise NoConfirmation("wrong-token", message, status=said.status)
            if said:
                return said
        message = "these areas confirm no address by such a GET"
        raise NoConfirmation("unasked", message, status=405)

    def _named(self, value: dict[str, Any], request: Request) -> Lane | None:
        """The lane of the one callback that a payload names, None where it takes a closer look."""
        beside = request.headers if self._directory.looks_beside else None
        named = self._directory.paths(value, headers=beside, url=request.url)
        return self._lane(named[0]) if len(named) == 1 else None

    def sign(self, name: str, payload: dict[str, Any], url: str) -> SignedRequest:
        """A payload as the vendor would send it now."""
        from hookproof.http.request import (  # noqa: PLC0415 - for tests alone
            Sending,
            write_json,
            write_request,
        )

        facts = self._contract.callback(name, self._areas)
        event = sha256(write_json(payload).encode(errors="replace")).hexdigest()
        sent = write_request(
            facts,
            payload,
            secret=next(iter(self._secrets[facts.area]), b""),
            sending=Sending(self._rules.clock(), event, url),
            form=BodyForm(facts.encodings[0].encoding),
        )
        return SignedRequest(sent.body, sent.headers, sent.query)

    def _lane(self, path: str) -> Lane:
        lane = self._lanes.get(path)
        if lane is None:
            callback = self._contract.callback(path)
            # Of two threads at once the later one wins; both are right.
            takes = self._rules.takes_unsigned
            secrets = self._secrets[callback.area]
            lane = self._lanes[path] = Lane(callback, secrets, takes_unsigned=takes)
        return lane

    # -- the long way ---------------------------------------------------------------------------

    def _exactly(self, request: Request) -> Event:
        payload, form = self._payload(request)
        candidates = self._directory.candidates(payload, headers=request.headers, url=request.url)
        proved = [
            one for one in candidates if self._proves(one.signature, one.area, request, payload)
        ]
        if not proved and self._rules.takes_unsigned:
            proved = [one for one in candidates if one.signature.is_unsigned]
        if not proved:
            return self._unproved(candidates, request, payload)
        lane = self._best(proved, payload)
        self._hold_to_the_rules(lane, payload, request)
        return self._judged(lane, payload, request, form)

    def _payload(self, request: Request) -> tuple[dict[str, Any], BodyForm]:
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
        self, facts: SignatureFacts, area: str, request: Request, payload: dict[str, Any]
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
        self, candidates: list[Callback], request: Request, payload: dict[str, Any]
    ) -> Event:
        """An event that no contract has, of a sender that is proved or never is; else it raises."""
        if candidates:
            raise self._why(candidates[0], request, payload)
        # An area of which nothing is signed is here only where that is accepted; it comes last.
        for area in sorted(self._areas, key=lambda one: one not in self._signed):
            is_proved = any(
                self._proves(facts, area, request, payload) for facts in self._signatures(area)
            )
            if is_proved or area not in self._signed:
                if self._rules.refuses_unknown:
                    raise UnknownCallback("unknown", "no callback is named", status=400)
                now = self._now()
                return Event("", area, payload, request.body, "", now, is_proved=is_proved)
        message = "it names no callback, and no documented signature proves the sender"
        raise InvalidSignature("wrong", message, status=401)

    def _why(
        self, callback: Callback, request: Request, payload: dict[str, Any]
    ) -> InvalidSignature:
        facts = callback.signature
        if facts.is_unsigned:
            message = f"{callback.path}: its vendor signs nothing, so anybody may have sent it"
            return InvalidSignature("unsigned", f"{message}; {_TAKE}", status=401)
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

    def _best(self, proved: list[Callback], payload: dict[str, Any]) -> Lane:
        lanes = [self._lane(one.path) for one in proved]
        return next((one for one in lanes if one.judges.accepts(payload)), lanes[0])

    def _judged(
        self, lane: Lane, payload: dict[str, Any], request: Request, form: BodyForm
    ) -> Event:
        callback, judges = lane.callback, lane.judges
        value = payload if form is not BodyForm.FORM else typed(callback.schema, payload)
        fits = judges.accepts(value)
        if not fits and form is BodyForm.FORM:
            # An older edition may have other types.
            fits = judges.edition_of(value, as_texts=True) is not None
        strict = self._rules.strict
        if not fits and (strict or not lane.takes(value)):
            first = judges.violations(value)[0]
            where = "/".join(map(str, first.path))
            raise Malformed("contract", f"{callback.path}, /{where}: {first.message}", status=400)
        quirks = tuple(quirk.id for quirk in judges.quirks_in(value)) if fits else ()
        event = lane.event(value, request, self._now(), quirks)
        event = replace(event, unknown_fields=tuple(judges.unknown_in(value)))
        return event if form is BodyForm.JSON else lane.event_of_form(event)

    # -- what holds for both --------------------------------------------------------------------

    def _hold_to_the_rules(self, lane: Lane, payload: dict[str, Any], request: Request) -> None:
        """Raise InvalidSignature for what is too far from now, or was signed for another body."""
        if self._rules.window is not None or lane.has_tolerance:
            self._hold_to_the_window(lane.callback, payload, request)
        if self._rules.memory is not None:
            self._claim_nonces(self._rules.memory, lane.callback, payload, request)

    def _hold_to_the_window(
        self, callback: Callback, payload: dict[str, Any], request: Request
    ) -> None:
        moment, documented = _moment(callback, payload, request)
        window = self._rules.window if self._rules.window is not None else documented
        if moment is None or window is None:
            return
        away = moment - self._rules.clock()
        if abs(away) > window:
            when = "in the future" if away > 0 else "ago"
            message = f"it was sent {abs(away):.0f} s {when}, and {window:g} s are allowed"
            raise InvalidSignature("stale", message, status=401)

    def _claim_nonces(
        self, memory: NonceMemory, callback: Callback, payload: dict[str, Any], request: Request
    ) -> None:
        names = callback.signature.nonces
        if not names:
            return
        nonce = json.dumps([callback.area, *(str(payload.get(name)) for name in names)])
        if not memory.claim(_digest(nonce.encode()), _digest(request.body)):
            message = "its nonce came before with another body: the signature was used again"
            raise InvalidSignature("replayed", message, status=401)


_loads, _dumps = orjson.loads, orjson.dumps


def _now_by(clock: Callable[[], float]) -> Callable[[], datetime]:
    """What gives the moment of a clock, aware, in UTC."""
    if clock is time.time:
        # The same in two thirds of the time.
        return partial(datetime.now, UTC)
    return lambda: datetime.fromtimestamp(clock(), UTC)


def _is_odd(body: bytes) -> bool:
    """Whether a body begins otherwise than an object, or orjson may have rounded what is in it."""
    return body[:1] != b"{" or has_long_number(body)


def _checked(headers: Any, body: Any, url: Any) -> tuple[Headers, bytes, str]:
    """What a caller gave in another type; raises TypeError for what no request has."""
    if not isinstance(body, _RAW):
        raise TypeError("body has to be the raw bytes of the request, not what was parsed")
    if headers is None:
        raise TypeError("headers has to be those of the request; () where there are none")
    return headers, bytes(body), str(url)


def _secrets(given: Secret | Iterable[Secret]) -> tuple[bytes, ...]:
    """What was given, as bytes; nothing where it was None, as an environment gives it."""
    one = [given] if isinstance(given, (str, *_RAW)) else [] if given is None else given
    try:
        return tuple(item.encode() if isinstance(item, str) else _as_bytes(item) for item in one)
    except TypeError:
        kind = type(given).__name__
        raise UsageError(f"a secret is text or bytes, or several are, not {kind}") from None


def _as_bytes(item: Any) -> bytes:
    if isinstance(item, _RAW):
        return bytes(item)
    raise TypeError


def _moment(
    callback: Callback, payload: dict[str, Any], request: Request
) -> tuple[float | None, float | None]:
    """When a callback was sent in Unix seconds, and how far from now a page allows it to be."""
    for fact in callback.request_fields:
        if fact.moment:
            _, text = find_signature(fact.place, payload, request.headers, url=request.url)
            return _seconds(text, fact.moment), fact.tolerance
    if callback.sent_at is None:
        return None, None
    return _seconds(payload.get(callback.sent_at.field), callback.sent_at.unit), None


def _of_text(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.timestamp() if moment.tzinfo else None


def _seconds(value: Any, unit: str) -> float | None:
    text = str(value)
    if unit == "rfc3339":
        return _of_text(text)
    if isinstance(value, bool) or not text.isascii() or not text.isdigit() or len(text) > 16:
        return None
    return int(text) / (1000 if unit == "milliseconds" else 1)


def _digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()
