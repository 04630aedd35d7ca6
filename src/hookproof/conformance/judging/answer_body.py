"""The body of an answer: held to what the contract says of it, and beside that of others.

An answer alone proves little: only what differs between two of them does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.checks import Check
from hookproof.conformance.judging.hidden_errors import hidden_error, reads_like_refusal
from hookproof.conformance.judging.response_class import tell
from hookproof.findings import CODES, ReceiverFinding, Severity, Variant
from hookproof.payload.decode import decode
from hookproof.payload.pointer import leaves, to_pointer
from hookproof.schema.violations import find_violations
from hookproof.signature.challenge import answers_challenge, challenge_words
from hookproof.text import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.conformance.cases.cases import Case
    from hookproof.contract import Callback
    from hookproof.contract.model import Delivery, Success
    from hookproof.http.answer import Answer
    from hookproof.payload.scan import Path


def challenge_faults(
    callback: Callback, payload: Any, answer: Answer, *, secret: bytes
) -> list[ReceiverFinding]:
    """The finding where an answer does not give back what its callback asks for."""
    if answers_challenge(callback, payload, secret, answer.body):
        return []
    message = f"the vendor wants its challenge back, got {tell(answer)}"
    newest = callback.deliveries[0]
    hint = f"answer {newest.success.status} with {challenge_words(callback.challenge)}"
    return [_finding(callback, newest, answer, message, hint)]


def body_faults(callback: Callback, answer: Answer) -> list[ReceiverFinding]:
    """The finding where a callback's answer is read and this one says nothing that counts."""
    fault = _fault(callback.answer.schema, answer.body) if callback.answer else ""
    if not callback.answer or not fault:
        return []
    message = f"the vendor reads the answer's body, and {fault}: got {tell(answer)}"
    hint = f"answer {callback.answer.status} with JSON such as {show(callback.answer.example)}"
    return [_finding(callback, callback.deliveries[0], answer, message, hint)]


def _finding(
    callback: Callback, delivery: Delivery, answer: Answer, message: str, hint: str
) -> ReceiverFinding:
    """What an answer lacks by one version of the page; only by the newest it is an error."""
    return ReceiverFinding(
        code="HP414",
        severity=Severity.ERROR if delivery is callback.deliveries[0] else Severity.WARNING,
        callback=callback.path,
        where="",
        message=message,
        hint=hint,
        source=str(delivery.source),
        check=Check.ACKNOWLEDGES_AS_DOCUMENTED.value,
        status=answer.status,
    )


def acknowledgement(callback: Callback, answer: Answer) -> list[ReceiverFinding]:
    """What the answer to the genuine callback lacks by one dated version of the page or other."""
    body = answer.body.decode(errors="replace").strip()
    said = [
        (delivery, f"the page of {delivery.source.date} wants {wanted}, got {tell(answer)}", hint)
        for delivery in callback.deliveries
        for wanted, hint in _lacking(delivery.success, answer.status or 0, body)
    ]
    return [
        *body_faults(callback, answer),
        *(_finding(callback, delivery, answer, message, hint) for delivery, message, hint in said),
    ]


def otherwise_acknowledged(callback: Callback, case: Case, answer: Answer) -> list[ReceiverFinding]:
    """The same of a case that is answered otherwise than the genuine callback was."""
    variant = Variant(what=case.label, got=tell(answer))
    return [
        replace(one, message=f"{case.label}: {one.message}", variants=(variant,))
        for one in acknowledgement(callback, answer)
        if one.severity is Severity.ERROR
    ]


def _lacking(success: Success, status: int, body: str) -> Iterator[tuple[str, str]]:
    """What an acknowledgement lacks, and what satisfies the page."""
    if not success.accepts_status(status):
        hint = f"answer exactly {success.status}: the vendor takes any other status for a failure"
        yield f"the status {success.status}", f"{hint}, and sends again"
    if success.body is not None and body != success.body:
        hint = f"answering 200 with the body {success.body} satisfies every version"
        yield f"the body {success.body!r}", hint


def lie(callback: Callback, answer: Answer, *, otherwise: bool = False) -> ReceiverFinding | None:
    """The finding where an acknowledgement tells of an error in its body.

    `otherwise` says that the genuine callback was answered otherwise: then a doubtful one does.
    """
    read = reads_like_refusal if otherwise else hidden_error
    said = "" if callback.answer or callback.challenge else read(answer.body)
    wanted = {delivery.success.body for delivery in callback.deliveries}
    if not said or answer.body.decode(errors="replace").strip() in wanted:
        return None
    return ReceiverFinding(
        code="HP420",
        severity=CODES["HP420"].severity,
        callback=callback.path,
        where="",
        message=f"a genuine callback was answered {answer.status}, and its body says {said}",
        hint=CODES["HP420"].hint,
        source=str(callback.deliveries[0].source),
        check=Check.ACKNOWLEDGES_AS_DOCUMENTED.value,
        status=answer.status,
    )


def proves_nothing(callback: Callback, answer: Answer, said: str) -> ReceiverFinding:
    """The finding where genuine and forged callbacks get one answer that reads like a refusal."""
    return ReceiverFinding(
        code="HP429",
        severity=CODES["HP429"].severity,
        callback=callback.path,
        where="",
        message=f"the genuine callback and a forgery get the same answer, which reads like a "
        f"refusal ({said}): {tell(answer)}",
        hint=CODES["HP429"].hint,
        source=str(callback.deliveries[0].source),
        check=Check.ACCEPTS_GENUINE.value,
        status=answer.status,
    )


def is_taken(callback: Callback, answer: Answer) -> bool:
    """Whether the vendor takes a 2XX for delivered: where it reads the body, that counts too."""
    success = callback.deliveries[0].success
    said = answer.body.decode(errors="replace").strip()
    if success.body is not None and said != success.body:
        return False
    return not (callback.answer and _fault(callback.answer.schema, answer.body))


def _fault(schema: dict[str, Any], body: bytes) -> str:
    reading = decode(body)
    if reading.problems:
        return f"it is no JSON ({reading.problems[0].message})"
    violations = find_violations(schema, reading.value)
    if not violations:
        return ""
    first = violations[0]
    where = to_pointer(first.path) or "the whole"
    return f"at {where} it wants {first.expected}"


# With fewer answers nothing is known of what varies from one to the next.
ENOUGH_ANSWERS: Final = 4


@dataclass(slots=True)
class Acknowledgements:
    """How one callback's genuine requests are acknowledged, learned from answer after answer.

    What differs from one answer to the next (dates, numbers of requests, what is echoed) says
    nothing; the rest is how the receiver says yes.
    """

    count: int = 0
    _statuses: set[int | None] = field(default_factory=set)
    _values: dict[Path, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def learn(self, answer: Answer) -> None:
        """Take an answer to a genuine callback for one of the ways to acknowledge."""
        self.count += 1
        self._statuses.add(answer.status)
        for path, value in _leaves(answer.body).items():
            self._values[path][value] += 1

    def has_like(self, answer: Answer) -> bool:
        """Whether a genuine callback may be answered so; without a single answer known it may."""
        if not self.count:
            return True
        said = _leaves(answer.body)
        return answer.status in self._statuses and all(
            self._may_hold(path, said.get(path)) for path in {*self._values, *said}
        )

    def _may_hold(self, path: Path, value: str | None) -> bool:
        known = self._values.get(path)
        if known is None:
            return False
        always = known.total() == self.count
        return self._varies(known) or (not always if value is None else value in known)

    def _varies(self, known: Counter[str]) -> bool:
        return _VARYING in known or len(known) > max(1, self.count // 2)


def say_the_same(one: Answer, other: Answer) -> bool:
    """Whether two answers say the same, but for what varies by itself."""
    known = Acknowledgements()
    known.learn(one)
    return known.has_like(other)


_VARYING: Final = "\0"
# Dates, moments, numbers of requests, what was veiled: nobody says yes or no with them.
_VOLATILE: Final = re.compile(
    r"<(?:signature|secret)>"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.,:Z+-]*"
    r"|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"
    r"|\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b"
    r"|\b(?=[A-Za-z0-9+/_=-]*[0-9])[A-Za-z0-9+/_-]{16,}={0,2}"
    r"|\b[0-9]{8,}(?:\.[0-9]+)?\b"
)
_WORD: Final = re.compile(r"[^\s<>\"'=,;:]+")
_MOST_LEAVES: Final = 2000


def _leaves(body: bytes) -> dict[Path, str]:
    """What a body says, piece by piece: the values of JSON by place, the words of all else."""
    reading = decode(body) if body.strip()[:1] in {b"{", b"["} else None
    if reading and reading.complete:
        found = {path: _leaf(value) for path, value in leaves(reading.value)}
    else:
        words = _WORD.findall(_VOLATILE.sub(_VARYING, body.decode(errors="replace")))
        found = {(number,): word for number, word in enumerate(words)}
    return dict(list(found.items())[:_MOST_LEAVES])


def _leaf(value: Any) -> str:
    return _VOLATILE.sub(_VARYING, value if isinstance(value, str) else show(value))
