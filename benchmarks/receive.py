"""`receive` beside what others offer a receiver: how long it takes, what strangers make it raise.

    python benchmarks/receive.py

The floor is what a receiver by hand cannot do without: decoding the body and the JSON in it, the
digest of its vendor, one comparison. The peers sign by a scheme of their own, so that each verifies
what it is made for; openapi-core verifies nothing. Peers that are not installed are named.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, Any

import orjson
from run import FIVE, Bar, nested_fields, table

from hookproof import InvalidSignature, Malformed, Receiver, UnknownCallback
from hookproof.contract import Contract
from hookproof.drafting.bundle import bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.contract import Callback
    from hookproof.receiver.event import SignedRequest

    Work = Callable[[], Any]
    # Takes headers and a body.
    Takes = Callable[[dict[str, str], bytes], Any]

SECRET = "9193cc662a4c0ec135ec71fb57194b38"  # noqa: S105
WHSEC = "whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw"
EACH = 500
# Many short ones, for what else runs on the machine is then in few of them.
ROUNDS = 31
_CORE = "openapi-core, nothing verified, a hundredth"
OURS = (InvalidSignature, Malformed, UnknownCallback)


def main() -> None:
    """Print one table for each callback, and one of what is raised."""
    contract = Contract()
    for name in FIVE.names:
        callback = contract.callback(name)
        hooks = Receiver(callback.area, secret=SECRET, contract=contract)
        sent = hooks.sign(name, dict(callback.examples[0].payload))
        floor, ours = "both texts and the digest", "hookproof, receive"
        works: dict[str, Work | None] = {
            floor: by_hand(callback, sent),
            ours: receives(hooks, sent),
            "hookproof, receive and its payload": receives(hooks, sent, typed=True),
            "standardwebhooks verify, pydantic": peer("standardwebhooks", callback, sent.body),
            "svix verify, pydantic": peer("svix", callback, sent.body),
            # It takes a thousand times as long, so that it is measured by fewer.
            _CORE: openapi_core(callback, sent),
        }
        several = {
            label: work and times(work, EACH // 100 if label == _CORE else EACH)
            for label, work in works.items()
        }
        title = f"{name}, {len(sent.body)} bytes, {EACH:,} times"
        # All of it is in this process, so that others on the machine do not count.
        bars = [Bar(ours, floor, 2.5)]
        table(title, several, bars, clock=time.process_time, rounds=ROUNDS)
    hostile_table(contract)


def times(work: Work, count: int) -> Work:
    """The same many times."""

    def many() -> None:
        for _ in range(count):
            work()

    return many


def receives(hooks: Receiver, sent: SignedRequest, *, typed: bool = False) -> Work:
    """What a receiver calls for each request, with the typed payload or without."""
    headers, body = list(sent.headers), sent.body
    if typed:
        return lambda: hooks.receive(headers=headers, body=body).payload
    return lambda: hooks.receive(headers=headers, body=body)


def by_hand(callback: Callback, sent: SignedRequest) -> Work:
    """The least that a receiver does, for two signatures."""
    loads, same, names = orjson.loads, hmac.compare_digest, nested_fields(callback)
    key, body, place = SECRET.encode(), sent.body, callback.signature.place
    inputs = [one.field for one in callback.signature.inputs if one.in_body]

    def decoded() -> dict[str, Any]:
        value: dict[str, Any] = loads(body)
        for name in names:
            if isinstance(value.get(name), str) and value[name][:1] in "{[":
                loads(value[name])
        return value

    def of_body() -> None:
        decoded()
        digest = base64.b64encode(hmac.digest(key, body, "sha1")).decode()
        assert same(digest, header)

    def of_values() -> None:
        value = decoded()
        text = "".join(sorted((SECRET, *(value[name] for name in inputs))))
        assert same(hashlib.sha1(text.encode()).hexdigest(), value[place.field])  # noqa: S324

    header = dict(sent.headers).get(place.field, "")
    return of_values if place.in_body else of_body


def model_of(callback: Callback) -> Any:
    """The generated model of a callback."""
    module = import_module(f"hookproof_models.{callback.area}.{callback.event}")
    return getattr(module, callback.title)


def webhook_of(package: str) -> Any:
    """What verifies in a package of others; None where it is not installed."""
    try:
        return import_module(f"{package}.webhooks").Webhook(WHSEC)
    except ImportError:
        return None


def headers_for(webhook: Any, body: bytes) -> dict[str, str]:
    """The headers of a request that a sender of Standard Webhooks signed now."""
    from datetime import UTC, datetime

    now = datetime.now(tz=UTC)
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": webhook.sign("msg_1", now, body.decode()),
    }


def peer(package: str, callback: Callback, body: bytes) -> Work | None:
    """Verify by a package of others, then read the body as its model."""
    webhook = webhook_of(package)
    if webhook is None:
        return None
    headers, model = headers_for(webhook, body), model_of(callback)

    def work() -> Any:
        webhook.verify(body, headers)
        return model.model_validate_json(body)

    return work


def openapi_core(callback: Callback, sent: SignedRequest) -> Work | None:
    """Unmarshal by the documents of the contract; None where it is not installed."""
    try:
        core = import_module("openapi_core")
        headers = import_module("werkzeug.datastructures").Headers(list(sent.headers))
    except ImportError:
        return None
    api = core.OpenAPI.from_dict(bundle(Contract(), callback.area))

    class Request:
        """What it wants to know of a webhook."""

        name, method, body = callback.path, "post", sent.body
        content_type = "application/json"
        parameters = core.datatypes.RequestParameters(header=headers)

    request = Request()
    return lambda: api.unmarshal_webhook_request(request)


def hostile() -> Iterator[tuple[dict[str, str], bytes]]:
    """What a stranger sends who knows no secret, and a sender who does."""
    now = str(int(time.time()))
    plain = {"webhook-id": "msg_1", "webhook-timestamp": now}
    for said in ("v1", "v1,x", "v1,é", "v1,A", "a b c", ",", "v1,=,=", "v2", "", "\x00"):
        yield {**plain, "webhook-signature": said, "Signature": said}, b"{}"
    for moment in ("NaN", "inf", "-1", "9" * 30, "1e400", "١٢٣", "", "x"):
        yield {**plain, "webhook-timestamp": moment, "webhook-signature": "v1,AAAA"}, b"{}"
    for body in (
        b"\xff",
        b"",
        b"[1",
        b'{"a":1,"a":2}',
        b"[" * 99_999,
        b'{"event":NaN}',
        b"9" * 5000,
    ):
        yield {**plain, "webhook-signature": "v1,AAAA", "Signature": "AAAA"}, body


def hostile_table(contract: Contract) -> None:
    """Of each library, what it raises beside its own exceptions."""
    hooks = Receiver("zego_rtc", "tencent_gme", secret=SECRET, contract=contract)
    takers: dict[str, tuple[Takes, tuple[type[Exception], ...]] | None] = {
        "hookproof": (lambda headers, body: hooks.receive(headers=headers, body=body), OURS)
    }
    for package in ("standardwebhooks", "svix"):
        webhook = webhook_of(package)
        own = webhook and import_module(f"{package}.webhooks").WebhookVerificationError
        takers[package] = webhook and (
            lambda headers, body, webhook=webhook: webhook.verify(body, headers),
            (own,),
        )
    inputs = list(hostile())
    print(f"\n{len(inputs)} hostile requests: what is raised beside a library's own exceptions")
    for name, taker in takers.items():
        if taker is None:
            print(f"{name:<18} not installed")
            continue
        takes, expected = taker
        strange = Counter(filter(None, (raised(takes, expected, *one) for one in inputs)))
        said = ", ".join(f"{count} {kind}" for kind, count in strange.most_common())
        print(f"{name:<18} {said or 'nothing'}")


def raised(
    takes: Takes, expected: tuple[type[Exception], ...], headers: dict[str, str], body: bytes
) -> str:
    """The name of what is raised that nobody expects, "" for what was refused or taken."""
    try:
        takes(headers, body)
    except expected:
        return ""
    except Exception as error:  # noqa: BLE001 - any may come
        return type(error).__name__
    return ""


if __name__ == "__main__":
    main()
