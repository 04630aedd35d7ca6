"""Judges captures one by one and tallies what it finds, fast where nothing new is to be told.

A clean capture costs a look. One whose faults were all told often enough, exactly, costs a
key and a count. Only what is new goes the exact way, which finds places and words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from hookproof.captures.capture import Capture, Origin, Remark, Unreadable
from hookproof.captures.faults import fault
from hookproof.errors import ContractError, UsageError
from hookproof.findings import CaptureFinding, Severity
from hookproof.findings.codes import OF_SIGNATURES
from hookproof.payload.body import Body, BodyForm, read_body
from hookproof.payload.decode import MAX_BYTES
from hookproof.payload.masking import mask_body
from hookproof.payload.pointer import from_pointer
from hookproof.validation.fast_path import DOUBT, Express
from hookproof.validation_run.fast_path_router import FastPathRouter, form_of
from hookproof.validation_run.summary import (
    NOT_CHECKED,
    TIMELESS,
    Group,
    Place,
    Tally,
    group_key,
    is_unjudged,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from hookproof.payload.scan import Path
    from hookproof.signature.secrets import Secrets
    from hookproof.validation.validator import Validator, Verdict
    from hookproof.validation_run.fast_path_router import Lane

    # What names a group of findings.
    _Key = tuple[str, ...]
    ReadLine = Callable[[bytes, Origin], Iterable[Capture | Unreadable | Remark]]


@dataclass(slots=True)
class _Repeat:
    """How often a fault was met again; the last line, its number, the blank ones before it."""

    lane: Lane
    count: int = 0
    line: bytes = b""
    number: int = 0
    blank: int = 0


class Inspector:
    """Judges captures against a contract; `tally` is what was found since `begin`.

    `timeline` counts captures by hour as well and keeps a masked example of each finding, which
    costs time. `form` forces how bodies are written.
    """

    def __init__(
        self,
        validator: Validator,
        *,
        examples: int = 5,
        secrets: Secrets | None = None,
        form: BodyForm | None = None,
        timeline: bool = False,
    ) -> None:
        self._validator = validator
        self._examples = examples
        self._form = form
        self._timeline = timeline
        self._lanes = FastPathRouter(validator, secrets=secrets)
        # The groups of what was met before, by what the fast lane makes of it.
        self._known: dict[Hashable, list[_Key]] = {}
        self._findings: dict[_Key, CaptureFinding] = {}
        self._strangers: dict[Hashable, list[_Key]] = {}
        self._judged: tuple[Capture, tuple[CaptureFinding, ...], Hashable | None] | None = None
        self.begin()

    def begin(self, *, told: frozenset[Hashable] = frozenset()) -> None:
        """Start a new tally; `told` are groups of which no further place is wanted."""
        self.tally = Tally(self._examples)
        self._told = told
        self._latest: dict[_Key, Capture] = {}

    def finish(self) -> Tally:
        """The tally; a last place that costs work is left pending, with the body it is in."""
        for key, capture in self._latest.items():
            group, origin = self.tally.groups[key], capture.origin
            group.last = Place(origin.file, origin.record, origin.line)
            plain = origin.text is None and origin.column == 1 and capture.headers is None
            plain = plain and not capture.url
            if plain and len(capture.body) <= _LARGEST_PENDING:
                group.pending = capture.body
            else:
                group.last = self._place(capture, key) or group.last
        self._latest = {}
        return self.tally

    def settle(self, tally: Tally) -> None:
        """Work out the last places that were left pending."""
        for key, group in tally.groups.items():
            if group.pending and isinstance(key, tuple):
                origin = Origin(group.last.file, group.last.record, group.last.line)
                group.last = self._place(Capture(origin, group.pending), key) or group.last
                group.pending = b""

    def inspect(
        self, capture: Capture | Unreadable | Remark, what: Hashable | None = DOUBT
    ) -> None:
        """Judge one capture, of which the fast lane makes `what`, where that is known and new.

        A fault of ours is told. What is of all is raised: ContractError, UsageError for a secret.
        """
        try:
            self._inspect(capture, what)
        except (ContractError, UsageError):
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours costs this capture alone
            self._refuse(fault(error, capture.origin, getattr(capture, "body", b"")))

    def _inspect(self, capture: Capture | Unreadable | Remark, what: Hashable | None) -> None:
        if isinstance(capture, Unreadable):
            self._refuse(capture)
        elif isinstance(capture, Remark):
            self._remark(capture.text, capture.origin, capture.count)
        else:
            if capture.note:
                self._remark(capture.note, capture.origin)
            self._catch_up()
            form = self._form or form_of(capture.body, capture.headers)
            if form is BodyForm.JSON and what is DOUBT:
                self._hurry(capture)
            else:
                self._take_time(capture, form, what)

    def inspect_lines(  # noqa: C901, PLR0912 - a call in this loop would cost as much as what it does
        self, batches: Iterable[Iterable[Any]], *, file: str, other: ReadLine | None = None
    ) -> int:
        """Judge bodies that stand one on a line, blank ones left out; None is one too long.

        What a line is that no lane takes, `other` reads.

        Gives how many lines ended; the last one has no end.

        This is the loop that months of captures go through, so it does itself what `inspect`
        does by calls, where no signature, hour or form asks for more.
        """
        lead: Callable[[Any], Lane | None] = self._lanes.lead_soon
        tables = self._lanes.tables
        if not self._is_plain():
            # More is needed than a look at the payload.
            tables, lead = [], lambda _: None
        loads: Any = orjson.loads
        repeats: dict[Hashable, _Repeat] = {}
        what: Hashable | None
        number = blank = 0
        try:
            for lines in batches:
                for line in lines:
                    number += 1
                    try:
                        value = loads(line)
                        for field, table in tables:
                            if field in value:
                                lane = table.get(value[field]) or lead(value)
                                break
                        else:
                            lane = lead(value)
                        what = lane.look(line, value) if lane else DOUBT
                        # What was met before says of a valid payload alone which one it is.
                        if what is DOUBT and lane and lane is self._lanes.lead(value):
                            what = lane.key(line)
                    except Exception:  # noqa: BLE001 - the exact way tells what it is
                        what = DOUBT
                    repeat = repeats.get(what)
                    if repeat is not None:
                        repeat.count += 1
                        repeat.line = line
                        repeat.number = number
                        repeat.blank = blank
                    elif line is not None and not line.strip():
                        blank += 1
                    else:
                        origin = Origin(file, number - blank, number)
                        if what is DOUBT or not lane:
                            self._inspect_line(line, origin, other)
                        elif self._inspect_again(line, origin, what, lane):
                            repeats[what] = _Repeat(lane)
        finally:
            # What a broken stream gave before it broke counts.
            for what, repeat in repeats.items():
                if repeat.count:
                    record = repeat.number - repeat.blank
                    origin = Origin(file, record, repeat.number)
                    self._flush(what, repeat, Capture(origin, repeat.line))
            self.tally.records += number - blank
        return max(number - 1, 0)

    def _inspect_again(self, line: bytes, origin: Origin, what: Hashable, lane: Lane) -> bool:
        """Judge a line of which it is known what it shows; whether that need only be counted."""
        self._catch_up()
        capture, known = Capture(origin, line), self._known.get(what)
        if known is None or not self._repeat(known, capture, lane, None, NOT_CHECKED):
            self.inspect(capture, what)
            self._catch_up()
        return self._is_told(what)

    def _inspect_line(self, line: bytes | None, origin: Origin, other: ReadLine | None) -> None:
        if line is None:
            problem = f"the line is over {MAX_BYTES:,} bytes"
            self.inspect(Unreadable(origin, "HP109", problem))
        else:
            for found in other(line, origin) if other else (Capture(origin, line),):
                self.inspect(found)

    def _is_told(self, what: Hashable) -> bool:
        """Whether each finding of a capture like this has all the places that it is to show."""
        keys = self._known.get(what)
        return keys is not None and all(map(self._has_all_places, keys))

    def _has_all_places(self, key: _Key) -> bool:
        """Whether a group needs no further place: it has enough, or an earlier part had."""
        group = self.tally.groups.get(key)
        if group is None and key in self._told and key in self._findings:
            finding = self._findings[key]
            self.tally.groups[key] = group = Group(finding, 0, [], Place(finding.file))
        return group is not None and (key in self._told or len(group.places) >= self._examples)

    def _flush(self, what: Hashable, repeat: _Repeat, last: Capture) -> None:
        """Add what the loop has counted of one fault, and the last capture that has it."""
        failed = False
        for key in self._known[what]:
            group = self.tally.groups[key]
            group.count += repeat.count
            failed = failed or group.finding.severity is Severity.ERROR
            latest = self._latest.get(key)
            if max(latest.origin.record if latest else 0, group.last.record) < last.origin.record:
                self._latest[key] = last
        tally = self.tally.of(repeat.lane.path)
        tally.count_clean(repeat.count, signature=NOT_CHECKED)
        if failed:
            tally.failed += repeat.count
            tally.hours[TIMELESS][1] += repeat.count

    def _is_plain(self) -> bool:
        """Whether a capture needs no more than a look at its payload."""
        return self._lanes.are_open and not self._timeline and self._form in {None, BodyForm.JSON}

    def _hurry(self, capture: Capture) -> None:
        """Judge a capture of JSON the fast way, or the exact one where that is needed."""
        raw = capture.body
        # Where nothing was met there is nothing to repeat: a single capture needs no lane.
        entry = self._lanes.enter(raw, capture.headers, capture.url) if self._known else None
        what = entry.tell(raw) if entry else DOUBT
        known = None if what is DOUBT else self._known.get(what)
        if not entry or known is None or not self._repeat(known, capture, *entry):
            self._take_time(capture, BodyForm.JSON, what)

    def _repeat(
        self, known: list[_Key], capture: Capture, lane: Lane, value: Any, signature: str
    ) -> bool:
        """Count what was met before once more; False where a place of it has to be found out."""
        if not all(self._begin_again(key, capture) for key in known):
            return False
        for key in known:
            self._count_again(key, self.tally.groups[key], capture)
        failed = any(self.tally.groups[key].finding.severity is Severity.ERROR for key in known)
        moment = None
        if self._timeline and isinstance(lane, Express):
            moment = self._moment(lane, capture, value)
        self.tally.of(lane.path).count(failed=failed, signature=signature, moment=moment)
        return True

    def _begin_again(self, key: _Key, capture: Capture) -> bool:
        """Begin a group that an earlier part began, whose finding is the one to be told."""
        if key not in self.tally.groups:
            if key not in self._findings:
                return False
            at = Place(capture.origin.file, capture.origin.record)
            self.tally.groups[key] = Group(self._findings[key], 0, [], at)
        return True

    def _count_again(self, key: _Key, group: Group, capture: Capture) -> None:
        group.count += 1
        self._latest[key] = capture
        if len(group.places) < self._examples and key not in self._told:
            place = self._place(capture, key)
            if place:
                group.places.append(place)

    def _moment(self, lane: Express, capture: Capture, value: Any) -> float | None:
        """When a capture was received, or else sent, in Unix seconds."""
        sent_at = lane.callback.sent_at
        if capture.received_at is not None or sent_at is None or not isinstance(value, dict):
            return capture.received_at
        text = str(value.get(sent_at.field))
        if not text.isascii() or not text.isdigit() or len(text) > 13:
            return None
        return sent_at.read(int(text))

    def _verdict(self, body: Body, capture: Capture) -> Verdict:
        at, headers = capture.origin, capture.headers
        return self._validator.judge(
            body, origin=at, headers=headers, url=capture.url, rewritten=capture.rewritten
        )

    def _take_time(self, capture: Capture, form: BodyForm, what: Hashable | None) -> None:
        body = read_body(capture.body, form=form)
        stranger = None if body.reading.problems else self._validator.stranger(body.value)
        if stranger is not None and self._is_met_again(stranger, capture):
            return
        verdict = self._verdict(body, capture)
        if stranger is not None and len(self._strangers) < _MOST_FAULTS:
            self._strangers[stranger] = list(map(group_key, verdict.findings))
        failed = any(finding.severity is Severity.ERROR for finding in verdict.findings)
        for finding in verdict.findings:
            group = self.tally.add(finding, record=capture.origin.record)
            if group.count == 1 and self._timeline:
                group.example = mask_body(capture.body, form=self._form)
            self._latest.pop(group_key(finding), None)
        signature = verdict.signature.value if verdict.signature else NOT_CHECKED
        moment = None
        if verdict.callback and self._timeline:
            moment = self._moment(self._lanes.of(verdict.callback), capture, body.value)
        if form is BodyForm.JSON:
            self._judged = (capture, verdict.findings, what)
        if any(is_unjudged(finding.code) for finding in verdict.findings):
            return
        tally = self.tally.of(verdict.callback)
        tally.count(failed=failed, signature=signature, moment=moment)

    def _is_met_again(self, stranger: Hashable, capture: Capture) -> bool:
        """Count what is no callback once more, where the same was told of one like it."""
        keys = self._strangers.get(stranger, [])
        if not keys or any(key not in self.tally.groups for key in keys):
            return False
        for key in keys:
            self._count_again(key, self.tally.groups[key], capture)
        if not any(is_unjudged(key[0]) for key in keys):
            self.tally.of("").count(failed=True, signature=NOT_CHECKED, moment=None)
        return True

    def _catch_up(self) -> None:
        """Keep what the fast lane makes of the capture that was judged exactly last.

        Its findings are kept with that; after the very last capture it is no use.
        """
        if self._judged is None:
            return
        (capture, findings, what), self._judged = self._judged, None
        signed = any(finding.code in OF_SIGNATURES for finding in findings)
        if signed or len(self._known) >= _MOST_FAULTS:
            return
        if what is DOUBT:
            what = self._lanes.tell(capture.body)
        if what is not DOUBT and what not in self._known:
            self._known[what] = [group_key(f) for f in findings]
            self._findings.update((group_key(f), f) for f in findings)

    def _remark(self, text: str, at: Origin, count: int = 1) -> None:
        self.tally.remark(text, Place(at.file, at.record, at.line), count)

    def _refuse(self, what: Unreadable) -> None:
        finding = what.finding()
        self.tally.add(finding, record=what.origin.record)
        if not is_unjudged(what.code):
            self.tally.of("").count(failed=True, signature=NOT_CHECKED, moment=None)

    def _place(self, capture: Capture, key: _Key) -> Place | None:
        """Where exactly a capture shows a finding."""
        body = read_body(capture.body, form=BodyForm.JSON)
        path = _fixed_path(self._findings[key].where) if key in self._findings else None
        if path is not None:
            position = capture.origin.place(body, path)
            return Place(capture.origin.file, capture.origin.record, position.line, position.column)
        verdict = self._verdict(body, capture)
        for finding in reversed(verdict.findings):
            if group_key(finding) == key:
                return Place(finding.file, capture.origin.record, finding.line, finding.column)
        return None


def _fixed_path(where: str) -> Path | None:
    """The path of a pointer, None where it leads into a list: then it differs by capture."""
    path = from_pointer(where)
    return None if any(part == "*" or str(part).isdigit() for part in path) else path


# What the fast lane, which looks at bodies, says nothing of.
_MOST_FAULTS: Final = 10_000
_LARGEST_PENDING: Final = 64 * 1024
