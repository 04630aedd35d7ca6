"""ASGI and WSGI applications, and receivers of ours, as what a test sends to without a socket.

They are served as uvicorn and a WSGI server serve them: one event loop for all requests of an
ASGI application, with its lifespan; a thread for each request of any other.
"""

from __future__ import annotations

import asyncio
import inspect
import io
import socket
import traceback
from collections import deque
from contextlib import contextmanager
from http import HTTPStatus
from queue import SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import unquote, unquote_to_bytes

from hookproof.errors import UsageError
from hookproof.http.in_process import write_answer
from hookproof.http.target import Target
from hookproof.testing.receiver import Incoming, Receiver, Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from hookproof.http.in_process import Application, ServedRequest

    Answers = Callable[[bytes], None]

# As many crashes are kept as anybody reads.
_MOST_CRASHES: Final = 20
# In seconds; an application that does not end its lifespan is left behind.
_PATIENCE: Final = 5.0
_LONGEST_START: Final = 30.0
# Where such a server most often listens: so the recipes of a report can be tried on one.
_PORT: Final = 8000
_CRASHED: Final = write_answer(
    500, [("content-type", "text/plain; charset=utf-8")], b"Internal Server Error", "Error"
)


class Crashes:
    """The tracebacks of what an application raised, the latest ones; servers log them."""

    def __init__(self) -> None:
        self._latest: deque[str] = deque(maxlen=_MOST_CRASHES)

    def keep(self, error: BaseException) -> bytes:
        """Keep what was raised; gives the answer of a server."""
        self._latest.append("".join(traceback.format_exception(error)))
        return _CRASHED

    def take(self) -> list[str]:
        """Those that are kept, each once; after that there are none."""
        found = list(dict.fromkeys(self._latest))
        self._latest.clear()
        return found


@contextmanager
def in_process(application: Any, *, path: str = "/") -> Iterator[Target]:
    """What to send to, to have an application answer in this process, while the block runs.

    `application` is an ASGI or a WSGI application, or a `hookproof.testing.Receiver`. Raises
    UsageError where it is none of these.
    """
    if isinstance(application, Receiver):
        crashes = Crashes()
        yield _target(path, _Threads(_reply_of(application, crashes), crashes))
    elif is_asgi(application):
        with _Loop(application) as served:
            yield _target(path, served)
    elif callable(application):
        crashes = Crashes()
        yield _target(path, _Threads(_wsgi(application, crashes), crashes))
    else:
        kind = type(application).__name__
        hint = "name the application itself, as in module:app"
        raise UsageError(f"{kind} is neither an ASGI nor a WSGI application", hint=hint)


def _target(path: str, application: Application) -> Target:
    path = path if path.startswith("/") else f"/{path}"
    host = "127.0.0.1"
    url = f"http://{host}:{_PORT}{path}"
    family = int(socket.AF_INET)
    return Target(url, "http", host, _PORT, path, host, family, application=application)


def is_asgi(application: Any) -> bool:
    """Whether an application is called as ASGI 3 wants it."""
    called = application if inspect.isroutine(application) else type(application).__call__
    if inspect.iscoroutinefunction(called) or inspect.iscoroutinefunction(application):
        return True
    try:
        return len(inspect.signature(application).parameters) == 3
    except (TypeError, ValueError):
        return False


class _Threads:
    """Answers each request in a thread; one that has answered takes the next request."""

    def __init__(self, serve: Callable[[ServedRequest], bytes], crashes: Crashes) -> None:
        self.crashes = crashes
        self._serve = serve
        self._idle: list[SimpleQueue[tuple[ServedRequest, Answers]]] = []

    def begin(self, request: ServedRequest, answer: Answers) -> Callable[[], object]:
        try:
            work = self._idle.pop()
        except IndexError:
            work = SimpleQueue()
            # One that hangs for ever must not keep the process.
            Thread(target=self._work, args=(work,), daemon=True).start()
        work.put((request, answer))
        return lambda: None

    def _work(self, mine: SimpleQueue[tuple[ServedRequest, Answers]]) -> None:
        while True:
            request, answer = mine.get()
            try:
                said = self._serve(request)
            except Exception as error:  # noqa: BLE001 - a crash of an application is a 500
                said = self.crashes.keep(error)
            # Idle before it is heard of, so that the next request finds it.
            self._idle.append(mine)
            answer(said)


def _reply_of(receiver: Receiver, crashes: Crashes) -> Callable[[ServedRequest], bytes]:
    """A receiver of ours, delays, silence and odd answers as it wants them."""

    def serve(request: ServedRequest) -> bytes:
        try:
            reply = receiver.handle(Incoming(request.body, request.headers, request.path))
        except Exception as error:  # noqa: BLE001 - a crash of a receiver is a 500
            crashes.keep(error)
            reply = Reply(500, type(error).__name__.encode())
        if reply.silent or reply.delay:
            Event().wait(None if reply.silent else reply.delay)
        if reply.raw is not None:
            return reply.raw
        return write_answer(reply.status, list(reply.headers), reply.body, _phrase(reply.status))

    return serve


def _wsgi(application: Any, crashes: Crashes) -> Callable[[ServedRequest], bytes]:
    def serve(request: ServedRequest) -> bytes:
        told: list[tuple[str, list[tuple[str, str]]]] = []
        written: list[bytes] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            told[:] = [(status, headers)]
            return written.append

        pieces = application(_environ(request), start_response)
        try:
            written.extend(pieces)
        finally:
            if hasattr(pieces, "close"):
                pieces.close()
        if not told:
            return crashes.keep(RuntimeError("start_response was not called"))
        [(status, headers)] = told
        number, _, reason = status.partition(" ")
        return write_answer(int(number), headers, b"".join(written), reason)

    return serve


def _environ(request: ServedRequest) -> dict[str, Any]:
    path, _, query = request.path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "REQUEST_URI": request.path,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(_PORT),
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.input_terminated": True,
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers:
        key = name.upper().replace("-", "_")
        if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            key = f"HTTP_{key}"
        if key in {"CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"}:
            continue
        # As servers do of what comes twice.
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    return environ


class _Loop:
    """An ASGI application on an event loop of its own, with its lifespan."""

    def __init__(self, application: Any) -> None:
        self.crashes = Crashes()
        self._application = application
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._lifespan = _Lifespan(application)

    def __enter__(self) -> Self:
        self._thread.start()
        starting = self._run(self._lifespan.start())
        try:
            starting.result(_LONGEST_START)
        except TimeoutError:
            self._stop()
            hint = "what does it wait for when it starts?"
            message = f"the application has not started within {_LONGEST_START:g} s"
            raise UsageError(message, hint=hint) from None
        except UsageError:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._run(self._lifespan.stop()).result(_PATIENCE)
        except TimeoutError:
            return
        finally:
            self._stop()

    def begin(self, request: ServedRequest, answer: Answers) -> Callable[[], object]:
        call = _Call(request)

        async def served() -> None:
            answer(await self._serve(call))

        self._run(served())
        return lambda: self._loop.call_soon_threadsafe(call.gone.set)

    async def _serve(self, call: _Call) -> bytes:
        try:
            await self._application(call.scope(self._lifespan.state), call.receive, call.send)
        except Exception as error:  # noqa: BLE001 - a crash of an application is a 500
            crashed = self.crashes.keep(error)
            # What was begun is broken off where it stands.
            return call.answer(whole=False) if call.status else crashed
        if call.status is None:
            return self.crashes.keep(RuntimeError("the application ended without an answer"))
        return call.answer(whole=call.finished)

    def _run(self, coroutine: Any) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def _stop(self) -> None:
        self._run(_cancel_others())
        self._loop.call_soon_threadsafe(self._loop.call_later, 0.01, self._loop.stop)
        self._thread.join(_PATIENCE)
        if not self._loop.is_running():
            self._loop.close()


async def _cancel_others() -> None:
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


class _Call:
    """One request to an ASGI application, and its answer as far as it was sent."""

    def __init__(self, request: ServedRequest) -> None:
        self.gone = asyncio.Event()
        self.status: int | None = None
        self.finished = False
        self._request = request
        self._given = False
        self._headers: list[tuple[str, str]] = []
        self._body: list[bytes] = []

    def scope(self, state: dict[str, Any]) -> dict[str, Any]:
        """The request as ASGI tells of it."""
        path, _, query = self._request.path.partition("?")
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": self._request.method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode("latin-1"),
            "query_string": query.encode("latin-1"),
            "root_path": "",
            "headers": [
                (name.lower().encode("latin-1"), value.encode("latin-1"))
                for name, value in self._request.headers
            ],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", _PORT),
            "state": dict(state),
        }

    async def receive(self) -> dict[str, Any]:
        """The body at once, then nothing until the sender is gone."""
        if not self._given:
            self._given = True
            return {"type": "http.request", "body": self._request.body, "more_body": False}
        if not self.finished:
            await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        """Keep a piece of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._headers = [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in message.get("headers", ())
            ]
        elif message["type"] == "http.response.body":
            self._body.append(message.get("body", b""))
            self.finished = not message.get("more_body", False)

    def answer(self, *, whole: bool) -> bytes:
        """The bytes of the answer; one that is not whole says that more was to come."""
        body, headers, status = b"".join(self._body), list(self._headers), self.status or 500
        if not whole and "content-length" not in {name.lower() for name, _ in headers}:
            headers.append(("content-length", str(len(body) + 1)))
        return write_answer(status, headers, body, _phrase(status))


class _Lifespan:
    """The lifespan of an ASGI application; many have none, and say so by an exception."""

    def __init__(self, application: Any) -> None:
        self.state: dict[str, Any] = {}
        self._application = application
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the application; raises UsageError where it says that it cannot."""
        self._events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._started, self._stopped = asyncio.Event(), asyncio.Event()
        self._failure = ""
        self._events.put_nowait({"type": "lifespan.startup"})
        self._task = asyncio.ensure_future(self._live())
        await self._started.wait()
        if self._failure:
            raise UsageError(f"the application does not start: {self._failure}")

    async def stop(self) -> None:
        """Let the application end."""
        self._events.put_nowait({"type": "lifespan.shutdown"})
        await self._stopped.wait()

    async def _live(self) -> None:
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}}
        try:
            await self._application({**scope, "state": self.state}, self._events.get, self._hear)
        except Exception:  # noqa: BLE001 - it has no lifespan, as is its right
            return
        finally:
            self._started.set()
            self._stopped.set()

    async def _hear(self, message: dict[str, Any]) -> None:
        if message["type"].startswith("lifespan.startup"):
            if message["type"].endswith("failed"):
                self._failure = message.get("message") or "its lifespan failed"
            self._started.set()
        else:
            self._stopped.set()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
