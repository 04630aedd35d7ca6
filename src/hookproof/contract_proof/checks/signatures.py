"""HP508, HP513: the recipe of a signature can be carried out, and says what it does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract_proof.checks.model import as_dict, as_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract_proof.checks.model import Model, SourceFile
    from hookproof.contract_proof.checks.problem import ContractProblem
    from hookproof.payload.scan import Path

# The schemes that compute over the body. (What computes them lies in a layer below.)
_OVER_THE_BODY: Final = ("hmac-body", "hmac-method-body", "jwt")
# What the recipe of each scheme is said with.
_WORDS: Final = {
    "hmac": frozenset({"digest", "message", "order", "separator"}),
    "hash": frozenset({"digest", "message", "order", "separator"}),
    "sorted-sha1": frozenset({"inputs"}),
    "joined": frozenset({"digest", "inputs", "secret-at"}),
    "hmac-body": frozenset({"digest"}),
    "hmac-method-body": frozenset({"digest"}),
    "jwt": frozenset({"digest", "body-claim"}),
}
# Hex, Base64, and Base64 in percent-encoding.
_IN_DIGESTS: Final = re.compile(r"[0-9A-Za-z+/=%]")
_OF_SCHEMES: Final = frozenset[str]().union(*_WORDS.values())


def check_signatures(model: Model) -> Iterator[ContractProblem]:
    """A recipe can be carried out, and covers what it is said to cover."""
    for file, path, holder in model.holders():
        for within, form in signature_forms(holder.get("x-signature")):
            if form.get("scheme") in list(_WORDS):
                base = (*path, "x-signature", *within)
                yield from _coverage(file, base, form)
                yield from _foreign_words(file, base, form)
                yield from _secret_at(file, base, form)
                yield from _message(file, base, form)
                yield from _signs_itself(file, base, form)
                yield from _texts(file, (*base, "signature"), as_dict(form.get("signature")))


def signature_forms(signature: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """All signatures that one word says, and where each stands in it: its own, those beside it."""
    yield (), as_dict(signature)
    for word in ("alternatives", "together"):
        for number, form in enumerate(as_list(as_dict(signature).get(word))):
            yield (word, number), as_dict(form)


def signed_places(form: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The values that a signature signs, of its inputs or its message."""
    words = _WORDS.get(str(form.get("scheme")), frozenset())
    for word in sorted(words & {"inputs", "message"}):
        for index, part in enumerate(as_list(form.get(word))):
            if "in" in as_dict(part):
                yield (word, index), part


def _coverage(file: SourceFile, base: Path, signature: dict[str, Any]) -> Iterator[ContractProblem]:
    covers, scheme, path = as_list(signature.get("covers")), signature["scheme"], (*base, "covers")
    message = as_list(signature.get("message"))
    digests = [part for part in message if "digest" in as_dict(part)]
    over_body = scheme in _OVER_THE_BODY or "body" in message or "form" in message or digests != []
    if "covers" in signature and ("body" in covers) != over_body:
        verb = "does not cover" if "body" in covers else "covers"
        hint = "covers follows from the recipe: leave it out, or mend the message"
        yield file.problem("HP508", path, f"the scheme {scheme} {verb} the body", hint=hint)
    place = as_dict(signature.get("signature"))
    if over_body and place.get("in") == "body":
        said = "the signature sits in the body that it covers, so nobody can make it"
        hint = "a signature over the body sits in a header or in the query"
        yield file.problem("HP508", (*base, "signature"), said, hint=hint)
    inputs = [as_dict(one).get("field") for one in (*as_list(signature.get("inputs")), *message)]
    for index, name in enumerate(covers):
        if name != "body" and name not in inputs:
            hint = "covers names body, or fields that stand under inputs"
            said = f"covers {name!r}, which is not an input"
            yield file.problem("HP513", (*path, index), said, hint=hint)


def _foreign_words(
    file: SourceFile, base: Path, signature: dict[str, Any]
) -> Iterator[ContractProblem]:
    """Words that a scheme does not carry out, which would be passed over in silence."""
    scheme = signature["scheme"]
    for word in _OF_SCHEMES & signature.keys() - _WORDS[scheme]:
        if word != "inputs" or signature[word]:
            hint = f"remove it; of {scheme} there are {', '.join(sorted(_WORDS[scheme])) or 'none'}"
            said = f"the scheme {scheme} knows no {word}"
            yield file.problem("HP508", (*base, word), said, hint=hint)


def _message(file: SourceFile, base: Path, signature: dict[str, Any]) -> Iterator[ContractProblem]:
    """The secret is a piece of what is hashed, and the key of an HMAC; never both."""
    if "message" not in signature:
        return
    message, path = as_list(signature["message"]), (*base, "message")
    wanted = 1 if signature["scheme"] == "hash" else 0
    if message.count("secret") != wanted:
        hint = "hash has the secret once among its pieces; hmac has it as its key"
        said = f"the secret stands {message.count('secret')} times in the message"
        yield file.problem("HP508", path, said, hint=hint)


def _signs_itself(
    file: SourceFile, base: Path, signature: dict[str, Any]
) -> Iterator[ContractProblem]:
    for path, place in signed_places(signature):
        if _same_place(place, as_dict(signature.get("signature"))):
            hint = "sign what stands beside it: give the pair, or remove this piece"
            said = "the signature is a piece of what it signs"
            yield file.problem("HP508", (*base, *path), said, hint=hint)
        if place.get("in") == "body" and place.get("field") == "body":
            hint = "a signature over a field of this name cannot be said"
            said = "body is the word for the whole body, and no field of it"
            yield file.problem("HP508", (*base, *path), said, hint=hint)


def _texts(file: SourceFile, path: Path, place: dict[str, Any]) -> Iterator[ContractProblem]:
    """What stands around a digest can be told from it, and from what stands around it in turn."""
    commas = (",",) if "pair" in place and "separator" not in place else ()
    separators = [*commas, *(place[word] for word in ("separator", "several") if word in place)]
    for between in [one for one in separators if isinstance(one, str)]:
        hint = "it is what stands between signatures or pairs, such as a comma or a blank"
        if _IN_DIGESTS.search(between):
            said = f"{between!r} may be a part of a digest, so it separates nothing"
            yield file.problem("HP508", path, said, hint=hint)
        held = [place[word] for word in ("prefix", "pair") if isinstance(place.get(word), str)]
        apart = [one for one in held if between in one]
        if apart:
            said = f"{apart[0]!r} holds {between!r}, which separates signatures"
            yield file.problem("HP508", path, said, hint=hint)


def _same_place(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one.get(word) == other.get(word) for word in ("in", "field", "pair"))


def _secret_at(
    file: SourceFile, base: Path, signature: dict[str, Any]
) -> Iterator[ContractProblem]:
    at, path = signature.get("secret-at"), (*base, "secret-at")
    if (
        signature["scheme"] == "joined"
        and type(at) is int
        and at > (count := len(as_list(signature.get("inputs"))))
    ):
        message = f"the secret stands at {at} among {count} inputs"
        hint = f"0 is before all of them, {count} behind all"
        yield file.problem("HP508", path, message, hint=hint)
