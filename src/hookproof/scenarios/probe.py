"""Reading a receiver's state, starting it anew, as its user has said: by a command or a URL."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hookproof.http.answer import Outcome
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport
from hookproof.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hookproof.http.target import Target

# Seconds that a state may go on changing, and that a command or an answer may take.
_LONGEST: Final = 30.0
_PATIENCE: Final = 30.0


class NotRead(Exception):
    """There is no state, and why; nobody is blamed for that."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command for the shell, or a URL.

    {NAME} in it is a value of the cast, for a command in HOOKPROOF_CAST_NAME as well.
    """

    text: str

    @property
    def is_url(self) -> bool:
        """Whether it is asked over HTTP."""
        return self.text.startswith(("http://", "https://"))

    def names(self, cast: Mapping[str, Any]) -> bool:
        """Whether it is about the values of one cast."""
        variables = [f"HOOKPROOF_CAST_{name.upper()}" for name in cast]
        return any(f"{{{name}}}" in self.text for name in cast) or any(
            variable in self.text for variable in variables
        )

    def written(self, cast: Mapping[str, Any]) -> str:
        """Its text with the values of a cast."""
        text = self.text
        for name, value in cast.items():
            shown = quote(str(value), safe="") if self.is_url else str(value)
            text = text.replace(f"{{{name}}}", shown)
        return text

    def ask(self, cast: Mapping[str, Any], environment: Mapping[str, str], *, method: str) -> str:
        """What it says; raises NotRead where it fails."""
        text = self.written(cast)
        if self.is_url:
            return _fetched(resolve_target(text), method)
        named = {f"HOOKPROOF_CAST_{name.upper()}": str(v) for name, v in cast.items()}
        return _run(text, {**environment, **named}, is_asked=method == "GET")


def _run(command: str, environment: Mapping[str, str], *, is_asked: bool) -> str:
    """What a command says, where it `is_asked`; else it may leave processes that go on."""
    pipe = subprocess.PIPE if is_asked else subprocess.DEVNULL
    channels: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": pipe, "stderr": pipe}
    with subprocess.Popen(  # noqa: S602 - the user's own command
        command, shell=True, env=dict(environment), **channels
    ) as process:
        try:
            said, complaint = process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise NotRead(f"`{cut(command)}` took longer than {_PATIENCE:g} s") from None
    if process.returncode:
        nothing = "it said nothing" if is_asked else "what it says is not kept; run it by hand"
        why = (complaint or b"").decode(errors="replace").strip() or nothing
        raise NotRead(f"`{cut(command)}` ended with {process.returncode}: {cut(why)}")
    return (said or b"").decode(errors="replace")


def _fetched(target: Target, method: str) -> str:
    with Transport(target, timeout=_PATIENCE) as transport:
        answer = transport.send(b"", method=method)
    if answer.outcome is not Outcome.ANSWERED or answer.status_class != 2:
        what = answer.status or answer.detail or answer.outcome.value
        raise NotRead(f"{method} {cut(target.url)}: {what}")
    if not answer.body_complete:
        raise NotRead(f"{method} {cut(target.url)}: {cut(answer.detail)}")
    return answer.body.decode(errors="replace")


def read_state(text: str) -> Any:
    """A state as a value: JSON, or its lines."""
    try:
        return json.loads(text)
    except ValueError:
        return text.splitlines()


@dataclass(frozen=True, slots=True)
class Probe:
    """Reads the state once it has not changed for `settle` seconds.

    `clock` gives seconds that never go back; `environment` is that of commands.
    """

    call: Call
    settle: float
    environment: Mapping[str, str]
    clock: Callable[[], float]
    sleep: Callable[[float], object]

    def state(self, cast: Mapping[str, Any], *, settle: float | None = None) -> Any:
        """The state; raises NotRead where it cannot be read or goes on changing."""
        wanted = self.settle if settle is None else settle
        last = self.call.ask(cast, self.environment, method="GET")
        began = since = self.clock()
        while self.clock() - since < wanted:
            self.sleep(max(wanted / 3, 0.01))
            text = self.call.ask(cast, self.environment, method="GET")
            if text != last:
                last, since = text, self.clock()
            if self.clock() - began > _LONGEST + wanted:
                raise NotRead(f"the state was still changing after {_LONGEST:g} s")
        return read_state(last)
