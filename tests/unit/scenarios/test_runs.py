"""A receiver that was started anew is waited for, and nobody takes it for gone who still comes."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from hookproof.http.target import resolve_target
from hookproof.scenarios.probe import Call, NotRead, Probe
from hookproof.scenarios.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Iterator


class Fragile(BaseHTTPRequestHandler):
    """Tells its state, and hangs up on all that is neither that nor a callback."""

    def do_GET(self) -> None:
        """Not found, but there."""
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_OPTIONS(self) -> None:
        """As one does that crashes."""
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening() -> Iterator[str]:
    """Such a receiver's URL."""
    with HTTPServer(("127.0.0.1", 0), Fragile) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def start_anew(url: str, probe: str) -> None:
    """What is done after a crash; each look at the clock takes nine seconds."""
    clock = count(0, 9)
    scenario = SimpleNamespace(cast_for=lambda _: {"task": "one"})
    reading = Probe(Call(probe), 0, {}, lambda: 0.0, lambda _: None)
    Runs(
        cast("Any", SimpleNamespace(scenario=scenario)),
        resolve_target(url),
        reading,
        5,
        lambda: 1,
        restart=Call("true"),
        clock=lambda: float(next(clock)),
        sleep=lambda _: None,
    ).start_anew()


def test_one_that_no_callback_crashes_is_asked_by_its_probe() -> None:
    """A request that is no callback may end a receiver, and it would be gone for good."""
    with listening() as url:
        start_anew(f"{url}/hook", f"{url}/state?task={{task}}")
        with pytest.raises(NotRead, match=r"OPTIONS http://.*/hook: the connection was closed"):
            start_anew(f"{url}/hook", "cat state.json")


def test_a_command_is_not_said_to_be_silent_that_nobody_listens_to() -> None:
    """What a reset says goes nowhere, since what it leaves running may go on to write."""
    for method, why in (("GET", "it said nothing"), ("POST", "what it says is not kept")):
        with pytest.raises(NotRead, match=f"ended with 3: {why}"):
            Call("exit 3").ask({}, {}, method=method)
