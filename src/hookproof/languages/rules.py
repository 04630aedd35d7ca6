"""The rules of a contract as data, for readers in other languages that carry them out.

All that the contract has words for is told in the fewest: a scheme with a name is its pieces, a
field of the body a path. Signatures that many callbacks share stand once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hookproof.errors import UsageError
from hookproof.payload.pointer import from_pointer
from hookproof.schema.nested_json import texts_of
from hookproof.validation.identify import members_of_its_own
from hookproof.validation.untyped import kinds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.contract import Callback, Contract
    from hookproof.contract.model import Part, Place, SignatureFacts

    Rules = dict[str, Any]

FORMAT: Final = 1
_ABOUT: Final = (
    "What a reader has to know of callbacks: what names them, how they are signed, which texts "
    "are JSON, what tells one event from another. Made by hookproof, not to be edited."
)


def rules_of(contract: Contract, areas: Sequence[str] = ()) -> Rules:
    """The rules of all callbacks of some areas, of all areas where none is named."""
    signatures: list[list[Rules]] = []
    rules, sooner = [], []
    chosen = [contract.callback(one.path) for one in contract.listings(areas or contract.areas)]
    for callback in sorted(chosen, key=lambda one: one.path):
        _hold_to_what_readers_know(callback)
        forms = [] if callback.signature.is_unsigned else _forms(callback.signature)
        if forms not in signatures:
            signatures.append(forms)
        rules.append(_callback(callback, signatures.index(forms)))
        if own := _telling(callback, chosen):
            shown = {"in": "body", "path": [own], "values": []}
            sooner.append({**rules[-1], "named": [*rules[-1]["named"], shown]})
    callbacks = [*sooner, *rules]
    return {"about": _ABOUT, "format": FORMAT, "signatures": signatures, "callbacks": callbacks}


def _hold_to_what_readers_know(callback: Callback) -> None:
    """Raise UsageError for the one piece of a signature that no reader computes."""
    facts = callback.signature
    forms = () if facts.is_unsigned else (*facts.forms, *facts.together)
    if any(part.kind == "digest" for form in forms for part in form.parts):
        raise UsageError(
            f"{callback.area} signs a digest of the body, which readers of other languages do not",
            hint="leave it out, --area names the others; hookproof.Receiver reads it in Python, "
            "and in another language computing the digest is a line of your own",
        )


def _telling(callback: Callback, all_of_them: Sequence[Callback]) -> str:
    """A member that tells a callback from those that one request may name as well, "" for none.

    A reader takes the first rule that names a request and proves its sender, so a rule that asks
    for this member too stands before those of the others: who has it is no other one.
    """
    named = [one for one in all_of_them if _may_be_named_too(callback, one)]
    return min(members_of_its_own(callback, named), default="") if len(named) > 1 else ""


def _may_be_named_too(callback: Callback, other: Callback) -> bool:
    """Whether a request of a callback can have what names another one; no values stand for any."""
    own, names = callback.discriminator, other.discriminator
    return names.keys() <= callback.schema.get("properties", {}).keys() | own.keys() and all(
        not own[name] or not names[name] or set(own[name]) & set(names[name])
        for name in own.keys() & names.keys()
    )


def _callback(callback: Callback, signature: int) -> Rules:
    named = [
        {**_named_place(name), "values": list(values)}
        for name, values in sorted(callback.discriminator.items())
    ]
    beside = [_place(fact.place) for fact in callback.request_fields if fact.is_unique]
    return {
        "callback": callback.path,
        "area": callback.area,
        "named": named,
        "signature": signature,
        "moment": _moment(callback),
        "nested": [list(place) for place in sorted(texts_of(callback.schema))],
        "dedupe": [*beside, *map(_body, callback.dedupe_key)],
        **_typed_fields(callback),
    }


def _moment(callback: Callback) -> Rules | None:
    """Where a moment stands that a page wants held to now; None where no page does."""
    first = next((fact for fact in callback.request_fields if fact.moment), None)
    if first is None or first.tolerance is None:
        return None
    return {**_place(first.place), "unit": first.moment, "tolerance": first.tolerance}


def _typed_fields(callback: Callback) -> Rules:
    """The fields that are numbers or true and false, and come as texts in a form."""
    kinds = {
        name: kinds_of(sub)
        for name, sub in callback.schema.get("properties", {}).items()
        if "form" in {one.encoding for one in callback.encodings}
    }
    texts = {name for name, found in kinds.items() if "string" in found}
    numbers = [n for n, found in kinds.items() if found & {"integer", "number"}]
    booleans = [n for n, found in kinds.items() if "boolean" in found]
    return {
        "numbers": sorted(set(numbers) - texts),
        "booleans": sorted(set(booleans) - texts),
    }


def _forms(facts: SignatureFacts) -> list[Rules]:
    beside = [_form(one) for one in facts.together]
    return [{**_form(form), "beside": beside} for form in facts.forms]


def _form(facts: SignatureFacts) -> Rules:
    claim = facts.body_claim
    body = {"claim": claim.name, "hash": claim.digest, "encoding": claim.encoding}
    inputs = iter(facts.inputs)
    return {
        "place": _place(facts.place),
        "prefix": facts.text.prefix,
        "several": facts.text.separator,
        "secret": {"encoding": facts.secret.encoding, "prefix": facts.secret.prefix},
        "hmac": facts.is_keyed,
        "hash": facts.hash,
        "pieces": [_piece(p, next(inputs) if p.kind == "value" else None) for p in facts.parts],
        "sorted": facts.is_sorted,
        "separator": facts.separator,
        "encodings": list(facts.encodings),
        "token": body if facts.is_token else None,
    }


def _piece(part: Part, place: Place | None) -> Rules:
    if place is not None:
        return {"kind": "value", "place": _place(place)}
    return {"kind": "literal", "text": part.text} if part.kind == "literal" else {"kind": part.kind}


def _place(place: Place) -> Rules:
    """A place in a request: a path in the body, or the name of a header or a parameter."""
    if place.in_body:
        return {"in": "body", "path": [place.field]}
    found: Rules = {"in": place.within, "field": place.field}
    if place.pair:
        found |= {"pair": place.pair, "separator": place.separator}
    return found | ({"claim": place.claim} if place.claim else {})


def _named_place(name: str) -> Rules:
    """The place of what names a callback: `event`, `/data/event`, `header NAME`, `query NAME`."""
    within, _, field = name.partition(" ")
    if field and within in {"header", "query"}:
        return {"in": within, "field": field}
    return _body(name) if name.startswith("/") else {"in": "body", "path": [name]}


def _body(pointer: str) -> Rules:
    return {"in": "body", "path": list(from_pointer(pointer))}
