"""Callbacks that a JSON Web Token signs: tested by the vendor's own rule, and published."""

from __future__ import annotations

import hmac
import json
import time
from base64 import b64encode, urlsafe_b64decode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from acceptance.receiver_runs import contract, run

from hookproof.captures.capture import Capture, Origin
from hookproof.findings import Severity
from hookproof.http.request import Sending, write_request
from hookproof.payload.body import read_body
from hookproof.sanitize.sanitizer import Sanitized, Sanitizer
from hookproof.signature import SignatureState
from hookproof.signature.secrets import PUBLISHED_SECRET, Secrets
from hookproof.signature.tokens import claims_of
from hookproof.testing import Incoming, Receiver, Reply
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from hookproof.conformance.running.report import ReceiverReport

JOINED = "livekit/participant_joined"
SECRET = b"the secret of an api key"


def opened(part: str) -> Any:
    """What a part of a token says."""
    return json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def holds(token: str, body: bytes, secret: bytes, *, algorithms: bool = True) -> bool:
    """The rule of the vendor's libraries: HS256, not expired, the digest of the body in it."""
    head, claims, mac = token.split(".")
    if opened(head)["alg"] == "none" and not algorithms:
        right = True
    else:
        right = urlsafe_b64decode(mac + "=") == hmac.digest(
            secret, f"{head}.{claims}".encode(), "sha256"
        )
    said = opened(claims)
    digest = b64encode(sha256(body).digest()).decode()
    return right and said["exp"] > time.time() - 60 and said["sha256"] == digest


def receiver(**how: Any) -> type[Receiver]:
    """A receiver that knows this rule and no other."""

    class ByHand(Receiver):
        def handle(self, incoming: Incoming) -> Reply:
            """Verify, then read."""
            given = [v for n, v in incoming.headers if n.lower() == "authorization"]
            secret = self.secrets["livekit"]
            try:
                if len(given) != 1 or not holds(given[0], incoming.body, secret, **how):
                    return Reply(401)
                return Reply(200 if isinstance(json.loads(incoming.body), dict) else 400)
            except (ValueError, KeyError, TypeError, RecursionError):
                return Reply(401)

    return ByHand


def errors(report: ReceiverReport) -> set[str]:
    """The codes of what weighs most."""
    return {f.code for f in report.findings if f.severity is Severity.ERROR}


def test_receivers_that_verify_as_the_vendors_libraries_do() -> None:
    """A correct one passes; one that believes a token which says that nobody signed it does not."""
    chosen = [contract().callback(JOINED)]
    report = run(receiver(), chosen=chosen, secret=SECRET, max_cases=150)
    assert errors(report) == set()
    report = run(receiver(algorithms=False), chosen=chosen, secret=SECRET, max_cases=150)
    assert errors(report) == {"HP407"}
    assert any("alg is none" in finding.message for finding in report.findings)


def test_a_published_copy_says_nothing_of_the_account() -> None:
    """It is signed anew, its moments stay, and neither key nor name of the capture is left."""
    callback = contract().callback(JOINED)
    sending = Sending(now=1_700_000_000)
    request = write_request(callback, callback.examples[0].payload, secret=SECRET, sending=sending)
    headers = (*request.headers, ("X-Seen-By", "alice"))
    came = Capture(Origin("f"), request.body, headers=headers, url="/hook")
    copy = Sanitizer(contract(), salt=b"salt", areas=["livekit"]).sanitize(came)
    assert isinstance(copy, Sanitized), copy
    assert not copy.unsigned
    kept = dict(copy.headers or ())
    assert kept["Content-Type"] == "application/webhook+json"
    claims = claims_of(kept["Authorization"])
    assert (claims["nbf"], claims["exp"]) == (1_700_000_000, 1_700_000_300)
    assert len(claims) == 4
    judged = Validator(contract(), areas=["livekit"], secrets=Secrets({}, PUBLISHED_SECRET)).judge(
        read_body(copy.raw), headers=copy.headers
    )
    assert judged.signature in {SignatureState.VALID, SignatureState.PUBLISHED}
    for canary in ("alice", "Alice", claims_of(dict(headers)["Authorization"])["iss"], "Demo"):
        assert canary not in str(copy) + str(claims)
