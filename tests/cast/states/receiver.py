"""Receivers of transcoding callbacks that keep a state in a file: correct ones, and faulty ones.

python receiver.py NAME PORT FILE; POST /hook takes a callback, GET /state tells the state, and
POST /reset begins anew. None verifies signatures: what is tried is what they remember.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

State = dict[str, Any]
SLOW = 0.03


class Event(NamedTuple):
    """What a callback tells of."""

    task: str
    kind: str
    seq: int
    key: str
    nonce: str


def read(body: bytes) -> Event:
    """The event of a callback."""
    fields = json.loads(body)
    kind = (
        "stop" if fields["Event"].endswith("stop") else fields["Status"].removeprefix("Transcode")
    )
    task, seq = fields["TaskId"], fields["Sequence"]
    return Event(task, kind.lower(), seq, f"{task}:{seq}", fields["Nonce"])


class Receiver:
    """Correct: each event once, the status that of the latest one."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lock = threading.Lock()

    def load(self) -> State:
        """What is in the file."""
        try:
            state: State = json.loads(self.file.read_text())
        except FileNotFoundError:
            return {"tasks": {}, "events": [], "count": 0}
        return state

    def save(self, state: State) -> None:
        """Replace it at one stroke."""
        fresh = self.file.with_suffix(f".{threading.get_ident()}")
        fresh.write_text(json.dumps(state))
        os.replace(fresh, self.file)  # noqa: PTH105 - a step that tests replace

    def reset(self) -> None:
        """Begin anew."""
        with self.lock:
            self.file.unlink(missing_ok=True)

    def state(self) -> State:
        """What a probe reads."""
        return self.load()

    def take(self, event: Event) -> int:
        """Take an event; the status of the answer."""
        with self.lock:
            state = self.load()
            if event.key not in state["events"]:
                self.apply(state, event)
                self.save(state)
        return 200

    def apply(self, state: State, event: Event) -> None:
        """Enter an event that is new."""
        state["events"].append(event.key)
        state["count"] += 1
        task = state["tasks"].setdefault(event.task, {"status": "", "seq": 0})
        if event.seq > task["seq"]:
            task |= {"status": event.kind, "seq": event.seq}


# -- correct ----------------------------------------------------------------------------------


class Folding(Receiver):
    """Keeps the events alone, and makes the state of them when it is asked for."""

    def state(self) -> State:
        state: State = {"tasks": {}}
        for key in sorted(self.load()["events"], key=lambda key: int(key.split(":")[1])):
            state["tasks"][key.split(":")[0]] = key
        return state


class AskingAgain(Receiver):
    """Is not ready for what comes before its start, and relies on the retries."""

    def take(self, event: Event) -> int:
        if event.kind != "started" and event.task not in self.load()["tasks"]:
            return 503
        return super().take(event)


class WithRows(Receiver):
    """Numbers its rows, and notes when each came and by which nonce."""

    def apply(self, state: State, event: Event) -> None:
        super().apply(state, event)
        rows = state.setdefault("rows", [])
        row = {"id": len(rows) + 1, "seq": event.seq, "received_at": time.time()}
        rows.append({**row, "nonce": event.nonce})


class Queueing(Receiver):
    """Answers once the event is in a queue on disk, and works on it later."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        threading.Thread(target=self.work, daemon=True).start()

    def take(self, event: Event) -> int:
        with self.lock:
            state = self.load()
            state.setdefault("queue", []).append(list(event))
            self.save(state)
        return 200

    def work(self) -> None:
        while True:
            time.sleep(SLOW)
            with self.lock:
                state = self.load()
                for one in state.pop("queue", []):
                    event = Event(*one)
                    if event.key not in state["events"]:
                        self.apply(state, event)
                if self.file.exists():
                    self.save(state)

    def state(self) -> State:
        return {name: one for name, one in self.load().items() if name != "queue"}


class Slow(Receiver):
    """Takes its time, and one event after the other."""

    def apply(self, state: State, event: Event) -> None:
        time.sleep(SLOW)
        super().apply(state, event)


# -- faulty -----------------------------------------------------------------------------------


class LastWriteWins(Receiver):
    """The status is that of whatever came last."""

    def apply(self, state: State, event: Event) -> None:
        super().apply(state, event)
        state["tasks"][event.task] = {"status": event.kind, "seq": event.seq}


class DuplicateRow(Receiver):
    """Has a row for each delivery."""

    def take(self, event: Event) -> int:
        with self.lock:
            state = self.load()
            self.apply(state, event)
            self.save(state)
        return 200


class StopBeforeStart(Receiver):
    """Takes a stop of what it does not know for one of nothing."""

    def take(self, event: Event) -> int:
        if event.kind == "stop" and event.task not in self.load()["tasks"]:
            return 200
        return super().take(event)


class LostUpdate(Receiver):
    """Reads, works, and writes what it has read, with others at the same time."""

    def take(self, event: Event) -> int:
        state = self.load()
        if event.key not in state["events"]:
            time.sleep(SLOW)
            self.apply(state, event)
            self.save(state)
        return 200


class HalfWrite(Receiver):
    """Notes the event first, and does its work in a second write."""

    def take(self, event: Event) -> int:
        with self.lock:
            state = self.load()
            if event.key in state["events"]:
                return 200
            state["events"].append(event.key)
            self.save(state)
            time.sleep(0.25)
            state["events"].remove(event.key)
            self.apply(state, event)
            self.save(state)
        return 200


class StaleCache(Receiver):
    """Keeps tasks in memory from their start on, whatever is on disk already."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.cache: dict[str, Any] = {}

    def reset(self) -> None:
        self.cache.clear()
        super().reset()

    def apply(self, state: State, event: Event) -> None:
        super().apply(state, event)
        if event.kind == "started":
            self.cache[event.task] = {"status": event.kind, "seq": event.seq}
        elif event.task in self.cache:
            self.cache[event.task] = dict(state["tasks"][event.task])

    def state(self) -> State:
        state = self.load()
        return {**state, "tasks": {**state["tasks"], **self.cache}}


class CountsDeliveries(Receiver):
    """Counts each delivery, and keeps each event once."""

    def take(self, event: Event) -> int:
        super().take(event)
        with self.lock:
            state = self.load()
            state["total"] = state.get("total", 0) + 1
            self.save(state)
        return 200


class DedupesByNonce(Receiver):
    """Knows an event by its nonce, which each delivery has anew."""

    def take(self, event: Event) -> int:
        return super().take(event._replace(key=event.nonce))

    def state(self) -> State:
        state = self.load()
        return {"tasks": state["tasks"], "count": state["count"]}


class DedupesInMemory(Receiver):
    """Forgets with each start which events it has had; answers late."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.seen: set[str] = set()

    def reset(self) -> None:
        self.seen.clear()
        super().reset()

    def take(self, event: Event) -> int:
        with self.lock:
            if event.key not in self.seen:
                self.seen.add(event.key)
                state = self.load()
                self.apply(state, event)
                self.save(state)
                time.sleep(0.25)
        return 200


class AnswersFirst(Receiver):
    """Answers, and saves a little later from memory."""

    def take(self, event: Event) -> int:
        threading.Timer(0.15, partial(super().take, event)).start()
        return 200


class StartResets(Receiver):
    """A start makes a task anew, however often it comes."""

    def take(self, event: Event) -> int:
        if event.kind != "started":
            return super().take(event)
        with self.lock:
            state = self.load()
            state["tasks"][event.task] = {"status": event.kind, "seq": event.seq}
            self.save(state)
        return 200

    def state(self) -> State:
        return {"tasks": self.load()["tasks"]}


class DeletesAtStop(Receiver):
    """Forgets a task at its stop, so that a late start brings it back for good."""

    def take(self, event: Event) -> int:
        with self.lock:
            state = self.load()
            if event.kind == "stop":
                state["tasks"].pop(event.task, None)
                state["stopped"] = event.task
            else:
                state["tasks"][event.task] = event.seq
            self.save(state)
        return 200

    def state(self) -> State:
        state = self.load()
        return {"tasks": state["tasks"], "stopped": state.get("stopped")}


class Toggles(Receiver):
    """A stop turns what runs off, and what is off on."""

    def take(self, event: Event) -> int:
        with self.lock:
            state = self.load()
            running = state["tasks"].get(event.task, True)
            state["tasks"][event.task] = not running if event.kind == "stop" else running
            self.save(state)
        return 200

    def state(self) -> State:
        return {"tasks": self.load()["tasks"]}


CORRECT = {
    "py-plain": Receiver,
    "py-folding": Folding,
    "py-asking-again": AskingAgain,
    "py-with-rows": WithRows,
    "py-queueing": Queueing,
    "py-slow": Slow,
}
FAULTY = {
    "py-last-write-wins": LastWriteWins,
    "py-duplicate-row": DuplicateRow,
    "py-stop-before-start": StopBeforeStart,
    "py-lost-update": LostUpdate,
    "py-half-write": HalfWrite,
    "py-stale-cache": StaleCache,
    "py-counts-deliveries": CountsDeliveries,
    "py-dedupes-by-nonce": DedupesByNonce,
    "py-dedupes-in-memory": DedupesInMemory,
    "py-answers-first": AnswersFirst,
    "py-start-resets": StartResets,
    "py-deletes-at-stop": DeletesAtStop,
    "py-toggles": Toggles,
}


def main(name: str, port: int, file: Path) -> None:
    """Serve one of them."""
    receiver = (CORRECT | FAULTY)[name](file)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.path == "/reset":
                receiver.reset()
                self.reply(200, b"")
            else:
                self.reply(receiver.take(read(body)), b"")

        def do_OPTIONS(self) -> None:
            self.reply(204, b"")

        def do_GET(self) -> None:
            self.reply(200, json.dumps(receiver.state()).encode())

        def reply(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Stay quiet."""

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                self.close_connection = True  # its sender has hung up

    listening(port, Handler).serve_forever()


def listening(port: int, handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    """A server; the one before was killed, and may still hold the port for a moment."""
    ThreadingHTTPServer.allow_reuse_address = True
    for _ in range(200):
        try:
            return ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(port)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
