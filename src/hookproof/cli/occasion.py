"""What `hookproof send` is asked to send: the events of a callback, from the command's options."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hookproof.cli.given import (
    check_signature_is_ours,
    open_headers,
    open_settings,
    with_samples,
)
from hookproof.cli.options import open_corpus, open_secrets, secrets_of
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from hookproof.contract import Callback, Contract
    from hookproof.contract.model import Delivery
    from hookproof.http.target import GivenHeader
    from hookproof.sending.changes import Change
    from hookproof.sending.events import Event, Events

SOMEWHERE = "http://127.0.0.1:8000/callbacks"


@dataclass(frozen=True)
class SendOptions:
    """The options, by the names of their parameters."""

    name: str
    url: str | None
    variant: str | None
    areas: tuple[str, ...]
    body: Path | None
    generated: bool
    seed: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    forge: str | None
    force: bool
    shown: str | None
    retries: bool
    as_of: str | None
    time_scale: float
    count: int | None
    rate: float | None
    concurrency: int | None
    thresholds: tuple[str, ...]
    secret_env: str | None
    secret_file: Path | None
    plain_headers: tuple[str, ...]
    secret_headers: tuple[str, ...]
    settings: tuple[str, ...]
    samples: tuple[Path, ...]
    timeout: float
    allowed: tuple[str, ...]
    contract_dir: Path | None

    @property
    def is_load(self) -> bool:
        """Whether more is sent than one event."""
        return bool(self.count or self.rate or self.concurrency)


@dataclass(frozen=True)
class Occasion:
    """What there is to tell of: payloads of events, with the fields that stay as they are."""

    callback: Callback
    events: Events
    payloads: list[Any]
    kept: frozenset[str]
    delivery: Delivery
    headers: tuple[GivenHeader, ...]
    forged: bool

    def event(self) -> Event:
        """The event of the first payload."""
        return self.events.of(self.payloads[0], kept=self.kept)


def open_occasion(wish: SendOptions, contract: Contract) -> Occasion:
    """What is to be sent; raises UsageError for what breaks the contract and is not forced."""
    import random
    import time

    from hookproof.conformance.cases.constants import for_callback, given_account
    from hookproof.delivery.policy import delivery_as_of
    from hookproof.sending.changes import changed
    from hookproof.sending.events import FORGERIES, Events, Forgery

    [callback], objects = with_samples([contract.callback(wish.name, wish.areas)], wish.samples)
    headers = open_headers(wish.plain_headers, wish.secret_headers)
    check_signature_is_ours([callback], headers)
    if wish.forge and callback.signature.is_unsigned:
        raise UsageError(f"{callback.path} is not signed", hint="there is nothing to forge")
    given = open_settings(wish.settings, [callback], by_force=wish.force)
    account = given_account([callback], settings=given, headers=headers)
    constants = for_callback(callback, account, objects, given)
    secrets = open_secrets(wish.secret_env, wish.secret_file)
    forgery = FORGERIES[wish.forge] if wish.forge else Forgery()
    secret = secrets_of([callback], secrets)[callback.area]
    chance, url = random.SystemRandom(), wish.url or SOMEWHERE
    events = Events(constants, secret, time.time, chance, url, forgery)
    payloads = _payloads(wish, callback)
    kept: frozenset[str] = frozenset()
    if wish.body and isinstance(payloads[0], dict):
        kept = frozenset(payloads[0]) - events.anew
    changes = _changes(wish, callback)
    if changes:
        # Brought to now before, so that what is changed stays as it was typed.
        payloads = [changed(events.of(one, kept=kept).payload, changes) for one in payloads]
        kept |= {change.pointer for change in changes}
    delivery = delivery_as_of(callback, wish.as_of)
    made = Occasion(callback, events, payloads, kept, delivery, headers, bool(wish.forge))
    if wish.force:
        return made
    faults = [_fault(made, payload, contract) for payload in payloads]
    if all(faults):
        hint = "--force sends it all the same"
        raise UsageError(f"it breaks the contract of {callback.path}: {faults[0]}", hint=hint)
    # What is generated for a contract may break it together with what was set.
    valid = [payload for payload, fault in zip(payloads, faults, strict=True) if not fault]
    return replace(made, payloads=valid)


def _payloads(wish: SendOptions, callback: Callback) -> list[Any]:
    """What was given to send, generated, or an example."""
    from hookproof.describe.example import find_example

    if wish.body and (wish.generated or wish.variant):
        raise UsageError("--body is the payload", hint="leave out --random and --variant")
    if wish.body:
        return [_own_payload(wish.body, by_force=wish.force)]
    if not wish.generated:
        return [find_example(callback, wish.variant).payload]
    from hookproof.conformance.generation.corpus import payloads_of

    number = max(wish.count or 0, 20)
    made = payloads_of(
        callback, seed=wish.seed, conforming=number, broken=0, corpus=open_corpus(), within=300
    )
    return [one.payload for one in made if not one.breaks and isinstance(one.payload, dict)]


def _own_payload(file: Path, *, by_force: bool) -> Any:
    """The JSON of a file or of the standard input; with force its bytes where they are none."""
    from hookproof.payload.body import BodyForm, read_body

    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    body = read_body(raw, form=BodyForm.JSON)
    if body.reading.complete and not body.reading.problems:
        return body.value
    if by_force:
        return raw
    why = body.reading.problems[0].message if body.reading.problems else "it is not whole"
    raise UsageError(f"--body {file} is no JSON: {why}", hint="--force sends its bytes as they are")


def _changes(wish: SendOptions, callback: Callback) -> list[Change]:
    from hookproof.sending.changes import Change

    changes: list[Change] = []
    for text in wish.added:
        pointer, sign, value = text.partition("=")
        if not sign or not pointer.startswith("/"):
            raise UsageError(f"--add {text!a} is not POINTER=VALUE", hint="as in --add /new=1")
        changes.append(Change(pointer, value))
    changes += [Change(pointer, None) for pointer in wish.removed]
    place = callback.signature.place
    if place.in_body and f"/{place.field}" in {change.pointer for change in changes}:
        raise UsageError(f"/{place.field} is the signature", hint="say --forge none or wrong")
    return changes


def _fault(occasion: Occasion, payload: Any, contract: Contract) -> str:
    """What the validator finds first in the request that would be sent, "" where it is valid."""
    from hookproof.findings import Severity
    from hookproof.payload.body import read_body
    from hookproof.sending.events import Forgery
    from hookproof.validation.validator import Validator

    genuine = replace(occasion.events, forgery=Forgery())
    request = genuine.write(genuine.of(payload, kept=occasion.kept))
    validator = Validator(contract, callback=occasion.callback.path)
    found = validator.judge(read_body(request.body, form=request.form)).findings
    errors = [one for one in found if one.severity is Severity.ERROR]
    if not errors:
        return ""
    one = errors[0]
    got = f"expected {one.expected}, found {one.found}" if one.expected and one.found else ""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{one.code} {one.where} {got or one.message}{more}"
