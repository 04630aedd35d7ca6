"""The smallest payload that still shows a finding: found by sending, every try signed anew.

The generator's own shrinking works on its answers, not on the receiver's, so this is a second
stage: what differs from the accepted payload is taken back as long as the finding stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from hookproof.delivery.request import write_json
from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import to_pointer
from hookproof.receiver.checks import Check
from hookproof.receiver.sites import put
from hookproof.receiver.trial import NEVER_SHOWN
from hookproof.receiver.verdicts import Exhibit
from hookproof.validation.wording import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.finding import ReceiverFinding, Variant
    from hookproof.payload.scan import Path
    from hookproof.receiver.cases import Case
    from hookproof.receiver.trial import Trial

# Refusals and crashes: silence costs a deadline for each try.
_SHRUNK: Final = frozenset({"HP402", "HP404"})
_GENERATED: Final = frozenset({Check.ACCEPTS_CONFORMING, Check.SURVIVES_MALFORMED})
_MOST_TRIES: Final = 40
_ABSENT: Final = object()


def shrink_findings(trial: Trial, *, until: int) -> None:
    """Put the smallest payloads in the place of generated ones that show an error.

    A payload that stops showing it without what is known to be at fault already has no fault of
    its own, and is counted with the known one. Sends until so many requests were sent for the
    callback, at most.
    """
    for finding, exhibits in trial.tally.exhibits:
        case = exhibits[0].case
        if finding.code in _SHRUNK and case.check in _GENERATED and not finding.where:
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
        found, payload = self.best, self.best.case.payload
        if isinstance(payload, bytes):
            shorter(payload, self._shows)
        elif isinstance(payload, dict):
            known = self._known_cause(payload)
            if known:
                # It is counted, and shown by the request that shows the other.
                counted = replace(known, count=self.finding.count, variants=())
                self.trial.tally.add(counted, size=NEVER_SHOWN)
                return
            smallest(self.best.case.payload, self.trial.control, self._shows)
        better = self._judged_again() if self.best is not found else None
        shown, exhibit = better or (self.finding, found)
        self.trial.tally.add(shown, size=len(exhibit.request.body), exhibit=exhibit)

    def _known_cause(self, payload: dict[str, Any]) -> ReceiverFinding | None:
        """A finding with a place that this payload shows, too, and nothing beyond it."""
        known = {f.where: f for f in self.trial.tally.findings if f.where and self._is_same(f)}
        places = {to_pointer(path): path for path in self._places(payload)}
        shared = [where for where in known if where in places]
        if not shared:
            return None
        mended = _all_as_in(payload, self.trial.control, [places[where] for where in shared])
        return None if self._shows(mended) else known[shared[0]]

    def _shows(self, payload: Any) -> bool:
        """Whether a payload shows the same; the last one that does is kept."""
        trial = self.trial
        if self.tries >= _MOST_TRIES or trial.result.requests >= self.until:
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
        )
        return told, Exhibit(seen.case, seen.request)

    def _named(self, case: Case) -> Case:
        payload = case.payload
        places = self._places(payload) if isinstance(payload, dict) else []
        if len(places) != 1:
            return replace(case, label="a generated payload, as small as it goes")
        where, value = to_pointer(places[0]), _at(payload, places[0])
        label = f"{where} {'missing' if value is _ABSENT else 'holding ' + show(value)}"
        return replace(case, label=label, where=where)

    def _places(self, payload: dict[str, Any]) -> list[Path]:
        """Where a payload differs from the accepted one, but for what each sending makes anew."""
        fresh = self.trial.sender.refresh(payload, kept=frozenset())
        ignored = set(differences(payload, fresh))
        signature = self.trial.compiled.callback.signature.place.field
        found = differences(payload, self.trial.control)
        return [path for path in found if path not in ignored and path[0] != signature]

    def _is_same(self, other: ReceiverFinding) -> bool:
        mine = self.finding
        return (mine.code, mine.check, mine.status) == (other.code, other.check, other.status)


def smallest(payload: Any, control: Any, shows: Callable[[Any], bool]) -> Any:
    """The payload with as much as possible as it is in an accepted one, and the rest short."""
    payload = _taken_back(payload, control, shows)
    for path in list(differences(payload, control)):
        for simpler in _simpler(_at(payload, path)):
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
    inner = _opened(_at(payload, whole))
    wanted = _opened(_at(control, whole))
    if not isinstance(inner, dict) or not isinstance(wanted, dict):
        return payload
    changed = {key: value for key, value in inner.items() if key != name}
    if name in wanted:
        changed = {**inner, name: wanted[name]}
    return put(payload, whole, _closed(changed, like=_at(payload, whole)))


def _at(value: Any, path: Path) -> Any:
    for part in path:
        value = _opened(value)
        value = value.get(part, _ABSENT) if isinstance(value, dict) else _ABSENT
    return value


def _opened(value: Any) -> Any:
    """What a text holds that is the JSON text of an object; anything else as it is."""
    if isinstance(value, str) and value[:1] == "{":
        inner = decode_text(value)
        if inner.complete and isinstance(inner.value, dict):
            return inner.value
    return value


def _closed(value: Any, *, like: Any) -> Any:
    return write_json(value) if isinstance(like, str) else value


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
