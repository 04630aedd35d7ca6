"""Judges bodies against a contract: readable, recognised, valid, quirks, signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.model import place_of
from hookproof.payload.body import BodyForm
from hookproof.signature import SignatureState, verify
from hookproof.signature.forms import documented, written
from hookproof.signature.secrets import PUBLISHED_SECRET
from hookproof.signature.verify import find_signature, hidden_in, is_in_sight
from hookproof.text import show
from hookproof.validation.compiled_callback import CompiledCallback
from hookproof.validation.finding_builder import FindingBuilder, WholeFile
from hookproof.validation.identify import Directory, members_of_its_own
from hookproof.validation.sought import Sought
from hookproof.validation.untyped import typed

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from hookproof.contract import Callback, Contract
    from hookproof.findings import CaptureFinding
    from hookproof.payload.body import Body
    from hookproof.signature import SignatureVerdict
    from hookproof.signature.secrets import Secrets
    from hookproof.validation.finding_builder import Whereabouts

    _Names = Mapping[str, tuple[str | int, ...]]

_CODE_OF_SIGNATURE: Final = {
    SignatureState.MISSING: "HP301",
    SignatureState.WRONG: "HP302",
    SignatureState.UNREADABLE: "HP303",
}
# Said where the vendor leaves callbacks unsigned to accounts that have no key.
_UNSIGNED: Final = (
    "the vendor signs every callback of an account that has a key; if this one has none, give no "
    "secret for this area"
)
# A form is what print_r shows.
_ENCODING_OF_FORM: Final = {BodyForm.PRINT_R: "form"}
# Longer values are seldom met again.
_LONGEST: Final = 200
_WITHOUT_TYPES: Final = frozenset({BodyForm.FORM, BodyForm.PRINT_R})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one body: the callback it was taken for, its findings, its signature.

    `signature` is None where it was not checked, because no secret or no header is at hand.
    """

    callback: str
    findings: tuple[CaptureFinding, ...]
    signature: SignatureState | None = None


class Validator:
    """Judges bodies against a contract, or some areas of it, or one callback that is given.

    A tool that captures may write a mask over a signature, which is no forgery then. Whoever takes
    requests from their senders says `at_first_hand`: what looks like a mask is a signature there.

    Raises UsageError for unknown names and ContractError for a broken document when it is made,
    and ContractError when a callback's schema, which is read and compiled on first use, is none.
    Nothing else is raised, whatever a body holds.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        areas: Iterable[str] = (),
        callback: str | None = None,
        secrets: Secrets | None = None,
        at_first_hand: bool = False,
    ) -> None:
        wanted = tuple(areas)
        self._given = contract.callback(callback, wanted) if callback is not None else None
        self._contract = contract
        self._areas, self._told_by = wanted, dict[str, str]()
        self._directory = Directory(contract.listings(wanted), load=contract.callback)
        self._compiled: dict[str, CompiledCallback] = {}
        self._secrets, self._at_first_hand = secrets, at_first_hand

    def compiled(self, name: str) -> CompiledCallback:
        """The judges of a callback by its full name; its schema is read on first use."""
        if name not in self._compiled:
            self._compiled[name] = CompiledCallback(self._contract.callback(name))
        return self._compiled[name]

    @property
    def directory(self) -> Directory | None:
        """What tells callbacks apart; None where every body is taken for one callback."""
        return None if self._given else self._directory

    @property
    def sought(self) -> Sought:
        """What the readers of captures look for."""
        return Sought(self._directory, self._given)

    def identify(
        self,
        payload: Any,
        *,
        headers: Sequence[tuple[str, str]] | None = None,
        url: str = "",
    ) -> list[Callback]:
        """The callbacks that a payload may be; `headers` is None, `url` "" where not captured."""
        if self._given:
            return [self._given]
        return self._directory.candidates(payload, headers=headers, url=url)

    def stranger(self, value: Any) -> Hashable | None:
        """What values have in common that are told in the same words, for they are no callback.

        None for what may be one, and for what it takes a closer look to tell.
        """
        if not isinstance(value, dict):
            return "no object"
        if self._given or self._directory.looks_beside or self._directory.paths(value):
            return None
        named = self._directory.named(value)
        if any(isinstance(one, (dict, list)) or len(str(one)) > _LONGEST for one in named):
            return None
        # True equals 1, and null is not nothing: both are told otherwise.
        there = zip(self._directory.fields, named, strict=True)
        told = tuple((field in value, type(one), one) for field, one in there)
        return self._directory.resembles(value), told

    def judge(
        self,
        body: Body,
        *,
        file: str = "",
        origin: Whereabouts | None = None,
        headers: Iterable[tuple[str, str]] | None = None,
        url: str = "",
        rewritten: bool = False,
    ) -> Verdict:
        """All findings of one body.

        `file` names a body that is a file of its own; any other brings its `origin`. `headers`
        is None where none were captured, `url` "". A body that is `rewritten` was kept as an
        object, so that its bytes are of the tool that kept it.
        """
        told = FindingBuilder(body, origin or WholeFile(file))
        findings = [told.unreadable(problem) for problem in body.reading.problems]
        if not body.reading.complete:
            return Verdict("", tuple(findings))
        if not isinstance(body.value, dict):
            expected = "an object with the callback's fields"
            findings.append(told.wrong("HP115", (), expected, show(body.value)))
            return Verdict("", tuple(findings))
        carried = None if headers is None else tuple(headers)
        candidates = self.identify(body.value, headers=carried, url=url)
        if len(candidates) != 1:
            return Verdict("", (*findings, self._unidentified(told, candidates)))
        callback = candidates[0]
        told.callback = callback
        told.recognised = self._recognised(callback)
        findings += self._judge_payload(told)
        state, signature_findings = self._judge_signature(told, carried, url, rewritten=rewritten)
        return Verdict(callback.path, (*findings, *signature_findings), state)

    def _recognised(self, callback: Callback) -> str:
        """What told a callback from others that share its name; "" where the name alone does."""
        if self._given:
            return ""
        if callback.path not in self._told_by:
            listed = self._contract.listings(self._areas)
            named = [
                one for one in listed if _share_a_name(callback.discriminator, one.discriminator)
            ]
            others = [
                self._contract.callback(one.path) for one in named if one.path != callback.path
            ]
            own = sorted(members_of_its_own(callback, [callback, *others])) if others else []
            names, members = (", ".join(found[:3]) for found in ([o.path for o in others], own))
            told = f"it was told from {names} by {members}; --callback NAME says otherwise"
            self._told_by[callback.path] = told if own else ""
        return self._told_by[callback.path]

    def _unidentified(self, told: FindingBuilder, candidates: list[Callback]) -> CaptureFinding:
        if candidates:
            names = ", ".join(sorted(callback.path for callback in candidates))
            return told.tell(
                "HP221",
                f"this may be any of {names}",
                hint="say which product sends it: --area AREA or --callback NAME",
            )
        near = self._directory.near(told.body.value)
        if near:
            said = " and ".join(f"{name} = {show(value)}" for name, value in near.items())
            return told.tell(
                "HP220",
                f"no callback of this contract has {said}",
                where=place_of(next(iter(near))),
                hint="is it of another area or newer than the contract? name it with --callback",
            )
        fields = ", ".join(self._directory.fields)
        missing = f"no field is there that names a callback ({fields})"
        if self._directory.resembles(told.body.value):
            return told.tell(
                "HP220",
                f"{missing}, and the rest of one is there",
                hint="name it with --callback, or look whether the vendor renamed a field",
            )
        return told.tell(
            "HP222",
            missing,
            hint="is this a request of something else? if a callback stands in one of its "
            "fields, name that with --body-field",
        )

    def _judge_payload(self, told: FindingBuilder) -> Iterator[CaptureFinding]:
        callback, payload = told.callback_or_fail(), told.body.value
        if told.body.form in _WITHOUT_TYPES:
            payload = typed(callback.schema, payload)
        compiled = self.compiled(callback.path)
        as_texts = told.body.form in _WITHOUT_TYPES
        if edition := compiled.edition_of(payload, as_texts=as_texts):
            yield told.edition(edition)
        elif compiled.accepts(payload):
            yield from (told.quirk(quirk) for quirk in compiled.quirks_in(payload))
            yield from map(told.new_value, compiled.unlisted_in(payload))
        else:
            yield from map(told.violation, compiled.violations(payload))
        yield from map(told.unknown_field, compiled.unknown_in(payload))
        yield from map(told.fraction, compiled.fractions_in(payload))
        encoding = _ENCODING_OF_FORM.get(told.body.form, told.body.form.value)
        if encoding not in {facts.encoding for facts in callback.encodings}:
            documented = ", ".join(facts.encoding for facts in callback.encodings)
            yield told.tell(
                "HP231",
                f"the body is written as {encoding}; documented are {documented}",
                hint="the vendor may have changed how it sends; check that your receiver reads it",
            )

    def _judge_signature(
        self,
        told: FindingBuilder,
        headers: tuple[tuple[str, str], ...] | None,
        url: str,
        *,
        rewritten: bool,
    ) -> tuple[SignatureState | None, list[CaptureFinding]]:
        callback, body = told.callback_or_fail(), told.body
        facts = callback.signature
        secret = self._secrets and self._secrets.of(callback)
        # Without headers or URL a capture cannot show a signature that sits there.
        if not secret or not is_in_sight(facts, headers=headers, url=url):
            return None, []
        given = {"payload": body.value, "body": body.raw, "headers": headers or (), "url": url}
        verdict = verify(facts, secret, **given)
        if verdict.valid:
            return verdict.state, _unsettled(told, verdict)
        if verify(facts, PUBLISHED_SECRET, **given).valid:
            return SignatureState.PUBLISHED, [_published(told)]
        hidden = hidden_in(facts, body.value, headers or (), url=url)
        if hidden and not self._at_first_hand:
            return None, [
                told.tell(
                    "HP307",
                    f"the capture shows {show(hidden)} where the signature stood, so it was not "
                    "checked",
                    hint="let the tool that captured it keep that header as it came",
                )
            ]
        mistake, hint = self._diagnose(told, secret, headers or (), url)
        if rewritten and mistake.startswith("reserialised"):
            # The doctor has found the text that was signed: the sender knew the secret.
            return SignatureState.VALID, [
                told.tell(
                    "HP305",
                    "the signature holds for the same JSON in another layout; the capture "
                    "keeps the body as an object, so it was written anew",
                    hint="let the tool keep the body as text, and the bytes that came are checked",
                )
            ]
        return verdict.state, [
            told.tell(
                _CODE_OF_SIGNATURE[verdict.state],
                f"the signature does not prove the sender: {mistake or verdict.reason}",
                where=(facts.place.field,) if facts.place.in_body else (),
                hint=hint,
                source=str(facts.source),
            )
        ]

    def _diagnose(
        self, told: FindingBuilder, secret: bytes, headers: tuple[tuple[str, str], ...], url: str
    ) -> tuple[str, str]:
        """The mistake that explains a signature, "" where none does, and what to do."""
        from hookproof.signature.doctor import diagnose  # noqa: PLC0415 - for wrong ones only

        callback = told.callback_or_fail()
        facts = callback.signature
        diagnosis = diagnose(
            facts,
            secret,
            payload=told.body.value,
            body=told.body.raw,
            headers=headers,
            url=url,
            other_secrets=self._secrets.others(secret) if self._secrets else {},
            sample=next((one.payload for one in callback.examples), None),
        )
        kept = "the body" if facts.covers_body else "what is signed"
        usual = f"is it the secret of this project, and is {kept} untouched?"
        if not facts.required and not find_signature(facts.place, told.body.value, headers)[0]:
            usual = _UNSIGNED
        signed = f"what is to be signed: {diagnosis.string_to_sign}"
        return diagnosis.mistake, f"{diagnosis.explanation or usual} ({signed})"


def _share_a_name(one: _Names, other: _Names) -> bool:
    """Whether a payload may have what names two callbacks at once, by the same fields."""
    return one.keys() == other.keys() and all(
        not values or not other[name] or set(values) & set(other[name])
        for name, values in one.items()
    )


def _published(told: FindingBuilder) -> CaptureFinding:
    """What is said of a signature that anybody can make."""
    place = told.callback_or_fail().signature.place
    return told.tell(
        "HP306",
        f"the signature is made with the published secret {PUBLISHED_SECRET.decode()!r}, "
        "not with yours",
        where=(place.field,) if place.in_body else (),
    )


def _unsettled(told: FindingBuilder, verdict: SignatureVerdict) -> list[CaptureFinding]:
    """What a valid signature settles that the pages leave open."""
    facts = told.callback_or_fail().signature
    if not verdict.encoding or not facts.is_ambiguous:
        return []
    place = facts.forms[verdict.form].place
    how = written(facts, verdict.form, verdict.encoding)
    return [
        told.tell(
            "HP304",
            f"the signature is {how}; the pages leave open which it is: {documented(facts)}",
            where=(place.field,) if place.in_body else (),
            source=str(facts.forms[verdict.form].source),
        )
    ]
