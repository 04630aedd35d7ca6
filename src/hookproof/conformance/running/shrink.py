"""The smallest payload that still shows a finding: found by sending, every try signed anew.

The generator's own shrinking works on its answers, not on the receiver's, so this is a second
stage: what differs from the accepted payload is taken back as long as the finding stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.mutation_points import put
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.tally import Exhibit
from hookproof.conformance.running.case_runner import NEVER_SHOWN
from hookproof.conformance.running.diagnosis import is_of_a_rewritten_body
from hookproof.findings import Severity
from hookproof.http.request import write_json
from hookproof.payload.decode import decode, decode_text
from hookproof.payload.pointer import to_pointer
from hookproof.text import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.conformance.cases.cases import Case
    from hookproof.conformance.running.case_runner import Trial
    from hookproof.findings import ReceiverFinding, Variant
    from hookproof.payload.scan import Path

_SHRUNK: Final = frozenset(
    {
        Check.ACCEPTS_CONFORMING,
        Check.ACCEPTS_DOCUMENTED_VARIANTS,
        Check.SURVIVES_MALFORMED,
        Check.REFUSES_MALFORMED,
    }
)
_MOST_TRIES: Final = 40
# Silence costs a deadline for each try.
_MOST_TRIES_IN_SILENCE: Final = 5
_ABSENT: Final = object()
_SMALL: Final = ", as small as it goes"


def shrink_findings(trial: Trial, *, until: int) -> None:
    """Find what is at fault in payloads of which no place is known: what changes the answer.

    The smallest payload is put in the place of a generated one; a documented one stays, and is
    told with the place that was found in it. A payload that stops showing the fault without what
    is known to be at fault already is counted with that. Sends until so many requests were sent
    for the callback, at most.
    """
    for finding, exhibits in trial.tally.exhibits:
        is_note = finding.severity is Severity.NOTE
        if Check(finding.check) in _SHRUNK and not finding.where and not is_note:
            trial.tally.take(finding)
            trial.look.forget(finding)
            # Each has a cause of its own, or the same; the others are counted with the first.
            counts = [finding.count - len(exhibits) + 1, *(1 for _ in exhibits[1:])]
            named = {exhibit.case.label for exhibit in exhibits}
            others = tuple(one for one in finding.variants if one.what not in named)
            for exhibit, count in zip(exhibits, counts, strict=True):
                own = [one for one in finding.variants if one.what == exhibit.case.label]
                variants = (*(replace(one, count=count) for one in own), *others)
                part = replace(finding, count=count, variants=variants)
                _Shrinking(trial, part, exhibit, until=until, others=others).run()
                others = ()


@dataclass(slots=True)
class _Shrinking:
    """The search for the smallest payload that shows a finding as one of its exhibits does.

    `others` are variants of it of which no exhibit was kept.
    """

    trial: Trial
    finding: ReceiverFinding
    best: Exhibit
    until: int
    others: tuple[Variant, ...] = ()
    tries: int = 0

    def run(self) -> None:
        """Look for it, and put the finding back into the tally as it is then."""
        found, payload = self.best, _object_in(self.best.case.payload)
        is_documented = found.case.check is Check.ACCEPTS_DOCUMENTED_VARIANTS
        if isinstance(payload, dict) and not is_documented:
            placed = self._known_cause(payload)
            if known := placed or self._of_a_rewritten_body():
                # It is counted, and shown by the request that shows the other.
                variants = () if placed else self.finding.variants
                counted = replace(known, count=self.finding.count, variants=variants)
                self.trial.tally.add(counted, size=NEVER_SHOWN)
                return
        if isinstance(payload, dict):
            smallest(payload, self.trial.control, self._shows)
        elif isinstance(payload, bytes):
            shorter(payload, self._shows)
        better = None
        if self.best is not found and not is_documented:
            better = self._judged_again()
        if better:
            shown, exhibit = better
            self.trial.tally.add(shown, size=len(exhibit.request.body), exhibit=exhibit)
        else:
            self._put_back(found, where=self._known_place() or self._place_of_all(self.best.case))

    def _known_place(self) -> str:
        """A place known to be at fault that is in it, where nothing is left to send for a proof."""
        payload = self.best.case.payload
        if self.trial.result.requests < self.until or not isinstance(payload, dict):
            return ""
        places = set(map(to_pointer, self._places(payload)))
        known = (where for where, one in self.trial.tally.placed if self._is_like(one))
        return next((where for where in known if where in places), "")

    def _put_back(self, found: Exhibit, *, where: str) -> None:
        told = replace(self.finding, where=where)
        self.trial.tally.add(told, size=len(found.request.body), exhibit=found)

    def _known_cause(self, payload: dict[str, Any]) -> ReceiverFinding | None:
        """A finding with a place that this payload shows, too, and nothing beyond it.

        It may be of another check: what crashes for a field that is missing does so whether or
        not something else is wrong as well.
        """
        known = {where: f for where, f in self.trial.tally.placed if self._is_like(f)}
        places = {to_pointer(path): path for path in self._places(payload)}
        shared = [where for where in known if where in places]
        if not shared:
            return self._known_shape(payload, list(places.values()))
        if self.trial.result.requests >= self.until:
            return known[shared[0]]
        mended = _all_as_in(payload, self.trial.control, [places[where] for where in shared])
        return None if self._is_alike(mended) else known[shared[0]]

    def _of_a_rewritten_body(self) -> ReceiverFinding | None:
        """The finding on a body that is signed as it is written again, where this is one more."""
        known = self.trial.tally.rewritten
        if known is None or self.finding.status != known.status:
            return None
        sends = self.trial.result.requests < self.until
        return known if not sends or is_of_a_rewritten_body(self.trial, self.best) else None

    def _known_shape(self, payload: dict[str, Any], places: list[Path]) -> ReceiverFinding | None:
        """A finding on a place that has the same members here, whatever is in them."""
        for found, exhibits in self.trial.tally.exhibits:
            depth = found.where.count("/")
            way = next((p[:depth] for p in places if to_pointer(p[:depth]) == found.where), ())
            if not way or not self._is_like(found):
                continue
            if _shape(at(payload, way)) not in [_shape(at(e.case.payload, way)) for e in exhibits]:
                continue
            mended = _all_as_in(payload, self.trial.control, [way])
            if self.trial.result.requests >= self.until or not self._is_alike(mended):
                return found
        return None

    def _is_alike(self, payload: dict[str, Any]) -> bool:
        """Whether a payload has the same fault, be it evidence for the same check or not."""
        trial = self.trial
        case = replace(self.best.case, payload=payload, check=Check.ACCEPTS_CONFORMING)
        request = trial.sender.write(case)
        case = replace(case, check=trial.fits(case, request) or self.best.case.check)
        finding = trial.finding(case, request, trial.exchange(request))
        return finding is not None and self._is_like(finding)

    def _shows(self, payload: Any) -> bool:
        """Whether a payload shows the same; the last one that does is kept."""
        trial = self.trial
        most = _MOST_TRIES if self.finding.status else _MOST_TRIES_IN_SILENCE
        if self.tries >= most or trial.result.requests >= self.until:
            return False
        case = replace(self.best.case, payload=payload)
        request = trial.sender.write(case)
        if trial.fits(case, request) is not case.check:
            return False
        self.tries += 1
        finding = trial.finding(case, request, trial.exchange(request))
        if finding is None or not self._is_same(finding):
            return False
        self.best = Exhibit(case, request)
        return True

    def _judged_again(self) -> tuple[ReceiverFinding, Exhibit] | None:
        """The finding as the smallest payload shows it, told by what is left of it."""
        trial, shown = self.trial, self.best
        if trial.result.requests >= self.until:
            return None
        case = self._named(shown.case)
        request = trial.sender.write(case)
        seen = trial.look.settle(trial.observe(case, request, trial.exchange(request)))
        if seen.fault is None or not self._is_same(seen.fault):
            return None  # it does not repeat, so the first payload stands
        told = replace(
            seen.fault,
            count=self.finding.count,
            variants=(*seen.fault.variants, *self.others),
            also_fails=self.finding.also_fails,
        )
        return told, Exhibit(seen.case, seen.request, seen.answer)

    def _named(self, case: Case) -> Case:
        payload = case.payload
        places = self._places(payload) if isinstance(payload, dict) else []
        if len(places) != 1:
            label = f"{case.label.removesuffix(_SMALL)}{_SMALL}"
            return replace(case, label=label, where=self._place_of_all(case))
        where, value = to_pointer(places[0]), at(payload, places[0])
        label = f"{where} {'missing' if value is _ABSENT else 'holding ' + show(value)}"
        return replace(case, label=label, where=where)

    def _place_of_all(self, case: Case) -> str:
        """The place that has all that matters in it, "" where that is the whole payload."""
        places = self._places(case.payload) if isinstance(case.payload, dict) else []
        shared = takewhile(lambda parts: len(set(parts)) == 1, zip(*places, strict=False))
        return to_pointer(tuple(parts[0] for parts in shared))

    def _places(self, payload: dict[str, Any]) -> list[Path]:
        """Where a payload differs from the accepted one, but for what each sending makes anew."""
        fresh = self.trial.sender.refresh(payload, kept=frozenset())
        ignored = set(differences(payload, fresh))
        signature = self.trial.compiled.callback.signature.place.field
        found = differences(payload, self.trial.control)
        return [path for path in found if path not in ignored and path[0] != signature]

    def _is_same(self, other: ReceiverFinding) -> bool:
        return self._is_like(other) and self.finding.check == other.check

    def _is_like(self, other: ReceiverFinding) -> bool:
        return (self.finding.code, self.finding.status) == (other.code, other.status)


def smallest(payload: Any, control: Any, shows: Callable[[Any], bool]) -> Any:
    """The payload with as much as possible as it is in an accepted one, and the rest short."""
    payload = _taken_back(payload, control, shows)
    for path in list(differences(payload, control)):
        for simpler in _simpler(at(payload, path)):
            tried = put(payload, path, simpler)
            if shows(tried):
                payload = tried
                break
    return payload


def shorter(body: bytes, shows: Callable[[Any], bool]) -> bytes:
    """The shortest run of the bytes that still shows it, by halves, quarters and so on."""
    size = len(body) // 2
    while size:
        at = 0
        while at < len(body):
            tried = body[:at] + body[at + size :]
            if shows(tried):
                body = tried
            else:
                at += size
        size //= 2
    return body


def differences(payload: Any, control: Any, path: Path = ()) -> Iterator[Path]:
    """The ways to all that differs, into nested JSON too; what is absent is not told of."""
    one, other = _opened(payload), _opened(control)
    if isinstance(one, dict) and isinstance(other, dict):
        for name, value in one.items():
            yield from differences(value, other.get(name, _ABSENT), (*path, name))
        yield from ((*path, name) for name in other if name not in one)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, (*path, number))
    elif payload != control or type(payload) is not type(control):
        yield path


def _taken_back(payload: Any, control: Any, shows: Callable[[Any], bool]) -> Any:
    """First all of it but one half, then one by one."""
    paths = list(differences(payload, control))
    while len(paths) > 1:
        halves = (paths[: len(paths) // 2], paths[len(paths) // 2 :])
        for half in halves:
            tried = _all_as_in(payload, control, half)
            if shows(tried):
                payload = tried
                break
        else:
            break
        paths = list(differences(payload, control))
    for path in paths if len(paths) > 1 else ():
        tried = _as_in(payload, control, path)
        if shows(tried):
            payload = tried
    return payload


def _all_as_in(payload: Any, control: Any, paths: list[Path]) -> Any:
    for path in paths:
        payload = _as_in(payload, control, path)
    return payload


def _as_in(payload: Any, control: Any, path: Path) -> Any:
    """The payload with what the accepted one has at the end of a way, which may be nothing."""
    whole, name = path[:-1], path[-1]
    inner = _opened(at(payload, whole))
    wanted = _opened(at(control, whole))
    if isinstance(inner, list) and isinstance(wanted, list) and isinstance(name, int):
        return put(payload, path, wanted[name])
    if not isinstance(inner, dict) or not isinstance(wanted, dict):
        return payload
    changed = {key: value for key, value in inner.items() if key != name}
    if name in wanted:
        changed = {**inner, name: wanted[name]}
    is_text = isinstance(at(payload, whole), str)
    return put(payload, whole, write_json(changed) if is_text else changed)


def at(value: Any, path: Path) -> Any:
    """What stands at the end of a way, into nested JSON too; what equals nothing where it ends."""
    for part in path:
        value = _opened(value)
        if isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            value = value.get(part, _ABSENT) if isinstance(value, dict) else _ABSENT
    return value


def _shape(value: Any) -> frozenset[str] | str:
    """The members of an object, the kind of anything else."""
    value = _opened(value)
    return frozenset(value) if isinstance(value, dict) else type(value).__name__


def _object_in(payload: Any) -> Any:
    """The object that bytes are the JSON text of; anything else as it is."""
    if not isinstance(payload, bytes):
        return payload
    inner = decode(payload)
    whole = inner.complete and not inner.problems and isinstance(inner.value, dict)
    return inner.value if whole else payload


def _opened(value: Any) -> Any:
    """What a text holds that is the JSON text of an object; anything else as it is."""
    if isinstance(value, str) and value[:1] == "{":
        inner = decode_text(value)
        if inner.complete and isinstance(inner.value, dict):
            return inner.value
    return value


def _simpler(value: Any) -> Iterator[Any]:
    """Values of the same kind, the simplest first."""
    if isinstance(value, str):
        yield from ("", "0", "x", value[: len(value) // 8], value[: len(value) // 2])
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        yield from (0, 1, -1, *(2**power for power in (31, 32, 53, 63, 64) if 2**power < value))
    elif isinstance(value, float):
        yield from (0.0, 0.5)
    elif isinstance(value, (list, dict)) and value:
        yield type(value)()
        if isinstance(value, list):
            yield value[:1]
