"""What a receiver makes once and asks for each request.

This module is light, for each start of a receiver's program pays for it. What reads callbacks
(`reading`) is imported when a receiver is made: orjson, jsonschema-rs and the contract then, and
pydantic with the models of one callback when the first payload of it is looked at.
"""

from __future__ import annotations

import time

from hookproof.receiver.rejections import Rejected

# Not from typing, which takes as long to import as Python to start.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, Literal

    from hookproof.contract import Contract
    from hookproof.receiver.event import (
        Acknowledgement,
        Event,
        Headers,
        Result,
        Secret,
        SignedRequest,
    )
    from hookproof.receiver.memory import NonceMemory


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
    `token` is the word that vendors who confirm an address by a GET were told, see `confirm`.
    `clock` gives Unix seconds. Callbacks that their vendor never signs are refused, for anybody
    who knows the URL can send them; `unsigned="accept"` takes them as events with `is_proved`
    False. A secret is asked for only where something is signed.

    One receiver serves all threads. Raises UsageError for an area that the contract does not have,
    one without a secret, and one of which all would be refused.
    """

    def __init__(  # noqa: PLR0913 - each is a decision of the receiver's
        self,
        *areas: str,
        secret: Secret | Iterable[Secret] | Mapping[str, Secret | Iterable[Secret]] = (),
        contract: Contract | None = None,
        strict: bool = False,
        unknown: Literal["event", "raise"] = "event",
        unsigned: Literal["refuse", "accept"] = "refuse",
        window: float | None = None,
        memory: NonceMemory | None = None,
        token: str | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        from hookproof.receiver.reading import Reader, Rules  # noqa: PLC0415 - see above

        _hold("unknown", unknown, ("event", "raise"))
        _hold("unsigned", unsigned, ("refuse", "accept"))
        _hold("window", window, "seconds, 0 or more, or None")
        rules = Rules(
            strict, unknown == "raise", unsigned == "accept", window, memory, clock, token
        )
        self._reader = Reader(areas, secret, contract, rules)
        self._read = self._reader.read

    def receive(self, *, headers: Headers, body: bytes, url: str = "") -> Event:
        """The event of a request. Raises InvalidSignature, Malformed or UnknownCallback.

        `body` are the bytes as they came, before anything has parsed them; `url` is needed where
        the vendor signs its query or the whole address. Nothing else is raised, whatever came.
        """
        return self._read(headers, body, url)

    def check(self, *, headers: Headers, body: bytes, url: str = "") -> Result:
        """The same without raising."""
        from hookproof.receiver.event import Result  # noqa: PLC0415 - see above

        try:
            return Result(self._read(headers, body, url), None)
        except Rejected as rejection:
            return Result(None, rejection)

    def confirm(self, *, url: str) -> Acknowledgement:
        """The answer to a GET by which a vendor asks whose the address is, before it sends.

        Raises NoConfirmation for any other GET, and for one with another token than `token`.
        """
        return self._reader.confirm(url)

    def sign(self, callback: str, payload: dict[str, Any], *, url: str = "") -> SignedRequest:
        """A payload as the vendor would send it now, signed; for tests of one's own."""
        return self._reader.sign(callback, payload, url)

    def __reduce__(self) -> str:
        """Raise TypeError: it holds the secrets, which would lie in the pickle for all to read."""
        raise TypeError("a Receiver holds secrets, so it cannot be pickled; make one per process")

    def operation(self) -> dict[str, Any]:
        """What an OpenAPI document says of the route: bodies, headers, answers.

        Made to be given to FastAPI as `openapi_extra`.
        """
        from hookproof.receiver.operation import operation_of  # noqa: PLC0415 - once, if at all

        return operation_of(self._reader.callbacks())


def _hold(option: str, given: Any, known: tuple[str, ...] | str) -> None:
    """Raise UsageError for an option that would be taken for another one, or break later."""
    is_seconds = isinstance(given, int | float) and given >= 0
    if given in known if isinstance(known, tuple) else given is None or is_seconds:
        return
    from hookproof.errors import UsageError  # noqa: PLC0415 - see above

    known = " or ".join(map(repr, known)) if isinstance(known, tuple) else known
    raise UsageError(f"{option}={given!r} is none", hint=f"it is {known}")
