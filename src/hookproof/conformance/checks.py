"""The properties that a receiver is tested for, and what became of each."""

from __future__ import annotations

from enum import StrEnum


class Check(StrEnum):
    """One property of a receiver."""

    ACCEPTS_GENUINE = "accepts_genuine"
    ACCEPTS_CONFORMING = "accepts_conforming"
    ACCEPTS_DOCUMENTED_VARIANTS = "accepts_documented_variants"
    SURVIVES_MALFORMED = "survives_malformed"
    REFUSES_MALFORMED = "refuses_malformed"
    REFUSES_FORGED = "refuses_forged"
    REFUSES_TAMPERED = "refuses_tampered"
    ACCEPTS_REDELIVERY = "accepts_redelivery"
    TOLERATES_UNKNOWN_FIELDS = "tolerates_unknown_fields"
    ANSWERS_IN_TIME = "answers_in_time"
    ACKNOWLEDGES_AS_DOCUMENTED = "acknowledges_as_documented"
    TOLERATES_DISORDER = "tolerates_disorder"
    CHECKS_FRESHNESS = "checks_freshness"


class State(StrEnum):
    """What became of a check.

    `inconclusive` means that there was no evidence, `skipped` that there is nothing to test,
    or that a note tells what was seen and neither way is wrong.
    """

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    SKIPPED = "skipped"


class Control(StrEnum):
    """What the receiver did with the genuine callback.

    `unclear` means that it said the same to a forgery, in words that read like a refusal.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    CRASHED = "crashed"
    NO_ANSWER = "no-answer"
    UNCLEAR = "unclear"
