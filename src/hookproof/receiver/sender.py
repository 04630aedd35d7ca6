"""Makes a request of a case: fresh moment and nonce, the right signature, then the tampering."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from hookproof.delivery.request import Request, write_body, write_request
from hookproof.payload.body import BodyForm
from hookproof.payload.pointer import from_pointer
from hookproof.validation.judge import Judge

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from hookproof.contract import Callback
    from hookproof.contract.facts import SignatureFacts
    from hookproof.receiver.cases import Case

# Where a receiver finds the number of a case, for its log.
CASE_HEADER: Final = "X-Hookproof-Case"


@dataclass(slots=True)
class Sender:
    """Writes the requests of one callback.

    `clock` gives Unix seconds; receivers with a time window must not be blamed, so every
    request is of now. `chance` makes nonces, repeatable by its seed. `form` is the position of
    the form of signature that is sent, where several are documented, and `encoding` its writing;
    `body_form` is how bodies are written where a case does not say. With `numbers` each case is
    sent with the next of them in CASE_HEADER.
    """

    callback: Callback
    secret: bytes = field(repr=False)
    clock: Callable[[], float]
    chance: random.Random
    encoding: str
    body_form: BodyForm = BodyForm.JSON
    form: int = 0
    numbers: Iterator[int] | None = None
    _judges: dict[str, Judge] = field(default_factory=dict)
    _chosen: dict[tuple[int, str], Callback] = field(default_factory=dict)

    def write(self, case: Case) -> Request:
        """The request of a case."""
        payload = case.payload
        if isinstance(payload, dict):
            if not case.verbatim:
                payload = self.another_event(payload, kept=case.kept)
            payload = self.refresh(payload, kept=case.kept, shift=case.shift)
        secret = self.secret if case.secret is None else case.secret
        request = self._written(case, payload, secret)
        if case.tamper:
            request = replace(request, body=case.tamper(request.body), signed=request.body)
        return self._numbered(_with_content_type(request, case.content_type))

    def _numbered(self, request: Request) -> Request:
        if self.numbers is None:
            return request
        header = (CASE_HEADER, str(next(self.numbers)))
        return replace(request, headers=(*request.headers, header))

    def _written(self, case: Case, payload: Any, secret: bytes) -> Request:
        callback, form = self.as_chosen, case.form or self.body_form
        rewrite = case.rewrite if form is BodyForm.JSON else None
        if rewrite and not callback.signature.place.in_body:
            # Signed are the bytes that travel, so they are written first.
            payload = rewrite(write_body(payload, form=form, layout=case.layout))
        request = write_request(
            callback, payload, secret=secret, form=form, layout=case.layout, forge=case.forge
        )
        if rewrite and callback.signature.place.in_body:
            return replace(request, body=rewrite(request.body))
        return request

    def refresh(
        self, payload: dict[str, Any], *, kept: frozenset[str], shift: int = 0
    ) -> dict[str, Any]:
        """The payload as sent now; a field that breaks the contract on purpose stays broken.

        `shift` is the distance of its moment from now in seconds.
        """
        fresh = self._moment(shift) | self._nonces()
        return {
            name: self._like(value, fresh[name])
            if name in fresh and name not in kept and self._valid(name, value)
            else value
            for name, value in payload.items()
        }

    def another_event(
        self, payload: dict[str, Any], *, kept: frozenset[str] = frozenset()
    ) -> dict[str, Any]:
        """The payload with a new value in the last field of the dedupe key that is free."""
        for pointer in reversed(self.callback.dedupe_key):
            path = from_pointer(pointer)
            value = _at(payload, path)
            held = value is None or path[0] in kept
            if held or not self._valid(path[0], payload[path[0]]):
                continue
            changed: dict[str, Any] = _with(payload, path, self._another(value))
            if self._valid(path[0], changed[path[0]]):
                return changed
        return payload

    def _another(self, value: Any) -> Any:
        number = self.chance.randrange(1, 2**31)
        if isinstance(value, str):
            return str(number) if value.isdigit() else f"{value}-{number}"
        return number

    def _moment(self, shift: int = 0) -> dict[str, int]:
        sent_at = self.callback.sent_at
        if sent_at is None:
            return {}
        seconds = self.clock() + shift
        return {sent_at.field: int(seconds * (1000 if sent_at.unit == "milliseconds" else 1))}

    def _nonces(self) -> dict[str, int]:
        return {name: self._nonce() for name in self.signature.nonces}

    def _nonce(self) -> int:
        # Real ones hold the second of the event in their upper 32 bits. An odd one of that size
        # is never a double's, so a receiver that makes it one is found out each time.
        return (int(self.clock()) << 32) | self.chance.getrandbits(32) | 1

    def _like(self, value: Any, fresh: int) -> Any:
        return str(fresh) if isinstance(value, str) else fresh

    def _valid(self, name: str, value: Any) -> bool:
        if name not in self._judges:
            self._judges[name] = Judge(self.callback.schema["properties"].get(name, {}))
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
            self._chosen[how] = replace(self.callback, signature=facts)
        return self._chosen[how]


def _with_content_type(request: Request, written: str | None) -> Request:
    """The request with that header instead; "" leaves it, None takes it away."""
    if written == "":
        return request
    others = tuple(pair for pair in request.headers if pair[0] != "Content-Type")
    own = () if written is None else (("Content-Type", written),)
    return replace(request, headers=(*own, *others))


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _with(payload: Any, path: tuple[str, ...], value: Any) -> Any:
    if not path:
        return value
    return {**payload, path[0]: _with(payload[path[0]], path[1:], value)}


def case_number(request: Request) -> int | None:
    """The number that a request was sent with, None where it has none."""
    return next((int(value) for name, value in request.headers if name == CASE_HEADER), None)


def unnumbered(request: Request) -> tuple[tuple[str, str], ...]:
    """The headers of a request without its number."""
    return tuple(pair for pair in request.headers if pair[0] != CASE_HEADER)
