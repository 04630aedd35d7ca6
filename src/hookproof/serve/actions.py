"""What can be done with a capture from the page: send it again, copy it, make a fixture of it."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hookproof.captures.capture import Capture, Origin
from hookproof.errors import UsageError
from hookproof.http.answer import Answer, Outcome
from hookproof.http.transport import Transport
from hookproof.sanitize import Sanitizer
from hookproof.sanitize.files import request_line
from hookproof.sanitize.new_file import NewFile
from hookproof.sanitize.refusal import Refusal
from hookproof.serve.page import curl
from hookproof.serve.resend import Resender

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hookproof.contract import Contract
    from hookproof.http.target import Target
    from hookproof.serve.reception import Reception
    from hookproof.serve.store import Stored

_PATIENCE = 30.0


@dataclass(slots=True)
class Actions:
    """The actions of the page.

    `open_target` makes a target of a URL, and raises where nothing may be sent there. `address` is
    what callbacks are sent to here, and what takes the place of a target for `curl`. Fixtures go
    into a folder, with pseudonyms made by `salt`.
    """

    contract: Contract
    reception: Reception
    open_target: Callable[[str], Target]
    address: str
    fixtures: Path
    salt: bytes = field(repr=False)
    _sanitizer: Sanitizer | None = None

    def table(self) -> dict[str, Callable[[Stored, dict[str, Any]], dict[str, Any]]]:
        """All of them, by the names that the page knows."""
        return {"replay": self.replay, "curl": self.curl, "fixture": self.fixture}

    def replay(self, row: Stored, asked: dict[str, Any]) -> dict[str, Any]:
        """Send a capture again, and say what came back."""
        url = asked.get("url")
        if not isinstance(url, str) or not url:
            raise UsageError("no address was given", hint="write the URL of your receiver")
        target = self.open_target(url)
        clock, chance = time.time, random.SystemRandom()
        resender = Resender(
            self.reception.desk(row.url).validator, self.reception.secrets, clock, chance
        )
        resent = resender.write(
            capture_of(row), url=target.url, as_captured=asked.get("as_captured") is True
        )
        with Transport(target, timeout=_PATIENCE) as transport:
            request = resent.request
            answer = transport.send_request(request)
        ok = answer.status_class == 2
        return {"ok": ok, "told": f"{resent.how}: {outcome_of(answer)}"}

    def curl(self, row: Stored, asked: dict[str, Any]) -> dict[str, Any]:
        """The command that sends a capture as it came."""
        del asked
        return {"line": curl(row, self.address + row.url.partition("?")[0].lstrip("/"))}

    def fixture(self, row: Stored, asked: dict[str, Any]) -> dict[str, Any]:
        """Keep a capture as a file that may be published: pseudonyms, signed anew."""
        del asked
        self._sanitizer = self._sanitizer or Sanitizer(self.contract, salt=self.salt)
        capture = capture_of(row)
        self._sanitizer.learn(capture)
        made = self._sanitizer.sanitize(capture)
        if isinstance(made, Refusal):
            raise UsageError(f"it cannot be made a fixture: {made.message}", hint=made.hint)
        place = self.contract.callback(row.callback).signature.place if row.callback else None
        alone = place is not None and (place.in_body or place.within == "nowhere")
        file = self._free(row, ".json" if alone else ".ndjson")
        with NewFile(file) as written:
            written.write(made.raw if alone else request_line(made))
        about = made.unsigned or 'signed with the published secret "secret"'
        return {"file": str(file), "about": about}

    def _free(self, row: Stored, ending: str) -> Path:
        """A name that no file has yet."""
        file = self.fixtures / (row.callback or "unknown")
        number = row.id
        while (free := file.with_name(f"{file.name}-{number}{ending}")).exists():
            number += 1
        return free


def capture_of(row: Stored) -> Capture:
    """A stored request as a capture."""
    return Capture(Origin("the store", row.id), row.body, row.headers, row.received_at, row.url)


def outcome_of(answer: Answer) -> str:
    """What came back, in a few words."""
    took = f"in {answer.elapsed * 1000:.0f} ms"
    if answer.outcome is not Outcome.ANSWERED:
        return f"no answer ({answer.outcome.value}) {took}"
    said = answer.body[:200].decode(errors="replace")
    return f"answered {answer.status} {took}" + (f": {said}" if said else "")
