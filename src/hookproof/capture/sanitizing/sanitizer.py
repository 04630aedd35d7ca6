"""Makes one capture fit to be published: pseudonyms, a new signature, and a check of ourselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.capture.sanitizing.editor import BodyEditor, UnknownEditor
from hookproof.capture.sanitizing.edits import Edit, apply
from hookproof.capture.sanitizing.headers import sanitize_headers
from hookproof.capture.sanitizing.keeping import SMALL, Keeping
from hookproof.capture.sanitizing.leaves import body_edits
from hookproof.capture.sanitizing.places import bounds_of
from hookproof.capture.sanitizing.pseudonyms import Pseudonyms
from hookproof.capture.sanitizing.refusal import Refusal, RefusedError, our_fault
from hookproof.capture.sanitizing.urls import url_edits
from hookproof.errors import UsageError
from hookproof.finding import CODES, Severity
from hookproof.payload.body import read_body
from hookproof.payload.pointer import to_pointer
from hookproof.signature import SignatureState, sign
from hookproof.signature.secrets import Secrets
from hookproof.signature.verify import find_signature
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.contract import Callback, Contract
    from hookproof.contract.facts import Place, SignatureFacts
    from hookproof.payload.body import Body
    from hookproof.validation.validator import Verdict

    Headers = tuple[tuple[str, str], ...]

# Published on purpose: whoever has a fixture can verify it.
TEST_SECRET: Final = b"secret"
_SIGNATURE_CODES: Final = frozenset({"HP301", "HP302", "HP303", "HP304"})


@dataclass(frozen=True, slots=True)
class Sanitized:
    """A capture that may be published.

    `edits` lead from the text that was captured to this one, `url_edits` to this URL. `unsigned`
    says why the signature was not renewed, "" where it was. `unknown` are pointers to fields
    that no page knows, whose names were kept.
    """

    raw: bytes
    headers: Headers | None
    url: str
    edits: tuple[Edit, ...]
    url_edits: tuple[Edit, ...]
    unsigned: str
    unknown: tuple[str, ...]


class _Carrier(NamedTuple):
    """What a body came with: headers, None where none were captured; its URL, "" likewise."""

    headers: Headers | None
    url: str


class Sanitizer:
    """Replaces what may tell somebody's identity in captures of a contract's callbacks.

    `salt` makes the pseudonyms: who knows it can make them too. `keep` are JSON pointers of
    fields that stay, * standing for any part. Raises UsageError for unknown names and for what
    is no pointer.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        salt: bytes,
        areas: Iterable[str] = (),
        callback: str | None = None,
        keep: Iterable[str] = (),
    ) -> None:
        self._keep = tuple(keep)
        for pointer in self._keep:
            if not pointer.startswith("/"):
                raise UsageError(
                    f"{pointer!r} is no JSON pointer", hint="write it as findings do: /user/name"
                )
        self._contract = contract
        self._validator = Validator(
            contract, areas=areas, callback=callback, secrets=Secrets({}, TEST_SECRET)
        )
        callbacks = [item for area in contract.areas for item in contract.callbacks(area).values()]
        self.pseudonyms = Pseudonyms(salt, bounds=bounds_of(callbacks, least=SMALL))
        self.unknown = UnknownEditor(self.pseudonyms)
        self._keepings: dict[str, Keeping] = {}

    def sanitize(
        self, raw: bytes, *, headers: Headers | None = None, url: str = ""
    ) -> Sanitized | Refusal:
        """A body, with the headers and the URL it came with; None and "" for none. Never raises."""
        body = read_body(raw)
        before = self._validator.judge(body, headers=headers, url=url)
        if not before.callback:
            return _refused(before)
        callback = self._contract.callback(before.callback)
        try:
            return self._rewritten(body, callback, before, _Carrier(headers, url))
        except RefusedError as error:
            return error.refusal

    def _rewritten(
        self, body: Body, callback: Callback, before: Verdict, carrier: _Carrier
    ) -> Sanitized | Refusal:
        facts = _form_of(callback.signature, body, carrier)
        editor = BodyEditor(self._keeping(callback), self.pseudonyms)
        if facts.place.in_body and _is_well_formed(before, facts.place.field):
            editor.signature_at = (facts.place.field,)
        edits = body_edits(body, editor)
        editor.check_names()
        raw = _applied(body, edits)
        signature = _renewed(facts, body, raw, carrier)
        if editor.signature_at:
            editor.signature = signature
            edits = body_edits(body, editor)
            raw = _applied(body, edits)
        made = Sanitized(
            raw,
            None,
            carrier.url,
            tuple(edits),
            (),
            unsigned=_unsigned(facts, signature, editor, carrier),
            unknown=tuple(found.where for found in before.findings if found.code == "HP240"),
        )
        return self._checked(self._sent(made, facts.place, signature, body, carrier), body, before)

    def _sent(
        self, made: Sanitized, place: Place, signature: str, body: Body, carrier: _Carrier
    ) -> Sanitized:
        """What was made of a body, with headers and URL made fit as well."""
        renewed = (place.field, signature)
        headers = carrier.headers and sanitize_headers(
            carrier.headers,
            unknown=self.unknown,
            signature=renewed if place.within == "header" else None,
            length=(len(body.raw), len(made.raw)),
        )
        edits = url_edits(
            carrier.url, unknown=self.unknown, signature=renewed if place.in_query else None
        )
        url = apply(carrier.url, edits)
        return replace(made, headers=headers, url=url, url_edits=tuple(edits))

    def _keeping(self, callback: Callback) -> Keeping:
        if callback.path not in self._keepings:
            self._keepings[callback.path] = Keeping(callback, keep=self._keep)
        return self._keepings[callback.path]

    def _checked(self, made: Sanitized, body: Body, before: Verdict) -> Sanitized | Refusal:
        """What was made, unless it is judged otherwise than what it was made of."""
        again = read_body(made.raw)
        after = self._validator.judge(again, headers=made.headers, url=made.url)
        faults = [
            *(f"{code} at {where or 'the body'} is new" for code, where in _new(before, after)),
            *(f"{code} at {where or 'the body'} is gone" for code, where in _new(after, before)),
        ]
        if after.callback != before.callback:
            faults.append(f"it is taken for {after.callback or 'no callback'}")
        if not made.unsigned and after.signature in {SignatureState.WRONG, SignatureState.MISSING}:
            faults.append("its signature does not hold")
        if again.form is not body.form:
            faults.append(f"it is taken for {again.form}")
        if not faults:
            return made
        problem = f"the sanitised copy is judged otherwise than the capture: {'; '.join(faults)}"
        return our_fault(problem)


def _refused(verdict: Verdict) -> Refusal:
    # The last one is why reading went no further.
    finding = verdict.findings[-1]
    hint = finding.hint or CODES[finding.code].hint
    return Refusal(finding.code, finding.message, hint, finding.line, finding.column)


def _is_well_formed(verdict: Verdict, field: str) -> bool:
    """Whether nothing is wrong with the form of the signature; what is wrong has to stay so."""
    where = to_pointer((field,))
    return not any(
        finding.where == where
        and finding.severity is Severity.ERROR
        and finding.code not in _SIGNATURE_CODES
        for finding in verdict.findings
    )


def _applied(body: Body, edits: Iterable[Edit]) -> bytes:
    return apply(body.raw.decode(), edits).encode()


def _form_of(facts: SignatureFacts, body: Body, carrier: _Carrier) -> SignatureFacts:
    """Of several documented forms of a signature the one that is there; the first in doubt."""
    return next((form for form in facts.forms if _given(form, body, carrier)), facts)


def _given(facts: SignatureFacts, body: Body, carrier: _Carrier) -> str:
    """The signature that a capture came with, "" without one."""
    found = find_signature(facts.place, body.value, carrier.headers or (), url=carrier.url)[1]
    return found if isinstance(found, str) else ""


def _renewed(facts: SignatureFacts, body: Body, raw: bytes, carrier: _Carrier) -> str:
    """The signature of what a body became, "" where it came without one."""
    given = _given(facts, body, carrier)
    if not given:
        return ""
    payload = read_body(raw, form=body.form).value
    made = [
        sign(facts, TEST_SECRET, payload=payload, body=raw, encoding=encoding)
        for encoding in facts.encodings
    ]
    # Where several ways of writing it are allowed, the one that was used goes on.
    return next((one for one in made if len(one) == len(given)), made[0])


def _unsigned(facts: SignatureFacts, signature: str, editor: BodyEditor, carrier: _Carrier) -> str:
    """Why a signature was not renewed, "" where it was."""
    if facts.place.in_body:
        if signature and editor.signature_at is None:
            return "it is malformed, and stays so"
    elif facts.place.in_query and not carrier.url:
        return "it travels in the URL, and no URL was captured"
    elif facts.place.within == "header" and carrier.headers is None:
        return "it travels in a header, and no headers were captured"
    return "" if signature else "the capture has none"


def _new(before: Verdict, after: Verdict) -> list[tuple[str, str]]:
    """What was found after and not before, the signature left out."""
    known = _found(before)
    return sorted(_found(after) - known)


def _found(verdict: Verdict) -> set[tuple[str, str]]:
    return {(f.code, f.where) for f in verdict.findings if f.code not in _SIGNATURE_CODES}
