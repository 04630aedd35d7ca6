"""From what stands in a schema and its webhook to the facts of a callback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.model import (
    NOWHERE,
    Answer,
    AskedWith,
    BodyClaim,
    Callback,
    ChallengeForm,
    Confirmation,
    Delivery,
    Echo,
    Edition,
    EncodingFacts,
    Example,
    Listing,
    OpenQuestion,
    Part,
    Place,
    Quirk,
    RequestField,
    SecretForm,
    SentAt,
    SignatureFacts,
    SignatureText,
    Source,
    Success,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Entry = dict[str, Any]

# The keywords of a schema that speak of the callback and not of its payload.
_FACTS: Final = ("examples", "x-examples", "x-quirks", "x-source")
_BESIDE: Final = ("x-open-questions", "x-editions")
_JSON: Final = "application/json"


def listing(area: str, event: str, document: Entry) -> Listing:
    """What a document says of one of its callbacks; raises LookupError where it is silent."""
    operation = operation_of(document, area, event)
    return Listing(
        area=area,
        event=event,
        vendor=document["x-vendor"],
        summary=operation.get("summary", ""),
        discriminator={
            name: tuple(values) if isinstance(values, list) else ()
            for name, values in operation["x-discriminator"].items()
        },
        is_unsigned=_signature_in(operation, document)["scheme"] == "none",
    )


def _signature_in(operation: Entry, document: Entry) -> Entry:
    signature: Entry = operation.get("x-signature") or document["x-signature"]
    return signature


def operation_of(document: Entry, area: str, event: str) -> Entry:
    """What is POSTed, by the webhook of a callback."""
    operation: Entry = document["webhooks"][f"{area}/{event}"]["post"]
    return operation


def callback(
    listed: Listing, schema: Entry, document: Entry, *, expand: Callable[[Any], Any]
) -> Callback:
    """All facts of a callback, from its schema without references and its document.

    `expand` replaces the references of a schema that stands in the document. Raises KeyError,
    TypeError, AttributeError or ValueError where something is missing or of another form.
    """
    operation = operation_of(document, listed.area, listed.event)
    facts = {key: schema[key] for key in _FACTS}
    own = {k: v for k, v in schema.items() if k not in {*_FACTS, *_BESIDE}}
    described = zip(facts["x-examples"], facts["examples"], strict=True)
    return Callback(
        area=listed.area,
        event=listed.event,
        vendor=listed.vendor,
        title=schema["title"],
        description=schema["description"],
        schema=own,
        examples=tuple(_example(entry, payload) for entry, payload in described),
        quirks=tuple(_quirk(entry) for entry in facts["x-quirks"]),
        sources=tuple(_source(entry) for entry in facts["x-source"]),
        discriminator=listed.discriminator,
        signature=signature_of(_signature_in(operation, document)),
        deliveries=tuple(_delivery(entry) for entry in operation["x-delivery"]),
        encodings=tuple(_encoding(entry) for entry in operation["x-encodings"]),
        dedupe_key=tuple(operation.get("x-dedupe-key", ())),
        sent_at=_sent_at(operation),
        ordering=tuple(operation.get("x-ordering", ())),
        questions=tuple(
            OpenQuestion(one.get("where", ""), one["question"], _source(one["source"]))
            for one in schema.get("x-open-questions", ())
        ),
        answer=_answer(operation, expand),
        editions=tuple(_edition(entry, own) for entry in schema.get("x-editions", ())),
        basis=_basis({**document.get("x-basis", {}), **operation.get("x-basis", {})}, operation),
        challenge=tuple(_challenge(entry) for entry in operation.get("x-challenge", ())),
        confirmation=_confirmation(document.get("x-confirmation")),
        request_fields=tuple(
            _request_fields(operation.get("x-request", document.get("x-request")))
        ),
    )


def signature_of(entry: Entry) -> SignatureFacts:
    """What `x-signature` says."""
    if entry["scheme"] == "none":
        source = _source(entry["source"])
        return SignatureFacts("none", "", NOWHERE, (), ("",), (), required=False, source=source)
    place, message = entry["signature"], tuple(map(_part, entry.get("message", ())))
    secret = entry.get("secret", {})
    claim, is_token = entry.get("body-claim", {}), entry["scheme"] == "jwt"
    signed = tuple(part.place for part in message if part.place)
    inputs = tuple(map(_place, [place] if is_token else entry.get("inputs", ())))
    covered = ("body",) if is_token else _covered(message)
    return SignatureFacts(
        scheme=entry["scheme"],
        digest=entry.get("digest", ""),
        place=_place(place),
        inputs=inputs or signed,
        encodings=tuple(entry["encodings"]),
        covers=tuple(entry["covers"]) if "covers" in entry else covered,
        required=entry["required"],
        source=_source(entry["source"]),
        secret_at=entry.get("secret-at", 0),
        alternatives=tuple(signature_of(other) for other in entry.get("alternatives", ())),
        message=message,
        order=entry.get("order", "given"),
        separator=entry.get("separator", ""),
        secret=SecretForm(secret.get("encoding", "text"), secret.get("prefix", "")),
        text=SignatureText(place.get("prefix", ""), place.get("several", "")),
        together=tuple(signature_of(other) for other in entry.get("together", ())),
        printed_secrets=tuple(entry.get("printed-secrets", ())),
        body_claim=BodyClaim(claim["name"], claim["digest"], claim["encoding"])
        if claim
        else BodyClaim(),
    )


def _request_fields(entry: Entry | None) -> Iterator[RequestField]:
    for kind, within in (("headers", "header"), ("query", "query")):
        for one in (entry or {}).get(kind, ()):
            yield RequestField(
                Place(
                    within,
                    one["name"],
                    one.get("pair", ""),
                    one.get("separator", ","),
                    one.get("claim", ""),
                ),
                one.get("text", one.get("sample", "")),
                _source(one["source"]),
                pointer=one.get("from", ""),
                account=one.get("account", ""),
                is_sample="sample" in one,
                moment=one.get("moment", ""),
                tolerance=one.get("tolerance"),
                is_unique="unique" in one,
                after=one.get("after", 0),
                digest=one.get("body-digest", {}).get("digest", ""),
                encoding=one.get("body-digest", {}).get("encoding", ""),
            )


def _sent_at(operation: Entry) -> SentAt | None:
    entry = operation.get("x-sent-at") or operation.get("x-expires-at")
    return SentAt(entry["field"], entry["unit"], entry.get("after", 0)) if entry else None


def _basis(entry: Entry, operation: Entry) -> dict[str, Source | None]:
    """Of the words that the operation has: their page, None where they are inferred."""
    return {
        word: None if said == "inferred" else _source(said)
        for word, said in entry.items()
        if word in operation
    }


def _part(entry: Entry | str) -> Part:
    if isinstance(entry, str):
        return Part(entry)
    if "literal" in entry:
        return Part("literal", text=entry["literal"])
    if "digest" in entry:
        return Part("digest", text=entry["digest"], encoding=entry["encoding"])
    return Part("value", place=_place(entry))


def _covered(message: tuple[Part, ...]) -> tuple[str, ...]:
    """What a message covers: the body, whole or as the fields of a form, and single values."""
    body = ("body",) if any(part.kind in {"body", "form", "digest"} for part in message) else ()
    return (*body, *(part.place.field for part in message if part.place))


def _answer(operation: Entry, expand: Callable[[Any], Any]) -> Answer | None:
    for status, response in operation.get("responses", {}).items():
        content = response.get("content", {}).get(_JSON, {})
        if "schema" in content:
            return Answer(status, expand(content["schema"]), content["example"])
    return None


def _challenge(entry: Entry) -> ChallengeForm:
    ((kind, given),) = entry.items()
    members = given.items() if kind != "text" else [("", given)]
    echoes = (
        (
            name,
            Echo(
                one["from"], one.get("hmac", ""), one.get("encoding", "hex"), one.get("prefix", "")
            ),
        )
        for name, one in members
    )
    return ChallengeForm(kind, tuple(echoes))


def _confirmation(entry: Entry | None) -> Confirmation | None:
    if entry is None:
        return None
    return Confirmation(
        query=tuple(
            AskedWith(one["name"], one.get("text", ""), one.get("sample", ""), "token" in one)
            for one in entry["query"]
        ),
        forms=tuple(map(_challenge, entry["answer"])),
        success=Success(entry["status"]),
        source=_source(entry["source"]),
    )


def _source(entry: dict[str, str]) -> Source:
    return Source(entry["page"], entry["date"], entry.get("title", ""))


def _example(entry: Entry, payload: Entry) -> Example:
    mended = tuple((m["where"], m["shows"], m["why"]) for m in entry.get("mended", ()))
    return Example(entry["name"], payload, entry["origin"], mended, _source(entry["source"]))


def _quirk(entry: Entry) -> Quirk:
    return Quirk(
        entry["id"],
        entry["where"],
        entry["says"],
        entry["shows"],
        entry["seen"],
        _source(entry["source"]),
    )


def _edition(entry: Entry, schema: Entry) -> Edition:
    """An edition says what it asks otherwise; all else is as in the newest one."""
    properties = {**schema["properties"], **entry.get("properties", {})}
    merged = {**schema, "required": entry["required"], "properties": properties}
    return Edition(entry["id"], entry["says"], merged, _source(entry["source"]))


def _place(entry: dict[str, str]) -> Place:
    pair = entry.get("pair", "")
    return Place(entry["in"], entry["field"], pair, entry.get("separator", ","))


def _delivery(entry: Entry) -> Delivery:
    success, retry = entry["success"], entry["retry"]
    return Delivery(
        source=_source(entry["source"]),
        success=Success(
            success["status"], success.get("body"), documented=success.get("documented", True)
        ),
        timeout=entry["timeout"],
        retry_when=tuple(retry["when"]),
        retry_after=None if retry["after"] is None else tuple(retry["after"]),
        answer_max_bytes=entry.get("answer-max-bytes"),
        retry_times=retry.get("times"),
        transport=entry.get("transport", ""),
        may_be=tuple(entry.get("may-be", ())),
    )


def _encoding(entry: Entry) -> EncodingFacts:
    source, media_type = _source(entry["source"]), entry.get("media-type", "")
    return EncodingFacts(entry["encoding"], entry["documented"], source, media_type)
