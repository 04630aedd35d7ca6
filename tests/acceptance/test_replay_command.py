"""`hookproof replay`: findings tried again, on a receiver as it was and on a mended one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from acceptance.command import CANARY, FEW, SECRETS, Ran, Recorder, clean
from acceptance.receiver_runs import contract
from cast import CAST

from hookproof.cli import main
from hookproof.payload.body import read_body
from hookproof.testing import Receiver, Reply, serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.testing.receiver import Incoming

    Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in this process, in a folder of its own, with the secret of these tests."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("HOOKPROOF_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOOKPROOF_SECRET", CANARY)

    def call(*args: Any) -> Ran:
        with pytest.raises(SystemExit) as left:
            main([*map(str, args)])
        out, err = capfd.readouterr()
        return clean(Ran(int(left.value.code or 0), out, err))

    return call


def report_of(run: Run, kind: type[Receiver], *options: Any) -> dict[str, Any]:
    """The report of a test of such a receiver, in r.json."""
    with serve(kind(contract(), secrets=SECRETS)) as url:
        run(
            "test",
            url,
            *(options or ("--callback", "record", "--max-cases", 70)),
            "--report",
            "json=r.json",
        )
    report: dict[str, Any] = json.loads(Path("r.json").read_text(encoding="utf-8"))
    return report


def replayed(run: Run, receiver: Receiver, *options: Any) -> Ran:
    """The report tried again on a receiver."""
    with serve(receiver) as url:
        return run("replay", "r.json", "--url", url, *options)


def errors(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The errors of a report."""
    return [one for one in report["findings"] if one["severity"] == "error"]


FAULTS = [
    "AcceptsMissingSignature",
    "AlwaysFails",
    "RefusesUnknownFields",
    "RefusesRedelivery",
    "CrashesOnRedelivery",
    "NeverChecksSignature",
    "TruncatesIntegers",
    "ClosesWithoutAnswer",
    "SpeaksNoHttp",
    "CrashesInParallel",
    "KnowsBeforeItVerifies",
]


@pytest.mark.parametrize("name", [name for name in FAULTS if name in CAST])
def test_a_finding_holds_until_the_receiver_is_mended(name: str, run: Run) -> None:
    """On the same receiver every error still holds (exit 1), on a correct one none does."""
    report = report_of(run, CAST[name])
    assert errors(report)
    assert all(one["request"] for one in errors(report))
    same = replayed(run, CAST[name](contract(), secrets=SECRETS))
    assert same.code == 1
    assert same.out.count("     still holds\n") >= len(errors(report))
    alone = replayed(run, CAST[name](contract(), secrets=SECRETS), 1)
    assert (alone.code, "1 still holds" in alone.out) == (1, True), alone.out
    mended = replayed(run, Receiver(contract(), secrets=SECRETS), "--fail-on", "error")
    assert mended.code == 0, mended.out
    assert "now" in mended.out


def test_requests_are_of_now_and_signed_anew(run: Run) -> None:
    """What is sent again has another moment, another nonce and a right signature."""
    before = Recorder(contract(), secrets=SECRETS)

    class Refusing(CAST["RefusesUnknownFields"]):  # type: ignore[misc, name-defined]
        def handle(self, incoming: Incoming) -> Reply:
            before.got.append(incoming)
            reply: Reply = super().handle(incoming)
            return reply

    report_of(run, Refusing, "--callback", "record", "--max-cases", 60)
    after = Recorder(contract(), secrets=SECRETS)
    ran = replayed(run, after, "HP412")
    # The genuine callback first; that nothing is wrong any more is seen three times.
    assert (ran.code, len(after.got)) == (0, 4)
    sent = [read_body(one.body).value for one in after.got]
    known = {read_body(one.body).value.get("nonce") for one in before.got if b"nonce" in one.body}
    assert all(one["nonce"] not in known for one in sent)


def test_what_is_refused_with_the_control_is_not_proved(run: Run) -> None:
    """A receiver that refuses the genuine callback too has mended nothing, and ends with 4."""
    report_of(run, CAST["AcceptsMissingSignature"])

    class Refusing(Receiver):
        def handle(self, incoming: Incoming) -> Reply:
            del incoming
            return Reply(403)

    ran = replayed(run, Refusing(contract(), secrets=SECRETS), "HP407")
    assert ran.code == 4
    assert "not proved" in ran.out
    assert "the genuine callback is refused as well" in ran.out


def test_nobody_at_the_address_ends_with_3(run: Run) -> None:
    """Where nobody listens the replay says so and proves nothing."""
    report_of(run, CAST["AcceptsMissingSignature"], "--callback", "record", *FEW)
    ran = run("replay", "r.json", "--url", "http://127.0.0.1:9/")
    assert ran.code == 3
    assert "nobody listens there" in ran.out


def test_a_number_or_code_that_is_not_there_is_told(run: Run) -> None:
    """What was chosen must be in the report, and the hint says what is."""
    report_of(run, CAST["AcceptsMissingSignature"], "--callback", "record", *FEW)
    for chosen in ("0", "999", "HP999", "x", "\u0661"):
        ran = run("replay", "r.json", chosen)
        assert ran.code == 2
        assert "of the codes HP" in ran.complaint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "null",
        '{"findings": 5, "target": "x"}',
        '{"findings": [5], "target": "x"}',
        '{"findings": [{"code": "HP407"}], "target": "http://127.0.0.1:9/"}',
        "[" * 100_000,
    ],
)
def test_what_is_no_report_is_told_in_a_line(text: str, run: Run) -> None:
    """A file that is something else ends with 2."""
    Path("r.json").write_text(text, encoding="utf-8")
    ran = run("replay", "r.json")
    assert ran.code == 2
    assert "is no report of a receiver test" in ran.complaint


def test_a_report_leads_nowhere_that_was_not_allowed(run: Run) -> None:
    """The address in a report is no permission: another host is asked for as in a test."""
    report = report_of(run, CAST["AcceptsMissingSignature"], "--callback", "record", *FEW)
    for target in ("http://192.0.2.1/", "file:///etc/passwd", "http://user:pw@127.0.0.1/"):
        Path("r.json").write_text(json.dumps({**report, "target": target}), encoding="utf-8")
        assert run("replay", "r.json").code == 2


CHANGES: list[dict[str, Any]] = [
    {"content_type": "a\r\nY: b"},
    {"check": "none"},
    {"together": 1000},
    {"together": True},
    {"before": ["same"] * 100},
    {"before": ["all"]},
    {"raw": True, "payload": "%%%"},
    {"shift": 10**20},
    {"form": "xml"},
    {"kept": None},
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_case_that_was_changed_by_hand_is_not_sent(change: dict[str, Any], run: Run) -> None:
    """What no run can have written ends with 2, and nothing of it goes out."""
    report = report_of(run, CAST["RefusesUnknownFields"], "--callback", "record", *FEW)
    [found] = [one for one in report["findings"] if one["code"] == "HP412"]
    case = json.loads(found["request"]["case"])
    found["request"]["case"] = json.dumps({**case, **change})
    Path("r.json").write_text(json.dumps({**report, "findings": [found]}), encoding="utf-8")
    receiver = Recorder(contract(), secrets=SECRETS)
    ran = replayed(run, receiver)
    assert ran.code == 2
    assert "was the report changed by hand?" in ran.complaint
    assert "findings/0/request/case" in ran.complaint
    assert not receiver.got


def test_headers_and_bodies_of_a_report_are_not_sent(run: Run) -> None:
    """What goes out is written anew from the case; what a report shows of it leads nowhere."""
    report = report_of(run, CAST["AcceptsMissingSignature"], "--callback", "record", *FEW)
    for one in report["findings"]:
        if one["request"]:
            one["request"]["headers"].append(["X", "y"])
            one["request"]["body"] = "another"
    Path("r.json").write_text(json.dumps(report), encoding="utf-8")
    receiver = Recorder(contract(), secrets=SECRETS)
    replayed(run, receiver)
    assert receiver.got
    assert all(one.body != b"another" and ("X", "y") not in one.headers for one in receiver.got)


BOTH = ["record", "tencent_gme/recording"]
# Faults of each check that a finding can be of, and of each way to make a request.
SAME_RECEIVER = [
    *FAULTS,
    "AnswersLate",
    "RefusesKnownEvents",
    "CrashesOnMissingFields",
    "CrashesOnBrokenNestedJson",
    "CrashesOnUnreadableBodies",
    "KnowsOneShapeOnly",
    "WantsAscii",
    "HidesErrors",
    "ComparesContentTypes",
    "WantsALength",
    "ReadsJsonOnly",
    "CrashesOnOldMoments",
    "StoresSmallIntegers",
    "AcknowledgesBrokenPayloads",
]


@pytest.mark.parametrize("name", [name for name in SAME_RECEIVER if name in CAST])
def test_on_the_same_receiver_everything_still_holds(name: str, run: Run) -> None:
    """No finding of a run, note or error, is said to be mended on the receiver that has it."""
    # Each late answer costs more than a second, and the first one shows it.
    cases, chosen = (2, ["record"]) if name == "AnswersLate" else (150, BOTH)
    named = [word for one in chosen for word in ("--callback", one)]
    report_of(run, CAST[name], *named, "--max-cases", cases, "--timeout", 1)
    same = replayed(run, CAST[name](contract(), secrets=SECRETS))
    assert "     still holds\n" in same.out
    assert "     no longer holds\n" not in same.out, same.out


def test_every_finding_keeps_its_request(run: Run) -> None:
    """The report holds the bytes of each finding but those on the vendor, and keeps its schema."""
    report = report_of(run, CAST["AcceptsMissingSignature"])
    schema = json.loads(run("test", "--schema").out)
    jsonschema.Draft202012Validator(schema).validate(report)
    without = {one["code"] for one in report["findings"] if one["request"] is None}
    assert without <= {"HP410"}
