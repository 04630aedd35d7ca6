"""What a forger sends: anything that a stranger can put on the wire, and never the right digest."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.cases import FORM, Before, Case
from hookproof.conformance.cases.marks import marks_of
from hookproof.conformance.cases.mutation_points import put
from hookproof.conformance.checks import Check
from hookproof.http.request import REMOVED, OneEach, Repeated, with_key_again
from hookproof.payload.body import BodyForm
from hookproof.payload.pointer import to_pointer
from hookproof.signature import sign
from hookproof.signature.tokens import without_signature
from hookproof.signature.verify import find_signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract import Callback
    from hookproof.contract.model import SignatureFacts
    from hookproof.http.request import Forger, Request

# No account has it.
NOBODYS_SECRET: Final = b"a secret that no account has"


class Hole(StrEnum):
    """What lets a forgery in, or makes it crash the receiver; what is to be done differs.

    any: any signature will do. none: none, an empty one or null. odd: one of another type.
    beyond_ascii: bytes past 0x7F. part: the beginning of the right one. letters: the right one in
    another letter case. known: a callback that was delivered before. empty_secret and
    printed_secret: one that everybody can make. input: a signed value that is not there, or of
    another kind. nothing: a digest over such values, for want of a secret too. moment: a moment
    that is no number. size: a very long one. twice: two of them. account: an application that is
    not known here. account_secret: one that is signed with what is no secret of it. form: a body
    in another documented form.
    """

    ANY = "any"
    NONE = "none"
    ODD = "odd"
    BEYOND_ASCII = "beyond-ascii"
    PART = "part"
    LETTERS = "letters"
    KNOWN = "known"
    EMPTY_SECRET = "empty-secret"  # noqa: S105 - a word
    PRINTED_SECRET = "printed-secret"  # noqa: S105 - a word
    INPUT = "input"
    NOTHING = "nothing"
    MOMENT = "moment"
    SIZE = "size"
    TWICE = "twice"
    ACCOUNT = "account"
    ACCOUNT_SECRET = "account-secret"  # noqa: S105 - a word
    FORM = FORM


def forgeries(
    callback: Callback,
    payload: dict[str, Any],
    *,
    known: dict[str, Any] | None = None,
    base: BodyForm = BodyForm.JSON,
) -> Iterator[Case]:
    """The genuine payload with a signature that proves nothing, the usual holes first.

    `base` is the form of body that all are written in but those in another one. `known` is the
    payload of a genuine callback that the receiver has accepted. Of a vendor that signs nothing
    there are none: nobody could tell them from what it sends.
    """
    if callback.signature.is_unsigned:
        return
    forged = [_signed(payload, *one) for one in _SIGNATURES]
    yield from forged[:3]
    if known is not None:
        yield replayed(known)
    yield forged[3]
    if callback.signature.is_token:
        yield _signed(payload, "a token whose alg is none", Hole.ANY, without_signature)
    yield from _with_one_of_several(callback, payload)
    yield from _with_other_secrets(callback, payload)
    inputs = list(_with_other_inputs(callback, payload))
    yield from inputs[:_MOST_TELLING]
    yield from _of_another_account(callback, payload)
    yield from _in_other_forms(callback, payload, base)
    yield from forged[4:]
    if callback.signature.place.in_body:
        yield from (_signed(payload, *one) for one in _SIGNATURES_IN_A_BODY)
        half = _signed(payload, "half a character", Hole.BEYOND_ASCII, lambda _: _HALF)
        yield replace(half, tamper=lambda body: body.replace(_HALF.encode(), b"\\ud83d"))
    else:
        yield from (_signed(payload, *one) for one in _SIGNATURES_IN_A_HEADER)
        raw = "\udc80\udcff" if callback.signature.place.in_query else "\u0080\u00ff"
        what = "bytes that are no UTF-8"
        yield _signed(payload, what, Hole.BEYOND_ASCII, lambda right: raw * len(right))
    yield from inputs[_MOST_TELLING:]
    yield from _with_odd_moments(callback, payload)


def signatures_of(facts: SignatureFacts, request: Request) -> OneEach:
    """The signatures of a request, to be sent with another one."""
    url, found = f"?{request.query}", []
    for one in facts.sent:
        _, text = find_signature(one.place, request.payload, request.headers, url=url)
        bare = isinstance(text, str) and not one.place.in_body
        found.append(text.removeprefix(one.text.prefix) if bare else text)
    return OneEach(tuple(found))


def replayed(delivered: dict[str, Any]) -> Case:
    """A callback that the receiver knows, with another signature.

    Whoever looks up what is known before verifying lets it through.
    """
    case = Case(Check.REFUSES_FORGED, "a known callback with a wrong signature", delivered)
    known = (Before.GENUINE,)
    return replace(
        case,
        forge=_wrong,
        kind=Hole.KNOWN,
        kept=frozenset(delivered),
        verbatim=True,
        before=known,
    )


def _signed(payload: Any, what: str, hole: Hole, forge: Forger, may_close: bool = False) -> Case:  # noqa: FBT001, FBT002 - a row of a table
    label = what if what.startswith("two ") else f"a signature that is {what}"
    return Case(
        Check.REFUSES_FORGED,
        label,
        payload,
        forge=forge,
        kind=hole,
        may_close=may_close,
        may_refuse=hole is Hole.TWICE and not what.endswith("both wrong"),
    )


def _with_one_of_several(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    """Of signatures that go side by side one left out, and none of the others right."""
    sent = callback.signature.sent
    for number, left_out in enumerate(sent if len(sent) > 1 else ()):
        others = " and ".join(str(one.place) for one in sent if one is not left_out)
        what = f"missing in {left_out.place} and wrong in {others}"
        yield _signed(payload, what, Hole.NONE, partial(_one_left_out, number, len(sent)))


def _one_left_out(number: int, total: int, right: str) -> OneEach:
    return OneEach(tuple(REMOVED if one == number else _wrong(right) for one in range(total)))


def _with_other_secrets(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    check = Check.REFUSES_FORGED
    label = "a signature made with the empty secret"
    yield Case(check, label, payload, secret=b"", kind=Hole.EMPTY_SECRET)
    for path, value, _ in marks_of(callback.schema, word="x-account").places(payload):
        label = f"a signature made with the value of {to_pointer(path)} for a secret"
        kept, kind = frozenset({to_pointer(path)}), Hole.ACCOUNT_SECRET
        yield Case(check, label, payload, secret=str(value).encode(), kind=kind, kept=kept)
    for number, secret in enumerate(callback.signature.printed_secrets, start=1):
        label = f"a signature made with a secret that the vendor's pages print (sample {number})"
        yield Case(check, label, payload, secret=secret.encode(), kind=Hole.PRINTED_SECRET)
    label = "a signature made with another secret"
    yield Case(check, label, payload, secret=NOBODYS_SECRET, kind=Hole.ANY)


# -- whose callback it is ---------------------------------------------------------------------


def _of_another_account(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    """An application that the receiver has no secret of, or none at all, with a wrong signature.

    Who looks the secret up by it may find an empty one, or skip the check.
    """
    for path, value, _ in marks_of(callback.schema, word="x-account").places(payload):
        if isinstance(value, str | int) and not isinstance(value, bool):
            pointer, other = to_pointer(path), type(value)(_NOBODYS_ACCOUNT)
            changed, kept = put(payload, path, other), frozenset({pointer})
            yield from _unknown(f"{pointer} of another account", changed, kept=kept)
    for fact in callback.request_fields:
        if fact.account:
            changes = {"of another account": str(_NOBODYS_ACCOUNT), "left out": None}
            for what, text in changes.items():
                altered = ((fact.place.name, text),)
                yield from _unknown(f"{fact.place} {what}", payload, altered=altered)


def _unknown(what: str, payload: dict[str, Any], **options: Any) -> Iterator[Case]:
    check, kind = Check.REFUSES_FORGED, Hole.ACCOUNT
    label = f"{what} and a wrong signature"
    yield Case(check, label, payload, forge=_wrong, kind=kind, **options)
    label = f"{what} and a signature made with the empty secret"
    yield Case(check, label, payload, secret=b"", kind=Hole.NOTHING, **options)


_NOBODYS_ACCOUNT: Final = 987_654_321


def _in_other_forms(callback: Callback, payload: dict[str, Any], base: BodyForm) -> Iterator[Case]:
    """Forgeries in the other forms of the body: who reads those by another way may not verify."""
    forms = [BodyForm(facts.encoding) for facts in callback.encodings]
    for form in [form for form in forms if form is not base]:
        for what, forge in (("wrong", _wrong), ("missing", lambda _: REMOVED)):
            label = f"a signature that is {what}, the body written as {form.value}"
            check, kind = Check.REFUSES_FORGED, Hole.FORM
            yield Case(check, label, payload, forge=forge, form=form, kind=kind)


# -- what is signed ---------------------------------------------------------------------------


def _with_other_inputs(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    """Signed values that are not there or of another kind: who then skips the check lets it in.

    With each goes a wrong signature, and where nothing is left to sign one over nothing: it needs
    no secret, so that a receiver which computes the same has none, either.
    """
    facts = callback.signature
    yield from _with_other_inputs_beside(callback, payload)
    names = [p.field for p in facts.inputs if p.in_body and p.field in payload]
    if not names:
        return
    everything = " and ".join(names)
    # Of one value alone the next loop says the same.
    for what, value in _NOTHING.items() if len(names) > 1 else ():
        changed = _with(payload, dict.fromkeys(names, value))
        yield _unsigned(changed, f"{everything} {what} and a wrong signature", names, _wrong)
    for name in names:
        for what, value in _NOTHING.items():
            changed = _with(payload, {name: value})
            yield _unsigned(changed, f"{name} {what} and a wrong signature", [name], _wrong)
    for what, value in _NOTHING.items():
        changed = _with(payload, dict.fromkeys(names, value))
        label = f"{everything} {what} and a signature over nothing"
        case = _unsigned(changed, label, names, _over_what_is_left(facts, changed))
        yield replace(case, kind=Hole.NOTHING)
    for name in names:
        for what, value in (_of_another_type(payload[name]), *_OF_NO_TYPE):
            changed = _with(payload, {name: value})
            yield _unsigned(changed, f"{name} {what} and a wrong signature", [name], _wrong)
        yield _doubled(payload, name)


def _with_other_inputs_beside(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    """The same with signed values that stand in headers or the query."""
    check, kind = Check.REFUSES_FORGED, Hole.INPUT
    for place in [one for one in callback.signature.inputs if not one.in_body]:
        for what, text in (("left out", None), ("empty", "")):
            altered = ((place.name, text),)
            label = f"{place} {what} and a wrong signature"
            yield Case(check, label, payload, forge=_wrong, altered=altered, kind=kind)
            label = f"{place} {what} and a signature made with the empty secret"
            yield Case(check, label, payload, secret=b"", altered=altered, kind=Hole.NOTHING)


def _unsigned(payload: dict[str, Any], label: str, names: list[str], forge: Forger) -> Case:
    return Case(
        Check.REFUSES_FORGED,
        label,
        payload,
        forge=forge,
        kept=frozenset(names),
        kind=Hole.INPUT,
        where=f"/{names[0]}",
    )


def _doubled(payload: dict[str, Any], name: str) -> Case:
    case = _unsigned(payload, f"{name} twice and a wrong signature", [name], _wrong)
    value = payload[name]
    return replace(case, kept=frozenset(), tamper=lambda body: with_key_again(body, name, value))


def _over_what_is_left(facts: SignatureFacts, payload: dict[str, Any]) -> Forger:
    """A digest that everybody can make: by the vendor's rule, with nothing for a secret."""
    return lambda _: sign(facts, b"", payload=payload, body=b"")


def _of_another_type(value: Any) -> tuple[str, Any]:
    if isinstance(value, str):
        return "as a number", int(value) if value.isdigit() else 1
    return "as text", str(value)


def _with(payload: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    changed = payload | changes
    return {name: value for name, value in changed.items() if value is not REMOVED}


# -- the moment -------------------------------------------------------------------------------


def _with_odd_moments(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    """Moments that are none: who counts with them before verifying crashes at a stranger's wish."""
    if callback.sent_at is None or callback.sent_at.field not in payload:
        return
    name = callback.sent_at.field
    for what, value in _NO_MOMENTS.items():
        label = f"{name} {what} and a wrong signature"
        case = _unsigned(_with(payload, {name: value}), label, [name], _wrong)
        yield replace(case, kind=Hole.MOMENT)
    # No JSON writer writes this number, and most readers make it infinite.
    case = _unsigned(
        _with(payload, {name: _PLACE}), f"{name} 1e400 and a wrong signature", [name], _wrong
    )
    yield replace(
        case, kind=Hole.MOMENT, tamper=lambda body: body.replace(b"%d" % _PLACE, b"1e400")
    )


_PLACE: Final = 8_888_888_888_888_888_887

_NO_MOMENTS: Final[dict[str, Any]] = {
    "holding the text NaN": "NaN",
    "holding the text 1e400": "1e400",
    "holding the text -1": "-1",
    "holding the text 0x10": "0x10",
    "holding the number -1": -1,
    "holding the number 0.5": 0.5,
    "holding a number of 40 digits": 10**39 + 7,
    "holding an object in a list": [{"a": [1]}],
    "holding NaN": float("nan"),
}

# -- the signature ----------------------------------------------------------------------------


def _wrong(right: str) -> str:
    """One of the same form; a digest, the last part of a token, reads backwards otherwise."""
    before, dot, digest = right.rpartition(".")
    other = digest[::-1] if digest[::-1] != digest else "0" * len(digest)
    return f"{before}{dot}{other}"


_NOTHING: Final[dict[str, Any]] = {"left out": REMOVED, "null": None, "empty": ""}
_OF_NO_TYPE: Final[tuple[tuple[str, Any], ...]] = (("as a list", []), ("as an object", {"a": {}}))
# As many inputs as come before the rarer forms of a signature.
_MOST_TELLING: Final = 3

_SIGNATURES: Final[tuple[tuple[str, Hole, Forger], ...]] = (
    ("wrong", Hole.ANY, _wrong),
    ("missing", Hole.NONE, lambda _: REMOVED),
    ("empty", Hole.NONE, lambda _: ""),
    ("truncated", Hole.PART, lambda right: right[: len(right) // 2]),
    ("upper-case", Hole.LETTERS, str.upper),
    ("too long", Hole.PART, lambda right: right + "0"),
    ("only zeros", Hole.ANY, lambda right: "0" * len(right)),
)

# For whoever asks for one by a word. The right digest in other letters is none of them.
SIGNATURES: Final[dict[str, Forger]] = {
    "wrong": _wrong,
    "none": lambda _: REMOVED,
    "empty": lambda _: "",
    "truncated": lambda right: right[: len(right) // 2],
    "too-long": lambda right: right + "0",
    "zeros": lambda right: "0" * len(right),
    "twice": lambda right: Repeated((_wrong(right), "0" * len(right))),
}

# Stands for what no encoder writes: the first half of a character of two.
_HALF: Final = "first-half-of-a-character"

# What loose comparisons take for equal, and what strict ones stumble over.
_SIGNATURES_IN_A_BODY: Final[tuple[tuple[Any, ...], ...]] = (
    ("null", Hole.NONE, lambda _: None),
    ("true", Hole.ODD, lambda _: True),
    ("the number 0", Hole.ODD, lambda _: 0),
    ("a list", Hole.ODD, lambda _: ["0"]),
    ("an object", Hole.ODD, lambda _: {}),
    ("beyond ASCII", Hole.BEYOND_ASCII, lambda right: "\u00e9" * len(right)),
    ("64 KiB long", Hole.SIZE, lambda _: "0" * 65536, True),
    ("two signatures, the first one wrong", Hole.TWICE, lambda r: Repeated((_wrong(r), r))),
    ("two signatures, the last one wrong", Hole.TWICE, lambda r: Repeated((r, _wrong(r)))),
)
# In a header a character is the byte that travels.
_SIGNATURES_IN_A_HEADER: Final[tuple[tuple[Any, ...], ...]] = (
    ("beyond ASCII", Hole.BEYOND_ASCII, lambda right: "\u00e9" * len(right)),
    ("64 KiB long", Hole.SIZE, lambda _: "0" * 65536, True),
    ("two signatures, the first one wrong", Hole.TWICE, lambda r: Repeated((_wrong(r), r))),
    ("two signatures, the last one wrong", Hole.TWICE, lambda r: Repeated((r, _wrong(r)))),
    ("two signatures, both wrong", Hole.TWICE, lambda r: Repeated((_wrong(r), "0" * len(r)))),
)
