"""Watches callbacks for what the contract does not know, and widens a draft of it by what it saw.

Each thing is told once, at first sight: afterwards the draft knows it. What only breaks the
contract (a pattern, a length, a missing field) is no news of the vendor's and widens nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING, Any, Final

from hookproof.contract.model import place_of
from hookproof.drift.draft import Document, Draft, shape_of
from hookproof.drift.new_event import add_entry, draft_after
from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import from_pointer, item_at, to_pointer
from hookproof.schema.violations import path_in
from hookproof.text import describe, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract import Callback, Contract
    from hookproof.payload.scan import Path
    from hookproof.schema.compiled_schema import CompiledSchema
    from hookproof.validation.validator import Validator

# How many changes one capture may show; more is no callback that moved on.
_MOST: Final = 40
_OTHER_KIND: Final = frozenset({"type", "const", "enum"})


class Kind(StrEnum):
    """What is new."""

    FIELD = "field"
    TYPE = "type"
    VALUE = "value"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that the contract does not know, told at first sight.

    `where` is a pointer into the payload, through nested JSON too; `found` is what came there and
    `documented` what the contract says, in a few words. `sentence` is what is known of the field,
    or of the object that it is in, and `source` the page. `capture` says where it was seen.
    `patch` is a diff of the schema that accepts it, "" where none could be made; `accepts` is
    whether the capture is then accepted as a whole.
    """

    kind: Kind
    callback: str
    where: str
    found: str
    documented: str
    sentence: str
    source: str
    capture: str
    patch: str
    accepts: bool

    @property
    def key(self) -> str:
        """What it is told once by."""
        return json.dumps([self.kind, self.callback, self.where, self.found])

    @property
    def text(self) -> str:
        """It in a line."""
        what = {
            Kind.FIELD: f"a field that no page knows: {self.where} = {self.found}",
            Kind.TYPE: f"{self.where} is of another type: {self.found}, not {self.documented}",
            Kind.VALUE: f"{self.where} has a value that no page knows: {self.found}",
            Kind.EVENT: f"an event that no page knows: {self.found}",
        }[self.kind]
        return f"{self.callback or 'the vendor'}: {what} ({self.capture})"


@dataclass(frozen=True, slots=True)
class _Fault:
    """A fault of a payload: where, the way to the schema that it breaks, and what that says."""

    path: Path
    way: Path
    keyword: str
    found: Any


@dataclass(frozen=True, slots=True)
class Event:
    """An event that no page knows: what names it in a payload, and what it is called here."""

    named: dict[str, Any]
    name: str


@dataclass(slots=True)
class Sentinel:
    """Knows the contract, and drafts of what it should say.

    `drafts` are the schemas that were widened, by the full name of their callback, and `documents`
    those that name a new one, by area.
    """

    contract: Contract
    validator: Validator
    drafts: dict[str, Draft] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def look(self, callback: str, value: Any, *, capture: str) -> tuple[Drift, ...]:
        """What is new in a payload; `callback` is "" where the contract recognises none."""
        if not isinstance(value, dict):
            return ()
        if not callback:
            return self._look_at_an_event(value, capture)
        if callback not in self.drafts:
            if self._contract_knows(callback, value):
                return ()
            self.drafts[callback] = self._draft(callback)
        told = self._learn(callback, self.drafts[callback], value, capture)
        return tuple(told)

    def _contract_knows(self, callback: str, value: dict[str, Any]) -> bool:
        compiled = self.validator.compiled(callback)
        return compiled.accepts(value) and not compiled.unknown_in(value)

    def _draft(self, callback: str) -> Draft:
        area, _, event = callback.partition("/")
        file = self.contract.files.schema(area, event)
        label = f"schemas/{callback}.json"
        return Draft(file, file.read_text(encoding="utf-8"), label=label)

    def _learn(
        self, name: str, draft: Draft, value: dict[str, Any], capture: str
    ) -> Iterator[Drift]:
        """Widen a draft until it knows a payload, as far as that is news; tell each step."""
        for _ in range(_MOST):
            if draft.knows(value):
                return
            before = draft.text
            step = self._step(draft, value)
            if step is None:
                return
            kind, path, found, documented = step
            sentence, source = self._sentence(name, draft, path)
            yield Drift(
                kind,
                name,
                to_pointer(path),
                show(found),
                documented,
                sentence,
                source,
                capture,
                draft.patch(before),
                accepts=draft.judge.accepts(value),
            )

    def _step(self, draft: Draft, value: dict[str, Any]) -> tuple[Kind, Path, Any, str] | None:
        """Widen by the next thing that is new; None where there is none."""
        for pointer in draft.unknown(value):
            *above, name = from_pointer(pointer)
            for path, holder in _places(value, tuple(above)):
                if name in holder:
                    way = draft.object_at(path, value)
                    draft.add_field(way, name, shape_of(holder[name]))
                    if pointer in draft.unknown(value):
                        return None
                    return Kind.FIELD, (*path, name), holder[name], "nothing"
        for fault in _faults(draft.judge, value, (), ()):
            documented = describe(item_at(draft.schema, fault.way))
            if draft.is_new and fault.keyword == "required":
                draft.relax(fault.way, str(fault.found))
                return self._step(draft, value)
            if fault.keyword in {"const", "enum"}:
                draft.add_value(fault.way, fault.found)
                return Kind.VALUE, fault.path, fault.found, documented
            if fault.keyword in {"type", "anyOf", "oneOf"}:
                draft.add_type(fault.way, shape_of(fault.found))
                return Kind.TYPE, fault.path, fault.found, documented
        return None

    def _sentence(self, name: str, draft: Draft, path: Path) -> tuple[str, str]:
        """What is known of a field, or of what it is in, and the page."""
        source = ""
        if not draft.is_new:
            source = str(self.contract.callback(name).source)
        else:
            page = (draft.document.get("x-source") or [{}])[0]
            source = f"{page.get('page', '')} ({page.get('date', '')})"
        nodes, said = [draft.schema], str(draft.schema.get("description", ""))
        for part in path:
            nodes = [below for node in nodes for below in _below(node, str(part))]
            said = next((str(one["description"]) for one in nodes if "description" in one), said)
        return said, source

    def _look_at_an_event(self, value: dict[str, Any], capture: str) -> tuple[Drift, ...]:
        directory = self.validator.directory
        near = directory.near(value) if directory else {}
        if not near:
            return ()
        known = next((one for one in self.events if one.named.items() <= near.items()), None)
        if known is not None:
            return tuple(self._learn(known.name, self.drafts[known.name], value, capture))
        sister = self._sister(value, near)
        if sister is None:
            return ()
        near = {name: one for name, one in near.items() if name in sister.discriminator}
        shown = ", ".join(f"{name} = {show(one)}" for name, one in near.items())
        name = self._named(sister, near)
        draft = draft_after(self.contract.files, sister, name, value)
        self.events.append(Event(near, name))
        self.drafts[name] = draft
        for _ in self._learn(name, draft, value, capture):
            pass  # all of it is one event
        entry = self._entered(sister, name, draft, value)
        drift = Drift(
            Kind.EVENT,
            name,
            to_pointer(place_of(next(iter(near)))),
            shown,
            "no such event",
            f"nearest is {sister.path}: {sister.description}",
            str(sister.source),
            capture,
            draft.patch() + entry,
            accepts=draft.judge.accepts(value),
        )
        return (drift,)

    def _entered(self, sister: Callback, name: str, draft: Draft, value: dict[str, Any]) -> str:
        """The patch of the OpenAPI document that names a new event."""
        area = sister.area
        if area not in self.documents:
            file = self.contract.files.document(area)
            text = file.read_text(encoding="utf-8")
            self.documents[area] = Document(file, text, label=f"openapi/{file.name}")
        document = self.documents[area]
        before = document.text
        add_entry(document, sister.path, name, title=draft.document["title"], value=value)
        return document.patch(before)

    def _sister(self, value: dict[str, Any], near: dict[str, Any]) -> Callback | None:
        """The callback that an unknown one is most like: by its faults under her name, members."""
        best: tuple[tuple[float, float], Callback | None] = ((-inf, 0), None)
        for listing in self.contract.listings():
            if not near.keys() & listing.discriminator.keys():
                continue
            one = self.contract.callback(listing.path)
            required = set(one.schema.get("required", ()))
            known = set(one.schema.get("properties", {}))
            shared = required & value.keys()
            # Its name alone makes nothing alike.
            if shared - set(one.discriminator) and 2 * len(shared) >= len(required):
                alike = len(known & value.keys()) / len(known | value.keys())
                best = max(best, ((-self._strange(one, value), alike), one), key=lambda p: p[0])
        return best[1]

    def _strange(self, one: Callback, value: dict[str, Any]) -> int:
        """How many things about a payload a callback would not have, less what names it."""
        compiled = self.validator.compiled(one.path)
        names = {place_of(name) for name in one.discriminator}
        faults = [fault for fault in compiled.violations(value) if fault.path not in names]
        return len(faults) + len(compiled.unknown_in(value))

    def _named(self, sister: Callback, near: dict[str, Any]) -> str:
        """A name for a new event, of the values that name it."""
        word = "_".join(str(value) for value in near.values())
        word = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).lower())
        word = word.strip("_")[:60] or "event"
        if word[0].isdigit():
            word = f"event_{word}"
        name = f"{sister.area}/{word}"
        while name in self.drafts or name in self.contract.names([sister.area]):
            name += "_new"
        return name


def _faults(judge: CompiledSchema, value: Any, path: Path, way: Path) -> Iterator[_Fault]:
    """The faults of a value, in the shape that it is closest to."""
    for error in judge.errors(value):
        yield from _of(error, judge, value, path, way)


def _of(error: Any, judge: CompiledSchema, value: Any, path: Path, way: Path) -> Iterator[_Fault]:
    steps, kind = tuple(error.schema_path), error.kind
    within = path_in(value, error.instance_path)
    at, found = (*path, *within), item_at(value, within)
    if kind.name == "contentSchema":
        reading = decode_text(found)
        if reading.complete and not reading.problems:
            yield from _faults(judge.nested(steps), reading.value, at, (*way, *steps))
        return
    holder = (*way, *steps[:-1])
    if kind.name not in {"anyOf", "oneOf"}:
        missing = getattr(kind, "property", None)
        yield _Fault(at, holder, kind.name, missing if kind.name == "required" else found)
        return
    branches = [list(branch) for branch in getattr(kind, "context", ()) if branch]
    same = [one for one in branches if not _is_of_another_kind(one, tuple(error.instance_path))]
    if not same:
        words = [each.kind.name for one in branches for each in one]
        # Where a shape wants the type that came, it is a value that is new.
        keyword = "enum" if words and set(words) <= {"const", "enum"} else kind.name
        yield _Fault(at, holder, keyword, found)
        return
    closest = min(same, key=_distance)
    for each in closest:
        yield from _of(each, judge, value, path, way)


def _is_of_another_kind(errors: list[Any], at: Path) -> bool:
    return any(e.kind.name in _OTHER_KIND and tuple(e.instance_path) == at for e in errors)


def _distance(errors: list[Any]) -> tuple[int, int]:
    lasting = sum(
        e.kind.name not in {*_OTHER_KIND, "anyOf", "oneOf", "contentSchema"} for e in errors
    )
    return lasting, len(errors)


def _places(value: Any, above: tuple[str, ...], at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """The objects that a pointer means, whose `*` is any item; through JSON in texts too."""
    if isinstance(value, str):
        value = decode_text(value).value
    if not above:
        if isinstance(value, dict):
            yield at, value
        return
    part, rest = above[0], above[1:]
    if part == "*" and isinstance(value, list):
        for number, item in enumerate(value):
            yield from _places(item, rest, (*at, number))
    elif isinstance(value, dict) and part in value:
        yield from _places(value[part], rest, (*at, part))


def _below(node: Any, part: str) -> Iterator[dict[str, Any]]:
    """The schemas of a member, in all shapes."""
    if not isinstance(node, dict):
        return
    if part in node.get("properties", {}):
        yield node["properties"][part]
    if part.isdigit() and isinstance(node.get("items"), dict):
        yield node["items"]
    parts = [one for key in ("anyOf", "oneOf", "allOf") for one in node.get(key, ())]
    for one in (*parts, node.get("contentSchema")):
        yield from _below(one, part)
