"""What a receiver may answer to a payload that breaks the contract: declared, not guessed."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from hookproof.findings import Severity


class Policy(StrEnum):
    """How a team has decided to answer what it cannot use.

    strict: a malformed payload gets 4xx. lenient: anything but a crash or silence. ack-all:
    always an acknowledgement, since a vendor only sends again otherwise; whether forgeries are
    refused can then be seen in the answer's body alone.
    """

    STRICT = "strict"
    LENIENT = "lenient"
    ACK_ALL = "ack-all"


_SEVERITIES: Final = {("HP406", Policy.STRICT): Severity.ERROR}


def severity_under(policy: Policy, code: str, usual: Severity) -> Severity:
    """How heavy a finding is under a policy."""
    return _SEVERITIES.get((code, policy), usual)
