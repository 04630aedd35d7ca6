"""Plays on a receiver: it is started anew, gets the deliveries, and its state is read."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.judging.response_class import tell
from hookproof.delivery.deliver import is_received
from hookproof.errors import TargetUnreachable
from hookproof.http.answer import Outcome
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport
from hookproof.scenarios.plays import Kind
from hookproof.scenarios.probe import NotRead
from hookproof.scenarios.state import named
from hookproof.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hookproof.http.answer import Answer
    from hookproof.http.target import Target
    from hookproof.scenarios.model import Cast
    from hookproof.scenarios.plays import Act, Play
    from hookproof.scenarios.probe import Call, Probe
    from hookproof.scenarios.stage import Stage
    from hookproof.sending.events import Event

# How often an event is told again where no page says how often.
_RETRIES_UNSAID: Final = 3
# Seconds: before a retry, until a receiver that was started anew listens, before hanging up.
_PAUSE: Final = 0.02
_STARTING: Final = 15.0
_SHORTEST: Final = 0.01


@dataclass(frozen=True, slots=True)
class Run:
    """The state after a play, and what was answered last to the events that nobody took."""

    state: Any
    refused: Mapping[int, str] = field(default_factory=dict)


@dataclass
class Runs:
    """Runs plays of a scenario on one receiver.

    With a `reset` all runs have one cast, without each has its own. `restart` kills the receiver
    and starts it again. `clock` gives seconds that never go back; `serial` a new number each time.
    """

    stage: Stage
    target: Target
    probe: Probe
    timeout: float
    serial: Callable[[], int]
    reset: Call | None = None
    restart: Call | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    count: int = 0

    def __post_init__(self) -> None:
        """Have one cast for all runs of a receiver that begins anew."""
        self._cast = self.stage.scenario.cast_for(self.serial()) if self.reset else None
        self._takes = 0.05

    def before(self) -> Any:
        """The state before anything is delivered."""
        return self._state(self._begin(), None)

    def run(self, play: Play, *, settle: float | None = None) -> Run:
        """Do what a play says, then read the state; raises NotRead where there is none."""
        self.count += 1
        cast = self._begin()
        events = self.stage.events(cast)
        wanted = {one for act in play for one in act.events}
        acts = _Acts(self, events)
        for act in play:
            acts.do(act)
        acts.tell_again(wanted)
        refused = {one: acts.answers[one] for one in wanted - acts.taken}
        return Run(self._state(cast, settle), refused)

    def _begin(self) -> Cast:
        """Start the receiver anew where that is possible; the cast of the run."""
        if self.reset:
            self.reset.ask(self._cast or {}, self.probe.environment, method="POST")
        return self._cast or self.stage.scenario.cast_for(self.serial())

    def _state(self, cast: Cast, settle: float | None) -> Any:
        return named(self.probe.state(cast, settle=settle), cast)

    def start_anew(self) -> None:
        """Kill the receiver and start it again; raises NotRead where it does not come back."""
        if self.restart is None:
            return
        self.restart.ask(self._cast or {}, self.probe.environment, method="POST")
        began, came = self.clock(), dict[str, None]()
        target, method = self._asks_whether_it_is_there()
        # A connection alone may be one to the process that is about to die.
        with Transport(target, timeout=1) as transport:
            while (answer := transport.send(b"", method=method)).outcome is not Outcome.ANSWERED:
                came[tell(answer).removeprefix("no answer: ")] = None
                if self.clock() - began > _STARTING:
                    why = f"nobody answered {_STARTING:g} s after --restart"
                    raise NotRead(f"{why} ({method} {cut(target.url)}: {', then '.join(came)})")
                self.sleep(_PAUSE)

    def _asks_whether_it_is_there(self) -> tuple[Target, str]:
        """The probe, where that is the receiver's own: one may crash by what is no callback."""
        probe = self.probe.call
        if probe.is_url:
            cast = self._cast or self.stage.scenario.cast_for(self.serial())
            asked = resolve_target(probe.written(cast))
            if (asked.address, asked.port) == (self.target.address, self.target.port):
                return asked, "GET"
        return self.target, "OPTIONS"

    def is_starting(self, answer: Answer, *, since: float) -> bool:
        """Whether nobody is there who may be soon, after a pause."""
        soon = self.restart is not None and self.clock() - since < _STARTING
        if answer.outcome is not Outcome.REFUSED or not soon:
            return False
        self.sleep(_PAUSE)
        return True

    def note(self, answer: Answer) -> None:
        """Keep how long an answer takes, to hang up or kill within that time."""
        if answer.outcome is Outcome.ANSWERED:
            self._takes = 0.8 * self._takes + 0.2 * answer.elapsed

    @property
    def takes(self) -> float:
        """About how many seconds an answer takes."""
        return max(self._takes, _SHORTEST)


class _Acts:
    """The acts of one run, and what came of them: `taken` are the events that were received."""

    def __init__(self, runs: Runs, events: list[Event]) -> None:
        self._runs = runs
        self._events = events
        self.taken: set[int] = set()
        self.answers: dict[int, str] = {}

    def do(self, act: Act) -> None:
        """Do what an act says."""
        match act.kind:
            case Kind.DELIVER:
                self._deliver(act.events[0])
            case Kind.LOST:
                # Its sender has hung up: whatever came is nothing to him.
                with Transport(self._runs.target, timeout=self._runs.takes / 2) as impatient:
                    self._send(act.events[0], impatient)
            case Kind.TOGETHER:
                self._together(act.events)
            case Kind.CRASH:
                self._runs.start_anew()
            case Kind.KILLED:
                self._killed(act)

    def tell_again(self, wanted: set[int]) -> None:
        """Deliver what was not received again, as often as the vendor would."""
        steps = self._runs.stage.scenario.steps
        for attempt in range(1, 20):
            for one in sorted(wanted - self.taken):
                retries = steps[one].callback.deliveries[0].retry_after
                if attempt <= (_RETRIES_UNSAID if retries is None else len(retries)):
                    self._runs.sleep(_PAUSE)
                    self._deliver(one)

    def _deliver(self, event: int) -> None:
        began = self._runs.clock()
        with Transport(self._runs.target, timeout=self._runs.timeout) as transport:
            answer = self._send(event, transport)
            # One that is being started anew is as one that is down for a moment.
            while self._runs.is_starting(answer, since=began):
                answer = self._send(event, transport)
        if answer.outcome in {Outcome.UNREACHABLE, Outcome.REFUSED, Outcome.TLS}:
            raise TargetUnreachable(self._runs.target.url, answer.detail)
        self._runs.note(answer)
        self._judge(event, answer)

    def _send(self, event: int, transport: Transport) -> Answer:
        request = self._runs.stage.write(event, self._events[event])
        return transport.send_request(request)

    def _judge(self, event: int, answer: Answer) -> None:
        delivery = self._runs.stage.scenario.steps[event].callback.deliveries[0]
        if is_received(delivery, answer):
            self.taken.add(event)
        self.answers[event] = tell(answer)

    def _together(self, events: tuple[int, ...]) -> None:
        """Two deliveries at once, each over a connection of its own."""
        barrier = threading.Barrier(len(events))
        answers: list[tuple[int, Answer]] = []

        def one(event: int) -> None:
            request = self._runs.stage.write(event, self._events[event])
            with Transport(self._runs.target, timeout=self._runs.timeout) as transport:
                barrier.wait()
                answer = transport.send_request(request)
            answers.append((event, answer))

        threads = [threading.Thread(target=one, args=(event,)) for event in events]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for event, answer in answers:
            self._judge(event, answer)

    def _killed(self, act: Act) -> None:
        """Start the receiver anew in the middle of a delivery, which comes again if it was lost."""
        [event] = act.events
        answers: list[Answer] = []
        request = self._runs.stage.write(event, self._events[event])

        def one() -> None:
            with Transport(self._runs.target, timeout=self._runs.timeout) as transport:
                sent = transport.send_request(request)
            answers.append(sent)

        thread = threading.Thread(target=one)
        thread.start()
        self._runs.sleep(self._runs.takes * act.moment)
        self._runs.start_anew()
        thread.join()
        # One that a new connection took after the start is as good as a retry.
        self._judge(event, answers[0])
        if event not in self.taken:
            self._deliver(event)
