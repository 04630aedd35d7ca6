"""How a body comes, not what it says: in chunks, without a length, broken off, by each adapter."""

from __future__ import annotations

import asyncio
import io
import sys
from types import ModuleType
from typing import Any

import pytest

from hookproof.contract import Contract
from hookproof.receiver import Event, Receiver, asgi, aws_lambda, wsgi

HOOKS = Receiver("zego_rtc", secret="a secret")
BODY = HOOKS.sign("record", Contract().callback("zego_rtc/record").examples[0].payload).body
CHUNKS = {"HTTP_TRANSFER_ENCODING": "chunked"}
ENDS = {"wsgi.input_terminated": True}


class Broken:
    """A body that a server cannot read to its end, as gunicorn says of chunks that are none."""

    def read(self, size: int = -1) -> bytes:
        """Raise as a server does."""
        raise ValueError(f"no chunk, {size}")

    readline = read


def plain_wsgi() -> Any:
    """No framework."""
    return wsgi.CallbackApp(HOOKS, lambda _: None, most=100_000)


def flask() -> Any:
    """A Flask application."""
    flask_ = pytest.importorskip("flask")
    from hookproof.receiver import flask as adapter  # noqa: PLC0415 - where it is installed

    app = flask_.Flask("callbacks")
    app.post("/cb")(lambda: adapter.acknowledge(adapter.event_of(HOOKS)))
    return app


def django() -> Any:
    """A Django project of one view, which reads the body once more."""
    conf = pytest.importorskip("django.conf")
    if not conf.settings.configured:
        conf.settings.configure(ALLOWED_HOSTS=["*"], SECRET_KEY="x")
    import django as django_  # noqa: PLC0415 - where it is installed
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415
    from django.urls import path  # noqa: PLC0415

    from hookproof.receiver import django as adapter  # noqa: PLC0415

    @adapter.callback_view(HOOKS)
    def view(request: Any, event: Event) -> None:
        assert request.body == event.raw

    urls: Any = ModuleType("urls_of_bodies")
    urls.urlpatterns = [path("cb", view)]
    sys.modules[urls.__name__] = urls
    conf.settings.ROOT_URLCONF = urls.__name__
    django_.setup()
    return WSGIHandler()


def asked(app: Any, stream: Any, environ: dict[str, Any]) -> tuple[int, bytes]:
    """What a WSGI application answers."""
    told: list[str] = []
    given = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/cb",
        "SERVER_NAME": "a.example",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": "application/json",
        "wsgi.input": stream,
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    pieces = app({**given, **environ}, lambda line, *_: told.append(line))
    body = b"".join(pieces)
    if hasattr(pieces, "close"):
        pieces.close()
    return int(told[0].split()[0]), body


@pytest.mark.parametrize("make", [plain_wsgi, flask, django])
def test_a_body_in_chunks_is_read_where_the_server_ends_it(make: Any) -> None:
    """As gunicorn and waitress do; of Django itself it would be empty."""
    app = make()
    for length in ({}, {"CONTENT_LENGTH": ""}):
        assert asked(app, io.BytesIO(BODY), {**CHUNKS, **ENDS, **length})[0] == 200


@pytest.mark.parametrize("make", [plain_wsgi, flask, django])
def test_a_body_in_chunks_that_no_server_read_is_told_of(make: Any) -> None:
    """411 says what is missing where wsgiref and uWSGI hand on none; 400 would blame the sender."""
    assert asked(make(), io.BytesIO(b""), CHUNKS) == (411, b"no-length")


@pytest.mark.parametrize("make", [plain_wsgi, flask, django])
@pytest.mark.parametrize("how", [{**CHUNKS, **ENDS}, {"CONTENT_LENGTH": "90"}])
def test_a_body_that_cannot_be_read_is_no_crash(make: Any, how: dict[str, Any]) -> None:
    """Anybody may send it, so that it is refused and never answered with 500."""
    status, said = asked(make(), Broken(), how)
    # Of a length that did not come, Flask itself has a page.
    assert (status, said == b"unreadable" or "Bad Request" in said.decode()) == (400, True)


def test_what_django_refuses_to_read_is_refused_by_its_status() -> None:
    """Too many bytes, and a form that something has taken before."""
    app = django()
    from django.conf import settings  # noqa: PLC0415 - where it is installed
    from django.test import RequestFactory  # noqa: PLC0415

    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    for how in ({"CONTENT_LENGTH": str(most + 1)}, {**CHUNKS, **ENDS}):
        assert asked(app, io.BytesIO(b" " * (most + 1)), how) == (413, b"too-large")
    request = RequestFactory().post("/cb", {"event": "record"})
    assert request.POST
    answer = sys.modules["urls_of_bodies"].urlpatterns[0].callback(request)
    assert (answer.status_code, answer.content) == (400, b"unreadable")


def plain_asgi() -> Any:
    """No framework."""
    return asgi.CallbackApp(HOOKS, lambda _: None, most=100_000)


def starlette() -> Any:
    """A Starlette application."""
    applications = pytest.importorskip("starlette.applications")
    from starlette.routing import Route  # noqa: PLC0415 - where it is installed

    from hookproof.receiver import starlette as adapter  # noqa: PLC0415

    async def callback(request: Any) -> Any:
        return adapter.acknowledge(await adapter.event_of(HOOKS, request))

    return applications.Starlette(routes=[Route("/cb", callback, methods=["POST"])])


def litestar() -> Any:
    """A Litestar application."""
    litestar_ = pytest.importorskip("litestar")
    from hookproof.receiver import litestar as adapter  # noqa: PLC0415 - where it is installed

    async def callback(request: Any) -> Any:
        return adapter.acknowledge(await adapter.event_of(HOOKS, request))

    request = litestar_.Request[Any, Any, Any]
    callback.__annotations__ = {"request": request, "return": litestar_.Response[bytes]}
    return litestar_.Litestar([litestar_.post("/cb")(callback)])


@pytest.mark.parametrize("make", [plain_asgi, starlette, litestar])
@pytest.mark.parametrize(("whole", "status"), [(True, 200), (False, 400)])
def test_a_sender_that_goes_in_the_middle_is_no_crash(
    make: Any, *, whole: bool, status: int
) -> None:
    """Its body is refused as one that cannot be read."""
    more = {"type": "http.request", "body": BODY[5:], "more_body": False}
    messages = [
        {"type": "http.request", "body": BODY[:5], "more_body": True},
        more if whole else {"type": "http.disconnect"},
    ]
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/cb",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    asyncio.run(make()({**scope, "app": None}, receive, send))
    assert answers[0]["status"] == status


@pytest.mark.parametrize("kind", ["OSError", "RequestPayloadError"])
def test_aiohttp_tells_of_a_body_that_broke_off(kind: str) -> None:
    """Its connection is lost, or it is no gzip although a header says so."""
    web = pytest.importorskip("aiohttp.web")
    from aiohttp.test_utils import make_mocked_request  # noqa: PLC0415 - where it is installed

    from hookproof.receiver import aiohttp as adapter  # noqa: PLC0415

    async def read() -> bytes:
        raise {"OSError": OSError, "RequestPayloadError": web.RequestPayloadError}[kind]

    async def refused() -> int:
        request = make_mocked_request("POST", "/cb")
        request.read = read
        with pytest.raises(web.HTTPException) as told:
            await adapter.event_of(HOOKS, request)
        return told.value.status

    assert asyncio.run(refused()) == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_lambda_takes_what_is_posted_alone(method: str) -> None:
    """As the other adapters, whichever front calls the function."""
    seen: list[Event] = []
    for asked_by in ({"httpMethod": method}, {"requestContext": {"http": {"method": method}}}):
        given = {"body": BODY.decode(), **asked_by}
        answer = aws_lambda.handler(HOOKS, seen.append)(given, None)
        assert (answer["statusCode"], seen) == (405, [])
