"""The library in servers and frameworks: the vendor's answer, or the status of the refusal."""

from __future__ import annotations

import asyncio
import base64
import io
from typing import TYPE_CHECKING, Annotated, Any

import pytest
from acceptance.test_confirmation import HUB, TOKEN, asking, written
from small_contract import read_contract

from hookproof.contract import Contract
from hookproof.receiver import Event, Receiver, SignedRequest, asgi, aws_lambda, wsgi

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONTRACT = Contract()
HOOKS = Receiver("zego_rtc", "tencent_gme", "zego_zim", secret="a secret")
NAMES = ["zego_rtc/record", "tencent_gme/voice_moderation", "zego_zim/before_send_msg"]
SENT = {name: HOOKS.sign(name, CONTRACT.callback(name).examples[0].payload) for name in NAMES}


def by_asgi(seen: list[Event], sent: SignedRequest, body: bytes) -> tuple[int, bytes]:
    """Serve a request by the ASGI application, its body in two pieces."""
    app = asgi.CallbackApp(HOOKS, seen.append, most=100_000)
    pieces = [body[:5], body[5:]]
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    headers = [(name.lower().encode(), value.encode()) for name, value in sent.headers]
    scope = {"type": "http", "method": "POST", "path": "/cb", "query_string": sent.query.encode()}
    asyncio.run(app({**scope, "headers": [*headers, (b"host", b"a.example")]}, receive, send))
    return answers[0]["status"], answers[1]["body"]


def by_wsgi(seen: list[Event], sent: SignedRequest, body: bytes) -> tuple[int, bytes]:
    """Serve a request by the WSGI application."""
    app = wsgi.CallbackApp(HOOKS, seen.append, most=100_000)
    given = {f"HTTP_{n.upper().replace('-', '_')}": value for n, value in sent.headers}
    status: list[str] = []
    environ = {
        **given,
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/cb",
        "QUERY_STRING": sent.query,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    answer = app(environ, lambda line, _: status.append(line))
    return int(status[0].split()[0]), b"".join(answer)


def by_lambda(seen: list[Event], sent: SignedRequest, body: bytes) -> tuple[int, bytes]:
    """Serve a request as an invocation of a function, its body in Base64."""
    given = {
        "headers": dict(sent.headers),
        "rawQueryString": sent.query,
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }
    answer = aws_lambda.handler(HOOKS, seen.append)(given, None)
    return answer["statusCode"], answer["body"].encode()


def by_starlette(seen: list[Event], sent: SignedRequest, body: bytes) -> tuple[int, bytes]:
    """Serve a request by a Starlette application."""
    testing = pytest.importorskip("starlette.testclient")
    from starlette.applications import Starlette  # noqa: PLC0415 - where it is installed
    from starlette.routing import Route  # noqa: PLC0415

    from hookproof.receiver import starlette  # noqa: PLC0415

    async def callback(request: Any) -> Any:
        event = await starlette.event_of(HOOKS, request)
        seen.append(event)
        return starlette.acknowledge(event)

    app = Starlette(routes=[Route("/cb", callback, methods=["POST"])])
    url = f"/cb?{sent.query}"
    answer = testing.TestClient(app).post(url, content=body, headers=dict(sent.headers))
    return answer.status_code, answer.content


def by_flask(seen: list[Event], sent: SignedRequest, body: bytes) -> tuple[int, bytes]:
    """Serve a request by a Flask application."""
    flask_ = pytest.importorskip("flask")
    from hookproof.receiver import flask  # noqa: PLC0415 - where it is installed

    app = flask_.Flask("callbacks")

    @app.post("/cb")
    def callback() -> Any:
        event = flask.event_of(HOOKS)
        seen.append(event)
        return flask.acknowledge(event)

    answer = app.test_client().post(f"/cb?{sent.query}", data=body, headers=dict(sent.headers))
    return answer.status_code, answer.data


def by_django(seen: list[Event], sent: SignedRequest, body: bytes) -> tuple[int, bytes]:
    """Serve a request by a Django view."""
    conf = pytest.importorskip("django.conf")
    if not conf.settings.configured:
        conf.settings.configure(ALLOWED_HOSTS=["*"], SECRET_KEY="x")
    from django.test import RequestFactory  # noqa: PLC0415 - where it is installed

    from hookproof.receiver import django  # noqa: PLC0415

    @django.callback_view(HOOKS)
    def callback(_: Any, event: Event) -> None:
        seen.append(event)

    headers = {name: value for name, value in sent.headers if name != "Content-Type"}
    request = RequestFactory().generic(
        "POST", f"/cb?{sent.query}", body, content_type="application/json", headers=headers
    )
    answer = callback(request)
    return answer.status_code, answer.content


def by_fastapi(seen: list[Event], sent: SignedRequest, body: bytes) -> tuple[int, bytes]:
    """Serve a request by a FastAPI application, the event as a dependency."""
    answer = fastapi_client(seen).post(
        f"/cb?{sent.query}", content=body, headers=dict(sent.headers)
    )
    return answer.status_code, answer.content


def fastapi_client(seen: list[Event]) -> Any:
    """A client of a FastAPI application that keeps what it has seen."""
    fastapi = pytest.importorskip("fastapi")
    testing = pytest.importorskip("fastapi.testclient")
    from hookproof.receiver import starlette  # noqa: PLC0415 - where it is installed

    app = fastapi.FastAPI()

    async def callback(event: Any) -> Any:
        seen.append(event)
        return starlette.acknowledge(event)

    given = Annotated[Event, fastapi.Depends(starlette.events(HOOKS))]
    callback.__annotations__ = {"event": given}
    app.post("/cb", openapi_extra=HOOKS.operation(), response_model=None)(callback)
    return testing.TestClient(app)


def by_aiohttp(seen: list[Event], sent: SignedRequest, body: bytes) -> tuple[int, bytes]:
    """Serve a request by an aiohttp application."""
    web = pytest.importorskip("aiohttp.web")
    testing = pytest.importorskip("aiohttp.test_utils")
    from hookproof.receiver import aiohttp  # noqa: PLC0415 - where it is installed

    async def callback(request: Any) -> Any:
        event = await aiohttp.event_of(HOOKS, request)
        seen.append(event)
        return aiohttp.acknowledge(event)

    async def served() -> tuple[int, bytes]:
        app = web.Application()
        app.router.add_post("/cb", callback)
        async with testing.TestClient(testing.TestServer(app)) as client:
            url = f"/cb?{sent.query}"
            answer = await client.post(url, data=body, headers=dict(sent.headers))
            return answer.status, await answer.read()

    return asyncio.run(served())


def by_litestar(seen: list[Event], sent: SignedRequest, body: bytes) -> tuple[int, bytes]:
    """Serve a request by a Litestar application."""
    litestar_ = pytest.importorskip("litestar")
    testing = pytest.importorskip("litestar.testing")
    from hookproof.receiver import litestar  # noqa: PLC0415 - where it is installed

    async def callback(request: Any) -> Any:
        event = await litestar.event_of(HOOKS, request)
        seen.append(event)
        return litestar.acknowledge(event)

    request = litestar_.Request[Any, Any, Any]
    callback.__annotations__ = {"request": request, "return": litestar_.Response[bytes]}
    app = litestar_.Litestar([litestar_.post("/cb")(callback)])
    with testing.TestClient(app) as client:
        answer = client.post(f"/cb?{sent.query}", content=body, headers=dict(sent.headers))
    return answer.status_code, answer.content


WAYS = [
    *(by_asgi, by_wsgi, by_lambda, by_starlette, by_fastapi, by_flask, by_django),
    *(by_aiohttp, by_litestar),
]


@pytest.mark.parametrize("serve", WAYS)
def test_a_genuine_callback_is_acknowledged(serve: Any) -> None:
    """The handler gets the event, the vendor the answer that its page documents."""
    seen: list[Event] = []
    for name in NAMES:
        status, body = serve(seen, SENT[name], SENT[name].body)
        wanted = seen[-1].acknowledgement
        assert (seen[-1].callback, status, body) == (name, wanted.status, wanted.body)
    assert b'"result"' in wanted.body


@pytest.mark.parametrize("serve", WAYS)
def test_what_is_refused_never_reaches_the_handler(serve: Any) -> None:
    """A forgery and rubbish get the status of their refusal, and a word without a secret."""
    seen: list[Event] = []
    sent = SENT["zego_rtc/record"]
    forged = sent.body.replace(b'"signature":"', b'"signature":"0')
    status, said = serve(seen, sent, forged)
    assert (status, b"wrong" in said) == (401, True)
    assert serve(seen, sent, b"\x00\xff{")[0] == 400
    assert seen == []


@pytest.mark.parametrize("serve", [by_asgi, by_wsgi])
def test_a_body_that_is_too_large_is_not_kept(serve: Any) -> None:
    """More than the limit is answered with 413."""
    assert serve([], SENT["zego_rtc/record"], b" " * 100_001) == (413, b"too-large")


def test_a_callback_stands_in_the_openapi_page() -> None:
    """What FastAPI shows holds each callback's fields, an example, the header, the answers."""
    page = fastapi_client([]).get("/openapi.json").json()
    shown = page["paths"]["/cb"]["post"]
    media = shown["requestBody"]["content"]["application/json"]
    titles = {schema["title"] for schema in media["schema"]["anyOf"]}
    assert {CONTRACT.callback(name).title for name in NAMES} <= titles
    assert media["examples"]["zego_rtc/record"]["value"]["event"] == "record"
    assert "Signature" in {parameter["name"] for parameter in shown["parameters"]}
    assert {"200", "400", "401"} <= set(shown["responses"])


def test_the_openapi_page_holds_by_its_specification() -> None:
    """Nothing of ours that other tools cannot read stands in the document."""
    validator = pytest.importorskip("openapi_spec_validator")
    page = fastapi_client([]).get("/openapi.json").json()
    validator.validate(page)
    assert "x-" not in " ".join(_names(page))


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name[:2]
            if name != "examples":
                yield from _names(inner)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)


@pytest.mark.parametrize("raw", [b"/a%20b", b"/a%20b?x=%2F", None])
def test_an_asgi_server_may_tell_more_or_less_of_the_path(raw: bytes | None) -> None:
    """The query comes once, and what only the decoded path tells is encoded again."""
    scope = {"headers": [(b"host", b"a.example")], "path": "/a b", "query_string": b"x=%2F"}
    assert asgi.url_of({**scope, "raw_path": raw}) == "http://a.example/a%20b?x=%2F"


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({"PATH_INFO": "/a b/\xc3\xa9", "QUERY_STRING": "x=%2F"}, "/a%20b/%C3%A9?x=%2F"),
        ({"PATH_INFO": "/a/b", "REQUEST_URI": "/a%2Fb?x"}, "/a%2Fb?x"),
        ({"PATH_INFO": "/", "RAW_URI": "http://a/"}, "/"),
    ],
)
def test_an_address_is_what_the_sender_wrote(environ: dict[str, str], url: str) -> None:
    """Some vendors sign it, so what the server decoded is encoded again, or taken as written."""
    assert wsgi.url_of(environ) == url
    assert wsgi.url_of({**environ, "HTTP_HOST": "a.example"}) == f"http://a.example{url}"


def test_an_asgi_application_lives_as_long_as_its_server() -> None:
    """Its lifespan is served, so that it needs no framework around it."""
    messages = [{"type": "lifespan.shutdown"}, {"type": "lifespan.startup"}]
    told: list[str] = []

    async def receive() -> dict[str, Any]:
        return messages.pop()

    async def send(message: dict[str, Any]) -> None:
        told.append(message["type"])

    asyncio.run(asgi.CallbackApp(HOOKS, lambda _: None)({"type": "lifespan"}, receive, send))
    assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


@pytest.mark.parametrize(
    ("length", "status"),
    [("x", "400"), ("-1", "400"), ("²", "400"), ("9" * 5000, "413"), ("", "400")],
)
def test_a_length_that_is_none_is_no_crash(length: str, status: str) -> None:
    """Whatever a server lets through."""
    environ = {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(b"{}")}
    told: list[str] = []
    wsgi.CallbackApp(HOOKS, lambda _: None)(environ, lambda line, _: told.append(line))
    assert told[0].startswith(status)


@pytest.mark.parametrize("body", [{"event": "record"}, ["x"], 5])
def test_lambda_is_given_what_is_no_text(body: Any) -> None:
    """As by a test event of the console, that was pasted with its body as JSON."""
    given = {"body": body, "multiValueHeaders": {"Host": None}}
    answer = aws_lambda.handler(HOOKS, lambda _: None)(given, None)
    assert (answer["statusCode"], answer["body"]) == (400, "unreadable")


def test_flask_tells_of_a_form_that_was_read_before() -> None:
    """Its bytes are gone then, and the signature would seem to be wrong."""
    flask_ = pytest.importorskip("flask")
    from hookproof.receiver import flask  # noqa: PLC0415 - where it is installed

    app = flask_.Flask("callbacks")
    app.before_request(lambda: str(flask_.request.form)[:0] or None)
    app.add_url_rule("/", view_func=lambda: flask.event_of(HOOKS).callback, methods=["POST"])
    answer = app.test_client().post("/", data={"event": "record"})
    assert answer.status_code == 400
    assert "read before" in answer.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (asking().partition("?")[2], 200),
        (asking(token="other").partition("?")[2], 403),
        ("", 405),
    ],
)
def test_frameworks_answer_the_get_that_confirms_an_address(
    query: str, status: int, tmp_path: Path
) -> None:
    """A route of GET in Starlette and Flask, the view itself in Django."""
    contract = read_contract(written(tmp_path, HUB))
    hooks = Receiver("shop", secret="secret", contract=contract, token=TOKEN)
    for ask in (_starlette_confirms, _django_confirms, _flask_confirms):
        said = ask(hooks, f"/cb?{query}")
        if said is not None:
            assert said[0] == status, ask
            assert (said[1] == b"77ab") is (status == 200), ask


def _starlette_confirms(hooks: Receiver, url: str) -> tuple[int, bytes]:
    testing = pytest.importorskip("starlette.testclient")
    from starlette.applications import Starlette  # noqa: PLC0415 - where it is installed
    from starlette.routing import Route  # noqa: PLC0415

    from hookproof.receiver import starlette  # noqa: PLC0415

    async def confirm(request: Any) -> Any:
        return starlette.confirmed(hooks, request)

    answer = testing.TestClient(Starlette(routes=[Route("/cb", confirm)])).get(url)
    return answer.status_code, answer.content


def _django_confirms(hooks: Receiver, url: str) -> tuple[int, bytes] | None:
    try:
        from django.conf import settings  # noqa: PLC0415 - where it is installed
        from django.test import RequestFactory  # noqa: PLC0415
    except ImportError:
        return None
    if not settings.configured:
        settings.configure(ALLOWED_HOSTS=["*"], SECRET_KEY="x")
    from hookproof.receiver import django  # noqa: PLC0415

    view = django.callback_view(hooks)(lambda *_: None)
    answer = view(RequestFactory().get(url))
    return answer.status_code, answer.content


def _flask_confirms(hooks: Receiver, url: str) -> tuple[int, bytes] | None:
    try:
        import flask as flask_  # noqa: PLC0415 - where it is installed
    except ImportError:
        return None
    from hookproof.receiver import flask  # noqa: PLC0415

    app = flask_.Flask("callbacks")
    app.get("/cb")(lambda: flask.confirmed(hooks))
    answer = app.test_client().get(url)
    return answer.status_code, answer.data
