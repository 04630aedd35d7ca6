"""Judges captures one by one and tallies what it finds, fast where nothing new is to be told.

A clean capture costs a look. One whose faults were all told often enough, exactly, costs a
key and a count. Only what is new goes the exact way, which finds places and words.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from hookproof.capture.capture import Capture, Origin, Unreadable
from hookproof.capture.lanes import Lanes, form_of
from hookproof.capture.tally import NOT_CHECKED, TIMELESS, Group, Place, Tally, group_key
from hookproof.finding import CaptureFinding, Severity
from hookproof.payload.body import BodyForm, read_body
from hookproof.payload.decode import MAX_BYTES
from hookproof.payload.masking import mask_body
from hookproof.validation.express import DOUBT, Express

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from hookproof.signature.secrets import Secrets
    from hookproof.validation.validator import Validator


@dataclass(slots=True)
class _Repeat:
    """How often a fault was met again, and the line, record and number of the last time."""

    lane: Express
    count: int = 0
    last: tuple[bytes, int, int] = (b"", 0, 0)


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
        self._lanes = Lanes(validator, secrets=secrets)
        # Findings of a known fault, by what the fast lane makes of it.
        self._known: dict[tuple[str, Hashable], list[tuple[str, ...]]] = {}
        self._findings: dict[tuple[str, ...], CaptureFinding] = {}
        self.begin()

    def begin(self, *, told: frozenset[Hashable] = frozenset()) -> None:
        """Start a new tally; `told` are groups of which no further place is wanted."""
        self.tally = Tally(self._examples)
        self._told = told
        self._latest: dict[tuple[str, ...], Capture] = {}

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

    def inspect(self, capture: Capture | Unreadable) -> None:
        """Judge one capture."""
        if isinstance(capture, Unreadable):
            self._refuse(capture)
            return
        form = self._form or form_of(capture.body, capture.headers)
        if form is not BodyForm.JSON or not self._hurry(capture):
            self._take_time(capture, form)

    def inspect_lines(self, lines: Iterable[tuple[int, Any]], *, file: str) -> None:
        """Judge bodies that stand one on a line; `lines` gives number and bytes, None if too long.

        This is the loop that months of captures go through, so it does itself what `inspect`
        does by calls, where no signature, hour or form asks for more.
        """
        tables = self._tables()
        counts: Counter[str] = Counter()
        loads: Any = orjson.loads
        repeats: dict[tuple[str, Hashable], _Repeat] = {}
        record = 0
        for number, line in lines:
            record += 1
            try:
                value = loads(line)
                for field, table in tables:
                    if field in value:
                        lane = table[value[field]]
                        break
                else:
                    raise KeyError(record)  # noqa: TRY301 - no field names a callback
                seen = lane.look(line, value)
                if seen is not DOUBT and not seen:
                    counts[lane.path] += 1
                    continue
                what = seen or lane.fault(line, value)
            except (orjson.JSONDecodeError, TypeError, KeyError, IndexError):
                what = None  # whatever it is, the exact way finds out
            repeat = repeats.get((lane.path, what)) if what else None
            if repeat is None:
                self._inspect_line(line, Origin(file, record, number))
                if what and self._is_told(lane.path, what):
                    repeats[(lane.path, what)] = _Repeat(lane)
            else:
                repeat.count += 1
                repeat.last = (line, record, number)
        for name, count in counts.items():
            self.tally.of(name).count_clean(count, signature=NOT_CHECKED)
        for (_, what), repeat in repeats.items():
            self._flush(what, repeat, file)
        self.tally.records += record

    def _inspect_line(self, line: bytes | None, origin: Origin) -> None:
        if line is None:
            problem = f"the line is over {MAX_BYTES:,} bytes"
            self.inspect(Unreadable(origin, "HP109", problem))
        else:
            self.inspect(Capture(origin, line))

    def _is_told(self, path: str, what: Hashable) -> bool:
        """Whether each finding of a fault has all the places that it is to show."""
        keys = self._known.get((path, what), ())
        return bool(keys) and all(map(self._has_all_places, keys))

    def _has_all_places(self, key: tuple[str, ...]) -> bool:
        """Whether a group needs no further place: it has enough, or an earlier part had."""
        group = self.tally.groups.get(key)
        if group is None and key in self._told and key in self._findings:
            finding = self._findings[key]
            self.tally.groups[key] = group = Group(finding, 0, [], Place(finding.file))
        return group is not None and (key in self._told or len(group.places) >= self._examples)

    def _flush(self, what: Hashable, repeat: _Repeat, file: str) -> None:
        """Add what the loop has counted of one fault."""
        if not repeat.count:
            return
        raw, record, number = repeat.last
        capture = Capture(Origin(file, record, number), raw)
        failed = False
        for key in self._known[(repeat.lane.path, what)]:
            group = self.tally.groups[key]
            group.count += repeat.count
            failed = failed or group.finding.severity is Severity.ERROR
            latest = self._latest.get(key)
            if max(latest.origin.record if latest else 0, group.last.record) < record:
                self._latest[key] = capture
        tally = self.tally.of(repeat.lane.path)
        tally.count_clean(repeat.count, signature=NOT_CHECKED)
        if failed:
            tally.failed += repeat.count
            tally.hours[TIMELESS][1] += repeat.count

    def _tables(self) -> list[tuple[str, dict[str | int, Express]]]:
        """The fast lanes by discriminator field and value, as far as those are clear.

        None where every capture needs more than a look at its payload.
        """
        if self._timeline or self._form not in {None, BodyForm.JSON}:
            return []
        return self._lanes.tables()

    def _hurry(self, capture: Capture) -> bool:
        """Judge a capture the fast way; False where it needs the exact one."""
        raw = capture.body
        entry = self._lanes.enter(raw, capture.headers, capture.url)
        if entry is None:
            return False
        lane, value, signature = entry
        seen = lane.look(raw, value)
        if seen is DOUBT:
            fault = lane.fault(raw, value)
            known = self._known.get((lane.callback.path, fault)) if fault is not None else None
            return known is not None and self._repeat(known, capture, lane, signature, value)
        if seen:
            known = self._known.get((lane.callback.path, seen))
            return known is not None and self._repeat(known, capture, lane, signature, value)
        self._count(lane, capture, value, failed=False, signature=signature)
        return True

    def _repeat(
        self,
        known: list[tuple[str, ...]],
        capture: Capture,
        lane: Express,
        signature: str,
        value: Any,
    ) -> bool:
        """Count a fault once more, if each of its findings has all the places it is to show."""
        groups = [self.tally.groups.get(key) for key in known]
        if not all(group and len(group.places) >= self._examples for group in groups):
            return False
        failed = False
        for key, group in zip(known, groups, strict=True):
            if group:
                group.count += 1
                self._latest[key] = capture
                failed = failed or group.finding.severity is Severity.ERROR
        self._count(lane, capture, value, failed=failed, signature=signature)
        return True

    def _count(
        self, lane: Express, capture: Capture, value: Any, *, failed: bool, signature: str
    ) -> None:
        moment = self._moment(lane, capture, value) if self._timeline else None
        self.tally.of(lane.callback.path).count(failed=failed, signature=signature, moment=moment)

    def _moment(self, lane: Express, capture: Capture, value: Any) -> float | None:
        """When a capture was received, or else sent, in Unix seconds."""
        sent_at = lane.callback.sent_at
        if capture.received_at is not None or sent_at is None or not isinstance(value, dict):
            return capture.received_at
        text = str(value.get(sent_at.field))
        if not text.isascii() or not text.isdigit() or len(text) > 13:
            return None
        return int(text) / (1000 if sent_at.unit == "milliseconds" else 1)

    def _take_time(self, capture: Capture, form: BodyForm) -> None:
        body = read_body(capture.body, form=form)
        verdict = self._validator.judge(
            body, origin=capture.origin, headers=capture.headers, url=capture.url
        )
        failed = any(finding.severity is Severity.ERROR for finding in verdict.findings)
        for finding in verdict.findings:
            self._add(finding, capture)
        signature = verdict.signature.value if verdict.signature else NOT_CHECKED
        moment = None
        if verdict.callback:
            lane = self._lanes.of(verdict.callback)
            self._remember(lane, capture, form, verdict.findings)
            moment = self._moment(lane, capture, body.value) if self._timeline else None
        tally = self.tally.of(verdict.callback)
        tally.count(failed=failed, signature=signature, moment=moment)

    def _add(self, finding: CaptureFinding, capture: Capture) -> None:
        group = self.tally.add(finding, record=capture.origin.record)
        if group.count == 1 and self._timeline:
            group.example = mask_body(capture.body, form=self._form)
        self._latest.pop(group_key(finding), None)

    def _remember(
        self,
        lane: Express,
        capture: Capture,
        form: BodyForm,
        findings: tuple[CaptureFinding, ...],
    ) -> None:
        """Keep what the fast lane makes of a capture, together with its findings."""
        signed = any(finding.code in _OF_SIGNATURES for finding in findings)
        if form is not BodyForm.JSON or not findings or signed:
            return
        try:
            value = orjson.loads(capture.body)
        except orjson.JSONDecodeError:
            return
        seen = lane.look(capture.body, value)
        key = lane.fault(capture.body, value) if seen is DOUBT else seen
        if key and (lane.callback.path, key) not in self._known and len(self._known) < _MOST_FAULTS:
            self._known[(lane.callback.path, key)] = [group_key(f) for f in findings]
            self._findings.update((group_key(f), f) for f in findings)

    def _refuse(self, what: Unreadable) -> None:
        finding = what.finding()
        self.tally.add(finding, record=what.origin.record)
        self.tally.of("").count(failed=True, signature=NOT_CHECKED, moment=None)

    def _place(self, capture: Capture, key: tuple[str, ...]) -> Place | None:
        """Where exactly a capture shows a finding."""
        body = read_body(capture.body, form=BodyForm.JSON)
        verdict = self._validator.judge(
            body, origin=capture.origin, headers=capture.headers, url=capture.url
        )
        for finding in reversed(verdict.findings):
            if group_key(finding) == key:
                return Place(finding.file, capture.origin.record, finding.line, finding.column)
        return None


# What the fast lane, which looks at bodies, says nothing of.
_OF_SIGNATURES: Final = frozenset({"HP301", "HP302", "HP303", "HP304"})
_MOST_FAULTS: Final = 10_000
_LARGEST_PENDING: Final = 64 * 1024
