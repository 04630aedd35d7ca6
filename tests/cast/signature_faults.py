"""Receivers that get the signature wrong, each in one way."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from cast.fault import Faulty, checks
from hookproof.conformance.checks import Check
from hookproof.signature import sign
from hookproof.signature.verify import wire_text
from hookproof.testing.receiver import Refused, Reply

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.contract.model import SignatureFacts
    from hookproof.testing.receiver import Delivered, Incoming


class _Forgiving(Faulty):
    finds = checks(Check.REFUSES_FORGED)


class AcceptsAnySignature(_Forgiving):
    """Never looks at the signature."""

    def proves(self, delivered: Delivered) -> bool:
        del delivered
        return True

    def validate(self, delivered: Delivered) -> None:
        """Validate all but the signature's own form, which nobody looks at."""
        place = delivered.callback.signature.place
        payload = dict(delivered.payload)
        if place.in_body:
            payload[place.field] = "0" * 40
        if not self.compiled(delivered.callback).accepts(payload):
            raise Refused(400, "the payload breaks the contract")


class _ForgivesSome(AcceptsAnySignature):
    def proves(self, delivered: Delivered) -> bool:
        return Faulty.proves(self, delivered) or self.forgives(delivered.signature, delivered)

    def forgives(self, given: Any, delivered: Delivered) -> bool:
        """Whether a signature that is not the right one will do."""
        raise NotImplementedError

    def right(self, delivered: Delivered) -> str:
        """The right signature, in the encoding that is sent by default."""
        callback = delivered.callback
        return sign(
            callback.signature,
            self.secrets[callback.area],
            payload=delivered.payload,
            body=delivered.incoming.body,
        )


class AcceptsMissingSignature(_ForgivesSome):
    """Verifies the signature only when there is one."""

    def forgives(self, given: Any, delivered: Delivered) -> bool:
        place = delivered.callback.signature.place
        return given is None and not (place.in_body and place.field in delivered.payload)


class AcceptsEmptySignature(_ForgivesSome):
    """Takes an empty signature for one that need not be checked."""

    def forgives(self, given: Any, delivered: Delivered) -> bool:
        del delivered
        return bool(given == "")


class AcceptsNullSignature(_ForgivesSome):
    """Takes a null signature for one that need not be checked."""

    def forgives(self, given: Any, delivered: Delivered) -> bool:
        place = delivered.callback.signature.place
        return given is None and place.field in delivered.payload

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """A header cannot be null."""
        return callback.signature.place.in_body


class ComparesTheBeginning(_ForgivesSome):
    """Compares only as many characters as came."""

    def forgives(self, given: Any, delivered: Delivered) -> bool:
        return isinstance(given, str) and bool(given) and self.right(delivered).startswith(given)


class ChecksTheFormOnly(_ForgivesSome):
    """Is content with anything that looks like a signature."""

    def forgives(self, given: Any, delivered: Delivered) -> bool:
        del delivered
        return isinstance(given, str) and re.fullmatch(r"[0-9A-Za-z+/=]{28,64}", given) is not None


class IgnoresLetterCase(_ForgivesSome):
    """Compares signatures without regard to letter case."""

    warns = True

    def forgives(self, given: Any, delivered: Delivered) -> bool:
        if not self.concerns(delivered.callback) or not isinstance(given, str):
            return False
        return given.lower() == self.right(delivered)

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Where digits are hexadecimal it is harmless; Base64 is another fault."""
        return callback.signature.encodings[0] == "hex"


class CrashesOnMissingSignature(Faulty):
    """Reads the signature as if it were always there."""

    finds = checks(Check.REFUSES_FORGED)

    def authenticate(self, delivered: Delivered) -> None:
        if delivered.signature is None:
            raise KeyError(delivered.callback.signature.place.field)
        super().authenticate(delivered)


class CrashesOnForgery(Faulty):
    """Lets its own exception for a wrong signature reach the framework."""

    finds = checks(Check.REFUSES_FORGED)

    def authenticate(self, delivered: Delivered) -> None:
        if not self.proves(delivered):
            raise PermissionError("bad signature")


class HangsOnForgery(Faulty):
    """Says nothing to a wrong signature and keeps the connection open."""

    finds = checks(Check.REFUSES_FORGED)

    def handle(self, incoming: Incoming) -> Reply:
        reply = super().handle(incoming)
        return Reply(silent=True) if reply.status == 401 else reply


class UsesAnotherSecret(Faulty):
    """Was configured with the secret of another project."""

    finds = checks(Check.ACCEPTS_GENUINE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secrets = {area: secret[::-1] + b"x" for area, secret in self.secrets.items()}


class _OwnDigest(Faulty):
    """Computes the signature by a rule of its own."""

    def proves(self, delivered: Delivered) -> bool:
        facts = delivered.callback.signature
        if not self.concerns(delivered.callback):
            return super().proves(delivered)
        inputs = [wire_text(delivered.payload.get(place.field)) for place in facts.inputs]
        own = self.digest(self.secrets[delivered.callback.area], inputs)
        return hmac.compare_digest(str(delivered.signature).encode(), own.encode())

    def digest(self, secret: bytes, inputs: list[bytes]) -> str:
        """The signature that this receiver thinks right."""
        raise NotImplementedError

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where values are sorted and joined."""
        return callback.signature.scheme == "sorted-sha1"


class SortsNumbersAsNumbers(_OwnDigest):
    """Sorts the signed values by size instead of as text."""

    finds = checks(Check.ACCEPTS_CONFORMING)

    def digest(self, secret: bytes, inputs: list[bytes]) -> str:
        numbers = sorted(inputs, key=int)
        # As numbers first, then the secret where text puts it.
        values = sorted(
            [secret, *numbers], key=lambda v: (not v.isdigit(), int(v) if v.isdigit() else 0)
        )
        return hashlib.sha1(b"".join(values)).hexdigest()  # noqa: S324 - the vendor's


class JoinsInFixedOrder(_OwnDigest):
    """Joins moment, nonce and secret without sorting, which fits most traffic."""

    finds = checks(Check.ACCEPTS_CONFORMING)

    def digest(self, secret: bytes, inputs: list[bytes]) -> str:
        return hashlib.sha1(b"".join([*inputs, secret])).hexdigest()  # noqa: S324 - the vendor's


class JoinsInTheOrderOfTheVector(_OwnDigest):
    """Joins nonce, moment and secret, as the only official vector happens to do."""

    finds = checks(Check.ACCEPTS_GENUINE)

    def digest(self, secret: bytes, inputs: list[bytes]) -> str:
        return hashlib.sha1(b"".join([*reversed(inputs), secret])).hexdigest()  # noqa: S324


class UsesHmac(_OwnDigest):
    """Computes an HMAC where the vendor hashes sorted values."""

    finds = checks(Check.ACCEPTS_GENUINE)

    def digest(self, secret: bytes, inputs: list[bytes]) -> str:
        return hmac.digest(secret, b"".join(inputs), "sha1").hex()


class TakesNoncesForNumbers(_OwnDigest):
    """Reads the nonce into a floating-point number before signing it."""

    finds = checks(Check.ACCEPTS_GENUINE)

    def digest(self, secret: bytes, inputs: list[bytes]) -> str:
        numbers = [str(int(float(value))).encode() for value in inputs]
        return hashlib.sha1(b"".join(sorted([secret, *numbers]))).hexdigest()  # noqa: S324


class _OverTheBody(Faulty):
    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where the body is signed."""
        return callback.signature.covers_body


class SignsReserialisedJson(_OverTheBody):
    """Parses the body, writes it anew on one line, and signs that."""

    finds = checks(Check.ACCEPTS_CONFORMING)

    def proves(self, delivered: Delivered) -> bool:
        text = json.dumps(delivered.payload, ensure_ascii=False, separators=(",", ":"))
        return _verifies(self, delivered, text.encode())


class SignsTextWithoutBlanks(_OverTheBody):
    """Takes blanks and line ends off both ends of the body before signing it."""

    finds = checks(Check.REFUSES_TAMPERED)

    def proves(self, delivered: Delivered) -> bool:
        return _verifies(self, delivered, delivered.incoming.body.strip())


class RemembersSignatures(_OverTheBody):
    """Accepts a signature that it has once found right, whatever body comes with it."""

    finds = checks(Check.REFUSES_TAMPERED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: set[str] = set()

    def proves(self, delivered: Delivered) -> bool:
        given = str(delivered.signature)
        if given in self._known:
            return True
        right = super().proves(delivered)
        if right:
            self._known.add(given)
        return right


def _verifies(receiver: Faulty, delivered: Delivered, body: bytes) -> bool:
    facts: SignatureFacts = delivered.callback.signature
    secret = receiver.secrets[delivered.callback.area]
    given = delivered.signature
    return any(
        sign(facts, secret, payload=delivered.payload, body=body, encoding=encoding) == given
        for encoding in facts.encodings
    )


class ReadsTheSignatureFromTheUrl(Faulty):
    """Looks for the signature among the parameters of the URL, where no vendor puts it."""

    finds = checks(Check.ACCEPTS_GENUINE)

    def proves(self, delivered: Delivered) -> bool:
        query = dict(parse_qsl(urlsplit(delivered.incoming.path).query))
        given = query.get(delivered.callback.signature.place.field.lower())
        return given is not None and super().proves(delivered)


class WantsUpperCase(Faulty):
    """Compares with a digest that it prints in upper-case letters."""

    finds = checks(Check.ACCEPTS_GENUINE)

    def proves(self, delivered: Delivered) -> bool:
        if not self.concerns(delivered.callback):
            return super().proves(delivered)
        given = str(delivered.signature)
        facts, secret = delivered.callback.signature, self.secrets[delivered.callback.area]
        body = delivered.incoming.body
        right = sign(facts, secret, payload=delivered.payload, body=body)
        return hmac.compare_digest(given.encode(), right.upper().encode())

    def validate(self, delivered: Delivered) -> None:
        """Validate all but the signature's own form."""
        AcceptsAnySignature.validate(self, delivered)  # type: ignore[arg-type]

    @classmethod
    def concerns(cls, callback: Callback) -> bool:
        """Only where digests are hexadecimal; upper-case Base64 would be no digest."""
        return callback.signature.encodings[0] == "hex"


class KnowsBeforeItVerifies(AcceptsAnySignature):
    """Acknowledges a callback that it knows before it looks at the signature."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: set[str] = set()

    def proves(self, delivered: Delivered) -> bool:
        place = delivered.callback.signature.place.field
        key = repr({k: v for k, v in delivered.payload.items() if k != place})
        if key in self._known:
            return True
        right = Faulty.proves(self, delivered)
        if right:
            self._known.add(key)
        return right


SIGNATURE_FAULTS: tuple[type[Faulty], ...] = (
    AcceptsAnySignature,
    AcceptsMissingSignature,
    AcceptsEmptySignature,
    AcceptsNullSignature,
    ComparesTheBeginning,
    ChecksTheFormOnly,
    IgnoresLetterCase,
    CrashesOnMissingSignature,
    CrashesOnForgery,
    HangsOnForgery,
    UsesAnotherSecret,
    SortsNumbersAsNumbers,
    JoinsInFixedOrder,
    JoinsInTheOrderOfTheVector,
    UsesHmac,
    TakesNoncesForNumbers,
    SignsReserialisedJson,
    SignsTextWithoutBlanks,
    RemembersSignatures,
    ReadsTheSignatureFromTheUrl,
    WantsUpperCase,
    KnowsBeforeItVerifies,
)
