"""A vendor that asks for its challenge back gets it, in any form that its page documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from acceptance.receiver_runs import SECRET, SHARED

from hookproof.conformance.running.run import Plan, run_test
from hookproof.contract import Contract, contract_in
from hookproof.findings import Severity
from hookproof.http.target import resolve_target
from hookproof.testing import Receiver, serve
from hookproof.testing.receiver import Reply

if TYPE_CHECKING:
    from hookproof.testing.receiver import Delivered

SLACK = Path(__file__).parents[2] / "examples" / "contracts" / "slack"


class AnswersInJson(Receiver):
    """Gives the challenge back as a member of an object."""

    def acknowledge(self, delivered: Delivered) -> Reply:
        """Another documented form than the first one."""
        return Reply(200, json.dumps({"challenge": delivered.payload["challenge"]}).encode())


class AnswersOk(Receiver):
    """Gives nothing back."""

    def acknowledge(self, _: Delivered) -> Reply:
        """What most vendors are content with."""
        return Reply(200, b"ok")


class AnswersTheSame(Receiver):
    """Gives the challenge back that stands in the documentation, whatever is asked."""

    def acknowledge(self, _: Delivered) -> Reply:
        """Right once, by chance."""
        return Reply(200, b"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P")


@pytest.mark.parametrize(
    ("receiver", "found"),
    [
        (Receiver, []),
        (AnswersInJson, []),
        (AnswersOk, ["HP414"]),
        (AnswersTheSame, ["HP414"]),
    ],
)
def test_an_answer_gives_the_challenge_back(receiver: type[Receiver], found: list[str]) -> None:
    """Plain text and JSON are right, anything else is an error of the receiver."""
    contract = Contract(contract_in(SLACK))
    secrets = {"slack": SECRET}
    plan = Plan([contract.callback("url_verification")], secrets, max_cases=60)
    with serve(receiver(contract, secrets=secrets)) as url:
        report = run_test(resolve_target(url), plan, surroundings=SHARED)
    told = [one.code for one in report.findings if one.severity is Severity.ERROR]
    assert told == found
