"""Keeps requests on disk: what is answered was written and synced before, a group at a time.

One thread writes. What waits when it begins goes into one transaction, so that a sync costs many
requests together what it would cost one.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections import deque
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from queue import Empty, SimpleQueue
from secrets import token_urlsafe
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from hookproof.captures.formats.store import APPLICATION_ID
from hookproof.errors import UsageError
from hookproof.findings import CaptureFinding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

VERSION: Final = 1
# What a word of a filter is looked for in.
_TEXT: Final = (
    "id || ' ' || callback || ' ' || url || ' ' || signature || ' ' || ifnull(status, '')"
    " || ' ' || CAST(findings AS TEXT) || CAST(headers AS TEXT) || CAST(body AS TEXT)"
)
# By chance such a number stands in many an id and moment.
_SHORT: Final = re.compile("[0-9]{1,3}")
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS captures (
  id INTEGER PRIMARY KEY AUTOINCREMENT, received_at REAL NOT NULL, method TEXT NOT NULL,
  url TEXT NOT NULL, headers BLOB NOT NULL, body BLOB NOT NULL, callback TEXT NOT NULL,
  signature TEXT NOT NULL, findings BLOB NOT NULL, status INTEGER, answer TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS told (
  what TEXT PRIMARY KEY, capture INTEGER NOT NULL, body BLOB NOT NULL, alert BLOB NOT NULL,
  delivered INTEGER NOT NULL
);
"""
_COLUMNS: Final = (
    "id, received_at, method, url, headers, body, callback, signature, findings, status, answer"
)
# What one transaction takes at most; more would make its first request wait.
_GROUP: Final = 256
_SECONDS_BETWEEN_PRUNINGS: Final = 30.0
# What a row costs beside its body, in bytes.
_ROW: Final = 512


class Stored(NamedTuple):
    """A request as it is kept, and what became of it.

    `received_at` is in Unix seconds; `url` is the path with its query. `callback` is "" where none
    was recognised. `signature` is the state in a word. `status` is None where no answer was given,
    `answer` what is to be said of it, such as where it came from.
    """

    id: int
    received_at: float
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    callback: str = ""
    signature: str = ""
    findings: tuple[CaptureFinding, ...] = ()
    status: int | None = None
    answer: str = ""

    def judged(
        self,
        callback: str,
        signature: str,
        findings: tuple[CaptureFinding, ...],
        status: int | None,
    ) -> Stored:
        """The same with what became of it."""
        return Stored(*self[:6], callback, signature, findings, status, self.answer)

    def saying(self, answer: str) -> Stored:
        """The same with something to say of its answer."""
        return self._replace(answer=answer)

    @property
    def worst(self) -> Severity | None:
        """The heaviest severity of its findings."""
        return max((one.severity for one in self.findings), key=lambda s: s.weight, default=None)


@dataclass(frozen=True, slots=True)
class Keep:
    """How long and how much is kept, in seconds and bytes; None for no limit."""

    seconds: float | None = None
    size: int | None = None


@dataclass(slots=True)
class _Task:
    """What the writing thread does: store requests, or whatever else is written."""

    rows: list[Stored]
    write: Callable[[sqlite3.Connection], Any] | None
    done: Callable[[Any], object]


class Store:
    """The store in a file, made where there is none; readable for its owner alone.

    Raises UsageError for a file that is something else, or cannot be opened.
    """

    def __init__(
        self,
        file: Path,
        *,
        keep: Keep = Keep(),
        clock: Callable[[], float] = time.time,
        judge: Callable[[Stored], Stored] = lambda row: row,
    ) -> None:
        self.file = file
        self._keep, self._clock, self._judge = keep, clock, judge
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        _make(file)
        try:
            _claim(file)
            self._reader = _connect(file)
            self._reader.executescript(_SCHEMA)
            self._reader.create_function("stands_alone", 2, _stands_alone, deterministic=True)
        except sqlite3.Error as error:
            hint = (
                "is it a store of captures, is its folder writable, does no other program hold it?"
            )
            raise UsageError(f"{file} cannot be opened as a store: {error}", hint=hint) from None
        self.token = self._fact("token") or self._remember("token", token_urlsafe(24))
        self._thread = Thread(target=self._work, name="hookproof-store", daemon=True)
        self._thread.start()

    def add(self, rows: list[Stored], done: Callable[[list[Stored] | Exception], object]) -> None:
        """Judge and store requests; `done` gets them with their numbers, once they are on disk.

        `done` is called in the writing thread, with the error where they could not be stored.
        """
        self._tasks.put(_Task(rows, None, done))

    def write(
        self,
        work: Callable[[sqlite3.Connection], Any],
        done: Callable[[Any], object] = lambda _: None,
    ) -> None:
        """Have something else written by the thread that writes; `done` gets what it gives."""
        self._tasks.put(_Task([], work, done))

    def answered(self, row: Stored, done: Callable[[Any], object]) -> None:
        """Take note of what a capture was answered later than it was stored."""
        change = "UPDATE captures SET status = ?, answer = ? WHERE id = ?"
        values = (row.status, row.answer, row.id)
        self.write(lambda db: db.execute(change, values) and None, done)

    def get(self, number: int) -> Stored | None:
        """A capture by its number, None where it is not there any more."""
        rows = list(self._select("WHERE id = ?", (number,)))
        return rows[0] if rows else None

    def after(self, number: int, *, limit: int, sought: str = "") -> list[Stored]:
        """The captures that came after one, the oldest first."""
        where, values = _filter(sought)
        return list(
            self._select(f"WHERE id > ?{where} ORDER BY id LIMIT ?", (number, *values, limit))
        )

    def latest(self, *, limit: int, sought: str = "", before: int | None = None) -> list[Stored]:
        """The newest captures, the newest first, or those before one.

        `sought` is a text somewhere in them.
        """
        where, values = _filter(sought)
        if before is not None:
            where, values = f"{where} AND id < ?", (*values, before)
        return list(self._select(f"WHERE 1{where} ORDER BY id DESC LIMIT ?", (*values, limit)))

    def newest(self) -> int:
        """The number of the newest capture, 0 where there is none."""
        return int(self._reader.execute("SELECT ifnull(max(id), 0) FROM captures").fetchone()[0])

    def count(self) -> int:
        """How many captures are kept."""
        return int(self._reader.execute("SELECT count(*) FROM captures").fetchone()[0])

    def told(self) -> list[tuple[str, int, bytes, Any, bool]]:
        """What was alerted of: the key, the capture, its body, the alert, whether it arrived."""
        rows = self._reader.execute("SELECT * FROM told ORDER BY rowid").fetchall()
        return [
            (what, at, body, orjson.loads(alert), bool(ok)) for what, at, body, alert, ok in rows
        ]

    def close(self) -> None:
        """Write what is waiting, and end."""
        self._tasks.put(None)
        self._thread.join()
        self._reader.close()

    def _select(self, where: str, values: Sequence[Any]) -> Iterator[Stored]:
        query = f"SELECT {_COLUMNS} FROM captures {where}"  # noqa: S608 - the clauses are ours
        for row in self._reader.execute(query, values):
            yield _stored(row)

    def _fact(self, name: str) -> str:
        found = self._reader.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return found[0] if found else ""

    def _remember(self, name: str, value: str) -> str:
        self._reader.execute("INSERT OR IGNORE INTO facts VALUES (?, ?)", (name, value))
        self._reader.commit()
        return self._fact(name)

    def _work(self) -> None:
        db = _connect(self.file)
        pruned, ended = self._clock() - _SECONDS_BETWEEN_PRUNINGS, False
        while not ended:
            with suppress(Empty):
                group = deque([self._tasks.get(timeout=_SECONDS_BETWEEN_PRUNINGS)])
                while len(group) < _GROUP and not self._tasks.empty():
                    group.append(self._tasks.get())
                ended = None in group
                self._commit(db, [task for task in group if task])
            now = self._clock()
            if now - pruned >= _SECONDS_BETWEEN_PRUNINGS:
                pruned = now
                with suppress(sqlite3.Error):
                    _prune(db, self._keep, now)
        db.close()

    def _commit(self, db: sqlite3.Connection, tasks: list[_Task]) -> None:
        """Write a group in one transaction, then tell each that it is on disk, or that none is."""
        try:
            outcomes = [self._write(db, task) for task in tasks]
            db.commit()
        except Exception as error:  # noqa: BLE001 - a fault of ours must not end the only writer
            with suppress(sqlite3.Error):
                db.rollback()
            outcomes = [error] * len(tasks)
        for task, outcome in zip(tasks, outcomes, strict=True):
            task.done(outcome)

    def _write(self, db: sqlite3.Connection, task: _Task) -> Any:
        return task.write(db) if task.write else _insert(db, [*map(self._judge, task.rows)])


def _insert(db: sqlite3.Connection, rows: list[Stored]) -> list[Stored]:
    """Write rows, with the numbers that they get.

    Many go into one statement: between two, other threads of Python get their turn, and keep it.
    """
    kept: list[Stored] = []
    while left := len(rows) - len(kept):
        # Few sizes, so that each statement is compiled once.
        size = min(_AT_ONCE, 1 << (left.bit_length() - 1))
        some = rows[len(kept) : len(kept) + size]
        values = [value for row in some for value in _values(row)]
        last = db.execute(f"{_INSERT}{', '.join([_ROW_OF_VALUES] * size)}", values).lastrowid or 0
        kept += [Stored(last - size + at, *row[1:]) for at, row in enumerate(some, 1)]
    return kept


_INSERT: Final = (
    "INSERT INTO captures (received_at, method, url, headers, body, callback, signature, "
    "findings, status, answer) VALUES "
)
_ROW_OF_VALUES: Final = f"({', '.join('?' * 10)})"
# What one statement takes at most.
_AT_ONCE: Final = 64


def _make(file: Path) -> None:
    """Make the folder, which version control leaves alone, and an empty file of the owner's."""
    try:
        if not file.parent.exists():
            file.parent.mkdir(parents=True, mode=0o700)
            # Captures of real traffic are nothing to be committed by oversight.
            (file.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise UsageError(f"the store {file} cannot be opened: {error.strerror}") from None


def _claim(file: Path) -> None:
    """Mark a new store as one, in the file itself; raises UsageError for what is something else.

    This is done before the file has a log beside it, so that whoever reads its first bytes knows.
    """
    with closing(sqlite3.connect(file, timeout=10)) as db:
        kind = db.execute("PRAGMA application_id").fetchone()[0]
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if kind == 0 and tables == 0:
            db.execute("PRAGMA auto_vacuum = INCREMENTAL")
            db.execute(f"PRAGMA user_version = {VERSION}")
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            return
        version = db.execute("PRAGMA user_version").fetchone()[0]
    if kind != APPLICATION_ID or version != VERSION:
        hint = "name a file that is not there yet, or one of an earlier run"
        raise UsageError(f"{file} is no store of captures of this version", hint=hint)


def _connect(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(file, timeout=10, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    return db


def _values(row: Stored) -> tuple[Any, ...]:
    findings = orjson.dumps([asdict(one) for one in row.findings]) if row.findings else b"[]"
    headers = orjson.dumps(row.headers)
    return (
        *(row.received_at, row.method, row.url, headers, row.body, row.callback),
        *(row.signature, findings, row.status, row.answer),
    )


def _stored(row: tuple[Any, ...]) -> Stored:
    number, received_at, method, url, headers, body, callback, signature, findings, *rest = row
    return Stored(
        *(number, received_at, method, url),
        tuple((name, value) for name, value in orjson.loads(headers)),
        *(body, callback, signature),
        tuple(
            CaptureFinding(**{**one, "severity": Severity(one["severity"])})
            for one in orjson.loads(findings)
        ),
        *rest,
    )


def _filter(sought: str) -> tuple[str, tuple[str | int, ...]]:
    """Clauses for captures that hold each of some words somewhere, or were answered so."""
    clauses = ""
    values: list[str | int] = []
    for word in sought.split():
        name, _, number = word.partition(":")
        if name == "status" and number.isdecimal():
            clauses += " AND CAST(status AS TEXT) LIKE ?"
            values.append(f"{number}%")
            continue
        clauses += f" AND instr(lower({_TEXT}), lower(?))"
        values.append(word)
        if _SHORT.fullmatch(word):
            clauses += f" AND stands_alone(?, CAST({_TEXT} AS BLOB))"
            values.append(word)
    return clauses, tuple(values)


def _stands_alone(number: str, text: bytes) -> bool:
    """Whether a number is no part of a longer one, or of a word."""
    alone = rb"(?<![0-9A-Za-z])" + number.encode() + rb"(?![0-9A-Za-z])"
    return re.search(alone, text) is not None


def _prune(db: sqlite3.Connection, keep: Keep, now: float) -> None:
    """Let go of what is older or more than is to be kept."""
    if keep.seconds is not None:
        db.execute("DELETE FROM captures WHERE received_at < ?", (now - keep.seconds,))
    if keep.size is not None:
        sizes: Iterable[tuple[int, int]] = db.execute(
            "SELECT id, length(body) + length(headers) + length(findings) FROM captures "
            "ORDER BY id DESC"
        )
        whole = 0
        for number, size in sizes:
            whole += size + _ROW
            if whole > keep.size:
                db.execute("DELETE FROM captures WHERE id <= ?", (number,))
                break
    db.commit()
    db.execute("PRAGMA incremental_vacuum")
    db.commit()
