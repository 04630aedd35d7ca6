"""What playing a scenario came to as the model that pages and build servers are told from."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from hookproof.findings import CODES, ReceiverFinding
from hookproof.report.model import Cause, Report, Run, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator

# By the words of the JSON: the code, and what would be true without it.
FAULTS: Final = {
    "missing": ("HP441", "nothing is missing"),
    "doubled": ("HP442", "nothing is doubled"),
    "stale": ("HP443", "nothing is stale"),
    "torn": ("HP444", "nothing is torn"),
    "extra": ("HP445", "nothing is made up"),
}
_LOST: Final = "HP440"


def play_report(
    found: dict[str, Any], *, lead: str, started: float, seconds: float, crashes: bool
) -> Report:
    """The model of what `hookproof play` has as JSON; `lead` is the verdict as a sentence.

    Only with `crashes` is anything said of what they leave.
    """
    proof = found["proof"]
    steps = dict.fromkeys(one["step"] for one in found["attempts"])
    told = _of_proof(proof, found["scenario"]) if proof else _of_losses(found)
    return Report(
        subject="play",
        verdict=found["verdict"],
        reason=(proof["not_checked"] or proof["ended"]) if proof else "",
        lead=lead,
        unit="way of delivering" if proof else "attempt",
        count=proof["tried"] if proof else len(found["attempts"]),
        run=Run(target=found["target"], started=started, seconds=seconds),
        causes=tuple(_cause(number, *one) for number, one in enumerate(told, start=1)),
        data=found,
        wanted=tuple(
            [true for fault, (_, true) in FAULTS.items() if crashes or fault != "torn"]
            if proof
            else map(_is_received, steps)
        ),
    )


def _is_received(step: str) -> str:
    return f"{step} is received"


def _of_losses(found: dict[str, Any]) -> Iterator[tuple[ReceiverFinding, dict[str, str], int]]:
    for step in found["lost"]:
        made = [one for one in found["attempts"] if one["step"] == step]
        message = f"{step} was never received; at last: {made[-1]['came']}"
        true = _is_received(step)
        yield _finding(_LOST, made[0]["callback"], message, true), {}, len(made)


def _of_proof(
    proof: dict[str, Any], scenario: str
) -> Iterator[tuple[ReceiverFinding, dict[str, str], int]]:
    for one in proof["causes"]:
        code, true = FAULTS[one["fault"]]
        facts = {
            "State": "\n".join(
                f"{d['where']}: wanted {_shown(d['wanted'])}, found {_shown(d['found'])}"
                for d in one["differences"]
            ),
            "Or": "\n".join(one["plays"][1:]),
            "Never received": "\n".join(one["refused"]),
            "Enough": f"{one['deliveries']} deliveries",
        }
        finding = _finding(code, scenario, one["plays"][0], true, hint=one["next"])
        yield finding, {label: text for label, text in facts.items() if text}, one["count"]


def _finding(
    code: str, callback: str, message: str, true: str, *, hint: str = ""
) -> ReceiverFinding:
    return ReceiverFinding(
        code=code,
        severity=CODES[code].severity,
        callback=callback,
        where="",
        message=message,
        hint=hint or CODES[code].hint,
        check=true,
    )


def _cause(number: int, finding: ReceiverFinding, facts: dict[str, str], count: int) -> Cause:
    known_by = f"{finding.code} {finding.callback} {finding.message}"
    seen = Sighting(finding=finding, fingerprint=sha256(known_by.encode()).hexdigest(), count=count)
    return Cause(
        number=number,
        severity=finding.severity,
        code=finding.code,
        check=finding.check,
        facts=facts,
        sightings=(seen,),
    )


def _shown(value: Any) -> str:
    from json import dumps  # noqa: PLC0415

    return "nothing" if value is None else dumps(value)
