"""The differences of two contracts, callback by callback."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hookproof.describe.wording import sent_at_words
from hookproof.diff.schemas import compare_schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.contract import Callback, Contract
    from hookproof.contract.model import Delivery, SignatureFacts


@dataclass(frozen=True, slots=True)
class Change:
    """A difference, and whether a receiver or a test that held may fail from now on.

    `subject` is what it is about (payload, answer, request, signature, delivery, callback,
    pages), `where` a pointer into payload or answer, "" elsewhere. `kind` is a stable word for
    programs.
    """

    callback: str
    subject: str
    where: str
    kind: str
    breaking: bool
    message: str


def compare_contracts(old: Contract, new: Contract) -> list[Change]:
    """What has changed, by callback, the breaking first; raises ContractError for broken ones."""
    changes = list(_changes(old, new))
    return sorted(changes, key=lambda one: (one.callback, not one.breaking, one.where, one.message))


def _changes(old: Contract, new: Contract) -> Iterator[Change]:
    before, after = ({one.path: one for one in contract.listings()} for contract in (old, new))
    for name in after.keys() - before.keys():
        told = f"is new: {after[name].summary}"
        yield Change(name, "callback", "", "callback-added", breaking=False, message=told)
    for name in before.keys() - after.keys():
        told = f"is in the contract no more: {before[name].summary}"
        yield Change(name, "callback", "", "callback-removed", breaking=True, message=told)
    for name in before.keys() & after.keys():
        yield from compare_facts(old.callback(name), new.callback(name))


def compare_facts(old: Callback, new: Callback) -> Iterator[Change]:
    """All differences of two versions of a callback; of its pages only what was learnt."""
    for compare in _COMPARISONS:
        yield from compare(old, new)


def _payload(old: Callback, new: Callback) -> Iterator[Change]:
    for difference in compare_schemas(old.schema, new.schema):
        yield Change(new.path, "payload", *difference)


def _answer(old: Callback, new: Callback) -> Iterator[Change]:
    if old.challenge != new.challenge:
        told = "what the answer gives back is another thing now"
        yield _fact(new, "answer", "challenge-changed", told)
    if old.confirmation != new.confirmation:
        told = "how the address is confirmed before anything is sent is another way now"
        yield _fact(new, "answer", "confirmation-changed", told)
    if old.answer is None and new.answer is None:
        return
    if old.answer is None or new.answer is None:
        told = "the body of the answer is read now" if new.answer else "it is read no more"
        yield _fact(new, "answer", "answer-changed", told, breaking=new.answer is not None)
        return
    if old.answer.status != new.answer.status:
        told = f"its status was {old.answer.status}, is {new.answer.status}"
        yield _fact(new, "answer", "answer-changed", told)
    for difference in compare_schemas(old.answer.schema, new.answer.schema):
        yield Change(new.path, "answer", *difference)


def _names(old: Callback, new: Callback) -> Iterator[Change]:
    if old.discriminator != new.discriminator:
        told = f"it is told by {_of(new.discriminator)}, was by {_of(old.discriminator)}"
        yield _fact(new, "callback", "discriminator-changed", told)
    if old.vendor != new.vendor:
        told = f"its vendor was {old.vendor}, is {new.vendor}: so is the variable of its secret"
        yield _fact(new, "callback", "vendor-changed", told)


def _of(discriminator: dict[str, tuple[str | int, ...]]) -> str:
    return ", ".join(f"{field} {' '.join(map(repr, v))}" for field, v in discriminator.items())


def _events(old: Callback, new: Callback) -> Iterator[Change]:
    """How one event is told from another, and an earlier one from a later."""
    if old.dedupe_key != new.dedupe_key:
        told = f"redeliveries have {_all(new.dedupe_key)} in common, were {_all(old.dedupe_key)}"
        yield _fact(new, "callback", "dedupe-key-changed", told)
    if old.ordering != new.ordering:
        told = f"events are ordered by {_all(new.ordering)}, were by {_all(old.ordering)}"
        yield _fact(new, "callback", "ordering-changed", told, breaking=bool(old.ordering))
    if old.sent_at != new.sent_at:
        before, after = (
            sent_at_words(one.sent_at)[1] if one.sent_at else "nowhere" for one in (old, new)
        )
        told = f"the moment of sending was {before}, is {after}"
        yield _fact(new, "callback", "sent-at-changed", told, breaking=old.sent_at is not None)


def _all(pointers: tuple[str, ...]) -> str:
    return ", ".join(pointers) or "nothing"


def _signature(old: Callback, new: Callback) -> Iterator[Change]:
    before, after = old.signature, new.signature
    if before.is_unsigned or after.is_unsigned:
        if before.is_unsigned != after.is_unsigned:
            told = "callbacks are signed no more" if after.is_unsigned else "they are signed now"
            # Who asks for a signature refuses them all; who asks for none still takes them.
            breaking = after.is_unsigned
            yield _fact(new, "signature", "signature-changed", told, breaking=breaking)
        return
    for name, part in _SIGNATURE_PARTS.items():
        if part(before) != part(after):
            told = f"{name} was {part(before)}, is {part(after)}"
            yield _fact(new, "signature", "signature-changed", told)
    if before.required != after.required:
        told = "it is always there now" if after.required else "it may be missing now"
        yield _fact(new, "signature", "signature-changed", told, breaking=before.required)


_SIGNATURE_PARTS: dict[str, Callable[[SignatureFacts], str]] = {
    "the scheme": lambda facts: " ".join(filter(None, [facts.scheme, facts.digest])),
    "its place": lambda facts: str(facts.place),
    "the secret's place": lambda facts: str(facts.secret_at),
    "its other forms": lambda facts: " or ".join(one.scheme for one in facts.forms[1:]) or "none",
    "what is signed": lambda facts: ", ".join(place.field for place in facts.inputs) or "nothing",
    "its encoding": lambda facts: " or ".join(facts.encodings),
    "what it covers": lambda facts: ", ".join(facts.covers),
}


def _request_fields(old: Callback, new: Callback) -> Iterator[Change]:
    """Headers and query parameters; a receiver that needs one breaks where it is sent no more."""
    before, after = ({f.place: f for f in one.request_fields} for one in (old, new))
    for place, field in after.items():
        if place not in before:
            told = f"the {place} is sent now"
            yield _fact(new, "request", "request-field-added", told, breaking=False)
        elif replace(before[place], source=field.source) != field:
            told = f"the {place} has another value now"
            yield _fact(new, "request", "request-field-changed", told)
    for place in before.keys() - after.keys():
        yield _fact(new, "request", "request-field-removed", f"the {place} is sent no more")


def _encodings(old: Callback, new: Callback) -> Iterator[Change]:
    before, after = ([facts.encoding for facts in one.encodings] for one in (old, new))
    if before[:1] != after[:1]:
        told = f"bodies were written as {before[0]}, are as {after[0]}"
        yield _fact(new, "delivery", "encoding-changed", told)
    for encoding in after[1:]:
        if encoding not in before:
            told = f"bodies may also be written as {encoding}"
            yield _fact(new, "delivery", "encoding-added", told, breaking=False)
    for encoding in before[1:]:
        if encoding not in after:
            told = f"bodies are written as {encoding} no more"
            yield _fact(new, "delivery", "encoding-removed", told, breaking=False)


def _deliveries(old: Callback, new: Callback) -> Iterator[Change]:
    """By the newest version of the page on each side."""
    before, after = old.deliveries[0], new.deliveries[0]
    if replace(before.success, documented=True) != replace(after.success, documented=True):
        told = f"received is what is answered with {_wanted(after)}, was {_wanted(before)}"
        yield _fact(new, "delivery", "success-changed", told)
    if before.timeout != after.timeout:
        shorter = after.timeout is not None and after.timeout < (before.timeout or float("inf"))
        told = f"it waits {_waits(after)} for an answer, was {_waits(before)}"
        yield _fact(new, "delivery", "timeout-changed", told, breaking=shorter)
    if before.answer_max_bytes != after.answer_max_bytes:
        limits = [one.answer_max_bytes or float("inf") for one in (before, after)]
        told = f"it takes answers of {_bytes(after)}, was {_bytes(before)}"
        narrower = limits[1] < limits[0]
        yield _fact(new, "delivery", "answer-limit-changed", told, breaking=narrower)
    yield from _promises(new, before, after)
    if _tries(before) != _tries(after):
        told = f"it tries again {_retries(after)}, was {_retries(before)}"
        yield _fact(new, "delivery", "retries-changed", told, breaking=False)


def _promises(new: Callback, before: Delivery, after: Delivery) -> Iterator[Change]:
    if before.transport != after.transport:
        by, was = (one.transport or "what no page says" for one in (after, before))
        told = f"it is sent by {by}, was {was}"
        narrower = (before.transport, after.transport) == ("https-or-http", "https")
        yield _fact(new, "delivery", "transport-changed", told, breaking=narrower)
    if set(before.may_be) != set(after.may_be):
        warned, was = (", ".join(one.may_be) or "nothing" for one in (after, before))
        told = f"the page warns of {warned}, of {was} before"
        yield _fact(new, "delivery", "warnings-changed", told, breaking=False)


def _tries(delivery: Delivery) -> tuple[object, ...]:
    return delivery.retry_when, delivery.retry_after, delivery.retry_times


def _wanted(delivery: Delivery) -> str:
    body = delivery.success.body
    return delivery.success.status + (f' and the body "{body}"' if body is not None else "")


def _waits(delivery: Delivery) -> str:
    return "an unknown time" if delivery.timeout is None else f"{delivery.timeout:g} s"


def _bytes(delivery: Delivery) -> str:
    limit = delivery.answer_max_bytes
    return "any size" if limit is None else f"at most {limit} bytes"


def _retries(delivery: Delivery) -> str:
    when = " or ".join(delivery.retry_when)
    if delivery.retry_after is None:
        often = f" {delivery.retry_times} times" if delivery.retry_times else ""
        return f"on {when}{often}, nobody says when"
    waits = ", ".join(f"{seconds:g}" for seconds in delivery.retry_after)
    return f"on {when} after {waits} s" if waits else "never"


def _pages(old: Callback, new: Callback) -> Iterator[Change]:
    """Contradictions and questions that came or went: the pages, not the payload."""
    before, after = ({quirk.id: quirk for quirk in one.quirks} for one in (old, new))
    for name in after.keys() - before.keys():
        told = f"a contradiction is known now: {name}"
        yield _fact(new, "pages", "quirk-added", told, breaking=False, where=after[name].where)
    for name in before.keys() - after.keys():
        told = f"a contradiction is gone: {name}"
        yield _fact(new, "pages", "quirk-removed", told, breaking=False, where=before[name].where)


def _fact(
    callback: Callback,
    subject: str,
    kind: str,
    message: str,
    *,
    breaking: bool = True,
    where: str = "",
) -> Change:
    return Change(callback.path, subject, where, kind, breaking, message)


_COMPARISONS = (
    _payload,
    _answer,
    _names,
    _events,
    _signature,
    _request_fields,
    _encodings,
    _deliveries,
    _pages,
)
