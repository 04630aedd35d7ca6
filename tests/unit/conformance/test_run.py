"""One run: the control first, then each check, and what is told when it ends early."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from cast import CAST
from unit.conformance.parts import NAMES, SECRET, callback, contract

from hookproof.conformance.checks import Check, Control, State
from hookproof.conformance.policy import Policy
from hookproof.conformance.running.run import Plan, Surroundings, run_test
from hookproof.findings import Severity
from hookproof.http.target import resolve_target
from hookproof.signature import verify
from hookproof.testing import Incoming, Receiver, Refused, Reply, serve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.conformance.generation.fuzzer import Generated
    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.testing.receiver import Delivered

RECORD, GME = "zego_rtc/record", "tencent_gme/recording"


class Prepared(dict[Any, Any]):
    """A corpus that has the same generated payloads for every callback."""

    def __init__(self, *payloads: Generated) -> None:
        super().__init__()
        self.payloads = list(payloads)

    def get(self, *_: object) -> list[Generated]:
        """The same for every callback."""
        return self.payloads


def run(
    receiver: type[Receiver],
    *names: str,
    max_cases: int = 45,
    generated: Sequence[Generated] = (),
    around: dict[str, Any] | None = None,
    **options: Any,
) -> ReceiverReport:
    """Test a receiver on some callbacks, with the given payloads in place of generated ones."""
    # Several products on one URL number their events alike; each test is of one or two.
    secrets = dict.fromkeys([callback(name).area for name in names], SECRET)
    plan = Plan([callback(name) for name in names], secrets, max_cases, **options)
    surroundings = Surroundings(corpus=Prepared(*generated), **(around or {}))
    with serve(receiver(contract(), secrets=secrets)) as url:
        return run_test(resolve_target(url), plan, surroundings=surroundings)


def told(report: ReceiverReport, severity: Severity = Severity.ERROR) -> list[tuple[str, str]]:
    """Code and place of the findings of a severity."""
    return [(f.code, f.where) for f in report.findings if f.severity is severity]


class TakesHexOnly(Receiver):
    """Knows one of the two ways of writing the signature."""

    def proves(self, delivered: Delivered) -> bool:
        """Whether the signature is right and hexadecimal."""
        verdict = verify(
            delivered.callback.signature,
            SECRET,
            payload=delivered.payload,
            body=delivered.incoming.body,
            headers=delivered.incoming.headers,
        )
        return verdict.valid and verdict.encoding == "hex"


def test_the_encoding_that_is_accepted_is_used_for_the_rest() -> None:
    """A receiver that takes one way of writing signatures is advised, and tested in that way."""
    report = run(TakesHexOnly, GME)
    assert told(report, Severity.WARNING) == [("HP418", "")]
    assert told(report) == []
    assert report.callbacks[GME].control is Control.ACCEPTED
    assert report.callbacks[GME].checks[Check.ACCEPTS_GENUINE] is State.PASS


def test_either_reading_of_the_page_is_a_control() -> None:
    """A receiver that knows only the sample's reading is tested on, and told of the table's."""
    name = "zego_rtc/procedure"
    report = run(CAST["KnowsTheSampleOnly"], name)
    assert report.callbacks[name].control is Control.ACCEPTED
    assert report.callbacks[name].checks[Check.ACCEPTS_GENUINE] is State.PASS
    assert {code for code, _ in told(report)} == {"HP403"}


def test_without_a_control_nothing_else_is_sent() -> None:
    """A receiver that refuses the genuine callback proves nothing by refusing forgeries."""
    # Nothing but what may tell why.
    report = run(CAST["UsesAnotherSecret"], RECORD)
    result = report.callbacks[RECORD]
    assert result.control is Control.REFUSED
    assert result.checks[Check.ACCEPTS_GENUINE] is State.FAIL
    assert set(result.checks.values()) == {State.FAIL, State.INCONCLUSIVE}
    assert told(report) == [("HP401", "")]


@pytest.mark.parametrize(
    ("fault", "control", "code"),
    [
        ("AlwaysFails", Control.CRASHED, "HP404"),
        ("IsNotThere", Control.REFUSED, "HP401"),
        ("ClosesWithoutAnswer", Control.NO_ANSWER, "HP405"),
        ("SpeaksNoHttp", Control.NO_ANSWER, "HP417"),
    ],
)
def test_the_control_tells_how_it_went(fault: str, control: Control, code: str) -> None:
    """Accepted, refused, crashed or no answer: the matrix says which."""
    report = run(CAST[fault], RECORD)
    assert report.callbacks[RECORD].control is control
    assert told(report) == [(code, "")]


class RefusesLongTexts(Receiver):
    """Has a column of twenty letters for one field."""

    def process(self, delivered: Delivered) -> None:
        """Refuse what does not fit the column."""
        if len(delivered.payload["stream_alias"]) > 20:
            raise Refused(400, "too long")


def test_a_finding_points_at_what_was_special() -> None:
    """Where one field differs from the accepted callback, its pointer is given, once."""
    report = run(RefusesLongTexts, RECORD, max_cases=200)
    assert told(report) == [("HP402", "/stream_alias")]
    [finding] = [f for f in report.findings if f.severity is Severity.ERROR]
    assert finding.count == 4
    # It is told by a value that was sent again and refused again.
    assert finding.message.startswith("/stream_alias holding ")
    assert finding.message.split(":")[0] in {variant.what for variant in finding.variants}
    assert finding.reproduce.splitlines()[-1].startswith("curl ")


def test_a_silence_that_repeats_is_waited_for_no_more() -> None:
    """After a request that stays without an answer its check is left, and the others go on."""
    report = run(CAST["HangsOnForgery"], RECORD, timeout=0.2)
    [finding] = [f for f in report.findings if f.check == "refuses_forged"]
    assert (finding.code, finding.count) == ("HP405", 1)
    assert report.callbacks[RECORD].checks[Check.ACCEPTS_REDELIVERY] is State.PASS


def test_what_was_found_stands_when_the_time_is_up() -> None:
    """A run that is cut short keeps its findings, and says what it could not try."""
    ticks = count(0.0, 1.0)
    around = {"monotonic": lambda: next(ticks)}
    report = run(CAST["AcceptsAnySignature"], RECORD, around=around, time_limit=10.0)
    assert {code for code, _ in told(report)} == {"HP407"}
    assert "time limit of 10 s" in report.incomplete
    assert State.INCONCLUSIVE in report.callbacks[RECORD].checks.values()
    assert report.verdict == "fail"


def test_no_callback_uses_up_the_time_of_the_others() -> None:
    """What is left of the time is shared evenly among the callbacks that are left."""
    ticks = count(0.0, 1.0)
    around = {"monotonic": lambda: next(ticks)}
    report = run(Receiver, *NAMES[:5], around=around, time_limit=50.0)
    sent = [result.requests for result in report.callbacks.values()]
    assert all(sent)
    # Deliveries in parallel are sent together, four of a new event and four of a known one.
    assert max(sent) - min(sent) <= 12


def test_one_that_is_slow_once_has_what_the_others_leave() -> None:
    """A run whose time suffices for all together is not incomplete because of one of them."""
    ticks, late = count(0.0, 1.0), iter([0.0] * 12 + [80.0])

    def clock() -> float:
        clock.lost += next(late, 0.0)  # type: ignore[attr-defined]
        return next(ticks) + clock.lost  # type: ignore[attr-defined]

    clock.lost = 0.0  # type: ignore[attr-defined]
    around = {"monotonic": clock}
    twelve = contract().names(["zego_zim"])[:12]
    report = run(Receiver, *twelve, around=around, max_cases=20, time_limit=600.0)
    assert report.incomplete == ""
    assert {result.requests for result in report.callbacks.values()} == {20}


def test_a_report_says_when_and_how_it_was_made() -> None:
    """What is handed over as evidence tells its moment and its options."""
    report = run(Receiver, RECORD, max_cases=3, around={"clock": lambda: 1_800_000_000.25})
    assert report.started == 1_800_000_000.25
    assert (report.options["max-cases"], report.options["policy"]) == (3, "lenient")


def test_progress_is_told_for_each_request() -> None:
    """Whoever listens hears each callback's name with its requests so far."""
    heard: list[tuple[str, int]] = []
    around = {"progress": lambda name, sent: heard.append((name, sent))}
    run(Receiver, RECORD, GME, around=around, max_cases=4)
    assert heard == [(name, sent) for name in (RECORD, GME) for sent in (1, 2, 3, 4)]


def test_each_area_is_signed_with_its_own_secret() -> None:
    """Secrets of several areas do not get mixed up."""
    areas = {callback(name).area for name in NAMES}
    secrets = {area: f"the secret of {area}".encode() for area in areas}
    plan = Plan([callback(name) for name in NAMES], secrets, max_cases=2)
    with serve(Receiver(contract(), secrets=secrets)) as url:
        report = run_test(resolve_target(url), plan)
    assert {result.control for result in report.callbacks.values()} == {Control.ACCEPTED}
    assert "the secret of" not in repr(plan)


class Refreshing(Receiver):
    """Has a window of five minutes for the moment, by a clock of its own."""

    now = 1_900_000_000.0

    def validate(self, delivered: Delivered) -> None:
        """Refuse what is not of now."""
        super().validate(delivered)
        place = delivered.callback.sent_at
        if place is None:
            return
        scale = 1000 if place.unit == "milliseconds" else 1
        if abs(int(delivered.payload[place.field]) / scale - self.now) > 300:
            raise Refused(401, "out of date")


def test_a_receiver_with_a_time_window_is_not_blamed() -> None:
    """Everything that must be accepted is of now, redeliveries included."""
    around = {"clock": lambda: Refreshing.now + 200}
    report = run(Refreshing, *NAMES, around=around, max_cases=70)
    assert told(report) == []


class KeepsCount(Receiver):
    """Counts how often each body came."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen: Counter[bytes] = Counter()

    def handle(self, incoming: Incoming) -> Reply:
        """Count the body, then answer it."""
        self.seen[incoming.body] += 1
        return super().handle(incoming)


@pytest.mark.parametrize("name", [RECORD, GME])
def test_only_the_genuine_callback_is_delivered_again(name: str) -> None:
    """Three bodies come again and every other one once: nothing is a redelivery by chance."""
    receiver = KeepsCount(contract(), secrets={callback(name).area: SECRET})
    # Within one second a callback without a nonce is sent with the same bytes as before.
    around = Surroundings(clock=lambda: 1_900_000_000.0, corpus=Prepared())
    with serve(receiver) as url:
        plan = Plan([callback(name)], receiver.secrets, max_cases=90)
        run_test(resolve_target(url), plan, surroundings=around)
    times = sorted(receiver.seen.values(), reverse=True)
    # Where the signature is in a header, the body of its forgery is the same, too.
    assert times[0] == (8 if callback(name).signature.place.in_body else 9)
    # New events are delivered four times at once, and twice where the sender gave up first.
    assert times[1:3] == [4, 2]
    assert set(times[3:]) == {1}


# What a policy, a declared encoding and a second control change.


class Lenient(Receiver):
    """Acknowledges whatever is signed right."""

    def validate(self, delivered: Delivered) -> None:
        """Let everything through."""


def test_a_policy_decides_about_broken_payloads() -> None:
    """Acknowledging them is a note under lenient and fails under strict; both ways are told."""
    lenient = run(Lenient, RECORD, max_cases=100)
    assert told(lenient) == []
    assert "HP406" in {code for code, _ in told(lenient, Severity.NOTE)}
    assert lenient.callbacks[RECORD].checks[Check.REFUSES_MALFORMED] is State.SKIPPED
    strict = run(Lenient, RECORD, max_cases=100, policy=Policy.STRICT)
    assert {code for code, _ in told(strict)} == {"HP406"}
    assert strict.callbacks[RECORD].checks[Check.REFUSES_MALFORMED] is State.FAIL


class AcknowledgesEverything(Receiver):
    """Answers 200 to everything, whatever it thinks of it."""

    says = b"ok"

    def handle(self, incoming: Incoming) -> Reply:
        """Refuse in words at most."""
        reply = super().handle(incoming)
        return Reply(200, self.says if reply.status == 401 else b"ok")


class RefusesInWords(AcknowledgesEverything):
    """Answers 200 to everything and says in the body what was wrong."""

    says = b'{"code": 401}'


def test_acknowledging_everything_proves_nothing_but_in_words() -> None:
    """Under ack-all refusals are inconclusive, unless the body tells of them."""
    for receiver, state in (
        (AcknowledgesEverything, State.INCONCLUSIVE),
        (RefusesInWords, State.PASS),
    ):
        report = run(receiver, GME, max_cases=100, policy=Policy.ACK_ALL)
        assert told(report) == []
        checks = report.callbacks[GME].checks
        assert checks[Check.REFUSES_FORGED] is checks[Check.REFUSES_TAMPERED] is state
        assert checks[Check.REFUSES_MALFORMED] is State.SKIPPED
        assert report.verdict == ("pass" if state is State.PASS else "incomplete")
    report = run(AcknowledgesEverything, GME)
    # One cause, and two checks that it fails.
    assert {code for code, _ in told(report)} == {"HP407"}
    assert report.callbacks[GME].checks[Check.REFUSES_TAMPERED] is State.FAIL


def test_refusing_what_is_broken_breaks_the_policy_to_acknowledge() -> None:
    """A receiver that answers 400 to broken payloads is not one that acknowledges everything."""
    report = run(Receiver, RECORD, max_cases=60, policy=Policy.ACK_ALL)
    assert {code for code, _ in told(report)} == {"HP425"}


def test_encodings_that_are_required_are_errors() -> None:
    """Refusing a documented form is a warning, and an error where it was said to be needed."""
    report = run(CAST["ReadsJsonOnly"], RECORD)
    assert told(report) == []
    assert {code for code, _ in told(report, Severity.WARNING)} == {"HP415"}
    needed = ("json", "form", "percent-json")
    report = run(CAST["ReadsJsonOnly"], RECORD, body_encodings=needed)
    assert {code for code, _ in told(report)} == {"HP403"}


class ReadsFormsOnly(Receiver):
    """Reads forms and nothing else."""

    def handle(self, incoming: Incoming) -> Reply:
        """Refuse JSON."""
        return Reply(415) if incoming.body.startswith((b"{", b"%7B")) else super().handle(incoming)


def test_everything_is_written_in_the_encoding_that_was_asked_for() -> None:
    """A receiver of forms is tested with forms; that it reads no JSON is a warning then."""
    report = run(ReadsFormsOnly, RECORD, max_cases=60, body_encodings=("form",))
    assert report.callbacks[RECORD].control is Control.ACCEPTED
    assert told(report) == []
    assert {code for code, _ in told(report, Severity.WARNING)} == {"HP415"}


class Tires(Receiver):
    """Answers 429 after so many requests."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = 60

    def handle(self, incoming: Incoming) -> Reply:
        """Answer as long as it is not tired."""
        self.left -= 1
        return super().handle(incoming) if self.left > 0 else Reply(429)


def test_a_second_control_at_the_end_shows_a_receiver_that_stopped() -> None:
    """What was refused after it had stopped accepting proves nothing."""
    # It is waited for longer each time, for a minute at the end.
    report = run(Tires, RECORD, max_cases=90, around={"sleep": lambda _: None})
    assert "HP427" in {code for code, _ in told(report)}
    assert report.callbacks[RECORD].checks[Check.REFUSES_FORGED] is State.INCONCLUSIVE


class Lies(Receiver):
    """Answers 200 with an error in its body to letters beyond ASCII."""

    def handle(self, incoming: Incoming) -> Reply:
        """Fail without saying so to the vendor."""
        reply = super().handle(incoming)
        lies = reply.status == 200 and not incoming.body.isascii()
        return Reply(200, b'{"success": false}') if lies else reply


def test_an_error_in_the_body_of_an_acknowledgement_is_told_once() -> None:
    """However often it came, the lie is one warning."""
    report = run(Lies, GME, max_cases=120)
    assert told(report) == []
    assert told(report, Severity.WARNING) == [("HP420", "")]


def test_the_time_of_every_answer_is_kept() -> None:
    """Latencies are of all answers, in shares that grow."""
    result = run(Receiver, GME).callbacks[GME]
    assert len(result.latencies) == result.requests == 45
    assert list(result.latency.values()) == sorted(result.latency.values())


class WantsItsHeaders(Receiver):
    """Wants a length and a type, as some servers do."""

    def read(self, incoming: Incoming) -> Any:
        """Refuse a request without either."""
        names = {name.lower() for name, _ in incoming.headers}
        if not {"content-length", "content-type"} <= names:
            raise Refused(411, "not without")
        return super().read(incoming)


def test_a_header_is_shown_as_it_was_sent() -> None:
    """The line for a shell leaves the type out, or sends in chunks, where the request did so."""
    report = run(WantsItsHeaders, RECORD, max_cases=90)
    found = {f.kind: f for f in report.findings if f.code == "HP421"}
    assert set(found) == {"no-type", "chunks"}
    assert "-H 'Content-Type:'" in found["no-type"].reproduce
    assert "no Content-Type" in found["no-type"].message
    assert "no Content-Type says otherwise" in found["no-type"].hint
    assert "chunked" in found["chunks"].reproduce
    assert "in chunks" in found["chunks"].message
    assert "length is not told" in found["chunks"].hint


def test_cases_tell_their_number_where_that_is_wanted() -> None:
    """A receiver's log and the findings name the same number; without the option there is none."""

    class Logs(RefusesLongTexts):
        logged: ClassVar[dict[str, int]] = {}

        def handle(self, incoming: Incoming) -> Reply:
            reply = super().handle(incoming)
            number = dict(incoming.headers).get("X-Hookproof-Case", "")
            self.logged[number] = reply.status
            return reply

    report = run(Logs, RECORD, max_cases=200, case_header=True)
    [finding] = [f for f in report.findings if f.severity is Severity.ERROR]
    assert Logs.logged[str(finding.case)] == 400
    assert {Logs.logged[str(one.case)] for one in finding.variants} == {400}
    Logs.logged.clear()
    report = run(Logs, RECORD, max_cases=200)
    assert list(Logs.logged) == [""]
    assert {finding.case for finding in report.findings} == {None}


def test_a_run_begins_without_what_it_does_not_need() -> None:
    """Neither the readers of captures nor the models of a journal are there when a test begins."""
    wanted = "hookproof.conformance.running.run, hookproof.report.writers, hookproof.report.text"
    late = "{'pydantic', 'hookproof.captures', 'hookproof.validation_run', 'schemathesis'}"
    script = f"import sys, {wanted}; print(sorted({late} & sys.modules.keys()))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
