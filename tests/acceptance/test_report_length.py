"""The report is read from its first line, and its text fits on a screen."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from acceptance.receiver_runs import SECRET, SHARED, contract
from cast import CAST

from hookproof.conformance.running.run import Plan, run_test
from hookproof.http.target import resolve_target
from hookproof.report.of_receiver import receiver_report
from hookproof.report.text import as_text
from hookproof.signature.secrets import SecretSource
from hookproof.testing import Receiver, Reply, serve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.payload.body import Body
    from hookproof.report.model import Report
    from hookproof.testing.receiver import Delivered, Incoming

VARIABLE = "HOOKPROOF_SECRET_ZEGO_RTC"
CODE = re.compile(r"^ +(\d+) +(error|warning|note) +(HP\d+)", re.MULTILINE)


class Trusting(Receiver):
    """Looks at no field before it is used, and answers 500 where one is not as expected."""

    fields: ClassVar[dict[str, str]] = {
        "zego_rtc/room_login": "user_nickname",
        "zego_rtc/room_logout": "user_account",
    }

    def validate(self, delivered: Delivered) -> None:
        """Use one field of each callback."""
        name = self.fields.get(delivered.callback.path)
        if name:
            delivered.payload[name].upper()


class Careless(Trusting):
    """Takes a callback without a signature, and stumbles over brackets."""

    def proves(self, delivered: Delivered) -> bool:
        """Whether the signature is right, or missing."""
        place = delivered.callback.signature.place.field
        return place not in delivered.payload or super().proves(delivered)

    def read(self, incoming: Incoming) -> Body:
        """Read as Python's own reader does, which gives up on what is too deep."""
        if incoming.body.startswith(b"[[["):
            raise RecursionError
        return super().read(incoming)


class DiesWithoutParameters(Receiver):
    """Reads what stands in `extra_params` and expects it to be there."""

    def validate(self, delivered: Delivered) -> None:
        """Use a field of the nested JSON."""
        json.loads(delivered.payload["extra_params"])["Duration"]


class SortsNothing(Receiver):
    """Computes the signature over the values in a fixed order."""

    def proves(self, delivered: Delivered) -> bool:
        """Whether the signature is one that nobody sends."""
        return delivered.payload.get("signature") == "unsorted"


def report_on(receiver: type[Receiver], names: Sequence[str], url: str = "") -> ReceiverReport:
    """The report on a receiver, with the secret in the variable of the product."""
    callbacks = [contract().callback(name) for name in names]
    secrets = dict.fromkeys([callback.area for callback in callbacks], SECRET)
    sources = dict.fromkeys(secrets, SecretSource(VARIABLE))
    plan = Plan(callbacks, secrets, max_cases=150, sources=sources)
    if url:
        return run_test(resolve_target(url), plan, surroundings=SHARED)
    with serve(receiver(contract(), secrets=secrets)) as served:
        return run_test(resolve_target(served), plan, surroundings=SHARED)


def lines_of(told: ReceiverReport) -> list[str]:
    """The text as it is printed where no terminal is: no line over 100 columns."""
    lines = as_text(receiver_report(told)).splitlines()
    assert max(map(len, lines)) <= 100
    return lines


@pytest.mark.parametrize(
    "names", [["tencent_trtc/room_entered"], ["zego_rtc/record", "zego_rtc/room_login"]]
)
def test_a_pass_takes_twelve_lines(names: list[str]) -> None:
    """A correct receiver is told of in a few lines, the verdict in the first."""
    lines = lines_of(report_on(Receiver, names))
    assert lines[0].startswith("PASS  nothing wrong in ")
    assert len(lines) <= 12


@pytest.mark.parametrize(
    ("receiver", "names"),
    [
        (DiesWithoutParameters, ["zego_rtc/record"]),
        (Trusting, ["zego_rtc/room_login"]),
        (SortsNothing, ["zego_rtc/record", "zego_rtc/room_login"]),
    ],
)
def test_one_mistake_fits_on_a_screen(receiver: type[Receiver], names: list[str]) -> None:
    """Forty lines of a hundred columns hold verdict, cause, next step and recipe."""
    lines = lines_of(report_on(receiver, names))
    assert lines[0].startswith("FAIL  ")
    assert CODE.match(lines[2])
    assert len(lines) <= 40


class TakesNoJson(Receiver):
    """Answers 415 to all that is no form."""

    def handle(self, incoming: Incoming) -> Reply:
        """Refuse JSON by its media type."""
        is_json = any("json" in value for name, value in incoming.headers if "type" in name.lower())
        return Reply(415, b"forms only") if is_json else super().handle(incoming)


class TakesSmallBodies(Receiver):
    """Answers 413 to more than a kilobyte, as a proxy does that nobody has set up."""

    def handle(self, incoming: Incoming) -> Reply:
        """Refuse what is long."""
        return Reply(413) if len(incoming.body) > 1024 else super().handle(incoming)


class CountsRequests(Receiver):
    """Answers 429 from the fortieth request on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = 40

    def handle(self, incoming: Incoming) -> Reply:
        """Count down."""
        self.left -= 1
        return super().handle(incoming) if self.left > 0 else Reply(429)


RECORD, GME, TRTC = "zego_rtc/record", "tencent_gme/recording", "tencent_trtc/room_entered"
# A mistake, and what the first thing that one reads has to say of it.
MISTAKES = [
    (CAST["AcceptsAnySignature"], GME, "HP407", "a signature made without the secret passes"),
    (CAST["AcceptsAnySignature"], RECORD, "HP407", "a signature made without the secret passes"),
    (CAST["AcceptsMissingSignature"], TRTC, "HP407", "by leaving the signature out"),
    (CAST["ComparesTheBeginning"], RECORD, "HP407", "only a part is compared"),
    (CAST["SignsReserialisedJson"], GME, "HP409", "the bytes as they"),
    (CAST["ReadsTheSignatureFromTheUrl"], RECORD, "HP401", "in the URL's query"),
    (CAST["JoinsInFixedOrder"], RECORD, "HP402", "sort them as texts"),
    (CAST["RefusesRedelivery"], RECORD, "HP411", "answer a known event as the first time"),
    (CAST["Redirects"], RECORD, "HP401", "it redirects to"),
    (CAST["IsNotThere"], RECORD, "HP401", "is the path right?"),
    (CAST["WantsAnotherMethod"], RECORD, "HP401", "POST is not allowed at this path"),
    (CAST["AlwaysFails"], RECORD, "HP404", "look at the receiver's log"),
    (CAST["CrashesOnOtherTypes"], RECORD, "HP404", "answer 4xx to what it cannot use"),
    (TakesNoJson, RECORD, "HP401", "it does not take this Content-Type"),
    (TakesSmallBodies, RECORD, "HP402", "its limit of bodies is below what the vendor sends"),
    (CountsRequests, RECORD, "HP427", "it limits requests"),
]


def test_the_first_cause_leads_to_the_mistake() -> None:
    """Whatever the mistake is: forty lines, the first cause is it, and the next step mends it."""
    wrong = {}
    for receiver, name, code, words in MISTAKES:
        lines = lines_of(report_on(receiver, [name]))
        first, steps = CODE.search("\n".join(lines)), " ".join(" ".join(lines).split())
        block = steps.rpartition(f" 1 error {code} ")[2].partition(" page ")[0]
        if len(lines) > 40 or first is None or first[3] != code or words not in block:
            wrong[f"{receiver.__name__} {name}"] = (len(lines), first and first[0], block[:300])
    assert wrong == {}


def test_twenty_callbacks_with_three_causes_take_sixty_lines() -> None:
    """Callbacks are put together, and the matrix is folded where they agree."""
    names = contract().names(["zego_rtc"])
    told = report_on(Careless, names)
    lines = lines_of(told)
    assert len(lines) <= 60
    assert lines[0].startswith("FAIL  ")
    assert CODE.findall("\n".join(lines))[0] == ("1", "error", "HP407")
    assert "in all 20 callbacks" in " ".join(" ".join(lines).split())


def test_two_fields_of_two_callbacks_are_both_named() -> None:
    """What was lost when causes were put together by their ordinal."""
    told = report_on(Trusting, list(Trusting.fields))
    text = "\n".join(lines_of(told))
    causes = " ".join(text.split("\n\n")[1].split())
    assert "/user_nickname missing" in causes
    assert "/user_account missing" in causes


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_what_is_pasted_shows_it_again(tmp_path: Path) -> None:
    """The recipe out of the text, as it stands there, gets the status of the finding."""
    area = dict.fromkeys(["zego_rtc"], SECRET)
    with serve(DiesWithoutParameters(contract(), secrets=area)) as url:
        told = report_on(DiesWithoutParameters, ["zego_rtc/record"], url)
        pasted = recipe_in(receiver_report(told))
        around = {"PATH": os.environ["PATH"], "TMPDIR": str(tmp_path)}
        unset = subprocess.run(["sh", "-c", pasted], env=around, capture_output=True, check=False)
        done = subprocess.run(
            ["sh", "-c", pasted],
            env={**around, VARIABLE: SECRET.decode()},
            capture_output=True,
            check=True,
        )
    assert done.stdout.split()[1] == b"500"
    assert unset.returncode != 0
    assert VARIABLE.encode() in unset.stderr


def recipe_in(report: Report) -> str:
    """What a person copies: the lines from `again` on, blanks before them and all."""
    lines = as_text(report).splitlines()
    start = next(at for at, line in enumerate(lines) if line.strip().startswith("again "))
    end = next(at for at, line in enumerate(lines) if at > start and line.endswith(" )"))
    return "\n".join([lines[start].replace("again", "", 1), *lines[start + 1 : end + 1]])
