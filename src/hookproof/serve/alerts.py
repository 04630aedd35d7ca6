"""Tells somebody of what real callbacks have that the contract does not know, each thing once."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from dataclasses import asdict
from hashlib import sha256
from queue import SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import orjson

from hookproof.captures.capture import Capture, Origin
from hookproof.errors import UsageError
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.drift.archive import Watch
    from hookproof.drift.sentinel import Drift
    from hookproof.serve.store import Store, Stored
    from hookproof.signature.veil import Veil

    Deliver = Callable[[bytes], str]

# A new event, field, value, type, or shape: all else is no news of the vendor's.
_NEWS: Final = frozenset({"HP202", "HP203", "HP208", "HP220", "HP240"})
_PROVES: Final = frozenset({"valid", "not checked", "not signed"})
_PATIENCE: Final = 20.0
# What is kept beside an alert: the headers of its capture, and who has had it.
_OURS: Final = frozenset({"headers", "had"})
# Seconds after which an alert that did not arrive is tried again.
_AGAIN: Final = (2.0, 10.0, 60.0)


class Alerts:
    """Looks at what comes in, in a thread of its own, and delivers what is new.

    What was told is kept in the store, so that it is told once over restarts; what did not arrive
    is tried again, and at the next start, where it did not arrive alone. `delivers` are by where
    they go, `page` is where a capture is looked at, and `told` is called for each alert with what
    became of it.
    """

    def __init__(
        self,
        store: Store,
        watch: Watch,
        delivers: dict[str, Deliver],
        *,
        page: str,
        veil: Veil,
        told: Callable[[str], None],
    ) -> None:
        self._store, self._watch, self._delivers = store, watch, delivers
        self._page, self._veil, self._told = page, veil, told
        self._rows: SimpleQueue[Stored | None] = SimpleQueue()
        self._ends = Event()
        self._thread = Thread(target=self._work, name="hookproof-alerts", daemon=True)
        self._thread.start()

    def see(self, row: Stored) -> None:
        """Take a capture that may have news."""
        if row.signature in _PROVES and any(one.code in _NEWS for one in row.findings):
            self._rows.put(row)

    def close(self) -> None:
        """End once what waits is told."""
        self._ends.set()
        self._rows.put(None)
        self._thread.join(timeout=_PATIENCE)

    def _work(self) -> None:
        for what, number, body, alert, arrived in self._store.told():
            self._watch.look(_capture(number, body, alert.get("headers")), f"#{number}")
            if not arrived:
                self._deliver(what, alert)
        while (row := self._rows.get()) is not None:
            capture = Capture(Origin("", row.id), row.body, row.headers, row.received_at, row.url)
            for drift in self._watch.look(capture, f"#{row.id}"):
                self._tell(drift, row)

    def _tell(self, drift: Drift, row: Stored) -> None:
        alert = {
            "text": drift.text,
            **asdict(drift),
            "page": f"{self._page}#{row.id}",
            "signature": row.signature,
            "headers": [list(pair) for pair in row.headers],
        }
        keep = "INSERT OR IGNORE INTO told VALUES (?, ?, ?, ?, 0)"
        values = (drift.key, row.id, row.body, orjson.dumps(alert))
        self._store.write(lambda db: db.execute(keep, values) and None)
        self._deliver(drift.key, alert)

    def _deliver(self, what: str, alert: dict[str, Any]) -> None:
        """Tell all that want to know; what fails is tried again a few times."""
        text = self._veil.over_text(str(alert["text"]))
        # Headers are kept to know the callback by, and are nobody else's.
        sent = {name: value for name, value in alert.items() if name not in _OURS}
        body = self._veil.over(orjson.dumps(sent))
        had = set(alert.get("had", ()))
        left = dict.fromkeys(where for where in self._delivers if _digest(where) not in had)
        for seconds in (0.0, *_AGAIN):
            if seconds and (not left or self._ends.wait(seconds)):
                break
            tried = {where: self._delivers[where](body) for where in left}
            left = {where: problem for where, problem in tried.items() if problem}
        failed = "".join(f"; the alert to {shown(at)} failed: {why}" for at, why in left.items())
        self._told(text + (failed or "; alerted"))
        had |= {_digest(where) for where in self._delivers if where not in left}
        values = (orjson.dumps({**alert, "had": sorted(had)}), not left, what)
        done = "UPDATE told SET alert = ?, delivered = ? WHERE what = ?"
        self._store.write(lambda db: db.execute(done, values) and None)


def _capture(number: int, body: bytes, headers: Any) -> Capture:
    pairs = tuple((str(name), str(value)) for name, value in headers or ())
    return Capture(Origin("", number), body, pairs)


def shown(where: str) -> str:
    """Where an alert goes, without what may be secret of it."""
    if where.startswith(("http://", "https://")):
        return urlsplit(where).netloc.rpartition("@")[2]
    return where.split(maxsplit=1)[0]


def _digest(where: str) -> str:
    return sha256(where.encode()).hexdigest()[:16]


def deliver_to(where: str) -> Deliver:
    """What delivers an alert to a URL, or to a command's standard input; it says what went wrong.

    Raises UsageError for what is neither, and TargetUnreachable for a host that is not known.
    """
    if where.startswith(("http://", "https://")):
        target = resolve_target(where)

        def post(body: bytes) -> str:
            with Transport(target, timeout=_PATIENCE) as transport:
                answer = transport.send(body, headers=[("Content-Type", "application/json")])
            return "" if answer.status_class == 2 else f"{answer.status or answer.outcome.value}"

        return post
    try:
        words = shlex.split(where)
    except ValueError as error:
        raise UsageError(f"--alert {where!a} is no command: {error}") from None
    if not words:
        raise UsageError("--alert is empty", hint="give a URL or a command")
    if not shutil.which(words[0]):
        raise UsageError(f"--alert: there is no command {words[0]!a}", hint="is its path right?")

    def run(body: bytes) -> str:
        try:
            done = subprocess.run(  # noqa: S603 - the user's own command, and no shell
                words, input=body, capture_output=True, timeout=_PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            return f"it takes longer than {_PATIENCE:g} s"
        except OSError as error:
            return error.strerror or type(error).__name__
        return "" if done.returncode == 0 else f"exit code {done.returncode}"

    return run
