"""HP508, HP513: what is signed is sent, and what is sent can be read where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.contract_proof.checks.fields import echoes_of, missing_field
from hookproof.contract_proof.checks.model import as_dict, as_list
from hookproof.contract_proof.checks.signatures import signature_forms, signed_places
from hookproof.payload.pointer import from_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract_proof.checks.model import Model, Operation, SourceFile
    from hookproof.contract_proof.checks.problem import ContractProblem
    from hookproof.payload.scan import Path

# Of the connection, and Content-Type, which follows from how the body is written.
_OWN_HEADERS: Final = frozenset(
    ("header", name)
    for name in ("connection", "content-length", "content-type", "host", "transfer-encoding")
)
_COMMA: Final = ","
# A header that is named as one, and as long as a digest in hex or Base64 is.
_OF_DIGESTS: Final = re.compile("md5|sha|digest|checksum|hash", re.IGNORECASE)
_DIGEST_LENGTHS: Final = frozenset({24, 28, 32, 40, 44, 64, 88, 128})
# Of ten digits, so that no two of a run's thousand events share them.
_FEWEST: Final = 10
# So that no answer has it by chance.
_FEW_ENOUGH: Final = 6


class _Spot(NamedTuple):
    """A header or a parameter by its name as it is compared, and the pair in it, if any."""

    within: str
    name: str
    pair: str

    @property
    def whole(self) -> tuple[str, str]:
        """The header or the parameter, whatever pair."""
        return self.within, self.name


class _Written(NamedTuple):
    """What a request has there, its name as written, and where the contract says so."""

    spot: _Spot
    name: str
    separator: str
    where: Path


def check_requests(model: Model) -> Iterator[ContractProblem]:
    """`x-request` names nothing twice, and nothing that is written for another reason."""
    for file, path, holder in model.holders():
        taken = set(_OWN_HEADERS)
        for written in _requested((*path, "x-request"), holder.get("x-request")):
            if written.spot.whole in taken:
                yield _taken(file, written)
            taken.add(written.spot.whole)
        for where, _, entry in _entries((*path, "x-request"), holder.get("x-request")):
            changing = re.findall("[0-9A-Za-z]", str(entry.get("sample")).rpartition("_")[2])
            if entry.get("unique") and len(changing) < _FEWEST:
                said = f"the sample {entry.get('sample')!r} is too short for one of each event"
                hint = (
                    f"give one with {_FEWEST} letters or digits that change, after the last _ in it"
                )
                yield file.problem("HP508", (*where, "sample"), said, hint=hint)


def check_sending(model: Model) -> Iterator[ContractProblem]:
    """What is signed is sent, once, where a receiver can read it."""
    for operation in model.operations():
        base, facts = operation.settled("x-signature")
        yield from _unknown_fields(model, operation, base, facts)
        for within, form in signature_forms(facts):
            yield from _unsent(operation, (*base, *within), form)
            yield from _unreadable(operation, (*base, *within), form, facts)
            yield from _digests(operation, (*base, *within), form)
        yield from _collisions(operation, base, facts)
        yield from _claims(operation, facts)
        yield from _unsent_names(operation, facts)


def check_challenges(model: Model) -> Iterator[ContractProblem]:
    """What is given back is said once, and by a key that there is."""
    for operation in model.operations():
        forms = operation.member("x-challenge", list)
        _, facts = operation.settled("x-signature")
        keyed = any("hmac" in echo for form in forms for _, echo in echoes_of(form))
        if keyed and as_dict(facts).get("scheme") == "none":
            message, hint = "an HMAC is given back, and there is no secret", "say how it is signed"
            yield operation.problem("HP508", ("x-challenge",), message, hint=hint)
        if forms and any("schema" in as_dict(c) for c in _answers(operation)):
            message = "the answer has a schema beside x-challenge"
            hint = "remove the schema: what a challenge wants back says what the answer is"
            yield operation.problem("HP508", ("x-challenge",), message, hint=hint)


def check_confirmations(model: Model) -> Iterator[ContractProblem]:
    """The answer to a GET that confirms an address gives back what is new each time."""
    for document in model.documents:
        asked, base = as_dict(document.value.get("x-confirmation")), ("x-confirmation",)
        entries = [as_dict(one) for one in as_list(asked.get("query"))]
        named = {str(one.get("name")): one for one in entries}
        if len(named) < len(entries) or sum("token" in one for one in entries) > 1:
            message = "a parameter stands there twice, or there are two tokens"
            hint = "name each once; of the customer's own words one is the token"
            yield document.problem("HP508", (*base, "query"), message, hint=hint)
        for at, form in enumerate(as_list(asked.get("answer"))):
            for way, echo in echoes_of(form):
                where = (*base, "answer", at, *way)
                yield from _echoed(document, where, echo, named)


def _echoed(
    document: SourceFile, where: Path, echo: dict[str, Any], named: dict[str, dict[str, Any]]
) -> Iterator[ContractProblem]:
    """What is given back is a parameter that is another one each time, else it proves nothing."""
    parts = from_pointer(str(echo.get("from")))
    entry = named.get(parts[0]) if len(parts) == 1 else None
    sample = str((entry or {}).get("sample", ""))
    if len(re.findall("[0-9A-Za-z]", sample.rpartition("_")[2])) < _FEW_ENOUGH:
        message = f"{echo.get('from')!r} leads to no parameter with a sample of many"
        hint = f"name one that has a sample of {_FEW_ENOUGH} letters or digits at least"
        yield document.problem("HP508", (*where, "from"), message, hint=hint)
    facts = as_dict(document.value.get("x-signature"))
    if "hmac" in echo and facts.get("scheme") == "none":
        message, hint = "an HMAC is given back, and there is no secret", "say how it is signed"
        yield document.problem("HP508", where, message, hint=hint)


def _answers(operation: Operation) -> Iterator[Any]:
    for response in operation.member("responses", dict).values():
        yield from as_dict(as_dict(response).get("content")).values()


def _unknown_fields(
    model: Model, operation: Operation, base: Path, facts: Any
) -> Iterator[ContractProblem]:
    """Signatures and what they sign, in fields that the payload has not."""
    file = model.schema_of(operation)
    schema = model.expanded(file) if file else None
    if file is None or schema is None:
        return
    for within, form in signature_forms(facts):
        places = [(("signature",), as_dict(form.get("signature"))), *signed_places(form)]
        for path, place in places:
            field, at = place.get("field"), (*base, *within, *path, "field")
            if place.get("in") == "body" and isinstance(field, str):
                yield from missing_field(operation, at, (field,), schema=schema, label=file.label)


def _unsent(operation: Operation, base: Path, form: dict[str, Any]) -> Iterator[ContractProblem]:
    """Signed headers and parameters that no request has."""
    sent = {written.spot for written in _sent(operation)}
    for path, place in signed_places(form):
        spot = _spot(place)
        own = _spot(as_dict(form.get("signature")))
        if spot and spot not in sent and spot != own:
            kind = "headers" if spot.within == "header" else "query"
            hint = f"add it to {kind} of x-request, with what its value is"
            said = f"nothing says what stands in the signed {_named(spot)}"
            yield operation.document.problem("HP513", (*base, *path), said, hint=hint)


def _digests(operation: Operation, base: Path, form: dict[str, Any]) -> Iterator[ContractProblem]:
    """Signed headers that hold a digest of the body, which a forger leaves as they were."""
    entries = {spot: entry for _, spot, entry in _entries(*operation.settled("x-request"))}
    covered = {"body", "form"} & {one for one in as_list(form.get("message")) if type(one) is str}
    for path, place in signed_places(form):
        spot = _spot(place)
        entry = entries.get(spot, {}) if spot else {}
        name, sample = str(entry.get("name")), str(entry.get("sample"))
        hint = (
            "sign {digest: md5, encoding: hex} in its place, with the hash and encoding that it has"
        )
        if "body-digest" in entry:
            said = f"the header {name} is signed as it came, and the body may be another by then"
            yield operation.document.problem("HP508", (*base, *path), said, hint=hint)
        elif not covered and _OF_DIGESTS.search(name) and len(sample) in _DIGEST_LENGTHS:
            said = f"the signed {name} looks like a digest, and nothing says of what"
            hint = f"if it is of the body, {hint}, and body-digest in x-request"
            where = (*base, *path)
            yield operation.document.problem("HP508", where, said, hint=hint, severity="warning")


def _unsent_names(operation: Operation, facts: Any) -> Iterator[ContractProblem]:
    """Headers and parameters that name a callback, and that no request of it has so."""
    signed = {_spot(as_dict(form.get("signature"))) for _, form in signature_forms(facts)}
    sent = {spot: entry for _, spot, entry in _entries(*operation.settled("x-request"))}
    for name, values in operation.member("x-discriminator", dict).items():
        within, _, field = name.partition(" ")
        spot = _spot({"in": within, "field": field}) if field else None
        if spot is None or spot in signed or spot.whole in _OWN_HEADERS:
            continue
        text = as_dict(sent.get(spot)).get("text") or as_dict(sent.get(spot)).get("sample")
        at = ("x-discriminator", name)
        if spot not in sent:
            kind = "headers" if spot.within == "header" else "query"
            said = f"no request has the {name} that names the callback"
            hint = f"add it to {kind} of the x-request of {operation.key}, with its value as text"
            yield operation.problem("HP513", at, said, hint=hint)
        elif text and isinstance(values, list) and text not in values:
            said = f"each request has {text!r} in the {name}, which does not name this callback"
            hint = "give one of its values as text in the x-request of this webhook; all are texts"
            yield operation.problem("HP512", at, said, hint=hint)


def _unreadable(
    operation: Operation, base: Path, form: dict[str, Any], facts: Any
) -> Iterator[ContractProblem]:
    """Pieces of a message that a receiver could not take from the request as they were signed."""
    message = as_list(form.get("message"))
    places = [as_dict(one.get("signature")) for _, one in signature_forms(facts)]
    if "url" in message and any(place.get("in") == "query" for place in places):
        said = "the URL is signed, and a signature stands in it, so nobody can make it"
        hint = "a signature over the URL sits in a header or in the body"
        yield operation.document.problem("HP508", (*base, "message"), said, hint=hint)
    encodings = [as_dict(one).get("encoding") for one in operation.member("x-encodings", list)]
    if "form" in message and encodings != ["form"]:
        said = f"a form is signed, and {operation.key} is not always one by x-encodings"
        hint = "sign the body, or let x-encodings have form alone"
        yield operation.document.problem("HP508", (*base, "message"), said, hint=hint)


def _collisions(operation: Operation, base: Path, facts: Any) -> Iterator[ContractProblem]:
    """Two that would write the same header, parameter or field."""
    first, seen = as_dict(as_dict(facts).get("signature")), set[_Spot | None]()
    for within, form in signature_forms(facts):
        place, path = as_dict(form.get("signature")), (*base, *within, "signature")
        if within[:1] == ("together",) and (
            place.get("in") == "body" or _spot(place) in (_spot(first), *seen)
        ):
            said = "a signature beside another one needs a header or parameter of its own"
            hint = "give it another place; a header takes several in pairs of different names"
            yield operation.document.problem("HP508", path, said, hint=hint)
        spot = _spot(place)
        seen |= {spot} if within[:1] == ("together",) else set()
        if spot is None:
            continue
        if spot.whole in _OWN_HEADERS:
            hint = "a signature sits in a header that nothing else writes"
            said = f"the {_named(spot)} is written for another reason already"
            yield operation.document.problem("HP508", path, said, hint=hint)
        beside = [one for one in _sent(operation) if one.spot.whole == spot.whole]
        for one in beside:
            if one.spot == spot or not one.spot.pair or not spot.pair:
                yield _taken(operation.document, one)
        between = {_between(p) for _, p in signed_places(form) if _is_pair_of(p, spot)}
        between |= {_between(first)} if _is_pair_of(first, spot) else set()
        between |= {one.separator for one in beside if one.spot.pair and spot.pair}
        if between - {_between(place)}:
            said = f"pairs of the {spot.within} {spot.name} are separated in two ways"
            hint = "say the same separator wherever a pair of it is named"
            yield operation.document.problem("HP508", path, said, hint=hint)


def _claims(operation: Operation, facts: Any) -> Iterator[ContractProblem]:
    """A claim belongs to a token that is a signature, and stands in it once."""
    tokens = {
        spot: as_dict(form.get("body-claim")).get("name")
        for _, form in signature_forms(facts)
        if form.get("scheme") == "jwt" and (spot := _spot(as_dict(form.get("signature"))))
    }
    taken = set(tokens.items())
    for where, spot, entry in _entries(*operation.settled("x-request")):
        claim = entry.get("claim")
        if claim is not None and spot not in tokens:
            said = "a claim stands where no token of x-signature does"
            hint = "claims are in the header or parameter of a signature of the scheme jwt"
            yield operation.document.problem("HP508", (*where, "claim"), said, hint=hint)
        elif claim is not None and (spot, claim) in taken:
            said = f"the claim {claim} is written for another reason already"
            hint = "remove one of them: a token has each claim once"
            yield operation.document.problem("HP508", (*where, "claim"), said, hint=hint)
        taken.add((spot, claim))


def _taken(file: SourceFile, written: _Written) -> ContractProblem:
    said = f"{written.name} is written for another reason already"
    hint = "remove it: the body, the signature or the connection gives its value"
    return file.problem("HP508", (*written.where, "name"), said, hint=hint)


def _is_pair_of(place: dict[str, Any], spot: _Spot) -> bool:
    other = _spot(place)
    return bool(other and other.pair and other.whole == spot.whole)


def _sent(operation: Operation) -> Iterator[_Written]:
    """What each request has beside its body and its signatures."""
    yield from _requested(*operation.settled("x-request"))


def _requested(base: Path, request: Any) -> Iterator[_Written]:
    """Headers and parameters; claims of a token are a part of the signature."""
    for where, spot, one in _entries(base, request):
        if "claim" not in one:
            yield _Written(spot, str(one["name"]), _between(one), where)


def _entries(base: Path, request: Any) -> Iterator[tuple[Path, _Spot, dict[str, Any]]]:
    for kind, within in (("headers", "header"), ("query", "query")):
        for index, entry in enumerate(as_list(as_dict(request).get(kind))):
            one = as_dict(entry)
            spot = _spot({"in": within, "field": one.get("name"), "pair": one.get("pair", "")})
            if spot:
                yield (*base, kind, index), spot, one


def _spot(place: dict[str, Any]) -> _Spot | None:
    """The header or parameter that a place speaks of; None for a field of the body."""
    within, name, pair = place.get("in"), place.get("field"), place.get("pair", "")
    if within not in ("header", "query") or not isinstance(name, str) or not isinstance(pair, str):
        return None
    return _Spot(within, name.lower() if within == "header" else name, pair)


def _between(place: dict[str, Any]) -> str:
    return str(place.get("separator", _COMMA))


def _named(spot: _Spot) -> str:
    kind = "query parameter" if spot.within == "query" else spot.within
    return f"{spot.pair} in the {kind} {spot.name}" if spot.pair else f"{kind} {spot.name}"
