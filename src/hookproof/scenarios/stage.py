"""The events of a scenario for one run: with its cast, each attempt signed anew."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hookproof.conformance.cases.constants import Setting, account_of, for_callback
from hookproof.errors import UsageError
from hookproof.payload.body import read_body
from hookproof.payload.pointer import from_pointer, to_pointer
from hookproof.sending.events import Event, Events
from hookproof.validation.compiled_callback import CompiledCallback

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

    from hookproof.conformance.sending.sender import Sender
    from hookproof.contract import Callback
    from hookproof.http.request import Request
    from hookproof.http.target import GivenHeader
    from hookproof.scenarios.model import Cast, Scenario


@dataclass(frozen=True, slots=True)
class Means:
    """What writing takes: the secret of each area, a clock in Unix seconds, and chance."""

    secrets: Mapping[str, bytes] = field(repr=False)
    clock: Callable[[], float]
    chance: random.Random
    address: str = ""
    settings: Sequence[Setting] = ()
    headers: Sequence[GivenHeader] = ()


class Stage:
    """Writes the events of a scenario. What happened when is settled once, when it is made."""

    def __init__(self, scenario: Scenario, means: Means) -> None:
        self.scenario = scenario
        callbacks = [step.callback for step in scenario.steps]
        account = account_of(callbacks, settings=means.settings, headers=means.headers)
        last = scenario.steps[-1].at
        self._events: list[Events] = []
        self._payloads: list[dict[str, Any]] = []
        for step in scenario.steps:
            constants = for_callback(step.callback, account, {}, means.settings)
            secret = means.secrets[step.callback.area]
            tells = Events(constants, secret, means.clock, means.chance, means.address)
            self._events.append(tells)
            # The last one happens now, and those before as long ago as the scenario says.
            self._payloads.append(_happened(tells.sender, step.example.payload, step.at - last))

    def events(self, cast: Cast) -> list[Event]:
        """The events of a run; raises UsageError for one that the vendor could not tell of."""
        found = []
        for step, tells, payload in self._each():
            event = tells.of(step.payload_for(payload, cast))
            # Where nothing but a header tells events apart, attempts of one have the same there.
            found.append(replace(event, name=f"{step.name} of {sorted(cast.items())}"))
        return found

    def write(self, position: int, event: Event) -> Request:
        """An attempt to tell of an event."""
        return self._events[position].write(event)

    def check(self) -> None:
        """Raise UsageError where a step breaks the contract, or two of them tell of one event."""
        events = self.events(self.scenario.cast_for(1_700_000_000_000))
        known: dict[Any, str] = {}
        for at, (step, event) in enumerate(zip(self.scenario.steps, events, strict=True)):
            request = self.write(at, event)
            body = read_body(request.body, form=request.form).value
            for one in CompiledCallback(step.callback).violations(body)[:1]:
                broken = f"step {step.name} breaks the contract of {step.callback.path}"
                what = f"{to_pointer(one.path)}: expected {one.expected}, found {one.found}"
                raise UsageError(f"{broken}: {what}", hint="its replacements or another example")
            same = known.setdefault(_identity(step.callback, event.payload), step.name)
            if same != step.name:
                message = f"the steps {same} and {step.name} tell of one event"
                keys = ", ".join(step.callback.dedupe_key)
                raise UsageError(message, hint=f"they must differ in one of {keys}")

    def _each(self) -> Any:
        return zip(self.scenario.steps, self._events, self._payloads, strict=True)


def _happened(sender: Sender, payload: dict[str, Any], seconds: float) -> dict[str, Any]:
    """A payload with its moments so many seconds from now."""
    return sender.refresh(payload, kept=frozenset(), shift=int(seconds))


def _identity(callback: Callback, payload: Any) -> Any:
    """What tells an event of a callback from others; the payload where no page says."""
    found = [Setting(from_pointer(key), "").way_in(payload) for key in callback.dedupe_key]
    return callback.path, str([one[1] for one in found if one] or payload)
