"""Changes of a payload that its sender asks for, into nested JSON too, documented or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hookproof.conformance.cases.constants import Setting
from hookproof.conformance.cases.mutation_points import put, without
from hookproof.errors import UsageError
from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import from_pointer, to_pointer

if TYPE_CHECKING:
    from hookproof.payload.scan import Path


@dataclass(frozen=True, slots=True)
class Change:
    """A value at a place, as it was typed; None takes away what is there."""

    pointer: str
    text: str | None

    def made_in(self, payload: Any) -> Any:
        """The payload with the change; raises UsageError where it has no such place."""
        *above, last = from_pointer(self.pointer) or ("",)
        if last == "-" and self.text is not None:
            way, items = _found(Setting(tuple(above), ""), payload, self.pointer)
            if isinstance(items, list):
                return put(payload, way, [*items, Setting((), self.text).value_like(None)])
        setting = Setting(from_pointer(self.pointer), self.text or "")
        way, known = _found(setting, payload, self.pointer)
        if self.text is not None:
            return put(payload, way, setting.value_like(known))
        if not _is_there(payload, way):
            raise _no_place(self.pointer, "nothing is there to take away")
        return without(payload, way)


def changed(payload: Any, changes: list[Change]) -> Any:
    """A payload with all changes, one after the other."""
    for change in changes:
        payload = change.made_in(payload)
    return payload


def _found(setting: Setting, payload: Any, pointer: str) -> tuple[Path, Any]:
    found = setting.way_in(payload) if setting.parts else ((), payload)
    if found is None:
        raise _no_place(pointer, "the payload has no such place")
    return found


def _is_there(payload: Any, way: Path) -> bool:
    for part in way:
        if isinstance(payload, str):
            payload = decode_text(payload).value
        if isinstance(payload, dict) and part not in payload:
            return False
        payload = payload[part]
    return True


def _no_place(pointer: str, why: str) -> UsageError:
    shown = pointer or to_pointer(())
    return UsageError(f"{shown!a}: {why}", hint="--print json shows the payload")
