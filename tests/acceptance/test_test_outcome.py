"""`hookproof test`: what it sends, and what it prints, writes and exits with."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.command import (
    FEW,
    NOBODY,
    SECRETS,
    TESTED,
    TWO,
    Ran,
    Recorder,
    execute,
    read_report,
    served,
)
from acceptance.receiver_runs import contract
from cast import CAST

from hookproof.conformance.checks import Check
from hookproof.report.writers import WRITERS
from hookproof.testing import Receiver, Reply, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hookproof.testing.receiver import Incoming


# What is sent.


def test_a_callback_is_chosen_by_its_short_name(
    run_test_command: Callable[..., Ran], tmp_path: Path, report_schema: dict[str, Any]
) -> None:
    """--callback takes a unique short name and repeats; nothing else is sent."""
    receiver = Recorder(contract(), secrets=SECRETS)
    with serve(receiver) as url:
        run_test_command(
            url,
            *FEW,
            *("--callback", "record", "--callback", "zego_rtc/compose"),
            *("--report", f"json={tmp_path}/r.json"),
        )
    report = read_report(tmp_path / "r.json", report_schema)
    assert set(report["callbacks"]) == {"zego_rtc/record", "zego_rtc/compose"}
    assert report["totals"]["requests"] == len(receiver.got)
    assert report["untested"] == {}


def test_areas_are_chosen_and_repeat(
    run_test_command: Callable[..., Ran], tmp_path: Path, report_schema: dict[str, Any]
) -> None:
    """--area repeats; whatever it names is tested."""
    with served() as url:
        areas = sorted(contract().areas, key=lambda area: len(contract().names([area])))[:3]
        words = [word for area in areas for word in ("--area", area)]
        run_test_command(url, *FEW, *words, "--report", f"json={tmp_path}/r.json")
    report = read_report(tmp_path / "r.json", report_schema)
    assert set(report["callbacks"]) == set(contract().names(areas))
    assert report["totals"]["error"] == 0
    assert report["untested"] == {}


@pytest.mark.parametrize("most", [1, 2, 41])
def test_no_more_requests_are_sent_than_allowed(
    most: int, run_test_command: Callable[..., Ran], tmp_path: Path, report_schema: dict[str, Any]
) -> None:
    """--max-cases counts every request of a callback, the genuine one and redeliveries too."""
    receiver = Recorder(contract(), secrets=SECRETS)
    with serve(receiver) as url:
        options = (*TWO, "--max-cases", most)
        run_test_command(url, *options, "--report", f"json={tmp_path}/r.json")
    report = read_report(tmp_path / "r.json", report_schema)
    assert {result["requests"] for result in report["callbacks"].values()} == {most}
    assert len(receiver.got) == most * len(TESTED)


@pytest.mark.parametrize("most", [1, 2])
def test_the_most_requests_hold_for_a_receiver_that_refuses_everything(
    most: int, run_test_command: Callable[..., Ran]
) -> None:
    """A receiver that refuses every reading of the genuine callback gets no more either."""

    class Refusing(Recorder):
        def handle(self, incoming: Incoming) -> Reply:
            self.got.append(incoming)
            return Reply(403)

    receiver = Refusing(contract(), secrets=SECRETS)
    with serve(receiver) as url:
        ran = run_test_command(url, *TWO, "--max-cases", most)
    assert ran.code == 1
    assert len(TESTED) <= len(receiver.got) <= most * len(TESTED)


def test_requests_look_like_the_vendors(run_test_command: Callable[..., Ran]) -> None:
    """Every request is a POST to the URL's own path and query."""
    receiver = Recorder(contract(), secrets=SECRETS)
    with serve(receiver) as url:
        run_test_command(f"{url}hooks/callback?from=vendor%2F1", *TWO, *FEW)
    own = "/hooks/callback?from=vendor%2F1"
    more = {incoming.path.removeprefix(own) for incoming in receiver.got}
    assert all(not rest or rest.startswith("&Signature=") for rest in more)
    assert "" in more
    assert all(dict(incoming.headers).get("Content-Type") for incoming in receiver.got)


# What comes of it.


def test_a_correct_receiver_passes(
    run_test_command: Callable[..., Ran], tmp_path: Path, report_schema: dict[str, Any]
) -> None:
    """With requests enough for every check a correct receiver passes with 0, quietly in a pipe."""
    with served() as url:
        ran = run_test_command(url, *TWO, "--max-cases", 80, "--report", f"json={tmp_path}/r.json")
    report = read_report(tmp_path / "r.json", report_schema)
    assert (ran.code, ran.err, report["verdict"], report["reason"]) == (0, "", "pass", "")
    assert "\x1b" not in ran.out
    count = f"{80 * len(TESTED):,}"
    callbacks = f"{len(TESTED)} callbacks"
    assert ran.out.startswith(f"PASS  nothing wrong in {callbacks}; {count} requests in ")
    for result in report["callbacks"].values():
        assert list(result["checks"]) == [check.value for check in Check]


def test_a_faulty_receiver_fails(
    run_test_command: Callable[..., Ran], tmp_path: Path, report_schema: dict[str, Any]
) -> None:
    """A fault ends with 1; text and report name it, the callbacks, the page and how to see it."""
    with served(CAST["AcceptsMissingSignature"]) as url:
        ran = run_test_command(url, *TWO, "--max-cases", 60, "--report", f"json={tmp_path}/r.json")
    report = read_report(tmp_path / "r.json", report_schema)
    assert (ran.code, report["verdict"]) == (1, "fail")
    errors = [finding for finding in report["findings"] if finding["severity"] == "error"]
    assert {(e["code"], e["check"], e["status"]) for e in errors} == {
        ("HP407", "refuses_forged", 200)
    }
    assert {e["callback"] for e in errors} == set(TESTED)
    assert all(e["source"].startswith("https://") and e["hint"] for e in errors)
    assert all("curl " in e["reproduce"] and url in e["reproduce"] for e in errors)
    assert "accepts a forgery" in ran.out
    count = f"{60 * len(TESTED):,}"
    assert ran.out.startswith("FAIL  ")
    assert f"{count} requests in " in ran.out.splitlines()[0]


@pytest.mark.parametrize(
    ("receiver", "fail_on", "code"),
    [
        ("Receiver", "error", 0),
        ("Receiver", "warning", 0),
        ("Receiver", "note", 1),
        ("AnswersAnotherBody", "error", 0),
        ("AnswersAnotherBody", "warning", 1),
        ("AnswersAnotherBody", "note", 1),
        ("AlwaysFails", "warning", 1),
        ("AlwaysFails", "never", 0),
    ],
)
def test_fail_on_says_how_heavy_a_finding_must_be(
    receiver: str, fail_on: str, code: int, run_test_command: Callable[..., Ran]
) -> None:
    """The exit code is 1 where a finding is as heavy as --fail-on, and 0 for lighter ones."""
    with served({"Receiver": Receiver, **CAST}[receiver]) as url:
        ran = run_test_command(url, "--callback", "record", "--max-cases", 60, "--fail-on", fail_on)
    assert ran.code == code


def test_a_report_makes_its_folder(run_test_command: Callable[..., Ran], tmp_path: Path) -> None:
    """The folder of a report need not be there, and --report repeats."""
    paths = [tmp_path / "new" / "deep" / "r.json", tmp_path / "other=1.json"]
    options = [part for path in paths for part in ("--report", f"json={path}")]
    ran = run_test_command(NOBODY, *TWO, *options)
    assert ran.code == 3
    assert paths[0].read_text() == paths[1].read_text()


@pytest.mark.parametrize("form", WRITERS)
def test_every_format_is_shown_and_written(
    form: str, run_test_command: Callable[..., Ran], tmp_path: Path
) -> None:
    """The same report goes to standard output with --format and to a file with --report."""
    path = tmp_path / f"report.{form}"
    with served(CAST["AcceptsMissingSignature"]) as url:
        options = ("--callback", "zego_rtc/record", "--max-cases", 30)
        ran = run_test_command(url, *options, "--format", form, "--report", f"{form}={path}")
    assert ran.code == 1
    assert ran.out == path.read_text(encoding="utf-8")
    assert "HP407" in ran.out


def test_what_was_accepted_counts_as_covered(
    run_test_command: Callable[..., Ran], tmp_path: Path, report_schema: dict[str, Any]
) -> None:
    """A correct receiver was asked for nearly all; one that refuses all has exercised nothing."""
    shares = {}
    for name, receiver in {"good": Receiver, "bad": CAST["AlwaysFails"]}.items():
        path = tmp_path / f"{name}.json"
        with served(receiver) as url:
            options = ("--callback", "zego_rtc/record", "--max-cases", 40)
            run_test_command(url, *options, "--report", f"json={path}")
        report = read_report(path, report_schema)
        shares[name] = {k: (v["seen"], v["documented"]) for k, v in report["coverage"].items()}
    assert shares["good"] == {
        "callbacks": (1, 1),
        "fields": (16, 16),
        "values": (1, 1),
        "shapes": (3, 3),
        "encodings": (3, 3),
    }
    assert {seen for seen, _ in shares["bad"].values()} == {0}


def test_a_report_that_cannot_be_written_is_told_in_a_line(
    run_test_command: Callable[..., Ran], tmp_path: Path
) -> None:
    """A place where no file can be written ends with 2; what was found is shown all the same."""
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "r.json", tmp_path):
        ran = run_test_command(NOBODY, *TWO, "--report", f"json={place}")
        assert ran.code == 2
        line, *hints = ran.err.splitlines()
        assert line.startswith(f"hookproof: the report {place} cannot be written: ")
        assert all(hint.startswith("  hint: ") for hint in hints)
        assert ran.out.startswith("UNREACHABLE")


class Slow(Receiver):
    """A correct receiver that takes its time."""

    def handle(self, incoming: Incoming) -> Reply:
        """Answer after a third of a second."""
        reply = super().handle(incoming)
        return Reply(reply.status, reply.body, delay=0.3)


def test_a_time_limit_that_does_not_suffice_is_incomplete(
    run_test_command: Callable[..., Ran], tmp_path: Path, report_schema: dict[str, Any]
) -> None:
    """When the time is up what was not tried is inconclusive, and the run ends with 4."""
    started = time.monotonic()
    with served(Slow) as url:
        options = (*TWO, "--time-limit", 1)
        ran = run_test_command(url, *options, "--report", f"json={tmp_path}/r.json")
    assert time.monotonic() - started < 10
    report = read_report(tmp_path / "r.json", report_schema)
    assert (ran.code, report["verdict"]) == (4, "incomplete")
    assert (report["reason"], report["run"]["options"]["time-limit"]) == (
        "the time limit of 1 s did not suffice",
        1.0,
    )
    for result in report["callbacks"].values():
        assert result["control"] in {"accepted", None}
        assert "inconclusive" in result["checks"].values()


def test_help_names_every_option() -> None:
    """The help of the command lists what it takes."""
    ran = execute("--help")
    assert ran.code == 0
    for option in (
        *("--secret-env", "--secret-file", "--callback", "--area", "--max-cases", "--time-limit"),
        *("--timeout", "--seed", "--fail-on", "--report", "--allow-host", "--schema"),
        *("--policy", "--encodings"),
    ):
        assert option in ran.out


# What is declared.


class AcknowledgesAll(Receiver):
    """Answers 200 to everything."""

    def handle(self, incoming: Incoming) -> Reply:
        """Acknowledge it, whatever it is."""
        super().handle(incoming)
        return Reply(200, b"1")


def test_who_acknowledges_everything_can_say_so(run_test_command: Callable[..., Ran]) -> None:
    """Under ack-all nothing is proved of forgeries, so the run is incomplete and not a failure."""
    options = ("--callback", "record", "--max-cases", 60)
    with served(AcknowledgesAll) as url:
        lenient = run_test_command(url, *options)
        declared = run_test_command(url, *options, "--policy", "ack-all")
    assert (lenient.code, declared.code) == (1, 4)
    assert "refusals cannot be seen" in declared.out


def test_strict_is_declared_too(run_test_command: Callable[..., Ran]) -> None:
    """A receiver that acknowledges broken payloads passes as it is, and fails under strict."""
    options = ("--callback", "record", "--max-cases", 60)
    with served(CAST["AcknowledgesBrokenPayloads"]) as url:
        assert run_test_command(url, *options).code == 0
        strict = run_test_command(url, *options, "--policy", "strict")
    assert strict.code == 1
    assert "acknowledges broken payloads" in strict.out


def test_encodings_that_must_be_read_are_named(run_test_command: Callable[..., Ran]) -> None:
    """What --encodings names is an error when it is refused; a name that is none ends with 2."""
    options = ("--callback", "record", "--max-cases", 60)
    with served(CAST["ReadsJsonOnly"]) as url:
        assert run_test_command(url, *options).code == 0
        assert run_test_command(url, *options, "--encodings", "json, form").code == 1
        wrong = run_test_command(url, *options, "--encodings", "xml")
    assert wrong.code == 2
    assert "'xml' is no body encoding; known are json, form, percent-json" in wrong.err


def test_a_refused_control_is_explained(run_test_command: Callable[..., Ran]) -> None:
    """The mistake in the receiver's own signature is told in the block of the finding."""
    with served(CAST["UsesHmac"]) as url:
        ran = run_test_command(url, "--callback", "record")
    assert ran.code == 1
    assert "An HMAC was computed (timestamp + nonce)" in " ".join(ran.out.split())
