"""Judges one part of a run: opens its files, tells their formats, hands captures on."""

from __future__ import annotations

import io
import os
import sys
from codecs import BOM_UTF8
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from hookproof.captures.capture import Origin, Remark, Unreadable
from hookproof.captures.formats import ReadOptions, recognise
from hookproof.captures.formats.lines import read_batches
from hookproof.captures.formats.ndjson import body_lines
from hookproof.captures.stream import START_SIZE, Recoded, StreamBroken, open_stream
from hookproof.contract import Contract
from hookproof.contract_proof.usable import usable_contract
from hookproof.signature.secrets import Secrets
from hookproof.user_cache import cache_folder
from hookproof.validation.validator import Validator
from hookproof.validation_run.chunks import STDIN, format_named
from hookproof.validation_run.inspector import Inspector
from hookproof.validation_run.summary import NOT_CHECKED, NOT_SIGNED

if TYPE_CHECKING:
    from collections.abc import Hashable

    from hookproof.captures.formats import Format
    from hookproof.payload.body import BodyForm
    from hookproof.validation_run.chunks import Part
    from hookproof.validation_run.summary import Tally


@dataclass(frozen=True, slots=True)
class Task:
    """All that a process needs to know to judge parts; it goes to other processes whole."""

    contract: str | None = None
    areas: tuple[str, ...] = ()
    callback: str | None = None
    secrets: Secrets = field(default_factory=lambda: Secrets({}), repr=False)
    form: BodyForm | None = None
    options: ReadOptions = field(default_factory=ReadOptions)
    examples: int = 5
    timeline: bool = False


class Worker:
    """Judges parts, one after the other.

    Raises UsageError and ContractError when it is made; afterwards a fault of a file is a finding.
    """

    def __init__(self, task: Task, *, stdin: BinaryIO | None = None) -> None:
        self._validator = validator = validator_of(task)
        self.options = replace(task.options, sought=validator.sought)
        self._stdin = stdin
        self._inspector = Inspector(
            validator,
            examples=task.examples,
            secrets=secrets_of(task),
            form=task.form,
            timeline=task.timeline,
        )

    def settle(self, tally: Tally) -> None:
        """Work out what was left pending in a tally that is complete."""
        self._inspector.settle(tally)
        for name, counts in tally.callbacks.items():
            # What needs no secret is not told as if one were missing.
            if name and self._validator.compiled(name).callback.signature.is_unsigned:
                counts.signatures[NOT_SIGNED] += counts.signatures.pop(NOT_CHECKED, 0)

    def judge(self, part: Part, *, told: frozenset[Hashable] = frozenset()) -> Tally:
        """The outcome of one part; never raises for what is in its files.

        Of the groups that are `told` only the count and the last place are wanted.
        """
        self._inspector.begin(told=told)
        if part.is_range:
            self._judge_range(part)
        else:
            for file in part.files:
                self._judge_file(file, part.format)
        return self._inspector.finish()

    def _judge_range(self, part: Part) -> None:
        file = part.files[0]
        try:
            with Path(file).open("rb") as raw:
                format_ = format_named(part.format)
                # Only a file begins with a mark, no later part of it.
                loops = part.begin > 0 and _has_loop(format_)
                piece = _Range(raw, part.begin, part.end, counts=not loops)
                stream: Any = io.BufferedReader(piece, START_SIZE)
                if loops:
                    piece.lines = self._inspect_lines(stream, file)
                else:
                    self._read(stream, file, format_, whole=False)
                self._inspector.tally.lines = piece.lines
        except OSError as error:
            self._refuse(file, error.strerror or "it cannot be read")

    def _judge_file(self, file: str, name: str) -> None:
        if file == STDIN:
            # Standard input ends when its writer says so, and is what the call was made for.
            self._open(self._stdin or sys.stdin.buffer, "<stdin>", name)
            return
        reason = _unfit(file)
        if reason:
            self._refuse(file, reason)
            return
        try:
            with Path(file).open("rb") as raw:
                self._open(raw, file, name)
        except OSError as error:
            self._refuse(file, error.strerror or "it cannot be read")

    def _open(self, raw: BinaryIO, file: str, name: str) -> None:
        try:
            stream = open_stream(raw)
            start = stream.peek(START_SIZE)[:START_SIZE]
        except StreamBroken as broken:
            self._inspector.inspect(Unreadable(Origin(file), "HP100", broken.message, broken.hint))
            return
        if isinstance(stream.raw, Recoded):
            note = f"this is {stream.raw.name}, as some shells write it, and was read as UTF-8"
            self._inspector.inspect(Remark(Origin(file), note))
        self._read(stream, file, format_named(name) or recognise(start, options=self.options))

    def _read(
        self, stream: io.BufferedReader, file: str, format_: Format | None, *, whole: bool = True
    ) -> None:
        # A file with a mark before it goes the usual way.
        if _has_loop(format_) and stream.peek(3)[:3] != BOM_UTF8:
            self._inspect_lines(stream, file)
        elif format_ is not None:
            options = self.options
            for found in format_.read(stream, file=file, options=options, whole=whole):
                self._inspector.inspect(found)
                self._inspector.tally.records += not isinstance(found, Remark)

    def _inspect_lines(self, stream: io.BufferedReader, file: str) -> int:
        """Judge lines of bodies; how many of them ended."""
        try:
            batches = read_batches(stream, limit=self.options.max_body)
            read = partial(body_lines, options=self.options)
            return self._inspector.inspect_lines(batches, file=file, other=read)
        except StreamBroken as broken:
            self._inspector.inspect(Unreadable(Origin(file), "HP100", broken.message, broken.hint))
            return 0

    def _refuse(self, file: str, reason: str) -> None:
        message = f"the capture cannot be read: {reason}"
        hint = "is the path right, and may you read it?"
        self._inspector.inspect(Unreadable(Origin(file), "HP100", message, hint))


def _unfit(file: str) -> str:
    """Why a file is not to be opened, "" where it may be."""
    if "\0" in file:
        return "no file can have this name"
    try:
        path = Path(file)
        if path.is_dir():
            return "the folder cannot be listed"
        # A FIFO or a device would be read for ever.
        return "it is no regular file" if path.exists() and not path.is_file() else ""
    except OSError as error:
        return error.strerror or "it cannot be read"


def _has_loop(format_: Format | None) -> bool:
    """Whether the lines of a file are bodies, which the inspector's loop reads and counts."""
    return format_ is not None and format_.name == "ndjson"


class _Range(io.RawIOBase):
    """A byte range of a file as a stream; `counts` the lines that were read, which takes long."""

    def __init__(self, raw: io.BufferedReader, begin: int, end: int, *, counts: bool) -> None:
        self._raw = raw
        self._left = end - begin
        self._counts = counts
        self.lines = 0
        raw.seek(begin)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        piece = memoryview(buffer)[: self._left]
        size = self._raw.readinto(piece)
        self._left -= size
        if self._counts:
            self.lines += piece[:size].tobytes().count(b"\n")
        return size


def validator_of(task: Task) -> Validator:
    """The validator that a task asks for. Raises UsageError and ContractError."""
    cache = cache_folder(os.environ, platform=sys.platform) if task.contract else None
    contract = usable_contract(Path(task.contract), cache=cache) if task.contract else Contract()
    return Validator(contract, areas=task.areas, callback=task.callback, secrets=task.secrets)


def secrets_of(task: Task) -> Secrets | None:
    """The secrets of a task, None where no signature can be checked; that saves much."""
    secrets = task.secrets
    everywhere = secrets.given is not None or secrets.configured is not None
    if everywhere or secrets.environment.get("HOOKPROOF_SECRET"):
        return secrets
    found = any(name.startswith("HOOKPROOF_SECRET_") for name in secrets.environment)
    return secrets if found else None
