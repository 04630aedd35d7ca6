"""What a request is taken for, what is wrong with it, and what the vendor's page wants answered."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import orjson

from hookproof.errors import UsageError
from hookproof.findings import CaptureFinding, Severity
from hookproof.findings.finding import worst
from hookproof.payload.decode import has_long_number
from hookproof.receiver.event import Acknowledgement
from hookproof.receiver.lane import Lane, acknowledgement, challenge_answer, confirmation_answer
from hookproof.signature import SignatureState, verify
from hookproof.signature.challenge import asked_in
from hookproof.validation.validator import Validator
from hookproof.validation_run.fast_path_router import reading_of
from hookproof.validation_run.summary import NOT_CHECKED, NOT_SIGNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hookproof.contract import Contract
    from hookproof.payload.body import Body
    from hookproof.serve.store import Stored
    from hookproof.signature.secrets import Secrets
    from hookproof.validation.validator import Verdict

_REFUSED: Final = Acknowledgement(401, b"the signature does not prove the sender")
_UNREADABLE: Final = Acknowledgement(400, b"the body cannot be read")
_NOT_POSTED: Final = Acknowledgement(405, b"callbacks are POSTed")
# How many wrong signatures are explained in a second, at most.
_A_SECOND: Final = 10
_LATER: Final = "many came at once; the doctor looks at it when you open it on the page"
_VALID: Final = SignatureState.VALID.value
_PROVES: Final = frozenset({SignatureState.VALID.value, NOT_CHECKED, NOT_SIGNED})


class Address(NamedTuple):
    """What comes to one path: one callback, those of one area, or of all `areas`."""

    areas: tuple[str, ...] = ()
    callback: str | None = None


@dataclass(slots=True)
class _Desk:
    """What judges the requests of one address."""

    validator: Validator
    unsigned: Validator
    lanes: dict[str, tuple[Lane, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Reception:
    """Judges each request by the address that it came to.

    `paths` are the addresses that have a path of their own; any other path takes the callbacks of
    `areas`, or of the whole contract. Signatures are verified where a secret is at hand.
    """

    contract: Contract
    secrets: Secrets = field(repr=False)
    areas: tuple[str, ...] = ()
    paths: dict[str, Address] = field(default_factory=dict)
    accept_all: bool = False
    clock: Callable[[], float] = time.monotonic
    _elsewhere: Address = field(init=False)
    _desks: dict[Address, _Desk] = field(default_factory=dict)
    _answers: dict[str, Acknowledgement] = field(default_factory=dict)
    # When wrong signatures were explained last; strangers make them faster than one explains.
    _explained: deque[float] = field(default_factory=lambda: deque(maxlen=_A_SECOND))

    def __post_init__(self) -> None:
        self._elsewhere = Address(self.areas)

    def judge(self, row: Stored) -> Stored:
        """The request with its callback, findings, the state of its signature, and the status."""
        if row.method != "POST":
            return row._replace(status=self._confirmed(row).status, signature=NOT_CHECKED)
        desk = self.desk(row.url)
        callback, state = self._judge_soon(desk, row)
        if callback:
            return row.judged(callback, state, (), self._acknowledgement(row, callback).status)
        callback, state, findings = self._judge_exactly(desk, row)
        status = self._answer(row, callback, state, findings).status
        return row.judged(callback, state, findings, status)

    def examined(self, row: Stored) -> Stored:
        """The request with what was left for later: why its signature is wrong."""
        if not any(one.hint == _LATER for one in row.findings):
            return row
        _, _, findings = self._judge_exactly(self.desk(row.url), row, at_leisure=True)
        return row._replace(findings=findings)

    def answer(self, row: Stored) -> Acknowledgement:
        """What a judged request is answered: what the page wants, or a plain refusal."""
        return self._answer(row, row.callback, row.signature, row.findings)

    def _answer(
        self, row: Stored, callback: str, state: str, findings: tuple[CaptureFinding, ...]
    ) -> Acknowledgement:
        if row.method != "POST":
            return self._confirmed(row)
        if not self.accept_all:
            if state not in _PROVES:
                return _REFUSED
            if findings and any(
                f.code[:3] == "HP1" and f.severity is Severity.ERROR for f in findings
            ):
                return _UNREADABLE
        return self._acknowledgement(row, callback)

    def _confirmed(self, row: Stored) -> Acknowledgement:
        """The answer to a GET by which a vendor asks whose the address is, else to no POST.

        Without a token at hand any is taken, as any signature is without a secret.
        """
        if row.method == "GET":
            for area in self._address(row.url).areas or self.contract.areas:
                first = self.contract.callback(self.contract.names([area])[0])
                asked = first.confirmation
                token = self.secrets.token(first)
                if asked and asked.token and token is None:
                    token = (asked_in(asked, row.url) or {}).get(asked.token)
                secret = self.secrets.of(first) or b""
                said = confirmation_answer(first, row.url, secret=secret, token=token)
                if said:
                    return said
        return _NOT_POSTED

    def desk(self, url: str) -> _Desk:
        """What judges requests to a path."""
        return self._desk(self._address(url))

    def _address(self, url: str) -> Address:
        if not self.paths:
            return self._elsewhere
        return self.paths.get(url.partition("?")[0], self._elsewhere)

    def _desk(self, address: Address) -> _Desk:
        if address not in self._desks:
            validator = Validator(
                self.contract,
                areas=address.areas,
                callback=address.callback,
                secrets=self.secrets,
                at_first_hand=True,
            )
            unsigned = Validator(self.contract, areas=address.areas, callback=address.callback)
            self._desks[address] = _Desk(validator, unsigned)
        return self._desks[address]

    def _judge_soon(self, desk: _Desk, row: Stored) -> tuple[str, str]:
        """Callback and signature of a clean request; "" for one of which there is more to tell."""
        body = row.body
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError:
            return "", ""
        directory = desk.validator.directory
        if type(value) is not dict or body[:1] != b"{" or directory is None:
            return "", ""
        # What orjson writes as it came has no number that it has rounded.
        anew = orjson.dumps(value)
        if anew != body and has_long_number(body):
            return "", ""
        named = directory.paths(value, headers=row.headers, url=row.url)
        if len(named) != 1:
            return "", ""
        lane, state = desk.lanes.get(named[0]) or self._lane(desk, named[0])
        if state == _VALID and not lane.proves(value, row):
            return "", ""
        # What shows a quirk is told of, and what is signed in one of several ways.
        seen = lane.look(body, value, anew) if state else None
        return (named[0], state) if seen is not None and seen.quirks == () else ("", "")

    def _lane(self, desk: _Desk, path: str) -> tuple[Lane, str]:
        """What judges a callback quickly, and the state of a signature that it does not doubt."""
        callback = desk.validator.compiled(path).callback
        facts = callback.signature
        secret = self.secrets.of(callback)
        state = NOT_SIGNED if facts.is_unsigned else _VALID if secret else NOT_CHECKED
        if state == _VALID and facts.is_ambiguous:
            state = ""
        desk.lanes[path] = (Lane(callback, [secret] if secret else []), state)
        return desk.lanes[path]

    def _judge_exactly(
        self, desk: _Desk, row: Stored, *, at_leisure: bool = False
    ) -> tuple[str, str, tuple[CaptureFinding, ...]]:
        if not at_leisure and not self._has_time():
            return self._judge_in_a_hurry(desk, row)
        body = reading_of(row.body, row.headers)
        verdict = desk.validator.judge(body, headers=row.headers, url=row.url)
        if not verdict.callback and any(one.code == "HP221" for one in verdict.findings):
            verdict = self._told_apart(desk, body, row) or verdict
        if verdict.signature and verdict.signature is not SignatureState.VALID:
            self._explained.append(self.clock())
        state = verdict.signature.value if verdict.signature else NOT_CHECKED
        if not verdict.signature and self._is_unsigned(desk, verdict.callback):
            state = NOT_SIGNED
        return verdict.callback, state, verdict.findings

    def _has_time(self) -> bool:
        """Whether there is time to explain a wrong signature, which takes long."""
        known = self._explained
        return len(known) < _A_SECOND or self.clock() - known[0] > 1

    def _judge_in_a_hurry(
        self, desk: _Desk, row: Stored
    ) -> tuple[str, str, tuple[CaptureFinding, ...]]:
        """The same, but a wrong signature is not explained before somebody looks at it."""
        body = reading_of(row.body, row.headers)
        verdict = desk.unsigned.judge(body, headers=row.headers, url=row.url)
        if not verdict.callback:
            return "", NOT_CHECKED, verdict.findings
        callback = desk.unsigned.compiled(verdict.callback).callback
        secret = self.secrets.of(callback)
        facts = callback.signature
        if not secret or facts.is_unsigned:
            state = NOT_SIGNED if facts.is_unsigned else NOT_CHECKED
            return callback.path, state, verdict.findings
        seen = verify(
            facts, secret, payload=body.value, body=row.body, headers=row.headers, url=row.url
        )
        if seen.valid:
            return callback.path, seen.state.value, verdict.findings
        told = CaptureFinding(
            code="HP302",
            severity=Severity.ERROR,
            callback=callback.path,
            where=f"/{facts.place.field}" if facts.place.in_body else "",
            message=f"the signature does not prove the sender: {seen.reason}",
            hint=_LATER,
            source=str(facts.source),
            file="",
        )
        return callback.path, seen.state.value, (*verdict.findings, told)

    def _told_apart(self, desk: _Desk, body: Body, row: Stored) -> Verdict | None:
        """Which of several products has sent it: the one that signs so, or alone writes so."""
        candidates = desk.validator.identify(body.value, headers=row.headers, url=row.url)
        verdicts = [
            self._desk(Address((one.area,), one.path)).validator.judge(
                body, headers=row.headers, url=row.url
            )
            for one in candidates
        ]
        proved = [one for one in verdicts if one.signature is SignatureState.VALID]
        clean = [one for one in verdicts if worst(one.findings) is not Severity.ERROR]
        return next((some[0] for some in (proved, clean) if len(some) == 1), None)

    def _is_unsigned(self, desk: _Desk, path: str) -> bool:
        return bool(path) and desk.validator.compiled(path).callback.signature.is_unsigned

    def _acknowledgement(self, row: Stored, callback: str) -> Acknowledgement:
        """What the page of a callback wants; of an unknown one, what its area's first one does."""
        if callback in self._answers:
            return self._answers[callback]
        path = callback
        if not path:
            areas = self._address(row.url).areas
            if len(areas) != 1:
                return Acknowledgement()
            path = self.contract.names(areas)[0]
        if path not in self._answers:
            known = self.contract.callback(path)
            if known.challenge:
                payload = reading_of(row.body, row.headers).value
                secret = self.secrets.of(known)
                return challenge_answer(known, payload, secret or b"")
            self._answers[path] = acknowledgement(known)
        return self._answers[path]


def path_table(given: Iterable[tuple[str, str]], contract: Contract) -> dict[str, Address]:
    """The addresses of paths, by `NAME=/path`, where NAME is an area or a callback.

    Raises UsageError for a name that is not known, and for a callback that shares its path.
    """
    table: dict[str, Address] = {}
    for name, path in given:
        full = None if name in contract.areas else contract.full_name(name, ())
        before = table.get(path)
        if before and (full or before.callback) and before.callback != full:
            message = f"the path {path} is for {before.callback or ', '.join(before.areas)} already"
            hint = "give each callback a path of its own, or the path to their area"
            raise UsageError(message, hint=hint)
        areas = before.areas if before else ()
        areas += () if full and before else ((full or name).partition("/")[0],)
        table[path] = Address(tuple(dict.fromkeys(areas)), full)
    return table
