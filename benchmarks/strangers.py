"""What strangers send to receivers made with the library and its adapters: nothing else is raised.

    python benchmarks/strangers.py [--requests 100000] [--only flask]

Genuine requests of several vendors are spoilt by a seeded chance: signatures, headers, moments,
addresses, bodies. The library may raise its three exceptions alone, an adapter has to answer, and
never with 5xx. Frameworks that are not installed are named. Then two libraries of others get
requests of their own scheme, spoilt alike, and it is told what they raise beside their own
exception. Last, eight threads share one receiver. Ends with 1 where anything of ours went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import io
import json
import random
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple
from urllib.parse import unquote_to_bytes

import orjson
from receive import headers_for, webhook_of

from hookproof import InvalidSignature, Malformed, Receiver, UnknownCallback
from hookproof.contract import Contract
from hookproof.receiver import asgi, aws_lambda, wsgi
from hookproof.receiver.event import Event, SignedRequest
from hookproof.receiver.rejections import NoConfirmation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Serves = Callable[["Sent"], int]

CONTRACT = Contract()
# Signed in the body, in a header, in the query, by a token, and not at all.
AREAS = ("zego_rtc", "tencent_gme", "zego_zim", "tencent_im", "agora", "livekit", "tencent_vod")
SECRET = b"9193cc662a4c0ec135ec71fb57194b38"
HOOKS = Receiver(*AREAS, secret=SECRET, unsigned="accept")
EXPECTED = (InvalidSignature, Malformed, UnknownCallback, NoConfirmation)
SIGNATURES = [
    *("", "v1", "v1,x", "v1,é", "v1,\x00", "é", "\x85", "0" * 40, "=" * 28, "a" * 70_000, "t=,v1="),
    *(
        "Bearer",
        "Bearer ..",
        "Bearer a.b.c",
        "eyJhbGciOiJub25lIn0.e30.",
        "eyJ9.W10.x",
        "%zz",
        "%ff",
    ),
]
MOMENTS = [
    *("", "NaN", "inf", "-1", "1e400", "0x1", "١٢٣", "²", "9" * 30, "1" * 5000, "1.5", " 1", "+1"),
]
VALUES: list[Any] = [
    *(None, True, -1, 0.5, 1e300, 2**64, [], {}, [[]], "", "\ud800", "\x00", "é" * 999, {"a": [1]}),
    # Deeper than we read, than orjson writes, and than it reads.
    *("[" * depth + "]" * depth for depth in (200, 300, 2000)),
]
TYPES = [
    *("application/json", "application/x-www-form-urlencoded", "text/plain", "x", "é", ";", ""),
    *("application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data", "a" * 9_000),
]
QUERIES = ["", "&", "%", "%ff=%ff", "a=1&a=2", "Sign=&Sign", "=;=", "a" * 9_000, "%00", "\xe9=\xe9"]
BODIES = [
    *(b"", b"{}", b"[]", b"null", b"1", b'"', b"{", b"\xff", b"\x00", b"\xef\xbb\xbf{}", b"a=b&c"),
    *(b"%7B%7D", b"[" * 5_000, b'{"a":' * 2_000, b'{"event":"record","event":"record"}'),
    *(b'{"event":1e400}', b'{"event":NaN}', b'{"event":"\\ud800"}', b"9" * 5_000, b"{}" * 9),
    *("{}".encode("utf-16"), b'{"":0}', b"event=record&event=record", b"event=%ff", b"=" * 5_000),
    *(b'{"event":"record","signature":{"a":1},"timestamp":[],"nonce":{}}', b"payload=%7B%22"),
]


class Sent(NamedTuple):
    """A request as it comes over the wire; texts hold a byte in each character."""

    headers: list[tuple[str, str]]
    body: bytes
    target: str
    method: str = "POST"


class Strangers:
    """Makes requests: spoilt ones, and now and then a genuine one."""

    def __init__(self, seed: int, sign: Callable[[str, Any], SignedRequest] = HOOKS.sign) -> None:
        self._chance = random.Random(seed)
        self._genuine = [
            sign(name, example.payload)
            for name in CONTRACT.names(AREAS)
            for example in CONTRACT.callback(name, AREAS).examples
        ]

    def requests(self, count: int) -> Iterator[Sent]:
        """So many of them."""
        for _ in range(count):
            one = self._chance.choice(self._genuine)
            sent = Sent([("Host", "a.example"), *one.headers], one.body, f"/cb?{one.query}")
            for _ in range(self._chance.choice([0, 1, 1, 2, 3])):
                sent = self._chance.choice(
                    [self._headers, self._address, self._value, self._bytes, self._body]
                )(sent)
            yield sent

    def _headers(self, sent: Sent) -> Sent:
        chance, headers = self._chance, list(sent.headers) or [("Host", "b.example")]
        at = chance.randrange(len(headers))
        name, value = headers[at]
        spoilt = chance.choice([*SIGNATURES, *MOMENTS, *TYPES, value[:-1], value + "=", value * 2])
        match chance.randrange(5):
            case 0:
                del headers[at]
            case 1:
                headers.append((name, spoilt))
            case 2:
                headers.insert(0, (chance.choice(["Signature", "Authorization", "X"]), spoilt))
            case 3:
                headers.append(("Content-Type", chance.choice(TYPES)))
            case _:
                headers[at] = (name, spoilt)
        return sent._replace(
            headers=[
                (n, v.encode(errors="replace").decode("latin-1")) if not v.isascii() else (n, v)
                for n, v in headers
            ]
        )

    def _address(self, sent: Sent) -> Sent:
        path = self._chance.choice(["/cb", "/cb", "/cb/", "/cb%2f", "/cb%ff", "//cb", "/cb;a"])
        method = self._chance.choice(["POST", "POST", "POST", "GET", "PUT", "DELETE"])
        query = self._chance.choice(QUERIES)
        return sent._replace(target=f"{path}?{query}", method=method)

    def _value(self, sent: Sent) -> Sent:
        try:
            payload = orjson.loads(sent.body)
        except orjson.JSONDecodeError:
            return sent
        if not isinstance(payload, dict) or not payload:
            return sent
        name = self._chance.choice([*payload])
        payload[name] = self._chance.choice([*VALUES, *MOMENTS, *SIGNATURES])
        if self._chance.random() < 0.2:
            payload[name] = {name: payload[name]}
        # Not orjson, which takes no lone surrogate and no large number.
        return sent._replace(body=_json(payload))

    def _bytes(self, sent: Sent) -> Sent:
        body = bytearray(sent.body)
        for _ in range(self._chance.randrange(1, 4)):
            if body:
                at = self._chance.randrange(len(body))
                body[at : at + self._chance.randrange(3)] = self._chance.randbytes(
                    self._chance.randrange(3)
                )
        return sent._replace(body=bytes(body))

    def _body(self, sent: Sent) -> Sent:
        return sent._replace(body=self._chance.choice(BODIES))


def _json(payload: Any) -> bytes:
    return json.dumps(payload).encode()


def take(event: Event) -> None:
    """What a handler does with an event: it looks at all of it."""
    assert event.verified_at.tzinfo
    assert isinstance(event.dedupe_key, str)
    assert event.payload is not None


def library(sent: Sent) -> int:
    """`receive` itself."""
    headers = [(n.encode("latin-1"), v.encode("latin-1")) for n, v in sent.headers]
    try:
        if sent.method == "GET":
            return HOOKS.confirm(url=sent.target).status
        take(HOOKS.receive(headers=headers, body=sent.body, url=sent.target))
    except EXPECTED as refusal:
        return refusal.status if str(refusal) else 599
    return 200


def by_asgi(app: Any) -> Serves:
    """What serves requests by an ASGI application, one event loop for all."""
    loop = asyncio.new_event_loop()

    async def serve(sent: Sent) -> int:
        path, _, query = sent.target.partition("?")
        pieces = [{"type": "http.request", "body": sent.body, "more_body": False}]
        answers: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return pieces.pop() if pieces else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            answers.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": sent.method,
            "scheme": "http",
            "path": unquote_to_bytes(path).decode(errors="replace"),
            "raw_path": path.encode("latin-1"),
            "query_string": query.encode("latin-1"),
            "root_path": "",
            "headers": [(n.lower().encode(), v.encode("latin-1")) for n, v in sent.headers],
            "client": ("127.0.0.1", 5),
            "server": ("127.0.0.1", 80),
            "state": {},
        }
        await app(scope, receive, send)
        return int(answers[0]["status"])

    return lambda sent: loop.run_until_complete(serve(sent))


def by_wsgi(app: Any) -> Serves:
    """What serves requests by a WSGI application."""

    def serve(sent: Sent) -> int:
        path, _, query = sent.target.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": sent.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": "a.example",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_LENGTH": str(len(sent.body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(sent.body),
            "wsgi.errors": io.StringIO(),
        }
        for name, value in sent.headers:
            key = name.upper().replace("-", "_")
            key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
            environ[key] = f"{environ[key]},{value}" if key in environ else value
        told: list[str] = []
        pieces = app(environ, lambda status, *_: told.append(status))
        b"".join(pieces)
        if hasattr(pieces, "close"):
            pieces.close()
        return int(told[-1].split()[0])

    return serve


def lambda_() -> Serves:
    """AWS Lambda, as each of its fronts calls it."""
    handle, chance = aws_lambda.handler(HOOKS, take), random.Random(5)

    def serve(sent: Sent) -> int:
        path, _, query = sent.target.partition("?")
        given: dict[str, Any] = {"isBase64Encoded": True, "rawPath": path, "rawQueryString": query}
        given["body"] = base64.b64encode(sent.body).decode()
        given["headers"], given["httpMethod"] = dict(sent.headers), sent.method
        match chance.randrange(5):
            case 0:
                several: dict[str, list[str]] = {}
                for name, value in sent.headers:
                    several.setdefault(name, []).append(value)
                given = {**given, "multiValueHeaders": several, "headers": None}
            case 1:
                given = {**given, "isBase64Encoded": False, "body": sent.body.decode("latin-1")}
            case 2:
                given = {**given, "rawQueryString": None, "queryStringParameters": {"Sign": "é"}}
            case 3:
                given = {**given, "body": chance.choice([None, "", "é", "=", "\ud800"])}
        return int(handle(given, None)["statusCode"])

    return serve


def starlette() -> Serves:
    """A Starlette application."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    from hookproof.receiver import starlette as adapter

    async def callback(request: Any) -> Any:
        event = await adapter.event_of(HOOKS, request)
        take(event)
        return adapter.acknowledge(event)

    return by_asgi(Starlette(routes=[Route("/{any:path}", callback, methods=["POST"])]))


def fastapi() -> Serves:
    """A FastAPI application, the event as a dependency."""
    from fastapi import Depends, FastAPI

    from hookproof.receiver import starlette as adapter

    app = FastAPI()

    async def callback(event: Any) -> Any:
        take(event)
        return adapter.acknowledge(event)

    callback.__annotations__ = {"event": Annotated[Event, Depends(adapter.events(HOOKS))]}
    app.post("/{any:path}", response_model=None)(callback)
    return by_asgi(app)


def flask() -> Serves:
    """A Flask application."""
    from flask import Flask

    from hookproof.receiver import flask as adapter

    app = Flask("strangers")

    @app.post("/<path:where>")
    def callback(where: str) -> Any:
        del where
        event = adapter.event_of(HOOKS)
        take(event)
        return adapter.acknowledge(event)

    return by_wsgi(app)


def django() -> Serves:
    """A Django project of one view."""
    from django.conf import settings
    from django.urls import re_path

    from hookproof.receiver import django as adapter

    def view(request: Any, event: Event) -> None:
        del request
        take(event)

    urls = type(sys)("strangers_urls")
    urls.urlpatterns = [re_path("", adapter.callback_view(HOOKS)(view))]
    sys.modules["strangers_urls"] = urls
    settings.configure(ROOT_URLCONF="strangers_urls", SECRET_KEY="x", ALLOWED_HOSTS=["*"])  # noqa: S106
    from django.core.wsgi import get_wsgi_application

    return by_wsgi(get_wsgi_application())


def aiohttp() -> Serves:
    """An aiohttp handler; what it raises is what its server would answer with."""
    from aiohttp import web
    from aiohttp.test_utils import make_mocked_request
    from multidict import CIMultiDict

    from hookproof.receiver import aiohttp as adapter

    loop = asyncio.new_event_loop()

    async def serve(sent: Sent) -> int:
        headers = CIMultiDict(
            [(n, v.encode("latin-1").decode("utf-8", "surrogateescape")) for n, v in sent.headers]
        )
        request = make_mocked_request("POST", sent.target, headers=headers)
        request._read_bytes = sent.body  # noqa: SLF001 - as its server would
        try:
            event = await adapter.event_of(HOOKS, request)
        except web.HTTPException as refusal:
            return refusal.status
        take(event)
        return adapter.acknowledge(event).status

    return lambda sent: loop.run_until_complete(serve(sent))


def litestar() -> Serves:
    """A Litestar application."""
    from litestar import Litestar, Request, Response, post

    from hookproof.receiver import litestar as adapter

    async def callback(request: Any) -> Any:
        event = await adapter.event_of(HOOKS, request)
        take(event)
        return adapter.acknowledge(event)

    callback.__annotations__ = {"request": Request[Any, Any, Any], "return": Response[bytes]}
    return by_asgi(Litestar([post(["/", "/{any:path}"])(callback)]))


WAYS: dict[str, Callable[[], Serves]] = {
    "library": lambda: library,
    "asgi": lambda: by_asgi(asgi.CallbackApp(HOOKS, take)),
    "wsgi": lambda: by_wsgi(wsgi.CallbackApp(HOOKS, take)),
    "lambda": lambda_,
    "starlette": starlette,
    "fastapi": fastapi,
    "flask": flask,
    "django": django,
    "aiohttp": aiohttp,
    "litestar": litestar,
}


PEERS = ("standardwebhooks", "svix")


def main() -> int:
    """Print a line for each way, and what went wrong; 1 where anything did."""
    options = argparse.ArgumentParser()
    options.add_argument("--requests", type=int, default=100_000)
    options.add_argument("--only", choices=[*WAYS, *PEERS, "threads"], action="append")
    wish = options.parse_args()
    wrong = 0
    for name, make in WAYS.items():
        if wish.only and name not in wish.only:
            continue
        try:
            serve = make()
        except ImportError as error:
            print(f"{name:<10} not installed: {error.name}")
            continue
        wrong += _tell(name, *_run(serve, Strangers(1).requests(wish.requests)))
    for name in PEERS:
        if not wish.only or name in wish.only:
            peer(name, wish.requests)
    if not wish.only or "threads" in wish.only:
        wrong += threads(wish.requests)
    return 1 if wrong else 0


def _run(serve: Serves, requests: Iterator[Sent]) -> tuple[Counter[int], dict[str, Any], float]:
    statuses: Counter[int] = Counter()
    faults: dict[str, Any] = {}
    begun = time.process_time()
    for sent in requests:
        try:
            status = serve(sent)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            faults.setdefault(f"{type(error).__name__}: {error}"[:90], sent)
            statuses[0] += 1
            continue
        statuses[status] += 1
        if status >= 500:
            faults.setdefault(f"answered {status}", sent)
    return statuses, faults, time.process_time() - begun


def _tell(name: str, statuses: Counter[int], faults: dict[str, Any], seconds: float) -> int:
    wrong = statuses[0] + sum(n for status, n in statuses.items() if status >= 500)
    said = ", ".join(f"{n:,} {status}" for status, n in sorted(statuses.items()) if status)
    print(
        f"{name:<10} {sum(statuses.values()):>9,}  {wrong:>5} wrong  {seconds:6.1f} s  {said}",
        flush=True,
    )
    for text, sent in list(faults.items())[:5]:
        print(f"    {text}\n        {str(sent)[:400]}", flush=True)
    return wrong


def peer(package: str, count: int) -> None:
    """What a library of others raises beside its own exception, for requests of its scheme."""
    webhook = webhook_of(package)
    if webhook is None:
        print(f"{package:<16} not installed")
        return
    own = import_module(f"{package}.webhooks").WebhookVerificationError

    def sign(_: str, payload: Any) -> SignedRequest:
        body = _json(payload)
        return SignedRequest(body, tuple(headers_for(webhook, body).items()))

    strange: Counter[str] = Counter()
    for sent in Strangers(1, sign).requests(count):
        try:
            webhook.verify(sent.body, dict(sent.headers))
        except own:
            strange["refused"] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            strange[type(error).__name__] += 1
        else:
            strange["taken"] += 1
    said = ", ".join(f"{many:,} {what}" for what, many in strange.most_common())
    print(f"{package:<16} {count:>9,}  {said}", flush=True)


def threads(count: int) -> int:
    """Eight threads with one receiver: what each is told is what one alone would be."""
    hooks = Receiver(*AREAS, secret=SECRET, unsigned="accept")

    def outcome(sent: Sent) -> tuple[str, str]:
        found = hooks.check(headers=sent.headers, body=sent.body, url=sent.target)
        if found.event is None:
            return type(found.rejection).__name__, str(found.rejection)
        return found.event.callback, found.event.dedupe_key

    def work(seed: int) -> list[tuple[str, str]]:
        return [outcome(sent) for sent in Strangers(seed).requests(count)]

    begun = time.process_time()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(8)))
    wrong = sum(
        one != other
        for seed, told in enumerate(found)
        for one, other in zip(told, work(seed), strict=True)
    )
    seconds = time.process_time() - begun
    print(f"threads    8 x {count:>7,}  {wrong:>5} wrong  {seconds:6.1f} s")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
