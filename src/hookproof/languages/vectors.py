"""Vectors: requests with what has to come out of each, for readers in any language.

Genuine ones are accepted and hostile ones refused by how they were made. Forged ones are refused
likewise; for which reason is what our own receiver says. Nothing is of now, or of chance.
"""

from __future__ import annotations

import json
import random
from base64 import b64encode
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.forgeries import Hole, forgeries
from hookproof.conformance.sending.sender import Sender
from hookproof.http.request import REMOVED, Layout, OneEach, Sending, write_request
from hookproof.http.target import with_query
from hookproof.languages.bodies import (
    broken_bodies,
    broken_forms,
    broken_percent_json,
    odd_members,
)
from hookproof.payload.body import BodyForm, read_body
from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import from_pointer, leaves, member_at, to_pointer
from hookproof.receiver import Receiver
from hookproof.schema.nested_json import texts_of
from hookproof.signature.verify import find_signature
from hookproof.validation.compiled_callback import CompiledCallback
from hookproof.validation.untyped import typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.contract import Callback, Contract
    from hookproof.contract.model import SecretForm
    from hookproof.http.request import Request

    Payload = dict[str, Any]
    Vector = dict[str, Any]
    Outcome = dict[str, Any]

MOMENT: Final = 1_767_225_600
URL: Final = "https://receiver.example/callbacks"
_SECRET: Final = "a secret that everybody knows"  # noqa: S105 - of no worth
_OLD_SECRET: Final = "the one that was before it"  # noqa: S105
# What no page knows: it has to be kept, to the digit.
_UNKNOWN: Final[Payload] = {
    "largest": 2**64 - 1,
    "least": -(2**63),
    "odd": 2**53 + 1,
    "beyond": 10**30 + 7,
    "numbers": [0, -1, 0.5, -1.5e-7, 1e300, 123456.789],
    "others": [[], {}, "", None, True, False, 'é \u2028 \U0001f600 "\\/\b\t'],
    "a/b": {"m~n": {"": 1}},
}
_MORE: Final = "field_that_no_page_knows"
_EXACT: Final = 2**53


def vectors_of(contract: Contract, area: str) -> Iterator[Vector]:
    """The vectors of an area, one after the other; the same each time."""
    told: list[object] = []
    for listed in contract.listings([area]):
        callback = contract.callback(listed.path)
        maker = _Maker(callback, contract)
        yield from maker.genuine()
        if callback.signature.is_unsigned:
            yield from maker.unsigned()
        else:
            is_new = callback.signature not in told
            told.append(callback.signature)
            yield from maker.forged(all_of_them=is_new)
            if is_new:
                yield from maker.about_the_sender()
                yield from maker.hostile()


def secrets_of(contract: Contract, area: str) -> list[str]:
    """The secrets of an area's vectors as its vendor writes them, the one that signs first."""
    callbacks = (contract.callback(one.path) for one in contract.listings([area]))
    form = next((one.signature.secret for one in callbacks if not one.signature.is_unsigned), None)
    return [_written_secret(form, text) for text in (_SECRET, _OLD_SECRET)] if form else []


def receiver_of(contract: Contract, area: str) -> Receiver:
    """Our own receiver of the vectors of an area."""
    secret = secrets_of(contract, area)
    return Receiver(area, secret=secret, contract=contract, unsigned="accept", clock=lambda: MOMENT)


def _written_secret(form: SecretForm, text: str) -> str:
    ways = {"base64": b64encode(text.encode()).decode(), "hex": text.encode().hex()}
    return form.prefix + ways.get(form.encoding, text)


@dataclass(frozen=True)
class _Maker:
    """Makes the vectors of one callback."""

    callback: Callback
    contract: Contract

    @property
    def first(self) -> Payload:
        """The page's own sample."""
        return self.callback.examples[0].payload

    # -- accepted ---------------------------------------------------------------------------------

    def genuine(self) -> Iterator[Vector]:
        """Each example as JSON; the first one in all forms and layouts, with more and with most."""
        for example in self.callback.examples:
            yield self._genuine(example.name, example.payload)
        for facts in self.callback.encodings:
            if facts.encoding != BodyForm.JSON:
                form = BodyForm(facts.encoding)
                yield self._genuine(f"as {form.value}", self.first, form=form)
        for layout in (Layout.PRINTED, Layout.ESCAPED):
            yield self._genuine(layout.value, self.first, layout=layout)
        yield self._genuine("with unknown fields", self._with_unknown_fields())
        largest = self._with_largest_integers()
        if largest != self.first:
            yield self._genuine("with the largest integers", largest)

    def unsigned(self) -> Iterator[Vector]:
        """Of a vendor that signs nothing: refused where that was not decided otherwise."""
        outcome = refused("invalid-signature", "unsigned")
        yield self._vector("unsigned", "forged", self._written(self.first), outcome, takes=False)

    def about_the_sender(self) -> Iterator[Vector]:
        """What is neither genuine nor forged alone: another secret, an unknown name, moments."""
        old = self._written(self.first, secret=self._secrets[1])
        yield self._vector("signed with the secret before", "genuine", old, self._outcome(old))
        yield from self._of_signatures_side_by_side()
        yield from self._of_other_moments()
        for name in list(self.callback.naming_fields)[:1]:
            known = self.first[name]
            other = "no page knows it" if isinstance(known, str) else 987_654_321
            unknown = self._written({**self.first, name: other})
            outcome = accepted("", [], unknown.payload)
            yield self._vector("a name that no page knows", "genuine", unknown, outcome)
            forged = self._written({**self.first, name: other}, secret="x")  # noqa: S106
            wrong = refused("invalid-signature", "wrong")
            yield self._vector("a name that no page knows, forged", "forged", forged, wrong)

    def _of_signatures_side_by_side(self) -> Iterator[Vector]:
        sent = self.callback.signature.sent
        for number, one in enumerate(sent if len(sent) > 1 else ()):
            others = partial(_all_but, number, len(sent))
            away = self._written(self.first, forge=partial(others, REMOVED))
            yield self._vector(f"no {one.place}", "genuine", away, self._outcome(away))
            wrong = self._written(self.first, forge=partial(others, "0"))
            refusal = refused("invalid-signature", "wrong")
            yield self._vector(f"only {one.place} is wrong", "forged", wrong, refusal)

    def _of_other_moments(self) -> Iterator[Vector]:
        first = next((fact for fact in self.callback.request_fields if fact.moment), None)
        if first and first.tolerance is not None:
            stale = refused("invalid-signature", "stale")
            for away in (first.tolerance, -first.tolerance):
                sent = self._written(self.first, now=MOMENT + away)
                name = f"sent {abs(away)} s {'too early' if away > 0 else 'ago'}"
                yield self._vector(name, "genuine", sent, self._outcome(sent))
                sent = self._written(self.first, now=MOMENT + away + (1 if away > 0 else -1))
                yield self._vector(f"{name} and one more", "forged", sent, stale)

    # -- refused ----------------------------------------------------------------------------------

    def forged(self, *, all_of_them: bool) -> Iterator[Vector]:
        """What forgers send: three of it, or everything that we know of."""
        sender = self._sender()
        receiver = receiver_of(self.contract, self.callback.area)
        cases = {one.label: one for one in forgeries(self.callback, self._signed_first)}
        alone = [one for one in cases.values() if not one.before]
        for case in alone if all_of_them else alone[:3]:
            kept = frozenset(case.payload) | case.kept
            sent = sender.write(replace(case, verbatim=True, kept=kept))
            url = with_query(URL, sent.query)
            rejection = receiver.check(headers=sent.headers, body=sent.body, url=url).rejection
            if rejection is None and case.kind == Hole.TWICE:
                yield self._vector(case.label, "genuine", sent, self._outcome(sent))
            elif rejection is not None:
                kind = "malformed" if rejection.status != 401 else "invalid-signature"
                outcome = refused(kind, rejection.reason)
                yield self._vector(case.label, "forged", sent, outcome)

    def hostile(self) -> Iterator[Vector]:
        """Bodies that are no callback, rightly signed, and those that are odd and yet are one."""
        body = self._written(self.first).body
        for name, broken, reason in broken_bodies(body):
            sent = self._written(broken)
            yield self._vector(name, "hostile", sent, refused("malformed", reason))
        for form, breaks in _BREAKS.items():
            if form in {facts.encoding for facts in self.callback.encodings}:
                written = self._written(self.first, form=form)
                for name, broken in breaks(written.body):
                    sent = replace(written, body=broken)
                    unreadable = refused("malformed", "unreadable")
                    yield self._vector(f"{form.value}: {name}", "hostile", sent, unreadable)
        for name, member in odd_members().items():
            sent = self._written(b"{" + member.encode() + b"," + body[1:])
            sent = replace(sent, payload=json.loads(sent.body))
            yield self._vector(name, "hostile", sent, self._outcome(sent))

    # -- requests ---------------------------------------------------------------------------------

    @cached_property
    def _secrets(self) -> list[str]:
        return secrets_of(self.contract, self.callback.area) or ["", ""]

    @cached_property
    def _signed_first(self) -> Payload:
        signed: Payload = self._written(self.first).payload
        return signed

    def _written(
        self, payload: Any, *, secret: str | None = None, now: float = MOMENT, **way: Any
    ) -> Request:
        key = (self._secrets[0] if secret is None else secret).encode()
        sending = Sending(now, self.callback.path, URL, self.first)
        return write_request(self.callback, payload, secret=key, sending=sending, **way)

    def _sender(self) -> Sender:
        encoding = self.callback.signature.forms[0].encodings[0]
        key, chance = self._secrets[0].encode(), random.Random(1)  # noqa: S311 - no secret
        return Sender(self.callback, key, lambda: MOMENT, chance, encoding, address=URL)

    # -- payloads ---------------------------------------------------------------------------------

    def _with_unknown_fields(self) -> Payload:
        """The first example with fields that no page knows, within nested JSON too."""
        made = {**self.first, _MORE: _UNKNOWN}
        for place in sorted(texts_of(self.callback.schema)):
            changed = _changed(made, place, _with_more)
            made = changed if self._judges.accepts(changed) else made
        return made

    @cached_property
    def _judges(self) -> CompiledCallback:
        return CompiledCallback(self.callback)

    def _with_largest_integers(self) -> Payload:
        """The first example with each integer beyond 2^53 as large as its page lets it be."""
        facts = self.callback.signature
        held = facts.body_fields
        held |= {name.split("/")[-1] for name in self.callback.discriminator}
        made: Payload = _largest(self.callback.schema, self.first, held)
        return made

    # -- what comes out ---------------------------------------------------------------------------

    def _genuine(self, name: str, payload: Payload, **way: Any) -> Vector:
        sent = self._written(payload, **way)
        return self._vector(name, "genuine", sent, self._outcome(sent))

    def _outcome(self, sent: Request) -> Outcome:
        """The event that a genuine request is."""
        value = sent.payload
        if sent.form is BodyForm.FORM:
            value = typed(self.callback.schema, read_body(sent.body, form=sent.form).value)
        key = [
            find_signature(fact.place, value, sent.headers, url=sent.url)[1]
            for fact in self.callback.request_fields
            if fact.is_unique
        ]
        key += [member_at(value, from_pointer(pointer)) for pointer in self.callback.dedupe_key]
        for place in texts_of(self.callback.schema):
            value = _changed(value, place, _opened)
        return accepted(self.callback.path, key, value)

    def _vector(
        self, name: str, kind: str, sent: Request, outcome: Outcome, *, takes: bool = True
    ) -> Vector:
        return {
            "name": f"{self.callback.path}: {name}",
            "kind": kind,
            "accept_unsigned": takes,
            "method": "POST",
            "url": with_query(URL, sent.query),
            "headers": [list(pair) for pair in sent.headers],
            "body": b64encode(sent.body).decode(),
            "expect": outcome,
        }


_BREAKS: Final = {
    BodyForm.FORM: broken_forms,
    BodyForm.PERCENT_JSON: broken_percent_json,
}


def _all_but(number: int, total: int, instead: Any, right: str) -> OneEach:
    """All of several signatures as they are, but one."""
    return OneEach(tuple(instead if one == number else right for one in range(total)))


def _changed(value: Any, place: tuple[str, ...], change: Callable[[str], Any]) -> Any:
    """A value with the text at a place changed, where there is one."""
    if not place:
        return change(value) if isinstance(value, str) else value
    if not isinstance(value, dict) or place[0] not in value:
        return value
    return {**value, place[0]: _changed(value[place[0]], place[1:], change)}


def _opened(text: str) -> Any:
    reading = decode_text(text)
    return reading.value if reading.complete and not reading.problems else text


def _with_more(text: str) -> str:
    value = _opened(text)
    more = {**value, _MORE: _UNKNOWN} if isinstance(value, dict) else value
    return text if more == text else json.dumps(more, ensure_ascii=False)


def _largest(schema: Any, value: Any, held: set[str]) -> Any:
    """A value with each of its integers that may be beyond 2^53 as large as it may be."""
    if isinstance(value, dict):
        known = schema.get("properties", {})
        return {
            name: inner if name in held else _largest(known.get(name, {}), inner, held)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_largest(schema.get("items", {}), inner, held) for inner in value]
    most = schema.get("maximum", 0) if isinstance(schema, dict) else 0
    is_integer = isinstance(value, int) and not isinstance(value, bool)
    return most if is_integer and isinstance(most, int) and most > _EXACT else value


def accepted(callback: str, key: list[Any], value: Any) -> Outcome:
    """An event; `key` is what tells it from others, empty where nothing does."""
    is_known = any(part is not None for part in key)
    compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return {
        "accepted": True,
        "callback": callback,
        "dedupe_key": compact.encode([callback, *key]) if is_known else "",
        "values": values_in(value),
    }


def refused(kind: str, reason: str) -> Outcome:
    """A request that is not acted on: an `invalid-signature`, or `malformed`."""
    return {"accepted": False, "kind": kind, "reason": reason}


def values_in(value: Any) -> dict[str, list[str]]:
    """What is in a value by pointers, each with its kind and its text; numbers are texts, too."""
    return {to_pointer(path): _leaf(leaf) for path, leaf in leaves(value)}


def _leaf(value: Any) -> list[str]:
    if isinstance(value, str):
        return ["text", value]
    if isinstance(value, bool) or value is None:
        return ["word", json.dumps(value)]
    return (
        ["number", json.dumps(value)] if isinstance(value, int | float) else ["empty", str(value)]
    )
