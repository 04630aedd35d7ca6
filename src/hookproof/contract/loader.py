"""Reads a contract into callbacks, one area at a time and only when it is asked for."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.documents import read_yaml
from hookproof.contract.facts import (
    Callback,
    Delivery,
    EncodingFacts,
    Example,
    Place,
    Quirk,
    SentAt,
    SignatureFacts,
    Source,
    Success,
)
from hookproof.contract.files import ContractFiles, shipped_contract
from hookproof.contract.references import References
from hookproof.errors import ContractError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Contract:
    """The callbacks of a contract, by area and by name.

    Nothing is read before it is asked for. Reading raises ContractError where a file is
    missing, broken or silent about something that is needed.
    """

    def __init__(self, files: ContractFiles | None = None) -> None:
        self.files = files or shipped_contract()
        self.references = References(label=self.files.label)
        self._areas: dict[str, dict[str, Callback]] = {}

    @property
    def areas(self) -> tuple[str, ...]:
        """Names of all areas."""
        return self.files.areas()

    def names(self, areas: Iterable[str] = ()) -> tuple[str, ...]:
        """Names `<area>/<event>` of all callbacks, or of those of some areas."""
        wanted = tuple(areas) or self.areas
        return tuple(f"{area}/{event}" for area in wanted for event in self.files.events(area))

    def callbacks(self, area: str) -> dict[str, Callback]:
        """The callbacks of an area by event; raises UsageError for an unknown area."""
        if area not in self._areas:
            self.check_area(area)
            self._areas[area] = _read_area(self.files, area, self.references)
        return self._areas[area]

    def callback(self, name: str) -> Callback:
        """The callback of a full or a unique short name; raises UsageError otherwise."""
        area, event = self.full_name(name).split("/")
        return self.callbacks(area)[event]

    def full_name(self, name: str) -> str:
        """`record` becomes `<area>/record` where only one area has it."""
        names = self.names()
        if name in names:
            return name
        matches = [full for full in names if full.split("/")[1] == name]
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise UsageError(
                f"{name} exists in several areas", hint=f"say which one: {', '.join(matches)}"
            )
        raise UsageError(f"there is no callback {name!r}", hint=_did_you_mean(name, names))

    def check_area(self, area: str) -> None:
        """Raise UsageError where the contract has no such area."""
        if area not in self.areas:
            raise UsageError(f"there is no area {area!r}", hint=_did_you_mean(area, self.areas))


# More names than these nobody reads.
_FEW: Final = 12


def _did_you_mean(word: str, known: Sequence[str]) -> str:
    by_event = {name.split("/")[-1]: name for name in known}
    close = difflib.get_close_matches(word, [*known, *by_event], n=1)
    if close:
        return f"did you mean {by_event.get(close[0], close[0])}?"
    if len(known) <= _FEW:
        return f"known are {', '.join(known)}"
    areas = dict.fromkeys(name.split("/")[0] for name in known)
    return f"there are {len(known)}, in the areas {', '.join(areas)}"


def _read_area(files: ContractFiles, area: str, references: References) -> dict[str, Callback]:
    document_file = files.document(area)
    label = files.label(document_file)
    document = read_yaml(document_file, label=label)
    try:
        webhooks = document["webhooks"]
        operations = {event: webhooks[f"{area}/{event}"]["post"] for event in files.events(area)}
        return {
            event: _callback(area, event, document, operation, files, references)
            for event, operation in operations.items()
        }
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        raise ContractError(label, f"{_missing(error)} in the document or its schemas") from error


def _missing(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    return f"something has the wrong form ({error})"


def _callback(
    area: str,
    event: str,
    document: dict[str, Any],
    operation: dict[str, Any],
    files: ContractFiles,
    references: References,
) -> Callback:
    file = files.schema(area, event)
    schema = references.expand(file)
    facts = {key: schema.pop(key) for key in ("x-examples", "x-quirks", "x-source")}
    payloads = schema.pop("examples")
    sent_at = operation.get("x-sent-at")
    return Callback(
        area=area,
        event=event,
        vendor=document["x-vendor"],
        title=schema["title"],
        description=schema["description"],
        schema=schema,
        examples=tuple(
            _example(entry, payload)
            for entry, payload in zip(facts["x-examples"], payloads, strict=True)
        ),
        quirks=tuple(_quirk(entry) for entry in facts["x-quirks"]),
        sources=tuple(_source(entry) for entry in facts["x-source"]),
        discriminator={key: tuple(v) for key, v in operation["x-discriminator"].items()},
        signature=_signature(operation.get("x-signature") or document["x-signature"]),
        deliveries=tuple(_delivery(entry) for entry in operation["x-delivery"]),
        encodings=tuple(_encoding(entry) for entry in operation["x-encodings"]),
        dedupe_key=tuple(operation["x-dedupe-key"]),
        sent_at=SentAt(sent_at["field"], sent_at["unit"]) if sent_at else None,
    )


def _source(entry: dict[str, str]) -> Source:
    return Source(entry["page"], entry["date"], entry.get("title", ""))


def _example(entry: dict[str, Any], payload: dict[str, Any]) -> Example:
    mended = tuple((m["where"], m["shows"], m["why"]) for m in entry.get("mended", ()))
    return Example(entry["name"], payload, entry["origin"], mended, _source(entry["source"]))


def _quirk(entry: dict[str, Any]) -> Quirk:
    return Quirk(
        entry["id"],
        entry["where"],
        entry["says"],
        entry["shows"],
        entry["seen"],
        _source(entry["source"]),
    )


def _place(entry: dict[str, str]) -> Place:
    return Place(entry["in"], entry["field"])


def _signature(entry: dict[str, Any]) -> SignatureFacts:
    return SignatureFacts(
        scheme=entry["scheme"],
        digest=entry.get("digest", ""),
        place=_place(entry["signature"]),
        inputs=tuple(_place(place) for place in entry["inputs"]),
        encodings=tuple(entry["encodings"]),
        covers=tuple(entry["covers"]),
        required=entry["required"],
        source=_source(entry["source"]),
        secret_at=entry.get("secret-at", 0),
        alternatives=tuple(_signature(other) for other in entry.get("alternatives", ())),
    )


def _delivery(entry: dict[str, Any]) -> Delivery:
    success, retry = entry["success"], entry["retry"]
    return Delivery(
        source=_source(entry["source"]),
        success=Success(
            success["status"], success.get("body"), documented=success.get("documented", True)
        ),
        timeout=entry["timeout"],
        retry_when=tuple(retry["when"]),
        retry_after=None if retry["after"] is None else tuple(retry["after"]),
    )


def _encoding(entry: dict[str, Any]) -> EncodingFacts:
    return EncodingFacts(entry["encoding"], entry["documented"], _source(entry["source"]))
