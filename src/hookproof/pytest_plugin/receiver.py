"""The receiver under test: an application in this process, or whoever listens at a URL."""

from __future__ import annotations

import inspect
import json
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hookproof.delivery.deliver import deliver, is_delivered
from hookproof.errors import UsageError
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport
from hookproof.pytest_plugin.settings import settings_of, usage
from hookproof.testing.applications import in_process

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pytest

    from hookproof.delivery.deliver import Sent
    from hookproof.http.answer import Answer
    from hookproof.http.target import Target
    from hookproof.pytest_plugin.signed import Signed


@dataclass(frozen=True, slots=True)
class Reply:
    """What a receiver answered; `status` is None where it did not, and `detail` says how."""

    status: int | None
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    detail: str = ""

    @property
    def json(self) -> Any:
        """The body as JSON; raises ValueError where it is none."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one event: the attempts, and whether the vendor counts one as received.

    `after` are the seconds from the first attempt to each, as the vendor counts them.
    """

    received: bool
    replies: tuple[Reply, ...]
    after: tuple[float, ...]

    @property
    def attempts(self) -> int:
        """How often it was sent."""
        return len(self.replies)


@dataclass(slots=True)
class ReceiverUnderTest:
    """Sends to the receiver under test, and waits for its answer."""

    target: Target
    transport: Transport
    _ahead: float = field(default=0.0)

    def send(self, request: Signed) -> Reply:
        """Send a request once."""
        return _reply(self._send(request))

    def deliver(self, request: Signed) -> Delivered:
        """Send as the vendor does: anew, newly signed, until it is received or given up.

        Waiting takes no time: the vendor's clock jumps. Each attempt is signed with the moment of
        now, which the clock of the receiver shows, too. Where the page knows of no retries there
        is one attempt.
        """
        runs: Sequence[Sent] = list(
            deliver(
                request.callback.deliveries[0],
                lambda: self._send(request.anew()),
                clock=lambda: time.monotonic() + self._ahead,
                sleep=self._jump,
            )
        )
        replies = tuple(_reply(one.answer) for one in runs)
        return Delivered(is_delivered(runs[-1]), replies, tuple(one.after for one in runs))

    def _send(self, request: Signed) -> Answer:
        return self.transport.send(request.body, headers=request.headers, query=request.query)

    def _jump(self, seconds: float) -> None:
        self._ahead += seconds


def _reply(answer: Answer) -> Reply:
    return Reply(answer.status, answer.body, answer.headers, answer.elapsed, answer.detail)


def named_receiver(config: pytest.Config) -> Any:
    """The application or URL that an option names; raises pytest.UsageError for neither."""
    settings = settings_of(config)
    url, app = config.getoption("--hookproof-url"), settings.get("app")
    if url and config.getoption("--hookproof-app"):
        raise usage(UsageError("an application and a URL were given", hint="give one"))
    if not url and not app:
        hint = "give --hookproof-app=MODULE:APP or --hookproof-url=URL, or a fixture hookproof_app"
        raise usage(UsageError("there is no receiver to test", hint=hint))
    try:
        return url or imported(app)
    except UsageError as error:
        raise usage(error) from error


def imported(name: str) -> Any:
    """The application at MODULE:APP, which may be a function that makes one, with () or without.

    Raises UsageError where there is none.
    """
    module, sign, attribute = name.partition(":")
    if not sign or not attribute:
        raise UsageError(f"{name!r} is no MODULE:APP", hint="as in --hookproof-app=shop.main:app")
    try:
        _on_the_path(module)
        return _application(module, attribute)
    except UsageError:
        raise
    except Exception as error:  # whatever a module or a function of somebody raises
        if isinstance(error, ModuleNotFoundError) and module.startswith(error.name or "\0"):
            hint = "is it here? pytest's option `pythonpath = FOLDER` adds another folder"
            raise UsageError(f"there is no module {error.name}", hint=hint) from error
        frames = traceback.extract_tb(error.__traceback__)
        # The line of the project's own that led there, rather than one of Python's.
        own = [one for one in frames if Path(one.filename).is_relative_to(Path.cwd())]
        last = (own or frames)[-1]
        at = f"{last.filename}:{last.lineno}"
        if isinstance(error, SyntaxError):
            at = f"{error.filename}:{error.lineno}"
        said = f"{name} cannot be had: {type(error).__name__}: {error}"
        raise UsageError(said, hint=f"that was raised at {at}") from error


def _on_the_path(module: str) -> None:
    """Look where pytest was called as well, as servers do, for a module that is nowhere else."""
    here, top = str(Path.cwd()), module.partition(".")[0]
    if here not in sys.path and top not in sys.modules and find_spec(top) is None:
        sys.path.insert(0, here)


def _application(module: str, attribute: str) -> Any:
    found: Any = import_module(module)
    for part in attribute.removesuffix("()").split("."):
        if not hasattr(found, part):
            raise UsageError(f"there is no {part} in {module}", hint="name the application itself")
        found = getattr(found, part)
    return found() if attribute.endswith("()") or _is_factory(found) else found


def _is_factory(found: Any) -> bool:
    """Whether it is a function that can be called with nothing, as no application can."""
    if not inspect.isroutine(found) or inspect.iscoroutinefunction(found):
        return False
    try:
        taken = inspect.signature(found).parameters.values()
    except (TypeError, ValueError):
        return False
    return all(one.default is not one.empty or one.kind is one.VAR_KEYWORD for one in taken)


@contextmanager
def opened(receiver: Any, config: pytest.Config) -> Iterator[ReceiverUnderTest]:
    """What sends to an application or a URL."""
    settings = settings_of(config)
    try:
        timeout = settings.number("timeout", 5.0)
        with (
            target_of(receiver, config) as target,
            Transport(target, timeout=timeout) as transport,
        ):
            yield ReceiverUnderTest(target, transport)
    except UsageError as error:
        raise usage(error) from error


@contextmanager
def target_of(receiver: Any, config: pytest.Config) -> Iterator[Target]:
    """Where an application or a URL is; raises UsageError for another machine's, unless allowed."""
    settings = settings_of(config)
    if not isinstance(receiver, str):
        with in_process(receiver, path=settings.get("path", "/")) as target:
            yield target
        return
    target = resolve_target(receiver)
    if not target.is_loopback and target.host not in settings.get("allow-host", ()):
        hint = f"if it is yours to test, add --hookproof-allow-host={target.host}"
        raise UsageError(f"{target.host} is not this machine", hint=hint)
    yield target
