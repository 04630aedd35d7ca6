"""Events of one callback, told as often as one likes: each attempt signed anew, one identity."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from hookproof.conformance.cases.forgeries import NOBODYS_SECRET, SIGNATURES
from hookproof.conformance.sending.sender import Sender
from hookproof.http.request import Request, Sending, write_request
from hookproof.payload.body import BodyForm, read_body
from hookproof.signature import sign
from hookproof.signature.prover import signer

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Sequence

    from hookproof.conformance.cases.constants import Constants
    from hookproof.contract.model import SignatureFacts
    from hookproof.http.request import Forger
    from hookproof.signature.prover import Signs


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: its payload, and what tells it from all others beside the body.

    The fields in `kept` stay as they are in each attempt. A payload may be bytes, sent as they are.
    """

    payload: Any
    name: str
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Forgery:
    """A signature that proves nothing: a forger for the right one, or another secret."""

    forge: Forger | None = None
    secret: bytes | None = None


# By the word that the command has for it.
FORGERIES: Final[dict[str, Forgery]] = {
    **{word: Forgery(forge) for word, forge in SIGNATURES.items()},
    "other-secret": Forgery(secret=NOBODYS_SECRET),
    "empty-secret": Forgery(secret=b""),
}


@dataclass
class Events:
    """Tells of events of one callback as the vendor would.

    `clock` gives Unix seconds, `chance` makes nonces and names, `address` is the receiver's URL.
    """

    constants: Constants
    secret: bytes = field(repr=False)
    clock: Callable[[], float]
    chance: random.Random
    address: str = ""
    forgery: Forgery = Forgery()

    def __post_init__(self) -> None:
        """Sign in the first documented form, and write the body in the first one."""
        callback = self.constants.callback
        self.sender = Sender(
            callback,
            self.secret,
            self.clock,
            self.chance,
            callback.signature.forms[0].encodings[0],
            BodyForm(callback.encodings[0].encoding),
            constants=self.constants,
        )

    @property
    def anew(self) -> frozenset[str]:
        """The fields that each attempt has anew: the moment of sending and the nonces."""
        callback = self.constants.callback
        moment = (callback.sent_at.field,) if callback.sent_at else ()
        return frozenset((*callback.signature.nonces, *moment))

    def of(self, payload: Any, *, kept: frozenset[str] = frozenset()) -> Event:
        """The event of a payload, with its moments brought to now but for those that are kept."""
        if isinstance(payload, dict):
            payload = self.sender.refresh(payload, kept=kept)
        return Event(payload, f"{self.chance.getrandbits(64):x}", kept)

    def another(self, payload: dict[str, Any], *, kept: frozenset[str] = frozenset()) -> Event:
        """Another event like that of a payload, with an identity that nothing has had before."""
        return self.of(self.sender.another_event(payload, kept=kept), kept=kept)

    def write(self, event: Event) -> Request:
        """An attempt to tell of an event: of now, with new nonces, signed anew or forged."""
        payload = event.payload
        if isinstance(payload, dict):
            payload = self.sender.refresh(payload, kept=event.kept)
        return self.written(payload, event.name)

    def written(self, payload: Any, name: str) -> Request:
        """A payload as it is, signed or forged; `name` tells its event from all others."""
        secret = self.secret if self.forgery.secret is None else self.forgery.secret
        return write_request(
            self.sender.as_chosen,
            payload,
            secret=secret,
            sending=Sending(self.clock(), name, self.address),
            form=self.sender.body_form,
            forge=self.forgery.forge,
        )

    def many(
        self, payloads: Sequence[dict[str, Any]], *, kept: frozenset[str] = frozenset()
    ) -> Iterator[Request]:
        """Requests without end, each of another event like one of the payloads in turn.

        Each is written when it is asked for, so that it is of the moment at which it is sent.
        """
        for payload in cycle(payloads):
            second = int(self.clock())
            event = self.another(payload, kept=kept)
            request = self.write(event)
            yield request
            mould = _Mould.of(self, event, request) if len(payloads) == 1 else None
            while mould and int(self.clock()) == second:
                yield mould.cast()


class _Asked(NamedTuple):
    """What a signature is made of beside the payload."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    url: str


@dataclass
class _Mould:
    """Casts requests that differ from a written one in identity, nonces and signature alone.

    It is for one second, in which all moments stay the same; writing anew takes several times as
    long. `serial` is what makes the identity another one.
    """

    events: Events
    name: str
    request: Request
    serial: str
    nonces: dict[str, Any]
    facts: SignatureFacts
    signature: str = ""
    quick: Signs | None = None

    @classmethod
    def of(cls, events: Events, event: Event, request: Request) -> _Mould | None:
        """A mould of a request; None where more than a mould knows differs between events."""
        sender, payload = events.sender, request.payload
        facts, serial = sender.signature, str(sender.serials.last)
        if any(one.is_unique for one in sender.callback.request_fields):
            return None
        if facts.is_unsigned or events.forgery != Forgery() or not isinstance(payload, dict):
            return None
        nonces = {name: payload[name] for name in facts.nonces if name in payload}
        mould = cls(events, event.name, request, serial, nonces, facts)
        mould.quick = signer(facts, events.secret)
        mould.signature = mould.sign(payload, request.body)
        return mould if mould.casts_as_written() else None

    def casts_as_written(self) -> bool:
        """Whether a cast is to the byte what is written of its payload."""
        cast = self.cast()
        payload = read_body(cast.body, form=cast.form).value
        if cast.body == self.request.body or not isinstance(payload, dict):
            return False
        written = self.events.written(payload, self.name)
        return (written.body, written.headers, written.query) == (
            cast.body,
            cast.headers,
            cast.query,
        )

    def sign(self, payload: Any, body: bytes) -> str:
        """The signature of a payload and its body, beside the headers and the URL of the mould."""
        about = _Asked(body, self.request.headers, self.request.url)
        if self.quick:
            with suppress(KeyError, TypeError, UnicodeError):
                return self.quick(payload, about)
        secret = self.events.secret
        return sign(self.facts, secret, payload=payload, **about._asdict())

    def cast(self) -> Request:
        """Another request, of which only the bytes are known."""
        facts, request = self.facts, self.request
        serial = self.events.sender.serials.next(int(self.events.clock() * 1000))
        body = request.body.replace(self.serial.encode(), str(serial).encode())
        payload = request.payload
        for name, old in self.nonces.items():
            new = (int(old) & ~0xFFFFFFFF) | self.events.chance.getrandbits(32) | 1
            body = body.replace(str(old).encode(), str(new).encode())
            payload = {**payload, name: str(new) if isinstance(old, str) else new}
        new_one = self.sign(payload, body)
        headers, query = request.headers, request.query
        if facts.place.in_body:
            body = body.replace(self.signature.encode(), new_one.encode())
        else:
            headers = tuple((n, v.replace(self.signature, new_one)) for n, v in headers)
            query = query.replace(quote(self.signature, safe=""), quote(new_one, safe=""))
        return Request(body, headers, request.form, query=query, address=request.address)
