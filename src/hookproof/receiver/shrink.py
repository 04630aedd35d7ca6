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
from hookproof.receiver.sites import put
from hookproof.receiver.verdicts import Exhibit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.finding import ReceiverFinding
    from hookproof.payload.scan import Path
    from hookproof.receiver.trial import Trial

# Refusals and crashes: silence costs a deadline for each try.
_SHRUNK: Final = frozenset({"HP402", "HP404"})
_MOST_TRIES: Final = 40
_ABSENT: Final = object()


def shrink_findings(trial: Trial, *, until: int) -> None:
    """Put the smallest payload in the place of each generated one that shows an error.

    Sends until so many requests were sent for the callback, at most.
    """
    for finding, exhibit in trial.tally.exhibits:
        if finding.code in _SHRUNK and exhibit.case.verbatim and not exhibit.case.advice:
            _Shrinking(trial, finding, exhibit, until=until).run()


@dataclass(slots=True)
class _Shrinking:
    """The search for one finding's smallest payload."""

    trial: Trial
    finding: ReceiverFinding
    best: Exhibit
    until: int
    tries: int = 0

    def run(self) -> None:
        found, payload = self.best, self.best.case.payload
        if isinstance(payload, bytes):
            shorter(payload, self._shows)
        elif isinstance(payload, dict):
            smallest(payload, self.trial.control, self._shows)
        if self.best is not found:
            self._replace()

    def _shows(self, payload: Any) -> bool:
        """Whether a payload shows the same; the last one that does is kept."""
        trial = self.trial
        if self.tries >= _MOST_TRIES or trial.result.requests >= self.until:
            return False
        case = replace(self.best.case, payload=payload, where="")
        request = trial.sender.write(case)
        if trial.fits(case, request) is not case.check:
            return False
        self.tries += 1
        finding = trial.finding(case, request, trial.exchange(request))
        if finding is None or not _is_same(finding, self.finding):
            return False
        self.best = Exhibit(case, request)
        return True

    def _replace(self) -> None:
        trial, shown = self.trial, self.best
        payload = shown.case.payload
        places = list(differences(payload, trial.control)) if isinstance(payload, dict) else []
        case = replace(shown.case, where=to_pointer(places[0]) if len(places) == 1 else "")
        answer = trial.exchange(shown.request) if trial.left else None
        finding = trial.finding(case, shown.request, answer) if answer else None
        if finding is None or not _is_same(finding, self.finding):
            return  # it has changed its mind, so the first payload stands
        trial.tally.take(self.finding)
        counted = replace(finding, count=self.finding.count)
        trial.tally.add(counted, size=len(shown.request.body), exhibit=shown)


def _is_same(one: ReceiverFinding, other: ReceiverFinding) -> bool:
    return (one.code, one.check, one.status) == (other.code, other.check, other.status)


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
        value = value.get(part) if isinstance(value, dict) else None
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
