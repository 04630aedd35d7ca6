"""Makes a request of a case: fresh moment and nonce, the right signature, then the tampering."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.cases import NONCES, RARE_NONCES, Serials
from hookproof.conformance.cases.constants import overlaps
from hookproof.conformance.cases.forgeries import signatures_of
from hookproof.conformance.cases.marks import Marks, is_held, marks_of
from hookproof.conformance.cases.moments import brought_to, moments_of, moved
from hookproof.conformance.cases.mutation_points import put
from hookproof.http.request import Request, Sending, write_body, write_json, write_request
from hookproof.payload.body import BodyForm
from hookproof.payload.pointer import from_pointer, leaves
from hookproof.schema.compiled_schema import CompiledSchema

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from hookproof.conformance.cases.cases import Case, Nonce
    from hookproof.conformance.cases.constants import Constants
    from hookproof.contract import Callback
    from hookproof.contract.model import SignatureFacts
    from hookproof.payload.scan import Path

# Where a receiver finds the number of a case, for its log.
CASE_HEADER: Final = "X-Hookproof-Case"
_KINDS: Final = NONCES | RARE_NONCES
_SIGNS_OF_BASE64: Final = frozenset("+/-_")
_DRAWS: Final = 12
# Milliseconds from an event to the callback that tells of it.
_BEFORE_SENDING: Final = 1000
_NUMBER_OF_OURS: Final = re.compile(r"-[0-9]{13}$")


@dataclass(slots=True)
class Sender:
    """Writes the requests of one callback.

    `clock` gives Unix seconds; receivers with a time window must not be blamed, so every
    request is of now, with all its moments. `chance` makes nonces, repeatable by its seed;
    `serials` keep what is unique so, over runs too. `constants` are the same in all that is sent.
    `form` is the position of
    the form of signature that is sent, where several are documented, and `encoding` its writing;
    `body_form` is how bodies are written where a case does not say. With `numbers` each case is
    sent with the next of them in CASE_HEADER. `address` is the URL of the receiver.
    """

    callback: Callback
    secret: bytes = field(repr=False)
    clock: Callable[[], float]
    chance: random.Random
    encoding: str
    body_form: BodyForm = BodyForm.JSON
    form: int = 0
    numbers: Iterator[int] | None = None
    constants: Constants | None = None
    serials: Serials = field(default_factory=Serials)
    address: str = ""
    _events: dict[str, str] = field(default_factory=dict)
    # Hashes of the identities that were given away.
    _had: set[int] = field(default_factory=set)
    _marks: list[Marks] = field(default_factory=list)
    _judges: dict[str, CompiledSchema] = field(default_factory=dict)
    _chosen: dict[tuple[int, str], Callback] = field(default_factory=dict)

    def of(self, callback: Callback) -> Sender:
        """A sender of another callback, in the first of its forms; what is unique stays so."""
        return replace(
            self,
            callback=callback,
            form=0,
            encoding=callback.signature.encodings[0],
            constants=replace(self.constants, callback=callback) if self.constants else None,
            _marks=[],
            _judges={},
            _chosen={},
        )

    def write_telling(self, case: Case) -> Request:
        """The request of a case, its digest one that both alphabets of Base64 write otherwise.

        One in four has no sign that they differ in: who reads the other one takes that by chance.
        Where nothing else in a payload is new, its moment is a few seconds earlier.
        """
        drawn = (self.write(replace(case, shift=case.shift - n)) for n in range(_DRAWS))
        return next(filter(self._has_signs_of_base64, drawn), None) or self.write(case)

    def _has_signs_of_base64(self, request: Request) -> bool:
        pairs = zip(self.signature.sent, signatures_of(self.signature, request).values, strict=True)
        texts = [str(text) for one, text in pairs if one.encodings[0].startswith("base64")]
        return all(_SIGNS_OF_BASE64.intersection(text.rpartition(".")[2]) for text in texts)

    def write(self, case: Case) -> Request:
        """The request of a case."""
        payload = case.payload
        event = self._event_of(case)
        if isinstance(payload, dict):
            if not case.verbatim:
                payload = self.another_event(payload, kept=case.kept)
            if case.verbatim or case.shift:
                payload = self._of_now(payload, kept=case.kept, shift=case.shift)
            payload = self._drawn_anew(
                payload, kept=case.kept, shift=case.shift, nonce=_KINDS.get(case.nonce)
            )
            if event:
                self._events[_digest(payload)] = event
        secret = self.secret if case.secret is None else case.secret
        sending = Sending(self.clock() + case.shift, event, self.address)
        request = self._written(case, payload, secret, sending)
        if case.tamper:
            request = replace(request, body=case.tamper(request.body), signed=request.body)
        return self._numbered(_with_content_type(request, case.content_type))

    def _event_of(self, case: Case) -> str:
        """What tells the event of a case from all others, where something beside the body does."""
        if not any(fact.is_unique for fact in self.callback.request_fields):
            return ""
        if not case.verbatim:
            return str(self.serials.next(self._now))
        known = _digest(case.payload)
        return self._events.get(known, known)

    def _numbered(self, request: Request) -> Request:
        if self.numbers is None:
            return request
        header = (CASE_HEADER, str(next(self.numbers)))
        return replace(request, headers=(*request.headers, header))

    def _written(self, case: Case, payload: Any, secret: bytes, sending: Sending) -> Request:
        callback, form = _altered(self.as_chosen, case), case.form or self.body_form
        rewrite = case.rewrite if form is BodyForm.JSON else None
        if rewrite and not callback.signature.place.in_body:
            # Signed are the bytes that travel, so they are written first.
            sending = replace(sending, says=payload)
            payload = rewrite(write_body(payload, form=form, layout=case.layout))
        request = write_request(
            callback,
            payload,
            secret=secret,
            sending=sending,
            form=form,
            layout=case.layout,
            forge=case.forge,
        )
        if rewrite and callback.signature.place.in_body:
            return replace(request, body=rewrite(request.body))
        return request

    def refresh(
        self, payload: dict[str, Any], *, kept: frozenset[str], shift: int = 0
    ) -> dict[str, Any]:
        """The payload as sent now; a field that breaks the contract on purpose stays broken.

        All its moments are of now, `shift` seconds from it, and its constants are in place.
        """
        payload = self._of_now(payload, kept=kept, shift=shift)
        return self._drawn_anew(payload, kept=kept, shift=shift)

    def _drawn_anew(
        self,
        payload: dict[str, Any],
        *,
        kept: frozenset[str],
        shift: int,
        nonce: Nonce | None = None,
    ) -> dict[str, Any]:
        """A payload of now with its constants, its moment of sending and new nonces.

        `nonce` draws nonces of another kind than the vendor's.
        """
        if self.constants:
            payload = self.constants.put_into(payload, kept=kept, accepts=self._valid)
        fresh = self._moment(shift) | self._nonces(nonce)
        for name, new in fresh.items():
            value = payload.get(name)
            if name in payload and not is_held((name,), kept) and self._valid(name, value):
                payload = {**payload, name: str(new) if isinstance(value, str) else new}
        return payload

    def another_event(
        self, payload: dict[str, Any], *, kept: frozenset[str] = frozenset()
    ) -> dict[str, Any]:
        """The payload as another event of now: with an identity that nothing has had before.

        That is a new value in the last field of the dedupe key that is free and no plain number,
        for a number may mean something; in such a one where there is no other.
        """
        payload = self._of_now(payload, kept=kept)
        free = [path for path, _ in self._identity(payload, kept)]
        for path in sorted(free, key=lambda path: type(_at(payload, path)) is int):
            for changed in self._with_another(payload, path):
                name = str(path[0])
                if self._valid(name, changed[name]) and self._is_new(changed):
                    return changed
        return payload

    def _is_new(self, payload: dict[str, Any]) -> bool:
        """Whether nothing has had this identity; a moment in seconds is soon had by several."""
        paths = map(from_pointer, self.callback.dedupe_key)
        identity = hash(write_json([_at(payload, one) for one in paths if one != self._sent_at]))
        is_new = identity not in self._had
        self._had.add(identity)
        return is_new

    def _identity(
        self, payload: dict[str, Any], kept: frozenset[str]
    ) -> Iterator[tuple[Path, Any]]:
        """The values of the dedupe key that may change, the last field's first."""
        constant = self.constants.places(payload) if self.constants else []
        for pointer in reversed(self.callback.dedupe_key):
            path = from_pointer(pointer)
            value = _at(payload, path)
            if value is None or path == self._sent_at or overlaps(path, constant):
                continue
            if not is_held(path, kept) and self._valid(path[0], payload[path[0]]):
                yield from _said_in(value, path)

    def _with_another(self, payload: dict[str, Any], path: Path) -> Iterator[dict[str, Any]]:
        """The payload with values in one place that it has not had yet, the best one first."""
        value, number = _at(payload, path), self.serials.next(self._now)
        moments = moments_of(self._moments.places(payload))
        moment = next((one for one in moments if one.path == path), None)
        if moment and moment.at is not None:
            others = [one for one in moments if one.path != self._sent_at]
            yield moved(payload, others, by=number - _BEFORE_SENDING - moment.at)
        elif isinstance(value, str) and not value.isdigit():
            yield put(payload, path, f"{_NUMBER_OF_OURS.sub('', value)}-{number}")
            yield put(payload, path, value[: -len(str(number))] + str(number))
        else:
            for one in (number, number % 2**31):
                yield put(payload, path, str(one) if isinstance(value, str) else one)

    def _of_now(
        self, payload: dict[str, Any], *, kept: frozenset[str], shift: int = 0
    ) -> dict[str, Any]:
        """The payload with its moments as when it is sent, what is broken or kept aside."""
        moments = [
            one
            for one in moments_of(self._moments.places(payload))
            if self._valid(str(one.path[0]), payload[str(one.path[0])])
        ]
        held = {one.path for one in moments if is_held(one.path, kept)}
        now = self._now + shift * 1000
        if self.callback.sent_at and self._sent_at in {one.path for one in moments}:
            now += self.callback.sent_at.after * 1000
        return brought_to(payload, moments, now=now, sent_at=self._sent_at, held=held)

    @property
    def _moments(self) -> Marks:
        if not self._marks:
            self._marks.append(marks_of(self.callback.schema, word="x-moment"))
        return self._marks[0]

    @property
    def _sent_at(self) -> tuple[str, ...]:
        return (self.callback.sent_at.field,) if self.callback.sent_at else ()

    @property
    def _now(self) -> int:
        return int(self.clock() * 1000)

    def _moment(self, shift: int = 0) -> dict[str, int]:
        sent_at = self.callback.sent_at
        if sent_at is None:
            return {}
        return {sent_at.field: sent_at.written(self.clock() + shift)}

    def _nonces(self, draw: Nonce | None) -> dict[str, int]:
        if draw:
            return {name: draw(self.serials.next(self._now)) for name in self.signature.nonces}
        return {name: fresh_nonce(self.clock(), self.chance) for name in self.signature.nonces}

    def _valid(self, name: str, value: Any) -> bool:
        if name not in self._judges:
            self._judges[name] = CompiledSchema(self.callback.schema["properties"].get(name, {}))
        return self._judges[name].accepts(value)

    @property
    def signature(self) -> SignatureFacts:
        """The one form and encoding that is sent."""
        return self.as_chosen.signature

    @property
    def as_chosen(self) -> Callback:
        """The callback, signed in that one form."""
        how = (self.form, self.encoding)
        if how not in self._chosen:
            form = self.callback.signature.forms[self.form]
            facts = replace(form, encodings=(self.encoding,))
            callback = self.constants.as_sent if self.constants else self.callback
            self._chosen[how] = replace(callback, signature=facts)
        return self._chosen[how]


def _altered(callback: Callback, case: Case) -> Callback:
    """The callback with other headers and parameters, as a case has them."""
    if not case.altered:
        return callback
    changes, fields = dict(case.altered), []
    for fact in callback.request_fields:
        text = changes.get(fact.place.name, fact.text)
        if fact.place.name not in changes:
            fields.append(fact)
        elif text is not None:
            fields.append(
                replace(fact, text=text, pointer="", moment="", is_unique=False, digest="")
            )
    return replace(callback, request_fields=tuple(fields))


def _with_content_type(request: Request, written: str | None) -> Request:
    """The request with that header instead; "" leaves it, None takes it away."""
    if written == "":
        return request
    others = tuple(pair for pair in request.headers if pair[0] != "Content-Type")
    own = () if written is None else (("Content-Type", written),)
    return replace(request, headers=(*own, *others))


def _digest(payload: Any) -> str:
    text = payload if isinstance(payload, bytes) else write_json(payload).encode(errors="replace")
    return sha256(text).hexdigest()


def _at(value: Any, path: Path) -> Any:
    for part in path:
        if isinstance(value, list):
            value = value[int(part)]
        else:
            value = value.get(part) if isinstance(value, dict) else None
    return value


def _said_in(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """The texts and numbers in a value, each with the way to it, the last one first."""
    for place, leaf in reversed([*leaves(value, path)]):
        if isinstance(leaf, str | int | float) and not isinstance(leaf, bool):
            yield place, leaf


def fresh_nonce(now: float, chance: random.Random) -> int:
    """A nonce as vendors make it, with the second of the event in its upper 32 bits.

    An odd one of that size is never a double's, so a receiver that makes it one is found out.
    """
    return (int(now) << 32) | chance.getrandbits(32) | 1


def case_number(request: Request) -> int | None:
    """The number that a request was sent with, None where it has none."""
    return next((int(value) for name, value in request.headers if name == CASE_HEADER), None)


def unnumbered(request: Request) -> tuple[tuple[str, str], ...]:
    """The headers of a request without its number."""
    return tuple(pair for pair in request.headers if pair[0] != CASE_HEADER)
