"""One callback of a receiver, with all that is worked out once: proof, schema, model, answer."""

from __future__ import annotations

import json
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import orjson

from hookproof.payload.pointer import from_pointer
from hookproof.receiver.event import Acknowledgement, Event
from hookproof.signature.prover import prover
from hookproof.signature.verify import find_signature
from hookproof.validation.compiled_callback import CompiledCallback
from hookproof.validation.fast_path import DOUBT, Express

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from hookproof.contract import Callback
    from hookproof.receiver.reading import Request


class Lane:
    """A callback as a receiver sees it.

    What `proves` and `look` say yes to holds; their no means that it is to be judged exactly.
    `has_tolerance` tells whether a page wants moments held to. What its vendor leaves unsigned
    is taken unproved where `takes_unsigned`.
    """

    def __init__(
        self, callback: Callback, secrets: Iterable[bytes], *, takes_unsigned: bool = False
    ) -> None:
        self.callback = callback
        self.judges = CompiledCallback(callback)
        self._is_signed = not callback.signature.is_unsigned
        self.proves = prover(callback.signature, secrets)
        if takes_unsigned and not self._is_signed:
            self.proves = lambda *_: True
        express = Express(callback)
        express.expect_valid()
        self._look, self._opens_deep = express.look, express.opens_deep
        self.path = callback.path
        self.has_tolerance = any(fact.tolerance is not None for fact in callback.request_fields)
        self._unique = [fact.place for fact in callback.request_fields if fact.is_unique]
        self._keys = [from_pointer(pointer) for pointer in callback.dedupe_key]
        self._acknowledgement = acknowledgement(callback)

    def look(self, raw: bytes, value: dict[str, Any]) -> tuple[str, ...] | None:
        """The ids of the quirks that a valid payload shows.

        None where it may be invalid, or has a field that no page knows.
        """
        # A look opens nested JSON in what it looks at.
        mine = orjson.loads(raw) if self._opens_deep else value.copy()
        seen = self._look(raw, mine)
        if seen is DOUBT or seen.has_fields:
            return None
        return tuple([name for _, name in seen.told]) if seen.told else ()

    def event(
        self,
        value: dict[str, Any],
        request: Request,
        now: datetime,
        *,
        typed: Callable[[], Any],
        quirks: tuple[str, ...] = (),
        unknown: tuple[str, ...] = (),
    ) -> Event:
        """The event of a request that was judged."""
        return Event(
            self.path,
            self.callback.area,
            value,
            request.body,
            self._dedupe_key(value, request),
            now,
            quirks,
            unknown,
            self._acknowledgement,
            self._is_signed,
            typed,
        )

    def reads(self, given: bytes | dict[str, Any]) -> Callable[[], Any]:
        """What makes the typed payload of a JSON body, or of a value; None where no model fits."""
        return partial(self._read, given)

    def takes(self, value: dict[str, Any]) -> bool:
        """Whether a payload that the schema does not take is one that vendors come to send.

        That is a value that no list has yet, a larger number, a longer text or list, or what the
        model takes.
        """
        if all(one.keyword in _WIDENED for one in self.judges.violations(value)):
            return True
        return self._model is not None and _read_model(self._model, value) is not None

    def _read(self, given: bytes | dict[str, Any]) -> Any:
        return None if self._model is None else _read_model(self._model, given)

    @cached_property
    def _model(self) -> Any:
        """The generated model of the callback, None where none is installed."""
        callback = self.callback
        try:
            module = import_module(f"hookproof_models.{callback.area}.{callback.event}")
        except ImportError:
            return None
        return getattr(module, callback.title, None)

    def _dedupe_key(self, value: dict[str, Any], request: Request) -> str:
        parts: list[Any] = [self.path]
        parts += [
            find_signature(place, value, request.headers, url=request.url)[1]
            for place in self._unique
        ]
        for way in self._keys:
            found: Any = value
            for part in way:
                found = found.get(part) if isinstance(found, dict) else None
            parts.append(found)
        return _as_text(parts) if len(parts) > 1 else ""


_WIDENED: Final = frozenset({"enum", "maximum", "maxLength", "maxItems", "x-max-bytes"})


def _as_text(parts: list[Any]) -> str:
    try:
        return orjson.dumps(parts).decode()
    except TypeError:
        # A lone surrogate, or an integer beyond 64 bits.
        return json.dumps(parts, separators=(",", ":"))


def _read_model(model: Any, given: bytes | dict[str, Any]) -> Any:
    """A payload as its model; None where it does not take it."""
    try:
        raw = given if isinstance(given, bytes) else json.dumps(given, ensure_ascii=False)
        return model.model_validate_json(raw)
    except (ValueError, RecursionError, OverflowError):
        return None


def acknowledgement(callback: Callback) -> Acknowledgement:
    """The answer that the newest page of a callback asks for."""
    success = callback.deliveries[0].success
    status = int(success.status) if success.status.isdigit() else 200
    if callback.answer:
        text = json.dumps(callback.answer.example, ensure_ascii=False)
        return Acknowledgement(status, text.encode(), "application/json")
    return Acknowledgement(status, (success.body or "").encode())
