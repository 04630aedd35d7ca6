"""`hookproof serve` in a process of its own, for the tests that talk to it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from hookproof.contract import Contract
from hookproof.receiver import Receiver

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.contract import Callback
    from hookproof.receiver import SignedRequest

SECRET = "canary-of-serving"


@dataclass
class Served:
    """A running server: where it takes callbacks, where its page is, and what it has said."""

    process: subprocess.Popen[str]
    url: str
    page: str
    said: list[str] = field(default_factory=list)

    def get(self, path: str) -> Any:
        """What the page is given."""
        with urllib.request.urlopen(self.page.rstrip("/") + path, timeout=10) as answer:
            return json.loads(answer.read())

    @property
    def captures(self) -> list[dict[str, Any]]:
        """The list, the newest first."""
        captures: list[dict[str, Any]] = self.get("/api/captures")["captures"]
        return captures

    def act(self, number: int, action: str, wish: Any = None, **headers: str) -> tuple[int, Any]:
        """Do something with a capture as the page does; the status and what came back."""
        with urllib.request.urlopen(self.page, timeout=10) as answer:
            token = re.search(r'name="token" content="([^"]+)"', answer.read().decode())
        assert token
        asked = urllib.request.Request(
            f"{self.page}api/captures/{number}/{action}",
            json.dumps(wish or {}).encode(),
            {"X-Hookproof-Token": token[1], **headers},
        )
        return answer_of(asked)

    def stop(self, how: int = signal.SIGTERM) -> str:
        """End it; gives what it printed since it began."""
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=20)
        assert "Traceback" not in out + err, out + err
        assert SECRET not in out + err
        return out + err


def answer_of(asked: urllib.request.Request) -> tuple[int, Any]:
    """Status and body of an answer, whatever it is."""
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            status, body = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    try:
        return status, json.loads(body)
    except ValueError:
        return status, body


def serve(folder: Path, *options: str, secret: str = SECRET) -> Served:
    """Start it on free ports, with its store in a folder."""
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "hookproof", "serve", "--port", "0", "--page-port", "0", *options],
        cwd=folder,
        env={**around, **({"HOOKPROOF_SECRET": secret} if secret else {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    lines = []
    assert process.stdout
    while not lines or "Ctrl-C" not in lines[-1]:
        lines.append(process.stdout.readline())
        if not lines[-1]:
            raise AssertionError("".join(lines) + process.communicate(timeout=5)[1])
    [url, page] = re.findall(r"http://\S+/(?=\n)", "".join(lines))[:2]
    return Served(process, url, page, lines)


@cache
def _vendor(name: str, secret: str) -> tuple[Callback, Receiver]:
    callback = Contract().callback(name)
    return callback, Receiver(callback.area, secret=secret)


def signed(name: str = "zego_rtc/record", secret: str = SECRET, **changes: Any) -> SignedRequest:
    """A callback as its vendor would send it now."""
    callback, vendor = _vendor(name, secret)
    return vendor.sign(name, {**callback.examples[0].payload, **changes})


def post(url: str, request: SignedRequest) -> tuple[int, Any]:
    """Send a callback; the status and the body of the answer."""
    address = url + (f"?{request.query}" if request.query else "")
    return answer_of(urllib.request.Request(address, request.body, dict(request.headers)))


def wait_for(condition: Any, seconds: float = 10.0) -> None:
    """Until something holds; fails where it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
