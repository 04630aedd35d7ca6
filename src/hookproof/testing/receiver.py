"""A correct receiver, made from the contract alone; the faulty ones differ from it in one step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hookproof.http.request import write_json
from hookproof.payload.body import BodyForm, read_body
from hookproof.signature import verify
from hookproof.signature.challenge import asked_in, confirming, right_answer
from hookproof.signature.verify import find_signature
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hookproof.contract import Callback, Contract
    from hookproof.payload.body import Body
    from hookproof.validation.compiled_callback import CompiledCallback


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request as it arrived."""

    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    path: str = "/"


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer.

    `delay` is in seconds. `raw` goes out in place of an HTTP answer; empty bytes close the
    connection without one. `silent` keeps the connection open and says nothing.
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    raw: bytes | None = None
    silent: bool = False


class Refused(Exception):
    """A receiver's own refusal: the status to answer, and a word on why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(slots=True)
class Delivered:
    """A callback that arrived whole: what it is, what it says, and the request."""

    callback: Callback
    payload: dict[str, Any]
    body: Body
    incoming: Incoming = field(repr=False)

    @property
    def signature(self) -> Any:
        """The signature that came, None where there is none."""
        place = self.callback.signature.place
        return find_signature(place, self.payload, self.incoming.headers, url=self.incoming.path)[1]


class Receiver:
    """It reads, recognises, verifies, validates and acknowledges callbacks as it should.

    `secrets` maps areas to their secrets; what is served are those areas. `token` is the word that
    their vendors were told for confirming the address. Each step is a method
    that a faulty receiver can replace. An exception other than Refused becomes a 500, as it would
    anywhere.
    """

    def __init__(
        self, contract: Contract, *, secrets: Mapping[str, str | bytes], token: str = ""
    ) -> None:
        self.secrets = {
            area: secret.encode() if isinstance(secret, str) else secret
            for area, secret in secrets.items()
        }
        self.token, self._contract = token, contract
        self._validator = Validator(contract, areas=self.secrets)

    def handle(self, incoming: Incoming) -> Reply:
        """Answer one request."""
        try:
            return self.receive(incoming)
        except Refused as refusal:
            return Reply(refusal.status, str(refusal).encode())

    def confirm(self, path: str) -> Reply:
        """Answer a GET by which the vendor of an area asks whose the address is."""
        for area in self.secrets:
            callback = self._contract.callback(self._contract.names([area])[0])
            asked = callback.confirmation
            found = asked_in(asked, path) if asked else None
            if asked is not None and found is not None:
                if asked.token and found[asked.token] != self.token:
                    return Reply(403)
                right = confirming(callback, found, self.secrets[area]) or ("text/plain", b"")
                return Reply(200, right[1], (("Content-Type", right[0]),))
        return Reply(405)

    def receive(self, incoming: Incoming) -> Reply:
        """Take a request through all steps."""
        body = self.read(incoming)
        candidates = [
            Delivered(callback, body.value, body, incoming)
            for callback in self.identify(body.value, incoming)
        ]
        delivered = candidates[0] if len(candidates) == 1 else self.tell_apart(candidates)
        self.authenticate(delivered)
        self.validate(delivered)
        self.process(delivered)
        return self.acknowledge(delivered)

    def read(self, incoming: Incoming) -> Body:
        """Read the body in whatever documented form it came."""
        body = read_body(incoming.body, form=_form_of(incoming))
        if not body.reading.complete or body.reading.problems:
            raise Refused(400, "the body cannot be read")
        if not isinstance(body.value, dict):
            raise Refused(400, "the body is no object")
        return body

    def identify(self, payload: dict[str, Any], incoming: Incoming) -> list[Callback]:
        """Recognise the callback; several where products that are served here share its name."""
        candidates = self._validator.identify(payload, headers=incoming.headers, url=incoming.path)
        if not candidates:
            raise Refused(400, "unknown callback")
        return candidates

    def tell_apart(self, candidates: list[Delivered]) -> Delivered:
        """Which of several products sent it: the one that signs so, then the one that writes so.

        One URL a product needs no such guess, and is what a receiver of several is advised.
        """
        proved = [one for one in candidates if Receiver.proves(self, one)] or candidates
        fitting = (d for d in proved if self.compiled(d.callback).accepts(d.payload))
        return next(fitting, proved[0])

    def authenticate(self, delivered: Delivered) -> None:
        """Refuse a signature that proves nothing."""
        if not self.proves(delivered):
            raise Refused(401, "the signature is wrong")

    def proves(self, delivered: Delivered) -> bool:
        """Whether the signature is right, and not missing: who has a secret has a key."""
        callback = delivered.callback
        return (
            callback.signature.is_unsigned
            or verify(
                callback.signature,
                self.secrets[callback.area],
                payload=delivered.payload,
                body=delivered.incoming.body,
                headers=delivered.incoming.headers,
                url=delivered.incoming.path,
            ).valid
        )

    def validate(self, delivered: Delivered) -> None:
        """Refuse a payload that breaks the contract."""
        if not self.compiled(delivered.callback).accepts(delivered.payload):
            raise Refused(400, "the payload breaks the contract")

    def process(self, delivered: Delivered) -> None:
        """Do the work; here there is none. A known event is no error."""

    def acknowledge(self, delivered: Delivered) -> Reply:
        """Answer so that every dated version of the page is satisfied."""
        secret = self.secrets.get(delivered.callback.area, b"")
        right = right_answer(delivered.callback, delivered.payload, secret)
        if right:
            return Reply(200, right[1], (("Content-Type", right[0]),))
        if delivered.callback.answer:
            text = write_json(delivered.callback.answer.example)
            return Reply(200, text.encode(), (("Content-Type", "application/json"),))
        body = delivered.callback.wanted_body
        return Reply(200, b"ok" if body is None else body.encode())

    def compiled(self, callback: Callback) -> CompiledCallback:
        """The judges of a callback."""
        return self._validator.compiled(callback.path)


def _form_of(incoming: Incoming) -> BodyForm | None:
    types = [value for name, value in incoming.headers if name.lower() == "content-type"]
    if any("x-www-form-urlencoded" in value.lower() for value in types):
        return BodyForm.FORM
    return BodyForm.PERCENT_JSON if incoming.body.lstrip()[:3].lower() == b"%7b" else BodyForm.JSON
