"""Signature, delivery and encodings of a callback in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.contract.model import SecretForm

if TYPE_CHECKING:
    from hookproof.contract.model import (
        Callback,
        Delivery,
        EncodingFacts,
        Part,
        RequestField,
        SentAt,
        SignatureFacts,
        Source,
    )

_ENCODINGS: Final = {
    "json": "JSON",
    "form": "a form",
    "percent-json": "percent-encoded JSON",
    "hex": "hex",
    "base64": "Base64",
    "base64url": "Base64 of URLs",
    "percent-base64": "percent-encoded Base64",
    "text": "taken as it is",
}
_DOCUMENTED: Final = {
    "default": "the default",
    "on-request": "on request",
    "sentence": "only a sentence says so",
}
_TRANSPORTS: Final = {"https": "HTTPS alone", "https-or-http": "HTTPS or HTTP"}
_WARNINGS: Final = {
    "lost": "be lost",
    "repeated": "come again although it was received",
    "late": "come after a later one",
}
_FAILURES: Final = {
    "no-response": "no answer",
    "non-2XX": "a status that is not 2XX",
    "non-200": "a status that is not 200",
    "undocumented": "an undocumented occasion",
}


def told_by(callback: Callback) -> str:
    """The fields and values that name a callback: `event = "record"`."""
    return discriminator_words(callback.discriminator)


def discriminator_words(discriminator: dict[str, tuple[str | int, ...]]) -> str:
    """The same of the discriminator alone."""
    parts = []
    for field, values in discriminator.items():
        words = [f'"{value}"' if isinstance(value, str) else str(value) for value in values]
        parts.append(f"{field} = {_either(words)}" if words else f"{field} is there")
    return " and ".join(parts)


def identity_words(callback: Callback) -> str:
    """What one event has in common over redeliveries, and whether a page says so."""
    return _pointers(callback, callback.dedupe_key, "x-dedupe-key")


def order_words(callback: Callback) -> str:
    """What tells an earlier event from a later one, and whether a page says so."""
    return _pointers(callback, callback.ordering, "x-ordering")


def _pointers(callback: Callback, pointers: tuple[str, ...], word: str) -> str:
    told = ", ".join(pointers)
    if not told or word not in callback.basis:
        return told
    source = callback.basis[word]
    return f"{told} ({f'its page of {source.date}' if source else 'inferred: no page says so'})"


def encoding_words(facts: EncodingFacts) -> str:
    """How a body is written: `a form (on request)`."""
    return f"{encoded_words(facts.encoding)} ({_DOCUMENTED[facts.documented]})"


def signature_words(facts: SignatureFacts) -> list[str]:
    """What is signed, where the signature sits, what it proves: a sentence each."""
    if facts.is_unsigned:
        return ["The vendor signs nothing: whoever knows the URL can send what looks like it."]
    first, *others = facts.forms
    sentences = [f"{_form(first)}.", _coverage(first)]
    sentences += [f"Another page says: {_form(other)}. {_coverage(other)}" for other in others]
    beside = [f"Sent beside it: {_form(one)}. {_coverage(one)}" for one in facts.together]
    sentences += beside
    if not facts.required:
        sentences.append("The vendor also sends without one.")
    return sentences


def _form(facts: SignatureFacts) -> str:
    written = _either([encoded_words(one) for one in facts.encodings])
    unsaid = "; the page does not say which" if len(facts.encodings) > 1 else ""
    after = f' after "{facts.text.prefix}"' if facts.text.prefix else ""
    several = ", one or several" if facts.text.separator or facts.place.pair else ""
    return f"{_scheme(facts)}, as {written}{unsaid}{after}{several}, in the {facts.place}"


def _coverage(facts: SignatureFacts) -> str:
    if facts.covers_body:
        return "It covers the body as it travels."
    if not facts.covers:
        return "It covers nothing that is sent: whoever has seen one can send anything."
    return f"It covers {_all(list(facts.covers))}, not the body."


def _scheme(facts: SignatureFacts) -> str:
    digest = hash_words(facts.hash)
    if facts.is_token:
        claim = facts.body_claim
        held = f"{encoded_words(claim.encoding)} of {hash_words(claim.digest)}"
        return (
            f"a JSON Web Token of HMAC-{digest}, keyed with the secret{_secret_words(facts)}, "
            f"whose claim {claim.name} is the body's {held}"
        )
    pieces = _all([piece_words(part) for part in facts.parts])
    joined = f' with "{facts.separator}"' if facts.separator else ""
    order = ", sorted as text and joined" if facts.is_sorted else ", joined" if joined else ""
    if facts.is_keyed:
        keyed = f"keyed with the secret{_secret_words(facts)}"
        return f"HMAC-{digest} of {pieces}{order}{joined}, {keyed}"
    held = f"; the secret is {key_words(facts.secret)}" if facts.secret != SecretForm() else ""
    in_order = order if facts.is_sorted else ", joined in this order"
    return f"{digest} over {pieces}{in_order}{joined}{held}"


def _secret_words(facts: SignatureFacts) -> str:
    return f", which is {key_words(facts.secret)}" if facts.secret != SecretForm() else ""


def hash_words(name: str) -> str:
    """A hash as people call it: SHA-256 of sha256."""
    return name.upper().replace("SHA", "SHA-")


def encoded_words(encoding: str) -> str:
    """How bytes are written as text: Base64 of base64."""
    return _ENCODINGS.get(encoding, encoding)


def piece_words(part: Part) -> str:
    """A piece of what is signed: `timestamp`, `the header Nonce`, `the body`."""
    if part.place:
        return part.place.field if part.place.in_body else f"the {part.place}"
    if part.kind == "digest":
        return f"the {digest_words(part.text, part.encoding)}"
    words = {"method": "POST", "url": "the URL", "form": "the form's sorted names and values"}
    return f'"{part.text}"' if part.kind == "literal" else words.get(part.kind, f"the {part.kind}")


def digest_words(name: str, encoding: str) -> str:
    """A digest of the body and how it is written: MD5 of the body in hex."""
    return f"{hash_words(name)} of the body in {encoded_words(encoding)}"


def key_words(form: SecretForm) -> str:
    """How the text of a secret becomes the key."""
    return encoded_words(form.encoding) + (f" after {form.prefix}" if form.prefix else "")


def request_words(field: RequestField) -> str:
    """A header or a query parameter that is always sent, and where its value is from."""
    if field.digest:
        return f"the {field.place}, the {digest_words(field.digest, field.encoding)}"
    if field.moment:
        held = f", held to {field.tolerance} s from now" if field.tolerance else ""
        what = f"valid until, {field.after} s after" if field.after else "the moment of"
        form = "as RFC 3339" if field.moment == "rfc3339" else f"in Unix {field.moment}"
        return f"the {field.place}, {what} sending {form}{held}"
    if field.is_unique:
        return f"the {field.place}, another one for each event, such as {field.text}"
    if field.pointer:
        return f"the {field.place}, the value of {field.pointer}"
    if not field.is_sample:
        return f"the {field.place}, always {field.text}"
    whose = f" of the account ({field.account})" if field.account else ""
    return f"the {field.place}, a value{whose} such as {field.text}"


def sent_at_words(moment: SentAt) -> tuple[str, str]:
    """Whether a field holds the moment of sending or one after it, and how it is written."""
    if moment.after:
        later = f"{moment.field}, in {moment.unit}, about {moment.after} s after sending"
        return "Valid until", later
    return "Sent at", f"{moment.field}, in {moment.unit}"


def delivery_words(delivery: Delivery) -> list[str]:
    """What counts as received and what happens otherwise: a sentence each."""
    limit = delivery.answer_max_bytes
    largest = (
        [f"It takes answers of {limit} bytes, headers included, and no more."] if limit else []
    )
    by = [f"Sent by {_TRANSPORTS[delivery.transport]}."] if delivery.transport else []
    warned = [f"The page warns that one may {warning_words(delivery)}."] if delivery.may_be else []
    return [*by, _success(delivery), *largest, *warned, _timeout(delivery), _retries(delivery)]


def warning_words(delivery: Delivery) -> str:
    """What may become of a callback by its page: `be lost or come after a later one`."""
    return _either([_WARNINGS[one] for one in delivery.may_be])


def _success(delivery: Delivery) -> str:
    success = delivery.success
    wanted = f"any {success.status}" if "X" in success.status else f"exactly {success.status}"
    if success.body is not None:
        wanted += f' with the body "{success.body}"'
    if not success.documented:
        return f"Received by {wanted}, by convention: the page does not say."
    return f"Received by {wanted}."


def _timeout(delivery: Delivery) -> str:
    if delivery.timeout is None:
        return "How long it waits for an answer is not documented."
    return f"It waits {delivery.timeout:g} s for an answer."


def _retries(delivery: Delivery) -> str:
    occasion = _either([_FAILURES.get(one, one) for one in delivery.retry_when])
    if "silent" in delivery.retry_when:
        return "Whether it ever tries again the page does not say."
    if delivery.retry_times:
        often = _often(delivery.retry_times)
        return f"On {occasion} it tries again {often}; how long after that is not documented."
    if delivery.retry_after is None:
        return f"On {occasion} it tries again; when and how often is not documented."
    if not delivery.retry_after:
        return "It never tries again."
    waits = ", ".join(f"{seconds:g}" for seconds in delivery.retry_after)
    often = _often(len(delivery.retry_after))
    if not any(delivery.retry_after):
        return f"On {occasion} it tries again {often}, at once."
    return f"On {occasion} it tries again {often}, after {waits} s."


def _often(times: int) -> str:
    return "once" if times == 1 else f"{times} times"


def source_words(source: Source) -> str:
    """A page with its date, under its title where it has one."""
    title = f"{source.title}, " if source.title else ""
    return f"{title}{source.date}: {source.page}"


def _either(words: list[str]) -> str:
    return _joined(words, "or")


def _all(words: list[str]) -> str:
    return _joined(words, "and")


def _joined(words: list[str], last: str) -> str:
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
