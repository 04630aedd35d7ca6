"""Signed requests for a receiver's own tests: genuine ones, and each way of spoiling one."""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.conformance.sending.sender import Sender
from hookproof.errors import HookproofError
from hookproof.http.request import REMOVED, Repeated
from hookproof.payload.body import BodyForm
from hookproof.pytest_plugin.settings import settings_of, usage

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from hookproof.contract import Callback
    from hookproof.http.request import Request

_WRONG = "0" * 40


@dataclass(frozen=True)
class Signed:
    """A request as the vendor would send it now, or spoilt on purpose.

    `body`, `headers` and `query` are what is sent; `payload` is what the body says. Each method
    gives another request; this one stays as it is. Sent twice it is a redelivery.
    """

    callback: Callback
    _sender: Sender = field(repr=False)
    _case: Case = field(repr=False)
    _request: Request = field(repr=False)

    @property
    def body(self) -> bytes:
        """The bytes of the body."""
        return self._request.body

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers, the signature's among them where it stands there."""
        return self._request.headers

    @property
    def query(self) -> str:
        """What the URL's query holds, as `Sign=…`, "" for most vendors."""
        return self._request.query

    @property
    def payload(self) -> dict[str, Any]:
        """What the body says, signature included."""
        return dict(self._request.payload)

    def anew(self) -> Signed:
        """The same event, signed again with the moment of now, as a vendor retries."""
        return self._written(self._case)

    def mutated(self, **changes: Any) -> Signed:
        """Changed after it was signed: what is wrong for a vendor who signs the body."""
        body = {**self._request.payload, **changes}
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        changed = replace(self._request, body=text.encode(), payload=body)
        return replace(self, _request=changed)

    def stale(self, seconds: int = 3600) -> Signed:
        """Rightly signed so many seconds ago; in the future where they are less than none."""
        return self._written(replace(self._case, shift=-seconds))

    def unsigned(self) -> Signed:
        """Without a signature."""
        return self._forged(lambda _: REMOVED)

    def forged(self, signature: Any = _WRONG) -> Signed:
        """With another signature."""
        return self._forged(lambda _: signature)

    def doubled(self) -> Signed:
        """With two signatures: a wrong one, and the right one after it."""
        return self._forged(lambda right: Repeated((_WRONG, right)))

    def _forged(self, forge: Callable[[str], Any]) -> Signed:
        return self._written(replace(self._case, forge=forge))

    def _written(self, case: Case) -> Signed:
        return replace(self, _case=case, _request=self._sender.write(case))


def maker(config: pytest.Config) -> Callable[..., Signed]:
    """What makes requests of a callback: by its name, with fields of the payload changed.

    A field that is None is null; one that is `...` is left out.
    """
    settings = settings_of(config)
    # A nonce that came before would be a redelivery.
    chance = random.SystemRandom()

    def callback(event: str, **changes: Any) -> Signed:
        try:
            one = settings.callback(event)
            secret = settings.secret(one)
        except HookproofError as error:
            raise usage(error) from error
        form = BodyForm(one.encodings[0].encoding)
        sender = Sender(one, secret, time.time, chance, one.signature.encodings[0], form)
        payload = {**one.examples[0].payload, **changes}
        left = {name: value for name, value in payload.items() if value is not ...}
        case = Case(Check.ACCEPTS_GENUINE, "genuine", left, kept=frozenset(changes))
        request = sender.write(case)
        # From here on it is this event.
        case = replace(case, payload=request.payload, verbatim=True)
        return Signed(one, sender, case, request)

    return callback
