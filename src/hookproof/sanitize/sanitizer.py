"""Makes one capture fit to be published: pseudonyms, a new signature, and a check of ourselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from hookproof.errors import UsageError
from hookproof.findings import CODES, Severity
from hookproof.findings.codes import OF_SIGNATURES
from hookproof.payload.body import read_body
from hookproof.payload.pointer import from_pointer, to_pointer
from hookproof.sanitize.body_editor import BodyEditor
from hookproof.sanitize.body_walk import body_edits
from hookproof.sanitize.edits import Edit, apply
from hookproof.sanitize.free_text import FreeText
from hookproof.sanitize.keeping import Keeping, names_in, words_of
from hookproof.sanitize.known_ids import KnownIds
from hookproof.sanitize.places import bounds_of
from hookproof.sanitize.pseudonyms import Pseudonyms
from hookproof.sanitize.refusal import Refusal, RefusedError, our_fault
from hookproof.sanitize.request_head import RequestHeadSanitizer
from hookproof.signature import SignatureState, sign
from hookproof.signature.schemes import written_digest
from hookproof.signature.secrets import PUBLISHED_SECRET, Secrets
from hookproof.signature.tokens import claims_of, with_claim
from hookproof.signature.verify import addresses, find_signature, written
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hookproof.captures.capture import Capture
    from hookproof.contract import Callback, Contract
    from hookproof.contract.model import Place, SignatureFacts
    from hookproof.payload.body import Body, BodyForm
    from hookproof.payload.scan import Path
    from hookproof.sanitize.request_head import Headers
    from hookproof.validation.validator import Verdict

# Numbers of fewer digits stay where a schema bounds them.
_LEAST_BOUND: Final = 10**6


@dataclass(frozen=True, slots=True)
class Sanitized:
    """A capture that may be published.

    `unsigned` says why the signature was not renewed, "" where it was. `stayed` are pointers to
    the members that the contract does not know and whose names were kept.
    """

    raw: bytes
    headers: tuple[tuple[str, str], ...] | None
    url: str
    received_at: float | None
    unsigned: str
    stayed: tuple[str, ...]


class Sanitizer:
    """Replaces what may tell somebody's identity in captures of a contract's callbacks.

    `salt` makes the pseudonyms: who knows it can make them too. `keep` are JSON pointers of
    fields that stay, * standing for any part; `form` is how bodies are written, None for what
    each shows. Raises UsageError for unknown names and for what is no pointer.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        salt: bytes,
        areas: Iterable[str] = (),
        callback: str | None = None,
        keep: Iterable[str] = (),
        form: BodyForm | None = None,
    ) -> None:
        self._keep = tuple(keep)
        for pointer in self._keep:
            if not pointer.startswith("/"):
                raise UsageError(
                    f"{pointer!r} is no JSON pointer", hint="write it as findings do: /user/name"
                )
        self._contract = contract
        self._form = form
        self._validator = Validator(
            contract, areas=areas, callback=callback, secrets=Secrets({}, PUBLISHED_SECRET)
        )
        self.sought = self._validator.sought
        callbacks = [item for area in contract.areas for item in contract.callbacks(area).values()]
        self.vocabulary = _words_in(callbacks)
        names = Pseudonyms(salt, bounds=bounds_of(callbacks, least=_LEAST_BOUND))
        self.free_text = FreeText(names, KnownIds(self.vocabulary))
        said = frozenset(pair for one in callbacks for pair in _said_in_headers(one))
        self._head = RequestHeadSanitizer(self.free_text, said)
        self._keepings: dict[str, Keeping] = {}

    def learn(self, capture: Capture) -> None:
        """Take note of the ids in a capture, so that they are found within words of any other."""
        body = read_body(capture.body, form=self._form)
        verdict = self._validator.judge(body)
        if verdict.callback:
            editor = self._editor(verdict.callback)
            try:
                body_edits(body, editor)
            except RefusedError:
                return
            self.free_text.known.learn(editor.replaced)

    def sanitize(self, capture: Capture) -> Sanitized | Refusal:
        """What may be published of a capture, or why nothing may."""
        body = read_body(capture.body, form=self._form)
        before = self._validator.judge(body, headers=capture.headers, url=capture.url)
        if not before.callback:
            return _refused(before)
        try:
            return self._rewritten(body, before, capture)
        except RefusedError as error:
            return error.refusal

    def _rewritten(self, body: Body, before: Verdict, capture: Capture) -> Sanitized | Refusal:
        callback = self._contract.callback(before.callback)
        facts = _form_of(callback.signature, body, capture)
        editor = self._editor(before.callback)
        if facts.place.in_body and _is_well_formed(before, facts.place.field):
            editor.signature_at = (facts.place.field,)
        raw = _applied(body, body_edits(body, editor))
        # What is signed beside the body is what the copy has in its place.
        given = partial(_given, body=body, capture=capture)
        beside = self._beside(facts, callback, given)
        unsigned = self._outside(capture, facts, beside, length=len(raw), remade={})
        signature = _renewed(facts, body, raw, capture, unsigned)
        if signature:
            signature = written(facts, signature, beside="" if facts.is_token else beside)
        if editor.signature_at:
            editor.signature = signature
            raw = _applied(body, body_edits(body, editor))
        remade = self._remade(callback, facts, body, raw, capture, unsigned)
        made = Sanitized(
            raw,
            *self._outside(capture, facts, signature, length=len(raw), remade=remade),
            capture.received_at,
            unsigned=_unsigned(facts, signature, editor, capture),
            stayed=tuple(sorted(_pointer(path, editor.renamed) for path in editor.stayed)),
        )
        return self._checked(made, body, before, editor.renamed)

    def _outside(
        self,
        capture: Capture,
        facts: SignatureFacts,
        signature: str,
        *,
        length: int,
        remade: dict[str, str],
    ) -> tuple[Headers | None, str]:
        """Headers and URL of the copy, with this signature where it stands in one of them."""
        renewed = (facts.place.field, signature)
        if facts.place.within == "header":
            remade = {**remade, facts.place.field.lower(): signature}
        headers = capture.headers
        if headers is not None:
            headers = self._head.headers(headers, renewed=remade, length=length)
        in_query = renewed if facts.place.in_query else None
        return headers, self._head.url(capture.url, signature=in_query)

    def _remade(
        self,
        callback: Callback,
        facts: SignatureFacts,
        body: Body,
        raw: bytes,
        capture: Capture,
        outside: tuple[Headers | None, str],
    ) -> dict[str, str]:
        """What other headers have of the new body: signatures beside this one, and digests."""
        given = partial(_given, body=body, capture=capture)
        made: dict[str, str] = {}
        for one in callback.signature.sent:
            if one.place.within == "header" and one.place.field != facts.place.field:
                beside = self._beside(one, callback, given)
                text = _renewed(one, body, raw, capture, outside)
                whole = written(one, text, beside="" if one.is_token else beside)
                made |= {one.place.field.lower(): whole} if text else {}
        for fact in callback.request_fields:
            if fact.digest:
                made[fact.place.field.lower()] = written_digest(fact.digest, fact.encoding, raw)
        return made

    def _beside(
        self, facts: SignatureFacts, callback: Callback, given: Callable[[Place], str]
    ) -> str:
        """What stands in the place of a signature before it is made: pairs, or claims of a token.

        Moments stay, all else that the contract knows is replaced, and the rest goes.
        """
        if facts.place.pair:
            found = ((one, given(one.place)) for one in callback.request_fields if one.place.pair)
            pairs = [
                f"{one.place.pair}={value if one.moment else self.free_text.replaced(value)}"
                for one, value in found
                if one.place.field == facts.place.field and value
            ]
            return facts.place.separator.join(pairs)
        draft, claims = "", claims_of(given(facts.place)) if facts.is_token else {}
        for fact in callback.request_fields if claims else ():
            value = claims.get(fact.place.claim)
            if isinstance(value, str):
                value = self.free_text.replaced(value)
            if isinstance(value, str | int):
                draft = with_claim(facts, draft, fact.place.claim, value)
        return draft

    def _editor(self, callback: str) -> BodyEditor:
        if callback not in self._keepings:
            known = self._contract.callback(callback)
            self._keepings[callback] = Keeping(known, keep=self._keep)
        return BodyEditor(self._keepings[callback], self.free_text)

    def _checked(
        self, made: Sanitized, body: Body, before: Verdict, renamed: dict[str, str]
    ) -> Sanitized | Refusal:
        """The copy, which has to be judged as the capture was."""
        again = read_body(made.raw, form=self._form)
        after = self._validator.judge(again, headers=made.headers, url=made.url)
        was, now = _found(before, renamed), _found(after, {})
        faults = [
            *(f"{code} at {where or 'the whole'} is new" for code, where in sorted(now - was)),
            *(f"{code} at {where or 'the whole'} is gone" for code, where in sorted(was - now)),
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


def _said_in_headers(callback: Callback) -> Iterator[tuple[str, str]]:
    """Names of headers that the contract knows, each with a value that it names, or with ""."""
    for form in (*callback.signature.forms, *callback.signature.together):
        yield form.place.field, ""
    for encoding in callback.encodings:
        yield "Content-Type", encoding.media_type
    for field in callback.request_fields:
        yield field.place.field, "" if field.is_sample else field.text
    for name, values in callback.discriminator.items():
        for value in (*values, "") if name.startswith("header ") else ():
            yield name.removeprefix("header "), str(value)


def _words_in(callbacks: Sequence[Callback]) -> frozenset[str]:
    """The words of the names that the documents of callbacks hold."""
    documents = [[one.schema, *(x.payload for x in one.examples)] for one in callbacks]
    names = {*names_in(documents)}
    named = names.union(*((one.area, one.event) for one in callbacks))
    return frozenset(map(str.lower, names)).union(*map(words_of, named))


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
        and finding.code not in OF_SIGNATURES
        for finding in verdict.findings
    )


def _applied(body: Body, edits: Iterable[Edit]) -> bytes:
    return apply(body.raw.decode(), edits).encode()


def _form_of(facts: SignatureFacts, body: Body, capture: Capture) -> SignatureFacts:
    """Of several documented forms of a signature the one that is there; the first in doubt."""
    forms = (*facts.forms, *facts.together)
    return next((form for form in forms if _given(form.place, body, capture)), facts)


def _given(place: Place, body: Body, capture: Capture) -> str:
    """The text that a capture came with in a place, "" without one."""
    found = find_signature(place, body.value, capture.headers or (), url=capture.url)[1]
    return found if isinstance(found, str) else ""


def _renewed(
    facts: SignatureFacts,
    body: Body,
    raw: bytes,
    capture: Capture,
    outside: tuple[Headers | None, str],
) -> str:
    """The signature of what a body became, "" where it came without one."""
    given = _given(facts.place, body, capture)
    if not given:
        return ""
    payload, (headers, url) = read_body(raw, form=body.form).value, outside
    url = addresses(facts, url, headers or ())[0]
    made = [
        sign(
            facts,
            PUBLISHED_SECRET,
            payload=payload,
            body=raw,
            encoding=encoding,
            headers=headers or (),
            url=url,
        )
        for encoding in facts.encodings
    ]
    bare = given.removeprefix(facts.text.prefix)
    # Where several ways of writing it are allowed, the one that was used goes on.
    return next((one for one in made if len(one) == len(bare)), made[0])


def _unsigned(facts: SignatureFacts, signature: str, editor: BodyEditor, capture: Capture) -> str:
    """Why a signature was not renewed, "" where it was."""
    if facts.is_unsigned:
        return "the vendor signs nothing"
    if facts.place.in_body:
        if signature and editor.signature_at is None:
            return "it is malformed, and stays so"
    elif facts.place.in_query and not capture.url:
        return "it travels in the URL, and no URL was captured"
    elif facts.place.within == "header" and capture.headers is None:
        return "it travels in a header, and no headers were captured"
    return "" if signature else "the capture has none"


def _found(verdict: Verdict, renamed: dict[str, str]) -> set[tuple[str, str]]:
    """What was found, the signature left out, at the names that there are now."""
    return {
        (f.code, _pointer(from_pointer(f.where), renamed))
        for f in verdict.findings
        if f.code not in OF_SIGNATURES
    }


def _pointer(path: Path, renamed: dict[str, str]) -> str:
    """A pointer to where a path leads now."""
    return to_pointer(tuple(renamed.get(str(part), part) for part in path))
