"""One callback of a receiver, with all that is worked out once: proof, schema, model, answer."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import orjson

from hookproof.payload.pointer import from_pointer
from hookproof.receiver.event import Acknowledgement, Event
from hookproof.signature.challenge import right_answer
from hookproof.signature.prover import prover
from hookproof.signature.verify import find_signature, verify
from hookproof.validation.compiled_callback import CompiledCallback
from hookproof.validation.fast_path import Express

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from hookproof.contract import Callback
    from hookproof.receiver.event import Request
    from hookproof.validation.fast_path import Look, Seen


class Lane:
    """A callback as a receiver sees it.

    What `proves` and `look` say yes to holds; their no means that it is to be judged exactly.
    `has_tolerance` tells whether a page wants moments held to. What its vendor leaves unsigned
    is taken unproved where `takes_unsigned`.
    """

    def __init__(
        self, callback: Callback, secrets: Iterable[bytes], *, takes_unsigned: bool = False
    ) -> None:
        secrets = tuple(secrets)
        self.callback = callback
        self.judges = CompiledCallback(callback)
        self._is_signed = not callback.signature.is_unsigned
        self.proves = prover(callback.signature, secrets)
        if takes_unsigned and not self._is_signed:
            self.proves = lambda *_: True
        self.look = _looker(callback)
        self.path = callback.path
        self.has_tolerance = any(fact.tolerance is not None for fact in callback.request_fields)
        self._unique = [fact.place for fact in callback.request_fields if fact.is_unique]
        self._keys = [from_pointer(pointer) for pointer in callback.dedupe_key]
        self._dedupe_key = self._identifies()
        self._acknowledgement = acknowledgement(callback)
        self._secrets = secrets

    def event(
        self,
        value: dict[str, Any],
        request: Request,
        now: datetime,
        quirks: tuple[str, ...] = (),
        unknown: tuple[str, ...] = (),
        *,
        in_form: bool = False,
    ) -> Event:
        """The event of a request that was judged; `in_form` says that its body was no JSON."""
        # A frozen dataclass sets each field by a call of its own, which would be a fifth of all.
        event = _NEW(Event)
        fields = event.__dict__
        fields.update(self._constant)
        fields["value"] = value
        fields["raw"] = request.body
        fields["dedupe_key"] = self._dedupe_key(value, request)
        fields["verified_at"] = now
        fields["quirks"] = quirks
        fields["unknown_fields"] = unknown
        if self.callback.challenge:
            fields["acknowledgement"] = self._answer(value, request)
        if in_form:
            kept = deepcopy(value)
            fields["_typed"] = lambda _: self._read(kept)
        return event

    @cached_property
    def _constant(self) -> dict[str, Any]:
        """What all events of the callback have in common."""
        return {
            "callback": self.path,
            "area": self.callback.area,
            "acknowledgement": self._acknowledgement,
            "is_proved": self._is_signed,
            "_typed": lambda event: self._read(event.raw),
        }

    def _answer(self, value: dict[str, Any], request: Request) -> Acknowledgement:
        """The answer to a challenge, by the secret that proves who asks."""
        proving = (
            secret
            for secret in self._secrets
            if verify(
                self.callback.signature,
                secret,
                payload=value,
                body=request.body,
                headers=request.headers,
                url=request.url,
            ).valid
        )
        return challenge_answer(self.callback, value, next(proving, b""))

    def takes(self, value: dict[str, Any]) -> bool:
        """Whether a payload that the schema does not take is one that vendors come to send.

        That is a value that no list has yet, a larger number, a longer text or list, or what the
        model takes.
        """
        if all(one.keyword in _WIDENED for one in self.judges.violations(value)):
            return True
        return self._read(value)[0] is not None

    def _read(self, given: bytes | dict[str, Any]) -> tuple[Any, str]:
        if self._model is None:
            return None, f"no generated model of {self.path} is installed"
        return _read_model(self._model, given)

    @cached_property
    def _model(self) -> Any:
        """The generated model of the callback, None where none is installed."""
        callback = self.callback
        try:
            module = import_module(f"hookproof_models.{callback.area}.{callback.event}")
        except ImportError:
            return None
        return getattr(module, callback.title, None)

    def _identity(self, value: dict[str, Any], request: Request) -> str:
        """What identifies an event, wherever in the request it stands."""
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
        # Events of which nothing is known would all be one.
        return "" if parts.count(None) == len(parts) - 1 else _as_text(parts)

    def _identifies(self) -> Callable[[dict[str, Any], Request], str]:
        """What gives the key of an event; soon where it is of members of the payload alone."""
        names, path = [key for key, *below in self._keys if not below], self.path
        if not names or self._unique or len(names) < len(self._keys):
            return self._identity
        dumps = orjson.dumps

        def identity(value: dict[str, Any], _: Request) -> str:
            parts = [path, *map(value.get, names)]
            if parts.count(None) == len(names):
                return ""
            try:
                return dumps(parts, option=orjson.OPT_SORT_KEYS).decode()
            except TypeError:
                return _as_text(parts)

        return identity


_NEW: Final = object.__new__


def _looker(callback: Callback) -> Look:
    """What tells what a body shows; it leaves the value as it is."""
    express = Express(callback)
    express.expect_valid()
    look = express.look
    if not express.opens:
        return look
    deep = express.opens_deep

    def look_at_copy(raw: bytes, value: dict[str, Any], anew: bytes | None = None) -> Seen | None:
        # It opens nested JSON in what it looks at.
        return look(raw, orjson.loads(raw) if deep else value.copy(), anew)

    return look_at_copy


_WIDENED: Final = frozenset({"enum", "maximum", "maxLength", "maxItems", "x-max-bytes"})


def _as_text(parts: list[Any]) -> str:
    """A JSON list in the fewest characters, members sorted: no writer's order tells two apart."""
    try:
        return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:
        # A lone surrogate, or an integer beyond 64 bits.
        return json.dumps(parts, separators=(",", ":"), sort_keys=True)


def _read_model(model: Any, given: bytes | dict[str, Any]) -> tuple[Any, str]:
    """A payload as its model; None, and why, where it does not take it."""
    try:
        raw = given if isinstance(given, bytes) else json.dumps(given, ensure_ascii=False)
        return model.model_validate_json(raw), ""
    except (ValueError, RecursionError, OverflowError) as error:
        told = getattr(error, "errors", None)
        first = told()[0] if told else {"loc": (), "msg": str(error)}
        where = "".join(f"/{part}" for part in first["loc"])
        return None, f"its model does not take {where or 'it'}: {first['msg']}"


def acknowledgement(callback: Callback) -> Acknowledgement:
    """The answer that the newest page of a callback asks for."""
    success = callback.deliveries[0].success
    status = int(success.status) if success.status.isdigit() else 200
    if callback.answer:
        text = json.dumps(callback.answer.example, ensure_ascii=False)
        return Acknowledgement(status, text.encode(), "application/json")
    return Acknowledgement(status, (success.body or "").encode())


def challenge_answer(callback: Callback, payload: Any, secret: bytes) -> Acknowledgement:
    """The same of one request, which may ask for something of its payload back."""
    plain, right = acknowledgement(callback), right_answer(callback, payload, secret)
    return replace(plain, body=right[1], content_type=right[0]) if right else plain
